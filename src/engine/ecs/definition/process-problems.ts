import type { EcsSettings } from '../../../app/app.ts'
import { showDuration } from '../../../app/duration.ts'
import { showCpu, showMemory } from '../../../app/size.ts'
import type { FieldProblem } from '../../engine.ts'
import { containerProblems, roundedTimes } from './container-problems.ts'
import { error, rounded, warning } from './field-problem.ts'
import type { ProcessFields, TaskFields } from './fields.ts'
import { refusals } from './limits.ts'

/** The `min_up` of who says nothing about it. */
export const DEFAULT_MIN_UP = 1

/** What ECS cannot honour in a process, and what it makes otherwise: before `adapt` and after it. */
export function processProblems(before: ProcessFields, after: ProcessFields): FieldProblem[] {
  return [
    ...componentProblems(before, after),
    ...whoReaches(after),
    ...checks(before, after),
    ...readinessProblems(before),
    ...containerProblems(before.containers, after.containers),
    ...minUp(before),
  ]
}

/** The same of what processes and tasks have in common. */
export function componentProblems(
  before: ProcessFields | TaskFields,
  after: ProcessFields | TaskFields,
): FieldProblem[] {
  const found = refusals(after)
  if (before.memory !== after.memory) {
    found.push(
      rounded(
        ['memory', 'cpu'],
        `${showMemory(before.memory)} with ${showCpu(after.cpu)}`,
        showMemory(after.memory),
      ),
    )
  }
  if (before.cpu !== after.cpu) {
    found.push(
      rounded(
        ['cpu', 'memory'],
        `${showCpu(before.cpu)} with ${showMemory(after.memory)}`,
        showCpu(after.cpu),
      ),
    )
  }
  if (before.stop_timeout !== after.stop_timeout) {
    found.push(rounded(['stop_timeout'], showDuration(before.stop_timeout), showDuration(after.stop_timeout)))
  }
  return found
}

/** What every component needs and only the settings of the app can say. Their fields are paths in the config. */
export function settingsProblems({ subnets, execution_role, task_role, exec }: EcsSettings): FieldProblem[] {
  const found: FieldProblem[] = []
  if (subnets.length === 0) {
    found.push(
      error(
        ['ecs.subnets'],
        'Fargate needs at least one subnet to start anything in',
        'name the subnets of your VPC under `ecs.subnets`; in public ones say `assign_public_ip: true` too',
      ),
    )
  }
  if (execution_role === null) {
    found.push(
      error(
        ['ecs.execution_role'],
        'ECS needs a role with which it fetches images and secrets and writes logs',
        'name one that has the policy AmazonECSTaskExecutionRolePolicy and may read the secrets under `ecs.execution_role`',
      ),
    )
  }
  if (exec === true && task_role === null) {
    found.push(
      error(
        ['ecs.exec'],
        'ECS Exec works with the role that the code in instances has, and there is none',
        'name one under `ecs.task_role` that may use ssmmessages; docs/shell.md says what it needs',
      ),
    )
  }
  return found
}

function whoReaches({ name, expose, port, ecs, placement }: ProcessFields): FieldProblem[] {
  const found: FieldProblem[] = []
  if (expose === 'public' && ecs.target_group === null) {
    found.push(
      error(
        ['expose'],
        `${name} is public, and nothing leads to it from outside: Gantry makes no load balancer`,
        'name the target group of yours under `ecs.target_group` of the process, or say `expose: none`',
      ),
    )
  }
  if (ecs.target_group !== null && port === null) {
    found.push(
      error(
        ['port'],
        `${name} has a target group and no port to send requests to`,
        'say on which `port` it listens',
      ),
    )
  }
  if (expose === 'private' && port === null) {
    found.push(
      error(
        ['port', 'expose'],
        `${name} is private and has no port to be reached on`,
        'say on which `port` it listens',
      ),
    )
  }
  if (expose === 'private' && !placement?.namespace) {
    found.push(
      error(
        ['expose'],
        `${name} is private, and no namespace says where other processes find it`,
        'name a Service Connect namespace under `ecs.namespace`, or say `expose: none`',
      ),
    )
  }
  return found
}

function checks(
  { health_check: check, readiness, ecs }: ProcessFields,
  after: ProcessFields,
): FieldProblem[] {
  if (check === null) return []
  if (check.path !== null && readiness?.path != null && ecs.target_group !== null) {
    return [
      warning(
        ['health_check.path'],
        `the load balancer checks one path, which is that of readiness: nothing checks ${check.path}`,
        'leave one of them out, or give the health check a command',
      ),
    ]
  }
  if (check.tcp) {
    return [
      warning(
        ['health_check.tcp'],
        'ECS cannot check whether a port accepts connections: this check does nothing',
        'give a command that does, or a target group that checks',
      ),
    ]
  }
  if (check.path !== null && ecs.target_group === null) {
    return [
      warning(
        ['health_check.path'],
        'a path is checked by a load balancer, and there is none: nothing checks this process',
        'name an `ecs.target_group`, or give a command that asks for the path',
      ),
    ]
  }
  return after.health_check === null ? [] : roundedTimes('health_check', check, after.health_check)
}

/** The load balancer is all that gives requests to some instances and not to others. */
function readinessProblems({ readiness, ecs }: ProcessFields): FieldProblem[] {
  if (readiness === null || (readiness.path !== null && ecs.target_group !== null)) return []
  return [
    warning(
      ['readiness'],
      'on ecs a load balancer decides which instances get requests, by a path: nothing checks this',
      'give it a path and the process an `ecs.target_group`, or leave it out',
    ),
  ]
}

function minUp({ rollout }: ProcessFields): FieldProblem[] {
  if (rollout.min_up === DEFAULT_MIN_UP) return []
  return [
    warning(
      ['rollout.min_up'],
      'min_up is not used on ecs, which decides itself when an instance counts as steady',
      'leave it out',
    ),
  ]
}
