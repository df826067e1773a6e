import { expect, test } from 'vitest'

import type { LogLine } from '../../../src/engine/logs.ts'
import { timedFrom } from '../../../src/server/api/resume.ts'

const line = (second: number, text: string): LogLine => ({
  time: `2026-01-01T00:00:0${second}.000Z`,
  instance: 'web.1-a',
  stream: 'out',
  text,
})

async function* written(lines: readonly LogLine[]): AsyncGenerator<LogLine> {
  yield* lines
}

test('a line that arrives late does not make those before it come twice', async () => {
  const before = [line(1, 'a'), line(3, 'b'), line(3, 'c'), line(2, 'late')]
  const events = await Array.fromAsync(timedFrom(null).from(written(before)))
  expect(events.map(({ data }) => data.text)).toEqual(['a', 'b', 'c', 'late'])

  const resumed = timedFrom(events.at(-1)!.id)
  const { since } = resumed.narrow({ process: null, follow: true, lines: 100 })
  const all = [...before, line(3, 'd'), line(4, 'e')].filter(({ time }) => time >= since!)
  const rest = await Array.fromAsync(resumed.from(written([...all, line(2, 'later')])))
  expect(rest.map(({ data }) => data.text)).toEqual(['d', 'e', 'later'])
})
