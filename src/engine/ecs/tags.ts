import type { Tag } from '@aws-sdk/client-ecs'

import type { AppId, RolloutSettings } from '../../app/app.ts'
import { FIELD_NAMES } from '../../app/fields.ts'
import type { OwnedFields, ProcessSpec, ProcessState } from '../../app/spec.ts'
import type { Counts } from './capacity.ts'
import { TAG } from './names.ts'

/** What of a process its service's tags tell. */
export interface ServiceTags {
  process: string
  origin: ProcessState['origin']
  /** Names of the fields that the operator owns. */
  owned: string[]
  /** What was asked for: a stopped process keeps it here. */
  counts: Counts
  disabled: boolean
  rollout: RolloutSettings
  /** Null where there is none, or one that cannot be read. */
  fingerprint: Fingerprint | null
  /** Of one that Gantry did not make, the container that is the process; null of all others. */
  adopted: string | null
}

/** What the service was last told to run. */
export interface Fingerprint {
  /** `family:n` */
  revision: string
  hash: string
}

const KEYS = {
  origin: 'gantry:origin',
  owned: 'gantry:owned',
  counts: 'gantry:counts',
  disabled: 'gantry:disabled',
  rollout: 'gantry:rollout',
  fingerprint: 'gantry:fingerprint',
} as const

/** Stands for an empty list: a value that is missing could as well be one that somebody took away. */
const NOTHING = 'none'

/**
 * The tags of a process's service: names and short values only, in the letters that AWS allows, at most 256 of them:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
export function serviceTags(app: AppId, { spec, owned, origin }: ProcessState, run: Fingerprint): Tag[] {
  const { overlap, on_failure, timeout, min_up } = spec.rollout
  return tagsOf({
    ...identity(app, 'process', spec.name),
    [KEYS.origin]: origin,
    [KEYS.owned]: Object.keys(owned).sort().join(' ') || NOTHING,
    [KEYS.counts]: writePairs({
      demand: spec.demand_count,
      spot: spec.spot_count,
      scale: spec.scale_count,
      type: spec.scale_type,
      cpu: spec.autoscaling_cpu_threshold,
      memory: spec.autoscaling_memory_threshold,
    }),
    [KEYS.disabled]: String(spec.disabled),
    [KEYS.rollout]: writePairs({ overlap, on_failure, timeout, min_up }),
    [KEYS.fingerprint]: fingerprintValue(run),
  })
}

/** The same tags of a service that runs something else than they say. */
export function withFingerprint(tags: readonly Tag[], run: Fingerprint): Tag[] {
  return [
    ...tags.filter(({ key }) => key !== KEYS.fingerprint),
    { key: KEYS.fingerprint, value: fingerprintValue(run) },
  ]
}

/** Null: not a process of this app. What somebody took away or spoilt reads as its default. */
export function readServiceTags(app: AppId, tags: readonly Tag[]): ServiceTags | null {
  const values = new Map(tags.map(({ key = '', value = '' }) => [key, value]))
  const process = values.get(TAG.process)
  if (!process || values.get(TAG.app) !== app.name || values.get(TAG.environment) !== app.environment) {
    return null
  }
  return {
    process,
    origin: values.get(KEYS.origin) === 'operator' ? 'operator' : 'config',
    owned: readNames(values.get(KEYS.owned)),
    counts: readCounts(values.get(KEYS.counts)),
    disabled: values.get(KEYS.disabled) === 'true',
    rollout: readRollout(values.get(KEYS.rollout)),
    fingerprint: readFingerprint(values.get(KEYS.fingerprint)),
    adopted: values.get(TAG.adopted) || null,
  }
}

/** The operator's fields with their values, which are those that the process has. */
export function ownedFields(spec: ProcessSpec, names: readonly string[]): OwnedFields {
  return Object.fromEntries(
    names.flatMap((name) => {
      if (name !== 'image') return [[name, spec[name as keyof ProcessSpec]]]
      return spec.image.kind === 'pinned' ? [[name, spec.image.reference]] : []
    }),
  )
}

/** Whose it is: what everything that is made for a process or a task is tagged with. */
export function identity(
  { name, environment }: AppId,
  kind: 'process' | 'task',
  component: string,
): Record<string, string> {
  return { [TAG.app]: name, [TAG.environment]: environment, [TAG[kind]]: component }
}

export function tagsOf(values: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }))
}

function readNames(text = ''): string[] {
  const known: readonly string[] = FIELD_NAMES
  return text.split(' ').filter((name) => known.includes(name))
}

function readCounts(text = ''): Counts {
  const pairs = readPairs(text)
  const type = pairs.get('type')
  return {
    demand_count: readNumber(pairs.get('demand')) ?? 1,
    spot_count: readNumber(pairs.get('spot')) ?? 0,
    scale_count: readNumber(pairs.get('scale')) ?? 0,
    scale_type: type === 'spot' || type === 'demand' ? type : 'none',
    autoscaling_cpu_threshold: readNumber(pairs.get('cpu')),
    autoscaling_memory_threshold: readNumber(pairs.get('memory')),
  }
}

function readRollout(text = ''): RolloutSettings {
  const pairs = readPairs(text)
  return {
    overlap: pairs.get('overlap') !== 'false',
    on_failure: pairs.get('on_failure') === 'keep' ? 'keep' : 'rollback',
    timeout: readNumber(pairs.get('timeout')) ?? 900,
    min_up: readNumber(pairs.get('min_up')) ?? 1,
  }
}

function fingerprintValue({ revision, hash }: Fingerprint): string {
  return `${revision}:${hash}`
}

function readFingerprint(text = ''): Fingerprint | null {
  const [, revision, hash] = /^(.+:\d+):([0-9a-f]+)$/.exec(text) ?? []
  return revision === undefined || hash === undefined ? null : { revision, hash }
}

/** `demand=2 spot=1`, without what is null. */
function writePairs(pairs: Readonly<Record<string, string | number | boolean | null>>): string {
  return Object.entries(pairs)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
}

function readPairs(text: string): Map<string, string> {
  return new Map(text.split(' ').map((pair) => pair.split('=', 2) as [string, string]))
}

function readNumber(text: string | undefined): number | null {
  const number = Number(text || NaN)
  return Number.isFinite(number) ? number : null
}
