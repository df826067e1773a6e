import type { Service } from '@aws-sdk/client-ecs'
import pLimit from 'p-limit'

import type { App } from '../../../app/app.ts'
import { failed, ok, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { serviceName } from '../names.ts'
import { describeServices } from '../services/describe.ts'
import { isOurs } from '../services/in-the-way.ts'
import { revisionOf } from '../services/shape.ts'

const PARALLEL = 4

/** What runs now where the processes are to run, and so is known to work. */
export interface Proven {
  /** Each thing with the name of a service that runs with it. */
  subnets: ReadonlyMap<string, string>
  security_groups: ReadonlyMap<string, string>
  /** ARNs of roles. */
  roles: ReadonlyMap<string, string>
  /** How many instances each process has. */
  instances: ReadonlyMap<string, number>
}

export const NOTHING_PROVEN: Proven = {
  subnets: new Map(),
  security_groups: new Map(),
  roles: new Map(),
  instances: new Map(),
}

export interface FoundServices {
  checks: Check[]
  proven: Proven
}

/** Looks at the services of the names that the processes have. */
export async function findServices(account: Account, app: App): Promise<FoundServices> {
  const wanted = app.processes.map(({ name, ecs }) => ({
    name,
    service: serviceName(app, name, ecs.service),
  }))
  const services = await describeServices(
    account,
    wanted.map(({ service }) => service),
  )
  const checks = wanted.map(({ name, service }) => serviceCheck(app, name, service, services.get(service)))
  const running = [...services.values()].filter(
    (each) => each.status === 'ACTIVE' && (each.runningCount ?? 0) > 0,
  )
  const instances = new Map(
    wanted.map(({ name, service }) => [name, services.get(service)?.runningCount ?? 0]),
  )
  return { checks, proven: { ...(await provenBy(account, running)), instances } }
}

function serviceCheck(app: App, process: string, name: string, service: Service | undefined): Check {
  const subject = `service of ${process}`
  if (service === undefined || service.status === 'INACTIVE') {
    return ok(subject, `${name} is not there yet: the first deploy makes it`)
  }
  if (service.status === 'DRAINING') {
    return ok(subject, `${name} was deleted and still has tasks: a deploy waits until they have stopped`)
  }
  if (isOurs(app, process, service)) {
    return ok(subject, `${name} runs ${service.runningCount ?? 0} of ${service.desiredCount ?? 0}`)
  }
  return failed(
    subject,
    `there is a service ${name} that is not of this app`,
    `hand it over with \`gantry adopt ${process}\`, or name another one under \`ecs.service\``,
  )
}

async function provenBy({ aws }: Account, running: readonly Service[]): Promise<Omit<Proven, 'instances'>> {
  const [subnets, security_groups, roles] = [
    new Map<string, string>(),
    new Map<string, string>(),
    new Map<string, string>(),
  ]
  const limit = pLimit(PARALLEL)
  const ecs = await aws.ecs()
  await Promise.all(
    running.map((service) =>
      limit(async () => {
        const name = service.serviceName!
        const network = service.networkConfiguration?.awsvpcConfiguration
        for (const each of network?.subnets ?? []) subnets.set(each, name)
        for (const each of network?.securityGroups ?? []) security_groups.set(each, name)
        const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: revisionOf(service) })
        for (const each of [taskDefinition?.executionRoleArn, taskDefinition?.taskRoleArn]) {
          if (each !== undefined) roles.set(each, name)
        }
      }),
    ),
  )
  return { subnets, security_groups, roles }
}
