import type { ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'

import { checkDependencies } from './dependencies.ts'
import { checkSize, cpuUnits, mebibytesOf } from './fargate.ts'
import { refuse } from './refusals.ts'
import { checkTags } from './tags.ts'

const NAME = /^[A-Za-z0-9_-]{1,255}$/
const MOST_BYTES = 65_536
const FARGATE_LOG_DRIVERS = ['awslogs', 'splunk', 'awsfirelens']

/** Refuses what ECS does not register. */
export function checkTaskDefinition(input: RegisterTaskDefinitionRequest): void {
  const { family = '', containerDefinitions = [], tags } = input
  if (!NAME.test(family)) refuse('Family contains invalid characters.')
  if (containerDefinitions.length === 0) refuse('Container list cannot be empty.')
  if (tags?.length === 0) refuse('Tags can not be empty.')
  checkTags(tags ?? [])
  const names = containerDefinitions.map(({ name }) => name)
  if (new Set(names).size < names.length) refuse('Container names must be unique within a task definition.')
  if (containerDefinitions.every(({ essential }) => essential === false)) {
    refuse('TaskDefinition must have at least one essential container.')
  }
  for (const container of containerDefinitions) checkContainer(container, input)
  checkDependencies(containerDefinitions)
  checkMounts(input)
  if (isForFargate(input)) checkFargate(input)
  checkStorage(input.ephemeralStorage?.sizeInGiB)
  const bytes = Buffer.byteLength(JSON.stringify(input))
  if (bytes > MOST_BYTES) refuse(`Actual length: '${bytes}'. Max allowed length is '${MOST_BYTES}' bytes.`)
}

function checkMounts({ volumes = [], containerDefinitions = [] }: RegisterTaskDefinitionRequest): void {
  const names = new Set(volumes.map(({ name }) => name))
  if (names.size < volumes.length) refuse('Volume names must be unique within a task definition.')
  for (const { mountPoints = [] } of containerDefinitions) {
    const paths = mountPoints.map(({ containerPath }) => containerPath)
    if (new Set(paths).size < paths.length) refuse('A container path is mounted more than once.')
    for (const { sourceVolume } of mountPoints) {
      if (!names.has(sourceVolume)) refuse(`Unknown volume '${sourceVolume}'.`)
    }
  }
}

export function isForFargate({ requiresCompatibilities }: RegisterTaskDefinitionRequest): boolean {
  return requiresCompatibilities?.includes('FARGATE') ?? false
}

export function checkStorage(sizeInGiB: number | undefined): void {
  if (sizeInGiB !== undefined && (sizeInGiB < 21 || sizeInGiB > 200)) {
    refuse('EphemeralStorage size must be between 21 and 200 GiB.')
  }
}

function checkContainer(container: ContainerDefinition, task: RegisterTaskDefinitionRequest): void {
  const {
    name = '',
    image,
    healthCheck,
    secrets = [],
    environment = [],
    stopTimeout,
    startTimeout,
  } = container
  if (!NAME.test(name)) refuse('Container.name contains invalid characters.')
  if (image === undefined || image === '') refuse('Container.image should not be null or empty.')
  if (image.length > 255) refuse('Container.image is longer than 255 characters.')
  checkBetween(
    `stopTimeout of container ${name}`,
    stopTimeout,
    isForFargate(task) ? 2 : 0,
    isForFargate(task) ? 120 : Infinity,
  )
  checkBetween(`startTimeout of container ${name}`, startTimeout, 2, isForFargate(task) ? 120 : Infinity)
  if (healthCheck !== undefined) checkHealthCheck(healthCheck)
  checkSecrets(secrets, task)
  checkNames([...environment, ...secrets])
  if (task.networkMode === 'awsvpc') checkPorts(container)
}

function checkHealthCheck(check: NonNullable<ContainerDefinition['healthCheck']>): void {
  const { command = [], interval, timeout, retries, startPeriod } = check
  if (command[0] !== 'CMD' && command[0] !== 'CMD-SHELL')
    refuse('Health check command must start with CMD or CMD-SHELL.')
  if (command.length < 2) refuse('Health check command must not be empty.')
  checkBetween('healthCheck.interval', interval, 5, 300)
  checkBetween('healthCheck.timeout', timeout, 2, 60)
  checkBetween('healthCheck.retries', retries, 1, 10)
  checkBetween('healthCheck.startPeriod', startPeriod, 0, 300)
}

function checkSecrets(
  secrets: NonNullable<ContainerDefinition['secrets']>,
  { executionRoleArn }: RegisterTaskDefinitionRequest,
): void {
  if (secrets.length === 0) return
  if (!executionRoleArn) {
    refuse("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.")
  }
  if (secrets.some(({ valueFrom }) => valueFrom === ''))
    refuse("Container secrets must have a value for 'valueFrom'.")
}

function checkNames(variables: readonly { name?: string | undefined }[]): void {
  const seen = new Set<string | undefined>()
  for (const { name } of variables) {
    if (seen.has(name)) {
      refuse(
        `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${name}'.`,
      )
    }
    seen.add(name)
  }
}

function checkPorts({ portMappings = [] }: ContainerDefinition): void {
  for (const { containerPort, hostPort } of portMappings) {
    if (hostPort !== undefined && hostPort !== containerPort) {
      refuse('When networkMode=awsvpc, the host ports and container ports in port mappings must match.')
    }
  }
}

function checkFargate(input: RegisterTaskDefinitionRequest): void {
  const {
    cpu,
    memory,
    networkMode,
    containerDefinitions = [],
    executionRoleArn,
    placementConstraints,
  } = input
  if (networkMode !== 'awsvpc') refuse("Fargate only supports network mode 'awsvpc'.")
  if (placementConstraints !== undefined && placementConstraints.length > 0) {
    refuse('Fargate does not support placement constraints.')
  }
  checkSize(cpu, memory)
  const sum = (member: 'cpu' | 'memory') =>
    containerDefinitions.reduce((total, each) => total + (each[member] ?? 0), 0)
  if (sum('cpu') > cpuUnits(cpu!)) refuse('The CPU of the containers is more than that of the task.')
  if (sum('memory') > mebibytesOf(memory!))
    refuse('The memory of the containers is more than that of the task.')
  for (const { image = '', logConfiguration } of containerDefinitions) {
    const needs = (what: string) =>
      executionRoleArn ||
      refuse(`Fargate requires task definition to have execution role ARN to support ${what}.`)
    if (/\.dkr\.ecr\./.test(image)) needs('ECR images')
    if (logConfiguration === undefined) continue
    const { logDriver = '', options = {} } = logConfiguration
    if (!FARGATE_LOG_DRIVERS.includes(logDriver))
      refuse(`Fargate does not support log driver '${logDriver}'.`)
    if (logDriver !== 'awslogs') continue
    needs('log driver awslogs')
    for (const option of ['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix']) {
      if (!options[option]) refuse(`Log driver awslogs requires options: ${option}`)
    }
  }
}

function checkBetween(name: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && (value < least || value > most)) {
    refuse(`${name} must be between ${least} and ${most}, not ${value}.`)
  }
}
