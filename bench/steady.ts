import { ECS, waitUntilServicesStable } from '@aws-sdk/client-ecs'

import type { Clock } from '../src/app/clock.ts'
import { systemClock } from '../src/app/clock.ts'
import { Stage } from '../test/engine/ecs/services/watched-service.ts'
import { median, type Measure } from './report.ts'

/** Seconds from UpdateService until ECS has completed the rollout, about, and how late that may be seen. */
const ROLLOUTS = [
  { seconds: 30, budget: 2 },
  { seconds: 120, budget: 10 },
  { seconds: 300, budget: 10 },
]

/** What a rollout takes beside the time until its instance is healthy. */
const OVERHEAD = 10

/** Rollouts of each length: Gantry's pauses are fixed and the waiter's are drawn, so one alone proves nothing. */
const ROUNDS = 7

/** Seconds by which each of Gantry's is longer than the one before, so that they end anywhere between two looks. */
const LONGER = 1.37

/**
 * The waiter sleeps in real time. It runs against a fake whose clock runs so many times as fast, with its own pauses
 * (15 s to 600 s) divided by the same number.
 */
const SPEED = 25
const MIN_DELAY = 15
const MAX_DELAY = 600

/** Gantry on a fake with virtual time; the waiter that the SDK has for this on another one, in time that runs faster. */
export async function measureSteady(): Promise<Measure[]> {
  return Promise.all(
    ROLLOUTS.map(async ({ seconds, budget }) => {
      const gantry = await latenessOfGantry(seconds)
      const sdk = await latenessOfWaiter(seconds)
      const [usual, worst] = [median(gantry), Math.max(...gantry)]
      return {
        what: `${ROUNDS} rollouts of ${seconds} s`,
        value: `${usual.toFixed(1)} s late, at most ${worst.toFixed(1)} s`,
        against: `waitUntilServicesStable at ${SPEED}-fold speed ${median(sdk).toFixed(1)} s (× ${(usual / median(sdk)).toFixed(2)}), at most ${Math.max(...sdk).toFixed(1)} s`,
        budget: `${budget} s`,
        ok: worst <= budget,
      }
    }),
  )
}

async function latenessOfGantry(seconds: number): Promise<number[]> {
  await using stage = await Stage.open()
  await stage.running('web')
  const late: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    stage.fake.ecs.durations.healthy = seconds - OVERHEAD + round * LONGER
    const watched = await stage.update('web', { program: {} })
    const { outcome } = await stage.watch(watched)
    if (outcome !== 'steady') throw new Error(`the rollout is ${outcome}`)
    late.push(latenessOf(stage, 'web'))
  }
  return late
}

async function latenessOfWaiter(seconds: number): Promise<number[]> {
  await using stage = await Stage.open({ clock: faster(SPEED) })
  const services = Array.from({ length: ROUNDS }, (_, index) => `web-${index}`)
  await Promise.all(services.map((service) => stage.running(service)))
  stage.fake.ecs.durations.healthy = seconds - OVERHEAD
  const credentials = { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' }
  const client = new ECS({ endpoint: stage.fake.url, region: 'eu-west-1', credentials })
  const late = services.map(async (service) => {
    await stage.update(service, { program: {} })
    const pauses = { minDelay: MIN_DELAY / SPEED, maxDelay: MAX_DELAY / SPEED }
    await waitUntilServicesStable(
      { client, maxWaitTime: 3_600, ...pauses },
      { cluster: 'default', services: [service] },
    )
    return latenessOf(stage, service)
  })
  return await Promise.all(late)
}

/** Seconds since the newest rollout of a service was complete. */
function latenessOf(stage: Stage, service: string): number {
  const { deployments, serviceDeployments } = stage.fake.ecs.service(service)
  if (deployments.length > 1) throw new Error(`${service} is not steady yet`)
  return stage.now - serviceDeployments.at(-1)!.finishedAt! / 1_000
}

function faster(speed: number): Clock {
  const began = Date.now()
  return {
    now: () => began + (Date.now() - began) * speed,
    sleep: (seconds, signal) => systemClock.sleep(seconds / speed, signal),
  }
}
