import { beforeEach, describe, expect, it } from 'vitest'

import type { App } from '../../../../src/app/app.ts'
import { adapt } from '../../../../src/engine/ecs/adapt.ts'
import type { Adoption } from '../../../../src/engine/ecs/adopt/adoption.ts'
import { Adoptions, type AdoptRequest } from '../../../../src/engine/ecs/adopt/adoptions.ts'
import { aContainer } from '../../../app/fixtures.ts'
import { SETTINGS, Yard } from '../yard.ts'
import { anApp, IMAGE, NAMED, NETWORK, ODD, ROLE, SERVICE, type Legacy } from './legacy.ts'

let yard: Yard
let adoptions: Adoptions
beforeEach(async () => {
  yard = await Yard.open()
  adoptions = new Adoptions({ aws: yard.aws, clock: yard.fake.clock, cluster: 'default' })
  return () => yard[Symbol.asyncDispose]()
})

function request(
  said: App = anApp(),
  named: readonly string[] = [],
  more: Partial<AdoptRequest> = {},
): AdoptRequest {
  const { app } = adapt(said)
  const all = [...NAMED, ...NETWORK, ...named]
  const isNamed = (path: string) => all.some((each) => each === path || each.startsWith(`${path}.`))
  return { app, process: app.processes[0]!, container: null, service: null, isNamed, ...more }
}

/** A service as somebody has made it by hand. */
async function legacy({ container, others = [], definition, service }: Legacy = {}): Promise<void> {
  const ecs = await yard.aws.ecs()
  await ecs.registerTaskDefinition({
    family: 'legacy',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '512',
    memory: '1024',
    executionRoleArn: SETTINGS.execution_role!,
    containerDefinitions: [
      ...others,
      {
        name: 'app',
        image: IMAGE,
        command: ['/fake/stays-up'],
        portMappings: [{ containerPort: 8000 }],
        ...container,
      },
    ],
    ...definition,
  })
  await ecs.createService({
    serviceName: SERVICE,
    taskDefinition: 'legacy',
    desiredCount: 2,
    ...(service?.capacityProviderStrategy === undefined && { launchType: 'FARGATE' as const }),
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' },
    },
    ...service,
  })
  await yard.fake.clock.sleep(60)
  yard.fake.calls.length = 0
}

async function adopt(asked: AdoptRequest): Promise<Adoption> {
  const adoption = await adoptions.look(asked)
  expect(adoption.refused).toEqual([])
  await adoptions.adopt(asked, adoption)
  return adoption
}

const writes = () => yard.fake.calls.filter((call) => call.writes).map(({ operation }) => operation)
const tagsOf = () => new Map(yard.fake.ecs.service(SERVICE).tags.map(({ key, value }) => [key, value]))
const runs = () => yard.fake.ecs.service(SERVICE).deployments[0]!.revision.workload
const main = () => runs().definition.content.containerDefinitions!.find((each) => each.name === 'app')!
const actions = async (app: App, options = {}) =>
  (await yard.plan(app, 'one', options)).processes.map(({ action, fields }) => [action, fields])

