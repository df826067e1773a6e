import { randomBytes } from 'node:crypto'

import type { AppId } from '../../app/app.ts'
import { isoNow } from '../../app/clock.ts'
import { CancelledError } from '../../app/errors.ts'
import type { TaskHandle, TaskRequest, TaskResult } from '../engine.ts'
import { newRun, type TaskEnd, type TaskRun } from '../task-run.ts'
import { showExit, type Child, type Exit } from './child.ts'
import { hintFor } from './hints.ts'
import { logWriter, type Host } from './host.ts'
import type { Images } from './images.ts'
import { LastLines } from './last-lines.ts'
import { LineChannel } from './line-channel.ts'
import type { RunStore } from './run-store.ts'
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
    const { spec } = request
    const component = `task.${spec.name}`
    const write = logWriter(this.#host, app)
    const stops = this.#stopsOf(app)
    const image = await this.#images.fetch(app, `task:${spec.name}`, spec.image, {
      signal: this.#closing.signal,
      log: (line) => void write(component, component, 'gantry', line),
    })
    if (this.#closing.signal.aborted || stops !== this.#stopsOf(app))
      throw new CancelledError('stopped before it began')
    const work = new Workplace(this.#host, app, component, image, spec.variables)
    const id = `${component}-${randomBytes(3).toString('hex')}`
    const run: TaskRun = { ...newRun(id, request, isoNow(this.#host.clock)), status: 'running' }
    const output = { channel: new LineChannel(), last: new LastLines() }
    this.#runs.add(app, run)
    work.log(component, id, 'gantry', `started by ${request.initiated_by}`)
    const child = this.#spawn(app, request, id, work, output)
    const ended = new AbortController()
    const handle = this.#handle(app, { request, run, child, output, work, ended })
    const entry = { app: app.name, name: spec.name, image: work.imageName, handle, ended: ended.signal }
    this.#running.set(id, entry)
    void handle.result.then(() => this.#running.delete(id))
    return handle
  }

  #spawn(app: AppId, { spec }: TaskRequest, id: string, work: Workplace, output: Output): Child {
    const component = `task.${spec.name}`
    try {
      return work.spawn(spec, {
        name: id,
        place: 1,
        port: null,
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
    const { request, run, child, output, work, ended } = started
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
    const result = child.exited.then(finish)
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

interface Started {
  request: TaskRequest
  run: TaskRun
  child: Child
  output: Output
  work: Workplace
  ended: AbortController
}
