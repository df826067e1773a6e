import { expect, it } from 'vitest'

import { Queue } from '../../src/engine/queue.ts'

const NOBODY = new AbortController().signal
const ask = (queue: Queue, deployment: number, signal = NOBODY) =>
  queue.enter({ deployment, supersedes: true, onWait: () => {}, signal })

it('one that was cancelled before it asks does not wait, and makes nobody out of date', async () => {
  const queue = new Queue()
  const held = await ask(queue, 4)
  const waiting = ask(queue, 5)
  await expect(ask(queue, 6, AbortSignal.abort())).rejects.toThrow('cancelled')
  await held.release()
  await (await waiting).release()
})

it('one that was cancelled before it asks does not get a free lock either', async () => {
  const queue = new Queue()
  await expect(ask(queue, 1, AbortSignal.abort())).rejects.toThrow('cancelled')
  await (await ask(queue, 2)).release()
})
