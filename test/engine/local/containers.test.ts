import { setTimeout as delay } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { ContainerSpec, ProcessSpec } from '../../../src/app/spec.ts'
import type { LogLine, LogQuery } from '../../../src/engine/logs.ts'
import { aContainer } from '../../app/fixtures.ts'
import { Shop } from './shop.ts'

const CHECK = {
  path: null,
  command: null,
  tcp: false,
  interval: 0.1,
  timeout: 5,
  retries: 3,
  start_period: 5,
}
/** Ends soon after SIGTERM, and says so. */
const SAYS_BYE = "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.02; done"

let shop: Shop
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(() => shop[Symbol.asyncDispose]())

function container(fields: Partial<ContainerSpec>): ContainerSpec {
  const { build: _build, ...rest } = aContainer()
  return { ...rest, image: shop.image, stop_timeout: 5, ...fields }
}

/** Rolls out a process `web` with these beside it. */
function web(command: string, containers: Record<string, ContainerSpec>, more: Partial<ProcessSpec> = {}) {
  return shop.roll(null, shop.state('web', command, { containers, ...more }))
}

/** What all containers wrote, in the order of time: `web: up`. */
async function story(): Promise<string[]> {
  const query = { process: null, follow: false, lines: 100, signal: new AbortController().signal }
  const names = await shop.engine.logNames(shop.app)
  const lines: (LogLine & { name: string })[] = []
  for (const name of names) {
    for (const line of await Array.fromAsync(shop.engine.logs(shop.app, { ...query, process: name })))
      lines.push({ ...line, name })
  }
  return lines
    .filter(({ stream }) => stream !== 'gantry')
    .toSorted((a, b) => a.time.localeCompare(b.time))
    .map(({ name, text }) => `${name}: ${text}`)
}

const notes = async (): Promise<string> => (await shop.lines('web')).join('\n')

describe('a container beside a process [SW-12]', () => {
  it('runs in each instance, and writes its own log', async () => {
    const proxy = container({ command: 'echo "$DYNO"; exec sleep 600' })
    const verdict = await web('exec sleep 600', { proxy }, { demand_count: 2 })
    expect(verdict).toMatchObject({ outcome: 'steady' })
    await expect.poll(() => shop.lines('web/proxy')).toHaveLength(2)
    expect((await shop.lines('web/proxy')).toSorted()).toEqual(['web.1', 'web.2'])
    expect(await shop.engine.logNames(shop.app)).toContain('web/proxy')
    const query = { lines: 9, follow: false, signal: new AbortController().signal }
    const told = async (of: Partial<LogQuery>) =>
      (await Array.fromAsync(shop.engine.logs(shop.app, { process: null, ...query, ...of })))
        .filter(({ stream }) => stream === 'out')
        .map(({ instance }) => instance)
    const [first] = await shop.instances('web')
    expect(shop.children()).toEqual(expect.arrayContaining([first!.id, `${first!.id}.proxy`]))
    const beside = `${first!.id}/proxy`
    expect(await told({})).toContain(beside)
    for (const instance of [first!.id, beside]) expect(await told({ instance })).toEqual([beside])
  })

  it('goes with its instance', async () => {
    const proxy = container({ command: 'exec sleep 600' })
    const before = shop.state('web', 'exec sleep 600', { containers: { proxy } })
    await shop.roll(null, before)
    await shop.roll(before, null)
    expect(shop.children()).toEqual([])
  })

  it('has its own variables alone, and of those set by hand the ones that it asks for', async () => {
    await shop.setVariable('TOKEN', 'for-both')
    await shop.setVariable('OTHER', 'for-main')
    const variables = { ...(await shop.version('TOKEN')), ...(await shop.version('OTHER')) }
    const proxy = container({
      command: 'echo "$A $B $TOKEN $OTHER"; exec sleep 600',
      env: { A: 'own' },
      secrets: { TOKEN: 'gantry' },
    })
    await web('exec sleep 600', { proxy }, { variables, env: { B: 'of main' } })
    await expect.poll(() => shop.lines('web/proxy')).toEqual(['own  for-both '])
  })

  it('has a port of its own in $PORT, which the rest of the instance finds', async () => {
    const serve = `require('http').createServer((q, r) => r.end('proxied')).listen(process.env.PORT)`
    const proxy = container({
      command: ['node', '-e', serve],
      port: 8080,
      health_check: { ...CHECK, path: '/' },
    })
    const ask = `fetch('http://127.0.0.1:' + process.env.GANTRY_PORT_PROXY).then(async (r) => console.log(await r.text()))`
    const verdict = await web(
      `node -e "${ask}"; exec sleep 600`,
      { proxy },
      { depends_on: { proxy: 'healthy' }, demand_count: 2 },
    )
    expect(verdict).toMatchObject({ outcome: 'steady' })
    await expect.poll(() => shop.lines('web')).toEqual(['proxied', 'proxied'])
  })

  it('shares the mounts of its instance that name the same folder', async () => {
    const mounts = { shared: { source: 'instance', source_path: 'x' } } as const
    const seed = container({ command: 'echo seeded >shared/f', essential: false, mounts })
    await web('cat shared/f; exec sleep 600', { seed }, { mounts, depends_on: { seed: 'succeeded' } })
    await expect.poll(() => shop.lines('web')).toEqual(['seeded'])
  })
})

