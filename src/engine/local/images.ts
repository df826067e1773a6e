import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { AppId, Build } from '../../app/app.ts'
import { argv, showCommand } from '../../app/command.ts'
import { isoNow } from '../../app/clock.ts'
import { CancelledError, DeployError, NotFoundError, UserError } from '../../app/errors.ts'
import type { Image } from '../../app/image.ts'
import type { ImageIo, ImageRequest, MadeImage } from '../engine.ts'
import { Child, showExit } from './child.ts'
import { dockerAnswers, pullIfMissing } from './container.ts'
import { buildEnvironment } from './environment.ts'
import { logWriter, type Host } from './host.ts'
import type { LocalLedger } from './ledger.ts'
import { handOver, removeTree, seal } from './ownership.ts'

const BUILD_TIMEOUT_S = 3_600

/** Something that can be run now. */
export type RunnableImage =
  | { kind: 'folder'; folder: string; digest: string }
  | { kind: 'container'; reference: string }

/** The images of all apps: folders that are made in a temporary place and renamed when whole. */
export class Images {
  readonly #host: Host
  readonly #ledger: LocalLedger

  constructor(host: Host, ledger: LocalLedger) {
    this.#host = host
    this.#ledger = ledger
  }

  find(app: AppId, key: string): MadeImage | null {
    const row = this.#host.db.get(
      'SELECT digest, key, created_at FROM images WHERE app = ? AND key = ? ORDER BY created_at DESC LIMIT 1',
      app.name,
      key,
    )
    return row === undefined
      ? null
      : { kind: 'built', key, digest: String(row['digest']), created_at: String(row['created_at']) }
  }

  /** The same; null also where its folder is gone. */
  async findWhole(app: AppId, key: string): Promise<MadeImage | null> {
    const found = this.find(app, key)
    const isThere = found !== null && (await exists(this.#host.paths.image(app.name, found.digest)))
    return isThere ? found : null
  }

  async make(app: AppId, request: ImageRequest, io: ImageIo): Promise<MadeImage> {
    const { db, paths, clock } = this.#host
    // The first image of a key is named like it; one that is made anew is another image.
    const digest = this.find(app, request.key) === null ? request.key : randomBytes(32).toString('hex')
    const stage = join(paths.images(app.name), `.making-${randomBytes(6).toString('hex')}`)
    try {
      await mkdir(stage, { mode: 0o755 })
      await request.source.write(stage, io.signal)
      if (request.build.command !== null) await this.#runBuild(app, request.build, stage, io)
      await seal(stage, this.#host.users.of(app.name))
      // One that is there without a row: it was made, and could not be recorded.
      await removeTree(paths.image(app.name, digest), this.#host.users.isolated)
      await rename(stage, paths.image(app.name, digest))
    } catch (error) {
      await removeTree(stage, this.#host.users.isolated)
      throw error
    }
    const made: MadeImage = { kind: 'built', key: request.key, digest, created_at: isoNow(clock) }
    db.run(
      'INSERT INTO images (app, digest, key, created_at) VALUES (?, ?, ?, ?)',
      app.name,
      digest,
      request.key,
      made.created_at,
    )
    return made
  }

  async #runBuild(app: AppId, build: Build, folder: string, io: ImageIo): Promise<void> {
    const { paths, users, children, cgroups } = this.#host
    if (build.command === null) return
    const user = users.of(app.name)
    if (user !== null) await handOver(folder, user)
    const name = `build-${randomBytes(3).toString('hex')}`
    const write = logWriter(this.#host, app)
    const child = new Child({
      name,
      argv: argv(build.command),
      cwd: folder,
      env: buildEnvironment(app, paths, build.args),
      user,
      children,
      cgroup: cgroups.create(name, null),
      onLine: (stream, text) => io.log(write('build', name, stream, text)),
    })
    const stop = (): void => void child.stop(5)
    io.signal.addEventListener('abort', stop, { once: true })
    if (io.signal.aborted) stop()
    const timer = setTimeout(stop, BUILD_TIMEOUT_S * 1_000)
    const exit = await child.exited
    clearTimeout(timer)
    io.signal.removeEventListener('abort', stop)
    if (io.signal.aborted) throw new CancelledError('cancelled while the image was built')
    if (exit.code === 0) return
    throw new DeployError(`build failed: ${showExit(exit)}`, {
      hint: `build.command was: ${showCommand(build.command)}`,
    })
  }

  /** What an image reference of a component means here. Rejects when it does not exist. */
  async resolve(app: AppId, component: string, image: Image): Promise<RunnableImage> {
    if (image.kind === 'built') return this.#folder(app, image.digest ?? image.key)
    const key = /^key:([0-9a-f]{6,64})$/.exec(image.reference)?.[1]
    if (key !== undefined) return this.#folder(app, this.#digestOfKey(app, key))
    const release = /^release:v(\d+)$/.exec(image.reference)?.[1]
    if (release !== undefined)
      return this.#folder(app, await this.#digestOfRelease(app, component, Number(release)))
    if (await dockerAnswers()) return { kind: 'container', reference: image.reference }
    throw new UserError(
      `${image.reference} is a container image, and no Docker engine answers on this machine`,
      {
        hint: 'start Docker, or pin an image that was built here: `key:<hex>` or `release:vN`',
      },
    )
  }

  /** The same, and a container image is pulled when this machine does not have it. */
  async fetch(app: AppId, component: string, image: Image, io: ImageIo): Promise<RunnableImage> {
    const runnable = await this.resolve(app, component, image)
    if (runnable.kind === 'container') await pullIfMissing(runnable.reference, io)
    return runnable
  }

  /** Of those that are folders here: container images are Docker's. */
  async digestsOf(app: AppId, named: readonly [component: string, image: Image][]): Promise<string[]> {
    const found = await Promise.all(
      named.map(([component, image]) => this.resolve(app, component, image).catch(() => null)),
    )
    return found.flatMap((each) => (each?.kind === 'folder' ? [each.digest] : []))
  }

  async #folder(app: AppId, digest: string): Promise<RunnableImage> {
    const folder = this.#host.paths.image(app.name, digest)
    if (!(await exists(folder)))
      throw new NotFoundError(`image ${digest.slice(0, 12)} does not exist any more`)
    return { kind: 'folder', folder, digest }
  }

  #digestOfKey(app: AppId, prefix: string): string {
    const rows = this.#host.db.all(
      'SELECT digest, key FROM images WHERE app = ? AND (substr(key, 1, ?) = ? OR substr(digest, 1, ?) = ?) ORDER BY created_at DESC',
      app.name,
      prefix.length,
      prefix,
      prefix.length,
      prefix,
    )
    if (rows.length === 0) {
      throw new NotFoundError(`no image of ${app.name} has a key that begins with ${prefix}`, {
        hint: '`gantry release list` shows the images that are kept',
      })
    }
    if (new Set(rows.map((row) => row['key'])).size > 1) {
      throw new UserError(`more than one image of ${app.name} has a key that begins with ${prefix}`, {
        hint: 'write more of its digits',
      })
    }
    return String(rows[0]!['digest'])
  }

  async #digestOfRelease(app: AppId, component: string, number: number): Promise<string> {
    const release = await this.#ledger.release(app, number)
    const image = release?.images[component]
    if (image?.digest == null) {
      throw new NotFoundError(`release v${number} has no image for ${component.replace(':', ' ')}`, {
        hint: '`gantry release list` shows what there is',
      })
    }
    return image.digest
  }

  /** After a crash: what was half made goes, and what is recorded but gone is forgotten. */
  async sweep(app: AppId): Promise<void> {
    const { db, paths, users } = this.#host
    const rows = db
      .all('SELECT digest FROM images WHERE app = ?', app.name)
      .map((row) => String(row['digest']))
    const present = new Set(await readdir(paths.images(app.name)).catch(() => []))
    for (const digest of rows) {
      if (!present.has(digest)) db.run('DELETE FROM images WHERE app = ? AND digest = ?', app.name, digest)
    }
    for (const name of present) {
      // Garbage that cannot be deleted must not keep an app from starting.
      if (!rows.includes(name)) await removeTree(paths.image(app.name, name), users.isolated).catch(() => {})
    }
  }

  /** Deletes all images but these. */
  async prune(app: AppId, keep: ReadonlySet<string>): Promise<void> {
    const { db, paths, users } = this.#host
    for (const row of db.all('SELECT digest FROM images WHERE app = ?', app.name)) {
      const digest = String(row['digest'])
      if (keep.has(digest)) continue
      db.run('DELETE FROM images WHERE app = ? AND digest = ?', app.name, digest)
      await removeTree(paths.image(app.name, digest), users.isolated)
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
