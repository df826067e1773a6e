import type { AppId } from '../app/app.ts'
import { sameImage, type Image } from '../app/image.ts'
import { containerId } from '../app/image-users.ts'
import type { ProcessSpec } from '../app/spec.ts'
import type { Engine, Pin } from '../engine/engine.ts'
import type { Plan } from '../plan/types.ts'

/** What the engine has to say about the pinned images that a plan is going to start. */
export async function pinProblems(engine: Engine, app: AppId, plan: Plan): Promise<string[]> {
  const processes = plan.processes.flatMap(({ name, action, after }) =>
    after !== null && action !== 'pinned' && action !== 'unchanged' ? pinsOf(name, after.spec) : [],
  )
  const tasks = plan.tasks.flatMap(({ name, action, spec }) =>
    spec !== null && action !== 'skip' && action !== 'unchanged' ? pin(`task:${name}`, spec.image) : [],
  )
  return engine.checkPins(app, [...processes, ...tasks])
}

/** One that names what its process runs is told with that. */
function pinsOf(process: string, { image, containers }: ProcessSpec): Pin[] {
  const own = Object.entries(containers).filter(([, each]) => !sameImage(each.image, image))
  return [
    ...pin(`process:${process}`, image),
    ...own.flatMap(([name, each]) => pin(containerId(process, name), each.image)),
  ]
}

function pin(component: string, image: Image): Pin[] {
  return image.kind === 'pinned' ? [{ component, reference: image.reference }] : []
}
