import { expect } from 'vitest'

import { isEmpty } from '../../../../src/plan/plan.ts'
import type { Call } from '../../../fakes/aws/faults.ts'
import { dies, type Moment } from '../death.ts'
import { numbering } from './calls.ts'
import { realityOf } from './reality.ts'
import { Site } from './site.ts'
import type { Commit } from './wanted.ts'

export interface Plot {
  /** What was deployed before. */
  before: readonly Commit[]
  /** What the deployer that is killed was about to deploy. */
  commit: Commit
  /** What the next one deploys: the same, or what there was before. */
  next?: Commit
  /** How both end where nobody is killed. */
  outcome?: 'succeeded' | 'rolled_back'
  /** Dies only at every n-th write, where all would take too long. */
  every?: number
}

/**
 * Kills a deployer at each of its writes in turn, just after it was carried out, and lets another one deploy: what there
 * is then must be what there is without the death. To die just before the next write is the same as to die after this
 * one, for nothing else changes anything; only before the first one is another point. Left out is, for the same reason,
 * to die when a line was logged or the lock was renewed. Resolves with the number of points.
 */
export async function killedAtEveryWrite(plot: Plot): Promise<number> {
  const { expected, writes } = await undisturbed(plot)
  await killed(plot, { moment: 'before', write: writes[0]! }, expected)
  for (const write of writes) await killed(plot, { moment: 'after', write }, expected)
  return 1 + writes.length
}

async function undisturbed(plot: Plot): Promise<{ expected: unknown; writes: string[] }> {
  const { before, commit, next = commit, outcome = 'succeeded', every = 1 } = plot
  await using site = await Site.open(...before)
  const result = await site.deploy('undisturbed', commit)
  expect(result.outcome, lastOf(result)).toBe(outcome)
  const name = numbering()
  const writes = site.calls('undisturbed').flatMap((call) => (call.writes ? name(call) : []))
  if (next !== commit) await site.deploy('undisturbed', next)
  // What is the same afterwards has the same plan.
  if (outcome === 'succeeded') expect(isEmpty(await site.plan(next))).toBe(true)
  return {
    expected: await lookAt(site, plot),
    writes: writes
      .filter((write) => !/^PutLogEvents|^PutParameter lock (?!1$)/.test(write))
      .filter((_, index) => index % every === 0),
  }
}

async function killed(
  plot: Plot,
  { moment, write }: { moment: Moment; write: string },
  expected: unknown,
): Promise<void> {
  const { before, commit, next = commit, outcome = 'succeeded' } = plot
  const point = `${moment} ${write}`
  await using site = await Site.open(...before)
  const name = numbering()
  const at = (call: Call): boolean => call.writes && name(call) === write
  const isDead = await dies(site.fake, { caller: 'doomed', at, moment }, () => site.deploy('doomed', commit))
  expect(isDead, point).toBe(true)

  const again = await site.deploy('heir', next)
  expect(again.bugs, point).toEqual([])
  expect([next === commit ? outcome : 'succeeded', 'unchanged'], `${point}: ${lastOf(again)}`).toContain(
    again.outcome,
  )
  expect(await lookAt(site, plot), point).toEqual(expected)
  if (outcome !== 'succeeded' && next === commit) return
  expect(await site.deploy('third', next), point).toMatchObject({ outcome: 'unchanged', number: null })
  expect(
    site.calls('third').filter((call) => call.writes),
    point,
  ).toEqual([])
}

/** Whoever goes back registers anew what was there, as often as that happens; and a release may have come in between. */
async function lookAt(site: Site, { commit, next = commit, outcome }: Plot): Promise<unknown> {
  await site.prune()
  const { definitions, images, parameters, release, ...reality } = await realityOf(site.fake)
  if (next !== commit) return reality
  const kinds = outcome === 'rolled_back' ? Object.keys(definitions) : definitions
  return { ...reality, images, parameters, release, definitions: kinds }
}

function lastOf({ events }: { events: unknown[] }): string {
  return JSON.stringify(events.at(-1))
}
