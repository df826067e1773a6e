import { afterEach, beforeEach, expect, it } from 'vitest'

import type { BuiltImage } from '../../../src/app/image.ts'
import type { LocalEngine } from '../../../src/engine/local/local-engine.ts'
import { taskSpec } from '../specs.ts'
import { BUILD } from '../../app/fixtures.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

const app = { name: 'shop', environment: 'default' }
const EVERY_SECOND = '* * * * * *'
let home: string
let engine: LocalEngine
let image: BuiltImage

beforeEach(async () => {
  home = await temporaryFolder()
  engine = await openEngine(home, app)
  image = await engine.makeImage(
    app,
    { key: 'a'.repeat(64), build: BUILD, source: { bytes: 0, files: 0, write: async () => {} } },
    { signal: new AbortController().signal, log: () => {} },
  )
})
afterEach(async () => {
  await engine.close()
  await remove(home)
})

const linesOf = async (task: string): Promise<string[]> => {
  const query = { process: `task.${task}`, follow: false, lines: 100, signal: new AbortController().signal }
  return (await Array.fromAsync(engine.logs(app, query))).map((line) => line.text)
}

it('a scheduled task runs when it is due, and still does after a restart of the server', async () => {
  await engine.setSchedules(app, [
    taskSpec('tick', 'echo tick', image, { schedule: EVERY_SECOND, run: null }),
  ])
  await expect.poll(() => linesOf('tick')).toContain('tick')
  await engine.close()
  engine = await openEngine(home, app)
  const before = (await linesOf('tick')).length
  await expect.poll(async () => (await linesOf('tick')).length).toBeGreaterThan(before)
})

it('with concurrency forbid it is skipped while the one before runs', async () => {
  const options = { schedule: EVERY_SECOND, run: null, concurrency: 'forbid' as const }
  await engine.setSchedules(app, [taskSpec('long', 'echo begun; sleep 600', image, options)])
  await expect.poll(() => linesOf('long')).toContain('skipped: the one before still runs')
  expect((await linesOf('long')).filter((line) => line === 'begun')).toHaveLength(1)
})

it('a schedule is read in its time zone', async () => {
  const hourIn = (timezone: string): string =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: timezone }).format(
      new Date(),
    )
  const here = `* * ${Number(hourIn('Asia/Tokyo'))} * * *`
  await engine.setSchedules(app, [
    taskSpec('tokyo', 'echo tokyo', image, { schedule: here, timezone: 'Asia/Tokyo', run: null }),
    taskSpec('lima', 'echo lima', image, { schedule: here, timezone: 'America/Lima', run: null }),
  ])
  await expect.poll(() => linesOf('tokyo')).toContain('tokyo')
  expect(await linesOf('lima')).toEqual([])
})
