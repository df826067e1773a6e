import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { git } from '../../git/fixtures.ts'
import { parseGitRequest } from '../../../src/server/git/git-request.ts'
import { checkout, commit, get, openPush, post, push, rawPush, responseTo, serve } from './fixtures.ts'

const NOT_CACHED = {
  'cache-control': 'no-cache, max-age=0, must-revalidate',
  expires: 'Fri, 01 Jan 1980 00:00:00 GMT',
  pragma: 'no-cache',
  'x-accel-buffering': 'no',
}

test.each([
  ['GET', '/shop.git/info/refs?service=git-receive-pack', 'git-receive-pack', 'advertise'],
  ['GET', '/shop.git/info/refs?service=git-upload-pack', 'git-upload-pack', 'advertise'],
  ['POST', '/shop.git/git-receive-pack', 'git-receive-pack', 'rpc'],
  ['POST', '/shop.git/git-upload-pack', 'git-upload-pack', 'rpc'],
])('%s %s is a request of git', (method, url, service, step) => {
  expect(parseGitRequest(method, url)).toEqual({ app: 'shop', service, step })
})

test.each([
  ['GET', '/shop.git/info/refs'],
  ['GET', '/shop.git/info/refs?service=git-upload-archive'],
  ['POST', '/shop.git/info/refs?service=git-receive-pack'],
  ['GET', '/shop.git/git-receive-pack'],
  ['GET', '/shop.git/HEAD'],
  ['GET', '/shop.git/objects/info/packs'],
  ['POST', '/../shop.git/git-receive-pack'],
  ['POST', '/%2e%2e/shop.git/git-receive-pack'],
  ['POST', '/a/shop.git/git-receive-pack'],
  ['POST', '/Shop.git/git-receive-pack'],
  ['POST', '/.git/git-receive-pack'],
  ['POST', '/shop.git/git-receive-pack/'],
  ['POST', '/shop.git/git-receive-packx'],
])('%s %s is not', (method, url) => {
  expect(parseGitRequest(method, url)).toBeNull()
})

test('refs are shown with the headers and the first line of the protocol', async () => {
  const served = await serve()
  for (const service of ['git-receive-pack', 'git-upload-pack']) {
    const { status, headers, body } = await get(served, `/info/refs?service=${service}`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({ ...NOT_CACHED, 'content-type': `application/x-${service}-advertisement` })
    expect(body).toMatch(new RegExp(`^00[0-9a-f]{2}# service=${service}\n0000`))
  }
  expect((await get(served, '/info/refs?service=git-receive-pack')).body).toMatch(
    /push-options.*atomic|atomic.*push-options/,
  )
})

test('only known protocol versions are handed to git', async () => {
  const served = await serve()
  const path = '/info/refs?service=git-upload-pack'
  expect((await get(served, path, { 'Git-Protocol': 'version=2' })).body).toMatch(/^000eversion 2\n/)
  for (const version of ['version=3', 'version=2:x', 'version=2 version=1', '2']) {
    expect((await get(served, path, { 'Git-Protocol': version })).body).toMatch(/^00[0-9a-f]{2}# service=/)
  }
})

test('a request of another content type or encoding is refused', async () => {
  const served = await serve()
  for (const headers of [
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'Content-Type': 'application/x-git-upload-pack-request' },
    { 'Content-Type': '' },
    { 'Content-Encoding': 'br' },
  ]) {
    expect((await post(served, Buffer.from('0000'), headers)).status).toBe(415)
  }
})

test('the probe of four bytes is answered and is no push', async () => {
  const served = await serve()
  const { status, headers, body } = await post(served, Buffer.from('0000'))
  expect({ status, body }).toEqual({ status: 200, body: '' })
  expect(headers).toMatchObject({ ...NOT_CACHED, 'content-type': 'application/x-git-receive-pack-result' })
  expect(served.pushes).toEqual([])
})

test('a push in chunks, after a probe, is one push', async () => {
  const served = await serve()
  const work = checkout(served)
  await writeFile(join(work, 'data'), randomBytes(50_000))
  git(work, ['add', 'data'])
  commit(work, 'data')
  git(work, ['config', 'http.postBuffer', '1000'])
  expect((await push(work, 'gantry', 'main')).code).toBe(0)
  expect(served.pushes).toHaveLength(1)
})

test('a push of more than the default buffer is one push', async () => {
  const served = await serve()
  const work = checkout(served)
  await writeFile(join(work, 'data'), randomBytes(3_000_000))
  git(work, ['add', 'data'])
  commit(work, 'three megabytes')
  expect((await push(work, 'gantry', 'main')).code).toBe(0)
  expect(served.pushes).toHaveLength(1)
})

test('gzip is unpacked', async () => {
  const served = await serve()
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  for (const encoding of ['gzip', 'x-gzip']) {
    const answer = await post(served, gzipSync(body), { 'Content-Encoding': encoding })
    expect(answer.body).toMatch(/(?:ok|ng) refs\/heads\/main/)
  }
  expect((await served.repository.refs()).size).toBe(1)
})

test('a gzip bomb is cut off', async () => {
  const served = await serve({ maxInputSize: 1024 ** 2 })
  const work = checkout(served)
  await push(work, 'gantry', 'main')
  const to = git(work, ['rev-parse', 'HEAD'])
  const headers = { 'Content-Encoding': 'gzip' }
  // Both are well-formed as far as they go, so that git does not end by itself.
  const options = Array.from({ length: 700 }, () => 'x'.repeat(60_000))
  const pushed = gzipSync(rawPush(work, [{ ref: 'refs/heads/main', to }], { options }))
  expect(pushed.length).toBeLessThan(200_000)
  expect((await post(served, pushed, headers)).status).toBe(413)
  const fetched = gzipSync(Buffer.from(`0032want ${to}\n`.repeat(800_000)))
  expect(fetched.length).toBeLessThan(200_000)
  expect((await post(served, fetched, headers, 'git-upload-pack')).status).toBe(413)
})

test('a body without end is cut off, and its sender told why', async () => {
  const served = await serve({ maxInputSize: 1024 ** 2 })
  const work = checkout(served)
  const options = Array.from({ length: 1200 }, () => 'x'.repeat(60_000))
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }], { options })
  const answer = await post(served, body)
  expect(answer).toMatchObject({ status: 413, body: expect.stringContaining('larger than') as string })
})

