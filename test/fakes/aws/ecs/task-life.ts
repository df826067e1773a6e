import type { TaskStopCode } from '@aws-sdk/client-ecs'

import { startContainer, type ContainerHost } from './containers.ts'
import { isReady, stuck } from './dependencies.ts'
import { resourceProblem } from './resources.ts'
import type { ContainerState, TaskState } from './state.ts'
import type { World } from './world.ts'

/** Docker's, and what ECS has on Fargate when a definition names none: seconds. */
const STOP_TIMEOUT = 30
const KILLED = 137
const TERMINATED = { after: 1, code: 143 }

/** PROVISIONING → PENDING → RUNNING → DEACTIVATING → STOPPING → DEPROVISIONING → STOPPED, as time goes by. */
export function begin(world: World, task: TaskState): void {
  world.tasks.set(task.id, task)
  world.after(world.settings.durations.provisioning, () => pull(world, task))
}

function pull(world: World, task: TaskState): void {
  if (task.desiredStatus === 'STOPPED') return
  task.lastStatus = 'PENDING'
  task.pullStartedAt = world.now
  const problem = resourceProblem(world, task)
  if (problem !== null) return stop(world, task, 'TaskFailedToStart', problem)
  world.after(world.settings.durations.pending, () => start(world, task))
}

function start(world: World, task: TaskState): void {
  if (task.desiredStatus === 'STOPPED') return
  task.pullStoppedAt = world.now
  for (const container of task.containers) {
    const answer = world.troubles.unpullable.get(container.definition.image ?? '')
    if (answer === undefined) continue
    container.reason = answer
    return stop(world, task, 'TaskFailedToStart', answer)
  }
  // Nothing is proven before all that must run does.
  task.unproven = 1
  startReady(world, task)
}

/** Starts each container as soon as what it waits for is so. The task runs when all do that it cannot do without. */
function startReady(world: World, task: TaskState): void {
  if (task.desiredStatus === 'STOPPED') return
  const host: ContainerHost = {
    changed: () => startReady(world, task),
    exited: (container, code, reason) => exit(world, task, container, { code, reason }),
    healthy: () => prove(task),
    unhealthy: () => fail(task, 'Task failed container health checks'),
  }
  const next = () =>
    task.containers.find((each) => each.lastStatus === 'PENDING' && isReady(each, task.containers))
  for (let container = next(); container !== undefined; container = next()) {
    startContainer(world, task, container, host)
  }
  const waiting = task.containers.filter(({ lastStatus }) => lastStatus === 'PENDING')
  if (task.startedAt !== null || waiting.some(({ definition }) => definition.essential !== false)) return
  task.lastStatus = 'RUNNING'
  task.startedAt = world.now
  if (task.isTarget) awaitTarget(world, task)
  if (task.unproven === 1) world.after(world.settings.durations.healthy, () => prove(task))
  else prove(task)
}

function awaitTarget(world: World, task: TaskState): void {
  const { target } = world.settings.durations
  task.unproven++
  if (world.troubles.unhealthyTargets.has(task.service?.name ?? '')) {
    world.after(Math.max(target, task.graceSeconds), () => fail(task, 'Task failed ELB health checks'))
  } else world.after(target, () => prove(task))
}

function prove(task: TaskState): void {
  if (task.desiredStatus === 'STOPPED' || --task.unproven > 0) return
  task.healthy = true
  task.wasHealthy = true
  task.watcher.healthy(task)
}

function fail(task: TaskState, reason: string): void {
  if (task.desiredStatus === 'STOPPED') return
  task.healthy = false
  task.watcher.unhealthy(task, reason)
}

function exit(
  world: World,
  task: TaskState,
  container: ContainerState,
  { code, reason }: { code: number; reason: string | undefined },
): void {
  if (container.lastStatus === 'STOPPED') return
  container.lastStatus = 'STOPPED'
  container.exitCode = code
  container.reason ??= reason
  const isLast = task.containers.every(({ lastStatus }) => lastStatus === 'STOPPED')
  if (task.desiredStatus === 'STOPPED') {
    if (isLast) end(world, task)
  } else if (isLast || container.definition.essential !== false) {
    stop(world, task, 'EssentialContainerExited', 'Essential container in task exited')
  } else {
    const inVain = stuck(task.containers)
    if (inVain === undefined) startReady(world, task)
    else exit(world, task, inVain.container, { code: TERMINATED.code, reason: inVain.reason })
  }
}

/** The task's end has begun: nothing can stop it from here on. */
export function stop(world: World, task: TaskState, stopCode: TaskStopCode, reason: string): void {
  if (task.desiredStatus === 'STOPPED') return
  task.desiredStatus = 'STOPPED'
  task.stopCode = stopCode
  task.stoppedReason = reason
  task.stoppingAt = world.now
  task.healthy = false
  if (task.startedAt === null) return end(world, task)
  if (!task.isTarget) return terminate(world, task)
  task.lastStatus = 'DEACTIVATING'
  world.after(world.settings.durations.draining, () => terminate(world, task))
}

function terminate(world: World, task: TaskState): void {
  if (task.executionStoppedAt !== null) return
  task.lastStatus = 'STOPPING'
  const running = task.containers.filter(({ lastStatus }) => lastStatus === 'RUNNING')
  if (running.length === 0) return end(world, task)
  for (const container of running) {
    const timeout = container.definition.stopTimeout ?? STOP_TIMEOUT
    const answer = container.behaviour?.stop === undefined ? TERMINATED : container.behaviour.stop
    const isKilled = answer === null || answer.after > timeout
    const { after, code } = isKilled ? { after: timeout, code: KILLED } : answer
    world.after(after, () => exit(world, task, container, { code, reason: undefined }))
  }
}

function end(world: World, task: TaskState): void {
  if (task.executionStoppedAt !== null) return
  task.lastStatus = 'DEPROVISIONING'
  task.executionStoppedAt = world.now
  for (const container of task.containers) container.lastStatus = 'STOPPED'
  const { deprovisioning, stoppedTask } = world.settings.durations
  world.after(deprovisioning, () => {
    task.lastStatus = 'STOPPED'
    task.stoppedAt = world.now
    task.watcher.stopped(task)
    world.after(stoppedTask, () => world.tasks.delete(task.id))
  })
}
