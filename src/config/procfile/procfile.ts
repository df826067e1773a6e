import type { Place } from '../../app/errors.ts'
import { checkKeys } from '../catalogue/check.ts'
import { CONFLICT_MARKER } from '../conflict.ts'
import { foldName, MAX_NAME } from '../names.ts'
import type { FromFile } from '../provenance.ts'
import type { Reading } from '../reading.ts'
import type { Source } from '../source.ts'
import { quote } from '../text.ts'
import { scalar, table } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { PROCFILE_KEYS, SYSTEM } from './keys.ts'

// As foreman and honcho read it. Unlike them, a line that does not match is an error: it may be a lost process.
const LINE = /^([A-Za-z0-9_-]+):\s*(.+)$/
/** Heroku kills what has not ended 30 seconds after SIGTERM (devcenter: dyno shutdown behavior). */
const HEROKU_STOP_TIMEOUT = '30s'
/** Heroku ends a release command after an hour (devcenter: release phase). */
const HEROKU_RELEASE_HOURS = 1
/** What makes a name more than that of a process. */
const SPECIAL: Readonly<Record<string, string>> = {
  release: 'the task before a deployment',
  web: 'public',
}

interface Entry {
  name: string
  type: string
  command: Value
  place: Place
}

/**
 * Reads a Procfile: one `type: command` a line, `#` comments and blank lines. `release` becomes the task that runs
 * before a deployment touches any process.
 */
export function parseProcfile(source: Source, reading: Reading): Table {
  const entries = new Map<string, Entry>()
  let offset = 0
  for (const raw of source.text.split('\n')) {
    const line = raw.replace(/\r$/, '')
    const entry = parseLine(line, source.placeAt(offset), reading)
    if (entry !== null) addEntry(entry, entries, reading)
    offset += raw.length + 1
  }
  const origin: FromFile = { kind: 'file', ...source.placeAt(0) }
  const heroku = { kind: 'default', of: SYSTEM } as const
  const all = [...entries.values()]
  const types = all.map(({ type, command, place }) => [type, { ...command, key: place }] as const)
  checkKeys(table(types, origin), PROCFILE_KEYS, reading)
  for (const [index, { name, type }] of all.entries()) {
    if (name === type || !Object.hasOwn(SPECIAL, name)) continue
    const { fate, text } = PROCFILE_KEYS.root.keys[name]!
    reading.keys.change(types[index]![1], fate, text)
  }
  const processes = all
    .filter((each) => each.name !== 'release')
    .map((each) => [each.name, processOf(each)] as const)
  const release = all
    .filter((each) => each.name === 'release')
    .map((each) => [each.name, releaseTask(each)] as const)
  const config: [string, Value][] = [
    ['defaults', table([['stop_timeout', scalar(HEROKU_STOP_TIMEOUT, heroku)]], heroku)],
  ]
  if (processes.length > 0) config.push(['processes', table(processes, origin)])
  if (release.length > 0) config.push(['tasks', table(release, origin)])
  return table(config, origin)
}

function parseLine(line: string, place: Place, reading: Reading): Entry | null {
  if (/^\s*(?:#|$)/.test(line)) return null
  if (CONFLICT_MARKER.test(line)) {
    reading.error('This line is a marker of a merge conflict', {
      place,
      hint: 'Resolve the conflict, commit, and push again.',
    })
    return null
  }
  const [, type = '', text = ''] = LINE.exec(line) ?? []
  const command = text.trim()
  const name = foldName(type)
  if (command === '' || name === null || type.length > MAX_NAME) {
    reading.error('This line is no process', { place, hint: explainLine(line, type) })
    return null
  }
  if (name !== type) {
    const what = Object.hasOwn(SPECIAL, name) ? `, and is ${SPECIAL[name]}` : ''
    reading.warn(`The process type ${quote(type)} is named "${name}" here${what}`, {
      place,
      hint: 'Names have lower-case letters, digits and single hyphens.',
    })
  }
  const column = place.column + line.lastIndexOf(text)
  return { name, type, command: scalar(command, { kind: 'file', ...place, column }), place }
}

function explainLine(line: string, type: string): string {
  if (type.length > MAX_NAME) return `A process type has at most ${MAX_NAME} characters.`
  if (/^\s/.test(line)) return 'A line begins with the process type: leave out the blanks in front.'
  return 'Write `type: command`, such as `web: bin/serve`. A comment begins with #.'
}

function addEntry(entry: Entry, entries: Map<string, Entry>, reading: Reading): void {
  const first = entries.get(entry.name)
  if (first === undefined) {
    entries.set(entry.name, entry)
    return
  }
  reading.error(
    `${quote(entry.type)} is here for the second time: the first is in line ${first.place.line}`,
    {
      path: `processes.${entry.name}`,
      place: entry.place,
      hint:
        first.type === entry.type
          ? 'Leave one out.'
          : `${quote(first.type)} has the same name as soon as case and hyphens are folded.`,
    },
  )
}

function processOf({ command, place }: Entry): Value {
  return { ...table([['command', command]], command.origin), key: place }
}

function releaseTask({ command, place }: Entry): Value {
  const origin: FromFile = { kind: 'file', ...place }
  const settings = [
    ['command', command],
    ['run', scalar('pre_deploy', origin)],
    ['max_hours', scalar(HEROKU_RELEASE_HOURS, { kind: 'default', of: SYSTEM })],
  ] as const
  return { ...table(settings, origin), key: place }
}
