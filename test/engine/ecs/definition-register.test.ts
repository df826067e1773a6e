import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { AppId } from '../../../src/app/app.ts'
import { CancelledError, NotFoundError, UserError } from '../../../src/app/errors.ts'
import type { ProcessSpec } from '../../../src/app/spec.ts'
import { LABEL } from '../../../src/engine/ecs/definition/label.ts'
import { readProcessDefinition } from '../../../src/engine/ecs/definition/read.ts'
import { Definitions } from '../../../src/engine/ecs/definition/register.ts'
import type { Aws } from '../../../src/engine/ecs/aws.ts'
import { FakeAws } from '../../fakes/aws/fake-aws.ts'
import { processSpec, taskSpec } from '../specs.ts'
import { PLACEMENT } from './placement.ts'
import { awsOf } from './aws.ts'

const APP: AppId = { name: 'shop', environment: 'production' }
const FAMILY = 'shop--production--web'
const RELAY = { kind: 'pinned', reference: 'ghcr.io/acme/relay:1.4' } as const

let fake: FakeAws
let aws: Aws
let definitions: Definitions

beforeEach(async () => {
  fake = await FakeAws.start()
  aws = awsOf(fake)
  definitions = new Definitions({ aws, clock: fake.clock, cluster: 'prod' })
})
afterEach(() => fake[Symbol.asyncDispose]())

const web = (more: Partial<ProcessSpec> = {}): ProcessSpec =>
  processSpec('web', 'bin/web', RELAY, { placement: PLACEMENT, port: 8000, env: { B: '2', A: '1' }, ...more })
const callsOf = (operation: string) => fake.calls.filter((each) => each.operation === operation)

/** Registers another revision of one that is there, as somebody does in the console: labels and all. */
async function copy(revision: string, image: string): Promise<string> {
  const {
    family,
    networkMode,
    requiresCompatibilities,
    cpu,
    memory,
    executionRoleArn,
    containerDefinitions,
  } = await definitions.read(revision)
  const [container] = containerDefinitions!
  const input = {
    family,
    networkMode,
    requiresCompatibilities,
    cpu,
    memory,
    executionRoleArn,
    containerDefinitions: [{ ...container!, image }],
  }
  const { taskDefinition } = await (await aws.ecs()).registerTaskDefinition(input)
  return `${taskDefinition!.family}:${taskDefinition!.revision}`
}

describe('ensure', () => {
  test('registers what is new, and what comes back is what went in', async () => {
    const { revision, hash } = await definitions.ensure(APP, web(), null)
    expect(revision).toBe(`${FAMILY}:1`)
    const registered = await definitions.read(revision)
    expect(registered.containerDefinitions![0]!.dockerLabels![LABEL.hash]).toBe(hash)
    expect(readProcessDefinition(registered)).toMatchObject({
      command: 'bin/web',
      port: 8000,
      env: { A: '1', B: '2' },
    })
  })

  test('ecs.md §2.4: does not register what is there already, neither the current revision nor the newest', async () => {
    const first = await definitions.ensure(APP, web(), null)
    expect(await definitions.ensure(APP, web(), first.revision)).toEqual(first)
    expect(await definitions.ensure(APP, web(), null)).toEqual(first)
    const second = await definitions.ensure(APP, web({ memory: 1024 }), first.revision)
    expect(second.revision).toBe(`${FAMILY}:2`)
    // Killed before the service was told: the service still runs the first, and the second is there.
    expect(await definitions.ensure(APP, web({ memory: 1024 }), first.revision)).toEqual(second)
    expect(callsOf('RegisterTaskDefinition')).toHaveLength(2)
  })

  test('goes back to the revision that runs, whatever is newer', async () => {
    const first = await definitions.ensure(APP, web(), null)
    await definitions.ensure(APP, web({ memory: 1024 }), first.revision)
    expect(await definitions.ensure(APP, web(), first.revision)).toEqual(first)
  })

  test('does not take a revision of other hands for ours because it has our labels', async () => {
    const first = await definitions.ensure(APP, web(), null)
    const theirs = await copy(first.revision, 'nginx:1')
    expect(await definitions.ensure(APP, web(), theirs)).toEqual({
      revision: `${FAMILY}:3`,
      hash: first.hash,
    })
  })

  test('ecs.md §4.3: does not use a revision that is not active', async () => {
    const first = await definitions.ensure(APP, web(), null)
    await definitions.prune({ unused: [FAMILY], grown: [], named: new Set() })
    expect(await definitions.ensure(APP, web(), first.revision)).toEqual({
      ...first,
      revision: `${FAMILY}:2`,
    })
  })

  test('a task has a family of its own', async () => {
    const migrate = taskSpec('migrate', 'bin/migrate', RELAY, { placement: PLACEMENT })
    const { revision } = await definitions.ensure(APP, migrate, null)
    expect(revision).toBe('shop--production--task--migrate:1')
    expect((await definitions.ensure(APP, migrate, null)).revision).toBe(revision)
  })

  test('ecs.md §2.4: registers 20 at once and then one a second', async () => {
    const started = fake.clock.now()
    const names = Array.from({ length: 23 }, (_, index) => `worker-${index}`)
    await Promise.all(names.map((name) => definitions.ensure(APP, { ...web(), name }, null)))
    const seconds = callsOf('RegisterTaskDefinition').map(({ at }) => (at - started) / 1_000)
    expect(seconds).toHaveLength(23)
    expect([20, 21, 22].map((index) => seconds[index]! >= index - 19)).toEqual([true, true, true])
    expect(seconds.at(-1)).toBeLessThan(4)
  })

  test('stops waiting for its turn when it is cancelled', async () => {
    const cancel = new AbortController()
    cancel.abort()
    const ensured = definitions.ensure(APP, web(), null, { signal: cancel.signal })
    await expect(ensured).rejects.toBeInstanceOf(CancelledError)
    expect(callsOf('RegisterTaskDefinition')).toEqual([])
  })

  test('says what ECS refuses, and of what', async () => {
    const image = { kind: 'pinned', reference: 'x'.repeat(300) } as const
    const ensured = definitions.ensure(APP, web({ image }), null)
    await expect(ensured).rejects.toThrow(/^ECS refuses the task definition of web: .*image/)
    await expect(ensured).rejects.toBeInstanceOf(UserError)
  })

  test('ecs.md §4.2: being throttled for longer than the client tries is no bug', async () => {
    fake.faults.add({ when: ({ operation }) => operation === 'RegisterTaskDefinition', kind: 'throttle' })
    const ensured = definitions.ensure(APP, web(), null)
    await expect(ensured).rejects.toThrow(
      'could not register the task definition of web: AWS is asked too often',
    )
  })
})

