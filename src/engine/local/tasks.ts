import { randomBytes } from 'node:crypto'

import type { AppId } from '../../app/app.ts'
import { isoNow } from '../../app/clock.ts'
import { CancelledError } from '../../app/errors.ts'
import type { TaskHandle, TaskRequest, TaskResult } from '../engine.ts'
import type { Shell } from '../shell.ts'
import { newRun, type TaskEnd, type TaskRun } from '../task-run.ts'
import { showExit, type Child, type Exit } from './child.ts'
import { hintFor } from './hints.ts'
import { logWriter, type Host } from './host.ts'
import type { Images } from './images.ts'
import type { InstanceFolders } from './instance-folders.ts'
import { LastLines } from './last-lines.ts'
import { LineChannel } from './line-channel.ts'
import type { RunStore } from './run-store.ts'
import { LocalShell } from './shell.ts'
import type { ShellLink } from './shell-link.ts'
import { Workplace } from './workplace.ts'

interface Running {
  app: string
  name: string
  image: string
  handle: TaskHandle
  /** Fires when it has ended and everything that it wrote is in the log. */
  ended: AbortSignal
}

/** Runs tasks and knows which run now. */
export class Tasks {
  readonly #host: Host
  readonly #images: Images
  readonly #runs: RunStore
  readonly #closing = new AbortController()
  readonly #running = new Map<string, Running>()
  /** How often all tasks of an app were stopped: one that was about to start then must not. */
  readonly #stops = new Map<string, number>()

  constructor(host: Host, images: Images, runs: RunStore) {
    this.#host = host
    this.#images = images
    this.#runs = runs
  }

