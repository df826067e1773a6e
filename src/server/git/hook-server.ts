import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'

import { UserError } from '../../app/errors.ts'
import { ByteReader } from '../../git/byte-reader.ts'

/** macOS allows 104 bytes with the NUL, Linux 108; a longer path would be cut silently. */
const MAX_SOCKET_PATH = 103
const ID_BYTES = 24
const ID_TIMEOUT_MS = 10_000
/** What may wait for a pusher who reads slowly, in bytes. */
const MAX_WAITING = 1024 ** 2

/** The hook process of one push, at the other end of the socket. */
export interface Hook {
  /** What git writes to the hook. */
  input: ByteReader
  /** To git. */
  stdout(bytes: Buffer): void
  /** To the pusher's terminal. Leaves text out, and says so, rather than let it pile up. */
  stderr(text: string): void
  exit(code: number): void
}

export interface ExpectedHook {
  /** What the hook must say first; works once. */
  id: string
  /** Nobody may come with this id any more. */
  forget(): void
}

/**
 * Where the proc-receive hooks of running pushes come in: a Unix socket for this user alone. A hook shows the random id
 * that the server gave to the git it started; every other connection is closed.
 *
 * Hook to server: the id, a newline, then the hook's standard input as it is. Server to hook: frames of a letter (`o`
 * for stdout, `e` for stderr, `x` to exit), four bytes of length, and that many bytes; for `x` one, the exit code.
 */
export class HookServer {
  readonly #path: string
  readonly #server: Server
  readonly #expected = new Map<string, (hook: Hook) => Promise<void>>()
  readonly #sockets = new Set<Socket>()

  constructor(path: string) {
    this.#path = path
    this.#server = createServer({ allowHalfOpen: true }, (socket) => void this.#accept(socket))
  }

  async listen(): Promise<void> {
    if (Buffer.byteLength(this.#path) > MAX_SOCKET_PATH) {
      throw new UserError(`the path of the server's socket is too long: ${this.#path}`, {
        hint: `give the server a home whose path is shorter; ${MAX_SOCKET_PATH} bytes are allowed`,
      })
    }
    // One left by a server that was killed.
    await rm(this.#path, { force: true })
    this.#server.listen(this.#path)
    await once(this.#server, 'listening')
    await chmod(this.#path, 0o600)
  }

  get path(): string {
    return this.#path
  }

  /** `serve` gets the hook that comes with the id. It must not reject. */
  expect(serve: (hook: Hook) => Promise<void>): ExpectedHook {
    const id = randomBytes(ID_BYTES).toString('hex')
    this.#expected.set(id, serve)
    return { id, forget: () => void this.#expected.delete(id) }
  }

  /** Ends all hooks; their pushers are told that the server went away. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    if (!this.#server.listening) return
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #accept(socket: Socket): Promise<void> {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    // A hook that is gone: what is read next says so, and what is written is dropped.
    socket.on('error', () => {})
    const input = new ByteReader(socket)
    const tooLate = setTimeout(() => socket.destroy(), ID_TIMEOUT_MS)
    const id = await input.line(ID_BYTES * 2).catch(() => null)
    clearTimeout(tooLate)
    const serve = this.#expected.get(id ?? '')
    this.#expected.delete(id ?? '')
    try {
      await serve?.({ input, ...writers(socket) })
    } finally {
      // Without an exit frame the hook tells its git that it failed.
      socket.destroySoon()
    }
  }
}

function writers(socket: Socket): Omit<Hook, 'input'> {
  let leftOut = false
  const frame = (type: 'o' | 'e' | 'x', payload: Buffer) => {
    const header = Buffer.alloc(5)
    header.write(type)
    header.writeUInt32BE(payload.length, 1)
    if (socket.writable) socket.write(Buffer.concat([header, payload]))
  }
  return {
    stdout: (bytes) => frame('o', bytes),
    stderr: (text) => {
      if (socket.writableLength > MAX_WAITING) {
        leftOut = true
        return
      }
      if (leftOut)
        frame('e', Buffer.from('(output was left out: it comes faster than your connection takes it)\n'))
      leftOut = false
      frame('e', Buffer.from(text))
    },
    exit: (code) => frame('x', Buffer.of(code)),
  }
}
