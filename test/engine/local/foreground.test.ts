import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Process } from '../../../src/app/app.ts'
import { systemClock } from '../../../src/app/clock.ts'
import { runForeground } from '../../../src/engine/local/foreground.ts'
import { aContainer } from '../../app/fixtures.ts'
import { anApp, aProcess } from '../../plan/fixtures.ts'

let folder: string
let home: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-checkout-'))
  home = await mkdtemp(join(tmpdir(), 'gantry-home-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
  await rm(home, { recursive: true })
})

/** Runs a process until there are this many lines; returns them with who wrote them. */
async function up(fields: Partial<Process>, count: number): Promise<string[]> {
  const enough = new AbortController()
  const lines: string[] = []
  await runForeground({
    app: anApp({ processes: [aProcess('web', { stop_timeout: 5, ...fields })] }),
    folder,
    home,
    variables: new Map([['TOKEN', 'a token']]),
    clock: systemClock,
    signal: enough.signal,
    onLine: ({ text, stream }) => {
      if (stream !== 'gantry' || text.includes('not started')) lines.push(text)
      if (lines.length === count) enough.abort()
    },
    onUp: () => {},
  })
  return lines
}

it('runs an entry point, and what comes before it', async () => {
  const fields = { entry_point: ['echo'], command: ['main'], pre_start: 'echo before' }
  expect(await up(fields, 2)).toEqual(['before', 'main'])
})

it('starts the containers beside a process in their order, with their own variables alone', async () => {
  const seed = aContainer({
    command: 'echo "seed $TOKEN $A"',
    essential: false,
    secrets: { TOKEN: 'gantry' },
  })
  const fields = {
    command: 'echo main; exec sleep 600',
    env: { A: 'of main' },
    containers: { seed },
    depends_on: { seed: 'succeeded' },
  } as const
  expect(await up(fields, 2)).toEqual(['seed a token ', 'main'])
})

it('leaves out a container that only its image could run, says so, and lets nobody wait for it', async () => {
  const containers = { redis: aContainer({ image: 'redis:7' }) }
  const fields = {
    command: 'echo main; exec sleep 600',
    containers,
    depends_on: { redis: 'started' },
  } as const
  expect((await up(fields, 2)).toSorted()).toEqual([
    'main',
    'redis is not started here: only its image says what runs',
  ])
})

it('makes what is mounted inside of the checkout a folder there, where the developer finds it', async () => {
  const mounts = { 'var/cache': { source: 'tmp', source_path: 'var/cache' } } as const
  expect(await up({ command: 'echo x >var/cache/f; ls var/cache; exec sleep 600', mounts }, 1)).toEqual(['f'])
  expect(await readdir(join(folder, 'var/cache'))).toEqual(['f'])
})
