import type { Service, TaskDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'

import {
  containerOf,
  definitionRefusals,
  serviceRefusals,
  tagRefusals,
} from '../../../../src/engine/ecs/adopt/refusals.ts'

const SERVICE: Service = {
  serviceArn: 'arn:aws:ecs:eu-west-1:123456789012:service/default/legacy',
  serviceName: 'legacy',
  status: 'ACTIVE',
  launchType: 'FARGATE',
  deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
}

it('a service as most are is not refused', () => {
  expect(serviceRefusals(SERVICE)).toEqual([])
  const { launchType: _, ...others } = SERVICE
  const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
  expect(serviceRefusals({ ...others, capacityProviderStrategy })).toEqual([])
})

describe('a service is refused', () => {
  it.each<[string, Partial<Service>, string]>([
    ['on machines', { launchType: 'EC2' }, 'it runs on EC2'],
    ['on machines of one’s own', { launchType: 'EXTERNAL' }, 'it runs on EXTERNAL'],
    [
      'on other capacity',
      { capacityProviderStrategy: [{ capacityProvider: 'warm-pool', weight: 1 }] },
      'it runs on warm-pool',
    ],
    ['that CodeDeploy deploys', { deploymentController: { type: 'CODE_DEPLOY' } }, 'made by CODE_DEPLOY'],
    ['that something else deploys', { deploymentController: { type: 'EXTERNAL' } }, 'made by EXTERNAL'],
    ['that is blue/green', { deploymentConfiguration: { strategy: 'BLUE_GREEN' } }, 'strategy is BLUE_GREEN'],
    ['of one task a machine', { schedulingStrategy: 'DAEMON' }, 'on every machine'],
    ['that ECS manages', { resourceManagementType: 'ECS' }, 'Express Mode'],
    ['behind a classic balancer', { loadBalancers: [{ loadBalancerName: 'old' }] }, 'Classic Load Balancer'],
    [
      'that takes no tags',
      { serviceArn: 'arn:aws:ecs:eu-west-1:123456789012:service/legacy' },
      'of the old form',
    ],
    [
      'on its way',
      { deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }] },
      'a deployment of it is under way',
    ],
  ])('%s', (_name, more, reason) => {
    const found = serviceRefusals({ ...SERVICE, ...more })
    expect(found).toMatchObject([{ reason: expect.stringContaining(reason) }])
    expect(found[0]!.hint).not.toBe('')
  })

  it('that runs Windows', () => {
    const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } as const
    expect(definitionRefusals({ runtimePlatform }, SERVICE, 'app')).toMatchObject([
      { reason: expect.stringContaining('it runs on WINDOWS_SERVER_2022_CORE') },
    ])
  })

  it('whose load balancer sends requests to another container', () => {
    const behind: Service = { ...SERVICE, loadBalancers: [{ targetGroupArn: 'arn', containerName: 'nginx' }] }
    expect(definitionRefusals({}, behind, 'nginx')).toEqual([])
    expect(definitionRefusals({}, behind, 'app')).toMatchObject([
      { hint: expect.stringContaining('--container nginx') },
    ])
  })

  it('that is full of tags, or somebody else’s process', () => {
    const tags = Array.from({ length: 41 }, (_, index) => ({ key: `tag-${index}`, value: '' }))
    expect(tagRefusals({ ...SERVICE, tags }, 'web', 10)).toMatchObject([
      { reason: 'it has 41 tags, and 10 more would be over 50' },
    ])
    expect(tagRefusals({ ...SERVICE, tags: tags.slice(1) }, 'web', 10)).toEqual([])
    const theirs = [
      { key: 'gantry:app', value: 'shop' },
      { key: 'gantry:environment', value: 'production' },
      { key: 'gantry:process', value: 'api' },
    ]
    expect(tagRefusals({ ...SERVICE, tags: theirs }, 'web', 10)).toMatchObject([
      { reason: 'it is process api of shop (production) already' },
    ])
  })
})

describe('the container that is the process', () => {
  const of = (names: string[], essential: string[] = names): TaskDefinition => ({
    containerDefinitions: names.map((name) => ({ name, essential: essential.includes(name) })),
  })
  const plain = { process: 'web', asked: null }

  it('is the only one, the only essential one, or the one of its name', () => {
    expect(containerOf(of(['app']), plain)).toBe('app')
    expect(containerOf(of(['log', 'app'], ['app']), plain)).toBe('app')
    expect(containerOf(of(['proxy', 'web']), plain)).toBe('web')
  })

  it('is asked for where that does not tell, and is one that there is', () => {
    expect(containerOf(of(['proxy', 'app']), plain)).toEqual({
      reason: 'which of its containers is the process: proxy or app?',
      hint: 'say --container proxy or --container app',
    })
    expect(containerOf(of(['proxy', 'app']), { process: 'web', asked: 'app' })).toBe('app')
    expect(containerOf(of(['app']), { process: 'web', asked: 'nobody' })).toMatchObject({
      reason: 'its definition has no container nobody',
    })
  })
})
