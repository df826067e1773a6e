import * as fc from 'fast-check'

/** The environments that generated configs may have. */
export const ENVIRONMENTS = ['staging', 'production'] as const

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 })
/** A map of which any key may be missing. */
const some = (entries: Record<string, fc.Arbitrary<unknown>>) => fc.record(entries, { requiredKeys: [] })

const text = fc.oneof(
  fc.constantFrom(
    'info',
    '1.10',
    'true',
    '',
    ' a ',
    '# no',
    'a: b',
    '- a',
    '*x',
    '"q"',
    "it's",
    '\u202e',
    'a\tb',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((each) => each.replaceAll('\0', '')),
)
const lines = fc.constantFrom(
  'bin/run',
  'set -e\nbin/run\n',
  ' bin/run  ',
  'a\r\nb',
  'echo "x: #y" | cat',
  `bin/run ${'--long-option '.repeat(12)}`,
)
const command = fc.oneof(
  lines,
  fc.array(fc.constantFrom('bin/run', '-4', '4', 'a b', ','), { minLength: 1, maxLength: 4 }),
)
const variableName = fc.constantFrom('LOG_LEVEL', 'ROLE', 'A', 'on', 'constructor')
const env = fc.dictionary(variableName, text, { maxKeys: 3 })
const secrets = fc.dictionary(fc.constantFrom('KEY', 'B'), fc.constantFrom('gantry', 'ssm:/a'), {
  maxKeys: 2,
})
const duration = fc.constantFrom('30s', '15s', 90, '500ms', 1.5, '1h', '2m', 12.3456)
const whole = fc.nat({ max: 3 })

const build = some({
  context: fc.constantFrom('.', 'src'),
  dockerfile: fc.constantFrom('Dockerfile', 'worker/Dockerfile'),
  target: fc.constant('runtime'),
  args: env,
  platform: fc.constantFrom('linux/amd64', 'linux/arm64'),
  ignore: fc.array(fc.constantFrom('docs/**', '*.md'), { maxLength: 2 }),
  max_age: fc.constantFrom('7d', '1h'),
  command,
})

const check = fc.oneof(
  fc.constant({}),
  fc.record({ path: fc.constantFrom('/', '/healthz'), interval: duration }, { requiredKeys: ['path'] }),
  fc.record({ command, retries: fc.constantFrom(1, 3) }, { requiredKeys: ['command'] }),
  fc.constant({ tcp: true }),
)
const mounts = fc.dictionary(
  fc.constantFrom('data', '/cache', 'a.b'),
  fc.record(
    {
      source: fc.constantFrom('tmp', 'instance', 'storage'),
      source_path: fc.constantFrom('', 'data', 'x'),
    },
    { requiredKeys: ['source'] },
  ),
  { maxKeys: 2 },
)

const service = fc.constantFrom('orders-db', 'aws:ses', 'queue', 'a b', 'constructor')

const component = {
  command,
  pre_start: command,
  entry_point: fc.constantFrom(['/init'], ['/init', '-v']),
  image: fc.constantFrom('relay:1.4', 'ghcr.io/acme/relay:1'),
  build,
  env,
  secrets,
  mounts,
  cpu: fc.oneof(
    fc.constantFrom(0.25, 1, 2, 0.1),
    fc.integer({ min: 1, max: 4096 }).map((units) => units / 4096),
  ),
  memory: fc.constantFrom(0.5, 1, '512 MB', '300 MB', 1.5, 0.1),
  ephemeral_storage_gb: fc.constantFrom(10, 30),
  stop_timeout: duration,
  connect_to: fc.oneof(
    fc.uniqueArray(service, { maxLength: 3 }),
    fc.dictionary(service, fc.oneof(service, some({ service, endpoint: service })), { maxKeys: 3 }),
  ),
  access: some({ ssh: fc.constantFrom('admin', 'contributor', 'viewer') }),
  iam_role_statements: fc.array(
    fc.record(
      {
        sid: fc.constantFrom('Read', '1.10'),
        effect: fc.constantFrom('Allow', 'Deny'),
        action: fc.constantFrom('s3:GetObject', ['s3:GetObject', 's3:PutObject']),
        resource: fc.constantFrom('*', ['arn:aws:s3:::orders/*'], []),
        condition: fc.dictionary(
          fc.constantFrom('StringEquals', 'Bool'),
          fc.dictionary(
            fc.constantFrom('aws:RequestedRegion', 'constructor'),
            fc.oneof(fc.constantFrom('eu-west-1', true, 1), fc.array(text, { maxLength: 2 })),
            { maxKeys: 2 },
          ),
          { maxKeys: 2 },
        ),
      },
      { requiredKeys: ['resource'] },
    ),
    { maxLength: 2 },
  ),
}

const container = some({
  image: fc.constant('proxy:1'),
  command,
  env,
  cpu: fc.constantFrom(0.1, 0.25),
  memory: fc.constant('64 MB'),
  essential: fc.boolean(),
  port: fc.constantFrom(9000, 9001),
  health_check: check,
  mounts,
  stop_timeout: duration,
})

const process = {
  ...component,
  expose: fc.constantFrom('public', 'private', 'none'),
  port: fc.constantFrom(8000, 3000),
  demand_count: whole,
  spot_count: whole,
  scale_count: whole,
  scale_type: fc.constantFrom('none', 'spot', 'demand'),
  autoscaling_cpu_threshold: fc.constantFrom(70, 80.5),
  health_check: check,
  readiness: check,
  rollout: some({
    overlap: fc.boolean(),
    on_failure: fc.constantFrom('rollback', 'keep'),
    timeout: fc.constantFrom('15m', '1h'),
  }),
  disabled: fc.boolean(),
  ecs: some({ service: fc.constant('legacy-web'), target_group: fc.constant('arn:aws:tg') }),
  instance_types: fc.constantFrom(['c6g.large'], ['c5.large', 'm5.large'], []),
  enable_warm_pool: fc.constantFrom(false, false, false, true),
  containers: fc.dictionary(fc.constantFrom('proxy', 'log'), container, { maxKeys: 2 }),
  depends_on: fc.dictionary(fc.constantFrom('proxy', 'log'), fc.constantFrom('started', 'completed'), {
    maxKeys: 1,
  }),
}

const task = {
  ...component,
  run: fc.constantFrom('pre_deploy', 'post_deploy'),
  when: fc.constantFrom('changed', 'always'),
  on_failure: fc.constantFrom('abort', 'continue'),
  schedule: fc.constantFrom('15 2 * * *', '0 */5 * * * *'),
  timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
  concurrency: fc.constantFrom('allow', 'forbid'),
  max_hours: fc.constantFrom(1, 24, 0.25),
}

/** Few of so many keys, so that what is generated mostly goes together. */
function few(entries: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .shuffledSubarray(Object.keys(entries), { maxLength: 4 })
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, entries[key]!]))))
}

