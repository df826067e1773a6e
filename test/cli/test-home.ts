import { expect } from 'vitest'

import { Checkout } from './checkout.ts'
import { startGantry, temporaryFolder, type Ended, type Gantry, type GantryOptions } from './gantry.ts'

/** A config whose one process runs this shell line, and is up at once. */
export const config = (command: string) =>
  `defaults: {rollout: {min_up: 50ms}}\nprocesses: {worker: {command: ${JSON.stringify(command)}}}\n`

export const TICKS = config('while :; do echo "tick $GREETING"; sleep 0.1; done')

/** The command line with the home of a server that runs. */
export class TestHome {
  readonly folder: string
  readonly url: string

  constructor(folder: string, url: string) {
    this.folder = folder
    this.url = url
  }

  start(args: readonly string[], options: GantryOptions = {}): Gantry {
    return startGantry(args, { ...options, env: { GANTRY_HOME: this.folder, ...options.env } })
  }

  run(args: readonly string[], options: GantryOptions = {}): Promise<Ended> {
    return this.start(args, options).ended
  }

  /** The JSON of a command that must succeed. */
  async json<T>(args: readonly string[]): Promise<T> {
    const { stdout, stderr, code } = await this.run([...args, '--json'])
    expect({ stderr, code }).toMatchObject({ code: 0 })
    return JSON.parse(stdout) as T
  }

  /** A checkout with one commit of a new app that was not deployed yet. */
  async newApp(name: string, gantryYml = TICKS): Promise<Checkout> {
    expect(await this.run(['app', 'create', name])).toMatchObject({ code: 0 })
    const checkout = new Checkout(await temporaryFolder())
    checkout.git('remote', 'add', 'gantry', `${this.url}/${name}.git`)
    checkout.commit('first', { 'gantry.yml': gantryYml })
    return checkout
  }
}
