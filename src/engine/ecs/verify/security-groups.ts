import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2'

import type { App } from '../../../app/app.ts'
import { failed, ok, type Check } from '../../check.ts'
import type { Account } from '../account.ts'

const SUBJECT = 'security groups'
const HTTPS = 443

/** Looks at the security groups that the config names, in the VPC of its subnets; null: that is not known. */
export async function securityGroupChecks({ aws }: Account, app: App, vpc: string | null): Promise<Check[]> {
  const ids = app.ecs.security_groups
  const ec2 = await aws.ec2()
  const { SecurityGroups: found = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'group-id', Values: ids }],
  })
  const missing = ids.filter((id) => !found.some((each) => each.GroupId === id))
  const elsewhere = found.filter((each) => vpc !== null && each.VpcId !== vpc)
  const faults = [
    ...missing.map((id) =>
      failed(SUBJECT, `there is no ${id} in this account and region`, 'correct `ecs.security_groups`'),
    ),
    ...elsewhere.map(({ GroupId, VpcId }) =>
      failed(
        SUBJECT,
        `${GroupId} is in ${VpcId}, and the subnets are in ${vpc}`,
        'name a group of their VPC',
      ),
    ),
  ]
  if (faults.length > 0) return faults
  return [ok(SUBJECT, [`${ids.join(', ')} in ${found[0]?.VpcId}`, ...doubts(app, found)].join('; '))]
}

/** From where a load balancer sends requests, and to where tasks go, is not looked at: only whether the port is open to anybody. */
function doubts({ processes }: App, groups: readonly SecurityGroup[]): string[] {
  const into = groups.flatMap((each) => each.IpPermissions ?? [])
  const outOf = groups.flatMap((each) => each.IpPermissionsEgress ?? [])
  return [
    ...processes.flatMap(({ name, port, ecs }) =>
      ecs.target_group === null || port === null || isOpen(into, port)
        ? []
        : [`none lets anything in to port ${port}, where the load balancer looks for ${name}`],
    ),
    ...(isOpen(outOf, HTTPS) ? [] : ['none lets HTTPS out, which pulling an image takes']),
  ]
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function isOpen(permissions: readonly IpPermission[], port: number): boolean {
  return permissions.some(({ IpProtocol, FromPort = 0, ToPort = 65_535 }) => {
    if (IpProtocol === '-1') return true
    return (IpProtocol === 'tcp' || IpProtocol === '6') && FromPort <= port && port <= ToPort
  })
}
