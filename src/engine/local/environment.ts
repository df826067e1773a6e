import { dirname, delimiter } from 'node:path'

import type { AppId, Component } from '../../app/app.ts'
import type { Paths } from './paths.ts'

export interface EnvironmentRequest {
  app: AppId
  paths: Paths
  /** `web`, `task.migrate`. */
  component: string
  /** Of the process, 1 to n; 1 for a task. */
  place: number
  spec: Pick<Component, 'env'>
  /** The variables set by hand that reach it. */
  variables: ReadonlyMap<string, string>
  port: number | null
}

/**
 * The whole environment of an instance: nothing of the server's own is in it but where programs are found and the
 * language. Neither commit nor release are named, so that nothing rolls for them alone.
 */
export function instanceEnvironment(request: EnvironmentRequest): Record<string, string> {
  const { app, paths, component, place, port } = request
  return {
    ...baseEnvironment(app, paths),
    DYNO: `${component}.${place}`,
    GANTRY_PROCESS: component,
    ...request.spec.env,
    ...Object.fromEntries(request.variables),
    ...(port === null ? {} : { PORT: String(port) }),
  }
}

export function buildEnvironment(
  app: AppId,
  paths: Paths,
  args: Record<string, string>,
): Record<string, string> {
  return { ...baseEnvironment(app, paths), ...args }
}

function baseEnvironment(app: AppId, paths: Paths): Record<string, string> {
  return {
    // Node's own folder last: an app that brings nothing finds at least the Node that runs Gantry.
    PATH: [process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', dirname(process.execPath)].join(delimiter),
    LANG: process.env['LANG'] ?? 'C.UTF-8',
    ...(process.env['TZ'] === undefined ? {} : { TZ: process.env['TZ'] }),
    HOME: paths.appHome(app.name),
    TMPDIR: paths.appTmp(app.name),
    GANTRY_APP: app.name,
    GANTRY_ENVIRONMENT: app.environment,
  }
}
