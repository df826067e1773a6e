import { expect, it } from 'vitest'

import { RefMoves } from '../../src/server/ref-moves.ts'
import { Workshop } from '../deploy/workshop.ts'

const ref = 'refs/heads/deployed'
const ZERO = '0'.repeat(40)
const succeeded = async (): Promise<'succeeded'> => 'succeeded'

it('start-up moves a branch to where its deployment wanted it', async () => {
  await using shop = await Workshop.open()
  const commit = await shop.commit({})
  const moves = new RefMoves(shop.engine.db)
  moves.add(shop.app, { number: 1, ref, from: ZERO, to: commit })
  await moves.repair(shop.app, shop.repository, succeeded)
  expect(await shop.repository.resolve(ref)).toBe(commit)
})

it('start-up leaves a branch alone whose deployment did not succeed', async () => {
  await using shop = await Workshop.open()
  const moves = new RefMoves(shop.engine.db)
  moves.add(shop.app, { number: 1, ref, from: ZERO, to: await shop.commit({}) })
  await moves.repair(shop.app, shop.repository, async () => 'rolled_back')
  expect(await shop.repository.resolve(ref)).toBeNull()
})

it('start-up never rewinds a branch that has moved on since', async () => {
  await using shop = await Workshop.open()
  const [one, two] = [await shop.commit({}), await shop.commit({})]
  const moves = new RefMoves(shop.engine.db)
  // The branch could not be moved after the first; after the second it was.
  moves.add(shop.app, { number: 1, ref, from: ZERO, to: one })
  moves.add(shop.app, { number: 2, ref, from: one, to: two })
  await shop.repository.updateRefs([{ ref, from: ZERO, to: two }], 'test', 'deployment #2')
  moves.settled(shop.app, { number: 2, ref })
  await moves.repair(shop.app, shop.repository, succeeded)
  expect(await shop.repository.resolve(ref)).toBe(two)
})
