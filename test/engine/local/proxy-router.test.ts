import { describe, expect, it } from 'vitest'
import { Router, type Passage, type Upstream } from '../../../src/engine/local/proxy/router.ts'

const upstream = (instance: string): Upstream => ({ instance, port: 20_000 })

function routerWith(...instances: string[]): Router {
  const router = new Router()
  router.set('shop', 'web', instances.map(upstream))
  return router
}

const enter = (router: Router): Passage => router.enter('shop', 'web')!
const taken = (passage: Passage): string => passage.upstream.instance

async function isSettled(promise: Promise<void>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ])
}

describe('choosing an instance', () => {
  it('goes round where all have as little to do (BK-04)', () => {
    const router = routerWith('a', 'b', 'c')
    const order = Array.from({ length: 6 }, () => {
      const passage = enter(router)
      passage.end()
      return taken(passage)
    })
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })

  it('takes the one with the least in flight', () => {
    const router = routerWith('a', 'b', 'c')
    const [a, b] = [enter(router), enter(router), enter(router)]
    b.end()
    expect(taken(enter(router))).toBe('b')
    a.end()
    expect(taken(enter(router))).toBe('a')
  })

  it('counts streams as something to do', () => {
    const router = routerWith('a', 'b')
    enter(router).becomeStream()
    expect([taken(enter(router)), taken(enter(router))].sort()).toEqual(['a', 'b'])
    expect(router.inFlight('a')).toEqual({ requests: 1, streams: 1 })
  })

  it('takes none that is excepted', () => {
    const router = routerWith('a', 'b')
    expect(taken(router.enter('shop', 'web', new Set(['a']))!)).toBe('b')
    expect(router.enter('shop', 'web', new Set(['a', 'b']))).toBeNull()
  })

  it('has none of what is not known', () => {
    const router = routerWith()
    expect(router.enter('shop', 'web')).toBeNull()
    expect(router.enter('shop', 'worker')).toBeNull()
    expect(router.enter('other', 'web')).toBeNull()
  })

  it('takes only new instances once they are set', () => {
    const router = routerWith('a', 'b')
    enter(router)
    router.set('shop', 'web', [upstream('c')])
    expect([taken(enter(router)), taken(enter(router))]).toEqual(['c', 'c'])
  })
})

describe('the process of the bare host', () => {
  it('is `web` where that is public, else the first public one by name', () => {
    const router = new Router()
    expect(router.main('shop')).toBeNull()
    router.expose('shop', 'worker', false)
    expect(router.main('shop')).toBeNull()
    router.expose('shop', 'site', true)
    router.expose('shop', 'api', true)
    expect(router.main('shop')).toBe('api')
    router.expose('shop', 'web', true)
    expect(router.main('shop')).toBe('web')
    router.expose('shop', 'web', false)
    expect(router.main('shop')).toBe('api')
    router.remove('shop', 'api')
    expect(router.main('shop')).toBe('site')
    expect(router.isPublic('shop', 'worker')).toBe(false)
  })
})

describe('a drain', () => {
  const long = { timeout: 60_000 }

  it('is over when the last request has ended', async () => {
    const router = routerWith('a')
    const [one, two] = [enter(router), enter(router)]
    const drained = router.drain('a', long)
    one.end()
    one.end()
    expect(await isSettled(drained)).toBe(false)
    two.end()
    await drained
  })

  it('is over at once when nothing is in flight', async () => {
    await routerWith('a').drain('a', long)
    await new Router().drain('unknown', long)
  })

  it('does not wait for streams, nor for a request that becomes one', async () => {
    const router = routerWith('a')
    const [stream, request] = [enter(router), enter(router)]
    stream.becomeStream()
    stream.becomeStream()
    const drained = router.drain('a', long)
    expect(await isSettled(drained)).toBe(false)
    request.becomeStream()
    await drained
    expect(router.inFlight('a')).toEqual({ requests: 0, streams: 2 })
    stream.end()
    request.end()
    request.becomeStream()
    expect(router.inFlight('a')).toEqual({ requests: 0, streams: 0 })
  })

  it('does not wait for another instance', async () => {
    const router = routerWith('a', 'b')
    enter(router)
    await router.drain('b', long)
  })

  it('is over at its timeout, and when the signal fires', async () => {
    const router = routerWith('a')
    enter(router)
    await router.drain('a', { timeout: 5 })
    const stop = new AbortController()
    const drained = router.drain('a', { ...long, signal: stop.signal })
    stop.abort()
    await drained
    await router.drain('a', { ...long, signal: stop.signal })
  })
})
