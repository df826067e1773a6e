import { randomBytes } from 'node:crypto'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { UserError } from '../../../../src/app/errors.ts'
import { Documents } from '../../../../src/engine/ecs/parameters/documents.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { callsOf, intercepted, machine, namesUnder, peek, poke, refusal, ROOT } from './account.ts'
import { atEveryWrite } from './deaths.ts'

const NAME = `${ROOT}state`
/** Does not compress: three parts. */
const large = (mark: string) => ({ mark, text: randomBytes(15_000).toString('base64') })
const read = async (documents: Documents) => (await documents.read<unknown>([NAME])).get(NAME)

let fake: FakeAws
let documents: Documents

beforeEach(async () => {
  fake = await FakeAws.start()
  documents = new Documents(machine(fake))
})
afterEach(() => fake[Symbol.asyncDispose]())

it('reads ten documents in one call, and leaves out those that there are not', async () => {
  const names = Array.from({ length: 9 }, (_, index) => `${ROOT}deployments/${index}`)
  for (const name of names) await documents.write(name, { name })
  fake.calls.length = 0
  const found = await documents.read([...names, NAME])
  expect(callsOf(fake, 'gantry')).toEqual(['GetParameters'])
  expect([...found]).toEqual(names.map((name) => [name, { name }]))
})

it('splits what is larger than a parameter, and reads it whole', async () => {
  const value = large('a')
  await documents.write(NAME, value)
  expect(await namesUnder(fake, ROOT)).toHaveLength(3)
  fake.calls.length = 0
  expect(await read(documents)).toEqual(value)
  expect(callsOf(fake, 'gantry')).toEqual(['GetParameters', 'GetParameters'])
})

it('fills parameters to the last character', async () => {
  for (const bytes of [6_100, 6_130, 6_140, 12_270, 12_280, 12_290]) {
    const value = randomBytes(bytes).toString('latin1')
    await documents.write(NAME, value)
    expect(await read(documents)).toBe(value)
  }
})

it('deletes the parts of the value before', async () => {
  for (const mark of ['a', 'b', 'c']) await documents.update(NAME, () => large(mark))
  expect(await namesUnder(fake, ROOT)).toHaveLength(3)
  await documents.update(NAME, () => 'small')
  expect(await namesUnder(fake, ROOT)).toEqual(['state'])
})

it('writes nothing when nothing changes', async () => {
  await documents.write(NAME, { a: 1 })
  fake.calls.length = 0
  await documents.update(NAME, (value) => ({ ...(value as object) }))
  expect(fake.calls.filter((call) => call.writes)).toEqual([])
})

it('creates one document for several that try at once', async () => {
  const doors = [1, 2, 3, 4].map((door) => ({
    door,
    documents: new Documents(machine(fake, `door-${door}`)),
  }))
  const created = await Promise.all(doors.map((each) => each.documents.create(NAME, { door: each.door })))
  expect(created.filter(Boolean)).toHaveLength(1)
  expect(await read(documents)).toEqual({ door: created.indexOf(true) + 1 })
})

it('knows its own document again when the answer was lost', async () => {
  fake.faults.add({ kind: 'lost', times: 1, when: (call) => call.operation === 'PutParameter' })
  expect(await documents.create(NAME, { nonce: 1 })).toBe(true)
  expect(await documents.create(NAME, { nonce: 2 })).toBe(false)
})

it('loses no change of two that are made at once', async () => {
  const doors = ['a', 'b']
  await Promise.all(
    doors.map((door) =>
      new Documents(machine(fake, door)).update<Record<string, string>>(NAME, (value) => ({
        ...value,
        [door]: large(door).text,
      })),
    ),
  )
  expect(Object.keys((await read(documents)) as object).toSorted()).toEqual(doors)
})

