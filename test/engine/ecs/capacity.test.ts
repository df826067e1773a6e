import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  bounds,
  countsReplace,
  isAutoscaled,
  readCounts,
  sameStrategy,
  strategyOf,
  type Counts,
} from '../../../src/engine/ecs/capacity.ts'
import { counts } from './generators.ts'

function of(demand_count: number, spot_count: number, extras: Partial<Counts> = {}): Counts {
  return {
    demand_count,
    spot_count,
    scale_count: 0,
    scale_type: 'none',
    autoscaling_cpu_threshold: null,
    autoscaling_memory_threshold: null,
    ...extras,
  }
}

const extras = (scale_type: 'spot' | 'demand'): Partial<Counts> => ({
  scale_type,
  scale_count: 3,
  autoscaling_cpu_threshold: 70,
})

/** `FARGATE base/weight` each. */
function shown(given: Counts): string {
  return strategyOf(given)
    .map(({ capacityProvider, base, weight }) => `${capacityProvider} ${base}/${weight}`)
    .join(', ')
}

test.each([
  ['on-demand alone', of(2, 0), 'FARGATE 0/1'],
  ['spot alone', of(0, 3), 'FARGATE_SPOT 0/1'],
  ['both', of(2, 3), 'FARGATE 2/0, FARGATE_SPOT 0/1'],
  ['on-demand and spot extras', of(2, 0, extras('spot')), 'FARGATE 2/0, FARGATE_SPOT 0/1'],
  ['both and spot extras', of(2, 1, extras('spot')), 'FARGATE 2/0, FARGATE_SPOT 0/1'],
  ['both and on-demand extras', of(2, 1, extras('demand')), 'FARGATE_SPOT 1/0, FARGATE 0/1'],
  ['spot and on-demand extras', of(0, 2, extras('demand')), 'FARGATE_SPOT 2/0, FARGATE 0/1'],
  ['spot and spot extras', of(0, 2, extras('spot')), 'FARGATE_SPOT 0/1'],
  ['extras that nothing triggers', of(2, 0, { scale_type: 'spot', scale_count: 3 }), 'FARGATE 0/1'],
  ['nothing at all', of(0, 0), 'FARGATE 0/1'],
])('strategy of %s', (_name, given, strategy) => {
  expect(shown(given)).toBe(strategy)
})

test('ecs.md §4.1: only one provider has a base, at least one has a weight, all within bounds', () => {
  fc.assert(
    fc.property(counts, (given) => {
      const strategy = strategyOf(given)
      expect(strategy.filter((each) => each.base! > 0).length).toBeLessThanOrEqual(1)
      expect(strategy.some((each) => each.weight! > 0)).toBe(true)
      expect(strategy.every((each) => each.base! >= 0 && each.base! <= 100_000)).toBe(true)
      expect(new Set(strategy.map((each) => each.capacityProvider)).size).toBe(strategy.length)
    }),
  )
})

describe('ecs.md §4.1: a changed strategy has to be forced, which replaces all instances', () => {
  test.each([
    ['one provider: another count', of(2, 0), of(5, 0), false],
    ['both: another spot count', of(2, 1), of(2, 4), false],
    ['both: another on-demand count', of(2, 1), of(3, 1), true],
    ['spot comes', of(2, 0), of(2, 1), true],
    ['autoscaling on the same provider', of(2, 0), of(2, 0, extras('demand')), false],
  ])('%s', (_name, before, after, replaces) => {
    expect(countsReplace(before, after)).toBe(replaces)
  })

  test('ecs.md §4.1: a strategy is compared with what ECS stored, in any order and without zeros', () => {
    const stored = [
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
      { capacityProvider: 'FARGATE', base: 2 },
    ]
    expect(sameStrategy(strategyOf(of(2, 1)), stored)).toBe(true)
    expect(sameStrategy(strategyOf(of(3, 1)), stored)).toBe(false)
    expect(sameStrategy(strategyOf(of(2, 0)), [])).toBe(false)
  })
})

test('an autoscaler gets what was asked for as the least, and the extras on top', () => {
  expect(bounds(of(2, 1, extras('spot')))).toEqual({ min: 3, max: 6 })
  expect(isAutoscaled(of(2, 1, extras('spot')))).toBe(true)
  expect(isAutoscaled(of(2, 1, { ...extras('spot'), autoscaling_cpu_threshold: null }))).toBe(false)
  expect(isAutoscaled(of(2, 1, { ...extras('spot'), scale_count: 0 }))).toBe(false)
  expect(isAutoscaled(of(2, 1, { ...extras('spot'), scale_type: 'none' }))).toBe(false)
})

describe('the counts of a service that nobody autoscales', () => {
  const anything = of(9, 9)

  test('come back from its strategy and its desired count', () => {
    fc.assert(
      fc.property(counts, ({ demand_count, spot_count }) => {
        const given = of(demand_count, spot_count)
        const read = readCounts(strategyOf(given), demand_count + spot_count, anything)
        expect(read).toEqual({ demand_count, spot_count })
      }),
    )
  })

  test('are the ones kept where those are what ECS was told', () => {
    const kept = of(1, 2, extras('demand'))
    expect(readCounts(strategyOf(kept), 3, kept)).toEqual({ demand_count: 1, spot_count: 2 })
  })

  test('are what somebody else made of them where the kept ones are not', () => {
    const kept = of(2, 1)
    expect(readCounts(strategyOf(kept), 7, kept)).toEqual({ demand_count: 2, spot_count: 5 })
    expect(readCounts(strategyOf(of(3, 0)), 3, kept)).toEqual({ demand_count: 3, spot_count: 0 })
    expect(readCounts(strategyOf(kept), 1, kept)).toEqual({ demand_count: 1, spot_count: 0 })
  })

  test('follow the weights of a strategy that is not ours', () => {
    const strategy = [
      { capacityProvider: 'FARGATE', base: 1, weight: 1 },
      { capacityProvider: 'FARGATE_SPOT', weight: 3 },
    ]
    expect(readCounts(strategy, 9, anything)).toEqual({ demand_count: 3, spot_count: 6 })
  })

  test('are on-demand where a launch type stands instead of a strategy', () => {
    expect(readCounts([], 4, anything)).toEqual({ demand_count: 4, spot_count: 0 })
  })
})
