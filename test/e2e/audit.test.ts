import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import type { OperationRecord } from '../../src/deploy/operation-record.ts'
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
    { number: 2, operations: [{ action: 'create', before: null, after: { command: 'sleep 60' } }] },
    {
      number: 3,
      operations: [
        {
          process: 'worker',
          action: 'change',
          before: { memory: 512, rollout: { timeout: 900 } },
          after: { memory: 2048, rollout: { timeout: 300 } },
        },
      ],
    },
    { operations: [{ before: { memory: 2048 }, after: {}, handed_back: ['memory'], restart: true }] },
    { operations: [{ action: 'delete', before: { name: 'extra', command: 'sleep 60' }, after: null }] },
  ])
  expect(entries[0]!.operations[0]!.variables).toEqual(['KEY'])
  expect(JSON.stringify(entries)).not.toContain('opensesame')
})

interface Audited {
  number: number
  operations: OperationRecord[]
}

/** Oldest first. */
function auditOf({ home }: World): Audited[] {
  const db = new DatabaseSync(join(home, 'gantry.db'), { readOnly: true })
  const rows = db.prepare("SELECT detail FROM audit WHERE action = 'operate' ORDER BY id").all()
  db.close()
  return rows.map(({ detail }) => JSON.parse(String(detail)) as Audited)
}
