import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { logGroup } from '../../../../src/engine/ecs/names.ts'
import type { Watched } from '../../../../src/engine/ecs/services/verdict.ts'
import { explain } from '../../../../src/engine/ecs/services/why.ts'
import { APP, Stage, type Program } from './watched-service.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage[Symbol.asyncDispose]())

const why = (watched: Watched) => explain(stage.account, APP, watched)

/** A new version of a running service that fails. */
async function failing(program: Program): Promise<Watched> {
  await stage.running('web')
  const watched = await stage.update('web', { program })
  await stage.watch(watched)
  return watched
}

it('tells the exit code and the last lines of an instance that ended, which nobody may have seen running', async () => {
  const watched = await failing({ command: ['/fake/prints', 'out of luck', '3'] })
  expect(await why(watched)).toEqual({
    reason: 'exit code 3',
    exit_code: 3,
    log: ['out of luck'],
    hint: null,
  })
})

it('tells the last twenty lines, not those of other instances', async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`)
  stage.fake.ecs.behaviour = ({ image }) =>
    image === 'app:2' ? { lines, exit: { after: 1, code: 1 } } : { lines: ['all is well'], exit: null }
  const { log } = await why(await failing({ image: 'app:2' }))
  expect(log).toEqual(lines.slice(-20))
})

it('waits a little for lines that CloudWatch does not show yet', async () => {
  const watched = await failing({ command: ['/fake/prints', 'out of luck', '3'] })
  const [last] = stage.fake.ecs.tasks({ service: 'web', status: 'STOPPED' }).toReversed()
  stage.fake.logs.delay = stage.now - last!.startedAt! / 1_000 + 3
  expect((await why(watched)).log).toEqual(['out of luck'])
})

it('has no exit code where the container never ran', async () => {
  stage.fake.ecs.failPull('app:2')
  const explained = await why(await failing({ image: 'app:2' }))
  expect(explained).toMatchObject({ exit_code: null, log: [] })
  expect(explained.reason).toContain('CannotPullContainerError')
  expect(explained.hint).toContain('--rebuild')
})

it('knows a missing secret', async () => {
  const secrets = [{ name: 'TOKEN', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/token' }]
  const explained = await why(await failing({ secrets }))
  expect(explained.reason).toContain('invalid parameters')
  expect(explained.hint).toContain('secrets')
})

it('knows that memory was not enough', async () => {
  stage.fake.ecs.runOutOfMemory('app:2')
  const explained = await why(await failing({ image: 'app:2' }))
  expect(explained).toMatchObject({ exit_code: 137, hint: expect.stringContaining('`memory`') as string })
})

it('knows a health check that fails', async () => {
  stage.fake.ecs.failHealthChecks('app:2')
  const healthCheck = { command: ['CMD', 'check'], interval: 5, retries: 1 }
  const explained = await why(await failing({ image: 'app:2', healthCheck }))
  expect(explained.reason).toContain('Task failed container health checks')
  expect(explained.hint).toContain('start_period')
})

it('knows a port that does not answer the load balancer', async () => {
  const targetGroupArn =
    'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef'
  await stage.running('web', {
    loadBalancers: [{ targetGroupArn, containerName: 'main', containerPort: 3000 }],
  })
  stage.fake.ecs.failTargets('web')
  const watched = await stage.update('web', { program: {} })
  await stage.watch(watched)
  expect((await why(watched)).hint).toContain('load balancer')
})

it('knows that there is no capacity', async () => {
  stage.fake.ecs.exhaustCapacity('FARGATE')
  const watched = { ...(await stage.create('web')), timeout: 60 }
  await stage.watch(watched)
  const explained = await why(watched)
  expect(explained.reason).toContain('Capacity is unavailable')
  expect(explained.hint).toContain('capacity')
})

it('knows what waits for old instances that drain', async () => {
  await stage.running('web')
  stage.fake.ecs.durations.deprovisioning = 300
  const watched = { ...(await stage.update('web', { program: {} })), timeout: 60 }
  await stage.watch(watched)
  expect((await why(watched)).hint).toContain('deregistration delay')
})

it('shows the log of what is up and not healthy yet', async () => {
  stage.fake.ecs.durations.healthy = 600
  stage.fake.ecs.behaviour = () => ({ lines: ['waiting for the database'], exit: null })
  const watched = { ...(await stage.create('web')), timeout: 30 }
  await stage.watch(watched)
  expect(await why(watched)).toMatchObject({ exit_code: null, log: ['waiting for the database'] })
})

it('keeps to the watched deployment, also an hour later', async () => {
  const watched = await failing({ command: ['/fake/prints', 'out of luck', '3'] })
  const later = await stage.update('web', { program: { command: ['/fake/prints', 'worse', '4'] } })
  await stage.watch(later)
  await stage.fake.clock.sleep(3_000)
  expect(await why(watched)).toMatchObject({ exit_code: 3, log: ['out of luck'] })
  expect(await why(later)).toMatchObject({ exit_code: 4, log: ['worse'] })
})

it('prefers what can never work to what happens as well', async () => {
  let count = 0
  stage.fake.ecs.behaviour = ({ image }) =>
    image === 'app:1'
      ? { lines: [], exit: null }
      : { lines: [], exit: { after: 1, code: count++ % 3 === 0 ? 127 : 1 } }
  expect((await why(await failing({ image: 'app:2' }))).exit_code).toBe(127)
})

describe('for new counts', () => {
  it('tells of the instances that they brought', async () => {
    let isBroken = false
    stage.fake.ecs.behaviour = () => ({ lines: [], exit: isBroken ? { after: 1, code: 4 } : null })
    await stage.running('web')
    isBroken = true
    const watched = { ...(await stage.update('web', { desiredCount: 3 })), deployment: null, timeout: 60 }
    await stage.watch(watched)
    expect((await why(watched)).exit_code).toBe(4)
  })
})

describe('where AWS does not tell', () => {
  it.each(['DescribeServices', 'ListTasks', 'DescribeTasks'])(
    'everything without %s, it says what it knows',
    async (operation) => {
      const watched = await failing({ command: ['/fake/prints', 'out of luck', '3'] })
      stage.fake.missing.add(`ecs:${operation}`)
      await expect(why(watched)).resolves.toHaveProperty('log')
    },
  )

  it('the log, it has none', async () => {
    const watched = await failing({ command: ['/fake/prints', 'out of luck', '3'] })
    await (await stage.account.aws.logs()).deleteLogGroup({ logGroupName: logGroup(APP) })
    expect(await why(watched)).toMatchObject({ exit_code: 3, log: [] })
  })
})
