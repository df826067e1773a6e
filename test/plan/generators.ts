import * as fc from 'fast-check'

import type { App, Build, Component, Process, Task } from '../../src/app/app.ts'
import type { Image } from '../../src/app/image.ts'
import { imageUsers } from '../../src/app/image-users.ts'
import type { OwnedFields, ProcessState } from '../../src/app/spec.ts'
import type { Running, RunningProcess } from '../../src/engine/running.ts'
import type { Desired } from '../../src/plan/plan.ts'
import type { Operation } from '../../src/plan/ownership.ts'
import { fieldsOfProcess, specOfProcess, specOfTask } from '../../src/plan/specs.ts'
import { BUILD } from '../app/fixtures.ts'
import { mounts, ownImage, surroundings, unmet } from '../app/generators.ts'
import { anApp, aProcess, aTask, digestOf, key } from './fixtures.ts'

/** Few names and values, so that what is wanted and what runs overlap. Some are those that every object has. */
const processName = fc.constantFrom('web', 'worker', 'beat', 'relay', 'extra', 'constructor')
const taskName = fc.constantFrom('migrate', 'warm', 'report', 'valueof')
const variableName = fc.constantFrom('LOG_LEVEL', 'API_KEY', 'TOKEN', '__proto__')
const OTHER_BUILD: Build = { ...BUILD, dockerfile: 'worker/Dockerfile' }
const PIN = fc.constantFrom('relay:1.4', 'release:v3')

const command = fc.constantFrom(null, 'bin/run', ['bin/run', '--fast'])
const env = fc.dictionary(variableName, fc.constantFrom('info', 'debug'), { maxKeys: 2 })
const secrets = fc.dictionary(variableName, fc.constantFrom('gantry', 'ssm:/a'), { maxKeys: 2 })
const count = fc.nat(2)

const component = {
  entry_point: fc.constantFrom(null, ['/bin/tini', '--']),
  command,
  pre_start: fc.constantFrom(null, 'bin/prepare'),
  mounts,
  image: fc.option(PIN, { freq: 3 }),
  build: fc.constantFrom(BUILD, OTHER_BUILD),
  env,
  secrets,
  cpu: fc.constantFrom(256, 512),
  memory: fc.constantFrom(512, 1024),
  ...unmet,
} satisfies Partial<Record<keyof Component, unknown>>

const healthCheck = fc.option(
  fc.record({
    path: fc.constant('/healthz'),
    command: fc.constant(null),
    tcp: fc.constant(false),
    interval: fc.constantFrom(10, 20),
    timeout: fc.constant(5),
    retries: fc.constant(3),
    start_period: fc.constant(0),
  }),
)

const ownable = {
  expose: fc.constantFrom('public' as const, 'none' as const),
  port: fc.constantFrom(null, 8000),
  demand_count: count,
  spot_count: count,
  scale_count: count,
  health_check: healthCheck,
  readiness: healthCheck,
  rollout: fc.record({
    overlap: fc.boolean(),
    on_failure: fc.constant('rollback' as const),
    timeout: fc.constantFrom(60, 900),
    min_up: fc.constant(1),
  }),
  disabled: fc.boolean(),
}

const around = surroundings({ image: ownImage(OTHER_BUILD), env, secrets, check: healthCheck })

const process: fc.Arbitrary<Process> = fc
  .tuple(processName, fc.record({ ...component, ...ownable }), around)
  .map(([name, fields, around]) => aProcess(name, { ...fields, ...around }))

const task: fc.Arbitrary<Task> = fc
  .tuple(
    taskName,
    fc.record({
      ...component,
      run: fc.constantFrom(null, 'pre_deploy' as const, 'post_deploy' as const),
      when: fc.constantFrom('changed' as const, 'always' as const),
      schedule: fc.constantFrom(null, '15 2 * * *'),
      timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
    }),
  )
  .map(([name, fields]) => aTask(name, fields))

export const app: fc.Arbitrary<App> = fc
  .record({
    processes: fc.uniqueArray(process, { selector: (each) => each.name, maxLength: 5 }),
    tasks: fc.uniqueArray(task, { selector: (each) => each.name, maxLength: 3 }),
    env,
  })
  .map(anApp)

