import { expect, it } from 'vitest'

import { runOnce, type RunRequest } from '../../src/deploy/run-once.ts'
import { anEcsApp, Yard } from '../engine/ecs/yard.ts'
import { aProcess } from '../plan/fixtures.ts'
import { Workshop } from './workshop.ts'

const worker = { command: 'sleep 600', rollout: { min_up: 0.01 } }
const relay = aProcess('relay', { command: '/fake/stays-up', image: 'example.com/relay:1' })
const web = aProcess('web', { command: '/fake/stays-up', cpu: 512, memory: 1024 })

const saidOn = async ({ engine, app }: Workshop, command: string): Promise<string[]> => {
  const { logs, result } = await runOnce(engine, app, { command, initiated_by: 'test' })
  const lines = await Array.fromAsync(logs)
  expect(await result).toMatchObject({ exit_code: 0 })
  return lines
}

/** The image and the size with which a command ran on ecs. */
async function ranOn(yard: Yard, app: ReturnType<typeof anEcsApp>, request: Partial<RunRequest> = {}) {
  const { logs, result } = await runOnce(yard.engine, app, {
    ...request,
    initiated_by: 'test',
    command: '/fake/prints hello 0',
  })
  expect(await Array.fromAsync(logs)).toContain('hello')
  expect(await result).toMatchObject({ exit_code: 0 })
  const ecs = await yard.aws.ecs()
  const { taskDefinition } = await ecs.describeTaskDefinition({
    taskDefinition: 'orderdesk--default--task--run',
  })
  return { image: taskDefinition!.containerDefinitions![0]!.image, cpu: taskDefinition!.cpu }
}

it('a command runs in what was built, although something else is pinned', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({ processes: [relay, web] })
  await yard.deploy(app)
  expect(await ranOn(yard, app)).toEqual({
    image: expect.stringContaining('/orderdesk/default@sha256:'),
    cpu: '512',
  })
})

it('where everything is pinned, it runs in what the app is known by', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({
    processes: [aProcess('other', { ...relay, name: 'other', image: 'example.com/other:1' })],
  })
  await yard.deploy(app)
  expect(await ranOn(yard, app)).toEqual({ image: 'example.com/other:1', cpu: '256' })
})

it('where only an operator has made processes, it runs in the image of one of those', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({})
  await yard.deploy(anEcsApp({ processes: [relay] }))
  await yard.deploy(app)
  await expect(runOnce(yard.engine, app, { command: 'true', initiated_by: 'test' })).rejects.toThrow(
    'orderdesk has no process in whose image a command could run',
  )
  const set = { command: '/fake/stays-up', image: 'example.com/extra:1' }
  expect((await yard.operate(app, { process: 'extra', create: true, set })).outcome).toBe('succeeded')
  expect(await ranOn(yard, app)).toEqual({ image: 'example.com/extra:1', cpu: '256' })
})

it('TT-12, TT-13: a size that is asked for is kept or refused, never rounded; the other one follows it', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({ processes: [web] })
  await yard.deploy(app)
  const run = (request: Partial<RunRequest>) =>
    runOnce(yard.engine, app, { command: '/fake/prints hello 0', initiated_by: 'test', ...request })
  expect((await run({ memory: 8_192 })).run).toMatchObject({ memory: 8_192, cpu: 1_024 })
  expect((await run({ cpu: 2_048 })).run).toMatchObject({ memory: 4_096, cpu: 2_048 })
  await expect(run({ memory: 1_500 })).rejects.toThrow(/^memory of the run: /)
  await expect(run({ memory: 400 * 1_024 })).rejects.toMatchObject({
    message: expect.stringContaining('Fargate offers no'),
    hint: expect.stringContaining('the largest is'),
  })
})

