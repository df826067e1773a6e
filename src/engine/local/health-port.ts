import { get } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

import { messageOf } from '../../app/errors.ts'
import { dial, loopback } from './loopback.ts'

/** How long a connection must last, in ms: the port of a container accepts before anything listens in there. */
const STEADY = 50

/** Resolves when a port of this machine accepts a connection and keeps it. */
export async function probePort(port: number, signal: AbortSignal): Promise<void> {
  const socket = await dial(port, signal)
  try {
    await Promise.race([delay(STEADY), closed(socket)])
  } finally {
    socket.destroy()
  }
}

function closed(socket: Socket): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(Object.assign(new Error('closed at once'), { code: 'ECONNABORTED' }))
    socket.once('end', fail).once('close', fail).resume()
  })
}

/** Resolves on 2xx and 3xx, which are well for load balancers too. A redirect is not followed. */
export function probePath(path: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({
      ...loopback(port),
      path,
      signal,
      // A connection of its own: one that was kept open says nothing about a new one.
      agent: false,
      headers: { 'User-Agent': 'gantry-health' },
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const status = response.statusCode ?? 0
      // Read to its end, so that the process sees no broken connection; the signal ends one without end.
      response.on('error', () => {})
      response.resume()
      if (status >= 200 && status < 400) resolve()
      else reject(new Error(`GET ${path} answered ${status}`))
    })
  })
}

/** What went wrong with a port, for people. */
export function portFailure(error: unknown, port: number | null): string {
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'ECONNREFUSED') return `connection refused on port ${port}`
  if (code === 'ECONNABORTED') return `connection closed at once on port ${port}`
  if (code === 'ECONNRESET') return `connection closed without an answer on port ${port}`
  if (typeof code === 'string' && code.startsWith('HPE_')) return `no HTTP answer on port ${port}`
  return messageOf(error)
}
