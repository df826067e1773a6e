import { isDeepStrictEqual } from 'node:util'

import type { App } from '../../app/app.ts'
import { ConfigError } from '../../app/errors.ts'
import type { Place } from '../../app/errors.ts'
import { foldName } from '../names.ts'
import { readConfig } from '../read.ts'
import type { ReadOptions, ResolvedConfig } from '../read.ts'
import type { ConfigFiles } from '../reading.ts'
import { printable } from '../text.ts'
import { expectReadBack } from './write-check.ts'
import { keyNotes } from './write-key-notes.ts'
import { leftOutVariables, secretNotes, warningNotes } from './write-notes.ts'
import { schemaComment } from './schema-comment.ts'
import type { VariableToSet } from './variable-to-set.ts'
import { onePerPath } from './write-places.ts'
import { withoutSecrets, withReferences } from './write-secrets.ts'
import { writeGantryYml } from './write.ts'
import type { Note } from './write.ts'

export interface Source extends Omit<ReadOptions, 'environment'> {
  /** The environments to write beside those that the files describe. */
  environments?: readonly string[]
  /** A server has the app, by the name of this repository: no other will do. */
  isHosted?: boolean
}

export interface Conversion {
  text: string
  /** What was read, per environment, `default` first. */
  configs: readonly [ResolvedConfig, ...ResolvedConfig[]]
  /** What the written file says, in the same order: the same, without values that look like secrets. */
  apps: readonly [App, ...App[]]
  /** What the comments of the file say. */
  notes: readonly Note[]
  /** Variables whose values were not copied, in each environment. */
  secrets: VariableToSet[]
  /** Variables that had no value, likewise. */
  awaited: VariableToSet[]
  /** Whether values hang on the name of the environment, and the file does not say which environments there are. */
  hangsOnEnvironment: boolean
}

/** A name that nobody gives an environment. */
const ANY_ENVIRONMENT = 'gantry-init-any'

/** Reads the config of a repository, in whatever format, and writes it as a gantry.yml that is read as the same app. */
export async function convert(
  files: ConfigFiles,
  { environments = [], isHosted = false, ...options }: Source,
  adapt: (app: App) => { app: App; notes: readonly Note[] } = (app) => ({ app, notes: [] }),
): Promise<Conversion> {
  const read = (environment: string): Promise<ResolvedConfig> =>
    readConfig(files, { ...options, environment })
  const first = await read('default')
  const names = [...new Set([...first.environments, ...environments])].filter((each) => each !== 'default')
  const { name, isNamed, keep } = nameOf(first, { isHosted, isOnEcs: adapt(first.app).app.engine === 'ecs' })
  const configs: [ResolvedConfig, ...ResolvedConfig[]] = [keep(first)]
  for (const each of names) {
    // One that the files do not name is what is said for all.
    const isNew = first.environments.length > 0 && !first.environments.includes(each)
    configs.push(keep(isNew ? { ...first, app: { ...first.app, environment: each } } : await read(each)))
  }
  const hangsOnEnvironment = names.length === 0 && (await hangsOnName(read, first.app))
  const byDefault = withoutSecrets(first.app).secrets
  const written = configs.map((config) => {
    const { environment } = config.app
    const { app, secrets } = withoutSecrets(config.app)
    const awaited = new Map(config.keys.flatMap(({ awaits }) => (awaits ? [[awaits.name, awaits]] : [])))
    const adapted = adapt(withReferences(app, [...awaited.keys()]))
    return {
      ...adapted,
      secrets: leftOutVariables(secrets, environment),
      awaited: [...awaited.values()].map((each) => ({ ...each, process: null, environment })),
      notes: [...adapted.notes, ...secretNotes(config, secrets, byDefault), ...warningNotes(config)],
    }
  })
  const apps = written.map(({ app }) => ({ ...app, name })) as [App, ...App[]]
  const notes = [...keyNotes(configs), ...distinct(written.flatMap((each) => each.notes))]
  const text = writeGantryYml({
    apps,
    isNamed,
    header: [...(await schemaComment(files)), `Written by \`gantry init\` from ${listed(first.files)}.`],
    notes,
  })
  await expectReadBack(text, apps, options.name)
  return {
    text,
    configs,
    apps,
    notes,
    secrets: written.flatMap((each) => each.secrets),
    awaited: written.flatMap((each) => each.awaited),
    hangsOnEnvironment,
  }
}

interface Naming {
  name: string
  /** Whether the file says it. */
  isNamed: boolean
  /** Leaves out what is to be said about the name of the source, where that is kept. */
  keep: (config: ResolvedConfig) => ResolvedConfig
}

/**
 * On ECS the name says which app it is, from whatever folder it is deployed: it is written. A server has it from the
 * repository and refuses another one, and which repository that will be no file knows.
 */
function nameOf(
  { app, called, provenance }: ResolvedConfig,
  { isHosted, isOnEcs }: { isHosted: boolean; isOnEcs: boolean },
): Naming {
  const isNamed = provenance['app']?.kind !== 'default'
  const own = isNamed || isHosted || !isOnEcs || called === null ? null : foldName(called.name)
  return {
    name: own ?? app.name,
    isNamed: isNamed || isOnEcs,
    keep: (config) => (own === null ? config : withoutPlace(config, called?.place)),
  }
}

function withoutPlace(config: ResolvedConfig, place: Place | undefined): ResolvedConfig {
  if (place === undefined) return config
  const isElsewhere = (each: { place?: Place }): boolean => !isDeepStrictEqual(each.place, place)
  return {
    ...config,
    keys: config.keys.filter(isElsewhere),
    warnings: config.warnings.filter(isElsewhere),
  }
}

async function hangsOnName(
  read: (environment: string) => Promise<ResolvedConfig>,
  { environment, ...first }: App,
): Promise<boolean> {
  try {
    return !isDeepStrictEqual(
      { ...(await read(ANY_ENVIRONMENT)).app, environment },
      { ...first, environment },
    )
  } catch (error) {
    // No environment has another name than those that the file knows.
    if (error instanceof ConfigError) return false
    throw error
  }
}

/** What is true of several environments is told once, and on top only where it has no place in any. */
function distinct(notes: readonly Note[]): Note[] {
  return [...Map.groupBy(notes, ({ text }) => text).values()].flatMap((alike) => {
    const placed = alike.filter(({ path }) => path.length > 0)
    return placed.length === 0 ? [alike[0]!] : onePerPath(placed)
  })
}

function listed(files: readonly string[]): string {
  return new Intl.ListFormat('en').format(files.map(printable))
}
