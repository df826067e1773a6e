import { expect, it } from 'vitest'

import { TaskError, UserError } from '../../../src/app/errors.ts'
import { notStarted } from '../../../src/engine/ecs/tasks/refusal.ts'
import { Tasks } from '../../../src/engine/ecs/tasks/tasks.ts'
import type { Call } from '../../fakes/aws/faults.ts'
import { APP, PLACEMENT, SCHEDULER_ROLE, TasksShop } from './tasks-shop.ts'

const LASTS = ['/fake/lasts', '600', '0']
const named =
  (operation: string) =>
  (call: Call): boolean =>
    call.operation === operation

it('runs a task on demand, in its own network, and gives its output and exit code', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(['/fake/prints', 'migrated 3 tables', '0'])
  expect(handle.id).toMatch(/^task\.migrate-[0-9a-f]{8}$/)
  expect(await shop.finish(handle)).toMatchObject({
    exit_code: 0,
    reason: null,
    hint: null,
    lines: ['migrated 3 tables'],
    // As long as the fake takes to place, to pull, and to run.
    duration: 11,
  })
  expect(shop.fake.calls.find(named('RunTask'))!.input).toMatchObject({
    count: 1,
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: ['subnet-1'],
        securityGroups: ['sg-1'],
        assignPublicIp: 'ENABLED',
      },
    },
    taskDefinition: 'shop--production--task--migrate:1',
  })
})

