import * as fc from 'fast-check'

import type { EcsSettings, HealthCheck, Process } from '../../../src/app/app.ts'
import type { Image } from '../../../src/app/image.ts'
import { imageUsers } from '../../../src/app/image-users.ts'
import type { ProcessSpec, ProcessState } from '../../../src/app/spec.ts'
import { adapt } from '../../../src/engine/ecs/adapt.ts'
import type { Counts } from '../../../src/engine/ecs/capacity.ts'
import { fieldsOfProcess, specOfProcess } from '../../../src/plan/specs.ts'
import { BUILD } from '../../app/fixtures.ts'
import { mounts, surroundings } from '../../app/generators.ts'
import { anApp, aProcess } from '../../plan/fixtures.ts'

const KEY = 'a'.repeat(64)
export const DIGEST = `sha256:${'d'.repeat(64)}`
export const BUILT: Image = { kind: 'built', key: KEY, digest: DIGEST }

const NOTHING = { demand_count: 0, spot_count: 0, scale_count: 0 }
const threshold = fc.option(fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(72.5)))

/** Instances of one kind, of both or of none, and extras of any kind. */
export const counts: fc.Arbitrary<Counts> = fc.record({
  demand_count: fc.nat(5000),
  spot_count: fc.oneof(fc.constant(0), fc.nat(5000)),
  scale_count: fc.nat(5),
  scale_type: fc.constantFrom('none' as const, 'spot' as const, 'demand' as const),
  autoscaling_cpu_threshold: threshold,
  autoscaling_memory_threshold: threshold,
})

const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((each) => !each.includes('\0'))
const name = fc.oneof(
  fc.constantFrom('LOG_LEVEL', 'API_KEY', '__proto__', 'constructor'),
  fc.stringMatching(/^[A-Z_]{1,8}$/),
)
const command = fc.oneof(
  fc.constant(null),
  fc.constantFrom('gunicorn app -b 0.0.0.0:$PORT', 'cd app && bin/web', "echo 'a b' | tee log"),
  fc.array(text, { minLength: 1, maxLength: 3 }),
)
const seconds = fc.constantFrom(5, 10, 12.5, 30, 60)
const healthCheck: fc.Arbitrary<HealthCheck | null> = fc.option(
  fc
    .record({
      how: fc.oneof(
        fc.constantFrom({ path: '/healthz' }, { tcp: true }, { command: 'bin/check --fast' }),
        fc.array(text, { minLength: 1, maxLength: 3 }).map((words) => ({ command: words })),
      ),
      interval: seconds,
      timeout: seconds,
      retries: fc.integer({ min: 1, max: 10 }),
      start_period: fc.constantFrom(0, 0.5, 300),
    })
    .map(({ how, ...rest }) => ({ path: null, command: null, tcp: false, ...how, ...rest })),
)
const image: fc.Arbitrary<Image> = fc.oneof(
  fc.constant(BUILT),
  fc
    .constantFrom('ghcr.io/acme/relay:1.4', `relay@${DIGEST}`)
    .map((reference) => ({ kind: 'pinned' as const, reference })),
)
const secret = fc.constantFrom(
  'gantry',
  'ssm:/shop/key',
  'ssm:key',
  'secretsmanager:shop/smtp',
  'secretsmanager:shop/smtp#key',
)
const versions = fc.dictionary(name, fc.integer({ min: 1, max: 9 }), { maxKeys: 2 })

const own = { image: null, build: null }
const containerImage = fc.constantFrom(own, { image: 'envoy:1', build: null }, { image: null, build: BUILD })

/** What stands around a process: a health check that is waited for is one by a command. */
const around = surroundings({
  image: containerImage,
  env: fc.dictionary(name, text, { maxKeys: 2 }),
  secrets: fc.dictionary(name, secret, { maxKeys: 2 }),
  check: healthCheck,
})

