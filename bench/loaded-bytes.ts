/**
 * Loaded before a program, `node --import loaded-bytes.ts`: when that ends, the size of all JavaScript that it has loaded is in the
 * file that LOADED_BYTES names.
 */
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

let bytes = 0
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const { source } = loaded
    if (url.startsWith('file:') && source !== null && source !== undefined) bytes += Buffer.byteLength(source)
    return loaded
  },
})
process.on('exit', () => writeFileSync(process.env['LOADED_BYTES']!, String(bytes)))
