import { afterAll, beforeAll, expect, test } from 'vitest'

import { shop } from '../../e2e/apps.ts'
import { World } from '../../e2e/world.ts'
import { call, nextOf } from './call.ts'

let world: World
beforeAll(async () => {
  world = await World.create()
  const checkout = await world.createApp('shop')
  for (const version of ['1', '2', '3', '4', '5'])
    expect((await checkout.deploy(shop(version))).ok).toBe(true)
})
afterAll(() => world[Symbol.asyncDispose]())

type Item = Record<string, unknown>

/** All pages of a list, and what is done after each. */
async function pagesOf(path: string, meanwhile: () => Promise<unknown> = async () => {}): Promise<Item[][]> {
  const pages: Item[][] = []
  for (let next: string | null = path; next !== null; await meanwhile()) {
    const answer = await call(world, { path: next })
    expect(answer.status, answer.text).toBe(200)
    pages.push(answer.body as Item[])
    next = nextOf(answer)
  }
  return pages
}

const sizes = (pages: Item[][]): number[] => pages.map(({ length }) => length)
const values = (pages: Item[][], key: string): unknown[] => pages.flat().map((item) => item[key])

test('deployments and releases come in pages without gaps', async () => {
  for (const list of ['deployments', 'releases']) {
    const pages = await pagesOf(`/apps/shop/${list}?limit=2`)
    expect(sizes(pages)).toEqual([2, 2, 1])
    expect(values(pages, 'number')).toEqual([5, 4, 3, 2, 1])
  }
  expect(sizes(await pagesOf('/apps/shop/releases?limit=5'))).toEqual([5])
})

test('what is new while somebody turns the pages does not move them', async () => {
  const pages = await pagesOf('/apps/shop/audit?limit=2', () =>
    world.api('PUT', '/apps/shop/variables/X', { value: '1' }),
  )
  const ids = values(pages, 'id') as number[]
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a))
  expect(values(pages, 'action').filter((action) => action === 'push')).toHaveLength(5)
  expect(values(pages, 'action')).not.toContain('variable.set')
})

test('runs of tasks go on behind one that was taken out of the list', async () => {
  const runs: string[] = []
  for (let count = 0; count < 5; count += 1) {
    const { id } = await world.api<{ id: string }>('POST', '/apps/shop/tasks', { command: 'true' })
    runs.unshift(id)
    await world.text(`/apps/shop/tasks/${id}/logs?follow=true`)
  }
  expect(values(await pagesOf('/apps/shop/tasks?limit=2'), 'id')).toEqual(runs)
  const first = await call(world, { path: '/apps/shop/tasks?limit=2' })
  await world.api('DELETE', `/apps/shop/tasks/${runs[1]}`)
  expect(values(await pagesOf(nextOf(first)!), 'id')).toEqual(runs.slice(2))
})

test('a cursor is of its own list, and a limit is bounded', async () => {
  const { headers, ...first } = await call(world, { path: '/apps/shop/tasks?limit=1' })
  const cursor = new URL(nextOf({ headers, ...first })!, 'http://x').searchParams.get('cursor')!
  for (const query of [`cursor=${cursor}`, 'cursor=nonsense', 'limit=0', 'limit=1001', 'limit=all']) {
    const { status, text } = await call(world, { path: `/apps/shop/releases?${query}` })
    expect(status, text).toBe(400)
  }
})
