import { expect, test } from 'vitest'

import { pinProblems } from '../../src/deploy/pins.ts'
import type { Engine, Pin } from '../../src/engine/engine.ts'
import { plan } from '../../src/plan/plan.ts'
import { aContainer } from '../app/fixtures.ts'
import { anApp, aProcess, NOTHING, runningAfter, wanted } from '../plan/fixtures.ts'

const ID = { name: 'orderdesk', environment: 'default' }

/** What an engine is asked about. */
async function askedAbout(
  image: string | null,
  containers: Record<string, string | null>,
): Promise<string[]> {
  const beside = Object.entries(containers).map(([name, own]) => [name, aContainer({ image: own })])
  const web = aProcess('web', { image, containers: Object.fromEntries(beside) as Record<string, never> })
  const asked: Pin[] = []
  const engine: Pick<Engine, 'checkPins'> = {
    checkPins: (_app, pins) => {
      asked.push(...pins)
      return Promise.resolve([])
    },
  }
  await pinProblems(engine as Engine, ID, plan(wanted(anApp({ processes: [web] })), NOTHING))
  return asked.map(({ component, reference }) => `${component} ${reference}`)
}

test('a pinned image is asked about for each process and container that names it itself', async () => {
  expect(await askedAbout('web:1', { proxy: 'envoy:1', seed: null })).toEqual([
    'process:web web:1',
    'process:web/proxy envoy:1',
  ])
  expect(await askedAbout(null, { proxy: 'envoy:1', seed: null })).toEqual(['process:web/proxy envoy:1'])
})

test('what is not touched is not asked about', async () => {
  const app = anApp({
    processes: [aProcess('web', { containers: { proxy: aContainer({ image: 'envoy:1' }) } })],
  })
  const desired = wanted(app)
  const engine: Pick<Engine, 'checkPins'> = { checkPins: (_app, pins) => Promise.resolve(pins.map(String)) }
  expect(await pinProblems(engine as Engine, ID, plan(desired, runningAfter(desired)))).toEqual([])
})
