import type { ContainerDefinition } from '@aws-sdk/client-ecs'

import { refuse } from './refusals.ts'
import type { ContainerState } from './state.ts'

/** Refuses dependencies between containers that ECS does not register. */
export function checkDependencies(containers: readonly ContainerDefinition[]): void {
  const byName = new Map(containers.map((each) => [each.name, each]))
  for (const { dependsOn = [] } of containers) {
    for (const { containerName = '', condition = '' } of dependsOn) {
      const other = byName.get(containerName)
      if (other === undefined) {
        refuse(`Cannot depend on container + '${containerName}' because it does not exist`)
      }
      if (!['START', 'HEALTHY', 'COMPLETE', 'SUCCESS'].includes(condition)) {
        refuse(`The condition ${condition} of a container dependency is unknown.`)
      }
      if ((condition === 'COMPLETE' || condition === 'SUCCESS') && other.essential !== false) {
        refuse('A dependency container with SUCCESS or COMPLETE condition cannot be an essential container')
      }
      if (condition === 'HEALTHY' && other.healthCheck === undefined) {
        refuse(`Container ${containerName} has no health check, and another one waits for it to be HEALTHY.`)
      }
    }
  }
  for (const { name } of containers) {
    if (reaches(byName, name, name, new Set())) refuse('Container dependencies have a circle.')
  }
}

function reaches(
  byName: ReadonlyMap<string | undefined, ContainerDefinition>,
  from: string | undefined,
  to: string | undefined,
  seen: Set<string | undefined>,
): boolean {
  return (byName.get(from)?.dependsOn ?? []).some(({ containerName }) => {
    if (containerName === to) return true
    if (seen.has(containerName)) return false
    seen.add(containerName)
    return reaches(byName, containerName, to, seen)
  })
}

/** Whether everything that a container waits for is as it should be. */
export function isReady(container: ContainerState, all: readonly ContainerState[]): boolean {
  return waits(container, all).every(([other, condition]) => {
    if (condition === 'START') return other.lastStatus !== 'PENDING'
    if (condition === 'HEALTHY') return other.health === 'HEALTHY'
    if (other.lastStatus !== 'STOPPED') return false
    return condition === 'COMPLETE' || other.exitCode === 0
  })
}

/** A container that waits in vain, and what ECS says of it; undefined while there is hope. */
export function stuck(
  all: readonly ContainerState[],
): { container: ContainerState; reason: string } | undefined {
  for (const container of all.filter(({ lastStatus }) => lastStatus === 'PENDING')) {
    const failed = waits(container, all).find(
      ([other, condition]) =>
        other.lastStatus === 'STOPPED' &&
        ((condition === 'SUCCESS' && other.exitCode !== 0) ||
          (condition === 'HEALTHY' && other.health !== 'HEALTHY')),
    )
    if (failed === undefined) continue
    const [{ definition, exitCode }] = failed
    const on = `${definition.name}(${definition.image}) (STOPPED->RUNNING) - Exit: ${exitCode}`
    const { name, image } = container.definition
    const reason = `CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [${on}] for target [${name}(${image}) (NONE->RUNNING)]`
    return { container, reason }
  }
  return undefined
}

function waits(container: ContainerState, all: readonly ContainerState[]): [ContainerState, string][] {
  return (container.definition.dependsOn ?? []).map(({ containerName, condition = '' }) => [
    all.find(({ definition }) => definition.name === containerName)!,
    condition,
  ])
}
