import { afterAll, expect } from 'vitest'

import { EngineControl } from '../../../src/cli/engine-control.ts'
import type { DeployEvent } from '../../../src/deploy/events.ts'
import { Checkout } from '../../cli/checkout.ts'
import { temporaryFolder } from '../../cli/gantry.ts'
import { SETTINGS, Yard } from '../../engine/ecs/yard.ts'
import { MemoryLog } from '../../fakes/memory-log.ts'
import { processContract } from './contract.ts'

const folder = await temporaryFolder(afterAll)

processContract('ecs, from a checkout', async () => {
  const yard = await Yard.open()
  const checkout = new Checkout(folder)
  const { engine, fake } = yard
  const control = new EngineControl({
    engine,
    remote: { log: new MemoryLog(), cancel: async () => {} },
    app: { name: 'shop', environment: 'default' },
    folder,
    clock: fake.clock,
  })
  const { task_role: _none, ...ecs } = SETTINGS
  return {
    control,
    async deploy(processes, code) {
      const config = { app: 'shop', engine: 'ecs', ecs, processes }
      checkout.commit('change', {
        'gantry.yml': JSON.stringify(config),
        Dockerfile: 'FROM scratch\n',
        ...(code !== undefined && { code }),
      })
      const events: DeployEvent[] = []
      const watching = {
        show: (event: DeployEvent) => events.push(event),
        signal: new AbortController().signal,
      }
      const wish = { force: false, rebuild: false, allow_remove: false }
      const { outcome } = await control.deploy('HEAD', wish, watching)
      expect(outcome, JSON.stringify(events.at(-1))).toMatch(/^(?:succeeded|unchanged)$/)
      return events.find((event) => event.type === 'plan.made')!.plan
    },
    pin: 'redis:8',
    quick: [],
    staysUp: '/fake/stays-up',
    isElastic: true,
    endsAtOnce: '/fake/prints done 0',
    dispose: () => yard[Symbol.asyncDispose](),
  }
})
