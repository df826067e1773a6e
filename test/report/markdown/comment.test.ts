import { expect, it } from 'vitest'

import type { Plan } from '../../../src/plan/types.ts'
import {
  commentMarker,
  outcomeComment,
  planComment,
  problemComment,
} from '../../../src/report/markdown/comment.ts'
import { code } from '../../../src/report/markdown/text.ts'

const SUBJECT = {
  app: 'shop',
  environment: 'production',
  commit: 'a'.repeat(40),
  run: 'https://example.com/1',
}
const EMPTY: Plan = {
  app: 'shop',
  environment: 'production',
  processes: [],
  tasks: [],
  images: [],
  warnings: [],
  blocked: [],
}

it('begins with the marker, so that no cut takes it away', () => {
  const long = {
    ...EMPTY,
    warnings: Array.from({ length: 3_000 }, (_, n) => ({
      severity: 'warning' as const,
      message: `warning number ${n}`,
    })),
  }
  const text = planComment(SUBJECT, long)
  expect(text.startsWith('<!-- gantry: shop/production -->\n')).toBe(true)
  expect(text.length).toBeLessThan(65_536)
  expect(text).toContain('the log of the job has all of it')
})

it('says when there is nothing to do any more', () => {
  expect(planComment(SUBJECT, EMPTY)).toContain('Nothing to do: what runs is what the configuration says.')
})

it('tells one app and environment from another', () => {
  expect(commentMarker(SUBJECT)).not.toBe(commentMarker({ ...SUBJECT, environment: 'staging' }))
})

it.each([
  ['a pipe', 'a|b', '`a\\|b`'],
  ['a mention', '@octocat', '`@octocat`'],
  ['HTML', '<img src=x onerror=alert(1)>', '`<img src=x onerror=alert(1)>`'],
  ['a fence', 'x `` y', '```x `` y```'],
  ['a fence at its edges', '`x`', '`` `x` ``'],
  ['lines', 'one\n\n# two', '`one # two`'],
  ['what a terminal obeys', 'red \u001b[31m!', '`red !`'],
])('shows %s as it is written', (_, text, shown) => {
  expect(code(text)).toBe(shown)
})

it('says why a deployment failed, and what was to happen', () => {
  const text = outcomeComment(
    SUBJECT,
    { outcome: 'rolled_back', reason: 'process web failed: exit 1', release: null },
    EMPTY,
  )
  expect(text).toContain('### Gantry: `shop` in `production`: rolled back')
  expect(text).toContain('`process web failed: exit 1`')
})

it('names the place of each problem of a config', () => {
  const text = problemComment(SUBJECT, [
    {
      severity: 'error',
      message: 'processes.web.cpu is no number',
      place: { file: 'gantry.yml', line: 3, column: 5 },
      hint: 'Write 0.5',
    },
    { severity: 'warning', message: 'not this one' },
  ])
  expect(text).toContain('gantry.yml:3:5 processes.web.cpu is no number\n  Write 0.5')
  expect(text).not.toContain('not this one')
})
