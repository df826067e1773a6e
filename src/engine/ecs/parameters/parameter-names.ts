import type { AppId } from '../../../app/app.ts'
import type { Variable } from '../../engine.ts'
import { parameterRoot } from '../names.ts'

export function stateParameter(app: AppId): string {
  return `${parameterRoot(app)}state`
}

/** The mirror of the variables that are set: names and versions, no values. */
export function variablesParameter(app: AppId): string {
  return `${parameterRoot(app)}variables`
}

export function deploymentParameter(app: AppId, number: number): string {
  return `${parameterRoot(app)}deployments/${number}`
}

export function releaseParameter(app: AppId, number: number): string {
  return `${parameterRoot(app)}releases/${number}`
}

export function lockParameter(app: AppId): string {
  return `${parameterRoot(app)}lock`
}

/** One per deployment, so that two that are cancelled at once do not overwrite each other. */
export function cancelParameter(app: AppId, deployment: number): string {
  return `${parameterRoot(app)}cancel/${deployment}`
}

/** Where the values of variables are: for everything, and per process. */
export function variablePaths(app: AppId): { all: string; processes: string } {
  return { all: `${parameterRoot(app)}env/`, processes: `${parameterRoot(app)}env-of/` }
}

/** Where the value of a variable is. Null: of the one that reaches every process and task. */
export function variableParameter(app: AppId, process: string | null, name: string): string {
  const { all, processes } = variablePaths(app)
  return process === null ? `${all}${name}` : `${processes}${process}/${name}`
}

/** The parameter that a name stands for in a process or, with null, in a task: what was set for the process alone wins. */
export function parameterOf(
  variables: readonly Variable[],
  app: AppId,
  process: string | null,
  name: string,
): string {
  const own = variables.some((each) => each.name === name && each.process === process)
  return variableParameter(app, own ? process : null, name)
}
