import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

import { FORMAT_PAGES } from '../src/config/catalogue/pages.ts'
import { renderPage } from '../src/report/markdown/format-page.ts'

/** Writes the pages of `docs/formats` from the catalogues in the code; with `--check`, exits 1 when one is not that. */
const folder = new URL('../docs/formats/', import.meta.url)
mkdirSync(folder, { recursive: true })

for (const page of FORMAT_PAGES) {
  const file = new URL(`${page.name}.md`, folder)
  const text = renderPage(page)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readOrNothing(file) !== text) {
    console.error(
      `docs/formats/${page.name}.md is stale: run \`node scripts/generate-formats.ts\` and commit it.`,
    )
    process.exitCode = 1
  }
}

function readOrNothing(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
