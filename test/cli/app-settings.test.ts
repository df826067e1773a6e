import { describe, expect, test } from 'vitest'

import { readAppSettings } from '../../src/cli/app-settings.ts'

describe('settings of an app', () => {
  test('are read by their names in gantry.yml', () => {
    expect(
      readAppSettings([
        'engine=ecs',
        'cluster=prod',
        'subnets=subnet-1, subnet-2',
        'assign_public_ip=true',
        'secret_prefixes=ssm:/shop/,secretsmanager:shop/',
      ]),
    ).toEqual({
      engine: 'ecs',
      ecs: { cluster: 'prod', subnets: ['subnet-1', 'subnet-2'], assign_public_ip: true },
      secret_prefixes: ['ssm:/shop/', 'secretsmanager:shop/'],
    })
  })

  test('are taken away by nothing', () => {
    expect(readAppSettings(['task_role=', 'subnets='])).toEqual({ ecs: { task_role: null, subnets: [] } })
  })

  test.each([
    ['colour=red', 'an app has no setting colour'],
    ['engine=k8s', 'engine is local or ecs, not "k8s"'],
    ['allow_force=no', 'allow_force is true or false, not "no"'],
    ['toString=x', 'an app has no setting toString'],
  ])('%s is none', (word, message) => {
    expect(() => readAppSettings([word])).toThrow(message)
  })
})
