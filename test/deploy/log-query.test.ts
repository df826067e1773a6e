import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { NotFoundError, UserError } from '../../src/app/errors.ts'
import { logQueryOf, type LogWish } from '../../src/deploy/log-query.ts'
import type { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { openEngine, remove, temporaryFolder } from '../engine/local/home.ts'

const app = { name: 'shop', environment: 'default' }
const entry = { kind: 'deploy', commit: null, by: 'test', title: 'test' } as const

let folder: string
let engine: LocalEngine
/** ISO time of the start of each deployment by its number; of 2 none, as it never had its turn. */
const started = new Map<number, string>()

beforeAll(async () => {
  folder = await temporaryFolder()
  engine = await openEngine(join(folder, 'home'), app)
  for (const starts of [true, false, true]) {
    const { number } = await engine.ledger.open(app, entry)
    if (starts) await engine.ledger.start(app, number)
    const outcome = starts ? 'failed' : 'superseded'
    await engine.ledger.finish(app, number, { outcome, reason: null, release: null })
    const { started_at } = (await engine.ledger.deployment(app, number))!
    if (started_at !== null) started.set(number, started_at)
  }
})
afterAll(async () => {
  await engine.close()
  await remove(folder)
})

const queryOf = (wish: Partial<LogWish>) =>
  logQueryOf(engine, app, { process: null, follow: false, lines: 50, ...wish })

test('the span of a deployment goes to the next one that had its turn', async () => {
  expect([...started.keys()]).toEqual([1, 3])
  expect(await queryOf({ deployment: 1 })).toEqual({
    process: null,
    follow: false,
    lines: 50,
    since: started.get(1),
    before: started.get(3),
  })
})

test('the span of the latest deployment is open', async () => {
  const query = await queryOf({ deployment: 3 })
  expect(query).toMatchObject({ since: started.get(3) })
  expect(query).not.toHaveProperty('before')
})

test('of two times since when, the later one counts', async () => {
  const [early, late] = ['2000-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z']
  expect(await queryOf({ deployment: 1, since: early })).toMatchObject({ since: started.get(1) })
  expect(await queryOf({ deployment: 1, since: late })).toMatchObject({ since: late })
})

test('a deployment that is not known, or never began, is an error, and so is a process without output', async () => {
  await expect(queryOf({ deployment: 9 })).rejects.toThrow(NotFoundError)
  await expect(queryOf({ deployment: 2 })).rejects.toThrow('deployment #2 has not started')
  await expect(queryOf({ deployment: 2 })).rejects.toThrow(UserError)
  await expect(queryOf({ process: 'wrker' })).rejects.toThrow('shop has no output of "wrker"')
})
