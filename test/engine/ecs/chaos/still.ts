import { syncBuiltinESMExports } from 'node:module'
import zlib, { type BrotliOptions } from 'node:zlib'

type Done = (error: Error | null, result: Buffer) => void

const { BROTLI_PARAM_QUALITY, BROTLI_MIN_QUALITY } = zlib.constants

/**
 * From when this is imported, which must be first, what compresses does so on this thread, and not for long: time by a
 * virtual clock goes on while another thread works, and then no two runs would be alike.
 */
Object.assign(zlib, {
  brotliCompress: (data: Buffer, { params }: BrotliOptions, done: Done) => {
    const quick = { params: { ...params, [BROTLI_PARAM_QUALITY]: BROTLI_MIN_QUALITY } }
    process.nextTick(done, null, zlib.brotliCompressSync(data, quick))
  },
  brotliDecompress: (data: Buffer, options: BrotliOptions, done: Done) =>
    process.nextTick(done, null, zlib.brotliDecompressSync(data, options)),
})
syncBuiltinESMExports()
