import type { RunTaskCommandInput } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { EcsFixture, GROUP, ROLE } from './ecs/fixtures.ts'

let fixture: EcsFixture
beforeEach(async () => {
  fixture = await EcsFixture.start()
})
afterEach(() => fixture[Symbol.asyncDispose]())

const LOGS = {
  logConfiguration: {
    logDriver: 'awslogs' as const,
    options: {
      'awslogs-group': GROUP,
      'awslogs-region': 'eu-west-1',
      'awslogs-stream-prefix': 'task.migrate',
    },
  },
}
const WITH_ROLE = { executionRoleArn: ROLE }

/** Runs one task of the latest revision, and lets so many seconds go by. */
async function ran(seconds: number, input: Partial<RunTaskCommandInput> = {}) {
  const { tasks } = await fixture.run(input)
  fixture.clock.advance(seconds)
  return fixture.task(tasks![0]!.taskArn!)
}

/** What a task of this container wrote. */
async function logOf(stream: string): Promise<(string | undefined)[]> {
  const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs')
  const logs = new CloudWatchLogs({
    endpoint: fixture.fake.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  })
  const { events } = await logs.getLogEvents({
    logGroupName: GROUP,
    logStreamName: stream,
    startFromHead: true,
  })
  return events!.map(({ message }) => message)
}

async function createGroup(): Promise<void> {
  fixture.fake.logs.handle('CreateLogGroup', { logGroupName: GROUP })
}

describe('the life of a task', () => {
  it('goes through its states by the clock', async () => {
    await fixture.define()
    const { tasks } = await fixture.run()
    const arn = tasks![0]!.taskArn!
    const seen: (string | undefined)[] = [tasks![0]!.lastStatus]
    const step = async (seconds: number) => {
      fixture.clock.advance(seconds)
      seen.push((await fixture.task(arn)).lastStatus)
    }
    await step(5)
    await step(5)
    await fixture.ecs.stopTask({ task: arn })
    await step(0)
    await step(1)
    await step(2)
    expect(seen).toEqual(['PROVISIONING', 'PENDING', 'RUNNING', 'STOPPING', 'DEPROVISIONING', 'STOPPED'])
    expect(await fixture.task(arn)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'Task stopped by user',
      containers: [{ exitCode: 143 }],
    })
  })

  it('ends with its essential container', async () => {
    await fixture.define({ command: ['/fake/prints', 'hello', '3'] })
    expect(await ran(20)).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'main', exitCode: 3, lastStatus: 'STOPPED' }],
    })
  })

  it('goes on without a container that is not essential, and stops the others with the last essential one', async () => {
    const containerDefinitions = [
      { name: 'main', image: 'a', command: ['/fake/lasts', '60', '0'] },
      { name: 'init', image: 'a', command: ['/fake/fails'], essential: false },
      { name: 'side', image: 'a', essential: false },
    ]
    await fixture.define({}, { containerDefinitions })
    const task = await ran(20)
    expect(task).toMatchObject({ lastStatus: 'RUNNING', containers: [{}, { exitCode: 1 }, {}] })
    fixture.clock.advance(60)
    expect(await fixture.task(task.taskArn!)).toMatchObject({
      lastStatus: 'STOPPED',
      containers: [{ exitCode: 0 }, { exitCode: 1 }, { exitCode: 143 }],
    })
  })

  it('is killed after its stop timeout when it does not answer SIGTERM', async () => {
    await fixture.define({ stopTimeout: 90 })
    fixture.fake.ecs.behaviour = () => ({ lines: [], exit: null, stop: null })
    const { taskArn } = await ran(20)
    await fixture.ecs.stopTask({ task: taskArn!, reason: 'enough' })
    fixture.clock.advance(89)
    expect(await fixture.task(taskArn!)).toMatchObject({ lastStatus: 'STOPPING', desiredStatus: 'STOPPED' })
    fixture.clock.advance(5)
    expect(await fixture.task(taskArn!)).toMatchObject({
      lastStatus: 'STOPPED',
      stoppedReason: 'enough',
      containers: [{ exitCode: 137 }],
    })
  })

  it('can be described for an hour after its end', async () => {
    await fixture.define({ command: ['/fake/fails'] })
    const { taskArn } = await ran(3_600)
    fixture.clock.advance(30)
    expect(await fixture.ecs.describeTasks({ tasks: [taskArn!] })).toMatchObject({
      tasks: [],
      failures: [{ arn: taskArn, reason: 'MISSING' }],
    })
  })

  it('that is stopped before it ran has no exit code', async () => {
    await fixture.define()
    const { tasks } = await fixture.run()
    await fixture.ecs.stopTask({ task: tasks![0]!.taskArn! })
    fixture.clock.advance(5)
    const task = await fixture.task(tasks![0]!.taskArn!)
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated' })
    expect(task.containers![0]!.exitCode).toBeUndefined()
  })

  it('has an address of its own', async () => {
    await fixture.define()
    const { tasks } = await fixture.run({ count: 2 })
    const addresses = tasks!.map(
      ({ attachments }) => attachments![0]!.details!.find(({ name }) => name === 'privateIPv4Address')!.value,
    )
    expect(new Set(addresses).size).toBe(2)
    expect(tasks![0]!.containers![0]!.networkInterfaces![0]!.privateIpv4Address).toBe(addresses[0])
  })
})

