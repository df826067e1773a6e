import type { Task } from '@aws-sdk/client-ecs'

import type { RolloutEvent } from '../../rollout.ts'
import { instanceName } from '../names.ts'
import { addressOf } from './instances.ts'
import { describeEnding, hasFailed, idOf, isOver } from './stopped.ts'

type Phase = 'starting' | 'up' | 'over'

/** Tells what became of the instances of a service from one look at its tasks to the next. */
export class InstanceEvents {
  readonly #process: string
  readonly #port: number | null
  readonly #phases = new Map<string, Phase>()

  constructor(process: string, port: number | null) {
    this.#process = process
    this.#port = port
  }

  /** `isNew`: whether a task belongs to what is being rolled out; of the others only their end is told. */
  note(tasks: readonly Task[], isNew: (task: Task) => boolean): RolloutEvent[] {
    return tasks.flatMap((task) => this.#note(task, isNew(task)))
  }

  #note(task: Task, isNew: boolean): RolloutEvent[] {
    const id = idOf(task)
    const before = this.#phases.get(id)
    const phase = phaseOf(task, before)
    if (phase === before) return []
    this.#phases.set(id, phase)
    // One that had ended before anybody looked is of the past.
    if (!isNew && (before === undefined || phase !== 'over')) return []
    const instance = { process: this.#process, instance: instanceName(this.#process, id) }
    const events: RolloutEvent[] = []
    if (before === undefined) events.push({ type: 'instance.started', ...instance })
    if (phase === 'up')
      events.push({ type: 'instance.up', ...instance, address: addressOf(task, this.#port) })
    if (phase !== 'over') return events
    return isNew && hasFailed(task)
      ? [...events, { type: 'instance.failed', ...instance, reason: describeEnding(task) }]
      : [...events, { type: 'instance.stopped', ...instance }]
  }
}

/** What was up stays so until it is over: on its way out it is not told again. */
function phaseOf(task: Task, before: Phase | undefined): Phase {
  if (isOver(task)) return 'over'
  if (before === 'up') return 'up'
  return task.lastStatus === 'RUNNING' && task.healthStatus !== 'UNHEALTHY' ? 'up' : 'starting'
}
