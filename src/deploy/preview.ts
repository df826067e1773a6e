import type { AppId } from '../app/app.ts'
import type { Engine, Variable } from '../engine/engine.ts'
import type { Running, WantedProcess } from '../engine/running.ts'
import { defaultProcess } from '../plan/operator-process.ts'
import { plan, type PlanOptions } from '../plan/plan.ts'
import type { Plan } from '../plan/types.ts'
import { pinProblems } from './pins.ts'
import type { Wanted } from './prepare.ts'

export interface PreviewOptions {
  signal?: AbortSignal
  /** Trust nothing that was remembered. */
  refresh?: boolean
  /** What is to be set before it. */
  variables?: readonly VariableChange[]
}

/** A variable of one process; value null: to be taken away. */
export interface VariableChange {
  process: string
  name: string
  value: string | null
}

/** What a deployment would do now. Changes nothing. */
export async function preview(
  engine: Engine,
  app: AppId,
  wanted: Wanted,
  options: Omit<PlanOptions, 'warnings' | 'engine'>,
  { signal, refresh = false, variables = [] }: PreviewOptions = {},
): Promise<{ plan: Plan; running: Running }> {
  const observed = await engine.observe(app, {
    ...(signal && { signal }),
    refresh,
    wanted: wantedProcesses(wanted, options),
  })
  const running = { ...observed, variables: withChanges(observed.variables, variables) }
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

function withChanges(now: readonly Variable[], changes: readonly VariableChange[]): Variable[] {
  const next = 1 + Math.max(0, ...now.map(({ version }) => version))
  const changed = ({ process, name }: Variable): boolean =>
    changes.some((each) => each.process === process && each.name === name)
  return [
    ...now.filter((each) => !changed(each)),
    ...changes
      .filter(({ value }) => value !== null)
      .map(({ process, name }) => ({ process, name, secret: false, version: next })),
  ]
}
