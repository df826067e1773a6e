import type { Logger } from 'pino'

import type { Clock } from '../app/clock.ts'
import type { Apps } from './apps.ts'
import type { Audit } from './audit.ts'
import type { Deployments } from './deployments.ts'
import type { Engines } from './engines.ts'
import type { Idempotency } from './idempotency.ts'
import type { Operations } from './operations.ts'
import type { RefMoves } from './ref-moves.ts'
import type { ShellDoor } from './shell-door.ts'
import type { Tokens } from './tokens.ts'

/** What the server's routes and doors share. */
export interface Context {
  engines: Engines
  clock: Clock
  apps: Apps
  tokens: Tokens
  audit: Audit
  idempotency: Idempotency
  deployments: Deployments
  operations: Operations
  refMoves: RefMoves
  shells: ShellDoor
  log: Logger
  /** Where it is reached, and which Gantry it is. */
  server: { url: string; version: string }
  /** Where a browser finds an app's process: `http://hello.localhost:8080`. Null: the one for the app itself. */
  addressOf: (app: string, process: string | null) => string
}
