import { afterEach, beforeEach, expect, it } from 'vitest'

import { CancelledError } from '../../../../src/app/errors.ts'
import type { Lock, LockRequest } from '../../../../src/engine/lock.ts'
import { SupersededError, type DeploymentKind } from '../../../../src/engine/ledger.ts'
import { EcsLedger } from '../../../../src/engine/ecs/parameters/ledger.ts'
import { Locks } from '../../../../src/engine/ecs/parameters/lock.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { APP, callsOf, cutOff, intercepted, isGivenBack, machine, peek, poke, ROOT } from './account.ts'
import { atEveryWrite } from './deaths.ts'

const NAME = `${ROOT}lock`
const CANCELLED = { outcome: 'cancelled', reason: null, release: null } as const
const NOBODY = new AbortController().signal

let fake: FakeAws
/** Two machines and more: each has a queue of its own. */
let a: Locks
let b: Locks

beforeEach(async () => {
  fake = await FakeAws.start()
  a = new Locks(machine(fake, 'a'))
  b = new Locks(machine(fake, 'b'))
})
afterEach(() => fake[Symbol.asyncDispose]())

const ask = (locks: Locks, deployment: number, more: Partial<LockRequest> = {}): Promise<Lock> =>
  locks.lock(APP, { deployment, supersedes: true, onWait: () => {}, signal: NOBODY, ...more })
const seconds = () => fake.clock.now() / 1_000
const pass = (time: number) => fake.clock.sleep(time)
const lockNow = async () =>
  JSON.parse((await peek(fake, NAME))!) as { deployment: number; nonce: string; takes_over: unknown }
const dies = (caller: string) => cutOff(fake, caller)
const aborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => {
    if (signal.aborted) resolve(signal.reason)
    signal.addEventListener('abort', () => resolve(signal.reason))
  })

it('is held by one machine at a time, and says whom the other waits for', async () => {
  const held = await ask(a, 1)
  const waits: number[] = []
  const waiting = ask(b, 2, { onWait: (holder) => waits.push(holder) })
  let given = false
  void waiting.then(() => (given = true))
  await pass(600)
  expect(given).toBe(false)
  expect(held.signal.aborted).toBe(false)
  expect(waits).toEqual([1])
  const released = seconds()
  await held.release()
  const second = await waiting
  expect(seconds() - released).toBeLessThan(7)
  expect(await lockNow()).toMatchObject({ deployment: 2 })
  await second.release()
  expect(await isGivenBack(fake)).toBe(true)
})

it('costs a few calls when it is free, at first and later', async () => {
  await (await ask(a, 1)).release()
  expect(callsOf(fake, 'a')).toEqual(['GetParameters', 'PutParameter', 'GetParameters', 'PutParameter'])
  await ask(b, 2)
  expect(callsOf(fake, 'b')).toEqual(['GetParameters', 'PutParameter', 'GetParameter', 'GetParameter'])
})

it('waits with one call every few seconds', async () => {
  const held = await ask(a, 1)
  void ask(b, 2)
  await pass(100)
  const polls = callsOf(fake, 'b')
  expect(new Set(polls)).toEqual(new Set(['GetParameters']))
  expect(polls.length).toBeGreaterThan(15)
  expect(polls.length).toBeLessThan(35)
  await held.release()
})

it('is taken over from a machine that died, once its lease has surely ended', async () => {
  const held = await ask(a, 1)
  dies('a')
  const died = seconds()
  const waiting = ask(b, 2)
  await aborted(held.signal)
  expect(seconds() - died).toBeLessThanOrEqual(90)
  const second = await waiting
  expect(seconds() - died).toBeGreaterThan(120)
  expect(seconds() - died).toBeLessThan(130)
  await second.release()
})

