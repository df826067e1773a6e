import type { AppId } from '../app/app.ts'
import type { Clock } from '../app/clock.ts'
import { CancelledError, NotFoundError, UserError } from '../app/errors.ts'
import { deployHere } from '../deploy/deploy-here.ts'
import type { DeployEvent } from '../deploy/events.ts'
import { findDeployment } from '../deploy/find-deployment.ts'
import { logQueryOf, type LogWish } from '../deploy/log-query.ts'
import { preview } from '../deploy/preview.ts'
import type { Remote } from '../deploy/remote.ts'
import { parseOperations, type OperationWords } from '../deploy/operations.ts'
import { requestCommit, requestOperation, requestRollback, type Requested } from '../deploy/requests.ts'
import { runConfigured } from '../deploy/run-configured.ts'
import { parseRun, runEventsUntil, runOnce, type RunEvent, type RunWords } from '../deploy/run-once.ts'
import { openShell, type ShellWords } from '../deploy/shell.ts'
import { deleteRun, findRun, type DeletedRun } from '../deploy/task-runs.ts'
import { setVariable, unsetVariable } from '../deploy/variables.ts'
import { RENEWAL } from '../engine/ecs/parameters/lock-value.ts'
import type { Engine, NewVariable, TaskHandle, Variable } from '../engine/engine.ts'
import type { LogLine } from '../engine/logs.ts'
import type { Running } from '../engine/running.ts'
import type { Deployment, Release } from '../engine/ledger.ts'
import type { Shell, ShellIo } from '../engine/shell.ts'
import type { TaskLogQuery, TaskRun } from '../engine/task-run.ts'
import { Repository } from '../git/repository.ts'
import type { Plan } from '../plan/types.ts'
import { reportBug } from './bug.ts'
import { resolveCommit } from './checkout.ts'
import type { Control, DeployWish, PlanWish, Watched, Watching } from './control.ts'
import { note } from './output.ts'
import { whoAmI } from './who.ts'

export interface EngineControlOptions {
  engine: Engine
  remote: Remote
  app: AppId
  /** The checkout. */
  folder: string
  clock: Clock
}

/** An app on an engine that needs no server: this process does what a server would. */
export class EngineControl implements Control {
  readonly app: string
  readonly #engine: Engine
  readonly #remote: Remote
  readonly #id: AppId
  readonly #folder: string
  readonly #clock: Clock

  constructor({ engine, remote, app, folder, clock }: EngineControlOptions) {
    this.app = app.name
    this.#engine = engine
    this.#remote = remote
    this.#id = app
    this.#folder = folder
    this.#clock = clock
  }

  running({ instances = false }: { instances?: boolean } = {}): Promise<Running> {
    return this.#engine.observe(this.#id, { instances })
  }

