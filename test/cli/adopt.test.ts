import { expect, test } from 'vitest'

import { awsOf } from '../engine/ecs/aws.ts'
import { EcsCheckout } from './ecs-checkout.ts'

const CONFIG = `
app: shop
engine: ecs
ecs: {subnets: [subnet-1], execution_role: arn:aws:iam::123456789012:role/execution}
processes:
  worker: {image: registry.test/shop:1, command: /fake/stays-up, memory: 2, ecs: {service: legacy}}
`

async function withLegacy(config = CONFIG): Promise<EcsCheckout> {
  const checkout = await EcsCheckout.open(config)
  const ecs = await awsOf(checkout.fake, 'somebody').ecs()
  await ecs.registerTaskDefinition({
    family: 'legacy',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '512',
    memory: '1024',
    executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
    containerDefinitions: [
      { name: 'app', image: 'registry.test/shop:1', command: ['/bin/sh', '-c', 'exec /fake/stays-up'] },
    ],
  })
  await ecs.createService({
    serviceName: 'legacy',
    taskDefinition: 'legacy',
    desiredCount: 2,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
  })
  await checkout.fake.clock.sleep(120)
  return checkout
}

const tagsOf = ({ fake }: EcsCheckout) => fake.ecs.service('legacy').tags.map(({ key }) => key)

test('adopt shows what it would do, and wants a yes', async () => {
  const checkout = await withLegacy()
  const { stderr, code } = await checkout.gantry('adopt', 'worker')
  expect(stderr).toContain('-----> Adopting service legacy as process worker')
  expect(stderr).toContain('demand_count 2 (set by operator; config says 1)')
  expect(stderr).toContain('memory 1 GB → 2 GB')
  expect(stderr).toContain('this tags the service legacy')
  expect(stderr).toContain('say so with --yes')
  expect(code).toBe(2)
  expect(tagsOf(checkout)).toEqual([])
})

test('adopt tags, and ps and process show know the process at once', async () => {
  const checkout = await withLegacy()
  const { stderr, code } = await checkout.gantry('adopt', 'worker', '--service', 'legacy', '--yes')
  expect(stderr).toContain('legacy is process worker now')
  expect(code).toBe(0)
  expect(tagsOf(checkout)).toEqual(expect.arrayContaining(['gantry:app', 'gantry:process', 'gantry:adopted']))
  const { stdout } = await checkout.gantry('process', 'list', '--json')
  expect(JSON.parse(stdout)).toMatchObject([{ spec: { name: 'worker', demand_count: 2, memory: 1024 } }])
})

test('the first deploy after an adoption makes a release, though it changes nothing: then there is one to change by hand', async () => {
  const same = CONFIG.replace(
    'command: /fake/stays-up, memory: 2',
    'command: [/bin/sh, -c, exec /fake/stays-up]',
  )
  const checkout = await withLegacy(same)
  expect((await checkout.gantry('adopt', 'worker', '--yes')).code).toBe(0)
  const tasks = checkout.fake.ecs.tasks().map(({ id }) => id)
  const { stdout, stderr, code } = await checkout.gantry('deploy')
  expect(stdout + stderr).toContain('Released v1')
  expect(code).toBe(0)
  expect(checkout.fake.ecs.tasks().map(({ id }) => id)).toEqual(tasks)
  expect((await checkout.gantry('release', 'list')).stdout).toContain('v1')
  expect((await checkout.gantry('deploy')).stdout).toContain('Nothing to do')
})

test('adopt prints JSON: what it would do, or what it did', async () => {
  const checkout = await withLegacy()
  const asked = await checkout.gantry('adopt', 'worker', '--json')
  expect(JSON.parse(asked.stdout)).toMatchObject({ service: 'legacy', adopted: false, refused: [] })
  expect(tagsOf(checkout)).toEqual([])
  const done = await checkout.gantry('adopt', 'worker', '--json', '--yes')
  expect(JSON.parse(done.stdout)).toMatchObject({ service: 'legacy', adopted: true })
  expect(tagsOf(checkout)).toContain('gantry:app')
  const again = await checkout.gantry('adopt', 'worker', '--yes')
  expect(again.stderr).toContain('it is process worker of shop (default) already')
  expect(again.code).toBe(1)
})

test.each([
  ['a process that the config does not name', ['nobody'], CONFIG, 'the config has no process "nobody"'],
  ['a service that the config does not name', ['worker', '--service', 'other'], CONFIG, 'not other'],
  ['a service that is not there', ['worker'], CONFIG.replace('legacy', 'none'), 'there is no service none'],
  ['another engine', ['worker'], 'processes: {worker: {command: a}}\n', 'only services of ECS'],
])('%s is bad input', async (_name, args, config, message) => {
  const checkout = await EcsCheckout.open(config)
  const { stderr, code } = await checkout.gantry('adopt', ...args)
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})
