import { expect, it } from 'vitest'

import type { TaskSpec } from '../../../src/app/spec.ts'
import { Schedules } from '../../../src/engine/ecs/schedules/schedules.ts'
import { ecsTarget } from '../../../src/engine/ecs/schedules/target.ts'
import { APP, PLACEMENT, SCHEDULER_ROLE, TasksShop } from './tasks-shop.ts'

const PLACED = { ...PLACEMENT, scheduler_role: SCHEDULER_ROLE }

async function open(): Promise<{ shop: TasksShop; schedules: Schedules }> {
  const shop = await TasksShop.open()
  return { shop, schedules: new Schedules(shop.account, shop.definitions, shop.logs) }
}

function nightly(shop: TasksShop, more: Partial<TaskSpec> = {}): TaskSpec {
  return shop.spec(['bin/nightly'], {
    name: 'nightly',
    run: null,
    schedule: '0 3 * * 1-5',
    timezone: 'Europe/Berlin',
    placement: PLACED,
    max_hours: 2,
    ...more,
  })
}

async function names(shop: TasksShop): Promise<string[]> {
  const scheduler = await shop.account.aws.scheduler()
  return ((await scheduler.listSchedules({})).Schedules ?? []).map(({ Name = '' }) => Name)
}

it('has a task run at its times, with a revision and in its network', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  await schedules.set(APP, [nightly(shop)], [])
  const scheduler = await shop.account.aws.scheduler()
  const made = await scheduler.getSchedule({ Name: 'shop--production--task--nightly' })
  expect(made).toMatchObject({
    ScheduleExpression: 'cron(0 3 ? * MON,TUE,WED,THU,FRI *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ecs:runTask', RoleArn: SCHEDULER_ROLE },
  })
  expect(JSON.parse(made.Target!.Input!)).toEqual({
    Cluster: 'default',
    TaskDefinition: 'shop--production--task--nightly:1',
    Count: 1,
    CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: ['subnet-1'],
        SecurityGroups: ['sg-1'],
        AssignPublicIp: 'ENABLED',
      },
    },
    StartedBy: 'gantry/shop/production',
    ClientToken: expect.stringMatching(/^[0-9a-f]{16}-<aws\.scheduler\.scheduled-time>$/),
    Tags: [
      { Key: 'gantry:app', Value: 'shop' },
      { Key: 'gantry:environment', Value: 'production' },
      { Key: 'gantry:task', Value: 'nightly' },
      { Key: 'gantry:initiated-by', Value: Buffer.from('schedule 0 3 * * 1-5').toString('base64url') },
      { Key: 'gantry:limit', Value: '7200' },
    ],
  })
})

it('names what is to be called in the partition of its role: China and GovCloud have their own', () => {
  const arnFor = (role: string) => ecsTarget('runTask', role, {}).Arn
  expect(arnFor('arn:aws-cn:iam::123456789012:role/scheduler')).toBe(
    'arn:aws-cn:scheduler:::aws-sdk:ecs:runTask',
  )
  expect(arnFor(SCHEDULER_ROLE)).toBe('arn:aws:scheduler:::aws-sdk:ecs:runTask')
})

it('stops a scheduled run that takes longer than it may', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  await schedules.set(APP, [nightly(shop)], [])
  const scheduler = await shop.account.aws.scheduler()
  const { Target } = await scheduler.getSchedule({ Name: 'shop--production--task--nightly' })
  // What the scheduler does when the time has come.
  const ecs = await shop.account.aws.ecs()
  await ecs.runTask(uncapitalized(JSON.parse(Target!.Input!)))
  await shop.fake.clock.sleep(7_100)
  await shop.tasks.stopLeft(APP, 1)
  expect(shop.count('StopTask')).toBe(0)
  await shop.fake.clock.sleep(200)
  await shop.tasks.stopLeft(APP, 1)
  expect(shop.fake.ecs.tasks()[0]).toMatchObject({
    desiredStatus: 'STOPPED',
    stoppedReason: expect.stringContaining('time limit'),
  })
})

