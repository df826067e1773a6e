import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { shop } from '../test/e2e/apps.ts'
import { World } from '../test/e2e/world.ts'
import type { Measure } from './report.ts'

const BUDGET_MIB = 100
const GANTRY = join(import.meta.dirname, '..', 'dist', 'gantry.js')
/** Time in which a process that has nothing to do comes to rest. */
const REST_MS = 3_000

/** The built server after a start, with one app that runs and nothing to do. */
export async function measureMemory(): Promise<Measure[]> {
  await using world = await World.create()
  const checkout = await world.createApp('shop')
  await checkout.deploy(shop('1'))
  await world.stop()
  const args = ['server', '--home', world.home, '--listen', '127.0.0.1:0']
  const server = await residentMemory(spawn(process.execPath, [GANTRY, ...args], { stdio: 'ignore' }))
  const idle = await residentMemory(spawn(process.execPath, ['-e', 'setInterval(() => {}, 60000)']))
  return [
    {
      what: 'resident memory',
      value: `${server.toFixed(0)} MiB`,
      against: `a Node that does nothing ${idle.toFixed(0)} MiB (× ${(server / idle).toFixed(1)})`,
      budget: `${BUDGET_MIB} MiB`,
      ok: server <= BUDGET_MIB,
    },
  ]
}

/** Of a process that has just been started, which is ended. */
async function residentMemory(child: ChildProcess): Promise<number> {
  await delay(REST_MS)
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}
