import { createHash } from 'node:crypto'

import type { App, Build } from '../../src/app/app.ts'
import type { Clock } from '../../src/app/clock.ts'
import { ConfigError } from '../../src/app/errors.ts'
import { imageUsers } from '../../src/app/image-users.ts'
import type { Image } from '../../src/app/image.ts'
import { deploy, type DeployRequest, type DeployResult } from '../../src/deploy/deploy.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import { wantRelease, type Wanted } from '../../src/deploy/prepare.ts'
import { preview } from '../../src/deploy/preview.ts'
import type { Operation } from '../../src/deploy/operations.ts'
import { latestRelease, requestRollback } from '../../src/deploy/requests.ts'
import type { Engine, ImageRequest } from '../../src/engine/engine.ts'
import type { Plan } from '../../src/plan/types.ts'

export interface Deployed extends DeployResult {
  events: DeployEvent[]
  plan: Plan | undefined
}

const NOBODY = new AbortController().signal

/** Deploys apps to an engine as the commits would be whose configs say so. */
export class Deployer {
  readonly engine: Engine
  readonly #clock: Clock

  constructor(engine: Engine, clock: Clock) {
    this.engine = engine
    this.#clock = clock
  }

  /** `code` is what the built images hold. */
  async deploy(app: App, code = 'one'): Promise<Deployed> {
    return this.#deploy(app, () => this.#want(app, code), { allow_remove: true })
  }

  /** Makes, changes and deletes processes by hand. */
  async operate(app: App, ...operations: Operation[]): Promise<Deployed> {
    const only = operations.map((each) => each.process)
    const want = async (): Promise<Wanted> => wantRelease(await latestRelease(this.engine, app))
    return this.#deploy(app, want, { only, operate: operations, allow_remove: true })
  }

  /** Deploys an old release again. */
  async rollBack(app: App, number: number): Promise<Deployed> {
    const { want, plan } = (await requestRollback(this.engine, app, number)).request
    return this.#deploy(app, want, plan)
  }

  async plan(app: App, code = 'one', { refresh = false } = {}): Promise<Plan> {
    const wanted = await this.#want(app, code)
    return (await preview(this.engine, app, wanted, { allow_remove: true }, { refresh })).plan
  }

  async #deploy(app: App, want: () => Promise<Wanted>, plan: DeployRequest['plan']): Promise<Deployed> {
    const id = { name: app.name, environment: app.environment }
    const entry = { kind: 'deploy', commit: 'f'.repeat(40), by: 'test', title: 'Change' } as const
    const deployment = await this.engine.ledger.open(id, entry)
    const events: DeployEvent[] = []
    const request = { app: id, deployment, want, plan, supersedes: false }
    const result = await deploy(this.engine, request, {
      signal: NOBODY,
      clock: this.#clock,
      emit: (event) => events.push(event),
      onBug: (error) => {
        throw error
      },
    })
    return { ...result, events, plan: events.find((event) => event.type === 'plan.made')?.plan }
  }

  async #want(said: App, code: string): Promise<Wanted> {
    const { app, diagnostics } = this.engine.adapt(said)
    if (diagnostics.some(({ severity }) => severity === 'error')) throw new ConfigError(diagnostics)
    const components = imageUsers(app)
    const built = components.filter((each) => each.image === null)
    const requests = new Map(built.map(({ build }) => [keyOf(build, code), requestOf(build, code)]))
    const made = await this.engine.findImages(app, [...requests.keys()])
    const imageOf = ({ image, build }: (typeof components)[number]): Image => {
      if (image !== null) return { kind: 'pinned', reference: image }
      const key = keyOf(build, code)
      return { kind: 'built', key, digest: made.get(key)?.digest ?? null }
    }
    return {
      app,
      commit: 'f'.repeat(40),
      images: new Map(components.map((each) => [each.id, imageOf(each)])),
      requests,
      rebuild: new Set(),
      buildEnvironment: {},
      warnings: diagnostics,
      files: [],
    }
  }
}

function keyOf(build: Build, code: string): string {
  return createHash('sha256')
    .update(JSON.stringify([build, code]))
    .digest('hex')
}

function requestOf(build: Build, code: string): ImageRequest {
  return { key: keyOf(build, code), build, source: { bytes: 0, files: 0, write: async () => {} } }
}
