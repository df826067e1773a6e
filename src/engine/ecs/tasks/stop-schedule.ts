import { messageOf } from '../../../app/errors.ts'
import type { Account } from '../account.ts'
import { ecsTarget, scheduleInput } from '../schedules/target.ts'

/** Seconds after the deadline, so that whoever waits for the task stops it first and can say so. */
const GRACE = 60

export interface Stop {
  role: string
  /** The id of the task. */
  task: string
  /** Milliseconds since the epoch. */
  deadline: number
  reason: string
}

/**
 * Has EventBridge Scheduler stop a task after its deadline, should nobody be there to do it. Returns a sentence when
 * that cannot be had: the task runs all the same.
 */
export async function scheduleStop({ aws, cluster }: Account, stop: Stop): Promise<string | null> {
  const { role, task, deadline, reason } = stop
  try {
    const scheduler = await aws.scheduler()
    await scheduler.createSchedule(
      scheduleInput({
        Name: stopName(task),
        ScheduleExpression: `at(${new Date(deadline + GRACE * 1_000).toISOString().slice(0, 19)})`,
        ScheduleExpressionTimezone: 'UTC',
        ActionAfterCompletion: 'DELETE',
        Target: ecsTarget('stopTask', role, { cluster, task, reason }),
      }),
    )
    return null
  } catch (error) {
    return `no schedule will stop this task at its time limit, should Gantry be killed: ${messageOf(error)}`
  }
}

/** A schedule that stays behind does no harm: it stops a task that has ended, and deletes itself. */
export async function unscheduleStop({ aws }: Account, task: string): Promise<void> {
  const scheduler = await aws.scheduler()
  await scheduler.deleteSchedule({ Name: stopName(task) }).catch(() => {})
}

function stopName(task: string): string {
  return `gantry-stop-${task}`
}