  isRunning(app: AppId, task: string): boolean {
    return [...this.#running.values()].some((each) => each.app === app.name && each.name === task)
  }

  async run(app: AppId, request: TaskRequest): Promise<TaskHandle> {
    return this.#start(app, request, null)
  }

  /** One that somebody talks to: what it writes goes to them, and is not kept. */
  async open(app: AppId, request: TaskRequest, link: ShellLink): Promise<Shell> {
    const handle = await this.#start(app, request, link)
    const { id, result } = handle
    return new LocalShell({ id, link, result, stop: (reason) => handle.stop(reason) })
  }

  async #start(app: AppId, request: TaskRequest, link: ShellLink | null): Promise<TaskHandle> {
    const { spec } = request
    const component = `task.${spec.name}`
    const write = logWriter(this.#host, app)
    const stops = this.#stopsOf(app)
    const image = await this.#images.fetch(app, `task:${spec.name}`, spec.image, {
      signal: this.#closing.signal,
      log: (line) => void write(component, component, 'gantry', line),
    })
    this.#refuseIfStopped(app, stops)
    const work = new Workplace(this.#host, app, component, image, spec.variables)
    const id = `${component}-${randomBytes(3).toString('hex')}`
    const folders = work.folders(id)
    await work.makeFolders(folders, spec.mounts)
    this.#refuseIfStopped(app, stops)
    const run: TaskRun = { ...newRun(id, request, isoNow(this.#host.clock)), status: 'running' }
    const output = { channel: new LineChannel(), last: new LastLines() }
    this.#runs.add(app, run)
    const kept = link === null ? '' : ', who is talking to it: none of that is kept'
    work.log(component, id, 'gantry', `started by ${request.initiated_by}${kept}`)
    const child = this.#spawn(app, request, { id, work, folders, output, link })
    link?.connect(child.pipes)
    const ended = new AbortController()
    const handle = this.#handle(app, { request, run, child, output, work, folders, ended })
    const entry = { app: app.name, name: spec.name, image: work.imageName, handle, ended: ended.signal }
    this.#running.set(id, entry)
    void handle.result.then(() => this.#running.delete(id))
    return handle
  }

  #refuseIfStopped(app: AppId, stops: number): void {
    if (this.#closing.signal.aborted || stops !== this.#stopsOf(app))
      throw new CancelledError('stopped before it began')
  }

  #spawn(app: AppId, { spec }: TaskRequest, { id, work, folders, output, link }: Starting): Child {
    const component = `task.${spec.name}`
    try {
      return work.spawn(spec, {
        name: id,
        place: 1,
        port: null,
        folders,
        ...(link !== null && { attach: link.attach, extraEnv: link.env }),
        onLine: (stream, text) => {
          const line = work.log(component, id, stream, text)
          output.channel.push(line)
          output.last.push(line)
        },
      })
    } catch (error) {
      this.#runs.delete(app, id)
      throw error
    }
  }

  #handle(app: AppId, started: Started): TaskHandle {
    const { request, run, child, output, work, folders, ended } = started
    const { spec } = request
    const { clock } = this.#host
    const began = clock.now()
    let stopped: string | null = null
    const stop = async (reason: string): Promise<void> => {
      stopped ??= reason
      await child.stop(spec.stop_timeout)
      await result
    }
    const over = new AbortController()
    const limit = async (): Promise<void> => {
      await clock.sleep(spec.max_hours * 3_600, over.signal)
      if (!over.signal.aborted) await stop(`time limit of ${spec.max_hours} h`)
    }
    void limit()
    const finish = (exit: Exit): TaskResult => {
      over.abort()
      const exit_code = stopped === null ? exit.code : null
      const reason = stopped ?? (exit.signal === null ? null : showExit(exit))
      const failed = {
        reason: reason ?? '',
        exit_code,
        log: output.last.list(),
        spec: { ...spec, health_check: null },
      }
      const result: TaskResult = {
        exit_code,
        duration: (clock.now() - began) / 1_000,
        reason,
        hint: stopped === null && exit_code !== 0 ? hintFor(failed) : null,
      }
      work.log(`task.${spec.name}`, run.id, 'gantry', reason ?? `exit ${exit_code ?? 'unknown'}`)
      const status = exit_code === 0 ? 'succeeded' : stopped === null ? 'failed' : 'stopped'
      this.#end(app, run, { status, exit_code, reason, ended_at: isoNow(clock) })
      output.channel.close()
      ended.abort()
      return result
    }
    const result = child.exited.then(async (exit) => {
      // What cannot be deleted now is deleted when a server starts.
      await folders.remove().catch(() => {})
      return finish(exit)
    })
    return { run, id: run.id, logs: output.channel, result, stop }
  }

  #end(app: AppId, { id }: TaskRun, end: TaskEnd): void {
    try {
      this.#runs.end(app, id, end)
    } catch {
      // On a full disk. Whoever waits for it is told all the same, and the next server writes that it has ended.
    }
  }

  /** Fires when a run has ended and everything that it wrote is in the log; null: it runs no more. */
  ended(id: string): AbortSignal | null {
    return this.#running.get(id)?.ended ?? null
  }

  /** Resolves when it is gone. */
  async stop(id: string, reason: string): Promise<void> {
    await this.#running.get(id)?.handle.stop(reason)
  }

  /** The images that tasks run in now. */
  images(app: AppId): string[] {
    return [...this.#running.values()].filter((each) => each.app === app.name).map((each) => each.image)
  }

  async stopAll(app: AppId, reason: string): Promise<void> {
    this.#stops.set(app.name, this.#stopsOf(app) + 1)
    await this.#stop((each) => each.app === app.name, reason)
  }

  /** Stops all; none starts any more. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#stop(() => true, 'the server stopped')
  }

  #stopsOf(app: AppId): number {
    return this.#stops.get(app.name) ?? 0
  }

  async #stop(which: (each: { app: string }) => boolean, reason: string): Promise<void> {
    await Promise.all([...this.#running.values()].filter(which).map((each) => each.handle.stop(reason)))
  }
}

interface Output {
  channel: LineChannel
  last: LastLines
}

interface Starting {
  id: string
  work: Workplace
  folders: InstanceFolders
  output: Output
  /** Null: nobody talks to it. */
  link: ShellLink | null
}

interface Started {
  request: TaskRequest
  run: TaskRun
  child: Child
  output: Output
  work: Workplace
  folders: InstanceFolders
  ended: AbortController
}
