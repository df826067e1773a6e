import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'

import { execa } from 'execa'

import { World, type Checkout } from '../test/e2e/world.ts'
import { median, ms, type Measure } from './report.ts'

const MIB = 1024 ** 2
const ROUNDS: Record<number, number> = { 1: 5, 10: 5, 100: 3 }
const BUDGET_RATIO = 1.2
const BUDGET_GROWTH_MIB = 40

/**
 * A tag is pushed: it is received, checked and stored like any commit, and deploys nothing. The baseline is git's own
 * CGI program behind the shortest server that can run it, with the same checks of objects.
 */
export async function measureReceive(): Promise<Measure[]> {
  await using world = await World.create()
  const checkout = await world.createApp('shop')
  const bare = join(world.folder, 'bare.git')
  await execa('git', ['init', '--quiet', '--bare', bare])
  for (const [key, value] of [
    ['http.receivepack', 'true'],
    ['transfer.fsckObjects', 'true'],
    ['receive.autogc', 'false'],
  ] as const) {
    await execa('git', ['-C', bare, 'config', key, value])
  }
  const backend = await serveBackend(world.folder)
  const { port } = backend.address() as AddressInfo
  const measures: Measure[] = []
  for (const [size, rounds] of Object.entries(ROUNDS)) {
    const ours: number[] = []
    const baseline: number[] = []
    const before = peakMemory(world.pid)
    for (let round = 0; round < rounds; round += 1) {
      const tag = await tagged(checkout, Number(size), round)
      ours.push(await timedPush(checkout, checkout.remote, tag))
      baseline.push(await timedPush(checkout, `http://127.0.0.1:${port}/bare.git`, tag))
    }
    const ratio = median(ours) / median(baseline)
    const growth = peakMemory(world.pid) - before
    measures.push({
      what: `${size} MB`,
      value: `${ms(median(ours))}, server grew by ${growth.toFixed(0)} MiB`,
      against: `git http-backend ${ms(median(baseline))} (× ${ratio.toFixed(2)})`,
      budget: size === '100' ? `× ${BUDGET_RATIO}, memory flat` : '',
      ok: size !== '100' || (ratio <= BUDGET_RATIO && growth <= BUDGET_GROWTH_MIB),
    })
  }
  backend.close()
  return measures
}

async function tagged(checkout: Checkout, size: number, round: number): Promise<string> {
  await writeFile(join(checkout.folder, 'blob.bin'), randomBytes(size * MIB))
  await checkout.git('checkout', '--quiet', '--orphan', `size-${size}-${round}`)
  await checkout.commit({})
  const tag = `t-${size}-${round}`
  await checkout.git('tag', tag)
  return `refs/tags/${tag}`
}

async function timedPush(checkout: Checkout, remote: string, tag: string): Promise<number> {
  const began = performance.now()
  await checkout.git('push', '--quiet', remote, tag)
  return performance.now() - began
}

/** High-water mark of resident memory, in MiB. */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

async function serveBackend(root: string): Promise<Server> {
  const server = createServer((request, response) => runBackend(root, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** The CGI protocol, as far as git http-backend needs it. */
function runBackend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      REMOTE_USER: 'bench',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      ...(request.headers['content-length'] === undefined
        ? {}
        : { CONTENT_LENGTH: request.headers['content-length'] }),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  request.pipe(child.stdin)
  let head = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk)
      return
    }
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return
    const lines = head.subarray(0, end).toString().split('\r\n')
    const headers = Object.fromEntries(lines.map((line) => line.split(': ', 2) as [string, string]))
    const { Status: status = '200', ...rest } = headers
    response.writeHead(Number.parseInt(status, 10), rest)
    response.write(head.subarray(end + 4))
  })
  child.stdout.on('end', () => response.end())
}
