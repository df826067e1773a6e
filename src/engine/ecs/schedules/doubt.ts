import { isDeepStrictEqual } from 'node:util'

import type { TaskSpec } from '../../../app/spec.ts'

/**
 * What is known of the schedules of an app while they change from `before` to `tasks`: what stays as it is, and of the
 * others that there may be one. Those have no schedule, which is like nothing that anybody wants, so that the next
 * deployment makes each what it is to be, or deletes it.
 */
export function withDoubt(tasks: readonly TaskSpec[], before: readonly TaskSpec[]): TaskSpec[] {
  const stays = (task: TaskSpec): boolean =>
    [tasks, before].every((side) => side.some((each) => isDeepStrictEqual(each, task)))
  const names = new Map([...before, ...tasks].map((task) => [task.name, task]))
  return [...names.values()].map((task) => (stays(task) ? task : { ...task, schedule: null }))
}