describe('the first plan after an adoption', () => {
  it.each<[string, Legacy]>([
    ['plain', {}],
    ['odd but legal', ODD],
    [
      'on capacity providers',
      { service: { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] } },
    ],
    [
      'mixed',
      {
        service: {
          desiredCount: 3,
          capacityProviderStrategy: [
            { capacityProvider: 'FARGATE', base: 2, weight: 0 },
            { capacityProvider: 'FARGATE_SPOT', weight: 1 },
          ],
        },
      },
    ],
    ['stopped', { service: { desiredCount: 0 } }],
    [
      'of another size and with a health check',
      {
        definition: { cpu: '2048', memory: '8192', ephemeralStorage: { sizeInGiB: 50 } },
        container: { healthCheck: { command: ['CMD-SHELL', 'true'], interval: 10 }, stopTimeout: 90 },
      },
    ],
    [
      'that does not overlap',
      { service: { deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 } } },
    ],
  ])('of a service that is %s changes nothing, with and without --refresh', async (_name, how) => {
    await legacy(how)
    await adopt(request())
    expect(writes()).toEqual(['TagResource', 'PutParameter'])
    expect(await actions(anApp())).toEqual([['pinned', []]])
    expect(await actions(anApp(), { refresh: true })).toEqual([['pinned', []]])
    yard.fake.calls.length = 0
    await yard.deploy(anApp())
    expect(runs().definition.name).toBe('legacy:1')
    expect(writes().filter((each) => each === 'UpdateService' || each === 'RegisterTaskDefinition')).toEqual(
      [],
    )
  })

  it.each([
    ['possible, and the config asks for it', true, true, []],
    ['possible, and the config is silent', true, undefined, []],
    ['impossible, and the config is silent', false, undefined, []],
    ['impossible, and the config says so', false, false, []],
    ['impossible, and the config asks for it', false, true, ['placement.exec']],
  ])(
    'where ECS Exec is %s, changes what was asked for',
    async (_name, enableExecuteCommand, exec, changes) => {
      await legacy({ service: { enableExecuteCommand }, definition: { taskRoleArn: ROLE } })
      const says = anApp({}, { task_role: ROLE, ...(exec !== undefined && { exec }) })
      const { changed } = await adopt(request(says, ['ecs.task_role', 'ecs.exec']))
      expect(changed.map(({ field }) => field)).toEqual(changes)
      const differing = async (options: object) =>
        (await yard.plan(says, 'one', options)).processes[0]!.fields.map(({ field }) => field)
      expect(await differing({})).toEqual(changes)
      expect(await differing({ refresh: true })).toEqual(changes)
      await yard.deploy(says)
      expect(yard.fake.ecs.service(SERVICE).settings).toMatchObject({
        enableExecuteCommand: enableExecuteCommand || exec === true,
      })
    },
  )

  it('reads no definition, as of any other process', async () => {
    await legacy()
    await adopt(request())
    yard.fake.calls.length = 0
    await yard.plan(anApp())
    expect(yard.fake.calls.map(({ operation }) => operation)).not.toContain('DescribeTaskDefinition')
  })

  it('changes what the config names, and nothing else', async () => {
    await legacy()
    const says = anApp({ memory: 2048, demand_count: 3 })
    const { changed, kept } = await adopt(
      request(says, ['processes.web.memory', 'processes.web.demand_count']),
    )
    expect(changed.map(({ field, from, to }) => [field, from, to])).toEqual([
      ['demand_count', 2, 3],
      ['memory', 1024, 2048],
    ])
    expect(kept.map(({ field }) => field)).toEqual(['cpu', 'stop_timeout'])
    const [[action, fields] = []] = await actions(says)
    expect(action).toBe('update')
    expect(fields).toMatchObject([{ field: 'demand_count' }, { field: 'memory', from: 1024, to: 2048 }])
  })

  it('shows what stays as set by the operator, and it can be handed back', async () => {
    await legacy({ container: { stopTimeout: 60 } })
    await adopt(request())
    const { processes } = await yard.plan(anApp())
    expect(processes[0]!.kept).toContainEqual({ field: 'stop_timeout', value: 60, config: 15 })
    await yard.deploy(anApp({ command: ['/fake/stays-up', 'anew'] }))
    expect(main().stopTimeout).toBe(60)
    await yard.operate(anApp(), { process: 'web', unset: ['stop_timeout'] })
    expect(main().stopTimeout).toBe(15)
  })

  it('changes a size together where the one kept would not go with the one that is named', async () => {
    await legacy({ definition: { cpu: '256', memory: '512' } })
    const says = anApp({ memory: 8192, cpu: 1024 })
    const { kept } = await adopt(request(says, ['processes.web.memory']))
    expect(kept.map(({ field }) => field)).not.toContain('cpu')
    expect((await yard.plan(says)).blocked).toEqual([])
  })
})

