import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { execa } from 'execa'

import { World, type Checkout } from '../test/e2e/world.ts'
import { median, ms, type Measure } from './report.ts'

const ROUNDS = 5
const BUDGET_MS = 2_000
const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'hello')
/** What an instance without a health check waits by its config; the example's worker has the default. */
const MIN_UP_MS = 1_000

/** Against the same commit pushed to a bare repository, and its web process started by hand until it answers. */
export async function measurePushToLive(): Promise<Measure[]> {
  await using world = await World.create()
  const checkout = await world.createApp('hello')
  await cp(EXAMPLE, checkout.folder, { recursive: true })
  const bare = join(world.folder, 'bare.git')
  await execa('git', ['init', '--quiet', '--bare', bare])
  const gantry: number[] = []
  const byHand: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await newVersion(checkout, round)
    gantry.push(await timed(() => pushed(checkout)))
    byHand.push(await timed(() => startedByHand(checkout, bare)))
  }
  const [ours, baseline] = [median(gantry), median(byHand)]
  const beyond = ours - MIN_UP_MS
  return [
    {
      what: 'a push that changes the code of all three processes',
      value: `${ms(ours)}, ${ms(beyond)} beyond min_up`,
      against: `bare push + start by hand ${ms(baseline)} (× ${(ours / baseline).toFixed(1)})`,
      budget: `${ms(BUDGET_MS)} beyond min_up`,
      ok: beyond <= BUDGET_MS,
    },
  ]
}

async function newVersion(checkout: Checkout, round: number): Promise<void> {
  const path = join(checkout.folder, 'web.js')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/version = .*/, `version = ${round + 10}`))
  await checkout.commit({})
}

async function pushed(checkout: Checkout): Promise<void> {
  const { ok, output } = await checkout.push()
  if (!ok) throw new Error(output)
}

async function startedByHand(checkout: Checkout, bare: string): Promise<void> {
  await checkout.git('push', '--quiet', '--force', bare, 'main')
  const port = 19_500
  const web = spawn('node', ['web.js'], {
    cwd: checkout.folder,
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  })
  while (!(await answers(port))) await delay(5)
  web.kill('SIGKILL')
  await once(web, 'exit')
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
