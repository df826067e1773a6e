import type { Service } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Aws } from '../../../../src/engine/ecs/aws.ts'
import { Watch } from '../../../../src/engine/ecs/services/one-watch.ts'
import { ServiceDeployments } from '../../../../src/engine/ecs/services/service-deployments.ts'
import type { Watched } from '../../../../src/engine/ecs/services/verdict.ts'
import { systemClock } from '../../../../src/app/clock.ts'
import { Stage } from './watched-service.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage[Symbol.asyncDispose]())

describe('the service-deployments API', () => {
  it('is asked for twenty deployments at a time', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `worker-${index}`)
    const watched = await Promise.all(names.map((name) => stage.create(name)))
    const ended = Promise.all(watched.map((each) => stage.watch(each)))
    await stage.fake.clock.sleep(1.5)
    await Promise.all(names.map((name) => stage.update(name, { program: {} })))
    const outcomes = (await ended).map((each) => each.outcome)
    expect(new Set(outcomes)).toEqual(new Set(['superseded']))
    const asked = stage.fake.calls.filter((call) => call.operation === 'DescribeServiceDeployments')
    const sizes = asked.map((call) => (call.input['serviceDeploymentArns'] as string[]).length)
    expect(Math.max(...sizes)).toBe(20)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(25)
  })

  it('is not asked for what goes well', async () => {
    await stage.running('web')
    await stage.watch(await stage.update('web', { program: {} }))
    expect(stage.count('ListServiceDeployments')).toBe(0)
  })

  it('that may not be asked says so once, and is left alone then', async () => {
    let calls = 0
    const refuse = async (): Promise<never> => {
      calls++
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' })
    }
    const aws = { ecs: async () => ({ listServiceDeployments: refuse }) } as unknown as Aws
    const deployments = new ServiceDeployments({ aws, clock: systemClock, cluster: 'default' })
    const question = { service: 'web', arn: null, createdAt: new Date() }
    const why = expect.stringContaining('is not allowed') as string
    expect(await deployments.ask([question])).toEqual([{ known: false, why }])
    expect(await deployments.ask([question])).toEqual([{ known: false, why }])
    expect(calls).toBe(1)
  })

  it('does not know a deployment of long ago', async () => {
    await stage.running('web')
    const deployments = new ServiceDeployments(stage.account)
    const [answer] = await deployments.ask([{ service: 'web', arn: null, createdAt: new Date(0) }])
    expect(answer).toMatchObject({ known: false })
  })
})

describe('at the end of its time', () => {
  const watched: Watched = {
    process: 'web',
    service: 'web',
    deployment: 'ecs-svc/2',
    revision: 'web:2',
    desired: 1,
    port: null,
    timeout: 60,
  }
  const own = { id: 'ecs-svc/2', desiredCount: 1, runningCount: 1 }
  const old = { id: 'ecs-svc/1', status: 'PRIMARY', desiredCount: 1, runningCount: 1 }
  const late = (service: Service, before: Service[] = []): Watch => {
    const watch = new Watch(watched, { signal: new AbortController().signal, report: () => {} }, 0)
    for (const each of [...before, service]) watch.see(each, 60_000)
    return watch
  }

  it('a rollout with stages says which one it is in', () => {
    const watch = late({
      desiredCount: 1,
      runningCount: 1,
      deploymentConfiguration: { strategy: 'CANARY' },
      deployments: [{ ...own, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }],
    })
    expect(watch.question(59_000)).toBeNull()
    expect(watch.question(60_000)).not.toBeNull()
    const deployment = { status: 'IN_PROGRESS', lifecycleStage: 'BAKE_TIME' } as const
    watch.hear({ known: true, deployment, later: [] }, 60_000)
    const ended = watch.outcome(60_000)
    expect(ended?.outcome).toBe('timed_out')
    expect(ended?.reason).toContain('BAKE_TIME')
  })

  it('what ECS has begun to roll back has failed', () => {
    const first: Service = { desiredCount: 1, deployments: [{ ...own, status: 'PRIMARY' }] }
    const watch = late({ desiredCount: 1, deployments: [old] }, [first])
    watch.hear({ known: true, deployment: { status: 'ROLLBACK_IN_PROGRESS' }, later: [] }, 60_000)
    expect(watch.outcome(60_000)).toMatchObject({ outcome: 'failed', rolledBack: false })
  })
})
