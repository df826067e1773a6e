import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

import { execa } from 'execa'

import { COMPILE_CACHE } from '../compile-cache.ts'
import type { Running } from '../../src/engine/running.ts'
import type { Deployment } from '../../src/engine/ledger.ts'
import { remove, temporaryFolder } from '../engine/local/home.ts'

export interface PushResult {
  ok: boolean
  /** What the pusher saw. */
  output: string
}

export interface Answer {
  status: number
  body: string
}

/** A server in a home of its own with the real git client in front of it. */
export class World {
  readonly folder: string
  readonly home: string
  url = ''
  #server: ChildProcess | null = null

  private constructor(folder: string) {
    this.folder = folder
    this.home = join(folder, 'home')
  }

  static async create(env: Record<string, string> = {}): Promise<World> {
    const world = new World(await temporaryFolder())
    await world.start(env)
    return world
  }

  get pid(): number {
    return this.#server!.pid!
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port
    const args = [join(import.meta.dirname, 'serve.ts'), this.home, port]
    this.#server = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...COMPILE_CACHE, ...env },
    })
    for await (const line of createInterface({ input: this.#server.stdout! })) {
      const url = /^listening on (.*)$/.exec(line)?.[1]
      if (url !== undefined) {
        this.url = url
        return
      }
    }
    throw new Error('the server did not start')
  }

  /** SIGKILL: what a crash is to those who look on. */
  async kill(): Promise<void> {
    const exited = once(this.#server!, 'exit')
    this.#server!.kill('SIGKILL')
    await exited
  }

  async stop(): Promise<void> {
    if (this.#server === null || this.#server.exitCode !== null || this.#server.signalCode !== null) return
    const exited = once(this.#server, 'exit')
    this.#server.kill('SIGTERM')
    await exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await remove(this.folder)
  }

  /** The API as the owner of the home has it, on the control socket. */
  async api<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const text = await this.text(path, method, body)
    return (text === '' ? null : JSON.parse(text)) as T
  }

  /** The same for what is no JSON: a stream that ends by itself. */
  async text(path: string, method = 'GET', body?: unknown): Promise<string> {
    const call = request({
      socketPath: join(this.home, 'control.sock'),
      method,
      path: `/api${path}`,
      headers: { 'content-type': 'application/json' },
    })
    call.end(body === undefined ? undefined : JSON.stringify(body))
    const { status, body: text } = await answerOf(call)
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`)
    return text
  }

  async createApp(name: string, settings: object = {}): Promise<Checkout> {
    await this.api('POST', '/apps', { name, ...settings })
    const { token } = await this.api<{ token: string }>('POST', '/tokens', { name: `for ${name}`, app: name })
    const checkout = new Checkout(
      join(this.folder, `${name}-${Math.random().toString(36).slice(2)}`),
      this,
      name,
      token,
    )
    await mkdir(checkout.folder)
    await checkout.git('init', '--quiet', '--initial-branch', 'main')
    return checkout
  }

  running(app: string): Promise<Running> {
    return this.api('GET', `/apps/${app}/running`)
  }

  /** Ids of the instances that are up, by process. */
  async up(app: string): Promise<Record<string, string[]>> {
    const { processes } = await this.running(app)
    return Object.fromEntries(
      processes.map(({ spec, instances }) => [
        spec.name,
        instances.filter((each) => each.state === 'up').map((each) => each.id),
      ]),
    )
  }

  /** All live processes that run in an image of this home, known to the server or not. */
  inhabitants(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        try {
          return isAlive(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(join(this.home, 'apps'))
        } catch {
          return false
        }
      })
  }

  deployments(app: string): Promise<Deployment[]> {
    return this.api('GET', `/apps/${app}/deployments`)
  }

  /** Runs an operation and waits for its end. */
  async operate(app: string, operate: object[]): Promise<Deployment> {
    const { number } = await this.api<Deployment>('POST', `/apps/${app}/operations`, {
      title: 'test',
      operate,
    })
    return this.finished(app, number)
  }

  async finished(app: string, number: number): Promise<Deployment> {
    await this.api('GET', `/apps/${app}/deployments/${number}/events?follow=true`).catch(() => {})
    return this.api('GET', `/apps/${app}/deployments/${number}`)
  }

  /** What a browser gets from an app. */
  async open(host: string, path = '/'): Promise<Answer> {
    const { hostname, port } = new URL(this.url)
    const call = request({
      hostname,
      port,
      path,
      headers: { host: `${host}.localhost:${port}` },
      agent: false,
    })
    call.end()
    return answerOf(call)
  }
}

/** A zombie has ended. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** The pusher's connection breaks. */
export async function hangUp(push: ReturnType<Checkout['start']>): Promise<void> {
  process.kill(-push.pid!, 'SIGKILL')
  await push
}

async function answerOf(call: ReturnType<typeof request>): Promise<Answer> {
  const [response] = (await once(call, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }]
  return { status: response.statusCode, body: Buffer.concat(await Array.fromAsync(response)).toString() }
}

/** Somebody's clone of an app. */
export class Checkout {
  readonly folder: string
  readonly token: string
  readonly app: string
  readonly #world: World

  constructor(folder: string, world: World, app: string, token: string) {
    this.folder = folder
    this.#world = world
    this.app = app
    this.token = token
  }

  /** The same app, from another folder. */
  at(folder: string): Checkout {
    return new Checkout(folder, this.#world, this.app, this.token)
  }

  get remote(): string {
    return `${this.#world.url.replace('://', `://any:${this.token}@`)}/${this.app}.git`
  }

  async git(...args: string[]): Promise<string> {
    const { stdout } = await execa(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=t@example.com', ...args],
      {
        cwd: this.folder,
        env: GIT_ENV,
      },
    )
    return stdout
  }

  /** Writes files (null deletes one) and commits. */
  async commit(files: Record<string, string | null>, message = 'Change'): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) await remove(join(this.folder, path))
      else {
        await mkdir(dirname(join(this.folder, path)), { recursive: true })
        await writeFile(join(this.folder, path), text)
      }
    }
    await this.git('add', '--all')
    await this.git('commit', '--quiet', '--allow-empty', '--message', message)
    return this.git('rev-parse', 'HEAD')
  }

  async push(...args: string[]): Promise<PushResult> {
    const { exitCode, all } = await this.start(...args)
    return { ok: exitCode === 0, output: all }
  }

  /** A push that goes on: await it, or `hangUp`. */
  start(...args: string[]) {
    const what = args.some((arg) => !arg.startsWith('-')) ? args : [...args, 'main']
    const options = what.filter((arg) => arg.startsWith('-'))
    const refs = what.filter((arg) => !arg.startsWith('-'))
    return execa('git', ['push', ...options, this.remote, ...refs], {
      cwd: this.folder,
      env: GIT_ENV,
      reject: false,
      all: true,
      // A group of its own: who hangs up ends the git that talks to the server too, as Ctrl-C does.
      detached: true,
    })
  }

  async deploy(files: Record<string, string | null>, ...args: string[]): Promise<PushResult> {
    await this.commit(files)
    return this.push(...args)
  }
}

const GIT_ENV = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
