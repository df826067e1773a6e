import type { App } from '../../app/app.ts'
import { showCommand } from '../../app/command.ts'
import type { Command } from '../../app/command.ts'
import type { Diagnostic, Place } from '../../app/errors.ts'
import type { KeyUse } from '../catalogue/catalogue.ts'
import type { ResolvedConfig } from '../read.ts'
import { looksSecret } from '../secret-like.ts'
import { printable } from '../text.ts'
import { Places } from './write-places.ts'
import type { LeftOutSecret } from './write-secrets.ts'
import type { Note } from './write.ts'

const FATE = { approximated: 'approximated', unsupported: 'not supported' } as const
const COMPONENTS = new Set(['processes', 'tasks'])
const COMMANDS = ['entry_point', 'pre_start', 'command'] as const

/** A key that is not honoured. */
type LostKey = KeyUse & { fate: keyof typeof FATE }

/** What to say about a config that was read from another format: what is lost or different, and what to do. */
export function notesOf(config: ResolvedConfig): Note[] {
  const places = new Places(config)
  const { environment } = config.app
  const lost = config.keys.filter((use): use is LostKey => use.fate !== 'honoured')
  // The same is often to be said of several keys that have one place here.
  const pathOfKey = ({ path, awaits }: LostKey) =>
    awaits === undefined ? places.of(path) : ['secrets', awaits.name]
  const alike = Map.groupBy(lost, (use) => JSON.stringify([pathOfKey(use), use.fate, use.text, use.hint]))
  const keys = [...alike.values()].map((all): Note => {
    const [use] = all as [LostKey]
    const { fate, text, hint } = use
    const named = all.map((each) => `${placeText(each.place)} ${each.path}`).join(', ')
    const message = `${named} ${all.length === 1 ? 'is' : 'are'} ${FATE[fate]}: ${text}`
    return { path: pathOfKey(use), environment, text: withHint(message, hint) }
  })
  const told = new Set(lost.map(({ path, place }) => `${path} ${placeText(place)}`))
  const others = config.warnings.flatMap((warning): Note[] => {
    const { path, place, message, hint } = warning
    if (place === undefined)
      return [{ path: pathOf(warning, places), environment, text: withHint(message, hint) }]
    if (told.has(`${path} ${placeText(place)}`)) return []
    const text = withHint(`${placeText(place)} ${message}`, hint)
    return [{ path: pathOf(warning, places), environment, text }]
  })
  return [...keys, ...others]
}

/** What to say about values that look like secrets: those that were not copied, and those in commands, which were. */
export function secretNotes(config: ResolvedConfig, secrets: readonly LeftOutSecret[]): Note[] {
  const { app } = config
  const { environment } = app
  const values = Map.groupBy(secrets, ({ name }) => name)
  const shared = secrets.filter(({ path }) => !COMPONENTS.has(path[0]!))
  const own = secrets.filter((each) => !shared.some((other) => other !== each && isSame(each, other)))
  const leftOut = own.map(({ path, name, kind, value }): Note => {
    const place = placeOfValue(config, [...path, name])
    const stood = place === null ? '' : ` It stood in ${place}: change it where others may have read it.`
    const isOwn = path[0] === 'processes' && values.get(name)!.some((other) => other.value !== value)
    const only = isOwn ? ` --process ${path[1]}` : ''
    return kind === 'argument'
      ? {
          path: path.slice(0, -1),
          environment,
          text: `The build argument ${name} looks like a secret and was left out: images show it. Give it with \`build.secrets\`.${stood}`,
        }
      : {
          path: [...path.slice(0, -1), 'secrets', name],
          environment,
          text: `The value of ${name} looks like a secret and was not copied: set it with \`gantry env set ${name} --secret${only}\`.${stood}`,
        }
  })
  return [
    ...leftOut,
    ...commandsOf(app).map((path): Note => {
      const text =
        'Something in this command looks like a secret. Put it into a variable, and set that with `gantry env set NAME --secret`.'
      return { path, environment, text }
    }),
  ]
}

/** What components inherit is told where it stands. */
function isSame(a: LeftOutSecret, b: LeftOutSecret): boolean {
  return a.name === b.name && a.value === b.value && a.kind === b.kind
}

/** Paths of commands in which something looks like a secret. */
function commandsOf({ processes, tasks }: App): string[][] {
  const holders: [string[], Partial<Record<(typeof COMMANDS)[number], Command | null>>][] = [
    ...processes.flatMap((each) => [
      [['processes', each.name], each] as [string[], typeof each],
      ...Object.entries(each.containers).map(
        ([name, own]) => [['processes', each.name, 'containers', name], own] as [string[], typeof own],
      ),
    ]),
    ...tasks.map((each) => [['tasks', each.name], each] as [string[], typeof each]),
  ]
  return holders.flatMap(([path, holder]) =>
    COMMANDS.flatMap((key) => (looksSecret('', showCommand(holder[key] ?? null)) ? [[...path, key]] : [])),
  )
}

function placeOfValue({ provenance }: ResolvedConfig, path: readonly string[]): string | null {
  const origin = provenance[path.join('.')]
  return origin === undefined || origin.kind === 'default' ? null : placeText(origin)
}

function withHint(message: string, hint: string | undefined): string {
  if (hint === undefined) return message
  return `${/[.!?]$/.test(message) ? message : `${message}.`} ${hint}`
}

/** Warnings about the app that was read name a path of it; those about a foreign file only a place. */
function pathOf({ path, place }: Diagnostic, places: Places): readonly string[] {
  const found = place === undefined ? [] : places.at(place)
  return found.length > 0 || path === undefined ? found : path.split('.')
}

function placeText({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${printable(file)}:${line}`
}
