import type { CapacityProviderStrategyItem, Service, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'

import { isTroubled } from '../../../../src/engine/ecs/services/service-events.ts'
import { lacksOnlySpot, onDemand } from '../../../../src/engine/ecs/services/spot.ts'

const since = new Date('2026-01-01T00:00:00Z')
const item = (capacityProvider: string, base: number, weight: number): CapacityProviderStrategyItem => ({
  capacityProvider,
  base,
  weight,
})
const extrasOnSpot = [item('FARGATE', 2, 0), item('FARGATE_SPOT', 0, 1)]
const extrasOnDemand = [item('FARGATE_SPOT', 2, 0), item('FARGATE', 0, 1)]

function service(message: string, more: Partial<Service> = {}): Service {
  const createdAt = new Date(since.getTime() + 1_000)
  return {
    desiredCount: 3,
    capacityProviderStrategy: extrasOnSpot,
    events: [{ createdAt, message }],
    ...more,
  }
}

const NO_CAPACITY =
  '(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later.'

describe('instances on demand', () => {
  it.each<[CapacityProviderStrategyItem[], count: number, expected: number]>([
    [extrasOnSpot, 5, 2],
    [extrasOnSpot, 1, 1],
    [extrasOnDemand, 5, 3],
    [extrasOnDemand, 1, 0],
    [[item('FARGATE', 0, 1)], 3, 3],
    [[item('FARGATE_SPOT', 0, 1)], 3, 0],
    [[item('FARGATE', 0, 1), item('FARGATE_SPOT', 0, 3)], 8, 2],
    [[], 3, 3],
  ])('%#', (capacityProviderStrategy, count, expected) => {
    expect(onDemand({ capacityProviderStrategy }, count)).toBe(expected)
  })
})

describe('only spot is missing', () => {
  const running = (capacityProviderName: string, more: Partial<Task> = {}): Task => ({
    lastStatus: 'RUNNING',
    capacityProviderName,
    ...more,
  })
  const demand = running('FARGATE')
  const spot = running('FARGATE_SPOT')
  const lacks = (of: Service, tasks: Task[]) => lacksOnlySpot(of, tasks, { desired: 3, since })

  it('when all on demand run and AWS has said that it has no capacity', () => {
    expect(lacks(service(NO_CAPACITY), [demand, demand])).toBe(true)
  })

  it.each<[what: string, service: Service, tasks: Task[]]>([
    ['one on demand is missing too', service(NO_CAPACITY), [demand, spot]],
    [
      'one on demand is not healthy',
      service(NO_CAPACITY),
      [demand, running('FARGATE', { healthStatus: 'UNHEALTHY' })],
    ],
    ['AWS has said nothing about capacity', service('(service web) has started 2 tasks.'), [demand, demand]],
    [
      'that was before',
      service(NO_CAPACITY, { events: [{ createdAt: new Date(0), message: NO_CAPACITY }] }),
      [demand, demand],
    ],
    ['nothing is missing', service(NO_CAPACITY), [demand, demand, spot]],
    [
      'nothing is on spot',
      service(NO_CAPACITY, { capacityProviderStrategy: [item('FARGATE', 0, 1)] }),
      [demand, demand],
    ],
  ])('not when %s', (_what, of, tasks) => {
    expect(lacks(of, tasks)).toBe(false)
  })
})

describe('trouble', () => {
  const started = (count: number) => service(`(service web) has started ${count} tasks: (task 1) (task 2).`)

  it.each<[what: string, troubled: boolean, service: Service, failedTasks: number]>([
    ['tasks that failed', true, started(3), 1],
    ['more tasks started than are wanted, which nobody counts as failed', true, started(4), 0],
    ['an event', true, service('(service web) (task 1) failed container health checks.'), 0],
    [
      'events of before',
      false,
      service('', { events: [{ createdAt: new Date(0), message: 'x failed' }] }),
      0,
    ],
    ['nothing', false, started(3), 0],
  ])('is told by %s: %s', (_what, troubled, of, failedTasks) => {
    expect(isTroubled(of, { failedTasks }, since)).toBe(troubled)
  })
})
