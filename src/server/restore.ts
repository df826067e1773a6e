import type { Lock } from '../engine/engine.ts'
import type { Outcome } from '../engine/ledger.ts'
import { idOf, type AppEntry } from './apps.ts'
import type { Context } from './context.ts'
import { keepHouse } from './housekeeping.ts'

/**
 * After a start: brings back what ran, and finishes what a crash has cut off. Resolves when all apps are known and their
 * processes start; what takes long goes on, each app on its own, while the server answers already.
 */
export async function restore(context: Context): Promise<void> {
  await Promise.all(
    context.apps.list().map(async (app) => {
      try {
        await context.engine.addApp(idOf(app))
        const lock = await takeTurn(context, app)
        void finish(context, app, lock)
      } catch (error) {
        // One app that is broken must not keep the others down.
        context.log.error({ err: error, app: app.name }, 'not brought back')
      }
    }),
  )
}

/** Pushes wait until what was cut off is finished. */
async function takeTurn({ engine }: Context, app: AppEntry): Promise<Lock> {
  const [first] = await engine.ledger.unfinished(idOf(app))
  return engine.lock(idOf(app), {
    deployment: first?.number ?? 0,
    supersedes: false,
    onWait: () => {},
    signal: new AbortController().signal,
  })
}

async function finish(context: Context, app: AppEntry, lock: Lock): Promise<void> {
  const { apps, deployments, engine, log, refMoves } = context
  const id = idOf(app)
  try {
    const repository = apps.repository(app.name)
    await repository.sweep()
    for (const deployment of await deployments.recover(id)) {
      log.warn({ app: app.name, deployment: deployment.number }, 'a deployment was interrupted')
    }
    await refMoves.repair(id, repository, async (number) => {
      const deployment = await engine.ledger.deployment(id, number)
      return deployment === null || deployment.finished_at === null ? null : (deployment.status as Outcome)
    })
    await engine.prune(id)
  } catch (error) {
    log.error({ err: error, app: app.name }, 'not finished what was cut off')
  } finally {
    await lock.release()
  }
  await keepHouse(context, app).catch((error: unknown) =>
    log.warn({ err: error, app: app.name }, 'not tidied up'),
  )
}
