/** Fails when a generated file is not what its source says: `npm run generate` makes them anew. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'

const root = join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'gantry-generated-'))
try {
  const run = execa({ cwd: root, preferLocal: true })
  await run('node', ['scripts/generate-schema.ts', '--check'], { stdio: 'inherit' })
  await run('rolldown', ['--config', '--dir', folder])
  const [fresh, committed] = await Promise.all([
    readFile(join(folder, 'gantry.js'), 'utf8'),
    readFile(join(root, 'dist', 'gantry.js'), 'utf8').catch(() => ''),
  ])
  if (fresh !== committed) throw new Error('dist/gantry.js is stale: run `npm run generate`')
} finally {
  await rm(folder, { recursive: true, force: true })
}
