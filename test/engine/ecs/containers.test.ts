import { beforeEach, describe, expect, it } from 'vitest'

import type { App, Container, Process } from '../../../src/app/app.ts'
import { isEmpty } from '../../../src/plan/plan.ts'
import { aContainer, BUILD } from '../../app/fixtures.ts'
import { aProcess } from '../../plan/fixtures.ts'
import { byCommand } from '../../fakes/aws/ecs/behaviour.ts'
import { anEcsApp, Yard } from './yard.ts'

const OWN_BUILD = { ...BUILD, dockerfile: 'proxy/Dockerfile' }

let yard: Yard
beforeEach(async () => {
  yard = await Yard.open()
  return () => yard[Symbol.asyncDispose]()
})

function appWith(containers: Process['containers'], more: Partial<Process> = {}): App {
  return anEcsApp({ processes: [aProcess('web', { command: '/fake/stays-up', containers, ...more })] })
}
const proxy = (fields: Partial<Container> = {}): Container =>
  aContainer({ image: 'envoy:1', command: '/fake/stays-up', ...fields })
const tasks = () => yard.fake.ecs.tasks({ status: 'RUNNING' })
const definition = async () => {
  const ecs = await yard.aws.ecs()
  return (await ecs.describeTaskDefinition({ taskDefinition: 'orderdesk--default--web' })).taskDefinition!
}

