import type { Account } from '../../../../src/engine/ecs/account.ts'
import type { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { cutOff, machine } from './account.ts'

/** Of a machine that dies at a write: whether that write was carried out. */
type Moment = 'before' | 'after'

/** Runs this on a machine that dies at its k-th write. False: it has fewer, and has ended. */
async function dies(
  fake: FakeAws,
  write: { k: number; moment: Moment },
  operation: (account: Account) => Promise<unknown>,
): Promise<boolean> {
  const caller = `dies-${write.moment}-${write.k}`
  const death = Promise.withResolvers<boolean>()
  let writes = 0
  let dead = false
  fake.faults.add({
    kind: 'lost',
    when: (call) => {
      if (call.caller !== caller || dead || !call.writes || ++writes !== write.k) return false
      dead = true
      return write.moment === 'after'
    },
  })
  cutOff(fake, caller, () => {
    if (dead) death.resolve(true)
    return dead
  })
  const ended = operation(machine(fake, caller)).then(
    () => false,
    () => true,
  )
  return Promise.race([ended, death.promise])
}

/**
 * Lets a machine die at each write of an operation in turn, just before and just after it is carried out; each time on a
 * new fake that was prepared, which is looked at afterwards. Resolves with the number of writes.
 */
export async function atEveryWrite(
  start: () => Promise<FakeAws>,
  {
    prepare,
    operation,
    afterwards,
  }: {
    prepare: (account: Account) => Promise<void>
    operation: (account: Account) => Promise<unknown>
    afterwards: (account: Account, fake: FakeAws, at: string) => Promise<void>
  },
): Promise<number> {
  for (let k = 1; ; k++) {
    for (const moment of ['before', 'after'] as const) {
      await using fake = await start()
      await prepare(machine(fake))
      if (!(await dies(fake, { k, moment }, operation))) return k - 1
      await afterwards(machine(fake), fake, `${moment} write ${k}`)
    }
  }
}
