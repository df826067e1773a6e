import { PROCFILE } from './procfile/read.ts'
import type { Reading } from './reading.ts'
import type { Table } from './value.ts'

/** A configuration format of another system. */
export interface Format {
  /** As `from:` names it. */
  name: string
  /** The files, in the root of a repository, by which it is recognised; the first that exists is read. */
  files: readonly string[]
  /**
   * Reads such a file into the terms of `gantry.yml`, each value with its place in the foreign file, and reports every
   * key that it cannot honour as a warning. Null when the file does not exist.
   *
   * @param over the gantry.yml that is going to be laid over it
   */
  read(path: string, reading: Reading, over: Table | null): Promise<Table | null>
}

/** In the order of precedence: the first that a repository has is read. */
export const FORMATS: readonly Format[] = [PROCFILE]
