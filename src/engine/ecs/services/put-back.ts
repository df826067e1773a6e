import type { Service, Tag } from '@aws-sdk/client-ecs'

import type { ProcessState } from '../../../app/spec.ts'
import type { Account } from '../account.ts'
import { isAutoscaled } from '../capacity.ts'
import { LABEL } from '../definition/label.ts'
import { readServiceTags, withFingerprint } from '../tags.ts'
import { scalingOf } from './autoscaling.ts'
import { OWN_TAGS, ServiceCalls } from './calls.ts'
import { describeServices } from './describe.ts'
import { patiently } from '../patiently.ts'
import { limitsOf, type RolloutTools } from './rollout-tools.ts'
import { isSettled } from './service-state.ts'
import { shapeIn } from './adopted-shape.ts'
import { countOf, primaryOf, revisionOf, updateOf } from './shape.ts'

/** Seconds after which a rollback that ECS has accepted shows. */
const ROLLBACK_SHOWS = 60

export interface PutBackRequest {
  before: ProcessState
  /** The service as it was before anything was written. */
  was: Service
  /** The deployment that was started since; null: none. */
  deployment: string | null
  /** `family:n` of what it runs. */
  revision: string
  /** Whether ECS has rolled that back. */
  rolledBack: boolean
  /** Whether the autoscaler was told something else. */
  scales: boolean
}

/** Somebody else has deployed to a service since: it is theirs, and nothing of it is taken back. */
export class TakenOver extends Error {}

/**
 * Makes a service what it was, and waits until it is. Nothing stops it: it is what a cancel asks for. The call that
 * stops the new deployment goes out first; tags come last, so that nobody trusts what is not true yet.
 *
 * @throws TakenOver
 */
export async function putBack(
  tools: RolloutTools,
  { before, was, deployment, revision, rolledBack, scales }: PutBackRequest,
): Promise<boolean> {
  const { account, autoscaling } = tools
  const limits = () => limitsOf(tools, before)
  const name = was.serviceName!
  const calls = new ServiceCalls(account, name, limits)
  const there = await patiently(limits(), () => active(account, name))
  if (there !== null && isTakenOver(there, { was, deployment, revision })) throw new TakenOver()
  if (deployment !== null && !rolledBack && (await calls.rollBack())) {
    await replaced(tools, name, deployment)
  }
  const now = await patiently(limits(), () => active(account, name))
  if (now === null) return false
  if (scales) await patiently(limits(), () => autoscaling.apply(name, scalingOf(before.spec)))
  const isScaled = isAutoscaled(before.spec) && (await patiently(limits(), () => autoscaling.available()))
  const desiredCount = countOf(before.spec, was.desiredCount ?? 0, isScaled)
  const changes = {
    ...updateOf(now, shapeIn(was, before.spec, revisionOf(was))),
    ...(desiredCount !== now.desiredCount && { desiredCount }),
  }
  const last = Object.keys(changes).length === 0 ? now : await calls.update(changes)
  if (!(await isBack(tools, before, was, last))) return false
  await calls.tag(now, await patiently(limits(), () => tagsOf(tools, was)))
  return true
}

/** Whether it runs, or is on its way to, what neither we nor ECS itself would put there. */
function isTakenOver(
  now: Service,
  { was, deployment, revision }: Pick<PutBackRequest, 'was' | 'deployment' | 'revision'>,
): boolean {
  const primary = primaryOf(now)
  const isKnown = primary?.id === deployment || primary?.id === primaryOf(was)?.id
  return !isKnown && ![revision, revisionOf(was)].includes(revisionOf(now))
}

/** Those of ours that it had. A deployer that died may have left there what it was about to run. */
async function tagsOf({ app, definitions }: RolloutTools, was: Service): Promise<Tag[]> {
  const own = (was.tags ?? []).filter(({ key }) => key?.startsWith(OWN_TAGS))
  const revision = revisionOf(was)
  if (readServiceTags(app, own)?.fingerprint?.revision === revision) return own
  const { containerDefinitions = [] } = await definitions.read(revision)
  const hash = containerDefinitions[0]?.dockerLabels?.[LABEL.hash]
  return hash === undefined ? own : withFingerprint(own, { revision, hash })
}

/** Whether it runs as before. One that did not run well then need not do so now. */
async function isBack(
  tools: RolloutTools,
  before: ProcessState,
  was: Service,
  now: Service,
): Promise<boolean> {
  const { spec } = before
  const primary = primaryOf(now)
  const isAsBefore = primary?.id === primaryOf(was)?.id
  const ranWell = isSettled(was) && was.runningCount === was.desiredCount
  if (!ranWell || (isAsBefore && (now.desiredCount ?? 0) <= (was.runningCount ?? 0))) return true
  const { clock, until } = limitsOf(tools, before)
  const { outcome } = await tools.watcher.watch(
    {
      process: spec.name,
      service: was.serviceName!,
      deployment: isAsBefore ? null : (primary?.id ?? null),
      revision: revisionOf(was),
      desired: now.desiredCount ?? null,
      port: spec.port,
      timeout: (until - clock.now()) / 1_000,
    },
    { signal: tools.lost, report: () => {} },
  )
  return outcome === 'steady'
}

async function active(account: Account, name: string): Promise<Service | null> {
  const service = (await describeServices(account, [name])).get(name)
  return service?.status === 'ACTIVE' ? service : null
}

/** Waits until another deployment has taken the place of this one. */
async function replaced(
  { account: { clock }, looks }: RolloutTools,
  service: string,
  deployment: string,
): Promise<void> {
  const until = clock.now() + ROLLBACK_SHOWS * 1_000
  while (clock.now() < until) {
    const now = await looks.next(service)
    if (now === null || primaryOf(now)?.id !== deployment) return
  }
}
