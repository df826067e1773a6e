import { describe, expect, test } from 'vitest'

import type { NewDeployEvent } from '../../src/deploy/events.ts'
import type { Verdict } from '../../src/engine/rollout.ts'
import { plan } from '../../src/plan/plan.ts'
import { createEventRenderer } from '../../src/report/event.ts'
import { anApp, aProcess, aTask, key, NOTHING, wanted } from '../plan/fixtures.ts'

const app = anApp({ processes: [aProcess('web')], tasks: [aTask('migrate', { run: 'pre_deploy' })] })

/** The text of a stream in which so many seconds pass before each event. */
function told(events: readonly (NewDeployEvent | number)[], colour = false): string {
  const render = createEventRenderer({ colour })
  let now = Date.parse('2026-03-01T10:00:00Z')
  const lines = events.flatMap((event) => {
    if (typeof event === 'number') {
      now += event * 1_000
      return []
    }
    return render({ ...event, at: new Date(now).toISOString() })
  })
  return lines.map((line) => `${line}\n`).join('')
}

const started: NewDeployEvent = {
  type: 'deployment.started',
  app: 'orderdesk',
  environment: 'default',
  number: 12,
  kind: 'deploy',
  commit: '3f9c2a7d1e0b4c5f6a7b8c9d0e1f2a3b4c5d6e7f',
  title: 'Add invoices',
}

function finished(fields: Partial<Extract<NewDeployEvent, { type: 'deployment.finished' }>>): NewDeployEvent {
  return {
    type: 'deployment.finished',
    outcome: 'succeeded',
    reason: null,
    hint: null,
    diagnostics: [],
    release: null,
    seconds: 34.4,
    ...fields,
  }
}

const failed: Verdict = {
  process: 'web',
  outcome: 'failed',
  runs: 'neither',
  reason: 'it ended before it was up',
  exit_code: 1,
  log: ['Error: Cannot find module', '    at main.js:1'],
  hint: 'Check the command of web.',
}

const migrated: NewDeployEvent[] = [
  { type: 'task.started', task: 'migrate', phase: 'pre_deploy', id: 'x', command: 'bin/migrate' },
  { type: 'task.log', task: 'migrate', line: '\u{1b}[32mok\u{1b}[0m 2 migrations\u{1b}[K' },
  { type: 'task.finished', task: 'migrate', exit_code: 0, seconds: 3.2, reason: null },
]

test('of one that is over nothing is said about watching it', () => {
  const event = { ...started, at: '2026-03-01T10:00:00Z' }
  expect(createEventRenderer({ colour: false }, { over: true })(event)).toEqual([
    '-----> Deployment 12 of orderdesk: 3f9c2a7d1e0b Add invoices',
  ])
})

