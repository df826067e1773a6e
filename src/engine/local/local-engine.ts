import type { App, AppId } from '../../app/app.ts'
import { systemClock, type Clock } from '../../app/clock.ts'
import { messageOf } from '../../app/errors.ts'
import type { Image } from '../../app/image.ts'
import type { ProcessSpec, TaskSpec } from '../../app/spec.ts'
import type { Database } from '../../store/database.ts'
import type {
  Adapted,
  AdaptedProcess,
  Engine,
  ImageIo,
  ImageRequest,
  MadeImage,
  NewVariable,
  Pin,
  TaskHandle,
  TaskRequest,
} from '../engine.ts'
import type { Lock, LockRequest } from '../lock.ts'
import type { LogLine, LogQuery } from '../logs.ts'
import type { RolloutIo, Transition, Verdict } from '../rollout.ts'
import type { Running } from '../running.ts'
import { KEPT_RELEASES } from '../ledger.ts'
import { adapt, adaptProcess } from './adapt.ts'
import type { Abilities } from './problems.ts'
import type { Host, OnLost } from './host.ts'
import { Images } from './images.ts'
import { LocalLedger } from './ledger.ts'
import { removeTree } from './ownership.ts'
import type { Paths } from './paths.ts'
import { namedImages } from './named-images.ts'
import { closeHost, openHost } from './open-host.ts'
import { Ports } from './ports.ts'
import { ProcessTable } from './process-table.ts'
import type { Router } from './proxy/router.ts'
import { Queue } from '../queue.ts'
import type { Shell, ShellIo, ShellRequest } from '../shell.ts'
import { RunStore } from './run-store.ts'
import { Schedules } from './schedules.ts'
import { Shells } from './shells.ts'
import { Supervisor } from './supervisor.ts'
import { taggedImage } from './tagged-image.ts'
import { LocalTaskRuns } from './task-runs.ts'
import { Tasks } from './tasks.ts'

/** Runs processes on this machine, as children of the server that holds it. One at a time per home. */
export class LocalEngine implements Engine {
  readonly name = 'local'
  readonly ledger: LocalLedger
  readonly taskRuns: LocalTaskRuns
  readonly db: Database
  readonly paths: Paths
  readonly router: Router
  readonly #host: Host
  readonly #images: Images
  readonly #tasks: Tasks
  readonly #shells: Shells
  readonly #schedules: Schedules
  readonly #table: ProcessTable
  readonly #supervisors = new Map<string, Map<string, Supervisor>>()
  readonly #queues = new Map<string, Queue>()

