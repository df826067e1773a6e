import { argv } from '../../app/command.ts'
import type { Reading } from '../reading.ts'
import { child, derived, given, placeOf } from '../value.ts'
import type { Value } from '../value.ts'

/** The line that starts an instance: `start`, with `pre_start` in front of it. Null where nothing is started. */
export function readStart(instance: Value, reading: Reading): Value | null {
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
  if (before?.kind !== 'scalar' || before.text.trim() === '') return derived(line, start)
  // In a shell of its own, as it is there: its folder and its options are not those of `start`.
  return derived(`(\n${before.text.trim()}\n)\n${argv(line).at(-1)!}`, start)
}
