import './still.ts'

import { expect, it } from 'vitest'

import { killedAtEveryWrite } from './killed.ts'

it.each([
  ['finished', 'moved'],
  ['taken back', 'small'],
] as const)(
  'a deployer that moves a process to a service of another name and is killed at any of its writes is %s by the next one',
  async (_how, next) => {
    const points = await killedAtEveryWrite({ before: ['small'], commit: 'moved', next })
    expect(points).toBeGreaterThanOrEqual(10)
  },
  60_000,
)
