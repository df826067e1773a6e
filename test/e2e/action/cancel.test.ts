import { afterEach, expect, it } from 'vitest'

import { openEcs } from '../../../src/engine/ecs/open.ts'
import { awsOf } from '../../engine/ecs/aws.ts'
import type { RunningStep } from './runner.ts'
import { WORKER, World } from './world.ts'

const APP = { name: 'shop', environment: 'default' }
/** Scaled seconds until an instance is healthy: longer than any test. */
const NEVER = 1e7

let world: World
let sha: string
let step: RunningStep

/** A step whose roll-out goes on and on. */
async function rollOut(inputs: Record<string, string> = {}): Promise<void> {
  world = await World.start()
  expect(await world.push(world.commit(WORKER))).toMatchObject({ code: 0 })
  world.writes()
  world.aws.ecs.durations.healthy = NEVER
  sha = world.commit(WORKER.replace('worker:1", command', 'worker:2", command'))
  step = await world.start(sha, { inputs })
  await step.program.until('stdout', 'starting')
  // What starts from now on, to take its place, is up soon.
  world.aws.ecs.durations.healthy = 1
}
afterEach(() => world[Symbol.asyncDispose]())

const image = () => {
  const [primary] = world.aws.ecs.service('shop--default--worker').deployments
  return primary!.revision.workload.definition.content.containerDefinitions![0]!.image
}
const statusesOnGitHub = () => world.github.deployments.at(-1)!.statuses.map(({ state }) => state)
const deployments = async () => {
  const { engine } = await openEcs({ region: null, cluster: null }, { aws: awsOf(world.aws) })
  return engine.ledger.deployments(APP, 10)
}

it('a cancelled job stops what is in flight at once, and what ran before runs', async () => {
  await rollOut()
  world.writes()
  const cancelled = Date.now()
  step.program.kill('SIGINT')
  await expect
    .poll(() => world.aws.calls.map(({ operation }) => operation))
    .toContain('StopServiceDeployment')
  expect(Date.now() - cancelled).toBeLessThan(2_000)
  // As the runner does when the time is over that it gives: it must not end the step before its time.
  step.program.kill('SIGTERM')
  const result = await step.ended
  expect(result).toMatchObject({ code: 1, outputs: { outcome: 'cancelled' } })
  expect(image()).toBe('example.com/worker:1')
  expect(statusesOnGitHub()).toEqual(['in_progress', 'error'])
  expect(await world.runner.post(world.pushed(sha))).toMatchObject({ code: 0, stdout: '::add-mask::fake\n' })
})

it('what a killed step has left is taken back by the post step, and nobody waits for its lock', async () => {
  await rollOut()
  step.program.kill('SIGKILL')
  expect(await step.ended).toMatchObject({ code: null })
  expect(image()).toBe('example.com/worker:2')
  const post = await world.runner.post(world.pushed(sha))
  expect(post).toMatchObject({ code: 0, stderr: '' })
  expect(post.stdout).toContain('The step ended before deployment 2 did')
  expect(post.summary).toContain('what it had changed was taken back')
  expect(post.commands.map(({ name }) => name)).toContain('notice')
  expect(image()).toBe('example.com/worker:1')
  expect(statusesOnGitHub()).toEqual(['in_progress', 'error'])
  expect(await deployments()).toMatchObject([{ number: 2, status: 'interrupted' }, { number: 1 }])
  const next = await world.push(sha)
  expect(next).toMatchObject({ code: 0, outputs: { outcome: 'succeeded', release: 'v2' } })
  expect(next.stdout).not.toContain('Waiting for deployment')
})

it('what takes longer than the timeout of the workflow is taken back, and the step says so', async () => {
  await rollOut({ timeout: '6s' })
  const result = await step.ended
  expect(result).toMatchObject({ code: 1, outputs: { outcome: 'cancelled' } })
  expect(result.stdout).toContain('::cancelled: it took longer than its timeout of 6s')
  expect(image()).toBe('example.com/worker:1')
})

it('a post step that cannot reach AWS says so and fails nothing', async () => {
  await rollOut()
  step.program.kill('SIGKILL')
  await step.ended
  const environment = { AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' }
  const post = await world.runner.post(world.pushed(sha, { environment }))
  expect(post.code).toBe(0)
  expect(post.commands).toMatchObject([
    { name: 'warning', message: expect.stringContaining('there are no AWS credentials') },
  ])
})
