import { expect, it, vi } from 'vitest'

import { killedAtEveryWrite } from './killed.ts'

vi.mock('node:zlib', () => import('./still-zlib.ts'))

it('a deployer that changes what runs and is killed at any of its writes is finished by the next one', async () => {
  const points = await killedAtEveryWrite({ before: ['first'], commit: 'second', every: 2 })
  expect(points).toBeGreaterThanOrEqual(23)
}, 120_000)
