import { expect, test } from 'vitest'

import { UserError } from '../../../src/app/errors.ts'
import { parsePushOptions } from '../../../src/server/git/push-options.ts'

const NONE = { async: false, dryRun: false, cancelOnDisconnect: false, rebuild: false, allowRemove: false }

test('every option has its flag', () => {
  expect(parsePushOptions([])).toEqual(NONE)
  expect(
    parsePushOptions(['async', 'dry-run', 'cancel-on-disconnect', 'rebuild', 'allow-remove', 'async']),
  ).toEqual({
    async: true,
    dryRun: true,
    cancelOnDisconnect: true,
    rebuild: true,
    allowRemove: true,
  })
})

function refusal(options: readonly string[]): UserError {
  try {
    parsePushOptions(options)
  } catch (error) {
    if (error instanceof UserError) return error
  }
  throw new Error('not refused')
}

test.each([
  ['dryrun', 'the push options are'],
  ['dry_run', 'did you mean dry-run?'],
  ['Async', 'did you mean async?'],
  ['cancel', 'did you mean cancel-on-disconnect?'],
  ['async=true', 'async takes no value: push with -o async'],
  ['ci.skip', 'the push options are async, dry-run, cancel-on-disconnect, rebuild, allow-remove'],
  ['__proto__', 'the push options are'],
  ['constructor', 'the push options are'],
  ['', 'the push options are'],
])('%j is unknown: %s', (option, hint) => {
  const error = refusal([option])
  expect(error.message).toContain('unknown push option')
  expect(error.hint).toContain(hint)
})

test.each(['a\nb', 'async\n', '\u001b[31m', 'a\0b', 'a\u009bb'])(
  'control characters are refused: %j',
  (option) => {
    expect(refusal([option]).message).toBe('a push option has control characters')
  },
)

test('long and many options are refused', () => {
  expect(refusal(['x'.repeat(201)]).message).toContain('200 characters')
  expect(refusal(Array.from({ length: 21 }, () => 'async')).message).toContain('20 options')
})
