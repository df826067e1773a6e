import type { AppId } from '../app/app.ts'
import type { Engine, Running } from '../engine/engine.ts'
import { plan, type PlanOptions } from '../plan/plan.ts'
import type { Plan } from '../plan/types.ts'
import { pinProblems } from './pins.ts'
import type { Wanted } from './prepare.ts'

/** What a deployment would do now. Changes nothing. */
export async function preview(
  engine: Engine,
  app: AppId,
  wanted: Wanted,
  options: Omit<PlanOptions, 'warnings' | 'countsReplace'>,
  { signal, refresh = false }: { signal?: AbortSignal; refresh?: boolean } = {},
): Promise<{ plan: Plan; running: Running }> {
  const running = await engine.observe(app, { ...(signal && { signal }), refresh })
  const made = plan(wanted, running, {
    ...options,
    warnings: wanted.warnings,
    countsReplace: (before, after) => engine.countsReplace(before, after),
  })
  return { running, plan: { ...made, blocked: [...made.blocked, ...(await pinProblems(engine, app, made))] } }
}