it('TT-05, TT-06, TT-08: a run is a task of its own in the cluster, with a limit that a schedule keeps', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({ processes: [web] })
  await yard.deploy(app)
  const request = { command: '/fake/stays-up', initiated_by: 'test', max_hours: 3 }
  const { run } = await runOnce(yard.engine, app, request)
  expect(run).toMatchObject({ task: 'run', max_hours: 3, deployment: null })
  const scheduler = await yard.aws.scheduler()
  const { Schedules = [] } = await scheduler.listSchedules({})
  expect(Schedules).toMatchObject([{ Name: expect.stringMatching(/^gantry-stop-/) }])
})

it('TT-14: a tag is one of the repository of the app', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({ processes: [web] })
  await yard.deploy(app)
  yard.fake.ecr.putImage('orderdesk/default', ['nightly-1.4'])
  const { image } = await ranOn(yard, app, { docker_tag: 'nightly-1.4' })
  expect(image).toMatch(/\/orderdesk\/default@sha256:/)
  expect(image).not.toBe((await ranOn(yard, app)).image)
  await expect(ranOn(yard, app, { docker_tag: 'none' })).rejects.toThrow('no image with the tag "none"')
  await expect(ranOn(yard, app, { docker_tag: 'a b' })).rejects.toThrow('no image with the tag "a b"')
})

it('TT-15: another image is any that a registry may have, or that of a release', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({ processes: [web] })
  await yard.deploy(app)
  const built = (await ranOn(yard, app)).image
  expect((await ranOn(yard, app, { image: 'example.com/tools:2' })).image).toBe('example.com/tools:2')
  expect((await ranOn(yard, app, { image: 'release:v1' })).image).toBe(built)
  await expect(ranOn(yard, app, { image: 'key:0123456789' })).rejects.toThrow(
    'is an image of the local engine',
  )
  await expect(ranOn(yard, app, { image: 'release:v9' })).rejects.toThrow('release v9 has no image')
})

it('TT-25: a run has what the config and people set; its own variables win over both', async () => {
  await using yard = await Yard.open()
  const app = {
    ...anEcsApp({ processes: [web] }),
    env: { LEVEL: 'info', OTHER: 'x' },
    secrets: { KEY: 'ssm:/shared/key' },
  }
  await yard.deploy(app)
  const ssm = await yard.aws.ssm()
  await ssm.putParameter({ Name: '/shared/key', Value: 'shared', Type: 'SecureString' })
  for (const name of ['LEVEL', 'TOKEN']) {
    await yard.engine.setVariable(app, { name, value: 'by hand', process: null, secret: false })
  }
  const given = async (request: Partial<RunRequest>) => {
    await ranOn(yard, app, request)
    const ecs = await yard.aws.ecs()
    const { taskDefinition } = await ecs.describeTaskDefinition({
      taskDefinition: 'orderdesk--default--task--run',
    })
    const { environment = [], secrets = [] } = taskDefinition!.containerDefinitions![0]!
    return {
      env: Object.fromEntries(environment.map(({ name, value }) => [name, value])),
      from: secrets.map(({ name }) => name),
    }
  }
  expect(await given({})).toMatchObject({ env: { OTHER: 'x' }, from: ['KEY', 'LEVEL', 'TOKEN'] })
  const own = await given({ env: { LEVEL: 'debug', KEY: 'mine' } })
  expect(own).toMatchObject({ env: { OTHER: 'x', LEVEL: 'debug', KEY: 'mine' }, from: ['TOKEN'] })
})

it.each(['key', 'release'])('on the local engine a pin by %s is as good', async (kind) => {
  await using shop = await Workshop.open()
  await shop.deploy(await shop.commit({ processes: { worker } }, { what: 'old' }))
  const release = await shop.engine.ledger.release(shop.app, 1)
  const image = kind === 'key' ? `key:${release!.images['process:worker']!.key}` : 'release:v1'
  const pinned = await shop.deploy(
    await shop.commit({ processes: { worker: { ...worker, image } } }, { what: 'new' }),
  )
  expect(pinned.outcome).toBe('succeeded')
  expect(await saidOn(shop, 'cat what')).toEqual(['old'])
})
