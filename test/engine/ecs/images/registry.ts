import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const PROGRAM = '/usr/bin/docker-registry'

/** Whether this machine has Debian's `docker-registry`. */
export const HAS_REGISTRY = existsSync(PROGRAM)

/** What ECR would hand out, and its bcrypt hash. */
export const PASSWORD = 'a-password-of-the-registry'
const PASSWORD_HASH = '$2y$05$abcdefghijklmnopqrstuutdet4itF4ObGgnA4Qq64c8TDpSfaMXC'
export const LOGIN = Buffer.from(`AWS:${PASSWORD}`).toString('base64')

/** A real registry on the loopback that wants a login, as ECR does. */
export class Registry {
  readonly host: string
  readonly #stop: () => Promise<void>

  private constructor(host: string, stop: () => Promise<void>) {
    this.host = host
    this.#stop = stop
  }

  static async start(): Promise<Registry> {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-registry-'))
    const host = `127.0.0.1:${await freePort()}`
    const config = {
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(folder, 'data') } },
      http: { addr: host, relativeurls: true },
      auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } },
    }
    await writeFile(join(folder, 'htpasswd'), `AWS:${PASSWORD_HASH}\n`)
    // JSON is YAML.
    await writeFile(join(folder, 'config.yml'), JSON.stringify(config))
    const child = spawn(PROGRAM, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
    const exited = once(child, 'exit')
    while (!(await answers(host))) {
      if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`)
      await delay(20)
    }
    return new Registry(host, async () => {
      child.kill()
      await exited
      await rm(folder, { recursive: true, force: true })
    })
  }

  /** The digest of a tag, or null. */
  async digest(repository: string, tag: string): Promise<string | null> {
    const response = await fetch(`http://${this.host}/v2/${repository}/manifests/${tag}`, {
      method: 'HEAD',
      headers: {
        authorization: `Basic ${LOGIN}`,
        accept: 'application/vnd.docker.distribution.manifest.v2+json',
      },
    })
    return response.headers.get('docker-content-digest')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop()
  }
}

async function answers(host: string): Promise<boolean> {
  return fetch(`http://${host}/v2/`).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
