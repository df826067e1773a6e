import type { BrotliOptions } from 'node:zlib'

type Done = (error: Error | null, result: Buffer) => void

const { brotliCompressSync, brotliDecompressSync, constants } = process.getBuiltinModule('node:zlib')
const { BROTLI_PARAM_QUALITY, BROTLI_MIN_QUALITY } = constants

export { constants }

// In place of `node:zlib`: on this thread, and not for long. Time by a virtual clock goes on while another thread works,
// and then no two runs would be alike.

export function brotliCompress(data: Buffer, { params }: BrotliOptions, done: Done): void {
  const quick = { params: { ...params, [BROTLI_PARAM_QUALITY]: BROTLI_MIN_QUALITY } }
  process.nextTick(done, null, brotliCompressSync(data, quick))
}

export function brotliDecompress(data: Buffer, options: BrotliOptions, done: Done): void {
  process.nextTick(done, null, brotliDecompressSync(data, options))
}
