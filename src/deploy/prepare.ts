import type { App, AppId } from '../app/app.ts'
import type { Clock } from '../app/clock.ts'
import { ConfigError, type Diagnostic } from '../app/errors.ts'
import type { BuiltImage, Image } from '../app/image.ts'
import { imageUsers } from '../app/image-users.ts'
import { imageRequests } from '../build/images.ts'
import { refusedSecrets, type BuildEnvironment } from '../build/secrets.ts'
import type { ResolvedConfig } from '../config/read.ts'
import type { Engine, ImageRequest } from '../engine/engine.ts'
import type { Release } from '../engine/ledger.ts'
import { configFiles } from '../git/config-files.ts'
import type { Repository } from '../git/repository.ts'
import { layOver, type Overrides } from './overrides.ts'
import { powerProblems, type Power } from './power.ts'

/** What a deployment is to make true. */
export interface Wanted {
  app: App
  commit: string | null
  /** Per component (`process:web`, `task:migrate`) what it is to run. */
  images: ReadonlyMap<string, Image>
  /** Per content key how to make the image. */
  requests: ReadonlyMap<string, ImageRequest>
  /** Keys whose image exists and is to be made anew. */
  rebuild: ReadonlySet<string>
  /** What build secrets are read from, when something is built. */
  buildEnvironment: BuildEnvironment
  warnings: Diagnostic[]
  /** The config files that were read. */
  files: string[]
}

export interface CommitOptions {
  app: AppId
  repository: Repository
  commit: string
  /** Make every image anew. */
  rebuild: boolean
  clock: Clock
  /** The file to read instead of those that are found, from the root. */
  config?: string | undefined
  overrides?: Overrides
  /**
   * Where it is not for the file to choose what it may do; its `ecs` is that of the app then. It is asked for when the
   * deployment has its turn: what was taken away while it waited is not given.
   */
  power?: (() => Power) | undefined
  /**
   * The variables that `build.secrets` may name. Left out, it may name none: where somebody else pushes the config, as to
   * a server, it must not choose what it is given.
   */
  buildEnvironment?: BuildEnvironment
}

/** What the config of a commit asks for, on this engine. Reads only. */
export async function wantCommit(engine: Engine, options: CommitOptions): Promise<Wanted> {
  const { app: id, repository, commit } = options
  const power = options.power?.()
  const { overrides = { ecs: power?.ecs ?? {}, image: null } } = options
  // Loaded with the first deployment: an idle server does without the schema, which takes a good part of its memory.
  const { readConfig } = await import('../config/read.ts')
  const config = await readConfig(configFiles(repository, commit), {
    name: id.name,
    environment: id.environment,
    config: options.config,
  })
  const adapted = engine.adapt(layOver(config.app, overrides))
  const diagnostics = [
    ...settingsDiagnostics(engine, id, config, power),
    ...adapted.diagnostics,
    ...(options.buildEnvironment === undefined ? refusedSecrets(adapted.app) : []),
  ].map((each) => located(each, config))
  if (diagnostics.some((each) => each.severity === 'error')) {
    throw new ConfigError([...config.warnings, ...diagnostics])
  }
  const app = { ...adapted.app, engine: config.app.engine }
  const { requests, warnings } = await imageRequests(app, repository, commit, config.files)
  const chosen = await chooseImages(engine, id, app, requests, options)
  return {
    app,
    commit,
    ...chosen,
    requests: new Map([...requests.values()].map((request) => [request.key, request])),
    buildEnvironment: options.buildEnvironment ?? {},
    warnings: [...config.warnings, ...diagnostics, ...warnings],
    files: config.files,
  }
}

/** What a release was. Its images exist; nothing is built. */
export function wantRelease(release: Release): Wanted {
  return {
    app: release.app,
    commit: release.commit,
    images: new Map<string, Image>([...pinsOf(release.app), ...Object.entries(release.images)]),
    requests: new Map(),
    rebuild: new Set(),
    buildEnvironment: {},
    warnings: [],
    files: [],
  }
}

