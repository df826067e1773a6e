import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { LARGEST, showSize, snap } from '../../../src/engine/ecs/fargate-sizes.ts'

test.each([
  ['an offered size stays', [256, 512], [256, 512]],
  ['memory goes up to the next step', [256, 600], [256, 1024]],
  ['cpu goes up to the next size, and memory to its smallest', [700, 512], [1024, 2048]],
  ['cpu goes up only where there is not enough memory', [256, 2049], [512, 3072]],
  ['steps of 4 GB with 8 vCPU', [8192, 16_385], [8192, 20_480]],
  ['steps of 8 GB with 16 vCPU', [16_384, 32_769], [16_384, 40_960]],
  ['32 vCPU with 60, 120 and 244 GB', [32_768, 122_881], [32_768, 249_856]],
])('ecs.md §4.3: %s', (_name, [cpu, memory], [snappedCpu, snappedMemory]) => {
  expect(snap({ cpu: cpu!, memory: memory! })).toEqual({ cpu: snappedCpu, memory: snappedMemory })
})

test('above the largest there is nothing', () => {
  expect(snap(LARGEST)).toEqual(LARGEST)
  expect(snap({ ...LARGEST, memory: LARGEST.memory + 1 })).toBeNull()
  expect(snap({ ...LARGEST, cpu: LARGEST.cpu + 1 })).toBeNull()
})

test('snapping never takes away, and what was snapped stays', () => {
  const size = fc.record({
    cpu: fc.integer({ min: 1, max: LARGEST.cpu }),
    memory: fc.integer({ min: 32, max: LARGEST.memory }),
  })
  fc.assert(
    fc.property(size, (wanted) => {
      const snapped = snap(wanted)!
      expect(snapped.cpu).toBeGreaterThanOrEqual(wanted.cpu)
      expect(snapped.memory).toBeGreaterThanOrEqual(wanted.memory)
      expect(snap(snapped)).toEqual(snapped)
    }),
  )
})

test('a size reads as people say it', () => {
  expect(showSize({ cpu: 256, memory: 512 })).toBe('512 MB with 0.25 vCPU')
})
