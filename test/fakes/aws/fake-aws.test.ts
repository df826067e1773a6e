import { SSM } from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { ATTEMPTS } from '../../../src/engine/ecs/aws.ts'
import { awsOverHttp } from '../../engine/ecs/aws.ts'
import { FakeClock } from '../fake-clock.ts'
import { ScaledClock } from '../scaled-clock.ts'
import { FakeAws } from './fake-aws.ts'
import { exceeds, isWrite, type Call, type FaultKind } from './faults.ts'

const isPut = ({ operation }: Call) => operation === 'PutParameter'

let clock: FakeClock
let fake: FakeAws

beforeEach(async () => {
  clock = new FakeClock()
  fake = await FakeAws.start({ clock })
})
afterEach(() => fake[Symbol.asyncDispose]())

const put = async (Name: string, more: object = {}) =>
  (await awsOverHttp(fake).ssm()).putParameter({ Name, Value: 'v', Type: 'String', ...more })
const fail = (kind: FaultKind, times = 1) => fake.faults.add({ when: isPut, kind, times })
const puts = () => fake.calls.filter(isPut)

describe('a fault', () => {
  it.each<FaultKind>(['throttle', 'error', 'reset', { slow: 1 }])(
    '%j is survived by a client that tries again',
    async (kind) => {
      fail(kind)
      await put('/a')
      expect(fake.ssm.has('/a')).toBe(true)
      expect(puts()).toHaveLength(kind instanceof Object ? 1 : 2)
    },
  )

  it.each(['throttle', 'error', 'reset'] as const)('%s refuses before anything happens', async (kind) => {
    fail(kind, Infinity)
    await expect(put('/a')).rejects.toThrow()
    expect(puts()).toHaveLength(ATTEMPTS)
    expect(fake.ssm.has('/a')).toBe(false)
  })

  it('throttle shows as the error that the SDK calls throttling', async () => {
    fail('throttle', Infinity)
    await expect(put('/a')).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' })
  })

  it('lost carries out the call that the client sees failing', async () => {
    fail('lost')
    await expect(put('/a')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' })
    expect(puts()).toHaveLength(2)
  })

  it('hang answers nothing until the client gives up', async () => {
    fail('hang')
    const ssm = await awsOverHttp(fake).ssm()
    const input = { Name: '/a', Value: 'v', Type: 'String' } as const
    const patience = new AbortController()
    const call = ssm.putParameter(input, { abortSignal: patience.signal })
    const gaveUp = expect(call).rejects.toMatchObject({ name: 'AbortError' })
    await vi.waitFor(() => expect(puts()).toHaveLength(1), { interval: 1 })
    patience.abort()
    await gaveUp
    expect(fake.ssm.has('/a')).toBe(false)
    expect(puts()).toHaveLength(1)
  })

  it('ends after its times, or when it is cleared', async () => {
    fail('throttle', 2)
    fail('error', Infinity)
    fake.faults.clear()
    await put('/a')
    expect(puts()).toHaveLength(1)
  })

  it('meets only the calls it is meant for', async () => {
    fake.faults.add({ when: ({ caller }) => caller === 'other', kind: 'throttle' })
    await put('/a')
    const other = await awsOverHttp(fake, 'other').ssm()
    await expect(other.getParameter({ Name: '/a' })).rejects.toMatchObject({ name: 'ThrottlingException' })
  })

  it('can keep a rate, as AWS does', async () => {
    fake.faults.add({ when: exceeds({ burst: 3, perSecond: 3 }, isPut), kind: 'throttle' })
    for (const name of ['/a', '/b', '/c']) await put(name)
    await expect(put('/d')).rejects.toMatchObject({ name: 'ThrottlingException' })
    clock.advance(1)
    for (const name of ['/d', '/e', '/f']) await put(name)
    await expect(put('/g')).rejects.toMatchObject({ name: 'ThrottlingException' })
  })
})

describe('what is missing', () => {
  it('is a whole service, or one operation of it', async () => {
    const unknown = { name: 'UnknownOperationException' }
    fake.missing.add('ssm:PutParameter')
    await expect(put('/a')).rejects.toMatchObject(unknown)
    const ssm = await awsOverHttp(fake).ssm()
    expect((await ssm.getParameters({ Names: ['/a'] })).InvalidParameters).toEqual(['/a'])
    fake.missing.add('ssm').add('scheduler').add('elb')
    await expect(ssm.getParameters({ Names: ['/a'] })).rejects.toMatchObject(unknown)
    const scheduler = await awsOverHttp(fake).scheduler()
    await expect(scheduler.listSchedules({})).rejects.toMatchObject(unknown)
    const loadBalancing = await awsOverHttp(fake).loadBalancing()
    await expect(loadBalancing.describeTargetGroups({})).rejects.toMatchObject(unknown)
    fake.missing.clear()
    await put('/a')
  })

  it('is an operation that the fake does not have', async () => {
    const ssm = (await awsOverHttp(fake).ssm()) as SSM
    await expect(ssm.describeDocument({ Name: 'a' })).rejects.toMatchObject({
      name: 'UnknownOperationException',
    })
  })
})

describe('the record of calls', () => {
  it('says what was asked, by whom and when, refused calls included', async () => {
    await put('/a')
    await expect(put('not ok')).rejects.toThrow()
    const ssm = await awsOverHttp(fake, 'console').ssm()
    await ssm.getParameter({ Name: '/a' })
    expect(fake.calls).toMatchObject([
      { service: 'ssm', operation: 'PutParameter', input: { Name: '/a' }, writes: true, caller: 'gantry' },
      { operation: 'PutParameter', input: { Name: 'not ok' } },
      { operation: 'GetParameter', writes: false, caller: 'console', at: clock.now() },
    ])
  })

  it('tells writes from reads by the verb', () => {
    expect(
      ['DescribeServices', 'ListTasks', 'GetLogEvents', 'BatchGetImage', 'FilterLogEvents'].filter(isWrite),
    ).toEqual([])
    const writes = ['RunTask', 'BatchDeleteImage', 'RegisterScalableTarget', 'StopTask', 'TagResource']
    expect(writes.filter(isWrite)).toEqual(writes)
  })
})

it('shows a mistake of its own at once', async () => {
  Object.assign(fake.ssm, {
    handle: () => {
      throw new TypeError('oops')
    },
  })
  await expect(put('/a')).rejects.toMatchObject({ name: 'FakeFailure' })
  expect(puts()).toHaveLength(1)
})

it('lets all that is due happen before a call of any service', async () => {
  const advanced: number[] = []
  Object.assign(fake.ecs, { advance: () => advanced.push(fake.calls.length) })
  await put('/a')
  expect(advanced).toEqual([1])
})

describe('the environment', () => {
  it('is all that a client needs', async () => {
    const before = { ...process.env }
    Object.assign(process.env, fake.environment)
    try {
      await new SSM({}).putParameter({ Name: '/a', Value: 'v', Type: 'String' })
    } finally {
      process.env = before
    }
    expect(fake.ssm.has('/a')).toBe(true)
  })

  it('holds time while a call is under way, however long it takes', async () => {
    await using slow = await FakeAws.start({ latency: 200 })
    const ssm = await awsOverHttp(slow).ssm()
    const answered = ssm.getParameters({ Names: ['/a'] })
    await vi.waitFor(() => expect(slow.calls).toHaveLength(1), { interval: 1 })
    const begun = performance.now()
    await slow.clock.sleep(60)
    expect(performance.now() - begun).toBeGreaterThan(50)
    await answered
  })
})

it('a scaled clock runs faster than the real one', async () => {
  const fast = new ScaledClock(1_000)
  const [begun, real] = [fast.now(), Date.now()]
  await fast.sleep(20)
  expect(fast.now() - begun).toBeGreaterThanOrEqual(19_000)
  expect(Date.now() - real).toBeLessThan(5_000)
  await fast.sleep(1_000_000, AbortSignal.abort())
})