  private constructor(host: Host) {
    this.#host = host
    this.db = host.db
    this.paths = host.paths
    this.router = host.router
    this.ledger = new LocalLedger(host.db, host.clock)
    this.#images = new Images(host, this.ledger)
    const runs = new RunStore(host.db)
    this.#tasks = new Tasks(host, this.#images, runs)
    this.taskRuns = new LocalTaskRuns(host, runs, this.#tasks)
    this.#schedules = new Schedules(host, this.#tasks)
    this.#table = new ProcessTable(host.db)
    const find = (app: string, process: string) => this.#supervisors.get(app)?.get(process)
    this.#shells = new Shells(host, this.#tasks, this.#table, find)
  }

  /** See openHost. Started as root, each app gets a user of its own. */
  static async open(home: string, clock: Clock = systemClock, onLost?: OnLost): Promise<LocalEngine> {
    const isolate = process.getuid?.() === 0
    return new LocalEngine(await openHost(home, { clock, ports: new Ports(), isolate, onLost }))
  }

  /** Makes room for an app and starts what ran when the server was last there. */
  async addApp(app: AppId): Promise<void> {
    await this.#host.users.prepare(app.name)
    await this.#images.sweep(app)
    // Of an earlier server: garbage that cannot be deleted must not keep an app from starting.
    await removeTree(this.paths.places(app.name), this.#host.users.isolated).catch(() => {})
    this.#schedules.start(app)
    for (const state of this.#table.list(app)) this.#supervisor(app, state.spec.name).boot(state)
  }

  /** Stops everything in order; what should run stays written down and comes back with the next start. */
  async close(): Promise<void> {
    this.#schedules.stopAll()
    await Promise.all([this.#tasks.close(), this.#shells.close()])
    await Promise.all(
      [...this.#supervisors.values()].flatMap((each) => [...each.values()].map((one) => one.shutdown())),
    )
    await closeHost(this.#host)
  }

  adapt(app: App): Adapted {
    return adapt(app, abilitiesOf(this.#host))
  }

  adaptProcess(_app: App, spec: ProcessSpec): AdaptedProcess {
    return adaptProcess(spec, abilitiesOf(this.#host))
  }

  countsReplace(): boolean {
    return false
  }

  async observe(app: AppId): Promise<Running> {
    const supervisors = this.#supervisors.get(app.name)
    return {
      processes: this.#table.list(app).map((state) => ({
        ...state,
        instances: supervisors?.get(state.spec.name)?.instances() ?? [],
        events: supervisors?.get(state.spec.name)?.events() ?? [],
        // What is in the table is steady: a rollout writes it down when it has ended.
        settled: true,
      })),
      schedules: this.#schedules.list(app),
      succeeded: this.ledger.succeeded(app),
      underway: (await this.ledger.unfinished(app)).length > 0,
      released: (await this.ledger.releases(app, 1)).length > 0,
      variables: this.#host.variables.list(app.name),
      warnings: [],
      obstacles: [],
    }
  }

  async checkPins(app: AppId, pins: readonly Pin[]): Promise<string[]> {
    const problems = await Promise.all(
      pins.map(async ({ component, reference }) => {
        try {
          await this.#images.resolve(app, component, { kind: 'pinned', reference })
          return []
        } catch (error) {
          return [`${component.replace(':', ' ')}: ${messageOf(error)}`]
        }
      }),
    )
    return problems.flat()
  }

  async findImages(app: AppId, keys: readonly string[]): Promise<ReadonlyMap<string, MadeImage>> {
    const found = await Promise.all(keys.map((key) => this.#images.findWhole(app, key)))
    return new Map(found.flatMap((image) => (image === null ? [] : [[image.key, image]])))
  }

  async makeImage(app: AppId, request: ImageRequest, io: ImageIo): Promise<MadeImage> {
    return this.#images.make(app, request, io)
  }

  async taggedImage(_app: AppId, tag: string): Promise<Image> {
    return taggedImage(tag)
  }

  async runTask(app: AppId, request: TaskRequest): Promise<TaskHandle> {
    return this.#tasks.run(app, request)
  }

  openShell(app: AppId, request: ShellRequest, io: ShellIo): Promise<Shell> {
    return this.#shells.open(app, request, io)
  }

  async rollout(app: AppId, transitions: readonly Transition[], io: RolloutIo): Promise<Verdict[]> {
    return Promise.all(
      transitions.map(async (transition) => {
        const verdict = await this.#supervisor(app, transition.name).transition(transition, io)
        if (transition.after === null) this.#supervisors.get(app.name)?.delete(transition.name)
        return verdict
      }),
    )
  }

  async setSchedules(app: AppId, tasks: readonly TaskSpec[]): Promise<void> {
    this.#schedules.set(app, tasks)
  }

  async setVariable(app: AppId, variable: NewVariable): Promise<void> {
    this.#host.variables.set(app.name, variable)
  }

  async unsetVariable(app: AppId, name: string, process: string | null): Promise<boolean> {
    return this.#host.variables.unset(app.name, name, process)
  }

  logs(app: AppId, query: LogQuery): AsyncIterable<LogLine> {
    const { process: component, ...rest } = query
    return this.#host.logs.of(app.name).read({ component, ...rest })
  }

  async setLogRetention(app: AppId, retention: number | null): Promise<boolean> {
    return this.#host.logs.setRetention(app.name, retention)
  }

  async logNames(app: AppId): Promise<string[]> {
    return this.#host.logs.of(app.name).names()
  }

  async lock(app: AppId, request: LockRequest): Promise<Lock> {
    let queue = this.#queues.get(app.name)
    if (queue === undefined) this.#queues.set(app.name, (queue = new Queue()))
    return queue.enter(request)
  }

  async prune(app: AppId): Promise<void> {
    const releases = await this.ledger.releases(app, KEPT_RELEASES)
    const named = namedImages(this.#table.list(app), this.#schedules.list(app), releases)
    const kept = await this.#images.digestsOf(app, named)
    await this.#images.prune(app, new Set([...this.#tasks.images(app), ...kept]))
    const specs = [...this.#table.list(app).map(({ spec }) => spec), ...this.#schedules.list(app)]
    this.#host.variables.prune(app.name, new Set(specs.flatMap((spec) => Object.values(spec.variables))))
  }

  async removeApp(app: AppId): Promise<void> {
    this.#schedules.stop(app)
    await Promise.all([
      this.#tasks.stopAll(app, 'the app was deleted'),
      this.#shells.stopAll(app, 'the app was deleted'),
    ])
    const supervisors = [...(this.#supervisors.get(app.name)?.values() ?? [])]
    await Promise.all(supervisors.map((supervisor) => supervisor.shutdown()))
    for (const supervisor of supervisors) this.router.remove(app.name, supervisor.name)
    this.#supervisors.delete(app.name)
    await this.#host.logs.close(app.name)
    await this.#images.prune(app, new Set())
    await this.#host.users.endAll(app.name)
    await removeTree(this.paths.app(app.name), this.#host.users.isolated)
    this.db.transaction(() => {
      for (const table of APP_TABLES) this.db.run(`DELETE FROM ${table} WHERE app = ?`, app.name)
    })
  }

  #supervisor(app: AppId, process: string): Supervisor {
    let processes = this.#supervisors.get(app.name)
    if (processes === undefined) this.#supervisors.set(app.name, (processes = new Map()))
    let supervisor = processes.get(process)
    if (supervisor === undefined) {
      supervisor = new Supervisor(app, process, this.#host, this.#images, this.#table)
      processes.set(process, supervisor)
    }
    return supervisor
  }
}

function abilitiesOf({ cgroups, mountTools, paths }: Host): Abilities {
  return { limits: cgroups.limits, mounts: mountTools !== null, home: paths.home }
}

const APP_TABLES = [
  'deployments',
  'releases',
  'task_successes',
  'task_runs',
  'processes',
  'schedules',
  'variables',
  'images',
  'log_retentions',
] as const
