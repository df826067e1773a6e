import { isDeepStrictEqual } from 'node:util'

import { sameImage, type Image } from '../app/image.ts'
import type { TaskSpec } from '../app/spec.ts'
import type { Running } from '../engine/running.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { TaskChange } from './types.ts'

/** What decides what a task does; the rest says when, how long and how often. */
const DEFINITION = [
  'entry_point',
  'command',
  'pre_start',
  'image',
  'env',
  'secrets',
  'variables',
  'cpu',
  'memory',
  'ephemeral_storage_gb',
  'mounts',
] as const

const SCHEDULE = [
  ...DEFINITION,
  'stop_timeout',
  'schedule',
  'timezone',
  'concurrency',
  'max_hours',
  'placement',
] as const

/** What else a deployment does, as far as tasks care. */
export interface Deployment {
  /** Every image that the config's components run. */
  images: readonly Image[]
  /** Whether an existing image is made anew. */
  rebuilds: boolean
  /** Whether it does more than to scale, start or stop. */
  rolls: boolean
  rollback: boolean
}

/** The schedules that come, go or differ. */
export function scheduleChanges(specs: readonly TaskSpec[], running: Running): TaskChange[] {
  const inForce = new Map(running.schedules.map((each) => [each.name, each]))
  const wanted = specs.filter((each) => each.schedule !== null)
  const names = new Set(wanted.map((each) => each.name))
  return [
    ...wanted.map((spec) => scheduleChange(spec, inForce.get(spec.name))),
    ...running.schedules
      .filter((each) => !names.has(each.name))
      .map(({ name }) => schedule(name, 'remove', 'the config does not schedule it', null)),
  ]
}

/**
 * The tasks that the deployment runs, before and after the roll-out. One runs when it, or any image of the deployment,
 * is not what it last succeeded with: so it runs at least once, also when a deployer dies on the way. `when: always`
 * lets it run with every deployment that does something, and is not by itself a reason to deploy.
 */
export function taskRuns(specs: readonly TaskSpec[], running: Running, deployment: Deployment): TaskChange[] {
  const images = fingerprintOf([...new Set(deployment.images.flatMap(keyOf))].sort())
  const runs = specs.flatMap((spec) => (spec.run === null ? [] : { spec, phase: spec.run }))
  const entries = runs.map(({ spec, phase }) => {
    const fingerprint = fingerprintOf({ images, task: definition(spec) })
    const last = Object.hasOwn(running.succeeded, spec.name) ? running.succeeded[spec.name] : undefined
    return { spec, phase, fingerprint, last, allowed: !(deployment.rollback && phase === 'pre_deploy') }
  })
  const differs = entries.some((each) => each.allowed && each.fingerprint !== each.last)
  return entries.map(({ spec, phase, fingerprint, last, allowed }) => {
    const verdict: [TaskChange['action'], string] = !allowed
      ? ['skip', 'a roll-back does not run it']
      : judge(spec, fingerprint, last, { ...deployment, rolls: deployment.rolls || differs })
    return { name: spec.name, action: verdict[0], phase, reason: verdict[1], fingerprint, spec }
  })
}

function judge(
  spec: TaskSpec,
  fingerprint: string,
  last: string | undefined,
  { rebuilds, rolls }: Deployment,
): [TaskChange['action'], string] {
  if (last === undefined) return ['run', 'it has not succeeded yet']
  if (fingerprint !== last) return ['run', 'it or an image differs from when it last succeeded']
  // The key stays, and with it the fingerprint: the next plan finds nothing to run.
  if (rebuilds) return ['run', 'an image is made anew']
  if (spec.when === 'always' && rolls) return ['run', 'it runs with every deployment']
  return ['skip', 'nothing differs from when it last succeeded']
}

function scheduleChange(spec: TaskSpec, inForce: TaskSpec | undefined): TaskChange {
  if (inForce === undefined) return schedule(spec.name, 'create', 'it is new', spec)
  const differing = SCHEDULE.filter((field) =>
    field === 'image'
      ? !sameImage(spec.image, inForce.image)
      : !isDeepStrictEqual(spec[field], inForce[field]),
  )
  return differing.length === 0
    ? schedule(spec.name, 'unchanged', 'nothing differs', spec)
    : schedule(spec.name, 'update', `what differs: ${differing.join(', ')}`, spec)
}

function schedule(
  name: string,
  action: TaskChange['action'],
  reason: string,
  spec: TaskSpec | null,
): TaskChange {
  return { name, action, phase: 'schedule', reason, fingerprint: null, spec }
}

/** Images by what they are made from, so that it is the same before and after they are built. */
function definition(spec: TaskSpec): unknown {
  const fields = DEFINITION.map((field) => [field, spec[field]])
  return {
    ...Object.fromEntries(fields),
    image: spec.image.kind === 'built' ? spec.image.key : spec.image.reference,
  }
}

function keyOf(image: Image): string[] {
  return image.kind === 'built' ? [image.key] : []
}
