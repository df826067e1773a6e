import type { AppId } from '../app/app.ts'
import { UserError } from '../app/errors.ts'
import type { TaskSpec } from '../app/spec.ts'
import type { Engine, TaskHandle, TaskResult } from '../engine/engine.ts'
import type { Release } from '../engine/ledger.ts'
import { reachOf, type Versions } from '../plan/variables.ts'
import { latestRelease } from './requests.ts'

/** What somebody who runs a command gets to know: its lines as they come, and at last how it ended. */
export type RunEvent = { line: string } | Pick<TaskResult, 'exit_code' | 'reason'>

/** Longer runs want a task in the config, with a limit of its own. */
const MAX_HOURS = 24

/** Runs a command in the image and the environment of what is deployed. */
export async function runOnce(engine: Engine, app: AppId, command: string, by: string): Promise<TaskHandle> {
  const release = await latestRelease(engine, app)
  const { variables } = await engine.observe(app)
  const spec = specOf(release, command, reachOf(variables)(null))
  return engine.runTask(app, { spec, initiated_by: by, deployment: null })
}

/** What a command that runs has to say, from its first line to its end. */
export async function* runEvents({ logs, result }: TaskHandle): AsyncGenerator<RunEvent> {
  for await (const line of logs) yield { line }
  const { exit_code, reason } = await result
  yield { exit_code, reason }
}

function specOf({ app, images }: Release, command: string, variables: Versions): TaskSpec {
  const model = app.processes.find((process) => process.image === null && process.expose === 'public')
  const process = model ?? app.processes.find((each) => each.image === null)
  const image = process === undefined ? undefined : images[`process:${process.name}`]
  if (process === undefined || image === undefined) {
    throw new UserError(`${app.name} has no image that was built from a commit`, {
      hint: 'a one-off command runs in the image of the app; all its processes have pinned images',
    })
  }
  return {
    name: 'run',
    command,
    image,
    env: app.env,
    secrets: app.secrets,
    variables,
    cpu: process.cpu,
    memory: process.memory,
    ephemeral_storage_gb: process.ephemeral_storage_gb,
    placement: process.placement,
    stop_timeout: process.stop_timeout,
    run: null,
    when: 'always',
    on_failure: 'abort',
    schedule: null,
    timezone: 'UTC',
    concurrency: 'allow',
    max_hours: MAX_HOURS,
  }
}