describe('what a process has no words for', () => {
  const next = anApp({ command: ['/fake/stays-up', 'anew'], memory: 2048 })

  it('is told of before', async () => {
    await legacy(ODD)
    const { carried, container } = await adoptions.look(request())
    expect(container).toBe('app')
    expect(carried).toEqual([
      'the container datadog',
      'its log driver splunk, where `gantry logs` does not look',
      'mountPoints of its container',
      'dockerLabels of its container',
      'ulimits of its container',
      'the volume scratch',
    ])
    expect(writes()).toEqual([])
  })

  it('stays through a deployment that changes what the config names', async () => {
    await legacy(ODD)
    const before = { ...main() }
    await adopt(request(next, ['processes.web.memory']))
    expect(await yard.deploy(next)).toMatchObject({ outcome: 'succeeded' })

    const { content, name } = runs().definition
    expect(name).toBe('orderdesk--default--web:1')
    expect(content).toMatchObject({ memory: '2048', cpu: '512', volumes: [{ name: 'scratch' }] })
    expect(content.containerDefinitions!.map((each) => each.name)).toEqual(['app', 'datadog'])
    const { command, dockerLabels, ...rest } = main()
    expect(command).toEqual(['/fake/stays-up', 'anew'])
    expect(dockerLabels).toMatchObject({ team: 'shop' })
    const { command: _command, dockerLabels: _labels, portMappings, ...were } = before
    // As every process that has a port.
    const environment = [{ name: 'PORT', value: '8000' }]
    expect(rest).toMatchObject({
      ...were,
      environment,
      portMappings: [{ ...portMappings![0], name: 'main' }],
    })

    const { settings, tags } = yard.fake.ecs.service(SERVICE)
    expect(settings).toMatchObject({
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 150 },
      enableECSManagedTags: false,
      propagateTags: 'SERVICE',
      enableExecuteCommand: true,
    })
    expect(runs().launchType).toBe('FARGATE')
    expect(tags).toContainEqual({ key: 'cost-centre', value: '42' })
    expect(tagsOf().get('gantry:adopted')).toBe('app')
  })

  it('is still there after the second deployment, and the next plan changes nothing', async () => {
    await legacy(ODD)
    await adopt(request(next, ['processes.web.memory']))
    await yard.deploy(next)
    const last = anApp({ command: ['/fake/stays-up', 'last'], memory: 2048 })
    await yard.deploy(last)
    expect(main()).toMatchObject({ entryPoint: ['/bin/tini', '--'], command: ['/fake/stays-up', 'last'] })
    expect(runs().definition.content.containerDefinitions).toHaveLength(2)
    expect(await actions(last)).toEqual([['pinned', []]])
    expect(await actions(last, { refresh: true })).toEqual([['pinned', []]])
  })

  it('comes back with a deployment that is rolled back', async () => {
    await legacy({ ...ODD, container: { ...ODD.container, entryPoint: [] } })
    await adopt(request(next, ['processes.web.memory']))
    const { outcome } = await yard.deploy(anApp({ command: ['/fake/fails'] }))
    expect(outcome).toBe('rolled_back')
    expect(runs().definition.name).toBe('legacy:1')
    expect(tagsOf().get('gantry:adopted')).toBe('app')
    expect(await actions(anApp({ memory: 1024 }))).toEqual([['pinned', []]])
  })

  it('is not what the config describes, which takes its place and goes with it', async () => {
    await legacy(ODD)
    const agent = aContainer({
      image: 'datadog/agent:8',
      command: ['/fake/stays-up'],
      depends_on: { main: 'started' },
    })
    const says = anApp({ containers: { datadog: agent } })
    const { carried, changed } = await adopt(request(says, ['processes.web.containers']))
    expect(carried).not.toContain('the container datadog')
    expect(changed).toEqual([{ field: 'containers', from: null, to: ['datadog'] }])
    expect(await yard.deploy(says)).toMatchObject({ outcome: 'succeeded' })
    const all = () => runs().definition.content.containerDefinitions!
    expect(all().map((each) => [each.name, each.image])).toEqual([
      ['app', IMAGE],
      ['datadog', 'datadog/agent:8'],
    ])
    expect(all()[1]!.dependsOn).toEqual([{ containerName: 'app', condition: 'START' }])
    expect(await actions(says, { refresh: true })).toEqual([['pinned', []]])
    await yard.deploy(anApp())
    expect(all().map((each) => each.name)).toEqual(['app'])
    expect(await actions(anApp(), { refresh: true })).toEqual([['pinned', []]])
  })

  it('stays when it is scaled by hand, which replaces nothing', async () => {
    await legacy(ODD)
    await adopt(request(next, ['processes.web.memory']))
    await yard.deploy(next)
    const [deployment] = yard.fake.ecs.service(SERVICE).deployments
    await yard.operate(anApp(), { process: 'web', set: { demand_count: 4 } })
    expect(yard.fake.ecs.service(SERVICE)).toMatchObject({ desiredCount: 4 })
    expect(yard.fake.ecs.service(SERVICE).deployments[0]!.id).toBe(deployment!.id)
  })
})