const overlaid = {
  build,
  env,
  secrets,
  defaults: few({ ...process, command: fc.constant('bin/default') }),
  processes: fc.dictionary(fc.constantFrom('web', 'worker', '7', 'constructor'), few(process), {
    maxKeys: 3,
  }),
  tasks: fc.dictionary(fc.constantFrom('migrate', 'report', '3'), few(task), { maxKeys: 2 }),
  logs: some({ retention: fc.constantFrom('30d', '2h') }),
  ecs: some({
    region: fc.constant('eu-west-1'),
    subnets: fc.constantFrom([], ['a', 'b']),
    assign_public_ip: fc.boolean(),
  }),
}

/** A gantry.yml as data. Some are refused: what excludes each other may meet. */
export const nativeConfig: fc.Arbitrary<object> = fc
  .record({
    app: maybe(fc.constantFrom('orderdesk', 'true')),
    engine: maybe(fc.constantFrom('local', 'ecs')),
    ...Object.fromEntries(Object.entries(overlaid).map(([key, value]) => [key, maybe(value)])),
    processes: overlaid.processes,
    environments: maybe(
      fc.dictionary(fc.constantFrom('default', ...ENVIRONMENTS), few(overlaid), { maxKeys: 3 }),
    ),
  })
  .map((config) => JSON.parse(JSON.stringify(config)) as object)
