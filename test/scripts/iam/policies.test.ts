import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { ALL_CALLS, DEPLOY_CALLS, grantsOf, PLAN_CALLS } from '../../../scripts/iam/access.ts'
import { documentJson, DOCUMENT_NAMES, EXAMPLE } from '../../../scripts/iam/documents.ts'
import { generatePage } from '../../../scripts/iam/page.ts'
import {
  deployerPolicy,
  executionPolicy,
  plannerPolicy,
  schedulerPolicy,
} from '../../../scripts/iam/policies.ts'
import { namesOf, type Scope } from '../../../scripts/iam/scope.ts'
import { githubTrust } from '../../../scripts/iam/trust.ts'
import { scheduleName } from '../../../src/engine/ecs/names.ts'
import { arn } from '../../fakes/aws/arn.ts'
import { isWrite } from '../../fakes/aws/faults.ts'
import { allows } from './evaluate.ts'
import { allowedBy } from './shop.ts'

const PRODUCTION: Scope = { ...EXAMPLE, environment: 'production' }
const page = readFileSync(new URL('../../../docs/iam.md', import.meta.url), 'utf8')

test('every call maps to the action of its name, and no action comes from elsewhere', () => {
  for (const call of ALL_CALLS) {
    const [, name = ''] = call.split('.')
    const operation = name.charAt(0).toUpperCase() + name.slice(1)
    expect(grantsOf(call).map(([action]) => action.split(':')[1])).toContain(operation)
  }
  expect(allowedBy(deployerPolicy(EXAMPLE))).toEqual(
    new Set(DEPLOY_CALLS.flatMap((call) => grantsOf(call).map(([action]) => action))),
  )
})

test('who deploys may not read secrets', () => {
  expect([...allowedBy(deployerPolicy(EXAMPLE))]).not.toContain('secretsmanager:GetSecretValue')
  expect([...allowedBy(executionPolicy(EXAMPLE))]).toContain('secretsmanager:GetSecretValue')
})

test('a plan only reads', () => {
  const actions = [...allowedBy(plannerPolicy(EXAMPLE))].map((action) => action.split(':')[1]!)
  expect(actions.filter(isWrite)).toEqual([])
  expect(new Set(PLAN_CALLS).size).toBe(PLAN_CALLS.length)
})

test('the page says what the code needs', () => {
  expect(page).toBe(generatePage(page))
})

test('a page that lacks a part, or has one that nothing makes, is refused', () => {
  expect(() => generatePage('')).toThrow('the page has no part deployer')
  expect(() => generatePage(`${page}<!-- generated: nothing -->\n<!-- end -->`)).toThrow('nothing makes')
})

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
test('the policies fit into managed policies', () => {
  for (const name of DOCUMENT_NAMES) {
    expect(documentJson(name, EXAMPLE).replaceAll(/\s/g, '').length).toBeLessThan(6_144)
  }
})

describe('names', () => {
  const [longest, other] = ['a'.repeat(63), 'b'.repeat(63)]

  test.for([
    { ...PRODUCTION, app: longest, environment: longest },
    { ...EXAMPLE, app: longest },
    PRODUCTION,
    EXAMPLE,
  ])('of schedules match their pattern when they are cut too: $app', (scope) => {
    const [pattern = ''] = namesOf(scope).schedules
    const environment = scope.environment ?? 'staging'
    for (const task of ['report', longest]) {
      const name = scheduleName({ name: scope.app, environment }, task)
      expect(name.startsWith(pattern.replace('*', ''))).toBe(true)
    }
    expect(scheduleName({ name: other, environment }, 'report').startsWith(pattern.replace('*', ''))).toBe(
      false,
    )
  })

  test('of one environment are not those of another', () => {
    expect(namesOf(PRODUCTION)).toMatchObject({
      components: 'shop--production--*',
      logGroup: '/gantry/shop/production',
      parameters: '/gantry/shop/production/*',
      repositories: 'shop/production',
    })
  })
})

describe('roles', () => {
  const ask = (action: string, resource: string, context: Record<string, string> = {}) => ({
    action,
    resource,
    context,
  })

  test('execution fetches variables and secrets, writes output, and reads no ledger', () => {
    const policy = executionPolicy(PRODUCTION)
    const parameter = (name: string) =>
      ask('ssm:GetParameters', arn('ssm', `parameter/gantry/shop/production/${name}`))
    expect(allows(policy, parameter('env/TOKEN/3'))).toBe(true)
    expect(allows(policy, parameter('state'))).toBe(false)
    const stream = arn('logs', 'log-group:/gantry/shop/production:log-stream:web/main/1')
    expect(allows(policy, ask('logs:PutLogEvents', stream))).toBe(true)
    const decrypt = (service: string) =>
      ask('kms:Decrypt', arn('kms', 'key/1'), { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` })
    expect(allows(policy, decrypt('ssm'))).toBe(true)
    expect(allows(policy, decrypt('s3'))).toBe(false)
  })

  test('scheduler starts and stops tasks of the app in the cluster, and passes only the roles of tasks', () => {
    const policy = schedulerPolicy(PRODUCTION)
    const cluster = { 'ecs:cluster': arn('ecs', 'cluster/default') }
    const run = (family: string, context = cluster) =>
      ask('ecs:RunTask', arn('ecs', `task-definition/${family}:3`), context)
    expect(allows(policy, run('shop--production--task--report'))).toBe(true)
    expect(
      allows(policy, run('shop--production--task--report', { 'ecs:cluster': arn('ecs', 'cluster/other') })),
    ).toBe(false)
    expect(allows(policy, run('blog--production--task--report'))).toBe(false)
    const pass = (role: string, service: string) =>
      ask('iam:PassRole', `arn:aws:iam::123456789012:role/${role}`, { 'iam:PassedToService': service })
    expect(allows(policy, pass('shop-task', 'ecs-tasks.amazonaws.com'))).toBe(true)
    expect(allows(policy, pass('shop-task', 'ec2.amazonaws.com'))).toBe(false)
    expect(allows(policy, pass('admin', 'ecs-tasks.amazonaws.com'))).toBe(false)
  })

  test('only tasks that belong to the app can be stopped', () => {
    const stop = (app: string) =>
      ask('ecs:StopTask', arn('ecs', 'task/default/1'), {
        'ecs:cluster': arn('ecs', 'cluster/default'),
        'aws:ResourceTag/gantry:app': app,
      })
    expect(allows(deployerPolicy(EXAMPLE), stop('shop'))).toBe(true)
    expect(allows(deployerPolicy(EXAMPLE), stop('blog'))).toBe(false)
  })

  test('GitHub is trusted for whole subjects, in both forms', () => {
    const [statement] = githubTrust(EXAMPLE, { owner: 'acme', ownerId: 1, name: 'shop', id: 2 }, [
      'ref:refs/heads/main',
    ]).Statement
    expect(statement?.Condition).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': [
          'repo:acme/shop:ref:refs/heads/main',
          'repo:acme@1/shop@2:ref:refs/heads/main',
        ],
      },
    })
  })
})
