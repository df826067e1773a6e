import { expect, test } from 'vitest'

import { translateSchedule } from '../../src/config/stacktape/schedule.ts'
import { placedProblemsOf, read, taskOf } from './files.ts'

const job = (...rates: readonly string[]) => `resources:
  report:
    type: batch-job
    properties:
      container: {packaging: {type: prebuilt-image, properties: {image: a}}}
      resources: {cpu: 1}
      events: [${rates.map((rate) => `{type: schedule, properties: {scheduleRate: "${rate}"}}`).join(', ')}]
`

test.each([
  ['cron(0/15 8-17 1,15 JAN-JUL ? *)', '0-59/15 8-17 1,15 1-7 *'],
  ['cron(0 0 ? * 1,7 *)', '0 0 * * 0,6'],
  ['cron(0 */6 ? * * *)', '0 */6 * * *'],
  ['cron(0 9 ? * 2/2 *)', '0 9 * * 1-6/2'],
  ['cron(0 9 ? * mon-fri/2 *)', '0 9 * * 1-5/2'],
  ['cron(0 9 ? * */2 *)', '0 9 * * */2'],
  ['cron(0 0 L * ? *)', '0 0 L * *'],
  ['cron(0 0 15W * ? *)', '0 0 15W * *'],
  ['cron(0 0 ? * 2#1 *)', '0 0 * * 1#1'],
  ['cron(0 0 ? * FRI#5 *)', '0 0 * * 5#5'],
  ['rate(1 minute)', '* * * * *'],
  ['rate(5 minutes)', '*/5 * * * *'],
  ['rate(120 minutes)', '0 */2 * * *'],
  ['rate(24 hours)', '0 0 * * *'],
  ['rate(1 day)', '0 0 * * *'],
])('a batch job with the schedule %s runs at %s [SW-13]', async (rate, cron) => {
  const { app } = await read({ 'stacktape.yml': job(rate) })
  expect(taskOf(app, 'report').schedule).toBe(cron)
})

test.each([
  ['cron(0 0 LW * ? *)', 'a schedule has no "LW" among its days'],
  ['cron(0 0 1,L * ? *)', 'a schedule has no "L" among its days'],
  ['cron(0 0 ? * 6L *)', 'a schedule has no "6L" among its weekdays'],
  ['cron(0 0 ? * FRI-MON *)', 'the ranges of a schedule only go up'],
  ['cron(0 0 * * ? 2030)', 'a schedule is for every year'],
  ['rate(7 minutes)', 'a schedule cannot count across days, months and hours'],
  ['rate(90 minutes)', 'a schedule cannot count across days, months and hours'],
  ['rate(2 days)', 'a schedule cannot count across days, months and hours'],
])('a batch job has no schedule %s, and says so [SW-13]', (rate, unsupported) => {
  expect(translateSchedule(rate)).toEqual({ unsupported })
})

const FORMS = 'cron(minute hour day month weekday year), or rate(NUMBER minutes), hours or days'
test.each([
  ['cron(0 0 * * *)', FORMS],
  ['rate(1 minutes)', FORMS],
  ['rate(2 hour)', FORMS],
  ['rate(0 days)', FORMS],
  ['cron(0 0 * * * *)', 'a cron(…) with a ? for the day or for the weekday'],
  ['cron(0 0 ? * ? *)', 'a cron(…) with a ? for the day or for the weekday'],
  ['cron(75 9 ? * 2-6 *)', 'a cron(…) with minutes from 0 to 59'],
  ['cron(0/0 9 ? * 2-6 *)', 'a cron(…) with minutes from 0 to 59'],
  ['cron(0 25 * * ? *)', 'a cron(…) with hours from 0 to 23'],
  ['cron(0 9 32 * ? *)', 'a cron(…) with days from 1 to 31'],
  ['cron(0 9 ? FOO * *)', 'a cron(…) with months from 1 to 12, or JAN to DEC'],
  ['cron(0 9 ? * 0 *)', 'a cron(…) with weekdays from 1 to 7, or SUN to SAT'],
  ['cron(0 9 ? * FOOL *)', 'a cron(…) with weekdays from 1 to 7, or SUN to SAT'],
  ['cron(0 9 * * ? soon)', 'a cron(…) with years from 1970 to 2199'],
  ['cron(0 9 31 2 ? *)', 'a day that comes: no month that it names has it'],
])('a schedule that AWS refuses is refused in the words of the file: %s', async (rate, wanted) => {
  const [problem, ...more] = await placedProblemsOf({ 'stacktape.yml': job('cron(0 0 * * ? *)', rate) })
  expect(problem).toMatch(/^stacktape\.yml:7:\d+ /)
  expect(problem).toContain(`scheduleRate must be ${wanted}; found "${rate}"`)
  expect(more).toEqual([])
})
