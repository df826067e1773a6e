import './still.ts'

import { hash } from 'node:crypto'

import { expect, it } from 'vitest'

import { atWrite, dies } from '../death.ts'
import { realityOf } from './reality.ts'
import { Site } from './site.ts'
import type { Commit } from './wanted.ts'

const RUNS = Number(process.env['RUNS'] ?? 12)
/** More than a deployment has. */
const WRITES = 70
const COMMITS: Commit[] = ['first', 'second', 'failing']

/** The same for the same text. */
function chosen(text: string, below: number): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16) % below
}

it('deployers that are killed one after the other, each at something else, are finished by the one that lives', async () => {
  await using undisturbed = await Site.open('first', 'second')
  const expected = await lookAt(undisturbed)
  for (let run = 0; run < RUNS; run++) {
    await using site = await Site.open('first')
    const deaths: string[] = []
    for (let turn = 0; turn < 3; turn++) {
      const commit = COMMITS[chosen(`commit ${run} ${turn}`, COMMITS.length)]!
      const write = 1 + chosen(`write ${run} ${turn}`, WRITES)
      deaths.push(`${commit} ${write}`)
      const death = { caller: `doomed-${turn}`, at: atWrite(write), moment: 'after' as const }
      await dies(site.fake, death, () => site.deploy(death.caller, commit))
    }
    const last = await site.deploy('heir', 'second')
    expect(last, `${deaths.join()}: ${JSON.stringify(last.events.at(-1))}`).toMatchObject({ bugs: [] })
    expect(['succeeded', 'unchanged'], `${deaths.join()}: ${JSON.stringify(last.events.at(-1))}`).toContain(last.outcome)
    expect(await lookAt(site), deaths.join()).toEqual(expected)
    expect(await site.deploy('third', 'second')).toMatchObject({ outcome: 'unchanged', number: null })
  }
}, 300_000)

/** Without what only tells how often it was tried. */
async function lookAt(site: Site): Promise<unknown> {
  await site.prune()
  const { definitions, images, parameters, release, ...reality } = await realityOf(site.fake)
  return reality
}
