import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'

import type { AppId, Mount, Mounts } from '../../app/app.ts'
import type { Host } from './host.ts'
import type { MountedFolder } from './mount-view.ts'
import { removeTree } from './ownership.ts'

/** File systems take 255 bytes. */
const LONGEST_NAME = 200

/**
 * The folders behind the mounts of what runs in one place: those that are the place's own, and the app's storage. Each
 * folder of a source lies right in a folder of the server's, so that the app cannot put a link where one is looked for.
 */
export class InstanceFolders {
  readonly #host: Pick<Host, 'paths' | 'users'>
  readonly #app: AppId
  readonly #own: string
  #made = false

  /** @param name of the place, or of the run of a task; nothing else has it at that time */
  constructor(host: Pick<Host, 'paths' | 'users'>, app: AppId, name: string) {
    this.#host = host
    this.#app = app
    this.#own = join(host.paths.places(app.name), name)
  }

  /** Of a new instance in this place: what is `tmp` is empty. */
  async renew(): Promise<void> {
    if (this.#made) await removeTree(join(this.#own, 'tmp'), this.#host.users.isolated)
  }

  /**
   * Makes what is missing.
   *
   * @param component whose mounts they are: `web`, `web/proxy`, `task.migrate`
   * @param shared whether users of other numbers are to write there, as in a container
   */
  async make(component: string, mounts: Mounts, shared: boolean): Promise<void> {
    this.#made = true
    for (const [path, mount] of Object.entries(mounts)) {
      await this.#makeWay(this.#parent(mount), 0o711)
      await this.#makeFolder(this.#source(mount), shared ? 0o777 : 0o700)
      if (!isAbsolute(path)) await this.#makeWay(join(this.points(component), path), 0o755)
    }
  }

  /** Empty folders at the paths that are inside of the tree. */
  points(component: string): string {
    return join(this.#own, 'points', fileName(component))
  }

  /** Where they are to appear, with the tree at this path. */
  mounted(mounts: Mounts, tree: string): MountedFolder[] {
    return Object.entries(mounts).map(([path, mount]) => ({
      source: this.#source(mount),
      target: isAbsolute(path) ? path : join(tree, path),
    }))
  }

  /** The place is gone, and with it what it had for itself. Nothing may run in it any more. */
  async remove(): Promise<void> {
    if (this.#made) await removeTree(this.#own, this.#host.users.isolated)
  }

  /** A folder of the server's, and those on the way to it, with this mode whatever the umask is just now. */
  async #makeWay(folder: string, mode: number): Promise<void> {
    let way = this.#host.paths.app(this.#app.name)
    for (const name of relative(way, folder).split(sep)) {
      way = join(way, name)
      await mkdir(way).catch(ignoreExisting)
      await chmod(way, mode)
    }
  }

  /** A folder without any rights is one that has not been handed over yet. */
  async #makeFolder(folder: string, mode: number): Promise<void> {
    await mkdir(folder, { mode: 0 }).catch(ignoreExisting)
    const now = await lstat(folder)
    if (!now.isDirectory() || (now.mode & 0o777) !== 0) return
    const user = this.#host.users.of(this.#app.name)
    if (user !== null) await chown(folder, user.uid, user.gid)
    await chmod(folder, mode)
  }

  #source(mount: Mount): string {
    return join(this.#parent(mount), fileName(mount.source_path))
  }

  #parent({ source }: Mount): string {
    const { name, environment } = this.#app
    return source === 'storage' ? this.#host.paths.storage(name, environment) : join(this.#own, source)
  }
}

/** A name for a whole path, which no other path has. */
function fileName(path: string): string {
  const escaped = path.replaceAll(/^\.|[^\w.-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  )
  if (escaped === '') return '%'
  return escaped.length <= LONGEST_NAME ? escaped : `%${createHash('sha256').update(path).digest('hex')}`
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
