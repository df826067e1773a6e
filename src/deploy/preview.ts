import type { AppId } from '../app/app.ts'
import type { Engine, Running, WantedProcess } from '../engine/engine.ts'
import { defaultProcess } from '../plan/operator-process.ts'
import { plan, type PlanOptions } from '../plan/plan.ts'
import type { Plan } from '../plan/types.ts'
import { pinProblems } from './pins.ts'
import type { Wanted } from './prepare.ts'

/** What a deployment would do now. Changes nothing. */
export async function preview(
  engine: Engine,
  app: AppId,
  wanted: Wanted,
  options: Omit<PlanOptions, 'warnings' | 'engine'>,
  { signal, refresh = false }: { signal?: AbortSignal; refresh?: boolean } = {},
): Promise<{ plan: Plan; running: Running }> {
  const running = await engine.observe(app, {
    ...(signal && { signal }),
    refresh,
    wanted: wantedProcesses(wanted, options),
  })
  const made = plan(wanted, running, { ...options, warnings: wanted.warnings, engine })
  return { running, plan: { ...made, blocked: [...made.blocked, ...(await pinProblems(engine, app, made))] } }
}

/** Those of the config that the plan is about, and those that an operator makes or changes by it. */
function wantedProcesses({ app }: Wanted, { only, operate = [] }: PlanOptions): WantedProcess[] {
  const named = new Set(app.processes.map((each) => each.name))
  return [
    ...app.processes.filter((each) => only === undefined || only.includes(each.name)),
    ...operate
      .filter((each) => each.create && !named.has(each.process))
      .map(({ process }) => defaultProcess(process, app)),
  ]
}
