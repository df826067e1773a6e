import { rm, writeFile } from 'node:fs/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { BuiltImage } from '../../../src/app/image.ts'
import type { ProcessSpec } from '../../../src/app/spec.ts'
import type { Verdict } from '../../../src/engine/rollout.ts'
import type { Instance } from '../../../src/engine/running.ts'
import { findMembers } from '../../../src/engine/local/identity.ts'
import type { LocalEngine } from '../../../src/engine/local/local-engine.ts'
import { processSpec, stateOf } from '../specs.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { BUILD } from '../../app/fixtures.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

const app = { name: 'shop', environment: 'default' }
let home: string
let clock: FakeClock
let engine: LocalEngine
let image: BuiltImage

beforeEach(async () => {
  home = await temporaryFolder()
  clock = new FakeClock()
  engine = await openEngine(home, app, clock)
  image = await engine.makeImage(
    app,
    { key: 'a'.repeat(64), build: BUILD, source: { bytes: 0, files: 0, write: async () => {} } },
    { signal: new AbortController().signal, log: () => {} },
  )
})
afterEach(async () => {
  await engine.close()
  await remove(home)
})

/** Rolls out a new process; the clock is moved by the caller. */
function create(
  name: string,
  command: string | string[],
  more: Partial<ProcessSpec> = {},
): Promise<Verdict[]> {
  const after = stateOf(processSpec(name, command, image, more))
  const io = { signal: new AbortController().signal, report: () => {} }
  return engine.rollout(app, [{ name, before: null, after }], io)
}

async function instance(name: string): Promise<Instance> {
  const { processes } = await engine.observe(app)
  return processes.find((each) => each.spec.name === name)!.instances[0]!
}

const linesOf = async (name: string): Promise<string[]> => {
  const query = { process: name, follow: false, lines: 100, signal: new AbortController().signal }
  return (await Array.fromAsync(engine.logs(app, query))).map((line) => line.text)
}

const gantryLines = async (name: string): Promise<string[]> => {
  const query = { process: name, follow: false, lines: 100, signal: new AbortController().signal }
  const lines = await Array.fromAsync(engine.logs(app, query))
  return lines.filter((line) => line.stream === 'gantry').map((line) => line.text)
}

it('starts an instance that ends again, with pauses that double up to a minute (BK-05)', async () => {
  // It ends when it is told to: how long that takes does not matter to the clock.
  const rolled = create('crash', 'while [ ! -e "$HOME/end" ]; do sleep 0.02; done; rm "$HOME/end"; exit 3', {
    rollout: { overlap: true, on_failure: 'keep', timeout: 600, min_up: 0.001 },
  })
  await expect.poll(() => clock.next).toBe(0.001)
  clock.advance(0.001)
  await rolled
  for (const pause of [0.5, 1, 2, 4, 8, 16, 32, 60, 60]) {
    await writeFile(`${engine.paths.appHome('shop')}/end`, '')
    await expect.poll(() => clock.next).toBe(pause)
    expect((await instance('crash')).state).toBe('backing_off')
    clock.advance(pause)
    // It is up at once in this clock's time.
    await expect.poll(() => clock.next).toBe(0.001)
    clock.advance(0.001)
    await expect.poll(async () => (await instance('crash')).state).toBe('up')
  }
  expect((await instance('crash')).restarts).toBe(9)
  expect(await gantryLines('crash')).toContain('exit 3; next start in 0.5 s')
})

it('begins anew with short pauses after a life of half a minute', async () => {
  const rolled = create('long', ['sleep', '600'], {
    rollout: { overlap: true, on_failure: 'rollback', timeout: 600, min_up: 0.001 },
  })
  await expect.poll(() => clock.next).toBe(0.001)
  clock.advance(0.001)
  await rolled
  for (let round = 0; round < 3; round += 1) {
    clock.advance(31)
    process.kill((await instance('long')).pid!, 'SIGKILL')
    await expect.poll(() => clock.next).toBe(0.5)
    clock.advance(0.5)
    await expect.poll(() => clock.next).toBe(0.001)
    clock.advance(0.001)
    await expect.poll(async () => (await instance('long')).state).toBe('up')
  }
  expect((await instance('long')).last_exit).toBe('signal SIGKILL')
})

