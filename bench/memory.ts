import { readFileSync } from 'node:fs'

import { shop } from '../test/e2e/apps.ts'
import { World } from '../test/e2e/world.ts'
import type { Measure } from './report.ts'

const BUDGET_MIB = 100

/** A server that has started, with one app that runs and nothing to do. */
export async function measureMemory(): Promise<Measure[]> {
  await using world = await World.create()
  const checkout = await world.createApp('shop')
  await checkout.deploy(shop('1'))
  await world.stop()
  await world.start()
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const resident = residentMemory(world.pid)
  return [
    {
      what: 'resident memory',
      value: `${resident.toFixed(0)} MiB`,
      against: `a Node that does nothing ${(await idleNode()).toFixed(0)} MiB`,
      budget: `${BUDGET_MIB} MiB`,
      ok: resident <= BUDGET_MIB,
    },
  ]
}

function residentMemory(pid: number | 'self'): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

async function idleNode(): Promise<number> {
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
  await new Promise((resolve) => setTimeout(resolve, 500))
  const resident = residentMemory(child.pid!)
  child.kill('SIGKILL')
  return resident
}