  async plan(commit: string, { allow_remove, refresh }: PlanWish, signal: AbortSignal): Promise<Plan> {
    const { request } = await this.#request(commit, { rebuild: false, allow_remove })
    try {
      const wanted = await request.want()
      return (await preview(this.#engine, this.#id, wanted, request.plan, { refresh, signal })).plan
    } catch (error) {
      if (signal.aborted) throw new CancelledError('cancelled: nothing was changed', { cause: error })
      throw error
    }
  }

  async deploy(commit: string, wish: DeployWish, watching: Watching): Promise<Watched> {
    return this.#carryOut(await this.#request(commit, wish), watching)
  }

  async rollback(release: number | null, watching: Watching): Promise<Watched> {
    return this.#carryOut(await requestRollback(this.#engine, this.#id, release), watching)
  }

  async operate(title: string, words: readonly OperationWords[], watching: Watching): Promise<Watched> {
    const changes = await parseOperations(words)
    return this.#carryOut(await requestOperation(this.#engine, this.#id, title, changes), watching)
  }

  deployments(limit: number): Promise<Deployment[]> {
    return this.#engine.ledger.deployments(this.#id, limit)
  }

  deployment(number: number): Promise<Deployment> {
    return findDeployment(this.#engine.ledger, this.#id, number)
  }

  async *events(number: number, follow: boolean, signal: AbortSignal): AsyncGenerator<DeployEvent> {
    const { finished_at } = await this.deployment(number)
    const lines = this.#remote.log.read(this.#id, number, follow && finished_at === null, signal)
    for await (const line of lines) yield JSON.parse(line) as DeployEvent
  }

  async cancel(number: number): Promise<Deployment> {
    const deployment = await this.deployment(number)
    if (deployment.finished_at !== null)
      throw new UserError(`deployment #${number} has ended already: ${deployment.status}`)
    await this.#remote.cancel(this.#id, number)
    note(`-----> The deployer of #${number} is asked to stop, and sees that within ${RENEWAL} s`)
    return deployment
  }

  releases(limit: number): Promise<Release[]> {
    return this.#engine.ledger.releases(this.#id, limit)
  }

  async release(number: number): Promise<Release> {
    const release = await this.#engine.ledger.release(this.#id, number)
    if (release !== null) return release
    throw new NotFoundError(`${this.app} has no release v${number}`)
  }

  async variables(): Promise<Variable[]> {
    return (await this.running()).variables
  }

  setVariable(variable: NewVariable): Promise<void> {
    return setVariable(this.#engine, this.#id, variable)
  }

  unsetVariable(name: string, process: string | null): Promise<void> {
    return unsetVariable(this.#engine, this.#id, name, process)
  }

  async *run(words: RunWords, signal: AbortSignal): AsyncGenerator<RunEvent> {
    yield* runEventsUntil(await this.#run(words, null), signal, reportBug)
  }

  async #run(words: RunWords, initiated_by: string | null): Promise<TaskHandle> {
    const request = await parseRun(words)
    const by = initiated_by ?? (await whoAmI(this.#folder))
    return runOnce(this.#engine, this.#id, { ...request, initiated_by: by })
  }

  async openShell(words: ShellWords, io: ShellIo): Promise<Shell> {
    return openShell(this.#engine, this.#id, words, await whoAmI(this.#folder), io)
  }

  async startTask(words: RunWords, initiated_by: string | null): Promise<TaskRun> {
    return (await this.#run(words, initiated_by)).run
  }

  async startConfigured(task: string, initiated_by: string | null): Promise<TaskRun> {
    const by = initiated_by ?? (await whoAmI(this.#folder))
    return (await runConfigured(this.#engine, this.#id, task, by)).run
  }

  tasks(limit: number): Promise<TaskRun[]> {
    return this.#engine.taskRuns.list(this.#id, limit)
  }

  task(id: string): Promise<TaskRun> {
    return findRun(this.#engine, this.#id, id)
  }

  taskLogs(id: string, query: TaskLogQuery): AsyncIterable<LogLine> {
    return this.#engine.taskRuns.logs(this.#id, id, query)
  }

  async deleteTask(id: string): Promise<DeletedRun> {
    return deleteRun(this.#engine, this.#id, id, await whoAmI(this.#folder))
  }

  async *logs({ signal, ...wish }: LogWish): AsyncGenerator<LogLine> {
    const query = await logQueryOf(this.#engine, this.#id, wish)
    yield* this.#engine.logs(this.#id, { ...query, signal })
  }

  async #request(revision: string, { rebuild, allow_remove }: Omit<DeployWish, 'force'>): Promise<Requested> {
    const commit = await resolveCommit(this.#folder, revision)
    if (commit === null) {
      throw new NotFoundError(
        `there is no commit ${JSON.stringify(revision.slice(0, 80))} in this checkout`,
        {
          hint: 'fetch it first',
        },
      )
    }
    const repository = await Repository.open(this.#folder)
    const buildEnvironment = process.env
    const options = { repository, commit, rebuild, allow_remove, clock: this.#clock, buildEnvironment }
    return requestCommit(this.#engine, this.#id, options)
  }

  /** The first Ctrl-C cancels the deployment: nobody else would carry it on. */
  async #carryOut(requested: Requested, { show, signal }: Watching): Promise<Watched> {
    const sayCancelled = (): void => {
      note('-----> Cancelling: what is in flight is rolled back')
      note('       Ctrl-C again leaves at once, and the next deployment completes what is left')
    }
    signal.addEventListener('abort', sayCancelled, { once: true })
    try {
      const by = await whoAmI(this.#folder)
      const request = { app: this.#id, by, ...requested }
      const io = { signal, clock: this.#clock, emit: show, onBug: reportBug }
      const { number, outcome } = await deployHere(this.#engine, this.#remote.log, request, io)
      return { number, outcome }
    } finally {
      signal.removeEventListener('abort', sayCancelled)
    }
  }
}
