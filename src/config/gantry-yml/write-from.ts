import { isDeepStrictEqual } from 'node:util'

import type { App } from '../../app/app.ts'
import { ConfigError } from '../../app/errors.ts'
import { readConfig } from '../read.ts'
import type { ReadOptions, ResolvedConfig } from '../read.ts'
import type { ConfigFiles } from '../reading.ts'
import { printable } from '../text.ts'
import { expectReadBack } from './write-check.ts'
import { notesOf, secretNotes } from './write-notes.ts'
import { withoutSecrets } from './write-secrets.ts'
import { writeGantryYml } from './write.ts'
import type { Note } from './write.ts'

export interface Source extends Omit<ReadOptions, 'environment'> {
  /** The environments to write beside those that the files describe. */
  environments?: readonly string[]
}

export interface Conversion {
  text: string
  /** What was read, per environment, `default` first. */
  configs: readonly [ResolvedConfig, ...ResolvedConfig[]]
  /** What the written file says, in the same order: the same, without values that look like secrets. */
  apps: readonly [App, ...App[]]
  /** What the comments of the file say. */
  notes: readonly Note[]
  /** Names of variables whose values were not copied. */
  secrets: string[]
  /** Whether values hang on the name of the environment, and the file does not say which environments there are. */
  hangsOnEnvironment: boolean
}

/** A name that nobody gives an environment. */
const ANY_ENVIRONMENT = 'gantry-init-any'

/** Reads the config of a repository, in whatever format, and writes it as a gantry.yml that is read as the same app. */
export async function convert(
  files: ConfigFiles,
  { environments = [], ...options }: Source,
  adapt: (app: App) => { app: App; notes: readonly Note[] } = (app) => ({ app, notes: [] }),
): Promise<Conversion> {
  const read = (environment: string): Promise<ResolvedConfig> =>
    readConfig(files, { ...options, environment })
  const first = await read('default')
  const names = [...new Set([...first.environments, ...environments])].filter((each) => each !== 'default')
  const configs: [ResolvedConfig, ...ResolvedConfig[]] = [first]
  for (const each of names) configs.push(await read(each))
  const hangsOnEnvironment = names.length === 0 && (await hangsOnName(read, first.app))
  const written = configs.map((config) => {
    const { app, secrets } = withoutSecrets(config.app)
    const adapted = adapt(app)
    return {
      ...adapted,
      secrets,
      notes: [...adapted.notes, ...secretNotes(config, secrets), ...notesOf(config)],
    }
  })
  const apps = written.map(({ app }) => app) as [App, ...App[]]
  const notes = distinct(written.flatMap((each) => each.notes))
  const text = writeGantryYml({
    apps,
    isNamed: first.provenance['app']?.kind !== 'default',
    header: [`Written by \`gantry init\` from ${listed(first.files)}.`],
    notes,
  })
  await expectReadBack(text, apps, options.name)
  const secrets = new Set(written.flatMap((each) => each.secrets.map(({ name }) => name)))
  return { text, configs, apps, notes, secrets: [...secrets], hangsOnEnvironment }
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
    const paths = new Map(placed.toReversed().map((note) => [note.path.join('.'), note]))
    return paths.size === 0 ? [alike[0]!] : [...paths.values()].toReversed()
  })
}

function listed(files: readonly string[]): string {
  return new Intl.ListFormat('en').format(files.map(printable))
}
