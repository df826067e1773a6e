import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Writable } from 'node:stream'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'

import type { CgroupHandle } from './cgroup.ts'
import type { Children } from './children.ts'
import { findMembers } from './identity.ts'
import { LineSplitter } from './line-splitter.ts'
import type { Attach, Pipes } from './shell-link.ts'

/** Bytes of output between two turns of everything else: a slice may hold as many lines. */
const SLICE = 4_096

export interface ChildOptions {
  /** For people: `web.1-3f9c2a`. */
  name: string
  argv: readonly string[]
  cwd: string
  env: Record<string, string>
  user: { uid: number; gid: number } | null
  children: Children
  cgroup: CgroupHandle | null
  onLine(stream: 'out' | 'err', text: string): void
  /** Its input and output are somebody's who talks to it, and no lines. */
  attach?: Attach
  /** Ends what a kill of the group does not reach: a container. */
  onKill?(): Promise<void>
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  /** The kernel has ended it for its memory. */
  outOfMemory: boolean
}

// The child waits at this gate until it is recorded and in its cgroup; when the server dies before that, the read
// fails and nothing has run. So there is never a child that nobody knows of.
const GATE = 'umask 022; read -r _ <&3 || exit 125; exec 3<&-; '
const RUN = `${GATE}exec "$@"`
// A leader of a session that opens a terminal gets it as the controlling one: Ctrl-C and hang-ups reach it from then on.
const RUN_ON_TERMINAL = `${GATE}terminal=$1; shift; exec "$@" 0<>"$terminal" 1>&0 2>&0`

/** One child in its own process group. Starts at once; `exited` never rejects. */
export class Child {
  readonly name: string
  readonly pid: number
  readonly started = Date.now()
  readonly exited: Promise<Exit>
  /** Null where it is not attached to pipes. */
  readonly pipes: Pipes | null
  exit: Exit | null = null
  readonly #secret = randomBytes(16).toString('hex')
  readonly #options: ChildOptions
  #stopUntil = 0

  constructor(options: ChildOptions) {
    this.name = options.name
    this.#options = options
    const { attach, argv } = options
    const terminal = attach?.kind === 'terminal'
    const words = terminal ? [RUN_ON_TERMINAL, 'gantry', attach.path, ...argv] : [RUN, 'gantry', ...argv]
    const output = terminal ? 'ignore' : 'pipe'
    const child = spawn('/bin/sh', ['-c', ...words], {
      cwd: options.cwd,
      env: { ...options.env, GANTRY_INSTANCE: this.#secret },
      detached: true,
      stdio: [attach?.kind === 'pipes' ? 'pipe' : 'ignore', output, output, 'pipe'],
      ...options.user,
    })
    this.pid = child.pid ?? -1
    this.pipes = attach?.kind === 'pipes' ? pipesOf(child) : null
    this.exited = this.#watch(child)
    if (child.pid === undefined) return
    try {
      options.children.add(this.#secret, options.name, child.pid)
    } catch (error) {
      // It waits at the gate for a word that will never come.
      child.kill('SIGKILL')
      throw error
    }
    options.cgroup?.add(child.pid)
    const gate = child.stdio[3] as Writable
    gate.on('error', () => {})
    gate.end('go\n')
  }

  async #watch(child: ChildProcess): Promise<Exit> {
    const attached = this.#options.attach !== undefined
    const flushed = attached
      ? Promise.resolve()
      : Promise.all([this.#lines(child, 'out'), this.#lines(child, 'err')])
    const ended = await new Promise<Pick<Exit, 'code' | 'signal'>>((resolve) => {
      child.once('error', (error) => {
        this.#options.onLine('err', `cannot start: ${error.message}`)
        resolve({ code: 127, signal: null })
      })
      child.once('exit', (code, signal) => resolve({ code, signal }))
    })
    // In a stop the rest of the group has had the same SIGTERM and gets the same time.
    while (Date.now() < this.#stopUntil && this.#groupIsAlive()) await delay(50)
    await this.#endRest()
    const exit = { ...ended, outOfMemory: this.#options.cgroup?.oomKilled() ?? false }
    this.exit = exit
    // Whoever still holds the pipes is none of ours any more; what was written before is there by now.
    await Promise.race([flushed, delay(500)])
    if (!attached) {
      child.stdout?.destroy()
      child.stderr?.destroy()
    }
    try {
      this.#options.children.remove(this.#secret)
    } catch {
      // A row too many is harmless: the next server finds nobody behind it.
    }
    await this.#options.cgroup?.remove()
    return exit
  }

  async #lines(child: ChildProcess, stream: 'out' | 'err'): Promise<void> {
    const source = stream === 'out' ? child.stdout : child.stderr
    if (source === null) return
    const splitter = new LineSplitter((text) => this.#options.onLine(stream, text))
    try {
      // Read as fast as it is dealt with, and no faster: what a child writes without end waits in its pipe.
      for await (const chunk of source as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length; at += SLICE) {
          splitter.write(chunk.subarray(at, at + SLICE))
          await turn()
        }
      }
    } catch {
      // The pipe was closed from our side, after the child had ended.
    }
    splitter.end()
  }

  /** What outlives its leader has nobody to stop it later: the group, the cgroup, and what carries the secret. */
  async #endRest(): Promise<void> {
    await this.#options.onKill?.()
    await this.#options.cgroup?.kill()
    this.#signalGroup('SIGKILL')
    for (const pid of findMembers(new Set([this.#secret]), new Set())) signalPid(pid, 'SIGKILL')
  }

  /** SIGTERM to the group (and SIGHUP to one on a terminal); SIGKILL when any of it is left after so many seconds. Resolves when it has ended. */
  async stop(seconds: number): Promise<Exit> {
    // Its pid may be somebody else's by now.
    if (this.exit !== null) return this.exited
    this.#stopUntil = Date.now() + seconds * 1_000
    // A shell that somebody types into passes over SIGTERM, and hands this one on to its jobs.
    if (this.#options.attach?.kind === 'terminal') this.#signalGroup('SIGHUP')
    this.#signalGroup('SIGTERM')
    const timer = setTimeout(() => this.kill(), seconds * 1_000)
    const exit = await this.exited
    clearTimeout(timer)
    return exit
  }

  /** SIGKILL to all of it, now. */
  kill(): void {
    void this.#options.onKill?.()
    this.#signalGroup('SIGKILL')
  }

  #groupIsAlive(): boolean {
    try {
      // A group of zombies that nobody reaps, as in a container without an init, still answers the signal.
      return process.kill(-this.pid, 0) && findMembers(new Set(), new Set([this.pid])).length > 0
    } catch {
      return false
    }
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.pid > 0) signalPid(-this.pid, signal)
  }
}

function pipesOf({ stdin, stdout, stderr }: ChildProcess): Pipes {
  // Whoever writes to one that has ended is told by how it ended.
  stdin?.on('error', () => {})
  return { stdin: stdin!, stdout: stdout!, stderr: stderr! }
}

function signalPid(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended, which is what was wanted.
  }
}

export function showExit(exit: Exit): string {
  if (exit.outOfMemory) return 'out of memory'
  return exit.signal === null ? `exit ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`
}