it('goes to one of all who find that it has expired, and to the others in turn', async () => {
  await ask(a, 1)
  dies('a')
  let holders = 0
  let most = 0
  const turns = [2, 3, 4, 5, 6].map(async (deployment) => {
    const locks = new Locks(machine(fake, `waits-${deployment}`))
    const lock = await ask(locks, deployment, { supersedes: false })
    most = Math.max(most, ++holders)
    await pass(50)
    holders--
    expect(lock.signal.aborted).toBe(false)
    await lock.release()
  })
  await Promise.all(turns)
  expect(most).toBe(1)
  expect(await isGivenBack(fake)).toBe(true)
})

it('goes to one of two that find so in the same moment', async () => {
  await ask(a, 1)
  dies('a')
  await pass(125)
  const both = Promise.withResolvers<void>()
  let arrived = 0
  const takers = ['b', 'c'].map((caller) =>
    intercepted(machine(fake, caller), async (name, { Overwrite }) => {
      if (name !== 'putParameter' || Overwrite !== true) return
      if (++arrived === 2) both.resolve()
      await both.promise
    }),
  )
  const given: Lock[] = []
  for (const [index, taker] of takers.entries()) {
    void ask(new Locks(taker), index + 2, { supersedes: false }).then((lock) => given.push(lock))
  }
  await both.promise
  await pass(100)
  expect(given.map((lock) => lock.signal.aborted)).toEqual([false])
  await given[0]!.release()
  await pass(10)
  expect(given.map((lock) => lock.signal.aborted)).toEqual([false, false])
  await given[1]!.release()
  expect(await isGivenBack(fake)).toBe(true)
})

it('keeps out one that took it over too late, and repairs what that wrote', async () => {
  const held = await ask(a, 1)
  const before = await lockNow()
  await pass(45)
  const late = { deployment: 9, nonce: 'late', takes_over: { version: 1, nonce: before.nonce } }
  await poke(fake, NAME, JSON.stringify(late))
  let given = false
  void ask(b, 2).then(() => (given = true))
  await pass(200)
  expect(held.signal.aborted).toBe(false)
  expect(given).toBe(false)
  expect(await lockNow()).toMatchObject({ deployment: 1, nonce: before.nonce })
  await held.release()
})

it('is given back although somebody tried to take it over too late', async () => {
  const held = await ask(a, 1)
  const { nonce } = await lockNow()
  await pass(45)
  await poke(fake, NAME, JSON.stringify({ deployment: 9, nonce: 'late', takes_over: { version: 1, nonce } }))
  await held.release()
  expect(await isGivenBack(fake)).toBe(true)
})

it('is not lost to one who saw an earlier lock with the same number', async () => {
  await (await ask(b, 1)).release()
  const held = await ask(a, 2)
  const late = { deployment: 9, nonce: 'late', takes_over: { version: 1, nonce: 'of an earlier lock' } }
  await poke(fake, NAME, JSON.stringify(late))
  await pass(100)
  expect(held.signal.aborted).toBe(false)
  expect(await lockNow()).toMatchObject({ deployment: 2 })
  await held.release()
})

it('tells the one who holds it that another has taken it over, and leaves it to that one', async () => {
  const held = await ask(a, 1)
  const { nonce } = await lockNow()
  const other = { deployment: 2, nonce: 'other', takes_over: { version: 1, nonce } }
  await poke(fake, NAME, JSON.stringify(other))
  const reason = await aborted(held.signal)
  expect(reason).toMatchObject({ message: expect.stringContaining('lock of this deployment was lost') })
  await held.release()
  expect(await lockNow()).toEqual(other)
})

it('tells so even when somebody else wrote after the one who took it over', async () => {
  const held = await ask(a, 1)
  const { nonce } = await lockNow()
  for (const other of ['other', 'late']) {
    const takes_over = { version: 1, nonce }
    await poke(fake, NAME, JSON.stringify({ deployment: 2, nonce: other, takes_over }))
  }
  expect(await aborted(held.signal)).toMatchObject({ message: expect.stringContaining('lost') })
})

it('tells the one who holds it that it was deleted', async () => {
  const held = await ask(a, 1)
  const ssm = await machine(fake, 'person').aws.ssm()
  await ssm.deleteParameters({ Names: [NAME] })
  await aborted(held.signal)
  await held.release()
  // SSM wants half a minute before there is one of that name again.
  await pass(30)
  await (await ask(b, 2)).release()
})

