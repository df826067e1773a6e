import type { AppId } from '../../app/app.ts'
import type { Image } from '../../app/image.ts'
import { imageUsers } from '../../app/image-users.ts'
import { imagesOf, ONE_OFF } from '../../app/spec.ts'
import type { Release } from '../ledger.ts'
import { processFamily, taskFamily } from './names.ts'
import type { State } from './parameters/state.ts'

/** What runs or starts at its time, and what a kept release would run. */
export function namedImages({ processes, schedules }: State, releases: readonly Release[]): Image[] {
  const pinned = releases.flatMap(({ app, owned_images }) => [
    ...imageUsers(app).flatMap((each) => each.image ?? []),
    ...Object.values(owned_images),
  ])
  return [
    ...Object.values(processes).flatMap((each) => imagesOf(each.state.spec)),
    ...schedules.map((each) => each.image),
    ...releases.flatMap((release) => Object.values(release.images)),
    ...pinned.map((reference) => ({ kind: 'pinned', reference }) as const),
  ]
}

/** Of everything that an app runs, or ran in a kept release. */
export function familiesOf(
  app: AppId,
  { processes, schedules }: State,
  releases: readonly Release[],
): string[] {
  const all = releases.flatMap((release) => release.app.processes.map(({ name }) => name))
  const tasks = [...schedules, ...releases.flatMap((release) => release.app.tasks)].map(({ name }) => name)
  return [
    ...new Set([...Object.keys(processes), ...all].map((name) => processFamily(app, name))),
    ...new Set([...tasks, ONE_OFF].map((name) => taskFamily(app, name))),
  ]
}

/** Of processes that kept releases had and that are no more; going back to one registers it anew. */
export function unusedFamilies(app: AppId, { processes }: State, releases: readonly Release[]): string[] {
  const had = new Set(releases.flatMap((release) => release.app.processes.map(({ name }) => name)))
  return [...had].filter((name) => !Object.hasOwn(processes, name)).map((name) => processFamily(app, name))
}
