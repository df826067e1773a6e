import { expect, it } from 'vitest'

import { EcsTaskRuns } from '../../../src/engine/ecs/tasks/task-runs.ts'
import { scheduledRunInput } from '../../../src/engine/ecs/tasks/request.ts'
import type { Call } from '../../fakes/aws/faults.ts'
import { APP, TasksShop } from './tasks-shop.ts'

const LASTS = ['/fake/lasts', '600', '0']
const PRINTS = ['/fake/prints', 'done', '0']
const NOBODY = new AbortController().signal

/** Seconds after which ECS has forgotten what has stopped. */
const FORGOTTEN = 3_700

/** What another process sees, which has started nothing. */
const elsewhere = ({ account, definitions, logs }: TasksShop): EcsTaskRuns =>
  new EcsTaskRuns(account, definitions, logs)

const operations = (shop: TasksShop, from: number): string[] =>
  shop.fake.calls.slice(from).map(({ operation }) => operation)

/** As EventBridge Scheduler does it. */
async function startBySchedule(shop: TasksShop): Promise<void> {
  const spec = shop.spec(PRINTS, { name: 'nightly', schedule: '15 2 * * *', max_hours: 2 })
  await shop.logs.ensureGroup(APP)
  const { revision } = await shop.definitions.ensure(APP, spec, null)
  const input = scheduledRunInput(APP, spec, { cluster: 'default', revision })
  const ecs = await shop.account.aws.ecs()
  await ecs.runTask({ ...input, clientToken: 'once' })
}

it('TT-21: another process sees what runs, what it was given and who started it', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(
    LASTS,
    { cpu: 512, memory: 1024 },
    { initiated_by: 'Zoë <b>', deployment: 17 },
  )
  expect(await elsewhere(shop).list(APP, 10)).toEqual([
    {
      id: handle.id,
      task: 'migrate',
      command: '/fake/lasts 600 0',
      status: 'starting',
      initiated_by: 'Zoë <b>',
      deployment: 17,
      started_at: '2026-01-01T00:00:00.000Z',
      ended_at: null,
      exit_code: null,
      reason: null,
      image: 'example.com/shop:1',
      cpu: 512,
      memory: 1024,
      max_hours: 1,
    },
  ])
  await shop.fake.clock.sleep(60)
  expect(await elsewhere(shop).find(APP, handle.id)).toMatchObject({ status: 'running' })
  await handle.stop('enough')
})

it('TT-21: remembers how a run ended when ECS has forgotten it', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(['/fake/prints', 'oh no', '7'])
  await handle.result
  await shop.fake.clock.sleep(FORGOTTEN)
  expect(shop.fake.ecs.tasks()).toEqual([])
  expect(await elsewhere(shop).find(APP, handle.id)).toMatchObject({
    status: 'failed',
    exit_code: 7,
    ended_at: expect.any(String),
  })
})

it('who looks within the hour writes down how a run ended that nobody waited for', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(PRINTS)
  await shop.fake.clock.sleep(300)
  expect(shop.count('DescribeTasks')).toBe(0)
  const seen = await elsewhere(shop).list(APP, 10)
  expect(seen).toMatchObject([{ id: handle.id, status: 'succeeded', exit_code: 0 }])
  await shop.fake.clock.sleep(FORGOTTEN)
  expect(await elsewhere(shop).list(APP, 10)).toEqual(seen)
})

it('says so when nobody has asked how a run ended before ECS forgot it', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(PRINTS)
  await shop.fake.clock.sleep(FORGOTTEN)
  expect(await elsewhere(shop).find(APP, handle.id)).toMatchObject({
    status: 'ended',
    exit_code: null,
    ended_at: null,
    reason: expect.stringContaining('ECS has forgotten'),
  })
})

it('TT-21: lists what a schedule started, with the command and the limit that it has', async () => {
  await using shop = await TasksShop.open()
  await startBySchedule(shop)
  const [run] = await elsewhere(shop).list(APP, 10)
  expect(run).toMatchObject({
    task: 'nightly',
    command: '/fake/prints done 0',
    initiated_by: 'schedule 15 2 * * *',
    deployment: null,
    status: 'starting',
    image: 'example.com/shop:1',
    max_hours: 2,
  })
  await shop.fake.clock.sleep(300)
  const ended = await elsewhere(shop).list(APP, 10)
  expect(ended).toMatchObject([{ id: run!.id, status: 'succeeded' }])
  await shop.fake.clock.sleep(FORGOTTEN)
  expect(await elsewhere(shop).list(APP, 10)).toEqual(ended)
})

