import { expect, it } from 'vitest'

import { hintFor, type Failed } from '../../../src/engine/local/hints.ts'
import { HEALTH_CHECK as check } from '../../app/fixtures.ts'

const failed = (more: Partial<Failed>): Failed => ({
  reason: '',
  exit_code: 1,
  log: [],
  spec: { memory: 512, health_check: null },
  ...more,
})

it.each<[what: string, failed: Partial<Failed>, hint: string | null]>([
  [
    'a program that is not there',
    { exit_code: 127, log: ['exec: sidekiq: not found'] },
    'installed for all users',
  ],
  [
    'a program of root alone',
    { exit_code: 126, log: ['exec: sidekiq: Permission denied'] },
    'installed for all users',
  ],
  ['a file beside the code', { log: ['Error: EACCES: permission denied, open'] }, '$HOME'],
  [
    'a database beside the code',
    { log: ['sqlite3.OperationalError: unable to open database file'] },
    '$HOME',
  ],
  ['a port that is taken', { log: ['Error: listen EADDRINUSE'] }, '$PORT'],
  ['memory', { reason: 'out of memory before it was up' }, '512 MB'],
  ['no listener', { reason: 'nothing listens on $PORT after 60 s' }, 'expose: none'],
  ['an error of its own', { log: ['ValueError: bad'] }, null],
])('knows what to do about %s', (_what, more, hint) => {
  if (hint === null) expect(hintFor(failed(more))).toBeNull()
  else expect(hintFor(failed(more))).toContain(hint)
})

it.each([
  ['health check failed: connection refused on port 20123 after 3 s', 'listen on $PORT'],
  ['health check failed: GET /healthz answered 404 after 30 s', '200 to 399'],
  ['health check failed: no answer within 5 s after 30 s', 'start_period'],
])('tells health checks apart: %s', (reason, hint) => {
  const spec = { memory: 512, health_check: check }
  expect(hintFor(failed({ reason, exit_code: null, spec }))).toContain(hint)
})
