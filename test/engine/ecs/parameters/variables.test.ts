import { inspect } from 'node:util'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { UserError } from '../../../../src/app/errors.ts'
import type { NewVariable, Variable } from '../../../../src/engine/engine.ts'
import { parameterOf } from '../../../../src/engine/ecs/parameters/parameter-names.ts'
import { States } from '../../../../src/engine/ecs/parameters/state.ts'
import { Variables } from '../../../../src/engine/ecs/parameters/variables.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { APP, intercepted, machine, peek, refusal, ROOT } from './account.ts'
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

it('keeps values in parameters of their own, secrets encrypted, and shows names and versions', async () => {
  await variables.set(APP, variable('LEVEL', 'info'))
  await variables.set(APP, variable('KEY', 'correct-horse', { secret: true }))
  await variables.set(APP, variable('LEVEL', 'debug', { process: 'web' }))
  expect(await all()).toEqual([
    { name: 'KEY', process: null, secret: true, version: 1 },
    { name: 'LEVEL', process: null, secret: false, version: 1 },
    { name: 'LEVEL', process: 'web', secret: false, version: 1 },
  ])
  expect(await peek(fake, `${ROOT}env/LEVEL`)).toBe('info')
  expect(await peek(fake, `${ROOT}env/KEY`)).toBe('correct-horse')
  expect(await peek(fake, `${ROOT}env-of/web/LEVEL`)).toBe('debug')
  const puts = fake.calls.filter((call) => call.operation === 'PutParameter')
  expect(puts.find((call) => call.input['Name'] === `${ROOT}env/KEY`)!.input['Type']).toBe('SecureString')
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
  expect(versions).toEqual([1, 2, 3, 4, 5, 6])
})

it('gives a higher version to what other hands deleted and made again', async () => {
  await variables.set(APP, variable('KEY', 'a'))
  const ssm = await machine(fake, 'other').aws.ssm()
  await fake.clock.sleep(1)
  await ssm.deleteParameters({ Names: [`${ROOT}env/KEY`] })
  await ssm.putParameter({ Name: `${ROOT}env/KEY`, Value: 'b', Type: 'String' })
  expect(await versionOf('KEY')).toBe(1)
  expect(await variables.refresh(APP)).toEqual([{ name: 'KEY', process: null, secret: false, version: 2 }])
  expect(await versionOf('KEY')).toBe(2)
})

it('says whether there was one to unset', async () => {
  await variables.set(APP, variable('KEY', 'a', { process: 'web' }))
  expect(await variables.unset(APP, 'KEY', null)).toBe(false)
  expect(await variables.unset(APP, 'KEY', 'web')).toBe(true)
  expect(await variables.unset(APP, 'KEY', 'web')).toBe(false)
})

it('says that there was one when the answer was lost', async () => {
  await variables.set(APP, variable('KEY', 'a'))
  fake.faults.add({ kind: 'lost', times: 1, when: (call) => call.operation === 'DeleteParameters' })
  expect(await variables.unset(APP, 'KEY', null)).toBe(true)
})

it('loses none of those that several people set at once', async () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F']
  await Promise.all(names.map((name) => new Variables(machine(fake, name)).set(APP, variable(name, 'value'))))
  expect((await all()).map(({ name, version }) => [name, version])).toEqual(names.map((name) => [name, 1]))
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
        const value = await peek(fake, `${ROOT}env/KEY`)
        const { variables } = await new States(account).read(APP)
        const found = variables.find((each) => each.name === 'KEY')
        expect(found === undefined, `${change} ${at}`).toBe(value === undefined)
        if (found !== undefined) expect(found.version, `${change} ${at}`).toBe(value === 'old' ? 1 : 2)
        await new Variables(account).set(APP, variable('KEY', 'last'))
        const last = (await new States(account).read(APP)).variables.find((each) => each.name === 'KEY')!
        expect(last.version, `${change} ${at}`).toBeGreaterThan(found?.version ?? 1)
      },
    })
    expect(writes, change).toBe(change === 'retype' ? 3 : 2)
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

it('prefers what was set for a process alone', () => {
  const set: Variable[] = [
    { name: 'KEY', process: null, secret: true, version: 1 },
    { name: 'KEY', process: 'web', secret: true, version: 1 },
  ]
  expect(parameterOf(set, APP, 'web', 'KEY')).toBe(`${ROOT}env-of/web/KEY`)
  expect(parameterOf(set, APP, 'worker', 'KEY')).toBe(`${ROOT}env/KEY`)
  expect(parameterOf(set, APP, null, 'KEY')).toBe(`${ROOT}env/KEY`)
})
