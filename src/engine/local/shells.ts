import { randomBytes } from 'node:crypto'

import type { AppId } from '../../app/app.ts'
import { CancelledError } from '../../app/errors.ts'
import {
  LOGIN_SHELL,
  noInstance,
  type InstanceShell,
  type Shell,
  type ShellIo,
  type ShellRequest,
} from '../shell.ts'
import { noProcess } from '../no-process.ts'
import { showExit, type Child } from './child.ts'
import type { Generation } from './generation.ts'
import type { Host } from './host.ts'
import type { Occupant } from './place.ts'
import type { ProcessTable } from './process-table.ts'
import { LocalShell } from './shell.ts'
import { openShellLink, type ShellLink } from './shell-link.ts'
import type { Tasks } from './tasks.ts'

/** What runs of a process. */
type Find = (app: string, process: string) => { generation: Generation | null } | undefined

interface Open {
  app: string
  shell: Shell
}

/** Commands that people talk to. Those in instances run beside what runs there, and end with it. */
export class Shells {
  readonly #host: Host
  readonly #tasks: Tasks
  readonly #table: ProcessTable
  readonly #find: Find
  readonly #open = new Set<Open>()
  #closing = false

  constructor(host: Host, tasks: Tasks, table: ProcessTable, find: Find) {
    this.#host = host
    this.#tasks = tasks
    this.#table = table
    this.#find = find
  }

  async open(app: AppId, request: ShellRequest, { signal }: ShellIo): Promise<Shell> {
    const link = await openShellLink(request.terminal, this.#host.users.of(app.name))
    try {
      if (this.#closing || signal.aborted) throw new CancelledError('nobody waits for it any more')
      if (request.kind === 'run') return await this.#tasks.open(app, request.task, link)
      return this.#exec(app, request, link)
    } catch (error) {
      link.close()
      throw error
    }
  }

  #exec(app: AppId, request: InstanceShell, link: ShellLink): Shell {
    const known = this.#table.list(app).map(({ spec }) => spec.name)
    if (!known.includes(request.process)) throw noProcess(app.name, request.process, known)
    const generation = this.#find(app.name, request.process)?.generation ?? null
    const occupant = choose(request, generation?.occupants() ?? [])
    const { work, spec } = generation!
    const name = `${occupant.id}.shell-${randomBytes(3).toString('hex')}`
    let problem: string | null = null
    const child = work.exec(spec, {
      name,
      instance: occupant.id,
      command: request.command ?? LOGIN_SHELL,
      place: occupant.place,
      port: occupant.port,
      folders: occupant.folders,
      attach: link.attach,
      extraEnv: link.env,
      onLine: (_stream, text) => (problem ??= text),
    })
    link.connect(child.pipes)
    work.log(spec.name, occupant.id, 'gantry', 'somebody talks to a command in it: none of that is kept')
    let stopped: string | null = null
    const stop = async (reason: string): Promise<void> => {
      stopped ??= reason
      await child.stop(spec.stop_timeout)
    }
    const result = child.exited.then((exit) => {
      const reason = stopped ?? problem ?? (exit.signal === null ? null : showExit(exit))
      return { exit_code: stopped === null ? exit.code : null, reason }
    })
    void this.#endWith(occupant, child, stop)
    const shell = new LocalShell({ id: occupant.id, link, result, stop })
    const open = { app: app.name, shell }
    this.#open.add(open)
    void result.then(() => this.#open.delete(open))
    return shell
  }

  async #endWith(
    { exited, id }: Occupant,
    child: Child,
    stop: (reason: string) => Promise<void>,
  ): Promise<void> {
    await exited
    if (child.exit === null) await stop(`${id}, which it was in, has ended`)
  }

  async stopAll(app: AppId, reason: string): Promise<void> {
    await this.#stop((each) => each.app === app.name, reason)
  }

  /** Ends all; none begins any more. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#stop(() => true, 'the server stopped')
  }

  async #stop(which: (each: Open) => boolean, reason: string): Promise<void> {
    await Promise.all([...this.#open].filter(which).map(({ shell }) => shell.stop(reason)))
  }
}

function choose(request: InstanceShell, running: readonly Occupant[]): Occupant {
  const { instance } = request
  const found =
    instance === null
      ? (running.find(({ isUp }) => isUp) ?? running[0])
      : running.find(({ id }) => id === instance)
  if (found !== undefined) return found
  throw noInstance(
    request,
    running.map(({ id }) => id),
  )
}
