import type { PutParameterRequest } from '@aws-sdk/client-ssm'

import type { AppId } from '../../../../src/app/app.ts'
import type { Account } from '../../../../src/engine/ecs/account.ts'
import { isReleased, readLock } from '../../../../src/engine/ecs/parameters/lock-value.ts'
import { lockParameter } from '../../../../src/engine/ecs/parameters/parameter-names.ts'
import { ParameterStore } from '../../../../src/engine/ecs/parameters/parameter-store.ts'
import type { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { awsOf } from '../aws.ts'

export const APP: AppId = { name: 'orderdesk', environment: 'production' }
export const ROOT = '/gantry/orderdesk/production/'

/** One machine that works on the account. */
export function machine(fake: FakeAws, caller = 'gantry'): Account {
  return { aws: awsOf(fake, caller), clock: fake.clock, cluster: 'default' }
}

/** The same machine; this comes before each of its calls, `putParameter`, and may delay it or let it fail. */
export function intercepted(
  account: Account,
  before: (name: string, input: PutParameterRequest) => Promise<void>,
): Account {
  const ssm = async () =>
    new Proxy(await account.aws.ssm(), {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name)
        if (typeof call !== 'function') return call
        return async (...input: [PutParameterRequest, unknown]) => {
          await before(String(name), input[0])
          return call.apply(target, input) as unknown
        }
      },
    })
  return { ...account, aws: { ssm } as Account['aws'] }
}

/** A failure as the SDK throws it. */
export function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

/** From now on, or from when this says so, AWS does not answer a machine any more. */
export function cutOff(fake: FakeAws, caller: string, isCut: () => boolean = () => true): void {
  fake.faults.add({ kind: 'hang', when: (call) => call.caller === caller && isCut() })
}

/** What was called since, as `PutParameter`, without what the test itself looks at. */
export function callsOf(fake: FakeAws, caller: string): string[] {
  return fake.calls.filter((call) => call.caller === caller).map((call) => call.operation)
}

export async function peek(fake: FakeAws, name: string): Promise<string | undefined> {
  const ssm = await machine(fake, 'test').aws.ssm()
  return (await ssm.getParameters({ Names: [name], WithDecryption: true })).Parameters?.[0]?.Value
}

export async function poke(fake: FakeAws, name: string, value: string): Promise<void> {
  const ssm = await machine(fake, 'test').aws.ssm()
  await ssm.putParameter({ Name: name, Value: value, Type: 'String', Overwrite: true, Tier: 'Advanced' })
}

/** Whether the lock is free: there, and nobody's. */
export async function isGivenBack(fake: FakeAws): Promise<boolean> {
  const name = lockParameter(APP)
  return isReleased(readLock((await new ParameterStore(machine(fake, 'test')).get([name])).get(name)!))
}

export async function namesUnder(fake: FakeAws, path: string): Promise<string[]> {
  const ssm = await machine(fake, 'test').aws.ssm()
  const names: string[] = []
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await ssm.describeParameters({
      ParameterFilters: [{ Key: 'Path', Option: 'Recursive', Values: [path.slice(0, -1)] }],
      ...(token !== undefined && { NextToken: token }),
    })
    names.push(...(page.Parameters ?? []).map((each) => each.Name!.slice(path.length)))
    token = page.NextToken
  }
  return names.toSorted()
}
