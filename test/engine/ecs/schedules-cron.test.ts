import { Cron } from 'croner'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { eventBridgeCron, scheduleProblems } from '../../../src/engine/ecs/cron.ts'

it.each([
  ['0 3 * * *', 'cron(0 3 * * ? *)'],
  ['*/15 * * * *', 'cron(0,15,30,45 * * * ? *)'],
  ['30 4 * * 1-5', 'cron(30 4 ? * MON,TUE,WED,THU,FRI *)'],
  ['0 0 1 jan,jul *', 'cron(0 0 1 1,7 ? *)'],
  ['0,1,2,5-6,9 */1 2,1 * *', 'cron(0-2,5-6,9 * 1-2 * ? *)'],
  ['5 8-18/4 * * *', 'cron(5 8,12,16 * * ? *)'],
  ['0 0 * * 7', 'cron(0 0 ? * SUN *)'],
  ['0 0 * * 0,sat', 'cron(0 0 ? * SUN,SAT *)'],
  ['0 0 * * 0-7', 'cron(0 0 ? * * *)'],
  ['0 0 * * */2', 'cron(0 0 ? * SUN,TUE,THU,SAT *)'],
  ['0 0 L * *', 'cron(0 0 L * ? *)'],
  ['0 9 15W * ?', 'cron(0 9 15W * ? *)'],
  ['0 9 ? * mon#2', 'cron(0 9 ? * 2#2 *)'],
  ['0 30 4 * * *', 'cron(30 4 * * ? *)'],
])('says %s as %s', (schedule, expected) => {
  expect(eventBridgeCron(schedule)).toBe(expected)
})

it.each([
  ['0 0 1 * MON', 'days of the month and of the week'],
  ['30 0 3 * * *', 'names seconds'],
  ['0 0 LW * *', '"LW" as the day of the month'],
  ['0 0 * * 5L', '"5L" as the day of the week'],
  ['0 0 * * +MON', '"+MON"'],
  ['0 0 * * FRI-MON', '"FRI-MON"'],
  ['60 0 * * *', '"60" as the minute'],
  ['*/0 0 * * *', '"*/0"'],
  ['1-2-3 0 * * *', '"1-2-3"'],
  ['@daily', 'no 5 fields'],
])('does not take %s for something else', (schedule, problem) => {
  expect(() => eventBridgeCron(schedule)).toThrow(problem)
  expect(scheduleProblems({ schedule, concurrency: 'allow' })).toMatchObject([
    { severity: 'error', fields: ['schedule'], message: expect.stringContaining(problem) },
  ])
})

it('says that no run waits for the one before it', () => {
  expect(scheduleProblems({ schedule: '0 3 * * *', concurrency: 'allow' })).toEqual([])
  expect(scheduleProblems({ schedule: null, concurrency: 'forbid' })).toEqual([])
  expect(scheduleProblems({ schedule: '0 3 * * *', concurrency: 'forbid' })).toMatchObject([
    { severity: 'warning', fields: ['concurrency'] },
  ])
})

it('fits the longest list that there is into the 256 characters of an expression', () => {
  const most = (first: number, last: number): string =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index)
      .filter((each) => each % 3 !== 2)
      .join(',')
  const schedule = [most(0, 59), most(0, 23), most(1, 31), most(1, 12), '*'].join(' ')
  expect(eventBridgeCron(schedule).length).toBeLessThanOrEqual(256)
})

it('runs at the same minutes as on the local engine', () => {
  const field = (first: number, last: number): fc.Arbitrary<string> => {
    const value = fc.integer({ min: first, max: last })
    const range = fc.tuple(value, value).map((each) => each.toSorted((a, b) => a - b).join('-'))
    const stepped = fc.tuple(fc.oneof(fc.constant('*'), range), fc.integer({ min: 1, max: 7 }))
    const part = fc.oneof(
      value.map(String),
      range,
      stepped.map((each) => each.join('/')),
    )
    return fc.oneof(
      fc.constant('*'),
      fc.array(part, { minLength: 1, maxLength: 3 }).map((each) => each.join(',')),
    )
  }
  const times = fc.tuple(field(0, 59), field(0, 23))
  const days = fc.oneof(
    fc.tuple(field(1, 28), field(1, 12), fc.constant('*')),
    fc.tuple(fc.constant('*'), field(1, 12), field(0, 7)),
  )
  fc.assert(
    fc.property(times, days, (time, day) => {
      const schedule = [...time, ...day].join(' ')
      const said = eventBridgeCron(schedule)
      // Without the year, and with the names of days that both share, it is what croner reads.
      const [minute, hour, ...rest] = said.slice('cron('.length, -' *)'.length).split(' ')
      expect(next([minute, hour, ...rest].join(' '))).toEqual(next(schedule))
    }),
    { numRuns: 200 },
  )
})

function next(schedule: string): Date[] {
  return new Cron(schedule, { timezone: 'UTC', paused: true }).nextRuns(5, new Date('2026-01-01T00:00:00Z'))
}
