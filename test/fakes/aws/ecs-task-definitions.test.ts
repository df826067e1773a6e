import type {
  ContainerCondition,
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { definition, EcsFixture, ROLE } from './ecs/fixtures.ts'

let fixture: EcsFixture
beforeEach(async () => {
  fixture = await EcsFixture.start()
})
afterEach(() => fixture[Symbol.asyncDispose]())

const register = (...input: Parameters<typeof definition>) =>
  fixture.ecs.registerTaskDefinition(definition(...input))

const waits = (containerName: string, condition: ContainerCondition) => ({ containerName, condition })

function withTwo(
  a: Partial<ContainerDefinition>,
  b: Partial<ContainerDefinition> = {},
): Partial<RegisterTaskDefinitionCommandInput> {
  return {
    containerDefinitions: [
      { name: 'a', image: 'a', ...a },
      { name: 'b', image: 'b', ...b },
    ],
  }
}

/** Sends what the SDK would leave out or refuse to build. */
async function raw(operation: string, input: object): Promise<{ __type?: string; message?: string }> {
  const response = await fetch(fixture.fake.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
    },
    body: JSON.stringify(input),
  })
  return (await response.json()) as { __type?: string; message?: string }
}

describe('what the model does not have', () => {
  it.each([
    ['taskDefinitionArn', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1'],
    ['revision', 3],
    ['status', 'ACTIVE'],
    ['requiresAttributes', []],
    ['compatibilities', []],
    ['registeredAt', 1],
    ['registeredBy', 'me'],
  ])('%s, which only DescribeTaskDefinition has, is refused', async (member, value) => {
    expect(await raw('RegisterTaskDefinition', { ...definition(), [member]: value })).toMatchObject({
      __type: 'InvalidParameterException',
      message: `Unknown parameter ${member}`,
    })
  })

  it('a value of another type, and a required one that is missing, is refused', async () => {
    expect(await raw('CreateService', { serviceName: 1 })).toMatchObject({
      message: 'Invalid type for parameter serviceName, expected string',
    })
    expect(await raw('CreateService', {})).toMatchObject({
      message: 'Missing required parameter serviceName',
    })
    expect(await raw('DescribeServices', { services: 'web' })).toMatchObject({
      message: 'Invalid type for parameter services, expected list',
    })
  })
})

describe('registering', () => {
  it('counts the revisions of each family up', async () => {
    expect(await fixture.define()).toBe('web:1')
    expect(await fixture.define()).toBe('web:2')
    expect(await fixture.define({}, { family: 'worker' })).toBe('worker:1')
  })

  it('fills in what DescribeTaskDefinition shows later', async () => {
    await register(
      { portMappings: [{ containerPort: 80 }], healthCheck: { command: ['CMD', 'true'] } },
      { cpu: '1 vCPU', memory: '2 GB' },
    )
    const { taskDefinition } = await fixture.ecs.describeTaskDefinition({ taskDefinition: 'web' })
    expect(taskDefinition).toMatchObject({
      status: 'ACTIVE',
      revision: 1,
      cpu: '1024',
      memory: '2048',
      volumes: [],
      compatibilities: ['EC2', 'FARGATE'],
      registeredAt: new Date(fixture.clock.now()),
    })
    expect(taskDefinition?.containerDefinitions).toEqual([
      {
        name: 'main',
        image: 'registry.test/web:1',
        cpu: 0,
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
        portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
        healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 },
      },
    ])
  })

  it.each<[string, Partial<RegisterTaskDefinitionCommandInput>, string]>([
    ['a family with other characters', { family: 'a.b' }, 'Family contains invalid characters.'],
    ['a family that is too long', { family: 'a'.repeat(256) }, 'Family contains invalid characters.'],
    ['no container', { containerDefinitions: [] }, 'Container list cannot be empty.'],
    [
      'no essential container',
      { containerDefinitions: [{ name: 'a', image: 'b', essential: false }] },
      'TaskDefinition must have at least one essential container.',
    ],
    [
      'two containers of one name',
      {
        containerDefinitions: [
          { name: 'a', image: 'b' },
          { name: 'a', image: 'b' },
        ],
      },
      'Container names must be unique',
    ],
    ['a size that Fargate does not have', { cpu: '256', memory: '4096' }, 'No Fargate configuration exists'],
    [
      'a step that Fargate does not have',
      { cpu: '8192', memory: '18432' },
      'No Fargate configuration exists',
    ],
    ['another network mode', { networkMode: 'bridge' }, "Fargate only supports network mode 'awsvpc'."],
    ['too little storage', { ephemeralStorage: { sizeInGiB: 20 } }, 'between 21 and 200 GiB'],
    ['too much storage', { ephemeralStorage: { sizeInGiB: 201 } }, 'between 21 and 200 GiB'],
    ['a dependency on nothing', withTwo({ dependsOn: [waits('c', 'START')] }), 'because it does not exist'],
    [
      'an essential container that is to end first',
      withTwo({ dependsOn: [waits('b', 'SUCCESS')] }),
      'with SUCCESS or COMPLETE condition cannot be an essential container',
    ],
    [
      'a container that nothing checks and that is to be healthy',
      withTwo({ dependsOn: [waits('b', 'HEALTHY')] }),
      'no health check',
    ],
    [
      'containers that wait for each other',
      withTwo({ dependsOn: [waits('b', 'START')] }, { dependsOn: [waits('a', 'START')] }),
      'have a circle',
    ],
    ['containers with more memory than the task', withTwo({ memory: 512 }, { memory: 1 }), 'The memory of'],
    ['containers with more CPU than the task', withTwo({ cpu: 256 }, { cpu: 1 }), 'The CPU of'],
    [
      'a mount point of no volume',
      withTwo({ mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] }),
      "Unknown volume 'v'",
    ],
    ['two volumes of one name', { volumes: [{ name: 'v' }, { name: 'v' }] }, 'Volume names must be unique'],
    ['an empty list of tags', { tags: [] }, 'Tags can not be empty.'],
  ])('refuses %s', async (_, more, message) => {
    await expect(register({}, more)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(message) as string,
    })
  })

  it.each<[string, Parameters<typeof definition>[0], string]>([
    ['a stop timeout above two minutes', { stopTimeout: 121 }, 'stopTimeout of container main'],
    ['a stop timeout below two seconds', { stopTimeout: 1 }, 'stopTimeout of container main'],
    ['a start timeout below two seconds', { startTimeout: 1 }, 'startTimeout of container main'],
    ['an image without a name', { image: '' }, 'Container.image should not be null or empty.'],
    [
      'secrets without an execution role',
      { secrets: [{ name: 'A', valueFrom: '/a' }] },
      "you must also specify a value for 'executionRoleArn'",
    ],
    [
      'a log driver that Fargate does not have',
      { logConfiguration: { logDriver: 'syslog' } },
      "Fargate does not support log driver 'syslog'.",
    ],
    [
      'awslogs without an execution role',
      { logConfiguration: { logDriver: 'awslogs' } },
      'to have execution role ARN to support log driver awslogs',
    ],
    [
      'an image of ECR without an execution role',
      { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1' },
      'to have execution role ARN to support ECR images',
    ],
    ['ports that differ', { portMappings: [{ containerPort: 1, hostPort: 2 }] }, 'must match'],
    ['a health check without CMD', { healthCheck: { command: ['true'] } }, 'must start with CMD'],
    [
      'too short an interval',
      { healthCheck: { command: ['CMD', 'a'], interval: 4 } },
      'healthCheck.interval',
    ],
    ['too long a timeout', { healthCheck: { command: ['CMD', 'a'], timeout: 61 } }, 'healthCheck.timeout'],
    ['too many retries', { healthCheck: { command: ['CMD', 'a'], retries: 11 } }, 'healthCheck.retries'],
    [
      'too long a start',
      { healthCheck: { command: ['CMD', 'a'], startPeriod: 301 } },
      'healthCheck.startPeriod',
    ],
    ['more than 64 KB', { dockerLabels: { a: 'x'.repeat(65_536) } }, "Max allowed length is '65536' bytes."],
  ])('refuses %s', async (_, container, message) => {
    await expect(register(container)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(message) as string,
    })
  })

  it('refuses awslogs without a stream prefix', async () => {
    const options = { 'awslogs-group': '/a', 'awslogs-region': 'eu-west-1' }
    await expect(
      register({ logConfiguration: { logDriver: 'awslogs', options } }, { executionRoleArn: ROLE }),
    ).rejects.toThrow('Log driver awslogs requires options: awslogs-stream-prefix')
  })

  it('refuses a variable that is a secret, too', async () => {
    await expect(
      register(
        { environment: [{ name: 'A', value: '1' }], secrets: [{ name: 'A', valueFrom: '/a' }] },
        { executionRoleArn: ROLE },
      ),
    ).rejects.toThrow("such as 'A'")
  })

  it.each([
    ['256', '512'],
    ['512', '4096'],
    ['1024', '8192'],
    ['2048', '16384'],
    ['4096', '30720'],
    ['8192', '61440'],
    ['16384', '122880'],
    ['32768', '249856'],
  ])('takes %s CPU units with %s MiB', async (cpu, memory) => {
    await expect(register({}, { cpu, memory })).resolves.toBeDefined()
  })
})

