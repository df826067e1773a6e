import type {
  ContainerDefinition,
  HealthCheck as EcsHealthCheck,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'

import type { AppId, HealthCheck, Placement } from '../../../app/app.ts'
import { argv } from '../../../app/command.ts'
import { UserError } from '../../../app/errors.ts'
import type { ProcessSpec, TaskSpec } from '../../../app/spec.ts'
import { CONTAINER, PORT_NAME, streamPrefix } from '../names.ts'
import { identity, tagsOf } from '../tags.ts'
import { hashOf, LABEL, writeLabel } from './label.ts'
import { refusals } from './limits.ts'

/** What a definition needs to know that is not in the spec. */
export interface RenderContext {
  family: string
  /** `repository@sha256:…`, or the pinned reference as it stands. */
  image: string
  region: string
  logGroup: string
  /** Name of each secret and variable to what ECS takes the value from. */
  valueFrom: Readonly<Record<string, string>>
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
 * The task definition of a process. Equal specs and contexts give equal definitions with equal hashes.
 *
 * @throws UserError for what ECS would not take
 */
export function renderProcess(
  app: AppId,
  spec: ProcessSpec,
  context: RenderContext,
): RegisterTaskDefinitionCommandInput {
  const { port } = spec
  const check = renderHealthCheck(spec.health_check)
  return finish(app, 'process', spec, context, {
    ...(port !== null && {
      portMappings: [{ containerPort: port, name: PORT_NAME, protocol: 'tcp' as const }],
    }),
    ...(check !== null && { healthCheck: check }),
  })
}

/** The task definition of a task, likewise. */
export function renderTask(
  app: AppId,
  spec: TaskSpec,
  context: RenderContext,
): RegisterTaskDefinitionCommandInput {
  return finish(app, 'task', spec, context, {})
}

/** The environment of a container, without what it gets as secrets. */
export function renderEnvironment(
  spec: Pick<ProcessSpec, 'env' | 'secrets' | 'variables'> & { port?: number | null },
) {
  const { port = null } = spec
  const named = [spec.env, spec.secrets, spec.variables].some((each) => Object.hasOwn(each, 'PORT'))
  return { ...spec.env, ...(port !== null && !named && { PORT: String(port) }) }
}

/** Only a command is checked by ECS itself: a path is for the load balancer to check. */
export function renderHealthCheck(check: HealthCheck | null): EcsHealthCheck | null {
  if (check === null || check.command === null) return null
  const { command } = check
  return {
    command: typeof command === 'string' ? ['CMD-SHELL', command] : ['CMD', ...command],
    interval: Math.ceil(check.interval),
    timeout: Math.ceil(check.timeout),
    retries: check.retries,
    startPeriod: Math.ceil(check.start_period),
  }
}

function finish(
  app: AppId,
  kind: 'process' | 'task',
  spec: ProcessSpec | TaskSpec,
  context: RenderContext,
  own: Partial<ContainerDefinition>,
): RegisterTaskDefinitionCommandInput {
  const what = `${kind} ${spec.name}`
  refuseBeyondLimits(what, spec)
  const container = { ...renderContainer(kind, spec, context), ...own }
  const label = writeLabel(spec)
  const input = {
    ...renderTaskLevel(spec, placementOf(what, spec), context),
    containerDefinitions: [{ ...container, dockerLabels: { [LABEL.spec]: label } }],
    tags: tagsOf(identity(app, kind, spec.name)),
  }
  const labelled = {
    ...input,
    containerDefinitions: [
      { ...container, dockerLabels: { [LABEL.spec]: label, [LABEL.hash]: hashOf(input) } },
    ],
  }
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

/** Nothing in it is empty or null: ECS refuses some of that, and answers without the rest. */
function renderContainer(
  kind: 'process' | 'task',
  spec: ProcessSpec | TaskSpec,
  context: RenderContext,
): ContainerDefinition {
  const environment = byName(renderEnvironment(spec)).map(([name, value]) => ({ name, value }))
  const secrets = secretNames(spec).map((name) => ({ name, valueFrom: valueFrom(name, context) }))
  return {
    name: CONTAINER,
    essential: true,
    image: context.image,
    ...(spec.command !== null && { command: argv(spec.command) }),
    ...(environment.length > 0 && { environment }),
    ...(secrets.length > 0 && { secrets }),
    stopTimeout: Math.ceil(spec.stop_timeout),
    // A program that runs as the first one of a container must reap what its children leave behind, and few do.
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': context.logGroup,
        'awslogs-region': context.region,
        'awslogs-stream-prefix': streamPrefix(kind, spec.name),
        // Said although it is the default of most accounts: CloudWatch not answering must not stop the process.
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
  }
}

function secretNames({ secrets, variables }: Pick<ProcessSpec, 'secrets' | 'variables'>): string[] {
  return [...new Set([...Object.keys(secrets), ...Object.keys(variables)])].sort()
}

function valueFrom(name: string, context: RenderContext): string {
  const found = Object.hasOwn(context.valueFrom, name) ? context.valueFrom[name] : undefined
  if (found === undefined) throw new Error(`nothing says where the value of ${name} is`)
  return found
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
  const parts = (['env', 'command', 'secrets'] as const).map((field) => ({
    field,
    bytes: Buffer.byteLength(JSON.stringify(spec[field])),
  }))
  const [largest] = parts.sort((a, b) => b.bytes - a.bytes)
  throw new UserError(
    `the task definition of ${what} has ${Math.ceil(bytes / 1024)} KB, and ECS takes ${MAX_BYTES / 1024}`,
    { hint: `shorten its ${largest!.field}, which is the longest part of it and counts twice` },
  )
}

function byName(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
}
