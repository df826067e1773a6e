import { clean } from '../../report/clean.ts'
import { createProgram } from '../program.ts'
import { expected, type Candidate } from './candidates.ts'

/** A description on a line beside its word. */
const SHORT = 80

/**
 * Answers a shell: a line for each word that could stand in the place of the last one. Nothing at all where something is
 * wrong: nobody who presses Tab wants to be told.
 */
export async function answer(words: readonly string[]): Promise<void> {
  try {
    const lines = (await candidates(words)).map(({ word, about }) =>
      about === '' ? word : `${word}\t${clean(about, SHORT)}`,
    )
    if (lines.length > 0) await written(`${lines.join('\n')}\n`)
  } catch {
    // Nothing is said.
  }
  // What it asked may still be on its way.
  process.exit(0)
}

async function candidates(words: readonly string[]): Promise<Candidate[]> {
  const current = words.at(-1) ?? ''
  const { prefix, candidates: known, live } = expected(await createProgram(words.slice(0, -1)), words)
  const found = live === null ? [] : await (await import('./live.ts')).liveWords(live, words.slice(0, -1))
  return [...known, ...found]
    .map((each) => ({ ...each, word: prefix + each.word }))
    .filter(({ word }) => word.startsWith(current) && isSafe(word))
}

/** The names come from files and from servers, and a shell puts them into a command line. */
function isSafe(word: string): boolean {
  return /^[\w./=:@+-]+$/.test(word)
}

async function written(text: string): Promise<void> {
  await new Promise((resolve) => process.stdout.write(text, resolve))
}
