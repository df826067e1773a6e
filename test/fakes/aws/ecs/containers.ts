import type { HealthCheck } from '@aws-sdk/client-ecs'

import type { Behaviour, ContainerRun } from './behaviour.ts'
import type { ContainerState, TaskState } from './state.ts'
import type { World } from './world.ts'

/** The task, as its containers see it. */
export interface ContainerHost {
  /** Another one may wait for what has become of it. */
  changed(): void
  exited(container: ContainerState, code: number, reason: string | undefined): void
  healthy(): void
  unhealthy(): void
}

const OUT_OF_MEMORY: Behaviour = {
  lines: [],
  exit: { after: 1, code: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
}

export function startContainer(
  world: World,
  task: TaskState,
  container: ContainerState,
  host: ContainerHost,
): void {
  const run = runOf(task, container)
  const behaviour = world.troubles.hungryImages.has(run.image) ? OUT_OF_MEMORY : world.settings.behaviour(run)
  container.behaviour = behaviour
  container.lastStatus = 'RUNNING'
  writeLines(world, task, container)
  if (behaviour.exit !== null) {
    const { after, code, reason } = behaviour.exit
    world.after(after, () => host.exited(container, code, reason))
  }
  if (behaviour.ends !== undefined) watchEnd(world, container, behaviour.ends, host)
  if (container.definition.healthCheck !== undefined) {
    checkHealth(world, task, container, host)
  }
}

function watchEnd(
  world: World,
  container: ContainerState,
  ends: () => number | null,
  host: ContainerHost,
): void {
  world.after(1, () => {
    if (container.lastStatus !== 'RUNNING') return
    const code = ends()
    if (code === null) watchEnd(world, container, ends, host)
    else host.exited(container, code, undefined)
  })
}

function runOf(task: TaskState, { definition }: ContainerState): ContainerRun {
  return {
    name: definition.name ?? '',
    image: definition.image ?? '',
    command: [...(definition.entryPoint ?? []), ...(definition.command ?? [])],
    environment: Object.fromEntries(
      (definition.environment ?? []).map(({ name = '', value = '' }) => [name, value]),
    ),
    secrets: Object.fromEntries(
      (definition.secrets ?? []).map(({ name, valueFrom }) => [name ?? '', valueFrom ?? '']),
    ),
    task: task.id,
    service: task.service?.name ?? null,
  }
}

function writeLines(world: World, task: TaskState, { definition, behaviour }: ContainerState): void {
  const { logDriver, options } = definition.logConfiguration ?? {}
  const group = options?.['awslogs-group']
  if (logDriver !== 'awslogs' || group === undefined || behaviour === null) return
  const stream = `${options?.['awslogs-stream-prefix']}/${definition.name}/${task.id}`
  const put = (message: string) => world.aws.logs.put(group, stream, [{ timestamp: world.now, message }])
  for (const each of behaviour.lines) {
    if (typeof each === 'string') put(each)
    else world.after(each.after, () => put(each.line))
  }
}

/** Only essential containers decide about their task. */
function checkHealth(world: World, task: TaskState, container: ContainerState, host: ContainerHost): void {
  const isEssential = container.definition.essential !== false
  const check = container.definition.healthCheck!
  if (isEssential) task.unproven++
  const isHealthy =
    container.behaviour?.healthy !== false &&
    !world.troubles.unhealthyImages.has(container.definition.image ?? '')
  world.after(isHealthy ? (check.interval ?? 30) : unhealthyAfter(check), () => {
    if (container.lastStatus !== 'RUNNING') return
    container.health = isHealthy ? 'HEALTHY' : 'UNHEALTHY'
    host.changed()
    if (!isEssential) return
    if (isHealthy) host.healthy()
    else host.unhealthy()
  })
}

/** Checks come every interval; those within the start period do not count. */
function unhealthyAfter({ interval = 30, retries = 3, startPeriod = 0 }: HealthCheck): number {
  const ignored = Math.floor(startPeriod / interval)
  return (ignored + retries) * interval
}
