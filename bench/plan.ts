import type { App } from '../src/app/app.ts'
import type { Image } from '../src/app/image.ts'
import { plan } from '../src/plan/plan.ts'
import type { Running } from '../src/engine/running.ts'
import { processSpec, stateOf } from '../test/engine/specs.ts'
import { BUILD } from '../test/app/fixtures.ts'
import { median, ms, type Measure } from './report.ts'

const ROUNDS = 15
const BUDGET_MS = 50

/** All processes run; half of them with another variable than the config says. */
export async function measurePlan(): Promise<Measure[]> {
  return [10, 100, 1_000].map((count) => {
    const image: Image = { kind: 'built', key: 'a'.repeat(64), digest: 'a'.repeat(64) }
    const names = Array.from({ length: count }, (_, index) => `process-${index}`)
    const env = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`NAME_${index}`, `value ${index}`]),
    )
    const specs = names.map((name) => processSpec(name, `run ${name}`, image, { env }))
    const app = {
      name: 'bench',
      environment: 'default',
      env: {},
      secrets: {},
      tasks: [],
      processes: specs.map(
        ({ image: _image, variables: _variables, restarts: _restarts, ...spec }, index) => ({
          ...spec,
          image: null,
          build: BUILD,
          env: index % 2 === 0 ? env : { ...env, CHANGED: 'yes' },
        }),
      ),
    } as unknown as App
    const running: Running = {
      processes: specs.map((spec) => ({ ...stateOf(spec), instances: [], events: [], settled: true })),
      schedules: [],
      succeeded: {},
      variables: [],
      underway: false,
      released: true,
      warnings: [],
      obstacles: [],
    }
    const images = new Map(names.map((name) => [`process:${name}`, image]))
    const planned = cpu(() => plan({ app, images, rebuild: new Set() }, running))
    const copied = cpu(() => JSON.parse(JSON.stringify([app, running])) as unknown)
    return {
      what: `${count} processes, half changed`,
      value: ms(planned),
      against: `JSON copy of the input ${ms(copied)} (× ${(planned / copied).toFixed(1)})`,
      budget: count === 1_000 ? `${BUDGET_MS} ms` : '',
      ok: count < 1_000 || planned <= BUDGET_MS,
    }
  })
}

function cpu(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  })
  return median(times)
}
