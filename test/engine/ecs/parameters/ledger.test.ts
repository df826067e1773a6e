import { afterEach, beforeEach, expect, it } from 'vitest'

import { NotFoundError } from '../../../../src/app/errors.ts'
import type { NewDeployment, NewRelease } from '../../../../src/engine/ledger.ts'
import { EcsLedger } from '../../../../src/engine/ecs/parameters/ledger.ts'
import { States, type StoredProcess } from '../../../../src/engine/ecs/parameters/state.ts'
import { anApp } from '../../../plan/fixtures.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { processSpec, stateOf, taskSpec } from '../../specs.ts'
import { APP, callsOf, machine, namesUnder, peek, poke, ROOT } from './account.ts'
import { atEveryWrite } from './deaths.ts'

const ENTRY: NewDeployment = { kind: 'deploy', commit: 'f'.repeat(40), by: 'test', title: 'A change' }
const IMAGE = { key: 'a'.repeat(64), digest: `sha256:${'b'.repeat(64)}` } as never
const RELEASE: NewRelease = {
  commit: ENTRY.commit,
  app: { ...anApp({}), ...APP },
  images: {},
  owned_images: {},
}
const SUCCEEDED = { outcome: 'succeeded', reason: null, release: RELEASE } as const
const FAILED = { outcome: 'failed', reason: 'because', release: null } as const
const stored = (name: string): StoredProcess => ({
  state: stateOf(processSpec(name, ['run', name] as never, IMAGE)),
  service: `orderdesk--production--${name}`,
  revision: `orderdesk--production--${name}:1`,
  hash: 'c'.repeat(16),
})

let fake: FakeAws
let ledger: EcsLedger
let states: States

beforeEach(async () => {
  fake = await FakeAws.start()
  ledger = new EcsLedger(machine(fake))
  states = new States(machine(fake))
})
afterEach(() => fake[Symbol.asyncDispose]())

const numbers = (entries: readonly { number: number }[]) => entries.map((each) => each.number)
const began = async (from = ledger): Promise<number> => {
  const { number } = await from.open(APP, ENTRY)
  await from.start(APP, number)
  return number
}
const released = async (): Promise<number> => {
  const number = await began()
  await ledger.finish(APP, number, SUCCEEDED)
  return number
}

it('gives deployments that are opened at once numbers of their own', async () => {
  const doors = ['a', 'b', 'c', 'd'].map((door) => new EcsLedger(machine(fake, door)))
  const opened = await Promise.all(doors.map((door) => door.open(APP, ENTRY)))
  expect(new Set(numbers(opened))).toEqual(new Set([1, 2, 3, 4]))
  expect(opened[0]).toMatchObject({ ...ENTRY, status: 'queued', started_at: null, record: null })
  expect(opened[0]).not.toHaveProperty('nonce')
})

it('opens one deployment when the answer was lost', async () => {
  fake.faults.add({ kind: 'lost', times: 1, when: (call) => call.operation === 'PutParameter' })
  expect((await ledger.open(APP, ENTRY)).number).toBe(1)
  expect((await ledger.open(APP, ENTRY)).number).toBe(2)
})

it('opens the next one in few calls, however many wait', async () => {
  for (let count = 0; count < 14; count++) await ledger.open(APP, ENTRY)
  fake.calls.length = 0
  expect((await ledger.open(APP, ENTRY)).number).toBe(15)
  expect(fake.calls.length).toBeLessThanOrEqual(6)
})

it('tells how a deployment went', async () => {
  const number = await began()
  const record = { processes: [{ name: 'web', before: stored('web').state }], schedules: [] }
  await ledger.record(APP, number, record)
  expect(await ledger.deployment(APP, number)).toMatchObject({ status: 'running', record })
  const release = await ledger.finish(APP, number, SUCCEEDED)
  expect(release).toMatchObject({ ...RELEASE, number: 1, deployment: number, by: 'test', title: 'A change' })
  expect(await ledger.deployment(APP, number)).toMatchObject({ status: 'succeeded', release: 1, record })
  expect(await ledger.release(APP, 1)).toEqual(release)
  expect(await ledger.deployment(APP, 99)).toBeNull()
  expect(await ledger.release(APP, 99)).toBeNull()
})

