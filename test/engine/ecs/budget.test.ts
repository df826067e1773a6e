import { expect, test } from 'vitest'

import { Fleet } from './fleet.ts'

test.each([
  { processes: 1, autoscaled: 0 },
  { processes: 10, autoscaled: 1 },
  { processes: 50, autoscaled: 50 },
])(
  'design §10: nothing to do for $processes processes, $autoscaled of them autoscaled, costs its few reads',
  async (size) => {
    await using fleet = await Fleet.open(size)
    await fleet.deploy()
    const { outcome, calls } = await fleet.deploy()
    expect(outcome).toBe('unchanged')
    expect(calls.filter((call) => call.writes)).toEqual([])
    const budget = 2 + Math.ceil(size.processes / 10) + Math.ceil(size.autoscaled / 50)
    expect(calls.map((call) => call.operation).length).toBeLessThanOrEqual(budget)
  },
)
