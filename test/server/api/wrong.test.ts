import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { REQUESTS } from '../../../src/server/api/limits.ts'
import { World } from '../../e2e/world.ts'
import { call, makeToken, type Request } from './call.ts'

let world: World
beforeAll(async () => {
  world = await World.create()
  await world.createApp('shop')
})
afterAll(() => world[Symbol.asyncDispose]())

const operate = (...operate: object[]): Request => ({
  method: 'POST',
  path: '/apps/shop/operations',
  body: { title: 'test', operate },
})

describe('what is wrong with a request is said', () => {
  test.each<[problem: string, request: Request, status: number, message: string | RegExp]>([
    [
      'a field that is not there',
      { method: 'PATCH', path: '/apps/shop', body: { brnach: 'live' } },
      400,
      'brnach: there is no such field; did you mean branch?',
    ],
    [
      'one in the middle of a body',
      operate({ process: 'web', set: {}, restrat: true }),
      400,
      'operate.0.restrat: there is no such field; did you mean restart?',
    ],
    [
      'one that is like none',
      { method: 'POST', path: '/apps/shop/rollbacks', body: { zzzzzzzz: 1 } },
      400,
      'zzzzzzzz: there is no such field; there are release',
    ],
    [
      'a parameter that is not there',
      { path: '/apps/shop/logs?folow=true' },
      400,
      'folow: there is no such field; did you mean follow?',
    ],
    [
      'one where none is taken',
      { path: '/apps?limit=3' },
      400,
      'limit: there is no such field; none is taken here',
    ],
    [
      'what is missing, and what is of another kind, at once',
      { method: 'POST', path: '/tokens', body: { scope: 'all', name: 7 } },
      400,
      /^name: .*string.*; scope: .*"operate"/,
    ],
    [
      'what is missing',
      { method: 'POST', path: '/apps/shop/deployments', body: {} },
      400,
      'commit: it is missing',
    ],
    ['a number that is none', { path: '/apps/shop/releases/latest' }, 400, /^number: /],
    ['a body that is no JSON', { method: 'POST', path: '/apps', body: '{"name": ' }, 400, /JSON/],
    ['a body that is no object', { method: 'POST', path: '/apps', body: '[]' }, 400, /expected object/],
    [
      'a body of another type',
      {
        method: 'POST',
        path: '/apps',
        body: 'name=shop',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      415,
      'the body must be JSON',
    ],
    [
      'a body in another alphabet',
      {
        method: 'POST',
        path: '/apps',
        body: '{}',
        headers: { 'content-type': 'application/json; charset=x' },
      },
      415,
      /charset/,
    ],
    [
      'a body that is too large',
      { method: 'POST', path: '/apps', body: { name: 'x'.repeat(1_100_000) } },
      413,
      /too large/,
    ],
    ['a path that is not there', { path: '/nowhere' }, 404, 'there is no GET /api/nowhere'],
    ['a method that is not there', { method: 'PUT', path: '/apps' }, 404, 'there is no PUT /api/apps'],
  ])('%s', async (_problem, request, status, message) => {
    const answer = await call(world, request)
    expect(answer.status, answer.text).toBe(status)
    expect(answer.body).toMatchObject({
      error: { message: typeof message === 'string' ? message : expect.stringMatching(message) },
    })
    expect(answer.body).toHaveProperty('error.hint')
  })
})

test('a body is JSON where nobody says what it is, and none is none', async () => {
  const untyped = { 'content-type': '' }
  const named = { method: 'POST', path: '/tokens', body: '{"name": "untyped"}', headers: untyped }
  expect((await call(world, named)).body).toMatchObject({ name: 'untyped' })
  const wrong = await call(world, { method: 'POST', path: '/apps/shop/rollbacks', headers: untyped })
  expect(wrong.body).toMatchObject({ error: { message: expect.not.stringContaining('body') } })
})

test('a config that is wrong comes with all its problems', async () => {
  const { status, body } = await call(
    world,
    operate({ process: 'My_Web', create: true, set: { memroy: '2', cpu: 'lots' } }),
  )
  expect(status).toBe(400)
  expect((body as { error: { diagnostics: object[] } }).error.diagnostics.length).toBeGreaterThan(1)
})

test('a token that asks too often has to wait, and no other', async () => {
  const [busy, quiet] = await Promise.all([makeToken(world, {}), makeToken(world, {})])
  const ask = ({ token }: { token: string }) => call(world, { path: '/server', token })
  const first = await ask(busy)
  expect(first.headers['ratelimit-policy']).toContain(`q=${REQUESTS.limit}; w=60`)
  expect(first.headers['ratelimit']).toContain(`r=${REQUESTS.limit - 1}`)
  for (let sent = 1; sent < REQUESTS.limit; sent += 50) {
    await Promise.all(Array.from({ length: Math.min(50, REQUESTS.limit - sent) }, () => ask(busy)))
  }
  const last = await ask(busy)
  expect(last.status).toBe(429)
  expect(last.body).toEqual({ error: { message: expect.any(String), hint: expect.any(String) } })
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask(quiet)).status).toBe(200)
})

test('git is a request like any other', async () => {
  // It may not fetch, so git itself is not started for the test.
  const { token } = await makeToken(world, { scope: 'operate' })
  const ask = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${world.url}/shop.git/info/refs?service=git-upload-pack`, { headers })).status
  }
  for (let sent = 0; sent < REQUESTS.limit; sent += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, ask))
    expect(new Set(answers)).toEqual(new Set([403]))
  }
  expect(await ask()).toBe(429)
})

test('who guesses tokens has to wait, and is told for how long', async () => {
  const guess = () => call(world, { path: '/server', token: 'wrong', from: '127.0.3.1' })
  for (let sent = 0; sent < 30; sent += 1) expect((await guess()).status).toBe(401)
  const { status, body, headers } = await guess()
  expect(status).toBe(429)
  expect(body).toMatchObject({ error: { message: 'too many wrong tokens' } })
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
})
