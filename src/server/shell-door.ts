import type { IncomingMessage } from 'node:http'

import { WebSocketServer, type WebSocket } from 'ws'

import { INPUT_WINDOW } from '../deploy/shell-messages.ts'
import type { Upgrade } from './upgrade.ts'

/** Each terminal is a process of its own. */
const MOST = 32

/** Talks with one client until it ends. Ends soon when the signal fires; never rejects. */
export type ShellServer = (socket: WebSocket, closing: AbortSignal) => Promise<void>

/** The WebSockets of people who talk to a command, as many as there are at a time. */
export class ShellDoor {
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: INPUT_WINDOW,
    perMessageDeflate: false,
  })
  readonly #sessions = new Set<Promise<void>>()
  readonly #closing = new AbortController()

  /** False while there is no room for another one, or the server stops. */
  get hasRoom(): boolean {
    return !this.#closing.signal.aborted && this.#sessions.size < MOST
  }

  accept(request: IncomingMessage, { socket, head }: Upgrade, serve: ShellServer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const session = serve(webSocket, this.#closing.signal)
      this.#sessions.add(session)
      void session.finally(() => this.#sessions.delete(session))
    })
  }

  /** Hangs up on all, and resolves when nothing runs behind it any more. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#sessions)
  }
}
