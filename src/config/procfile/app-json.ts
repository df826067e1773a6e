import { foldName } from '../names.ts'
import type { Reading } from '../reading.ts'
import { VARIABLE_NAME } from '../secrets.ts'
import type { Source } from '../source.ts'
import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, entriesOf, placeOf, scalar, table } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { parseYaml } from '../yaml.ts'

/** Memory of Heroku's dynos (devcenter: dyno types). */
const DYNO_MEMORY: Readonly<Record<string, string>> = {
  eco: '512 MB',
  basic: '512 MB',
  'standard-1x': '512 MB',
  'standard-2x': '1 GB',
  'performance-m': '2.5 GB',
  'performance-l': '14 GB',
}

const NOT_HONOURED: Readonly<Record<string, string>> = {
  addons:
    'Create databases and other services yourself, and give their addresses with `gantry env set NAME --secret`.',
  buildpacks:
    'Images are built from a Dockerfile, or on the local engine with `build.command` in gantry.yml.',
  image: 'Give a process its image with `image` in gantry.yml.',
  environments: 'Describe environments in gantry.yml.',
}

/** They tell people about an app, and Heroku's dashboard where to send them: nothing that runs depends on them. */
const DESCRIPTIVE = new Set([
  '$schema',
  'name',
  'description',
  'keywords',
  'logo',
  'repository',
  'success_url',
  'website',
])

/** The configs that an `app.json` is read between. */
interface Around {
  procfile: Table
  /** The gantry.yml that is going to be laid over both. */
  over: Table | null
}

/**
 * Reads what an `app.json` says about the processes of a Procfile, as a config to lay over it: counts and sizes of
 * `formation` and values of `env`. Every other key that would mean something is reported.
 */
export function parseAppJson(source: Source, around: Around, reading: Reading): Table {
  const root = parseYaml(source, reading)
  if (root.kind !== 'table') return reading.fail('app.json must be a JSON object', { place: placeOf(root) })
  for (const [key, value] of root.entries) {
    if (key === 'scripts') warnScripts(value, reading)
    else if (key !== 'env' && key !== 'formation' && !DESCRIPTIVE.has(key)) {
      const meant = suggest(key, ['env', 'formation', 'scripts'])
      reading.warn(`app.json: ${quote(key)} is not honoured`, {
        place: value.key,
        hint: NOT_HONOURED[key] ?? (meant === null ? undefined : `Did you mean ${quote(meant)}?`),
      })
    }
  }
  return table(
    [
      ['env', variables(child(root, 'env'), around, reading)],
      ...formation(child(root, 'formation'), around.procfile, reading),
    ],
    root.origin,
  )
}

/** The entries of what should be a map; anything else is reported. */
function mapEntries(value: Value | undefined, name: string, reading: Reading): [string, Value][] {
  if (value !== undefined && value.kind !== 'table') {
    reading.warn(`app.json: ${name} is not honoured: it should be a map`, { place: placeOf(value) })
  }
  return entriesOf(value)
}

function warnScripts(scripts: Value, reading: Reading): void {
  for (const [key, script] of mapEntries(scripts, 'scripts', reading)) {
    reading.warn(`app.json: the script ${quote(key)} is not run`, {
      place: script.key,
      hint:
        key === 'postdeploy'
          ? 'Heroku runs it once, when an app is created. Run it by hand with `gantry run`.'
          : undefined,
    })
  }
}

function variables(env: Value | undefined, around: Around, reading: Reading): Table {
  const known: [string, Value][] = []
  for (const [name, entry] of mapEntries(env, 'env', reading)) {
    const value = entry.kind === 'table' ? child(entry, 'value') : entry
    if (name === 'PORT') {
      reading.warn('app.json: "PORT" is not honoured: every instance gets its own', { place: entry.key })
    } else if (value !== undefined) known.push([name, { ...value, ...(entry.key && { key: entry.key }) }])
    else if (!isGiven(name, around)) warnMissing(name, entry, reading)
  }
  return table(known, env?.origin ?? { kind: 'default' })
}

/** Whether gantry.yml names a variable, for all or for each process. */
function isGiven(name: string, { procfile, over }: Around): boolean {
  const names = (settings: Value | undefined): boolean =>
    ['env', 'secrets'].some((key) => child(child(settings, key), name) !== undefined)
  if (over === null) return false
  if (names(over) || names(child(over, 'defaults'))) return true
  const own = child(over, 'processes')
  const processes = new Set(
    [...entriesOf(child(procfile, 'processes')), ...entriesOf(own)].map(([each]) => each),
  )
  return processes.size > 0 && [...processes].every((each) => names(child(own, each)))
}

function warnMissing(name: string, entry: Value, reading: Reading): void {
  const generated = child(entry, 'generator') !== undefined
  const required = child(entry, 'required')
  if (!generated && required?.kind === 'scalar' && required.value === false) return
  const command = `gantry env set ${VARIABLE_NAME.test(name) ? name : 'NAME'}${generated ? ' --secret' : ''}`
  reading.warn(`app.json: ${quote(name)} has no value here`, {
    place: entry.key,
    hint: generated
      ? `Gantry generates no secrets. Set it with \`${command}\`.`
      : `Set it with \`${command}\`.`,
  })
}

function formation(all: Value | undefined, procfile: Table, reading: Reading): [string, Table][] {
  const found: Record<'processes' | 'tasks', [string, Value][]> = { processes: [], tasks: [] }
  for (const [type, entry] of mapEntries(all, 'formation', reading)) {
    const name = foldName(type)
    const kind = (['processes', 'tasks'] as const).find(
      (each) => name !== null && child(child(procfile, each), name),
    )
    if (kind === undefined || name === null) {
      reading.warn(`app.json: the Procfile has no process ${quote(type)}`, { place: entry.key })
      continue
    }
    const settings = settingsOf(entry, kind, reading)
    found[kind].push([name, table(settings, entry.origin)])
  }
  const origin = all?.origin ?? { kind: 'default' }
  return [
    ['processes', table(found.processes, origin)],
    ['tasks', table(found.tasks, origin)],
  ]
}

function settingsOf(entry: Value, kind: 'processes' | 'tasks', reading: Reading): [string, Value][] {
  const settings: [string, Value][] = []
  for (const [key, value] of mapEntries(entry, 'this entry', reading)) {
    if (key === 'quantity' && kind === 'processes') settings.push(['demand_count', value])
    else if (key === 'size') settings.push(...memoryOf(value, reading))
    else reading.warn(`app.json: ${quote(key)} is not honoured here`, { place: value.key })
  }
  return settings
}

function memoryOf(size: Value, reading: Reading): [string, Value][] {
  const name = size.kind === 'scalar' ? size.text.toLowerCase() : ''
  const memory = Object.hasOwn(DYNO_MEMORY, name) ? DYNO_MEMORY[name] : undefined
  if (memory !== undefined) return [['memory', scalar(memory, size.origin)]]
  reading.warn(`app.json: this dyno size is not known; the process gets the default memory`, {
    place: placeOf(size),
    hint: `Known are ${Object.keys(DYNO_MEMORY).join(', ')}. Set \`memory\` in gantry.yml for another one.`,
  })
  return []
}
