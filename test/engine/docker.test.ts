import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { execa } from 'execa'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { docker } from '../../src/engine/docker.ts'

let folder: string

/** A `docker` that does its work in a child, as with a plugin, and does not care what becomes of it. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-docker-test-'))
  const script = `#!/bin/sh\nsleep 4323 &\necho $! > '${folder}/child'\necho started\nwait\n`
  await writeFile(join(folder, 'docker'), script)
  await chmod(join(folder, 'docker'), 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const child = async () => Number(await readFile(join(folder, 'child'), 'utf8'))

it('ends with its children when it is cancelled', async () => {
  const abort = new AbortController()
  const result = await docker(['build'], { timeout: 60, signal: abort.signal, log: () => abort.abort() })
  expect(result.ok).toBe(false)
  await expect.poll(async () => isAlive(await child())).toBe(false)
})

it('ends with its children when its time is over', async () => {
  const result = await docker(['build'], { timeout: 0.3 })
  expect(result.ok).toBe(false)
  await expect.poll(async () => isAlive(await child())).toBe(false)
})

it('ends with its children when this process leaves at once', async () => {
  const program = `import { docker } from ${JSON.stringify(join(import.meta.dirname, '../../src/engine/docker.ts'))}
await docker(['build'], { timeout: 60, log: () => process.exit(7) })`
  const { exitCode } = await execa(process.execPath, ['--input-type=module', '-e', program], {
    reject: false,
  })
  expect(exitCode).toBe(7)
  await expect.poll(async () => isAlive(await child())).toBe(false)
})

it('says so when there is no such command', async () => {
  vi.stubEnv('PATH', join(folder, 'empty'))
  expect(await docker(['version'], { timeout: 5 })).toMatchObject({
    ok: false,
    last: expect.stringContaining('ENOENT'),
  })
})

/** Not so for one that has ended and that nobody has asked about yet, either. */
async function isAlive(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return state !== '' && !/^\d+ \(.*\) Z/.test(state)
}