describe('a service behind a load balancer', () => {
  it('is public, and keeps its container and its other target groups', async () => {
    const group = (name: string) =>
      yard.fake.elb.createTargetGroup({ name, port: 80, healthCheckPath: '/', targetType: 'ip' })
    const [first, second] = [group('first'), group('second')]
    await legacy({
      service: {
        loadBalancers: [first, second].map((targetGroupArn) => ({
          targetGroupArn,
          containerName: 'app',
          containerPort: 8000,
        })),
        healthCheckGracePeriodSeconds: 60,
      },
    })
    const ecs = { target_group: first, service: SERVICE, health_check_grace_period: 60 }
    const says = anApp({ ecs, expose: 'public' })
    const refused = await adoptions.look(
      request(anApp({ expose: 'public', ecs: { ...ecs, health_check_grace_period: null } }), [
        'processes.web.ecs.target_group',
      ]),
    )
    expect(refused.refused).toEqual([
      {
        reason: 'its health_check_grace_period is 60, and the config does not say so',
        hint: 'say `processes.web.ecs.health_check_grace_period: 60`',
      },
    ])
    await adopt(request(says))
    expect(await actions(says)).toEqual([['pinned', []]])
    const next = { ...says.processes[0]!, command: ['/fake/stays-up', 'anew'] }
    expect(await yard.deploy({ ...says, processes: [next] })).toMatchObject({ outcome: 'succeeded' })
    expect(runs().loadBalancers).toEqual([
      { targetGroupArn: first, containerName: 'app', containerPort: 8000 },
      { targetGroupArn: second, containerName: 'app', containerPort: 8000 },
    ])
  })
})

