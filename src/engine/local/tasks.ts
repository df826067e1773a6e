import { randomBytes } from 'node:crypto'

import type { AppId } from '../../app/app.ts'
import { CancelledError } from '../../app/errors.ts'
import type { TaskHandle, TaskRequest, TaskResult } from '../engine.ts'
import { showExit, type Child, type Exit } from './child.ts'
import { hintFor } from './hints.ts'
import { logWriter, type Host } from './host.ts'
import type { Images } from './images.ts'
import { LastLines } from './last-lines.ts'
import { LineChannel } from './line-channel.ts'
import { Workplace } from './workplace.ts'

/** Runs tasks and knows which run now. */
export class Tasks {
  readonly #host: Host
  readonly #images: Images
  readonly #closing = new AbortController()
  readonly #running = new Map<string, { app: string; name: string; image: string; handle: TaskHandle }>()
  /** How often all tasks of an app were stopped: one that was about to start then must not. */
  readonly #stops = new Map<string, number>()

  constructor(host: Host, images: Images) {
    this.#host = host
    this.#images = images
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
    const output = { channel: new LineChannel(), last: new LastLines() }
    work.log(component, id, 'gantry', `started by ${request.initiated_by}`)
    const child = work.spawn(spec, {
      name: id,
      place: 1,
      port: null,
      onLine: (stream, text) => {
        const line = work.log(component, id, stream, text)
        output.channel.push(line)
        output.last.push(line)
      },
    })
    const handle = this.#handle(request, id, child, output, work)
    this.#running.set(id, { app: app.name, name: spec.name, image: work.imageName, handle })
    void handle.result.then(() => this.#running.delete(id))
    return handle
  }

  #handle(
    request: TaskRequest,
    id: string,
    child: Child,
    { channel, last }: { channel: LineChannel; last: LastLines },
    work: Workplace,
  ): TaskHandle {
    const { spec } = request
    const { clock } = this.#host
    const began = clock.now()
    let stopped: string | null = null
    const stop = async (reason: string): Promise<void> => {
      stopped ??= reason
      await child.stop(spec.stop_timeout)
    }
    const ended = new AbortController()
    const limit = async (): Promise<void> => {
      await clock.sleep(spec.max_hours * 3_600, ended.signal)
      if (!ended.signal.aborted) await stop(`time limit of ${spec.max_hours} h`)
    }
    void limit()
    const finish = (exit: Exit): TaskResult => {
      ended.abort()
      const exit_code = stopped === null ? exit.code : null
      const reason = stopped ?? (exit.signal === null ? null : showExit(exit))
      const failed = {
        reason: reason ?? '',
        exit_code,
        log: last.list(),
        spec: { ...spec, health_check: null },
      }
      const result: TaskResult = {
        exit_code,
        duration: (clock.now() - began) / 1_000,
        reason,
        hint: stopped === null && exit_code !== 0 ? hintFor(failed) : null,
      }
      work.log(`task.${spec.name}`, id, 'gantry', result.reason ?? `exit ${result.exit_code ?? 'unknown'}`)
      channel.close()
      return result
    }
    return { id, logs: channel, result: child.exited.then(finish), stop }
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
