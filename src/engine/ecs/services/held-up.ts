import type { Container, Task, TaskDefinition } from '@aws-sdk/client-ecs'

import { CONTAINER } from '../names.ts'
import { mainOf } from './stopped.ts'

/** What keeps the process of an instance from starting. */
export interface HeldUp {
  /** Name of the container that it waits for. */
  container: string
  reason: string
}

/** What the process waits for in an instance that has not stopped, by way of others too; null where it waits for nothing. */
export function heldUp(task: Task, { containerDefinitions = [] }: TaskDefinition): HeldUp | null {
  const main = mainOf(task)
  const seen = new Set<Container>()
  let last: HeldUp | null = null
  for (let waiting = main; waiting?.lastStatus === 'PENDING' && !seen.has(waiting);) {
    seen.add(waiting)
    const { name } = waiting
    const { dependsOn = [] } = containerDefinitions.find((each) => each.name === name) ?? {}
    const open = dependsOn.find(({ containerName, condition = '' }) =>
      isOpen(containerOf(task, containerName), condition),
    )
    if (open === undefined) break
    const { containerName = '', condition = '' } = open
    const who = name === main?.name ? 'the process' : name
    last = {
      container: containerName,
      reason: `${who} waits for ${nameOf(containerName)} ${WAITS[condition] ?? ''}`,
    }
    waiting = containerOf(task, containerName)
  }
  return last
}

const WAITS: Readonly<Record<string, string>> = {
  START: 'to start',
  HEALTHY: 'to be healthy',
  COMPLETE: 'to end',
  SUCCESS: 'to end with 0',
}

function isOpen(other: Container | undefined, condition: string): boolean {
  if (condition === 'HEALTHY') return other?.healthStatus !== 'HEALTHY'
  return other?.lastStatus === 'PENDING' || (condition !== 'START' && other?.lastStatus !== 'STOPPED')
}

function containerOf({ containers = [] }: Task, name: string | undefined): Container | undefined {
  return containers.find((each) => each.name === name)
}

function nameOf(container: string): string {
  return container === CONTAINER ? 'the process' : container
}
