import { z } from 'zod'

import { Schedule } from '../gantry-yml/scalars.ts'

/** The short forms of schedules (crontab(5)). */
const SHORT: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
}

/** The schedule of a cron job, in five or six fields. */
export function scheduleOf(text: string): string {
  return Object.hasOwn(SHORT, text) ? SHORT[text]! : text
}

export const CronSchedule = z.string({ error: 'a schedule' }).transform(scheduleOf).pipe(Schedule)
