import type { App } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import { discover } from './discover.ts'
import { GANTRY_YML, MINIMAL_HINT } from './gantry-yml/read.ts'
import { validate } from './gantry-yml/validate.ts'
import { inheritAll } from './inherit.ts'
import { foldName, isName, NAME_RULE } from './names.ts'
import { overlay } from './overlay.ts'
import type { Provenance } from './provenance.ts'
import { Reading } from './reading.ts'
import type { ConfigFiles } from './reading.ts'
import { resolve } from './resolve.ts'
import { checkTogether, checkWritten } from './rules.ts'
import { suggest } from './suggest.ts'
import { quote } from './text.ts'
import { trace } from './trace.ts'
import { child, entriesOf, placeOf } from './value.ts'
import type { Table } from './value.ts'

export interface ReadOptions {
  /** The repository's name: that of the app where no `app:` gives another one. */
  name: string
  /** Default: `default`. */
  environment?: string | undefined
  /** The file to read instead of those that are found: a gantry.yml or a Procfile, from the root. */
  config?: string | undefined
}

export interface ResolvedConfig {
  app: App
  warnings: Diagnostic[]
  /** The config files that were read, from the root. */
  files: string[]
  /** Where each value of the app came from, by its path: `processes.web.memory`. */
  provenance: Record<string, Provenance>
}

/**
 * Reads the config of a repository for one environment. Throws a ConfigError with everything that is wrong with it,
 * and its warnings.
 */
export async function readConfig(files: ConfigFiles, options: ReadOptions): Promise<ResolvedConfig> {
  const reading = new Reading(files)
  const configs = await discover(reading, options.config)
  for (const each of configs) {
    validate(each, reading)
    checkWritten(each, reading)
  }
  const written = configs.reduce(overlay)
  const environment = options.environment ?? 'default'
  const config = layEnvironment(written, environment, reading)
  const name = nameOf(config, options.name, reading)
  const components = inheritAll(config, reading)
  refuseNothing(config, components.length, reading)
  checkTogether(config, components, reading)
  reading.throwIfWrong()
  const app = resolve(config, components, { name, environment })
  return {
    app,
    warnings: reading.diagnostics(),
    files: reading.opened,
    provenance: trace(app, config, components),
  }
}

function layEnvironment(config: Table, environment: string, reading: Reading): Table {
  const environments = child(config, 'environments')
  const over = child(environments, environment)
  if (over?.kind === 'table') return overlay(config, over)
  if (!isName(environment)) {
    reading.error(`${quote(environment)} is no name for an environment`, { hint: `Names have ${NAME_RULE}.` })
  } else if (environments !== undefined && over === undefined && environment !== 'default') {
    const names = entriesOf(environments).map(([name]) => name)
    const meant = suggest(environment, [...names, 'default'])
    reading.error(`There is no environment ${quote(environment)}`, {
      path: 'environments',
      place: environments.key ?? placeOf(environments),
      hint:
        meant === null
          ? `Environments are ${[...names, 'default'].join(', ')}.`
          : `Did you mean ${quote(meant)}?`,
    })
  }
  return config
}

/** The name of the repository, folded to the rules, where the config names no app. */
function nameOf(config: Table, repository: string, reading: Reading): string {
  const name = foldName(repository)
  if (name !== null || child(config, 'app') !== undefined) return name ?? ''
  return reading.fail(`The repository's name ${quote(repository)} is no name for an app`, {
    hint: `Give it one with \`app:\` in ${GANTRY_YML}: ${NAME_RULE}.`,
  })
}

/** An empty map of processes is meant: it removes them all. No map at all is a mistake. */
function refuseNothing(config: Table, components: number, reading: Reading): void {
  if (components > 0 || child(config, 'processes') !== undefined || reading.isWrong) return
  reading.error('The configuration names no processes and no tasks', {
    place: placeOf(config),
    hint: MINIMAL_HINT,
  })
}
