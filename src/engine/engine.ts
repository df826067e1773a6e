import type { App, AppId, Build } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import type { BuiltImage, Image } from '../app/image.ts'
import type { ProcessSpec, TaskSpec } from '../app/spec.ts'
import type { ObserveOptions, Running } from './running.ts'
import type { Transition, RolloutIo, Verdict } from './rollout.ts'
import type { LogQuery, LogLine } from './logs.ts'
import type { LockRequest, Lock } from './lock.ts'
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
