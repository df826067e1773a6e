import { expect, it } from 'vitest'

import { SHOP, shop, web } from './apps.ts'
import { World } from './world.ts'

it('no request is lost while version after version is deployed under load', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('shop')
  await checkout.deploy(shop('0', SHOP.replace('web.mjs', 'web.mjs, demand_count: 2')))
  const over = new AbortController()
  const seen = new Map<string, number>()
  const client = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const { status, body } = await world
        .open('shop')
        .catch((error: unknown) => ({ status: 0, body: String(error) }))
      const what = status === 200 ? (JSON.parse(body) as { version: string }).version : `${status} ${body}`
      seen.set(what, (seen.get(what) ?? 0) + 1)
    }
  }
  const clients = [client(), client(), client()]
  for (const version of ['1', '2', '3']) {
    const { ok, output } = await checkout.deploy({ 'web.mjs': web(version) })
    expect(ok, output).toBe(true)
  }
  over.abort()
  await Promise.all(clients)
  expect([...seen.keys()].toSorted()).toEqual(['0', '1', '2', '3'])
})