describe('containers beside a process', () => {
  it('start with each of its instances, in their order, and the next plan finds nothing to do [SW-12]', async () => {
    const app = appWith(
      {
        seed: aContainer({ command: '/fake/prints seeded 0', essential: false }),
        proxy: proxy({ depends_on: { main: 'started' } }),
      },
      { demand_count: 2, depends_on: { seed: 'succeeded' } },
    )
    expect(await yard.deploy(app)).toMatchObject({ outcome: 'succeeded' })
    const states = tasks().map(({ containers }) =>
      containers.map((each) => `${each.definition.name} ${each.lastStatus}`),
    )
    expect(states).toEqual([
      ['main RUNNING', 'seed STOPPED', 'proxy RUNNING'],
      ['main RUNNING', 'seed STOPPED', 'proxy RUNNING'],
    ])
    expect(isEmpty(await yard.plan(app))).toBe(true)
    expect(isEmpty(await yard.plan(app, 'one', { refresh: true }))).toBe(true)
    const [name, ...rest] = await yard.engine.logNames(app)
    expect([name, ...rest]).toEqual(['web/seed'])
  })

  it('are what a rollout fails with, by name, exit code and log', async () => {
    const works = appWith({ proxy: proxy() })
    await yard.deploy(works)
    const { outcome, events } = await yard.deploy(
      appWith({ proxy: proxy({ command: ['/fake/prints', 'no listener', '3'] }) }),
    )
    expect(outcome).toBe('rolled_back')
    expect(events.find((each) => each.type === 'process.failed')).toMatchObject({
      verdict: { reason: 'exit code 3 of proxy', exit_code: 3, log: ['no listener'] },
    })
    expect(isEmpty(await yard.plan(works))).toBe(true)
  })

  it('that fail before others start fail the rollout as well', async () => {
    const seed = aContainer({ command: ['/fake/prints', 'no bucket', '4'], essential: false })
    const { outcome, events } = await yard.deploy(appWith({ seed }, { depends_on: { seed: 'succeeded' } }))
    expect(outcome).toBe('rolled_back')
    expect(events.find((each) => each.type === 'process.failed')).toMatchObject({
      verdict: { exit_code: 4, log: ['no bucket'], reason: 'exit code 4 of seed' },
    })
  })

  it('that never end are what a rollout waits for in vain, and their output is shown', async () => {
    const lines = ['waiting for the bucket']
    yard.fake.ecs.behaviour = (run) => (run.name === 'seed' ? { lines, exit: null } : byCommand(run))
    const rollout = { overlap: true, on_failure: 'rollback', timeout: 60, min_up: 1 } as const
    const seed = aContainer({ command: ['seed'], essential: false })
    const app = appWith({ seed }, { depends_on: { seed: 'succeeded' }, rollout })
    const { outcome, events } = await yard.deploy(app)
    expect(outcome).toBe('rolled_back')
    expect(events.find((each) => each.type === 'process.failed')).toMatchObject({
      verdict: {
        outcome: 'timed_out',
        reason: 'the process waits for seed to end with 0',
        log: ['waiting for the bucket'],
      },
    })
  })

  it('with a build of their own are built, replace the instances when they change, and are kept', async () => {
    const app = appWith({ proxy: proxy({ image: null, build: OWN_BUILD }) })
    expect(await yard.deploy(app)).toMatchObject({ outcome: 'succeeded' })
    const images = (await definition()).containerDefinitions!.map((each) => each.image)
    expect(new Set(images).size).toBe(2)
    await yard.engine.prune(app)
    expect(isEmpty(await yard.plan(app))).toBe(true)

    const other = appWith({ proxy: proxy({ image: null, build: { ...OWN_BUILD, target: 'slim' } }) })
    const { plan } = await yard.deploy(other)
    expect(plan!.images.map(({ used_by, action }) => [used_by, action])).toEqual([
      [['web'], 'reuse'],
      [['web/proxy'], 'build'],
    ])
    expect(plan!.processes).toMatchObject([
      { action: 'update', replaces: true, fields: [{ field: 'containers.proxy.image' }] },
    ])
  })

  it('go when the config names them no more', async () => {
    await yard.deploy(appWith({ proxy: proxy() }))
    expect(await yard.deploy(appWith({}))).toMatchObject({ outcome: 'succeeded' })
    expect((await definition()).containerDefinitions).toHaveLength(1)
  })

  it('come back with a release that had them, built images and all', async () => {
    const had = appWith(
      {
        proxy: proxy({ image: null, build: OWN_BUILD }),
        seed: aContainer({ command: 'seed', essential: true }),
      },
      { mounts: { '/tmp': { source: 'tmp', source_path: 'tmp' } }, pre_start: 'bin/prepare' },
    )
    await yard.deploy(had)
    const before = (await definition()).containerDefinitions
    await yard.deploy(appWith({}), 'two')
    expect((await definition()).containerDefinitions).toHaveLength(1)
    const { plan } = await yard.rollBack(had, 1)
    expect(plan!.images.map(({ action }) => action)).toEqual(['reuse', 'reuse'])
    expect((await definition()).containerDefinitions).toEqual(before)
  })

  it('run in the image that an operator sets for the process, unless they have one of their own', async () => {
    const app = appWith({ proxy: proxy(), helper: aContainer({ command: '/fake/stays-up' }) })
    await yard.deploy(app)
    await yard.operate(app, { process: 'web', set: { image: 'web:2' } })
    expect((await definition()).containerDefinitions!.map(({ name, image }) => [name, image])).toEqual([
      ['main', 'web:2'],
      ['proxy', 'envoy:1'],
      ['helper', 'web:2'],
    ])
    expect((await yard.plan(app)).processes).toMatchObject([{ action: 'pinned' }])
    await yard.operate(app, { process: 'web', unset: ['image'] })
    expect((await definition()).containerDefinitions!.map(({ image }) => image)).not.toContain('web:2')
  })

  it('that other hands have added or changed are found, and put right', async () => {
    const app = appWith({ proxy: proxy() })
    await yard.deploy(app)
    const { family, networkMode, requiresCompatibilities, cpu, memory, executionRoleArn, ...found } =
      await definition()
    const ecs = await yard.aws.ecs()
    const [main, own] = found.containerDefinitions!
    const { taskDefinition } = await ecs.registerTaskDefinition({
      family,
      networkMode,
      requiresCompatibilities,
      cpu,
      memory,
      executionRoleArn,
      runtimePlatform: found.runtimePlatform,
      containerDefinitions: [main!, { ...own!, image: 'envoy:2' }, { name: 'agent', image: 'agent:1' }],
    })
    await ecs.updateService({
      service: 'orderdesk--default--web',
      taskDefinition: taskDefinition!.taskDefinitionArn,
    })
    await yard.fake.clock.sleep(60)
    const plan = await yard.plan(app)
    expect(plan.processes[0]!.fields.map(({ field, from, to }) => [field, from === undefined, to])).toEqual([
      ['containers.proxy.image', false, 'envoy:1'],
      ['containers.agent', false, undefined],
    ])
    expect(await yard.deploy(app)).toMatchObject({ outcome: 'succeeded' })
    expect((await definition()).containerDefinitions!.map((each) => each.image)).toContain('envoy:1')
    expect((await definition()).containerDefinitions).toHaveLength(2)
  })
})

it('secrets of a container are read where they are, and variables set by hand reach it only by name', async () => {
  const app = appWith({ proxy: proxy({ secrets: { API_KEY: 'gantry' } }) })
  for (const name of ['API_KEY', 'OTHER']) {
    await yard.engine.setVariable(app, { name, value: 'hunter2', process: null, secret: true })
  }
  expect(await yard.deploy(app)).toMatchObject({ outcome: 'succeeded' })
  const [main, other] = (await definition()).containerDefinitions!
  expect(main!.secrets!.map((each) => each.name)).toEqual(['API_KEY', 'OTHER'])
  expect(other!.secrets!.map((each) => each.name)).toEqual(['API_KEY'])
  await yard.engine.setVariable(app, { name: 'API_KEY', value: 'hunter3', process: null, secret: true })
  expect((await yard.plan(app)).processes[0]).toMatchObject({ action: 'update', replaces: true })
})
