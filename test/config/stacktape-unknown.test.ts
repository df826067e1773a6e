import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { placedProblemsOf, problemsOf, processOf, read } from './files.ts'
import { fixture } from './fixtures.ts'
import { outcomeOf } from './outcome.ts'

const IMAGE = 'packaging: {type: prebuilt-image, properties: {image: a}}'
const SIZE = 'resources: {cpu: 0.25, memory: 512}'
const X = `"$CliArgs('x')"`
const NOT_KNOWN = 'there are no arguments of a command, and it has no default'
const ADVICE = "Give it a default as its second argument: `$CliArgs('name', 'default')`."
const service = (type: string, more: string) =>
  `resources:\n  app: {type: ${type}, properties: {${IMAGE}, ${more}}}\n`
const web = (more: string) => service('web-service', `${SIZE}, ${more}`)
const worker = (more: string) => service('worker-service', more)
const readFile = (text: string, gantryYml?: string) =>
  read({
    'stacktape.yml': text,
    ...(gantryYml !== undefined && { 'gantry.yml': `from: Stacktape\n${gantryYml}` }),
  })
const problemsIn = (text: string) => placedProblemsOf({ 'stacktape.yml': text })
/** Each warning without the path of the service that it is about. */
const warningsOf = async (text: string, gantryYml?: string) =>
  (await readFile(text, gantryYml)).warnings.map(({ message }) =>
    message.replace(/^resources\.app(?:\.properties)?\.?/, ''),
  )

describe('what only Stacktape knows', () => {
  test.each([
    [`cors: "$File('c.yml')"`, 'cors', 'Gantry reads no further files for values'],
    [`iamRoleStatements: ${X}`, 'iamRoleStatements', NOT_KNOWN],
    [`connectTo: ${X}`, 'connectTo', NOT_KNOWN],
    [`usePrivateSubnetsWithNAT: ${X}`, 'usePrivateSubnetsWithNAT', NOT_KNOWN],
    [`logging: {logForwarding: ${X}}`, 'logging.logForwarding', NOT_KNOWN],
  ])(
    'is told of a key that is not supported as well: %s [SW-25, SW-40, SW-66, SW-70]',
    async (more, path, why) => {
      expect(await warningsOf(web(more))).toEqual([`${path} is not supported: ${why}`])
    },
  )

  test('is told of overrides [SW-25]', async () => {
    const text = web('cors: {}').replace('{type: web', '{overrides: "$File(\'o.yml\')", type: web')
    expect(await warningsOf(text)).toContain(
      'overrides is not supported: Gantry reads no further files for values',
    )
  })
})

