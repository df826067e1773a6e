import { stripVTControlCharacters } from 'node:util'

import { describe, expect, test } from 'vitest'

import { plan, type PlanOptions } from '../../src/plan/plan.ts'
import { renderPlan } from '../../src/report/plan.ts'
import { anApp, aProcess, aTask, key, NOTHING, runningAfter, wanted } from '../plan/fixtures.ts'

const web = aProcess('web', { expose: 'public', port: 8000, env: { LOG_LEVEL: 'info' } })
const worker = aProcess('worker', { memory: 1024 })
const relay = aProcess('relay', { image: 'ghcr.io/acme/relay:1.4' })
const migrate = aTask('migrate', { run: 'pre_deploy' })
const report = aTask('report', { schedule: '15 2 * * *', timezone: 'Europe/Berlin' })
const app = anApp({ processes: [web, worker, relay], tasks: [migrate, report] })
const running = runningAfter(wanted(app), { worker: { memory: 2048 } })

const text = (...[desired, now, options]: Parameters<typeof plan>) =>
  renderPlan(plan(desired, now, options), { colour: false })

test('the first deploy', () => {
  expect(text(wanted(app, { made: false }), NOTHING)).toBe(`\
Plan for orderdesk: 3 to create, 1 image to build, 1 task to run, 1 schedule to change
  + web                 create                   1 instance, 0.25 vCPU, 512 MB, bin/web
  + worker              create                   1 instance, 0.25 vCPU, 1 GB, bin/worker
  + relay               create                   1 instance, 0.25 vCPU, 512 MB,
                                                 ghcr.io/acme/relay:1.4, bin/relay
  > task migrate        run before the roll-out  it has not succeeded yet
  + task report         create schedule          15 2 * * * (Europe/Berlin)
  + image aaaaaaaaaaaa  build                    for web, worker, task migrate, task report
`)
})

test('nothing to do', () => {
  expect(text(wanted(app), running)).toBe(`\
Plan for orderdesk: nothing to do
    worker        unchanged  memory 2 GB (set by operator; config says 1 GB)
    relay         pinned     ghcr.io/acme/relay:1.4
    task migrate  skip       nothing differs from when it last succeeded
    2 unchanged: web, task report
`)
})

test('a process whose rollout goes on is something to wait for', () => {
  const moving = {
    ...running,
    processes: running.processes.map((each) => ({ ...each, settled: each.spec.name !== 'web' })),
  }
  const [summary, row] = text(wanted(app), moving).split('\n')
  expect(summary).toBe('Plan for orderdesk: 1 to wait for')
  expect(row).toBe('    web           unchanged (still rolling out)')
})

test('a deploy that changes one thing of each kind', () => {
  const changed = anApp({
    processes: [
      { ...web, memory: 1024, env: { LOG_LEVEL: 'debug', NEW: '1' } },
      { ...worker, demand_count: 3 },
      { ...relay, disabled: true },
      aProcess('mail', { spot_count: 2, command: ['bin/mail', 'to all'] }),
    ],
    tasks: [migrate, { ...report, schedule: '0 3 * * *' }],
  })
  const variables = [{ name: 'TOKEN', process: 'web', secret: true, version: 4 }]
  expect(text(wanted(changed), { ...running, variables })).toBe(`\
Plan for orderdesk: 1 to create, 1 to update, 1 to scale, 1 to stop, 1 schedule to change
  ~ web           update (replaces instances)  memory 512 MB → 1 GB, env.LOG_LEVEL info → debug,
                                               env.NEW 1 (new), variables.TOKEN set by hand
  ~ worker        scale                        demand_count 1 → 3
                                               memory 2 GB (set by operator; config says 1 GB)
  - relay         stop
  + mail          create                       1 + 2 spot instances, 0.25 vCPU, 512 MB,
                                               bin/mail "to all"
    task migrate  skip                         nothing differs from when it last succeeded
  ~ task report   update schedule              what differs: schedule
`)
})

