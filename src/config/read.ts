import type { App } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import type { KeyUse } from './catalogue/catalogue.ts'
import { discover } from './discover.ts'
import { GANTRY_YML, MINIMAL_HINT } from './gantry-yml/read.ts'
import { validate } from './gantry-yml/validate.ts'
import { inheritAll } from './inherit.ts'
import { foldName, isName, NAME_RULE } from './names.ts'
import { overlay } from './overlay.ts'
import type { Provenance } from './provenance.ts'
import { Reading } from './reading.ts'
import type { Called, ConfigFiles } from './reading.ts'
import { resolve } from './resolve.ts'
import { checkTogether, checkWritten } from './rules.ts'
import { suggest } from './suggest.ts'
import { quote } from './text.ts'
import { trace } from './trace.ts'
import { warnOfUnmet } from './unmet.ts'
import { child, entriesOf, placeOf } from './value.ts'
import type { Table } from './value.ts'

export interface ReadOptions {
  /** The repository's name: that of the app where no `app:` gives another one. */
  name: string
  /** Default: `default`. */
  environment?: string | undefined
  /** The file to read instead of those that are found: from the root. */
  config?: string | undefined
  /** Of several modules or apps in one file, the one to deploy. */
  module?: string | undefined
}

export interface ResolvedConfig {
  app: App
  warnings: Diagnostic[]
  /** The config files that were read, from the root. */
  files: string[]
  /** What the file that was asked for was taken for, by what stands in it: `a Procfile`. Null where its name says it. */
  recognised: string | null
  /** The file that describes other modules or apps as well; null where there are none. */
  shared: string | null
  /** What the file of another system calls the app. Here it has the name of its repository all the same. */
  called: Called | null
  /** The environments that they describe, beside `default`. */
  environments: string[]
  /** Where each value of the app came from, by its path: `processes.web.memory`. */
  provenance: Record<string, Provenance>
  /** The keys of other systems' files that were met, each with what becomes of it. */
  keys: KeyUse[]
}

/**
 * Reads the config of a repository for one environment. Throws a ConfigError with everything that is wrong with it,
 * and its warnings.
 */
export async function readConfig(files: ConfigFiles, options: ReadOptions): Promise<ResolvedConfig> {
  const reading = new Reading(files)
  const configs = await discover(reading, options)
  for (const each of configs) {
    validate(each, reading)
    checkWritten(each, reading)
  }
  const environment = options.environment ?? 'default'
  checkEnvironment(configs, environment, reading)
  // Each by itself: what gantry.yml says for all environments counts more than what the file below says for one.
  const config = configs.map((each) => layEnvironment(each, environment)).reduce(overlay)
  const name = nameOf(config, options.name, reading)
  const components = inheritAll(config, reading)
  refuseNothing(config, components.length, reading)
  checkTogether(config, components, reading)
  reading.throwIfWrong()
  warnOfUnmet(components, reading)
  const app = resolve(config, components, { name, environment })
  return {
    app,
    warnings: reading.diagnostics(),
    files: reading.opened,
    recognised: reading.recognised,
    shared: reading.shared,
    called: reading.called,
    environments: environmentsOf(configs).filter((each) => each !== 'default'),
    provenance: trace(app, config, components),
    keys: reading.keys.list(),
  }
}

function layEnvironment(config: Table, environment: string): Table {
  const over = child(child(config, 'environments'), environment)
  return over?.kind === 'table' ? overlay(config, over) : config
}

function checkEnvironment(configs: readonly Table[], environment: string, reading: Reading): void {
  if (!isName(environment)) {
    reading.error(`${quote(environment)} is no name for an environment`, { hint: `Names have ${NAME_RULE}.` })
    return
  }
  const all = configs.flatMap((each) => child(each, 'environments') ?? [])
  const names = new Set([...environmentsOf(configs), 'default'])
  if (all.length === 0 || names.has(environment)) return
  const meant = suggest(environment, [...names])
  const last = all.at(-1)!
  reading.error(`There is no environment ${quote(environment)}`, {
    path: 'environments',
    place: last.key ?? placeOf(last),
    hint: meant === null ? `Environments are ${[...names].join(', ')}.` : `Did you mean ${quote(meant)}?`,
  })
}

function environmentsOf(configs: readonly Table[]): string[] {
  const all = configs.flatMap((each) => entriesOf(child(each, 'environments')))
  return [...new Set(all.map(([name]) => name))]
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
