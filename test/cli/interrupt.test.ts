import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, onTestFinished, test } from 'vitest'

import { openEngine, remove, temporaryFolder } from '../engine/local/home.ts'
import { Checkout } from './checkout.ts'
import { startProgram, temporaryFolder as checkoutFolder, type Gantry } from './gantry.ts'

const PROGRAM = fileURLToPath(new URL('deploy-in-process.ts', import.meta.url))
const app = { name: 'shop', environment: 'default' }

/** A deployment in a process of its own, of a worker that needs so long to count as up. */
async function open() {
  const home = join(await temporaryFolder(), 'home')
  onTestFinished(() => remove(join(home, '..')))
  const checkout = new Checkout(await checkoutFolder())
  const commit = (minUp: string) =>
    checkout.commit(`up after ${minUp}`, {
      'gantry.yml': `processes: {worker: {command: sleep 600, rollout: {min_up: ${minUp}}}}\n`,
    })
  const deploy = (): Gantry => startProgram(PROGRAM, [home, checkout.folder])
  const latest = async () => {
    const engine = await openEngine(home, app)
    try {
      return {
        deployments: (await engine.ledger.deployments(app, 9)).map(({ number, status }) => [number, status]),
        processes: (await engine.observe(app)).processes.map(({ spec }) => spec.name),
      }
    } finally {
      await engine.close()
    }
  }
  return { commit, deploy, latest }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s cancels a deployment that this process carries out, and what is in flight goes back',
  async (signal) => {
    const { commit, deploy, latest } = await open()
    commit('60s')
    const child = deploy()
    await child.until('stdout', 'worker.1 starting')
    child.kill(signal)
    const { stdout, stderr, code } = await child.ended
    expect(stderr).toContain('Cancelling: what is in flight is rolled back')
    expect(stdout).toContain('Deployment 1 was cancelled')
    expect(code).toBe(130)
    expect(await latest()).toEqual({ deployments: [[1, 'cancelled']], processes: [] })
  },
)

test('a second Ctrl-C leaves at once, and the next deployment completes what is left', async () => {
  const { commit, deploy, latest } = await open()
  commit('60s')
  const child = deploy()
  await child.until('stdout', 'worker.1 starting')
  child.kill('SIGINT')
  child.kill('SIGINT')
  const { code } = await child.ended
  expect(code).toBe(130)

  commit('100ms')
  expect((await deploy().ended).code).toBe(0)
  const { deployments, processes } = await latest()
  expect(deployments).toEqual([
    [2, 'succeeded'],
    [1, expect.stringMatching(/^(?:interrupted|cancelled)$/)],
  ])
  expect(processes).toEqual(['worker'])
})
