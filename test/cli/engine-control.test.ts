import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { systemClock } from '../../src/app/clock.ts'
import { ConfigError, NotFoundError, UserError } from '../../src/app/errors.ts'
import type { Control, Watched, Watching } from '../../src/cli/control.ts'
import { EngineControl } from '../../src/cli/engine-control.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import type { ObserveOptions } from '../../src/engine/running.ts'
import type { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { MemoryLog } from '../fakes/memory-log.ts'
import { openEngine, remove, temporaryFolder } from '../engine/local/home.ts'
import { Checkout } from './checkout.ts'
import { temporaryFolder as checkoutFolder } from './gantry.ts'
import { config, TICKS } from './test-home.ts'

const app = { name: 'shop', environment: 'default' }
const never = new AbortController().signal
const WISH = { force: false, rebuild: false, allow_remove: false }

let folder: string
let engine: LocalEngine
let log: MemoryLog
let cancelled: number[]
let checkout: Checkout
let control: Control

/** Lets somebody watch to the end. */
async function watched(
  start: (watching: Watching) => Promise<Watched>,
  signal = never,
): Promise<Watched & { events: DeployEvent[] }> {
  const events: DeployEvent[] = []
  const result = await start({ show: (event) => events.push(event), signal })
  return { ...result, events }
}

const deploy = (commit = 'HEAD') => watched((watching) => control.deploy(commit, WISH, watching))
const scale = (count: number) =>
  watched((watching) =>
    control.operate(
      `scale worker=${count}`,
      [{ process: 'worker', set: { demand_count: String(count) } }],
      watching,
    ),
  )

beforeAll(async () => {
  folder = await temporaryFolder()
  engine = await openEngine(join(folder, 'home'), app)
  log = new MemoryLog()
  cancelled = []
  checkout = new Checkout(await checkoutFolder(afterAll))
  checkout.git('config', 'user.name', 'Grace\u001b[31m Hopper')
  checkout.commit('first', { 'gantry.yml': TICKS })
  const cancel = async (_app: unknown, number: number) => void cancelled.push(number)
  control = new EngineControl({
    engine,
    remote: { log, cancel },
    app,
    folder: checkout.folder,
    clock: systemClock,
  })
})
afterAll(async () => {
  await engine.close()
  await remove(folder)
})

describe('before anything was deployed', () => {
  test('plan shows what a commit would do, and changes nothing', async () => {
    const plan = await control.plan('HEAD', { allow_remove: false, refresh: false }, never)
    expect(plan.processes).toMatchObject([{ name: 'worker', action: 'create' }])
    expect(await control.deployments(10)).toEqual([])
  })

  test('run and operate say what is missing', async () => {
    await expect(Array.fromAsync(control.run({ command: 'true' }, never))).rejects.toThrow(
      'shop was never deployed',
    )
    await expect(scale(2)).rejects.toMatchObject({ hint: 'nothing was deployed yet: deploy first' })
  })

  test('a commit that is not there is not found', async () => {
    await expect(deploy('abcdef1')).rejects.toThrow(NotFoundError)
    await expect(control.plan('nope', { allow_remove: false, refresh: false }, never)).rejects.toThrow(
      'there is no commit "nope" in this checkout',
    )
  })
})

describe('an app', () => {
  beforeAll(async () => {
    expect(await deploy()).toMatchObject({ number: 1, outcome: 'succeeded' })
  })

  test('is deployed by whom git says it was, without what a terminal would obey', async () => {
    expect(await control.deployment(1)).toMatchObject({ by: 'Grace Hopper', title: 'first', release: 1 })
    const { processes } = await control.running({ instances: true })
    expect(processes).toMatchObject([{ spec: { name: 'worker' }, instances: [{ state: 'up' }] }])
  })

  test('is left alone where there is nothing to do, and nothing is recorded', async () => {
    const { number, outcome, events } = await deploy()
    expect({ number, outcome }).toEqual({ number: null, outcome: 'unchanged' })
    expect(events.map(({ type }) => type)).toEqual(['config.read', 'plan.made', 'deployment.finished'])
    expect(await control.deployments(10)).toHaveLength(1)
  })

  test('tells what happened in a deployment, also to one that follows it', async () => {
    const [all, followed] = await Promise.all([
      Array.fromAsync(control.events(1, false, never)),
      Array.fromAsync(control.events(1, true, never)),
    ])
    expect(all.at(0)).toMatchObject({ type: 'deployment.started', number: 1 })
    expect(all.at(-1)).toMatchObject({ type: 'deployment.finished', outcome: 'succeeded' })
    expect(followed).toEqual(all)
    await expect(Array.fromAsync(control.events(99, false, never))).rejects.toThrow(NotFoundError)
  })

  test('is changed by hand, read as the config would be, and rolled back', async () => {
    const wrong = watched((watching) =>
      control.operate('set', [{ process: 'worker', set: { memory: 'much' } }], watching),
    )
    await expect(wrong).rejects.toThrow(ConfigError)
    expect(await scale(2)).toMatchObject({ outcome: 'succeeded' })
    expect((await control.running()).processes).toMatchObject([
      { spec: { demand_count: 2 }, owned: { demand_count: 2 } },
    ])

    checkout.commit('second', { 'gantry.yml': TICKS.replace('tick', 'tock') })
    expect(await deploy()).toMatchObject({ outcome: 'succeeded' })
    const rolledBack = await watched((watching) => control.rollback(null, watching))
    expect(rolledBack.outcome).toBe('succeeded')
    expect((await control.running()).processes[0]!.spec.command).toContain('tick')
    expect(await control.releases(10)).toMatchObject([{ number: 3 }, { number: 2 }, { number: 1 }])
    expect(await control.release(2)).toMatchObject({ title: 'second' })
    await expect(control.release(9)).rejects.toThrow(NotFoundError)
    await expect(watched((watching) => control.rollback(9, watching))).rejects.toThrow('has no release v9')
  })

  test('keeps variables, whose names are checked before anything is asked of the engine', async () => {
    const set = (name: string, value: string) =>
      control.setVariable({ name, value, process: null, secret: false })
    await set('GREETING', 'hello')
    expect(await control.variables()).toMatchObject([{ name: 'GREETING', version: 1 }])
    for (const [name, value] of [
      ['GANTRY_INSTANCE', ''],
      ['PORT', '1'],
      ['two words', ''],
      ['1ST', ''],
      ['NUL', 'a\0b'],
      ['LONG', 'x'.repeat(64 * 1024 + 1)],
    ] as const) {
      await expect(set(name, value)).rejects.toThrow(UserError)
    }
    const elsewhere = { name: 'GREETING', value: 'x', process: 'wrker/../x', secret: false }
    await expect(control.setVariable(elsewhere)).rejects.toThrow('cannot be the name of a process')
    await control.unsetVariable('GREETING', null)
    await expect(control.unsetVariable('GREETING', null)).rejects.toThrow('GREETING is not set')
  })

  test('runs a command: its lines, then how it ended', async () => {
    const events = await Array.fromAsync(control.run({ command: 'echo out; exit 7' }, never))
    expect(events).toEqual([{ line: 'out' }, { exit_code: 7, reason: null }])
  })

  test('has stopped a command when its stream ends without a result', async () => {
    const abort = new AbortController()
    const seen: unknown[] = []
    for await (const event of control.run(
      { command: "sleep 60 & trap 'kill $! 2>/dev/null; echo bye; exit 0' TERM; echo ready; wait" },
      abort.signal,
    )) {
      seen.push(event)
      abort.abort()
    }
    expect(seen).toEqual([{ line: 'ready' }, { line: 'bye' }])
  })

  test('TT-23: starts a task that goes on, shows it, and stops and removes it', async () => {
    const started = await control.startTask({ command: 'echo up; sleep 600', set: { max_hours: '1' } }, null)
    expect(started).toMatchObject({ status: 'running', initiated_by: 'Grace Hopper', max_hours: 1 })
    const { id } = started
    const abort = new AbortController()
    for await (const { text } of control.taskLogs(id, { follow: true, signal: abort.signal })) {
      if (text === 'up') abort.abort()
    }
    expect((await control.tasks(1))[0]).toMatchObject({ id, status: 'running' })
    expect(await control.deleteTask(id)).toMatchObject({
      deleted: 'stopped',
      run: { status: 'stopped', reason: 'stopped by Grace Hopper' },
    })
    expect(await control.deleteTask(id)).toMatchObject({ deleted: 'removed' })
    await expect(control.task(id)).rejects.toThrow(NotFoundError)
  })

  test('has logs, and says what has none', async () => {
    const query = { process: 'worker', follow: false, lines: 50, signal: never }
    const texts = (await Array.fromAsync(control.logs(query))).map(({ text }) => text)
    expect(texts).toContain('tick ')
    const none = Array.fromAsync(control.logs({ ...query, process: '../nobody' }))
    await expect(none).rejects.toThrow('shop has no output of "../nobody"')
  })

  test('is read anew by the engine when a plan is to trust nothing', async () => {
    const asked: (ObserveOptions | undefined)[] = []
    const observe = engine.observe.bind(engine)
    engine.observe = (id, options?: ObserveOptions) => {
      asked.push(options)
      return observe(id)
    }
    await control.plan('HEAD', { allow_remove: false, refresh: true }, never)
    expect(asked).toMatchObject([{ refresh: true }])
    engine.observe = observe
  })

  test('has its deployments cancelled by whoever carries them out', async () => {
    await expect(control.cancel(1)).rejects.toThrow('deployment #1 has ended already: succeeded')
    checkout.commit('slow', { 'gantry.yml': config('sleep 600').replace('50ms', '60s') })
    const abort = new AbortController()
    const started = Promise.withResolvers<number>()
    const result = control.deploy('HEAD', WISH, {
      show: (event) => void (event.type === 'instance.started' && started.resolve(1)),
      signal: abort.signal,
    })
    await started.promise
    const { number } = (await control.deployments(1))[0]!
    const said = vi.spyOn(process.stderr, 'write')
    expect(await control.cancel(number)).toMatchObject({ status: 'running' })
    expect(said).toHaveBeenCalledWith(expect.stringContaining('sees that within 20 s'))
    said.mockRestore()
    expect(cancelled).toEqual([number])
    const followed = Array.fromAsync(control.events(number, true, never))
    abort.abort()
    expect(await result).toEqual({ number, outcome: 'cancelled' })
    expect((await followed).at(-1)).toMatchObject({ outcome: 'cancelled' })
    expect((await control.running()).processes[0]!.spec.command).toContain('tick')
  })
})