describe('a type that cannot be known', () => {
  const why = `its type cannot be known here: ${NOT_KNOWN}`

  test('of a resource leaves it out, with the advice for its directive, and can be meant by any name [SW-25]', async () => {
    const mount = 'volumeMounts: [{type: efs, properties: {efsFilesystemName: myFiles, mountPath: /a}}]'
    const text = worker(`${SIZE}, ${mount}, connectTo: [myFiles]`)
    const { app, warnings } = await readFile(`${text}  myFiles: {type: ${X}, properties: {port: 1}}\n`)
    expect(app.processes.map(({ name }) => name)).toEqual(['app'])
    expect(processOf(app, 'app').connect_to).toHaveProperty('myFiles')
    expect(warnings).toContainEqual(
      expect.objectContaining({
        message: `resources.myFiles is not supported: ${why}`,
        hint: ADVICE,
      }),
    )
    expect(warnings.some(({ message }) => message.includes('is named'))).toBe(false)
  })

  test('of a load balancer leaves the port to the default, and a deployment to be one behind it [SW-03, SW-09]', async () => {
    const ports = 'properties: {ports: [{port: 80}, {port: 81}]}'
    const text = web(`loadBalancing: {type: ${X}, ${ports}}, deployment: {strategy: AllAtOnce}`)
    expect(processOf((await readFile(text)).app, 'app').port).toBe(3000)
    expect(await warningsOf(text)).toContain(`loadBalancing is not supported: ${why}`)
    await readFile(web(`loadBalancing: ${X}, deployment: {strategy: AllAtOnce}`))
  })

  test('of an event says nothing of what it reaches or starts [SW-12, SW-13]', async () => {
    const event = (more: string) => `events: [{type: ${X}, properties: {${more}}}]`
    const text = `resources:
  app:
    type: multi-container-workload
    properties: {${SIZE}, containers: [{name: main, ${IMAGE}, ${event('containerPort: 80')}}], deployment: {strategy: AllAtOnce}}
  report: {type: batch-job, properties: {container: {${IMAGE}}, resources: {cpu: 1}, ${event('scheduleRate: 5')}}}
`
    const { app, warnings } = await readFile(text)
    expect(processOf(app, 'app')).toMatchObject({ expose: 'none', port: null })
    expect(app.tasks).toMatchObject([{ name: 'report', schedule: null }])
    const events = warnings.filter(({ path }) => path?.endsWith('events[0]'))
    expect(events.map(({ message }) => message.split(' is ')[1])).toEqual(
      Array(2).fill(`not supported: ${why}`),
    )
  })

  test.each([
    ['type', `{type: ${X}, properties: {image: a}}`],
    ['packaging', X],
  ])('leaves no image to chance: %s [SW-04]', async (_, packaging) => {
    const text = worker(SIZE).replace(IMAGE, `packaging: ${packaging}`)
    expect(await problemsIn(text)).toContainEqual(expect.stringContaining(' The image cannot be known here'))
    const { app } = await readFile(text, 'processes: {app: {image: b}}')
    expect(processOf(app, 'app').image).toBe('b')
  })

  test.each([
    ['all', X],
    ['script', X],
    [
      'type',
      `{type: ${X}, properties: {executeCommand: a, pipeStdio: true, environment: [{name: A, value: 1.10}]}}`,
    ],
    ['command', `{type: local-script, properties: {executeCommand: ${X}}}`],
  ])('leaves no command of a script to chance: %s [SW-25]', async (what, script) => {
    const scripts = what === 'all' ? script : `{m: ${script}}`
    const text = `${worker(SIZE)}hooks: {beforeDeploy: [{scriptName: m}]}\nscripts: ${scripts}\n`
    expect(await problemsIn(text)).toContainEqual(
      expect.stringMatching(/^stacktape\.yml:4:\d+ What the script runs cannot be known here$/),
    )
    const { app } = await readFile(text, 'tasks: {before-deploy-m: {command: b}}')
    expect(app.tasks).toMatchObject([{ name: 'before-deploy-m', command: 'b' }])
  })
})

describe('EC2 types that cannot be known', () => {
  test('are left out beside those that are [SW-43, SW-52]', async () => {
    const text = worker(`resources: {instanceTypes: [${X}, c6g.large]}`)
    expect(processOf((await readFile(text)).app, 'app')).toMatchObject({
      instance_types: ['c6g.large'],
      cpu: 2048,
      memory: 4096,
    })
    expect(await warningsOf(text)).toEqual([
      'resources.instanceTypes is approximated: kept as `instance_types`, but for 1 of 2 that cannot be known here; instances run on Fargate, by default with the size of c6g.large: 2 vCPU and 4 GB, on x86_64',
    ])
  })

  test.each([`[${X}]`, X])(
    'are none, with no size to demand and no warm pool: %s [SW-43, SW-52, SW-55]',
    async (types) => {
      const text = worker(`resources: {instanceTypes: ${types}, enableWarmPool: true}`)
      expect(processOf((await readFile(text)).app, 'app')).toMatchObject({
        instance_types: [],
        enable_warm_pool: false,
        cpu: 256,
        memory: 512,
      })
      const [instanceTypes, pool] = await warningsOf(text)
      expect(instanceTypes).toMatch(/^resources\.instanceTypes is not supported: /)
      expect(pool).toBe('resources.enableWarmPool is not supported: for which type cannot be known here')
    },
  )

  test('are two with one that is known, which is too many for a warm pool [SW-55]', async () => {
    const text = worker(`resources: {instanceTypes: [${X}, c6g.large], enableWarmPool: true}`)
    expect(await problemsIn(text)).toContainEqual(
      expect.stringContaining('enableWarmPool needs exactly one of instanceTypes'),
    )
  })
})

test.each(['efsFilesystemName', 'rootDirectory', 'mountPath'])(
  'a file system is not mounted where its %s cannot be known [SW-63]',
  async (key) => {
    const paths = { efsFilesystemName: 'files', rootDirectory: '/a', mountPath: '/data', [key]: X }
    const properties = Object.entries(paths).map(([name, value]) => `${name}: ${value}`)
    const text = worker(`${SIZE}, volumeMounts: [{type: efs, properties: {${properties.join(', ')}}}]`)
    const files = `${text}  files: {type: efs-filesystem}\n`
    expect(processOf((await readFile(files)).app, 'app').mounts).toEqual({})
    expect(await warningsOf(files)).toContain(
      'volumeMounts[0] is not supported: it is not mounted: which folder, or where, cannot be known here',
    )
  },
)

