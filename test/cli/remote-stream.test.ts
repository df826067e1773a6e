import { describe, expect, test } from 'vitest'

import { UserError } from '../../src/app/errors.ts'
import { LostError, UnreachableError } from '../../src/cli/connection-error.ts'
import { reopened } from '../../src/cli/remote-stream.ts'
import { VirtualClock } from '../fakes/virtual-clock.ts'

const lost = (): LostError => new LostError('broke')

/** Streams of a server: each is what it sends until it ends, or breaks with an error. */
function streams<T>(...all: (readonly T[] | [readonly T[], Error])[]): () => AsyncIterable<T> {
  return async function* () {
    const [items, error] = parts(all.shift() ?? [])
    yield* items
    if (error !== null) throw error
  }
}

function parts<T>(stream: readonly T[] | [readonly T[], Error]): [readonly T[], Error | null] {
  return stream[1] instanceof Error ? [stream[0] as readonly T[], stream[1]] : [stream as readonly T[], null]
}

async function readAll<T>(open: () => AsyncIterable<T>): Promise<{ items: T[]; breaks: number }> {
  let breaks = 0
  const clock = new VirtualClock()
  const signal = new AbortController().signal
  const items = await Array.fromAsync(reopened(open, { clock, signal, onBroken: () => void (breaks += 1) }))
  return { items, breaks }
}

describe('a stream that breaks', () => {
  test('goes on, however often', async () => {
    const open = streams([[1, 2], lost()], [[], lost()], [[3], lost()], [4])
    expect(await readAll(open)).toEqual({ items: [1, 2, 3, 4], breaks: 2 })
  })

  test('waits for a server that starts again', async () => {
    const gone = new UnreachableError('gone')
    const open = streams<number>([[1], lost()], [[], gone], [[], gone], [2])
    expect(await readAll(open)).toEqual({ items: [1, 2], breaks: 1 })
  })

  test('is given up when the server does not come back in a minute', async () => {
    const gone = new UnreachableError('gone')
    let tries = 0
    const open = async function* () {
      tries += 1
      yield* tries === 1 ? [1] : []
      throw tries === 1 ? lost() : gone
    }
    await expect(readAll(open)).rejects.toThrow('gone')
    expect(tries).toBeGreaterThan(10)
    expect(tries).toBeLessThan(30)
  })

  test.each([
    ['that never was there', new UnreachableError('nobody')],
    ['for another reason', new UserError('refused')],
  ])('%s is an error at once', async (_, error) => {
    await expect(readAll(streams<number>([[], error], [1]))).rejects.toThrow(error)
  })

  test('ends when the signal fires while it waits', async () => {
    const abort = new AbortController()
    const io = { clock: new VirtualClock(), signal: abort.signal, onBroken: () => abort.abort() }
    expect(await Array.fromAsync(reopened(streams([[1], lost()], [2]), io))).toEqual([1])
  })
})
