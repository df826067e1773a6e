import { derived, derivedList } from '../value.ts'
import type { Value } from '../value.ts'

/** A command in Gantry's terms, and whether a shell runs it that BlueKing's cloud-native apps do not have. */
export interface Translated {
  command: Value
  needsShell: boolean
}

const OPERATOR = /^(?:&&?|\|\|?|[0-9]?(?:>>?|<).*|.*;)$/
const ASSIGNMENT = /^[A-Za-z_]\w*=/
const SUBSTITUTION = /`|\$\(/
const VARIABLE = /\$(?:[A-Za-z_]|\{)/

/**
 * BlueKing splits a command into words as Python's `shlex.split` does and runs them without a shell, with the variables
 * in them replaced. That is a list here, or, because a list keeps its `$`, a line for the shell in which nothing but the
 * variables means anything. A line that was plainly written for a shell stays as it is: ordinary apps have one.
 *
 * Null when a quote has no end.
 */
export function translateLine(line: string, from: Value): Translated | null {
  const words = splitWords(line)
  if (words === null) return null
  if (isForShell(line)) return { command: derived(line.trim(), from), needsShell: true }
  return { command: commandOf(words, from), needsShell: false }
}

/** A command of words: a list, or a line for the shell where it has variables. */
export function commandOf(words: readonly string[], from: Value): Value {
  return words.some((word) => VARIABLE.test(word))
    ? derived(words.map(quoteForShell).join(' '), from)
    : derivedList(words, from)
}

/** What starts a container in the terms of Kubernetes: `command` is the entry point, `args` are the words that it gets. */
export interface Start {
  entryPoint: Value | null
  command: Value | null
}

/** With variables in them, which a list keeps as they are, a shell replaces them and is the entry point. */
export function startOf(
  command: { words: readonly string[]; from: Value } | null,
  args: { words: readonly string[]; from: Value } | null,
): Start {
  if (command === null) return { entryPoint: null, command: args && commandOf(args.words, args.from) }
  const all = [...command.words, ...(args?.words ?? [])]
  if (all.some((word) => VARIABLE.test(word))) {
    const line = `exec ${all.map(quoteForShell).join(' ')}`
    return { entryPoint: derivedList(['/bin/sh', '-c', line], command.from), command: null }
  }
  return {
    entryPoint: derivedList(command.words, command.from),
    command: args && derivedList(args.words, args.from),
  }
}

function isForShell(line: string): boolean {
  const expanded = line.replaceAll(/'[^']*'|\\[^]/g, '_')
  const bare = expanded.replaceAll(/"[^"]*"/g, '_').trim()
  return (
    SUBSTITUTION.test(expanded) ||
    ASSIGNMENT.test(bare) ||
    bare.split(/\s+/).some((word) => OPERATOR.test(word))
  )
}

function quoteForShell(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  // Variables are replaced within double quotes, and nothing is split or expanded to names of files.
  return `"${word.replaceAll(/["\\`]|\$(?![A-Za-z_{])/g, '\\$&')}"`
}

/** The words of a line by the rules of `shlex.split` in POSIX mode (docs.python.org, shlex); null for an open quote. */
export function splitWords(line: string): string[] | null {
  const words: string[] = []
  // 1 single-quoted, 2 double-quoted, 3 escaped, 4 plain; anything else is an open quote or a lone backslash.
  const part = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|(\s+)/gy
  let word: string | null = null
  let end = 0
  for (let match; (match = part.exec(line)) !== null; end = part.lastIndex) {
    const [, single, double, escaped, plain, blank] = match
    if (blank === undefined)
      word = (word ?? '') + (single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? plain)
    else if (word !== null) {
      words.push(word)
      word = null
    }
  }
  if (end < line.length) return null
  return word === null ? words : [...words, word]
}
