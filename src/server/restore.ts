import { inheritLock } from '../deploy/inherit-lock.ts'
import type { Lock } from '../engine/lock.ts'
import type { Outcome } from '../engine/ledger.ts'
import { idOf, type AppEntry } from './apps.ts'
import type { Context } from './context.ts'
import { keepHouse } from './housekeeping.ts'

/**
 * After a start: brings back what ran here, and finishes what a crash has cut off. Resolves when all apps are known and
 * their processes start; what takes long goes on, each app on its own, while the server answers already.
 */
export async function restore(context: Context): Promise<void> {
  await Promise.all(
    context.apps.list().map(async (app) => {
      try {
        if (app.engine === 'local') await restoreHere(context, app)
        else void takeUp(context, app)
      } catch (error) {
        // One app that is broken must not keep the others down.
        context.log.error({ err: error, app: app.name }, 'not brought back')
      }
    }),
  )
}

async function restoreHere(context: Context, app: AppEntry): Promise<void> {
  await context.engines.local.addApp(idOf(app))
  void finishInTurn(context, app, await takeTurn(context, app))
}

async function finishInTurn(context: Context, app: AppEntry, lock: Lock): Promise<void> {
  try {
    await finish(context, app, async () => {
      for (const { number } of await context.deployments.recover(idOf(app))) tell(context, app, number)
    })
    await context.engines.local.prune(idOf(app)).catch(problem(context, app))
  } finally {
    await lock.release()
  }
  await tidyUp(context, app)
}

/** Pushes wait until what was cut off is finished. */
async function takeTurn({ engines: { local } }: Context, app: AppEntry): Promise<Lock> {
  const [first] = await local.ledger.unfinished(idOf(app))
  return local.lock(idOf(app), {
    deployment: first?.number ?? 0,
    supersedes: false,
    onWait: () => {},
    signal: new AbortController().signal,
  })
}

async function takeUp(context: Context, app: AppEntry): Promise<void> {
  await finish(context, app, () => handOver(context, app))
  await tidyUp(context, app)
}

/**
 * Elsewhere nothing has died with this server, and the next deployment goes on from where it was cut off. The lock is
 * given back that the dead one holds, so that nobody has to wait until it expires.
 */
async function handOver({ engines, deployments, ...context }: Context, app: AppEntry): Promise<void> {
  const { engine } = await engines.of(app)
  const id = idOf(app)
  const own = (await engine.ledger.unfinished(id)).filter(({ number }) => deployments.wasCutOff(id, number))
  for (const { number } of own) {
    tell(context, app, number)
    const lock = await inheritLock(engine, id, number)
    await lock?.release()
  }
}

function tell({ log }: Pick<Context, 'log'>, app: AppEntry, deployment: number): void {
  log.warn({ app: app.name, deployment }, 'a deployment was interrupted')
}

async function finish(context: Context, app: AppEntry, recover: () => Promise<void>): Promise<void> {
  const { apps, engines, log, refMoves } = context
  const id = idOf(app)
  // Before anything is pushed: those of now are not this start's to repair.
  const moves = refMoves.pending(id)
  try {
    const { engine } = await engines.of(app)
    const repository = apps.repository(app.name)
    await repository.sweep()
    await recover()
    const outcomeOf = async (number: number): Promise<Outcome | null> => {
      const deployment = await engine.ledger.deployment(id, number)
      return deployment === null || deployment.finished_at === null ? null : (deployment.status as Outcome)
    }
    await refMoves.repair(id, repository, outcomeOf, moves)
  } catch (error) {
    log.error({ err: error, app: app.name }, 'not finished what was cut off')
  }
}

function tidyUp(context: Context, app: AppEntry): Promise<void> {
  return keepHouse(context, app).catch(problem(context, app))
}

function problem({ log }: Context, app: AppEntry): (error: unknown) => void {
  return (error) => log.warn({ err: error, app: app.name }, 'not tidied up')
}
