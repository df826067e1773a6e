import { describe, expect, test } from 'vitest'

import type { Image } from '../../src/app/image.ts'
import type { OwnedParts } from '../../src/app/spec.ts'
import { isEmpty, plan } from '../../src/plan/plan.ts'
import { BUILD } from '../app/fixtures.ts'
import {
  anApp,
  aProcess,
  carriedOut,
  changeOf,
  digestOf,
  key,
  runningAfter,
  stateOf,
  wanted,
} from './fixtures.ts'

const app = anApp({
  processes: [aProcess('web', { expose: 'public' }), aProcess('worker', { memory: 1024 })],
})
const deployed = runningAfter(wanted(app))

describe('a field that an operator set', () => {
  const running = runningAfter(wanted(app), { worker: { memory: 2048 } })

  test('is owned from then on', () => {
    const operate = [{ process: 'worker', set: { memory: 2048 } }]
    expect(changeOf('worker', wanted(app), deployed, { only: ['worker'], operate })).toMatchObject({
      action: 'update',
      replaces: true,
      fields: [{ field: 'memory', from: 1024, to: 2048, owner: 'operator' }],
      after: { owned: { memory: 2048 }, spec: { memory: 2048 } },
    })
  })

  test('is kept by a deploy, and the plan says what the config says', () => {
    const change = changeOf('worker', wanted(app, { key: key('b') }), running)
    expect(change.after).toMatchObject({ owned: { memory: 2048 }, spec: { memory: 2048 } })
    expect(change.kept).toEqual([{ field: 'memory', value: 2048, config: 1024 }])
    expect(change.fields.map((each) => each.field)).toEqual(['image'])
  })

  test('stays owned when the config comes to say the same', () => {
    const same = anApp({ processes: [app.processes[0]!, aProcess('worker', { memory: 2048 })] })
    const change = changeOf('worker', wanted(same), running)
    expect(change).toMatchObject({
      action: 'unchanged',
      kept: [{ field: 'memory', value: 2048, config: 2048 }],
    })
  })

  test('goes back to the config when it is handed back', () => {
    const operate = [{ process: 'worker', unset: ['memory'] }]
    const change = changeOf('worker', wanted(app), running, { only: ['worker'], operate })
    expect(change).toMatchObject({
      action: 'update',
      replaces: true,
      fields: [{ field: 'memory', from: 2048, to: 1024, owner: 'operator' }],
      kept: [],
      after: { owned: {}, spec: { memory: 1024 } },
    })
  })

  test('changes hands without touching instances where the values are equal', () => {
    const same = wanted(anApp({ processes: [app.processes[0]!, aProcess('worker', { memory: 2048 })] }))
    const handBack = { only: ['worker'], operate: [{ process: 'worker', unset: ['memory'] }] }
    expect(changeOf('worker', same, running, handBack)).toMatchObject({
      action: 'update',
      replaces: false,
      fields: [{ field: 'memory', from: 2048, to: 2048, owner: 'config' }],
    })
    const take = { only: ['worker'], operate: [{ process: 'worker', set: { memory: 1024 } }] }
    expect(changeOf('worker', wanted(app), deployed, take)).toMatchObject({
      action: 'update',
      replaces: false,
      fields: [{ field: 'memory', from: 1024, to: 1024, owner: 'operator' }],
    })
  })
})

describe('stop and start', () => {
  const stopped = runningAfter(wanted(app), { web: { disabled: true } })

  test('a stopped process stays stopped across deploys', () => {
    expect(changeOf('web', wanted(app), stopped)).toMatchObject({
      action: 'unchanged',
      stopped: true,
      kept: [{ field: 'disabled', value: true, config: false }],
    })
  })

  test('start leaves nothing behind where the config wants the process to run', () => {
    const operate = [{ process: 'web', set: { disabled: false } }]
    const change = changeOf('web', wanted(app), stopped, { only: ['web'], operate })
    expect(change).toMatchObject({ action: 'start', stopped: false, kept: [] })
    expect(change.after!.owned).toEqual({})
  })

  test('start is kept where the config wants the process stopped', () => {
    const off = wanted(anApp({ processes: [aProcess('web', { disabled: true })] }))
    const operate = [{ process: 'web', set: { disabled: false } }]
    expect(changeOf('web', off, runningAfter(off), { only: ['web'], operate })).toMatchObject({
      action: 'start',
      after: { owned: { disabled: false } },
    })
  })
})

