import type { AppId } from '../../../app/app.ts'
import type { Variable } from '../../engine.ts'
import { newer } from './document-format.ts'
import { variablePaths, variablesParameter } from './parameter-names.ts'
import type { ListedParameter } from './parameter-store.ts'

/**
 * What is set, in one document, so that a deployment need not list parameters. SSM begins to count anew when a parameter
 * was deleted; the mirror remembers how far it had come, so that a version never comes again for another value.
 */
export interface Mirror {
  format: 1
  variables: MirroredVariable[]
  /** The last version of each that was unset, by `<process>/<name>`. */
  removed: Record<string, number>
}

interface MirroredVariable extends Variable {
  /** What its version counts on from: the version is this plus SSM's. */
  floor: number
  /** Milliseconds since the epoch, by SSM. */
  modified: number
}

const EMPTY: Mirror = { format: 1, variables: [], removed: {} }

/** The mirror as it was read, or that of an app that has none yet. */
export function readMirror(app: AppId, read: unknown): Mirror {
  const mirror = (read ?? EMPTY) as Mirror
  if (mirror.format !== EMPTY.format) throw newer(variablesParameter(app))
  return mirror
}

export function variablesOf({ variables }: Mirror): Variable[] {
  return variables.map(({ name, process, secret, version }) => ({ name, process, secret, version }))
}

/** What a mirror becomes when these parameters are what there is. */
export function mirrorOf(app: AppId, parameters: readonly ListedParameter[], before: Mirror): Mirror {
  const known = new Map(before.variables.map((variable) => [keyOf(variable), variable]))
  const variables = parameters
    .flatMap((parameter) => {
      const place = placeOf(app, parameter.name)
      if (place === null) return []
      const key = keyOf(place)
      return mirrored({ ...place, ...parameter, name: place.name }, known.get(key), before.removed[key] ?? 0)
    })
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const present = new Set(variables.map(keyOf))
  const versions = [
    ...Object.entries(before.removed),
    ...before.variables.map((variable) => [keyOf(variable), variable.version] as const),
  ]
  return {
    format: 1,
    variables,
    removed: Object.fromEntries(versions.filter(([key]) => !present.has(key))),
  }
}

function mirrored(
  parameter: ListedParameter & Pick<Variable, 'process'>,
  known: MirroredVariable | undefined,
  removedAt: number,
): MirroredVariable {
  const { name, process, modified } = parameter
  // A list that is older than the mirror.
  if (known !== undefined && modified < known.modified) return known
  let floor = known?.floor ?? removedAt
  const version = floor + parameter.version
  const isAnother = known !== undefined && modified !== known.modified
  // It counts anew: it was deleted and made again.
  if (isAnother && version <= known.version) floor = known.version
  return {
    name,
    process,
    secret: parameter.type === 'SecureString',
    version: floor + parameter.version,
    floor,
    modified,
  }
}

/** Null: no variable's parameter. */
function placeOf(app: AppId, parameter: string): Pick<Variable, 'name' | 'process'> | null {
  const { all, processes } = variablePaths(app)
  if (parameter.startsWith(all)) {
    const name = parameter.slice(all.length)
    return name.includes('/') ? null : { name, process: null }
  }
  const [, process, name] = /^([^/]+)\/([^/]+)$/.exec(parameter.slice(processes.length)) ?? []
  if (!parameter.startsWith(processes) || process === undefined) return null
  return { name: name!, process }
}

function keyOf({ name, process }: Pick<Variable, 'name' | 'process'>): string {
  return `${process ?? ''}/${name}`
}
