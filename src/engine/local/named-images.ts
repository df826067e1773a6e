import { containerId, imageUsers } from '../../app/image-users.ts'
import type { Image } from '../../app/image.ts'
import type { ProcessState, TaskSpec } from '../../app/spec.ts'
import type { Release } from '../ledger.ts'

/** Every image that a process, what runs beside it, a schedule, or a part of a kept release names, with the component. */
export function namedImages(
  states: readonly ProcessState[],
  schedules: readonly TaskSpec[],
  releases: readonly Release[],
): [component: string, image: Image][] {
  return [
    ...states.flatMap(({ spec }): [string, Image][] => [
      [`process:${spec.name}`, spec.image],
      ...Object.entries(spec.containers).map(([name, { image }]): [string, Image] => [
        containerId(spec.name, name),
        image,
      ]),
    ]),
    ...schedules.map((spec): [string, Image] => [`task:${spec.name}`, spec.image]),
    ...releases.flatMap(({ app, images, owned_images }) => [
      ...Object.entries(images),
      ...imageUsers(app).flatMap(({ id, image }): [string, Image][] =>
        image === null ? [] : [[id, { kind: 'pinned', reference: image }]],
      ),
      ...Object.entries(owned_images).map(([name, reference]): [string, Image] => [
        `process:${name}`,
        { kind: 'pinned', reference },
      ]),
    ]),
  ]
}
