import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'

import type { Expose, Placement } from '../../../app/app.ts'
import { CONTAINER } from '../names.ts'
import { LABEL, readLabel, type DefinitionFields } from './label.ts'
import {
  readContainer,
  readDependencies,
  readEnv,
  readHealthCheck,
  readImage,
  readPort,
  readSecrets,
  readStart,
  readStopTimeout,
} from './read-container.ts'
import { ARCHITECTURES, cpuParts } from './render.ts'
import { sameRole } from './same.ts'
import { isOwnVolume, readMounts } from './volumes.ts'

/** Of a service that Gantry did not make. */
export interface AdoptedProcess {
  /** Name of the container that is the process. */
  container: string
  /** Who reaches it, as its service says. */
  expose: Expose
}

type Said = Partial<DefinitionFields>

/** GB that come anyway. */
const FREE_STORAGE = 20

/**
 * The fields of a process that are in its task definition. What the label says holds where it gives what is really
 * there; where somebody has changed that, or there is no label, what is there wins. Of a process that was adopted
 * containers, mounts and dependencies that the config has not asked for are somebody else's, and not read.
 *
 * @param adopted what is known of a process whose definition somebody else has made
 */
export function readProcessDefinition(
  definition: TaskDefinition,
  adopted: AdoptedProcess | null = null,
): DefinitionFields {
  const main = adopted === null ? mainOf(definition) : containerOf(definition, adopted)
  const said = readLabel(main.dockerLabels?.[LABEL.spec])
  const container = adopted === null ? main : withoutForeign(main, said)
  const port = readPort(container)
  return {
    image: readImage(said, container.image ?? ''),
    ...readStart(said, container),
    restarts: said.restarts ?? 0,
    cpu: Number(definition.cpu ?? container.cpu ?? 0),
    memory: Number(definition.memory ?? container.memory ?? container.memoryReservation ?? 0),
    ephemeral_storage_gb: readStorage(definition),
    expose: said.expose ?? adopted?.expose ?? 'none',
    port,
    env: readEnv(said, container, port),
    ...readSecrets(said, said.variables ?? {}, container),
    health_check: readHealthCheck(said, container),
    readiness: said.readiness ?? null,
    mounts: readMounts(said.mounts ?? {}, container.mountPoints ?? [], definition.volumes ?? []),
    containers: readContainers(said, definition, main, adopted),
    depends_on: readDependencies(container, container.name ?? ''),
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

/** What Gantry would have put there. */
function withoutForeign(container: ContainerDefinition, { containers = {} }: Said): ContainerDefinition {
  const { mountPoints = [], dependsOn = [] } = container
  return {
    ...container,
    mountPoints: mountPoints.filter(({ sourceVolume }) => isOwnVolume(sourceVolume)),
    dependsOn: dependsOn.filter(({ containerName = '' }) => Object.hasOwn(containers, containerName)),
  }
}

function readContainers(
  said: Said,
  { containerDefinitions = [], volumes = [] }: TaskDefinition,
  main: ContainerDefinition,
  adopted: AdoptedProcess | null,
): DefinitionFields['containers'] {
  const { containers = {}, cpu = 0 } = said
  const cpus = cpuParts({ cpu, containers })
  return Object.fromEntries(
    containerDefinitions
      .filter(({ name = '' }) => adopted === null || Object.hasOwn(containers, name))
      .filter((each) => each !== main)
      .map((each) => {
        const name = each.name ?? ''
        const own = Object.hasOwn(containers, name) ? containers[name]! : {}
        return [name, readContainer(own, each, { cpu: cpus[name] ?? null, volumes, main: main.name ?? '' })]
      }),
  )
}

function readStorage({ ephemeralStorage }: TaskDefinition): number | null {
  const size = ephemeralStorage?.sizeInGiB ?? 0
  return size > FREE_STORAGE ? size : null
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
    ...(placement?.exec === true && { exec: true }),
    architecture: definition.runtimePlatform?.cpuArchitecture === ARCHITECTURES.arm64 ? 'arm64' : 'x86_64',
  }
}

function roleOf(said: string | null | undefined, real: string | null): string | null {
  return said !== undefined && sameRole(said, real) ? said : real
}
