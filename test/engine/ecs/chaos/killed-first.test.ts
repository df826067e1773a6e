import './still.ts'

import { expect, it } from 'vitest'

import { killedAtEveryWrite } from './killed.ts'

it('a deployer that deploys for the first time and is killed at any of its writes is finished by the next one', async () => {
  const points = await killedAtEveryWrite({ before: [], commit: 'first' })
  expect(points).toBeGreaterThanOrEqual(40)
}, 120_000)
