import type { FakeAws } from '../../fakes/aws/fake-aws.ts'
import type { Call } from '../../fakes/aws/faults.ts'

/** Of a caller that dies at a call: whether that call was carried out. Its answer never comes. */
export type Moment = 'before' | 'after'

export interface Death {
  caller: string
  /** Whether it is the last call that it makes. Asked for each of its calls, in order, until it is dead. */
  at: (call: Call) => boolean
  moment: Moment
}

/** Does work as a caller that dies as SIGKILL ends one: nothing that it does later reaches AWS. False: it has ended before. */
export async function dies(
  fake: FakeAws,
  { caller, at, moment }: Death,
  work: () => Promise<unknown>,
): Promise<boolean> {
  const death = Promise.withResolvers<boolean>()
  let isDead = false
  fake.faults.add({
    kind: 'lost',
    when: (call) => {
      if (call.caller !== caller || isDead || !at(call)) return false
      isDead = true
      return moment === 'after'
    },
  })
  fake.faults.add({
    kind: 'hang',
    when: (call) => {
      if (call.caller !== caller || !isDead) return false
      death.resolve(true)
      return true
    },
  })
  const ended = work().then(
    () => false,
    () => false,
  )
  return Promise.race([ended, death.promise])
}

/** The k-th call that changes something. */
export function atWrite(k: number): Death['at'] {
  let writes = 0
  return (call) => call.writes && ++writes === k
}
