import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs'

import type { Process } from '../../app/app.ts'

/** How many instances of which kind, and how many more at need. */
export type Counts = Pick<
  Process,
  | 'demand_count'
  | 'spot_count'
  | 'scale_count'
  | 'scale_type'
  | 'autoscaling_cpu_threshold'
  | 'autoscaling_memory_threshold'
>

type Strategy = readonly CapacityProviderStrategyItem[]

export const DEMAND = 'FARGATE'
export const SPOT = 'FARGATE_SPOT'

/**
 * Which instances are on-demand and which are spot, in ECS's terms: the first `base` go to one provider, all others by
 * weight. Only one provider may have a base, and one with weight 0 gets nothing beyond it:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 *
 * Where one provider does it alone no count is in the strategy, so that changing a count changes nothing in it: a new
 * strategy takes effect only when all instances are replaced.
 */
export function strategyOf(counts: Counts): CapacityProviderStrategyItem[] {
  const extras = isAutoscaled(counts) ? counts.scale_type : 'none'
  const needsDemand = counts.demand_count > 0 || extras === 'demand'
  const needsSpot = counts.spot_count > 0 || extras === 'spot'
  if (!needsSpot) return [{ capacityProvider: DEMAND, base: 0, weight: 1 }]
  if (!needsDemand) return [{ capacityProvider: SPOT, base: 0, weight: 1 }]
  return extras === 'demand'
    ? [
        { capacityProvider: SPOT, base: counts.spot_count, weight: 0 },
        { capacityProvider: DEMAND, base: 0, weight: 1 },
      ]
    : [
        { capacityProvider: DEMAND, base: counts.demand_count, weight: 0 },
        { capacityProvider: SPOT, base: 0, weight: 1 },
      ]
}

/** Whether going from one to the other takes `forceNewDeployment`, which replaces every instance. */
export function countsReplace(before: Counts, after: Counts): boolean {
  return !sameStrategy(strategyOf(before), strategyOf(after))
}

/** Whether two strategies place alike, in whatever order and with or without what is 0 anyway. */
export function sameStrategy(a: Strategy, b: Strategy): boolean {
  const canonical = (strategy: Strategy) =>
    strategy
      .map(({ capacityProvider, base = 0, weight = 0 }) => `${capacityProvider} ${base} ${weight}`)
      .sort()
      .join()
  return canonical(a) === canonical(b)
}

/** Fewest and most instances. */
export function bounds(counts: Counts): { min: number; max: number } {
  const min = counts.demand_count + counts.spot_count
  return { min, max: min + counts.scale_count }
}

/** Whether the number of instances is the autoscaler's to decide. */
export function isAutoscaled(counts: Counts): boolean {
  return (
    counts.scale_type !== 'none' &&
    counts.scale_count > 0 &&
    (counts.autoscaling_cpu_threshold !== null || counts.autoscaling_memory_threshold !== null)
  )
}

/**
 * What the desired count of a service means that no autoscaler changes and that is not stopped. The counts kept in its
 * tags hold where they still are what ECS was told; else somebody else has changed it, and ECS is right.
 */
export function readCounts(
  strategy: Strategy,
  desiredCount: number,
  kept: Counts,
): Pick<Counts, 'demand_count' | 'spot_count'> {
  const { demand_count, spot_count } = kept
  if (demand_count + spot_count === desiredCount && sameStrategy(strategyOf(kept), strategy)) {
    return { demand_count, spot_count }
  }
  const demand = shareOf(DEMAND, strategy, desiredCount)
  return { demand_count: demand, spot_count: desiredCount - demand }
}

/** How many of so many instances a provider gets: its base first, then its part of the rest. */
export function shareOf(provider: string, strategy: Strategy, count: number): number {
  const spot = strategy.some((each) => each.capacityProvider === SPOT)
  // A launch type instead of a strategy, or providers of another kind: nothing of it is spot.
  if (!spot) return count
  const bases = strategy.reduce((sum, { base = 0 }) => sum + base, 0)
  const weights = strategy.reduce((sum, { weight = 0 }) => sum + weight, 0)
  const own = strategy.find((each) => each.capacityProvider === provider)
  const rest = Math.max(0, count - bases)
  const part = weights === 0 ? 0 : Math.round((rest * (own?.weight ?? 0)) / weights)
  return Math.min(own?.base ?? 0, count) + part
}