it('a run that could not start has failed, one that somebody else stopped was stopped', async () => {
  await using shop = await TasksShop.open()
  const stopped = await shop.run(LASTS)
  const ecs = await shop.account.aws.ecs()
  await ecs.stopTask({ cluster: 'default', task: shop.fake.ecs.tasks()[0]!.id, reason: 'by hand' })
  shop.fake.ecs.failPull('example.com/shop:1')
  const failed = await shop.run(LASTS)
  await Promise.all([stopped.result, failed.result])
  expect(await shop.runs.find(APP, stopped.id)).toMatchObject({ status: 'stopped', reason: 'by hand' })
  expect(await shop.runs.find(APP, failed.id)).toMatchObject({
    status: 'failed',
    exit_code: null,
    reason: expect.stringContaining('CannotPull'),
  })
})

it('TT-23: a run that was taken out of the list stays out while ECS still knows it', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(PRINTS)
  await handle.result
  await elsewhere(shop).forget(APP, handle.id)
  expect(shop.fake.ecs.tasks()).toHaveLength(1)
  expect(await elsewhere(shop).list(APP, 10)).toEqual([])
  expect(await shop.runs.list(APP, 10)).toEqual([])
})

it('TT-23: another process stops a run, and has the reason that was given', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(LASTS)
  expect(await elsewhere(shop).stop(APP, handle.id, 'stopped by Zoë')).toMatchObject({
    status: 'stopped',
    reason: 'stopped by Zoë',
  })
})

it('TT-16: whoever follows a log stops the run at its time limit', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(LASTS, { max_hours: 0.05 })
  const lines = elsewhere(shop).logs(APP, handle.id, { follow: true, signal: NOBODY })
  await Array.fromAsync(lines)
  expect(await shop.runs.find(APP, handle.id)).toMatchObject({
    status: 'stopped',
    reason: 'time limit of 0.05 h',
  })
})

it('shows the lines of a run that CloudWatch shows late', async () => {
  await using shop = await TasksShop.open()
  shop.fake.logs.delay = 2
  const { id } = await shop.run(PRINTS)
  const lines = await Array.fromAsync(shop.runs.logs(APP, id, { follow: true, signal: NOBODY }))
  expect(lines).toMatchObject([{ instance: id, stream: 'out', text: 'done' }])
})

it('shows them also when it has ended by the time that somebody looks', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(PRINTS)
  await handle.result
  shop.fake.logs.delay = 3
  const query = { follow: true, signal: NOBODY }
  const lines = await Array.fromAsync(shop.runs.logs(APP, handle.id, query))
  expect(lines).toMatchObject([{ text: 'done' }])
})

it('knows what it has just started, although neither ECS nor CloudWatch shows it yet', async () => {
  await using shop = await TasksShop.open()
  shop.fake.logs.delay = 30
  const { id } = await shop.run(LASTS)
  const task = shop.fake.ecs.tasks()[0]!
  const { cluster } = task
  task.cluster = shop.fake.ecs.addCluster('other')
  expect(await shop.runs.find(APP, id)).toMatchObject({ id, status: 'starting' })
  task.cluster = cluster
})

it('costs two writes for a run, and at most four reads for a list', async () => {
  await using shop = await TasksShop.open()
  await (
    await shop.run(PRINTS)
  ).result
  expect(shop.count('PutLogEvents')).toBe(3)
  const before = shop.fake.calls.length
  await (
    await shop.run(PRINTS)
  ).result
  expect(operations(shop, before).filter((each) => each === 'PutLogEvents')).toHaveLength(2)
  const looked = shop.fake.calls.length
  await elsewhere(shop).list(APP, 10)
  expect(operations(shop, looked).sort()).toEqual(['DescribeTasks', 'GetLogEvents', 'ListTasks', 'ListTasks'])
})

it('runs a task that it may not write down, and says so in front of its output', async () => {
  await using shop = await TasksShop.open()
  const when = ({ operation }: Call): boolean => operation === 'PutLogEvents'
  shop.fake.faults.add({ when, kind: 'denied' })
  const result = await shop.finish(await shop.run(PRINTS))
  expect(result).toMatchObject({ exit_code: 0 })
  expect(result.lines).toEqual([
    expect.stringContaining('will not be listed when ECS has forgotten it'),
    'done',
  ])
  expect(await elsewhere(shop).list(APP, 10)).toMatchObject([{ status: 'succeeded' }])
})

it('mixes no two apps of one cluster', async () => {
  await using shop = await TasksShop.open()
  const { id } = await shop.run(LASTS)
  expect(await shop.runs.list({ ...APP, environment: 'staging' }, 10)).toEqual([])
  await expect(shop.runs.stop({ ...APP, environment: 'staging' }, id, 'x')).rejects.toThrow('has no task')
})

it('passes over what other hands have written into the journal', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(PRINTS)
  await handle.result
  const logs = await shop.account.aws.logs()
  await logs.putLogEvents({
    logGroupName: '/gantry/shop/production',
    logStreamName: 'task-runs',
    logEvents: ['no json', 'null', '[]', '{"task":"x"}', '{"task":1,"run":{}}'].map((message) => ({
      timestamp: shop.fake.clock.now(),
      message,
    })),
  })
  expect(await elsewhere(shop).list(APP, 10)).toMatchObject([{ id: handle.id }])
})
