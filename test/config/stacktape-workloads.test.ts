import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf, processOf, read } from './files.ts'

const SIZE = 'resources: {cpu: 0.25, memory: 512}'
const IMAGE = 'packaging: {type: prebuilt-image, properties: {image: a}}'
const OTHERS =
  '  gate: {type: http-api-gateway}\n  lb: {type: application-load-balancer}\n  files: {type: efs-filesystem}\n'
const workload = (containers: string, more = '') =>
  `resources:\n${OTHERS}  shop:\n    type: multi-container-workload\n    properties:\n      ${SIZE}\n      containers: ${containers}\n      ${more}\n`
const event = (type: string, port: number, more = '') =>
  `{type: ${type}, properties: {containerPort: ${port}${more}}}`
const internal = (port: number) => event('workload-internal', port)
const gateway = (port: number) => event('http-api-gateway', port, ', httpApiGatewayName: gate')
const balancer = (port: number) =>
  event('application-load-balancer', port, ', loadBalancerName: lb, priority: 1')
const readFile = (text: string) => read({ 'stacktape.yml': text })
const problemsIn = (text: string) => placedProblemsOf({ 'stacktape.yml': text })
const CONTAINERS = 'resources.shop.properties.containers'

describe('a workload of several containers', () => {
  test('without any is refused, and does not vanish [SW-12]', async () => {
    const other = `  w: {type: worker-service, properties: {${IMAGE}, ${SIZE}}}\n`
    for (const containers of ['[]', "$File('containers.yml')"]) {
      expect(await problemsIn(workload(containers) + other)).toContain(
        'stacktape.yml:9:19 A workload needs at least one container',
      )
    }
  })

  test('uses the ports of workload-internal events without a setting, in each of them [SW-12]', async () => {
    const { app, keys, warnings } = await readFile(
      workload(
        `[{name: web, ${IMAGE}, events: [${gateway(80)}, ${internal(8080)}]}, {name: side, ${IMAGE}, events: [${internal(9000)}, ${internal(9001)}]}]`,
      ),
    )
    const shop = processOf(app, 'shop')
    expect([shop.port, shop.containers['side']!.port]).toEqual([80, 9000])
    for (const path of [`${CONTAINERS}[0].events[1]`, `${CONTAINERS}[1].events[1]`]) {
      expect(keys).toContainEqual(
        expect.objectContaining({
          path: `${path}.properties.containerPort`,
          fate: 'honoured',
          text: 'it needs no setting: the containers of an instance reach each other at `localhost`',
        }),
      )
    }
    expect(warnings.filter((each) => each.path?.endsWith('containerPort'))).toEqual([])
  })

  test('is reached from outside at one port only [SW-12]', async () => {
    const { warnings } = await readFile(
      workload(`[{name: web, ${IMAGE}, events: [${gateway(80)}, ${balancer(81)}]}]`),
    )
    expect(warnings).toContainEqual(
      expect.objectContaining({
        message: `${CONTAINERS}[0].events[1].properties.containerPort is not supported: a process has one port, which is 80`,
        hint: 'Make it a service of its own, or serve both at one port.',
      }),
    )
  })

  test('shifts traffic only behind an application load balancer [SW-03]', async () => {
    const of = (events: string) =>
      workload(`[{name: web, ${IMAGE}, events: [${events}]}]`, 'deployment: {strategy: AllAtOnce}')
    expect(await problemsIn(of(gateway(80)))).toContain(
      'stacktape.yml:10:7 deployment needs an event of the type application-load-balancer',
    )
    await expect(readFile(of(`${gateway(80)}, ${balancer(80)}`))).resolves.toBeDefined()
  })

  test('has no check of a load balancer where none is in front, and says so', async () => {
    const check = 'loadBalancerHealthCheck: {healthcheckPath: /up}'
    for (const events of ['', `, events: [${gateway(80)}]`]) {
      const { app, warnings } = await readFile(workload(`[{name: web, ${IMAGE}, ${check}${events}}]`))
      expect(processOf(app, 'shop').health_check).toBeNull()
      expect(warnings).toContainEqual(
        expect.objectContaining({
          message: `${CONTAINERS}[0].loadBalancerHealthCheck is not supported: no load balancer is in front of it`,
          hint: 'Give it an `internalHealthCheck`.',
        }),
      )
    }
    const both = `events: [${gateway(80)}, ${balancer(80)}]`
    const { app } = await readFile(workload(`[{name: web, ${IMAGE}, ${check}, ${both}}]`))
    expect(processOf(app, 'shop').health_check).toMatchObject({ path: '/up' })
  })

  test.each([
    ['http-api-gateway', 'httpApiGatewayName: gat', 'There is no http-api-gateway "gat"', '"gate"'],
    [
      'application-load-balancer',
      'loadBalancerName: gate',
      'There is no application-load-balancer "gate"',
      null,
    ],
    ['network-load-balancer', 'loadBalancerName: nope', 'There is no network-load-balancer "nope"', null],
  ])('must name what is there in an event of the type %s: %s', async (type, name, message, meant) => {
    const of = (first: string, second: string) =>
      workload(`[{name: a, ${IMAGE}, events: [${first}]}, {name: b, ${IMAGE}, events: [${second}]}]`)
    const wrong = event(type, 81, `, ${name}`)
    for (const text of [of(balancer(80), wrong), of(wrong, internal(1))]) {
      const problem = (await problemsOf({ 'stacktape.yml': text })).find((each) => each.message === message)
      expect(problem?.place?.line).toBe(9)
      expect(problem?.hint).toBe(meant === null ? undefined : `Did you mean ${meant}?`)
    }
  })
})