it('writes only what differs', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  const same = nightly(shop)
  const changed = nightly(shop, { name: 'hourly', schedule: '0 * * * *' })
  await schedules.set(APP, [same, changed], [])
  const before = shop.fake.calls.length
  await schedules.set(APP, [same, { ...changed, schedule: '30 * * * *' }], [same, changed])
  const writes = shop.fake.calls.slice(before).filter((call) => call.writes && call.service === 'scheduler')
  expect(writes.map((call) => [call.operation, call.input['Name']])).toEqual([
    ['CreateSchedule', 'shop--production--task--hourly'],
    ['UpdateSchedule', 'shop--production--task--hourly'],
  ])
})

it('calls nobody where there is and was none', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  await schedules.set(APP, [shop.spec('bin/migrate')], [])
  expect(shop.fake.calls).toEqual([])
})

it('makes again what somebody deleted, and deletes what nobody knows', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  const [kept, lost, unknown] = ['kept', 'lost', 'unknown'].map((name) => nightly(shop, { name }))
  await schedules.set(APP, [kept!, lost!, unknown!], [])
  const scheduler = await shop.account.aws.scheduler()
  await scheduler.deleteSchedule({ Name: 'shop--production--task--lost' })
  await schedules.set(APP, [kept!, lost!], [kept!, lost!])
  expect(await names(shop)).toEqual(['shop--production--task--kept', 'shop--production--task--lost'])
})

it('takes schedules away, and none of another app or environment', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  const others = [
    { ...APP, environment: 'staging' },
    { ...APP, name: 'shop-two' },
  ]
  for (const app of [APP, ...others]) await schedules.set(app, [nightly(shop)], [])
  await schedules.set(APP, [], [nightly(shop)])
  expect(await names(shop)).toEqual(['shop--staging--task--nightly', 'shop-two--production--task--nightly'])
  for (const app of others) await schedules.remove(app)
  expect(await names(shop)).toEqual([])
})

it('tells apps with long names apart, of which no schedule can say the whole name', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  const name = 'a'.repeat(60)
  const one = { name, environment: 'production' }
  const other = { name, environment: 'staging' }
  for (const app of [one, other]) await schedules.set(app, [nightly(shop)], [])
  await schedules.set(one, [], [nightly(shop)])
  expect(await names(shop)).toHaveLength(1)
  await schedules.remove(one)
  expect(await names(shop)).toHaveLength(1)
  await schedules.remove(other)
  expect(await names(shop)).toEqual([])
})

it('ends in the same state however often its calls are cut off, and run again', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  const wanted = ['one', 'two'].map((name) => nightly(shop, { name }))
  const before = [nightly(shop, { name: 'two', schedule: '0 1 * * *' }), nightly(shop, { name: 'three' })]
  await schedules.set(APP, before, [])
  shop.fake.faults.add({ when: (call) => call.writes && call.service === 'scheduler', kind: 'lost' })
  await expect(schedules.set(APP, wanted, before)).rejects.toThrow()
  shop.fake.faults.clear()
  await schedules.set(APP, wanted, before)
  expect(await names(shop)).toEqual(['shop--production--task--one', 'shop--production--task--two'])
  const scheduler = await shop.account.aws.scheduler()
  expect(await scheduler.getSchedule({ Name: 'shop--production--task--two' })).toMatchObject({
    ScheduleExpression: 'cron(0 3 ? * MON,TUE,WED,THU,FRI *)',
  })
})

it('refuses what cannot be scheduled before anything is written for it', async () => {
  const { shop, schedules } = await open()
  await using _ = shop
  await expect(schedules.set(APP, [nightly(shop, { placement: PLACEMENT })], [])).rejects.toMatchObject({
    hint: expect.stringContaining('ecs.scheduler_role'),
  })
  const both = nightly(shop, { schedule: '0 0 1 * MON' })
  await expect(schedules.set(APP, [both], [])).rejects.toThrow('EventBridge takes only one of them')
  expect(shop.fake.calls.filter((call) => call.writes)).toEqual([])
  shop.fake.missing.add('scheduler:CreateSchedule')
  await expect(schedules.set(APP, [nightly(shop)], [])).rejects.toThrow('could not schedule task nightly')
})

function uncapitalized<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(uncapitalized) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.slice(0, 1).toLowerCase() + name.slice(1),
      name === 'ClientToken' ? 'once' : uncapitalized(each),
    ]),
  ) as Value
}
