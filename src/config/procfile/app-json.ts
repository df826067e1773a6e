import { checkKeys } from '../catalogue/check.ts'
import { Draft } from '../draft.ts'
import { foldName } from '../names.ts'
import type { Reading } from '../reading.ts'
import { VARIABLE_NAME } from '../secrets.ts'
import type { Source } from '../source.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, itemsOf, placeOf, textAt, unshared } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { whyNoVariable } from '../variable-names.ts'
import { parseYaml } from '../yaml.ts'
import { refuseOtherThanJson } from './json.ts'
import { APP_JSON_KEYS } from './keys.ts'
import { scheduleOf } from './schedules.ts'

/** Memory of Heroku's dynos (devcenter: dyno types). */
const DYNO_MEMORY: Readonly<Record<string, string>> = {
  eco: '512 MB',
  basic: '512 MB',
  'standard-1x': '512 MB',
  'standard-2x': '1 GB',
  'performance-m': '2.5 GB',
  'performance-l': '14 GB',
}

/** The configs that an `app.json` is read between. */
interface Around {
  procfile: Table
  /** The gantry.yml that is going to be laid over both. */
  over: Table | null
  /** There is no Procfile. */
  isAlone: boolean
  /** The one that is deployed: the overlay of it in the gantry.yml counts. */
  environment: string
}

/** Reads what an `app.json` says about the processes of a Procfile, as a config to lay over it. */
export function parseAppJson(source: Source, around: Around, reading: Reading): Table {
  const content = parseYaml(source, reading)
  refuseOtherThanJson(source, reading)
  if (source.text.trim() === 'null') {
    return reading.fail(`${source.file} must be a map; found nothing`, { place: placeOf(content) })
  }
  const root = checkKeys(unshared(content), APP_JSON_KEYS, reading)
  const draft = new Draft(root.origin)
  const name = textAt(root, 'name')
  if (name !== undefined) reading.called = { name, place: child(root, 'name')?.key }
  addVariables(child(root, 'env'), around, draft, reading)
  addFormation(child(root, 'formation'), around, draft, reading)
  for (const [index, job] of itemsOf(child(root, 'cron')).entries()) addJob(`cron-${index + 1}`, job, draft)
  return draft.table()
}

function addVariables(env: Value | undefined, around: Around, draft: Draft, reading: Reading): void {
  for (const [name, entry] of entriesOf(env)) {
    const value = entry.kind === 'table' ? child(entry, 'value') : entry
    const refused = whyNoVariable(name)
    if (refused !== null) reading.keys.change(entry, 'unsupported', refused.text, refused.hint)
    else if (value !== undefined) {
      draft.set(['env', name], { ...value, ...(entry.key && { key: entry.key }) })
      const generator = child(entry, 'generator')
      if (generator !== undefined)
        reading.keys.change(generator, 'honoured', 'there is a value, which counts')
    } else if (isGiven(name, around)) reading.keys.change(entry, 'honoured', 'gantry.yml has its value')
    else tellMissing(name, entry, reading)
  }
}

/** Whether gantry.yml names a variable, for all or for each process, also only for the environment that is deployed. */
function isGiven(name: string, { procfile, over, environment }: Around): boolean {
  if (over === null) return false
  const layers = [over, child(child(over, 'environments'), environment)]
  const names = (...path: string[]): boolean =>
    layers.some((layer) => {
      const settings = path.reduce(child, layer)
      return ['env', 'secrets'].some((key) => child(child(settings, key), name) !== undefined)
    })
  if (names() || names('defaults')) return true
  const processes = new Set(
    [procfile, ...layers].flatMap((each) => entriesOf(child(each, 'processes')).map(([type]) => type)),
  )
  return processes.size > 0 && [...processes].every((each) => names('processes', each))
}

function tellMissing(name: string, entry: Value, reading: Reading): void {
  const isGenerated = child(entry, 'generator') !== undefined
  const required = child(entry, 'required')
  if (!isGenerated && required?.kind === 'scalar' && required.value === false) return
  const isName = VARIABLE_NAME.test(name)
  const command = `gantry env set ${isName ? name : 'NAME'}${isGenerated ? ' --secret' : ''}`
  const why = isGenerated ? 'Gantry generates no secrets' : 'it has no value here'
  const awaits = isName ? { name, secret: isGenerated } : undefined
  reading.keys.change(entry, 'unsupported', why, `Set it with \`${command}\`.`, awaits)
}

function addFormation(all: Value | undefined, around: Around, draft: Draft, reading: Reading): void {
  const first = new Map<string, string>()
  for (const [type, entry] of entriesOf(all)) {
    const name = foldName(type)
    const kind = name === null ? undefined : kindOf(name, around)
    if (kind === undefined || name === null) {
      const hint = 'Add it to the Procfile, or leave it out.'
      reading.keys.change(entry, 'unsupported', 'the Procfile has no such process', hint)
      continue
    }
    const before = first.get(name)
    if (before !== undefined) {
      const why = `${quote(before)} is the same process here, and counts`
      reading.keys.change(entry, 'unsupported', why, 'Leave out all but one.')
      continue
    }
    first.set(name, type)
    if (around.isAlone) {
      draft.open([kind, name], entry)
      reading.warn(`No Procfile gives the command of ${quote(type)}: that of its image is run`, {
        place: entry.key,
        hint: 'Give it one with `command` in gantry.yml.',
      })
    }
    const quantity = child(entry, 'quantity')
    if (quantity !== undefined && kind === 'processes') draft.set([kind, name, 'demand_count'], quantity)
    else if (quantity !== undefined) {
      reading.keys.change(quantity, 'unsupported', 'a task runs once', 'Leave it out.')
    }
    const memory = memoryOf(child(entry, 'size'), reading)
    if (memory !== null) draft.set([kind, name, 'memory'], memory)
  }
}

/** A Procfile says which processes there are; without one the formation does, of an image that has its command. */
function kindOf(name: string, { procfile, isAlone }: Around): 'processes' | 'tasks' | undefined {
  if (isAlone && name !== 'release') return 'processes'
  return (['processes', 'tasks'] as const).find((kind) => child(child(procfile, kind), name) !== undefined)
}

function memoryOf(size: Value | undefined, reading: Reading): Value | null {
  if (size?.kind !== 'scalar') return null
  const name = size.text.toLowerCase()
  if (Object.hasOwn(DYNO_MEMORY, name)) return derived(DYNO_MEMORY[name]!, size)
  reading.keys.change(
    size,
    'unsupported',
    'this dyno size is not known, and the process gets the default memory',
    `Known are ${Object.keys(DYNO_MEMORY).join(', ')}. Set \`memory\` in gantry.yml for another one.`,
  )
  return null
}

function addJob(name: string, job: Value, draft: Draft): void {
  const schedule = child(job, 'schedule')!
  const known = scheduleOf(textAt(job, 'schedule') ?? '')
  draft.open(['tasks', name], job)
  draft.set(['tasks', name, 'command'], child(job, 'command')!)
  draft.set(['tasks', name, 'schedule'], derived(known, schedule))
}
