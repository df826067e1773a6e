/** Where a resolved value came from. Lines and columns are 1-based. */
export type Provenance = FromFile | Inherited | ByDefault

export interface FromFile {
  kind: 'file'
  file: string
  line: number
  column: number
}

/** Written at another key of the config, and inherited from there. */
export interface Inherited {
  kind: 'inherited'
  /** The path of that key: `defaults.memory`, `env`. */
  from: string
  file: string
  line: number
  column: number
}

export interface ByDefault {
  kind: 'default'
  /** The system whose default it is, where that is not Gantry's own. */
  of?: string
}
