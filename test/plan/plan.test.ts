import { describe, expect, test } from 'vitest'

import { isEmpty, plan, transitions, withDigests, type Desired } from '../../src/plan/plan.ts'
import {
  anApp,
  aProcess,
  aTask,
  carriedOut,
  digestOf,
  key,
  NOTHING,
  runningAfter,
  wanted,
} from './fixtures.ts'

const five = ['a', 'b', 'c', 'd', 'e'].map((name) => aProcess(name))
const runningFive = runningAfter(wanted(anApp({ processes: five })))

describe('removing', () => {
  test('a process or two is fine', () => {
    const made = plan(wanted(anApp({ processes: five.slice(2) })), runningFive)
    expect(made.blocked).toEqual([])
  })

  test('more than half of all processes is blocked', () => {
    const made = plan(wanted(anApp({ processes: five.slice(3) })), runningFive)
    expect(made.blocked).toEqual([
      'this would remove 3 of 5 processes (a, b and c): allow it with `--allow-remove`, in a push with `-o allow-remove`, in a workflow with `allow-remove: true`',
    ])
  })

  test('a public process is blocked', () => {
    const web = aProcess('web', { expose: 'public' })
    const running = runningAfter(wanted(anApp({ processes: [...five, web] })))
    expect(plan(wanted(anApp({ processes: five })), running).blocked).toEqual([
      'this would remove web, which is public: allow it with `--allow-remove`, in a push with `-o allow-remove`, in a workflow with `allow-remove: true`',
    ])
  })

  test('is not blocked when it is allowed', () => {
    expect(plan(wanted(anApp()), runningFive, { allow_remove: true }).blocked).toEqual([])
  })
})

describe('a secret that nobody has set', () => {
  const secrets = { API_KEY: 'gantry' }
  const app = anApp({
    processes: [aProcess('web', { secrets }), aProcess('worker', { secrets })],
    tasks: [aTask('migrate', { secrets, run: 'pre_deploy' })],
  })
  const sentence = (who: string) =>
    `the secret API_KEY has no value, and ${who} it: set it with \`gantry env set API_KEY --secret\``

  test('blocks whatever would start without it', () => {
    expect(plan(wanted(app), NOTHING).blocked).toEqual([sentence('web, worker and task migrate need')])
  })

  test('blocks nothing where only another process has it', () => {
    const variables = [{ name: 'API_KEY', process: 'web', secret: true, version: 1 }]
    const worker = anApp({ processes: app.processes })
    expect(plan(wanted(worker), { ...NOTHING, variables }).blocked).toEqual([sentence('worker needs')])
  })

  test('does not keep a process from being stopped', () => {
    const variables = [{ name: 'API_KEY', process: null, secret: true, version: 1 }]
    const deployed = carriedOut(plan(wanted(app), { ...NOTHING, variables }), NOTHING)
    const operate = [{ process: 'web', set: { disabled: true } }]
    expect(plan(wanted(app), { ...deployed, variables: [] }, { only: ['web'], operate }).blocked).toEqual([])
  })
})

describe('an operation that cannot be', () => {
  const app = anApp({ processes: [aProcess('web')] })

  test.each([
    [
      { demand_count: -1 },
      'demand_count of web is -1 (set by operator) and must be 0 or more: hand it back with `gantry process unset web demand_count`',
    ],
    [
      { spot_count: Number.NaN },
      'spot_count of web is NaN (set by operator) and must be 0 or more: hand it back with `gantry process unset web spot_count`',
    ],
  ])('because of a count is blocked: %o', (set, sentence) => {
    const operate = [{ process: 'web', set }]
    expect(plan(wanted(app), runningAfter(wanted(app)), { only: ['web'], operate }).blocked).toEqual([
      sentence,
    ])
  })

  test('on a process that does not exist is blocked', () => {
    const operate = [{ process: 'wbe', restart: true }]
    expect(plan(wanted(app), NOTHING, { only: ['wbe'], operate }).blocked).toEqual([
      'there is no process wbe: `gantry process list` shows those that there are',
    ])
  })

  test('because there is no image for a new process is blocked', () => {
    const pinned = wanted(anApp({ processes: [aProcess('web', { image: 'nginx:1' })] }))
    const create = (set: object) =>
      plan(pinned, NOTHING, { only: ['extra'], operate: [{ process: 'extra', create: true, set }] })
    expect(create({ command: 'x' }).blocked).toEqual([
      "there is no image for extra, as nothing in the config has the app's own build: give it one with `image=REFERENCE`",
    ])
    expect(create({ image: 'redis:8' }).blocked).toEqual([])
  })
})

