import { isDeepStrictEqual } from 'node:util'

import type { HealthCheck, Mount } from '../app/app.ts'
import { showCommand, type Command } from '../app/command.ts'
import { showDuration } from '../app/duration.ts'
import { showImage, showReference } from '../app/image.ts'
import { showCpu, showMemory } from '../app/size.ts'
import type { ContainerSpec, ProcessSpec } from '../app/spec.ts'
import { shownVariable } from '../config/secret-like.ts'
import type { FieldChange } from '../plan/types.ts'
import { clean } from './clean.ts'
import { counted } from './units.ts'

/** What fits beside others on a line. */
const SHORT = 60

const CHECK_TIMES = ['interval', 'timeout', 'start_period'] as const

const SHOW: Readonly<Record<string, (value: never) => string>> = {
  image: showReference,
  entry_point: showCommand,
  command: showCommand,
  pre_start: showCommand,
  cpu: showCpu,
  memory: showMemory,
  ephemeral_storage_gb: (gigabytes: number) => `${gigabytes} GB`,
  stop_timeout: showDuration,
  ...showsOfCheck('health_check'),
  ...showsOfCheck('readiness'),
  'rollout.timeout': showDuration,
  'rollout.min_up': showDuration,
  'ecs.health_check_grace_period': showDuration,
}

/** A change as a person reads it: `memory 512 MB → 1 GB`. */
export function showChange(change: FieldChange): string {
  const { field, from, to, owner } = change
  const name = clean(field)
  if (field === 'restarts') return 'restart'
  if (field.startsWith('variables.')) return `${name} ${showVariable(change)}`
  if (to === undefined) return `${name} removed`
  if (from === undefined) return `${name} ${showValue(field, to)} (new)`
  if (!isDeepStrictEqual(from, to)) return `${name} ${showValue(field, from)} → ${showValue(field, to)}`
  // A whole map that only changes hands is too much for a line.
  const value = isMap(to) && SHOW[field] === undefined ? '' : ` ${showValue(field, to)}`
  return `${name}${value} (now ${owner === 'operator' ? 'set by operator' : "the config's"})`
}

/** What a new process is: `2 instances, 0.5 vCPU, 1 GB, bin/web`. */
export function showNew(spec: ProcessSpec): string[] {
  const { demand_count: demand, spot_count: spot, image, command, containers } = spec
  const beside = Object.keys(containers)
  return [
    spot === 0 ? counted(demand, 'instance') : `${demand} + ${counted(spot, 'spot instance')}`,
    showCpu(spec.cpu),
    showMemory(spec.memory),
    ...(image.kind === 'pinned' ? [clean(showImage(image), SHORT)] : []),
    ...(command === null ? [] : [showValue('command', command)]),
    ...(beside.length === 0 ? [] : [`with ${beside.map((name) => clean(name)).join(' and ')}`]),
  ]
}

export function showValue(path: string, value: unknown): string {
  const field = path.replace(/^containers\.[^.]+\./, '')
  if (field === 'image' && value === null) return 'built from the commit'
  if (value === null || value === undefined) return 'none'
  const show = field.startsWith('containers.')
    ? showContainer
    : field.startsWith('mounts.')
      ? showMount
      : SHOW[field]
  if (show !== undefined) return clean(show(value as never), SHORT)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const shown = field.startsWith('env.') ? shownVariable(field.slice('env.'.length), text) : text
  return clean(shown, SHORT) || '""'
}

/** What it runs; its variables are nothing to read in a line. */
function showContainer({ image, command, cpu, memory }: ShownContainer): string {
  return [
    showReference(image),
    ...(command === null ? [] : [showCommand(command)]),
    ...(cpu === null ? [] : [showCpu(cpu)]),
    ...(memory === null ? [] : [showMemory(memory)]),
  ].join(', ')
}

/** As a plan has it. */
type ShownContainer = Omit<ContainerSpec, 'image'> & { image: string }

function showMount({ source, source_path }: Mount): string {
  return source_path === '' ? source : `${source} ${source_path}`
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function showVariable({ from, to }: FieldChange): string {
  if (to === undefined) return 'no longer set by hand'
  return from === undefined ? 'set by hand' : 'set by hand anew'
}

function showsOfCheck(field: string): Record<string, (value: never) => string> {
  return {
    [field]: showHealthCheck,
    [`${field}.command`]: showCommand,
    ...Object.fromEntries(CHECK_TIMES.map((each) => [`${field}.${each}`, showDuration])),
  }
}

function showHealthCheck({ path, command, interval }: HealthCheck): string {
  const how = path ?? (command === null ? 'tcp' : showCommand(command satisfies Command))
  return `${how} every ${showDuration(interval)}`
}
