import type { App, EngineName } from '../../app/app.ts'
import { appOf } from '../gantry-yml/write-silent.ts'
import type { Plain, PlainMap } from '../gantry-yml/write-yaml.ts'
import type { Note } from '../gantry-yml/write.ts'
import { readDockerfile } from './dockerfile.ts'
import { forEcs } from './ecs.ts'
import { GO } from './go.ts'
import { NODE } from './node.ts'
import { PHP } from './php.ts'
import { fromProcfileDev } from './procfile-dev.ts'
import type { Proposal, ProposedProcess, Proposer } from './proposer.ts'
import { PYTHON } from './python.ts'
import type { Repository } from './repository.ts'
import { RUBY } from './ruby.ts'
import { RUST } from './rust.ts'
import { withDockerfile } from './with-dockerfile.ts'

/** The first that finds something to run decides. Node.js is last: others have a package.json for their assets. */
const PROPOSERS: readonly Proposer[] = [RUBY, PHP, PYTHON, GO, RUST, NODE]

/** Files whose content decides about a proposal. */
export const WANTED: readonly RegExp[] = [
  /^(?:Dockerfile|Procfile\.dev)$/,
  ...PROPOSERS.map(({ wants }) => wants),
]

/** The files by which something is recognised, for people. */
export const MARKERS: readonly string[] = ['Dockerfile', ...PROPOSERS.map(({ marker }) => marker)]

const SOURCES = /\.(?:js|mjs|cjs|ts|py|rb|go|rs|php)$/
const HEALTH_ROUTE = /["'`](\/(?:healthz?|health_check|livez|readyz|up|ping))\/?["'`]/

export interface ProposeOptions {
  name: string
  engine: EngineName
}

export interface ProposedApp {
  app: App
  notes: Note[]
  /** What was found: `Node.js`, `Dockerfile`. */
  found: string[]
}

/** A config for a repository that has none, from what its files look like. Null where nothing tells what to run. */
export function propose(repository: Repository, { name, engine }: ProposeOptions): ProposedApp | null {
  const dockerfile = readDockerfile(repository)
  const all = PROPOSERS.flatMap((proposer) => {
    const proposal = proposer.propose(repository)
    return proposal === null ? [] : [{ ...proposer, proposal }]
  })
  const main = all.find(({ proposal }) => Object.keys(proposal.processes).length > 0) ?? all[0]
  const proposal = withDockerfile(main?.proposal ?? NOTHING, dockerfile, engine)
  const extra = fromProcfileDev(repository, proposal)
  const processes = withHealthCheck({ ...proposal.processes, ...extra.processes }, repository)
  if (Object.keys(processes.all).length === 0) return null
  const resolved = appOf(configOf({ ...proposal, processes: processes.all }, engine), {
    name,
    environment: 'default',
  })
  const { app, notes } = engine === 'ecs' ? forEcs(resolved) : { app: resolved, notes: [] }
  const unused = all.flatMap(({ language, marker, proposal: other }): Note[] =>
    other === main?.proposal || other.build === undefined
      ? []
      : [
          {
            path: [],
            text: `There is ${language} too (${marker}), which this does not use. It would be built with: ${other.build}`,
          },
        ],
  )
  return {
    app,
    notes: [
      ...unused,
      ...proposal.guesses,
      ...secretGuesses(proposal),
      ...extra.guesses,
      ...processes.guesses,
      ...notes,
    ],
    found: [
      ...(main === undefined ? [] : [main.language]),
      ...(dockerfile === null ? [] : ['Dockerfile']),
      ...(Object.keys(extra.processes).length === 0 ? [] : ['Procfile.dev']),
    ],
  }
}

const NOTHING: Proposal = { processes: {}, tasks: {}, guesses: [] }

function secretGuesses({ secrets = [] }: Proposal): Note[] {
  return secrets.map((name) => ({
    path: ['secrets', name],
    text: `Set it with \`gantry env set ${name} --secret\`.`,
  }))
}

function withHealthCheck(
  all: Proposal['processes'],
  repository: Repository,
): { all: Proposal['processes']; guesses: Note[] } {
  const route = repository.find(repository.matching(SOURCES), HEALTH_ROUTE)
  const web: ProposedProcess | undefined = all['web']
  if (web === undefined || route === undefined) return { all, guesses: [] }
  return {
    all: { ...all, web: { ...web, health_check: { path: route.groups[0]! } } },
    guesses: [{ path: ['processes', 'web', 'health_check'], text: `From ${route.place}.` }],
  }
}

function configOf(
  { build, buildEnv, env, secrets = [], processes, tasks }: Proposal,
  engine: EngineName,
): PlainMap {
  const { web, ...others } = processes
  const free = Object.entries({ ...(web && { web }), ...others }).filter(
    ([name]) => !Object.hasOwn(tasks, name),
  )
  return plainMap({
    engine,
    ...(build !== undefined && { build: { command: build } }),
    env: { ...env, ...buildEnv },
    secrets: Object.fromEntries(secrets.map((name) => [name, 'gantry'])),
    processes: Object.fromEntries(free),
    tasks,
  })
}

function plainMap(data: object): PlainMap {
  return new Map(
    Object.entries(data).flatMap(([key, value]: [string, unknown]) =>
      value === undefined ? [] : [[key, plain(value)] as const],
    ),
  )
}

function plain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? plainMap(value)
    : (value as Plain)
}
