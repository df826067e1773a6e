import { expect, test } from 'vitest'

import { UserError } from '../../src/app/errors.ts'
import { checkGit, isRecent } from '../../src/git/version.ts'

test('the git of this machine is good enough', async () => {
  await expect(checkGit()).resolves.toBeUndefined()
})

test('a machine without git is told what to install', async () => {
  const path = process.env['PATH']
  process.env['PATH'] = '/nonexistent'
  try {
    const failure = await checkGit().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    expect((failure as UserError).hint).toBe('install git 2.34 or newer')
  } finally {
    process.env['PATH'] = path
  }
})

test.each([
  ['git version 2.34.0', true],
  ['git version 2.39.5 (Apple Git-154)', true],
  ['git version 3.0.0', true],
  ['git version 2.33.9', false],
  ['git version 1.99.0', false],
  ['hub version 2.99', false],
])('%s: %j', (output, recent) => {
  expect(isRecent(output)).toBe(recent)
})
