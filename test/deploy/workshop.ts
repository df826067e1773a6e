import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { execa } from 'execa'
import { stringify } from 'yaml'

import { systemClock } from '../../src/app/clock.ts'
import { deployHere } from '../../src/deploy/deploy-here.ts'
import { deploy, type DeployIo, type DeployResult } from '../../src/deploy/deploy.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import { wantCommit, type Wanted } from '../../src/deploy/prepare.ts'
import { requestCommit, type Requested } from '../../src/deploy/requests.ts'
import type { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { Repository } from '../../src/git/repository.ts'
import { MemoryLog } from '../fakes/memory-log.ts'
import { openEngine, remove, temporaryFolder } from '../engine/local/home.ts'

export interface Deployed extends DeployResult {
  events: DeployEvent[]
  bugs: unknown[]
}

/** An engine and a checkout whose commits are deployed to it, without a server around them. */
export class Workshop {
  readonly app = { name: 'shop', environment: 'default' }
  readonly folder: string
  readonly engine: LocalEngine
  readonly repository: Repository
  readonly log = new MemoryLog()

  private constructor(folder: string, engine: LocalEngine, repository: Repository) {
    this.folder = folder
    this.engine = engine
    this.repository = repository
  }

  static async open(): Promise<Workshop> {
    const folder = await temporaryFolder()
    const engine = await openEngine(join(folder, 'home'))
    const checkout = join(folder, 'checkout')
    await mkdir(checkout)
    await execa('git', ['init', '--quiet'], { cwd: checkout })
    return new Workshop(folder, engine, await Repository.open(checkout))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine.close()
    await remove(this.folder)
  }

  async git(...args: string[]): Promise<string> {
    const author = ['-c', 'user.name=Test', '-c', 'user.email=t@example.com']
    return (await execa('git', [...author, ...args], { cwd: join(this.folder, 'checkout') })).stdout
  }

  /** Commits a config, and whatever else is to change. */
  async commit(config: unknown, files: Record<string, string> = {}): Promise<string> {
    for (const [name, text] of Object.entries({ 'gantry.yml': stringify(config), ...files }))
      await writeFile(join(this.folder, 'checkout', name), text)
    await this.git('add', '--all')
    await this.git('commit', '--quiet', '--allow-empty', '--message', 'Change')
    return this.git('rev-parse', 'HEAD')
  }

  want(commit: string): Promise<Wanted> {
    const { app, engine, repository } = this
    return wantCommit(engine, { app, repository, commit, rebuild: false, clock: systemClock })
  }

  async deploy(commit: string): Promise<Deployed> {
    const entry = { kind: 'deploy', commit, by: 'test', title: 'Change' } as const
    const deployment = await this.engine.ledger.open(this.app, entry)
    const want = (): Promise<Wanted> => this.want(commit)
    const request = { app: this.app, deployment, want, plan: { allow_remove: true }, supersedes: true }
    return watched((io) => deploy(this.engine, request, io))
  }

  request(commit: string, { allow_remove = true } = {}): Promise<Requested> {
    const { app, engine, repository } = this
    return requestCommit(engine, app, {
      repository,
      commit,
      rebuild: false,
      allow_remove,
      clock: systemClock,
    })
  }

  /** As a door does that has no server behind it. */
  async deployHere(requested: Requested): Promise<Deployed & { number: number | null }> {
    const request = { app: this.app, by: 'test', ...requested }
    return watched((io) => deployHere(this.engine, this.log, request, io))
  }
}

async function watched<T>(
  work: (io: DeployIo) => Promise<T>,
): Promise<T & { events: DeployEvent[]; bugs: unknown[] }> {
  const events: DeployEvent[] = []
  const bugs: unknown[] = []
  const result = await work({
    signal: new AbortController().signal,
    clock: systemClock,
    emit: (event) => events.push(event),
    onBug: (error) => bugs.push(error),
  })
  return { ...result, events, bugs }
}