describe('the order of the containers of an instance', () => {
  it('is that of what they depend on, when they start, and the other way round when they stop', async () => {
    const says = (depends_on: ContainerSpec['depends_on']) => container({ command: SAYS_BYE, depends_on })
    const containers = { cache: says({}), proxy: says({ main: 'started' }) }
    const state = shop.state('web', SAYS_BYE, { containers, depends_on: { cache: 'started' } })
    await shop.roll(null, state)
    await expect.poll(story).toHaveLength(3)
    await shop.roll(state, null)
    const told = await story()
    expect(told.filter((line) => line.endsWith('bye'))).toEqual([
      'web/proxy: bye',
      'web: bye',
      'web/cache: bye',
    ])
  })

  it('waits until another one is healthy', async () => {
    const cache = container({
      command: 'sleep 0.3; echo warm; touch "$HOME/warm"; exec sleep 600',
      health_check: { ...CHECK, command: 'test -e "$HOME/warm"' },
    })
    await web('echo main; exec sleep 600', { cache }, { depends_on: { cache: 'healthy' } })
    await expect.poll(story).toEqual(['web/cache: warm', 'web: main'])
  })

  it('waits until an init container has succeeded, which then stays ended', async () => {
    const seed = container({ command: 'sleep 0.2; echo seeded', essential: false })
    expect(
      await web('echo main; exec sleep 600', { seed }, { depends_on: { seed: 'succeeded' } }),
    ).toMatchObject({
      outcome: 'steady',
    })
    await expect.poll(story).toEqual(['web/seed: seeded', 'web: main'])
    expect(shop.children()).toHaveLength(1)
  })

  it('goes on after one that has completed with a failure, where that is all that is asked', async () => {
    const seed = container({ command: 'exit 3', essential: false })
    const verdict = await web('exec sleep 600', { seed }, { depends_on: { seed: 'completed' } })
    expect(verdict).toMatchObject({ outcome: 'steady' })
  })
})

describe('an instance has failed', () => {
  it('when an init container has not succeeded: the process itself never starts', async () => {
    const seed = container({ command: 'echo no such table; exit 3', essential: false })
    const verdict = await web('echo main; exec sleep 600', { seed }, { depends_on: { seed: 'succeeded' } })
    expect(verdict).toMatchObject({ outcome: 'failed', exit_code: 3, log: ['seed: no such table'] })
    expect(verdict.reason).toMatch(/^web\.1-\w+: seed: exit 3 before it was up$/)
    expect(await story()).toEqual(['web/seed: no such table'])
    expect(shop.children()).toEqual([])
  })

  it('when one that others wait for does not become healthy, with what its check says', async () => {
    const check = { ...CHECK, command: 'echo cold; false', start_period: 0, retries: 1 }
    const cache = container({ command: 'exec sleep 600', health_check: check })
    const verdict = await web('exec sleep 600', { cache }, { depends_on: { cache: 'healthy' } })
    expect(verdict.reason).toContain('cache: health check failed: exit 1: cold')
    expect(shop.children()).toEqual([])
  })

  it('when a container cannot be started', async () => {
    const image = { kind: 'built', key: 'f'.repeat(64), digest: null } as const
    const verdict = await web('exec sleep 600', { proxy: container({ command: 'true', image }) })
    expect(verdict).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('does not exist') as string,
    })
  })
})

