import { createHash } from 'node:crypto'

import { z } from 'zod'

import { arn } from './arn.ts'
import { AwsError } from './aws-error.ts'
import { operation, perform } from './operation.ts'
import { page } from './page.ts'
import type { FakeService, Input } from './service.ts'

export interface TargetGroup {
  name: string
  port: number
  healthCheckPath: string
  targetType: 'ip' | 'instance'
  /** Of requests and of health checks. Default: HTTP. */
  protocol?: 'HTTP' | 'HTTPS' | 'TCP'
  /** A number where it is not the port of the target itself. */
  healthCheckPort?: number
  /** Whether a load balancer sends it requests. Default: yes. */
  isUsed?: boolean
}

const Texts = z.array(z.string()).min(1)

/** Load balancers: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html */
export class ElbFake implements FakeService {
  readonly #groups = new Map<string, TargetGroup>()

  /** Makes a target group and answers with its ARN. */
  createTargetGroup(group: TargetGroup): string {
    const id = createHash('sha256').update(group.name).digest('hex').slice(0, 16)
    const made = arn('elasticloadbalancing', `targetgroup/${group.name}/${id}`)
    this.#groups.set(made, group)
    return made
  }

  /** Whether there is a target group of this ARN. */
  has(groupArn: string): boolean {
    return this.#groups.has(groupArn)
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'ValidationError' })
  }

  readonly #operations = {
    DescribeTargetGroups: operation(
      z.strictObject({
        TargetGroupArns: Texts.optional(),
        Names: Texts.optional(),
        PageSize: z.coerce.number().int().min(1).max(400).default(400),
        Marker: z.string().optional(),
      }),
      ({ TargetGroupArns, Names, PageSize, Marker }) => {
        const groups = [...this.#groups].filter(
          ([groupArn, { name }]) => TargetGroupArns?.includes(groupArn) ?? Names?.includes(name) ?? true,
        )
        if (groups.length < new Set(TargetGroupArns ?? Names).size) {
          throw new AwsError('TargetGroupNotFound', 'One or more target groups not found')
        }
        const { items, token } = page(groups, {
          key: ([groupArn]) => groupArn,
          limit: PageSize,
          token: Marker,
          invalid: 'ValidationError',
        })
        return {
          TargetGroups: items.map(([groupArn, group]) => describe(groupArn, group)),
          NextMarker: token,
        }
      },
    ),
  }
}

function describe(groupArn: string, group: TargetGroup): object {
  const { name, port, healthCheckPath, targetType, protocol = 'HTTP', healthCheckPort, isUsed = true } = group
  return {
    TargetGroupArn: groupArn,
    TargetGroupName: name,
    Protocol: protocol,
    ProtocolVersion: protocol === 'TCP' ? undefined : 'HTTP1',
    Port: port,
    VpcId: 'vpc-fake',
    LoadBalancerArns: isUsed
      ? [arn('elasticloadbalancing', `loadbalancer/app/${name}/0123456789abcdef`)]
      : [],
    HealthCheckProtocol: protocol,
    HealthCheckPort: healthCheckPort ?? 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: protocol === 'TCP' ? undefined : healthCheckPath,
    Matcher: protocol === 'TCP' ? undefined : { HttpCode: '200' },
    TargetType: targetType,
    IpAddressType: 'ipv4',
  }
}
