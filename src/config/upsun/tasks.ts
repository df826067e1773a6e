import { foldName, MAX_NAME } from '../names.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, placeOf, scalar, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { readHook } from './commands.ts'
import { byDefault } from './context.ts'
import type { AppContext } from './context.ts'
import { addSettings } from './instance.ts'
import { choiceBy, isTooFrequent, withoutHashes } from './schedule.ts'

/** Seconds from SIGTERM to SIGKILL for a cron, and its longest run in seconds (crons.md). */
const SHUTDOWN_TIMEOUT = 10
const CRON_TIMEOUT = 86_400
/** The longest `stop_timeout` that Gantry has, in seconds, and its shortest time limit, in hours. */
const MOST_SECONDS = 3600
const LEAST_HOURS = 0.01

/** What a deployment runs by which hook. */
const HOOKS = [
  { key: 'deploy', name: 'deploy-hook', run: 'pre_deploy' },
  { key: 'post_deploy', name: 'post-deploy-hook', run: 'post_deploy' },
] as const

/**
 * Adds what runs in the web container there, and in an instance of its own here: hooks, crons and operations. They have the
 * settings of `web`; workers have none of them (rows UP-08 and UP-20).
 *
 * @param taken the names of processes
 */
export function addTasks(
  taken: Iterable<string>,
  web: ReadonlyMap<string, Value>,
  context: AppContext,
): void {
  const names = new Set(taken)
  const add = (name: string, at: Value, settings: Record<string, Value | undefined>): void => {
    const path = ['tasks', name]
    names.add(name)
    context.draft.open(path, at)
    addSettings(path, web, context)
    for (const [key, value] of Object.entries(settings)) {
      if (value !== undefined) context.draft.set([...path, key], value)
    }
  }
  for (const { key, name, run } of HOOKS) {
    const command = readHook(key, context.app, context.reading)
    if (command === null) continue
    const goesOn = scalar('continue', byDefault(context))
    add(name, command, { command, run: derived(run, command), on_failure: goesOn })
  }
  for (const [written, cron] of entriesOf(child(context.app, 'crons'))) {
    add(nameOf(written, 'cron', cron, names, context), cron, cronSettings(written, cron, context))
  }
  for (const [written, operation] of entriesOf(child(context.app, 'operations'))) {
    add(nameOf(written, 'operation', operation, names, context), operation, {
      command: lineOf(child(child(operation, 'commands'), 'start')),
    })
  }
}

function cronSettings(written: string, cron: Value, context: AppContext): Record<string, Value | undefined> {
  const { app, name, reading } = context
  const origin = byDefault(context)
  const start = child(child(cron, 'commands'), 'start')
  const old = child(cron, 'cmd')
  if (start !== undefined && old !== undefined) {
    reading.keys.change(old, 'unsupported', '`commands.start` counts', 'Leave it out.')
  }
  const command = start ?? old
  if (command === undefined) {
    reading.error(`The cron ${quote(written)} has no command`, {
      place: cron.key ?? placeOf(cron),
      hint: 'Write `commands: {start: …}`.',
    })
  }
  const spec = child(cron, 'spec')!
  const schedule = withoutHashes(textAt(cron, 'spec')!, choiceBy(`${name} ${written}`))
  if (isTooFrequent(schedule)) {
    const how = `${context.system} runs it every 5 minutes at most, Gantry as often as it says`
    reading.keys.change(spec, 'approximated', how, 'Leave 5 minutes between two runs to keep it so.')
  }
  return {
    command: lineOf(command),
    schedule: derived(schedule, spec),
    timezone: child(app, 'timezone') ?? scalar('UTC', origin),
    concurrency: scalar('forbid', origin),
    stop_timeout: stopTimeoutOf(child(cron, 'shutdown_timeout'), context),
    max_hours: hoursOf(child(cron, 'timeout'), context),
  }
}

function stopTimeoutOf(timeout: Value | undefined, context: AppContext): Value {
  if (timeout?.kind !== 'scalar') return scalar(SHUTDOWN_TIMEOUT, byDefault(context))
  if (Number(timeout.value) <= MOST_SECONDS) return timeout
  const how = '1 h, the longest that there is'
  context.reading.keys.change(timeout, 'approximated', how, 'Let the command end itself sooner.')
  return derived(MOST_SECONDS, timeout)
}

function hoursOf(timeout: Value | undefined, context: AppContext): Value {
  if (timeout?.kind !== 'scalar') return scalar(CRON_TIMEOUT / 3600, byDefault(context))
  const hours = Number(timeout.value) / 3600
  if (hours < LEAST_HOURS) {
    const how = '36 s, the shortest limit that there is'
    context.reading.keys.change(timeout, 'approximated', how, 'Let the command end itself sooner.')
  }
  return derived(Math.max(hours, LEAST_HOURS), timeout)
}

function lineOf(command: Value | undefined): Value | undefined {
  return command?.kind === 'scalar' ? derived(command.text.trim(), command) : undefined
}

/** The name of a task: its own, or with its kind behind it where another process or task has that. */
function nameOf(
  written: string,
  kind: 'cron' | 'operation',
  at: Value,
  names: ReadonlySet<string>,
  { reading }: AppContext,
): string {
  const folded = foldName(written) ?? kind
  const other = `${folded.slice(0, MAX_NAME - kind.length - 1)}-${kind}`
  const name = names.has(folded) ? other : folded
  const place = at.key ?? placeOf(at)
  if (names.has(name)) {
    reading.error(`The ${kind} ${quote(written)} has the name of another one, as soon as it is folded`, {
      place,
      hint: 'Rename one of them.',
    })
  } else if (name !== written) {
    reading.warn(`The ${kind} ${quote(written)} is the task "${name}" here`, {
      place,
      hint: 'Names have lower-case letters, digits and single hyphens, and no two are the same.',
    })
  }
  return name
}