it('ecs.md §4.3: says in tags what a run is for, whatever the text is', async () => {
  await using shop = await TasksShop.open()
  const initiated_by = 'Zoë, "quoted" <b>\n'.repeat(20)
  const handle = await shop.run(LASTS, { max_hours: 2 }, { initiated_by, deployment: 17 })
  const input = shop.fake.calls.find(named('RunTask'))!.input
  const tags = Object.fromEntries(
    (input['tags'] as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
  )
  expect(tags).toMatchObject({
    'gantry:app': 'shop',
    'gantry:environment': 'production',
    'gantry:task': 'migrate',
    'gantry:deployment': '17',
    'gantry:deadline': String(Math.ceil(shop.fake.clock.now() / 1_000) + 7_200),
  })
  expect(input).not.toHaveProperty('propagateTags')
  const said = Buffer.from(tags['gantry:initiated-by']!, 'base64url').toString()
  expect(tags['gantry:initiated-by']!.length).toBeLessThanOrEqual(256)
  expect(initiated_by.startsWith(said)).toBe(true)
  expect(said.length).toBeGreaterThan(150)
  await handle.stop('enough')
})

it('ecs.md §4.4: never waits for RUNNING: a task that is too short to be seen there is a success', async () => {
  await using shop = await TasksShop.open()
  Object.assign(shop.fake.ecs.durations, { provisioning: 0, pending: 0, deprovisioning: 0 })
  shop.behave({ lines: ['done'], exit: { after: 0, code: 0 } })
  expect(await shop.finish(await shop.run('bin/quick'))).toMatchObject({ exit_code: 0, lines: ['done'] })
})

it('tells the exit code of a task that fails, and what to do about it', async () => {
  await using shop = await TasksShop.open()
  shop.behave({ lines: ['sh: bin/migrate: not found'], exit: { after: 1, code: 127 } })
  const result = await shop.finish(await shop.run('bin/migrate'))
  expect(result).toMatchObject({ exit_code: 127, reason: null, lines: ['sh: bin/migrate: not found'] })
  expect(result.hint).toContain('command')
})

it('ecs.md §4.4: tells failures of RunTask, which come with HTTP 200 and may name nothing', async () => {
  await using shop = await TasksShop.open()
  shop.fake.ecs.exhaustCapacity('FARGATE')
  const error = await shop.run(LASTS).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(UserError)
  expect(error).toMatchObject({
    message: expect.stringMatching(/^could not start task migrate: Capacity is unavailable at this time/),
    hint: expect.stringContaining('availability zones'),
  })
})

it.each([
  [[{ reason: 'RESOURCE:ENI' }], 'could not start task migrate: RESOURCE:ENI', 'room'],
  [
    [{ arn: 'arn:cluster/prod', reason: 'MISSING' }],
    'could not start task migrate: MISSING (arn:cluster/prod)',
    'ecs.cluster',
  ],
  [[{}], 'could not start task migrate: no reason given', undefined],
  [[], 'could not start task migrate: ECS started nothing and gave no reason', undefined],
])('shows no "undefined" for the failures %j', (failures, message, hint) => {
  const error = notStarted('migrate', failures)
  expect(error).toBeInstanceOf(TaskError)
  expect(error.message).toBe(message)
  if (hint === undefined) expect(error.hint).toBeUndefined()
  else expect(error.hint).toContain(hint)
})

it('tells what a refused RunTask was refused for', async () => {
  await using shop = await TasksShop.open()
  const elsewhere = { ...shop.account, cluster: 'nowhere' }
  const tasks = new Tasks(elsewhere, shop.definitions, shop.logs, shop.runs)
  const request = { spec: shop.spec(LASTS), initiated_by: 'a test', deployment: null }
  await expect(tasks.run(APP, request)).rejects.toMatchObject({
    message: 'could not start task migrate: Cluster not found.',
    hint: expect.stringContaining('ecs.cluster'),
  })
})

it('keeps the reason of a task that never started, with no exit code (complaint #9)', async () => {
  await using shop = await TasksShop.open()
  shop.fake.ecs.failPull('example.com/shop:1')
  const result = await shop.finish(await shop.run(LASTS))
  expect(result.exit_code).toBeNull()
  expect(result.reason).toContain('CannotPullContainerError')
  expect(result.reason!.match(/CannotPull/g)).toHaveLength(1)
  expect(result.hint).toContain('registry')
})

it('keeps the reason of a container that was killed', async () => {
  await using shop = await TasksShop.open()
  shop.fake.ecs.runOutOfMemory('example.com/shop:1')
  const result = await shop.finish(await shop.run(LASTS))
  expect(result).toMatchObject({ exit_code: 137, hint: expect.stringContaining('memory') })
  expect(result.reason).toContain('OutOfMemory')
})

it('stops a task on request, with the reason that was given', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(LASTS)
  await handle.stop('cancelled\nby  \u0007 hand')
  expect(await handle.result).toMatchObject({
    exit_code: null,
    reason: 'cancelled by hand',
    hint: null,
  })
  expect(shop.fake.ecs.tasks()[0]!.stoppedReason).toBe('cancelled by hand')
})

it('tells a task that somebody else stopped from one that failed', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(LASTS)
  const ecs = await shop.account.aws.ecs()
  await ecs.stopTask({ cluster: 'default', task: shop.fake.ecs.tasks()[0]!.id, reason: 'by hand' })
  expect(await handle.result).toMatchObject({ exit_code: null, reason: 'by hand' })
})

it('keeps how a task ended when it is stopped afterwards, or at that moment', async () => {
  await using shop = await TasksShop.open()
  Object.assign(shop.fake.ecs.durations, { deprovisioning: 30 })
  const handle = await shop.run(['/fake/prints', 'done', '0'])
  const watched = Promise.withResolvers<void>()
  shop.fake.faults.add({
    when: (call) => {
      if (call.operation === 'DescribeTasks' && shop.fake.ecs.tasks()[0]!.stopCode !== undefined) {
        watched.resolve()
      }
      return false
    },
    kind: 'error',
  })
  const waited = handle.result
  await watched.promise
  await handle.stop('late')
  const result = await waited
  await handle.stop('later')
  expect(await handle.result).toBe(result)
  expect(result).toMatchObject({ exit_code: 0, reason: null })
})