/** Fields that an operator owns; never of no use, as one that is undefined would be. */
export const owned: fc.Arbitrary<OwnedFields> = fc.record(
  { ...ownable, command, memory: component.memory, image: PIN },
  { requiredKeys: [] },
)

const digits = fc.constantFrom('a', 'b', 'c')
const built = fc
  .record({ key: digits.map(key), made: fc.boolean() })
  .map(({ key, made }): Image => ({ kind: 'built', key, digest: made ? digestOf(key) : null }))

export const desired: fc.Arbitrary<Desired> = fc
  .record({ app, main: built, other: built, rebuild: fc.boolean() })
  .map(({ app, main, other, rebuild }) => {
    const images = new Map<string, Image>()
    // One key is one image: it exists for all or for none.
    const chosen = { main, other: identity(other) === identity(main) ? main : other }
    const anew = (image: Image): Image =>
      rebuild && image.kind === 'built' ? { ...image, digest: null } : image
    const imageFor = (each: Pick<Component, 'image' | 'build'>): Image =>
      each.image === null
        ? anew(each.build === BUILD ? chosen.main : chosen.other)
        : { kind: 'pinned', reference: each.image }
    for (const each of imageUsers(app)) images.set(each.id, imageFor(each))
    const keys = [...images.values()].flatMap((image) => (image.kind === 'built' ? image.key : []))
    return { app, images, rebuild: new Set(rebuild ? keys : []) }
  })

const ranImage = digits.map((digit): Image => ({
  kind: 'built',
  key: key(digit),
  digest: digestOf(key(digit)),
}))
const versions = fc.dictionary(variableName, fc.integer({ min: 1, max: 3 }), { maxKeys: 2 })

const state: fc.Arbitrary<ProcessState> = fc
  .record({
    process,
    owned,
    image: ranImage,
    variables: versions,
    restarts: fc.nat(2),
    origin: fc.constantFrom('config' as const, 'operator' as const),
  })
  .map(({ process, owned, image: ran, variables, restarts, origin }) => {
    const { image: pin, ...fields } = owned
    const image: Image = pin === undefined || pin === null ? ran : { kind: 'pinned', reference: pin }
    const images = new Map(imageUsers({ processes: [process], tasks: [] }).map(({ id }) => [id, ran]))
    const layers = { owned: fields, image, variables: {}, restarts }
    const spec = specOfProcess(fieldsOfProcess(process, images), layers)
    return { spec: { ...spec, variables }, owned, origin }
  })

const runningProcess: fc.Arbitrary<RunningProcess> = state.map((each) => ({
  ...each,
  instances: [],
  events: [],
  settled: true,
}))

export const running: fc.Arbitrary<Running> = fc.record({
  processes: fc.uniqueArray(runningProcess, { selector: (each) => each.spec.name, maxLength: 6 }),
  schedules: fc
    .uniqueArray(fc.tuple(task, ranImage, versions), { selector: ([each]) => each.name, maxLength: 2 })
    .map((all) =>
      all.map(([task, image, variables]) => specOfTask({ ...task, schedule: '0 1 * * *' }, image, variables)),
    ),
  succeeded: fc.dictionary(taskName, fc.constantFrom('0'.repeat(64), '1'.repeat(64)), { maxKeys: 3 }),
  variables: fc.uniqueArray(
    fc.record({
      name: variableName,
      process: fc.option(processName),
      secret: fc.boolean(),
      version: fc.integer({ min: 1, max: 3 }),
    }),
    { selector: (each) => `${each.process} ${each.name}`, maxLength: 4 },
  ),
  underway: fc.constant(false),
  released: fc.constant(true),
  warnings: fc.constant([]),
  obstacles: fc.constant([]),
})

export const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.record(
    {
      process: processName,
      set: owned,
      unset: fc.subarray(['memory', 'image', 'disabled', 'demand_count', 'health_check']),
      restart: fc.boolean(),
    },
    { requiredKeys: ['process'] },
  ),
  { maxLength: 3 },
)

/** The same with every image of a build changed to another one. */
export function rebuiltFrom(other: string, { app, images }: Desired): Desired {
  const changed = [...images].map(([component, image]): [string, Image] => [
    component,
    image.kind === 'built' ? { kind: 'built', key: other, digest: null } : image,
  ])
  return { app, images: new Map(changed), rebuild: new Set() }
}

function identity(image: Image): string {
  return image.kind === 'built' ? image.key : image.reference
}
