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
  options: Omit<PlanOptions, 'warnings'>,
  signal?: AbortSignal,
): Promise<{ plan: Plan; running: Running }> {
  const running = await engine.observe(app, signal)
  const made = plan(wanted, running, { ...options, warnings: wanted.warnings })
  return { running, plan: { ...made, blocked: [...made.blocked, ...(await pinProblems(engine, app, made))] } }
}