it('makes a change once when the answer was lost', async () => {
  await documents.write(NAME, { releases: 1 })
  fake.faults.add({ kind: 'lost', times: 1, when: (call) => call.operation === 'PutParameter' })
  await documents.update(NAME, () => ({ releases: 2 }))
  expect(await read(documents)).toEqual({ releases: 2 })
})

it('waits for SSM when that is busy with another write of the same parameter', async () => {
  let refused = 0
  const account = intercepted(machine(fake), async (name) => {
    if (name === 'putParameter' && refused++ < 2) throw refusal('TooManyUpdates', 'concurrent updates')
  })
  await new Documents(account).write(NAME, 'written')
  expect(await read(documents)).toBe('written')
})

it('gives readers the old value or the new one while it is written again and again', async () => {
  const values = ['a', 'b'].map(large)
  await documents.write(NAME, values[0])
  const writer = new Documents(machine(fake, 'writer'))
  const reads: unknown[] = []
  const written = (async () => {
    for (let round = 1; reads.length < 12; round++) await writer.update(NAME, () => values[round % 2])
  })()
  while (reads.length < 12) reads.push(await read(documents))
  await written
  for (const found of reads) expect(values).toContainEqual(found)
})

it('reads again what was replaced between its head and its other parts', async () => {
  await documents.write(NAME, large('old'))
  const heads = await documents.store.get([NAME])
  const next = large('new')
  await new Documents(machine(fake, 'writer')).update(NAME, () => next)
  expect((await documents.resolve(heads)).get(NAME)).toEqual(next)
})

it('leaves the old value or the new one, whole, whenever its writer dies', async () => {
  const [old, next, last] = ['old', 'new', 'last'].map(large)
  const seen = new Set<string>()
  const writes = await atEveryWrite(() => FakeAws.start(), {
    prepare: (account) => new Documents(account).write(NAME, old),
    operation: (account) => new Documents(account).update(NAME, () => next),
    afterwards: async (account, _fake, at) => {
      const after = new Documents(account)
      const found = (await read(after)) as { mark: string }
      expect([old, next], at).toContainEqual(found)
      seen.add(found.mark)
      await after.update(NAME, () => last)
      expect(await read(after), at).toEqual(last)
    },
  })
  // Two parts, the head, and the parts of the old value.
  expect(writes).toBe(4)
  expect([...seen]).toEqual(['old', 'new'])
})

const broken: [string, () => Promise<void>, string][] = [
  ['not ours', () => poke(fake, NAME, 'hello'), 'is damaged'],
  ['cut short', async () => poke(fake, NAME, (await peek(fake, NAME))!.slice(0, -4)), 'is damaged'],
  ['without a part', async () => deletePart(), 'is damaged'],
  ['no parts', () => poke(fake, NAME, '1.0.0123456789abcdef.AAAA'), 'is damaged'],
  ['newer', () => poke(fake, NAME, '2.whatever'), 'newer version of Gantry'],
]
it.each(broken)('says what is wrong with a document that is %s', async (_what, destroy, message) => {
  await documents.write(NAME, large('a'))
  await destroy()
  const error = await read(documents).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).message).toContain(NAME)
  expect((error as UserError).message).toContain(message)
  expect((error as UserError).hint).toBeTruthy()
})

async function deletePart(): Promise<void> {
  const part = (await namesUnder(fake, ROOT)).find((name) => name.endsWith('.2'))!
  await documents.store.delete([ROOT + part])
}

it('names the parameter and what to allow when access is denied', async () => {
  const resource = `arn:aws:ssm:eu-west-1:123456789012:parameter${NAME}`
  const user = 'arn:aws:iam::123456789012:user/ci'
  const account = intercepted(machine(fake), async () => {
    throw refusal(
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: ssm:GetParameters on resource: ${resource} because no identity-based policy allows the ssm:GetParameters action`,
    )
  })
  await expect(new Documents(account).read([NAME])).rejects.toMatchObject({
    message: `could not read the parameter ${NAME}: access denied`,
    hint: `allow ssm:GetParameters on ${resource} to ${user}`,
  })
})
