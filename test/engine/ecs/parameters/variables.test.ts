import { inspect } from 'node:util'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { UserError } from '../../../../src/app/errors.ts'
import type { NewVariable, Variable } from '../../../../src/engine/engine.ts'
import { States } from '../../../../src/engine/ecs/parameters/state.ts'
import { Variables } from '../../../../src/engine/ecs/parameters/variables.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import type { Call } from '../../../fakes/aws/faults.ts'
import { APP, intercepted, machine, namesUnder, peek, refusal, ROOT } from './account.ts'
import { atEveryWrite } from './deaths.ts'

const variable = (name: string, value: string, more: Partial<NewVariable> = {}): NewVariable => ({
  name,
  value,
  process: null,
  secret: false,
  ...more,
})

let fake: FakeAws
let variables: Variables

beforeEach(async () => {
  fake = await FakeAws.start()
  variables = new Variables(machine(fake))
})
afterEach(() => fake[Symbol.asyncDispose]())

const all = async (): Promise<Variable[]> => (await new States(machine(fake)).read(APP)).variables
const versionOf = async (name: string): Promise<number> =>
  (await all()).find((each) => each.name === name)!.version

const described = async (name: string) => {
  const ssm = await machine(fake, 'test').aws.ssm()
  const filter = { Key: 'Name', Values: [name] }
  return (await ssm.describeParameters({ ParameterFilters: [filter] })).Parameters![0]!
}

it('keeps values in parameters of their own, secrets encrypted, and shows names and versions', async () => {
  await variables.set(APP, variable('LEVEL', 'info'))
  await variables.set(APP, variable('KEY', 'correct-horse', { secret: true }))
  await variables.set(APP, variable('LEVEL', 'debug', { process: 'web' }))
  expect(await all()).toEqual([
    { name: 'KEY', process: null, secret: true, version: 1 },
    { name: 'LEVEL', process: null, secret: false, version: 1 },
    { name: 'LEVEL', process: 'web', secret: false, version: 2 },
  ])
  expect(await peek(fake, `${ROOT}env/LEVEL/1`)).toBe('info')
  expect(await peek(fake, `${ROOT}env/KEY/1`)).toBe('correct-horse')
  expect(await peek(fake, `${ROOT}env/LEVEL/2`)).toBe('debug')
  expect((await described(`${ROOT}env/KEY/1`)).Type).toBe('SecureString')
  expect((await described(`${ROOT}env/LEVEL/2`)).Description).toBe('set for web')
})

it('keeps every value that was set, until somebody says that nothing names it', async () => {
  await variables.set(APP, variable('KEY', 'a'))
  await variables.set(APP, variable('KEY', 'b', { secret: true }))
  await variables.unset(APP, 'KEY', null)
  await variables.set(APP, variable('KEY', 'c', { process: 'web' }))
  await variables.set(APP, variable('KEY', 'd', { process: 'web' }))
  expect(await peek(fake, `${ROOT}env/KEY/1`)).toBe('a')
  expect(await peek(fake, `${ROOT}env/KEY/2`)).toBe('b')
  expect(await peek(fake, `${ROOT}env/KEY/4`)).toBe('c')
  await variables.prune(APP, async () => new Set([`${ROOT}env/KEY/2`]))
  expect(await namesUnder(fake, `${ROOT}env/`)).toEqual(['KEY/2', 'KEY/3', 'KEY/5'])
  expect(await all()).toEqual([{ name: 'KEY', process: 'web', secret: false, version: 5 }])
  await variables.set(APP, variable('KEY', 'e'))
  expect(await all()).toContainEqual({ name: 'KEY', process: null, secret: false, version: 6 })
})

it('asks for nothing where there is nothing to delete', async () => {
  await variables.set(APP, variable('KEY', 'a'))
  await variables.prune(APP, () => Promise.reject(new Error('asked')))
  expect(await all()).toHaveLength(1)
})

it('never makes a parameter of a name that was deleted', async () => {
  const none = async () => new Set<string>()
  for (const [value, secret] of [
    ['a', false],
    ['b', true],
    ['c', false],
  ] as const) {
    await variables.set(APP, variable('KEY', value, { secret }))
    await variables.unset(APP, 'KEY', null)
    await variables.prune(APP, none)
  }
  await variables.set(APP, variable('KEY', 'd'))
  expect(await versionOf('KEY')).toBe(7)
})

it('keeps the key that a secret is encrypted with', async () => {
  const ssm = await machine(fake, 'person').aws.ssm()
  const keyOf = async (version: number) => (await described(`${ROOT}env/KEY/${version}`)).KeyId
  const own = { Value: 'a', Type: 'SecureString' as const, KeyId: 'alias/shop' }
  await ssm.putParameter({ Name: `${ROOT}env/KEY/1`, ...own })
  await variables.set(APP, variable('KEY', 'b', { secret: true }))
  await variables.set(APP, variable('KEY', 'c', { secret: true, process: 'web' }))
  await variables.set(APP, variable('KEY', 'plain'))
  await variables.set(APP, variable('KEY', 'd', { secret: true }))
  expect(await Promise.all([2, 3, 4, 5].map(keyOf))).toEqual([
    'alias/shop',
    'alias/aws/ssm',
    undefined,
    'alias/shop',
  ])
})

