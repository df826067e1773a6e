import { derived, given, scalar, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { honourFalse, tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { ALWAYS_RUNNING } from './container-keys.ts'
import { addHealthCheck } from './health.ts'
import type { BalancerCheck } from './health.ts'
import { addPackaging } from './packaging.ts'
import { byStacktape } from './rules.ts'
import { addVariables } from './variables.ts'

/** Seconds between SIGTERM and SIGKILL where a container does not say it. */
const STOP_TIMEOUT = 2
/** Days of output that ECS keeps in a log group that Gantry made. */
const KEPT_DAYS = 30

/** Adds what a container of a process runs and how it lives. Gives whether its image is pinned. */
export function addContainer(
  path: Target,
  container: Value | undefined,
  balancer: BalancerCheck | null,
  context: StackContext,
): boolean {
  const isPinned = addImageAndVariables(path, container, context)
  addHealthCheck(path, given(container, 'internalHealthCheck'), balancer, context)
  return isPinned
}

/** Adds what processes and tasks have in common. */
export function addImageAndVariables(
  path: Target,
  container: Value | undefined,
  context: StackContext,
): boolean {
  const isPinned = addPackaging(path, given(container, 'packaging'), context)
  addVariables(path, given(container, 'environment'), context)
  const stop = given(container, 'stopTimeout') ?? scalar(STOP_TIMEOUT, byStacktape)
  context.draft.set([...path, 'stop_timeout'], stop)
  tellLogging(given(container, 'logging'), context)
  return isPinned
}

export function tellLogging(logging: Value | undefined, context: StackContext): void {
  honourFalse([given(logging, 'disabled')], context)
  const days = given(logging, 'retentionDays')
  if (days?.kind === 'scalar' && days.value === KEPT_DAYS) {
    context.reading.keys.change(days, 'honoured', 'ECS keeps output for 30 days')
  }
}

/**
 * Adds a container that ends before others start, once for a deployment in place of once for each instance. The names
 * of both make its own.
 */
export function addInit(
  owner: string,
  container: Value,
  size: Value | undefined,
  context: StackContext,
): void {
  const { draft, names } = context
  const name = names.take(`${owner}-${textAt(container, 'name') ?? ''}`, container)
  if (name === null) return
  const path: Target = ['tasks', name]
  draft.open(path, container)
  draft.set([...path, 'run'], derived('pre_deploy', given(container, 'containerType') ?? container))
  addImageAndVariables(path, container, context)
  for (const key of ['cpu', 'memory']) {
    const value = given(size, key)
    if (value?.kind !== 'scalar') continue
    draft.set([...path, key], key === 'cpu' ? value : derived(`${value.text} MB`, value))
  }
  const check = given(container, 'internalHealthCheck')
  if (check !== undefined) context.reading.keys.change(check, 'honoured', 'not used: it ends by itself')
}

/** Adds the containers that run once before that of a service, and says of the others that they have no place. */
export function addSideContainers(owner: string, properties: Value | undefined, context: StackContext): void {
  const { reading } = context
  for (const container of tablesOf(given(properties, 'sideContainers'))) {
    const type = given(container, 'containerType')
    if (type === undefined) continue
    if (textAt(container, 'containerType') === 'always-running') {
      reading.keys.change(container, 'unsupported', ALWAYS_RUNNING.text, ALWAYS_RUNNING.hint)
      continue
    }
    const how = 'it is a task that runs once before a deployment, and not before each instance'
    reading.keys.change(type, 'approximated', how)
    addInit(owner, container, given(properties, 'resources'), context)
  }
}
