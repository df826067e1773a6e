import { child, derived, derivedList, given, placeOf, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import { isUnknown, wordsOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { byStacktape } from './rules.ts'

/** What a load balancer asks, and where that is said. */
export interface BalancerCheck {
  /** The map with the keys of the check; undefined where the defaults of Stacktape hold. */
  settings: Value | undefined
  protocol: 'HTTP' | 'TCP'
}

const FIRST_LINE = 'the shell runs the first line only, as Docker has it'
/** Seconds. */
const CONTAINER_INTERVAL = 30
const BALANCER = { interval: 5, timeout: 4 }

/**
 * Adds the checks of a container: its own says whether it works, and that of the load balancer in front of it whether it
 * gets requests; the latter alone says both.
 */
export function addHealthCheck(
  path: Target,
  internal: Value | undefined,
  balancer: BalancerCheck | null,
  context: StackContext,
): void {
  const setIn =
    (field: 'health_check' | 'readiness') =>
    (key: string, value: Value): void =>
      context.draft.set([...path, field, key], value)
  const set = setIn('health_check')
  const command = internal === undefined ? null : commandOf(internal, context)
  if (balancer !== null) addBalancerCheck(balancer, command === null ? set : setIn('readiness'), context)
  if (command === null) return
  set('command', command)
  set('interval', given(internal, 'intervalSeconds') ?? scalar(CONTAINER_INTERVAL, byStacktape))
  const rest = { timeout: 'timeoutSeconds', retries: 'retries', start_period: 'startPeriodSeconds' }
  for (const [key, name] of Object.entries(rest)) {
    const value = given(internal, name)
    if (value !== undefined) set(key, value)
  }
}

/** `CMD-SHELL` and a line, or `CMD` and words, as ECS has it. */
function commandOf(internal: Value, { reading }: StackContext): Value | null {
  const list = given(internal, 'healthCheckCommand')
  const words = wordsOf(list)
  if (list === undefined || words === null) return null
  const [form, line, ...more] = words
  if ((form !== 'CMD' && form !== 'CMD-SHELL') || line === undefined) {
    reading.error('healthCheckCommand must be a list: CMD and words, or CMD-SHELL and a line', {
      place: placeOf(list),
      hint: "Write for example ['CMD-SHELL', 'curl -f http://localhost:3000/ || exit 1'].",
    })
    return null
  }
  if (form === 'CMD') return derivedList([line, ...more], list)
  if (more.length > 0) {
    reading.keys.change(list, 'approximated', FIRST_LINE, 'Write all of it in one line.')
  }
  return derived(line, list)
}

function addBalancerCheck(
  { settings, protocol }: BalancerCheck,
  set: (key: string, value: Value) => void,
  context: StackContext,
): void {
  const interval = given(settings, 'healthcheckInterval') ?? scalar(BALANCER.interval, byStacktape)
  const timeout = given(settings, 'healthcheckTimeout') ?? scalar(BALANCER.timeout, byStacktape)
  if (protocol === 'HTTP') set('path', given(settings, 'healthcheckPath') ?? scalar('/', byStacktape))
  else set('tcp', settings === undefined ? scalar(true, byStacktape) : derived(true, settings))
  set('interval', interval)
  set('timeout', timeout)
  const isKnown = !isUnknown(child(settings, 'healthcheckInterval'), context)
  if (protocol === 'HTTP' && isKnown) checkTimes(interval, timeout, context)
}

/** A load balancer waits for an answer for less time than it has between two checks (ELB API: CreateTargetGroup). */
function checkTimes(interval: Value, timeout: Value, { reading }: StackContext): void {
  if (interval.kind !== 'scalar' || timeout.kind !== 'scalar') return
  if (Number(timeout.value) < Number(interval.value)) return
  reading.error(
    `healthcheckTimeout must be less than healthcheckInterval, which is ${interval.text}; found ${timeout.text}`,
    { place: placeOf(timeout), hint: 'Write both, the interval longer than the timeout.' },
  )
}
