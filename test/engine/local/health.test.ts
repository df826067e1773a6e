import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type ListenOptions, type Server } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { HealthCheck } from '../../../src/app/app.ts'
import { portAccepts, probe, type ProbeResult, type ProbeTarget } from '../../../src/engine/local/health.ts'

const servers: Server[] = []
let folder: string
const never = new AbortController().signal

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-health-'))
})
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
    if (server.listening) await close(server)
  }
  await rm(folder, { recursive: true })
})

async function listen(server: Server, options: ListenOptions = {}): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1', ...options }, resolve)
  })
  return (server.address() as AddressInfo).port
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
const http = (handler: RequestListener): Promise<number> => listen(createHttpServer(handler))

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await close(server)
  return port
}

function ask(
  check: Partial<Pick<HealthCheck, 'path' | 'command' | 'tcp' | 'timeout'>>,
  target: Partial<ProbeTarget> = {},
  signal = never,
): Promise<ProbeResult> {
  return probe(
    { path: null, command: null, tcp: false, timeout: 10, ...check },
    { port: null, cwd: folder, env: { PATH: process.env['PATH']! }, user: null, ...target },
    signal,
  )
}

describe('a path', () => {
  it.each([200, 204, 301, 302, 399])(
    'is well when it answers %i, without a redirect being followed',
    async (status) => {
      const asked: string[] = []
      const port = await http((req, res) => {
        asked.push(`${req.method} ${req.url} ${req.headers['user-agent']}`)
        res.writeHead(status, { location: '/elsewhere' }).end()
      })
      expect(await ask({ path: '/healthz?deep=1' }, { port })).toEqual({ ok: true })
      expect(asked).toEqual(['GET /healthz?deep=1 gantry-health'])
    },
  )

  it.each([400, 404, 500, 503])('is not well when it answers %i', async (status) => {
    const port = await http((_req, res) => res.writeHead(status).end('trouble'))
    expect(await ask({ path: '/healthz' }, { port })).toEqual({
      ok: false,
      reason: `GET /healthz answered ${status}`,
    })
  })

  it('is well as soon as it answers, whatever the length of the body', async () => {
    const port = await http((_req, res) => {
      res.write('x'.repeat(1_000_000))
    })
    expect(await ask({ path: '/', timeout: 60 }, { port })).toEqual({ ok: true })
  })

  it('uses a new connection each time', async () => {
    const ports = new Set<number | undefined>()
    const port = await http((req, res) => {
      ports.add(req.socket.remotePort)
      res.end(req.headers.connection)
    })
    for (let n = 0; n < 3; n++) await ask({ path: '/' }, { port })
    expect(ports.size).toBe(3)
  })

  it('says that nothing listens', async () => {
    const port = await freePort()
    expect(await ask({ path: '/' }, { port })).toEqual({
      ok: false,
      reason: `connection refused on port ${port}`,
    })
  })

  it('says that no answer came in time', async () => {
    const port = await http(() => {})
    expect(await ask({ path: '/', timeout: 0.05 }, { port })).toEqual({
      ok: false,
      reason: 'no answer within 0.05 s',
    })
  })

  it('says that the connection was closed, and that the answer is no HTTP', async () => {
    const closing = await listen(createServer((socket) => socket.once('data', () => socket.end())))
    expect(await ask({ path: '/' }, { port: closing })).toEqual({
      ok: false,
      reason: `connection closed without an answer on port ${closing}`,
    })
    const greeting = await listen(createServer((socket) => socket.resume().end('SSH-2.0-x\r\n')))
    expect(await ask({ path: '/' }, { port: greeting })).toEqual({
      ok: false,
      reason: `no HTTP answer on port ${greeting}`,
    })
  })

  it('stops waiting when the signal fires', async () => {
    const stop = new AbortController()
    const port = await http(() => stop.abort())
    expect(await ask({ path: '/' }, { port }, stop.signal)).toEqual({ ok: false, reason: 'cancelled' })
    expect(await ask({ path: '/' }, { port }, stop.signal)).toEqual({ ok: false, reason: 'cancelled' })
  })

  it('needs a port', async () => {
    expect(await ask({ path: '/' })).toEqual({ ok: false, reason: 'the process has no port' })
  })
})

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some((each) => each.address === '::1'))