test('a deployment that goes well', () => {
  const text = told([
    started,
    { type: 'deployment.waiting', behind: 11 },
    { type: 'config.read', files: ['gantry.yml'], diagnostics: [] },
    { type: 'plan.made', plan: plan(wanted(app, { made: false }), NOTHING) },
    { type: 'image.building', key: key('a'), files: 120, bytes: 1_300_000 },
    { type: 'image.log', key: key('a'), line: 'added 12 packages' },
    { type: 'image.built', key: key('a'), seconds: 12.34 },
    { type: 'image.reused', key: key('b'), used_by: ['worker'] },
    ...migrated,
    { type: 'process.rolling', process: 'web', action: 'update' },
    { type: 'instance.started', process: 'web', instance: 'web.1-3f9c2a' },
    0.8,
    { type: 'instance.up', process: 'web', instance: 'web.1-3f9c2a', address: '127.0.0.1:3000' },
    0.4,
    { type: 'instance.stopped', process: 'web', instance: 'web.1-77ab01' },
    { type: 'process.steady', process: 'web', instances: 1 },
    { type: 'notice', text: 'web answers at http://orderdesk.localhost' },
    finished({ release: 7 }),
  ])
  expect(text).toBe(`\
-----> Deployment 12 of orderdesk: 3f9c2a7d1e0b Add invoices
       Watch it with \`gantry deployment logs 12 --app orderdesk -f\`
       Cancel it with \`gantry deployment cancel 12 --app orderdesk\`
-----> Waiting for deployment 11 to finish
-----> Config from gantry.yml
-----> Plan: 1 to create, 1 image to build, 1 task to run
       + web                 create                   1 instance, 0.25 vCPU, 512 MB, bin/web
       > task migrate        run before the roll-out  it has not succeeded yet
       + image aaaaaaaaaaaa  build                    for web, task migrate
-----> Building image aaaaaaaaaaaa (120 files, 1.2 MB)
       added 12 packages
       Image aaaaaaaaaaaa built in 12 s
-----> Image bbbbbbbbbbbb exists: nothing to build for worker
-----> Running task migrate: bin/migrate
       ok 2 migrations
       Task migrate done (3.2 s)
-----> web: update
       web.1 starting
       web.1 up at 127.0.0.1:3000 (0.8 s)
       old web.1 stopped
       web is steady: 1 instance (1.2 s)
       web answers at http://orderdesk.localhost
-----> Released v7 (34 s)
`)
})

test('a deployment that is rolled back', () => {
  const text = told([
    started,
    ...migrated,
    { type: 'process.rolling', process: 'web', action: 'update' },
    { type: 'instance.started', process: 'web', instance: 'web.1-3f9c2a' },
    { type: 'instance.failed', process: 'web', instance: 'web.1-3f9c2a', reason: 'exit code 1' },
    { type: 'process.failed', process: 'web', verdict: failed, kept: false },
    { type: 'rollback.started', reason: 'web failed', processes: ['web', 'worker'] },
    { type: 'instance.stopped', process: 'web', instance: 'web.1-3f9c2a' },
    { type: 'process.steady', process: 'web', instances: 1 },
    finished({ outcome: 'rolled_back', reason: 'web failed' }),
  ])
  expect(text.split('\n').slice(6).join('\n')).toBe(`\
-----> web: update
       web.1 starting
 !     web.1 failed: exit code 1
-----> Rolling back web, worker: web failed
       web.1 stopped
       web is steady: 1 instance (0 s)
 !     Deployment 12 failed and was rolled back (34 s): web failed
 !     web failed: it ended before it was up (exit code 1)
       Its last lines:
         Error: Cannot find module
             at main.js:1
       Check the command of web.
       Everything runs what it ran before
       What migrate did stays: migrations are not undone
`)
})

test.each([
  ['exit code 3', 'web failed: exit code 3'],
  ['exit code 3: out of memory', 'web failed: exit code 3: out of memory'],
  ['exit 3 before it was up', 'web failed: exit 3 before it was up'],
  ['exit code 31 of another', 'web failed: exit code 31 of another (exit code 3)'],
  [null, 'web failed (exit code 3)'],
])('an exit code is told once: %s', (reason, line) => {
  const verdict = { ...failed, reason, exit_code: 3 }
  const text = told([
    { type: 'process.failed', process: 'web', verdict, kept: false },
    finished({ outcome: 'failed' }),
  ])
  expect(text).toContain(` !     ${line}\n`)
})

test('lines of images that are built side by side say whose they are', () => {
  const both = anApp({ processes: [aProcess('web'), aProcess('worker')] })
  const images = new Map([
    ['process:web', { kind: 'built', key: key('a'), digest: null } as const],
    ['process:worker', { kind: 'built', key: key('b'), digest: null } as const],
  ])
  const lines = (['a', 'b'] as const).map((digit): NewDeployEvent => ({
    type: 'image.log',
    key: key(digit),
    line: 'COPY . .',
  }))
  const made = plan({ ...wanted(both), images }, NOTHING)
  expect(told([{ type: 'plan.made', plan: made }, ...lines])).toMatch(
    / {7}web \| COPY \. \.\n {7}worker \| COPY \. \.\n$/,
  )
  const one = plan(wanted(app, { made: false }), NOTHING)
  expect(told([{ type: 'plan.made', plan: one }, lines[0]!])).toMatch(/\n {7}COPY \. \.\n$/)
})

