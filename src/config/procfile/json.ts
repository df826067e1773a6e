import type { Reading } from '../reading.ts'
import type { Source } from '../source.ts'

/** Ends the reading of a file that is no JSON: what reads YAML takes more than Heroku does. */
export function refuseOtherThanJson(source: Source, reading: Reading): void {
  const at = firstWrong(source.text)
  if (at === null) return
  reading.fail(`${source.file} is not valid JSON: this is not expected here`, {
    place: source.placeAt(at),
    hint: 'JSON has names and texts in double quotes, no comma behind the last of them, and no comments.',
  })
}

/** The offset at which a text is no JSON any more; null for JSON. */
function firstWrong(text: string): number | null {
  const problem = problemOf(text)
  if (problem === null) return null
  // What follows quotes is of the text itself.
  const [, position] = /^[^"]* at position (\d+)/.exec(problem) ?? []
  if (position !== undefined) return Number(position)
  if (!isToken(problem)) return text.length
  // Of a token, the engine does not say where it stands: it is the end of the shortest beginning that has it.
  let [without, having] = [0, text.length]
  while (having - without > 1) {
    const middle = Math.floor((without + having) / 2)
    if (isToken(problemOf(text.slice(0, middle)))) having = middle
    else without = middle
  }
  return without
}

function isToken(problem: string | null): boolean {
  return problem?.startsWith('Unexpected token') ?? false
}

function problemOf(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return (error as SyntaxError).message
  }
}
