import { beforeEach, expect, it } from 'vitest'

import { UserError } from '../../../src/app/errors.ts'
import { setVariable } from '../../../src/deploy/variables.ts'
import { isEmpty } from '../../../src/plan/plan.ts'
import { aProcess, aTask } from '../../plan/fixtures.ts'
import { namesUnder } from './parameters/account.ts'
import { anEcsApp, Yard } from './yard.ts'

const worker = aProcess('worker', { command: '/fake/stays-up' })
const app = anEcsApp({ processes: [worker] })
const SERVICE = `${app.name}--${app.environment}--worker`

let yard: Yard
beforeEach(async () => {
  yard = await Yard.open()
  return () => yard[Symbol.asyncDispose]()
})

const set = (value: string, secret = false) =>
  yard.engine.setVariable(app, { name: 'TOKEN', value, process: null, secret })
const unset = () => yard.engine.unsetVariable(app, 'TOKEN', null)
const kept = () => namesUnder(yard.fake, `/gantry/${app.name}/${app.environment}/env/`)

/** What becomes of the process when its container ends and is started again. */
async function running(): Promise<number> {
  const ecs = await yard.aws.ecs()
  const { taskArns = [] } = await ecs.listTasks({ cluster: 'default', serviceName: SERVICE })
  for (const task of taskArns) await ecs.stopTask({ cluster: 'default', task })
  await yard.fake.clock.sleep(120)
  const { services } = await ecs.describeServices({ cluster: 'default', services: [SERVICE] })
  return services![0]!.runningCount!
}

it('what runs can be started again after its variable was unset, until it runs without', async () => {
  await set('one')
  await yard.deploy(app)
  await unset()
  expect(await running()).toBe(1)
  expect(await kept()).toEqual(['TOKEN/1', 'TOKEN/2'])
  expect(await yard.deploy(app)).toMatchObject({ outcome: 'succeeded' })
  expect(await kept()).toEqual(['TOKEN/2'])
  expect(await running()).toBe(1)
})

it('what runs can be started again after its variable became a secret', async () => {
  await set('one')
  await yard.deploy(app)
  await set('one', true)
  expect(await running()).toBe(1)
  expect(await yard.deploy(app)).toMatchObject({ outcome: 'succeeded' })
  expect(await kept()).toEqual(['TOKEN/2'])
})

it('a process that fails with the new value goes back to the old one, and that stays', async () => {
  const beat = aProcess('beat', { command: '/fake/stays-up' })
  const both = anEcsApp({ processes: [{ ...worker, rollout: { ...worker.rollout, overlap: false } }, beat] })
  await set('one')
  await yard.deploy(both)
  await unset()
  const broken = { ...both, processes: [both.processes[0]!, { ...beat, command: '/fake/fails' }] }
  expect(await yard.deploy(broken)).toMatchObject({ outcome: 'rolled_back' })
  await yard.engine.prune(app)
  expect(await kept()).toEqual(['TOKEN/1', 'TOKEN/2'])
  expect(await running()).toBe(1)
})

it('a schedule that names a value keeps it', async () => {
  const report = aTask('report', { command: '/fake/stays-up', schedule: '15 2 * * *' })
  await set('one')
  await yard.deploy(anEcsApp({ processes: [worker], tasks: [report] }))
  await set('two')
  await yard.operate(app, { process: 'worker', restart: true })
  await set('three')
  await yard.engine.prune(app)
  expect(await kept()).toEqual(['TOKEN/1', 'TOKEN/2', 'TOKEN/3'])
  await yard.engine.setSchedules(app, [])
  await yard.engine.prune(app)
  expect(await kept()).toEqual(['TOKEN/2', 'TOKEN/3'])
})

it('a value that other hands went back to is kept while they run it', async () => {
  const ecs = await yard.aws.ecs()
  const definition = async () =>
    (await ecs.describeServices({ cluster: 'default', services: [SERVICE] })).services![0]!.taskDefinition!
  await set('one')
  await yard.deploy(app)
  const before = await definition()
  await set('two')
  yard.fake.faults.add({ kind: 'denied', when: ({ operation }) => operation === 'DeleteParameters' })
  await yard.deploy(app)
  yard.fake.faults.clear()
  const after = await definition()
  await ecs.updateService({ cluster: 'default', service: SERVICE, taskDefinition: before })
  await yard.engine.prune(app)
  expect(await kept()).toEqual(['TOKEN/1', 'TOKEN/2'])
  await ecs.updateService({ cluster: 'default', service: SERVICE, taskDefinition: after })
  await yard.fake.clock.sleep(300)
  await yard.engine.prune(app)
  expect(await kept()).toEqual(['TOKEN/2'])
})

it('nothing is stored for what cannot be a process', async () => {
  const variable = { name: 'TOKEN', value: 'one', process: 'wrker/../x', secret: false }
  await expect(setVariable(yard.engine, app, variable)).rejects.toThrow(UserError)
  expect(yard.fake.calls).toEqual([])
})

it('a restart takes the current value, and nothing is left to do', async () => {
  await set('one')
  await yard.deploy(app)
  await set('two')
  expect(await yard.operate(app, { process: 'worker', restart: true })).toMatchObject({
    outcome: 'succeeded',
  })
  expect(isEmpty(await yard.plan(app, 'one', { refresh: true }))).toBe(true)
})
