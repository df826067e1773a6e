import type { AppId, Process } from '../app/app.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { Image } from '../app/image.ts'
import { ONE_OFF, type ProcessSpec, type TaskSpec } from '../app/spec.ts'
import type { Engine, Running, TaskHandle, TaskResult } from '../engine/engine.ts'
import type { Release } from '../engine/ledger.ts'
import { reachOf } from '../plan/variables.ts'
import { latestRelease } from './requests.ts'

/** What somebody who runs a command gets to know: its lines as they come, and at last how it ended. */
export type RunEvent = { line: string } | Pick<TaskResult, 'exit_code' | 'reason'>

/** Longer runs want a task in the config, with a limit of its own. */
const MAX_HOURS = 24

/**
 * Runs a command in the image and the environment of what is deployed.
 *
 * @param image another one to run it in: a reference
 */
export async function runOnce(
  engine: Engine,
  app: AppId,
  command: string,
  by: string,
  image: string | null = null,
): Promise<TaskHandle> {
  const release = await latestRelease(engine, app)
  const running = await engine.observe(app)
  const model = modelOf(release, running)
  const spec: TaskSpec = {
    name: ONE_OFF,
    command,
    image: image === null ? await imageOf(engine, app, model) : { kind: 'pinned', reference: image },
    env: release.app.env,
    secrets: release.app.secrets,
    variables: reachOf(running.variables)(null),
    cpu: model.cpu,
    memory: model.memory,
    ephemeral_storage_gb: model.ephemeral_storage_gb,
    placement: model.placement,
    stop_timeout: model.stop_timeout,
    run: null,
    when: 'always',
    on_failure: 'abort',
    schedule: null,
    timezone: 'UTC',
    concurrency: 'allow',
    max_hours: MAX_HOURS,
  }
  return engine.runTask(app, { spec, initiated_by: by, deployment: null })
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

/** A process that a command is run like: in its image, with its size, and where it runs. */
type Model = Pick<
  ProcessSpec,
  'name' | 'image' | 'expose' | 'cpu' | 'memory' | 'ephemeral_storage_gb' | 'placement' | 'stop_timeout'
>

/** One that runs what was built, where there is any; else one that is pinned, and at last one that an operator made. */
function modelOf({ app, images }: Release, { processes }: Running): Model {
  const configured = app.processes.flatMap((each): Model[] => {
    const { image: reference } = each
    const image = reference === null ? images[`process:${each.name}`] : { kind: 'pinned' as const, reference }
    return image === undefined ? [] : [{ ...each, image }]
  })
  const model =
    mainProcess(configured.filter(({ image }) => image.kind === 'built')) ??
    mainProcess(configured) ??
    mainProcess(processes.map(({ spec }) => spec))
  if (model !== undefined) return model
  throw new UserError(`${app.name} has no process in whose image a command could run`, {
    hint: 'deploy one, or describe the command as a task in the config',
  })
}

/** `release:v3` means an image only together with the process that it is pinned for. */
async function imageOf(engine: Engine, app: AppId, { name, image }: Model): Promise<Image> {
  const number = image.kind === 'pinned' ? /^release:v(\d+)$/.exec(image.reference)?.[1] : undefined
  if (number === undefined) return image
  const found = (await engine.ledger.release(app, Number(number)))?.images[`process:${name}`]
  if (found !== undefined) return found
  throw new NotFoundError(`release v${number} has no image for process ${name}`, {
    hint: '`gantry release list` shows what there is',
  })
}

/** The one that an app is known by: what answers people, else the first. */
export function mainProcess<One extends Pick<Process, 'expose'>>(processes: readonly One[]): One | undefined {
  return processes.find(({ expose }) => expose === 'public') ?? processes[0]
}
