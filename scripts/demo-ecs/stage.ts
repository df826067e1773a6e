import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa, type Options } from 'execa'

import type { Plan } from '../../src/plan/types.ts'
import { FakeAws } from '../../test/fakes/aws/fake-aws.ts'
import { ScaledClock } from '../../test/fakes/scaled-clock.ts'
import { Checkout } from '../demo/checkout.ts'
import { say, show } from '../demo/narration.ts'
import { parcels } from './containers.ts'
import { openImages, type Images } from './images.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const GANTRY = join(ROOT, 'src', 'cli', 'main.ts')
const REPOSITORY = 'parcels/default'

/**
 * How many times as fast as real time goes by in the fake. The command line looks at a rollout once a second: one that began and
 * ended between two looks it would take for one that ECS does not show yet, and wait for.
 */
export const SPEED = 20

/** A fake AWS, a repository that stands for the one on GitHub, and a checkout of the example. */
export class Stage implements AsyncDisposable {
  readonly fake: FakeAws
  readonly images: Images
  readonly checkout: Checkout
  readonly folder: string

  private constructor(fake: FakeAws, images: Images, folder: string) {
    this.fake = fake
    this.images = images
    this.folder = folder
    this.checkout = new Checkout(join(folder, 'parcels'))
  }

  static async open(): Promise<Stage> {
    const fake = await FakeAws.start({ clock: new ScaledClock(SPEED) })
    fake.elb.createTargetGroup({ name: 'parcels-web', port: 8000, healthCheckPath: '/', targetType: 'ip' })
    fake.ecs.behaviour = parcels
    const folder = await mkdtemp(join(tmpdir(), 'gantry-demo-ecs-'))
    const stage = new Stage(fake, await openImages(fake), folder)
    await stage.#clone()
    return stage
  }

  async #clone(): Promise<void> {
    const { folder, checkout, images } = this
    const origin = join(folder, 'origin.git')
    await cp(join(ROOT, 'examples', 'parcels'), checkout.folder, { recursive: true })
    await images.provide(checkout.folder)
    await mkdir(origin)
    await execa('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', origin])
    await checkout.git('init', '--quiet', '--initial-branch', 'main')
    await checkout.git('remote', 'add', 'origin', origin)
  }

  /** Commits and pushes to where the pull requests are. */
  async push(message: string): Promise<void> {
    show(['git', 'commit', '-m', message])
    show(['git', 'push', 'origin', 'HEAD'])
    await this.checkout.commit(message)
    await this.checkout.git('push', '--quiet', 'origin', 'HEAD')
  }

  /** `gantry deploy`, in sight. Gives its exit code. */
  async deploy(): Promise<number> {
    if (this.images.lacks !== null) await this.#prepareImages(this.images.lacks)
    show(['gantry', 'deploy'])
    const { exitCode } = await this.#gantry(['deploy'], { stdio: 'inherit', reject: false })
    return exitCode ?? 1
  }

  async #prepareImages(lacks: string): Promise<void> {
    const missing = (await this.plan()).images.filter(({ action }) => action === 'build')
    if (missing.length === 0) return
    say(`The build is skipped: ${lacks}. A prepared image takes its place.`)
    this.images.prepare(
      REPOSITORY,
      missing.map(({ key }) => key),
    )
  }

  /** What the commit would do, as data. */
  async plan(): Promise<Plan> {
    return JSON.parse(await this.gantry('plan', '--json')) as Plan
  }

  /** Runs the command line and gives what it prints. */
  async gantry(...args: string[]): Promise<string> {
    return String((await this.#gantry(args, { stderr: 'inherit' })).stdout)
  }

  #gantry(args: string[], options: Options) {
    const env = { ...ownEnvironment(), ...this.fake.environment }
    const words = [GANTRY, ...args, '-C', this.checkout.folder]
    return execa(process.execPath, words, { ...options, env, extendEnv: false })
  }

  /** Revision of the task definition that a process runs. */
  revision(process: string): string {
    const [primary] = this.fake.ecs.service(`parcels--default--${process}`).deployments
    return primary!.revision.workload.definition.name
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.images[Symbol.asyncDispose]()
    await this.fake[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Nothing of an account, a server or a builder of whoever looks on. */
function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !/^(?:AWS|GANTRY|BUILDX)_/.test(name))
  return {
    ...(Object.fromEntries(entries) as Record<string, string>),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // It works where the registry is, other than builders in containers of their own.
    BUILDX_BUILDER: 'default',
  }
}
