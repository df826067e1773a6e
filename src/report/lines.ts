import { clean, cleanLog } from './clean.ts'
import { painter } from './colour.ts'

/** Output as Heroku made people used to it: steps, details below them, problems that stand out. */
export interface Lines {
  readonly step: (text: string) => string
  readonly detail: (text: string) => string
  readonly problem: (text: string) => string
  /** A line of somebody else's output. */
  readonly log: (line: string) => string
}

/** Longer than any sentence of ours, which may name many things. */
const LONG = 1_000

export function linesIn(colour: boolean): Lines {
  const paint = painter(colour)
  return {
    step: (text) => paint('bold', `-----> ${clean(text, LONG)}`),
    detail: (text) => `       ${clean(text, LONG)}`,
    problem: (text) => paint('red', ` !     ${clean(text, LONG)}`),
    log: (line) => `       ${cleanLog(line, colour)}`.trimEnd(),
  }
}
