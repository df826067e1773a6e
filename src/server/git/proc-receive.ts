import type { ByteReader } from '../../git/byte-reader.ts'
import { oneLine } from '../../git/hostile-text.ts'
import { isObjectId } from '../../git/object-id.ts'
import { FLUSH, packet, readPacket } from './pkt-line.ts'

/** One line of a push: what a ref is, as the pusher saw it, and what it shall be. Full names, zeros for no such ref. */
export interface RefCommand {
  ref: string
  from: string
  to: string
}

/** What the pusher is told about one ref. */
export type RefAnswer =
  | {
      ok: true
      /** What the ref is now, where it did not move to what was pushed. */
      newOid?: string
      /** Where the commit went instead of the ref: the pusher's git prints it and leaves its tracking branch alone. */
      instead?: string
    }
  | { ok: false; reason: string }

export interface ReceivedPush {
  atomic: boolean
  commands: ReceivedCommand[]
  /** As they came: any bytes but NUL, newlines and escapes too. */
  options: string[]
}

export interface ReceivedCommand extends RefCommand {
  /** The name exactly as git has it, for the answer: it need not be UTF-8. */
  rawRef: Buffer
}

/** More options than are ever allowed; those after it are read and forgotten. */
const OPTIONS_KEPT = 50
/** Bytes of commands and options together: about 40,000 refs. */
const MAX_REQUEST = 4 * 1024 ** 2

/**
 * The server's side of what git says to a proc-receive hook (githooks(5)): versions are agreed upon, then come commands
 * and, where the pusher sent some, push options.
 *
 * @throws when git does not follow the protocol
 */
export async function readPush(reader: ByteReader, send: (bytes: Buffer) => void): Promise<ReceivedPush> {
  const features = await readGreeting(reader)
  send(
    Buffer.concat([packet(`version=1\0${features.includes('push-options') ? 'push-options' : ''}`), FLUSH]),
  )

  const push: ReceivedPush = { atomic: features.includes('atomic'), commands: [], options: [] }
  let size = 0
  const section = async (take: (payload: Buffer) => void) => {
    for (let payload; (payload = await readPacket(reader)) !== null;) {
      size += payload.length
      if (size > MAX_REQUEST) throw new Error('more refs and push options than a push can have')
      take(payload)
    }
  }
  await section((payload) => push.commands.push(parseCommand(payload)))
  if (features.includes('push-options')) {
    await section((payload) => {
      if (push.options.length < OPTIONS_KEPT) push.options.push(payload.toString())
    })
  }
  return push
}

async function readGreeting(reader: ByteReader): Promise<string[]> {
  const greeting = (await readPacket(reader))?.toString() ?? ''
  if (!/^version=1(?:\0|$)/.test(greeting)) throw new Error(`git greets with ${oneLine(greeting)}`)
  if ((await readPacket(reader)) !== null) throw new Error('git says more than its version')
  return (greeting.split('\0')[1] ?? '').split(' ')
}

function parseCommand(payload: Buffer): ReceivedCommand {
  const [from = '', to = ''] = payload.toString('latin1').split(' ', 2)
  const rawRef = payload.subarray(from.length + to.length + 2)
  if (!isObjectId(from) || !isObjectId(to) || rawRef.length === 0) {
    throw new Error(`not a command: ${oneLine(payload.toString())}`)
  }
  return { from, to, ref: rawRef.toString(), rawRef }
}

/** The answers in the order of the commands; a command without one is refused. */
export function encodeAnswers(
  commands: readonly ReceivedCommand[],
  answers: ReadonlyMap<string, RefAnswer>,
): Buffer {
  const packets = commands.flatMap(({ ref, rawRef }) => {
    const answer = answers.get(ref) ?? { ok: false, reason: 'the server gave no answer' }
    if (!answer.ok) return [named('ng', rawRef, oneLine(answer.reason, 500) || 'refused')]
    return [
      named('ok', rawRef),
      ...(answer.instead === undefined ? [] : [packet(`option refname ${answer.instead}`)]),
      ...(answer.newOid === undefined ? [] : [packet(`option new-oid ${answer.newOid}`)]),
    ]
  })
  return Buffer.concat([...packets, FLUSH])
}

function named(word: string, ref: Buffer, reason?: string): Buffer {
  return packet(
    Buffer.concat([Buffer.from(`${word} `), ref, Buffer.from(reason === undefined ? '' : ` ${reason}`)]),
  )
}
