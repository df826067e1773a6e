/** A part of a word, by how it is quoted in the line. */
export interface Part {
  text: string
  quoted: 'not' | 'single' | 'double' | 'escaped'
}

export type Word = readonly Part[]

// Single-quoted, double-quoted, escaped, plain, blank; anything else is an open quote or a lone backslash.
const TOKEN = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|\s+/gy
/** What a backslash in double quotes takes its meaning from. `shlex` knows the first two; a shell, and the author, all. */
const ESCAPED = /\\(["\\$`])/

/** The words of a line by the rules of `shlex.split` in POSIX mode (docs.python.org, shlex); null for an open quote. */
export function splitWords(line: string): Word[] | null {
  const words: Part[][] = []
  let word: Part[] | null = null
  let end = 0
  for (const match of line.matchAll(TOKEN)) {
    const [token, single, double, escaped, plain] = match
    end = match.index + token.length
    const parts = partsOf(single, double, escaped, plain)
    if (parts === null) word = null
    else if (word === null) words.push((word = parts))
    else for (const part of parts) word.push(part)
  }
  return end < line.length ? null : words
}

/** Null for a blank. */
function partsOf(single?: string, double?: string, escaped?: string, plain?: string): Part[] | null {
  if (plain !== undefined) return [{ text: plain, quoted: 'not' }]
  if (single !== undefined) return [{ text: single, quoted: 'single' }]
  if (escaped !== undefined) return [{ text: escaped, quoted: 'escaped' }]
  // Every second one is what stands after a backslash.
  return (
    double?.split(ESCAPED).map((text, index) => ({ text, quoted: index % 2 === 0 ? 'double' : 'escaped' })) ??
    null
  )
}