it('replaces an instance whose health check fails, after its retries (SW-08)', async () => {
  const check = { path: null, tcp: false, interval: 10, timeout: 5, retries: 2, start_period: 0 }
  const rolled = create('sick', ['sleep', '600'], {
    health_check: { ...check, command: 'test ! -e "$HOME/sick"' },
  })
  expect((await rolled)[0]).toMatchObject({ outcome: 'steady' })
  const first = await instance('sick')
  await writeFile(`${engine.paths.appHome('shop')}/sick`, '')
  for (let probe = 0; probe < 2; probe += 1) {
    await expect.poll(() => clock.next).toBe(10)
    clock.advance(10)
  }
  await expect.poll(async () => (await instance('sick')).state).toBe('backing_off')
  await rm(`${engine.paths.appHome('shop')}/sick`)
  clock.advance(1)
  await expect.poll(async () => (await instance('sick')).state).toBe('up')
  expect((await instance('sick')).id).not.toBe(first.id)
  expect((await gantryLines('sick')).join('\n')).toContain('unhealthy')
})

it('fails a rollout whose health check never passes, and quotes why', async () => {
  const rolled = create('never', ['sleep', '600'], {
    health_check: {
      path: null,
      tcp: false,
      command: 'echo database is down; false',
      interval: 1,
      timeout: 5,
      retries: 2,
      start_period: 0,
    },
    stop_timeout: 1,
  })
  let verdict: Verdict | undefined
  void rolled.then((verdicts) => (verdict = verdicts[0]))
  await expect
    .poll(() => {
      clock.advance(0.5)
      return verdict?.outcome
    })
    .toBe('failed')
  expect(verdict!.reason).toContain('database is down')
})

it('waits for the port of a process that serves', async () => {
  const script = "setTimeout(() => require('net').createServer().listen(process.env.PORT), 200)"
  const rolled = create('serves', ['node', '-e', script], { expose: 'public' })
  let steady = false
  void rolled.then(() => (steady = true))
  await expect
    .poll(() => {
      clock.advance(0.1)
      return steady
    })
    .toBe(true)
  expect((await rolled)[0]).toMatchObject({ outcome: 'steady' })
  expect((await instance('serves')).address).toMatch(/^127\.0\.0\.1:\d+$/)
})

it('ends a stubborn instance with SIGKILL when its time is over, and its whole group with it (UP-03 UP-06)', async () => {
  const rolled = create('stubborn', "trap '' TERM; sleep 600 & while true; do sleep 0.1; done", {
    stop_timeout: 0.3,
    rollout: { overlap: true, on_failure: 'rollback', timeout: 600, min_up: 0.001 },
  })
  await expect.poll(() => clock.next).toBe(0.001)
  clock.advance(0.001)
  await rolled
  const { pid } = await instance('stubborn')
  const before = stateOf((await engine.observe(app)).processes[0]!.spec)
  await engine.rollout(app, [{ name: 'stubborn', before, after: null }], {
    signal: new AbortController().signal,
    report: () => {},
  })
  await expect.poll(() => findMembers(new Set(), new Set([pid!]))).toEqual([])
})

it('lets the rest of a group finish within the stop timeout', async () => {
  const script = `(trap 'sleep 0.2; echo child finished; exit 0' TERM; echo ready; while true; do sleep 0.05; done) & wait`
  const rolled = create('family', script, {
    stop_timeout: 5,
    rollout: { overlap: true, on_failure: 'rollback', timeout: 600, min_up: 0.001 },
  })
  await expect.poll(() => clock.next).toBe(0.001)
  clock.advance(0.001)
  await rolled
  const before = stateOf((await engine.observe(app)).processes[0]!.spec)
  // The trap of the child must be there before the signal is.
  await expect.poll(() => linesOf('family')).toContain('ready')
  await engine.rollout(app, [{ name: 'family', before, after: null }], {
    signal: new AbortController().signal,
    report: () => {},
  })
  expect(await linesOf('family')).toContain('child finished')
})
