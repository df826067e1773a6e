import { expect, test } from 'vitest'

import { Idempotency, KEPT_HOURS, type Judged, type Ticket } from '../../src/server/idempotency.ts'
import { Database } from '../../src/store/database.ts'

const ANSWER = { status: 202, body: { number: 1 } }

function setUp() {
  let now = Date.parse('2026-11-22T10:00:00Z')
  const clock = { now: () => now, sleep: async () => {} }
  const db = new Database(':memory:')
  return {
    idempotency: new Idempotency(db, clock),
    /** As after a start of the server. */
    restarted: () => new Idempotency(db, clock),
    pass: (hours: number) => void (now += hours * 3_600_000),
    rows: () => db.all('SELECT token, key FROM idempotency_keys'),
  }
}

function ticketOf(judged: Judged): Ticket {
  expect(judged.kind).toBe('new')
  return judged as Ticket
}

test('a request that comes again gets the answer that it got, also from the next server', async () => {
  const { idempotency, restarted } = setUp()
  ticketOf(await idempotency.judge('t', 'k', 'same')).keep(ANSWER)
  const answered = { kind: 'answered', answer: ANSWER }
  expect(await idempotency.judge('t', 'k', 'same')).toEqual(answered)
  expect(await restarted().judge('t', 'k', 'same')).toEqual(answered)
})

test('another request with the key is told so, whether the first one has ended or not', async () => {
  const { idempotency } = setUp()
  const ticket = ticketOf(await idempotency.judge('t', 'k', 'one'))
  expect(await idempotency.judge('t', 'k', 'other')).toEqual({ kind: 'taken' })
  ticket.keep(ANSWER)
  expect(await idempotency.judge('t', 'k', 'other')).toEqual({ kind: 'taken' })
})

test('the same request waits while it is carried out', async () => {
  const { idempotency } = setUp()
  const ticket = ticketOf(await idempotency.judge('t', 'k', 'same'))
  const seconds = [idempotency.judge('t', 'k', 'same'), idempotency.judge('t', 'k', 'same')]
  ticket.keep(ANSWER)
  for (const second of await Promise.all(seconds))
    expect(second).toEqual({ kind: 'answered', answer: ANSWER })
})

test('one of those that wait is carried out when nothing was done for the first', async () => {
  const { idempotency } = setUp()
  const ticket = ticketOf(await idempotency.judge('t', 'k', 'same'))
  const [one, other] = [idempotency.judge('t', 'k', 'same'), idempotency.judge('t', 'k', 'same')]
  ticket.forget()
  ticketOf(await one).keep(ANSWER)
  expect(await other).toEqual({ kind: 'answered', answer: ANSWER })
})

test('a request that a crash has cut off is known by the next server', async () => {
  const { idempotency, restarted } = setUp()
  ticketOf(await idempotency.judge('t', 'k', 'same'))
  expect(await restarted().judge('t', 'k', 'same')).toEqual({ kind: 'cut_off' })
})

test('each token has its own keys', async () => {
  const { idempotency } = setUp()
  ticketOf(await idempotency.judge('t', 'k', 'one')).keep(ANSWER)
  ticketOf(await idempotency.judge('u', 'k', 'other'))
})

test('keys are swept when they are old', async () => {
  const { idempotency, pass, rows } = setUp()
  ticketOf(await idempotency.judge('t', 'old', 'same')).keep(ANSWER)
  pass(KEPT_HOURS - 1)
  expect(await idempotency.judge('t', 'old', 'same')).toMatchObject({ kind: 'answered' })
  pass(2)
  ticketOf(await idempotency.judge('t', 'new', 'same'))
  expect(rows()).toEqual([{ token: 't', key: 'new' }])
})
