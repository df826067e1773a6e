import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs'

/**
 * How many of so many tasks each provider of a strategy gets: the base first, the rest by weight. The one before it in the strategy wins
 * where two are as far behind.
 */
export function spread(
  strategy: readonly CapacityProviderStrategyItem[],
  count: number,
): Map<string, number> {
  const shares = new Map(
    strategy.map(({ capacityProvider, base = 0 }) => [capacityProvider ?? '', Math.min(base, count)]),
  )
  const weights = strategy.map(
    ({ capacityProvider, weight = 0 }) => [capacityProvider ?? '', weight] as const,
  )
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  const rest = count - [...shares.values()].reduce((sum, share) => sum + share, 0)
  if (total === 0 || rest <= 0) return shares
  let left = rest
  for (const [provider, weight] of weights) {
    const share = Math.floor((rest * weight) / total)
    shares.set(provider, shares.get(provider)! + share)
    left -= share
  }
  for (const [provider, weight] of weights) {
    if (left === 0 || (rest * weight) % total === 0) continue
    shares.set(provider, shares.get(provider)! + 1)
    left--
  }
  return shares
}
