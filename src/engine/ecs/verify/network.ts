import type { App } from '../../../app/app.ts'
import { ok, skipped, type Check } from '../../check.ts'
import type { Proven } from './services.ts'

/**
 * Subnets, security groups and the namespace. Gantry asks neither EC2 nor Cloud Map for anything, so what it knows of them
 * is what runs in them.
 */
export function networkChecks({ ecs }: App, proven: Proven): Check[] {
  const { subnets, security_groups, namespace } = ecs
  return [
    byWhatRuns('subnets', subnets, proven.subnets, {
      needs: 'ec2:DescribeSubnets',
      command: (ids) => `aws ec2 describe-subnets --subnet-ids ${ids}`,
    }),
    ...(security_groups.length === 0
      ? [ok('security groups', 'the default one of the VPC')]
      : [
          byWhatRuns('security groups', security_groups, proven.security_groups, {
            needs: 'ec2:DescribeSecurityGroups',
            command: (ids) => `aws ec2 describe-security-groups --group-ids ${ids}`,
          }),
        ]),
    ...(namespace === null
      ? []
      : [
          skipped(
            `namespace ${namespace}`,
            'needs servicediscovery:ListNamespaces, which Gantry never asks for',
            'see that it is listed: aws servicediscovery list-namespaces',
          ),
        ]),
  ]
}

function byWhatRuns(
  subject: string,
  ids: readonly string[],
  proven: ReadonlyMap<string, string>,
  look: { needs: string; command: (ids: string) => string },
): Check {
  const unknown = ids.filter((id) => !proven.has(id))
  if (unknown.length === 0) return ok(subject, ids.map((id) => `${proven.get(id)} runs in ${id}`).join(', '))
  return skipped(
    subject,
    `needs ${look.needs}, which Gantry never asks for`,
    `see that they are there, in one VPC: ${look.command(unknown.join(' '))}`,
  )
}
