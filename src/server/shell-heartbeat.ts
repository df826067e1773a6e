import type { WebSocket } from 'ws'

/** How often the other side is asked whether it is there, in ms. */
const INTERVAL = 15_000

/**
 * Ends a WebSocket whose other side is gone without a word. One that has something to read and does not read it cannot
 * answer either, and may have its reasons, as `gantry exec … | less` has: TCP finds out whether it is there.
 *
 * @param isBusy whether something was sent that has not left yet
 * @returns what ends the watching
 */
export function watchPeer(socket: WebSocket, isBusy: () => boolean): () => void {
  let answered = true
  socket.on('pong', () => (answered = true))
  const timer = setInterval(() => {
    if (!answered && !isBusy()) socket.terminate()
    answered = false
    socket.ping()
  }, INTERVAL)
  return () => clearInterval(timer)
}
