import './still.ts'

import { expect, it } from 'vitest'

import { killedAtEveryWrite } from './killed.ts'

it('a deployer that fails and rolls back and is killed at any of its writes is finished by the next one', async () => {
  const points = await killedAtEveryWrite({ before: ['first'], commit: 'failing', outcome: 'rolled_back' })
  expect(points).toBeGreaterThanOrEqual(30)
}, 120_000)
