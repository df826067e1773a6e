import { NotFoundError } from '../app/errors.ts'
import type { DeployEvent } from '../deploy/events.ts'
import type { LogWish } from '../deploy/log-query.ts'
import type { OperationWords } from '../deploy/operations.ts'
import type { RunEvent, RunWords } from '../deploy/run-once.ts'
import type { ShellWords } from '../deploy/shell.ts'
import type { DeletedRun } from '../deploy/task-runs.ts'
import type { NewVariable, Variable } from '../engine/engine.ts'
import type { LogLine } from '../engine/logs.ts'
import type { Running } from '../engine/running.ts'
import type { Deployment, Outcome, Release } from '../engine/ledger.ts'
import type { Shell, ShellIo } from '../engine/shell.ts'
import type { TaskLogQuery, TaskRun } from '../engine/task-run.ts'
import type { Plan } from '../plan/types.ts'
import { resolveCommit } from './checkout.ts'
import { path, withQuery, type Client } from './client.ts'
import { ServerError } from './connection-error.ts'
import type { Control, DeployWish, PlanWish, Watched, Watching } from './control.ts'
import { note } from './output.ts'
import { deployByPush, handOver } from './server-push.ts'
import { openRemoteShell } from './shell-socket.ts'

/** What the API takes as the title of a deployment. */
const LONGEST_TITLE = 300

/** An app of a server, which is asked over HTTP. Deployments go on there whoever watches. */
export class ServerControl implements Control {
  readonly app: string
  readonly #client: Client
  /** The checkout. */
  readonly #folder: string

  constructor(client: Client, app: string, folder: string) {
    this.#client = client
    this.app = app
    this.#folder = folder
  }

  running({ instances = false }: { instances?: boolean } = {}): Promise<Running> {
    return this.#client.get(withQuery(path`/apps/${this.app}/running`, { instances }))
  }

