import { getOctokit } from '@actions/github'
import nock from 'nock'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'

import { upsertComment } from '../../src/action/github/sticky-comment.ts'

const TARGET = { owner: 'acme', repo: 'shop', issue_number: 7 }
const MARKER = '<!-- gantry: shop/default -->'
const COMMENTS = '/repos/acme/shop/issues/7/comments'
const octokit = getOctokit('a-token', { baseUrl: 'https://api.github.test' })

beforeEach(() => {
  nock.disableNetConnect()
  nock('https://api.github.test')
    .post('/graphql')
    .reply(200, { data: { viewer: { login: 'github-actions' } } })
})
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

// What it puts in the place of sockets stays in the worker, for the tests of other files.
afterAll(() => nock.restore())

const api = () => nock('https://api.github.test')
const comment = (id: number, login: string, body: string) => ({ id, user: { login }, body })
const chatter = (count: number) =>
  Array.from({ length: count }, (_, n) => comment(n + 1, 'someone', `comment ${n}`))

it('writes a comment where there is none', async () => {
  api().get(COMMENTS).query(true).reply(200, chatter(3))
  api()
    .post(COMMENTS, { body: `${MARKER}\nnew` })
    .reply(201, {})
  expect(await upsertComment(octokit, TARGET, MARKER, `${MARKER}\nnew`)).toBe('created')
})

it('finds its comment on the second page, and updates it in place', async () => {
  const second = `https://api.github.test${COMMENTS}?per_page=100&page=2`
  api()
    .get(COMMENTS)
    .query({ per_page: 100 })
    .reply(200, chatter(100), { link: `<${second}>; rel="next"` })
  api()
    .get(COMMENTS)
    .query({ per_page: 100, page: 2 })
    .reply(200, [comment(500, 'github-actions[bot]', `${MARKER}\nold`)])
  api()
    .patch('/repos/acme/shop/issues/comments/500', { body: `${MARKER}\nnew` })
    .reply(200, {})
  expect(await upsertComment(octokit, TARGET, MARKER, `${MARKER}\nnew`)).toBe('updated')
})

it('leaves alone what somebody else wrote with our marker', async () => {
  api()
    .get(COMMENTS)
    .query(true)
    .reply(200, [comment(1, 'mallory', `${MARKER}\nmine`)])
  api().post(COMMENTS).reply(201, {})
  expect(await upsertComment(octokit, TARGET, MARKER, `${MARKER}\nnew`)).toBe('created')
})

it('writes nothing when nothing differs', async () => {
  api()
    .get(COMMENTS)
    .query(true)
    .reply(200, [comment(1, 'github-actions[bot]', `${MARKER}\r\nsame\r\n`)])
  expect(await upsertComment(octokit, TARGET, MARKER, `${MARKER}\nsame\n`)).toBe('unchanged')
})
