import { randomUUID } from 'node:crypto'

import { serviceTags } from '../tags.ts'
import { scalingOf } from './autoscaling.ts'
import { describeServices } from './describe.ts'
import { isOurs } from './in-the-way.ts'
import { patiently, throwIfAborted } from '../patiently.ts'
import { removeService } from './remove.ts'
import { limitsOf, type Change, type Written } from './rollout-tools.ts'
import { scale, withScalingOpen } from './scale.ts'
import { countOf, createOf, primaryOf, shapeOf } from './shape.ts'

/** Makes the service of a process that has none. Its name must be free. */
export async function create(change: Change): Promise<Written> {
  const { tools, process, service, after, calls, limits } = change
  const { app, definitions } = tools
  const { spec } = after
  const { signal } = limits()
  const run = await definitions.ensure(app, spec, null, { signal })
  throwIfAborted(signal)
  const scaling = scalingOf(spec)
  const tags = serviceTags(app, scaling === null ? after : withScalingOpen(after), run)
  const count = countOf(spec, 0, true)
  change.undo = async () => !(await isThere(change)) || takeAway(change)
  const made = await calls.create({
    ...createOf(shapeOf(spec, run.revision)),
    // For the client, which tries again when an answer is lost. Who comes after a kill finds the service.
    clientToken: randomUUID(),
    desiredCount: count,
    tags,
  })
  change.undo = () => takeAway(change)
  if (scaling !== null) await scale(change, scaling)
  return {
    run,
    count,
    watched: {
      process,
      service,
      deployment: primaryOf(made)?.id ?? null,
      revision: run.revision,
      desired: scaling === null ? count : null,
      port: spec.port,
      timeout: spec.rollout.timeout,
    },
    async complete() {
      if (scaling !== null) await calls.tag({ ...made, tags }, serviceTags(app, after, run))
    },
  }
}

/** After a call of which nobody knows whether it was carried out. */
async function isThere({ tools, process, service, after }: Change): Promise<boolean> {
  const { account, app } = tools
  const there = await patiently(limitsOf(tools, after), () => describeServices(account, [service]))
  const found = there.get(service)
  return found?.status === 'ACTIVE' && isOurs(app, process, found)
}

/** Also of a service that a deployer made which was killed: what was before, was without it. */
export async function takeAway({ tools, process, service, after }: Change): Promise<true> {
  await removeService(tools, { service, state: after, report: () => {} })
  tools.remember(process, null)
  return true
}
