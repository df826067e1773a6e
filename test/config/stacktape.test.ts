import { describe, expect, test } from 'vitest'

import type { Provenance } from '../../src/config/provenance.ts'
import { fixture } from './fixtures.ts'
import { placedProblemsOf, problemsOf, processOf, read, showPlaced } from './files.ts'

const byStacktape: Provenance = { kind: 'default', of: 'Stacktape' }
const PACKAGING = 'packaging: {type: prebuilt-image, properties: {image: "ghcr.io/acme/a:1"}}'
const DAY = 86_400
const SIZE = 'resources: {cpu: 0.25, memory: 512}'
const indented = (text: string) => text.replaceAll(/^/gm, '      ')
const resource = (type: string, properties: string, name = 'app') =>
  `resources:\n  ${name}:\n    type: ${type}\n    properties:\n${indented(properties)}\n`
const worker = (properties: string) => resource('worker-service', `${PACKAGING}\n${properties}`)
const sized = (properties: string) => worker(`${SIZE}\n${properties}`)
const readFile = (text: string, files: Record<string, string> = {}, environment = 'default') =>
  read({ 'stacktape.yml': text, ...files }, { environment })
const problemsIn = (text: string) => placedProblemsOf({ 'stacktape.yml': text })
const example = (environment = 'default') => readFile(fixture('stacktape.yml'), {}, environment)
const fateOf = async (text: string, path: string) => {
  const { keys } = await readFile(text)
  return keys.find((each) => each.path.endsWith(path))
}