describe('the images', () => {
  const app = anApp({
    processes: [aProcess('web'), aProcess('relay', { image: 'relay:1' })],
    tasks: [aTask('migrate')],
  })

  test('are built when they do not exist, and name who runs them', () => {
    expect(plan(wanted(app, { made: false }), NOTHING).images).toEqual([
      { key: key('a'), used_by: ['web', 'task migrate'], action: 'build' },
    ])
  })

  test('are made anew when that is asked for, and that rolls what runs them', () => {
    const made = plan(wanted(app, { rebuild: true }), runningAfter(wanted(app)))
    expect(made.images[0]!.action).toBe('rebuild')
    expect(made.processes.map((each) => each.action)).toEqual(['update', 'pinned'])
  })

  test('are built for a process that an operator has pinned too, so that it can be handed back', () => {
    const own = anApp({ processes: [aProcess('web')] })
    const pinned = runningAfter(wanted(own), { web: { image: 'hotfix:1' } })
    const made = plan(wanted(own, { key: key('b'), made: false }), pinned)
    expect(made.processes.map((each) => each.action)).toEqual(['pinned'])
    expect(made.images).toEqual([{ key: key('b'), used_by: ['web'], action: 'build' }])
  })

  test('are only those of the processes that an operator changes', () => {
    const own = anApp({ processes: [aProcess('web'), aProcess('worker')], tasks: [aTask('migrate')] })
    const made = plan(wanted(own), runningAfter(wanted(own)), {
      only: ['web'],
      operate: [{ process: 'web', set: { memory: 1024 } }],
    })
    expect(made.images).toEqual([{ key: key('a'), used_by: ['web'], action: 'reuse' }])
  })

  test('are filled in once they are made', () => {
    const made = plan(wanted(app, { made: false }), NOTHING)
    const filled = withDigests(made, new Map([[key('a'), 'sha256:1']]))
    expect(filled.processes.map((each) => each.after!.spec.image)).toEqual([
      { kind: 'built', key: key('a'), digest: 'sha256:1' },
      { kind: 'pinned', reference: 'relay:1' },
    ])
    expect(made.processes[0]!.after!.spec.image).toMatchObject({ digest: null })
  })
})

describe('a process whose rollout goes on', () => {
  const app = anApp({ processes: [aProcess('web'), aProcess('worker')] })
  const settled = runningAfter(wanted(app))
  const running = {
    ...settled,
    processes: settled.processes.map((each) => ({ ...each, settled: each.spec.name !== 'worker' })),
  }

  test('is waited for although nothing differs', () => {
    const made = plan(wanted(app), running)
    expect(made.processes.map(({ action, settled }) => [action, settled])).toEqual([
      ['unchanged', true],
      ['unchanged', false],
    ])
    expect(isEmpty(made)).toBe(false)
    expect(transitions(made)).toMatchObject([{ name: 'worker' }])
    expect(isEmpty(plan(wanted(app), settled))).toBe(true)
  })

  test('is changed where something differs, and not told to be waited for when it is removed', () => {
    const made = plan(wanted(anApp({ processes: [aProcess('web')] })), running)
    expect(transitions(made)).toMatchObject([{ name: 'worker', after: null }])
  })
})

describe('the transitions', () => {
  const app = anApp({ processes: [aProcess('web'), aProcess('worker')] })
  const running = runningAfter(wanted(anApp({ processes: [aProcess('web'), aProcess('old')] })))

  test('are what the engine has to change, removals included', () => {
    expect(transitions(plan(wanted(app), running)).map((each) => each.name)).toEqual(['worker', 'old'])
  })

  test('leave out what came out the same when it was made anew', () => {
    const now = runningAfter(wanted(app))
    const made = plan(wanted(app, { rebuild: true }), now)
    const same = withDigests(made, new Map([[key('a'), digestOf(key('a'))]]))
    expect(transitions(made)).toHaveLength(2)
    expect(transitions(same)).toEqual([])
  })
})

test('warnings are passed on', () => {
  const warnings = [{ severity: 'warning' as const, message: 'memory was rounded up' }]
  expect(plan(wanted(anApp()), NOTHING, { warnings }).warnings).toEqual(warnings)
})

test('a plan is pure JSON', () => {
  const made = plan(
    wanted(anApp({ processes: five.slice(1), tasks: [aTask('migrate', { run: 'pre_deploy' })] })),
    {
      ...runningFive,
      variables: [{ name: 'TOKEN', process: null, secret: true, version: 3 }],
    },
  )
  expect(JSON.parse(JSON.stringify(made))).toEqual(made)
})

test('what made an image does not matter, only which it is', () => {
  const app = anApp({ processes: [aProcess('web')], tasks: [aTask('report', { schedule: '0 1 * * *' })] })
  const found = {
    kind: 'built',
    key: key('a'),
    digest: digestOf(key('a')),
    created_at: '2026-01-01',
  } as const
  const desired: Desired = {
    ...wanted(app),
    images: new Map([
      ['process:web', found],
      ['task:report', found],
    ]),
  }
  const made = plan(desired, runningAfter(wanted(app)))
  expect(isEmpty(made)).toBe(true)
  expect(transitions(made)).toEqual([])
})
