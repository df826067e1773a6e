import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { App, Process, Task } from '../../../src/app/app.ts'
import { isEmpty } from '../../../src/plan/plan.ts'
import type { Plan } from '../../../src/plan/types.ts'
import * as plans from '../../plan/generators.ts'
import { anEcsApp, Yard } from './yard.ts'

/** As many as fit into the time that a test may take, on a machine that does other things as well. */
const LIMITS = {
  numRuns: 12,
  endOnFailure: true,
  interruptAfterTimeLimit: 10_000,
  markInterruptAsFailure: false,
}
const VARIABLES = ['LOG_LEVEL', 'API_KEY', 'TOKEN', '__proto__']
const PIN = 'example.com/relay:1.4'

const scaling = fc.record({
  scale_type: fc.constantFrom('none' as const, 'spot' as const, 'demand' as const),
  autoscaling_cpu_threshold: fc.option(fc.constant(70)),
  health_check: fc.option(
    fc.record({
      path: fc.constantFrom(null, '/healthz'),
      command: fc.constant('bin/check'),
      tcp: fc.constant(false),
      interval: fc.constantFrom(10, 12.5),
      timeout: fc.constant(5),
      retries: fc.constant(3),
      start_period: fc.constantFrom(0, 0.5),
    }),
  ),
  stop_timeout: fc.constantFrom(15, 0.5),
  memory: fc.constantFrom(512, 600, 3000),
})

/** Apps that ECS takes, with everything that it rounds, reorders or answers in a form of its own. */
const app: fc.Arbitrary<App> = fc
  .record({
    app: plans.app,
    more: fc.array(scaling, { minLength: 5, maxLength: 5 }),
    subnets: fc.constantFrom<string[]>(['subnet-1'], ['subnet-2', 'subnet-1']),
    task_role: fc.constantFrom(null, 'arn:aws:iam::123456789012:role/task'),
    arm: fc.boolean(),
  })
  .map(({ app, more, subnets, task_role, arm }) => ({
    ...anEcsApp(
      {
        env: { ...app.env },
        processes: app.processes.map((each, index) => processOf({ ...each, ...more[index] })),
        tasks: app.tasks.map(taskOf),
      },
      { subnets, task_role },
    ),
    build: { ...app.build, platform: arm ? 'linux/arm64' : null },
  }))

function processOf(process: Process): Process {
  const { expose, port, health_check: check } = process
  return {
    ...componentOf(process),
    command: '/fake/stays-up',
    containers: containersOf(process),
    port: expose === 'none' ? port : 8000,
    // What reaches it from outside is not ours to make.
    expose: expose === 'public' ? 'private' : expose,
    health_check: check === null || check.path === null ? check : { ...check, command: null },
    rollout: { ...process.rollout, timeout: 900, min_up: 0.5 },
  }
}

/** What others wait for to end does, and everything else stays up. */
function containersOf({ containers, depends_on }: Process): Process['containers'] {
  const all = [depends_on, ...Object.values(containers).map((each) => each.depends_on)]
  const ends = (name: string): boolean =>
    all.some((each) => each[name] === 'completed' || each[name] === 'succeeded')
  return Object.fromEntries(
    Object.entries(containers).map(([name, each]) => {
      const command = ends(name) ? '/fake/prints done 0' : '/fake/stays-up'
      const secrets = { ...each.secrets }
      const env = Object.entries(each.env).filter(([variable]) => !Object.hasOwn(secrets, variable))
      const image = each.image && PIN
      return [name, { ...each, entry_point: null, command, image, env: Object.fromEntries(env), secrets }]
    }),
  )
}

function taskOf(task: Task): Task {
  return {
    ...componentOf(task),
    entry_point: null,
    pre_start: null,
    command: '/fake/prints done 0',
  }
}

function componentOf<Component extends Process | Task>(component: Component): Component {
  // Those of the generator have no prototype, which what is read from JSON has.
  const secrets = { ...component.secrets }
  const env = Object.entries(component.env).filter(([name]) => !Object.hasOwn(secrets, name))
  return { ...component, image: component.image && PIN, env: Object.fromEntries(env), secrets }
}

function expectSettled(plan: Plan): void {
  const left = plan.processes.filter(({ action }) => action !== 'unchanged' && action !== 'pinned')
  expect(left.map(({ name, action, fields }) => ({ name, action, fields }))).toEqual([])
  expect(plan.blocked).toEqual([])
  expect(isEmpty(plan)).toBe(true)
}

/** With what the configs refer to: variables set by hand do not stand in for it in what runs beside a process. */
async function openYard(): Promise<Yard> {
  const yard = await Yard.open()
  const ssm = await yard.aws.ssm()
  await ssm.putParameter({ Name: '/a', Value: 'secret', Type: 'SecureString' })
  return yard
}

test(
  'design §4: right after a deploy, planning again finds nothing to do',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(app, app, async (first, second) => {
        await using yard = await openYard()
        for (const name of VARIABLES) {
          await yard.engine.setVariable(first, { name, value: 'secret', process: null, secret: true })
        }
        for (const [app, code] of [
          [first, 'one'],
          [second, 'two'],
        ] as const) {
          expect((await yard.deploy(app, code)).outcome).toMatch(/^(?:succeeded|unchanged)$/)
          expectSettled(await yard.plan(app, code))
          expectSettled(await yard.plan(app, code, { refresh: true }))
        }
      }),
      LIMITS,
    )
  },
)

test("so it does after an operator's change", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(app, plans.owned, async (app, { image, ...set }) => {
      await using yard = await openYard()
      const [process] = app.processes
      fc.pre(process !== undefined)
      for (const name of VARIABLES) {
        await yard.engine.setVariable(app, { name, value: 'secret', process: null, secret: true })
      }
      await yard.deploy(app)
      const owned = { ...set, ...(image !== undefined && { image: PIN }) }
      const operations = [
        { process: process.name, set: owned },
        { process: 'made', create: true, set: { command: '/fake/stays-up', ...owned } },
      ]
      for (const operation of operations) {
        const { outcome, plan } = await yard.operate(app, operation)
        // Refused is as good, if nobody has begun anything by then.
        expect(outcome).toMatch(plan!.blocked.length > 0 ? /^refused$/ : /^(?:succeeded|unchanged)$/)
        expectSettled(await yard.plan(app))
        expectSettled(await yard.plan(app, 'one', { refresh: true }))
      }
    }),
    LIMITS,
  )
})
