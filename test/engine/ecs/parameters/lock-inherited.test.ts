import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Lock, LockRequest } from '../../../../src/engine/lock.ts'
import { Locks } from '../../../../src/engine/ecs/parameters/lock.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { APP, cutOff, machine } from './account.ts'

const NOBODY = new AbortController().signal

let fake: FakeAws
let dead: Locks
let heir: Locks
beforeEach(async () => {
  fake = await FakeAws.start()
  dead = new Locks(machine(fake, 'dead'))
  heir = new Locks(machine(fake, 'heir'))
})
afterEach(() => fake[Symbol.asyncDispose]())

const ask = (locks: Locks, deployment: number, more: Partial<LockRequest> = {}): Promise<Lock> =>
  locks.lock(APP, { deployment, supersedes: false, onWait: () => {}, signal: NOBODY, ...more })
const seconds = () => fake.clock.now() / 1_000

it('whoever finishes the deployment of a holder that is dead takes its lock at once', async () => {
  await ask(dead, 7)
  cutOff(fake, 'dead')
  const began = seconds()
  const waits: number[] = []
  const lock = await ask(heir, 7, { inherits: true, onWait: (holder) => waits.push(holder) })
  expect(seconds() - began).toBeLessThan(1)
  expect(waits).toEqual([])
  await lock.release()
  await (await ask(heir, 8)).release()
})

it('the lock of another deployment is not inherited', async () => {
  const held = await ask(dead, 8)
  const enough = new AbortController()
  const waits: number[] = []
  const asked = ask(heir, 7, {
    inherits: true,
    signal: enough.signal,
    onWait: (holder) => {
      waits.push(holder)
      enough.abort()
    },
  })
  await expect(asked).rejects.toThrow('cancelled')
  expect(waits).toEqual([8])
  expect(held.signal.aborted).toBe(false)
  await held.release()
})