test('a body that says gzip and is not is refused', async () => {
  const served = await serve()
  expect((await post(served, Buffer.from('0000'), { 'Content-Encoding': 'gzip' })).status).toBe(400)
})

test('a pack over the limit is refused with the words of git, and leaves nothing', async () => {
  const served = await serve({ maxInputSize: 100_000 })
  const work = checkout(served)
  // More than fits into the pipe to git, which ends before it has read it.
  await writeFile(join(work, 'data'), randomBytes(4_000_000))
  git(work, ['add', 'data'])
  commit(work, 'large')
  const { code, output } = await push(work, 'gantry', 'main')
  expect(output).toContain('pack exceeds maximum allowed size')
  expect(output).toContain('! [remote rejected] main -> main (unpacker error)')
  expect(code).toBe(1)
  expect(served.pushes).toEqual([])
  expect(
    (await readdir(join(served.repository.gitDir, 'objects'))).filter((name) => name.startsWith('tmp_')),
  ).toEqual([])
})

test('a body that stops coming is given up', async () => {
  const served = await serve({ idleTimeout: 0.3 })
  const request = openPush(served, { 'Content-Length': '1000' })
  request.write('00')
  expect((await responseTo(request)).statusCode).toBe(408)
  await served.idle()
})

test('a slow body that keeps coming is waited for', async () => {
  const served = await serve({ idleTimeout: 2 })
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  const request = openPush(served)
  const answered = responseTo(request)
  const step = Math.ceil(body.length / 4)
  for (let at = 0; at < body.length; at += step) {
    request.write(body.subarray(at, at + step))
    await setTimeout(700)
  }
  request.end()
  ;(await answered).resume()
  expect(served.pushes).toHaveLength(1)
})

test('a fetch is not a way to push', async () => {
  const served = await serve()
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  await post(served, body, {}, 'git-upload-pack')
  expect((await served.repository.refs()).size).toBe(0)
})

test.runIf(process.platform === 'linux')('a hook sees no variable of the server', async () => {
  process.env['PLANTED'] = 'secret'
  try {
    const environments: string[] = []
    const served = await serve({
      deploy: async () => {
        for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
          const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
          if (environment.includes(`GANTRY_HOOK_SOCKET=${served.folder}`)) environments.push(environment)
        }
      },
    })
    expect((await push(checkout(served), 'gantry', 'main')).code).toBe(0)
    // receive-pack and the hook, with git's own in between where there is one.
    expect(environments.length).toBeGreaterThanOrEqual(2)
    const names = environments.flatMap((each) => each.split('\0').map((pair) => pair.split('=')[0]!))
    const unexpected = names.filter(
      (name) => name !== '' && !/^(?:GIT_|GANTRY_|PATH$|LANG$|HOME$)/.test(name),
    )
    expect(unexpected).toEqual([])
  } finally {
    delete process.env['PLANTED']
  }
})
