import { afterEach, beforeEach, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeAws } from './fake-aws.ts'

let fake: FakeAws

beforeEach(async () => {
  fake = await FakeAws.start()
})
afterEach(() => fake[Symbol.asyncDispose]())

const find = async (input: object) => (await awsOf(fake).loadBalancing()).describeTargetGroups(input)
const group = { name: 'web', port: 8080, healthCheckPath: '/up?a=1&lt;b=<2>', targetType: 'ip' } as const

it('describes target groups by their ARNs or names, or all of them', async () => {
  const web = fake.elb.createTargetGroup(group)
  const api = fake.elb.createTargetGroup({ ...group, name: 'api' })
  const { TargetGroups } = await find({ TargetGroupArns: [web] })
  expect(TargetGroups).toMatchObject([
    {
      TargetGroupArn: web,
      Port: 8080,
      HealthCheckPath: '/up?a=1&lt;b=<2>',
      HealthCheckEnabled: true,
      HealthCheckIntervalSeconds: 30,
      TargetType: 'ip',
    },
  ])
  expect((await find({ TargetGroupArns: [web, api] })).TargetGroups).toHaveLength(2)
  expect((await find({ Names: ['api'] })).TargetGroups).toHaveLength(1)
  expect((await find({})).TargetGroups).toHaveLength(2)
  expect(fake.elb.has(web)).toBe(true)
})

it('knows which of them a load balancer uses, and what they check', async () => {
  fake.elb.createTargetGroup({ ...group, protocol: 'TCP', healthCheckPort: 9000, isUsed: false })
  const [unused] = (await find({})).TargetGroups!
  expect(unused).toMatchObject({ LoadBalancerArns: [], HealthCheckProtocol: 'TCP', HealthCheckPort: '9000' })
  expect(unused!.HealthCheckPath).toBeUndefined()
})

it('refuses the whole call when one is not there', async () => {
  const web = fake.elb.createTargetGroup(group)
  await expect(find({ TargetGroupArns: [web, `${web}0`] })).rejects.toMatchObject({
    name: 'TargetGroupNotFoundException',
  })
  expect(fake.elb.has(`${web}0`)).toBe(false)
})

it('reads lists of more than nine, and pages', async () => {
  const groups = Array.from({ length: 12 }, (_, n) => fake.elb.createTargetGroup({ ...group, name: `g${n}` }))
  expect((await find({ TargetGroupArns: groups })).TargetGroups).toHaveLength(12)
  const first = await find({ PageSize: 8 })
  const second = await find({ PageSize: 8, Marker: first.NextMarker })
  expect([first.TargetGroups?.length, second.TargetGroups?.length]).toEqual([8, 4])
  expect(second.NextMarker).toBeUndefined()
})
