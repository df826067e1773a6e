import type { AppId, Process } from '../app/app.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { Image } from '../app/image.ts'
import { ONE_OFF, type ProcessSpec } from '../app/spec.ts'
import type { RunSettings } from '../config/run-keys.ts'
import type { Engine } from '../engine/engine.ts'
import type { Running } from '../engine/running.ts'
import type { Release } from '../engine/ledger.ts'

/** A process that a command is run like: in its image, with its size, and where it runs. */
export type Model = Pick<
  ProcessSpec,
  'name' | 'image' | 'expose' | 'cpu' | 'memory' | 'ephemeral_storage_gb' | 'placement' | 'stop_timeout'
>

/** One that runs what was built, where there is any; else one that is pinned, and at last one that an operator made. */
export function modelOf({ app, images }: Release, { processes }: Running): Model {
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

/** What it runs in: its model's image where nobody asks for another one. */
export async function imageFor(
  engine: Engine,
  app: AppId,
  model: Model,
  { image, docker_tag }: Partial<RunSettings>,
): Promise<Image> {
  if (docker_tag === undefined && image === undefined) return released(engine, app, model.name, model.image)
  const asked: Image =
    docker_tag === undefined
      ? { kind: 'pinned', reference: image! }
      : await engine.taggedImage(app, docker_tag)
  const found = await released(engine, app, model.name, asked)
  if (found.kind === 'built') return found
  const problems = await engine.checkPins(app, [{ component: `task:${ONE_OFF}`, reference: found.reference }])
  if (problems.length === 0) return found
  throw new UserError(problems.join('; '), { hint: 'name another one with `image` or `docker_tag`' })
}

/** `release:v3` means an image only together with the process that it is pinned for. */
async function released(engine: Engine, app: AppId, process: string, image: Image): Promise<Image> {
  const number = image.kind === 'pinned' ? /^release:v(\d+)$/.exec(image.reference)?.[1] : undefined
  if (number === undefined) return image
  const found = (await engine.ledger.release(app, Number(number)))?.images[`process:${process}`]
  if (found !== undefined) return found
  throw new NotFoundError(`release v${number} has no image for process ${process}`, {
    hint: '`gantry release list` shows what there is',
  })
}

/** The one that an app is known by: what answers people, else the first. */
export function mainProcess<One extends Pick<Process, 'expose'>>(processes: readonly One[]): One | undefined {
  return processes.find(({ expose }) => expose === 'public') ?? processes[0]
}
