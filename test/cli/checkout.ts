import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A git repository with a work tree, as a person has it. */
export class Checkout {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    this.git('init', '--quiet', '--initial-branch=main')
  }

  git(...args: string[]): string {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgSign=false']
    return execFileSync('git', ['-C', this.folder, ...identity, ...args], { encoding: 'utf8' }).trim()
  }

  write(files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.folder, name), content)
  }

  /** Commits everything, and gives the commit's id. */
  commit(message: string, files: Record<string, string> = {}): string {
    this.write(files)
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', '--message', message)
    return this.git('rev-parse', 'HEAD')
  }
}
