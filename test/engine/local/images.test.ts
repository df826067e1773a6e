import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Build } from '../../../src/app/app.ts'
import type { ImageSource } from '../../../src/engine/engine.ts'
import type { LocalEngine } from '../../../src/engine/local/local-engine.ts'
import { taskSpec } from '../specs.ts'
import { BUILD } from '../../app/fixtures.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

const app = { name: 'shop', environment: 'default' }
const key = 'a'.repeat(64)
const isRoot = process.getuid?.() === 0
let home: string
let engine: LocalEngine

beforeEach(async () => {
  home = await temporaryFolder()
  engine = await openEngine(home, app)
})
afterEach(async () => {
  await engine.close()
  await remove(home)
})

const source = (files: Record<string, string>): ImageSource => ({
  bytes: 0,
  files: Object.keys(files).length,
  write: async (folder) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  },
})

const make = (
  build: Partial<Build>,
  from: ImageSource = source({ 'a.txt': 'a' }),
  log: string[] = [],
  signal?: AbortSignal,
) =>
  engine.makeImage(
    app,
    { key, build: { ...BUILD, ...build }, source: from },
    { signal: signal ?? new AbortController().signal, log: (line) => log.push(line) },
  )

const run = async (command: string): Promise<{ lines: string[]; exit_code: number | null }> => {
  const image = (await engine.findImages(app, [key])).get(key)!
  const handle = await engine.runTask(app, {
    spec: taskSpec('try', command, image),
    initiated_by: 'test',
    deployment: null,
  })
  const lines = await Array.fromAsync(handle.logs)
  return { lines, exit_code: (await handle.result).exit_code }
}

it('holds the tree and what its build command made', async () => {
  const log: string[] = []
  const { digest } = await make(
    { command: 'echo building; cat a.txt > b.txt', args: { LEVEL: 'x' } },
    undefined,
    log,
  )
  expect(log).toEqual(['building'])
  expect(await readFile(join(engine.paths.image('shop', digest), 'b.txt'), 'utf8')).toBe('a')
})

it('gives the build its arguments and none of the variables of the processes', async () => {
  await engine.setVariable(app, {
    name: 'DATABASE_PASSWORD',
    value: 'hunter2hunter2',
    process: null,
    secret: true,
  })
  const log: string[] = []
  await make({ command: 'env', args: { LEVEL: 'release' } }, undefined, log)
  expect(log).toContain('LEVEL=release')
  expect(log.join('\n')).not.toContain('DATABASE_PASSWORD')
})

it('leaves nothing behind when the build fails, and says how it failed', async () => {
  await expect(make({ command: 'echo no compiler >&2; exit 2' })).rejects.toThrow('build failed: exit 2')
  expect((await engine.findImages(app, [key])).size).toBe(0)
  expect(await readdir(engine.paths.images('shop'))).toEqual([])
})

it('leaves nothing behind when it is cancelled', async () => {
  const abort = new AbortController()
  const making = make({ command: 'sleep 600' }, undefined, [], abort.signal)
  setTimeout(() => abort.abort(), 100)
  await expect(making).rejects.toThrow('cancelled')
  expect(await readdir(engine.paths.images('shop'))).toEqual([])
})

it('cannot be written to by what runs in it; $HOME and $TMPDIR can', async () => {
  await make({})
  expect((await run('echo x > new.txt')).exit_code).not.toBe(0)
  if (isRoot)
    expect((await run('echo x > a.txt || chmod u+w . a.txt && echo x > a.txt')).exit_code).not.toBe(0)
  expect(await run('echo kept > "$HOME/x"; cat "$HOME/x"; echo y > "$TMPDIR/y"')).toMatchObject({
    lines: ['kept'],
    exit_code: 0,
  })
})

it('never follows a link when it is made read-only', async () => {
  const outside = join(home, 'outside')
  await mkdir(outside)
  await writeFile(join(outside, 'file'), 'x', { mode: 0o644 })
  await make(
    { command: 'true' },
    { bytes: 0, files: 1, write: (folder) => symlink(outside, join(folder, 'link')) },
  )
  expect((await lstat(join(outside, 'file'))).mode & 0o777).toBe(0o644)
  expect((await lstat(outside)).mode & 0o222).not.toBe(0)
  expect((await lstat(join(outside, 'file'))).uid).toBe(process.getuid?.())
})

it('is forgotten when its folder is gone, and half made ones are swept away', async () => {
  const { digest } = await make({})
  await remove(engine.paths.image('shop', digest))
  await mkdir(join(engine.paths.images('shop'), '.making-0123'))
  await engine.close()
  engine = await openEngine(home, app)
  expect((await engine.findImages(app, [key])).size).toBe(0)
  expect(await readdir(engine.paths.images('shop'))).toEqual([])
})

describe('a pin', () => {
  it('by key finds the image, by a part of the key too', async () => {
    await make({})
    expect(
      await engine.checkPins(app, [{ component: 'process:web', reference: `key:${key.slice(0, 12)}` }]),
    ).toEqual([])
  })

  it('that names nothing is a sentence', async () => {
    const problems = await engine.checkPins(app, [
      { component: 'process:web', reference: 'key:0123456789ab' },
      { component: 'process:web', reference: 'release:v7' },
    ])
    expect(problems[0]).toContain('key that begins with 0123456789ab')
    expect(problems[1]).toContain('release v7')
  })
})

it('survives pruning while a process, a kept release or a schedule names it', async () => {
  await make({})
  const kept = (await engine.findImages(app, [key])).get(key)!
  await engine.setSchedules(app, [taskSpec('nightly', 'true', kept, { schedule: '0 3 * * *', run: null })])
  await engine.prune(app)
  expect((await engine.findImages(app, [key])).size).toBe(1)
  await engine.setSchedules(app, [])
  await engine.prune(app)
  expect((await engine.findImages(app, [key])).size).toBe(0)
  expect(await readdir(engine.paths.images('shop'))).toEqual([])
})