describe('an entry of a map', () => {
  const check = {
    path: '/up',
    command: null,
    tcp: false,
    interval: 30,
    timeout: 5,
    retries: 3,
    start_period: 0,
  }
  const checked = anApp({ processes: [aProcess('web', { health_check: check })] })
  const set = (parts: OwnedParts, on = checked, running = runningAfter(wanted(on))) =>
    plan(wanted(on), running, { only: ['web'], operate: [{ process: 'web', parts }] })

  test('is owned with the others as they are when its turn has come', () => {
    const made = set({ health_check: { retries: 9 }, rollout: { timeout: 60 } })
    const rollout = { overlap: true, on_failure: 'rollback', timeout: 60, min_up: 1 }
    expect(made.processes[0]!.after!.owned).toEqual({ health_check: { ...check, retries: 9 }, rollout })
    expect(made.processes[0]!.fields).toEqual([
      { field: 'health_check.retries', from: 3, to: 9, owner: 'operator' },
      { field: 'rollout.timeout', from: 900, to: 60, owner: 'operator' },
    ])
    const again = set(
      { health_check: { interval: 5 } },
      checked,
      carriedOut(made, runningAfter(wanted(checked))),
    )
    expect(again.processes[0]!.after!.owned).toMatchObject({
      health_check: { interval: 5, retries: 9, path: '/up' },
      rollout,
    })
  })

  test('of a check that does not say what to check is refused', () => {
    const bare = anApp({ processes: [aProcess('web')] })
    expect(set({ health_check: { retries: 9 } }, bare).blocked).toEqual([
      'health_check of web does not say what to check: set health_check.path, .command or .tcp as well',
    ])
    const { blocked, processes } = set({ health_check: { path: '/', command: null, tcp: false } }, bare)
    expect(blocked).toEqual([])
    expect(processes[0]!.after!.spec.health_check).toMatchObject({ path: '/', interval: 10, retries: 3 })
  })
})

describe('the image', () => {
  const pin = { image: 'ghcr.io/acme/web:hotfix' }
  const running = runningAfter(wanted(app), { web: pin })

  test('that an operator pins beats the built one until it is handed back', () => {
    expect(stateOf('web', running).spec.image).toEqual({ kind: 'pinned', reference: pin.image })
    expect(changeOf('web', wanted(app, { key: key('b') }), running)).toMatchObject({
      action: 'pinned',
      kept: [{ field: 'image', value: pin.image, config: null }],
    })
  })

  test.each([{ unset: ['image'] }, { set: { image: '' } }, { set: { image: null } }])(
    'is handed back by %o',
    (change) => {
      const operate = [{ process: 'web', ...change }]
      const { after, action } = changeOf('web', wanted(app), running, { only: ['web'], operate })
      expect(after).toMatchObject({ owned: {}, spec: { image: { kind: 'built', key: key('a') } } })
      expect(action).toBe('update')
    },
  )

  test('of an operator does not survive a roll-back to a release without it; other fields do', () => {
    const both = runningAfter(wanted(app), { web: { ...pin, memory: 4096 } })
    const { after } = changeOf('web', wanted(app), both, { rollback: { owned_images: {} } })
    expect(after).toMatchObject({ owned: { memory: 4096 }, spec: { image: { kind: 'built' }, memory: 4096 } })
  })

  test('that an operator owned in the release comes back with a roll-back', () => {
    const { after } = changeOf('web', wanted(app), deployed, { rollback: { owned_images: { web: 'old:1' } } })
    expect(after).toMatchObject({ owned: { image: 'old:1' }, spec: { image: { reference: 'old:1' } } })
  })
})

