import { UserError } from '../app/errors.ts'

/** What one piece of a glob takes: a character, one of a set, or a run. */
export type GlobToken =
  | { type: 'char'; char: string }
  /** `?`: one character within a name. */
  | { type: 'any' }
  /** `[a-z]`: one character within a name. */
  | CharacterSet
  /** `*`: any run within a name. */
  | { type: 'star' }
  /** `**` before a slash: any number of whole folders, also none. */
  | { type: 'folders' }
  /** `**` at the end: whatever follows. */
  | { type: 'rest' }

export interface CharacterSet {
  type: 'set'
  negated: boolean
  ranges: readonly (readonly [from: string, to: string])[]
}

export type Glob = readonly GlobToken[]

/**
 * The steps that matching may take, all patterns and paths together. Patterns come from pushed files, so what they cost
 * is bounded; twenty ordinary ones on 100,000 files take a third of this.
 */
export class GlobSteps {
  #left: number

  constructor(limit = 500_000_000) {
    this.#left = limit
  }

  /** @throws UserError when there are none left */
  take(count: number): void {
    this.#left -= count
    if (this.#left >= 0) return
    throw new UserError('the ignore patterns take too long to match', {
      hint: 'use fewer and simpler patterns: names of folders where that is enough',
    })
  }
}

/**
 * Matches one glob with many paths, which cost least when they come folder by folder.
 *
 * All ways to match advance together, one character at a time: a state is how many tokens are done. A matcher that goes
 * back and tries again, as regular expressions do, needs exponential time for a pattern of many `**`, which is enough
 * to stop a server.
 */
export class GlobMatcher {
  readonly #glob: Glob
  readonly #steps: GlobSteps
  /** The folder of the path before, and the states at its end; null when it matches itself. */
  #folder = ''
  #states: readonly number[] | null
  /** Per state the round in which it was last reached, so that it is in a round once. */
  readonly #reached: Uint32Array
  #round = 0

  constructor(glob: Glob, steps: GlobSteps) {
    this.#glob = glob
    this.#steps = steps
    this.#reached = new Uint32Array(glob.length + 1)
    this.#states = this.#start()
  }

  /** Whether it matches the path, or a folder that the path is in; with `foldersOnly` just the latter. */
  matches(path: string, foldersOnly: boolean): boolean {
    const nameAt = path.lastIndexOf('/') + 1
    const folder = path.slice(0, nameAt)
    if (folder !== this.#folder) {
      this.#folder = folder
      this.#states = this.#run(this.#start(), folder)
    }
    if (this.#states === null) return true
    const states = this.#run(this.#states, path.slice(nameAt))
    return !foldersOnly && states !== null && states.includes(this.#glob.length)
  }

  #start(): number[] {
    this.#round += 1
    const states: number[] = []
    this.#reach(0, states)
    return states
  }

  /** The states after a text; null when the glob is done before one of its slashes. */
  #run(from: readonly number[], text: string): readonly number[] | null {
    let states = from
    for (const char of text) {
      if (states.length === 0) return states
      if (char === '/' && states.includes(this.#glob.length)) return null
      this.#steps.take(states.length)
      this.#round += 1
      const next: number[] = []
      for (const state of states) this.#advance(state, char, next)
      states = next
    }
    return states
  }

  #advance(state: number, char: string, next: number[]): void {
    const token = this.#glob[state]
    switch (token?.type) {
      case undefined:
        return
      case 'char':
        if (token.char === char) this.#reach(state + 1, next)
        return
      case 'any':
        if (char !== '/') this.#reach(state + 1, next)
        return
      case 'set':
        if (char !== '/' && inSet(token, char)) this.#reach(state + 1, next)
        return
      case 'star':
        if (char !== '/') this.#reach(state, next)
        return
      case 'rest':
        this.#reach(state, next)
        return
      case 'folders':
        // In the middle of a folder's name there is no way on but to its slash.
        this.#add(state, next)
        if (char === '/') this.#reach(state + 1, next)
    }
  }

  /** Adds a state, and those that come after it without a character. */
  #reach(from: number, states: number[]): void {
    for (let state = from; ; state += 1) {
      this.#add(state, states)
      const type = this.#glob[state]?.type
      if (type !== 'star' && type !== 'folders' && type !== 'rest') return
    }
  }

  #add(state: number, states: number[]): void {
    if (this.#reached[state] === this.#round) return
    this.#reached[state] = this.#round
    states.push(state)
  }
}

function inSet(set: CharacterSet, char: string): boolean {
  return set.ranges.some(([from, to]) => from <= char && char <= to) !== set.negated
}
