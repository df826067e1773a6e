import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { shop } from './apps.ts'
import { World } from './world.ts'

it('what an operator asks for stands in the audit trail with what was before, and without the values of variables', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('audited')
  await checkout.deploy(shop('1'))
  const create = { process: 'extra', create: true, set: { command: 'sleep 60', 'env.KEY': 'opensesame' } }
  await world.operate('audited', [create])
  await world.operate('audited', [{ process: 'worker', set: { memory: '2', 'rollout.timeout': '5m' } }])
  await world.operate('audited', [{ process: 'worker', unset: ['memory'], restart: true }])
  await world.operate('audited', [{ process: 'extra', delete: true }])
  await expect(world.operate('audited', [{ process: 'worker', delete: true }])).rejects.toThrow(
    /the config defines worker.*remove it there and deploy/,
  )
  // It is the server's alone while that runs.
  await world.stop()
  const entries = auditOf(world)
  expect(entries).toMatchObject([
    {
      before: { extra: null },
      after: { extra: { command: 'sleep 60' } },
      detail: { deployment: 2, operations: [{ process: 'extra', action: 'create', variables: ['KEY'] }] },
    },
    {
      before: { worker: { memory: 512, rollout: { timeout: 900 } } },
      after: { worker: { memory: 2048, rollout: { timeout: 300 } } },
      detail: { deployment: 3, operations: [{ process: 'worker', action: 'change' }] },
    },
    {
      before: { worker: { memory: 2048 } },
      after: { worker: {} },
      detail: { operations: [{ handed_back: ['memory'], restart: true }] },
    },
    {
      before: { extra: { name: 'extra', command: 'sleep 60' } },
      after: { extra: null },
      detail: { operations: [{ action: 'delete' }] },
    },
  ])
  expect(JSON.stringify(entries)).not.toContain('opensesame')
})

/** Oldest first. */
function auditOf({ home }: World): unknown[] {
  const db = new DatabaseSync(join(home, 'gantry.db'), { readOnly: true })
  const rows = db
    .prepare("SELECT before, after, detail FROM audit WHERE action = 'process.operate' ORDER BY id")
    .all()
  db.close()
  const read = (value: unknown): unknown => JSON.parse(String(value))
  return rows.map(({ before, after, detail }) => ({
    before: read(before),
    after: read(after),
    detail: read(detail),
  }))
}
