import type { AppId } from '../app/app.ts'
import type { Engine } from '../engine/engine.ts'
import type { Lock } from '../engine/lock.ts'

/**
 * Takes over the lock of a deployment whose deployer is known to be dead. Null where another deployment has it by now,
 * which goes on from there.
 */
export async function inheritLock(
  engine: Engine,
  app: AppId,
  deployment: number,
  signal?: AbortSignal,
): Promise<Lock | null> {
  const someoneElse = new AbortController()
  try {
    return await engine.lock(app, {
      deployment,
      supersedes: false,
      inherits: true,
      onWait: () => someoneElse.abort(),
      signal: AbortSignal.any([...(signal ? [signal] : []), someoneElse.signal]),
    })
  } catch (error) {
    if (someoneElse.signal.aborted) return null
    throw error
  }
}