describe('a port', () => {
  it('is well when it accepts, on whatever family', async () => {
    const hosts = hasIpv6 ? ['127.0.0.1', '::1', '0.0.0.0', '::'] : ['127.0.0.1', '0.0.0.0']
    for (const host of hosts) {
      const port = await listen(createServer(), { host })
      expect(await ask({ tcp: true }, { port })).toEqual({ ok: true })
      expect(await portAccepts(port, never)).toBe(true)
    }
  })

  it('is not well when nothing listens', async () => {
    const port = await freePort()
    expect(await ask({ tcp: true }, { port })).toEqual({
      ok: false,
      reason: `connection refused on port ${port}`,
    })
    expect(await portAccepts(port, never)).toBe(false)
  })

  it('is not well when it accepts and closes at once, as the port of a container does before its process listens', async () => {
    const port = await listen(createServer((socket) => socket.end()))
    expect(await ask({ tcp: true }, { port })).toEqual({
      ok: false,
      reason: `connection closed at once on port ${port}`,
    })
    expect(await portAccepts(port, never)).toBe(false)
  })

  it('does not accept once the signal has fired', async () => {
    const port = await listen(createServer())
    expect(await portAccepts(port, AbortSignal.abort())).toBe(false)
  })
})

describe('a command', () => {
  it('is well when it ends with 0', async () => {
    expect(await ask({ command: ['true'] })).toEqual({ ok: true })
    expect(await ask({ command: 'test -n "$PATH" && exit 0' })).toEqual({ ok: true })
  })

  it('runs in the folder and with the environment that are given, and no other', async () => {
    await ask(
      { command: 'pwd > out; env >> out' },
      { env: { PATH: process.env['PATH']!, PORT: '20123' }, port: 20_123 },
    )
    const [cwd, ...env] = (await readFile(join(folder, 'out'), 'utf8')).trim().split('\n')
    expect(cwd).toBe(folder)
    expect(env).toContain('PORT=20123')
    expect(env.filter((each) => !/^(PATH|PORT|PWD|SHLVL|_|OLDPWD)=/.test(each))).toEqual([])
  })

  it('says how it ended and its last line of output', async () => {
    expect(await ask({ command: 'echo one; echo "  two  " >&2; echo; exit 3' })).toEqual({
      ok: false,
      reason: 'exit 3: two',
    })
    expect(await ask({ command: ['false'] })).toEqual({ ok: false, reason: 'exit 1' })
    expect(await ask({ command: 'kill -9 $$' })).toEqual({ ok: false, reason: 'signal SIGKILL' })
  })

  it('says that it cannot be started', async () => {
    expect(await ask({ command: ['no-such-program'] })).toEqual({
      ok: false,
      reason: expect.stringContaining('cannot start the command'),
    })
    expect(await ask({ command: ['true'] }, { cwd: join(folder, 'gone') })).toMatchObject({ ok: false })
    expect(await ask({ command: [] })).toMatchObject({ ok: false })
  })

  it('is killed with all that it started when it takes too long', async () => {
    const reason = 'no answer within 0.8 s'
    expect(await ask({ command: 'sleep 99 & echo $! > pid; wait', timeout: 0.8 })).toEqual({
      ok: false,
      reason,
    })
    await expectGone()
  })

  it('leaves nothing behind when it ends, and does not wait for what it started', async () => {
    expect(await ask({ command: 'sleep 99 & echo $! > pid; exit 0' })).toEqual({ ok: true })
    await expectGone()
    expect(await ask({ command: 'sleep 99 & echo $! > pid; echo why; exit 1' })).toEqual({
      ok: false,
      reason: 'exit 1: why',
    })
    await expectGone()
  })

  it('is killed when the signal fires', async () => {
    const stop = new AbortController()
    const port = await http((_req, res) => {
      stop.abort()
      res.end()
    })
    const fetching = `fetch("http://127.0.0.1:${port}").then(() => setTimeout(() => {}, 99_000))`
    const asking = ask({ command: [process.execPath, '-e', fetching] }, {}, stop.signal)
    expect(await asking).toEqual({ ok: false, reason: 'cancelled' })
  })

  it.skipIf(process.getuid?.() !== 0)('runs as the user that is given', async () => {
    await writeFile(join(folder, 'secret'), 'x', { mode: 0o600 })
    const result = await ask({ command: 'id -u; exit 1' }, { user: { uid: 64_123, gid: 64_123 }, cwd: '/' })
    expect(result).toEqual({ ok: false, reason: 'exit 1: 64123' })
  })

  /** A killed process may be a zombie for a moment, until its new parent has seen it. */
  async function expectGone(): Promise<void> {
    const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim()
    await expect
      .poll(() =>
        readFile(`/proc/${pid}/stat`, 'utf8').then(
          (stat) => stat.split(') ')[1]![0],
          () => 'gone',
        ),
      )
      .toMatch(/gone|Z|X/)
  }
})
