import type { Draft } from '../draft.ts'
import type { Provenance } from '../provenance.ts'
import type { Reading } from '../reading.ts'
import type { Value } from '../value.ts'
import { SYSTEM } from './rules.ts'

/** What the reader of a module works with. */
export interface ModuleContext {
  reading: Reading
  /** The config that it writes. */
  draft: Draft
  /** The commands of the Procfile beside the file, by the name of the process; null when there is none. */
  procfile: ReadonlyMap<string, Value> | null
}

export const byBlueKing: Provenance = { kind: 'default', of: SYSTEM }
