import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings'

/** A word that could stand where somebody pressed Tab. */
export interface Candidate {
  word: string
  /** A few words about it, or none. */
  about: string
}

/** What stands there, where only a look at the app or the checkout tells which words there are. */
export type Live = 'process' | 'count' | 'task' | 'environment'

export interface Expected {
  /** What they all begin with: `--process=`. */
  prefix: string
  candidates: Candidate[]
  live: Live | null
}

/**
 * What could stand in the place of the last word, as far as the program itself knows. Pure.
 *
 * @param words behind `gantry`, the last one unfinished
 */
export function expected(program: CommandUnknownOpts, words: readonly string[]): Expected {
  const [done, current] = [words.slice(0, -1), words.at(-1) ?? '']
  const { command, operands, pending } = follow(program, done)
  if (pending !== null) return valuesOf(pending)
  const [, flag] = /^(--[^=]+)=/.exec(current) ?? []
  const assigned = flag === undefined ? undefined : command.options.find((each) => each.long === flag)
  if (assigned !== undefined) return { ...valuesOf(assigned), prefix: `${flag}=` }
  if (current.startsWith('-')) return known(optionsOf(command))
  if (command.commands.length > 0 && operands === 0) return known(commandsOf(command))
  return argumentOf(command, operands)
}

interface Followed {
  command: CommandUnknownOpts
  /** How many operands of it there are by now. */
  operands: number
  /** The option that the next word is the value of. */
  pending: Option | null
}

function follow(program: CommandUnknownOpts, done: readonly string[]): Followed {
  const followed: Followed = { command: program, operands: 0, pending: null }
  let onlyOperands = false
  for (const word of done) {
    if (followed.pending !== null) followed.pending = null
    else if (!onlyOperands && word === '--') onlyOperands = true
    else if (!onlyOperands && word.startsWith('-')) followed.pending = waitingFor(followed.command, word)
    else {
      const next =
        followed.operands === 0 ? followed.command.commands.find((each) => each.name() === word) : undefined
      if (next === undefined) followed.operands++
      else followed.command = next
    }
  }
  return followed
}

function waitingFor(command: CommandUnknownOpts, word: string): Option | null {
  const option = command.options.find((each) => each.long === word || each.short === word)
  return option?.required === true ? option : null
}

function optionsOf(command: CommandUnknownOpts): Candidate[] {
  const own = command.options.filter(({ hidden }) => !hidden)
  const named = own.map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description }))
  return [...named, { word: '--help', about: 'display help for command' }]
}

function commandsOf(command: CommandUnknownOpts): Candidate[] {
  return command.commands.map((each) => ({ word: each.name(), about: each.description() }))
}

const BY_OPTION: Readonly<Record<string, Live>> = { '--process': 'process', '--environment': 'environment' }

function valuesOf({ argChoices, long }: Option): Expected {
  return known(plain(argChoices ?? []), BY_OPTION[long ?? ''])
}

function argumentOf(command: CommandUnknownOpts, operands: number): Expected {
  const { registeredArguments: all } = command
  const last = all.at(-1)
  const argument = all[operands] ?? (last?.variadic === true ? last : undefined)
  if (argument === undefined) return known([])
  return known(plain(argument.argChoices ?? []), liveOf(command, argument.name()))
}

/** `process show NAME`, `task logs NAME`: what a noun is about is what the first name means. */
function liveOf(command: CommandUnknownOpts, argument: string): Live | null {
  if (argument === 'counts') return 'count'
  if (argument === 'process' || argument === 'task') return argument
  const noun = command.parent?.name()
  const isName = argument === 'name' && command.name() !== 'create'
  return isName && (noun === 'process' || noun === 'task') ? noun : null
}

function known(candidates: Candidate[], live: Live | null = null): Expected {
  return { prefix: '', candidates, live }
}

function plain(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, about: '' }))
}
