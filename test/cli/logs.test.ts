import { stripVTControlCharacters } from 'node:util'

import { expect, test } from 'vitest'

import { createLogRenderer } from '../../src/cli/commands/logs.ts'
import type { LogLine } from '../../src/engine/logs.ts'

const line = (instance: string, text: string): LogLine => ({
  time: '2026-03-10T12:00:00.000Z',
  instance,
  stream: 'out',
  text,
})
const prefix = (shown: string) => shown.slice(0, shown.indexOf('2026'))

test('a line has its time and instance, and nothing that a terminal would obey', () => {
  const show = createLogRenderer(false)
  expect(show(line('web.1-3f9c2a', '\u001b[2J\u001b[31mred\u0007'))).toBe(
    '2026-03-10T12:00:00.000Z web.1-3f9c2a | red',
  )
})

test('on a terminal each instance keeps a colour of its own', () => {
  const show = createLogRenderer(true)
  const [first, second, again] = ['web.1-a', 'web.2-b', 'web.1-a'].map((each) =>
    prefix(show(line(each, 'x'))),
  )
  expect(first).not.toBe('')
  expect(second).not.toBe(first)
  expect(again).toBe(first)
})

test('colours of the program stay on a terminal', () => {
  const shown = createLogRenderer(true)(line('web.1-a', '\u001b[31mred'))
  expect(shown).toContain('\u001b[31mred')
  expect(stripVTControlCharacters(shown)).toBe('2026-03-10T12:00:00.000Z web.1-a | red')
})
