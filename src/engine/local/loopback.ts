import { connect, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net'

/**
 * How to connect to a port of this machine, whichever of IPv4 and IPv6 the process there listens on. The addresses are
 * given here because /etc/hosts often names only one of them.
 */
export function loopback(port: number): TcpNetConnectOpts {
  return {
    host: 'localhost',
    port,
    lookup,
    autoSelectFamily: true,
    // Who does not listen refuses at once. Who is slow to accept is busy: then the other family is no better.
    autoSelectFamilyAttemptTimeout: 60_000,
  }
}

/** A connection to a port of this machine. The signal ends the attempt, and does nothing once it has succeeded. */
export function dial(port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(loopback(port))
    const abort = (): void => void socket.destroy(signal.reason as Error)
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    // Stays for good: whoever uses the socket sees it close, and an error in between must not end the server.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', abort)
      reject(error)
    })
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort)
      // Where nothing listens on a port of the ephemeral range, the kernel may connect a socket to itself.
      if (socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress) {
        socket.destroy(Object.assign(new Error('connected to itself'), { code: 'ECONNREFUSED' }))
      } else resolve(socket)
    })
  })
}

const lookup: LookupFunction = (_hostname, _options, callback) => {
  callback(null, [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ])
}
