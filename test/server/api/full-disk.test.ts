import { expect, test } from 'vitest'
import { z } from 'zod'

import { systemClock } from '../../../src/app/clock.ts'
import { json } from '../../../src/server/api/answers.ts'
import { readBody } from '../../../src/server/api/body.ts'
import { change } from '../../../src/server/api/route.ts'
import { serve } from '../../../src/server/api/serve.ts'
import { Audit } from '../../../src/server/audit.ts'
import type { Context } from '../../../src/server/context.ts'
import { Idempotency } from '../../../src/server/idempotency.ts'
import { OWNER } from '../../../src/server/identity.ts'
import { Tokens } from '../../../src/server/tokens.ts'
import { Database } from '../../../src/store/database.ts'
import { serveAs } from './doors.ts'

/** From now on there is no room for another page. */
function fill(db: Database): void {
  db.get('PRAGMA max_page_count = 1')
}

const LARGE = 'x'.repeat(100_000)

test('a change that cannot be written down is told as such, and nobody waits for it for ever', async () => {
  const db = new Database(':memory:')
  const context = {
    audit: new Audit(db, systemClock),
    idempotency: new Idempotency(db, systemClock),
  } as Partial<Context> as Context
  let times = 0
  const route = change({
    id: 'thing.make',
    method: 'post',
    path: '/things',
    needs: 'admin',
    summary: 'Make a thing',
    answer: json(z.object({ times: z.number() })),
    handle: () => {
      fill(db)
      times += 1
      return { before: null, after: LARGE, answer: { times } }
    },
  })
  const url = await serveAs(OWNER, (app) => app.post('/things', readBody(), serve(route, context)))
  const ask = async () => {
    const answer = await fetch(`${url}/things`, { method: 'POST', headers: { 'idempotency-key': 'k' } })
    return [answer.status, await answer.json()]
  }
  const [first, second] = await Promise.all([ask(), ask()])
  expect(first).toEqual([
    507,
    { error: expect.objectContaining({ message: 'the disk of the server is full' }) },
  ])
  expect(second).toEqual([200, { times: 1 }])
})

test('who is to make room gets in', () => {
  const db = new Database(':memory:')
  const tokens = new Tokens(db, systemClock)
  const { token } = tokens.create({ name: 'ada', scope: 'admin', app: null })
  // As SQLite has it where not even a page of the write-ahead log finds room.
  const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
  db.run = () => {
    throw full
  }
  expect(tokens.verify(token.reveal())).toMatchObject({ name: 'ada' })
})
