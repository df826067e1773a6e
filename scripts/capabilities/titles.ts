import { glob, readFile } from 'node:fs/promises'
import { relative } from 'node:path'

export interface Title {
  file: string
  text: string
}

const TITLE =
  /\b(?:test|it|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g
/** `TP-17`, and the numbers that follow it: `TP-17 31 37`, `UP-08, 09`. */
const ROWS = /\b([A-Z]{2})-(\d{2})((?:(?:, | )\d{2}\b)*)/g

/** The tests of the project whose titles name a row, by the row. */
export async function titlesByRow(root: string): Promise<Map<string, Title[]>> {
  const found = new Map<string, Title[]>()
  const files = await Array.fromAsync(glob('test/**/*.ts', { cwd: root }))
  for (const name of files.toSorted()) {
    const text = await readFile(`${root}/${name}`, 'utf8')
    for (const [, single, double, template] of text.matchAll(TITLE)) {
      const title = single ?? double ?? template ?? ''
      const place = { file: relative(root, `${root}/${name}`), text: title.replaceAll('\\', '') }
      for (const row of rowsIn(title)) found.set(row, [...(found.get(row) ?? []), place])
    }
  }
  return found
}

function rowsIn(title: string): string[] {
  const rows = [...title.matchAll(ROWS)].flatMap(([, kind = '', first = '', more = '']) =>
    [first, ...(more.match(/\d{2}/g) ?? [])].map((number) => `${kind}-${number}`),
  )
  return [...new Set(rows)]
}
