import { describe, expect, it, test } from 'vitest'

import { EXAMPLE } from '../../../../scripts/iam/documents.ts'
import { schedulerTrust, tasksTrust } from '../../../../scripts/iam/trust.ts'
import { trustOf, type Taker } from '../../../../src/engine/ecs/verify/trust.ts'
import { trusting } from '../../../fakes/aws/iam.ts'

const HOME = { partition: 'aws', region: EXAMPLE.region, account: EXAMPLE.account }
const TASKS = 'ecs-tasks.amazonaws.com'
const SCHEDULER = 'scheduler.amazonaws.com'

const kindOf = (policy: object, taker: Taker = TASKS, home: typeof HOME | null = HOME): string =>
  trustOf(encodeURIComponent(JSON.stringify(policy)), taker, home).kind

test('the trust policies of docs/iam.md are good for those whom they are for, and for nobody else', () => {
  expect(kindOf(tasksTrust(EXAMPLE))).toBe('trusted')
  expect(kindOf(schedulerTrust(EXAMPLE), SCHEDULER)).toBe('trusted')
  expect(kindOf(tasksTrust(EXAMPLE), SCHEDULER)).toBe('refused')
  expect(kindOf(tasksTrust({ ...EXAMPLE, account: '999999999999' }))).toBe('refused')
  expect(kindOf(schedulerTrust({ ...EXAMPLE, region: 'us-east-1' }), SCHEDULER)).toBe('refused')
  expect(kindOf(tasksTrust(EXAMPLE), TASKS, null)).toBe('unclear')
})

describe('a trust policy', () => {
  const allow = { Effect: 'Allow', Principal: { Service: TASKS }, Action: 'sts:AssumeRole' }

  it('has one statement or several, of one action or several, for one service or several', () => {
    expect(kindOf({ Statement: allow })).toBe('trusted')
    expect(kindOf({ Statement: [{ ...allow, Action: ['sts:TagSession', 'sts:Assume*'] }] })).toBe('trusted')
    expect(kindOf(trusting(['ec2.amazonaws.com', TASKS]))).toBe('trusted')
    const other = { ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '9' } } }
    expect(kindOf({ Statement: [other, allow] })).toBe('trusted')
  })

  it.each([
    ['denies it', { ...allow, Effect: 'Deny' }],
    ['is about another action', { ...allow, Action: 'sts:AssumeRoleWithWebIdentity' }],
    ['names an account only', { ...allow, Principal: { AWS: HOME.account } }],
    ['names nobody', { ...allow, Principal: undefined }],
  ])('that %s does not do', (_name, statement) => {
    expect(kindOf({ Statement: [statement] })).toBe('refused')
  })

  it('that denies something too is unclear', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }
    expect(kindOf({ Statement: [allow, deny] })).toBe('unclear')
  })

  const source = (value: string, operator = 'ArnLike') => ({ [operator]: { 'aws:SourceArn': value } })

  it.each([
    [source('arn:aws:ecs:*:123456789012:*'), 'trusted'],
    [source('arn:aws:ecs:eu-west-1:123456789012:*', 'StringLike'), 'trusted'],
    [source('arn:aws:ecs:eu-west-2:123456789012:*'), 'refused'],
    [source('arn:aws:ecs:eu-west-1:123456789012:cluster/default'), 'unclear'],
    [{ StringEquals: { 'AWS:sourceaccount': ['9', '123456789012'] } }, 'trusted'],
    [{ StringNotEquals: { 'aws:SourceAccount': '9' } }, 'unclear'],
    [{ StringEquals: { 'aws:SourceAccount': '9', 'aws:SourceOrgID': 'o-1' } }, 'refused'],
  ])('with the condition %j is %s', (condition, kind) => {
    expect(kindOf(trusting(TASKS, condition))).toBe(kind)
  })

  it('of the scheduler is for the group of a schedule, never for a schedule', () => {
    const group = (name: string) => source(`arn:aws:scheduler:eu-west-1:123456789012:${name}`)
    expect(kindOf(trusting(SCHEDULER, group('schedule-group/*')), SCHEDULER)).toBe('trusted')
    expect(kindOf(trusting(SCHEDULER, group('schedule/default/*')), SCHEDULER)).toBe('refused')
  })
})
