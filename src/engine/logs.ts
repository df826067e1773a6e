export interface LogQuery {
  /** Null: all. */
  process: string | null
  /** Only what this instance wrote; it may be long gone. */
  instance?: string
  /** ISO time: nothing that was written earlier. */
  since?: string
  /** ISO time: nothing that was written then or later. Nothing is followed beyond it. */
  before?: string
  follow: boolean
  /** How many of the last lines to begin with. */
  lines: number
  signal: AbortSignal
}

export interface LogLine {
  /** ISO time. */
  time: string
  /** `web.1-3f9c2a`, `web.1-3f9c2a/proxy` for what runs beside it, `task.migrate-77ab01`; on ecs `web/proxy-3f9c2a1b`. */
  instance: string
  stream: 'out' | 'err' | 'gantry'
  text: string
}
