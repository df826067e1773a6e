import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { git } from '../../git/fixtures.ts'
import {
  checkout,
  finished,
  openPush,
  push,
  rawPush,
  responseTo,
  run,
  serve,
  startGit,
  until,
} from './fixtures.ts'
import { withoutSideBand } from './side-band.ts'

const PAGE = `${'x'.repeat(1000)}\n`

test('a pusher who is killed stops nothing, whatever is printed afterwards', async () => {
  let disconnected = false
  const served = await serve({
    deploy: async (push) => {
      push.write('started\n')
      await once(push.disconnected, 'abort')
      disconnected = true
      for (let page = 0; page < 3000; page += 1) push.write(PAGE)
    },
  })
  const work = checkout(served)
  const child = startGit(work, 'push', 'gantry', 'main')
  child.stderr!.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('started')) killTree(child.pid!)
  })
  await once(child, 'close')
  await served.idle()
  expect(disconnected).toBe(true)
  expect((await served.repository.refs()).get('refs/heads/main')).toBe(git(work, ['rev-parse', 'HEAD']))
  expect(served.failures).toEqual([])
})

/** Kills a git and its helpers, one of which holds the connection. */
function killTree(pid: number): void {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)])
  const children = stdout.toString().split('\n').filter(Boolean).map(Number)
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
  for (const child of children) killTree(child)
}

test('a pusher who stays is not taken for one who left', async () => {
  const signals: AbortSignal[] = []
  const served = await serve({ deploy: async (push) => void signals.push(push.disconnected) })
  await push(checkout(served), 'gantry', 'main')
  await served.idle()
  expect(signals[0]?.aborted).toBe(false)
})

test('a pusher who leaves in the middle of the body starts nothing and leaves nothing', async () => {
  const served = await serve()
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  const request = openPush(served, { 'Content-Length': String(body.length) })
  request.write(body.subarray(0, body.length - 30))
  await until(() => served.running() > 0)
  request.destroy()
  await served.idle()
  expect(served.pushes).toEqual([])
  expect((await served.repository.refs()).size).toBe(0)
})

test('a pusher who reads slowly gets everything', async () => {
  const served = await serve({
    deploy: async (push) => {
      for (let page = 0; page < 800; page += 1) push.write(PAGE)
      push.write('the end\n')
    },
  })
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  const request = openPush(served)
  request.end(body)
  const received: Buffer[] = []
  for await (const chunk of await responseTo(request)) {
    received.push(chunk as Buffer)
    await setTimeout(2)
  }
  const text = withoutSideBand(Buffer.concat(received))
  expect(text.match(/x/g)?.length).toBe(800_000)
  expect(text).toContain('the end')
  expect(text).toContain('ok refs/heads/main')
})

test('a pusher who stops reading is given up, and the push completes', async () => {
  const served = await serve({
    idleTimeout: 0.5,
    deploy: async (push) => {
      // More than all buffers on the way hold.
      while (!push.disconnected.aborted) {
        push.write(PAGE.repeat(100))
        await setTimeout(5)
      }
    },
  })
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  const request = openPush(served)
  request.end(body)
  await responseTo(request)
  await served.idle()
  expect((await served.repository.refs()).size).toBe(1)
  request.destroy()
})

test('output that comes faster than it is taken does not pile up, and says so', async () => {
  const told = new AbortController()
  const served = await serve({
    deploy: async (push) => {
      for (let page = 0; page < 20_000; page += 1) push.write(PAGE)
      while (!told.signal.aborted) {
        push.write('more\n')
        await setTimeout(5)
      }
    },
  })
  const child = startGit(checkout(served), 'push', 'gantry', 'main')
  child.stderr!.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('output was left out')) told.abort()
  })
  const { code, output } = await finished(child)
  expect(code).toBe(0)
  expect(output.length).toBeLessThan(10_000_000)
})

test('a server that goes away refuses the push, and the branch does not move', async () => {
  const served = await serve({ deploy: () => served.receiver.close().then(() => new Promise(() => {})) })
  const { code, output } = await push(checkout(served), 'gantry', 'main')
  expect(output).toContain('remote: the server went away: nothing has moved, push again later')
  expect(output).toContain('! [remote rejected] main -> main')
  expect(code).toBe(1)
  expect((await served.repository.refs()).size).toBe(0)
})

test('two pushes at once are told apart', async () => {
  const both = Promise.withResolvers<void>()
  let waiting = 0
  const served = await serve({
    deploy: async (push) => {
      waiting += 1
      if (waiting === 2) both.resolve()
      await both.promise
      push.write(`this is ${push.commands[0]!.to}\n`)
    },
  })
  const [one, two] = [checkout(served, 'one'), checkout(served, 'two')]
  git(two, ['commit', '-q', '--amend', '--allow-empty', '-m', 'another'])
  const results = await Promise.all([push(one, 'gantry', 'main'), push(two, 'gantry', 'main')])
  for (const [index, folder] of [one, two].entries()) {
    expect(results[index]!.output).toContain(`this is ${git(folder, ['rev-parse', 'HEAD'])}`)
  }
  // The slower one finds the branch moved.
  expect(results.map(({ code }) => code).toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 1])
})

test('the socket of the hooks is for this user alone', async () => {
  const served = await serve()
  expect((await stat(join(served.folder, 'hook'))).mode & 0o777).toBe(0o600)
})

test.each(['', '\n', `${'0'.repeat(48)}\n`, `${'x'.repeat(500)}\n`, '../x\n'])(
  'a stranger who says %j to the socket is shown the door',
  async (text) => {
    const served = await serve()
    const socket = createConnection(join(served.folder, 'hook'))
    socket.on('error', () => {})
    socket.resume()
    if (text === '') socket.end()
    else socket.write(text)
    await once(socket, 'close')
    expect(served.pushes).toEqual([])
  },
)

test('a hook that nobody expects fails with a sentence', async () => {
  const served = await serve()
  const work = checkout(served)
  git(served.repository.gitDir, ['config', 'core.hooksPath', join(import.meta.dirname, '../../../hooks')])
  git(served.repository.gitDir, ['config', 'receive.procReceiveRefs', 'refs'])
  const { code, output } = await run(work, 'push', served.repository.gitDir, 'main')
  expect(output).toContain('this repository is served by Gantry: push to its address')
  expect(code).toBe(1)
  expect(await finished(startGit(work, 'ls-remote', 'gantry'))).toMatchObject({ output: '' })
})
