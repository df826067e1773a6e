import type { IncomingMessage, ServerResponse } from 'node:http'

import { messageOf, UserError } from '../../app/errors.ts'
import type { Repository } from '../../git/repository.ts'
import { cleanLog } from '../../report/clean.ts'
import type { GitRequest } from './git-request.ts'
import { HookServer } from './hook-server.ts'
import type { Hook } from './hook-server.ts'
import { encodeAnswers, readPush } from './proc-receive.ts'
import type { RefAnswer, RefCommand } from './proc-receive.ts'
import { parsePushOptions } from './push-options.ts'
import type { PushOptions } from './push-options.ts'
import { READ_SETTINGS, receiveSettings } from './settings.ts'
import { advertise, rpc } from './smart-http.ts'

/** A push whose objects have arrived and whose refs have not moved. */
export interface Push {
  app: string
  by: string
  commands: RefCommand[]
  options: PushOptions
  atomic: boolean
  /** Shows text on the pusher's terminal, at once. Does nothing when the pusher is gone. */
  write(text: string): void
  /** Fires when the pusher's connection breaks. */
  disconnected: AbortSignal
}

/** Whose repository a request is about. The caller has found it by name and authorised the request. */
export interface GitTarget {
  app: string
  repository: Repository
  /** Who pushes, for reflogs and people: a token's name. */
  by: string
}

export interface PushReceiverOptions {
  /** Where to listen for hooks: a path in a folder of this user alone. */
  hookSocket: string
  /**
   * Decides about a push, moves refs, and says what became of each. When it rejects, all refs are refused: with the
   * message of a UserError, or with a sentence that gives nothing away.
   */
  onPush(push: Push): Promise<Map<string, RefAnswer>>
  /** What went wrong on our side, for the server's log. */
  onFailure(error: unknown): void
  /** Bytes of one push; default 512 MiB. */
  maxInputSize?: number
  /** Seconds without a byte, in either direction, after which a client counts as gone; default 60. */
  idleTimeout?: number
}

const MEBIBYTE = 1024 ** 2
/** For what comes before a pack, and for the requests of fetches. */
const MAX_HEADER = 32 * MEBIBYTE

/** Serves git repositories over HTTP. No ref moves but by `onPush`. */
export class PushReceiver {
  readonly #hooks: HookServer
  readonly #options: Required<PushReceiverOptions>

  constructor(options: PushReceiverOptions) {
    this.#options = { maxInputSize: 512 * MEBIBYTE, idleTimeout: 60, ...options }
    this.#hooks = new HookServer(options.hookSocket)
  }

  /** Begins to listen for hooks; before that no push can be received. */
  listen(): Promise<void> {
    return this.#hooks.listen()
  }

  /** Ends the connections to all hooks: pushes that wait for an answer are refused. */
  close(): Promise<void> {
    return this.#hooks.close()
  }

  /** Answers a request. Never rejects. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    { service, step }: GitRequest,
    target: GitTarget,
  ): Promise<void> {
    try {
      if (step === 'advertise') await advertise(request, response, service, target.repository)
      else if (service === 'git-upload-pack') await this.#fetch(request, response, target)
      else await this.#push(request, response, target)
    } catch (error) {
      this.#options.onFailure(error)
      if (!response.writableEnded) response.destroy()
    }
  }

  async #fetch(request: IncomingMessage, response: ServerResponse, target: GitTarget): Promise<void> {
    const served = { settings: READ_SETTINGS, variables: {}, by: target.by }
    const limits = { size: MAX_HEADER, idle: this.#options.idleTimeout * 1000 }
    await rpc(request, response, 'git-upload-pack', target.repository, served, limits)
  }

  async #push(request: IncomingMessage, response: ServerResponse, target: GitTarget): Promise<void> {
    const gone = new AbortController()
    const leave = () => {
      if (!response.writableFinished) gone.abort(new Error('the pusher disconnected'))
    }
    if (response.destroyed) leave()
    else response.once('close', leave)
    // A request without commands, which git sends to try the connection, starts no hook.
    const expected = this.#hooks.expect((hook) => this.#serve(hook, target, gone.signal))
    const { maxInputSize, idleTimeout } = this.#options
    const served = {
      settings: receiveSettings(maxInputSize),
      variables: { GANTRY_HOOK_SOCKET: this.#hooks.path, GANTRY_PUSH: expected.id },
      by: target.by,
    }
    const limits = { size: maxInputSize + MAX_HEADER, idle: idleTimeout * 1000 }
    try {
      await rpc(request, response, 'git-receive-pack', target.repository, served, limits)
    } finally {
      expected.forget()
    }
  }

  async #serve(hook: Hook, target: GitTarget, disconnected: AbortSignal): Promise<void> {
    try {
      const { commands, options, atomic } = await readPush(hook.input, (bytes) => hook.stdout(bytes))
      const answers = await this.#decide(options, {
        app: target.app,
        by: target.by,
        commands: commands.map(({ ref, from, to }) => ({ ref, from, to })),
        atomic,
        write: (text) => hook.stderr(cleanLines(text)),
        disconnected,
      })
      hook.stdout(encodeAnswers(commands, answers))
      hook.exit(0)
    } catch (error) {
      // The hook is told nothing, so it fails and git refuses the push.
      this.#options.onFailure(error)
    }
  }

  async #decide(options: readonly string[], push: Omit<Push, 'options'>): Promise<Map<string, RefAnswer>> {
    try {
      return await this.#options.onPush({ ...push, options: parsePushOptions(options) })
    } catch (error) {
      if (!(error instanceof UserError)) this.#options.onFailure(error)
      const reason = error instanceof UserError ? sentence(error) : 'the server failed: its log says more'
      return new Map(push.commands.map(({ ref }) => [ref, { ok: false, reason }]))
    }
  }
}

/** Git writes what it gets to the terminal of whoever pushes. */
function cleanLines(text: string): string {
  const lines = text.split('\n')
  return lines.map((line) => cleanLog(line, true)).join('\n')
}

function sentence(error: UserError): string {
  return error.hint === undefined ? messageOf(error) : `${error.message}: ${error.hint}`
}
