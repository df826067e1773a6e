/** Fails when a generated file is not what its source says: `npm run generate` makes them anew. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { execa } from 'execa'

const root = join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'gantry-generated-'))
try {
  const run = execa({ cwd: root, preferLocal: true })
  await run('node', ['scripts/generate-schema.ts', '--check'], { stdio: 'inherit' })
  await run('node', ['scripts/generate-formats.ts', '--check'], { stdio: 'inherit' })
  await run('node', ['scripts/generate-action-docs.ts', '--check'], { stdio: 'inherit' })
  await run('node', ['scripts/generate-iam.ts', '--check'], { stdio: 'inherit' })
  await run('node', ['scripts/generate-cli-docs.ts', '--check'], { stdio: 'inherit' })
  await run('node', ['scripts/generate-capabilities.ts', '--check'], { stdio: 'inherit' })
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
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, string]> => [
        relative(path, file),
        await readFile(file, 'utf8'),
      ]),
    ),
  )
}
