import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'

import type { AppId, Placement } from '../../../app/app.ts'
import { UserError } from '../../../app/errors.ts'
import type { ContainerSpec, ProcessSpec, TaskSpec } from '../../../app/spec.ts'
import { CONTAINER, streamPrefix } from '../names.ts'
import { identity, tagsOf } from '../tags.ts'
import { renderContainer, type ContainerContext, type LogContext, type Part } from './container.ts'
import { hashOf, LABEL, writeLabel } from './label.ts'
import { refusals } from './limits.ts'
import { renderVolumes } from './volumes.ts'

/** What a definition needs to know that is not in the spec: of the process or task itself, and of each other container. */
export interface RenderContext extends ContainerContext, Omit<LogContext, 'prefix'> {
  family: string
  containers: Readonly<Record<string, ContainerContext>>
}

export const ARCHITECTURES = { x86_64: 'X86_64', arm64: 'ARM64' } as const

/** https://docs.aws.amazon.com/general/latest/gr/ecs-service.html: "Task definition size limit". */
const MAX_BYTES = 64 * 1024

/** The task definition of a process or a task. */
export function render(
  app: AppId,
  spec: ProcessSpec | TaskSpec,
  context: RenderContext,
): RegisterTaskDefinitionCommandInput {
  return isProcess(spec) ? renderProcess(app, spec, context) : renderTask(app, spec, context)
}

export function isProcess(spec: ProcessSpec | TaskSpec): spec is ProcessSpec {
  return 'expose' in spec
}

/**
 * The task definition of a process: its own container first. Equal specs and contexts give equal definitions with equal
 * hashes.
 *
 * @throws UserError for what ECS would not take
 */
export function renderProcess(
  app: AppId,
  spec: ProcessSpec,
  context: RenderContext,
): RegisterTaskDefinitionCommandInput {
  const cpus = cpuParts(spec)
  const log = logOf('process', spec, context)
  const own = {
    ...mainPart(spec),
    port: spec.port,
    health_check: spec.health_check,
    depends_on: spec.depends_on,
  }
  const main = renderContainer({ ...own, cpu: cpus[CONTAINER] ?? null }, context, log)
  const others = Object.entries(spec.containers).map(([name, container]) =>
    renderContainer(
      { ...container, name, secrets: Object.keys(container.secrets), cpu: cpus[name] ?? null },
      contextOf(name, context),
      log,
    ),
  )
  return finish(app, 'process', spec, context, [main, ...others])
}

/** The task definition of a task, likewise. */
export function renderTask(
  app: AppId,
  spec: TaskSpec,
  context: RenderContext,
): RegisterTaskDefinitionCommandInput {
  return finish(app, 'task', spec, context, [
    renderContainer(mainPart(spec), context, logOf('task', spec, context)),
  ])
}

/**
 * CPU units of each container. They are shares in a squeeze, so as soon as one names its part, those that do not get
 * equal parts of what is left; where nobody names one, ECS shares evenly by itself.
 */
export function cpuParts({
  cpu,
  containers,
}: Pick<ProcessSpec, 'cpu'> & {
  containers: Readonly<Record<string, Pick<ContainerSpec, 'cpu'>>>
}): Record<string, number> {
  const all: [string, number | null][] = [
    [CONTAINER, null],
    ...Object.entries(containers).map(([name, each]): [string, number | null] => [name, each.cpu]),
  ]
  const named = all.reduce((sum, [, units]) => sum + (units ?? 0), 0)
  if (named === 0) return {}
  const rest = Math.floor((cpu - named) / all.filter(([, units]) => units === null).length)
  return Object.fromEntries(all.map(([name, units]) => [name, units ?? rest]))
}

/** Of a process or task, without what only a process has. */
function mainPart(spec: ProcessSpec | TaskSpec): Part {
  const { entry_point, command, pre_start, env, mounts, stop_timeout } = spec
  const secrets = [...new Set([...Object.keys(spec.secrets), ...Object.keys(spec.variables)])]
  return {
    name: CONTAINER,
    essential: true,
    entry_point,
    command,
    pre_start,
    env,
    secrets,
    mounts,
    stop_timeout,
  }
}