test('connections that cannot be known are counted [SW-66]', async () => {
  const text = `${worker(`${SIZE}, connectTo: [${X}, db]`)}  db: {type: bucket}\n`
  expect(Object.keys(processOf((await readFile(text)).app, 'app').connect_to)).toEqual(['db'])
  expect(await warningsOf(text)).toContain(
    'connectTo is not supported: kept as `connect_to`; no permissions and network rules come from it, and no variables STP_DB_…; 1 of 2 is known to Stacktape only, and not kept',
  )
})

test.each([
  ['check', X],
  ['command', `{healthCheckCommand: ${X}}`],
])('a %s that cannot be known can be waited for where gantry.yml has it [SW-12, SW-28]', async (_, check) => {
  const main = `{name: main, ${IMAGE}, internalHealthCheck: ${check}}`
  const proxy = `{name: proxy, ${IMAGE}, essential: false, dependsOn: [{containerName: main, condition: HEALTHY}]}`
  const text = `resources: {app: {type: multi-container-workload, properties: {${SIZE}, containers: [${main}, ${proxy}]}}}\n`
  const problems = await problemsOf({ 'stacktape.yml': text })
  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      message: '"proxy" waits for "main" to be healthy, and what checks that cannot be known here',
      hint: 'Name it in gantry.yml, as `health_check` of processes.app.',
    },
  ])
  expect(problems.map(({ hint }) => hint)).toContain(ADVICE)
  const { app } = await readFile(text, 'processes: {app: {health_check: {command: [check]}}}')
  expect(processOf(app, 'app').containers['proxy']?.depends_on).toEqual({ main: 'healthy' })
})

test('a greatest count that cannot be known leaves the least one [SW-56]', async () => {
  const policy = 'scalingPolicy: {keepAvgCpuUtilizationUnder: 50}'
  const text = worker(`${SIZE}, scaling: {minInstances: 2, maxInstances: ${X}, ${policy}}`)
  expect(processOf((await readFile(text)).app, 'app')).toMatchObject({ demand_count: 2, scale_count: 0 })
  expect(await warningsOf(text)).toEqual([`scaling.maxInstances is not supported: ${NOT_KNOWN}`])
})

test('a time between two checks that cannot be known is not held against the timeout [SW-09]', async () => {
  const times = `healthcheckInterval: ${X}, healthcheckTimeout: 8`
  const text = web(`loadBalancing: {type: application-load-balancer, properties: {${times}}}`)
  expect(processOf((await readFile(text)).app, 'app').health_check).toMatchObject({ timeout: 8 })
})

test('a statement that cannot be known is counted [SW-70]', async () => {
  const text = worker(`${SIZE}, iamRoleStatements: [${X}, {Resource: ["*"]}]`)
  expect(processOf((await readFile(text)).app, 'app').iam_role_statements).toHaveLength(1)
  expect(await warningsOf(text)).toContain(
    'iamRoleStatements is not supported: Gantry makes no roles; 1 of 2 has values that only Stacktape knows, and is not kept',
  )
})

test('an image of gantry.yml in the place of packaging that cannot be known is not built [SW-04]', async () => {
  const text = worker('resources: {cpu: 0.25, memory: 512, architecture: arm64}')
  const { app } = await readFile(text.replace(IMAGE, `packaging: ${X}`), 'processes: {app: {image: b}}')
  expect(processOf(app, 'app').image).toBe('b')
})

/** A file as it would be with a directive in the place of each of its values, one at a time. */
function* withOneUnknown(value: unknown): Generator {
  if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      for (const other of withOneUnknown(each))
        yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
    }
  }
  yield "$CliArgs('x')"
}

const WORKLOAD = `resources:
  gate: {type: http-api-gateway}
  shop:
    type: multi-container-workload
    properties:
      ${SIZE}
      containers:
        - {name: main, ${IMAGE}, events: [{type: http-api-gateway, properties: {httpApiGatewayName: gate, containerPort: 80}}], internalHealthCheck: {healthCheckCommand: [CMD, a]}}
        - {name: proxy, ${IMAGE}, essential: false, events: [{type: workload-internal, properties: {containerPort: 81}}], dependsOn: [{containerName: main, condition: HEALTHY}]}
`

test.each([
  ['the example', fixture('stacktape.yml')],
  ['a workload', WORKLOAD],
])(
  'whatever cannot be known is accepted, or refused with a place: in %s',
  { timeout: 30_000 },
  async (_, text) => {
    for (const each of withOneUnknown(parse(text))) await outcomeOf({ 'stacktape.yml': JSON.stringify(each) })
  },
)