describe('what a container does', () => {
  it('is written to the stream that its log options name', async () => {
    await createGroup()
    await fixture.define(
      { ...LOGS, command: ['/bin/sh', '-c', "exec /fake/prints 'two words' 0"] },
      WITH_ROLE,
    )
    const task = await ran(20)
    expect(task.containers).toMatchObject([{ exitCode: 0 }])
    expect(await logOf(`task.migrate/main/${task.taskArn!.split('/').at(-1)}`)).toEqual(['two words'])
  })

  it('is up to the test, which sees image, command, variables and secrets', async () => {
    await createGroup()
    await fixture.define(
      { ...LOGS, entryPoint: ['/entry'], command: ['a'], environment: [{ name: 'A', value: '1' }] },
      WITH_ROLE,
    )
    fixture.fake.ecs.behaviour = ({ image, command, environment, service }) => ({
      lines: [JSON.stringify({ image, command, environment, service }), { after: 5, line: 'late' }],
      exit: { after: 10, code: 0 },
    })
    const task = await ran(12, {
      overrides: {
        containerOverrides: [{ name: 'main', command: ['b'], environment: [{ name: 'B', value: '2' }] }],
      },
    })
    const stream = `task.migrate/main/${task.taskArn!.split('/').at(-1)}`
    const seen = {
      image: 'registry.test/web:1',
      command: ['/entry', 'b'],
      environment: { A: '1', B: '2' },
      service: null,
    }
    expect(await logOf(stream)).toEqual([JSON.stringify(seen)])
    fixture.clock.advance(5)
    await fixture.task(task.taskArn!)
    expect(await logOf(stream)).toEqual([JSON.stringify(seen), 'late'])
  })
})

describe('a task that does not start', () => {
  it('because of its image says so, and has no exit code', async () => {
    await fixture.define()
    fixture.fake.ecs.failPull('registry.test/web:1')
    const task = await ran(20)
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/^CannotPullContainerError: /) as string,
    })
    expect(task.containers![0]!.exitCode).toBeUndefined()
    expect(task.containers![0]!.reason).toContain('CannotPullContainerError')
    expect(task.startedAt).toBeUndefined()
  })

  it.each([
    ['a parameter', '/gantry/shop/default/env/A'],
    ['a secret', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/smtp-AbCdEf:key::'],
  ])('because of %s that is missing says so', async (_, valueFrom) => {
    await fixture.define({ secrets: [{ name: 'A', valueFrom }] }, WITH_ROLE)
    const task = await ran(20)
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(
        /^ResourceInitializationError: unable to pull secrets or registry auth: /,
      ) as string,
    })
    expect(task.containers![0]!.exitCode).toBeUndefined()
  })

  it('starts with a parameter that is there, until a test takes it away', async () => {
    fixture.fake.ssm.handle('PutParameter', { Name: '/a', Value: 'x', Type: 'String' })
    await fixture.define({ secrets: [{ name: 'A', valueFrom: '/a' }] }, WITH_ROLE)
    expect(await ran(20)).toMatchObject({ lastStatus: 'RUNNING' })
    fixture.fake.ecs.failSecret('/a')
    expect(await ran(20)).toMatchObject({ stopCode: 'TaskFailedToStart' })
    fixture.fake.ecs.repair()
    expect(await ran(20)).toMatchObject({ lastStatus: 'RUNNING' })
  })

  it('because of its log group says so', async () => {
    await fixture.define(LOGS, WITH_ROLE)
    expect(await ran(20)).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringContaining('The specified log group does not exist') as string,
    })
  })
})

describe('a container that uses too much memory', () => {
  it('is killed, with the reason on the container', async () => {
    await fixture.define()
    fixture.fake.ecs.runOutOfMemory('registry.test/web:1')
    expect(await ran(20)).toMatchObject({
      stopCode: 'EssentialContainerExited',
      containers: [{ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }],
    })
  })
})

