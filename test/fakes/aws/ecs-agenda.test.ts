import fc from 'fast-check'
import { expect, it } from 'vitest'

import { Agenda } from './ecs/agenda.ts'

it('gives what was added in the order of time, and of one moment in the order of adding', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 40 }), (times) => {
      const agenda = new Agenda()
      const taken: number[] = []
      for (const [index, at] of times.entries()) agenda.add(at, () => taken.push(index))
      for (let run = agenda.take(); run !== null; run = agenda.take()) run()
      expect(taken).toEqual(times.map((_, index) => index).sort((a, b) => times[a]! - times[b]! || a - b))
      expect(agenda.next).toBe(Infinity)
    }),
  )
})
