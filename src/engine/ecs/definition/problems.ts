import type { App, EcsSettings, Placement, Process, Task } from '../../../app/app.ts'
import { showDuration } from '../../../app/duration.ts'
import type { Diagnostic } from '../../../app/errors.ts'
import { showCpu, showMemory } from '../../../app/size.ts'
import { serviceName } from '../names.ts'
import { refusals } from './limits.ts'

/** What Fargate runs. */
export const PLATFORMS: Readonly<Record<string, Placement['architecture']>> = {
  'linux/amd64': 'x86_64',
  'linux/arm64': 'arm64',
}
/** The `min_up` of who says nothing about it. */
export const DEFAULT_MIN_UP = 1

/** Everything that ECS cannot honour in an app, and what it makes otherwise than the config says. */
export function problemsOf(app: App, adapted: App): Diagnostic[] {
  return [
    ...appProblems(app),
    ...app.processes.flatMap((each, index) => [
      ...componentProblems(each, adapted.processes[index]!, `processes.${each.name}`),
      ...processErrors(each, app.ecs, `processes.${each.name}`),
      ...processWarnings(each, `processes.${each.name}`),
    ]),
    ...sharedServices(app),
    ...app.tasks.flatMap((each, index) => [
      ...componentProblems(each, adapted.tasks[index]!, `tasks.${each.name}`),
      ...taskErrors(each, app.ecs, `tasks.${each.name}`),
    ]),
  ]
}

function appProblems({ processes, tasks, ecs, build }: App): Diagnostic[] {
  const components = [...processes, ...tasks]
  if (components.length === 0) return []
  const found: Diagnostic[] = []
  if (ecs.subnets.length === 0) {
    found.push(
      error(
        'ecs.subnets',
        'Fargate needs at least one subnet to start anything in',
        'name the subnets of your VPC under `ecs.subnets`; in public ones say `assign_public_ip: true` too',
      ),
    )
  }
  if (ecs.execution_role === null) {
    found.push(
      error(
        'ecs.execution_role',
        'ECS needs a role with which it fetches images and secrets and writes logs',
        'name one that has the policy AmazonECSTaskExecutionRolePolicy and may read the secrets under `ecs.execution_role`',
      ),
    )
  }
  if (
    build.command !== null ||
    components.some((each) => each.image === null && each.build.command !== null)
  ) {
    found.push(
      warning(
        'build.command',
        'only the local engine runs build.command: on ecs the Dockerfile says how to build',
        'put the command into the Dockerfile',
      ),
    )
  }
  return found
}

function componentProblems(before: Process | Task, after: Process | Task, path: string): Diagnostic[] {
  const found = refusals(after).map(({ field, message, hint }) => error(`${path}.${field}`, message, hint))
  const { platform } = before.build
  if (platform !== null && !Object.hasOwn(PLATFORMS, platform)) {
    found.push(
      error(
        `${path}.build.platform`,
        `Fargate does not run ${platform}`,
        `say ${Object.keys(PLATFORMS).join(' or ')}`,
      ),
    )
  }
  return [...found, ...roundings(before, after, path)]
}

function roundings(before: Process | Task, after: Process | Task, path: string): Diagnostic[] {
  const shown = { memory: showMemory, cpu: showCpu, stop_timeout: showDuration }
  return (Object.keys(shown) as (keyof typeof shown)[])
    .filter((field) => before[field] !== after[field])
    .map((field) =>
      warning(
        `${path}.${field}`,
        `${shown[field](before[field])} is not offered by Fargate: it gets ${shown[field](after[field])}`,
        `say ${shown[field](after[field])} to be rid of this warning`,
      ),
    )
}

function processErrors(
  { name, expose, port, ecs: own }: Process,
  ecs: EcsSettings,
  path: string,
): Diagnostic[] {
  const found: Diagnostic[] = []
  if (expose === 'public' && own.target_group === null) {
    found.push(
      error(
        `${path}.expose`,
        `${name} is public, and nothing leads to it from outside: Gantry makes no load balancer`,
        'name the target group of yours under `ecs.target_group` of the process, or say `expose: none`',
      ),
    )
  }
  if (own.target_group !== null && port === null) {
    found.push(
      error(
        `${path}.port`,
        `${name} has a target group and no port to send requests to`,
        'say on which `port` it listens',
      ),
    )
  }
  if (expose === 'private' && port === null) {
    found.push(
      error(
        `${path}.port`,
        `${name} is private and has no port to be reached on`,
        'say on which `port` it listens',
      ),
    )
  }
  if (expose === 'private' && ecs.namespace === null) {
    found.push(
      error(
        `${path}.expose`,
        `${name} is private, and no namespace says where other processes find it`,
        'name a Service Connect namespace under `ecs.namespace`, or say `expose: none`',
      ),
    )
  }
  return found
}

function processWarnings({ health_check: check, rollout, ecs }: Process, path: string): Diagnostic[] {
  const found: Diagnostic[] = []
  if (check?.tcp) {
    found.push(
      warning(
        `${path}.health_check.tcp`,
        'ECS cannot check whether a port accepts connections: this check does nothing',
        'give a command that does, or a target group that checks',
      ),
    )
  }
  if (check !== null && check.path !== null && ecs.target_group === null) {
    found.push(
      warning(
        `${path}.health_check.path`,
        'a path is checked by a load balancer, and there is none: nothing checks this process',
        'name an `ecs.target_group`, or give a command that asks for the path',
      ),
    )
  }
  if (rollout.min_up !== DEFAULT_MIN_UP) {
    found.push(
      warning(
        `${path}.rollout.min_up`,
        'min_up is not used on ecs, which decides itself when an instance counts as steady',
        'leave it out',
      ),
    )
  }
  return found
}

function taskErrors({ name, schedule }: Task, ecs: EcsSettings, path: string): Diagnostic[] {
  if (schedule === null || ecs.scheduler_role !== null) return []
  return [
    error(
      `${path}.schedule`,
      `${name} has a schedule, and no role with which the scheduler may start it`,
      'name a role that EventBridge Scheduler can take on and that may run tasks under `ecs.scheduler_role`',
    ),
  ]
}

/** Two processes would overwrite each other in one service. */
function sharedServices(app: App): Diagnostic[] {
  const users = Map.groupBy(app.processes, ({ name, ecs }) => serviceName(app, name, ecs.service))
  return [...users].flatMap(([service, [first, ...others]]) =>
    others.map(({ name }) =>
      error(
        `processes.${name}.ecs.service`,
        `${name} and ${first!.name} are both to be the service ${service}`,
        'give each a service of its own, or leave the name out',
      ),
    ),
  )
}

function warning(path: string, message: string, hint: string): Diagnostic {
  return { severity: 'warning', message, path, hint }
}

function error(path: string, message: string, hint: string): Diagnostic {
  return { severity: 'error', message, path, hint }
}
