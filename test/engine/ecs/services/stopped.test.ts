import { expect, test } from 'vitest'

import { causeOf, describeEnding, endingOf } from '../../../../src/engine/ecs/services/stopped.ts'
import { stoppedTask } from './stopped-task.ts'

type Containers = NonNullable<Parameters<typeof stoppedTask>[0]>['containers']
const ended = (containers: NonNullable<Containers>) => stoppedTask({ containers })

test.each<[string, NonNullable<Containers>, string, number | null]>([
  [
    'the process, where it failed as well',
    [
      { name: 'proxy', exitCode: 1 },
      { name: 'main', exitCode: 2 },
    ],
    'exit code 2',
    2,
  ],
  [
    'another one, where the process was only stopped',
    [
      { name: 'main', exitCode: 143 },
      { name: 'proxy', exitCode: 3 },
    ],
    'exit code 3 of proxy',
    3,
  ],
  [
    'another one, where the process never ran',
    [{ name: 'main' }, { name: 'seed', exitCode: 4 }],
    'exit code 4 of seed',
    4,
  ],
  [
    'one of which ECS knows something',
    [
      { name: 'main', exitCode: 1 },
      { name: 'proxy', exitCode: 137, reason: 'OutOfMemoryError' },
    ],
    'exit code 137 of proxy: OutOfMemoryError',
    137,
  ],
  [
    'the one that another one has waited for in vain',
    [
      {
        name: 'main',
        exitCode: 143,
        reason:
          'CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [seed(a) (STOPPED->RUNNING) - Exit: 4] for target [main(a) (NONE->RUNNING)]',
      },
      { name: 'seed', exitCode: 4 },
    ],
    'exit code 4 of seed',
    4,
  ],
  [
    'the process, where all ended well',
    [
      { name: 'main', exitCode: 0 },
      { name: 'proxy', exitCode: 0 },
    ],
    'exit code 0',
    0,
  ],
])('the container that a task ended because of is %s', (_which, containers, text, code) => {
  const task = ended(containers)
  expect(describeEnding(task)).toBe(text)
  expect(endingOf(task).exit_code).toBe(code)
})

test('endings of different containers are different, though they have one code', () => {
  const one = ended([
    { name: 'main', exitCode: 143 },
    { name: 'proxy', exitCode: 1 },
  ])
  const other = ended([
    { name: 'main', exitCode: 143 },
    { name: 'agent', exitCode: 1 },
  ])
  expect(causeOf(one)).not.toBe(causeOf(other))
})

test('what is no exit is told with the container that it is about', () => {
  const task = stoppedTask({
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'CannotPullContainerError: not found',
    containers: [{ name: 'main' }, { name: 'proxy', reason: 'CannotPullContainerError: not found' }],
  })
  expect(describeEnding(task)).toBe('CannotPullContainerError: not found (container proxy)')
})

test.each([
  ['Task failed container health checks', 'UNHEALTHY', 'proxy'],
  ['Task failed ELB health checks in (target-group x)', 'HEALTHY', 'main'],
] as const)(
  'of "%s" a container that has ended by the way is not blamed',
  (stoppedReason, healthStatus, container) => {
    const task = stoppedTask({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason,
      containers: [
        { name: 'main', exitCode: 143 },
        { name: 'agent', exitCode: 1 },
        { name: 'proxy', exitCode: 143, healthStatus },
      ],
    })
    expect(endingOf(task)).toMatchObject({ container, reason: stoppedReason })
  },
)
