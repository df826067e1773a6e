import { readFileSync, writeFileSync } from 'node:fs'

import { createProgram } from '../src/cli/program.ts'
import { cliPage } from './cli-docs/page.ts'

/** Writes docs/cli.md from the commands in the code; with `--check`, exits 1 when the page is not that. */
const file = new URL('../docs/cli.md', import.meta.url)
const page = cliPage(await createProgram([]))

if (!process.argv.includes('--check')) writeFileSync(file, page)
else if (readFileSync(file, 'utf8') !== page) {
  console.error('docs/cli.md is stale: run `node scripts/generate-cli-docs.ts` and commit it.')
  process.exitCode = 1
}
