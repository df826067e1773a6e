import { expect, it } from 'vitest'

import type { AppId } from '../../src/app/app.ts'
import type { Command } from '../../src/app/command.ts'
import type { BuiltImage } from '../../src/app/image.ts'
import type { TaskSpec } from '../../src/app/spec.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Subject } from './contract.ts'
import { taskSpec } from './specs.ts'

const NOBODY = new AbortController().signal

export interface Given {
  subject: Subject
  image: BuiltImage
  make: (key: string) => Promise<BuiltImage>
}

/** What every engine must remember of the runs of tasks. Asked for what it works with only while a test runs. */
export function taskRunContract(given: () => Given): void {
  const engine = (): Engine => given().subject.engine
  const app = (): AppId => given().subject.app
  const task = (name: string, command: Command, more: Partial<TaskSpec> = {}): TaskSpec =>
    taskSpec(name, command, given().image, { placement: given().subject.placement, ...more })
  const start = (spec: TaskSpec, initiated_by = 'test') =>
    engine().runTask(app(), { spec, initiated_by, deployment: null })
  const textsOf = async (id: string, follow = false): Promise<string[]> =>
    (await Array.fromAsync(engine().taskRuns.logs(app(), id, { follow, signal: NOBODY })))
      .filter(({ stream }) => stream !== 'gantry')
      .map(({ text }) => text)

  it('TT-21: lists the runs of tasks, newest first, with how they ended and what they were given', async () => {
    const good = await start(task('good', given().subject.programs.prints('fine', 0)), 'Zoë, "by hand"')
    await good.result
    const bad = await start(task('worse', given().subject.programs.prints('oh no', 7), { max_hours: 2 }))
    await bad.result
    const [last, first] = await engine().taskRuns.list(app(), 2)
    expect(last).toMatchObject({ id: bad.id, task: 'worse', status: 'failed', exit_code: 7, max_hours: 2 })
    expect(first).toMatchObject({
      id: good.id,
      task: 'good',
      status: 'succeeded',
      initiated_by: 'Zoë, "by hand"',
      deployment: null,
      exit_code: 0,
      reason: null,
      image: given().image.digest,
      cpu: good.run.cpu,
      memory: good.run.memory,
    })
    expect(first!.command).toContain('fine')
    expect(Date.parse(first!.ended_at!)).toBeGreaterThanOrEqual(Date.parse(first!.started_at))
    expect(await engine().taskRuns.list(app(), 1)).toEqual([last])
  })

  it('TT-22: shows one run while it goes on and when it has ended; others are not known', async () => {
    const handle = await start(task('shown', given().subject.programs.staysUp))
    expect(handle.run).toMatchObject({ id: handle.id, task: 'shown', ended_at: null, exit_code: null })
    const now = await engine().taskRuns.find(app(), handle.id)
    expect(now).toMatchObject({ id: handle.id, ended_at: null })
    expect(['starting', 'running']).toContain(now!.status)
    await handle.stop('enough')
    expect(await engine().taskRuns.find(app(), handle.id)).toMatchObject({
      status: 'stopped',
      reason: 'enough',
      exit_code: null,
      ended_at: expect.any(String),
    })
    expect(await engine().taskRuns.find(app(), 'task.shown-0')).toBeNull()
  })

  it('TT-23: stops a run whoever waits for it, and takes one that has ended out of the list', async () => {
    const { id, result } = await start(task('deleted', given().subject.programs.staysUp))
    await expect(engine().taskRuns.forget(app(), id)).rejects.toThrow(`${id} still runs`)
    expect(await engine().taskRuns.stop(app(), id, 'by hand')).toMatchObject({
      id,
      status: 'stopped',
      reason: 'by hand',
      exit_code: null,
    })
    expect(await result).toMatchObject({ exit_code: null, reason: 'by hand' })
    expect(await engine().taskRuns.stop(app(), id, 'again')).toMatchObject({ reason: 'by hand' })
    await engine().taskRuns.forget(app(), id)
    expect(await engine().taskRuns.find(app(), id)).toBeNull()
    expect((await engine().taskRuns.list(app(), 100)).map((each) => each.id)).not.toContain(id)
    await expect(engine().taskRuns.forget(app(), id)).rejects.toThrow('has no task')
    await expect(engine().taskRuns.stop(app(), id, 'gone')).rejects.toThrow('has no task')
    await expect(textsOf(id)).rejects.toThrow('has no task')
  })

  it('TT-09: has the whole log of each run, and of no other', async () => {
    const first = await start(task('logged', given().subject.programs.prints('the first', 0)))
    const second = await start(task('logged', given().subject.programs.prints('the second', 0)))
    expect(await textsOf(first.id, true)).toEqual(['the first'])
    expect(await textsOf(second.id, true)).toEqual(['the second'])
    await Promise.all([first.result, second.result])
    expect(await textsOf(first.id)).toEqual(['the first'])
    expect(await textsOf(second.id, true)).toEqual(['the second'])
  })

  it('TT-11: ends the following of a log when the run ends, and at once when nobody looks any more', async () => {
    const handle = await start(task('followed', given().subject.programs.staysUp))
    const abort = new AbortController()
    const watched = Array.fromAsync(
      engine().taskRuns.logs(app(), handle.id, { follow: true, signal: abort.signal }),
    )
    const toItsEnd = textsOf(handle.id, true)
    abort.abort()
    await watched
    expect(await engine().taskRuns.find(app(), handle.id)).toMatchObject({ ended_at: null })
    await handle.stop('enough')
    await toItsEnd
  })

  it('TT-16: a run that reaches its time limit was stopped, and says so', async () => {
    const handle = await start(task('limited', given().subject.programs.staysUp, { max_hours: 0.3 / 3_600 }))
    await handle.result
    expect(await engine().taskRuns.find(app(), handle.id)).toMatchObject({
      status: 'stopped',
      reason: expect.stringContaining('time limit'),
    })
  })

  it('TT-14: finds an image of its own by its tag, and no other', async () => {
    const key = 'd'.repeat(64)
    const made = await given().make(key)
    const found = await engine().taggedImage(app(), key)
    const spec = { ...task('tagged', given().subject.programs.prints('ran', 0)), image: found }
    expect([made.digest, `key:${key}`]).toContain(found.kind === 'built' ? found.digest : found.reference)
    expect((await (await start(spec)).result).exit_code).toBe(0)
    await expect(engine().taggedImage(app(), 'no-such-tag')).rejects.toThrow('no-such-tag')
  })
}