it('is set by those, too, who may not read what it was', async () => {
  await variables.set(APP, variable('KEY', 'a', { secret: true }))
  const reads = ({ operation, input }: Call) =>
    operation === 'GetParameters' && (input['Names'] as string[]).some((name) => name.includes('/env/'))
  fake.faults.add({ kind: 'denied', when: reads })
  await variables.set(APP, variable('KEY', 'a', { secret: true }))
  await variables.set(APP, variable('KEY', 'b', { secret: true }))
  expect(await versionOf('KEY')).toBe(3)
  expect(await variables.unset(APP, 'KEY', null)).toBe(true)
})

it('does not take another failure for another value', async () => {
  await variables.set(APP, variable('KEY', 'a'))
  const reads = ({ operation, input }: Call) =>
    operation === 'GetParameters' && (input['Names'] as string[]).some((name) => name.includes('/env/'))
  fake.faults.add({ kind: 'throttle', when: reads })
  await expect(variables.set(APP, variable('KEY', 'a'))).rejects.toThrow('asked too often')
  expect(await versionOf('KEY')).toBe(1)
})

it('writes nothing when the same value is set again', async () => {
  await variables.set(APP, variable('KEY', 'same', { secret: true }))
  fake.calls.length = 0
  await variables.set(APP, variable('KEY', 'same', { secret: true }))
  expect(fake.calls.filter((call) => call.writes)).toEqual([])
  expect(await versionOf('KEY')).toBe(1)
})

it('gives every change a higher version, through unset and other types too', async () => {
  const versions: number[] = []
  for (const [value, secret] of [
    ['a', false],
    ['b', false],
    ['b', true],
    ['c', true],
    ['c', false],
  ] as const) {
    await variables.set(APP, variable('KEY', value, { secret }))
    versions.push(await versionOf('KEY'))
    await fake.clock.sleep(1)
  }
  expect(await variables.unset(APP, 'KEY', null)).toBe(true)
  expect(await all()).toEqual([])
  await variables.set(APP, variable('KEY', 'c'))
  versions.push(await versionOf('KEY'))
  expect(versions).toEqual([1, 2, 3, 4, 5, 7])
})

it('takes for unset what other hands deleted, once no list can be behind, and gives no version twice', async () => {
  await variables.set(APP, variable('KEY', 'a'))
  const ssm = await machine(fake, 'other').aws.ssm()
  await fake.clock.sleep(60)
  await ssm.deleteParameters({ Names: [`${ROOT}env/KEY/1`] })
  expect(await variables.refresh(APP)).toHaveLength(1)
  await fake.clock.sleep(61)
  expect(await variables.refresh(APP)).toEqual([])
  expect(await variables.unset(APP, 'KEY', null)).toBe(false)
  await variables.set(APP, variable('KEY', 'b'))
  expect(await versionOf('KEY')).toBe(2)
})

it('knows what other hands made: for everything, however they describe it', async () => {
  const ssm = await machine(fake, 'other').aws.ssm()
  const made = { Value: 'b', Type: 'String' as const, Description: 'unset when it is not used' }
  await ssm.putParameter({ Name: `${ROOT}env/KEY/3`, ...made })
  await ssm.putParameter({ Name: `${ROOT}env/NOTES`, ...made })
  await ssm.putParameter({ Name: `${ROOT}env/KEY/latest`, ...made })
  const found = [{ name: 'KEY', process: null, secret: false, version: 3 }]
  expect(await variables.refresh(APP)).toEqual(found)
  expect(await all()).toEqual(found)
})

it('says whether there was one to unset', async () => {
  await variables.set(APP, variable('KEY', 'a', { process: 'web' }))
  expect(await variables.unset(APP, 'KEY', null)).toBe(false)
  expect(await variables.unset(APP, 'KEY', 'web')).toBe(true)
  expect(await variables.unset(APP, 'KEY', 'web')).toBe(false)
})

it('sets and unsets although the answer is lost', async () => {
  const lose = () => fake.faults.add({ kind: 'lost', times: 1, when: (call) => call.writes })
  lose()
  await variables.set(APP, variable('KEY', 'a'))
  expect(await all()).toHaveLength(1)
  lose()
  expect(await variables.unset(APP, 'KEY', null)).toBe(true)
  expect(await all()).toEqual([])
})

