import { isDeepStrictEqual } from 'node:util'

import { messageOf } from '../../../app/errors.ts'
import type { ProcessState } from '../../../app/spec.ts'
import { isBusy, isNamed } from '../aws-error.ts'
import type { ServiceTags } from '../tags.ts'
import { mayScale, scalingOf, type Scaling } from './autoscaling.ts'
import { patiently } from '../patiently.ts'
import type { Change } from './rollout-tools.ts'

/** Whether the autoscaler has to be told something, as far as the service's tags and what was observed of it say. */
export function needsScaling({ before, after }: Change, tags: ServiceTags): boolean {
  const wanted = scalingOf(after.spec)
  const tagged = scalingOf({ ...after.spec, ...tags.counts, disabled: tags.disabled })
  const observed = before === null ? tagged : scalingOf(before.spec)
  const isHalfDone = tagged === null && mayScale(tags.counts)
  return isHalfDone || ![tagged, observed].every((each) => isDeepStrictEqual(each, wanted))
}

/**
 * The state for the tags while the autoscaler is being told: that it may act on the service, and by no thresholds that
 * anybody would want. Who finds that after a deployer was killed compares, and tells it again.
 */
export function withScalingOpen({ spec, ...state }: ProcessState): ProcessState {
  return {
    ...state,
    spec: {
      ...spec,
      scale_count: Math.max(spec.scale_count, 1),
      scale_type: spec.scale_type === 'none' ? 'demand' : spec.scale_type,
      autoscaling_cpu_threshold: null,
      autoscaling_memory_threshold: null,
    },
  }
}

/**
 * The autoscaler sees a new service some seconds after ECS has made it:
 * https://github.com/hashicorp/terraform-provider-aws/issues/11693
 */
function mayPass(error: unknown): boolean {
  const isUnseen = isNamed(error, 'ValidationException') && /service doesn't exist/.test(messageOf(error))
  return isUnseen || isBusy(error)
}

/** Tells the autoscaler, where there is one. */
export async function scale(
  { tools: { autoscaling, warn }, process, service, limits }: Change,
  wanted: Scaling | null,
): Promise<void> {
  const told = await patiently(limits(), () => autoscaling.apply(service, wanted), mayPass)
  if (!told && wanted !== null) {
    warn(`process ${process} is not scaled: the endpoint has no application autoscaling`)
  }
}
