import type { Subnet } from '@aws-sdk/client-ec2'

import type { App } from '../../../app/app.ts'
import type { Variable } from '../../engine.ts'
import { ok, skipped, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import type { Home } from './cluster.ts'
import { servicesNeeded } from './endpoints.ts'
import { look } from './look.ts'
import { securityGroupChecks } from './security-groups.ts'
import type { Proven } from './services.ts'
import { findSubnets, subnetChecks, vpcOf } from './subnets.ts'
import { wayOutChecks } from './way-out.ts'

export interface NetworkOptions {
  home: Home | null
  proven: Proven
  /** What people have set by hand; null where that could not be read. */
  variables: readonly Variable[] | null
}

/** Subnets with their way out, security groups and the namespace. */
export async function networkChecks(
  account: Account,
  app: App,
  { home, proven, variables }: NetworkOptions,
): Promise<Check[]> {
  const { subnets, assign_public_ip } = app.ecs
  const proof = proofOf(subnets, proven.subnets)
  if (subnets.length === 0) return namespaceChecks(app)
  let vpc: string | null = null
  let found: Subnet[] = []
  const checks = await look(
    'subnets',
    async () => {
      found = await findSubnets(account, subnets)
      vpc = vpcOf(found)
      return subnetChecks(app, found, proven.instances)
    },
    {
      proof,
      hint: `see that they are there, in one VPC: aws ec2 describe-subnets --subnet-ids ${subnets.join(' ')}`,
    },
  )
  return [
    ...checks,
    ...(vpc === null
      ? []
      : await wayOutChecks(account, {
          vpc,
          subnets: found,
          region: await account.aws.region(),
          account: home?.account ?? null,
          assign_public_ip,
          wanted: servicesNeeded(app, variables),
          proof,
        })),
    ...(await groupChecks(account, app, { proven, vpc })),
    ...namespaceChecks(app),
  ]
}

async function groupChecks(
  account: Account,
  app: App,
  { proven, vpc }: { proven: Proven; vpc: string | null },
): Promise<Check[]> {
  const ids = app.ecs.security_groups
  if (ids.length === 0) return [ok('security groups', 'the default one of the VPC')]
  return look('security groups', () => securityGroupChecks(account, app, vpc), {
    proof: proofOf(ids, proven.security_groups),
    hint: `see that they are in the VPC of the subnets: aws ec2 describe-security-groups --group-ids ${ids.join(' ')}`,
  })
}

function namespaceChecks({ ecs: { namespace } }: App): Check[] {
  if (namespace === null) return []
  return [
    skipped(
      `namespace ${namespace}`,
      'needs servicediscovery:ListNamespaces, which Gantry never asks for',
      'see that it is listed: aws servicediscovery list-namespaces',
    ),
  ]
}

/** That something runs with each of them, or null. */
function proofOf(ids: readonly string[], proven: ReadonlyMap<string, string>): string | null {
  return ids.every((id) => proven.has(id))
    ? ids.map((id) => `${proven.get(id)} runs in ${id}`).join(', ')
    : null
}
