import type {
  ContainerDefinition,
  PortMapping,
  RegisterTaskDefinitionCommandInput,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs'

import { UserError } from '../../../app/errors.ts'
import { CONTAINER, PORT_NAME } from '../names.ts'
import { LABEL, readLabel } from './label.ts'
import { isOwnVolume } from './volumes.ts'

/** What DescribeTaskDefinition shows and RegisterTaskDefinition does not take, or what is always of the process. */
const NOT_CARRIED = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'deregisteredAt',
  'deleteRequestedAt',
  'registeredBy',
  'executionRoleArn',
  'taskRoleArn',
  'ephemeralStorage',
] as const satisfies (keyof TaskDefinition)[]

/** Members of its container that are of the process. All others of an adopted one stay as somebody has made them. */
const OF_THE_PROCESS = [
  'image',
  'entryPoint',
  'command',
  'environment',
  'secrets',
  'healthCheck',
  'stopTimeout',
] as const satisfies (keyof ContainerDefinition)[]

/** As DescribeTaskDefinition shows it, with its tags. */
export interface RegisteredDefinition {
  definition: TaskDefinition
  tags: readonly Tag[]
}

/**
 * The definition of a process that was adopted: what the process says of itself, in the definition that its service runs.
 * Other containers, volumes, log drivers and whatever else Gantry has no words for are carried over.
 *
 * @param container name of the one that is the process
 * @throws UserError where the config calls another one so
 */
export function carryOver(
  input: RegisterTaskDefinitionCommandInput,
  { definition: runs, tags }: RegisteredDefinition,
  container: string,
): RegisterTaskDefinitionCommandInput {
  const {
    requiresCompatibilities,
    containerDefinitions = [],
    volumes = [],
    tags: ownTags = [],
    ...ours
  } = input
  const {
    containerDefinitions: all = [],
    volumes: their = [],
    runtimePlatform,
    ...theirs
  } = without(runs, NOT_CARRIED)
  const main = all.find((each) => each.name === container)
  if (main === undefined) throw new Error(`the definition of ${runs.family} has no container ${container}`)
  const [ourMain, ...rest] = containerDefinitions
  if (rest.some(({ name }) => name === container)) throw sharedName(container)
  const beside = rest.map((each) => renamedMain(each, container))
  // What the config has asked for before, and what it asks for now, is not carried over.
  const before = Object.keys(readLabel(main.dockerLabels?.[LABEL.spec]).containers ?? {})
  const ourNames = new Set([...before, ...beside.map(({ name }) => name)])
  const others = all.filter((each) => each !== main && !ourNames.has(each.name))
  const allVolumes = [...their.filter(({ name }) => !isOwnVolume(name)), ...volumes]
  return {
    ...theirs,
    requiresCompatibilities: theirs.requiresCompatibilities ?? requiresCompatibilities,
    ...ours,
    ...(allVolumes.length > 0 && { volumes: allVolumes }),
    tags: [...tags.filter(({ key = '' }) => !/^(?:aws|gantry):/.test(key)), ...ownTags],
    runtimePlatform: { ...runtimePlatform, ...ours.runtimePlatform },
    // First, where whoever looks for the one that counts finds it.
    containerDefinitions: [
      carriedMain(ourMain!, withoutOurs(main, ourNames), input, runs),
      ...others,
      ...beside,
    ],
  }
}

export function sharedName(container: string): UserError {
  return new UserError(
    `the container ${container} of its service is the process, and another one beside it has that name`,
    {
      hint: 'call the container otherwise under `containers` in the config',
    },
  )
}

/** The process is called otherwise here. */
function renamedMain({ dependsOn, ...rest }: ContainerDefinition, container: string): ContainerDefinition {
  return {
    ...rest,
    ...(dependsOn !== undefined && {
      dependsOn: dependsOn.map(({ containerName, condition }) => ({
        containerName: containerName === CONTAINER ? container : containerName,
        condition,
      })),
    }),
  }
}

/** A container as somebody else has made it, without what Gantry has put into it. */
function withoutOurs(
  { mountPoints = [], dependsOn = [], ...rest }: ContainerDefinition,
  ourNames: ReadonlySet<string | undefined>,
): ContainerDefinition {
  return {
    ...rest,
    mountPoints: mountPoints.filter(({ sourceVolume }) => !isOwnVolume(sourceVolume)),
    dependsOn: dependsOn.filter(({ containerName }) => !ourNames.has(containerName)),
  }
}

interface Sizes {
  cpu?: string | undefined
  memory?: string | undefined
}

function carriedMain(
  ours: ContainerDefinition,
  theirs: ContainerDefinition,
  now: Sizes,
  before: Sizes,
): ContainerDefinition {
  return {
    ...without(theirs, [...OF_THE_PROCESS, 'portMappings', 'mountPoints', 'dependsOn']),
    ...joined('mountPoints', theirs, ours),
    ...joined('dependsOn', theirs, ours),
    ...only(ours, OF_THE_PROCESS),
    ...portsOf(ours, theirs),
    // A limit of its own that was all that the task had grows and shrinks with that.
    ...(theirs.cpu !== undefined && { cpu: follow(theirs.cpu, before.cpu, now.cpu) }),
    ...(theirs.memory !== undefined && { memory: follow(theirs.memory, before.memory, now.memory) }),
    dockerLabels: { ...theirs.dockerLabels, ...ours.dockerLabels },
  }
}

/** ECS refuses some lists that are empty. */
function joined<Key extends 'mountPoints' | 'dependsOn'>(
  key: Key,
  theirs: ContainerDefinition,
  ours: ContainerDefinition,
): Pick<ContainerDefinition, Key> | object {
  const all = [...(theirs[key] ?? []), ...(ours[key] ?? [])]
  return all.length === 0 ? {} : { [key]: all }
}

/** The first port is that of the process. */
function portsOf(
  { portMappings: [wanted] = [] }: ContainerDefinition,
  { portMappings: [first, ...others] = [] }: ContainerDefinition,
): { portMappings?: PortMapping[] } {
  if (wanted === undefined) return {}
  const { containerPort } = wanted
  const { hostPort: _hostPort, ...kept } = first ?? { protocol: 'tcp' as const }
  return { portMappings: [{ ...kept, name: kept.name ?? PORT_NAME, containerPort }, ...others] }
}

function follow(own: number, before: string | undefined, now: string | undefined): number {
  return String(own) === before && now !== undefined ? Number(now) : own
}

function without<T extends object, Key extends keyof T>(value: T, keys: readonly Key[]): Omit<T, Key> {
  const gone: readonly PropertyKey[] = keys
  return Object.fromEntries(Object.entries(value).filter(([key]) => !gone.includes(key))) as Omit<T, Key>
}

function only<T extends object, Key extends keyof T>(value: T, keys: readonly Key[]): Pick<T, Key> {
  const wanted: readonly PropertyKey[] = keys
  return Object.fromEntries(Object.entries(value).filter(([key]) => wanted.includes(key))) as Pick<T, Key>
}
