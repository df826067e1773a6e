import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ATTEMPTS } from '../../../../src/engine/ecs/aws.ts'
import type { FaultKind } from '../../../fakes/aws/faults.ts'
import { Stage } from './watched-service.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage[Symbol.asyncDispose]())

/** More than the SDK repeats by itself, several times over. */
const REFUSALS = 4 * ATTEMPTS

const MIXED = [
  { capacityProvider: 'FARGATE', base: 2, weight: 0 },
  { capacityProvider: 'FARGATE_SPOT', base: 0, weight: 1 },
]

describe('refused calls', () => {
  it.each<[FaultKind]>([['throttle'], ['error'], ['reset']])('never fail the wait: %s', async (kind) => {
    const watched = await stage.create('web')
    stage.fake.faults.add({ when: (call) => call.operation === 'DescribeServices', kind, times: REFUSALS })
    expect((await stage.watch(watched)).outcome).toBe('steady')
  })

  it('ecs.md §4.2: make it look less often, and as often as before when they are over', async () => {
    stage.fake.ecs.durations.healthy = 50
    const watched = await stage.create('web')
    stage.fake.faults.add({
      when: (call) => call.operation === 'DescribeServices',
      kind: 'throttle',
      times: REFUSALS,
    })
    await stage.watch(watched)
    const looks = stage.fake.calls
      .filter((call) => call.operation === 'DescribeServices')
      .map(({ at }) => at / 1_000)
    const pauses = looks.slice(1).map((at, index) => Math.round(at - looks[index]!))
    expect(pauses.filter((pause) => pause > 0).slice(0, 4)).toEqual([2, 4, 8, 16])
    expect(pauses.at(-1)).toBeLessThanOrEqual(2)
  })

  it('end it at its time when they do not stop', async () => {
    const watched = { ...(await stage.create('web')), timeout: 120 }
    stage.fake.faults.add({ when: (call) => call.operation === 'DescribeServices', kind: 'throttle' })
    const began = stage.now
    expect((await stage.watch(watched)).outcome).toBe('timed_out')
    expect(stage.now - began).toBe(120)
  })

  it('of the service-deployments API are asked again', async () => {
    await stage.running('web')
    const first = stage.watch(await stage.update('web', { program: {} }))
    const when = ({ operation }: { operation: string }) => operation === 'ListServiceDeployments'
    stage.fake.faults.add({ when, kind: 'throttle', times: REFUSALS })
    await stage.fake.clock.sleep(3)
    await stage.update('web', { program: {} })
    const ended = await first
    expect(ended).toMatchObject({ outcome: 'superseded' })
    expect(ended.reason).not.toContain('not verified')
  })

  it('for tasks leave the verdict as it is', async () => {
    stage.fake.missing.add('ecs:ListTasks')
    expect((await stage.watch(await stage.create('web'))).outcome).toBe('steady')
    expect(stage.count('ListTasks')).toBe(1)
  })

  it('that no repetition can help reject', async () => {
    const watched = await stage.create('web')
    stage.fake.missing.add('ecs:DescribeServices')
    await expect(stage.watch(watched)).rejects.toThrow('DescribeServices')
    stage.fake.missing.clear()
    expect((await stage.watch(watched)).outcome).toBe('steady')
  })
})

describe('missing spot capacity', () => {
  it('is a notice, told once, and no failure when all others run at the end (TP-09 TP-11)', async () => {
    await stage.running('web', { desiredCount: 3, capacityProviderStrategy: MIXED })
    stage.fake.ecs.exhaustCapacity()
    const ended = await stage.watch({ ...(await stage.update('web', { program: {} })), timeout: 180 })
    expect(ended.outcome).toBe('steady')
    expect(ended.reason).toBe('AWS has no spot capacity at the moment: 2 of 3 instances run')
    expect(stage.events.filter((event) => event.type === 'process.waiting')).toEqual([
      {
        type: 'process.waiting',
        process: 'web',
        reason: expect.stringContaining('no spot capacity') as string,
      },
    ])
  })

  it('is waited for while there is time', async () => {
    await stage.running('web', { desiredCount: 3, capacityProviderStrategy: MIXED })
    stage.fake.ecs.exhaustCapacity()
    const ended = stage.watch(await stage.update('web', { program: {} }))
    await stage.fake.clock.sleep(100)
    stage.fake.ecs.restoreCapacity()
    expect(await ended).toEqual({ outcome: 'steady', rolledBack: false, reason: null, instances: 3 })
  })

  it('is no excuse for on-demand instances that do not come up', async () => {
    stage.fake.ecs.exhaustCapacity()
    stage.fake.ecs.durations.pending = 600
    const watched = await stage.create('web', {}, { desiredCount: 3, capacityProviderStrategy: MIXED })
    expect((await stage.watch({ ...watched, timeout: 60 })).outcome).toBe('timed_out')
  })

  it('is no success where nothing runs at all', async () => {
    stage.fake.ecs.exhaustCapacity()
    const spot = [{ capacityProvider: 'FARGATE_SPOT', base: 0, weight: 1 }]
    const watched = await stage.create('web', {}, { capacityProviderStrategy: spot })
    const ended = await stage.watch({ ...watched, timeout: 60 })
    expect(ended.outcome).toBe('timed_out')
  })

  it('taken back from a running instance is no failure of the program (TP-10)', async () => {
    const spot = [{ capacityProvider: 'FARGATE_SPOT', base: 0, weight: 1 }]
    stage.fake.ecs.durations.healthy = 20
    const watched = await stage.create('web', {}, { capacityProviderStrategy: spot, desiredCount: 3 })
    const ended = stage.watch(watched)
    await stage.fake.clock.sleep(10)
    stage.fake.ecs.interruptSpot()
    expect((await ended).outcome).toBe('steady')
    expect(stage.events.filter((event) => event.type === 'instance.failed')).toEqual([])
    expect(stage.events.filter((event) => event.type === 'instance.stopped')).toHaveLength(3)
  })
})
