import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'

import { systemClock } from '../../src/app/clock.ts'
import { ConfigError } from '../../src/app/errors.ts'
import { deployHere } from '../../src/deploy/deploy-here.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import { wantCommit } from '../../src/deploy/prepare.ts'
import { requestCommit } from '../../src/deploy/requests.ts'
import type { BuildRequest } from '../../src/engine/ecs/images/builder.ts'
import { openEcs } from '../../src/engine/ecs/open.ts'
import { awsOf } from '../engine/ecs/aws.ts'
import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { Workshop } from './workshop.ts'

const ON_ECS = {
  engine: 'ecs',
  ecs: { subnets: ['subnet-1'], execution_role: 'arn:aws:iam::123456789012:role/execution' },
  processes: { worker: { command: '/fake/stays-up' } },
}
const process = (build: object) => ({ command: 'exec sleep 600', rollout: { min_up: 0.2 }, build })

describe('several images', () => {
  let meeting: string
  beforeEach(async () => {
    meeting = await mkdtemp(join(tmpdir(), 'gantry-meeting-'))
    // Builds may run as a user of their own.
    await chmod(meeting, 0o777)
  })
  afterEach(() => rm(meeting, { recursive: true, force: true }))

  const meet = (own: string, other: string) =>
    `touch ${meeting}/${own}; until [ -e ${meeting}/${other} ]; do sleep 0.05; done`

  it('are built side by side', async () => {
    await using shop = await Workshop.open()
    // Each waits for the other one to have begun.
    const processes = { one: process({ command: meet('a', 'b') }), two: process({ command: meet('b', 'a') }) }
    const result = await shop.deploy(await shop.commit({ processes }))
    expect(result.outcome).toBe('succeeded')
    expect(result.events.filter(({ type }) => type === 'image.built')).toHaveLength(2)
  })

  it('are given up together when one of them fails, which is the reason', async () => {
    await using shop = await Workshop.open()
    const processes = {
      slow: process({ command: `touch ${meeting}/began; sleep 600` }),
      bad: process({ command: `until [ -e ${meeting}/began ]; do sleep 0.05; done; exit 3` }),
      never: process({ command: 'sleep 601' }),
    }
    const result = await shop.deploy(await shop.commit({ processes }))
    expect(result).toMatchObject({ outcome: 'failed', reason: 'build failed: exit 3' })
    expect((await shop.engine.observe(shop.app)).processes).toEqual([])
  })
})

it('a commit without a Dockerfile is refused on ecs before anything is built', async () => {
  await using shop = await Workshop.open()
  const commit = await shop.commit(ON_ECS)
  const { engine } = await openEcs({ region: null, cluster: null })
  const { app, repository } = shop
  const wanted = wantCommit(engine, { app, repository, commit, rebuild: false, clock: systemClock })
  await expect(wanted).rejects.toThrow('the commit has no Dockerfile')
})

describe('build secrets', () => {
  const config = { ...ON_ECS, build: { secrets: { npm: 'env:NPM_TOKEN' } } }
  const files = { Dockerfile: 'FROM scratch\n' }
  let shop: Workshop
  let fake: FakeAws
  let built: BuildRequest[]
  beforeEach(async () => {
    built = []
    shop = await Workshop.open()
    fake = await FakeAws.start()
  })
  afterEach(async () => {
    await fake[Symbol.asyncDispose]()
    await shop[Symbol.asyncDispose]()
  })

  const open = () =>
    openEcs(
      { region: null, cluster: null },
      {
        clock: fake.clock,
        aws: awsOf(fake),
        builder: {
          async build(request) {
            built.push(request)
            fake.ecr.putImage('shop/default', [request.reference.split(':').at(-1)!])
          },
        },
      },
    )
  const deploy = async (commit: string, buildEnvironment: Record<string, string>) => {
    const { engine, log } = await open()
    const { app, repository } = shop
    const options = {
      repository,
      commit,
      rebuild: false,
      allow_remove: false,
      clock: fake.clock,
      buildEnvironment,
    }
    const requested = await requestCommit(engine, app, options)
    const events: DeployEvent[] = []
    const result = await deployHere(
      engine,
      log,
      { app, by: 'test', ...requested },
      {
        signal: new AbortController().signal,
        clock: fake.clock,
        emit: (event) => events.push(event),
        onBug: (error) => {
          throw error
        },
      },
    )
    return { ...result, events }
  }

  it('come from the variables of whoever builds, and stand in nothing that is stored', async () => {
    const commit = await shop.commit(config, files)
    const { outcome, events } = await deploy(commit, { NPM_TOKEN: 'a-token-of-npm' })
    expect(outcome).toBe('succeeded')
    expect(built.map(({ secrets }) => secrets)).toEqual([{ npm: 'a-token-of-npm' }])
    expect(JSON.stringify([events, fake.calls])).not.toContain('a-token-of-npm')
  })

  it('whose value changes make no other image, and are not asked for where nothing is built', async () => {
    const commit = await shop.commit(config, files)
    await deploy(commit, { NPM_TOKEN: 'a-token-of-npm' })
    expect(await deploy(commit, {})).toMatchObject({ outcome: 'unchanged' })
    expect(built).toHaveLength(1)
  })

  it.each([{}, { NPM_TOKEN: '' }])(
    'that are not set end the deployment before anything is built: %j',
    async (environment) => {
      const two = {
        ...config.processes,
        other: { command: '/fake/stays-up', build: { args: { A: '1' }, secrets: {} } },
      }
      const result = await deploy(await shop.commit({ ...config, processes: two }, files), environment)
      expect(result).toMatchObject({
        outcome: 'failed',
        reason: 'the build secret npm is in the variable NPM_TOKEN, which is not set here',
      })
      expect(built).toEqual([])
    },
  )

  it('are refused where somebody else pushes the config, at the line that asks for them', async () => {
    const commit = await shop.commit(config, files)
    const { engine } = await open()
    const { app, repository } = shop
    const wanted = wantCommit(engine, { app, repository, commit, rebuild: false, clock: fake.clock })
    const error = await wanted.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConfigError)
    const lines = stringify(config).split('\n')
    const line = lines.findIndex((each) => each.includes('env:NPM_TOKEN')) + 1
    expect((error as ConfigError).diagnostics).toMatchObject([
      {
        severity: 'error',
        message: expect.stringContaining('asks for a variable of this server'),
        place: { file: 'gantry.yml', line },
      },
    ])
  })

  it('mean nothing to the local engine, which says so', async () => {
    const commit = await shop.commit({ ...config, engine: 'local', ecs: {} }, files)
    const { warnings, app } = await shop.want(commit)
    expect(warnings.map(({ path }) => path)).toContain('build.secrets')
    expect(app.processes[0]!.build.secrets).toEqual({})
    const options = { app: shop.app, repository: shop.repository, commit, rebuild: false, clock: systemClock }
    await expect(wantCommit(shop.engine, options)).resolves.toBeDefined()
  })
})
