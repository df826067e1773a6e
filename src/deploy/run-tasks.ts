import { showCommand } from '../app/command.ts'
import { CancelledError, messageOf, TaskError } from '../app/errors.ts'
import type { TaskSpec } from '../app/spec.ts'
import type { TaskResult } from '../engine/engine.ts'
import type { Plan } from '../plan/types.ts'
import type { Work } from './deploy.ts'

const UNTOUCHED = 'no process was touched: what ran before still runs'
const MAY_FAIL = 'a post-deploy task may fail without taking the deployment back with `on_failure: continue`'

/** Runs the tasks of one phase, one after the other, and keeps with which fingerprint each succeeded. */
export async function runTasks(work: Work, plan: Plan, phase: 'pre_deploy' | 'post_deploy'): Promise<void> {
  for (const task of plan.tasks) {
    if (task.phase !== phase || task.action !== 'run' || task.spec === null) continue
    const result = await runTask(work, task.spec, phase)
    if (result.exit_code === 0) {
      if (task.fingerprint !== null) {
        await work.engine.ledger.taskSucceeded(work.app, task.name, task.fingerprint)
      }
      continue
    }
    if (work.signal.aborted) throw new CancelledError(`cancelled while task ${task.name} ran`)
    if (task.spec.on_failure === 'continue') {
      work.emit({ type: 'notice', text: `task ${task.name} failed; going on, as its on_failure says` })
      continue
    }
    throw new TaskError(
      `task ${task.name} failed: ${result.reason ?? `exit ${result.exit_code ?? 'unknown'}`}`,
      {
        hint: [result.hint, phase === 'pre_deploy' ? UNTOUCHED : MAY_FAIL]
          .filter((each) => each !== null)
          .join('; '),
      },
    )
  }
}

async function runTask(work: Work, spec: TaskSpec, phase: 'pre_deploy' | 'post_deploy'): Promise<TaskResult> {
  const { engine, app, number, emit, signal } = work
  if (signal.aborted) throw new CancelledError(`cancelled before task ${spec.name} ran`)
  const handle = await engine.runTask(app, {
    spec,
    initiated_by: `deployment #${number}`,
    deployment: number,
  })
  const stop = (): void => {
    handle.stop('cancelled').catch((error: unknown) => {
      emit({ type: 'notice', text: `task ${spec.name} could not be stopped: ${messageOf(error)}` })
    })
  }
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  emit({ type: 'task.started', task: spec.name, phase, id: handle.id, command: showCommand(spec.command) })
  for await (const line of handle.logs) emit({ type: 'task.log', task: spec.name, line })
  const result = await handle.result
  signal.removeEventListener('abort', stop)
  emit({
    type: 'task.finished',
    task: spec.name,
    exit_code: result.exit_code,
    seconds: result.duration,
    reason: result.reason,
  })
  return result
}
