import type { Service } from '@aws-sdk/client-ecs'

import { replacesInstances } from '../../../app/fields.ts'
import { isAutoscaled } from '../capacity.ts'
import { readServiceTags, serviceTags, type Fingerprint, type ServiceTags } from '../tags.ts'
import { scalingOf, suspended } from './autoscaling.ts'
import { ServiceCalls } from './calls.ts'
import { takeAway } from './create.ts'
import { drained, runningTasks } from './drain.ts'
import { patiently, throwIfAborted } from '../patiently.ts'
import { putBack } from './put-back.ts'
import { limitsOf, type Change, type Written } from './rollout-tools.ts'
import { needsScaling, scale, withScalingOpen } from './scale.ts'
import { shapeIn } from './adopted-shape.ts'
import { countOf, primaryOf, revisionOf, startsDeployment, updateOf } from './shape.ts'
import type { Watched } from './verdict.ts'

/**
 * Brings a service that is there into the state. Tags go first: who reads a fingerprint that is not that of the stored
 * state looks at what really runs.
 */
export async function update(change: Change, was: Service): Promise<Written> {
  const { tools, after, calls, limits } = change
  const { app } = tools
  const { spec } = after
  const tags = readServiceTags(app, was.tags ?? [])!
  const run = await definitionOf(change, was, tags)
  throwIfAborted(limits().signal)

  const changes = updateOf(was, shapeIn(was, spec, run.revision))
  const makesWay = !spec.rollout.overlap && !spec.disabled && startsDeployment(changes)
  const scaling = scalingOf(spec)
  const scales = needsScaling(change, tags) || (makesWay && scaling !== null)
  const begun: Begun = { was, scales, deployment: null, revision: run.revision }
  change.undo = undoing(change, begun)
  const told = serviceTags(app, scales ? withScalingOpen(after) : after, run)
  await calls.tag(was, told)
  if (scales) await scale(change, scaling && makesWay ? suspended(scaling) : scaling)
  if (makesWay) await emptied(change, was)

  const isScaled = isAutoscaled(spec) && (await patiently(limits(), () => tools.autoscaling.available()))
  const count = countOf(spec, was.desiredCount ?? 0, isScaled)
  const stopping = count === 0 ? await runningTasks(tools.account, change.service, limits()) : []
  const desired = makesWay ? 0 : was.desiredCount
  const input = { ...changes, ...(count !== desired && { desiredCount: count }) }
  const now = Object.keys(input).length === 0 ? was : await calls.update(input)
  if (isNew(now, was)) begun.deployment = primaryOf(now)?.id ?? null
  if (makesWay && scaling !== null) await scale(change, scaling)
  return {
    run,
    count,
    watched: watchedOf(change, { was, now, count, scaled: isScaled, revision: run.revision }),
    async complete() {
      const { account, looks } = tools
      const { process, service, report } = change
      const isFewer = count < (was.desiredCount ?? 0) && (count === 0 || !isNew(now, was))
      if (isFewer)
        await drained(account, looks, { process, service, tasks: stopping, left: count, report }, limits())
      await calls.tag({ ...was, tags: told }, serviceTags(app, after, run))
    },
  }
}

/** What has been done of an update when it is to be undone. */
interface Begun {
  was: Service
  /** Whether the autoscaler was told something. */
  scales: boolean
  /** The deployment that was started. */
  deployment: string | null
  /** `family:n` of what it runs. */
  revision: string
}

function undoing(change: Change, begun: Begun): Change['undo'] {
  const { tools, before } = change
  return before === null
    ? () => takeAway(change)
    : ({ rolledBack }) => putBack(tools, { before, ...begun, rolledBack })
}

/** Nothing is looked up, nor registered, where only counts and settings change. */
async function definitionOf(
  { tools: { app, definitions }, before, after, limits }: Change,
  was: Service,
  { fingerprint, adopted }: ServiceTags,
): Promise<Fingerprint> {
  const current = revisionOf(was)
  const isSame = before !== null && !replacesInstances(before.spec, after.spec)
  if (isSame && fingerprint?.revision === current) return fingerprint
  return definitions.ensure(app, after.spec, current, { signal: limits().signal, adopted })
}

/** Stops all there is and waits until it has gone. From here on the old instances do not come back by themselves. */
async function emptied(change: Change, was: Service): Promise<void> {
  const { tools, process, service, after, calls, limits, report } = change
  const tasks = await runningTasks(tools.account, service, limits())
  change.undo = async ({ rolledBack }) => {
    // What ECS has put back stays; what is in flight must stop before the old ones may start.
    const last = new ServiceCalls(tools.account, service, () => limitsOf(tools, after))
    if (!rolledBack) await last.update({ desiredCount: 0 })
    return false
  }
  if (was.desiredCount !== 0) await calls.update({ desiredCount: 0 })
  await drained(tools.account, tools.looks, { process, service, tasks, left: 0, report }, limits())
}

interface Seen {
  was: Service
  now: Service
  count: number
  scaled: boolean
  revision: string
}

/** Only what comes up is waited for: fewer instances need not wait for those that stay, nor for those that are ill. */
function watchedOf(
  { process, service, after: { spec } }: Change,
  { was, now, count, scaled, revision }: Seen,
): Watched | null {
  const primary = primaryOf(now)
  const isUnderWay = isNew(now, was) || primary?.rolloutState === 'IN_PROGRESS'
  const before = was.desiredCount ?? 0
  if (count < before ? !isNew(now, was) : count === before && !isUnderWay) return null
  return {
    process,
    service,
    deployment: isUnderWay ? (primary?.id ?? null) : null,
    revision,
    desired: scaled ? null : count,
    port: spec.port,
    timeout: spec.rollout.timeout,
  }
}

function isNew(now: Service, was: Service): boolean {
  return primaryOf(now)?.id !== primaryOf(was)?.id
}
