import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

/**
 * Copies a process's output to a response, at the speed of the response, and goes on reading when nobody takes it any
 * more. A pipe would stop reading then, and the process would wait for ever with a full one (git-push.md E5).
 *
 * @param idle milliseconds after which a client that takes nothing counts as gone
 */
export async function relay(output: Readable, response: ServerResponse, idle: number): Promise<void> {
  response.on('error', () => {})
  output.on('data', (chunk: Buffer) => {
    if (response.destroyed || response.writableEnded || response.write(chunk)) return
    output.pause()
    const proceed = () => {
      clearTimeout(timer)
      response.off('drain', proceed).off('close', proceed)
      output.resume()
    }
    const timer = setTimeout(() => response.destroy(), idle)
    response.on('drain', proceed).on('close', proceed)
  })
  await new Promise<void>((resolve) => {
    output.once('close', resolve)
  })
}
