import { child, given, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import type { StackContext, Target } from './context.ts'
import { addHealthCheck } from './health.ts'
import type { BalancerCheck } from './health.ts'
import { noteLogging } from './logging.ts'
import { addMounts } from './mounts.ts'
import { addPackaging } from './packaging.ts'
import { byStacktape } from './rules.ts'
import { addVariables } from './variables.ts'

/** Seconds between SIGTERM and SIGKILL where a container does not say it. */
const STOP_TIMEOUT = 2

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

/** Adds what processes, tasks and containers have in common. */
export function addImageAndVariables(
  path: Target,
  container: Value | undefined,
  context: StackContext,
): boolean {
  const isPinned = addPackaging(path, child(container, 'packaging') ?? container, context)
  addMounts(path, given(container, 'volumeMounts'), context)
  addVariables(path, given(container, 'environment'), context)
  const stop = given(container, 'stopTimeout') ?? scalar(STOP_TIMEOUT, byStacktape)
  context.draft.set([...path, 'stop_timeout'], stop)
  noteLogging(given(container, 'logging'), context)
  return isPinned
}
