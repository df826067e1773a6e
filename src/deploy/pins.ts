import type { AppId } from '../app/app.ts'
import type { Engine } from '../engine/engine.ts'
import type { Plan } from '../plan/types.ts'

/** What the engine has to say about the pinned images that a plan is going to start. */
export async function pinProblems(engine: Engine, app: AppId, plan: Plan): Promise<string[]> {
  const processes = plan.processes.flatMap(({ name, action, after }) =>
    after?.spec.image.kind === 'pinned' && action !== 'pinned' && action !== 'unchanged'
      ? [{ component: `process:${name}`, reference: after.spec.image.reference }]
      : [],
  )
  const tasks = plan.tasks.flatMap(({ name, action, spec }) =>
    spec?.image.kind === 'pinned' && action !== 'skip' && action !== 'unchanged'
      ? [{ component: `task:${name}`, reference: spec.image.reference }]
      : [],
  )
  return engine.checkPins(app, [...processes, ...tasks])
}
