import { isDeepStrictEqual } from 'node:util'

import type { ContainerDefinition, Service, TaskDefinition } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import { logGroup } from '../names.ts'

/** Members of a container that say nothing where they are as ECS fills them in. */
const FILLED_IN: Readonly<Record<string, unknown>> = { cpu: 0, essential: true }

/** What the process says itself, and what is told of in words of its own. */
const TOLD = new Set([
  'name',
  'image',
  'entryPoint',
  'command',
  'environment',
  'secrets',
  'healthCheck',
  'stopTimeout',
  'portMappings',
  'logConfiguration',
])

/**
 * What a process has no words for, and what each new revision of it takes over from the one before; for people.
 *
 * @param container name of the one that is the process
 * @param replaced names of those that the config describes
 */
export function carriedBy(
  app: AppId,
  service: Service,
  { containerDefinitions: all = [], volumes = [], proxyConfiguration }: TaskDefinition,
  { container, replaced }: { container: string; replaced: readonly string[] },
): string[] {
  const main = all.find((each) => each.name === container)
  return [
    ...all
      .filter((each) => each !== main && !replaced.includes(each.name ?? ''))
      .map((each) => `the container ${each.name}`),
    ...(main === undefined ? [] : [...outputOf(app, main), ...settingsOf(main), ...otherPorts(main)]),
    ...volumes.map((each) => `the volume ${each.name}`),
    ...(proxyConfiguration === undefined ? [] : ['its proxy configuration']),
    ...(service.loadBalancers ?? []).slice(1).map((each) => `the target group ${each.targetGroupArn}`),
    ...(service.serviceRegistries ?? []).map((each) => `the service registry ${each.registryArn}`),
  ]
}

function outputOf(app: AppId, { logConfiguration }: ContainerDefinition): string[] {
  if (logConfiguration === undefined) return ['that its output is not kept, so that `gantry logs` has none']
  const { logDriver, options } = logConfiguration
  const group = options?.['awslogs-group']
  if (group === logGroup(app)) return []
  const where = group === undefined ? '' : ` to ${group}`
  return [`its log driver ${logDriver}${where}, where \`gantry logs\` does not look`]
}

function settingsOf(main: ContainerDefinition): string[] {
  return Object.entries(main)
    .filter(([key, value]) => !TOLD.has(key) && !isEmpty(value) && !isDeepStrictEqual(FILLED_IN[key], value))
    .map(([key]) => `${key} of its container`)
}

function otherPorts({ portMappings = [] }: ContainerDefinition): string[] {
  return portMappings.slice(1).map((each) => `port ${each.containerPort}`)
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  )
}
