import type { Account } from '../../../../src/engine/ecs/account.ts'
import type { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { atWrite, dies } from '../death.ts'
import { machine } from './account.ts'

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
      const caller = `dies-${moment}-${k}`
      const death = { caller, at: atWrite(k), moment }
      if (!(await dies(fake, death, () => operation(machine(fake, caller))))) return k - 1
      await afterwards(machine(fake), fake, `${moment} write ${k}`)
    }
  }
}