test('a process that waits for what is not its own to give', () => {
  const reason = 'AWS has no spot capacity at the moment: 2 of 3 instances run'
  expect(told([{ type: 'process.waiting', process: 'web', reason }])).toBe(`       web waits: ${reason}\n`)
})

test('instances without places keep what tells them apart', () => {
  expect(told([{ type: 'instance.started', process: 'web', instance: 'web-3f9c2a1b' }])).toBe(
    '       web-3f9c2a1b starting\n',
  )
})

describe('the end of a deployment', () => {
  const end = (...events: NewDeployEvent[]) =>
    told([started, ...events])
      .split('\n')
      .slice(3)
      .join('\n')

  test('without changes makes no release', () => {
    expect(end(finished({ outcome: 'unchanged' }))).toBe('-----> Nothing to do, so nothing was changed\n')
  })

  test('whose plan is blocked says why once', () => {
    const blocked = ['this would remove web, which is public', 'the secret KEY has no value']
    const made = { ...plan(wanted(anApp()), NOTHING), blocked }
    const refused = finished({ outcome: 'refused', reason: blocked.join('; '), hint: 'nothing was changed' })
    expect(end({ type: 'plan.made', plan: made }, refused)).toBe(`\
-----> Plan: nothing to do
 !     this would remove web, which is public
 !     the secret KEY has no value
 !     Deployment 12 was refused (34 s): nothing was changed
`)
  })

  test('whose config has a mistake says which once', () => {
    const mistake = { severity: 'error', message: 'memory must be a size' } as const
    const { message: reason } = mistake
    const refused = finished({
      outcome: 'refused',
      reason,
      hint: 'nothing was changed',
      diagnostics: [mistake],
    })
    expect(end(refused)).toBe(`\
 !     Deployment 12 was refused (34 s): nothing was changed
       error: memory must be a size
`)
  })

  test('that was refused before there was a plan says why', () => {
    expect(end(finished({ outcome: 'refused', reason: 'main moved while you waited' }))).toBe(`\
 !     Deployment 12 was refused (34 s): main moved while you waited
       No process was touched
`)
  })

  test("of an operator's change names no release", () => {
    expect(end(finished({}))).toBe('-----> Done (34 s)\n')
  })

  test('that a task brought about says that no process was touched', () => {
    const task: NewDeployEvent = {
      type: 'task.finished',
      task: 'migrate',
      exit_code: null,
      seconds: 3_600,
      reason: 'time limit of 1 h',
    }
    expect(
      end(migrated[0]!, task, finished({ outcome: 'failed', reason: 'task migrate failed', hint: 'Look.' })),
    ).toBe(`\
-----> Running task migrate: bin/migrate
 !     Task migrate was ended: time limit of 1 h (1 h)
 !     Deployment 12 failed (34 s): task migrate failed
       Look.
       What migrate did stays: migrations are not undone
`)
  })

  test('whose roll-back failed too says what could not be rolled back', () => {
    const text = end(
      { type: 'process.rolling', process: 'web', action: 'update' },
      { type: 'rollback.started', reason: 'web failed', processes: ['web'] },
      { type: 'rollback.failed', process: 'web', reason: 'the old image is gone' },
      finished({ outcome: 'rollback_failed', reason: 'web failed' }),
    )
    expect(text).toBe(`\
-----> web: update
-----> Rolling back web: web failed
 !     web could not be rolled back: the old image is gone
 !     Deployment 12 failed, and so did its roll-back (34 s): web failed
 !     web could not be rolled back: the old image is gone
       Everything else runs what it ran before
`)
  })

  test('names no reason that only says again how it ended', () => {
    const verdict: Verdict = { ...failed, outcome: 'cancelled', reason: 'cancelled', log: [], hint: null }
    const text = end(
      { type: 'process.failed', process: 'web', verdict: { ...verdict, exit_code: null }, kept: false },
      finished({ outcome: 'cancelled', reason: 'cancelled' }),
    )
    expect(text).toBe(
      ' !     Deployment 12 was cancelled (34 s)\n !     web was cancelled\n       No process was touched\n',
    )
    expect(end(finished({ outcome: 'cancelled', reason: 'cancelled before its turn had come' }))).toContain(
      'was cancelled (34 s): cancelled before its turn had come\n',
    )
  })

  test('says which process was left as it is', () => {
    const verdict = { ...failed, log: [], hint: null, exit_code: null }
    expect(
      end(
        { type: 'process.rolling', process: 'web', action: 'update' },
        { type: 'process.failed', process: 'web', verdict, kept: true },
        finished({ release: 8 }),
      ),
    ).toBe(`\
-----> web: update
-----> Released v8 (34 s)
 !     web is left as it is (on_failure: keep) and runs something in between
`)
  })

  test.each([
    ['cancelled', ' !     Deployment 12 was cancelled (34 s)\n       No process was touched\n'],
    [
      'superseded',
      ' !     Deployment 12 was superseded by a newer one (34 s)\n       No process was touched\n',
    ],
    ['refused', ' !     Deployment 12 was refused (34 s)\n       No process was touched\n'],
    ['interrupted', ' !     Deployment 12 was interrupted; the next one completes what it began (34 s)\n'],
  ] as const)('that was %s says so', (outcome, text) => {
    expect(end(finished({ outcome }))).toBe(text)
  })
})

