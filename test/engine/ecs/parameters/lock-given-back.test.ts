import { afterEach, beforeEach, expect, it } from 'vitest'

import { ATTEMPTS } from '../../../../src/engine/ecs/aws.ts'
import type { Lock, LockRequest } from '../../../../src/engine/lock.ts'
import { Locks } from '../../../../src/engine/ecs/parameters/lock.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import type { Call } from '../../../fakes/aws/faults.ts'
import { APP, cutOff, intercepted, isGivenBack, machine, peek, poke, ROOT } from './account.ts'

const NAME = `${ROOT}lock`
const NOBODY = new AbortController().signal

let fake: FakeAws
beforeEach(async () => {
  fake = await FakeAws.start()
})
afterEach(() => fake[Symbol.asyncDispose]())

const door = (caller: string): Locks => new Locks(machine(fake, caller))
const ask = (locks: Locks, deployment: number, more: Partial<LockRequest> = {}): Promise<Lock> =>
  locks.lock(APP, { deployment, supersedes: false, onWait: () => {}, signal: NOBODY, ...more })
const pass = (time: number) => fake.clock.sleep(time)
const seconds = () => fake.clock.now() / 1_000
const lockNow = async () => JSON.parse((await peek(fake, NAME))!) as { deployment: number; nonce: string }

/** Whether it is given within these seconds. */
async function isGiven(asked: Promise<Lock>, within: number): Promise<boolean> {
  let given = false
  void asked.then(() => (given = true))
  await pass(within)
  return given
}

it('is never deleted, for it is soon needed again', async () => {
  for (let deployment = 1; deployment <= 5; deployment++) {
    await (await ask(door(`door-${deployment}`), deployment)).release()
  }
  expect(fake.calls.filter((call) => call.operation === 'DeleteParameters')).toEqual([])
  expect(await isGivenBack(fake)).toBe(true)
})

it('is free at once for the next one', async () => {
  await (await ask(door('a'), 1)).release()
  const began = seconds()
  const waits: number[] = []
  await ask(door('b'), 2, { onWait: (holder) => waits.push(holder) })
  expect(seconds() - began).toBeLessThan(1)
  expect(waits).toEqual([])
})

it('goes to one of several that find it free in the same moment, and the others learn who has it', async () => {
  await (await ask(door('a'), 1)).release()
  const both = Promise.withResolvers<void>()
  let arrived = 0
  const waits: number[] = []
  const given: number[] = []
  for (const deployment of [2, 3]) {
    const account = intercepted(machine(fake, `door-${deployment}`), async (name) => {
      if (name !== 'putParameter' || arrived === 2) return
      if (++arrived === 2) both.resolve()
      await both.promise
    })
    const asked = ask(new Locks(account), deployment, { onWait: (holder) => waits.push(holder) })
    void asked.then(() => given.push(deployment))
  }
  await both.promise
  await pass(60)
  expect(given).toHaveLength(1)
  expect(waits).toEqual(given)
})

it('stays with its holder when one that had it before gives it back too late', async () => {
  const late = { deployment: 1, nonce: 'old', takes_over: null, released: { version: 1, nonce: 'old' } }
  await poke(fake, NAME, JSON.stringify({ ...late, released: null }))
  await pass(130)
  const held = await ask(door('b'), 2)
  await poke(fake, NAME, JSON.stringify(late))
  expect(await isGiven(ask(door('c'), 3), 200)).toBe(false)
  expect(held.signal.aborted).toBe(false)
  expect(await lockNow()).toMatchObject({ deployment: 2 })
})

it('is not taken for given back by the number of a lock that was deleted', async () => {
  const other = { deployment: 1, nonce: 'other', takes_over: null, released: null }
  await poke(fake, NAME, JSON.stringify(other))
  const late = { ...other, nonce: 'late', released: { version: 1, nonce: 'of an earlier lock' } }
  await poke(fake, NAME, JSON.stringify(late))
  expect(await isGiven(ask(door('c'), 3), 60)).toBe(false)
})

it('is given back upon the write of one who came too late, whenever that comes', async () => {
  let isLate = true
  const account = intercepted(machine(fake, 'a'), async (name, { Value }) => {
    if (name !== 'putParameter' || !Value!.includes('"released":{') || !isLate) return
    isLate = false
    const takes_over = { version: 7, nonce: 'whoever' }
    await poke(fake, NAME, JSON.stringify({ deployment: 9, nonce: 'late', takes_over }))
  })
  await (await ask(new Locks(account), 1)).release()
  expect(isLate).toBe(false)
  expect(await isGivenBack(fake)).toBe(true)
  expect(await isGiven(ask(door('b'), 2), 5)).toBe(true)
})

it('is given back once, although the answer was lost and somebody has it by now', async () => {
  const held = await ask(door('a'), 1)
  const isWrite = (call: Call) => call.caller === 'a' && call.writes
  fake.faults.add({ kind: 'lost', times: 1, when: isWrite })
  fake.faults.add({ kind: { slow: 500 }, times: 1, when: isWrite })
  const released = held.release()
  // Taken, given back, and on the way to be given back again.
  while (fake.calls.filter(isWrite).length < 3) await new Promise((resolve) => setImmediate(resolve))
  const taken = await ask(door('b'), 2)
  await released
  expect(await isGiven(ask(door('c'), 3), 100)).toBe(false)
  expect(taken.signal.aborted).toBe(false)
})

it('is recognised by one whose questions were throttled after it took it', async () => {
  await (await ask(door('a'), 1)).release()
  fake.faults.add({
    kind: 'throttle',
    times: ATTEMPTS,
    when: (call) => call.caller === 'b' && call.operation === 'GetParameter',
  })
  expect(await isGiven(ask(door('b'), 2), 60)).toBe(true)
})

it('is not inherited from a deployment that has it, by one whose own write came too late', async () => {
  await (await ask(door('a'), 1)).release()
  let first: Lock | null = null
  const account = intercepted(machine(fake, 'heir'), async (name) => {
    if (name === 'putParameter') first ??= await ask(door('b'), 8)
  })
  expect(await isGiven(ask(new Locks(account), 7, { inherits: true }), 100)).toBe(false)
  expect(first!.signal.aborted).toBe(false)
})

it('is not inherited from one that died while it waited, upon what it wrote too late', async () => {
  const held = await ask(door('b'), 8)
  const takes_over = { version: 7, nonce: 'before' }
  await poke(fake, NAME, JSON.stringify({ deployment: 7, nonce: 'dead', takes_over, released: null }))
  expect(await isGiven(ask(door('heir'), 7, { inherits: true }), 100)).toBe(false)
  expect(held.signal.aborted).toBe(false)
})

it('is inherited from one that was cancelled and died, and held until what it began is taken back', async () => {
  await ask(door('dead'), 7)
  await door('person').cancel(APP, 7)
  cutOff(fake, 'dead')
  const held = await ask(door('heir'), 7, { inherits: true })
  await pass(100)
  expect(held.signal.aborted).toBe(false)
})