function logOf(kind: 'process' | 'task', { name }: { name: string }, context: RenderContext): LogContext {
  return { region: context.region, logGroup: context.logGroup, prefix: streamPrefix(kind, name) }
}

function contextOf(container: string, { containers }: RenderContext): ContainerContext {
  const found = Object.hasOwn(containers, container) ? containers[container] : undefined
  if (found === undefined) throw new Error(`nothing says what ${container} runs`)
  return found
}

function finish(
  app: AppId,
  kind: 'process' | 'task',
  spec: ProcessSpec | TaskSpec,
  context: RenderContext,
  [main, ...others]: ContainerDefinition[],
): RegisterTaskDefinitionCommandInput {
  const what = `${kind} ${spec.name}`
  refuseBeyondLimits(what, spec)
  const label = writeLabel(spec)
  const volumes = renderVolumes([
    spec.mounts,
    ...(isProcess(spec) ? Object.values(spec.containers).map((each) => each.mounts) : []),
  ])
  const withLabels = (labels: Record<string, string>): RegisterTaskDefinitionCommandInput => ({
    ...renderTaskLevel(spec, placementOf(what, spec), context),
    ...(volumes.length > 0 && { volumes }),
    containerDefinitions: [{ ...main, dockerLabels: labels }, ...others],
    tags: tagsOf(identity(app, kind, spec.name)),
  })
  const hash = hashOf(withLabels({ [LABEL.spec]: label }))
  const labelled = withLabels({ [LABEL.spec]: label, [LABEL.hash]: hash })
  refuseTooLarge(what, spec, labelled)
  return labelled
}

function renderTaskLevel(
  spec: ProcessSpec | TaskSpec,
  placement: Placement,
  { family }: RenderContext,
): Omit<RegisterTaskDefinitionCommandInput, 'containerDefinitions'> {
  return {
    family,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    runtimePlatform: {
      cpuArchitecture: ARCHITECTURES[placement.architecture],
      operatingSystemFamily: 'LINUX',
    },
    cpu: String(spec.cpu),
    memory: String(spec.memory),
    ...(spec.ephemeral_storage_gb !== null && {
      ephemeralStorage: { sizeInGiB: spec.ephemeral_storage_gb },
    }),
    ...(placement.execution_role !== null && { executionRoleArn: placement.execution_role }),
    ...(placement.task_role !== null && { taskRoleArn: placement.task_role }),
  }
}

function placementOf(what: string, { placement }: ProcessSpec | TaskSpec): Placement {
  if (placement !== null) return placement
  throw new UserError(`nothing says in which subnets and with which roles ${what} runs`, {
    hint: 'describe it in the config, whose `ecs` settings say so',
  })
}

function refuseBeyondLimits(what: string, spec: ProcessSpec | TaskSpec): void {
  const [first] = refusals(spec)
  if (first === undefined) return
  throw new UserError(`${first.fields[0]} of ${what}: ${first.message}`, { hint: first.hint })
}

function refuseTooLarge(what: string, spec: ProcessSpec | TaskSpec, input: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(input))
  if (bytes <= MAX_BYTES) return
  const fields = { containers: {}, ...spec }
  const parts = (['env', 'command', 'pre_start', 'secrets', 'containers'] as const).map((field) => ({
    field,
    bytes: Buffer.byteLength(JSON.stringify(fields[field])),
  }))
  const [largest] = parts.sort((a, b) => b.bytes - a.bytes)
  throw new UserError(
    `the task definition of ${what} has ${Math.ceil(bytes / 1024)} KB, and ECS takes ${MAX_BYTES / 1024}`,
    { hint: `shorten its ${largest!.field}, which is the longest part of it and counts twice` },
  )
}
