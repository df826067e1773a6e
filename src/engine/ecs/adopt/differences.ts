import { isDeepStrictEqual } from 'node:util'

import type { App, Process } from '../../../app/app.ts'
import { FIELD_NAMES, type FieldName } from '../../../app/fields.ts'
import { showImage } from '../../../app/image.ts'
import type { ProcessSpec } from '../../../app/spec.ts'
import { withoutUnmet } from '../../../app/unmet.ts'
import { adaptProcess } from '../adapt.ts'
import type { Refusal } from '../services/controller.ts'

/** A field that the config does not name: it stays as it is, and is the operator's from then on. */
export interface Kept {
  field: FieldName
  value: unknown
  /** What the config means by saying nothing. */
  config: unknown
}

/** A value that the config names otherwise: the first deployment changes it. */
export interface Changed {
  field: string
  from: unknown
  to: unknown
}

export interface Differences {
  kept: Kept[]
  changed: Changed[]
  refused: Refusal[]
}

/**
 * Images are what a deployment is about, containers that somebody else has put beside the process stay as they are, and
 * the other two are only ever changed by hand.
 */
type Compared = Exclude<FieldName, NotCompared>
type NotCompared = (typeof NOT_COMPARED)[number]
const NOT_COMPARED = ['image', 'containers', 'restarts', 'variables'] as const
const COMPARED = FIELD_NAMES.filter(
  (field): field is Compared => !(NOT_COMPARED as readonly string[]).includes(field),
)

/** Fields that nobody can own by hand: what runs with them, the config has to say. */
type InConfigOnly = 'env' | 'secrets' | 'ecs' | 'placement'

/**
 * What is otherwise in the config than in what runs.
 *
 * @param isNamed whether the config has something at a path such as `processes.web.memory`, or below it
 */
export function differencesOf(
  app: App,
  process: Process,
  runs: ProcessSpec,
  isNamed: (path: string) => boolean,
): Differences {
  const differing = COMPARED.filter((field) => !isDeepStrictEqual(process[field], runs[field]))
  const open = differing.filter((field) => !isInConfigOnly(field))
  const unnamed = open.filter((field) => !isNamed(pathOf(process, field)))
  const kept = tenable(app, process, runs, unnamed)
  const closed = differing.filter(isInConfigOnly).flatMap((field) => entriesOf(field, process, runs))
  const [named, missing] = [
    closed.filter((each) => isNamed(each.path)),
    closed.filter((each) => !isNamed(each.path)),
  ]
  return {
    kept: kept.map((field) => ({ field, value: runs[field], config: process[field] })),
    changed: [
      ...imageChange(process, runs),
      ...newContainers(process),
      ...open
        .filter((field) => !kept.includes(field))
        .map((field) => ({ field, from: runs[field], to: process[field] })),
      ...named.map(changeOf),
    ],
    refused: missing.map(refusalOf),
  }
}

function isInConfigOnly(field: Compared): field is InConfigOnly {
  return field === 'env' || field === 'secrets' || field === 'ecs' || field === 'placement'
}

/** All that a service says of its rollouts is whether they overlap. */
function pathOf({ name }: Process, field: Compared): string {
  return `processes.${name}.${field === 'rollout' ? 'rollout.overlap' : field}`
}

/** Of the fields to keep those that go with what the config says: 256 CPU units do not go with 8 GB. */
function tenable(app: App, process: Process, runs: ProcessSpec, fields: readonly Compared[]): Compared[] {
  const { build: _build, image: _image, containers: _containers, ...says } = withoutUnmet(process)
  const { image, containers, restarts, variables } = runs
  const own = Object.fromEntries(fields.map((field) => [field, runs[field]]))
  const { spec, problems } = adaptProcess(app, { ...says, image, containers, restarts, variables, ...own })
  const refused = problems.flatMap(({ severity, fields: named }) => (severity === 'error' ? named : []))
  return fields.filter(
    (field) =>
      isDeepStrictEqual(spec[field], runs[field]) && !refused.some((each) => each.split('.')[0] === field),
  )
}

function imageChange({ image }: Process, runs: ProcessSpec): Changed[] {
  const from = showImage(runs.image)
  if (image === null) return [{ field: 'image', from, to: 'the one that is built' }]
  return runs.image.kind === 'pinned' && runs.image.reference === image
    ? []
    : [{ field: 'image', from, to: image }]
}

/** What the config puts beside it. What is there stays. */
function newContainers({ containers }: Process): Changed[] {
  const names = Object.keys(containers)
  return names.length === 0 ? [] : [{ field: 'containers', from: null, to: names }]
}

interface Entry {
  field: InConfigOnly
  key: string
  /** Where the config would name it. */
  path: string
  from: unknown
  to: unknown
}

function entriesOf(field: InConfigOnly, process: Process, runs: ProcessSpec): Entry[] {
  const [from, to] = [
    new Map(Object.entries(runs[field] ?? {})),
    new Map(Object.entries(process[field] ?? {})),
  ]
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((key) => !isDeepStrictEqual(from.get(key), to.get(key)))
    .map((key) => ({
      field,
      key,
      path: pathOfEntry(process, field, key),
      from: from.get(key),
      to: to.get(key),
    }))
}

function pathOfEntry({ name }: Process, field: InConfigOnly, key: string): string {
  if (field === 'ecs') return `processes.${name}.ecs.${key}`
  // Inherited as a whole: naming one variable is naming all.
  if (field !== 'placement') return `processes.${name}.${field}`
  return key === 'architecture' ? `processes.${name}.build.platform` : `ecs.${key}`
}

/** The values of variables are nobody's business but that of whoever wrote them. */
function changeOf({ field, key, from, to }: Entry): Changed {
  const shown = (value: unknown): unknown => (field === 'env' && value !== undefined ? '…' : value)
  return { field: `${field}.${key}`, from: shown(from), to: shown(to) }
}

function refusalOf({ field, key, path, from }: Entry): Refusal {
  if (field === 'env' || field === 'secrets') {
    return {
      reason: `it has the ${field === 'env' ? 'variable' : 'secret'} ${key}, and the config names no ${field} for it`,
      hint: `write it under \`${path}\``,
    }
  }
  const value = PLATFORMS[String(from)] ?? JSON.stringify(from)
  return {
    reason: `its ${key} is ${value}, and the config does not say so`,
    hint: `say \`${path}: ${value}\``,
  }
}

const PLATFORMS: Readonly<Record<string, string>> = { x86_64: 'linux/amd64', arm64: 'linux/arm64' }
