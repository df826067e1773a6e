import { clean, cleanLog } from '../clean.ts'

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
  const shown = lines.map((line) => cleanLog(line, false))
  const longest = shown.reduce(
    (most, line) => Math.max(most, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)),
    2,
  )
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...shown, fence].join('\n')
}

/** A part that is folded away; null where there is nothing in it. */
export function folded(title: string, content: string, { open = false } = {}): string | null {
  if (content === '') return null
  // The blank lines make GitHub read what is inside as Markdown.
  return `<details${open ? ' open' : ''}><summary>${title}</summary>\n\n${content}\n\n</details>`
}

/** Cut at a line, with a sentence that says so; what the cut has left open is closed. */
export function capped(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = text.lastIndexOf('\n', limit)
  const kept = text.slice(0, end < 0 ? limit : end)
  const fence = openFence(kept)
  const isFolded = kept.split('<details').length > kept.split('</details>').length
  return [
    kept,
    ...(fence === null ? [] : [fence]),
    ...(isFolded ? ['\n</details>'] : []),
    '\nThe rest is too long for here; the log of the job has all of it.\n',
  ].join('\n')
}

/** The fence of the code block that a text ends in; null where it ends in none. */
function openFence(text: string): string | null {
  let open: string | null = null
  for (const line of text.split('\n')) {
    const fence = /^`{3,}/.exec(line)?.[0]
    if (fence === undefined) continue
    if (open === null) open = fence
    else if (line === open) open = null
  }
  return open
}
