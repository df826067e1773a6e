import type { App, AppId, Build } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import type { BuiltImage, Image } from '../app/image.ts'
import type { ProcessSpec, ProcessState, TaskSpec } from '../app/spec.ts'
import type { Ledger } from './ledger.ts'
import type { Shell, ShellIo, ShellRequest } from './shell.ts'
import type { TaskRun, TaskRuns } from './task-run.ts'

/**
 * Where instances run. The core knows engines only through this port; `test/engine/contract.ts` is what each must pass.
 *
 * Whatever waits takes an AbortSignal and stops waiting soon after it fires. Expected failures are UserErrors.
 */
export interface Engine {
  readonly name: string
  readonly ledger: Ledger
  readonly taskRuns: TaskRuns

  /**
   * What this engine makes of an app: sizes it offers, and a diagnostic for each thing that it cannot honour.
   * Pure: asks nothing and changes nothing.
   */
  adapt(app: App): Adapted

  /**
   * The same for one process when an operator's fields are laid over the config's, or when the config does not name it.
   * Pure. What `adapt` has made of a process stays as it is.
   */
  adaptProcess(app: App, spec: ProcessSpec): AdaptedProcess

  /**
   * Whether new instances take the place of all where only counts go from one to the other. Pure. Definitions replace
   * them on every engine, so it is asked about counts alone.
   */
  countsReplace(before: ProcessSpec, after: ProcessSpec): boolean

  /** What runs now. */
  observe(app: AppId, options?: ObserveOptions): Promise<Running>

  /**
   * Whether these pinned images can be run; a sentence for each that cannot. Asked before anything changes.
   */
  checkPins(app: AppId, pins: readonly Pin[]): Promise<string[]>

  /** The images that were made for content keys, the newest of each. A key that has none is not in the answer. */
  findImages(app: AppId, keys: readonly string[]): Promise<ReadonlyMap<string, MadeImage>>
  /** Makes an image from a source. Resolves when it is whole and can be run; leaves nothing behind when it fails. */
  makeImage(app: AppId, request: ImageRequest, io: ImageIo): Promise<MadeImage>

  /**
   * The image of the app's own that has this tag: of its repository, or what stands for tags where there is none. Rejects
   * with a NotFoundError.
   */
  taggedImage(app: AppId, tag: string): Promise<Image>

  /** Starts a task. Rejects when it cannot start; how it ends is in the handle's result. */
  runTask(app: AppId, request: TaskRequest): Promise<TaskHandle>

  /**
   * Starts a command that somebody talks to, in a fresh instance or in one that runs. Resolves when it has begun; rejects
   * with a UserError when it cannot. Whoever asked must read its output, and stop it when they are done.
   */
  openShell(app: AppId, request: ShellRequest, io: ShellIo): Promise<Shell>

  /**
   * Makes all transitions true at once and watches each until it is known how it went. Never rejects for a process
   * that fails: that is its verdict. When the signal fires, what is in flight is stopped and judged `cancelled`.
   */
  rollout(app: AppId, transitions: readonly Transition[], io: RolloutIo): Promise<Verdict[]>

  /** Makes exactly these schedules run; all others of the app stop. */
  setSchedules(app: AppId, tasks: readonly TaskSpec[]): Promise<void>

  /** The variables that people set by hand. Values go in and never come out. */
  setVariable(app: AppId, variable: NewVariable): Promise<void>
  /** False when there was none. */
  unsetVariable(app: AppId, name: string, process: string | null): Promise<boolean>

  /** Output of processes and tasks, oldest first; with `follow` it goes on until the signal fires. */
  logs(app: AppId, query: LogQuery): AsyncIterable<LogLine>

  /**
   * For how long output is kept from now on, in seconds; null leaves that to the engine. True where that is new. Output
   * that is older may be gone at once.
   */
  setLogRetention(app: AppId, retention: number | null): Promise<boolean>

  /** Which processes and tasks have written something: `web`, `task.migrate`. */
  logNames(app: AppId): Promise<string[]>

