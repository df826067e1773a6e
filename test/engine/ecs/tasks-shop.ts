import type { Placement } from '../../../src/app/app.ts'
import type { Command } from '../../../src/app/command.ts'
import type { TaskSpec } from '../../../src/app/spec.ts'
import type { Account } from '../../../src/engine/ecs/account.ts'
import { Definitions } from '../../../src/engine/ecs/definition/register.ts'
import { Logs } from '../../../src/engine/ecs/logs/logs.ts'
import { EcsTaskRuns } from '../../../src/engine/ecs/tasks/task-runs.ts'
import { Tasks } from '../../../src/engine/ecs/tasks/tasks.ts'
import type { TaskHandle, TaskRequest, TaskResult } from '../../../src/engine/engine.ts'
import type { Behaviour } from '../../fakes/aws/ecs/behaviour.ts'
import { FakeAws } from '../../fakes/aws/fake-aws.ts'
import { taskSpec } from '../specs.ts'
import { awsOf } from './aws.ts'

export const APP = { name: 'shop', environment: 'production' }
export const GROUP = '/gantry/shop/production'
export const SCHEDULER_ROLE = 'arn:aws:iam::123456789012:role/scheduler'

export const PLACEMENT: Placement = {
  architecture: 'x86_64',
  subnets: ['subnet-1'],
  security_groups: ['sg-1'],
  assign_public_ip: true,
  namespace: null,
  execution_role: 'arn:aws:iam::123456789012:role/execution',
  task_role: null,
  scheduler_role: null,
}

/** An account of a fake AWS, with what runs tasks in it. */
export class TasksShop implements AsyncDisposable {
  readonly fake: FakeAws
  readonly account: Account
  readonly logs: Logs
  readonly definitions: Definitions
  readonly runs: EcsTaskRuns
  readonly tasks: Tasks

  private constructor(fake: FakeAws) {
    this.fake = fake
    this.account = { aws: awsOf(fake), clock: fake.clock, cluster: 'default' }
    this.logs = new Logs(this.account)
    this.definitions = new Definitions(this.account)
    this.runs = new EcsTaskRuns(this.account, this.definitions, this.logs)
    this.tasks = new Tasks(this.account, this.definitions, this.logs, this.runs)
  }

  static async open(): Promise<TasksShop> {
    return new TasksShop(await FakeAws.start())
  }

  spec(command: Command, more: Partial<TaskSpec> = {}): TaskSpec {
    const image = { kind: 'pinned', reference: 'example.com/shop:1' } as const
    return taskSpec('migrate', command, image, { placement: PLACEMENT, ...more })
  }

  run(
    command: Command,
    more: Partial<TaskSpec> = {},
    request: Partial<TaskRequest> = {},
  ): Promise<TaskHandle> {
    return this.tasks.run(APP, {
      spec: this.spec(command, more),
      initiated_by: 'a test',
      deployment: null,
      ...request,
    })
  }

  /** All that it writes, and how it ends. */
  async finish(handle: TaskHandle): Promise<TaskResult & { lines: string[] }> {
    const lines = await Array.fromAsync(handle.logs)
    return { ...(await handle.result), lines }
  }

  behave(behaviour: Behaviour): void {
    this.fake.ecs.behaviour = () => behaviour
  }

  /** How often an operation was called. */
  count(operation: string): number {
    return this.fake.calls.filter((call) => call.operation === operation).length
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.fake[Symbol.asyncDispose]()
  }
}
