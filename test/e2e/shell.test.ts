import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'

import type { TaskRun } from '../../src/engine/task-run.ts'
import { shop, SHOP } from './apps.ts'
import { Person } from './person.ts'
import { isAlive, World, type Checkout } from './world.ts'

let world: World
let checkout: Checkout
beforeAll(async () => {
  world = await World.create()
  checkout = await world.createApp('shop')
  const { ok, output } = await checkout.deploy(shop('1', `defaults: {stop_timeout: 1s}${SHOP}`))
  expect(ok, output).toBe(true)
})
afterAll(() => world[Symbol.asyncDispose]())

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const person = (...args: string[]): Person =>
  new Person(args, { GANTRY_HOME: world.home, GANTRY_APP: 'shop' })
const latestRun = async (): Promise<TaskRun> => (await world.api<TaskRun[]>('GET', '/apps/shop/tasks'))[0]!
/** Of this app, those of the processes that were deployed left out. */
const guests = (): number[] =>
  world.inhabitants().filter((pid) => !/\.mjs/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')))

/** The command line without a terminal. */
function piped(args: string[], input: string | Buffer = '') {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], HOME: world.folder, GANTRY_HOME: world.home, GANTRY_APP: 'shop' },
  })
  child.stdin.on('error', () => {}).end(input)
  return child
}

async function answerOf(child: ReturnType<typeof piped>) {
  const [out, err, [code]] = await Promise.all([
    Array.fromAsync(child.stdout as AsyncIterable<Buffer>),
    Array.fromAsync(child.stderr as AsyncIterable<Buffer>),
    once(child, 'close') as Promise<[number]>,
  ])
  return { out: Buffer.concat(out), err: Buffer.concat(err).toString(), code }
}

