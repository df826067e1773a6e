import { KEPT_RELEASES } from '../engine/ledger.ts'
import { idOf, type AppEntry } from './apps.ts'
import type { Context } from './context.ts'
import { releaseCommits } from './kept-commits.ts'

/** Logs of deployments that are kept, counted from the latest. */
const KEPT_LOGS = 200

/** Lets go of what nobody needs any more: commits and logs of old deployments, and loose objects of git. */
export async function keepHouse(context: Context, app: AppEntry): Promise<void> {
  const { apps, deployments, engines } = context
  const { engine } = await engines.of(app)
  const id = idOf(app)
  const repository = apps.repository(app.name)
  await releaseCommits(repository, async () => {
    const releases = await engine.ledger.releases(id, KEPT_RELEASES)
    const unfinished = await engine.ledger.unfinished(id)
    return new Set([
      ...releases.map((release) => release.deployment),
      ...unfinished.map((each) => each.number),
    ])
  })
  deployments.forgetLogs(id, KEPT_LOGS)
  await repository.gc()
}
