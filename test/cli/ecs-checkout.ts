import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { Checkout } from './checkout.ts'
import { gantry, type Ended } from './gantry.ts'

/** A folder with a config for ECS, and the fake AWS that commands in it speak to. */
export class EcsCheckout {
  readonly fake: FakeAws
  readonly folder: string

  private constructor(fake: FakeAws, folder: string) {
    this.fake = fake
    this.folder = folder
  }

  static async open(config: string): Promise<EcsCheckout> {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-ecs-'))
    new Checkout(folder).commit('A config', { 'gantry.yml': config })
    const fake = await FakeAws.start()
    onTestFinished(async () => {
      await fake[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    })
    return new EcsCheckout(fake, folder)
  }

  gantry(...args: string[]): Promise<Ended> {
    return gantry(args, { cwd: this.folder, env: this.fake.environment })
  }
}