describe('running tasks', () => {
  it.each<[string, Partial<RunTaskCommandInput>, string]>([
    ['more than ten', { count: 11 }, 'between 1 and 10'],
    ['a startedBy with other characters', { startedBy: 'a.b' }, 'startedBy must be up to 128'],
    ['too long a startedBy', { startedBy: 'a'.repeat(129) }, 'startedBy must be up to 128'],
    ['too long a client token', { clientToken: 'a'.repeat(65) }, 'clientToken must be 1 to 64'],
    ['tags of a service', { propagateTags: 'SERVICE' }, 'propagateTags'],
    ['exec without a task role', { enableExecuteCommand: true }, 'must have a task role'],
    ['no network', { networkConfiguration: undefined }, 'Network Configuration must be provided'],
    [
      'too many overrides',
      { overrides: { containerOverrides: [{ name: 'main', command: ['x'.repeat(8_192)] }] } },
      'at most 8192 characters',
    ],
    [
      'overrides of another container',
      { overrides: { containerOverrides: [{ name: 'other' }] } },
      'Override for container named other is not a container in the TaskDefinition.',
    ],
    ['EC2 without instances', { launchType: 'EC2' }, 'No Container Instances were found in your cluster.'],
  ])('refuses %s', async (_, input, message) => {
    await fixture.define()
    await expect(fixture.run(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message) as string,
    })
  })

  it('answers the same tasks to the same client token, and refuses it for another input', async () => {
    await fixture.define()
    const first = await fixture.run({ clientToken: 'one' })
    const again = await fixture.run({ clientToken: 'one' })
    expect(again.tasks!.map(({ taskArn }) => taskArn)).toEqual(first.tasks!.map(({ taskArn }) => taskArn))
    await expect(fixture.run({ clientToken: 'one', count: 2 })).rejects.toMatchObject({
      name: 'ConflictException',
    })
    expect(fixture.fake.ecs.tasks()).toHaveLength(1)
  })

  it('tells what it found no capacity for in failures, without an ARN', async () => {
    await fixture.define()
    fixture.fake.ecs.exhaustCapacity()
    const capacityProviderStrategy = [
      { capacityProvider: 'FARGATE', base: 1 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ]
    const { tasks, failures } = await fixture.run({ count: 2, capacityProviderStrategy })
    expect(tasks).toMatchObject([{ capacityProviderName: 'FARGATE' }])
    expect(failures).toEqual([{ reason: expect.stringContaining('Capacity is unavailable') as string }])
  })

  it('keeps tags, startedBy, group and the size that overrides ask for', async () => {
    await fixture.define({}, { tags: [{ key: 'a', value: '1' }] })
    const task = await ran(0, {
      startedBy: 'gantry/17',
      tags: [{ key: 'gantry:deadline', value: '1767225600' }],
      propagateTags: 'TASK_DEFINITION',
      overrides: { cpu: '512', memory: '1024' },
    })
    expect(task).toMatchObject({
      startedBy: 'gantry/17',
      group: 'family:web',
      cpu: '512',
      memory: '1024',
      tags: [
        { key: 'a', value: '1' },
        { key: 'gantry:deadline', value: '1767225600' },
      ],
    })
    await expect(fixture.run({ overrides: { cpu: '256', memory: '4096' } })).rejects.toThrow(
      'No Fargate configuration',
    )
  })
})

describe('finding tasks', () => {
  it('takes a hundred at most, and tells those that are missing', async () => {
    await fixture.define()
    const { taskArn } = await ran(0)
    const names = Array.from({ length: 101 }, (_, n) => `t${n}`)
    await expect(fixture.ecs.describeTasks({ tasks: names })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    expect(await fixture.ecs.describeTasks({ tasks: [taskArn!, 'none'] })).toMatchObject({
      tasks: [{ taskArn }],
      failures: [{ reason: 'MISSING' }],
    })
    await expect(fixture.ecs.stopTask({ task: 'none' })).rejects.toThrow('The referenced task was not found.')
  })

  it('lists by family, startedBy, service and desired status, by page', async () => {
    await fixture.define()
    await fixture.define({ command: ['/fake/fails'] }, { family: 'job' })
    await fixture.run({ count: 3 })
    await fixture.run({ taskDefinition: 'job', startedBy: 'me' })
    const found = async (input: object) => (await fixture.ecs.listTasks(input)).taskArns!.length
    expect([await found({}), await found({ family: 'job' }), await found({ startedBy: 'me' })]).toEqual([
      4, 1, 1,
    ])
    fixture.clock.advance(30)
    expect([await found({}), await found({ startedBy: 'me', desiredStatus: 'STOPPED' })]).toEqual([3, 1])
    await expect(fixture.ecs.listTasks({ startedBy: 'me', family: 'job' })).rejects.toThrow('the only filter')
    await expect(fixture.ecs.listTasks({ serviceName: 'none' })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    })
    const first = await fixture.ecs.listTasks({ maxResults: 2 })
    expect(first.taskArns).toHaveLength(2)
    expect(
      (await fixture.ecs.listTasks({ maxResults: 2, nextToken: first.nextToken })).taskArns,
    ).toHaveLength(1)
  })
})

