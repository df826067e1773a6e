import type { ExecuteCommandRequest } from '@aws-sdk/client-ecs'

import { clusterArn, containerArn, nameOf } from './arns.ts'
import { invalid, refuseAs } from './refusals.ts'
import type { ContainerState, TaskState } from './state.ts'
import type { World } from './world.ts'

const NOT_READY =
  'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.'

export function executeCommand(world: World, input: ExecuteCommandRequest): unknown {
  const cluster = world.cluster(input.cluster)
  const task = world.tasks.get(nameOf(input.task ?? ''))
  if (task === undefined || task.cluster !== cluster) invalid('The referenced task was not found.')
  if (input.interactive !== true) invalid('Interactive is the only mode supported currently.')
  const container = chosen(task, input.container)
  if (task.lastStatus !== 'RUNNING' || agentStatus(world, task) !== 'RUNNING') invalid(NOT_READY)
  const { taskRoleArn = '' } = task.definition.content
  if (world.troubles.muteRoles.has(taskRoleArn)) {
    refuseAs(
      'TargetNotConnectedException',
      'The execute command failed due to an internal error. Try again later.',
    )
  }
  const sessionId = `ecs-execute-command-${world.id().slice(0, 17)}`
  world.aws.ssm.sessions.add(sessionId)
  return {
    clusterArn: clusterArn(cluster.name),
    containerArn: containerArn(cluster.name, task.id, container.id),
    containerName: container.definition.name,
    interactive: true,
    session: {
      sessionId,
      // What runs is for the plugin to say in the terms of the fake: it runs this.
      streamUrl: `wss://ssmmessages.invalid/v1/data-channel/${sessionId}?command=${encodeURIComponent(input.command ?? '')}`,
      tokenValue: `token-of-${sessionId}`,
    },
    taskArn: task.arn,
  }
}

function chosen({ containers }: TaskState, name: string | undefined): ContainerState {
  if (name === undefined && containers.length > 1)
    invalid('The task has multiple containers: a container name is required.')
  return (
    containers.find(({ definition }) => name === undefined || definition.name === name) ??
    invalid(`Unable to find the container ${name}.`)
  )
}

/** Of the agent in a task that was started with it. */
export function agentStatus(world: World, task: TaskState): 'PENDING' | 'RUNNING' | 'STOPPED' {
  if (!task.enableExecuteCommand || task.lastStatus === 'STOPPED') return 'STOPPED'
  if (world.troubles.agentless.has(task.definition.family)) return 'STOPPED'
  const { agent } = world.settings.durations
  return task.startedAt !== null && world.now >= task.startedAt + agent * 1_000 ? 'RUNNING' : 'PENDING'
}
