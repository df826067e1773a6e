import { plan } from '../../../src/plan/plan.ts'
import type { Plan } from '../../../src/plan/types.ts'
import { anApp, aProcess, aTask, key, runningAfter, wanted } from '../../plan/fixtures.ts'

const web = aProcess('web', { expose: 'public', port: 8000, env: { LOG_LEVEL: 'info' } })
const worker = aProcess('worker', { memory: 1024, demand_count: 2 })
const beat = aProcess('beat', {
  rollout: { overlap: false, on_failure: 'rollback', timeout: 900, min_up: 1 },
})
const relay = aProcess('relay', { image: 'ghcr.io/acme/relay:1.4' })
const cache = aProcess('cache', { image: 'redis:8' })
const proxy = aProcess('proxy', { image: 'envoy:2' })
const search = aProcess('search', { image: 'search:3', disabled: true })
const mail = aProcess('mail', { image: 'mail:1' })
const legacy = aProcess('legacy', { expose: 'public', port: 9000 })
const migrate = aTask('migrate', { run: 'pre_deploy' })
const warm = aTask('warm', { run: 'post_deploy' })
const report = aTask('report', { schedule: '15 2 * * *', timezone: 'Europe/Berlin' })
const cleanup = aTask('cleanup', { image: 'redis:8', schedule: '0 4 * * *' })

const before = anApp({
  processes: [web, worker, beat, relay, cache, proxy, search, mail, legacy],
  tasks: [migrate, warm, report, cleanup],
})
const after = anApp({
  processes: [
    { ...web, memory: 1024, env: { LOG_LEVEL: 'debug', CACHE_URL: 'redis://cache' }, stop_timeout: 30 },
    worker,
    beat,
    { ...relay, demand_count: 3 },
    cache,
    { ...proxy, disabled: true },
    { ...search, disabled: false },
    mail,
    aProcess('importer', { spot_count: 2, demand_count: 0, command: ['bin/import', '--all files'] }),
  ],
  tasks: [migrate, warm, { ...report, schedule: '30 3 * * *' }, aTask('digest', { schedule: '0 8 * * 1' })],
})

/** A plan in which everything happens that can, with what operators have set and what is to be said about it. */
export function everyChange(): Plan {
  const running = runningAfter(wanted(before), { worker: { memory: 2048 }, cache: { demand_count: 2 } })
  return plan(wanted(after, { key: key('b'), made: false }), running, {
    warnings: [
      {
        severity: 'warning',
        message: 'memory 900 MB is not offered with 0.25 vCPU: 1 GB is used',
        path: 'processes.web.memory',
        place: { file: 'gantry.yml', line: 9, column: 13 },
      },
      {
        severity: 'warning',
        message: 'the key `formation` of app.json is not used',
        place: { file: 'app.json', line: 4, column: 3 },
      },
    ],
  })
}
