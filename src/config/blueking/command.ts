import { derived, derivedList } from '../value.ts'
import type { Value } from '../value.ts'
import { inShell, isVariable, REFERENCE, referencesInShell } from './references.ts'
import { splitWords } from './words.ts'
import type { Part, Word } from './words.ts'

/** A command in Gantry's terms, and whether a shell runs it that BlueKing's cloud-native apps do not have. */
export interface Translated {
  command: Value
  needsShell: boolean
}

/** A piece of a word, and whether the variables in it are replaced. */
interface Piece {
  text: string
  isReplaced: boolean
}

/** In a word that is not quoted. Behind `?` or `=`, a single `&` stands between the parameters of an address, too. */
const OPERATOR = /[;|<>]|&&|&$|^[^?=]*&/
/** Ends a command, or is taken away by the backslash; what begins with a hyphen goes on with the line before it. */
const LINE_BREAK = /\\\n|\n[^\S\n]*[^\s-]/
const QUOTES = /'[^']*'|"(?:[^"\\]|\\[^])*"|(\\[^])/g
/** Stands for what is quoted where only the rest counts. */
const QUOTED = '-'
const ASSIGNMENT = /^[A-Za-z_]\w*=/
/** `$(PORT)` is a variable for Kubernetes; BlueKing has none in small letters. */
const SUBSTITUTION = /`|\$\((?![A-Z][A-Z0-9_]*\))/
const VARIABLE = /\$(?:[A-Za-z_]|\{)/
const SHELL = /(?:^|\/)(?:ba|da|a|z|k)?sh$/
const SCRIPT_FOLLOWS = /^-[A-Za-z]*c[A-Za-z]*$/

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
  if (isForShell(words) || breaksLine(line)) {
    return { command: derived(trimmed(referencesInShell(line)), from), needsShell: true }
  }
  return { command: commandOf(piecesOf(words), from), needsShell: false }
}

/** A command of words: a list, or a line for the shell where it has variables. */
function commandOf(words: readonly Piece[][], from: Value): Value {
  return words.some(hasVariable)
    ? derived(words.map(quoteForShell).join(' '), from)
    : derivedList(words.map(textOf), from)
}

/** What starts a container in the terms of Kubernetes: `command` is the entry point, `args` are the words that it gets. */
export interface Start {
  entryPoint: Value | null
  command: Value | null
}

/** Words of a list, and the value that has them. */
export interface Listed {
  words: readonly string[]
  from: Value
}

/** With variables in them, which a list keeps as they are, a shell replaces them and is the entry point. */
export function startOf(command: Listed | null, args: Listed | null): Start {
  const all = [...(command?.words ?? []), ...(args?.words ?? [])]
  const pieces = piecesOf(all.map((text) => [{ text, quoted: 'double' }]))
  if (command === null) return { entryPoint: null, command: args && commandOf(pieces, args.from) }
  if (pieces.some(hasVariable)) {
    const line = `exec ${pieces.map(quoteForShell).join(' ')}`
    return { entryPoint: derivedList(['/bin/sh', '-c', line], command.from), command: null }
  }
  const texts = pieces.map(textOf)
  // By itself, a list cannot begin with an empty word.
  const split = args?.words[0] === '' ? texts.length : command.words.length
  return {
    entryPoint: derivedList(texts.slice(0, split), command.from),
    command: split === texts.length ? null : derivedList(texts.slice(split), args!.from),
  }
}

function isForShell(words: readonly Word[]): boolean {
  const bare = words.map((word) =>
    word.map(({ text, quoted }) => (quoted === 'not' ? text : QUOTED)).join(''),
  )
  // What a script that a shell is given substitutes, that shell does.
  const script = scriptOf(words)
  const others = words.filter((word) => word !== script).flat()
  return (
    ASSIGNMENT.test(bare[0] ?? '') ||
    bare.some((word) => OPERATOR.test(word)) ||
    others.some((part) => isExpanded(part) && SUBSTITUTION.test(part.text))
  )
}

function breaksLine(line: string): boolean {
  const bare = line.replaceAll(QUOTES, (_, escaped?: string) => escaped ?? QUOTED)
  return LINE_BREAK.test(bare.trimStart())
}

/** Without blanks around it, but for one that a backslash keeps. */
function trimmed(line: string): string {
  const end = line.trimEnd().length
  return line.slice(0, line[end - 1] === '\\' ? end + 1 : end).trimStart()
}

/** Whether a shell replaces what has a `$` in it. */
function isExpanded({ quoted }: Part): boolean {
  return quoted === 'not' || quoted === 'double'
}

/** The variables of a script that a shell is given are left to that shell. */
function piecesOf(words: readonly Word[]): Piece[][] {
  const script = scriptOf(words)
  return words.map((word) =>
    word
      .flatMap(piecesOfPart)
      .map((piece) => ({ ...piece, isReplaced: piece.isReplaced && word !== script })),
  )
}

/** What follows `sh -c`, also with other options in front and as the words of another program. */
function scriptOf(words: readonly Word[]): Word | undefined {
  const texts = words.map(writtenIn)
  const shell = texts.findIndex((text) => SHELL.test(text))
  if (shell === -1) return undefined
  for (let at = shell + 1; texts[at]?.startsWith('-'); at += texts[at]!.endsWith('o') ? 2 : 1) {
    if (SCRIPT_FOLLOWS.test(texts[at]!)) return words[at + 1]
  }
  return undefined
}

function piecesOfPart(part: Part): Piece[] {
  const isReplaced = isExpanded(part)
  return part.text.split(REFERENCE).map((each, index) => {
    if (index % 2 === 0) return { text: each, isReplaced }
    return { text: inShell(each), isReplaced: isVariable(each) }
  })
}

function writtenIn(word: Word): string {
  return word.map(({ text }) => text).join('')
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

function hasVariable(pieces: readonly Piece[]): boolean {
  return pieces.some(({ text, isReplaced }) => isReplaced && VARIABLE.test(text))
}

function quoteForShell(pieces: readonly Piece[]): string {
  const text = textOf(pieces)
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  // Variables are replaced within double quotes, and nothing is split or expanded to names of files.
  return `"${pieces.map(escapedIn).join('')}"`
}

function escapedIn({ text, isReplaced }: Piece): string {
  return text.replaceAll(isReplaced ? /["\\`]|\$(?![A-Za-z_{])/g : /["\\`$]/g, '\\$&')
}
