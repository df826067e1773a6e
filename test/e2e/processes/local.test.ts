import { expect } from 'vitest'

import { Client } from '../../../src/cli/client.ts'
import { homeEndpoint } from '../../../src/cli/endpoint.ts'
import { ServerControl } from '../../../src/cli/server-control.ts'
import type { DeployEvent } from '../../../src/deploy/events.ts'
import { World } from '../world.ts'
import { processContract } from './contract.ts'

const NOBODY = new AbortController().signal

processContract('local, behind a server', async () => {
  const world = await World.create()
  const checkout = await world.createApp('shop')
  const control = new ServerControl(new Client(homeEndpoint(world.home)), 'shop', checkout.folder)
  return {
    control,
    async deploy(processes, code) {
      const config = { defaults: { rollout: { min_up: '50ms' }, stop_timeout: '2s' }, processes }
      const { ok, output } = await checkout.deploy({
        'gantry.yml': JSON.stringify(config),
        ...(code !== undefined && { code }),
      })
      expect(ok, output).toBe(true)
      const [last] = await control.deployments(1)
      const events: DeployEvent[] = await Array.fromAsync(control.events(last!.number, false, NOBODY))
      return events.find((event) => event.type === 'plan.made')!.plan
    },
    pin: 'release:v1',
    quick: ['rollout.min_up=50ms'],
    staysUp: 'sleep 600',
    isElastic: false,
    endsAtOnce: 'echo done',
    dispose: () => world[Symbol.asyncDispose](),
  }
})
