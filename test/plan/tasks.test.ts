import { describe, expect, test } from 'vitest'

import type { Task } from '../../src/app/app.ts'
import { isEmpty, plan, schedules, type Desired } from '../../src/plan/plan.ts'
import { anApp, aProcess, aTask, carriedOut, key, NOTHING, runningAfter, taskOf, wanted } from './fixtures.ts'

const migrate = aTask('migrate', { run: 'pre_deploy' })
const withTask = (task: Task, process = aProcess('web')) => anApp({ processes: [process], tasks: [task] })
const app = withTask(migrate)
const running = runningAfter(wanted(app))
const migrateIn = (desired: Desired, now = running) => taskOf('migrate', desired, now)

describe.each(['pre_deploy', 'post_deploy'] as const)('a %s task', (run) => {
  const task = { ...migrate, run }
  const now = runningAfter(wanted(withTask(task)))

  test('runs when it has not succeeded yet', () => {
    expect(taskOf('migrate', wanted(withTask(task)), NOTHING)).toMatchObject({
      action: 'run',
      phase: run,
      reason: 'it has not succeeded yet',
    })
  })

  test('does not run again when nothing differs', () => {
    expect(taskOf('migrate', wanted(withTask(task)), now)).toMatchObject({ action: 'skip' })
  })

  test('runs when an image of the deployment is another one', () => {
    const other = wanted(withTask(task), { key: key('b'), made: false })
    expect(taskOf('migrate', other, now)).toMatchObject({
      action: 'run',
      reason: 'it or an image differs from when it last succeeded',
    })
  })

  test.each([
    ['command', 'bin/other'],
    ['env', { A: '1' }],
    ['secrets', { A: 'ssm:/a' }],
    ['memory', 1024],
    ['cpu', 512],
  ])('runs when its %s differs, even if nothing else does', (field, value) => {
    const made = plan(wanted(withTask({ ...task, [field]: value })), now)
    expect(made.tasks[0]).toMatchObject({ action: 'run' })
    expect(isEmpty(made)).toBe(false)
  })

  test('runs again when a deployer died before it succeeded', () => {
    const { succeeded: _, ...rest } = now
    expect(taskOf('migrate', wanted(withTask(task)), { ...rest, succeeded: {} })).toMatchObject({
      action: 'run',
    })
  })

  test.each([
    ['scale', { demand_count: 3 }],
    ['stop', { disabled: true }],
  ])('does not run for %s, not even with `when: always`', (_, fields) => {
    for (const when of ['changed', 'always'] as const) {
      const before = runningAfter(wanted(withTask({ ...task, when })))
      const after = withTask({ ...task, when }, aProcess('web', fields))
      expect(taskOf('migrate', wanted(after), before)).toMatchObject({ action: 'skip' })
    }
  })
})

test('the fingerprint is the same before and after the image is built', () => {
  const before = migrateIn(wanted(app, { key: key('b'), made: false })).fingerprint
  expect(before).toMatch(/^[0-9a-f]{64}$/)
  expect(migrateIn(wanted(app, { key: key('b'), made: true })).fingerprint).toBe(before)
})

test('the fingerprint does not depend on the order in which the config names things', () => {
  const env = (env: Record<string, string>) => migrateIn(wanted(withTask({ ...migrate, env }))).fingerprint
  expect(env({ A: '1', B: '2' })).toBe(env({ B: '2', A: '1' }))
})

test('an image that is made anew runs the tasks once', () => {
  const rebuild = plan(wanted(app, { rebuild: true }), running)
  expect(rebuild.images).toMatchObject([{ action: 'rebuild' }])
  expect(rebuild.tasks).toMatchObject([{ action: 'run', reason: 'an image is made anew' }])
  expect(migrateIn(wanted(app), carriedOut(rebuild, running))).toMatchObject({ action: 'skip' })
})

describe('a task with `when: always`', () => {
  const always = { ...migrate, when: 'always' as const }
  const before = runningAfter(wanted(withTask(always)))

  test('is not by itself a reason to deploy', () => {
    const made = plan(wanted(withTask(always)), before)
    expect(made.tasks).toMatchObject([{ action: 'skip' }])
    expect(isEmpty(made)).toBe(true)
  })

  test('runs with a deployment that does something', () => {
    const after = withTask(always, aProcess('web', { memory: 1024 }))
    expect(taskOf('migrate', wanted(after), before)).toMatchObject({
      action: 'run',
      reason: 'it runs with every deployment',
    })
  })

  test('runs with a deployment that only runs another task', () => {
    const other = aTask('warm', { run: 'post_deploy' })
    const after = wanted(anApp({ processes: [aProcess('web')], tasks: [always, other] }))
    expect(taskOf('migrate', after, before)).toMatchObject({ action: 'run' })
  })
})

describe('a roll-back', () => {
  const rollback = { rollback: { owned_images: {} } }

  test('does not run pre-deploy tasks', () => {
    expect(taskOf('migrate', wanted(app, { key: key('b') }), running, rollback)).toMatchObject({
      action: 'skip',
      reason: 'a roll-back does not run it',
    })
  })

  test('runs post-deploy tasks', () => {
    const warm = withTask(aTask('warm', { run: 'post_deploy' }))
    expect(
      taskOf('warm', wanted(warm, { key: key('b') }), runningAfter(wanted(warm)), rollback),
    ).toMatchObject({
      action: 'run',
    })
  })
})

describe('a schedule', () => {
  const report = aTask('report', { schedule: '15 2 * * *', timezone: 'Europe/Berlin' })
  const scheduled = runningAfter(wanted(withTask(report)))
  const reportIn = (task: Task) => taskOf('report', wanted(withTask(task)), scheduled)

  test('is created, and is then unchanged', () => {
    expect(taskOf('report', wanted(withTask(report)), NOTHING)).toMatchObject({
      action: 'create',
      phase: 'schedule',
    })
    expect(reportIn(report)).toMatchObject({ action: 'unchanged' })
  })

  test('is updated where the time or what it runs differs, and the plan says where', () => {
    expect(reportIn({ ...report, schedule: '0 3 * * *', memory: 1024 })).toMatchObject({
      action: 'update',
      reason: 'what differs: memory, schedule',
    })
    expect(taskOf('report', wanted(withTask(report), { key: key('b') }), scheduled)).toMatchObject({
      action: 'update',
      reason: 'what differs: image',
    })
  })

  test('is removed when the config no longer has it', () => {
    const without = wanted(anApp({ processes: [aProcess('web')] }))
    expect(taskOf('report', without, scheduled)).toMatchObject({ action: 'remove', spec: null })
    expect(schedules(plan(without, scheduled))).toEqual([])
  })

  test('of a task that deployments run too has an entry of its own', () => {
    const made = plan(wanted(withTask({ ...report, run: 'post_deploy' })), NOTHING)
    expect(made.tasks.map((each) => `${each.action} ${each.phase}`)).toEqual([
      'run post_deploy',
      'create schedule',
    ])
  })
})

test('a task that only people start has no entry, and its image is built all the same', () => {
  const made = plan(wanted(withTask(aTask('backfill')), { made: false }), running)
  expect(made.tasks).toEqual([])
  expect(made.images).toEqual([{ key: key('a'), used_by: ['web', 'task backfill'], action: 'build' }])
})
