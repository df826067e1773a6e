import type { ProcessSpec } from '../app/spec.ts'
import type { Running } from '../engine/running.ts'
import type { OperatorChange } from './operations.ts'

/** What somebody asked of one process, and what that was before; never the value of a variable. */
export interface OperationRecord {
  process: string
  action: 'create' | 'change' | 'delete'
  /** The fields that are asked for, or all of one that is deleted; null where there was none. */
  before: Partial<ProcessSpec> | null
  /** Null: gone. */
  after: Record<string, unknown> | null
  handed_back: readonly string[]
  variables: string[]
  restart: boolean
}

export function recordOf(change: OperatorChange, { processes }: Running): OperationRecord {
  const { process, set, parts, unset = [], variables = [], restart = false } = change
  const before = processes.find(({ spec }) => spec.name === process)?.spec ?? null
  const after = { ...set, ...parts }
  const named = new Set([...Object.keys(after), ...unset])
  const isNamed = ([field]: [string, unknown]): boolean => named.has(field)
  return {
    process,
    action: change.delete ? 'delete' : change.create ? 'create' : 'change',
    before:
      before === null || change.delete ? before : Object.fromEntries(Object.entries(before).filter(isNamed)),
    after: change.delete ? null : after,
    handed_back: unset,
    variables: variables.map(({ name }) => name),
    restart,
  }
}