/**
 * The same where others decide what the app may do: where and as what it runs is theirs to say as of now, and what it
 * may no longer have it does not get back.
 *
 * @throws ConfigError
 */
export function underPower(engine: Pick<Engine, 'name' | 'adapt'>, wanted: Wanted, power: Power): Wanted {
  if (engine.name !== 'ecs') return wanted
  const now = { ...wanted.app, ecs: power.ecs }
  const { app, diagnostics } = engine.adapt(now)
  const problems = [...powerProblems(now, power, () => true), ...diagnostics]
  if (problems.some(({ severity }) => severity === 'error')) throw new ConfigError(problems)
  return { ...wanted, app }
}

async function chooseImages(
  engine: Engine,
  id: AppId,
  app: App,
  requests: ReadonlyMap<string, ImageRequest>,
  { rebuild, clock }: CommitOptions,
): Promise<Pick<Wanted, 'images' | 'rebuild'>> {
  const images = new Map<string, Image>(pinsOf(app))
  const anew = new Set<string>()
  const made = await engine.findImages(id, [...new Set([...requests.values()].map(({ key }) => key))])
  for (const [component, request] of requests) {
    const found = made.get(request.key)
    const age = found === undefined ? 0 : (clock.now() - Date.parse(found.created_at)) / 1_000
    if (found !== undefined && (rebuild || age > (request.build.max_age ?? Infinity))) anew.add(request.key)
    const digest = found === undefined || anew.has(request.key) ? null : found.digest
    images.set(component, { kind: 'built', key: request.key, digest })
  }
  return { images, rebuild: anew }
}

function pinsOf(app: App): [string, Image][] {
  return imageUsers(app).flatMap(({ id, image }): [string, Image][] =>
    image === null ? [] : [[id, { kind: 'pinned', reference: image }]],
  )
}

/** The pushed file does not choose its power: which app and which engine it is, is not for it to say. */
function settingsDiagnostics(
  engine: Engine,
  id: AppId,
  config: ResolvedConfig,
  power: Power | undefined,
): Diagnostic[] {
  const found: Diagnostic[] = []
  const isWritten = (path: string): boolean => config.provenance[path]?.kind !== 'default'
  if (config.app.name !== id.name) {
    found.push({
      severity: 'error',
      path: 'app',
      message: `this repository deploys the app ${id.name}, and its config says ${config.app.name}`,
      hint: 'leave `app` out, or push to the app that it names',
    })
  }
  // A file that names no engine asks for none.
  if (config.app.engine !== engine.name && isWritten('engine')) {
    found.push(
      power === undefined
        ? {
            severity: 'warning',
            path: 'engine',
            message: `deployed to ${engine.name}: the engine is a setting of the app here, not of the file`,
          }
        : {
            severity: 'error',
            path: 'engine',
            message: `the engine is a setting of the app here, and is ${engine.name}; the file says ${config.app.engine}`,
            hint: `leave it out, or have an admin set it: gantry app set ${id.name} engine=${config.app.engine}`,
          },
    )
  }
  // Elsewhere none of it is used.
  if (power !== undefined && engine.name === 'ecs') found.push(...powerProblems(config.app, power, isWritten))
  return found
}

/** Gives a diagnostic that names a path the place where that value is written. */
function located(diagnostic: Diagnostic, config: ResolvedConfig): Diagnostic {
  const origin = diagnostic.path === undefined ? undefined : config.provenance[diagnostic.path]
  if (origin === undefined || origin.kind === 'default' || diagnostic.place !== undefined) return diagnostic
  const { file, line } = origin
  return { ...diagnostic, place: { file, line, column: origin.kind === 'file' ? origin.column : 1 } }
}

/** The images of all components, with the digests that this deployment made. */
export function builtImages(
  wanted: Wanted,
  digests: ReadonlyMap<string, string>,
): Record<string, BuiltImage> {
  return Object.fromEntries(
    [...wanted.images].flatMap(([component, image]) =>
      image.kind === 'built'
        ? [[component, { ...image, digest: digests.get(image.key) ?? image.digest }]]
        : [],
    ),
  )
}