it('stops a task at its time limit', async () => {
  await using shop = await TasksShop.open()
  const began = shop.fake.clock.now()
  const result = await shop.finish(await shop.run(LASTS, { max_hours: 0.05 }))
  expect(result).toMatchObject({ exit_code: null, reason: 'time limit of 0.05 h' })
  expect(shop.fake.ecs.tasks()[0]!.stoppingAt! - began).toBe(180_000)
})

it('is throttled for minutes and still tells how it ended (complaint #7)', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(['/fake/prints', 'done', '0'])
  const when = ({ operation }: Call): boolean => /^(?:DescribeTasks|GetLogEvents)$/.test(operation)
  // Ten refusals of all the attempts of the client, one after the other.
  shop.fake.faults.add({ when, kind: 'throttle', times: 60 })
  expect(await shop.finish(handle)).toMatchObject({ exit_code: 0, lines: ['done'] })
})

it('does not wait for the end of a task that it cannot stop', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(LASTS)
  shop.fake.missing.add('ecs:StopTask')
  await handle.stop('cancelled')
  await expect(handle.result).rejects.toThrow(/StopTask/)
})

it('ecs.md §4.4: starts one task when the answer of RunTask is lost', async () => {
  await using shop = await TasksShop.open()
  shop.fake.faults.add({ when: named('RunTask'), kind: 'lost', times: 1 })
  const handle = await shop.run(['/fake/prints', 'once', '0'])
  expect(await shop.finish(handle)).toMatchObject({ exit_code: 0, lines: ['once'] })
  expect(shop.fake.ecs.tasks()).toHaveLength(1)
})

it('ecs.md §4.4: says so when ECS forgets a task that it knew', async () => {
  await using shop = await TasksShop.open()
  Object.assign(shop.fake.ecs.durations, { provisioning: 1.5, deprovisioning: 0, stoppedTask: 0 })
  shop.fake.ecs.failPull('example.com/shop:1')
  const result = await (await shop.run(LASTS)).result
  expect(result).toMatchObject({
    exit_code: null,
    reason: expect.stringContaining('gone from the cluster'),
  })
  expect(result.duration).toBeLessThan(10)
})

it('waits for a new task that ECS does not show yet', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(['/fake/prints', 'done', '0'])
  const task = shop.fake.ecs.tasks()[0]!
  const { cluster } = task
  // As a task of another cluster it is not found.
  task.cluster = shop.fake.ecs.addCluster('other')
  void shop.fake.clock.sleep(5).then(() => (task.cluster = cluster))
  expect(await handle.result).toMatchObject({ exit_code: 0 })
})

it('asks about a task often at first and seldom later', async () => {
  await using shop = await TasksShop.open()
  await (
    await shop.run(['/fake/lasts', '900', '0'])
  ).result
  const times = shop.fake.calls.filter(named('DescribeTasks')).map((call) => call.at / 1_000)
  const gaps = times.slice(1).map((time, index) => time - times[index]!)
  expect(Math.max(...gaps.slice(0, 40))).toBeLessThanOrEqual(2)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(10)
  expect(times.length).toBeLessThan(200)
})

it('has a schedule stop the task where a role is given, and takes it away when the task has ended', async () => {
  await using shop = await TasksShop.open()
  const placement = { ...PLACEMENT, scheduler_role: SCHEDULER_ROLE }
  const handle = await shop.run(['/fake/prints', 'done', '0'], { placement, max_hours: 1 })
  const scheduler = await shop.account.aws.scheduler()
  const { Schedules: [made] = [] } = await scheduler.listSchedules({})
  const schedule = await scheduler.getSchedule({ Name: made!.Name })
  const task = shop.fake.ecs.tasks()[0]!
  expect(schedule).toMatchObject({
    Name: `gantry-stop-${task.id}`,
    ScheduleExpression: 'at(2026-01-01T01:01:00)',
    ActionAfterCompletion: 'DELETE',
    Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ecs:stopTask', RoleArn: SCHEDULER_ROLE },
  })
  expect(JSON.parse(schedule.Target!.Input!)).toEqual({
    Cluster: 'default',
    Task: task.id,
    Reason: 'time limit of 1 h',
  })
  expect(await handle.result).toMatchObject({ exit_code: 0 })
  expect((await scheduler.listSchedules({})).Schedules).toEqual([])
})

