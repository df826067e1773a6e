import type { TerminalSize } from '../shell.ts'

/** What the process that holds a terminal is told. `release`: nobody else is going to open it. */
export type ToHost = ({ type: 'resize' } & TerminalSize) | { type: 'release' }

/** What it tells. */
export type FromHost = { type: 'opened'; path: string } | { type: 'failed'; message: string }