test('a warning that the config and the plan carry is told once', () => {
  const warning = { severity: 'warning' as const, message: 'memory was rounded up to 1 GB' }
  const text = told([
    { type: 'config.read', files: ['gantry.yml'], diagnostics: [warning] },
    { type: 'plan.made', plan: plan(wanted(app), NOTHING, { warnings: [warning] }) },
    finished({
      outcome: 'refused',
      diagnostics: [warning, { severity: 'error', message: 'port is no number' }],
    }),
  ])
  expect(text.split('memory was rounded up')).toHaveLength(2)
  expect(text).toContain('port is no number')
})

test('warnings are one line each, and errors show the lines around them', () => {
  const place = { file: 'gantry.yml', line: 3, column: 5 }
  const text = told([
    finished({
      outcome: 'refused',
      diagnostics: [
        { severity: 'error', message: 'a is wrong', place, frame: '> 3 | a: x', hint: 'Mend it.' },
        { severity: 'warning', message: 'b is odd', place, frame: '> 3 | b: x', hint: 'Look at it.' },
      ],
    }),
  ])
  expect(text.split('\n').slice(1).join('\n')).toBe(`\
       warning: gantry.yml:3:5 b is odd; Look at it.
       gantry.yml:3:5: error: a is wrong
         > 3 | a: x
         hint: Mend it.
`)
})

test('logs keep their colours and nothing else that a terminal would obey', () => {
  const text = told([migrated[1]!], true)
  expect(text).toBe('       \u{1b}[32mok\u{1b}[0m 2 migrations\u{1b}[0m\n')
})

test('hostile text cannot fake a line of ours', () => {
  const evil = 'x\n-----> Released v9\u{1b}[1A'
  const text = told([
    { ...started, title: evil },
    { type: 'config.read', files: [evil], diagnostics: [] },
    { type: 'instance.failed', process: 'web', instance: 'web.1-aa', reason: evil },
    { type: 'task.started', task: 'migrate', phase: 'pre_deploy', id: 'x', command: evil },
    finished({ outcome: 'failed', reason: evil, hint: evil }),
  ])
  expect(text).not.toMatch(/^-----> Released/m)
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})
