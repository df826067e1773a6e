import { expect, it, vi } from 'vitest'

import { dies } from '../death.ts'
import { labelOf } from './calls.ts'
import { Site } from './site.ts'

vi.mock('node:zlib', () => import('./still-zlib.ts'))

const MIGRATE = 'orderdesk--production--task--migrate'

it('the migration of a deployer that died has ended before that of the next one begins', async () => {
  await using site = await Site.open()
  const { fake } = site
  // It is killed as soon as its migration has begun, which takes long and goes on without it.
  fake.ecs.durations.pending = 400
  await dies(
    fake,
    { caller: 'doomed', at: (call) => labelOf(call).startsWith('RunTask'), moment: 'after' },
    () => site.deploy('doomed', 'first'),
  )
  let most = 0
  const ending = site.deploy('heir', 'first')
  for (let isOver = false; !isOver;) {
    const running = fake.ecs
      .tasks()
      .filter(({ group, lastStatus }) => group.includes(MIGRATE) && lastStatus !== 'STOPPED')
    most = Math.max(most, running.length)
    isOver = await Promise.race([ending.then(() => true), fake.clock.sleep(1).then(() => false)])
  }
  const heir = await ending
  expect(heir.outcome).toBe('succeeded')
  expect(fake.ecs.tasks().filter(({ group }) => group.includes(MIGRATE))).toHaveLength(2)
  expect(most).toBe(1)
})
