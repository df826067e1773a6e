import { expect, test } from 'vitest'

import {
  processFamily,
  scheduleName,
  serviceName,
  startedBy,
  taskFamily,
} from '../../../src/engine/ecs/names.ts'

const LONGEST = 'a'.repeat(63)
const APP = { name: LONGEST, environment: LONGEST }
const OTHER = { name: LONGEST, environment: `${'a'.repeat(62)}b` }

test('ecs.md §4.3: a family has at most 255 letters, digits, hyphens and underscores, however long the names', () => {
  for (const family of [processFamily(APP, LONGEST), taskFamily(APP, LONGEST)]) {
    expect(family).toMatch(/^[A-Za-z0-9_-]{1,255}$/)
  }
  expect(serviceName(APP, LONGEST, null)).toMatch(/^[A-Za-z0-9_-]{1,255}$/)
})

test('ecs.md §4.4: who started a task has at most 128 letters, digits, hyphens, underscores and slashes', () => {
  expect(startedBy(APP)).toMatch(/^[A-Za-z0-9_/-]{1,128}$/)
  expect(startedBy(APP)).not.toBe(startedBy(OTHER))
})

test('a schedule has at most 64, and two tasks never the same', () => {
  expect(scheduleName(APP, 'one').length).toBeLessThanOrEqual(64)
  expect(scheduleName(APP, 'one')).not.toBe(scheduleName(APP, 'two'))
})