  /**
   * Takes the lock of an app, in the order of asking, or waits for it. Rejects with a SupersededError when a newer
   * deployment came while this one waited.
   */
  lock(app: AppId, request: LockRequest): Promise<Lock>

  /** Frees what no process, pin, task or kept release names. */
  prune(app: AppId): Promise<void>
  /** Stops and deletes everything of an app. */
  removeApp(app: AppId): Promise<void>
}

export interface ObserveOptions {
  /** Whether single instances are wanted as well: where that costs calls, they are left out otherwise. */
  instances?: boolean
  /** Trust nothing that was remembered: read everything, and find what was changed by other hands. */
  refresh?: boolean
  /** Processes that somebody wants to have: whether they can be made is looked at as well. */
  wanted?: readonly WantedProcess[]
  signal?: AbortSignal
}

/** `ecs.service` of a process may name what it is called there. */
export type WantedProcess = Pick<ProcessSpec, 'name' | 'ecs'>

export interface Adapted {
  app: App
  diagnostics: Diagnostic[]
}

export interface AdaptedProcess {
  spec: ProcessSpec
  problems: FieldProblem[]
}

/** What an engine cannot honour in a process or a task (error), or makes otherwise than it was asked (warning). */
export interface FieldProblem {
  severity: Diagnostic['severity']
  /** The fields that make it together, the one to change first: `['memory', 'cpu']`, `['health_check.interval']`. */
  fields: readonly [string, ...string[]]
  message: string
  hint?: string
}

export interface Running {
  processes: RunningProcess[]
  /** Schedules that are in force. */
  schedules: TaskSpec[]
  /** Per task name, the fingerprint with which it last succeeded. */
  succeeded: Record<string, string>
  variables: Variable[]
  /** Whether there is a deployment that began and did not end: it goes on, or its deployer died. */
  underway: boolean
  /** Whether there is a release: what runs may have been adopted, and never have been deployed. */
  released: boolean
  /** What is odd about what was found, a sentence each. */
  warnings: string[]
  /** The wanted processes that cannot be made, because something else is where they would be. */
  obstacles: Obstacle[]
}

export interface Obstacle {
  process: string
  /** Why, and what to do about it. */
  reason: string
}

export interface RunningProcess extends ProcessState {
  instances: Instance[]
  /** What has happened to it lately, newest first, as far as the engine remembers; with the instances. */
  events: ProcessEvent[]
  /** False while a rollout of it goes on that nobody here has begun: how that ends is not known yet. */
  settled: boolean
}

export interface ProcessEvent {
  /** ISO time. */
  at: string
  /** In the engine's own words. */
  text: string
}

/** How many events of a process are told. */
export const LATEST_EVENTS = 20

export type InstanceState = 'starting' | 'up' | 'unhealthy' | 'stopping' | 'backing_off' | 'exited'

export interface Instance {
  /** Unique and never used again: `web.1-3f9c2a`. */
  id: string
  state: InstanceState
  /** ISO time of the start. */
  since: string
  pid: number | null
  /** `host:port` where it answers, when it has a port. */
  address: string | null
  /** What it runs. */
  image: string
  restarts: number
  /** How the one before it in its place ended. */
  last_exit: string | null
}

/** A variable set by hand, without its value. */
export interface Variable {
  name: string
  /** Null: reaches every process and task. */
  process: string | null
  secret: boolean
  /** Grows with every change of the value. */
  version: number
}

export interface NewVariable {
  name: string
  value: string
  process: string | null
  secret: boolean
}

export interface Pin {
  /** `process:web`, `task:migrate`. */
  component: string
  reference: string
}

export interface MadeImage extends BuiltImage {
  digest: string
  /** ISO time. */
  created_at: string
}

/** Where an image comes from: the exact entries that its content key covers. */
export interface ImageRequest {
  key: string
  build: Build
  source: ImageSource
  /** Whether it is made although there is one, and of nothing that was kept from before. */
  anew?: boolean
  /** Values of `build.secrets` by id. */
  secrets?: Readonly<Record<string, string>>
}

