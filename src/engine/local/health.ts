import type { HealthCheck } from '../../app/app.ts'
import type { Clock } from '../../app/clock.ts'
import { probeCommand, type CommandSurroundings } from './health-command.ts'
import { portFailure, probePath, probePort } from './health-port.ts'

/** The instance that is asked, and what a command that asks it runs with. */
export interface ProbeTarget extends CommandSurroundings {
  port: number | null
}

export type ProbeResult = { ok: true } | { ok: false; reason: string }

/** How long a port may take to accept, in seconds. */
const ACCEPT_TIMEOUT = 1

/** One attempt, of `timeout` seconds at most. Never rejects. The reason may quote the process: redact it. */
export async function probe(
  check: Pick<HealthCheck, 'path' | 'command' | 'tcp' | 'timeout'>,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const timer = AbortSignal.timeout(Math.ceil(check.timeout * 1_000))
  try {
    await attempt(check, target, AbortSignal.any([signal, timer]))
    return { ok: true }
  } catch (error) {
    if (signal.aborted) return { ok: false, reason: 'cancelled' }
    if (timer.aborted) return { ok: false, reason: `no answer within ${check.timeout} s` }
    return { ok: false, reason: portFailure(error, target.port) }
  }
}

async function attempt(
  { path, command }: Pick<HealthCheck, 'path' | 'command'>,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<void> {
  if (command !== null) return probeCommand(command, target, signal)
  if (target.port === null) throw new Error('the process has no port')
  return path === null ? probePort(target.port, signal) : probePath(path, target.port, signal)
}

/** Whether something on this machine accepts connections on a port. Never rejects. */
export async function portAccepts(port: number, signal: AbortSignal): Promise<boolean> {
  return probePort(port, AbortSignal.any([signal, AbortSignal.timeout(ACCEPT_TIMEOUT * 1_000)])).then(
    () => true,
    () => false,
  )
}

export interface HealthMonitorOptions {
  check: Pick<HealthCheck, 'interval' | 'retries' | 'start_period'>
  probe: (signal: AbortSignal) => Promise<ProbeResult>
  clock: Clock
  /** Called when `retries` probes in a row have failed, and again only after one has succeeded. */
  onUnhealthy: (reason: string) => void
  /** Called when one succeeds after that. */
  onRecovered?: () => void
  /** Whether it is unhealthy to begin with. */
  unhealthy?: boolean
}

/**
 * Probes an instance every `interval` from its making until it is stopped. As with Docker, failures in the start
 * period do not count, and the start period ends with the first success.
 */
export class HealthMonitor {
  readonly #options: HealthMonitorOptions
  readonly #stopping = new AbortController()

  constructor(options: HealthMonitorOptions) {
    this.#options = options
    void this.#watch()
  }

  /** Ends a probe that is under way; nothing is called any more. */
  stop(): void {
    this.#stopping.abort()
  }

  async #watch(): Promise<void> {
    const { check, probe, clock, onUnhealthy, onRecovered, unhealthy = false } = this.#options
    const { signal } = this.#stopping
    let countFrom = clock.now() + check.start_period * 1_000
    let failures = unhealthy ? check.retries : 0
    while (true) {
      await clock.sleep(check.interval, signal)
      if (signal.aborted) return
      const result = await probe(signal)
      if (signal.aborted) return
      if (result.ok) {
        if (failures >= check.retries) onRecovered?.()
        failures = 0
        countFrom = 0
      } else if (clock.now() >= countFrom) {
        failures += 1
        if (failures === check.retries) onUnhealthy(result.reason)
      }
    }
  }
}
