import type {
  ContainerCondition,
  ContainerDefinition,
  HealthCheck as EcsHealthCheck,
} from '@aws-sdk/client-ecs'

import type { Condition, Dependencies, HealthCheck, Mounts } from '../../../app/app.ts'
import { startWords, type Start } from '../../../app/command.ts'
import { CONTAINER, PORT_NAME } from '../names.ts'
import { renderMounts } from './volumes.ts'

/** What a container definition is made from: of a process, of a task, or of what runs beside a process. */
export interface Part extends Start {
  name: string
  env: Readonly<Record<string, string>>
  /** Names of the variables that ECS reads from elsewhere when the container starts. */
  secrets: readonly string[]
  mounts: Mounts
  stop_timeout: number
  essential: boolean
  port?: number | null
  health_check?: HealthCheck | null
  depends_on?: Dependencies
  cpu?: number | null
  memory?: number | null
}

/** What it needs to know that is not in the spec. */
export interface ContainerContext {
  /** `repository@sha256:…`, or the pinned reference as it stands. */
  image: string
  /** Name of each secret and variable to what ECS takes the value from. */
  valueFrom: Readonly<Record<string, string>>
}

/** Where output goes. */
export interface LogContext {
  region: string
  logGroup: string
  /** The rest of a stream's name is that of the container and the id of the task. */
  prefix: string
}

export const CONDITIONS: Readonly<Record<Condition, ContainerCondition>> = {
  started: 'START',
  healthy: 'HEALTHY',
  completed: 'COMPLETE',
  succeeded: 'SUCCESS',
}

/** Nothing in it is empty or null: ECS refuses some of that, and answers without the rest. */
export function renderContainer(part: Part, context: ContainerContext, log: LogContext): ContainerDefinition {
  const { entry_point, command } = startWords(part)
  const { port = null, health_check = null, cpu = null, memory = null } = part
  const environment = byName(renderEnvironment({ ...part, port })).map(([name, value]) => ({ name, value }))
  const secrets = part.secrets.toSorted().map((name) => ({ name, valueFrom: valueFrom(name, context) }))
  const dependsOn = renderDependencies(part.depends_on ?? {})
  const check = renderHealthCheck(health_check)
  return {
    name: part.name,
    essential: part.essential,
    image: context.image,
    ...(entry_point !== null && { entryPoint: entry_point }),
    ...(command !== null && { command }),
    ...(environment.length > 0 && { environment }),
    ...(secrets.length > 0 && { secrets }),
    ...(port !== null && {
      portMappings: [{ containerPort: port, name: portName(part.name), protocol: 'tcp' as const }],
    }),
    ...(check !== null && { healthCheck: check }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...renderMounts(part.mounts),
    ...(cpu !== null && { cpu }),
    ...(memory !== null && { memory }),
    stopTimeout: Math.ceil(part.stop_timeout),
    // A program that runs as the first one of a container must reap what its children leave behind, and few do.
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': log.logGroup,
        'awslogs-region': log.region,
        'awslogs-stream-prefix': log.prefix,
        // Said although it is the default of most accounts: CloudWatch not answering must not stop the process.
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
  }
}

/** The environment of a container, without what it gets as secrets. */
export function renderEnvironment({
  env,
  secrets,
  port,
}: Pick<Part, 'env' | 'secrets'> & { port: number | null }): Record<string, string> {
  const named = Object.hasOwn(env, 'PORT') || secrets.includes('PORT')
  return { ...env, ...(port !== null && !named && { PORT: String(port) }) }
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

export function renderDependencies(depends_on: Dependencies) {
  return byName(depends_on).map(([containerName, condition]) => ({
    containerName,
    condition: CONDITIONS[condition],
  }))
}

/** The names of ports are unique in a task. */
function portName(container: string): string {
  return container === CONTAINER ? PORT_NAME : container
}

function valueFrom(name: string, context: ContainerContext): string {
  const found = Object.hasOwn(context.valueFrom, name) ? context.valueFrom[name] : undefined
  if (found === undefined) throw new Error(`nothing says where the value of ${name} is`)
  return found
}

function byName<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
}
