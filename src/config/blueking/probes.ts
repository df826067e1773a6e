import { child, derived, derivedList, given, placeOf, scalar, textAt, toText } from '../value.ts'
import type { Scalar, Table, Value } from '../value.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'
import type { Spelling } from './probe-keys.ts'
import { CONTAINER_PORT } from './processes.ts'

const HANDLERS = ['exec', 'http_get', 'tcp_socket'] as const
/** Seconds; what Kubernetes does where a probe says nothing (core/v1 Probe). */
const DEFAULTS = { initial_delay: 0, timeout: 1, period: 10, failures: 3 }
/** The most that Gantry takes: seconds, but for the retries. */
const MOST = { interval: 3600, timeout: 600, retries: 100, start_period: 3600 }

const AT_MOST_HINT = 'Write a smaller number.'

/** The field that a probe becomes. */
type Field = 'health_check' | 'readiness'

/**
 * Adds the checks of a process from its probes: that of the liveness probe decides whether an instance works, and that of
 * the readiness probe whether it gets requests. The port of the process is that of a probe, where it has none yet: the
 * first that is a number.
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
  if (startup !== undefined && !isAlone) tellUnasked(startup, spelling, context)
  const asked = checks.flatMap(([, probe]) => portIn(probe, spelling) ?? [])
  const deciding = asked.find((each) => numberOf(each) !== null) ?? asked[0]
  const known = port ?? (deciding && numberOf(deciding)) ?? CONTAINER_PORT
  if (port === null && deciding !== undefined) {
    context.draft.set(['processes', name, 'port'], derived(known, deciding))
  }
  for (const [field, probe] of checks) {
    if (probe === undefined) continue
    const reader = new ProbeReader(probe, ['processes', name, field], spelling, context)
    reader.add(known, isAlone ? undefined : startup)
  }
}

function portIn(probe: Table | undefined, spelling: Spelling): Scalar | undefined {
  const port = child(given(probe, spelling('http_get')) ?? given(probe, spelling('tcp_socket')), 'port')
  return port?.kind === 'scalar' ? port : undefined
}

/** Null for a name: which port it stands for cannot be known. */
function numberOf(port: Scalar): number | null {
  const text = String(port.value)
  if (text.startsWith('$')) return CONTAINER_PORT
  return /^\d+$/.test(text) ? Number(text) : null
}

/** Says of a startup probe beside another one that nothing asks what it asks. */
function tellUnasked(startup: Table, spelling: Spelling, { reading }: ModuleContext): void {
  for (const key of [...HANDLERS, 'timeout_seconds', 'success_threshold']) {
    const value = given(startup, spelling(key))
    if (value === undefined) continue
    const why = 'nothing asks it: of a startup probe beside another one, only its time is used'
    reading.keys.change(value, 'unsupported', why, 'Let the other probe fail until the process has started.')
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

  add(port: number, startup: Table | undefined): void {
    const exec = this.#child('exec')
    const http = this.#child('http_get')
    const tcp = this.#child('tcp_socket')
    const words = child(exec, 'command')
    if (words !== undefined) this.#set('command', derivedList(toText(words) as string[], words))
    if (http !== undefined) {
      const path = textAt(http, 'path') ?? ''
      this.#set('path', derived(path.startsWith('/') ? path : `/${path}`, child(http, 'path') ?? http))
      this.#checkScheme(given(http, 'scheme'))
    }
    if (tcp !== undefined) this.#set('tcp', derived(true, tcp))
    this.#addTimes(startup)
    this.#checkPort(portIn(this.#probe, this.#spelling), port)
  }

  #checkPort(wanted: Scalar | undefined, port: number): void {
    if (wanted === undefined) return
    const where = `the check goes to the port of the process, ${port}`
    const number = numberOf(wanted)
    if (number === null) {
      const how = `which port that name stands for cannot be known; ${where}`
      this.#context.reading.keys.change(wanted, 'approximated', how, 'Write the number of the port.')
    } else if (number !== port) {
      const hint = 'Let the process answer the check there.'
      this.#context.reading.keys.change(wanted, 'unsupported', where, hint)
    }
  }

  #checkScheme(scheme: Value | undefined): void {
    if (scheme?.kind !== 'scalar' || scheme.text.toUpperCase() === 'HTTP') return
    const hint = 'Let the path answer without TLS, or check with a command.'
    this.#context.reading.keys.change(scheme, 'unsupported', 'the check speaks plain HTTP', hint)
  }

  #addTimes(startup: Table | undefined): void {
    this.#set('timeout', scalar(DEFAULTS.timeout, byBlueKing))
    this.#add('period_seconds', 'interval')
    this.#add('timeout_seconds', 'timeout')
    this.#add('failure_threshold', 'retries')
    this.#add('initial_delay_seconds', 'start_period')
    const success = this.#child('success_threshold')
    if (success?.kind === 'scalar' && Number(success.value) !== 1) {
      const hint = 'Leave it out.'
      this.#context.reading.keys.change(success, 'approximated', 'one success is enough', hint)
    }
    if (startup === undefined) return
    const delay = this.#number(this.#probe, 'initial_delay_seconds', DEFAULTS.initial_delay)
    const allowed = this.#timeToStart(startup)
    const most = MOST.start_period
    this.#set('start_period', derived(Math.min(Math.max(delay, allowed), most), startup))
    if (allowed <= most) return
    const how = `only the time that it allows is used, as \`start_period\` of the checks, which is ${most} at most`
    this.#context.reading.keys.change(startup, 'approximated', how, AT_MOST_HINT)
  }

  /** A number of the probe becomes a setting of the check, or the most that it can be. */
  #add(key: string, setting: keyof typeof MOST): void {
    const value = this.#child(key)
    if (value === undefined) return
    const wanted = Number(textAt(this.#probe, this.#spelling(key)))
    const most = MOST[setting]
    this.#set(setting, derived(Math.min(wanted, most), value))
    if (wanted <= most) return
    const how = `\`${setting}\` is ${most} at most`
    this.#context.reading.keys.change(value, 'approximated', how, AT_MOST_HINT)
  }

  #timeToStart(startup: Table): number {
    const period = this.#number(startup, 'period_seconds', DEFAULTS.period)
    const failures = this.#number(startup, 'failure_threshold', DEFAULTS.failures)
    return this.#number(startup, 'initial_delay_seconds', DEFAULTS.initial_delay) + period * failures
  }

  #number(probe: Table, key: string, none: number): number {
    return Number(textAt(probe, this.#spelling(key)) ?? none)
  }

  #child(key: string): Value | undefined {
    return given(this.#probe, this.#spelling(key))
  }

  #set(key: string, value: Value): void {
    this.#context.draft.set([...this.#path, key], value)
  }
}
