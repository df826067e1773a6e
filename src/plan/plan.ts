import { isDeepStrictEqual } from 'node:util'

import type { App } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import { sameImage, type Image } from '../app/image.ts'
import type { ProcessSpec, TaskSpec } from '../app/spec.ts'
import type { Transition } from '../engine/rollout.ts'
import type { Running } from '../engine/running.ts'
import {
  dangerousRemovals,
  impossibleOperations,
  incompleteChecks,
  invalidCounts,
  standingInTheWay,
  unsetSecrets,
} from './blocked.ts'
import { imageChanges, imageOf, usesOf, type ImageUse } from './images.ts'
import type { Operation } from './ownership.ts'
import { processChanges, type EngineRules } from './processes.ts'
import { specOfTask } from './specs.ts'
import { scheduleChanges, taskRuns } from './tasks.ts'
import type { Action, Plan, ProcessChange } from './types.ts'
import { reachOf } from './variables.ts'

/** What is wanted: the config, and the images that its components are to run. */
export interface Desired {
  app: App
  /**
   * Per component (`process:web`, `task:migrate`) the image it is to run: built (digest null when still to be built) or
   * pinned. Every component has one.
   */
  images: ReadonlyMap<string, Image>
  /** Keys of images that exist but are to be made anew (`--rebuild`, `max_age`). Their images have digest null. */
  rebuild: ReadonlySet<string>
}

export interface PlanOptions {
  /** Only these processes, as an operator's change needs it: then no tasks, no schedules, no removals. */
  only?: readonly string[]
  /** What an operator does with this very change. */
  operate?: readonly Operation[]
  /** Removals that would be blocked are wanted. */
  allow_remove?: boolean
  /** A roll-back: pre-deploy tasks do not run, and the images that operators own are those of the release. */
  rollback?: { owned_images: Record<string, string> }
  /** What the config, the engine or the builder have to say. */
  warnings?: readonly Diagnostic[]
  /** What the engine that carries it out knows; without it, of one that takes everything as it is. */
  engine?: EngineRules
}

const TAKES_EVERYTHING: EngineRules = {
  countsReplace: () => false,
  adaptProcess: (_app, spec) => ({ spec, problems: [] }),
}

/** The difference between what is wanted and what runs. Pure: asks nothing and changes nothing. */
export function plan(desired: Desired, running: Running, options: PlanOptions = {}): Plan {
  const { app, images, rebuild } = desired
  const { operate = [], rollback, engine = TAKES_EVERYTHING } = options
  const only = options.only === undefined ? null : new Set(options.only)
  const reach = reachOf(running.variables)

  const ownedImages = rollback?.owned_images ?? null
  const input = { app, images, running, reach, only, operate, ownedImages, engine }
  const { changes: processes, warnings, refused } = processChanges(input)
  const specs =
    only === null
      ? app.tasks.map((task) => specOfTask(task, imageOf(images, `task:${task.name}`), reach(null)))
      : []
  const configured = new Set(only === null ? app.processes.map((each) => each.name) : [])
  const used = imageChanges(
    [
      ...(only === null ? usesOf(app, images) : []),
      ...processes.filter((each) => !configured.has(each.name)).flatMap(usesOfChange),
    ],
    rebuild,
  )
  const schedules = only === null ? scheduleChanges(specs, running) : []
  const runs = taskRuns(specs, running, {
    images: [...images.values()],
    rebuilds: used.some((each) => each.action === 'rebuild'),
    rolls:
      processes.some((each) => ROLLS[each.action] || !each.settled) ||
      used.some((each) => each.action !== 'reuse') ||
      schedules.some((each) => each.action !== 'unchanged'),
    rollback: rollback !== undefined,
  })
  const tasks = [...runs, ...schedules]

  return {
    app: app.name,
    environment: app.environment,
    processes,
    tasks,
    images: used,
    warnings: [
      ...(options.warnings ?? []),
      ...warnings,
      ...running.warnings.map((message) => ({ severity: 'warning' as const, message })),
    ],
    blocked: [
      ...impossibleOperations(operate, processes),
      ...incompleteChecks(processes),
      ...invalidCounts(processes),
      ...refused,
      ...standingInTheWay(running.obstacles, processes),
      ...unsetSecrets(processes, tasks),
      ...(options.allow_remove ? [] : dangerousRemovals(processes)),
    ],
  }
}

/** Whether there is nothing to do. */
export function isEmpty({ processes, tasks, images }: Plan): boolean {
  return (
    processes.every(({ action, settled }) => settled && (action === 'unchanged' || action === 'pinned')) &&
    tasks.every((each) => each.action === 'unchanged' || each.action === 'skip') &&
    images.every((each) => each.action === 'reuse')
  )
}

/**
 * What the engine is to make true or to wait for, removals included. A process whose image turned out the same when it
 * was made anew, and in which nothing else differs, is not among them.
 */
export function transitions({ processes }: Plan): Transition[] {
  return processes
    .filter(({ before, after, settled }) => !settled || !isDeepStrictEqual(before, after))
    .map(({ name, before, after }) => ({ name, before, after }))
}

/** Every schedule that is to be in force when the plan has been carried out. */
export function schedules({ tasks }: Plan): TaskSpec[] {
  return tasks.flatMap(({ phase, spec }) => (phase === 'schedule' && spec !== null ? spec : []))
}

/** The same plan with images that have been made since: content key to digest. */
export function withDigests(plan: Plan, digests: ReadonlyMap<string, string>): Plan {
  const made = (image: Image): Image =>
    image.kind === 'built' ? { ...image, digest: image.digest ?? digests.get(image.key) ?? null } : image
  const filled = <Spec extends { image: Image }>(spec: Spec): Spec => ({ ...spec, image: made(spec.image) })
  const withContainers = (spec: ProcessSpec): ProcessSpec => ({
    ...spec,
    containers: Object.fromEntries(
      Object.entries(spec.containers).map(([name, each]) => [name, filled(each)]),
    ),
  })
  return {
    ...plan,
    processes: plan.processes.map((each) => ({
      ...each,
      after: each.after && { ...each.after, spec: withContainers(filled(each.after.spec)) },
    })),
    tasks: plan.tasks.map((each) => ({ ...each, spec: each.spec && filled(each.spec) })),
  }
}

/** What brings tasks with it that run with every deployment. */
const ROLLS: Readonly<Record<Action, boolean>> = {
  create: true,
  update: true,
  remove: true,
  scale: false,
  start: false,
  stop: false,
  pinned: false,
  unchanged: false,
}

function usesOfChange({ name, after }: ProcessChange): ImageUse[] {
  if (after === null) return []
  const { image, containers } = after.spec
  return [
    { component: name, image },
    ...Object.entries(containers)
      .filter(([, beside]) => !sameImage(beside.image, image))
      .map(([container, beside]) => ({ component: `${name}/${container}`, image: beside.image })),
  ]
}
