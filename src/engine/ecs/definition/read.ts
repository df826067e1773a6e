import { isDeepStrictEqual } from 'node:util'

import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'

import type { Expose, HealthCheck, Placement } from '../../../app/app.ts'
import { argv } from '../../../app/command.ts'
import type { Image } from '../../../app/image.ts'
import { CONTAINER } from '../names.ts'
import { LABEL, readLabel, type DefinitionFields } from './label.ts'
import { ARCHITECTURES, renderEnvironment, renderHealthCheck } from './render.ts'
import { sameRole } from './same.ts'
import { leadsTo, referenceOf, versionOf } from './secret-reference.ts'

/** Of a service that Gantry did not make. */
export interface AdoptedProcess {
  /** Name of the container that is the process. */
  container: string
  /** Who reaches it, as its service says. */
  expose: Expose
}

type Said = Partial<DefinitionFields>

/** What ECS does where a definition says nothing. */
const DEFAULT_STOP_TIMEOUT = 30
/** GB that come anyway. */
const FREE_STORAGE = 20

/**
 * The fields of a process that are in its task definition. What the label says holds where it gives what is really
 * there; where somebody has changed that, or there is no label, what is there wins.
 *
 * @param adopted what is known of a process whose definition somebody else has made
 */
export function readProcessDefinition(
  definition: TaskDefinition,
  adopted: AdoptedProcess | null = null,
): DefinitionFields {
  // An entry point that somebody else has set stays: it is not for the command to say.
  const container =
    adopted === null ? mainOf(definition) : { ...containerOf(definition, adopted), entryPoint: [] }
  const said = readLabel(container.dockerLabels?.[LABEL.spec])
  const port = container.portMappings?.[0]?.containerPort ?? null
  return {
    image: readImage(said, container.image ?? ''),
    command: readCommand(said, container),
    restarts: said.restarts ?? 0,
    cpu: Number(definition.cpu ?? container.cpu ?? 0),
    memory: Number(definition.memory ?? container.memory ?? container.memoryReservation ?? 0),
    ephemeral_storage_gb: readStorage(definition),
    expose: said.expose ?? adopted?.expose ?? 'none',
    port,
    env: readEnv(said, container, port),
    ...readSecrets(said, container),
    health_check: readHealthCheck(said, container),
    stop_timeout: readStopTimeout(said, container),
    ecs: said.ecs ?? { target_group: null, service: null, health_check_grace_period: null },
    placement: readPlacement(said, definition),
  }
}

function containerOf(
  { containerDefinitions = [] }: TaskDefinition,
  { container }: AdoptedProcess,
): ContainerDefinition {
  return containerDefinitions.find((each) => each.name === container) ?? {}
}

function mainOf({ containerDefinitions = [] }: TaskDefinition): ContainerDefinition {
  return (
    containerDefinitions.find((each) => each.name === CONTAINER) ??
    containerDefinitions.find((each) => each.essential !== false) ??
    {}
  )
}

function readImage({ image }: Said, reference: string): Image {
  if (image?.kind === 'built' && image.digest !== null && reference.endsWith(`@${image.digest}`)) return image
  return { kind: 'pinned', reference }
}

function readCommand({ command }: Said, container: ContainerDefinition): DefinitionFields['command'] {
  const words = [...(container.entryPoint ?? []), ...(container.command ?? [])]
  const real = words.length === 0 ? null : words
  if (command === undefined || command === null) return real
  return isDeepStrictEqual(argv(command), real) ? command : real
}

function readStorage({ ephemeralStorage }: TaskDefinition): number | null {
  const size = ephemeralStorage?.sizeInGiB ?? 0
  return size > FREE_STORAGE ? size : null
}

function readEnv(
  { env, secrets = {}, variables = {}, port: saidPort = null }: Said,
  container: ContainerDefinition,
  port: number | null,
): Record<string, string> {
  const real = Object.fromEntries(
    (container.environment ?? []).map(({ name = '', value = '' }) => [name, value]),
  )
  const rendered = env && renderEnvironment({ env, secrets, variables, port: saidPort })
  if (env !== undefined && isDeepStrictEqual(rendered, real)) return env
  const given = port !== null && real['PORT'] === String(port) && !Object.hasOwn(env ?? {}, 'PORT')
  return Object.fromEntries(Object.entries(real).filter(([name]) => !(given && name === 'PORT')))
}

function readSecrets(
  said: Said,
  { secrets: real = [] }: ContainerDefinition,
): Pick<DefinitionFields, 'secrets' | 'variables'> {
  const secrets: [string, string][] = []
  const variables: [string, number][] = []
  for (const { name = '', valueFrom = '' } of real) {
    const version = valueOf(said.variables, name) === undefined ? null : versionOf(name, valueFrom)
    const reference = valueOf(said.secrets, name)
    if (version !== null) variables.push([name, version])
    if (reference !== undefined && leadsTo(reference, name, valueFrom)) secrets.push([name, reference])
    else if (version === null) secrets.push([name, referenceOf(valueFrom)])
  }
  return { secrets: Object.fromEntries(secrets), variables: Object.fromEntries(variables) }
}

function readHealthCheck(
  { health_check = null }: Said,
  { healthCheck }: ContainerDefinition,
): HealthCheck | null {
  const real = checkOf(healthCheck)
  if (isDeepStrictEqual(renderHealthCheck(health_check), real)) return health_check
  if (real === null) return null
  const [how, ...words] = real.command
  return {
    path: null,
    command: how === 'CMD-SHELL' ? words.join(' ') : words,
    tcp: false,
    interval: real.interval,
    timeout: real.timeout,
    retries: real.retries,
    start_period: real.startPeriod,
  }
}

function checkOf(check: ContainerDefinition['healthCheck']) {
  const { command = [], interval = 30, timeout = 5, retries = 3, startPeriod = 0 } = check ?? {}
  return command.length === 0 || command[0] === 'NONE'
    ? null
    : { command, interval, timeout, retries, startPeriod }
}

function readStopTimeout({ stop_timeout }: Said, { stopTimeout }: ContainerDefinition): number {
  const real = stopTimeout ?? DEFAULT_STOP_TIMEOUT
  return stop_timeout !== undefined && Math.ceil(stop_timeout) === real ? stop_timeout : real
}

function readPlacement({ placement }: Said, definition: TaskDefinition): Placement {
  const execution = definition.executionRoleArn ?? null
  const task = definition.taskRoleArn ?? null
  return {
    subnets: placement?.subnets ?? [],
    security_groups: placement?.security_groups ?? [],
    assign_public_ip: placement?.assign_public_ip ?? false,
    namespace: placement?.namespace ?? null,
    execution_role: roleOf(placement?.execution_role, execution),
    task_role: roleOf(placement?.task_role, task),
    scheduler_role: placement?.scheduler_role ?? null,
    architecture: definition.runtimePlatform?.cpuArchitecture === ARCHITECTURES.arm64 ? 'arm64' : 'x86_64',
  }
}

function roleOf(said: string | null | undefined, real: string | null): string | null {
  return said !== undefined && sameRole(said, real) ? said : real
}

function valueOf<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}