test('reading what is not there is an error that says so', async () => {
  await expect(definitions.read(`${FAMILY}:7`)).rejects.toBeInstanceOf(NotFoundError)
})

const activeOf = async (family: string) => {
  const { taskDefinitionArns } = await (await aws.ecs()).listTaskDefinitions({ familyPrefix: family })
  return taskDefinitionArns!.map((arn) => arn.split('/')[1])
}

describe('prune', () => {
  test('ecs.md §4.3: deregisters what nothing names in the families that are unused, and in no other', async () => {
    for (const memory of [512, 1024, 2048]) await definitions.ensure(APP, web({ memory }), null)
    const other = await definitions.ensure(APP, { ...web(), name: 'web-2' }, null)
    await definitions.prune({ unused: [FAMILY], grown: [], named: new Set([`${FAMILY}:1`]) })
    expect(await activeOf(FAMILY)).toEqual([`${FAMILY}:1`])
    expect(await activeOf('shop--production--web-2')).toEqual([other.revision])
  })

  test('ecs.md §1.13: of a family that grew, the newest ten stay, and what a service runs', async () => {
    for (let memory = 4; memory <= 16; memory++) {
      await definitions.ensure(APP, web({ memory: memory * 1_024, cpu: 2_048 }), null)
    }
    await definitions.prune({ unused: [], grown: [], named: new Set([`${FAMILY}:2`]) })
    expect(await activeOf(FAMILY)).toEqual([2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((n) => `${FAMILY}:${n}`))
  })

  test('a family that did not grow is not even listed', async () => {
    await definitions.prune({ unused: [], grown: [], named: new Set() })
    expect(fake.calls.filter(({ operation }) => operation === 'ListTaskDefinitions')).toEqual([])
  })

  test('nobody waits for it: what AWS would not take at once is left to the next time', async () => {
    for (let memory = 4; memory <= 16; memory++) {
      await definitions.ensure(APP, web({ memory: memory * 1_024, cpu: 2_048 }), null)
    }
    const started = fake.clock.now()
    await definitions.prune({ unused: [FAMILY], grown: [], named: new Set() })
    expect(fake.clock.now()).toBe(started)
    expect((await activeOf(FAMILY)).length).toBeGreaterThan(0)
    await fake.clock.sleep(20)
    await definitions.prune({ unused: [FAMILY], grown: [], named: new Set() })
    expect(await activeOf(FAMILY)).toEqual([])
  })
})

describe('removing all', () => {
  test('finds those beyond the first hundred, and is paced like registering', async () => {
    const ecs = await aws.ecs()
    const { containerDefinitions } = await definitions.read(
      (await definitions.ensure(APP, web(), null)).revision,
    )
    for (let index = 0; index < 101; index++) {
      await fake.clock.sleep(1)
      await ecs.registerTaskDefinition({ family: FAMILY, containerDefinitions })
    }
    const started = fake.clock.now()
    await definitions.removeAll([FAMILY])
    expect(await activeOf(FAMILY)).toEqual([])
    expect((fake.clock.now() - started) / 1_000).toBeGreaterThanOrEqual(102 - 20)
  })

  test('stops when it is cancelled', async () => {
    const { revision } = await definitions.ensure(APP, web(), null)
    const cancel = new AbortController()
    cancel.abort()
    await definitions.removeAll([FAMILY], cancel.signal)
    expect(await activeOf(FAMILY)).toEqual([revision])
  })
})
