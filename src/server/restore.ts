import type { Outcome } from '../engine/ledger.ts'
import { idOf, type AppEntry } from './apps.ts'
import type { Context } from './context.ts'
import { keepHouse } from './housekeeping.ts'

/** After a start: brings back what ran, and finishes what a crash has cut off. */
export async function restore(context: Context): Promise<void> {
  await Promise.all(context.apps.list().map((app) => restoreApp(context, app)))
}

async function restoreApp(context: Context, app: AppEntry): Promise<void> {
  const { apps, deployments, engine, log, refMoves } = context
  const id = idOf(app)
  const repository = apps.repository(app.name)
  await repository.sweep()
  for (const problem of await engine.addApp(id)) log.error(problem)
  for (const deployment of await deployments.recover(id)) {
    log.warn({ app: app.name, deployment: deployment.number }, 'a deployment was interrupted')
  }
  await refMoves.repair(id, repository, async (number) => {
    const deployment = await engine.ledger.deployment(id, number)
    return deployment === null || deployment.finished_at === null ? null : (deployment.status as Outcome)
  })
  await engine.prune(id)
  await keepHouse(context, app)
}
