import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { execa } from 'execa'

/** A clone of the app that somebody works in. */
export class Checkout {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  async git(...args: string[]): Promise<string> {
    const author = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.com', '-c', 'commit.gpgSign=false']
    return (await execa('git', [...author, ...args], { cwd: this.folder })).stdout
  }

  async commit(message: string): Promise<void> {
    await this.git('add', '--all')
    await this.git('commit', '--quiet', '--message', message)
  }

  /** @throws Error when the file does not have what is to be changed */
  async edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.folder, file)
    const before = await readFile(path, 'utf8')
    const after = change(before)
    if (after === before) throw new Error(`${file} is not what the demo expects`)
    await writeFile(path, after)
  }
}
