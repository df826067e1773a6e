import type { CapacityProviderStrategyItem, CreateServiceCommandInput } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { EcsFixture, NETWORK } from './ecs/fixtures.ts'

let fixture: EcsFixture
beforeEach(async () => {
  fixture = await EcsFixture.start()
})
afterEach(() => fixture[Symbol.asyncDispose]())

const MIXED: CapacityProviderStrategyItem[] = [
  { capacityProvider: 'FARGATE', base: 1 },
  { capacityProvider: 'FARGATE_SPOT', weight: 1 },
]

describe('creating', () => {
  it('answers with what ECS fills in', async () => {
    await fixture.define()
    const { service } = await fixture.create({ desiredCount: 2 })
    expect(service).toMatchObject({
      serviceName: 'web',
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 0,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      schedulingStrategy: 'REPLICA',
      availabilityZoneRebalancing: 'ENABLED',
      healthCheckGracePeriodSeconds: 0,
      propagateTags: 'NONE',
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100, strategy: 'ROLLING' },
      networkConfiguration: { awsvpcConfiguration: { securityGroups: [], assignPublicIp: 'DISABLED' } },
    })
    expect(service?.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }])
    expect(service?.deployments?.[0]?.id).toMatch(/^ecs-svc\/\d{19}$/)
  })

  it('is refused for a name that is taken, unless the client token is the same', async () => {
    await fixture.define()
    const { service } = await fixture.create({ clientToken: 'one' })
    await expect(fixture.create({ clientToken: 'other' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Creation of service was not idempotent.',
    })
    await expect(fixture.create()).rejects.toThrow('Creation of service was not idempotent.')
    const again = await fixture.create({ clientToken: 'one' })
    expect(again.service?.serviceArn).toBe(service?.serviceArn)
  })

  it('is refused while one of that name drains, and works once it is INACTIVE', async () => {
    await fixture.steady()
    await fixture.ecs.deleteService({ service: 'web', force: true })
    await expect(fixture.create()).rejects.toThrow('Unable to Start a service that is still Draining.')
    fixture.clock.advance(60)
    await expect(fixture.create()).resolves.toMatchObject({ service: { status: 'ACTIVE' } })
  })

  it.each<[string, Partial<CreateServiceCommandInput>, string]>([
    ['no network', { networkConfiguration: undefined }, 'Network Configuration must be provided'],
    [
      'no subnet',
      { networkConfiguration: { awsvpcConfiguration: { subnets: [] } } },
      'subnets can not be empty.',
    ],
    ['a name with other characters', { serviceName: 'a b' }, 'Service name contains invalid characters.'],
    ['too long a client token', { clientToken: 'a'.repeat(37) }, 'clientToken must be 1 to 36'],
    ['a client token with a space', { clientToken: 'a b' }, 'clientToken must be 1 to 36'],
    [
      'launch type and strategy',
      { launchType: 'FARGATE', capacityProviderStrategy: MIXED },
      'both a launch type and',
    ],
    [
      'two providers with a base',
      {
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', base: 1, weight: 1 },
          { capacityProvider: 'FARGATE_SPOT', base: 1 },
        ],
      },
      'more than one capacity provider with a base',
    ],
    [
      'no weight at all',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', base: 1 }] },
      'at least one capacity provider with a weight greater than 0',
    ],
    [
      'more than twenty providers',
      {
        capacityProviderStrategy: Array.from({ length: 21 }, (_, n) => ({
          capacityProvider: `p${n}`,
          weight: 1,
        })),
      },
      'a maximum of 20 capacity providers',
    ],
    [
      'too great a base',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', base: 100_001, weight: 1 }] },
      'between 0 and 100000',
    ],
    ['another controller', { deploymentController: { type: 'EXTERNAL' } }, 'no deployments by EXTERNAL'],
    [
      'another strategy of deployment',
      { deploymentConfiguration: { strategy: 'BLUE_GREEN' } },
      'no deployments by BLUE_GREEN',
    ],
    [
      'too great a weight',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1_001 }] },
      'between 0 and 1000',
    ],
    [
      'a provider that the cluster does not have',
      { capacityProviderStrategy: [{ capacityProvider: 'other', weight: 1 }] },
      'not associated with the cluster',
    ],
    [
      'a grace period without a load balancer',
      { healthCheckGracePeriodSeconds: 10 },
      'only valid for services configured to use load balancers',
    ],
    [
      'percentages that leave no room',
      { deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } },
      'cannot be 100 as this will block deployments',
    ],
    [
      'rebalancing without room for it',
      {
        availabilityZoneRebalancing: 'ENABLED',
        deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
      },
      'requires a maximumPercent above 100',
    ],
    [
      'a load balancer for a container that is not there',
      { loadBalancers: [{ targetGroupArn: 'a', containerName: 'x', containerPort: 80 }] },
      'The container x does not exist in the task definition.',
    ],
    [
      'a load balancer for a port that is not there',
      { loadBalancers: [{ targetGroupArn: 'a', containerName: 'main', containerPort: 80 }] },
      'The container main did not have a container port 80 defined.',
    ],
  ])('refuses %s', async (_, input, message) => {
    await fixture.define()
    await expect(fixture.create(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message) as string,
    })
  })

  it('refuses a cluster that is not there', async () => {
    await fixture.define()
    await expect(fixture.create({ cluster: 'other' })).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    })
    fixture.fake.ecs.addCluster('other')
    await expect(fixture.create({ cluster: 'other' })).resolves.toBeDefined()
  })

  it('takes the default strategy of the cluster as it is then', async () => {
    await fixture.define()
    await fixture.ecs.createCluster({ clusterName: 'spot', defaultCapacityProviderStrategy: MIXED })
    const { service } = await fixture.ecs.createService({
      cluster: 'spot',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      networkConfiguration: NETWORK,
    })
    expect(service?.launchType).toBeUndefined()
    expect(service?.capacityProviderStrategy).toEqual([
      { capacityProvider: 'FARGATE', base: 1, weight: 0 },
      { capacityProvider: 'FARGATE_SPOT', base: 0, weight: 1 },
    ])
  })
})

