import type { Component } from '../../app/app.ts'
import type { Image } from '../../app/image.ts'
import type { ProcessState, TaskSpec } from '../../app/spec.ts'
import type { Release } from '../ledger.ts'

/** Every image that a process, a schedule, or a component of a kept release names, with the component. */
export function namedImages(
  states: readonly ProcessState[],
  schedules: readonly TaskSpec[],
  releases: readonly Release[],
): [component: string, image: Image][] {
  const pinsOf = (kind: string, components: readonly Component[]): [string, Image][] =>
    components.flatMap(({ name, image }) =>
      image === null ? [] : [[`${kind}:${name}`, { kind: 'pinned', reference: image }]],
    )
  return [
    ...states.map(({ spec }): [string, Image] => [`process:${spec.name}`, spec.image]),
    ...schedules.map((spec): [string, Image] => [`task:${spec.name}`, spec.image]),
    ...releases.flatMap(({ app, owned_images }) => [
      ...pinsOf('process', app.processes),
      ...pinsOf('task', app.tasks),
      ...Object.entries(owned_images).map(([name, reference]): [string, Image] => [
        `process:${name}`,
        { kind: 'pinned', reference },
      ]),
    ]),
  ]
}
