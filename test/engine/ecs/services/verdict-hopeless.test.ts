import type { Task } from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'

import { hopeless } from '../../../../src/engine/ecs/services/hopeless.ts'
import { NOW, runningTask, stoppedTask } from './stopped-task.ts'

const crash = stoppedTask({ exitCode: 1 })
const unpullable = stoppedTask({
  stopCode: 'TaskFailedToStart',
  stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 1 time(s): app:2: not found',
})
const unhealthy = stoppedTask({
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: 'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:1)',
})
const times = (count: number, task: Task): Task[] => Array.from({ length: count }, () => task)

it.each<[what: string, tasks: Task[], desired: number]>([
  ['three that ended alike', times(3, crash), 1],
  ['three that ended long after they ran', times(3, stoppedTask({ exitCode: 1, life: 300 })), 1],
  ['half of many', times(10, crash), 20],
  ['two that lack their image', times(2, unpullable), 20],
  ['two whose command is not there', times(2, stoppedTask({ exitCode: 127 })), 1],
  ['three that a load balancer finds unhealthy', [...times(3, unhealthy), runningTask(30)], 1],
  [
    'reasons that differ in numbers only',
    [1, 2, 3].map((id) =>
      stoppedTask({
        ...unhealthy,
        exitCode: 137,
        stoppedReason: `Task failed ELB health checks in (target-group arn:${id})`,
      }),
    ),
    1,
  ],
  [
    'a crash while another is up no longer than those that crashed',
    [...times(3, stoppedTask({ exitCode: 1, life: 60 })), runningTask(90)],
    1,
  ],
])('is %s', (_what, tasks, desired) => {
  expect(hopeless(tasks, desired, NOW)).not.toBeNull()
})

it.each<[what: string, tasks: Task[], desired: number]>([
  ['two that ended alike', times(2, crash), 1],
  ['a few of many', times(9, crash), 20],
  [
    'three that ended each for a reason of its own',
    [1, 2, 3].map((exitCode) => stoppedTask({ exitCode })),
    1,
  ],
  ['one whose others are healthy', [...times(5, crash), runningTask(1, { healthStatus: 'HEALTHY' })], 2],
  ['one whose others stay up', [...times(5, crash), runningTask(60)], 2],
  [
    'those that somebody stopped',
    times(5, stoppedTask({ stopCode: 'UserInitiated', stoppedReason: 'by hand' })),
    1,
  ],
  [
    'those that were too many',
    times(
      5,
      stoppedTask({
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
      }),
    ),
    1,
  ],
  [
    'spot that was taken back',
    times(5, stoppedTask({ stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' })),
    1,
  ],
  [
    'capacity that is not there',
    times(
      5,
      stoppedTask({ stopCode: 'TaskFailedToStart', stoppedReason: 'Capacity is unavailable at this time.' }),
    ),
    1,
  ],
  ['a retired machine', times(5, stoppedTask({ stopCode: 'InfrastructureHealth' })), 1],
])('is not %s', (_what, tasks, desired) => {
  expect(hopeless(tasks, desired, NOW)).toBeNull()
})
