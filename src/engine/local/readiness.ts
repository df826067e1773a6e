import type { Clock } from '../../app/clock.ts'
import type { HealthCheck, RolloutSettings } from '../../app/app.ts'
import { HealthMonitor, portAccepts, probe, type ProbeTarget } from './health.ts'

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
  if (check !== null) return becomesHealthy(check, target, { clock, signal, limit: rollout.timeout })
  if (target.port !== null) {
    const port = target.port
    return poll(Math.min(PORT_TIMEOUT, rollout.timeout), clock, signal, async () =>
      (await portAccepts(port, signal)) ? true : 'nothing listens on $PORT',
    )
  }
  await clock.sleep(rollout.min_up, signal)
  return signal.aborted ? 'stopped' : true
}

/**
 * True as soon as a check has succeeded, else the reason after so many seconds as a failing one takes to count: or
 * after `limit` seconds.
 */
export async function becomesHealthy(
  check: HealthCheck,
  target: ProbeTarget,
  { clock, signal, limit = Infinity }: { clock: Clock; signal: AbortSignal; limit?: number },
): Promise<true | string> {
  const patience = Math.min(check.start_period + check.retries * check.interval, limit)
  return poll(patience, clock, signal, async () => {
    const result = await probe(check, target, signal)
    return result.ok ? true : `health check failed: ${result.reason}`
  })
}

interface Following {
  clock: Clock
  /** Ends it. */
  signal: AbortSignal
  onReady: () => void
  onNotReady: (reason: string) => void
}

/** Says whether an instance is ready, first and whenever that changes. */
export async function followReadiness({ check, target }: Probing, following: Following): Promise<void> {
  const { clock, signal, onReady, onNotReady } = following
  if (check === null) return
  const ready = await becomesHealthy(check, target, { clock, signal })
  if (signal.aborted) return
  if (ready === true) onReady()
  else onNotReady(ready)
  const monitor = new HealthMonitor({
    check,
    probe: (probing) => probe(check, target, probing),
    clock,
    unhealthy: ready !== true,
    onUnhealthy: onNotReady,
    onRecovered: onReady,
  })
  signal.addEventListener('abort', () => monitor.stop(), { once: true })
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
