import type { Container, Task } from '@aws-sdk/client-ecs'

import { messageOf, UserError } from '../../../app/errors.ts'
import type { Account } from '../account.ts'
import { Patience } from '../patience.ts'
import { idOf } from '../services/stopped.ts'
import { describeTasks } from '../tasks/calls.ts'

const AGENT = 'ExecuteCommandAgent'

/** Seconds that the agent may take from when its task runs. */
const LONGEST_START = 120

const TICK = 1

const ROLE_HINT =
  'the task role (ecs.task_role) needs ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel, and the subnets a way to ssmmessages; docs/shell.md has the policy'

/** A container that commands can be run in. */
export interface Reachable {
  task: string
  container: string
  /** What Session Manager knows it by. */
  runtime: string
}

/**
 * Waits until commands can be run in a container of a task, which may still have to start.
 *
 * @param name of the container; null: the only one that there is
 * @returns null when the task runs no more, or the signal has fired
 */
export async function reachable(
  account: Account,
  task: string,
  name: (task: Task) => string | undefined,
  signal: AbortSignal,
): Promise<Reachable | null> {
  const { clock } = account
  const patience = new Patience(clock)
  let runsSince: number | null = null
  while (!signal.aborted) {
    const found = await patience.attempt(() => describeTasks(account, [task]), signal)
    const seen = found?.[0]
    if (seen !== undefined) {
      if (seen.desiredStatus === 'STOPPED') return null
      const container = seen.containers?.find((each) => each.name === name(seen))
      const ready = container && readiness(container)
      if (ready === 'RUNNING' && container?.runtimeId !== undefined)
        return { task: idOf(seen), container: container.name!, runtime: container.runtimeId }
      if (seen.lastStatus === 'RUNNING') runsSince ??= clock.now()
      if (runsSince !== null && clock.now() - runsSince > LONGEST_START * 1_000) throw noAgent(container)
      if (ready === 'STOPPED') throw noAgent(container)
    }
    await patience.pause(TICK, signal)
  }
  return null
}

function readiness({ managedAgents = [] }: Container): string | undefined {
  return managedAgents.find((each) => each.name === AGENT)?.lastStatus
}

function noAgent(container: Container | undefined): UserError {
  const reason = container?.managedAgents?.find((each) => each.name === AGENT)?.reason
  const why = reason === undefined || reason === '' ? '' : `: ${reason}`
  return new UserError(`the agent of ECS Exec does not run in the instance${why}`, { hint: ROLE_HINT })
}

export function notConnected(cause: unknown): UserError {
  return new UserError('ECS Exec does not reach the instance', { hint: ROLE_HINT, cause })
}

export function refusedExec(cause: unknown): UserError {
  return new UserError(`ECS does not run the command: ${messageOf(cause)}`, { cause })
}
