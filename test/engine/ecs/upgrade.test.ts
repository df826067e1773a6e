import { expect, it } from 'vitest'

import { Documents } from '../../../src/engine/ecs/parameters/documents.ts'
import { releaseParameter, stateParameter } from '../../../src/engine/ecs/parameters/parameter-names.ts'
import { aProcess, aTask } from '../../plan/fixtures.ts'
import { anEcsApp, Yard } from './yard.ts'

const LATER = ['entry_point', 'pre_start', 'mounts', 'containers', 'depends_on', 'readiness']

/** As JSON of an earlier version: nothing is called by one of those names anywhere in it. */
function earlier<T>(value: T): T {
  const text = JSON.stringify(value, (key, each: unknown) => (LATER.includes(key) ? undefined : each))
  return JSON.parse(text) as T
}

const app = (level: string) =>
  anEcsApp({
    processes: [aProcess('web', { command: '/fake/stays-up', env: { LEVEL: level } })],
    tasks: [aTask('report', { schedule: '15 2 * * *' })],
  })

it('what an earlier version has stored is unchanged, and can be gone back to', async () => {
  await using yard = await Yard.open()
  await yard.deploy(app('info'))
  await yard.deploy(app('debug'))
  const documents = new Documents({ aws: yard.aws, clock: yard.fake.clock, cluster: 'default' })
  const id = app('debug')
  for (const name of [stateParameter(id), releaseParameter(id, 1), releaseParameter(id, 2)]) {
    await documents.update<unknown>(name, (value) => {
      expect(earlier(value)).not.toEqual(value)
      return earlier(value)
    })
  }
  expect((await yard.plan(id)).processes).toMatchObject([{ action: 'unchanged' }])
  expect(await yard.rollBack(id, 1)).toMatchObject({ outcome: 'succeeded' })
})
