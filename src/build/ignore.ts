import { posix } from 'node:path'

import { UserError } from '../app/errors.ts'
import { GlobMatcher, GlobSteps } from './glob.ts'
import type { Glob } from './glob.ts'
import { parseGlob } from './glob-syntax.ts'

/** Whether a path, relative to the build context, is named. */
export type PathTest = (path: string) => boolean

interface Pattern {
  glob: Glob
  negated: boolean
  /** `logs/`: a folder and what is in it, not a file of that name. */
  foldersOnly: boolean
}

/**
 * What a `.dockerignore` names, by Docker's rules: every pattern begins at the context, the last one that matches
 * decides, and `!` brings back also what is in a folder that was left out. (moby/patternmatcher: ignorefile.ReadAll,
 * MatchesOrParentMatches)
 *
 * @throws UserError where Docker would refuse the file
 */
export function dockerIgnore(text: string, steps = new GlobSteps()): PathTest {
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  return lastMatch(
    lines.flatMap((line) => (line.startsWith('#') ? [] : dockerPattern(line.trim()))),
    steps,
  )
}

function dockerPattern(line: string): Pattern[] {
  if (line === '') return []
  const negated = line.startsWith('!')
  const body = negated ? line.slice(1).trim() : line
  if (body === '') throw new UserError('.dockerignore has a line with only a !')
  const cleaned = posix
    .normalize(body)
    .replace(/(?<=.)\/$/, '')
    .replace(/^\/(?=.)/, '')
  return [{ glob: parseGlob(cleaned, 'docker'), negated, foldersOnly: false }]
}

/**
 * What `build.ignore` and `build.include` name: patterns as in `.gitignore`, beginning at the context. One without a
 * slash, but at its end, is looked for in every folder. Unlike with git, `!` brings back also what is in a folder that
 * was left out.
 *
 * @throws UserError for a malformed pattern
 */
export function gitIgnore(patterns: readonly string[], steps = new GlobSteps()): PathTest {
  return lastMatch(patterns.flatMap(gitPattern), steps)
}

function gitPattern(text: string): Pattern[] {
  const line = text.replace(/(?<!\\)\s+$/, '')
  if (line === '' || line.startsWith('#')) return []
  const negated = line.startsWith('!')
  const body = negated ? line.slice(1) : line
  const foldersOnly = body.endsWith('/')
  const path = foldersOnly ? body.slice(0, -1) : body
  const rooted = path.includes('/') ? path.replace(/^\//, '') : `**/${path}`
  return [{ glob: parseGlob(rooted, 'git'), negated, foldersOnly }]
}

function lastMatch(patterns: readonly Pattern[], steps: GlobSteps): PathTest {
  const rules = patterns.map((pattern) => ({ ...pattern, matcher: new GlobMatcher(pattern.glob, steps) }))
  return (path) => {
    let named = false
    for (const { matcher, negated, foldersOnly } of rules) {
      // One that would change nothing need not be looked at.
      if (negated === named && matcher.matches(path, foldersOnly)) named = !negated
    }
    return named
  }
}