test('a deploy that would remove too much', () => {
  const environment = { ...anApp({ processes: [relay] }), environment: 'production' }
  expect(text(wanted(environment), running)).toBe(`\
Plan for orderdesk (production): 2 to remove, 1 schedule to change
    relay        pinned           ghcr.io/acme/relay:1.4
  - worker       remove
  - web          remove
  - task report  remove schedule  the config does not schedule it
 !     this would remove web, which is public: allow it with \`--allow-remove\`, in a push with \`-o allow-remove\`, in a workflow with \`allow-remove: true\`
 !     this would remove 2 of 3 processes (worker and web): allow it with \`--allow-remove\`, in a push with \`-o allow-remove\`, in a workflow with \`allow-remove: true\`
`)
})

describe("an operator's change", () => {
  const operated = (operation: NonNullable<PlanOptions['operate']>[number]) =>
    text(wanted(app), running, { only: ['worker'], operate: [operation] })

  test('hands back and restarts', () => {
    expect(operated({ process: 'worker', unset: ['memory'], restart: true })).toBe(`\
Plan for orderdesk: 1 to update
  ~ worker  update (replaces instances)  restart, memory 2 GB → 1 GB
`)
  })

  test('takes a field at the value that it has', () => {
    expect(operated({ process: 'worker', set: { cpu: 256 } })).toBe(`\
Plan for orderdesk: 1 to update
  ~ worker  update  cpu 0.25 vCPU (now set by operator)
                    cpu 0.25 vCPU (set by operator; config says the same)
                    memory 2 GB (set by operator; config says 1 GB)
`)
  })
})

test('a stopped process shows that it is', () => {
  const stopped = runningAfter(wanted(anApp({ processes: [web] })), { web: { disabled: true } })
  expect(text(wanted(anApp({ processes: [web] }), { key: key('b') }), stopped)).toBe(`\
Plan for orderdesk: 1 to update
  ~ web  update (stopped)  image daaaaaaaaaaa → dbbbbbbbbbbb
                           disabled true (set by operator; config says false)
`)
})

test('a variable that wins over the config is told without its value', () => {
  const now = { ...running, variables: [{ name: 'LOG_LEVEL', process: 'web', secret: false, version: 2 }] }
  expect(text(wanted(app), now)).toContain(
    'env.LOG_LEVEL removed,\n' +
      '                                               variables.LOG_LEVEL set by hand\n' +
      '                                               env.LOG_LEVEL (set by hand; config says info)\n',
  )
})

test('many processes that stay as they are are told in short', () => {
  const many = anApp({
    processes: Array.from({ length: 40 }, (_, index) =>
      aProcess(`process-${index}`, { image: index < 5 ? 'pinned:1' : null }),
    ),
  })
  expect(text(wanted(many), runningAfter(wanted(many)))).toBe(`\
Plan for orderdesk: nothing to do
    5 pinned: process-0, process-1, process-2, process-3, process-4
    35 unchanged: process-5, process-6, process-7, process-8, process-9, process-10, process-11,
      process-12, and 27 more
`)
})

test('colour changes nothing but the colour', () => {
  const made = plan(wanted(app, { made: false }), NOTHING)
  const coloured = renderPlan(made, { colour: true })
  expect(coloured).toContain('\u{1b}[32m')
  expect(stripVTControlCharacters(coloured)).toBe(renderPlan(made, { colour: false }))
})

test('hostile text from the repository can neither move the cursor nor fake a line', () => {
  const evil = '\u{1b}[2J\u{1b}]0;x\u{7}a\r\n !     b'
  const hostile = anApp({
    processes: [aProcess('web', { command: evil, env: { LOG_LEVEL: evil }, image: evil })],
    tasks: [aTask('report', { schedule: evil, timezone: evil })],
  })
  const before = runningAfter(wanted(anApp({ processes: [web] })))
  for (const rendered of [text(wanted(hostile), NOTHING), text(wanted(hostile), before)]) {
    expect(rendered.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(rendered).not.toMatch(/^ !/m)
  }
})

test('warnings and their hints are told', () => {
  const warnings = [{ severity: 'warning' as const, message: 'memory was rounded up to 1 GB' }]
  expect(text(wanted(app), running, { warnings })).toContain('memory was rounded up to 1 GB')
})
