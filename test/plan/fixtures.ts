import type { App, Process, Task } from '../../src/app/app.ts'
import type { Image } from '../../src/app/image.ts'
import { imageUsers } from '../../src/app/image-users.ts'
import type { OwnedFields, ProcessState } from '../../src/app/spec.ts'
import type { Running } from '../../src/engine/running.ts'
import { plan, schedules, withDigests, type Desired, type PlanOptions } from '../../src/plan/plan.ts'
import type { Plan, ProcessChange, TaskChange } from '../../src/plan/types.ts'
import { BUILD, COMPONENT } from '../app/fixtures.ts'

export function aProcess(name: string, fields: Partial<Process> = {}): Process {
  return {
    name,
    ...COMPONENT,
    command: `bin/${name}`,
    expose: 'none',
    port: null,
    demand_count: 1,
    spot_count: 0,
    scale_count: 0,
    scale_type: 'none',
    autoscaling_cpu_threshold: null,
    autoscaling_memory_threshold: null,
    health_check: null,
    readiness: null,
    containers: {},
    depends_on: {},
    rollout: { overlap: true, on_failure: 'rollback', timeout: 900, min_up: 1 },
    disabled: false,
    ecs: { target_group: null, service: null, health_check_grace_period: null },
    instance_types: [],
    enable_warm_pool: false,
    ...fields,
  }
}

export function aTask(name: string, fields: Partial<Task> = {}): Task {
  return {
    name,
    ...COMPONENT,
    command: `bin/${name}`,
    run: null,
    when: 'changed',
    on_failure: 'abort',
    schedule: null,
    timezone: 'UTC',
    concurrency: 'allow',
    max_hours: 24,
    ...fields,
  }
}

export function anApp(components: { processes?: Process[]; tasks?: Task[]; env?: App['env'] } = {}): App {
  return {
    name: 'orderdesk',
    environment: 'default',
    engine: 'local',
    env: {},
    secrets: {},
    build: BUILD,
    processes: [],
    tasks: [],
    logs: { retention: null },
    ecs: {
      region: null,
      cluster: null,
      subnets: [],
      security_groups: [],
      assign_public_ip: false,
      namespace: null,
      execution_role: null,
      task_role: null,
      scheduler_role: null,
    },
    ...components,
  }
}

/** A content key of one repeated digit. */
export const key = (digit: string): string => digit.repeat(64)
export const digestOf = (contentKey: string): string => `d${contentKey.slice(1)}`

/** Every component gets its config's pin, or the image of this content key. */
export function wanted(app: App, options: { key?: string; made?: boolean; rebuild?: boolean } = {}): Desired {
  const contentKey = options.key ?? key('a')
  const made = options.made ?? true
  const imageOf = (pin: string | null): Image =>
    pin === null
      ? { kind: 'built', key: contentKey, digest: made && !options.rebuild ? digestOf(contentKey) : null }
      : { kind: 'pinned', reference: pin }
  return {
    app,
    images: new Map(imageUsers(app).map((each) => [each.id, imageOf(each.image)] as const)),
    rebuild: new Set(options.rebuild ? [contentKey] : []),
  }
}

export const NOTHING: Running = {
  processes: [],
  schedules: [],
  succeeded: {},
  variables: [],
  underway: false,
  released: true,
  warnings: [],
  obstacles: [],
}

/** What runs once a plan has been carried out. */
export function carriedOut(made: Plan, running: Running): Running {
  const keys = made.images.map((each) => each.key)
  const done = withDigests(made, new Map(keys.map((each) => [each, digestOf(each)])))
  const planned = new Set(done.processes.map((each) => each.name))
  const succeeded = done.tasks.filter((each) => each.action === 'run')
  return {
    ...running,
    processes: [
      ...done.processes.flatMap((each) =>
        each.after === null ? [] : { ...each.after, instances: [], events: [], settled: true },
      ),
      ...running.processes.filter((each) => !planned.has(each.spec.name)),
    ],
    schedules: done.tasks.length === 0 ? running.schedules : schedules(done),
    succeeded: {
      ...running.succeeded,
      ...Object.fromEntries(succeeded.map((each) => [each.name, each.fingerprint!])),
    },
  }
}

/** What runs after a deployment of this app, with fields that an operator has set since. */
export function runningAfter(desired: Desired, operated: Record<string, OwnedFields> = {}): Running {
  const deployed = carriedOut(plan(desired, NOTHING), NOTHING)
  const operate = Object.entries(operated).map(([process, set]) => ({ process, set }))
  if (operate.length === 0) return deployed
  return carriedOut(plan(desired, deployed, { only: Object.keys(operated), operate }), deployed)
}

/** The change of one process. */
export function changeOf(
  name: string,
  desired: Desired,
  running: Running,
  options?: PlanOptions,
): ProcessChange {
  return planned(plan(desired, running, options).processes, name)
}

export function taskOf(name: string, desired: Desired, running: Running, options?: PlanOptions): TaskChange {
  return planned(plan(desired, running, options).tasks, name)
}

export function stateOf(name: string, running: Running): ProcessState {
  const found = running.processes.find((each) => each.spec.name === name)
  if (found === undefined) throw new Error(`${name} does not run`)
  return found
}

function planned<T extends { name: string }>(all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name)
  if (found === undefined) throw new Error(`the plan does not name ${name}`)
  return found
}
