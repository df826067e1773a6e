import { request } from 'node:http'

import { shop, SHOP, web } from '../test/e2e/apps.ts'
import { World } from '../test/e2e/world.ts'
import type { Measure } from './report.ts'

const DEPLOYS = 20
const CLIENTS = 4
const QUIET_SECONDS = 3

/** Clients ask one request after the other, without pause, while version after version is pushed. */
export async function measureRolling(): Promise<Measure[]> {
  await using world = await World.create()
  const checkout = await world.createApp('shop')
  const config = SHOP.replace('node web.mjs', 'node web.mjs, demand_count: 2')
  await checkout.deploy(shop('0', config))
  const quiet = await underLoad(
    world,
    () => new Promise((resolve) => setTimeout(resolve, QUIET_SECONDS * 1_000)),
  )
  const rolling = await underLoad(world, async () => {
    for (let deploy = 1; deploy <= DEPLOYS; deploy += 1) {
      const { ok, output } = await checkout.deploy({ 'web.mjs': web(String(deploy)) })
      if (!ok) throw new Error(output)
    }
  })
  return [
    {
      what: `${rolling.requests} requests in ${DEPLOYS} deploys`,
      value: `${rolling.lost} lost, ${rolling.versions} versions seen, ${rolling.rate.toFixed(0)}/s`,
      against: `the same load without deploys ${quiet.rate.toFixed(0)}/s, ${quiet.lost} lost (× ${(rolling.rate / quiet.rate).toFixed(2)})`,
      budget: '0 lost',
      ok: rolling.lost === 0,
    },
  ]
}

interface Load {
  requests: number
  lost: number
  versions: number
  /** Requests per second. */
  rate: number
}

async function underLoad(world: World, work: () => Promise<unknown>): Promise<Load> {
  const versions = new Set<string>()
  let [requests, lost] = [0, 0]
  const over = new AbortController()
  const client = async (): Promise<void> => {
    while (!over.signal.aborted) {
      requests += 1
      const version = await versionOf(world)
      if (version === null) lost += 1
      else versions.add(version)
    }
  }
  const began = performance.now()
  const clients = Array.from({ length: CLIENTS }, client)
  try {
    await work()
  } finally {
    over.abort()
    await Promise.all(clients)
  }
  return { requests, lost, versions: versions.size, rate: requests / ((performance.now() - began) / 1_000) }
}

function versionOf(world: World): Promise<string | null> {
  const { hostname, port } = new URL(world.url)
  return new Promise((resolve) => {
    const call = request(
      { hostname, port, agent: false, headers: { host: `shop.localhost:${port}` } },
      (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('error', () => resolve(null))
        response.on('end', () => {
          resolve(response.statusCode === 200 ? (JSON.parse(body) as { version: string }).version : null)
        })
      },
    )
    call.on('error', () => resolve(null))
    call.end()
  })
}