export interface ImageSource {
  /** What will be written, in bytes. */
  readonly bytes: number
  readonly files: number
  /** Writes exactly the hashed entries into an empty folder. */
  write(folder: string, signal: AbortSignal): Promise<void>
}

export interface ImageIo {
  signal: AbortSignal
  log: (line: string) => void
}

export interface TaskRequest {
  spec: TaskSpec
  /** Who or what started it, free text. */
  initiated_by: string
  deployment: number | null
}

export interface TaskHandle {
  /** As it was when it started. */
  run: TaskRun
  id: string
  /** Lines as they come; ends when the task has ended. */
  logs: AsyncIterable<string>
  result: Promise<TaskResult>
  /** SIGTERM, the stop timeout, SIGKILL. Resolves when it is gone. */
  stop(reason: string): Promise<void>
}

export interface TaskResult {
  /** Null when a signal or the engine ended it. */
  exit_code: number | null
  /** Seconds. */
  duration: number
  /** Why it ended, when that was not its own doing: `time limit of 1 h`, `signal SIGKILL`. */
  reason: string | null
  /** What to do about it, for the common causes. */
  hint: string | null
}

/** What is to become of one process. Before is null for a new one, after for one that goes. */
export interface Transition {
  name: string
  before: ProcessState | null
  after: ProcessState | null
}

export interface RolloutIo {
  signal: AbortSignal
  /** When it fires, nothing is written any more, not even what takes things back: that is for whoever has the lock. */
  lost?: AbortSignal
  report: (event: RolloutEvent) => void
  /**
   * Told as soon as a process is known not to become steady, before it is taken back: its verdict comes after that. The
   * signal may be fired then, and does not change that verdict any more.
   */
  failing?: (process: string) => void
}

/** What happens to instances while a rollout goes on. */
export type RolloutEvent =
  | { type: 'instance.started'; process: string; instance: string }
  | { type: 'instance.up'; process: string; instance: string; address: string | null }
  | { type: 'instance.failed'; process: string; instance: string; reason: string }
  | { type: 'instance.stopped'; process: string; instance: string }
  | { type: 'process.steady'; process: string; instances: number }
  /** What it waits for is not its own to give, such as spot capacity. */
  | { type: 'process.waiting'; process: string; reason: string }
  | { type: 'notice'; text: string }

export interface Verdict {
  process: string
  outcome: 'steady' | 'failed' | 'timed_out' | 'cancelled' | 'superseded'
  /** What runs now. `neither`: something in between, to be rolled back by whoever asked. */
  runs: 'before' | 'after' | 'neither'
  reason: string | null
  exit_code: number | null
  /** The last lines of the instance that failed. */
  log: string[]
  /** What to do about it, for the common causes. */
  hint: string | null
}

export interface LogQuery {
  /** Null: all. */
  process: string | null
  /** Only what this instance wrote; it may be long gone. */
  instance?: string
  /** ISO time: nothing that was written earlier. */
  since?: string
  /** ISO time: nothing that was written then or later. Nothing is followed beyond it. */
  before?: string
  follow: boolean
  /** How many of the last lines to begin with. */
  lines: number
  signal: AbortSignal
}

export interface LogLine {
  /** ISO time. */
  time: string
  /** `web.1-3f9c2a`, `web.1-3f9c2a/proxy` for what runs beside it, `task.migrate-77ab01`; on ecs `web/proxy-3f9c2a1b`. */
  instance: string
  stream: 'out' | 'err' | 'gantry'
  text: string
}

export interface LockRequest {
  deployment: number
  /** Whether it makes waiting ones like itself out of date, and is made so by later ones: pushes, not an operator's changes. */
  supersedes: boolean
  /** What the one that waits is told. */
  onWait: (holder: number) => void
  /** Whether whoever held it for this very deployment is known to be dead: then it is taken over at once. */
  inherits?: boolean
  signal: AbortSignal
}

export interface Lock {
  /** Fires when it is held no longer, or when somebody asked from elsewhere that its deployment stop. */
  readonly signal: AbortSignal
  /** Fires, with a LockLostError, when it is held no longer: from then on somebody else may be at work. */
  readonly lost: AbortSignal
  release(): Promise<void>
}
