import { Schedule } from '../gantry-yml/scalars.ts'
import { describeValue, quote } from '../text.ts'
import { child, derived, given, placeOf, scalar, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { addAccess } from './access.ts'
import { honourFalse, honourUsual, tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { NO_EVENT, SCHEDULE_EVENT } from './job-keys.ts'
import { noteLogging } from './logging.ts'
import { addPackaging } from './packaging.ts'
import { byStacktape } from './rules.ts'
import { translateSchedule } from './schedule.ts'
import { addVariables } from './variables.ts'

/** MB that a job gets which does not say it. */
const MEMORY = 1024
/** Hours: the least and the most that Gantry lets a task run. */
const LIMIT = { least: 0.01, most: 168 }
/** Each is a task with all variables of the job. */
const MAX_SCHEDULES = 20
const SCHEDULE_HINT = 'Write it as a `schedule` of the task in gantry.yml.'

const TIMES_HINT = 'Write another `schedule` of the task in gantry.yml where these times do not suit.'

/** Adds the task of a batch job, and one more for each further schedule. */
export function addJob(called: string, resource: Value, context: StackContext): void {
  const properties = given(resource, 'properties')
  const { names } = context
  const schedules = schedulesOf(properties, context)
  if (schedules.length > MAX_SCHEDULES) {
    context.reading.error(`A job has at most ${MAX_SCHEDULES} schedules here; found ${schedules.length}`, {
      place: resource.key,
    })
    return
  }
  const first = names.take(called, resource)
  if (first !== null) addTask(first, resource, schedules[0], context)
  for (const [index, each] of schedules.slice(1).entries()) {
    const count = index + 2
    const name = names.take(`${called}-${count}`, resource, `schedule ${count} of ${quote(called)}`)
    if (name !== null) addTask(name, resource, each, context)
  }
  honourFalse([given(properties, 'useSpotInstances')], context)
  const retries = given(properties, 'retryConfig')
  honourUsual(1, given(retries, 'attempts'), context, retries)
  noteLogging(given(properties, 'logging'), context)
}

function addTask(name: string, resource: Value, schedule: Value | undefined, context: StackContext): void {
  const { draft } = context
  const path: Target = ['tasks', name]
  const properties = child(resource, 'properties')
  const container = child(properties, 'container')
  draft.open(path, resource)
  addPackaging(path, child(container, 'packaging') ?? container ?? properties, context)
  addVariables(path, given(container, 'environment'), context)
  const cpu = given(given(properties, 'resources'), 'cpu')
  const memory = given(given(properties, 'resources'), 'memory')
  if (cpu !== undefined) draft.set([...path, 'cpu'], cpu)
  const size =
    memory?.kind === 'scalar' ? derived(`${memory.text} MB`, memory) : scalar(`${MEMORY} MB`, byStacktape)
  draft.set([...path, 'memory'], size)
  draft.set([...path, 'max_hours'], limitOf(given(properties, 'timeout'), context))
  if (schedule !== undefined) draft.set([...path, 'schedule'], schedule)
  addAccess(path, properties, context)
}

function limitOf(timeout: Value | undefined, { reading }: StackContext): Value {
  if (timeout?.kind !== 'scalar') return scalar(LIMIT.most, byStacktape)
  const wanted = Number(timeout.value) / 3600
  const hours = Math.min(Math.max(wanted, LIMIT.least), LIMIT.most)
  if (hours !== wanted)
    reading.keys.change(
      timeout,
      'approximated',
      `a task may run for ${LIMIT.least} to ${LIMIT.most} hours`,
      'Let the command itself end in time.',
    )
  return derived(hours, timeout)
}

function schedulesOf(properties: Value | undefined, { reading }: StackContext): Value[] {
  const refuse = (rate: Value, wanted: string): void =>
    reading.error(`scheduleRate must be ${wanted}; found ${describeValue(rate)}`, { place: placeOf(rate) })
  return tablesOf(given(properties, 'events')).flatMap((event) => {
    const type = textAt(event, 'type')
    if (type === undefined) return []
    const rate = given(given(event, 'properties'), 'scheduleRate')
    if (type !== SCHEDULE_EVENT) {
      reading.keys.change(event, 'unsupported', NO_EVENT.text, NO_EVENT.hint)
      return []
    }
    if (rate?.kind !== 'scalar') return []
    const found = translateSchedule(rate.text)
    if ('wrong' in found) {
      refuse(rate, found.wrong)
      return []
    }
    if ('unsupported' in found) {
      reading.keys.change(rate, 'unsupported', found.unsupported, SCHEDULE_HINT)
      return []
    }
    const issue = Schedule.safeParse(found.cron).error?.issues[0]
    if (issue !== undefined) {
      refuse(rate, issue.message)
      return []
    }
    if (!found.isExact) {
      const how = `it runs at fixed times (${found.cron}), and not counted from the deployment`
      reading.keys.change(rate, 'approximated', how, TIMES_HINT)
    }
    return [derived(found.cron, rate)]
  })
}
