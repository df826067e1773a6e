import { expect, it } from 'vitest'

import { withDoubt } from '../../../src/engine/ecs/schedules/doubt.ts'
import type { TaskSpec } from '../../../src/app/spec.ts'
import { taskSpec } from '../specs.ts'

const IMAGE = { kind: 'pinned', reference: 'example.com/shop:1' } as const
const daily = (name: string, hour = 3): TaskSpec =>
  taskSpec(name, ['bin/run'], IMAGE, { run: null, schedule: `0 ${hour} * * *` })

it('what stays is known; of what comes, goes or changes it is only known that there may be one', () => {
  const before = [daily('stays'), daily('changes', 3), daily('goes')]
  const tasks = [daily('stays'), daily('changes', 4), daily('comes')]
  expect(withDoubt(tasks, before).map(({ name, schedule }) => [name, schedule])).toEqual([
    ['stays', '0 3 * * *'],
    ['changes', null],
    ['goes', null],
    ['comes', null],
  ])
})

it('what was in doubt already stays so until it is made true', () => {
  const doubtful = { ...daily('report'), schedule: null }
  expect(withDoubt([daily('report')], [doubtful])).toEqual([doubtful])
  expect(withDoubt([], [doubtful])).toEqual([doubtful])
})