describe('`gantry run` at a terminal', () => {
  it('gives a session in a fresh instance: keys, size, colours, Ctrl-C and exit code are those of the command [TT-18]', async () => {
    using somebody = person('run', 'bash --norc')
    await somebody.until(/\$ /)
    somebody.type('stty size; echo "$TERM $GANTRY_PROCESS" $PWD\r')
    await somebody.until(/\r40 100\r\nxterm-256color task\.run \/.*\/images\//)
    somebody.resize(72, 21)
    await expect
      .poll(() => {
        somebody.type('stty size\r')
        return somebody.seen
      })
      .toMatch(/\r21 72\r/)
    somebody.type('echo begins; sleep 600\r')
    await somebody.until(/\rbegins\r/)
    somebody.type('\x03')
    await somebody.until(/\^C[^]*\$ $/)
    somebody.type('echo "after $?"\r')
    await somebody.until(/\rafter 130\r/)
    somebody.type('exit 7\r')
    expect(await somebody.ended).toEqual({ code: 7, signal: 0 })
    expect(await latestRun()).toMatchObject({ command: 'bash --norc', status: 'failed', exit_code: 7 })
    expect(guests()).toEqual([])
  })

  it('ends with Ctrl-D, and says in the log that what was written is not kept', async () => {
    using somebody = person('run', 'bash --norc')
    await somebody.until(/\$ /)
    somebody.type('echo secret-$((6 * 7))\r')
    await somebody.until(/\rsecret-42/)
    somebody.type('\x04')
    expect(await somebody.ended).toEqual({ code: 0, signal: 0 })
    const log = await world.text(`/apps/shop/tasks/${(await latestRun()).id}/logs`)
    expect(log).toContain('none of that is kept')
    expect(log).not.toContain('secret-42')
  })

  it('is without one where that is asked for, and in a pipe', async () => {
    using somebody = person('run', '--no-tty', 'test -t 1 && echo yes || echo no')
    await somebody.until(/no\r\n/)
    expect((await answerOf(piped(['run', 'test -t 1 && echo yes || echo no']))).out.toString()).toBe('no\n')
    expect(await answerOf(piped(['run', '--tty', 'ls']))).toMatchObject({
      code: 2,
      err: expect.stringContaining('the input is no terminal'),
    })
  })
})

describe('`gantry exec`', () => {
  it('gives a session in a running instance, with its environment [UP-01]', async () => {
    const [instance] = (await world.up('shop'))['web']!
    using somebody = person('exec', 'web')
    await somebody.until(/[$#] /)
    somebody.type('echo "$GANTRY_PROCESS $DYNO" $PORT; curl -s localhost:$PORT | head -c 20\r')
    await somebody.until(/\rweb web\.1 2\d{4}\r\n\{"version":"1"/)
    somebody.type('exit\r')
    expect((await somebody.ended).code).toBe(0)
    expect(await answerOf(piped(['exec', 'web', '--instance', instance!, 'echo $DYNO']))).toMatchObject({
      out: Buffer.from('web.1\n'),
    })
    expect(await answerOf(piped(['exec', 'web', '--instance', 'web.1-gone', 'ls']))).toMatchObject({
      code: 2,
      err: expect.stringContaining(`there is ${instance}`),
    })
  })

  it('passes bytes through pipes as they are, with errors apart and the exit code', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 256))
    const { out, err, code } = await answerOf(piped(['exec', 'worker', 'cat; echo oh >&2; exit 3'], bytes))
    expect(out.equals(bytes)).toBe(true)
    expect({ err, code }).toEqual({ err: 'oh\n', code: 3 })
  })

  it('ends with its instance', async () => {
    using somebody = person('exec', 'worker', 'bash --norc')
    await somebody.until(/\$ /)
    await world.operate('shop', [{ process: 'worker', restart: true }])
    await somebody.until(/the command was ended: worker\.1-\w+, which it was in, has ended/)
    expect((await somebody.ended).code).toBe(1)
  })
})

describe('nothing is left running', () => {
  const busy = async (...args: string[]): Promise<Person> => {
    const somebody = person(...args)
    await somebody.until(/\$ /)
    // One in the foreground, one that has a group of its own, one that no hang-up reaches.
    somebody.type("trap '' HUP; nohup sleep 601 >/dev/null & setsid sleep 602 & sleep 603\r")
    await expect.poll(() => guests().length).toBeGreaterThanOrEqual(4)
    return somebody
  }

  it.each([
    ['run', 'bash --norc'],
    ['exec', 'worker', 'bash --norc'],
  ])('when the command line is killed: %s', async (...args) => {
    using somebody = await busy(...args)
    somebody.kill('SIGKILL')
    await expect.poll(guests, { timeout: 20_000 }).toEqual([])
  })

  it('when the window is closed', async () => {
    using somebody = await busy('run', 'bash --norc')
    somebody.close()
    await expect.poll(guests, { timeout: 20_000 }).toEqual([])
    await expect.poll(() => isAlive(somebody.pid)).toBe(false)
    await expect
      .poll(latestRun)
      .toMatchObject({ status: 'stopped', reason: 'whoever talked to it went away' })
  })

  it('when it is told to end', async () => {
    using somebody = await busy('run', 'bash --norc')
    somebody.kill('SIGTERM')
    expect((await somebody.ended).code).toBe(143)
    await expect.poll(guests, { timeout: 20_000 }).toEqual([])
  })

  it('when somebody else stops the run, and who talks to it is told', async () => {
    using somebody = await busy('run', 'bash --norc')
    await world.api('DELETE', `/apps/shop/tasks/${(await latestRun()).id}`)
    await somebody.until(/the command was ended: stopped by owner/)
    expect((await somebody.ended).code).toBe(1)
    expect(guests()).toEqual([])
  })

  it('when the server is killed, and the next one comes', async () => {
    using somebody = await busy('run', 'bash --norc')
    const env = { GANTRY_HOME: world.home, GANTRY_APP: 'shop' }
    using another = new Person(['exec', 'worker', 'bash --norc'], env, world.folder, 'stty -a')
    await another.until(/\$ /)
    await world.kill()
    await somebody.until(/the connection to the server broke/)
    expect((await somebody.ended).code).toBe(1)
    expect((await another.ended).code).toBe(1)
    // Its terminal is as it was.
    expect(another.seen).toMatch(/\sopost [^]*\sisig icanon [^]* echo /)
    await world.start()
    expect(guests()).toEqual([])
    expect(await latestRun()).toMatchObject({ status: 'stopped', reason: 'the server ended while it ran' })
  }, 30_000)

  it('when the server stops, and who talks to it is told', async () => {
    using somebody = await busy('run', 'bash --norc')
    await world.stop()
    await somebody.until(/the server stopped/)
    expect(guests()).toEqual([])
    await world.start()
  }, 30_000)
})

describe('the door', () => {
  const token = async (scope: string, app: string | null = 'shop'): Promise<string> =>
    (await world.api<{ token: string }>('POST', '/tokens', { name: scope, scope, app })).token

  const knock = async (
    headers: Record<string, string>,
    { path = '/api/apps/shop/shells', upgrade = true } = {},
  ): Promise<{ status: number; body: string }> => {
    const websocket = {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    const call = request(`${world.url}${path}`, { headers: { ...(upgrade && websocket), ...headers } })
    call.end()
    const [response] = (await Promise.race([once(call, 'response'), once(call, 'upgrade')])) as [
      AsyncIterable<Buffer> & { statusCode: number },
    ]
    if (response.statusCode === 101) call.destroy()
    const body = response.statusCode === 101 ? '' : Buffer.concat(await Array.fromAsync(response)).toString()
    return { status: response.statusCode, body }
  }
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` })

  it('opens for a token that may operate the app, and no other', async () => {
    expect(await knock(bearer(await token('operate')))).toMatchObject({ status: 101 })
    expect(await knock(bearer(await token('operate', null)))).toMatchObject({ status: 101 })
    expect(await knock(bearer(await token('read')))).toMatchObject({ status: 403 })
    expect(await knock(bearer(await token('push')))).toMatchObject({ status: 403 })
    await world.createApp('other')
    expect(await knock(bearer(await token('operate', 'other')))).toMatchObject({ status: 403 })
    expect(await knock({})).toMatchObject({ status: 401 })
    expect(await knock(bearer('gantry_nonsense'))).toMatchObject({ status: 401 })
  })

  it('opens for no browser, for nothing but a WebSocket, and nowhere else', async () => {
    const good = bearer(await token('operate', null))
    expect(await knock({ ...good, origin: world.url })).toMatchObject({ status: 403 })
    expect(await knock({ ...good, 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 })
    expect(await knock(good, { upgrade: false })).toMatchObject({ status: 426 })
    expect(await knock(good, { path: '/api/apps/nobody/shells' })).toMatchObject({ status: 404 })
    expect(await knock(good, { path: '/api/apps/shop/nowhere' })).toMatchObject({ status: 404 })
  })

  const open = async (): Promise<{ socket: WebSocket; texts: string[]; closed: Promise<number> }> => {
    const url = `${world.url.replace('http', 'ws')}/api/apps/shop/shells`
    const socket = new WebSocket(url, { headers: bearer(await token('operate')) })
    const texts: string[] = []
    socket.on('message', (data: Buffer, isBinary) => isBinary || texts.push(data.toString()))
    const closed = once(socket, 'close').then(([code]) => code as number)
    await once(socket, 'open')
    return { socket, texts, closed }
  }

  it.each([
    ['no JSON', '{'],
    ['an unknown message', '{"type":"dance"}'],
    [
      'a terminal without end',
      '{"type":"open","kind":"exec","process":"web","terminal":{"columns":1e9,"rows":1,"type":"x"}}',
    ],
    [
      'a strange terminal',
      '{"type":"open","kind":"exec","process":"web","terminal":{"columns":80,"rows":24,"type":"x\\nLD_PRELOAD=1"}}',
    ],
    ['a process that is none', '{"type":"open","kind":"exec","process":"nobody"}'],
  ])('tells who says %s what is wrong, and closes', async (_what, message) => {
    const { socket, texts, closed } = await open()
    socket.send(message)
    expect(await closed).toBe(1000)
    expect(JSON.parse(texts[0]!)).toMatchObject({ type: 'failed', error: { message: expect.any(String) } })
    expect(guests()).toEqual([])
  })

  it('closes on one that sends more than is taken', async () => {
    const { socket, closed, texts } = await open()
    socket.send('{"type":"open","kind":"exec","process":"worker","command":"sleep 600"}')
    await expect.poll(() => texts.join()).toContain('opened')
    for (let sent = 0; sent < 40; sent += 1) socket.send(Buffer.alloc(60_000))
    expect(await closed).toBe(1008)
    await expect.poll(guests).toEqual([])
  })

  it('opens over the network as it does on this machine', async () => {
    const env = { GANTRY_SERVER: world.url, GANTRY_TOKEN: await token('operate'), GANTRY_APP: 'shop' }
    using somebody = new Person(['exec', 'web', 'bash --norc'], env)
    await somebody.until(/\$ /)
    somebody.type('stty size; exit 9\r')
    await somebody.until(/\r40 100\r\n/)
    expect((await somebody.ended).code).toBe(9)
    using reader = new Person(['exec', 'web'], { ...env, GANTRY_TOKEN: await token('read') })
    await reader.until(/this needs a token that may operate/)
    expect((await reader.ended).code).toBe(2)
  })

  it('writes down who did what', async () => {
    const { closed, socket } = await open()
    socket.send('{"type":"open","kind":"exec","process":"web","command":"true"}')
    await closed
    const [entry] = await world.api<object[]>('GET', '/apps/shop/audit')
    expect(entry).toMatchObject({
      who: 'operate',
      action: 'shell.exec',
      after: { id: expect.stringMatching(/^web\.1-/), process: 'web', command: 'true', terminal: false },
    })
  })
})

it('a flood waits for who reads it: the server keeps its memory, and goes on serving', async () => {
  const memory = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${world.pid}/status`, 'utf8'))![1]) / 1024
  const before = memory()
  const slow = piped(['exec', 'worker', 'yes'])
  using flooded = person('exec', 'worker', 'yes')
  await flooded.until(/y\r\ny\r\n/)
  const times: number[] = []
  for (let each = 0; each < 30; each += 1) {
    const began = performance.now()
    expect((await world.open('shop')).status).toBe(200)
    times.push(performance.now() - began)
    flooded.seen = ''
  }
  expect(times.sort((a, b) => a - b)[15]).toBeLessThan(100)
  expect(memory() - before).toBeLessThan(60)
  // Ctrl-C comes through all the same.
  flooded.type('\x03')
  expect((await flooded.ended).code).toBe(1)
  slow.kill('SIGKILL')
  await expect.poll(guests).toEqual([])
})
