import { createHash } from 'node:crypto'

import { MAIN, type AppId } from '../../app/app.ts'

/** The container of the process or task in its definition: the only one, unless others run beside it. */
export const CONTAINER = MAIN
/** What its port is called, in the task definition and in Service Connect. */
export const PORT_NAME = 'main'

export const TAG = {
  app: 'gantry:app',
  environment: 'gantry:environment',
  process: 'gantry:process',
  task: 'gantry:task',
  /** Of a service that was adopted: which container of its definition is the process. */
  adopted: 'gantry:adopted',
} as const

/** Names of an app, environment and component have 63 characters at most, so what is joined of three fits into the 255 of ECS. */
function joined({ name, environment }: AppId, ...parts: string[]): string {
  return [name, environment, ...parts].join('--')
}

/** `orderdesk--production--web`; a process may name another one that is there already. */
export function serviceName(app: AppId, process: string, mapped: string | null): string {
  return mapped ?? joined(app, process)
}

export function processFamily(app: AppId, process: string): string {
  return joined(app, process)
}

export function taskFamily(app: AppId, task: string): string {
  return joined(app, 'task', task)
}

/**
 * EventBridge Scheduler takes 64 characters:
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export function scheduleName(app: AppId, task: string): string {
  return cut(taskFamily(app, task), 64)
}

export function logGroup({ name, environment }: AppId): string {
  return `/gantry/${name}/${environment}`
}

/** What an ARN names, or a name as it is: the id of a task, `family:n` of a definition, the name of a service or role. */
export function nameOfArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** One repository per environment: what cleans up in one must not delete what another runs. */
export function repositoryName({ name, environment }: AppId): string {
  return `${name}/${environment}`
}

/** Where an app's parameters are in SSM. */
export function parameterRoot({ name, environment }: AppId): string {
  return `/gantry/${name}/${environment}/`
}

/** What the log streams of a component begin with: `web`, `task.migrate`. The rest is `/main/<task id>`, or `/proxy/<task id>` of what runs beside it. */
export function streamPrefix(kind: 'process' | 'task', name: string): string {
  return kind === 'process' ? name : `task.${name}`
}

/** What an instance or a run of a task is called: `web-3f9c2a1b`, `task.migrate-77ab01c4`. */
export function instanceName(component: string, taskId: string): string {
  return `${component}-${taskId.slice(0, 8)}`
}

/**
 * What every task that an app runs once is started by, so that one ListTasks finds them all: `gantry/shop/production`.
 * ECS takes 128 letters, digits, `-`, `_` and `/`:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function startedBy({ name, environment }: AppId): string {
  return cut(`gantry/${name}/${environment}`, 128)
}

function cut(name: string, length: number): string {
  if (name.length <= length) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, length - hash.length - 1)}-${hash}`
}
