import { clean } from '../clean.ts'

/**
 * Text from a repository as a code span: in one GitHub reads no Markdown, no HTML, no mention, no reference and no link, and
 * the pipe that would end a cell of a table is escaped; https://github.github.com/gfm/#code-spans
 */
export function code(text: string, limit = 300): string {
  const shown = clean(text, limit)
  if (shown === '') return ''
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${shown.replaceAll('|', '\\|')}${pad}${fence}`
}

/** Lines as a block that GitHub shows as they are. */
export function codeBlock(lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  )
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...lines, fence].join('\n')
}

/** A part that is folded away; null where there is nothing in it. */
export function folded(title: string, content: string): string | null {
  if (content === '') return null
  // The blank lines make GitHub read what is inside as Markdown.
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`
}

/** What GitHub takes as a comment, with room for the end: https://docs.github.com/rest/issues/comments */
const LONGEST = 60_000

/** Cut at a line, with a sentence that says so. */
export function capped(text: string, limit = LONGEST): string {
  if (text.length <= limit) return text
  const end = text.lastIndexOf('\n', limit)
  return `${text.slice(0, end < 0 ? limit : end)}\n\nThe rest is too long for here; the log of the job has all of it.\n`
}
