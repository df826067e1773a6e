import { expect, it } from 'vitest'

import { systemClock } from '../../../src/app/clock.ts'
import { aProcess, anApp, aTask } from '../../plan/fixtures.ts'
import { Deployer } from '../deployer.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

const LATER = ['entry_point', 'pre_start', 'mounts', 'containers', 'depends_on', 'readiness']
const paths = (root: string): string => LATER.map((field) => `'${root}.${field}'`).join(', ')

const app = (level: string) =>
  anApp({
    processes: [aProcess('web', { command: 'sleep 600', env: { LEVEL: level } })],
    tasks: [aTask('report', { schedule: '15 2 * * *' })],
  })

it('what an earlier version has stored is unchanged, and can be gone back to', async () => {
  const home = await temporaryFolder()
  const engine = await openEngine(home, app('info'))
  const shop = new Deployer(engine, systemClock)
  await shop.deploy(app('info'))
  await shop.deploy(app('debug'))
  engine.db.run(`UPDATE processes SET state = json_remove(state, ${paths('$.spec')})`)
  engine.db.run(`UPDATE schedules SET spec = json_remove(spec, ${paths('$')})`)
  engine.db.run(
    `UPDATE releases SET content = json_remove(content, ${paths('$.app.processes[0]')}, ${paths('$.app.tasks[0]')})`,
  )
  expect((await shop.plan(app('debug'))).processes).toMatchObject([{ action: 'unchanged' }])
  await engine.prune(app('debug'))
  expect(await shop.rollBack(app('debug'), 1)).toMatchObject({ outcome: 'succeeded' })
  await engine.close()
  await remove(home)
})