it('loses none of those that several people set at once', async () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F']
  await Promise.all(names.map((name) => new Variables(machine(fake, name)).set(APP, variable(name, 'value'))))
  expect((await all()).map(({ name, version }) => [name, version])).toEqual(names.map((name) => [name, 1]))
})

it('gives the values that several people set at once versions of their own', async () => {
  const people = ['a', 'b', 'c', 'd']
  const set = (person: string) =>
    new Variables(machine(fake, person)).set(APP, variable('KEY', person, { process: person }))
  await Promise.all(people.map(set))
  const found = await all()
  expect(new Set(found.map(({ version }) => version))).toEqual(new Set([1, 2, 3, 4]))
  for (const { process, version } of found)
    expect(await peek(fake, `${ROOT}env/KEY/${version}`)).toBe(process)
})

it('loses none when one writes the mirror that is behind what another has set', async () => {
  const isListed = () =>
    fake.calls.some((call) => call.caller === 'slow' && call.operation === 'DescribeParameters')
  const slow = intercepted(machine(fake, 'slow'), async (name, input) => {
    if (name === 'putParameter' && input.Name === `${ROOT}variables`) await quick
  })
  const quick = (async () => {
    while (!isListed()) await new Promise((resolve) => setImmediate(resolve))
    await variables.set(APP, variable('QUICK', 'a'))
  })()
  await new Variables(slow).set(APP, variable('SLOW', 'a'))
  expect((await all()).map(({ name, version }) => [name, version])).toEqual([
    ['QUICK', 1],
    ['SLOW', 1],
  ])
})

it('shows what was set although SSM lists it late', async () => {
  fake.ssm.lag = 3
  await variables.set(APP, variable('KEY', 'a'))
  await fake.clock.sleep(5)
  await variables.set(APP, variable('KEY', 'b'))
  await fake.clock.sleep(5)
  expect(await versionOf('KEY')).toBe(2)
  expect(await variables.unset(APP, 'KEY', null)).toBe(true)
  await fake.clock.sleep(5)
  expect(await all()).toEqual([])
})

it('says so when SSM does not list it at all', async () => {
  fake.ssm.lag = 1_000
  await expect(variables.set(APP, variable('KEY', 'a'))).rejects.toThrow('does not show yet')
})

it('is put right by the next one, whenever one who sets dies', async () => {
  for (const change of ['set', 'retype', 'unset'] as const) {
    const writes = await atEveryWrite(() => FakeAws.start(), {
      prepare: async (account) => {
        await new Variables(account).set(APP, variable('KEY', 'old'))
        await account.clock.sleep(1)
      },
      operation: (account) => {
        const dying = new Variables(account)
        if (change === 'unset') return dying.unset(APP, 'KEY', null)
        return dying.set(APP, variable('KEY', 'new', { secret: change === 'retype' }))
      },
      afterwards: async (account, fake, at) => {
        await account.clock.sleep(1)
        await new Variables(account).set(APP, variable('OTHER', 'x'))
        const { variables } = await new States(account).read(APP)
        const found = variables.find((each) => each.name === 'KEY')
        const isDone = (await peek(fake, `${ROOT}env/KEY/2`)) !== undefined
        expect(await peek(fake, `${ROOT}env/KEY/1`), `${change} ${at}`).toBe('old')
        if (change === 'unset') expect(found === undefined, `${change} ${at}`).toBe(isDone)
        else expect(found!.version, `${change} ${at}`).toBe(isDone ? 2 : 1)
        await new Variables(account).set(APP, variable('KEY', 'last'))
        const last = (await new States(account).read(APP)).variables.find((each) => each.name === 'KEY')!
        expect(last.version, `${change} ${at}`).toBeGreaterThan(found?.version ?? 1)
      },
    })
    // The value, the mirror.
    expect(writes, change).toBe(2)
  }
})

const refused: [string, NewVariable, string][] = [
  ['is empty', variable('KEY', ''), 'KEY is empty'],
  ['is too long', variable('KEY', 'secret-'.repeat(1_200)), '8400 bytes'],
  ['nests', variable('KEY', 'secret-{{ssm:/a}}', { secret: true }), 'refuses the value'],
]
it.each(refused)('refuses a value that %s, without showing it', async (_what, refusedOne, message) => {
  const error = await variables.set(APP, refusedOne).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).message).toContain(message)
  expect((error as UserError).hint).toBeTruthy()
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-')
  expect(await all()).toEqual([])
})

it('takes values of up to 8 KB', async () => {
  await variables.set(APP, variable('KEY', 'x'.repeat(8_192)))
  expect(await versionOf('KEY')).toBe(1)
})

it('never quotes a value that AWS quotes', async () => {
  const account = intercepted(machine(fake), async (name) => {
    if (name === 'putParameter') throw refusal('ValidationException', "Value 'secret-1' at 'value' failed")
  })
  const error = await new Variables(account)
    .set(APP, variable('KEY', 'secret-1'))
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-1')
})
