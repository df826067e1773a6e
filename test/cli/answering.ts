import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'

import { onTestFinished } from 'vitest'

import { Client } from '../../src/cli/client.ts'

/** Listens until the test is over. */
export async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

type Judge = (accepted: boolean) => Promise<void>

/** A client with a token; `judge` is told whether that is taken. */
export function clientAt(url: string, judge: Judge | null = null): Client {
  const name = `${url} (GANTRY_SERVER)`
  return new Client({ kind: 'remote', url, name, token: 'gantry_t', tokenSource: 'GANTRY_TOKEN', judge })
}

/** A client of something that answers like this, on a port. */
export async function clientOf(answer: RequestListener, judge: Judge | null = null): Promise<Client> {
  return clientAt(`http://127.0.0.1:${await portOf(createServer(answer))}`, judge)
}
