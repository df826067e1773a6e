import { hash } from 'node:crypto'

import { expect, it, vi } from 'vitest'

import { atWrite, dies } from '../death.ts'
import { killedAtEveryWrite } from './killed.ts'
import { realityOf } from './reality.ts'
import { Site } from './site.ts'
import type { Commit } from './wanted.ts'

vi.mock('node:zlib', () => import('./still-zlib.ts'))

it('a deployer that deploys for the first time and is killed at any of its writes is finished by the next one', async () => {
  expect(await killedAtEveryWrite({ before: [], commit: 'first' })).toBeGreaterThanOrEqual(40)
}, 120_000)

it('a deployer that fails and rolls back and is killed at any of its writes is finished by the next one', async () => {
  const plot = { before: ['first'], commit: 'failing', outcome: 'rolled_back', every: 2 } as const
  expect(await killedAtEveryWrite(plot)).toBeGreaterThanOrEqual(18)
}, 120_000)

it.each([
  ['finished', 'moved'],
  ['taken back', 'small'],
] as const)(
  'a deployer that moves a process to a service of another name and is killed at any of its writes is %s by the next one',
  async (_how, next) => {
    expect(await killedAtEveryWrite({ before: ['small'], commit: 'moved', next })).toBeGreaterThanOrEqual(10)
  },
  60_000,
)

const RUNS = 8
/** Of a deployment, or somewhat more: then it lives. */
const WRITES = 70
const COMMITS: Commit[] = ['first', 'second', 'failing']

it('deployers that are killed one after the other, each at something else, are finished by the one that lives', async () => {
  await using undisturbed = await Site.open('first', 'second')
  const expected = await lookAt(undisturbed)
  for (let run = 0; run < RUNS; run++) {
    await using site = await Site.open('first')
    const deaths: string[] = []
    for (const turn of [1, 2, 3]) {
      const commit = COMMITS[chosen(`commit ${run} ${turn}`, COMMITS.length)]!
      const write = 1 + chosen(`write ${run} ${turn}`, WRITES)
      const death = { caller: `doomed-${turn}`, at: atWrite(write), moment: 'after' } as const
      deaths.push(`${commit} at ${write}`)
      await dies(site.fake, death, () => site.deploy(death.caller, commit))
    }
    const last = await site.deploy('heir', 'second')
    expect(last.bugs, deaths.join()).toEqual([])
    expect(['succeeded', 'unchanged'], deaths.join()).toContain(last.outcome)
    expect(await lookAt(site), deaths.join()).toEqual(expected)
    expect(await site.deploy('third', 'second')).toMatchObject({ outcome: 'unchanged', number: null })
  }
}, 60_000)

/** Without what only tells how often it was tried. */
async function lookAt(site: Site): Promise<unknown> {
  await site.prune()
  const { services, tasks, targets, policies, schedules, running } = await realityOf(site.fake)
  return { services, tasks, targets, policies, schedules, running }
}

/** A number below this one, the same for the same text. */
function chosen(text: string, below: number): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16) % below
}
