import { readFileSync } from 'node:fs'

/** proc_net_tcp(5): the state of a socket that listens. */
const LISTEN = '0A'

/** The users that listen on a port of this machine, on whatever address. Empty where /proc does not tell. */
export function listenersOn(port: number): number[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    linesOf(file).flatMap((line) => {
      const [, local = '', , state, , , , uid] = line.trim().split(/\s+/)
      return state === LISTEN && local.endsWith(`:${wanted}`) ? [Number(uid)] : []
    }),
  )
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(1)
  } catch {
    return []
  }
}
