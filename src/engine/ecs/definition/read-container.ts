import { isDeepStrictEqual } from 'node:util'

import type { ContainerDefinition, Volume } from '@aws-sdk/client-ecs'

import { MAIN, type Condition, type Dependencies, type HealthCheck } from '../../../app/app.ts'
import { startWords, type Start } from '../../../app/command.ts'
import type { Image } from '../../../app/image.ts'
import type { ContainerSpec } from '../../../app/spec.ts'
import { CONDITIONS, renderEnvironment, renderHealthCheck } from './container.ts'
import { leadsTo, referenceOf, versionOf } from './secret-reference.ts'
import { readMounts } from './volumes.ts'

/** What a container is said to be made from, as far as that is known. */
export type SaidContainer = Partial<ContainerSpec>

/** What ECS does where a definition says nothing. */
const DEFAULT_STOP_TIMEOUT = 30

/**
 * A container beside a process. What is said holds where it gives what is really there; else what is there wins.
 *
 * @param cpu units that it gets by what is said of all containers; null: none of its own
 * @param main name of the container that is the process
 */
export function readContainer(
  said: SaidContainer,
  real: ContainerDefinition,
  { cpu, volumes, main }: { cpu: number | null; volumes: readonly Volume[]; main: string },
): ContainerSpec {
  const port = readPort(real)
  const { entry_point, command } = readStart(said, real)
  const realCpu = real.cpu || null
  return {
    image: readImage(said, real.image ?? ''),
    entry_point,
    command,
    env: readEnv(said, real, port),
    secrets: readSecrets(said, {}, real).secrets,
    cpu: said.cpu !== undefined && realCpu === cpu ? said.cpu : realCpu,
    memory: real.memory ?? null,
    essential: real.essential ?? true,
    depends_on: readDependencies(real, main),
    port,
    health_check: readHealthCheck(said, real),
    mounts: readMounts(said.mounts ?? {}, real.mountPoints ?? [], volumes),
    stop_timeout: readStopTimeout(said, real),
  }
}

export function readImage({ image }: { image?: Image }, reference: string): Image {
  if (image?.kind === 'built' && image.digest !== null && reference.endsWith(`@${image.digest}`)) return image
  return { kind: 'pinned', reference }
}

export function readStart(said: Partial<Start>, real: ContainerDefinition): Required<Start> {
  const words = { entry_point: wordsOf(real.entryPoint), command: wordsOf(real.command) }
  const { entry_point = null, command = null, pre_start = null } = said
  return isDeepStrictEqual(startWords({ entry_point, command, pre_start }), words)
    ? { entry_point, command, pre_start }
    : { ...words, pre_start: null }
}

export function readPort({ portMappings }: ContainerDefinition): number | null {
  return portMappings?.[0]?.containerPort ?? null
}

interface SaidVariables {
  env?: Record<string, string>
  secrets?: Record<string, string>
  variables?: Record<string, number>
  port?: number | null
}

export function readEnv(
  { env, secrets = {}, variables = {}, port: saidPort = null }: SaidVariables,
  container: ContainerDefinition,
  port: number | null,
): Record<string, string> {
  const real = Object.fromEntries(
    (container.environment ?? []).map(({ name = '', value = '' }) => [name, value]),
  )
  const elsewhere = [...Object.keys(secrets), ...Object.keys(variables)]
  const rendered = env && renderEnvironment({ env, secrets: elsewhere, port: saidPort })
  if (env !== undefined && isDeepStrictEqual(rendered, real)) return env
  const given = port !== null && real['PORT'] === String(port) && !Object.hasOwn(env ?? {}, 'PORT')
  return Object.fromEntries(Object.entries(real).filter(([name]) => !(given && name === 'PORT')))
}

export function readSecrets(
  { secrets: said }: SaidVariables,
  variables: Record<string, number>,
  { secrets: real = [] }: ContainerDefinition,
): { secrets: Record<string, string>; variables: Record<string, number> } {
  const secrets: [string, string][] = []
  const versions: [string, number][] = []
  for (const { name = '', valueFrom = '' } of real) {
    const version = valueOf(variables, name) === undefined ? null : versionOf(name, valueFrom)
    const reference = valueOf(said, name)
    if (version !== null) versions.push([name, version])
    if (reference !== undefined && leadsTo(reference, name, valueFrom)) secrets.push([name, reference])
    else if (version === null) secrets.push([name, referenceOf(valueFrom)])
  }
  return { secrets: Object.fromEntries(secrets), variables: Object.fromEntries(versions) }
}

export function readHealthCheck(
  { health_check = null }: { health_check?: HealthCheck | null },
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

export function readDependencies({ dependsOn = [] }: ContainerDefinition, main: string): Dependencies {
  const conditions = Object.entries(CONDITIONS) as [Condition, string][]
  return Object.fromEntries(
    dependsOn.map(({ containerName = '', condition }) => [
      containerName === main ? MAIN : containerName,
      conditions.find(([, each]) => each === condition)?.[0] ?? 'started',
    ]),
  )
}

export function readStopTimeout(
  { stop_timeout }: { stop_timeout?: number },
  { stopTimeout }: ContainerDefinition,
): number {
  const real = stopTimeout ?? DEFAULT_STOP_TIMEOUT
  return stop_timeout !== undefined && Math.ceil(stop_timeout) === real ? stop_timeout : real
}

function wordsOf(words: readonly string[] | undefined): string[] | null {
  return words === undefined || words.length === 0 ? null : [...words]
}

function valueOf<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}