describe('revisions', () => {
  it('a family alone means its latest ACTIVE revision', async () => {
    await fixture.define()
    await fixture.define()
    await fixture.ecs.deregisterTaskDefinition({ taskDefinition: 'web:2' })
    const { taskDefinition } = await fixture.ecs.describeTaskDefinition({ taskDefinition: 'web' })
    expect(taskDefinition).toMatchObject({ revision: 1, status: 'ACTIVE' })
  })

  it('an INACTIVE one can be described, and nothing can be started from it', async () => {
    await fixture.define()
    await fixture.ecs.deregisterTaskDefinition({ taskDefinition: 'web:1' })
    const { taskDefinition } = await fixture.ecs.describeTaskDefinition({ taskDefinition: 'web:1' })
    expect(taskDefinition).toMatchObject({
      status: 'INACTIVE',
      deregisteredAt: new Date(fixture.clock.now()),
    })
    for (const start of [
      fixture.run({ taskDefinition: 'web:1' }),
      fixture.create({ taskDefinition: 'web:1' }),
    ]) {
      await expect(start).rejects.toMatchObject({
        name: 'ClientException',
        message: 'TaskDefinition is inactive',
      })
    }
  })

  it('an INACTIVE one goes on running, scales, and starts no new deployment', async () => {
    await fixture.steady()
    await fixture.ecs.deregisterTaskDefinition({ taskDefinition: 'web:1' })
    await fixture.update({ desiredCount: 2 })
    fixture.clock.advance(60)
    expect(await fixture.service()).toMatchObject({ runningCount: 2 })
    await expect(fixture.update({ forceNewDeployment: true })).rejects.toThrow('TaskDefinition is inactive')
  })

  it('one that does not exist is refused, and deregistering wants a revision', async () => {
    await expect(fixture.ecs.describeTaskDefinition({ taskDefinition: 'none' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Unable to describe task definition.',
    })
    await expect(fixture.run({ taskDefinition: 'none' })).rejects.toThrow('TaskDefinition not found.')
    await expect(fixture.ecs.deregisterTaskDefinition({ taskDefinition: 'web' })).rejects.toThrow(
      'Invalid revision number',
    )
  })

  it('are listed by page, by status, and the other way round', async () => {
    for (let n = 1; n <= 12; n++) await fixture.define()
    await fixture.ecs.deregisterTaskDefinition({ taskDefinition: 'web:12' })
    const first = await fixture.ecs.listTaskDefinitions({ familyPrefix: 'web', sort: 'DESC', maxResults: 6 })
    const second = await fixture.ecs.listTaskDefinitions({
      familyPrefix: 'web',
      sort: 'DESC',
      maxResults: 6,
      nextToken: first.nextToken,
    })
    const revisions = [...first.taskDefinitionArns!, ...second.taskDefinitionArns!].map((arn) =>
      Number(arn.split(':').at(-1)),
    )
    expect(revisions).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(second.nextToken).toBeUndefined()
    const inactive = await fixture.ecs.listTaskDefinitions({ familyPrefix: 'web', status: 'INACTIVE' })
    expect(inactive.taskDefinitionArns).toHaveLength(1)
    await expect(fixture.ecs.listTaskDefinitions({ maxResults: 101 })).rejects.toThrow('between 1 and 100')
    await expect(fixture.ecs.listTaskDefinitions({ nextToken: 'other' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('keep their tags, and show them to those who ask', async () => {
    await register({}, { tags: [{ key: 'gantry:app', value: 'shop' }] })
    const plain = await fixture.ecs.describeTaskDefinition({ taskDefinition: 'web' })
    const asked = await fixture.ecs.describeTaskDefinition({ taskDefinition: 'web', include: ['TAGS'] })
    expect([plain.tags, asked.tags]).toEqual([undefined, [{ key: 'gantry:app', value: 'shop' }]])
  })
})