describe('a stacktape.yml', () => {
  test('SW-09, SW-11, SW-13: has services that are processes and jobs that are tasks of one app', async () => {
    const { app, files, warnings } = await example()
    expect(files).toEqual(['stacktape.yml'])
    expect(app.processes.map(({ name, expose, port }) => [name, expose, port])).toEqual([
      ['api', 'public', 3000],
      ['mail-worker', 'none', null],
      ['bulk-worker', 'none', null],
    ])
    expect(app.tasks.map(({ name, run, schedule }) => [name, run, schedule])).toEqual([
      ['nightly-report', null, '15 2 * * *'],
      ['after-deploy-migrate', 'post_deploy', null],
    ])
    expect(warnings.map(showPlaced)).toContain(
      'stacktape.yml:44:3 The resource "mailWorker" is named "mail-worker" here',
    )
  })

  test('SW-14, SW-19, SW-61: a type, packaging and resources are enough', async () => {
    const { app, warnings } = await readFile(worker(SIZE))
    expect(processOf(app, 'app')).toMatchObject({
      cpu: 256,
      memory: 512,
      demand_count: 1,
      expose: 'none',
      ephemeral_storage_gb: null,
    })
    expect(warnings).toEqual([])
  })

  test('SW-01: a worker service is reached by nobody, whatever its name', async () => {
    const { app } = await readFile(resource('worker-service', `${PACKAGING}\n${SIZE}`, 'web'))
    expect(processOf(app, 'web')).toMatchObject({ expose: 'none', port: null })
  })

  test('SW-10: a private service is reached by the others, at 3000 by default of Stacktape', async () => {
    const { app, provenance } = await readFile(resource('private-service', `${PACKAGING}\n${SIZE}`))
    expect(processOf(app, 'app')).toMatchObject({ expose: 'private', port: 3000 })
    expect(provenance['processes.app.port']).toEqual(byStacktape)
    const other = await readFile(resource('private-service', `${PACKAGING}\n${SIZE}\nport: 8080`))
    expect(processOf(other.app, 'app').port).toBe(8080)
  })

  test('SW-09: a web service listens on every address, and is checked as its load balancer does', async () => {
    const { app, provenance } = await example()
    expect(processOf(app, 'api')).toMatchObject({
      env: { HOST: '0.0.0.0' },
      health_check: { path: '/ready', interval: 10, timeout: 5 },
    })
    expect(provenance['processes.api.env.HOST']).toEqual(byStacktape)
    const balanced = (balancing: string) =>
      readFile(resource('web-service', `${PACKAGING}\n${SIZE}\nloadBalancing: ${balancing}`))
    const plain = await balanced('{type: application-load-balancer}')
    expect(processOf(plain.app, 'app').health_check).toMatchObject({ path: '/', interval: 5, timeout: 4 })
    expect(plain.provenance['processes.app.health_check.interval']).toEqual(byStacktape)
    const network = await balanced(
      '{type: network-load-balancer, properties: {ports: [{port: 443, containerPort: 8443}, {port: 80}]}}',
    )
    expect(processOf(network.app, 'app')).toMatchObject({ port: 8443, health_check: { tcp: true } })
    expect(network.warnings.map((each) => each.message)).toContain(
      'resources.app.properties.loadBalancing.properties.ports[1].port is not supported: a process has one port',
    )
    expect(processOf((await balanced('{type: http-api-gateway}')).app, 'app').health_check).toBeNull()
  })

  test('SW-34, SW-35, SW-36: has 2 seconds between SIGTERM and SIGKILL, or as many as it says', async () => {
    const { app, provenance } = await example()
    expect(processOf(app, 'api').stop_timeout).toBe(2)
    expect(provenance['processes.api.stop_timeout']).toEqual(byStacktape)
    expect(processOf(app, 'mail-worker').stop_timeout).toBe(45)
    const over = await readFile(worker(SIZE), { 'gantry.yml': 'defaults: {stop_timeout: 20s}' })
    expect(processOf(over.app, 'app').stop_timeout).toBe(20)
  })

  test('SW-41: cpu and memory are those of an instance, memory in MB', async () => {
    const { app } = await example()
    expect(processOf(app, 'api')).toMatchObject({ cpu: 512, memory: 1024 })
    expect(processOf(app, 'api').build.platform).toBe('linux/arm64')
  })

  test('SW-02, SW-56, SW-57, SW-58, SW-59: scales between two counts by CPU and memory, at 80 % by default', async () => {
    const { app, provenance } = await example()
    expect(processOf(app, 'mail-worker')).toMatchObject({
      demand_count: 1,
      scale_count: 4,
      scale_type: 'demand',
      autoscaling_cpu_threshold: 70,
      autoscaling_memory_threshold: 75,
    })
    expect(processOf(app, 'api')).toMatchObject({
      demand_count: 2,
      scale_count: 4,
      autoscaling_cpu_threshold: 80,
      autoscaling_memory_threshold: 80,
    })
    expect(provenance['processes.api.autoscaling_cpu_threshold']).toEqual(byStacktape)
    const fixed = await readFile(
      sized('scaling: {minInstances: 3, maxInstances: 3, scalingPolicy: {keepAvgCpuUtilizationUnder: 50}}'),
    )
    expect(processOf(fixed.app, 'app')).toMatchObject({ demand_count: 3, scale_type: 'none' })
    expect(fixed.warnings).toEqual([])
  })

  test('SW-28, SW-29, SW-30, SW-31, SW-32, SW-33: a health check is a command of ECS with its times', async () => {
    const { app } = await example()
    expect(processOf(app, 'mail-worker').health_check).toMatchObject({
      command: expect.stringContaining('test -f'),
      interval: 20,
      timeout: 5,
      retries: 2,
      start_period: 60,
    })
    const plain = await readFile(sized('internalHealthCheck: {healthCheckCommand: [CMD, bin/check, -v]}'))
    expect(processOf(plain.app, 'app').health_check).toMatchObject({
      command: ['bin/check', '-v'],
      interval: 30,
      timeout: 5,
      retries: 3,
      start_period: 0,
    })
    expect(plain.provenance['processes.app.health_check.interval']).toEqual(byStacktape)
  })

  test('SW-07, SW-43, SW-47, SW-51, SW-52: EC2 types become the size on Fargate of the smallest', async () => {
    const { app, warnings } = await example()
    expect(processOf(app, 'bulk-worker')).toMatchObject({ cpu: 2048, memory: 4096 })
    expect(warnings.map(showPlaced)).toContain(
      'stacktape.yml:89:19 resources.bulkWorker.properties.resources.instanceTypes is approximated: kept as `instance_types`; instances run on Fargate, by default with the size of c6g.large: 2 vCPU and 4 GB, on x86_64',
    )
    const size = async (resources: string) => {
      const { cpu, memory } = processOf((await readFile(worker(`resources: ${resources}`))).app, 'app')
      return [cpu / 1024, memory / 1024]
    }
    expect(await size('{instanceTypes: [m5.xlarge, c5.large]}')).toEqual([2, 4])
    expect(await size('{instanceTypes: [t3.micro]}')).toEqual([0.25, 1])
    expect(await size('{instanceTypes: [r5.xlarge]}')).toEqual([4, 30])
    expect(await size('{instanceTypes: [p3.2xlarge]}')).toEqual([0.25, 0.5])
    expect(await fateOf(worker('resources: {instanceTypes: [p3.2xlarge]}'), 'instanceTypes')).toMatchObject({
      fate: 'unsupported',
      hint: 'Set `cpu` and `memory` of the process in gantry.yml for another size.',
    })
  })

  test('SW-50: cpu and memory beside EC2 types count', async () => {
    const { app } = await readFile(worker('resources: {instanceTypes: [c5.4xlarge], cpu: 1, memory: 700}'))
    expect(processOf(app, 'app')).toMatchObject({ cpu: 1024, memory: 700 })
  })

  test.each([
    ['instanceTypes: [m5.xlarge]', 4, 16, 'by default with the size of m5.xlarge: 4 vCPU and 16 GB'],
    [
      'cpu: 0.25, instanceTypes: [m5.xlarge]',
      0.25,
      16,
      'by default with the memory of m5.xlarge: 0.25 vCPU and 16 GB',
    ],
    [
      'memory: 2048, instanceTypes: [m5.xlarge]',
      4,
      2,
      'by default with the CPU of m5.xlarge: 4 vCPU and 2 GB',
    ],
    ['cpu: 1, memory: 2048, instanceTypes: [m5.xlarge]', 1, 2, 'with 1 vCPU and 2 GB'],
    ['cpu: 1, memory: 2048, instanceTypes: [p3.2xlarge]', 1, 2, 'with 1 vCPU and 2 GB'],
  ])(
    'says which size an instance of {%s} gets [SW-49, SW-50, SW-51, SW-52]',
    async (resources, cpu, memory, how) => {
      const { app, warnings } = await readFile(worker(`resources: {${resources}}`))
      expect(processOf(app, 'app')).toMatchObject({ cpu: cpu * 1024, memory: memory * 1024 })
      expect(warnings.map((each) => each.message)).toEqual([
        `resources.app.properties.resources.instanceTypes is approximated: kept as \`instance_types\`; instances run on Fargate, ${how}`,
      ])
    },
  )

  test('takes an empty list of EC2 types for none [SW-41]', async () => {
    const { app, warnings } = await readFile(worker('resources: {cpu: 1, memory: 2048, instanceTypes: []}'))
    expect(processOf(app, 'app')).toMatchObject({ cpu: 1024, memory: 2048, instance_types: [] })
    expect(warnings).toEqual([])
  })

  test('SW-53, SW-55: a warm pool is not supported, and is refused without exactly one type', async () => {
    const { warnings } = await example()
    expect(warnings.find((each) => each.path?.endsWith('enableWarmPool'))?.message).toContain(
      'is not supported',
    )
    for (const types of ['', ', instanceTypes: [c5.large, c5.xlarge]']) {
      const problems = await problemsIn(
        worker(`resources: {cpu: 1, memory: 2048, enableWarmPool: true${types}}`),
      )
      expect(problems).toContainEqual(
        expect.stringMatching(/^stacktape\.yml:6:\d+ enableWarmPool needs exactly one of instanceTypes$/),
      )
    }
  })

  test('SW-37, SW-39, SW-40: says what becomes of output', async () => {
    const text = sized(
      'logging: {disabled: false, retentionDays: 90, logForwarding: {type: datadog, properties: {apiKey: x}}}',
    )
    expect(await fateOf(text, 'logging.disabled')).toMatchObject({ fate: 'honoured' })
    expect(await fateOf(text, 'retentionDays')).toMatchObject({ fate: 'honoured' })
    expect(await fateOf(text, 'logForwarding')).toMatchObject({ fate: 'unsupported' })
    expect(await fateOf(sized('logging: {disabled: true}'), 'disabled')).toMatchObject({
      fate: 'unsupported',
    })
  })

  test('SW-39: keeps all output as long as the file names at most, and 90 days by default of Stacktape', async () => {
    const silent = await readFile(sized(''))
    expect(silent.app.logs).toEqual({ retention: 90 * DAY })
    expect(silent.provenance['logs.retention']).toEqual(byStacktape)
    const service = (days: number) =>
      `    type: worker-service\n    properties: {${PACKAGING}, ${SIZE}, logging: {retentionDays: ${days}}}\n`
    const text = `resources:\n  a:\n${service(7)}  b:\n${service(400)}  c:\n${service(400)}`
    const { app, warnings, provenance } = await readFile(text)
    expect(app.logs).toEqual({ retention: 400 * DAY })
    expect(provenance['logs.retention']).toMatchObject({ kind: 'file', line: 7 })
    expect(warnings.map((each) => each.message)).toEqual([
      'resources.a.properties.logging.retentionDays is approximated: all output of the app is kept for 400 days, the longest time that the file names',
    ])
    const over = await readFile(text, { 'gantry.yml': 'logs: {retention: 2d}\n' })
    expect(over.app.logs).toEqual({ retention: 2 * DAY })
  })

  test('keeps output for 90 days where one container names no time, whatever less the others name [SW-39]', async () => {
    const service = (logging: string) =>
      `    type: worker-service\n    properties: {${PACKAGING}, ${SIZE}${logging}}\n`
    const of = (other: string) =>
      readFile(`resources:\n  api:\n${service('')}  w:\n${service(`, logging: {${other}}`)}`)
    const { app, provenance, warnings } = await of('retentionDays: 1')
    expect(app.logs).toEqual({ retention: 90 * DAY })
    expect(provenance['logs.retention']).toEqual(byStacktape)
    expect(warnings).toMatchObject([
      {
        message:
          'resources.w.properties.logging.retentionDays is approximated: all output of the app is kept for 90 days, which Stacktape gives to a container that names no time',
        hint: 'Set `logs.retention` in gantry.yml for another time.',
      },
    ])
    const same = await of('retentionDays: 90')
    expect(same.provenance['logs.retention']).toMatchObject({ kind: 'file', line: 7 })
    expect(same.warnings).toEqual([])
    expect((await of('disabled: true')).app.logs).toEqual({ retention: 90 * DAY })
  })

  test('lets a container without output ask for no time to keep it [SW-39]', async () => {
    const { app, keys } = await readFile(sized('logging: {disabled: true, retentionDays: 3653}'))
    expect(app.logs).toEqual({ retention: null })
    expect(keys.find((each) => each.path.endsWith('retentionDays'))?.fate).toBe('honoured')
  })

  test('SW-28: is checked by its own command, and gets requests as its load balancer checks it', async () => {
    const checks =
      'internalHealthCheck: {healthCheckCommand: [CMD, check]}\nloadBalancing: {type: application-load-balancer, properties: {healthcheckPath: /up, healthcheckInterval: 7}}'
    const { app, keys } = await readFile(resource('web-service', `${PACKAGING}\n${SIZE}\n${checks}`))
    expect(processOf(app, 'app').health_check).toMatchObject({ command: ['check'], path: null, interval: 30 })
    expect(processOf(app, 'app').readiness).toMatchObject({ path: '/up', interval: 7, timeout: 4 })
    expect(keys.filter(({ path, fate }) => path.includes('ealth') && fate !== 'honoured')).toEqual([])
  })

  test('SW-06, SW-66, SW-67, SW-68, SW-69: says which variables connectTo does not give', async () => {
    const { warnings } = await example()
    const connect = warnings.find((each) => each.path === 'resources.mailWorker.properties.connectTo')
    expect(connect?.message).toContain('no variables STP_JOBS_…, STP_ORDERS_DB_…')
    expect(connect?.hint).toContain('ecs.task_role')
    expect(await problemsIn(sized('connectTo: [ap, app, "aws:ses"]'))).toContain(
      'stacktape.yml:7:19 There is no resource "ap"',
    )
  })

  test('SW-64, SW-70: IAM statements are for the role of the task', async () => {
    const statement = await fateOf(fixture('stacktape.yml'), 'iamRoleStatements')
    expect(statement).toMatchObject({ fate: 'unsupported', hint: expect.stringContaining('ecs.task_role') })
    expect(await problemsIn(sized('iamRoleStatements: [{Action: [a]}]'))).toContain(
      'stacktape.yml:7:27 iamRoleStatements must be a list of maps, each with Resource',
    )
  })

  test('SW-63, SW-71, SW-72: names every other resource with what to do in its place', async () => {
    const { keys } = await readFile(
      `${fixture('stacktape.yml')}cloudformationResources: {Topic: {Type: "AWS::SNS::Topic"}}\n`,
    )
    const others = keys.filter((each) => each.fate === 'unsupported' && /^[^.]*\.?[^.]*$/.test(each.path))
    expect(others.map(({ path, text }) => `${path}: ${text}`)).toEqual([
      'resources.ordersDb: Gantry makes no databases and caches',
      'resources.jobs: Gantry makes no queues, topics and streams',
      'resources.sharedFiles: Gantry makes no file systems: what mounts one gets a folder of the storage of the app',
      'cloudformationResources: Gantry makes no CloudFormation resources',
    ])
    expect(keys.some((each) => each.path.includes('masterUserPassword'))).toBe(false)
  })

  test('SW-03: a strategy of deployment is a rolling update, and disableAutoRollback is kept', async () => {
    expect(await fateOf(fixture('stacktape.yml'), 'deployment.strategy')).toMatchObject({
      fate: 'approximated',
    })
    const { app } = await readFile(`deploymentConfig: {disableAutoRollback: true}\n${worker(SIZE)}`)
    expect(processOf(app, 'app').rollout.on_failure).toBe('keep')
  })

  test('beside a gantry.yml has its last word, under the names of the processes', async () => {
    const { app } = await readFile(
      fixture('stacktape.yml'),
      {
        'gantry.yml':
          'engine: ecs\nprocesses: {}\nfrom: Stacktape\nenvironments: {prod: {processes: {api: {demand_count: 5}}}}',
      },
      'prod',
    )
    expect(processOf(app, 'api')).toMatchObject({ demand_count: 5, scale_count: 4 })
  })

  test('is read from its other name, and has no modules', async () => {
    const { files } = await read({ 'stacktape.yaml': worker(SIZE) })
    expect(files).toEqual(['stacktape.yaml'])
    expect(await placedProblemsOf({ 'stacktape.yml': worker(SIZE) }, { module: 'x' })).toEqual([
      'stacktape.yml:1:1 stacktape.yml has no modules: "x" was asked for',
    ])
  })

  test.each([
    [
      'SW-41: 0.25 vCPU with 4 GB',
      worker('resources: {cpu: 0.25, memory: 4096}'),
      'With 0.25 vCPU, memory must be one of 512, 1024, 2048 (MB); found 4096',
    ],
    [
      '1 vCPU with 2.5 GB',
      worker('resources: {cpu: 1, memory: 2560}'),
      'With 1 vCPU, memory must be one of 2048, 3072, … 8192 (MB); found 2560',
    ],
    [
      '3 vCPU',
      worker('resources: {cpu: 3, memory: 8192}'),
      'resources.app.properties.resources.cpu must be one of 0.25, 0.5, 1, 2, 4, 8, 16; found 3',
    ],
    [
      'no memory beside an empty list of types',
      worker('resources: {cpu: 1, instanceTypes: []}'),
      'Without instanceTypes, resources must have memory',
    ],
    [
      'no memory on Fargate',
      worker('resources: {cpu: 1}'),
      'Without instanceTypes, resources must have memory',
    ],
    ['no resources', worker('stopTimeout: 5'), 'resources.app.properties.resources is missing'],
    ['no packaging', resource('worker-service', SIZE), 'resources.app.properties.packaging is missing'],
    ['no properties', 'resources: {app: {type: worker-service}}', 'resources.app.properties is missing'],
    ['no resources at all', 'variables: {a: 1}', 'resources is missing'],
    [
      'a name with a hyphen',
      resource('worker-service', `${PACKAGING}\n${SIZE}`, 'my-app'),
      '"my-app" is not allowed as a name; it must be letters and digits',
    ],
    ['an unknown type', resource('worker-servce', SIZE), 'resources.app.type must be one of worker-service'],
    [
      'a number of versions that is none',
      `deploymentConfig: {previousVersionsToKeep: abc}\n${worker(SIZE)}`,
      'deploymentConfig.previousVersionsToKeep must be a whole number from 0 to 1000000; found "abc"',
    ],
    [
      'a check that takes longer than the time between two',
      resource(
        'web-service',
        `${PACKAGING}\n${SIZE}\nloadBalancing: {type: application-load-balancer, properties: {healthcheckTimeout: 10}}`,
      ),
      'healthcheckTimeout must be less than healthcheckInterval, which is 5; found 10',
    ],
    ['no type', 'resources: {app: {properties: {}}}', 'stacktape.yml:1:13 resources.app.type is missing'],
    ['an unknown key', sized('replicas: 2'), '"replicas" is not a key of resources.app.properties'],
    ['an unknown key at the top', `${worker(SIZE)}alarms: []`, '"alarms" is not a key of this file'],
    [
      'SW-36: a stop of one second',
      sized('stopTimeout: 1'),
      'stopTimeout must be a whole number from 2 to 120; found 1',
    ],
    [
      'SW-18: scaling to zero',
      sized('scaling: {minInstances: 0, maxInstances: 2}'),
      'minInstances must be a whole number from 1 to 5000; found 0',
    ],
    [
      'SW-56: scaling to less',
      sized('scaling: {minInstances: 3}'),
      'maxInstances must be at least minInstances, which is 3; found 1',
    ],
    [
      'a check that is no command',
      sized('internalHealthCheck: {healthCheckCommand: [curl, localhost]}'),
      'healthCheckCommand must be a list: CMD and words, or CMD-SHELL and a line',
    ],
    [
      'a check every second',
      sized('internalHealthCheck: {healthCheckCommand: [CMD, a], intervalSeconds: 1}'),
      'intervalSeconds must be a whole number from 5 to 300; found 1',
    ],
    ['an odd retention', sized('logging: {retentionDays: 31}'), 'retentionDays must be one of 1, 3, 5'],
    ['variables in a map', sized('environment: {A: b}'), 'environment must be a list; found a map'],
    [
      'a variable of two values',
      sized('environment: [{name: A, value: [1, 2]}]'),
      'value must be a text, a number, true or false; found a list',
    ],
    [
      'a strategy without the load balancer for it',
      resource('web-service', `${PACKAGING}\n${SIZE}\ndeployment: {strategy: AllAtOnce}`),
      'deployment needs loadBalancing of the type application-load-balancer',
    ],
    [
      'a folder outside',
      resource(
        'worker-service',
        `packaging: {type: custom-dockerfile, properties: {buildContextPath: ../x}}\n${SIZE}`,
      ),
      '"../x" is outside of the repository',
    ],
  ])('that Stacktape refuses is refused with its place: %s', async (_, text, expected) => {
    const problems = await problemsIn(text)
    expect(problems.join('\n')).toContain(expected)
    expect(problems.every((each) => each.startsWith('stacktape.yml:'))).toBe(true)
  })

  test('with two resources of one name here is refused', async () => {
    const service = `{type: worker-service, properties: {${PACKAGING}, ${SIZE}}}`
    expect(await problemsIn(`resources:\n  mailA: ${service}\n  MailA: ${service}\n`)).toContain(
      'stacktape.yml:3:3 "MailA" is named "mail-a" here, and so is "mailA"',
    )
  })

  test('with nothing to run is refused', async () => {
    const [problem] = await problemsOf({ 'stacktape.yml': 'resources: {jobs: {type: sqs-queue}}' })
    expect(problem?.message).toBe('The configuration names no processes and no tasks')
  })
})
