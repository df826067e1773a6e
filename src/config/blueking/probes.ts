import { child, derived, given, placeOf, scalar, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'
import type { Spelling } from './probe-keys.ts'
import { CONTAINER_PORT } from './processes.ts'

const HANDLERS = ['exec', 'http_get', 'tcp_socket'] as const
/** Seconds; what Kubernetes does where a probe says nothing (core/v1 Probe). */
const DEFAULTS = { initial_delay: 0, timeout: 1, period: 10, failures: 3 }
/** The longest that Gantry waits, in seconds. */
const LONGEST_START = 3600

/** The field that a probe becomes. */
type Field = 'health_check' | 'readiness'

/**
 * Adds the checks of a process from its probes: that of the liveness probe decides whether an instance works, and that of
 * the readiness probe whether it gets requests. The port of the process is that of a probe, where it has none yet.
 */
export function addProbes(
  probes: Value | undefined,
  name: string,
  port: number | null,
  spelling: Spelling,
  context: ModuleContext,
): void {
  const [readiness, liveness, startup] = ['readiness', 'liveness', 'startup'].map((kind) => {
    const probe = child(probes, kind)
    return probe?.kind === 'table' && hasOneHandler(probe, spelling, context) ? probe : undefined
  })
  const isAlone = liveness === undefined && readiness === undefined
  const checks: [Field, Table | undefined][] = [
    ['health_check', isAlone ? startup : liveness],
    ['readiness', readiness],
  ]
  if (isAlone && startup !== undefined) {
    const how = 'it becomes the health check, and goes on after the start'
    context.reading.keys.change(startup, 'approximated', how)
  }
  let found = port
  for (const [field, probe] of checks) {
    if (probe === undefined) continue
    const reader = new ProbeReader(probe, ['processes', name, field], spelling, context)
    found = reader.add(found, isAlone ? undefined : startup)
  }
}

function hasOneHandler(probe: Table, spelling: Spelling, { reading }: ModuleContext): boolean {
  const named = HANDLERS.map(spelling).filter((key) => child(probe, key)?.kind === 'table')
  if (named.length === 1) return true
  const all = HANDLERS.map(spelling).join(', ')
  reading.error(`A probe must have exactly one of ${all}; found ${named.join(' and ') || 'none of them'}`, {
    place: probe.key ?? placeOf(probe),
  })
  return false
}

class ProbeReader {
  readonly #probe: Table
  /** Where its check stands in the config. */
  readonly #path: readonly [string, string, Field]
  readonly #spelling: Spelling
  readonly #context: ModuleContext

  constructor(
    probe: Table,
    path: readonly [string, string, Field],
    spelling: Spelling,
    context: ModuleContext,
  ) {
    this.#probe = probe
    this.#path = path
    this.#spelling = spelling
    this.#context = context
  }

  /** Gives the port of the process, if there is one by then. */
  add(port: number | null, startup: Table | undefined): number | null {
    const exec = this.#child('exec')
    const http = this.#child('http_get')
    const tcp = this.#child('tcp_socket')
    if (exec !== undefined) this.#set('command', child(exec, 'command')!)
    if (http !== undefined) {
      this.#set('path', given(http, 'path') ?? derived('/', http))
      this.#checkScheme(given(http, 'scheme'))
    }
    if (tcp !== undefined) this.#set('tcp', derived(true, tcp))
    this.#addTimes(startup)
    return this.#addPort(child(http ?? tcp, 'port'), port)
  }

  #addPort(wanted: Value | undefined, port: number | null): number | null {
    if (wanted?.kind !== 'scalar') return port
    const number = /^\d+$/.test(wanted.text) ? Number(wanted.text) : (port ?? CONTAINER_PORT)
    if (port === null) {
      this.#context.draft.set([...this.#path.slice(0, -1), 'port'], derived(number, wanted))
      return number
    }
    if (number !== port) {
      const why = `the check goes to the port of the process, ${port}`
      this.#context.reading.keys.change(wanted, 'unsupported', why, 'Let the process answer the check there.')
    }
    return port
  }

  #checkScheme(scheme: Value | undefined): void {
    if (scheme?.kind !== 'scalar' || scheme.text.toUpperCase() === 'HTTP') return
    const hint = 'Let the path answer without TLS, or check with a command.'
    this.#context.reading.keys.change(scheme, 'unsupported', 'the check speaks plain HTTP', hint)
  }

  #addTimes(startup: Table | undefined): void {
    const period = this.#child('period_seconds')
    const timeout = this.#child('timeout_seconds')
    const failures = this.#child('failure_threshold')
    const success = this.#child('success_threshold')
    if (period !== undefined) this.#set('interval', period)
    this.#set('timeout', timeout ?? scalar(DEFAULTS.timeout, byBlueKing))
    if (failures !== undefined) this.#set('retries', failures)
    if (success?.kind === 'scalar' && success.value !== 1) {
      this.#context.reading.keys.change(success, 'approximated', 'one success is enough')
    }
    const delay = this.#seconds(this.#probe, 'initial_delay_seconds', DEFAULTS.initial_delay)
    const allowed = startup === undefined ? 0 : this.#timeToStart(startup)
    const from = startup ?? this.#child('initial_delay_seconds')
    if (from !== undefined) {
      this.#set('start_period', derived(Math.min(Math.max(delay, allowed), LONGEST_START), from))
    }
  }

  #timeToStart(startup: Table): number {
    const period = this.#seconds(startup, 'period_seconds', DEFAULTS.period)
    const failures = this.#seconds(startup, 'failure_threshold', DEFAULTS.failures)
    return this.#seconds(startup, 'initial_delay_seconds', DEFAULTS.initial_delay) + period * failures
  }

  #seconds(probe: Table, key: string, none: number): number {
    return Number(textAt(probe, this.#spelling(key)) ?? none)
  }

  #child(key: string): Value | undefined {
    return given(this.#probe, this.#spelling(key))
  }

  #set(key: string, value: Value): void {
    this.#context.draft.set([...this.#path, key], value)
  }
}
