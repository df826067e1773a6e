import { isDeepStrictEqual } from 'node:util'

import { describe, expect, it } from 'vitest'

import type { ProcessSpec, ProcessState } from '../../../../src/app/spec.ts'
import { readProcessDefinition } from '../../../../src/engine/ecs/definition/read.ts'
import { atWrite, dies, type Moment } from '../death.ts'
import { APP, Shop } from './shop.ts'

const SCALED: Partial<ProcessSpec> = {
  scale_count: 3,
  scale_type: 'demand',
  autoscaling_cpu_threshold: 70,
}
const OTHERWISE = { ...SCALED, scale_count: 5, autoscaling_cpu_threshold: 50 }
const NEW = { env: { LEVEL: 'debug' } }
const ALONE = { overlap: false }

/** From what, if anything, to what, if anything: as spec and rollout settings. */
type Side = Parameters<Shop['state']> | null
const TRANSITIONS: [string, Side, Side][] = [
  ['creates an autoscaled process', null, [SCALED]],
  ['updates a process', [{}], [NEW]],
  ['updates an autoscaled process without overlap', [SCALED, ALONE], [{ ...SCALED, ...NEW }, ALONE]],
  ['begins to scale a process', [{}], [SCALED]],
  ['ends scaling a process', [SCALED], [{}]],
  ['changes how a process scales', [SCALED], [OTHERWISE]],
  ['mixes spot in', [{ demand_count: 2 }], [{ demand_count: 1, spot_count: 1 }]],
  ['stops an autoscaled process', [SCALED], [{ ...SCALED, disabled: true }]],
  ['starts an autoscaled process', [{ ...SCALED, disabled: true }], [SCALED]],
  ['removes an autoscaled process', [SCALED], null],
]

async function open(): Promise<Shop> {
  const shop = await Shop.open()
  const { durations } = shop.fake.ecs
  Object.assign(durations, { scheduling: 0.5, provisioning: 0, pending: 0, healthy: 0, deprovisioning: 0 })
  return shop
}

/** Runs a transition and dies at its n-th write. False: it had fewer. */
function rollsAndDies(
  shop: Shop,
  [before, after]: [ProcessState | null, ProcessState | null],
  { write, moment }: { write: number; moment: Moment },
): Promise<boolean> {
  return dies(shop.fake, { caller: 'doomed', at: atWrite(write), moment }, () =>
    shop.deployer('doomed').rollout(APP, [{ name: 'web', before, after }], {
      signal: new AbortController().signal,
      report: () => {},
    }),
  )
}

/** Everything that there is, as far as it matters: which services, what they run and how often, and who scales them. */
async function reality(shop: Shop): Promise<unknown> {
  const { aws } = shop.account
  const ecs = await aws.ecs()
  const { serviceArns = [] } = await ecs.listServices({ cluster: 'default' })
  const services = await Promise.all(
    serviceArns.map(async (arn) => {
      const service = (await shop.described(arn.slice(arn.lastIndexOf('/') + 1)))!
      const { serviceName, desiredCount, capacityProviderStrategy, taskDefinition } = service
      const definition = readProcessDefinition(await shop.definitions.read(taskDefinition!))
      return { serviceName, desiredCount, capacityProviderStrategy, definition }
    }),
  )
  const api = await aws.autoscaling()
  const { ScalableTargets = [] } = await api.describeScalableTargets({ ServiceNamespace: 'ecs' })
  const { ScalingPolicies = [] } = await api.describeScalingPolicies({ ServiceNamespace: 'ecs' })
  return {
    services,
    targets: ScalableTargets.map((each) => [each.MinCapacity, each.MaxCapacity, each.SuspendedState]),
    policies: ScalingPolicies.map((each) => each.TargetTrackingScalingPolicyConfiguration),
  }
}

async function observed(shop: Shop): Promise<ProcessState | null> {
  const service = shop.stored['web']?.service ?? 'shop--production--web'
  const { processes } = await shop.observe({ wanted: [{ process: 'web', service }] })
  return processes[0]?.state ?? null
}

/** What a deployment does that sees what a dead one has left; nothing, where that looks as if it were what is wanted. */
async function bringTo(shop: Shop, wanted: ProcessState | null): Promise<void> {
  const half = await observed(shop)
  if (isDeepStrictEqual(half, wanted)) return
  expect(await shop.roll(half, wanted)).toMatchObject({ outcome: 'steady', runs: 'after' })
}

describe.each(TRANSITIONS)('a deployer that %s and is killed', (_what, from, to) => {
  it.each([
    ['finished by the next one', false],
    ['taken back by the next one', true],
  ])('at any of its writes leaves what is %s', async (_how, goesBack) => {
    await using control = await open()
    const side = goesBack ? from : to
    if (side !== null) await control.running(control.state(...side))
    const expected = await reality(control)
    for (let write = 1; ; write++) {
      await using shop = await open()
      const before = from && (await shop.running(shop.state(...from)))
      const after = to && shop.state(...to)
      const moment = goesBack ? 'after' : 'before'
      if (!(await rollsAndDies(shop, [before, after], { write, moment }))) break
      await bringTo(shop, goesBack ? before : after)
      expect(await reality(shop)).toEqual(expected)
      expect(await observed(shop)).toEqual(goesBack ? before : after)
    }
  })
})
