import { expect, it, vi } from 'vitest'

import { dies } from '../death.ts'
import { labelOf } from './calls.ts'
import { Site } from './site.ts'

vi.mock('node:zlib', () => import('./still-zlib.ts'))

const MIGRATE = 'orderdesk--production--task--migrate'

it('the migration of a deployer that died has ended before that of the next one begins', async () => {
  await using site = await Site.open()
  const { fake } = site
  // It is killed as soon as its migration runs, which then goes on without it.
  fake.ecs.durations.pending = 600
  await dies(
    fake,
    { caller: 'doomed', at: (call) => labelOf(call).startsWith('RunTask'), moment: 'after' },
    () => site.deploy('doomed', 'first'),
  )
  fake.ecs.durations.pending = 1
  let most = 0
  const heir = await site.deploy('heir', 'first', {
    on: () => {
      const running = fake.ecs
        .tasks()
        .filter(({ group, lastStatus }) => group.includes(MIGRATE) && lastStatus !== 'STOPPED')
      most = Math.max(most, running.length)
    },
  })
  expect(heir.outcome).toBe('succeeded')
  expect(fake.ecs.tasks().filter(({ group }) => group.includes(MIGRATE))).toHaveLength(2)
  expect(most).toBe(1)
})
