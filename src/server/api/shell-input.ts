import { z } from 'zod'

import { UserError } from '../../app/errors.ts'
import type { FromClient } from '../../deploy/shell-messages.ts'
import { Name, parse, RunSet, Text } from './input.ts'

const Size = { columns: z.number().int().min(1).max(10_000), rows: z.number().int().min(1).max(10_000) }
const Command = z.string().min(1).max(100_000)
const Terminal = z
  // As terminfo(5) names them: the type gets into the environment of the command.
  .strictObject({ ...Size, type: z.string().regex(/^[\w.+-]{1,64}$/, 'not a type of terminal') })
  .nullable()
  .default(null)

const Open = {
  run: z.strictObject({
    type: z.literal('open'),
    kind: z.literal('run'),
    terminal: Terminal,
    command: Command,
    set: RunSet,
  }),
  exec: z.strictObject({
    type: z.literal('open'),
    kind: z.literal('exec'),
    terminal: Terminal,
    process: Name,
    instance: Text.nullable().default(null),
    command: Command.nullable().default(null),
  }),
}
const Resize = z.strictObject({ type: z.literal('resize'), ...Size })
const End = z.strictObject({ type: z.literal('end') })

/**
 * Reads a message of a client.
 *
 * @throws UserError for what is none
 */
export function parseMessage(text: string): FromClient {
  const { type, kind } = objectIn(text)
  if (type === 'resize') return parse(Resize, objectIn(text))
  if (type === 'end') return parse(End, objectIn(text))
  if (type !== 'open') throw new UserError('a message has the type open, resize or end')
  return kind === 'exec' ? parse(Open.exec, objectIn(text)) : parse(Open.run, objectIn(text))
}

function objectIn(text: string): { type?: unknown; kind?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // As what is no object.
  }
  throw new UserError('a message is a JSON object')
}
