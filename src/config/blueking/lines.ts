import type { Reading } from '../reading.ts'
import { itemsOf, placeOf } from '../value.ts'
import type { Value } from '../value.ts'
import { translateLine } from './command.ts'

const SHELL_HINT =
  'Cloud-native apps of BlueKing have no shell: write `sh -c "…"` around it, or quotes around a sign that none is to read.'

/** The command that a line of the file stands for; says so where it was written for a shell, or cannot be read. */
export function readLine(value: Value, reading: Reading): Value | null {
  if (value.kind !== 'scalar' || value.value === null) return null
  const translated = translateLine(value.text, value)
  if (translated === null) {
    reading.error('A quote in this command has no end', { place: placeOf(value) })
    return null
  }
  const [program] = itemsOf(translated.command)
  if (program?.kind === 'scalar' && program.text === '') {
    reading.error('This command names no program', { place: placeOf(value) })
    return null
  }
  if (translated.needsShell) {
    reading.keys.change(value, 'approximated', 'it is written for a shell, and runs in one', SHELL_HINT)
  }
  return translated.command
}
