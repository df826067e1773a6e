import { expect } from 'vitest'

import { isEmpty } from '../../../../src/plan/plan.ts'
import { dies } from '../death.ts'
import { numbering } from './calls.ts'
import { realityOf } from './reality.ts'
import { Site } from './site.ts'
import type { Commit } from './wanted.ts'

export interface Plot {
  /** What was deployed before. */
  before: Commit[]
  commit: Commit
  /** How it ends when nobody is killed. */
  outcome: 'succeeded' | 'rolled_back'
}

/**
 * Kills a deployer at each of its writes in turn, just after it was carried out, and lets another one do the same
 * deployment: what there is then must be what there is without the death. To die just before the next write is the same
 * as to die after this one, for nothing else changes anything; only before the first one is another point. So is not, and
 * left out, to die when a line was logged or the lock was renewed. Resolves with the points.
 */
export async function killedAtEveryWrite(plot: Plot): Promise<string[]> {
  const { expected, writes } = await undisturbed(plot)
  await killed(plot, 'before', writes[0]!, expected)
  for (const write of writes) await killed(plot, 'after', write, expected)
  return [`before ${writes[0]}`, ...writes.map((write) => `after ${write}`)]
}

async function undisturbed({ before, commit, outcome }: Plot) {
  await using site = await Site.open(...before)
  const result = await site.deploy('undisturbed', commit)
  expect(result.outcome, lastOf(result)).toBe(outcome)
  const name = numbering()
  const writes = site.calls('undisturbed').flatMap((call) => (call.writes ? name(call) : []))
  return {
    expected: await lookAt(site, outcome),
    writes: writes.filter((write) => !/^PutLogEvents|^PutParameter lock (?!1$)/.test(write)),
  }
}

async function killed(
  { before, commit, outcome }: Plot,
  moment: 'before' | 'after',
  write: string,
  expected: unknown,
): Promise<void> {
  const point = `${moment} ${write}`
  await using site = await Site.open(...before)
  const name = numbering()
  const death = {
    caller: 'doomed',
    at: (call: Parameters<typeof name>[0]) => call.writes && name(call) === write,
    moment,
  }
  expect(await dies(site.fake, death, () => site.deploy('doomed', commit)), point).toBe(true)

  const again = await site.deploy('heir', commit)
  expect(again.bugs, point).toEqual([])
  expect([outcome, 'unchanged'], `${point}: ${lastOf(again)}`).toContain(again.outcome)
  expect(await lookAt(site, outcome), point).toEqual(expected)
  if (outcome !== 'succeeded') return
  expect(isEmpty(await site.plan(commit)), point).toBe(true)
  expect(await site.deploy('third', commit), point).toMatchObject({ outcome: 'unchanged', number: null })
  expect(
    site.calls('third').filter((call) => call.writes),
    point,
  ).toEqual([])
}

/** A deployment that fails registers anew what it goes back to, each time. */
async function lookAt(site: Site, outcome: Plot['outcome']): Promise<unknown> {
  await site.prune()
  const reality = await realityOf(site.fake)
  return outcome === 'succeeded' ? reality : { ...reality, definitions: Object.keys(reality.definitions) }
}

function lastOf({ events }: { events: unknown[] }): string {
  return JSON.stringify(events.at(-1))
}
