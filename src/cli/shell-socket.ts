import { once } from 'node:events'

import type { RawData, WebSocket } from 'ws'

import { ConfigError, UserError } from '../app/errors.ts'
import type { ShellWords } from '../deploy/shell.ts'
import {
  INPUT_WINDOW,
  LONGEST_FRAME,
  outputOf,
  type FromClient,
  type FromServer,
  type ShellFailure,
} from '../deploy/shell-messages.ts'
import type { Shell, ShellIo, ShellResult, TerminalSize } from '../engine/shell.ts'
import { errorOf } from './answer-error.ts'
import { lost, unreachable } from './connection-error.ts'
import { webSocketTo, type Endpoint } from './endpoint.ts'
import { OutputQueue } from './shell-output-queue.ts'

/** A server asks every 15 s whether we are there, in ms. */
const LONGEST_SILENCE = 50_000

/** Has a server open a shell. Rejects as a request to it would. */
export async function openRemoteShell(
  endpoint: Endpoint,
  path: string,
  words: ShellWords,
  io: ShellIo,
): Promise<Shell> {
  const socket = await connect(endpoint, path)
  const shell = new RemoteShell(endpoint, socket, io)
  shell.send({ type: 'open', ...words })
  await shell.opened
  return shell
}

/** What needs it is loaded when it is needed. */
async function connect(endpoint: Endpoint, path: string): Promise<WebSocket> {
  const { WebSocket: Socket } = await import('ws')
  const { url, headers } = webSocketTo(endpoint, path)
  const socket = new Socket(url, { headers, perMessageDeflate: false })
  const refused = new Promise<never>((_resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      void (async () => {
        const content = Buffer.concat(await response.toArray().catch(() => [])).toString()
        reject(errorOf(endpoint, { status: response.statusCode ?? 0, headers: response.headers, content }))
        socket.terminate()
      })()
    })
  })
  try {
    await Promise.race([once(socket, 'open'), refused])
    return socket
  } catch (error) {
    throw error instanceof UserError ? error : unreachable(endpoint, error as NodeJS.ErrnoException)
  } finally {
    // From here on its end tells; an error without a listener would end the process.
    socket.on('error', () => {})
  }
}

/** A shell that a server has opened. */
class RemoteShell implements Shell {
  id = ''
  readonly opened: Promise<void>
  readonly result: Promise<ShellResult>
  readonly output: OutputQueue
  readonly #socket: WebSocket
  readonly #opened = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<ShellResult>()
  /** Bytes that the command has not taken yet. */
  #waiting = 0
  #taken: () => void = () => {}
  #stopped = false

  constructor(endpoint: Endpoint, socket: WebSocket, { signal, notice }: ShellIo) {
    this.#socket = socket
    this.opened = this.#opened.promise
    this.result = this.#ended.promise
    this.output = new OutputQueue(socket)
    // Whoever waits for one of them need not wait for the other.
    this.opened.catch(() => {})
    this.result.catch(() => {})
    const silence = setTimeout(() => {
      if (this.output.isFull) silence.refresh()
      else socket.terminate()
    }, LONGEST_SILENCE)
    socket.on('ping', () => silence.refresh())
    socket.on('message', (data, isBinary) => {
      silence.refresh()
      if (isBinary) this.output.push(outputOf(data as Buffer))
      else this.#hear(JSON.parse(textOf(data)) as FromServer, notice)
    })
    socket.on('close', () => {
      clearTimeout(silence)
      this.#fail(lost(endpoint, null))
    })
    const leave = (): void => socket.terminate()
    signal.addEventListener('abort', leave, { once: true })
    this.opened.then(() => signal.removeEventListener('abort', leave)).catch(() => {})
  }

  send(message: FromClient): void {
    this.#socket.send(JSON.stringify(message), () => {})
  }

  #hear(message: FromServer, notice: ShellIo['notice']): void {
    switch (message.type) {
      case 'notice':
        return notice(message.text)
      case 'opened':
        this.id = message.id
        return this.#opened.resolve()
      case 'taken':
        this.#waiting -= message.bytes
        return this.#taken()
      case 'exited':
        this.output.end()
        return this.#ended.resolve({ exit_code: message.exit_code, reason: message.reason })
      case 'failed':
        return this.#fail(errorIn(message.error))
    }
  }

  #fail(error: UserError): void {
    this.output.end()
    this.#opened.reject(error)
    if (this.#stopped) this.#ended.resolve({ exit_code: null, reason: 'stopped' })
    else this.#ended.reject(error)
    this.#taken()
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += LONGEST_FRAME) {
      const frame = bytes.subarray(at, at + LONGEST_FRAME)
      while (this.#isOpen && this.#waiting + frame.length > INPUT_WINDOW) {
        await new Promise<void>((resolve) => (this.#taken = resolve))
      }
      if (!this.#isOpen) return
      this.#waiting += frame.length
      this.#socket.send(frame, { binary: true }, () => {})
    }
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  end(): void {
    this.send({ type: 'end' })
  }

  resize({ columns, rows }: TerminalSize): void {
    this.send({ type: 'resize', columns, rows })
  }

  /** To leave is what ends it: the server sees to the rest. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#socket.close()
    await this.result.catch(() => {})
  }
}

function textOf(data: RawData): string {
  return (data as Buffer).toString('utf8')
}

function errorIn({ message, hint, diagnostics }: ShellFailure): UserError {
  if (diagnostics !== undefined) return new ConfigError(diagnostics)
  return new UserError(message, { hint: hint ?? undefined })
}