it('is made anew by one who saw it when it was deleted, as soon as SSM takes it', async () => {
  await ask(a, 1)
  const waiting = ask(b, 2)
  await pass(10)
  const ssm = await machine(fake, 'person').aws.ssm()
  await ssm.deleteParameters({ Names: [NAME] })
  const deleted = seconds()
  await (await waiting).release()
  expect(seconds() - deleted).toBeLessThan(45)
})

it('survives a minute of throttling, and no more than its lease', async () => {
  const held = await ask(a, 1)
  await pass(30)
  fake.faults.add({ kind: 'throttle', when: (call) => call.caller === 'a' })
  await pass(50)
  fake.faults.clear()
  await pass(60)
  expect(held.signal.aborted).toBe(false)
  fake.faults.add({ kind: 'throttle', when: (call) => call.caller === 'a' })
  const since = seconds()
  expect(await aborted(held.signal)).toMatchObject({ message: expect.stringContaining('asked too often') })
  expect(seconds() - since).toBeGreaterThan(65)
  expect(seconds() - since).toBeLessThanOrEqual(90)
  await held.release()
})

it('is waited for through throttling', async () => {
  const held = await ask(a, 1)
  fake.faults.add({ kind: 'throttle', when: (call) => call.caller === 'b' })
  const waiting = ask(b, 2)
  await pass(60)
  fake.faults.clear()
  await held.release()
  await (await waiting).release()
})

it('is held when the answer was lost: at once, and when it was taken over', async () => {
  const lost = (caller: string, overwrites: boolean) =>
    fake.faults.add({
      kind: 'lost',
      times: 1,
      when: (call) => call.caller === caller && call.input['Overwrite'] === overwrites,
    })
  lost('a', false)
  let since = seconds()
  await ask(a, 1)
  expect(seconds() - since).toBeLessThan(10)
  dies('a')
  await pass(125)
  lost('b', true)
  since = seconds()
  const held = await ask(b, 2)
  expect(seconds() - since).toBeLessThan(10)
  await pass(100)
  expect(held.signal.aborted).toBe(false)
  await held.release()
  expect(await isGivenBack(fake)).toBe(true)
})

it('stops a deployment that was cancelled from elsewhere, and is held until that has tidied up', async () => {
  const held = await ask(a, 1)
  await pass(5)
  const asked = seconds()
  await b.cancel(APP, 1)
  expect(await aborted(held.signal)).toBeInstanceOf(CancelledError)
  expect(seconds() - asked).toBeLessThanOrEqual(20)
  let given = false
  const next = ask(b, 2)
  void next.then(() => (given = true))
  await pass(300)
  expect(given).toBe(false)
  await held.release()
  const lock = await next
  await pass(60)
  expect(lock.signal.aborted).toBe(false)
  await lock.release()
  expect(await isGivenBack(fake)).toBe(true)
})

it('stops one that waits and was cancelled from elsewhere, and no other', async () => {
  const held = await ask(a, 1)
  const waiting = ask(b, 2)
  await pass(10)
  await a.cancel(APP, 2)
  await expect(waiting).rejects.toBeInstanceOf(CancelledError)
  await pass(60)
  expect(held.signal.aborted).toBe(false)
  await held.release()
  expect(await isGivenBack(fake)).toBe(true)
})

it('lets one that waits give up', async () => {
  const held = await ask(a, 1)
  const abort = new AbortController()
  const waiting = ask(b, 2, { signal: abort.signal })
  await pass(10)
  abort.abort()
  await expect(waiting).rejects.toBeInstanceOf(CancelledError)
  await held.release()
  await (await ask(b, 3)).release()
})