it('numbers only the releases', async () => {
  await released()
  await ledger.finish(APP, await began(), FAILED)
  await released()
  expect(numbers(await ledger.releases(APP, 10))).toEqual([2, 1])
  expect(numbers(await ledger.releases(APP, 1))).toEqual([2])
  expect(numbers(await ledger.releases(APP, 10, 2))).toEqual([1])
  expect(numbers(await ledger.deployments(APP, 2))).toEqual([3, 2])
  expect((await ledger.deployments(APP, 10))[1]).toMatchObject({ status: 'failed', reason: 'because' })
})

it('lists the newest first, those that wait included', async () => {
  for (let count = 0; count < 12; count++) await ledger.finish(APP, await began(), FAILED)
  for (let count = 0; count < 3; count++) await ledger.open(APP, ENTRY)
  expect(numbers(await ledger.deployments(APP, 100))).toEqual(Array.from({ length: 15 }, (_, i) => 15 - i))
  expect(numbers(await ledger.deployments(APP, 5))).toEqual([15, 14, 13, 12, 11])
  expect(numbers(await ledger.deployments(APP, 2))).toEqual([15, 14])
  expect(numbers(await ledger.deployments(APP, 2, 15))).toEqual([14, 13])
  expect(numbers(await ledger.deployments(APP, 3, 14))).toEqual([13, 12, 11])
  expect(numbers(await ledger.deployments(APP, 100, 3))).toEqual([2, 1])
  expect(numbers(await ledger.unfinished(APP))).toEqual([13, 14, 15])
})

it('finds those that never ended in two calls', async () => {
  const first = await began()
  const second = await ledger.open(APP, ENTRY)
  for (let count = 0; count < 5; count++) await released()
  expect(numbers(await ledger.unfinished(APP))).toEqual([first, second.number])
  await ledger.finish(APP, first, { outcome: 'interrupted', reason: 'died', release: null })
  expect(numbers(await ledger.unfinished(APP))).toEqual([second.number])
  await ledger.finish(APP, second.number, { outcome: 'interrupted', reason: 'died', release: null })
  fake.calls.length = 0
  expect(await ledger.unfinished(APP)).toEqual([])
  expect(callsOf(fake, 'gantry')).toEqual(['GetParameters', 'GetParameters'])
  await released()
  expect((await states.read(APP)).state.settled).toBe(8)
})

it('keeps what a rollout learnt with the end of its deployment', async () => {
  const number = await began()
  const nightly = taskSpec('nightly', ['run'] as never, IMAGE, { schedule: '0 3 * * *' })
  ledger.remember(APP, { web: stored('web'), worker: stored('worker') }, [nightly])
  ledger.remember(APP, { worker: null, beat: stored('beat') })
  expect((await states.read(APP)).state.processes).toEqual({})
  await ledger.finish(APP, number, SUCCEEDED)
  const { state } = await states.read(APP)
  expect(state).toMatchObject({ deployment: number, release: 1, schedules: [nightly] })
  expect(state.processes).toEqual({ web: stored('web'), beat: stored('beat') })
})

it('writes down once what it learnt', async () => {
  const number = await began()
  ledger.remember(APP, { web: stored('web') })
  await ledger.finish(APP, number, SUCCEEDED)
  const other = new EcsLedger(machine(fake, 'other'))
  other.remember(APP, { web: null })
  await other.finish(APP, await began(other), SUCCEEDED)
  await released()
  expect((await states.read(APP)).state.processes).toEqual({})
})

