import type {
  ContainerDefinition,
  DeregisterTaskDefinitionRequest,
  DescribeTaskDefinitionRequest,
  ListTaskDefinitionsRequest,
  RegisterTaskDefinitionRequest,
} from '@aws-sdk/client-ecs'

import { definitionArn, iamArn } from './arns.ts'
import { definitionOf } from './definitions.ts'
import { cpuUnits, mebibytesOf } from './fargate.ts'
import { ecsPage } from './pages.ts'
import { invalid, refuse } from './refusals.ts'
import type { DefinitionState } from './state.ts'
import { checkTaskDefinition, isForFargate } from './task-definition-rules.ts'
import { seconds } from './times.ts'
import type { World } from './world.ts'

export function registerTaskDefinition(world: World, input: RegisterTaskDefinitionRequest): unknown {
  checkTaskDefinition(input)
  const { family = '', tags = [], ...content } = input
  const revisions = world.definitions.get(family) ?? []
  const revision = revisions.length + 1
  const name = `${family}:${revision}`
  const definition: DefinitionState = {
    family,
    revision,
    name,
    arn: definitionArn(name),
    status: 'ACTIVE',
    content: filled({ ...content, family }),
    compatibilities: ['EC2', ...(isForFargate(input) ? ['FARGATE'] : [])],
    tags,
    registeredAt: world.now,
    deregisteredAt: null,
  }
  revisions.push(definition)
  world.definitions.set(family, revisions)
  return { taskDefinition: view(definition), ...(tags.length > 0 && { tags }) }
}

export function describeTaskDefinition(
  world: World,
  { taskDefinition = '', include }: DescribeTaskDefinitionRequest,
): unknown {
  const found = definitionOf(world, taskDefinition) ?? refuse('Unable to describe task definition.')
  return { taskDefinition: view(found), ...(include?.includes('TAGS') && { tags: found.tags }) }
}

export function deregisterTaskDefinition(
  world: World,
  { taskDefinition = '' }: DeregisterTaskDefinitionRequest,
): unknown {
  if (!/:\d+$/.test(taskDefinition)) invalid('Invalid revision number. Number: null')
  const found = definitionOf(world, taskDefinition) ?? refuse('The specified task definition does not exist.')
  found.status = 'INACTIVE'
  found.deregisteredAt ??= world.now
  return { taskDefinition: view(found) }
}

export function listTaskDefinitions(world: World, input: ListTaskDefinitionsRequest): unknown {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input
  const families =
    familyPrefix === undefined ? [...world.definitions.values()] : [world.definitions.get(familyPrefix) ?? []]
  const found = families.flat().filter((each) => each.status === status)
  const { items, nextToken } = ecsPage(found, input, {
    key: ({ family, revision }) => `${family} ${String(revision).padStart(9, '0')}`,
    descending: sort === 'DESC',
    most: 100,
    normal: 100,
  })
  return { taskDefinitionArns: items.map(({ arn }) => arn), nextToken }
}

function view(definition: DefinitionState): unknown {
  const { content, arn, family, revision, status, compatibilities, registeredAt, deregisteredAt } = definition
  return {
    ...content,
    taskDefinitionArn: arn,
    family,
    revision,
    status,
    compatibilities,
    requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' }],
    registeredAt: seconds(registeredAt),
    deregisteredAt: seconds(deregisteredAt),
    registeredBy: iamArn('user/fake'),
  }
}

/** What ECS adds to what it was given: a later DescribeTaskDefinition shows it. */
function filled(content: DefinitionState['content']): DefinitionState['content'] {
  const { cpu, memory, volumes = [], containerDefinitions = [] } = content
  return {
    placementConstraints: [],
    ...content,
    volumes: volumes.map((volume) => ({ host: {}, ...volume })),
    ...(cpu !== undefined && { cpu: String(cpuUnits(cpu)) }),
    ...(memory !== undefined && { memory: String(mebibytesOf(memory)) }),
    containerDefinitions: containerDefinitions.map(filledContainer),
  }
}

function filledContainer(container: ContainerDefinition): ContainerDefinition {
  const { portMappings = [], healthCheck } = container
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings: portMappings.map((mapping) => ({
      hostPort: mapping.containerPort,
      protocol: 'tcp',
      ...mapping,
    })),
    ...(healthCheck !== undefined && {
      healthCheck: { interval: 30, timeout: 5, retries: 3, ...healthCheck },
    }),
  }
}