const successors: [string, DeploymentKind, boolean][] = [
  ['a newer deployment', 'deploy', true],
  ['a newer roll-back', 'rollback', true],
  ["an operator's change", 'operate', false],
]
it.each(successors)('waits no longer when %s waits on another machine: %s', async (_what, kind, isDue) => {
  const ledger = new EcsLedger(machine(fake))
  const entry = { commit: null, by: 'test', title: 'A change' }
  const open = async (kind: DeploymentKind) => (await ledger.open(APP, { ...entry, kind })).number
  const held = await ask(a, await open('deploy'))
  let isWaiting = true
  const waiting = ask(b, await open('deploy')).finally(() => (isWaiting = false))
  await pass(10)
  expect(isWaiting).toBe(true)
  await open(kind)
  if (isDue) {
    await expect(waiting).rejects.toThrow(SupersededError)
    await expect(waiting).rejects.toThrow('superseded by deployment #3')
    await held.release()
  } else {
    await pass(30)
    expect(isWaiting).toBe(true)
    await held.release()
    await (await waiting).release()
  }
})

const gone: [string, (ledger: EcsLedger, number: number) => Promise<void>][] = [
  ['has ended', async (ledger, number) => void (await ledger.finish(APP, number, CANCELLED))],
  ['has been left by its deployer', () => pass(3_601)],
]
it.each(gone)('is not given up for a newer deployment that %s', async (_what, leave) => {
  const ledger = new EcsLedger(machine(fake))
  const open = async () =>
    (await ledger.open(APP, { kind: 'deploy', commit: null, by: 'test', title: 'A change' })).number
  const numbers = [await open(), await open(), await open()] as const
  await leave(ledger, numbers[2])
  const held = await ask(a, numbers[0])
  const waiting = ask(b, numbers[1])
  await pass(30)
  await held.release()
  await (await waiting).release()
})

it("does not supersede an operator's change", async () => {
  const ledger = new EcsLedger(machine(fake))
  for (let count = 0; count < 3; count++) {
    await ledger.open(APP, { kind: 'deploy', commit: null, by: 'test', title: 'A change' })
  }
  const held = await ask(a, 1)
  const waiting = ask(b, 2, { supersedes: false })
  await pass(30)
  await held.release()
  await (await waiting).release()
})

it('gives the turn in this process to the next when one gives up', async () => {
  const held = await ask(a, 1)
  const abort = new AbortController()
  const waits: number[] = []
  const first = ask(b, 2, { supersedes: false, signal: abort.signal })
  const second = ask(b, 3, { supersedes: false, onWait: (holder) => waits.push(holder) })
  await pass(10)
  abort.abort()
  await expect(first).rejects.toBeInstanceOf(CancelledError)
  await pass(10)
  await held.release()
  await (await second).release()
  expect(waits).toEqual([2])
})

it('is given back in the end although AWS does not answer', async () => {
  const held = await ask(a, 1)
  dies('a')
  const since = seconds()
  await held.release()
  expect(seconds() - since).toBeLessThanOrEqual(90)
  await (await ask(b, 2)).release()
})

it('stops renewing when it was given back', async () => {
  const held = await ask(a, 1)
  await Promise.all([held.release(), held.release()])
  fake.calls.length = 0
  await pass(300)
  expect(callsOf(fake, 'a')).toEqual([])
})

it('says what to do about a lock that cannot be read', async () => {
  await poke(fake, NAME, 'mine!')
  await expect(ask(a, 1)).rejects.toMatchObject({ hint: expect.stringContaining('delete-parameter') })
})

it('can be taken again, whenever one who takes it and gives it back dies', async () => {
  const writes = await atEveryWrite(() => FakeAws.start(), {
    prepare: async () => {},
    operation: async (account) => {
      const lock = await ask(new Locks(account), 1)
      await account.clock.sleep(30)
      await lock.release()
    },
    afterwards: async (account, fake, at) => {
      const began = fake.clock.now()
      const lock = await ask(new Locks(account), 2)
      expect(fake.clock.now() - began, at).toBeLessThan(130_000)
      await fake.clock.sleep(100)
      expect(lock.signal.aborted, at).toBe(false)
      await lock.release()
      expect(await isGivenBack(fake), at).toBe(true)
    },
  })
  // Taken, renewed, given back.
  expect(writes).toBe(3)
})