describe('restart', () => {
  const operate = [{ process: 'web', restart: true }]

  test('replaces instances although nothing else differs', () => {
    expect(changeOf('web', wanted(app), deployed, { only: ['web'], operate })).toMatchObject({
      action: 'update',
      replaces: true,
      fields: [{ field: 'restarts', from: 0, to: 1, owner: 'operator' }],
    })
  })

  test('is not asked for again by the next deploy', () => {
    const restarted = carriedOut(plan(wanted(app), deployed, { only: ['web'], operate }), deployed)
    expect(stateOf('web', restarted).spec.restarts).toBe(1)
    expect(isEmpty(plan(wanted(app), restarted))).toBe(true)
  })
})

describe('a process that an operator made', () => {
  const made = {
    only: ['extra'],
    operate: [{ process: 'extra', create: true, set: { command: 'bin/extra', memory: 1024 } }],
  }
  const running = carriedOut(plan(wanted(app), deployed, made), deployed)

  test("gets the defaults, the app's env and the image of its own build", () => {
    const withEnv = { ...app, env: { LOG_LEVEL: 'info' }, secrets: { KEY: 'ssm:/key' } }
    expect(changeOf('extra', wanted(withEnv), deployed, made)).toMatchObject({
      action: 'create',
      after: {
        origin: 'operator',
        owned: { command: 'bin/extra', memory: 1024 },
        spec: {
          cpu: 256,
          memory: 1024,
          demand_count: 1,
          env: { LOG_LEVEL: 'info' },
          secrets: { KEY: 'ssm:/key' },
          image: { kind: 'built', key: key('a') },
        },
      },
    })
  })

  test('rolls to new images and is never removed by a deploy', () => {
    expect(changeOf('extra', wanted(app, { key: key('b') }), running)).toMatchObject({
      action: 'update',
      replaces: true,
      after: { origin: 'operator', spec: { image: { key: key('b') } } },
    })
  })

  test("keeps its image where nothing is built from the app's own build", () => {
    const other = { ...BUILD, dockerfile: 'web/Dockerfile' }
    const otherApp = anApp({ processes: [aProcess('web', { build: other })] })
    const change = changeOf('extra', wanted(otherApp, { key: key('b') }), running)
    expect(change).toMatchObject({ action: 'unchanged', after: { spec: { image: { key: key('a') } } } })
  })

  test("runs the image of the app's own build, not just any", () => {
    const other = { ...BUILD, dockerfile: 'other/Dockerfile' }
    const two = anApp({ processes: [aProcess('other', { build: other }), aProcess('web')] })
    const built = (contentKey: string): Image => ({
      kind: 'built',
      key: contentKey,
      digest: digestOf(contentKey),
    })
    const images = new Map([
      ['process:other', built(key('c'))],
      ['process:web', built(key('d'))],
    ])
    const { after } = changeOf('extra', { app: two, images, rebuild: new Set() }, running)
    expect(after!.spec.image).toEqual(built(key('d')))
  })

  test('falls back to the default where a field is handed back', () => {
    const operate = [{ process: 'extra', unset: ['memory'] }]
    const change = changeOf('extra', wanted(app), running, { only: ['extra'], operate })
    expect(change.after).toMatchObject({ spec: { memory: 512 }, owned: { command: 'bin/extra' } })
    expect(change.kept).toEqual([{ field: 'command', value: 'bin/extra' }])
  })

  test('starts again after a stop', () => {
    const operate = (disabled: boolean) => ({
      only: ['extra'],
      operate: [{ process: 'extra', set: { disabled } }],
    })
    const stopped = carriedOut(plan(wanted(app), running, operate(true)), running)
    expect(changeOf('extra', wanted(app), stopped)).toMatchObject({ action: 'unchanged', stopped: true })
    const started = changeOf('extra', wanted(app), stopped, operate(false))
    expect(started).toMatchObject({ action: 'start', stopped: false })
  })

  test('is made only where that is asked for: what somebody sets of a process that has gone does not bring it back', () => {
    const operate = [{ process: 'gone', set: { memory: 1024 } }]
    expect(plan(wanted(app), deployed, { only: ['gone'], operate })).toMatchObject({
      processes: [],
      blocked: ['there is no process gone: `gantry process list` shows those that there are'],
    })
  })

  test('is not made where there is one of its name, or the config defines one', () => {
    const create = (process: string, where = deployed) =>
      plan(wanted(app), where, { only: [process], operate: [{ process, create: true, set: {} }] }).blocked
    expect(create('worker')).toEqual([
      'there is a process worker already: change it with `gantry process set worker …`',
    ])
    expect(create('extra', running)).toHaveLength(1)
    expect(create('web', { ...deployed, processes: [] })).toEqual([
      'the config defines web: deploy, and it is there',
    ])
  })

  test('is removed when it is deleted, and nothing else with it (TP-39)', () => {
    const options = { only: ['extra'], operate: [{ process: 'extra', delete: true }], allow_remove: true }
    const made = plan(wanted(anApp({ processes: [aProcess('web')] })), running, options)
    expect(made).toMatchObject({
      processes: [{ name: 'extra', action: 'remove', after: null }],
      tasks: [],
      blocked: [],
    })
  })

  test('can be deleted, and nothing that the config made (TP-39)', () => {
    const remove = (process: string, desired = wanted(app)) =>
      plan(desired, running, { only: [process], operate: [{ process, delete: true }], allow_remove: true })
    const sentence = (name: string) =>
      `the config defines ${name}: remove it there and deploy, or stop it with \`gantry process stop ${name}\``
    expect(remove('web')).toMatchObject({
      processes: [{ action: 'unchanged' }],
      blocked: [sentence('web')],
    })
    // Not even where the config has dropped it meanwhile: the next deploy removes that.
    const dropped = remove('worker', wanted(anApp({ processes: [aProcess('web')] })))
    expect(dropped).toMatchObject({ processes: [{ action: 'unchanged' }], blocked: [sentence('worker')] })
    const named = anApp({ processes: [...app.processes, aProcess('extra')] })
    expect(remove('extra', wanted(named)).blocked).toEqual([sentence('extra')])
  })

  test('belongs to the config once that names it, and keeps its owned fields', () => {
    const named = anApp({ processes: [...app.processes, aProcess('extra', { command: 'bin/named' })] })
    const change = changeOf('extra', wanted(named), running)
    expect(change.after).toMatchObject({
      origin: 'config',
      owned: { memory: 1024 },
      spec: { command: 'bin/extra' },
    })
    expect(isEmpty(plan(wanted(named), carriedOut(plan(wanted(named), running), running)))).toBe(true)
  })

  test('keeps its pin in a roll-back, which cannot know what it ran then', () => {
    const pin = { only: ['redis'], operate: [{ process: 'redis', create: true, set: { image: 'redis:8' } }] }
    const now = carriedOut(plan(wanted(app), running, pin), running)
    const change = changeOf('redis', wanted(app), now, { rollback: { owned_images: {} } })
    expect(change.action).toBe('pinned')
  })
})

describe("an operator's change", () => {
  test('plans only the processes that it names: no tasks, no removals', () => {
    const fewer = wanted(anApp({ processes: [aProcess('web')] }))
    const made = plan(fewer, deployed, {
      only: ['web'],
      operate: [{ process: 'web', set: { demand_count: 3 } }],
    })
    expect(made.processes.map((each) => each.name)).toEqual(['web'])
    expect(made.tasks).toEqual([])
  })

  test('can stop a process that the config has dropped', () => {
    const fewer = wanted(anApp({ processes: [aProcess('web')] }))
    const operate = [{ process: 'worker', set: { disabled: true } }]
    expect(changeOf('worker', fewer, deployed, { only: ['worker'], operate })).toMatchObject({
      action: 'stop',
      after: { origin: 'config', spec: { memory: 1024 } },
    })
  })
})
