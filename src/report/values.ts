import { isDeepStrictEqual } from 'node:util'

import type { HealthCheck } from '../app/app.ts'
import { showCommand, type Command } from '../app/command.ts'
import { showDuration } from '../app/duration.ts'
import { showImage, showReference } from '../app/image.ts'
import { showCpu, showMemory } from '../app/size.ts'
import type { ProcessSpec } from '../app/spec.ts'
import { shownVariable } from '../config/secret-like.ts'
import type { FieldChange, KeptField } from '../plan/types.ts'
import { clean } from './clean.ts'
import { counted } from './units.ts'

/** What fits beside others on a line. */
const SHORT = 60

const SHOW: Readonly<Record<string, (value: never) => string>> = {
  image: showReference,
  command: showCommand,
  cpu: showCpu,
  memory: showMemory,
  ephemeral_storage_gb: (gigabytes: number) => `${gigabytes} GB`,
  stop_timeout: showDuration,
  health_check: showHealthCheck,
  'health_check.command': showCommand,
  'health_check.interval': showDuration,
  'health_check.timeout': showDuration,
  'health_check.start_period': showDuration,
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
  return `${name} ${showValue(field, to)} (now ${owner === 'operator' ? 'set by operator' : "the config's"})`
}

/** `memory 2 GB (set by operator; config says 1 GB)` */
export function showKept(kept: KeptField): string {
  const { field, value, config } = kept
  const name = clean(field)
  if (/^(?:env|secrets)\./.test(field))
    return `${name} (set by hand; config says ${showValue(field, config)})`
  const says =
    config === undefined
      ? ''
      : isDeepStrictEqual(value, config)
        ? '; config says the same'
        : `; config says ${showValue(field, config)}`
  return `${name} ${showValue(field, value)} (set by operator${says})`
}

/** What a new process is: `2 instances, 0.5 vCPU, 1 GB, bin/web`. */
export function showNew(spec: ProcessSpec): string[] {
  const { demand_count: demand, spot_count: spot, image, command } = spec
  return [
    spot === 0 ? counted(demand, 'instance') : `${demand} + ${counted(spot, 'spot instance')}`,
    showCpu(spec.cpu),
    showMemory(spec.memory),
    ...(image.kind === 'pinned' ? [clean(showImage(image), SHORT)] : []),
    ...(command === null ? [] : [showValue('command', command)]),
  ]
}

export function showValue(field: string, value: unknown): string {
  if (field === 'image' && value === null) return 'built from the commit'
  if (value === null || value === undefined) return 'none'
  const show = SHOW[field]
  if (show !== undefined) return clean(show(value as never), SHORT)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const shown = field.startsWith('env.') ? shownVariable(field.slice('env.'.length), text) : text
  return clean(shown, SHORT) || '""'
}

function showVariable({ from, to }: FieldChange): string {
  if (to === undefined) return 'no longer set by hand'
  return from === undefined ? 'set by hand' : 'set by hand anew'
}

function showHealthCheck({ path, command, interval }: HealthCheck): string {
  const how = path ?? (command === null ? 'tcp' : showCommand(command satisfies Command))
  return `${how} every ${showDuration(interval)}`
}
