import { expect, it } from 'vitest'

import { runOnce } from '../../src/deploy/run-once.ts'
import { anEcsApp, Yard } from '../engine/ecs/yard.ts'
import { aProcess } from '../plan/fixtures.ts'
import { Workshop } from './workshop.ts'

const worker = { command: 'sleep 600', rollout: { min_up: 0.01 } }
const relay = aProcess('relay', { command: '/fake/stays-up', image: 'example.com/relay:1' })
const web = aProcess('web', { command: '/fake/stays-up', cpu: 512, memory: 1024 })

const saidOn = async ({ engine, app }: Workshop, command: string): Promise<string[]> => {
  const { logs, result } = await runOnce(engine, app, command, 'test')
  const lines = await Array.fromAsync(logs)
  expect(await result).toMatchObject({ exit_code: 0 })
  return lines
}

/** The image and the size with which a command ran on ecs. */
async function ranOn(yard: Yard, app: ReturnType<typeof anEcsApp>) {
  const { logs, result } = await runOnce(yard.engine, app, '/fake/prints hello 0', 'test')
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
  await expect(runOnce(yard.engine, app, 'true', 'test')).rejects.toThrow(
    'orderdesk has no process in whose image a command could run',
  )
  const set = { command: '/fake/stays-up', image: 'example.com/extra:1' }
  expect((await yard.operate(app, { process: 'extra', set })).outcome).toBe('succeeded')
  expect(await ranOn(yard, app)).toEqual({ image: 'example.com/extra:1', cpu: '256' })
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