it('runs a task where EventBridge Scheduler is not offered, and says what is missing', async () => {
  await using shop = await TasksShop.open()
  shop.fake.missing.add('scheduler')
  const placement = { ...PLACEMENT, scheduler_role: SCHEDULER_ROLE }
  const result = await shop.finish(await shop.run(['/fake/prints', 'done', '0'], { placement }))
  expect(result).toMatchObject({ exit_code: 0 })
  expect(result.lines).toEqual([expect.stringContaining('no schedule will stop this task'), 'done'])
})

it('stops what runs past its time limit because nobody waits for it any more', async () => {
  await using shop = await TasksShop.open()
  const ecs = await shop.account.aws.ecs()
  const short = await shop.run(LASTS, { max_hours: 0.05 })
  const other = await shop.run(LASTS, { name: 'backfill', max_hours: 24 })
  await shop.tasks.stopLeft(APP, 1)
  expect(shop.count('StopTask')).toBe(0)
  // The one who waits cannot stop it: as if it had been killed.
  const overdue = shop.fake.ecs.tasks()[0]!
  overdue.tags.find(({ key }) => key === 'gantry:deadline')!.value = '1'
  await shop.tasks.stopLeft(APP, 1)
  expect(await short.result).toMatchObject({
    exit_code: null,
    reason: 'time limit: it should have ended by 1970-01-01T00:00:01.000Z',
  })
  const { tasks = [] } = await ecs.describeTasks({
    cluster: 'default',
    tasks: [shop.fake.ecs.tasks()[1]!.id],
  })
  expect(tasks[0]!.desiredStatus).toBe('RUNNING')
  await other.stop('enough')
})

it('stops what another deployment has left running, waits until it is gone, and leaves what people run', async () => {
  await using shop = await TasksShop.open()
  const left = await shop.run(LASTS, {}, { deployment: 1 })
  const own = await shop.run(LASTS, {}, { deployment: 2 })
  const byHand = await shop.run(LASTS)
  await shop.tasks.stopLeft(APP, 2)
  expect(shop.fake.ecs.tasks().map((task) => task.lastStatus === 'STOPPED')).toEqual([true, false, false])
  expect(await left.result).toMatchObject({ reason: 'deployment #2 goes on from what its deployer has left' })
  for (const each of [own, byHand]) await each.stop('enough')
})

it('finds the overdue tasks with one call where none runs', async () => {
  await using shop = await TasksShop.open()
  await shop.tasks.stopLeft(APP, 1)
  expect(shop.fake.calls.map((call) => call.operation)).toEqual(['ListTasks'])
})

it('stops all tasks of one app and of no other, and waits until they are gone', async () => {
  await using shop = await TasksShop.open()
  const mine = [await shop.run(LASTS), await shop.run(LASTS)]
  const request = { spec: shop.spec(LASTS), initiated_by: 'a test', deployment: null }
  const others = [
    await shop.tasks.run({ ...APP, environment: 'staging' }, request),
    // As one that somebody else started in the same name.
    await shop.run(LASTS),
  ]
  shop.fake.ecs.tasks()[3]!.tags = []
  await shop.tasks.stopAll(APP, 'the app is removed')
  const statuses = shop.fake.ecs.tasks().map((task) => task.lastStatus)
  expect(statuses.slice(0, 2)).toEqual(['STOPPED', 'STOPPED'])
  expect(statuses.slice(2)).not.toContain('STOPPED')
  for (const each of mine) expect(await each.result).toMatchObject({ reason: 'the app is removed' })
  for (const each of others) await each.stop('enough')
})
