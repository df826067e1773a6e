import type { FieldProblem } from '../../engine.ts'
import { LARGEST, showSize, snap } from '../fargate-sizes.ts'
import { refusedContainers, refusedFolders, refusedMounts, refusedStart } from './container-limits.ts'
import { error } from './field-problem.ts'
import type { ProcessFields, TaskFields } from './fields.ts'
import { refusedCheck, refusedStopTimeout } from './time-limits.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
const STORAGE_GB = 200

/** Everything in a process or task that Fargate does not take as it is. Sizes between those offered are rounded before. */
export function refusals(spec: ProcessFields | TaskFields): FieldProblem[] {
  const { ephemeral_storage_gb } = spec
  const found = [
    ...refusedSize(spec),
    ...refusedStart(spec),
    ...refusedMounts(spec.mounts),
    ...refusedFolders(spec),
  ]
  if (ephemeral_storage_gb !== null && ephemeral_storage_gb > STORAGE_GB) {
    found.push(
      error(
        ['ephemeral_storage_gb'],
        `Fargate gives ${STORAGE_GB} GB of disk at most, not ${ephemeral_storage_gb}`,
        'ask for less, or keep the data in S3',
      ),
    )
  }
  found.push(...refusedStopTimeout(spec))
  if (!('containers' in spec)) return found
  const { health_check } = spec
  // What a load balancer checks has limits of its own, which are not ours to know.
  if (health_check?.command) found.push(...refusedCheck('health_check', health_check))
  return [...found, ...refusedContainers(spec)]
}

function refusedSize({ cpu, memory }: Pick<ProcessFields, 'cpu' | 'memory'>): FieldProblem[] {
  const message = `Fargate offers no ${showSize({ cpu, memory })}`
  const next = snap({ cpu, memory })
  if (next === null) return [error(['memory', 'cpu'], message, `the largest is ${showSize(LARGEST)}`)]
  if (next.memory === memory && next.cpu === cpu) return []
  const fields = next.memory === memory ? (['cpu', 'memory'] as const) : (['memory', 'cpu'] as const)
  return [error(fields, message, `the next is ${showSize(next)}`)]
}
