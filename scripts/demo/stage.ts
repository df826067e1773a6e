import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, chmod } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { execa } from 'execa'

import { removeTree } from '../../src/engine/local/ownership.ts'
import { Checkout } from './checkout.ts'
import { show } from './narration.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const GANTRY = join(ROOT, 'src', 'cli', 'main.ts')

export interface PsInstance {
  id: string
  state: string
}

/** A server in a temporary home and a checkout of the example: what the demo plays on. Everything in it is real. */
export class Stage {
  readonly home: string
  readonly checkout: Checkout
  readonly url: string
  readonly #folder: string
  readonly #server: ChildProcess

  private constructor(folder: string, server: ChildProcess, url: string) {
    this.#folder = folder
    this.home = join(folder, 'home')
    this.checkout = new Checkout(join(folder, 'hello'))
    this.#server = server
    this.url = url
  }

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-demo-'))
    await chmod(folder, 0o755)
    const home = join(folder, 'home')
    const args = [GANTRY, 'server', '--home', home, '--listen', '127.0.0.1:0', '--log-level', 'warn']
    show(['gantry', 'server', '--home', home])
    // A group of its own: Ctrl-C in the terminal comes to the demo alone, which then stops the server in order.
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
    const url = await Promise.race([
      listeningOn(server),
      once(server, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
    ])
    await cp(join(ROOT, 'examples', 'hello'), join(folder, 'hello'), { recursive: true })
    return new Stage(folder, server, url)
  }

  /** Runs the command line and gives what it prints. */
  async gantry(...args: string[]): Promise<string> {
    show(['gantry', ...args])
    const { stdout } = await execa(process.execPath, [GANTRY, ...args], {
      env: { GANTRY_HOME: this.home },
      stderr: 'inherit',
    })
    return stdout
  }

  /** Commits and pushes with the real client, in sight. Gives its exit code. */
  async push(message: string): Promise<number> {
    await this.checkout.commit(message)
    show(['git', 'commit', '-m', message])
    show(['git', 'push', 'gantry', 'main'])
    const { exitCode } = await execa('git', ['push', 'gantry', 'main'], {
      cwd: this.checkout.folder,
      stdio: 'inherit',
      reject: false,
    })
    return exitCode ?? 1
  }

  async instances(process: string): Promise<PsInstance[]> {
    const { stdout } = await execa('node', [GANTRY, 'ps', '--json'], {
      env: { GANTRY_HOME: this.home },
      preferLocal: true,
      localDir: ROOT,
    })
    const found = (JSON.parse(stdout) as { processes: { spec: { name: string }; instances: PsInstance[] }[] })
      .processes
    return found.find((each) => each.spec.name === process)?.instances ?? []
  }

  /** Asks the app over HTTP, as a browser does with its address. */
  async open(app: string): Promise<Record<string, unknown>> {
    const { hostname, port } = new URL(this.url)
    const call = request({ hostname, port, headers: { host: `${app}.localhost:${port}` } })
    call.end()
    const [response] = (await once(call, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }]
    const body = Buffer.concat(await Array.fromAsync(response)).toString()
    if (response.statusCode !== 200) throw new Error(`${app} answered ${response.statusCode}: ${body}`)
    return JSON.parse(body) as Record<string, unknown>
  }

  async close(): Promise<void> {
    if (this.#server.exitCode === null) {
      this.#server.kill('SIGTERM')
      await once(this.#server, 'exit')
    }
    await removeTree(this.#folder, false)
  }
}

async function listeningOn(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout! })) {
    const url = /^listening on (http\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  return new Promise(() => {})
}