describe('tasks of a service', () => {
  it('get tags as the service propagates them, and those that ECS manages', async () => {
    await fixture.steady({
      tags: [{ key: 'gantry:app', value: 'shop' }],
      propagateTags: 'SERVICE',
      enableECSManagedTags: true,
    })
    const [task] = fixture.fake.ecs.tasks({ service: 'web' })
    expect((await fixture.task(task!.arn)).tags).toEqual([
      { key: 'gantry:app', value: 'shop' },
      { key: 'aws:ecs:clusterName', value: 'default' },
      { key: 'aws:ecs:serviceName', value: 'web' },
    ])
  })

  it('are replaced when somebody stops them, which is no failure', async () => {
    await fixture.steady()
    await fixture.update({ forceNewDeployment: true })
    fixture.clock.advance(15)
    const [, task] = fixture.fake.ecs.tasks({ status: 'RUNNING' })
    await fixture.ecs.stopTask({ task: task!.arn })
    fixture.clock.advance(30)
    expect(await fixture.primary()).toMatchObject({ runningCount: 1, failedTasks: 0 })
    expect(fixture.fake.ecs.tasks({ status: 'RUNNING' })).not.toContain(task)
  })
})

describe('containers that wait for each other', () => {
  const seed = (line: string) => ({
    containerDefinitions: [
      { name: 'main', image: 'web', dependsOn: [{ containerName: 'seed', condition: 'SUCCESS' as const }] },
      { name: 'seed', image: 'seed', essential: false, command: line.split(' ') },
    ],
  })

  it('start in the order of their dependencies', async () => {
    await fixture.define({}, seed('/fake/lasts 20 0'))
    const waiting = await ran(20)
    expect(waiting.lastStatus).toBe('PENDING')
    expect(waiting.containers!.map((each) => each.lastStatus)).toEqual(['PENDING', 'RUNNING'])
    fixture.clock.advance(20)
    const running = await fixture.task(waiting.taskArn!)
    expect(running.lastStatus).toBe('RUNNING')
    expect(running.containers!.map((each) => [each.lastStatus, each.exitCode])).toEqual([
      ['RUNNING', undefined],
      ['STOPPED', 0],
    ])
  })

  it('never start behind one that has failed, and the task ends', async () => {
    await fixture.define({}, seed('/fake/lasts 5 3'))
    const task = await ran(60)
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' })
    expect(task.containers!.map((each) => each.exitCode)).toEqual([143, 3])
    expect(task.containers![0]!.reason).toContain('failed to resolve container ordering dependency [seed')
  })

  it('start as soon as another one is healthy', async () => {
    const check = { command: ['CMD', 'true'], interval: 10 }
    const dependsOn = [{ containerName: 'proxy', condition: 'HEALTHY' as const }]
    await fixture.define(
      {},
      {
        containerDefinitions: [
          { name: 'main', image: 'web', dependsOn },
          { name: 'proxy', image: 'proxy', healthCheck: check },
        ],
      },
    )
    const waiting = await ran(15)
    expect(waiting.containers!.map((each) => each.lastStatus)).toEqual(['PENDING', 'RUNNING'])
    fixture.clock.advance(15)
    expect((await fixture.task(waiting.taskArn!)).lastStatus).toBe('RUNNING')
  })
})

describe('clusters', () => {
  it('are described with what they hold, and those that are missing', async () => {
    await fixture.steady()
    expect(await fixture.ecs.describeClusters({ clusters: ['default', 'none'] })).toMatchObject({
      clusters: [
        {
          clusterName: 'default',
          status: 'ACTIVE',
          runningTasksCount: 1,
          activeServicesCount: 1,
          capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        },
      ],
      failures: [{ reason: 'MISSING' }],
    })
  })
})
