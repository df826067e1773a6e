import { beforeEach, expect, it } from 'vitest'

import { runOnce } from '../../../src/deploy/run-once.ts'
import { aProcess, aTask } from '../../plan/fixtures.ts'
import { namesUnder } from './parameters/account.ts'
import { anEcsApp, Yard } from './yard.ts'

const app = anEcsApp({
  processes: [aProcess('web', { command: '/fake/stays-up' })],
  tasks: [
    aTask('migrate', { command: '/fake/prints migrated 0', run: 'pre_deploy' }),
    aTask('report', { command: '/fake/prints x 0', run: null, schedule: '0 3 * * *' }),
  ],
})

let yard: Yard
beforeEach(async () => {
  yard = await Yard.open()
  return () => yard[Symbol.asyncDispose]()
})

const definitions = async (): Promise<string[]> =>
  (await (await yard.aws.ecs()).listTaskDefinitions({ status: 'ACTIVE' })).taskDefinitionArns!
const repositories = async () => (await (await yard.aws.ecr()).describeRepositories({})).repositories!

it('leaves nothing of an app that is deleted', async () => {
  await yard.deploy(app)
  await yard.engine.removeApp(app)
  expect(yard.fake.ecs.tasks().filter(({ lastStatus }) => lastStatus !== 'STOPPED')).toEqual([])
  expect(await definitions()).toEqual([])
  expect(await repositories()).toEqual([])
  expect((await (await yard.aws.scheduler()).listSchedules({})).Schedules).toEqual([])
  expect(await namesUnder(yard.fake, `/gantry/${app.name}/${app.environment}/`)).toEqual([])
})

it('keeps what an app needs to run whose services could not be deleted, and says so', async () => {
  await yard.deploy(app)
  yard.fake.faults.add({ when: ({ operation }) => operation === 'DeleteService', kind: 'denied' })
  await expect(yard.engine.removeApp(app)).rejects.toThrow('process web could not be removed')
  expect(await repositories()).toHaveLength(1)
  expect(await definitions()).not.toEqual([])
  yard.fake.faults.clear()
  await yard.engine.removeApp(app)
  expect(await repositories()).toEqual([])
})

it('ecs.md §1.12: of the definitions of one-off commands the newest ten stay', async () => {
  await yard.deploy(app)
  for (let run = 0; run < 13; run++) {
    await (
      await runOnce(yard.engine, app, { command: `/fake/prints ${run} 0`, initiated_by: 'test' })
    ).result
  }
  await yard.deploy(app, 'two')
  const family = `${app.name}--${app.environment}--task--run`
  expect((await definitions()).filter((arn) => arn.includes(`/${family}:`))).toHaveLength(10)
})
