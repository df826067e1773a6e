import { expect, it } from 'vitest'

import type { AppId } from '../../src/app/app.ts'
import type { OperatorChange } from '../../src/deploy/operations.ts'
import { requestOperation } from '../../src/deploy/requests.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { anEcsApp, Yard } from '../engine/ecs/yard.ts'
import { aProcess } from '../plan/fixtures.ts'
import { Workshop } from './workshop.ts'

const change = (rest: Partial<OperatorChange>): OperatorChange[] => [
  { process: 'worker', variables: [{ name: 'LEVEL', value: 'debug' }], ...rest },
]

/** Sets a variable with what is refused, and then with what is not. */
async function setWith(engine: Engine, app: AppId, impossible: Partial<OperatorChange>): Promise<void> {
  const set = (rest: Partial<OperatorChange>) => requestOperation(engine, app, 'set worker', change(rest))
  const names = async () => (await engine.observe(app)).variables.map(({ name }) => name)
  await expect(set(impossible)).rejects.toMatchObject({ hint: 'nothing was changed' })
  expect(await names()).toEqual([])
  await set({ set: { stop_timeout: 20 } })
  expect(await names()).toEqual(['LEVEL'])
}

it('a change that would be refused sets no variable either (TP-31)', async () => {
  await using shop = await Workshop.open()
  const worker = { command: 'sleep 600', rollout: { min_up: 0.01 } }
  await shop.deploy(await shop.commit({ processes: { worker } }))
  await setWith(shop.engine, shop.app, { set: { command: null } })
})

it('nor on ecs (TP-31)', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({ processes: [aProcess('worker', { command: '/fake/stays-up', image: 'redis:8' })] })
  await yard.deploy(app)
  await setWith(yard.engine, app, { parts: { health_check: { interval: 5 } } })
})

it('a variable counts as set for what is refused without it', async () => {
  await using shop = await Workshop.open()
  const { engine, app } = shop
  const worker = { command: 'sleep 600', rollout: { min_up: 0.01 }, secrets: { LEVEL: 'gantry' } }
  await engine.setVariable(app, { name: 'LEVEL', value: 'info', process: 'worker', secret: false })
  await shop.deploy(await shop.commit({ processes: { worker } }))
  const unset = change({ variables: [{ name: 'LEVEL', value: null }], restart: true })
  await expect(requestOperation(engine, app, 'unset', unset)).rejects.toThrow('the secret LEVEL has no value')
  await engine.unsetVariable(app, 'LEVEL', 'worker')
  await requestOperation(engine, app, 'set', change({ restart: true }))
})