const process = fc.record({
  entry_point: fc.option(fc.array(text, { minLength: 1, maxLength: 2 })),
  command,
  pre_start: fc.constantFrom(null, 'bin/prepare', ['bin/prepare', "it's"]),
  mounts,
  readiness: healthCheck,
  env: fc.dictionary(name, text, { maxKeys: 3 }),
  secrets: fc.dictionary(name, secret, { maxKeys: 3 }),
  cpu: fc.constantFrom(100, 256, 700, 2048),
  memory: fc.constantFrom(512, 600, 3000, 8192),
  ephemeral_storage_gb: fc.constantFrom(null, 10, 20, 21, 200),
  stop_timeout: fc.constantFrom(0, 0.5, 15, 120),
  expose: fc.constantFrom('public' as const, 'private' as const, 'none' as const),
  port: fc.option(fc.integer({ min: 1, max: 65_535 })),
  health_check: healthCheck,
  ecs: fc.record({
    target_group: fc.constantFrom(
      null,
      'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0',
    ),
    service: fc.constantFrom(null, 'old-web'),
    health_check_grace_period: fc.constantFrom(null, 60),
  }),
  rollout: fc.record({
    overlap: fc.boolean(),
    on_failure: fc.constantFrom('rollback' as const, 'keep' as const),
    timeout: fc.constantFrom(60, 900, 0.000_001),
    min_up: fc.constantFrom(0.1, 1),
  }),
  disabled: fc.boolean(),
})

const ecs: fc.Arbitrary<EcsSettings> = fc.record({
  region: fc.constant('eu-west-1'),
  cluster: fc.constant('prod'),
  subnets: fc.constantFrom(['subnet-1'], ['subnet-2', 'subnet-1']),
  security_groups: fc.constantFrom([], ['sg-1']),
  assign_public_ip: fc.boolean(),
  namespace: fc.constantFrom(null, 'internal'),
  execution_role: fc.constantFrom('arn:aws:iam::123456789012:role/execution', 'execution'),
  task_role: fc.constantFrom(null, 'arn:aws:iam::123456789012:role/task', 'task'),
  scheduler_role: fc.constantFrom(null, 'arn:aws:iam::123456789012:role/scheduler'),
})

/** No name is both a variable and a secret. */
function withoutShadowed(around: Pick<Process, 'containers' | 'depends_on'>): typeof around {
  const containers = Object.entries(around.containers).map(([name, each]) => {
    const env = Object.entries(each.env).filter(([variable]) => !Object.hasOwn(each.secrets, variable))
    return [name, { ...each, env: Object.fromEntries(env) }] as const
  })
  return { ...around, containers: Object.fromEntries(containers) }
}

/** Processes as they are after `adapt`, with variables that shadow what the config says. */
export const spec: fc.Arbitrary<ProcessSpec> = fc
  .record({
    process,
    around,
    counts,
    ecs,
    image,
    variables: versions,
    restarts: fc.nat(3),
    arm: fc.boolean(),
  })
  .map(({ process, around, counts, ecs, image, variables, restarts, arm }) => {
    const isKnown = process.entry_point !== null || process.command !== null
    const given = aProcess('web', {
      ...process,
      pre_start: isKnown ? process.pre_start : null,
      ...withoutShadowed(around),
      ...NOTHING,
      ...counts,
    })
    const env = Object.fromEntries(
      Object.entries(given.env).filter(([name]) => !Object.hasOwn(given.secrets, name)),
    )
    const build = { ...given.build, platform: arm ? 'linux/arm64' : null }
    const app = { ...anApp({ processes: [{ ...given, env, build }] }), ecs }
    const [adapted] = adapt(app).app.processes
    const images = new Map(imageUsers({ processes: [adapted!], tasks: [] }).map(({ id }) => [id, image]))
    return specOfProcess(fieldsOfProcess(adapted!, images), { owned: {}, image, variables, restarts })
  })

const OWNABLE = ['command', 'memory', 'demand_count', 'health_check', 'rollout', 'disabled'] as const

/** The same with fields that an operator owns, whose values are those of the spec. */
export const state: fc.Arbitrary<ProcessState> = fc
  .record({
    spec,
    owned: fc.subarray([...OWNABLE]),
    ownsImage: fc.boolean(),
    origin: fc.constantFrom('config' as const, 'operator' as const),
  })
  .map(({ spec, owned, ownsImage, origin }) => {
    const pin = ownsImage && spec.image.kind === 'pinned' ? { image: spec.image.reference } : {}
    return {
      spec,
      origin,
      owned: { ...Object.fromEntries(owned.map((field) => [field, spec[field]])), ...pin },
    }
  })