describe('what is wrong between containers is told in the names of the file', () => {
  const container = (name: string, more: string) => `{name: ${name}, ${IMAGE}, ${more}}`
  const after = (name: string, condition: string) =>
    `dependsOn: [{containerName: ${name}, condition: ${condition}}]`
  const web = (more: string) => container('webApp', `events: [${gateway(80)}], ${more}`)

  test.each([
    [
      'a circle',
      `[${web(after('b', 'START'))}, ${container('b', after('webApp', 'START'))}]`,
      'Containers wait for each other: "webApp" → "b" → "webApp"',
    ],
    [
      'a container without a check',
      `[${web('')}, ${container('proxy', after('webApp', 'HEALTHY'))}]`,
      '"proxy" waits for "webApp" to be healthy, and nothing checks that',
    ],
    [
      'a container without which the instance ends',
      `[${web(after('setUp', 'COMPLETE'))}, ${container('setUp', 'essential: true')}]`,
      '"webApp" waits for "setUp" to end, and with "setUp" the instance ends',
    ],
    ['itself', `[${web(after('webApp', 'START'))}]`, '"webApp" waits for itself'],
    [
      'one port',
      `[${web('')}, ${container('logSync', `events: [${internal(80)}]`)}]`,
      '"webApp" and "logSync" both listen on port 80',
    ],
  ])('%s [SW-12]', async (_, containers, message) => {
    const problems = await problemsOf({ 'stacktape.yml': workload(containers) })
    const errors = problems.filter((each) => each.severity === 'error')
    expect(errors.map((each) => [each.place?.line, each.message])).toEqual([[9, message]])
  })

  test('side containers that wait for each other [SW-12]', async () => {
    const side = (name: string, other: string) =>
      `{containerType: always-running, name: ${name}, ${IMAGE}, ${after(other, 'START')}}`
    const text = `resources: {a: {type: worker-service, properties: {${IMAGE}, ${SIZE}, sideContainers: [${side('logSync', 'b')}, ${side('b', 'logSync')}]}}}`
    const problems = await problemsOf({ 'stacktape.yml': text })
    expect(problems.map((each) => each.message)).toEqual([
      'Containers wait for each other: "logSync" → "b" → "logSync"',
    ])
  })
})

describe('two things of one name here are told as the file has them', () => {
  test('scripts of a hook', async () => {
    const script = '{type: local-script, properties: {executeCommand: a}}'
    const text = `resources:\n${OTHERS}hooks: {afterDeploy: [{scriptName: seedDb}, {scriptName: seed-db}]}\nscripts: {seedDb: ${script}, seed-db: ${script}}\n`
    expect(await problemsIn(text)).toContain(
      'stacktape.yml:5:45 "seed-db" of afterDeploy is named "after-deploy-seed-db" here, and so is "seedDb" of afterDeploy',
    )
  })

  test('schedules of a job whose name is as long as one may be', async () => {
    const name = 'a'.repeat(63)
    const shown = `"${'a'.repeat(60)}…"`
    const schedule = '{type: schedule, properties: {scheduleRate: "cron(0 0 * * ? *)"}}'
    const text = `resources:\n  ${name}: {type: batch-job, properties: {container: {${IMAGE}}, resources: {cpu: 1}, events: [${schedule}, ${schedule}]}}\n`
    expect(await problemsIn(text)).toEqual([
      `stacktape.yml:2:3 schedule 2 of ${shown} is named "${name}" here, and so is ${shown}`,
    ])
  })
})

describe('a file system', () => {
  const mounts = (...all: readonly (readonly [string, string])[]) =>
    `resources:\n${OTHERS}  app: {type: worker-service, properties: {${IMAGE}, ${SIZE}, volumeMounts: [${all
      .map(([name, at]) => `{type: efs, properties: {efsFilesystemName: ${name}, mountPath: ${at}}}`)
      .join(', ')}]}}\n`

  test('must be a resource of the file [SW-63]', async () => {
    for (const name of ['nope', 'lb']) {
      expect(await problemsIn(mounts([name, '/data']))).toContainEqual(
        expect.stringMatching(new RegExp(`^stacktape\\.yml:5:\\d+ There is no efs-filesystem "${name}"$`)),
      )
    }
  })

  test('may be a resource that cannot be known here [SW-63]', async () => {
    const text = mounts(['nope', '/data']).replace('\n', "\n  nope: $File('files.yml')\n")
    const { app } = await readFile(text)
    expect(processOf(app, 'app').mounts['/data']?.source_path).toBe('nope')
  })

  test('has a folder of its own to be mounted at [SW-63]', async () => {
    expect(await problemsIn(mounts(['files', '/data'], ['files', '/data/']))).toContainEqual(
      expect.stringMatching(/^stacktape\.yml:5:\d+ Two file systems are mounted at "\/data"$/),
    )
  })
})
