import { once } from 'node:events'

import type { RawData, WebSocket } from 'ws'

import { UserError } from '../../app/errors.ts'
import { openShell, type ShellWords } from '../../deploy/shell.ts'
import { frameOf, INPUT_WINDOW, type FromClient, type FromServer } from '../../deploy/shell-messages.ts'
import type { Shell } from '../../engine/shell.ts'
import { watchPeer } from '../shell-heartbeat.ts'
import { answerTo, BUG, type Failure } from './failure.ts'
import type { Call } from './route.ts'
import { parseMessage } from './shell-input.ts'

/** How long a client may take to say what it wants, and to leave when all is said, in ms. */
const PATIENCE = 10_000

/** Statuses of RFC 6455, 7.4.1. */
const NORMAL = 1000
const AGAINST_THE_RULES = 1008

/** One WebSocket, from its first message to its end: whichever side ends, the other one does. */
export class ShellSession {
  readonly #socket: WebSocket
  readonly #call: Call
  /** Fires when nobody is there any more, or the server stops. */
  readonly #signal: AbortSignal
  readonly #gone = new AbortController()
  #sending = 0
  /** Bytes that were typed and have not reached the command. */
  #waiting = 0
  #written: Promise<void> = Promise.resolve()

  constructor(socket: WebSocket, call: Call, closing: AbortSignal) {
    this.#socket = socket
    this.#call = call
    this.#signal = AbortSignal.any([this.#gone.signal, closing])
    socket.on('error', () => {})
    socket.on('close', () => this.#gone.abort())
  }

  /** Resolves when nothing of it is left. */
  async serve(): Promise<void> {
    const stopWatching = watchPeer(this.#socket, () => this.#sending > 0)
    try {
      const shell = await this.#open(await this.#asked())
      await this.#connect(shell)
    } catch (error) {
      const answer = answerTo(error)
      if (answer === null && !this.#signal.aborted)
        this.#call.context.log.error({ err: error }, 'shell failed')
      await this.#send({ type: 'failed', error: (answer?.body ?? (BUG.body as Failure)).error })
    } finally {
      stopWatching()
      this.#leave()
    }
  }

  async #asked(): Promise<ShellWords> {
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(PATIENCE)])
    const [data, isBinary] = (await once(this.#socket, 'message', { signal }).catch(() => {
      throw new UserError('nobody said what is to be opened')
    })) as [RawData, boolean]
    const message = isBinary ? null : parseMessage(textOf(data))
    if (message?.type !== 'open') throw new UserError('the first message says what is to be opened')
    const { type: _type, ...words } = message
    return words
  }

  async #open(words: ShellWords): Promise<Shell> {
    const { engine, of, identity, context } = this.#call
    const signal = this.#signal
    const notice = (text: string): void => void this.#send({ type: 'notice', text })
    const shell = await openShell(engine, of.id, words, identity.name, { signal, notice })
    try {
      const { kind, command, terminal } = words
      const where = words.kind === 'exec' ? { process: words.process } : {}
      context.audit.write(
        { who: identity.name, token: identity.id, app: of.app.name, action: `shell.${kind}` },
        { before: null, after: { id: shell.id, ...where, command, terminal: terminal !== null } },
      )
    } catch (error) {
      await shell.stop('it could not be written down who opened it')
      throw error
    }
    return shell
  }

  async #connect(shell: Shell): Promise<void> {
    const { log } = this.#call.context
    const stop = (): void => {
      const reason = this.#gone.signal.aborted ? 'whoever talked to it went away' : 'the server stopped'
      shell.stop(reason).catch((error: unknown) => log.error({ err: error }, 'shell not stopped'))
    }
    this.#signal.addEventListener('abort', stop, { once: true })
    if (this.#signal.aborted) stop()
    this.#socket.on('message', (data, isBinary) => this.#receive(shell, data, isBinary))
    try {
      await this.#send({ type: 'opened', id: shell.id })
      for await (const output of shell.output) await this.#send(frameOf(output))
    } finally {
      const result = await shell.result
      this.#signal.removeEventListener('abort', stop)
      await this.#send({ type: 'exited', exit_code: result.exit_code, reason: result.reason })
    }
  }

  #receive(shell: Shell, data: RawData, isBinary: boolean): void {
    try {
      if (isBinary) this.#type(shell, data as Buffer)
      else this.#obey(shell, parseMessage(textOf(data)))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      this.#socket.close(AGAINST_THE_RULES, error.message.slice(0, 100))
    }
  }

  #obey(shell: Shell, message: FromClient): void {
    if (message.type === 'resize') shell.resize(message)
    else if (message.type === 'end') void this.#written.then(() => shell.end())
    else throw new UserError('it was opened already')
  }

  /** The socket is always read: otherwise its end would not be seen. So a client must wait until what it sent is taken. */
  #type(shell: Shell, bytes: Buffer): void {
    this.#waiting += bytes.length
    if (this.#waiting > INPUT_WINDOW) throw new UserError('more was sent than may be on its way')
    this.#written = this.#writeAfter(this.#written, shell, bytes)
  }

  async #writeAfter(before: Promise<void>, shell: Shell, bytes: Buffer): Promise<void> {
    await before
    await shell.write(bytes)
    this.#waiting -= bytes.length
    await this.#send({ type: 'taken', bytes: bytes.length })
  }

  /** Resolves when it has left: what a command writes without end waits in its pipe, and not in memory. */
  async #send(message: FromServer | Buffer): Promise<void> {
    const data = Buffer.isBuffer(message) ? message : JSON.stringify(message)
    this.#sending += 1
    await new Promise<void>((resolve) => this.#socket.send(data, () => resolve()))
    this.#sending -= 1
  }

  #leave(): void {
    this.#socket.close(NORMAL)
    const timer = setTimeout(() => this.#socket.terminate(), PATIENCE)
    this.#socket.once('close', () => clearTimeout(timer))
  }
}

function textOf(data: RawData): string {
  return (data as Buffer).toString('utf8')
}
