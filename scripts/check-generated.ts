/** Fails when a generated file is not what its source says: `npm run generate` makes them anew. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'

const root = join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'gantry-generated-'))
try {
  const run = execa({ cwd: root, preferLocal: true })
  await run('node', ['scripts/generate-schema.ts', '--check'], { stdio: 'inherit' })
  await run('rolldown', ['--config', '--dir', folder])
  const [fresh, committed] = await Promise.all([contentOf(folder), contentOf(join(root, 'dist'))])
  const stale = [...new Set([...fresh.keys(), ...committed.keys()])].filter(
    (name) => fresh.get(name) !== committed.get(name),
  )
  if (stale.length > 0) throw new Error(`dist/ is stale (${stale.join(', ')}): run \`npm run generate\``)
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Name to text of every file, so that one that is there too much is found as well. */
async function contentOf(path: string): Promise<Map<string, string>> {
  const names = await readdir(path).catch(() => [])
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, string]> => [name, await readFile(join(path, name), 'utf8')]),
    ),
  )
}
