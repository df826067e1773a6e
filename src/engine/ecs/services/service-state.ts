import { isDeepStrictEqual } from 'node:util'

import type { Deployment, Service } from '@aws-sdk/client-ecs'

import type { AppId, Placement } from '../../../app/app.ts'
import type { ProcessSpec, ProcessState } from '../../../app/spec.ts'
import { bounds, isAutoscaled, readCounts, type Counts } from '../capacity.ts'
import type { DefinitionFields } from '../definition/label.ts'
import { serviceName } from '../names.ts'
import { ownedFields, type ServiceTags } from '../tags.ts'
import type { Scaling, Target } from './autoscaling.ts'
import { primaryOf } from './shape.ts'

/** What the autoscaler says of a service. `target` undefined: it was not asked, or is not there to ask. */
export interface Scaled {
  target: Target | null | undefined
  /** Null: not asked. */
  thresholds: Scaling['thresholds'] | null
}

/**
 * The state of a process from what its service, its tags and its definition say. Where the service itself is not what
 * the tags ask for, it is right: another hand, or a deployer that died between two writes.
 */
export function processState(
  service: Service,
  tags: ServiceTags,
  definition: DefinitionFields,
  scaled: Scaled,
): ProcessState {
  const disabled = isStopped(service, tags)
  const spec: ProcessSpec = {
    name: tags.process,
    ...definition,
    ...countsOf(service, tags.counts, disabled, scaled),
    disabled,
    rollout: tags.rollout,
  }
  // The operator owns what was asked for, which is not always what is there.
  const asked = { ...spec, ...tags.counts, disabled: tags.disabled }
  return { spec, owned: ownedFields(asked, tags.owned), origin: tags.origin }
}

/**
 * A definition with what its service says of the fields that are not in a task definition of ECS.
 *
 * @param asksExec whether the config has asked for ECS Exec when that was last known: a definition that somebody else has
 *   made does not say so
 */
export function withServiceFields(
  app: AppId,
  service: Service,
  { process, adopted }: Pick<ServiceTags, 'process' | 'adopted'>,
  said: DefinitionFields,
  asksExec: boolean,
): DefinitionFields {
  const network = service.networkConfiguration?.awsvpcConfiguration
  const connect = primaryOf(service)?.serviceConnectConfiguration
  const { ecs, placement } = said
  // Whoever adopts a service where it is possible need not ask for it.
  const isAsked = adopted === null || asksExec || placement?.exec === true
  return {
    ...said,
    ecs: {
      target_group: service.loadBalancers?.[0]?.targetGroupArn ?? null,
      service:
        serviceName(app, process, ecs.service) === service.serviceName
          ? ecs.service
          : mapped(app, service, process),
      health_check_grace_period: gracePeriod(service, ecs.health_check_grace_period),
    },
    placement: placement && {
      ...withoutExec(placement),
      ...(service.enableExecuteCommand === true && isAsked && { exec: true }),
      subnets: sameSet(placement.subnets, network?.subnets ?? []),
      security_groups: sameSet(placement.security_groups, network?.securityGroups ?? []),
      assign_public_ip: network?.assignPublicIp === 'ENABLED',
      namespace: connect?.enabled ? (connect.namespace ?? null) : null,
    },
  }
}

function withoutExec({ exec: _exec, ...placement }: Placement): Placement {
  return placement
}

/** Whether it runs one thing and nothing else: one deployment, whose rollout has completed. */
export function isSettled(service: Service): boolean {
  const states = service.deployments?.map((each) => rolloutState(service, each)) ?? []
  return states.length === 1 && states[0] === 'COMPLETED'
}

/** Whether a deployment goes on. One that has failed and was kept does not. */
export function isMoving(service: Service): boolean {
  const primary = primaryOf(service)
  return primary !== undefined && rolloutState(service, primary) === 'IN_PROGRESS'
}

/** Not every endpoint says how a rollout stands; then the counts must do. */
function rolloutState({ runningCount, desiredCount }: Service, { rolloutState: state }: Deployment): string {
  return state ?? (runningCount === desiredCount ? 'COMPLETED' : 'IN_PROGRESS')
}

/** Without instances a process is stopped, whoever did it: unless none were asked for anyway. */
function isStopped({ desiredCount = 0 }: Service, { disabled, counts }: ServiceTags): boolean {
  return desiredCount === 0 && (disabled || bounds(counts).min > 0)
}

function countsOf(
  { capacityProviderStrategy = [], desiredCount = 0 }: Service,
  kept: Counts,
  stopped: boolean,
  { target, thresholds }: Scaled,
): Counts {
  const read = (count: number) => ({ ...kept, ...readCounts(capacityProviderStrategy, count, kept) })
  if (target) {
    // Of a stopped process the autoscaler knows the most, and no least.
    const counts = stopped || target.min === bounds(kept).min ? kept : read(target.min)
    return {
      ...counts,
      scale_count: target.max - bounds(counts).min,
      ...(thresholds !== null && {
        autoscaling_cpu_threshold: thresholds.cpu,
        autoscaling_memory_threshold: thresholds.memory,
      }),
    }
  }
  const isLost = target === null && isAutoscaled(kept)
  const isElsewhere = target === undefined && isAutoscaled(kept)
  const counts = stopped || isElsewhere ? kept : read(desiredCount)
  return isLost ? { ...counts, scale_count: 0 } : counts
}

function mapped(app: AppId, { serviceName: name = '' }: Service, process: string): string | null {
  return name === serviceName(app, process, null) ? null : name
}

/** It means nothing without a load balancer, and 0 when nothing was said. */
function gracePeriod(
  { loadBalancers = [], healthCheckGracePeriodSeconds = 0 }: Service,
  said: number | null,
): number | null {
  return loadBalancers.length === 0 || (said ?? 0) === healthCheckGracePeriodSeconds
    ? said
    : healthCheckGracePeriodSeconds
}

/** In the order in which it was said, where it is the same: ECS has an order of its own. */
function sameSet(said: string[], real: string[]): string[] {
  return isDeepStrictEqual(said.toSorted(), real.toSorted()) ? said : real
}
