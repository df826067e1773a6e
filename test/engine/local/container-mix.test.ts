import { randomBytes } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ContainerSpec } from '../../../src/app/spec.ts'
import { docker } from '../../../src/engine/docker.ts'
import { aContainer } from '../../app/fixtures.ts'
import { canRunBusybox, importBusybox } from './busybox.ts'
import { Shop } from './shop.ts'

const reference = `gantry-mix${randomBytes(4).toString('hex')}:1`
const usable = await canRunBusybox()

function container(fields: Partial<ContainerSpec>): ContainerSpec {
  const { build: _build, ...rest } = aContainer()
  return { ...rest, image: { kind: 'pinned', reference }, memory: 64, cpu: 64, stop_timeout: 5, ...fields }
}

describe.skipIf(!usable)(
  'a container image beside a process that runs in a tree (where Docker answers) [SW-12] [SW-23]',
  () => {
    beforeAll(() => importBusybox(reference))
    afterAll(async () => {
      await docker(['rmi', '--force', reference], { timeout: 10 })
    })

    it('meets it on the loopback and in their mounts, and goes with the instance', async () => {
      await using shop = await Shop.open()
      const served = { source: 'instance', source_path: 'www' } as const
      const proxy = container({
        command: 'echo hello >/app/www/page; exec httpd -f -p 127.0.0.1:$PORT -h /app/www',
        port: 8080,
        mounts: { www: served },
        health_check: {
          path: null,
          tcp: false,
          command: 'wget -q -O /dev/null http://127.0.0.1:$PORT/page',
          interval: 0.2,
          timeout: 5,
          retries: 50,
          start_period: 0,
        },
      })
      const ask = `fetch('http://127.0.0.1:' + process.env.GANTRY_PORT_PROXY + '/page').then(async (r) => console.log((await r.text()).trim()))`
      const state = shop.state('web', `node -e "${ask}"; cat own/page; exec sleep 600`, {
        containers: { proxy },
        depends_on: { proxy: 'healthy' },
        mounts: { own: served },
      })
      expect(await shop.roll(null, state)).toMatchObject({ outcome: 'steady' })
      await expect.poll(() => shop.lines('web')).toEqual(['hello', 'hello'])
      await shop.roll(state, null)
      const { output } = await docker(['ps', '--all', '--quiet', '--filter', `ancestor=${reference}`], {
        timeout: 10,
      })
      expect(output).toBe('')
      expect(shop.children()).toEqual([])
    })

    it('may come first, and writes its own log', async () => {
      await using shop = await Shop.open()
      const seed = container({
        entry_point: ['sh', '-c', 'echo "$A $0"'],
        command: ['word'],
        env: { A: 'own' },
        essential: false,
      })
      const state = shop.state('web', 'exec sleep 600', {
        containers: { seed },
        depends_on: { seed: 'succeeded' },
      })
      expect(await shop.roll(null, state)).toMatchObject({ outcome: 'steady' })
      await expect.poll(() => shop.lines('web/seed')).toEqual(['own word'])
    })
  },
)
