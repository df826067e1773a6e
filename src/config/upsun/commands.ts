import type { Reading } from '../reading.ts'
import { child, derived, given, placeOf } from '../value.ts'
import type { Value } from '../value.ts'

/** The line of a hook; null where it says nothing. */
export function readHook(name: string, app: Value, reading: Reading): Value | null {
  const hook = given(child(app, 'hooks'), name)
  if (hook?.kind !== 'scalar') return null
  const line = hook.text.trim()
  if (line !== '') return derived(line, hook)
  reading.keys.change(hook, 'honoured', 'nothing is asked for')
  return null
}

/** What an instance starts, as settings of a process: `command`, and `pre_start` where there is one. Null where nothing is started. */
export function readStart(instance: Value, reading: Reading): Map<string, Value> | null {
  const commands = child(instance, 'commands')
  const start = given(commands, 'start')
  const before = given(commands, 'pre_start')
  if (start?.kind !== 'scalar') return null
  const line = start.text.trim()
  if (line.endsWith('&') && !line.endsWith('&&')) {
    reading.warn(
      'This command puts itself into the background, so it ends and is started again without end',
      {
        place: placeOf(start),
        hint: 'Leave out the & at its end.',
      },
    )
  }
  const settings = new Map<string, Value>([['command', derived(line, start)]])
  if (before?.kind !== 'scalar' || before.text.trim() === '') return settings
  // A failure does not keep it from starting there. What stands in the line stays in parentheses of its own.
  return settings.set('pre_start', derived(`(\n${before.text.trim()}\n) || :`, before))
}
