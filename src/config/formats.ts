import { BLUEKING } from './blueking/read.ts'
import { PROCFILE } from './procfile/read.ts'
import type { Reading } from './reading.ts'
import { STACKTAPE } from './stacktape/read.ts'
import { PLATFORM_SH } from './upsun/platform-sh.ts'
import { UPSUN } from './upsun/read.ts'
import type { Table } from './value.ts'

/** A configuration format of another system. */
export interface Format {
  /** As `from:` names it. */
  name: string
  /**
   * The files, in the root of a repository, by which it is recognised; the first that exists is read. A last part
   * `*.yaml` is any such file of the folder, the first by name.
   */
  files: readonly string[]
  /**
   * Reads such a file into the terms of `gantry.yml`, each value with its place in the foreign file. What becomes of
   * each key goes into `reading.keys`. Null when the file does not exist.
   */
  read(path: string, reading: Reading, context: FormatContext): Promise<Table | null>
}

export interface FormatContext {
  /** The gantry.yml that is going to be laid over it. */
  over: Table | null
  /** The module or app that was asked for, of several in one file. */
  module: string | null
  /** The environment that is deployed, for formats whose values name it. */
  environment: string
}

/**
 * In the order of precedence: the first that a repository has is read. BlueKing comes before the Procfile because its
 * reader takes the processes and commands of a Procfile beside it, and keeps the rest of the app_desc.yaml.
 */
export const FORMATS: readonly Format[] = [BLUEKING, PROCFILE, UPSUN, PLATFORM_SH, STACKTAPE]
