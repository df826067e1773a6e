import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { execa } from 'execa'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'

import { systemClock } from '../../src/app/clock.ts'
import { deploy } from '../../src/deploy/deploy.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import { wantCommit } from '../../src/deploy/prepare.ts'
import { preview } from '../../src/deploy/preview.ts'
import type { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { Repository } from '../../src/git/repository.ts'
import { isEmpty } from '../../src/plan/plan.ts'
import { openEngine, remove, temporaryFolder } from '../engine/local/home.ts'

const onBug = (error: unknown): never => {
  throw error
}
const app = { name: 'shop', environment: 'default' }
let folder: string
let engine: LocalEngine
let repository: Repository

beforeAll(async () => {
  folder = await temporaryFolder()
  engine = await openEngine(join(folder, 'home'), app)
  await mkdir(join(folder, 'checkout'))
  await git('init', '--quiet')
  repository = await Repository.open(join(folder, 'checkout'))
})
afterAll(async () => {
  await engine.close()
  await remove(folder)
})

async function git(...args: string[]): Promise<string> {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=t@example.com']
  return (await execa('git', [...author, ...args], { cwd: join(folder, 'checkout') })).stdout
}

async function commit(config: unknown): Promise<string> {
  await writeFile(join(folder, 'checkout', 'gantry.yml'), stringify(config))
  await git('add', '--all')
  await git('commit', '--quiet', '--allow-empty', '--message', 'Generated')
  return git('rev-parse', 'HEAD')
}

const env = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('1', 'two', ''), { maxKeys: 2 })
const process = fc.record(
  {
    command: fc.constantFrom('sleep 600', 'exec sleep 600', 'true && sleep 600'),
    env,
    memory: fc.constantFrom(0.5, 1, '512 MB'),
    demand_count: fc.integer({ min: 0, max: 2 }),
    spot_count: fc.integer({ min: 0, max: 1 }),
    disabled: fc.boolean(),
    stop_timeout: fc.constantFrom(1, '2s'),
    ephemeral_storage_gb: fc.constantFrom(20, 30),
    scale_count: fc.constantFrom(0, 2),
    scale_type: fc.constantFrom('none', 'spot'),
    expose: fc.constant('none'),
  },
  // Without `expose` a process called web is public, and would have to listen.
  { requiredKeys: ['command', 'expose'] },
)
const task = fc.oneof(
  fc.record({ command: fc.constant('true'), run: fc.constantFrom('pre_deploy', 'post_deploy'), env }),
  fc.record({
    command: fc.constant('true'),
    schedule: fc.constant('0 3 1 1 *'),
    timezone: fc.constant('Europe/Berlin'),
  }),
)
const config = fc.record({
  env,
  defaults: fc.constant({ rollout: { min_up: 0.01 } }),
  processes: fc.dictionary(fc.constantFrom('web', 'worker', 'beat'), process, { minKeys: 1, maxKeys: 3 }),
  tasks: fc.dictionary(fc.constantFrom('migrate', 'warm', 'report'), task, { maxKeys: 2 }),
})

it('right after a deployment, planning again finds nothing to do, for any valid config on top of any other', async () => {
  await fc.assert(
    fc.asyncProperty(config, async (generated) => {
      const id = await commit(generated)
      const want = () =>
        wantCommit(engine, { app, repository, commit: id, rebuild: false, clock: systemClock })
      const events: DeployEvent[] = []
      const deployment = await engine.ledger.open(app, {
        kind: 'deploy',
        commit: id,
        by: 'test',
        title: 'Generated',
      })
      const { outcome } = await deploy(
        engine,
        { app, deployment, want, plan: { allow_remove: true }, supersedes: true },
        {
          signal: new AbortController().signal,
          clock: systemClock,
          emit: (event) => events.push(event),
          onBug,
        },
      )
      expect(['succeeded', 'unchanged'], JSON.stringify(events.at(-1))).toContain(outcome)
      const { plan } = await preview(engine, app, await want(), {})
      expect(isEmpty(plan), JSON.stringify(plan, null, 1)).toBe(true)
    }),
    { numRuns: 20, endOnFailure: true },
  )
}, 60_000)
