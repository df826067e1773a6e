import { isGood, type Outcome } from '../engine/ledger.ts'
import { note } from './output.ts'

/** Says how to be rid of variables of a process: they are no part of a deployment, and stay when that is over. */
export function noteLeftVariables(process: string, names: readonly string[]): void {
  if (names.length === 0) return
  note(`       Variables of ${process} stay set: ${names.join(', ')}`)
  note(`       Take them away with \`gantry env unset ${names.join(' ')} --process ${process}\``)
}

/** The same of those that were set with fields which it did not come to. */
export function noteSetVariables(
  process: string,
  set: Readonly<Record<string, string>>,
  outcome: Outcome | null,
): void {
  if (outcome === null || isGood(outcome)) return
  const names = Object.keys(set).flatMap((key) => (key.startsWith('env.') ? key.slice('env.'.length) : []))
  noteLeftVariables(process, names)
}
