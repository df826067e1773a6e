import type { Clock } from '../../app/clock.ts'
import type { HealthCheck, RolloutSettings } from '../../app/app.ts'
import { portAccepts, probe, type ProbeTarget } from './health.ts'

/** How long a process without a health check has to listen on its port, in seconds. Heroku's boot time-out. */
const PORT_TIMEOUT = 60

/** Pauses between looks at a starting instance: soon at first, because most are quick. */
const FIRST_PAUSE = 0.05
const LAST_PAUSE = 1

/** How an instance is asked, if at all, and where it is. */
export interface Probing {
  check: HealthCheck | null
  target: ProbeTarget
}

/**
 * True as soon as the instance counts as up, else the reason why it never will: its health check answered, or its port
 * accepts, or it has stayed up for `min_up`.
 */
export async function becomesUp(
  rollout: RolloutSettings,
  { check, target }: Probing,
  clock: Clock,
  signal: AbortSignal,
): Promise<true | string> {
  if (check !== null) {
    const limit = Math.min(check.start_period + check.retries * check.interval, rollout.timeout)
    return poll(limit, clock, signal, async () => {
      const result = await probe(check, target, signal)
      return result.ok ? true : `health check failed: ${result.reason}`
    })
  }
  if (target.port !== null) {
    const port = target.port
    return poll(Math.min(PORT_TIMEOUT, rollout.timeout), clock, signal, async () =>
      (await portAccepts(port, signal)) ? true : 'nothing listens on $PORT',
    )
  }
  await clock.sleep(rollout.min_up, signal)
  return signal.aborted ? 'stopped' : true
}

async function poll(
  limit: number,
  clock: Clock,
  signal: AbortSignal,
  look: () => Promise<true | string>,
): Promise<true | string> {
  const deadline = clock.now() + limit * 1_000
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LAST_PAUSE)) {
    const seen = await look()
    if (seen === true) return true
    if (signal.aborted) return 'stopped'
    if (clock.now() >= deadline) return `${seen} after ${limit} s`
    await clock.sleep(pause, signal)
  }
}