it('keeps what it learnt for one that has no deployment to end', async () => {
  ledger.remember(APP, { web: stored('web') })
  await ledger.flush(APP)
  expect((await states.read(APP)).state.processes).toEqual({ web: stored('web') })
  fake.calls.length = 0
  await ledger.flush(APP)
  expect(fake.calls).toEqual([])
})

it('leaves the state to the one at work when another ends that never had its turn', async () => {
  const number = await began()
  ledger.remember(APP, { web: stored('web') })
  const waiting = await ledger.open(APP, ENTRY)
  const before = await states.read(APP)
  await ledger.finish(APP, waiting.number, { outcome: 'superseded', reason: 'by #3', release: null })
  expect(await states.read(APP)).toEqual(before)
  expect(await ledger.deployment(APP, waiting.number)).toMatchObject({ status: 'superseded' })
  await ledger.finish(APP, number, SUCCEEDED)
  expect((await states.read(APP)).state.processes).toEqual({ web: stored('web') })
})

it('notes at once that a task succeeded', async () => {
  await ledger.taskSucceeded(APP, 'migrate', 'one')
  await ledger.taskSucceeded(APP, 'warm', 'two')
  await ledger.taskSucceeded(APP, 'migrate', 'three')
  expect((await states.read(APP)).state.succeeded).toEqual({ migrate: 'three', warm: 'two' })
})

it('reads state and variables in one call, and writes nothing to read', async () => {
  await released()
  await ledger.taskSucceeded(APP, 'migrate', 'one')
  fake.calls.length = 0
  await states.read(APP)
  expect(callsOf(fake, 'gantry')).toEqual(['GetParameters'])
  await ledger.taskSucceeded(APP, 'migrate', 'one')
  await ledger.deployments(APP, 10)
  await ledger.unfinished(APP)
  await ledger.releases(APP, 10)
  expect(fake.calls.filter((call) => call.writes)).toEqual([])
})

it('says that a deployment does not exist', async () => {
  await expect(ledger.start(APP, 7)).rejects.toBeInstanceOf(NotFoundError)
  await expect(ledger.finish(APP, 7, FAILED)).rejects.toThrow('there is no deployment #7')
})

it('says that the state is of a newer version', async () => {
  await ledger.taskSucceeded(APP, 'migrate', 'one')
  await states.update(APP, (state) => ({ ...state, format: 2 as never }))
  await expect(states.read(APP)).rejects.toThrow('newer version of Gantry')
  await expect(ledger.open(APP, ENTRY)).rejects.toThrow('newer version of Gantry')
})

it('gives no number twice and none away, whenever the one who opens dies', async () => {
  const writes = await atEveryWrite(() => FakeAws.start(), {
    prepare: async (account) => void (await new EcsLedger(account).open(APP, ENTRY)),
    operation: (account) => new EcsLedger(account).open(APP, ENTRY),
    afterwards: async (account, _fake, at) => {
      const after = new EcsLedger(account)
      const before = numbers(await after.deployments(APP, 10))
      expect((await after.open(APP, ENTRY)).number, at).toBe(before.length + 1)
      expect(numbers(await after.unfinished(APP)), at).toEqual([...before.toReversed(), before.length + 1])
    },
  })
  // One that is refused, because the number is taken, and one that is not.
  expect(writes).toBe(2)
})

