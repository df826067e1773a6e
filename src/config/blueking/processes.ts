import type { Place } from '../../app/errors.ts'
import type { Draft } from '../draft.ts'
import { foldName } from '../names.ts'
import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { derived, placeOf, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import type { Start } from './command.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'
import { MAX_PROCESSES } from './rules.ts'

/** The port that instances listen on, and that they are given as `PORT` (paas_wl: CONTAINER_PORT). */
export const CONTAINER_PORT = 5000

/** Instances of `web` in production where nobody says how many (paas_wl: processes/models.py). */
const WEB_IN_PRODUCTION = 2

export const NOT_IN_PROCFILE = 'the Procfile beside it decides, and has no such process'
export const ONE_PLACE =
  'Keep processes in one place: delete the Procfile, or `processes` of the app_desc.yaml.'

/** A process as the file has it. */
export interface Described {
  type: string
  /** The value that has it in the map or list of processes. */
  entry: Value
  /** Its entry point and its command in Gantry's terms; null where it has none. */
  entryPoint: Value | null
  command: Value | null
  /** The same as one line, and the key that says it, to compare with the Procfile. */
  line: { text: string; key: Value } | null
}

/**
 * Adds the processes with their commands. A Procfile beside the file decides which there are and what they run (row
 * BK-15); the other settings of a process stay. Gives those that are deployed, by name.
 *
 * @param at what says the processes, to point there where there are none
 */
export function addProcesses(
  all: readonly Described[],
  at: Value,
  context: ModuleContext,
): Map<string, Described> {
  const { reading, draft, procfile } = context
  const deployed = new Map<string, Described>()
  for (const process of unique(all, context)) {
    const name = nameOf(process)
    if (procfile !== null && !procfile.has(name)) {
      reading.keys.change(process.entry, 'unsupported', NOT_IN_PROCFILE, ONE_PLACE)
      continue
    }
    deployed.set(name, process)
    draft.open(['processes', name], process.entry)
    const { entryPoint, command } = startOf(process, procfile?.get(name), context)
    if (entryPoint !== null) draft.set(['processes', name, 'entry_point'], entryPoint)
    if (command !== null) draft.set(['processes', name, 'command'], command)
  }
  for (const [name, command] of procfile ?? []) {
    if (deployed.has(name)) continue
    deployed.set(name, { type: name, entry: command, entryPoint: null, command, line: null })
    draft.open(['processes', name], command)
    draft.set(['processes', name, 'command'], derived(textOf(command), command))
    if (all.length === 0) continue
    reading.warn(`The process ${quote(name)} is only in the Procfile, and is deployed`, {
      place: command.key,
      hint: ONE_PLACE,
    })
  }
  if (deployed.size === 0) {
    reading.error('A module must have a process', {
      place: at.key ?? placeOf(at),
      hint: 'Add one to `processes`, or to a Procfile beside the app_desc.yaml.',
    })
  }
  return deployed
}

/** Sets how many instances of a process there are where nobody says it, for apps without a count of their own. */
export function addDefaultCount(name: string, draft: Draft): void {
  if (name !== 'web') return
  const path = ['environments', 'prod', 'processes', name, 'demand_count']
  draft.set(path, scalar(WEB_IN_PRODUCTION, byBlueKing))
}

/** The public process has a port by default. */
export function exposeWeb(deployed: ReadonlyMap<string, Described>, { draft }: ModuleContext): void {
  if (deployed.has('web')) draft.set(['processes', 'web', 'port'], scalar(CONTAINER_PORT, byBlueKing))
}

function unique(all: readonly Described[], { reading }: ModuleContext): Described[] {
  const seen = new Map<string, Described>()
  for (const process of all) {
    const name = nameOf(process)
    const place = process.entry.key ?? placeOf(process.entry)
    if (seen.has(name)) {
      reading.error(`${quote(process.type)} is here for the second time, as soon as case is folded`, {
        place,
        hint: 'No two processes have the same type. Rename one of them.',
      })
      continue
    }
    if (seen.size === MAX_PROCESSES) {
      reading.error(`${quote(process.type)} is one process too many: BlueKing allows ${MAX_PROCESSES}`, {
        place,
      })
    }
    tellFolded(process.type, place, reading)
    seen.set(name, process)
  }
  return [...seen.values()]
}

/** Says of a process type that its name is another one here. */
export function tellFolded(type: string, place: Place | undefined, reading: Reading): void {
  const name = nameOf({ type })
  if (name === type) return
  reading.warn(`The process type ${quote(type)} is named "${name}" here`, {
    place,
    hint: 'Names have lower-case letters, digits and single hyphens.',
  })
}

/** Its type has at least one letter or digit, so there always is a name. */
export function nameOf({ type }: Pick<Described, 'type'>): string {
  return foldName(type) ?? type
}

function startOf(process: Described, decided: Value | undefined, { reading }: ModuleContext): Start {
  const { line } = process
  if (decided === undefined || textOf(decided) === line?.text.trim()) return process
  if (line !== null) {
    const how = 'the Procfile beside it decides, and has another command'
    reading.keys.change(line.key, 'approximated', how, ONE_PLACE)
  }
  return { entryPoint: null, command: derived(textOf(decided), decided) }
}

function textOf(command: Value): string {
  return command.kind === 'scalar' ? command.text.trim() : ''
}
