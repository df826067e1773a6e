import { expect, it } from 'vitest'

import { OutputQueue } from '../../src/cli/shell-output-queue.ts'

const chunk = (text: string, size = text.length) => ({
  stream: 'out' as const,
  bytes: Buffer.alloc(size, text),
})

it('gives what was written in its order, and ends', async () => {
  const queue = new OutputQueue({ pause: () => {}, resume: () => {} })
  queue.push(chunk('a'))
  const read = Array.fromAsync(queue, ({ bytes }) => Buffer.from(bytes).toString())
  queue.push(chunk('b'))
  queue.end()
  expect(await read).toEqual(['a', 'b'])
})

it('stops its source while too much waits, and only then', async () => {
  const told: string[] = []
  const queue = new OutputQueue({ pause: () => told.push('pause'), resume: () => told.push('resume') })
  for (let each = 0; each < 5; each += 1) queue.push(chunk('x', 64 * 1024))
  expect(queue.isFull).toBe(true)
  expect(new Set(told)).toEqual(new Set(['pause']))
  const reader = queue[Symbol.asyncIterator]()
  await reader.next()
  expect(told.at(-1)).toBe('resume')
  expect(queue.isFull).toBe(false)
})
