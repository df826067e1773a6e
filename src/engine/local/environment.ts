import { statSync } from 'node:fs'
import { delimiter, dirname, isAbsolute } from 'node:path'

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

/** In which the containers of an instance find the port of one of them: `GANTRY_PORT_PROXY`. */
export function portVariable(container: string): string {
  return `GANTRY_PORT_${container.toUpperCase().replaceAll('-', '_')}`
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
    PATH: [...programFolders(), dirname(process.execPath)].join(delimiter),
    LANG: process.env['LANG'] ?? 'C.UTF-8',
    ...(process.env['TZ'] === undefined ? {} : { TZ: process.env['TZ'] }),
    HOME: paths.appHome(app.name),
    TMPDIR: paths.appTmp(app.name),
    GANTRY_APP: app.name,
    GANTRY_ENVIRONMENT: app.environment,
  }
}

/** Where npm puts the tools of the package that it runs a script of: they are Gantry's, not the app's. */
const OF_NPM = /[/\\](?:node_modules[/\\]\.bin|node-gyp-bin)$/

/** The server's PATH, as far as an app should see it: without npm's folders, and without those that only root may enter. */
function programFolders(): string[] {
  return (process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !OF_NPM.test(folder) && isForAll(folder))
}

function isForAll(folder: string): boolean {
  if (process.getuid?.() !== 0) return true
  try {
    for (let each = folder; ; each = dirname(each)) {
      if ((statSync(each).mode & 0o001) === 0) return false
      if (each === dirname(each)) return true
    }
  } catch {
    return false
  }
}
