import { describe, expect, test } from 'vitest'

import { plan } from '../../src/plan/plan.ts'
import { anApp, aProcess, changeOf, key, NOTHING, runningAfter, stateOf, wanted } from './fixtures.ts'

const web = aProcess('web', { expose: 'public', port: 8000 })
const app = anApp({ processes: [web, aProcess('worker')] })
const running = runningAfter(wanted(app))

/** The plan's change of `web` when the config says something else about it. */
function changed(fields: Partial<typeof web>, before = running) {
  return changeOf('web', wanted(anApp({ processes: [{ ...web, ...fields }, aProcess('worker')] })), before)
}

describe('the action', () => {
  test('is create for a process of the config that does not run', () => {
    expect(changeOf('web', wanted(app), NOTHING)).toMatchObject({
      action: 'create',
      replaces: false,
      stopped: false,
      before: null,
      after: { origin: 'config', owned: {} },
    })
  })

  test('is unchanged where nothing differs', () => {
    const change = changeOf('web', wanted(app), running)
    expect(change).toMatchObject({ action: 'unchanged', replaces: false, fields: [], kept: [] })
    expect(change.after).toEqual(change.before)
  })

  test.each([
    ['command', 'bin/other'],
    ['env', { A: '1' }],
    ['secrets', { A: 'ssm:/a' }],
    ['memory', 1024],
    ['cpu', 512],
    ['port', 9000],
    [
      'health_check',
      { path: '/', command: null, tcp: false, interval: 10, timeout: 5, retries: 3, start_period: 0 },
    ],
    ['stop_timeout', 30],
    ['ecs', { target_group: 'arn', service: null, health_check_grace_period: null }],
  ])('is update, which replaces instances, where %s differs', (field, value) => {
    expect(changed({ [field]: value })).toMatchObject({ action: 'update', replaces: true })
  })

  test('is update where the image is another one', () => {
    expect(changeOf('web', wanted(app, { key: key('b'), made: false }), running)).toMatchObject({
      action: 'update',
      replaces: true,
      fields: [{ field: 'image', from: 'daaaaaaaaaaa', to: 'bbbbbbbbbbbb (to be built)', owner: 'config' }],
    })
  })

  test('is update without replacing where only the rollout settings differ', () => {
    expect(changed({ rollout: { ...web.rollout, timeout: 60 } })).toMatchObject({
      action: 'update',
      replaces: false,
      fields: [{ field: 'rollout.timeout', from: 900, to: 60, owner: 'config' }],
    })
  })

  test.each([
    ['demand_count', 3],
    ['spot_count', 2],
    ['scale_count', 2],
    ['scale_type', 'spot' as const],
    ['autoscaling_cpu_threshold', 70],
  ])('is scale, which replaces nothing, where only %s differs', (field, value) => {
    expect(changed({ [field]: value })).toMatchObject({ action: 'scale', replaces: false })
  })

  test('is update where the definition and the counts differ', () => {
    expect(changed({ demand_count: 3, memory: 1024 })).toMatchObject({ action: 'update', replaces: true })
  })

  test('is stop and start where only disabled differs, also together with counts', () => {
    expect(changed({ disabled: true })).toMatchObject({ action: 'stop', stopped: true, replaces: false })
    const stopped = runningAfter(
      wanted(anApp({ processes: [{ ...web, disabled: true }, aProcess('worker')] })),
    )
    expect(changed({ demand_count: 2 }, stopped)).toMatchObject({
      action: 'start',
      stopped: false,
      replaces: false,
    })
  })

  test('is update for a process that stays stopped, without replacing what is not there', () => {
    const stopped = runningAfter(wanted(app), { web: { disabled: true } })
    expect(changeOf('web', wanted(app, { key: key('b') }), stopped)).toMatchObject({
      action: 'update',
      stopped: true,
      replaces: false,
      after: { spec: { disabled: true, demand_count: 1, image: { key: key('b') } } },
    })
  })

  test('is remove for what the config made and no longer has', () => {
    const fewer = wanted(anApp({ processes: [web] }))
    expect(changeOf('worker', fewer, running)).toMatchObject({
      action: 'remove',
      after: null,
      stopped: false,
    })
  })

  test('is pinned where a new build does not touch the process', () => {
    const pinned = anApp({ processes: [web, aProcess('relay', { image: 'ghcr.io/acme/relay:1.4' })] })
    const newBuild = wanted(pinned, { key: key('b') })
    expect(changeOf('relay', newBuild, runningAfter(wanted(pinned)))).toMatchObject({
      action: 'pinned',
      fields: [],
    })
  })

  test('is update where something else about a pinned process differs', () => {
    const relay = aProcess('relay', { image: 'ghcr.io/acme/relay:1.4' })
    const before = runningAfter(wanted(anApp({ processes: [relay] })))
    const bigger = wanted(anApp({ processes: [{ ...relay, memory: 1024 }] }))
    expect(changeOf('relay', bigger, before)).toMatchObject({ action: 'update', replaces: true })
  })
})

describe('the fields', () => {
  test('name each entry of a map that differs', () => {
    const before = runningAfter(
      wanted(
        anApp({ processes: [{ ...web, env: { LOG_LEVEL: 'info', OLD: '1' }, secrets: { KEY: 'ssm:/a' } }] }),
      ),
    )
    const after = { ...web, env: { LOG_LEVEL: 'debug', NEW: '2' }, secrets: { KEY: 'ssm:/b' } }
    expect(changeOf('web', wanted(anApp({ processes: [after] })), before).fields).toEqual([
      { field: 'env.LOG_LEVEL', from: 'info', to: 'debug', owner: 'config' },
      { field: 'env.OLD', from: '1', owner: 'config' },
      { field: 'env.NEW', to: '2', owner: 'config' },
      { field: 'secrets.KEY', from: 'ssm:/a', to: 'ssm:/b', owner: 'config' },
    ])
  })

  test('of a new process are what a person wants to know', () => {
    expect(changeOf('web', wanted(app), NOTHING).fields.map((each) => each.field)).toEqual([
      'image',
      'command',
      'demand_count',
      'cpu',
      'memory',
    ])
  })
})

test('the plan goes by the order of the config, then what operators made, then removals', () => {
  const some = runningAfter(wanted(anApp({ processes: ['gone', 'b', 'a'].map((name) => aProcess(name)) })))
  const extra = {
    ...stateOf('a', some),
    origin: 'operator' as const,
    instances: [],
    events: [],
    settled: true,
  }
  extra.spec = { ...extra.spec, name: 'extra' }
  const now = { ...some, processes: [extra, ...some.processes] }
  const { processes } = plan(wanted(anApp({ processes: [aProcess('a'), aProcess('b')] })), now)
  expect(processes.map((each) => `${each.name} ${each.action}`)).toEqual([
    'a unchanged',
    'b unchanged',
    'extra unchanged',
    'gone remove',
  ])
})
