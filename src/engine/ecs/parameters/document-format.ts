import { createHash, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'

import { UserError } from '../../../app/errors.ts'

/**
 * How a JSON value is written into parameters: salt, then brotli as base64, cut into parts. The first part, the head, begins
 * with `<format>.<parts>.<hash>.`; the others are named after the hash, so that a head never points to parts of another value.
 * The salt makes it another hash with every write: the name of a part that was deleted does not come again, for which SSM
 * wants half a minute (`parameter-store.ts`).
 */
const FORMAT = 1
const HEAD = /^(\d+)\.(\d+)\.([0-9a-f]{16})\.([\w+/=-]*)$/

/** Characters of one parameter: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const PART_LENGTH = 8_192
/** Characters. */
const SALT = 8
/** More than any document comes to; who can write parameters must not be able to fill the memory of who reads them. */
const LONGEST = 64 * 1_024 * 1_024

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

export interface Head {
  parts: number
  hash: string
  chunk: string
}

export interface Encoded {
  head: string
  hash: string
  /** The others, by number: the second part is the first of these. */
  rest: string[]
}

export async function encode(value: unknown): Promise<Encoded> {
  const json = Buffer.from(JSON.stringify(value))
  const body = await compress(json, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: json.length,
    },
  })
  const text = randomBytes(SALT).toString('base64url').slice(0, SALT) + body.toString('base64')
  const hash = hashOf(text)
  const prefix = (parts: number): string => `${FORMAT}.${parts}.${hash}.`
  // The number of parts is in the prefix: with room for its widest, it does not depend on itself.
  const first = PART_LENGTH - prefix(9_999).length
  const rest = Array.from(
    { length: Math.max(0, Math.ceil((text.length - first) / PART_LENGTH)) },
    (_, index) => text.slice(first + index * PART_LENGTH, first + (index + 1) * PART_LENGTH),
  )
  return { head: `${prefix(rest.length + 1)}${text.slice(0, first)}`, hash, rest }
}

/** Throws a UserError for what is not a head of this format. */
export function readHead(name: string, text: string): Head {
  const [, format, parts, hash, chunk] = HEAD.exec(text) ?? []
  if (Number(/^(\d+)\./.exec(text)?.[1]) > FORMAT) throw newer(name)
  if (Number(format) !== FORMAT || !(Number(parts) >= 1)) throw damaged(name)
  return { parts: Number(parts), hash: hash!, chunk: chunk! }
}

/** The names of the parts after the head. */
export function partNames(name: string, { hash, parts }: Pick<Head, 'hash' | 'parts'>): string[] {
  return Array.from({ length: parts - 1 }, (_, index) => `${name}.${hash}.${index + 2}`)
}

/** The document and the hash that the name of a part has; null for any other name. */
export function readPartName(name: string): { head: string; hash: string } | null {
  const [, head, hash] = /^(.+)\.([0-9a-f]{16})\.\d+$/.exec(name) ?? []
  return head === undefined ? null : { head, hash: hash! }
}

/** The value; null when a part is not there or not of this value. Throws a UserError when it was never one. */
export async function decode<T>(
  name: string,
  head: Head,
  rest: readonly (string | undefined)[],
): Promise<{ value: T } | null> {
  const text = [head.chunk, ...rest].join('')
  if (rest.includes(undefined) || hashOf(text) !== head.hash) return null
  try {
    const json = await decompress(Buffer.from(text.slice(SALT), 'base64'), { maxOutputLength: LONGEST })
    return { value: JSON.parse(json.toString()) as T }
  } catch {
    throw damaged(name)
  }
}

export function damaged(name: string): UserError {
  return new UserError(`the parameter ${name} is damaged`, {
    hint: `put an earlier version of it back: SSM keeps 100, \`aws ssm get-parameter-history --name ${name}\` shows them`,
  })
}

export function newer(name: string): UserError {
  return new UserError(`the parameter ${name} was written by a newer version of Gantry`, {
    hint: 'update Gantry here, or use the version that wrote it',
  })
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
