import type { AppId } from '../app/app.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { Engine, TaskHandle } from '../engine/engine.ts'
import { imageOf } from '../plan/images.ts'
import { specOfTask } from '../plan/specs.ts'
import { missingSecrets, reachOf } from '../plan/variables.ts'
import { wantRelease } from './prepare.ts'
import { latestRelease } from './requests.ts'

/**
 * Starts a task of the config, as the last release has it and with the variables of now.
 *
 * @param initiated_by who or what asks for it, any text
 * @throws NotFoundError that names the tasks there are
 */
export async function runConfigured(
  engine: Engine,
  app: AppId,
  name: string,
  initiated_by: string,
): Promise<TaskHandle> {
  const release = await latestRelease(engine, app)
  const { tasks } = release.app
  const task = tasks.find((each) => each.name === name)
  if (task === undefined) {
    throw new NotFoundError(
      `v${release.number} of ${app.name} has no task ${JSON.stringify(name.slice(0, 80))}`,
      {
        hint: `there are: ${tasks.map((each) => each.name).join(', ') || 'none'}; \`gantry task create\` runs a command`,
      },
    )
  }
  const { variables } = await engine.observe(app)
  const image = imageOf(wantRelease(release).images, `task:${name}`)
  const spec = specOfTask(task, image, reachOf(variables)(null))
  const [secret] = missingSecrets(spec)
  if (secret !== undefined) {
    throw new UserError(`the secret ${secret} has no value, and task ${name} needs it`, {
      hint: `set it with \`gantry env set ${secret} --secret\``,
    })
  }
  return engine.runTask(app, { spec, initiated_by, deployment: null })
}
