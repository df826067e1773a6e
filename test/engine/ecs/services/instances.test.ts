import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Instance } from '../../../../src/engine/running.ts'
import { instancesOf } from '../../../../src/engine/ecs/services/instances.ts'
import { Stage } from './watched-service.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage[Symbol.asyncDispose]())

async function instances(process: string): Promise<Instance[]> {
  const found = await instancesOf(stage.account, [{ process, service: process, port: 3000 }])
  return found.get(process)!
}

it('shows what runs, each with an id of its own', async () => {
  await stage.running('web', { desiredCount: 2 })
  const shown = await instances('web')
  expect(shown).toHaveLength(2)
  expect(new Set(shown.map(({ id }) => id)).size).toBe(2)
  expect(shown[0]).toEqual({
    id: expect.stringMatching(/^web-[0-9a-f]{8}$/) as string,
    state: 'up',
    since: expect.stringMatching(/^2026-01-01T00:00:\d\d\.\d+Z$/) as string,
    pid: null,
    address: expect.stringMatching(/^10\.\d+\.\d+\.\d+:3000$/) as string,
    image: 'app:1',
    restarts: 0,
    last_exit: null,
  })
  expect(await instances('web')).toEqual(shown)
})

it('shows them on their way in and out', async () => {
  await stage.create('web')
  await stage.fake.clock.sleep(2)
  expect(await instances('web')).toMatchObject([{ state: 'starting' }])
  await stage.fake.clock.sleep(20)
  stage.fake.ecs.durations.deprovisioning = 60
  await stage.update('web', { desiredCount: 0 })
  await stage.fake.clock.sleep(10)
  expect(await instances('web')).toMatchObject([{ state: 'stopping' }])
  await stage.fake.clock.sleep(60)
  expect(await instances('web')).toEqual([])
})

it('shows an instance whose health check fails', async () => {
  await stage.running('web')
  const [task] = stage.fake.ecs.tasks({ service: 'web' })
  task!.containers[0]!.definition.healthCheck = { command: ['CMD', 'check'] }
  task!.containers[0]!.health = 'UNHEALTHY'
  expect(await instances('web')).toMatchObject([{ state: 'unhealthy' }])
})

it('says how the one before ended', async () => {
  await stage.running('web')
  const [task] = stage.fake.ecs.tasks({ service: 'web' })
  const ecs = await stage.account.aws.ecs()
  stage.fake.ecs.behaviour = () => ({ lines: [], exit: { after: 20, code: 3 } })
  await ecs.stopTask({ cluster: 'default', task: task!.arn })
  await stage.fake.clock.sleep(60)
  const [shown] = await instances('web')
  expect(shown).toMatchObject({ last_exit: 'exit code 3' })
})

it('shows the one that failed last where none runs', async () => {
  await stage.create('web', { command: ['/fake/fails'] })
  let shown: Instance[] = []
  while (!shown.some(({ state }) => state === 'exited')) {
    await stage.fake.clock.sleep(1)
    shown = await instances('web')
  }
  expect(shown).toMatchObject([{ state: 'exited', address: null, last_exit: 'exit code 1' }])
})

it('takes two calls for each service, and one for a hundred tasks of all', async () => {
  const names = ['web', 'worker', 'beat']
  for (const name of names) await stage.running(name)
  const before = stage.fake.calls.length
  const found = await instancesOf(
    stage.account,
    names.map((name) => ({ process: name, service: name, port: null })),
  )
  expect([...found.values()].map((each) => each.length)).toEqual([1, 1, 1])
  expect(
    stage.fake.calls
      .slice(before)
      .map((call) => call.operation)
      .sort(),
  ).toEqual(['DescribeTasks', ...Array.from({ length: 6 }, () => 'ListTasks')])
})

it('has none of a service that is not there', async () => {
  expect(await instances('web')).toEqual([])
})
