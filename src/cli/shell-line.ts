/**
 * What somebody wants to run, as a shell line. One word is one already; several are quoted, so that the program gets
 * the same words (POSIX.1-2024 XCU 2.2.2: nothing is special between single quotes).
 */
export function shellLine(words: readonly string[]): string {
  const [only, ...others] = words
  return only !== undefined && others.length === 0 ? only : words.map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