  /** The commit is handed over first where the server lacks it. */
  async plan(commit: string, wish: PlanWish, signal: AbortSignal): Promise<Plan> {
    const sha = await resolveCommit(this.#folder, commit)
    const ask = () =>
      this.#client.post<Plan>(path`/apps/${this.app}/plans`, { commit: sha ?? commit, ...wish })
    try {
      return await ask()
    } catch (error) {
      if (sha === null || !(error instanceof NotFoundError)) throw error
      await handOver(this.#client, { folder: this.#folder, app: this.app, sha, signal })
      return ask()
    }
  }

  /** Pushes the commit, or deploys it again where there is nothing to push. */
  async deploy(commit: string, wish: DeployWish, watching: Watching): Promise<Watched> {
    const sha = await resolveCommit(this.#folder, commit)
    if (sha !== null) {
      const target = { folder: this.#folder, app: this.app, sha, signal: watching.signal }
      const pushed = await deployByPush(this.#client, target, wish)
      if (pushed?.outcome === null && pushed.number !== null) this.#noteThatItGoesOn(pushed.number)
      if (pushed !== null) return pushed
    }
    const { rebuild, allow_remove } = wish
    const body = { commit: sha ?? commit, rebuild, allow_remove }
    return this.#follow(await this.#client.post(path`/apps/${this.app}/deployments`, body), watching)
  }

  async rollback(release: number | null, watching: Watching): Promise<Watched> {
    return this.#follow(await this.#client.post(path`/apps/${this.app}/rollbacks`, { release }), watching)
  }

  async operate(title: string, operate: readonly OperationWords[], watching: Watching): Promise<Watched> {
    const body = { title: title.slice(0, LONGEST_TITLE), operate }
    return this.#follow(await this.#client.post(path`/apps/${this.app}/operations`, body), watching)
  }

  deployments(limit: number): Promise<Deployment[]> {
    return this.#client.list(withQuery(path`/apps/${this.app}/deployments`, { limit }))
  }

  deployment(number: number): Promise<Deployment> {
    return this.#client.get(path`/apps/${this.app}/deployments/${number}`)
  }

  events(number: number, follow: boolean, signal: AbortSignal): AsyncIterable<DeployEvent> {
    const url = withQuery(path`/apps/${this.app}/deployments/${number}/events`, { follow })
    return this.#client.events(url, signal)
  }

  cancel(number: number): Promise<Deployment> {
    return this.#client.post(path`/apps/${this.app}/deployments/${number}/cancel`)
  }

  releases(limit: number): Promise<Release[]> {
    return this.#client.list(withQuery(path`/apps/${this.app}/releases`, { limit }))
  }

  release(number: number): Promise<Release> {
    return this.#client.get(path`/apps/${this.app}/releases/${number}`)
  }

  variables(): Promise<Variable[]> {
    return this.#client.list(path`/apps/${this.app}/variables`)
  }

  setVariable({ name, ...variable }: NewVariable): Promise<void> {
    return this.#client.put(path`/apps/${this.app}/variables/${name}`, variable)
  }

  unsetVariable(name: string, process: string | null): Promise<void> {
    const variable = path`/apps/${this.app}/variables/${name}`
    return this.#client.delete(process === null ? variable : withQuery(variable, { process }))
  }

  async *run(words: RunWords, signal: AbortSignal): AsyncGenerator<RunEvent> {
    let hasEnded = false
    // Closing the stream is what stops the command.
    const events = this.#client.eventsOf<RunEvent>(path`/apps/${this.app}/runs`, words, signal)
    for await (const event of events) {
      hasEnded = 'reason' in event
      yield event
    }
    if (!hasEnded && !signal.aborted)
      throw new ServerError('the server stopped telling about the command before it ended')
  }

  logs({ process, signal, ...wish }: LogWish): AsyncIterable<LogLine> {
    const query = { ...wish, ...(process !== null && { process }) }
    return this.#client.events(withQuery(path`/apps/${this.app}/logs`, query), signal)
  }

  openShell(words: ShellWords, io: ShellIo): Promise<Shell> {
    return openRemoteShell(this.#client.endpoint, path`/apps/${this.app}/shells`, words, io)
  }

  startTask(words: RunWords, initiated_by: string | null): Promise<TaskRun> {
    return this.#client.post(path`/apps/${this.app}/tasks`, { ...words, initiated_by })
  }

  startConfigured(task: string, initiated_by: string | null): Promise<TaskRun> {
    return this.#client.post(path`/apps/${this.app}/tasks/${task}/runs`, { initiated_by })
  }

  tasks(limit: number): Promise<TaskRun[]> {
    return this.#client.list(withQuery(path`/apps/${this.app}/tasks`, { limit }))
  }

  task(id: string): Promise<TaskRun> {
    return this.#client.get(path`/apps/${this.app}/tasks/${id}`)
  }

  taskLogs(id: string, { follow, signal }: TaskLogQuery): AsyncIterable<LogLine> {
    const url = withQuery(path`/apps/${this.app}/tasks/${id}/logs`, { follow })
    return this.#client.events(url, signal)
  }

  deleteTask(id: string): Promise<DeletedRun> {
    return this.#client.delete(path`/apps/${this.app}/tasks/${id}`)
  }

  /** The first Ctrl-C ends the watching only: like one that came with a push, the deployment goes on. */
  async #follow({ number }: Deployment, { show, signal }: Watching): Promise<Watched> {
    let outcome: Outcome | null = null
    for await (const event of this.events(number, true, signal)) {
      show(event)
      if (event.type === 'deployment.finished') outcome = event.outcome
    }
    if (outcome === null && !signal.aborted) {
      throw new ServerError(`the server stopped telling about deployment #${number} before it ended`, {
        hint: `see what became of it: gantry deployment show ${number}`,
      })
    }
    if (outcome === null) this.#noteThatItGoesOn(number)
    return { number, outcome }
  }

  /** Says how to come back to a deployment that nobody watches any more. */
  #noteThatItGoesOn(number: number): void {
    note(`-----> Deployment ${number} of ${this.app} goes on without you`)
    note(`       Watch it with \`gantry deployment logs ${number} --app ${this.app} -f\``)
    note(`       Cancel it with \`gantry deployment cancel ${number} --app ${this.app}\``)
  }
}
