import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'

import type { App, Process } from '../../../app/app.ts'
import { failed, ok, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { look } from './look.ts'

/** Looks at the target groups that processes name: whether Fargate can use them, and whether they check what the config says. */
export async function targetGroupChecks(account: Account, { processes }: App): Promise<Check[]> {
  const checks = await Promise.all(
    processes
      .filter(({ ecs }) => ecs.target_group !== null)
      .map((process) => targetGroupCheck(account, process)),
  )
  return checks.flat()
}

async function targetGroupCheck({ aws }: Account, process: Process): Promise<Check[]> {
  const subject = `target group of ${process.name}`
  const arn = process.ecs.target_group!
  return look(subject, async () => {
    const client = await aws.loadBalancing()
    const found = await client.describeTargetGroups({ TargetGroupArns: [arn] }).catch((error: unknown) => {
      if (isNamed(error, 'TargetGroupNotFoundException')) return { TargetGroups: [] }
      throw error
    })
    const [group] = found.TargetGroups ?? []
    if (group === undefined) {
      return failed(subject, `there is no ${arn}`, 'correct `ecs.target_group` of the process, or make it')
    }
    const problems = problemsOf(process, group)
    if (problems.length > 0) return problems.map(([what, hint]) => failed(subject, what, hint))
    const { Protocol, VpcId, HealthCheckPath } = group
    const check = HealthCheckPath === undefined ? 'checks the port' : `checks ${HealthCheckPath}`
    return ok(subject, `${Protocol} to port ${process.port} in ${VpcId}, ${check}`)
  })
}

type Problem = [what: string, hint: string]

/**
 * The port of the group itself is only a default: ECS registers each task with the port of its container.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html
 */
function problemsOf({ name, port, health_check, readiness }: Process, group: TargetGroup): Problem[] {
  const { TargetGroupArn: arn, TargetType, LoadBalancerArns = [], HealthCheckPort } = group
  const { HealthCheckProtocol, HealthCheckPath } = group
  const modify = `aws elbv2 modify-target-group --target-group-arn ${arn}`
  const problems: Problem[] = []
  if (TargetType !== 'ip') {
    problems.push([
      `it is for targets of type ${TargetType}, and tasks on Fargate are addresses`,
      'make another one with `--target-type ip`: the type of this one cannot be changed',
    ])
  }
  if (LoadBalancerArns.length === 0) {
    problems.push([
      'no load balancer uses it, and ECS makes no service with such a one',
      'add a listener, or a rule of one, that forwards to it',
    ])
  }
  if (
    HealthCheckPort !== undefined &&
    HealthCheckPort !== 'traffic-port' &&
    HealthCheckPort !== String(port)
  ) {
    problems.push([
      `it checks port ${HealthCheckPort}, and ${name} listens on ${port}`,
      `${modify} --health-check-port traffic-port`,
    ])
  }
  const field = readiness?.path == null ? 'health_check' : 'readiness'
  const path = readiness?.path ?? health_check?.path ?? null
  if (path !== null && HealthCheckPath !== path) {
    const real = HealthCheckPath ?? `only whether the port accepts (${HealthCheckProtocol})`
    problems.push([
      `it checks ${real}, and the config says ${path}`,
      HealthCheckPath === undefined
        ? `${modify} --health-check-protocol HTTP --health-check-path ${path}`
        : `${modify} --health-check-path ${path}, or say \`${field}: {path: ${HealthCheckPath}}\``,
    ])
  }
  return problems
}
