import type { AppId } from '../../../app/app.ts'
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

/** Where the values of variables are. */
export function variablePath(app: AppId): string {
  return `${parameterRoot(app)}env/`
}

/** Where one value of a variable is. Versions of a name are counted through all processes, so this tells one from another. */
export function variableParameter(app: AppId, name: string, version: number): string {
  return `${variablePath(app)}${name}/${version}`
}

/** Null: no variable's parameter. */
export function readVariableParameter(
  app: AppId,
  parameter: string,
): { name: string; version: number } | null {
  const path = variablePath(app)
  const [, name, version] = /^([^/]+)\/([1-9]\d*)$/.exec(parameter.slice(path.length)) ?? []
  if (!parameter.startsWith(path) || name === undefined) return null
  return { name, version: Number(version) }
}
