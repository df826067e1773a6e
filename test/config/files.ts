import { posix } from 'node:path'

import type { App, Process, Task } from '../../src/app/app.ts'
import { ConfigError } from '../../src/app/errors.ts'
import type { Diagnostic } from '../../src/app/errors.ts'
import { readConfig } from '../../src/config/read.ts'
import type { ConfigFiles } from '../../src/config/reading.ts'
import type { ReadOptions, ResolvedConfig } from '../../src/config/read.ts'

/** A repository that has these files. */
export function filesOf(contents: Record<string, string>): ConfigFiles {
  const textOf = (path: string) => (Object.hasOwn(contents, path) ? contents[path]! : null)
  return {
    read: (path) => Promise.resolve(textOf(path)),
    readBytes: (path) => {
      const text = textOf(path)
      return Promise.resolve(text === null ? null : Buffer.from(text))
    },
    list: (folder) => {
      const paths = Object.keys(contents).filter((path) => posix.dirname(path) === folder)
      return Promise.resolve(paths.map((path) => posix.basename(path)).sort())
    },
  }
}

type Options = Partial<ReadOptions>

/** Reads a gantry.yml, or several files by name. */
export function read(
  config: string | Record<string, string>,
  options: Options = {},
): Promise<ResolvedConfig> {
  const contents = typeof config === 'string' ? { 'gantry.yml': config } : config
  return readConfig(filesOf(contents), { name: 'shop', ...options })
}

/** What is wrong with a config; fails when it is right. */
export async function problemsOf(
  config: string | Record<string, string>,
  options: Options = {},
): Promise<readonly Diagnostic[]> {
  try {
    await read(config, options)
  } catch (error) {
    if (error instanceof ConfigError) return error.diagnostics
    throw error
  }
  throw new Error('the config was accepted')
}

/** Each problem as `file:line:column message`. */
export async function placedProblemsOf(
  config: string | Record<string, string>,
  options: Options = {},
): Promise<string[]> {
  return (await problemsOf(config, options)).map(showPlaced)
}

export function showPlaced({ place, message }: Diagnostic): string {
  return place === undefined ? message : `${place.file}:${place.line}:${place.column} ${message}`
}

export function processOf(app: App, name: string): Process {
  return app.processes.find((each) => each.name === name)!
}

export function taskOf(app: App, name: string): Task {
  return app.tasks.find((each) => each.name === name)!
}