describe('what it is refused for', () => {
  it('is a container of the config that is called as the process is in its service', async () => {
    await legacy()
    const containers = { app: aContainer({ image: 'envoy:1' }) }
    const { refused } = await adoptions.look(request(anApp({ containers }), ['processes.web.containers']))
    expect(refused).toEqual([
      {
        reason: 'the container app of its service is the process, and another one beside it has that name',
        hint: 'call the container otherwise under `containers` in the config',
      },
    ])
    await adopt(request())
    const { outcome, events } = await yard.deploy(anApp({ containers }))
    expect(outcome).toBe('rolled_back')
    expect(events.find((each) => each.type === 'process.failed')).toMatchObject({
      verdict: { reason: refused[0]!.reason, hint: refused[0]!.hint },
    })
    expect(await actions(anApp())).toEqual([['pinned', []]])
  })

  const reasons = async (asked: AdoptRequest) =>
    (await adoptions.look(asked)).refused.map(({ reason }) => reason)

  it('is what the config would have to say, all at once', async () => {
    const ssm = await yard.aws.ssm()
    await ssm.putParameter({ Name: '/shop/key', Value: 'k', Type: 'SecureString' })
    await legacy({
      container: {
        environment: [{ name: 'LEVEL', value: 'hunter2' }],
        secrets: [{ name: 'KEY', valueFrom: '/shop/key' }],
      },
      definition: { taskRoleArn: 'arn:aws:iam::123456789012:role/task' },
      service: {
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-9'] } },
      },
    })
    const says = anApp({}, { security_groups: [], assign_public_ip: false })
    const asked = {
      ...request(says),
      isNamed: (path: string) => [...NAMED, 'ecs.subnets', 'ecs.execution_role'].includes(path),
    }
    const adoption = await adoptions.look(asked)
    expect(adoption.refused).toEqual([
      {
        reason: 'it has the variable LEVEL, and the config names no env for it',
        hint: 'write it under `processes.web.env`',
      },
      {
        reason: 'it has the secret KEY, and the config names no secrets for it',
        hint: 'write it under `processes.web.secrets`',
      },
      {
        reason: 'its security_groups is ["sg-9"], and the config does not say so',
        hint: 'say `ecs.security_groups: ["sg-9"]`',
      },
      {
        reason: 'its task_role is "arn:aws:iam::123456789012:role/task", and the config does not say so',
        hint: 'say `ecs.task_role: "arn:aws:iam::123456789012:role/task"`',
      },
    ])
    expect(JSON.stringify(adoption)).not.toContain('hunter2')
    await expect(adoptions.adopt(asked, adoption)).rejects.toThrow('legacy-web cannot be adopted')
    expect(writes()).toEqual([])
  })

  it('is an autoscaler of somebody else', async () => {
    await legacy()
    await (
      await yard.aws.autoscaling()
    ).registerScalableTarget({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: `service/default/${SERVICE}`,
      MinCapacity: 1,
      MaxCapacity: 5,
    })
    expect(await reasons(request())).toEqual([
      expect.stringContaining('an autoscaler that Gantry did not set up'),
    ])
  })

  it('is a strategy that would be replaced at the first change', async () => {
    await legacy({
      service: {
        desiredCount: 4,
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', weight: 1 },
          { capacityProvider: 'FARGATE_SPOT', weight: 3 },
        ],
      },
    })
    const [refusal] = (await adoptions.look(request())).refused
    expect(refusal).toMatchObject({
      reason: expect.stringContaining('FARGATE (base 0, weight 1) and FARGATE_SPOT (base 0, weight 3)'),
      hint: expect.stringContaining(
        'capacityProvider=FARGATE,base=1,weight=0 capacityProvider=FARGATE_SPOT,base=0,weight=1',
      ),
    })
  })

  it('is that nobody can tell which container is the process, until somebody says so', async () => {
    await legacy({ others: [{ name: 'proxy', image: 'proxy:1', command: ['/fake/stays-up'] }] })
    expect(await reasons(request())).toEqual(['which of its containers is the process: proxy or app?'])
    expect(await reasons(request(anApp(), [], { container: 'nobody' }))).toEqual([
      'its definition has no container nobody',
    ])
    expect(await adopt(request(anApp(), [], { container: 'app' }))).toMatchObject({ container: 'app' })
  })

  it('is a deployment that is under way', async () => {
    await legacy()
    await (await yard.aws.ecs()).updateService({ service: SERVICE, forceNewDeployment: true })
    expect(await reasons(request())).toEqual(['a deployment of it is under way, or has failed'])
  })

  it('is that it is a process already', async () => {
    await legacy()
    await adopt(request())
    expect(await reasons(request())).toEqual(['it is process web of orderdesk (default) already'])
  })

  it('is a name that the config does not say, and a service that is not there', async () => {
    await expect(adoptions.look(request())).rejects.toThrow(
      'there is no service legacy-web in cluster default',
    )
    await expect(adoptions.look(request(anApp(), [], { service: 'other' }))).rejects.toMatchObject({
      message: 'the config says that web is the service legacy-web, not other',
      hint: expect.stringContaining('say `ecs: {service: other}` under processes.web first'),
    })
  })

  it('is that it has changed since somebody agreed', async () => {
    await legacy()
    const adoption = await adoptions.look(request())
    yard.fake.ecs.setDesired(SERVICE, 5)
    await yard.fake.clock.sleep(30)
    await expect(adoptions.adopt(request(), adoption)).rejects.toThrow('has changed meanwhile')
    expect(writes()).toEqual([])
  })
})
