import type { BuiltImage } from '../../../src/app/image.ts'
import type { Clock } from '../../../src/app/clock.ts'
import type { ProcessState } from '../../../src/app/spec.ts'
import type { ImageSource, TaskHandle } from '../../../src/engine/engine.ts'
import type { Verdict } from '../../../src/engine/rollout.ts'
import type { Instance } from '../../../src/engine/running.ts'
import { LocalEngine } from '../../../src/engine/local/local-engine.ts'
import { processSpec, stateOf, taskSpec } from '../specs.ts'
import { BUILD } from '../../app/fixtures.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

const NOBODY = new AbortController().signal

/** An engine in a home of its own with one app and one image, and short words for what tests do with it. */
export class Shop {
  readonly app = { name: 'shop', environment: 'default' }
  readonly home: string
  engine: LocalEngine
  image!: BuiltImage
  readonly #clock: Clock | undefined

  private constructor(home: string, engine: LocalEngine, clock?: Clock) {
    this.home = home
    this.engine = engine
    this.#clock = clock
  }

  static async open(clock?: Clock): Promise<Shop> {
    const home = await temporaryFolder()
    const shop = new Shop(home, await openEngine(home, undefined, clock), clock)
    shop.image = await shop.make('a'.repeat(64))
    return shop
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine.close()
    await remove(this.home)
  }

  /** The server stops and starts; `meanwhile` is what happens to the home. */
  async restart(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    await this.engine.close()
    await meanwhile()
    this.engine = await LocalEngine.open(this.home, this.#clock)
    await this.engine.addApp(this.app)
  }

  make(key: string, write: ImageSource['write'] = async () => {}): Promise<BuiltImage> {
    const request = { key, build: BUILD, source: { bytes: 0, files: 0, write } }
    return this.engine.makeImage(this.app, request, { signal: NOBODY, log: () => {} })
  }

  state(name: string, command: string, more: Parameters<typeof processSpec>[3] = {}): ProcessState {
    return stateOf(processSpec(name, command, this.image, more))
  }

  async roll(before: ProcessState | null, after: ProcessState | null, signal = NOBODY): Promise<Verdict> {
    const transition = { name: (after ?? before)!.spec.name, before, after }
    return (await this.engine.rollout(this.app, [transition], { signal, report: () => {} }))[0]!
  }

  task(command: string, more: Parameters<typeof taskSpec>[3] = {}): Promise<TaskHandle> {
    const spec = taskSpec('job', command, this.image, more)
    return this.engine.runTask(this.app, { spec, initiated_by: 'test', deployment: null })
  }

  async instances(process: string): Promise<Instance[]> {
    const { processes } = await this.engine.observe(this.app)
    return processes.find(({ spec }) => spec.name === process)?.instances ?? []
  }

  async lines(component: string): Promise<string[]> {
    const query = { process: component, follow: false, lines: 100, signal: NOBODY }
    return (await Array.fromAsync(this.engine.logs(this.app, query))).map((line) => line.text)
  }

  setVariable(name: string, value: string): Promise<void> {
    return this.engine.setVariable(this.app, { name, value, process: null, secret: false })
  }

  /** The version of a variable as it is now, for a spec. */
  async version(name: string): Promise<Record<string, number>> {
    const { variables } = await this.engine.observe(this.app)
    return { [name]: variables.find((each) => each.name === name)!.version }
  }

  /** Names of the children that the next server would look for. */
  children(): string[] {
    return this.engine.db.all('SELECT name FROM children').map((row) => String(row['name']))
  }
}

/** A web server in one line. */
export const LISTENS = `exec node -e "require('http').createServer((q, r) => r.end('x')).listen(process.env.PORT)"`
