import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs'
import { beforeEach, describe, expect, it } from 'vitest'

import { serviceName } from '../../../src/engine/ecs/names.ts'
import { aProcess, aTask } from '../../plan/fixtures.ts'
import { anEcsApp, Yard } from './yard.ts'

const web = aProcess('web', { command: '/fake/stays-up' })
const worker = aProcess('worker', { command: '/fake/stays-up' })
const migrate = aTask('migrate', { command: '/fake/prints migrated 0', run: 'pre_deploy' })
const app = anEcsApp({ processes: [web], tasks: [migrate] })
const both = anEcsApp({ processes: [web, worker], tasks: [migrate] })

let yard: Yard
beforeEach(async () => {
  yard = await Yard.open()
  return () => yard[Symbol.asyncDispose]()
})

const calls = (operation: string) => yard.fake.calls.filter((call) => call.operation === operation)

/** A service of somebody else. */
async function someService(name: string, more: Partial<CreateServiceCommandInput> = {}): Promise<void> {
  await yard.deploy(app)
  const ecs = await yard.aws.ecs()
  const [web] = (await ecs.describeServices({ services: [serviceName(app, 'web', null)] })).services!
  await ecs.createService({
    serviceName: name,
    taskDefinition: web!.taskDefinition!,
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: web!.networkConfiguration!,
    ...more,
  })
  yard.fake.calls.length = 0
}

describe('a service that is somebody else’s', () => {
  it.each([
    ['of the name that a new process gets', worker, serviceName(app, 'worker', null)],
    ['that a process is to take over', { ...worker, ecs: { ...worker.ecs, service: 'old' } }, 'old'],
    ['that a process is to move to', { ...web, ecs: { ...web.ecs, service: 'old' } }, 'old'],
  ])('refuses the plan before anything is touched: %s', async (_name, process, service) => {
    await someService(service)
    const { outcome, plan } = await yard.deploy(anEcsApp({ processes: [process], tasks: [migrate] }), 'two')
    expect(outcome).toBe('refused')
    expect(plan?.blocked).toEqual([
      `there is a service ${service} already, and it is not process ${process.name} of this app: ` +
        'call the process something else, name another service under `ecs.service`, or hand this one over with ' +
        `\`gantry adopt ${process.name}\``,
    ])
    expect([...calls('RunTask'), ...calls('CreateService'), ...calls('UpdateService')]).toEqual([])
  })

  it('is in nobody’s way who does not want its name', async () => {
    await someService(serviceName(app, 'worker', null))
    expect((await yard.plan(app)).blocked).toEqual([])
    expect((await yard.plan(both)).blocked).toHaveLength(1)
  })

  it('costs no call to find out about, where there is nothing to do', async () => {
    await yard.deploy(both)
    yard.fake.calls.length = 0
    await yard.plan(both)
    expect(calls('DescribeServices')).toHaveLength(1)
  })
})

it('ecs.md §4.1: a service that CodeDeploy deploys refuses the plan, as UpdateService takes no new definition', async () => {
  const service = 'by-code-deploy'
  await someService(service, { deploymentController: { type: 'CODE_DEPLOY' } })
  const ecs = await yard.aws.ecs()
  const names = [serviceName(app, 'web', null), service]
  const { services = [] } = await ecs.describeServices({ services: names, include: ['TAGS'] })
  await ecs.tagResource({ resourceArn: services[1]!.serviceArn, tags: services[0]!.tags })
  const there = { ...web, command: '/fake/stays-up too', ecs: { ...web.ecs, service } }
  const { outcome, plan } = await yard.deploy(anEcsApp({ processes: [there] }), 'two')
  expect(outcome).toBe('refused')
  expect(plan?.blocked).toEqual([
    `service ${service} cannot be process web: its deployments are made by CODE_DEPLOY, and Gantry's are rolling ` +
      'updates by ECS: make a service with the deployment controller ECS beside it: that of a service cannot be ' +
      'changed by Gantry',
  ])
  expect([...calls('RunTask'), ...calls('CreateService'), ...calls('UpdateService')]).toEqual([])
})

it('a service that is being deleted is told of, as the process waits for it', async () => {
  yard.fake.ecs.durations.deprovisioning = 600
  await yard.deploy(both)
  const ecs = await yard.aws.ecs()
  const service = serviceName(app, 'worker', null)
  await ecs.deleteService({ service, force: true })
  const { warnings, processes } = await yard.plan(both)
  expect(processes.map(({ name, action }) => `${name} ${action}`)).toEqual(['web unchanged', 'worker create'])
  expect(warnings.map((each) => each.message)).toEqual([
    `service ${service} was deleted and still has tasks: worker begins when they have stopped`,
  ])
})

it('a service that says it is a process which another one is, is told of', async () => {
  await someService(serviceName(app, 'old', null))
  const ecs = await yard.aws.ecs()
  const names = [serviceName(app, 'web', null), serviceName(app, 'old', null)]
  const { services = [] } = await ecs.describeServices({ services: names, include: ['TAGS'] })
  await ecs.tagResource({ resourceArn: services[1]!.serviceArn, tags: services[0]!.tags })
  const { warnings } = await yard.plan(app, 'one', { refresh: true })
  expect(warnings.map((each) => each.message)).toEqual([
    `service ${names[1]} is tagged as process web, which ${names[0]} is: delete it if nothing needs it`,
  ])
})
