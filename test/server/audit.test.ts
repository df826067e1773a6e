import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, onTestFinished, test } from 'vitest'

import { systemClock } from '../../src/app/clock.ts'
import { Audit } from '../../src/server/audit.ts'
import { Database } from '../../src/store/database.ts'
import { MIGRATIONS } from '../../src/store/schema.ts'
import { remove, temporaryFolder } from '../engine/local/home.ts'

/** The version of databases whose audit trail had neither before nor after. */
const OLD = 3

test('what was written down by an older Gantry stays, and new entries come after it', async () => {
  const folder = await temporaryFolder()
  onTestFinished(() => remove(folder))
  const path = join(folder, 'gantry.db')
  const old = new DatabaseSync(path)
  for (const sql of MIGRATIONS.slice(0, OLD)) old.exec(sql)
  old.exec(`PRAGMA user_version = ${OLD}`)
  old.exec(
    `INSERT INTO audit (at, who, app, action, detail) VALUES ('2026-01-01T00:00:00.000Z', 'ada', 'shop', 'run', '{"id": "x"}')`,
  )
  old.close()

  const db = new Database(path)
  onTestFinished(() => db.close())
  const audit = new Audit(db, systemClock)
  audit.write(
    { who: 'bob', token: 't', app: 'shop', action: 'app.set' },
    { before: { a: 1 }, after: { a: 2 } },
  )
  expect(audit.list('shop', 10)).toMatchObject([
    { id: 2, who: 'bob', token: 't', before: { a: 1 }, after: { a: 2 }, detail: {} },
    { id: 1, who: 'ada', token: null, before: null, after: null, detail: { id: 'x' } },
  ])
})

test('entries are listed before an id, and those of one app without those of others', () => {
  const audit = new Audit(new Database(':memory:'), systemClock)
  for (const app of ['shop', 'other', 'shop', null]) {
    audit.write({ who: 'ada', token: null, app, action: 'test' }, { before: null, after: null })
  }
  expect(audit.list('shop', 10).map(({ id }) => id)).toEqual([3, 1])
  expect(audit.list('shop', 10, 3).map(({ id }) => id)).toEqual([1])
  expect(audit.list(null, 2).map(({ id }) => id)).toEqual([4, 3])
})
