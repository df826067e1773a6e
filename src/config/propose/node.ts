import { z } from 'zod'

import { Draft } from './proposer.ts'
import type { Proposer } from './proposer.ts'
import type { Repository } from './repository.ts'

const Texts = z.record(z.string(), z.string()).catch({})
const Package = z.object({
  main: z.string().optional().catch(undefined),
  packageManager: z.string().optional().catch(undefined),
  scripts: Texts.default({}),
  dependencies: Texts.default({}),
  devDependencies: Texts.default({}),
  engines: Texts.default({}),
})
type Package = z.output<typeof Package>

/** By lock file, what installs exactly what it names. */
const INSTALL: readonly (readonly [string, string])[] = [
  ['package-lock.json', 'npm ci'],
  ['npm-shrinkwrap.json', 'npm ci'],
  ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
  ['yarn.lock', 'yarn install --frozen-lockfile'],
  ['bun.lock', 'bun install --frozen-lockfile'],
  ['bun.lockb', 'bun install --frozen-lockfile'],
]

const WORKER_SCRIPTS = ['worker', 'workers', 'start:worker', 'worker:start', 'queue', 'jobs']
const MIGRATE_SCRIPTS = [
  'migrate',
  'db:migrate',
  'migrate:deploy',
  'migrate:latest',
  'migrations:run',
  'db:deploy',
]
const QUEUES = ['bullmq', 'bull', 'bee-queue', 'agenda', 'graphile-worker', 'pg-boss']
const ENTRIES = ['server', 'index', 'app', 'main', 'src/server', 'src/index', 'src/app', 'src/main']
const SOURCES = /^(?:src\/|bin\/)?[\w.-]+\.(?:js|mjs|cjs|ts|mts)$/
// A script that says no more than this needs no npm around it, which would be one process more.
const PLAIN_NODE = /^node(?: --?[\w:=./-]+)* [\w./-]+$/

export const NODE: Proposer = {
  language: 'Node.js',
  marker: 'package.json',
  wants: /^package\.json$|^(?:src\/|bin\/)?[\w.-]+\.(?:js|mjs|cjs|ts|mts)$/,
  propose(repository) {
    if (!repository.has('package.json')) return null
    const found = packageOf(repository)
    const draft = new Draft()
    addBuild(found, repository, draft)
    addWeb(found, repository, draft)
    addWorker(found, repository, draft)
    addMigration(found, repository, draft)
    if (found.engines['node'] !== undefined) {
      const place = repository.line('package.json', '"engines"')
      draft.guess(
        [],
        `${place} asks for Node ${found.engines['node']}: see that the image has it, or the PATH of the server on the local engine.`,
      )
    }
    return draft
  },
}

function packageOf(repository: Repository): Package {
  try {
    return Package.catch(Package.parse({})).parse(JSON.parse(repository.text('package.json')))
  } catch {
    return Package.parse({})
  }
}

function addBuild(
  { dependencies, devDependencies, scripts, packageManager }: Package,
  repository: Repository,
  draft: Draft,
): void {
  const lock = INSTALL.find(([file]) => repository.has(file))
  const hasPackages = Object.keys({ ...dependencies, ...devDependencies }).length > 0
  const isBerry = /^yarn@(?!1\.)/.test(packageManager ?? '')
  const install = lock?.[1].replace(
    '--frozen-lockfile',
    isBerry && lock[0] === 'yarn.lock' ? '--immutable' : '--frozen-lockfile',
  )
  const commands = [
    ...(install !== undefined ? [install] : hasPackages ? ['npm install'] : []),
    ...(scripts['build'] === undefined ? [] : ['npm run build']),
  ]
  const from = [
    lock?.[0] ?? 'package.json',
    ...(scripts['build'] === undefined ? [] : [scriptPlace(repository, 'build')]),
  ]
  draft.builds(commands, `From ${from.join(' and ')}.`)
}

function addWeb(found: Package, repository: Repository, draft: Draft): void {
  const start = runOf('start', found, repository)
  const entry = start?.entry ?? mainOf(found, repository)
  const command = start?.command ?? (entry === undefined ? undefined : `node ${entry}`)
  if (command === undefined) return
  const from = start?.place ?? `${entry}: package.json has no script \`start\``
  draft.process('web', { command }, `From ${from}.`)
  const port = repository.find(repository.matching(SOURCES), /process\.env(?:\.PORT|\[['"]PORT)\b/)
  if (port === undefined) {
    draft.guess(
      ['processes', 'web'],
      'No file that was looked at reads process.env.PORT: it must listen on the port that PORT names. If it serves nothing, give it another name than `web`.',
    )
  }
}

function addWorker(found: Package, repository: Repository, draft: Draft): void {
  const script = WORKER_SCRIPTS.map((name) => runOf(name, found, repository)).find(
    (each) => each !== undefined,
  )
  const [file] = repository.matching(/^(?:src\/|bin\/)?workers?\.(?:js|mjs|cjs)$/)
  const command = script?.command ?? (file === undefined ? undefined : `node ${file}`)
  if (command !== undefined) draft.process('worker', { command }, `From ${script?.place ?? file}.`)
  const queue = QUEUES.find((name) => Object.hasOwn(found.dependencies, name))
  if (queue === undefined || command !== undefined) return
  draft.guess(
    [],
    `${repository.line('package.json', `"${queue}"`)} has ${queue}, and nothing was found that works off its jobs: if a process of its own does, add it.`,
  )
}

function addMigration(found: Package, repository: Repository, draft: Draft): void {
  const known = { ...found.dependencies, ...found.devDependencies }
  const tools: readonly (readonly [string | undefined, string, string])[] = [
    [repository.first('prisma/schema.prisma', 'schema.prisma'), 'prisma', 'npx prisma migrate deploy'],
    [repository.matching(/^knexfile\.(?:js|cjs|mjs|ts)$/)[0], 'knex', 'npx knex migrate:latest'],
    [repository.first('.sequelizerc'), 'sequelize-cli', 'npx sequelize-cli db:migrate'],
    [repository.matching(/^drizzle\.config\.(?:js|ts|json)$/)[0], 'drizzle-kit', 'npx drizzle-kit migrate'],
  ]
  const script = MIGRATE_SCRIPTS.map((name) => runOf(name, found, repository)).find(
    (each) => each !== undefined,
  )
  const tool = tools.find(([file, name]) => file !== undefined && Object.hasOwn(known, name))
  const command = script?.command ?? tool?.[2]
  if (command === undefined) return
  draft.migration(command, script?.place ?? tool?.[0])
}

/** What runs a script, and the file that it names, where it is plain enough to tell. */
function runOf(
  name: string,
  { scripts }: Package,
  repository: Repository,
): { command: string; place: string; entry?: string } | undefined {
  const script = Object.hasOwn(scripts, name) ? scripts[name]!.trim() : ''
  if (script === '') return undefined
  const place = scriptPlace(repository, name)
  if (!PLAIN_NODE.test(script)) return { command: name === 'start' ? 'npm start' : `npm run ${name}`, place }
  return { command: script, place, entry: script.split(' ').at(-1)! }
}

function mainOf({ main }: Package, repository: Repository): string | undefined {
  const named = main?.replace(/^\.\//, '')
  if (named !== undefined && /^[\w./-]+$/.test(named) && repository.has(named)) return named
  return repository.first(
    ...ENTRIES.flatMap((entry) => ['js', 'mjs', 'cjs'].map((ending) => `${entry}.${ending}`)),
  )
}

function scriptPlace(repository: Repository, name: string): string {
  return repository.line('package.json', `"${name}":`)
}
