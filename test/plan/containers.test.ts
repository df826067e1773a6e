import { describe, expect, test } from 'vitest'

import type { Container, Process } from '../../src/app/app.ts'
import type { Image } from '../../src/app/image.ts'
import { plan, type Desired } from '../../src/plan/plan.ts'
import { renderPlan } from '../../src/report/plan.ts'
import { aContainer, BUILD } from '../app/fixtures.ts'
import {
  anApp,
  aProcess,
  carriedOut,
  changeOf,
  digestOf,
  key,
  NOTHING,
  runningAfter,
  stateOf,
  wanted,
} from './fixtures.ts'

const OWN_BUILD = { ...BUILD, dockerfile: 'proxy/Dockerfile' }

/** What is wanted with another image for the container. */
function withProxy(desired: Desired, image: Image): Desired {
  return { ...desired, images: new Map([...desired.images, ['process:web/proxy', image]]) }
}

function appWith(proxy: Partial<Container>, more: Partial<Process> = {}) {
  return anApp({ processes: [aProcess('web', { containers: { proxy: aContainer(proxy) }, ...more })] })
}

describe('a container beside a process', () => {
  test('without an image of its own runs in that of the process, also when an operator has set that', () => {
    const app = appWith({})
    const running = runningAfter(wanted(app), { web: { image: 'web:2' } })
    expect(stateOf('web', runningAfter(wanted(app))).spec.containers['proxy']!.image).toEqual({
      kind: 'built',
      key: key('a'),
      digest: digestOf(key('a')),
    })
    expect(stateOf('web', running).spec.containers['proxy']!.image).toEqual({
      kind: 'pinned',
      reference: 'web:2',
    })
  })

  test('with a build of its own has an image that is built, told and filled in', () => {
    const desired = wanted(appWith({ build: OWN_BUILD }), { made: false })
    const made = plan(withProxy(desired, { kind: 'built', key: key('b'), digest: null }), NOTHING)
    expect(made.images).toEqual([
      { key: key('a'), used_by: ['web'], action: 'build' },
      { key: key('b'), used_by: ['web/proxy'], action: 'build' },
    ])
    expect(stateOf('web', carriedOut(made, NOTHING)).spec.containers['proxy']!.image).toMatchObject({
      digest: digestOf(key('b')),
    })
  })

  test('is named once with its image where an operator changes the process', () => {
    const desired = wanted(
      anApp({
        processes: [
          aProcess('web', { containers: { same: aContainer({}), proxy: aContainer({ build: OWN_BUILD }) } }),
        ],
      }),
    )
    const both = withProxy(desired, { kind: 'built', key: key('b'), digest: digestOf(key('b')) })
    const operate = [{ process: 'web', set: { demand_count: 3 } }]
    expect(plan(both, runningAfter(both), { only: ['web'], operate }).images).toEqual([
      { key: key('a'), used_by: ['web'], action: 'reuse' },
      { key: key('b'), used_by: ['web/proxy'], action: 'reuse' },
    ])
  })

  test('that is built anew replaces the instances', () => {
    const desired = wanted(appWith({ build: OWN_BUILD }))
    const running = runningAfter(desired)
    const again = withProxy(desired, { kind: 'built', key: key('b'), digest: null })
    expect(changeOf('web', again, running)).toMatchObject({
      action: 'update',
      replaces: true,
      fields: [{ field: 'containers.proxy.image', from: 'daaaaaaaaaaa', to: 'bbbbbbbbbbbb (to be built)' }],
    })
  })

  test('that is built lets a process with a pinned image be no pinned one', () => {
    const app = appWith({ build: OWN_BUILD }, { image: 'web:1' })
    expect(changeOf('web', wanted(app), runningAfter(wanted(app))).action).toBe('unchanged')
    const pinned = appWith({ image: 'envoy:1' }, { image: 'web:1' })
    expect(changeOf('web', wanted(pinned), runningAfter(wanted(pinned))).action).toBe('pinned')
  })

  test('has its changes told key by key', () => {
    const before = appWith({ image: 'envoy:1', env: { A: '1', B: '2' }, memory: 64 })
    const after = appWith({ image: 'envoy:2', env: { A: '1', B: '3' }, depends_on: { main: 'started' } })
    expect(changeOf('web', wanted(after), runningAfter(wanted(before))).fields).toEqual([
      { field: 'containers.proxy.image', from: 'envoy:1', to: 'envoy:2', owner: 'config' },
      { field: 'containers.proxy.env.B', from: '2', to: '3', owner: 'config' },
      { field: 'containers.proxy.memory', from: 64, to: null, owner: 'config' },
      { field: 'containers.proxy.depends_on.main', to: 'started', owner: 'config' },
    ])
  })

  test('has no variable and no secret in what a person reads of a plan', () => {
    const app = appWith({ image: 'envoy:1', env: { PASSWORD: 'hunter2' }, secrets: { KEY: 'ssm:/k' } })
    const created = renderPlan(plan(wanted(app), NOTHING), { colour: false })
    const added = renderPlan(
      plan(wanted(app), runningAfter(wanted(anApp({ processes: [aProcess('web')] })))),
      {
        colour: false,
      },
    )
    expect(created).toContain('with proxy')
    expect(added).toContain('containers.proxy envoy:1 (new)')
    expect(created + added).not.toMatch(/hunter2|PASSWORD|ssm:/)
  })

  test('does not start without a secret that is to be set by hand', () => {
    const app = appWith({ secrets: { API_KEY: 'gantry' } })
    expect(plan(wanted(app), NOTHING).blocked).toEqual([
      'the secret API_KEY has no value, and web needs it: set it with `gantry env set API_KEY --secret`',
    ])
    const set = [{ name: 'API_KEY', process: null, secret: true, version: 1 }]
    expect(plan(wanted(app), { ...NOTHING, variables: set }).blocked).toEqual([])
  })
})