it('has ended with a release or neither of both, whenever the one who ends dies', async () => {
  const outcomes = new Set<string>()
  const writes = await atEveryWrite(() => FakeAws.start(), {
    prepare: async (account) => {
      const before = new EcsLedger(account)
      await before.finish(APP, await began(before), SUCCEEDED)
      await began(before)
    },
    operation: async (account) => {
      const dying = new EcsLedger(account)
      dying.remember(APP, { web: stored('web') })
      await dying.finish(APP, 2, SUCCEEDED)
    },
    afterwards: async (account, fake, at) => {
      const after = new EcsLedger(account)
      const ended = (await after.deployment(APP, 2))!
      const { state } = await new States(account).read(APP)
      const isEnded = ended.status === 'succeeded'
      outcomes.add(ended.status)
      expect(ended, at).toMatchObject(
        isEnded ? { release: 2, status: 'succeeded' } : { release: null, status: 'running' },
      )
      expect(numbers(await after.releases(APP, 10)), at).toEqual(isEnded ? [2, 1] : [1])
      expect((await after.release(APP, 2)) !== null, at).toBe(isEnded)
      expect(numbers(await after.unfinished(APP)), at).toEqual(isEnded ? [] : [2])
      expect((await after.deployments(APP, 1))[0], at).toEqual(ended)
      expect(Object.keys(state.processes), at).toEqual(isEnded ? ['web'] : [])
      if (!isEnded) {
        await after.finish(APP, 2, { outcome: 'interrupted', reason: 'died', release: null })
        expect(numbers(await after.releases(APP, 10)), at).toEqual([1])
      }
      const next = await began(after)
      const release = await after.finish(APP, next, { ...SUCCEEDED, release: { ...RELEASE, commit: 'next' } })
      expect(release, at).toMatchObject({ number: isEnded ? 3 : 2, commit: 'next', deployment: 3 })
      expect(await after.release(APP, release!.number), at).toEqual(release)
      // The state has forgotten the second one: its own document says how it ended.
      expect(await after.deployment(APP, 2), at).toMatchObject({
        status: isEnded ? 'succeeded' : 'interrupted',
      })
      expect(await after.unfinished(APP), at).toEqual([])
      expect(
        (await namesUnder(fake, ROOT)).filter((name) => name.includes('.')),
        at,
      ).toEqual([])
    },
  })
  // Release, state, deployment.
  expect(writes).toBe(3)
  expect([...outcomes]).toEqual(['running', 'succeeded'])
})

it('keeps a hundred deployments, those that never ended, and ten releases', async () => {
  for (let count = 0; count < 12; count++) await released()
  const state = await states.update(APP, (now) => ({ ...now, deployment: 105, settled: 4 }))
  expect(state.release).toBe(12)
  for (const name of ['cancel/3', 'cancel/200', 'env/KEY', 'lock']) await poke(fake, ROOT + name, 'x')
  await ledger.prune(APP)
  const left = await namesUnder(fake, ROOT)
  expect(left).toEqual(
    [
      'cancel/200',
      ...[5, 6, 7, 8, 9, 10, 11, 12].map((number) => `deployments/${number}`),
      'env/KEY',
      'lock',
      ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) => `releases/${number}`),
      'state',
    ].toSorted(),
  )
})

it('deletes the parts that writers left who died, once nobody can be at work on them', async () => {
  await released()
  const orphan = `${ROOT}state.0123456789abcdef.2`
  await poke(fake, orphan, 'x')
  await poke(fake, `${ROOT}releases/7.0123456789abcdef.2`, 'x')
  await ledger.prune(APP)
  expect(await peek(fake, orphan)).toBe('x')
  await fake.clock.sleep(3_700)
  await ledger.prune(APP)
  expect((await namesUnder(fake, ROOT)).filter((name) => name.includes('.'))).toEqual([])
  expect(numbers(await ledger.releases(APP, 10))).toEqual([1])
})

it('deletes everything of an app, and nothing of another one', async () => {
  const other = { ...APP, environment: 'production2' }
  await ledger.open(other, ENTRY)
  for (let count = 0; count < 5; count++) await released()
  for (const name of ['lock', 'env/KEY/1']) await poke(fake, ROOT + name, 'x')
  fake.calls.length = 0
  await ledger.removeAll(APP)
  const deletions = fake.calls.filter((call) => call.operation === 'DeleteParameters')
  expect(deletions.at(-1)!.input['Names']).toEqual([`${ROOT}lock`])
  expect(await namesUnder(fake, ROOT)).toEqual([])
  expect(numbers(await ledger.deployments(other, 10))).toEqual([1])
  expect((await ledger.open(APP, ENTRY)).number).toBe(1)
})