describe('a container that ends', () => {
  it('ends its instance where it is essential, which is then started again', async () => {
    const proxy = container({
      command: 'while [ ! -e "$HOME/end" ]; do sleep 0.02; done; rm "$HOME/end"; exit 5',
    })
    await web(SAYS_BYE, { proxy })
    const [first] = await shop.instances('web')
    await shop.task('touch "$HOME/end"')
    await expect.poll(notes).toContain('proxy: exit 5; next start in 0.5 s')
    await expect.poll(() => shop.lines('web')).toContain('bye')
    await expect.poll(async () => (await shop.instances('web'))[0]!.state).toBe('up')
    const [second] = await shop.instances('web')
    expect(second).toMatchObject({ restarts: 1, last_exit: 'proxy: exit 5' })
    expect(second!.id).not.toBe(first!.id)
  })

  it('is not missed where it is not essential', async () => {
    const helper = container({ command: 'echo done', essential: false })
    await web('exec sleep 600', { helper })
    await expect.poll(() => shop.lines('web/helper')).toEqual(['done'])
    await expect.poll(() => shop.children()).toHaveLength(1)
    expect((await shop.instances('web'))[0]).toMatchObject({ state: 'up', restarts: 0 })
  })

  it('and the process itself takes the others with it', async () => {
    const proxy = container({ command: SAYS_BYE })
    await web('while [ ! -e "$HOME/end" ]; do sleep 0.02; done; rm "$HOME/end"; exit 7', { proxy })
    await expect.poll(() => shop.lines('web/proxy')).toEqual(['up'])
    await shop.task('touch "$HOME/end"')
    await expect.poll(notes).toContain('exit 7; next start')
    await expect.poll(() => shop.lines('web/proxy')).toContain('bye')
  })
})

it('an essential container that becomes unhealthy has its instance replaced', async () => {
  const proxy = container({
    command: 'exec sleep 600',
    health_check: { ...CHECK, command: 'test ! -e "$HOME/ill"', retries: 2 },
  })
  await web('exec sleep 600', { proxy })
  const [first] = await shop.instances('web')
  await shop.task('touch "$HOME/ill"')
  await expect.poll(notes).toContain('proxy unhealthy: exit 1; replacing it')
  await shop.task('rm "$HOME/ill"')
  await expect.poll(async () => (await shop.instances('web'))[0]!.state, { timeout: 15_000 }).toBe('up')
  expect((await shop.instances('web'))[0]!.id).not.toBe(first!.id)
})

it('each container has its own stop timeout', async () => {
  const stubborn = container({ command: "trap '' TERM; while :; do sleep 0.02; done", stop_timeout: 0.3 })
  const state = shop.state('web', SAYS_BYE, { containers: { stubborn }, stop_timeout: 600 })
  await shop.roll(null, state)
  await expect.poll(() => shop.lines('web')).toEqual(['up'])
  const stopped = await Promise.race([shop.roll(state, null).then(() => true), delay(8_000, false)])
  expect(stopped).toBe(true)
  expect(shop.children()).toEqual([])
})

it('an instance comes back with its containers when the server is started again', async () => {
  const proxy = container({ command: 'exec sleep 600' })
  const state = shop.state('web', 'exec sleep 600', { containers: { proxy } })
  await shop.roll(null, state)
  await shop.restart()
  await expect.poll(() => shop.children()).toHaveLength(2)
  await expect.poll(async () => (await shop.instances('web'))[0]!.state).toBe('up')
})
