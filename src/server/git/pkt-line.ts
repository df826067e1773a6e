import type { ByteReader } from '../../git/byte-reader.ts'

/** Ends a section of packets. */
export const FLUSH = Buffer.from('0000')

const HEADER = 4
const MAX_PAYLOAD = 65_516

/** One packet: four hex digits of length, themselves counted, and the payload (gitprotocol-common). */
export function packet(payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload as string)
  if (bytes.length > MAX_PAYLOAD) throw new Error('a packet holds 65,516 bytes at most')
  const length = (bytes.length + HEADER).toString(16).padStart(HEADER, '0')
  return Buffer.concat([Buffer.from(length), bytes])
}

/** The payload of the next packet without the newline that may end it, or null for a flush. */
export async function readPacket(reader: ByteReader): Promise<Buffer | null> {
  const header = (await reader.bytes(HEADER)).toString('latin1')
  const length = /^[0-9a-f]{4}$/i.test(header) ? Number.parseInt(header, 16) : Number.NaN
  if (length === 0) return null
  // 1 to 3 delimit sections in protocol 2, which pushes do not use.
  if (!(length >= HEADER)) throw new Error(`${JSON.stringify(header)} is not the length of a packet`)
  const payload = await reader.bytes(length - HEADER)
  return payload.at(-1) === 0x0a ? payload.subarray(0, -1) : payload
}
