import { expect, it } from 'vitest'

import { latestEvents } from '../../../../src/engine/ecs/services/service-events.ts'

const event = (second: number) => ({
  createdAt: new Date(second * 1_000),
  message: `(service shop--default--web) (deployment ecs-svc/1) step ${second}`,
})

it('what happened lately is told newest first, without the name of the service, twenty at most (TP-37)', () => {
  const events = Array.from({ length: 30 }, (_, index) => event(index)).toReversed()
  const told = latestEvents({ events })
  expect(told).toHaveLength(20)
  expect(told[0]).toEqual({ at: '1970-01-01T00:00:29.000Z', text: 'step 29' })
  expect(told.at(-1)!.text).toBe('step 10')
  expect(latestEvents({})).toEqual([])
})
