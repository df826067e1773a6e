import type { CreateScheduleCommandInput, Scheduler } from '@aws-sdk/client-scheduler'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeClock } from '../fake-clock.ts'
import { FakeAws } from './fake-aws.ts'

const Name = 'shop--default--task--report'
const SCHEDULE = {
  Name,
  ScheduleExpression: 'cron(15 2 * * ? *)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: {
    Arn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/main',
    RoleArn: 'arn:aws:iam::123456789012:role/scheduler',
    EcsParameters: {
      TaskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:1',
      TaskCount: 1,
      CapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1'], AssignPublicIp: 'DISABLED' } },
    },
  },
} satisfies CreateScheduleCommandInput

const INVALID = { name: 'ValidationException' }

let clock: FakeClock
let fake: FakeAws
let scheduler: Scheduler

beforeEach(async () => {
  clock = new FakeClock()
  fake = await FakeAws.start({ clock })
  scheduler = (await awsOf(fake).scheduler()) as Scheduler
})
afterEach(() => fake[Symbol.asyncDispose]())

const create = (more: object = {}) => scheduler.createSchedule({ ...SCHEDULE, ...more })

describe('schedules', () => {
  it('are created once and read back', async () => {
    const { ScheduleArn } = await create({ Description: 'nightly' })
    expect(ScheduleArn).toBe(`arn:aws:scheduler:eu-west-1:123456789012:schedule/default/${Name}`)
    expect(await scheduler.getSchedule({ Name })).toMatchObject({
      ...SCHEDULE,
      Arn: ScheduleArn,
      Description: 'nightly',
      State: 'ENABLED',
      ActionAfterCompletion: 'NONE',
      GroupName: 'default',
      CreationDate: new Date(clock.now()),
    })
    await expect(create()).rejects.toMatchObject({ name: 'ConflictException' })
  })

  it('are not created twice by a call that is sent again', async () => {
    fake.faults.add({ when: ({ operation }) => operation === 'CreateSchedule', kind: 'lost', times: 1 })
    await create()
    expect(fake.calls).toHaveLength(2)
  })

  it('are replaced as a whole by an update', async () => {
    await create({ Description: 'nightly', State: 'DISABLED' })
    clock.advance(60)
    const { ScheduleExpressionTimezone: _, ...rest } = SCHEDULE
    await scheduler.updateSchedule(rest)
    const found = await scheduler.getSchedule({ Name })
    expect(found).toMatchObject({ State: 'ENABLED', ScheduleExpressionTimezone: 'UTC' })
    expect(found.Description).toBeUndefined()
    expect(found.LastModificationDate!.getTime() - found.CreationDate!.getTime()).toBe(60_000)
  })

  it('are not there before, and not after', async () => {
    const gone = { name: 'ResourceNotFoundException' }
    await expect(scheduler.updateSchedule(SCHEDULE)).rejects.toMatchObject(gone)
    await create()
    await scheduler.deleteSchedule({ Name })
    await expect(scheduler.getSchedule({ Name })).rejects.toMatchObject(gone)
    await expect(scheduler.deleteSchedule({ Name })).rejects.toMatchObject(gone)
    await expect(create({ GroupName: 'other' })).rejects.toMatchObject(gone)
    await expect(scheduler.getSchedule({ Name, GroupName: 'other' })).rejects.toMatchObject(gone)
  })

  it('are listed by prefix, group and state, in pages', async () => {
    for (const name of ['shop-b', 'shop-a', 'other', 'shop-c']) await create({ Name: name })
    const first = await scheduler.listSchedules({ NamePrefix: 'shop-', MaxResults: 2, GroupName: 'default' })
    expect(first.Schedules?.map((each) => each.Name)).toEqual(['shop-a', 'shop-b'])
    const rest = { NamePrefix: 'shop-', MaxResults: 2, NextToken: first.NextToken }
    expect((await scheduler.listSchedules(rest)).Schedules).toMatchObject([
      { Name: 'shop-c', State: 'ENABLED', Target: { Arn: SCHEDULE.Target.Arn } },
    ])
    expect((await scheduler.listSchedules({ State: 'DISABLED' })).Schedules).toEqual([])
    await expect(scheduler.listSchedules({ MaxResults: 101 })).rejects.toMatchObject(INVALID)
  })
})

describe('what a schedule is made of', () => {
  it.each(['a'.repeat(65), 'a b', 'a/b'])('has not the name %s', async (name) => {
    await expect(create({ Name: name })).rejects.toMatchObject(INVALID)
  })

  it('has a time window, and its length where it is flexible', async () => {
    await expect(create({ FlexibleTimeWindow: undefined })).rejects.toMatchObject(INVALID)
    await expect(create({ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } })).rejects.toMatchObject(INVALID)
    await create({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } })
  })

  it('has a time zone that exists', async () => {
    await expect(create({ ScheduleExpressionTimezone: 'Mars/Olympus' })).rejects.toMatchObject(INVALID)
  })

  it('has a target with a role: a task on a cluster, or a call of the SDK', async () => {
    const { RoleArn, EcsParameters } = SCHEDULE.Target
    const refused = [
      { ...SCHEDULE.Target, RoleArn: 'scheduler' },
      { ...SCHEDULE.Target, Arn: 'main' },
      { ...SCHEDULE.Target, EcsParameters: { ...EcsParameters, LaunchType: 'FARGATE' } },
      { ...SCHEDULE.Target, EcsParameters: { ...EcsParameters, TaskCount: 11 } },
    ]
    for (const Target of refused) await expect(create({ Target })).rejects.toMatchObject(INVALID)
    const Arn = 'arn:aws:scheduler:::aws-sdk:ecs:stopTask'
    await create({
      ScheduleExpression: 'at(2026-01-02T03:04:05)',
      ActionAfterCompletion: 'DELETE',
      Target: { Arn, RoleArn, Input: '{"Task":"t"}' },
    })
  })

  it.each([
    'cron(15 2 * * ? *)',
    'cron(0/15 8-18,22 ? JAN-MAR,12 MON-FRI *)',
    'cron(0 0 L * ? 2026)',
    'cron(0 0 15W * ? 2026/2)',
    'cron(0 0 ? * 6L *)',
    'cron(0 0 ? * MON#2 *)',
    'rate(1 hour)',
    'rate(15 minutes)',
    'at(2026-12-24T18:00:00)',
  ])('has the expression %s', async (ScheduleExpression) => {
    await create({ ScheduleExpression })
  })

  it.each([
    '15 2 * * ? *',
    'cron(15 2 * * *)',
    'cron(15 2 * * * *)',
    'cron(15 2 ? * ? *)',
    'cron(60 2 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 0 * ? *)',
    'cron(0 0 1 13 ? *)',
    'cron(0 0 ? * 0 *)',
    'cron(0 0 ? * MON/2 *)',
    'cron(0 0 1 * ? 1969)',
    'rate(0 hours)',
    'rate(5 weeks)',
    'at(2026-13-24T18:00:00)',
    'at(2026-12-24)',
  ])('has not the expression %s', async (ScheduleExpression) => {
    await expect(create({ ScheduleExpression })).rejects.toMatchObject(INVALID)
  })
})