describe('updating', () => {
  it.each([
    ['task definition', { taskDefinition: 'web' }],
    ['network parameters', { networkConfiguration: NETWORK }],
    ['platform version', { platformVersion: '1.4.0' }],
    ['load balancers', { loadBalancers: [] }],
  ])('of the %s is refused where CodeDeploy deploys', async (name, change) => {
    await fixture.define()
    await fixture.create({ deploymentController: { type: 'CODE_DEPLOY' } })
    await expect(fixture.update(change)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Unable to update ${name} on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.`,
    })
    await expect(fixture.update({ desiredCount: 3 })).resolves.toMatchObject({ service: { desiredCount: 3 } })
  })

  it('starts no deployment for settings that need none', async () => {
    await fixture.steady()
    const { id } = await fixture.primary()
    await fixture.update({
      desiredCount: 2,
      deploymentConfiguration: { minimumHealthyPercent: 50 },
      enableExecuteCommand: true,
      propagateTags: 'SERVICE',
      availabilityZoneRebalancing: 'DISABLED',
      healthCheckGracePeriodSeconds: 5,
    })
    expect(await fixture.service()).toMatchObject({
      desiredCount: 2,
      enableExecuteCommand: true,
      availabilityZoneRebalancing: 'DISABLED',
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
      deployments: [{ id, rolloutState: 'COMPLETED' }],
    })
  })

  it('starts one for each part of the workload that differs, and for force', async () => {
    await fixture.steady()
    const second = await fixture.define()
    const inputs = [
      { taskDefinition: second },
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-2'] } } },
      { platformVersion: '1.4.0' },
      { serviceConnectConfiguration: { enabled: false } },
      { forceNewDeployment: true },
    ]
    for (const input of inputs) {
      const before = await fixture.primary()
      const { service } = await fixture.update(input)
      expect(service?.deployments?.[0]?.id).not.toBe(before.id)
    }
  })

  it('starts none for a workload that is the same', async () => {
    await fixture.steady()
    const { id } = await fixture.primary()
    await fixture.update({ taskDefinition: 'web:1', networkConfiguration: NETWORK, volumeConfigurations: [] })
    expect(await fixture.primary()).toMatchObject({ id })
  })

  it('keeps what is left out', async () => {
    await fixture.define({ portMappings: [{ containerPort: 80 }] })
    const loadBalancers = [{ targetGroupArn: 'arn:aws:tg', containerName: 'main', containerPort: 80 }]
    await fixture.create({ loadBalancers, healthCheckGracePeriodSeconds: 30 })
    await fixture.update({ forceNewDeployment: true })
    expect(await fixture.service()).toMatchObject({ loadBalancers, healthCheckGracePeriodSeconds: 30 })
    await fixture.update({ loadBalancers: [] })
    expect(await fixture.service()).toMatchObject({ loadBalancers: [] })
  })

  it('of the strategy wants a new deployment to be forced', async () => {
    await fixture.steady()
    const message =
      'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment'
    const refused = { name: 'InvalidParameterException', message }
    await expect(fixture.update({ capacityProviderStrategy: MIXED })).rejects.toMatchObject(refused)
    await fixture.update({ capacityProviderStrategy: MIXED, forceNewDeployment: true })
    const more = MIXED.map((item) => ({ ...item, weight: 1 }))
    await expect(fixture.update({ capacityProviderStrategy: more })).rejects.toMatchObject(refused)
    await expect(fixture.update({ capacityProviderStrategy: MIXED })).resolves.toBeDefined()
    await fixture.update({ capacityProviderStrategy: [], forceNewDeployment: true })
    expect(await fixture.service()).toMatchObject({ launchType: 'FARGATE' })
  })

  it('is refused for a service that is not there, or not ACTIVE', async () => {
    await expect(fixture.update({ desiredCount: 1 })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    })
    await fixture.steady()
    await fixture.ecs.deleteService({ service: 'web', force: true })
    await expect(fixture.update({ desiredCount: 1 })).rejects.toMatchObject({
      name: 'ServiceNotActiveException',
    })
    fixture.clock.advance(60)
    await expect(fixture.update({ desiredCount: 1 })).rejects.toMatchObject({
      name: 'ServiceNotActiveException',
    })
  })

  it('with a family alone takes its latest ACTIVE revision', async () => {
    await fixture.steady()
    await fixture.define()
    await fixture.update({ taskDefinition: 'web' })
    expect((await fixture.service()).taskDefinition).toMatch(/web:2$/)
  })
})

describe('deleting', () => {
  it('wants no desired tasks, or force', async () => {
    await fixture.steady()
    await expect(fixture.ecs.deleteService({ service: 'web' })).rejects.toThrow(
      'The service cannot be stopped while it is scaled above 0.',
    )
    await fixture.update({ desiredCount: 0 })
    await expect(fixture.ecs.deleteService({ service: 'web' })).resolves.toBeDefined()
  })

  it('is refused while a deployment replaces another', async () => {
    await fixture.steady()
    await fixture.update({ desiredCount: 0, forceNewDeployment: true })
    await expect(fixture.ecs.deleteService({ service: 'web' })).rejects.toThrow(
      'The service cannot be stopped while deployments are active.',
    )
  })

  it('drains, hidden from ListServices, until its tasks stopped; INACTIVE it can be described for a while', async () => {
    await fixture.steady()
    await fixture.ecs.deleteService({ service: 'web', force: true })
    expect(await fixture.service()).toMatchObject({ status: 'DRAINING', runningCount: 1 })
    expect(await fixture.ecs.listServices({})).toMatchObject({ serviceArns: [] })
    fixture.clock.advance(10)
    expect(await fixture.service()).toMatchObject({ status: 'INACTIVE', runningCount: 0, deployments: [] })
    await expect(fixture.ecs.deleteService({ service: 'web' })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    })
    fixture.clock.advance(3_700)
    expect(await fixture.ecs.describeServices({ services: ['web'] })).toMatchObject({
      failures: [{ reason: 'MISSING' }],
    })
  })
})

describe('describing and listing', () => {
  it('takes ten services at most, by name or ARN, and tells those that are missing', async () => {
    await fixture.define()
    const { service } = await fixture.create()
    const names = Array.from({ length: 11 }, (_, n) => `s${n}`)
    await expect(fixture.ecs.describeServices({ services: names })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    await expect(fixture.ecs.describeServices({ services: [] })).rejects.toThrow('Services cannot be empty.')
    expect(await fixture.ecs.describeServices({ services: [service!.serviceArn!, 'none'] })).toMatchObject({
      services: [{ serviceName: 'web' }],
      failures: [{ arn: 'arn:aws:ecs:eu-west-1:123456789012:service/default/none', reason: 'MISSING' }],
    })
  })

  it('lists by page, ten by default', async () => {
    await fixture.define()
    for (let n = 0; n < 12; n++) await fixture.create({ serviceName: `web-${n}` })
    const first = await fixture.ecs.listServices({})
    const second = await fixture.ecs.listServices({ nextToken: first.nextToken })
    expect([first.serviceArns?.length, second.serviceArns?.length, second.nextToken]).toEqual([
      10,
      2,
      undefined,
    ])
    expect(new Set([...first.serviceArns!, ...second.serviceArns!]).size).toBe(12)
  })

  it('sees a new service, and a new deployment, only after a while where that is asked for', async () => {
    fixture.fake.ecs.consistency.service = 5
    fixture.fake.ecs.consistency.deployment = 3
    await fixture.define()
    await fixture.create()
    expect(await fixture.ecs.describeServices({ services: ['web'] })).toMatchObject({
      failures: [{ reason: 'MISSING' }],
    })
    fixture.clock.advance(60)
    const before = await fixture.primary()
    const { service } = await fixture.update({ forceNewDeployment: true })
    expect(service?.deployments?.[0]?.id).not.toBe(before.id)
    expect((await fixture.service()).deployments).toMatchObject([{ id: before.id, status: 'PRIMARY' }])
    fixture.clock.advance(3)
    expect((await fixture.service()).deployments).toMatchObject([
      { id: service?.deployments?.[0]?.id, status: 'PRIMARY' },
      { id: before.id, status: 'ACTIVE' },
    ])
  })
})

describe('tags', () => {
  const tag = (key: string, value: string) => ({ key, value })
  const arn = async () => (await fixture.create()).service!.serviceArn!

  it('are merged by TagResource, and taken away by UntagResource', async () => {
    await fixture.define()
    const { service } = await fixture.create({ tags: [tag('a', '1'), tag('b', '2')] })
    const resourceArn = service!.serviceArn!
    await fixture.ecs.tagResource({ resourceArn, tags: [tag('b', '3'), tag('c', '4')] })
    await fixture.ecs.untagResource({ resourceArn, tagKeys: ['a'] })
    expect((await fixture.service()).tags).toEqual([tag('b', '3'), tag('c', '4')])
    expect(await fixture.ecs.listTagsForResource({ resourceArn })).toMatchObject({
      tags: [tag('b', '3'), tag('c', '4')],
    })
    expect((await fixture.ecs.describeServices({ services: ['web'] })).services?.[0]?.tags).toBeUndefined()
  })

  it.each([
    ['too long a value', [tag('a', 'x'.repeat(257))]],
    ['too long a key', [tag('k'.repeat(129), '')]],
    ['another character', [tag('a', 'x;y')]],
    ['a comma', [tag('a', 'x,y')]],
    ['a key of AWS', [tag('AWS:a', 'x')]],
    ['a key twice', [tag('a', '1'), tag('a', '2')]],
    ['more than fifty', Array.from({ length: 51 }, (_, n) => tag(`k${n}`, ''))],
  ])('refuse %s', async (_, tags) => {
    await fixture.define()
    const resourceArn = await arn()
    await expect(fixture.ecs.tagResource({ resourceArn, tags })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('may not become more than fifty in several calls', async () => {
    await fixture.define()
    const resourceArn = await arn()
    await fixture.ecs.tagResource({
      resourceArn,
      tags: Array.from({ length: 50 }, (_, n) => tag(`k${n}`, '')),
    })
    await expect(fixture.ecs.tagResource({ resourceArn, tags: [tag('one', 'more')] })).rejects.toThrow(
      '50 tags',
    )
  })

  it('are kept for tasks, task definitions and clusters, too, and for nothing that is not there', async () => {
    const revision = await fixture.define()
    const { tasks } = await fixture.run()
    const prefix = 'arn:aws:ecs:eu-west-1:123456789012'
    for (const resourceArn of [
      tasks![0]!.taskArn!,
      `${prefix}:task-definition/${revision}`,
      `${prefix}:cluster/default`,
    ]) {
      await fixture.ecs.tagResource({ resourceArn, tags: [tag('a', '1')] })
      expect((await fixture.ecs.listTagsForResource({ resourceArn })).tags).toEqual([tag('a', '1')])
    }
    for (const name of [
      'task-definition/web:9',
      'cluster/none',
      'task/default/none',
      'service/default/none',
    ]) {
      await expect(fixture.ecs.tagResource({ resourceArn: `${prefix}:${name}`, tags: [] })).rejects.toThrow(
        'The specified resource could not be found.',
      )
    }
  })

  it('take letters of any script, spaces, numbers and _.:/=+-@', async () => {
    await fixture.define()
    const resourceArn = await arn()
    const tags = [tag('gantry:counts', 'demand=2 spot=1 a_b.c:d/e+f-g@h äß字')]
    await fixture.ecs.tagResource({ resourceArn, tags })
    expect((await fixture.service()).tags).toEqual(tags)
  })
})

describe('rates', () => {
  it('are free unless a test asks for them, and then follow the documented buckets', async () => {
    const describeOnce = () => fixture.ecs.describeServices({ services: ['web'] })
    fixture.fake.ecs.throttling = true
    for (let n = 0; n < 100; n++) await describeOnce()
    await expect(describeOnce()).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    })
    fixture.clock.advance(1)
    for (let n = 0; n < 20; n++) await describeOnce()
    await expect(describeOnce()).rejects.toThrow('Rate exceeded')
    for (let n = 0; n < 20; n++) await fixture.define()
    await expect(fixture.define()).rejects.toThrow('Rate exceeded')
    fixture.fake.ecs.throttling = false
    await expect(describeOnce()).resolves.toBeDefined()
  })
})
