import { expect, it } from 'vitest'

import { runConfigured } from '../../src/deploy/run-configured.ts'
import { anEcsApp, Yard } from '../engine/ecs/yard.ts'
import { aProcess, aTask } from '../plan/fixtures.ts'

it('on ecs a task of the config is started with what the release says, and variables win over that', async () => {
  await using yard = await Yard.open()
  const task = { image: 'example.com/tools:2', command: '/fake/prints hello 0', cpu: 512, memory: 1024 }
  const mounts = { '/cache': { source: 'tmp' as const, source_path: 'cache' } }
  const env = { LEVEL: 'info', OTHER: 'x' }
  const app = anEcsApp({
    processes: [aProcess('web', { command: '/fake/stays-up', image: 'redis:8' })],
    tasks: [aTask('report', { ...task, env, mounts, max_hours: 3, schedule: null })],
  })
  await yard.deploy(app)
  await yard.engine.setVariable(app, { name: 'LEVEL', value: 'debug', process: null, secret: false })
  const { run, result } = await runConfigured(yard.engine, app, 'report', 'somebody')
  expect(run).toMatchObject({
    task: 'report',
    cpu: 512,
    memory: 1024,
    max_hours: 3,
    initiated_by: 'somebody',
  })
  expect(await result).toMatchObject({ exit_code: 0 })
  const ecs = await yard.aws.ecs()
  const { taskDefinition } = await ecs.describeTaskDefinition({
    taskDefinition: 'orderdesk--default--task--report',
  })
  const [container] = taskDefinition!.containerDefinitions!
  expect(container).toMatchObject({
    image: 'example.com/tools:2',
    environment: expect.arrayContaining([{ name: 'OTHER', value: 'x' }]),
    secrets: [expect.objectContaining({ name: 'LEVEL' })],
    mountPoints: [expect.objectContaining({ containerPath: '/cache' })],
  })
})
