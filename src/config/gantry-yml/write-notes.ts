import { isDeepStrictEqual } from 'node:util'

import type { App } from '../../app/app.ts'
import { showCommand } from '../../app/command.ts'
import type { Command } from '../../app/command.ts'
import type { Diagnostic } from '../../app/errors.ts'
import type { ResolvedConfig } from '../read.ts'
import { looksSecret, PACKED, PACKED_HOW } from '../secret-like.ts'
import { setCommand } from './variable-to-set.ts'
import type { VariableToSet } from './variable-to-set.ts'
import { placeText, withHint } from './write-key-notes.ts'
import { Places } from './write-places.ts'
import type { LeftOutSecret } from './write-secrets.ts'
import type { Note } from './write.ts'

const COMPONENTS = new Set(['processes', 'tasks'])
const COMMANDS = ['entry_point', 'pre_start', 'command'] as const

/** What to say about a config that was read from another format, beside what becomes of its keys. */
export function warningNotes(config: ResolvedConfig): Note[] {
  const places = new Places(config)
  const { environment } = config.app
  const lost = config.keys.filter(({ fate }) => fate !== 'honoured')
  const told = new Set(lost.map(({ path, place }) => `${path} ${placeText(place)}`))
  return config.warnings.flatMap((warning): Note[] => {
    const { path, place, message, hint } = warning
    if (place !== undefined && told.has(`${path} ${placeText(place)}`)) return []
    const text = place === undefined ? message : `${placeText(place)} ${message}`
    return [{ path: pathOf(warning, places), environment, text: withHint(text, hint) }]
  })
}

/**
 * What to say about values that look like secrets: those that were not copied, and those in commands, which were.
 *
 * @param byDefault those that the environment `default` left out: what is the same there is told without a word of this one
 */
export function secretNotes(
  config: ResolvedConfig,
  secrets: readonly LeftOutSecret[],
  byDefault: readonly LeftOutSecret[],
): Note[] {
  const { app } = config
  const { environment } = app
  const leftOut = toldSecrets(secrets).map((secret): Note => {
    const { path, name, kind } = secret
    const place = placeOfValue(config, [...path, name])
    const stood = place === null ? '' : ` It stood in ${place}: change it where others may have read it.`
    if (kind === 'argument') {
      return {
        path: path.slice(0, -1),
        environment,
        text: `The build argument ${name} looks like a secret and was left out: images show it. Give it with \`build.secrets\`.${stood}`,
      }
    }
    const isCommon = byDefault.some((other) => isDeepStrictEqual(other, secret))
    const how = setCommand(variableOf(secret, secrets, isCommon ? 'default' : environment))
    const packed = name === PACKED ? `, ${PACKED_HOW},` : ''
    return {
      path: [...path.slice(0, -1), 'secrets', name],
      environment,
      text: `The value of ${name} looks like a secret and was not copied: set it${packed} with \`${how}\`.${stood}`,
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

/** The variables that have to be set because their values were not copied. */
export function leftOutVariables(secrets: readonly LeftOutSecret[], environment: string): VariableToSet[] {
  const all = toldSecrets(secrets)
    .filter(({ kind }) => kind === 'variable')
    .map((each) => variableOf(each, secrets, environment))
  return [...new Map(all.map((each) => [setCommand(each), each])).values()]
}

/** What all inherit is told where it stands alone. */
function toldSecrets(secrets: readonly LeftOutSecret[]): LeftOutSecret[] {
  const shared = secrets.filter(({ path }) => !COMPONENTS.has(path[0]!))
  return secrets.filter((each) => !shared.some((other) => other !== each && isSame(each, other)))
}

function variableOf(
  { path, name, value }: LeftOutSecret,
  secrets: readonly LeftOutSecret[],
  environment: string,
): VariableToSet {
  const differs = secrets.some((other) => other.name === name && other.value !== value)
  const process = path[0] === 'processes' && differs ? path[1]! : null
  return { name, secret: true, process, environment }
}

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

/** Warnings about the app that was read name a path of it; those about a foreign file only a place. */
function pathOf({ path, place }: Diagnostic, places: Places): readonly string[] {
  const found = place === undefined ? [] : places.at(place).path
  return found.length > 0 || path === undefined ? found : path.split('.')
}
