import { EventEmitter } from 'node:events'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'

import { watchPeer } from '../../src/server/shell-heartbeat.ts'

/** The other side of a connection, which answers or does not. */
class Peer extends EventEmitter {
  answers = true
  asked = 0
  ended = false

  ping(): void {
    this.asked += 1
    if (this.answers) this.emit('pong')
  }

  terminate(): void {
    this.ended = true
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(isBusy = () => false): { peer: Peer; stop: () => void } {
  const peer = new Peer()
  return { peer, stop: watchPeer(peer as unknown as WebSocket, isBusy) }
}

it('one that answers stays, for as long as it is watched', () => {
  const { peer, stop } = watched()
  vi.advanceTimersByTime(10 * 60_000)
  expect(peer).toMatchObject({ ended: false, asked: 40 })
  stop()
  vi.advanceTimersByTime(60_000)
  expect(peer.asked).toBe(40)
})

it('one that is gone without a word is ended within half a minute', () => {
  const { peer, stop } = watched()
  peer.answers = false
  vi.advanceTimersByTime(30_000)
  expect(peer.ended).toBe(true)
  stop()
})

it('one that has more to read than it reads cannot answer, and stays', () => {
  let busy = true
  const { peer, stop } = watched(() => busy)
  peer.answers = false
  vi.advanceTimersByTime(10 * 60_000)
  expect(peer.ended).toBe(false)
  busy = false
  vi.advanceTimersByTime(30_000)
  expect(peer.ended).toBe(true)
  stop()
})
