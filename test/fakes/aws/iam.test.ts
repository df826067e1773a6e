import { afterEach, beforeEach, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeAws } from './fake-aws.ts'
import { trusting } from './iam.ts'

let fake: FakeAws
let iam: Awaited<ReturnType<ReturnType<typeof awsOf>['iam']>>

beforeEach(async () => {
  fake = await FakeAws.start()
  iam = await awsOf(fake).iam()
})
afterEach(() => fake[Symbol.asyncDispose]())

it('has every role that somebody asks for, with its path in its ARN', async () => {
  expect((await iam.getRole({ RoleName: 'shop' })).Role).toMatchObject({
    RoleName: 'shop',
    Path: '/',
    Arn: 'arn:aws:iam::123456789012:role/shop',
  })
  fake.iam.role('shop').path = '/teams/'
  expect((await iam.getRole({ RoleName: 'shop' })).Role?.Arn).toBe(
    'arn:aws:iam::123456789012:role/teams/shop',
  )
})

it('gives trust policies encoded as in an address', async () => {
  const trust = trusting('ecs-tasks.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '1' } })
  fake.iam.role('shop').trust = trust
  const { Role } = await iam.getRole({ RoleName: 'shop' })
  expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/)
  expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!))).toEqual(trust)
})

it('lists the policies that are attached to a role, in pages', async () => {
  fake.iam.role('shop').policies = ['A', 'service-role/B']
  const first = await iam.listAttachedRolePolicies({ RoleName: 'shop', MaxItems: 1 })
  expect(first).toMatchObject({
    AttachedPolicies: [{ PolicyName: 'A', PolicyArn: 'arn:aws:iam::aws:policy/A' }],
    IsTruncated: true,
  })
  const { Marker } = first
  expect(await iam.listAttachedRolePolicies({ RoleName: 'shop', MaxItems: 1, Marker })).toMatchObject({
    AttachedPolicies: [{ PolicyName: 'B', PolicyArn: 'arn:aws:iam::aws:policy/service-role/B' }],
    IsTruncated: false,
  })
})

it('does not find a role that is gone, and refuses a name that is none', async () => {
  fake.iam.gone.add('shop')
  const missing = { name: 'NoSuchEntityException' }
  await expect(iam.getRole({ RoleName: 'shop' })).rejects.toMatchObject(missing)
  await expect(iam.listAttachedRolePolicies({ RoleName: 'shop' })).rejects.toMatchObject(missing)
  await expect(iam.getRole({ RoleName: 'a/b' })).rejects.toMatchObject({ name: 'ValidationError' })
})

it('says no in its own words', async () => {
  fake.faults.add({ when: ({ service }) => service === 'iam', kind: 'denied' })
  await expect(iam.getRole({ RoleName: 'shop' })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('not authorized to perform: iam:GetRole'),
  })
})
