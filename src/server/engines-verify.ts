import type { App } from '../app/app.ts'
import type { Check } from '../engine/check.ts'
import { verify } from '../engine/local/verify.ts'
import type { AppEntry } from './apps.ts'

/** Looks at everything that deploying this needs where the app runs. Only reads, and no values of secrets. */
export async function verifyWhereItRuns(
  { engine }: AppEntry,
  wanted: App,
  signal: AbortSignal,
): Promise<Check[]> {
  if (engine === 'local') return verify(wanted)
  const [{ openAccount }, ecs] = await Promise.all([
    import('../engine/ecs/open.ts'),
    import('../engine/ecs/verify/verify.ts'),
  ])
  return ecs.verify(openAccount(wanted.ecs), wanted, { readSecrets: false, signal })
}
