import { isAbsolute } from 'node:path'

import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { App, Container, HealthCheck, Process, Task } from '../../../src/app/app.ts'
import { systemClock } from '../../../src/app/clock.ts'
import { isEmpty } from '../../../src/plan/plan.ts'
import type { Plan } from '../../../src/plan/types.ts'
import { anApp } from '../../plan/fixtures.ts'
import * as plans from '../../plan/generators.ts'
import { Deployer } from '../deployer.ts'
import { canMount } from './can-mount.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

/** As many as fit into the time that a test may take: these are real processes. */
const RUNS = 10
const VARIABLES = ['LOG_LEVEL', 'API_KEY', 'TOKEN', '__proto__']

/** Apps of which everything can run: nobody listens, and what is kept in AWS is kept here. */
const app: fc.Arbitrary<App> = plans.app.map(({ env, processes, tasks }) =>
  anApp({ env: { ...env }, processes: processes.map(processOf), tasks: tasks.map(taskOf) }),
)

function processOf(process: Process): Process {
  const rollout = { ...process.rollout, min_up: 0.01 }
  const waiting = [process, ...Object.values(process.containers)].flatMap((each) =>
    Object.entries(each.depends_on),
  )
  const ends = new Set(
    waiting.flatMap(([name, how]) => (how === 'completed' || how === 'succeeded' ? name : [])),
  )
  const containers = Object.entries(process.containers).map(([name, container]): [string, Container] => [
    name,
    {
      ...startableOf(container),
      command: ends.has(name) ? 'true' : 'sleep 600',
      health_check: container.health_check && QUICK,
    },
  ])
  return {
    ...startableOf(process),
    command: 'sleep 600',
    pre_start: process.pre_start && 'true',
    expose: 'none',
    port: null,
    health_check: null,
    readiness: process.readiness && QUICK,
    containers: Object.fromEntries(containers),
    ephemeral_storage_gb: 30,
    rollout,
  }
}

const QUICK: HealthCheck = {
  path: null,
  command: 'true',
  tcp: false,
  interval: 10,
  timeout: 5,
  retries: 3,
  start_period: 0,
}

function taskOf(task: Task): Task {
  return { ...startableOf(task), command: 'true', pre_start: task.pre_start && 'true' }
}

/** With its mounts where those can be made, and inside of the tree. */
function startableOf<Kind extends Process | Task | Container>(one: Kind): Kind {
  const secrets = Object.fromEntries(Object.keys(one.secrets).map((name) => [name, 'gantry']))
  const env = Object.entries(one.env).filter(([name]) => !Object.hasOwn(secrets, name))
  const mounts = Object.entries(one.mounts).filter(([path]) => canMount && !isAbsolute(path))
  return {
    ...one,
    image: null,
    entry_point: one.entry_point && ['env'],
    env: Object.fromEntries(env),
    secrets,
    mounts: Object.fromEntries(mounts),
  }
}

function expectSettled(plan: Plan): void {
  const left = plan.processes.filter(({ action }) => action !== 'unchanged' && action !== 'pinned')
  expect(left.map(({ name, action, fields }) => ({ name, action, fields }))).toEqual([])
  expect(plan.blocked).toEqual([])
  expect(isEmpty(plan)).toBe(true)
}

test(
  'design §4: right after a deploy, planning again finds nothing to do',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(app, app, plans.owned, async (first, second, { memory, disabled, scale_count }) => {
        const folder = await temporaryFolder()
        const engine = await openEngine(folder, first)
        try {
          const deployer = new Deployer(engine, systemClock)
          for (const name of VARIABLES) {
            await engine.setVariable(first, { name, value: 'secret', process: null, secret: true })
          }
          for (const [app, code] of [
            [first, 'one'],
            [second, 'two'],
          ] as const) {
            expect((await deployer.deploy(app, code)).outcome).toMatch(/^(?:succeeded|unchanged)$/)
            expectSettled(await deployer.plan(app, code))
          }
          // Where no process was ever deployed nothing was released, and there is nothing to change by hand.
          if ((await engine.ledger.releases(second, 1)).length === 0) return
          const set = { command: 'sleep 600', memory: memory ?? 512, disabled: disabled ?? false }
          const rollout = { overlap: true, on_failure: 'rollback' as const, timeout: 60, min_up: 0.01 }
          const { outcome, plan } = await deployer.operate(second, {
            process: 'made',
            create: true,
            set: { ...set, rollout, ...(scale_count !== undefined && { scale_count }) },
          })
          expect(outcome).toMatch(plan!.blocked.length > 0 ? /^refused$/ : /^succeeded$/)
          expectSettled(await deployer.plan(second, 'two'))
        } finally {
          await engine.close()
          await remove(folder)
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  },
)
