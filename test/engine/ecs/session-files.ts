import { existsSync, readFileSync, rmSync } from 'node:fs'

import { byCommand, type Behaviour, type ContainerRun } from '../../fakes/aws/ecs/behaviour.ts'

/**
 * What containers do whose sessions run on this machine, as those of the fake plugin do: one that waits for a session ends
 * when that has left its exit code in a file.
 */
export class SessionFiles implements Disposable {
  /** The newest last. */
  readonly files: string[] = []

  readonly behaviour = (run: ContainerRun): Behaviour => {
    const file = this.fileOf(run)
    if (file === null) return byCommand(run)
    this.files.push(file)
    const ends = (): number | null => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : null)
    return { lines: [], exit: null, ends }
  }

  /** Null: it waits for nobody. */
  fileOf({ command }: ContainerRun): string | null {
    return /until \[ -f (\S+) \]/.exec(command[2] ?? '')?.[1] ?? null
  }

  [Symbol.dispose](): void {
    for (const file of this.files) rmSync(file, { force: true })
  }
}
