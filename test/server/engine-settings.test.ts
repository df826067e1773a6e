import { describe, expect, test } from 'vitest'

import {
  checkEngine,
  DEFAULT_ENGINE,
  movesAway,
  withChange,
  type EngineChange,
} from '../../src/server/engine-settings.ts'

const changed = (change: EngineChange) => withChange(DEFAULT_ENGINE, change)

test('a change leaves what it does not name', () => {
  const first = changed({ engine: 'ecs', ecs: { cluster: 'prod', subnets: ['subnet-1'] } })
  expect(withChange(first, { ecs: { cluster: null } })).toMatchObject({
    engine: 'ecs',
    ecs: { cluster: null, subnets: ['subnet-1'] },
    secret_prefixes: [],
  })
})

test.each<[EngineChange, EngineChange, boolean]>([
  [{}, { engine: 'ecs' }, true],
  [{ engine: 'ecs' }, {}, true],
  [{ engine: 'ecs' }, { engine: 'ecs', ecs: { cluster: 'prod' } }, true],
  [{ engine: 'ecs' }, { engine: 'ecs', ecs: { region: 'eu-west-1' } }, true],
  [{ engine: 'ecs' }, { engine: 'ecs', ecs: { task_role: 'arn:x' } }, false],
  [{}, { ecs: { cluster: 'prod' } }, false],
])('from %j to %j leaves what runs behind: %j', (before, after, moves) => {
  expect(movesAway(changed(before), changed(after))).toBe(moves)
})

describe('what cannot be a setting', () => {
  test.each<[EngineChange, string]>([
    [{ ecs: { cluster: 'a b' } }, '"a b" is no name of AWS'],
    [{ ecs: { subnets: ['subnet-1', ''] } }, '"" is no name of AWS'],
    [{ ecs: { task_role: '\u001b[2J' } }, 'is no name of AWS'],
    [{ secret_prefixes: ['/shop/'] }, '"/shop/" is no beginning of a secret'],
    [{ secret_prefixes: ['ssm:'] }, '"ssm:" is no beginning of a secret'],
    [{ target_groups: ['web'] }, '"web" is no ARN of a target group'],
  ])('%j is refused', (change, message) => {
    expect(() => checkEngine(changed(change))).toThrow(message)
  })

  test('does not keep what can be', () => {
    const ecs = { cluster: 'arn:aws:ecs:eu-west-1:1:cluster/prod', subnets: ['subnet-1'] }
    const group = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1'
    const secret_prefixes = ['ssm:/shop/', 'secretsmanager:shop']
    expect(() => checkEngine(changed({ ecs, secret_prefixes, target_groups: [group] }))).not.toThrow()
  })
})
