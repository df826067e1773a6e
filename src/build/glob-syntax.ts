import { UserError } from '../app/errors.ts'
import { oneLine } from '../git/hostile-text.ts'
import type { CharacterSet, Glob, GlobToken } from './glob.ts'

const MAX_PATTERN = 4096

/** The two dialects differ in what `**` means and in what may begin and negate a set. */
export type Dialect = 'docker' | 'git'

/**
 * Reads a pattern, which is rooted: it begins at the context.
 *
 * * `git`: gitignore(5). `**` stands for folders only where it is a whole name, elsewhere it is `*`.
 * * `docker`: Go's `filepath.Match` with the `**` of moby/patternmatcher, which takes `**x` for "anything that ends in
 *   x" when nothing else is special, and otherwise for "x below any folders".
 *
 * @throws UserError when it is malformed
 */
export function parseGlob(pattern: string, dialect: Dialect): Glob {
  if (pattern.length > MAX_PATTERN) throw malformed(pattern, 'is too long')
  const tokens: GlobToken[] = []
  const chars = Array.from(pattern)
  let at = 0
  while (at < chars.length) {
    const char = chars[at]!
    if (char === '*' && chars[at + 1] === '*') at = addDoubleStar(chars, at, tokens, dialect)
    else if (char === '*') at = add(tokens, { type: 'star' }, at + 1)
    else if (char === '?') at = add(tokens, { type: 'any' }, at + 1)
    else if (char === '[') at = addSet(pattern, chars, at, tokens, dialect)
    else if (char === '\\') {
      const escaped = chars[at + 1]
      if (escaped === undefined) throw malformed(pattern, 'ends with a backslash')
      at = add(tokens, { type: 'char', char: escaped }, at + 2)
    } else at = add(tokens, { type: 'char', char }, at + 1)
  }
  return tokens
}

function add(tokens: GlobToken[], token: GlobToken, next: number): number {
  // Folders after folders are folders: what is written double must not cost double.
  if (token.type !== 'folders' || tokens.at(-1)?.type !== 'folders') tokens.push(token)
  return next
}

function addDoubleStar(chars: readonly string[], at: number, tokens: GlobToken[], dialect: Dialect): number {
  if (dialect === 'git') {
    let end = at
    while (chars[end] === '*') end += 1
    const wholeName = (at === 0 || chars[at - 1] === '/') && (end === chars.length || chars[end] === '/')
    if (!wholeName) return add(tokens, { type: 'star' }, end)
    if (chars[end] === '/') return add(tokens, { type: 'folders' }, end + 1)
    // `a/**` is what is in `a`, not `a` itself: one character at least.
    if (at > 0) add(tokens, { type: 'any' }, end)
    return add(tokens, { type: 'rest' }, end)
  }
  const end = chars[at + 2] === '/' ? at + 3 : at + 2
  if (end >= chars.length) return add(tokens, { type: 'rest' }, end)
  const literalSuffix = at === 0 && end === 2 && !chars.slice(end).some((char) => '*?[]\\'.includes(char))
  return add(tokens, { type: literalSuffix ? 'rest' : 'folders' }, end)
}

/** @returns where the pattern goes on */
function addSet(
  pattern: string,
  chars: readonly string[],
  start: number,
  tokens: GlobToken[],
  dialect: Dialect,
): number {
  let at = start + 1
  const negated = chars[at] === '^' || (dialect === 'git' && chars[at] === '!')
  if (negated) at += 1
  const ranges: [string, string][] = []
  const member = (): string => {
    if (chars[at] === '\\') at += 1
    const char = chars[at]
    if (char === undefined) throw malformed(pattern, 'has a [ without its ]')
    at += 1
    return char
  }
  // With git a ] that comes first is a member.
  const first = dialect === 'git' ? at : -1
  while (chars[at] !== ']' || at === first) {
    if (chars[at] === '[' && chars[at + 1] === ':')
      throw malformed(pattern, 'has a [:class:], which is not supported')
    const from = member()
    const isRange = chars[at] === '-' && chars[at + 1] !== ']' && chars[at + 1] !== undefined
    if (isRange) at += 1
    ranges.push([from, isRange ? member() : from])
  }
  if (ranges.length === 0) throw malformed(pattern, 'has an empty []')
  const set: CharacterSet = { type: 'set', negated, ranges }
  return add(tokens, set, at + 1)
}

function malformed(pattern: string, what: string): UserError {
  return new UserError(`the pattern ${oneLine(pattern, 60)} ${what}`)
}
