import type { TaskHandle } from '../engine/engine.ts'
import type { TaskSpec } from '../app/spec.ts'
import { UserError } from '../app/errors.ts'
import { reachOf } from '../plan/variables.ts'
import { idOf, type AppEntry } from './apps.ts'
import type { Context } from './context.ts'

/** Longer runs want a task in the config, with a limit of its own. */
const MAX_HOURS = 24

/** Runs a command in the image and the environment of what is deployed. */
export async function runOnce(
  context: Context,
  app: AppEntry,
  command: string,
  by: string,
): Promise<TaskHandle> {
  const { engine, operations } = context
  const release = await operations.latest(app)
  const model = release.app.processes.find((process) => process.image === null && process.expose === 'public')
  const process = model ?? release.app.processes.find((each) => each.image === null)
  const image = process === undefined ? undefined : release.images[`process:${process.name}`]
  if (process === undefined || image === undefined) {
    throw new UserError(`${app.name} has no image that was built from a commit`, {
      hint: 'a one-off command runs in the image of the app; all its processes have pinned images',
    })
  }
  const spec: TaskSpec = {
    name: 'run',
    command,
    image,
    env: release.app.env,
    secrets: release.app.secrets,
    variables: reachOf((await engine.observe(idOf(app))).variables)(null),
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
  return engine.runTask(idOf(app), { spec, initiated_by: by, deployment: null })
}
