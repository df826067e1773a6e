import type { App, AppId, Task } from '../app/app.ts'
import { UserError, type Diagnostic } from '../app/errors.ts'
import { ONE_OFF, type TaskSpec } from '../app/spec.ts'
import { NOTHING_UNMET } from '../app/unmet.ts'
import type { RunSettings } from '../config/run-keys.ts'
import type { Engine, TaskHandle, TaskRequest, TaskResult } from '../engine/engine.ts'
import { specOfTask } from '../plan/specs.ts'
import { reachOf } from '../plan/variables.ts'
import { latestRelease } from './requests.ts'
import { imageFor, modelOf, type Model } from './run-model.ts'

/** What somebody who runs a command gets to know: its lines as they come, and at last how it ended. */
export type RunEvent = { line: string } | Pick<TaskResult, 'exit_code' | 'reason'>

/** Longer runs want a task in the config, with a limit of its own. */
const MAX_HOURS = 24

/** What is asked of a run in words: keys as raw texts, variables of this run as `env.NAME`. */
export interface RunWords {
  command: string
  set?: Readonly<Record<string, string>>
}

export interface RunRequest extends Partial<RunSettings> {
  command: string
  /** Who or what asks for it, any text. */
  initiated_by: string
}

/**
 * Reads the words of a run as the config would read them.
 *
 * @throws ConfigError with all that is wrong
 */
export async function parseRun({ command, set = {} }: RunWords): Promise<Omit<RunRequest, 'initiated_by'>> {
  // As in prepare.ts: the schema is loaded when it is needed.
  const { readRunSettings } = await import('../config/run-keys.ts')
  return { command, ...readRunSettings(set) }
}

/** Runs a command in the image and the environment of what is deployed. */
export async function runOnce(engine: Engine, app: AppId, request: RunRequest): Promise<TaskHandle> {
  return engine.runTask(app, await taskRequestOf(engine, app, request))
}

/** What the engine is asked for to do so. */
export async function taskRequestOf(engine: Engine, app: AppId, request: RunRequest): Promise<TaskRequest> {
  const release = await latestRelease(engine, app)
  const running = await engine.observe(app)
  const model = modelOf(release, running)
  const image = await imageFor(engine, app, model, request)
  const task = fitted(engine, release.app, taskLike(model, release.app, request), request)
  const spec = withVariables(specOfTask(task, image, reachOf(running.variables)(null)), request.env ?? {})
  return { spec, initiated_by: request.initiated_by, deployment: null }
}

/** The command as a task of the config would be, in the surroundings of a process. */
function taskLike(model: Model, { env, secrets, build, ecs }: App, request: RunRequest): Task {
  const { placement, ephemeral_storage_gb, stop_timeout } = model
  return {
    name: ONE_OFF,
    entry_point: null,
    command: request.command,
    pre_start: null,
    // Which one is known by now, and how large the run is does not depend on it.
    image: null,
    build,
    env,
    secrets,
    cpu: request.cpu ?? model.cpu,
    memory: request.memory ?? model.memory,
    ephemeral_storage_gb,
    mounts: {},
    ...NOTHING_UNMET,
    // Only what belongs to a service is in a namespace; a run may have to be stopped when nobody watches it.
    placement: placement && { ...placement, namespace: null, scheduler_role: ecs.scheduler_role },
    stop_timeout,
    run: null,
    when: 'always',
    on_failure: 'abort',
    schedule: null,
    timezone: 'UTC',
    concurrency: 'allow',
    max_hours: request.max_hours ?? MAX_HOURS,
  }
}

/**
 * What the engine makes of it. It may round what nobody asked for, and is not asked to keep what it does not offer.
 *
 * @throws UserError for a size that is asked for and not offered
 */
function fitted(engine: Engine, app: App, task: Task, asked: Partial<RunSettings>): Task {
  const { app: adapted, diagnostics } = engine.adapt({
    ...app,
    processes: [],
    tasks: [task],
    logs: { retention: null },
  })
  const fit = adapted.tasks[0]!
  const about = (field: string): Diagnostic | undefined =>
    diagnostics.find(({ path }) => path === `tasks.${ONE_OFF}.${field}`)
  for (const field of ['memory', 'cpu'] as const) {
    const problem = about(field)
    if (problem === undefined) continue
    if (problem.severity === 'warning' && (asked[field] === undefined || fit[field] === asked[field]))
      continue
    throw new UserError(`${field} of the run: ${problem.message}`, { hint: problem.hint })
  }
  return { ...fit, placement: task.placement }
}

/** Variables of this run win over everything else of that name. */
function withVariables(spec: TaskSpec, env: Readonly<Record<string, string>>): TaskSpec {
  const others = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !Object.hasOwn(env, name)))
  return {
    ...spec,
    env: { ...spec.env, ...env },
    secrets: others(spec.secrets),
    variables: others(spec.variables),
  }
}

/** What a command that runs has to say, from its first line to its end. */
export async function* runEvents({ logs, result }: TaskHandle): AsyncGenerator<RunEvent> {
  for await (const line of logs) yield { line }
  const { exit_code, reason } = await result
  yield { exit_code, reason }
}

/**
 * What a command has said until the signal fires: then it is stopped, and how it ended is left out.
 *
 * @param onProblem told when it could not be stopped
 */
export async function* runEventsUntil(
  handle: TaskHandle,
  signal: AbortSignal,
  onProblem: (error: unknown) => void,
): AsyncGenerator<RunEvent> {
  const stop = (): void => {
    handle.stop('the one who ran it has cancelled it').catch(onProblem)
  }
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    for await (const event of runEvents(handle)) {
      if ('line' in event || !signal.aborted) yield event
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
