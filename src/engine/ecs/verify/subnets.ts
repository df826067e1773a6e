import type { Subnet } from '@aws-sdk/client-ec2'

import type { App } from '../../../app/app.ts'
import { failed, ok, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { bounds } from '../capacity.ts'
import type { Proven } from './services.ts'

const SUBJECT = 'subnets'

/** Those of these subnets that there are. A filter, unlike a list of ids, does not fail for one that is not there. */
export async function findSubnets({ aws }: Account, ids: readonly string[]): Promise<Subnet[]> {
  const ec2 = await aws.ec2()
  const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'subnet-id', Values: [...ids] }] })
  return Subnets
}

/** The VPC of all these subnets, or null where they have none in common. */
export function vpcOf(subnets: readonly Subnet[]): string | null {
  const [vpc, ...others] = new Set(subnets.map((each) => each.VpcId))
  return others.length === 0 ? (vpc ?? null) : null
}

/** What the subnets that the config names are like, and whether a deployment has room in them. */
export function subnetChecks(app: App, found: readonly Subnet[], instances: Proven['instances']): Check[] {
  const faults = faultsOf(app.ecs.subnets, found)
  if (faults.length > 0) return faults
  const free = found.reduce((sum, each) => sum + (each.AvailableIpAddressCount ?? 0), 0)
  const needed = addressesNeeded(app, instances)
  if (free < needed) {
    return [
      failed(
        SUBJECT,
        `${free} of their addresses are free, and a deployment of every process needs ${needed}`,
        'name more subnets, or larger ones: every instance has an address, and with `overlap` the old and the new at once',
      ),
    ]
  }
  const zones = [...new Set(found.map((each) => each.AvailabilityZone!))].sort()
  const where =
    zones.length > 1
      ? zones.join(', ')
      : `${zones[0]} alone: one in another zone would keep the app up when that is down`
  return [ok(SUBJECT, `in ${vpcOf(found)}, ${free} addresses free, in ${where}`)]
}

function faultsOf(ids: readonly string[], found: readonly Subnet[]): Check[] {
  const missing = ids.filter((id) => !found.some((each) => each.SubnetId === id))
  const unready = found.filter((each) => each.State !== 'available')
  const vpcs = Map.groupBy(found, (each) => each.VpcId)
  return [
    ...missing.map((id) =>
      failed(
        SUBJECT,
        `there is no ${id} in this account and region`,
        'correct `ecs.subnets`: aws ec2 describe-subnets',
      ),
    ),
    ...unready.map(({ SubnetId, State }) =>
      failed(SUBJECT, `${SubnetId} is ${State}`, 'wait until it is available, or name another one'),
    ),
    ...(vpcs.size > 1
      ? [
          failed(
            SUBJECT,
            [...vpcs]
              .map(([vpc, each]) => `${each.map((one) => one.SubnetId).join(', ')} in ${vpc}`)
              .join('; '),
            'name subnets of one VPC: a service runs in one',
          ),
        ]
      : []),
  ]
}

/** How many more addresses there have to be, beside those that instances have now, while all processes are replaced at once. */
function addressesNeeded({ processes }: App, instances: Proven['instances']): number {
  return processes
    .filter((each) => !each.disabled)
    .reduce((sum, process) => {
      const { min } = bounds(process)
      const running = instances.get(process.name) ?? 0
      const most = running > 0 && process.rollout.overlap ? 2 * min : min
      return sum + Math.max(0, most - running)
    }, 0)
}
