import { describe, expect, test } from 'vitest'

import { fixture } from './fixtures.ts'
import { placedProblemsOf, processOf, read, taskOf } from './files.ts'

const SIZE = 'resources: {cpu: 0.25, memory: 512}'
const IMAGE = 'packaging: {type: prebuilt-image, properties: {image: "ghcr.io/acme/a:1"}}'
const readFile = (text: string, files: Record<string, string> = {}) =>
  read({ 'stacktape.yml': text, ...files })
const problemsIn = (text: string) => placedProblemsOf({ 'stacktape.yml': text })
const worker = (packaging: string, more = SIZE) =>
  `resources:\n  app:\n    type: worker-service\n    properties:\n      packaging: ${packaging}\n      ${more}\n`
const workerOf = async (packaging: string) => {
  const { app, keys, warnings } = await readFile(worker(packaging))
  return { ...processOf(app, 'app'), keys, warnings: warnings.map((each) => each.message) }
}
const fateIn = (keys: readonly { path: string; fate: string }[], end: string) =>
  keys.find((each) => each.path.endsWith(end))?.fate

describe('packaging', () => {
  test('SW-04, SW-20: by a buildpack runs the file that it names, with a warning', async () => {
    const of = (file: string) =>
      workerOf(`{type: stacktape-image-buildpack, properties: {entryfilePath: ${file}, excludeFiles: [a]}}`)
    const node = await of('./src/worker.ts')
    expect(node).toMatchObject({ command: ['node', 'src/worker.ts'], image: null })
    expect(fateIn(node.keys, 'packaging.type')).toBe('approximated')
    expect(fateIn(node.keys, 'excludeFiles')).toBe('unsupported')
    expect((await of('jobs/main.py')).command).toEqual(['python', 'jobs/main.py'])
    const other = await of('cmd/main.go')
    expect(other.command).toBeNull()
    expect(fateIn(other.keys, 'entryfilePath')).toBe('unsupported')
  })

  test('SW-21: by external buildpacks or nixpacks builds the folder that it names', async () => {
    expect(
      await workerOf(
        '{type: external-buildpack, properties: {sourceDirectoryPath: ./api, command: [serve]}}',
      ),
    ).toMatchObject({ build: { context: 'api' }, command: ['serve'] })
    const nix = await workerOf('{type: nixpacks, properties: {sourceDirectoryPath: ., startCmd: "a && b"}}')
    expect(nix).toMatchObject({ build: { context: '.' }, command: 'a && b' })
    expect(fateIn(nix.keys, 'packaging.type')).toBe('approximated')
  })

  test('SW-22: by a Dockerfile is a build, with its arguments', async () => {
    const found = await workerOf(
      '{type: custom-dockerfile, properties: {buildContextPath: ./, dockerfilePath: ops/Dockerfile, buildArgs: [{argName: V, value: "1.10"}], entryPoint: [run], command: [a, b]}}',
    )
    expect(found).toMatchObject({
      build: { context: '.', dockerfile: 'ops/Dockerfile', args: { V: '1.10' } },
      entry_point: ['run'],
      command: ['a', 'b'],
      image: null,
    })
    expect(fateIn(found.keys, 'packaging.type')).toBe('honoured')
    expect(fateIn(found.keys, 'entryPoint')).toBe('honoured')
  })

  test('SW-23: by an image pins it, under the name of the schema and of the founding text', async () => {
    const of = (type: string) => workerOf(`{type: ${type}, properties: {image: "redis:8", command: [a]}}`)
    expect(await of('prebuilt-image')).toMatchObject({ image: 'redis:8', command: ['a'], warnings: [] })
    expect(await of('prebuilt-images')).toMatchObject({
      image: 'redis:8',
      warnings: ['The schema of Stacktape writes "prebuilt-image"'],
    })
  })

  test('has its paths from the folder of the file', async () => {
    const text = worker('{type: custom-dockerfile, properties: {buildContextPath: ../api}}')
    const { app } = await read({ 'ops/stacktape.yml': text }, { config: 'ops/stacktape.yml' })
    expect(processOf(app, 'app').build.context).toBe('api')
  })

  test('for arm64 sets the platform of the build, and says that a pinned image has none', async () => {
    const arm = 'resources: {cpu: 0.25, memory: 512, architecture: arm64}'
    const pinned = await readFile(worker('{type: prebuilt-image, properties: {image: a}}', arm))
    expect(fateIn(pinned.keys, 'architecture')).toBe('unsupported')
    const built = worker(
      '{type: custom-dockerfile, properties: {buildContextPath: .}}',
      'resources: {instanceTypes: [c6g.large]}',
    )
    expect(processOf((await readFile(built)).app, 'app').build.platform).toBe('linux/arm64')
  })
})

describe('variables', () => {
  const withEnvironment = (environment: string) =>
    worker('{type: prebuilt-image, properties: {image: a}}', `${SIZE}\n      environment: ${environment}`)

  test('SW-24: are texts as they are written', async () => {
    const { app } = await readFile(fixture('stacktape.yml'))
    expect(processOf(app, 'mail-worker').env).toEqual({ BATCH_SIZE: '25', DRY_RUN: 'false' })
    const { app: other } = await readFile(withEnvironment('[{name: V, value: 1.10}]'))
    expect(processOf(other, 'app').env).toEqual({ V: '1.10' })
  })

  test('SW-27: of a secret are references, and its name ends at the first dot', async () => {
    const { app } = await readFile(
      withEnvironment(
        `[{name: A, value: $Secret('shop.db.password')}, {name: B, value: $Secret('shop')}, {name: C, value: $SsmParam('/shop/host')}]`,
      ),
    )
    expect(processOf(app, 'app').secrets).toEqual({
      A: 'secretsmanager:shop#db.password',
      B: 'secretsmanager:shop',
      C: 'ssm:/shop/host',
    })
  })

  test('SW-25, SW-26, SW-71: that only Stacktape knows are not set, with how to set them', async () => {
    const text = `directives: [{name: Own, filePath: own.ts}]\n${withEnvironment(
      `[{name: A, value: $Own('x')}, {name: B, value: "$ResourceParam('app', 'host')"}, {name: C, value: "$CfResourceParam('Topic', 'Arn')"}]`,
    )}`
    const { app, keys } = await readFile(text)
    expect(processOf(app, 'app').env).toEqual({})
    expect(
      keys.filter((each) => each.path.endsWith('.value')).map(({ fate, text, hint }) => [fate, text, hint]),
    ).toEqual([
      [
        'unsupported',
        'Gantry runs no code of the repository to read a config',
        'Set it with `gantry env set A`.',
      ],
      ['unsupported', 'it is known to Stacktape only, which makes "app"', 'Set it with `gantry env set B`.'],
      ['unsupported', 'Gantry makes no CloudFormation resources', 'Set it with `gantry env set C`.'],
    ])
    const given = await readFile(text, {
      'gantry.yml': 'from: Stacktape\nprocesses: {app: {env: {A: x}, secrets: {B: gantry}}}',
    })
    expect(given.keys.filter((each) => each.path.endsWith('.value')).map((each) => each.fate)).toEqual([
      'honoured',
      'honoured',
      'unsupported',
    ])
  })

  test('that Gantry gives itself are left out, and one that is there twice counts the second time', async () => {
    const { app, warnings } = await readFile(
      withEnvironment(`[{name: PORT, value: 1}, {name: A, value: 1}, {name: A, value: $Secret('x.y')}]`),
    )
    expect(processOf(app, 'app')).toMatchObject({ env: {}, secrets: { A: 'secretsmanager:x#y' } })
    expect(warnings.map((each) => each.message)).toEqual([
      expect.stringContaining('[0].name is not supported: the name must be another one'),
      'A is here for the second time: this value counts',
    ])
  })
})

describe('a batch job', () => {
  const job = (more: string) =>
    `resources:\n  report:\n    type: batch-job\n    properties:\n      container: {${IMAGE}}\n      resources: {cpu: 1, memory: 3800}\n      ${more}\n`
  const taskIn = async (text: string) => taskOf((await readFile(text)).app, 'report')

  test('SW-13: is a task with its schedule, size and limit', async () => {
    const { app, keys } = await readFile(fixture('stacktape.yml'))
    expect(taskOf(app, 'nightly-report')).toMatchObject({
      command: ['node', 'src/report.ts'],
      schedule: '15 2 * * *',
      timezone: 'UTC',
      cpu: 2048,
      memory: 3800,
      max_hours: 2,
      env: { DAY: 'yesterday' },
    })
    expect(fateIn(keys, 'useSpotInstances')).toBe('approximated')
    expect(fateIn(keys, 'retryConfig')).toBe('unsupported')
  })

  test('has no limit of its own but the longest, and one within those of Gantry', async () => {
    const { app, provenance } = await readFile(job('useSpotInstances: false'))
    expect(taskOf(app, 'report').max_hours).toBe(168)
    expect(provenance['tasks.report.max_hours']).toEqual({ kind: 'default', of: 'Stacktape' })
    expect((await taskIn(job('timeout: 5'))).max_hours).toBe(0.01)
    const memory = job('timeout: 60').replace(', memory: 3800', '')
    expect((await taskIn(memory)).memory).toBe(1024)
  })

  test('of several schedules is a task for each; other events start nothing', async () => {
    const { app, keys } = await readFile(
      job(
        'events: [{type: schedule, properties: {scheduleRate: rate(1 hour)}}, {type: schedule, properties: {scheduleRate: "cron(0 6 ? * MON-FRI *)"}}, {type: sqs, properties: {sqsQueueName: a}}]',
      ),
    )
    expect(app.tasks.map(({ name, schedule }) => [name, schedule])).toEqual([
      ['report', '0 * * * *'],
      ['report-2', '0 6 * * 1-5'],
    ])
    expect(fateIn(keys, 'events[2]')).toBe('unsupported')
  })
})

describe('a workload of several containers', () => {
  const workload = (containers: string) =>
    `resources:\n  lb: {type: application-load-balancer}\n  shop:\n    type: multi-container-workload\n    properties:\n      ${SIZE}\n      scaling: {maxInstances: 2}\n      containers: ${containers}\n`

  test('SW-12: is one process, the one that is reached from outside, with the others beside it', async () => {
    const { app, keys } = await readFile(
      workload(
        `[{name: cache, ${IMAGE}, events: [{type: workload-internal, properties: {containerPort: 6379}}], dependsOn: [{containerName: web, condition: HEALTHY}]}, {name: web, ${IMAGE}, essential: true, events: [{type: application-load-balancer, properties: {containerPort: 80, loadBalancerName: lb, priority: 1}}], internalHealthCheck: {healthCheckCommand: [CMD, check]}}, {name: logSync, ${IMAGE}, essential: false, stopTimeout: 9}]`,
      ),
    )
    expect(app.processes).toHaveLength(1)
    const shop = processOf(app, 'shop')
    expect(shop).toMatchObject({ expose: 'public', port: 80, scale_count: 1, cpu: 256, memory: 512 })
    expect(shop.health_check).toMatchObject({ command: ['check'] })
    expect(shop.containers).toMatchObject({
      cache: { port: 6379, essential: true, depends_on: { main: 'healthy' }, cpu: null, stop_timeout: 2 },
      'log-sync': { port: null, essential: false, depends_on: {}, stop_timeout: 9 },
    })
    expect(keys.filter(({ path, fate }) => path.includes('essential') && fate !== 'honoured')).toEqual([])
    expect(fateIn(keys, 'events[0].properties.priority')).toBe('unsupported')
  })

  test('SW-12: is checked as its load balancer does, and has one port and one entrance', async () => {
    const balanced = (port: number) =>
      `events: [{type: application-load-balancer, properties: {containerPort: ${port}, loadBalancerName: lb, priority: 1}}], loadBalancerHealthCheck: {healthcheckPath: /up}`
    const { app, warnings } = await readFile(
      workload(`[{name: web, ${IMAGE}, ${balanced(80)}}, {name: admin, ${IMAGE}, ${balanced(81)}}]`),
    )
    expect(processOf(app, 'shop').health_check).toMatchObject({ path: '/up', interval: 5 })
    expect(processOf(app, 'shop').containers['admin']).toMatchObject({ port: 81 })
    expect(warnings.map((each) => each.message)).toContain(
      'resources.shop.properties.containers[1].events[0].type is not supported: only web is reached from outside of the instance',
    )
  })

  test('SW-12: starts in the order in which they wait for each other', async () => {
    const { app } = await readFile(
      workload(
        `[{name: main, ${IMAGE}, dependsOn: [{containerName: app, condition: START}]}, {name: app, ${IMAGE}, events: [{type: service-connect, properties: {containerPort: 1}}], dependsOn: [{containerName: init, condition: SUCCESS}]}, {name: init, ${IMAGE}}]`,
      ),
    )
    expect(processOf(app, 'shop')).toMatchObject({
      expose: 'private',
      port: 1,
      depends_on: { init: 'succeeded' },
      containers: {
        'main-container': { depends_on: { main: 'started' }, essential: true },
        init: { essential: false },
      },
    })
    expect(app.tasks).toEqual([])
    expect(
      await problemsIn(
        workload(`[{name: main, ${IMAGE}, dependsOn: [{containerName: man, condition: START}]}]`),
      ),
    ).toContainEqual(expect.stringMatching(/There is no container "man"$/))
    expect(
      await problemsIn(
        workload(
          `[{name: a, ${IMAGE}, dependsOn: [{containerName: b, condition: HEALTHY}]}, {name: b, ${IMAGE}}]`,
        ),
      ),
    ).toContainEqual(
      expect.stringMatching(
        /^stacktape\.yml:\d+:\d+ "a" waits for "b" to be healthy, and nothing checks that$/,
      ),
    )
  })

  test('that stand beside a service run beside it, once or all the time', async () => {
    const side = `[{name: init, containerType: run-on-init, ${IMAGE}}, {name: log, containerType: always-running, ${IMAGE}, environment: [{name: A, value: b}]}, {name: own, containerType: always-running, packaging: {type: custom-dockerfile, properties: {buildContextPath: ./own}}}]`
    const { app, warnings } = await readFile(
      worker(
        '{type: custom-dockerfile, properties: {buildContextPath: ., dockerfilePath: ops/Dockerfile}}',
        `${SIZE}\n      sideContainers: ${side}`,
      ),
    )
    expect(processOf(app, 'app')).toMatchObject({
      depends_on: { init: 'succeeded', log: 'started', own: 'started' },
      containers: {
        init: { image: 'ghcr.io/acme/a:1', essential: false, stop_timeout: 2 },
        log: { essential: false, env: { A: 'b' } },
        own: { image: null, build: { context: 'own', dockerfile: 'Dockerfile' } },
      },
    })
    expect(app.tasks).toEqual([])
    expect(warnings).toEqual([])
  })

  test('by a buildpack run in the image of the process, or in one of their own where that is pinned', async () => {
    const packaging = 'packaging: {type: stacktape-image-buildpack, properties: {entryfilePath: side.ts}}'
    const side = `sideContainers: [{name: side, containerType: always-running, ${packaging}}]`
    const of = async (own: string) =>
      processOf((await readFile(worker(own, `${SIZE}\n      ${side}`))).app, 'app')
    const built = await of('{type: stacktape-image-buildpack, properties: {entryfilePath: app.ts}}')
    expect(built.containers['side']).toMatchObject({ image: null, build: null, command: ['node', 'side.ts'] })
    const pinned = await of('{type: prebuilt-image, properties: {image: a}}')
    expect(pinned.containers['side']!.build).toMatchObject({ context: '.' })
  })
})

test('SW-63: a file system is a folder of the storage of the app, with a warning', async () => {
  const mount = (path: string) =>
    `volumeMounts: [{type: efs, properties: {efsFilesystemName: files, rootDirectory: /mail/, mountPath: ${path}}}]`
  const of = (path: string) =>
    readFile(
      `${worker('{type: prebuilt-image, properties: {image: a}}', `${SIZE}\n      ${mount(path)}`)}  files: {type: efs-filesystem}\n`,
    )
  const { app, keys } = await of('/data')
  expect(processOf(app, 'app').mounts).toEqual({
    '/data': { source: 'storage', source_path: 'files/mail' },
  })
  expect(fateIn(keys, 'volumeMounts[0]')).toBe('approximated')
  const odd = await of('"/a:b"')
  expect(processOf(odd.app, 'app').mounts).toEqual({})
  expect(fateIn(odd.keys, 'volumeMounts[0]')).toBe('unsupported')
})

describe('hooks', () => {
  const hooks = (text: string) => `${worker('{type: prebuilt-image, properties: {image: a}}')}${text}`

  test('before and after a deployment are tasks', async () => {
    const { app, keys } = await readFile(
      hooks(
        `hooks: {beforeDeploy: [{scriptName: build}, {scriptName: seed, skipOnCI: true}], afterDelete: [{scriptName: build}]}
scripts:
  build: {type: local-script, properties: {executeCommands: [npm ci, npm test], environment: [{name: A, value: b}]}}
  seed: {type: bastion-script, properties: {executeCommand: bin/seed, cwd: /x}}
  files: {type: local-script, properties: {executeScripts: [a.js, "it's.py"]}}
`,
      ),
    )
    expect(app.tasks.map(({ name, run, command, env }) => [name, run, command, env])).toEqual([
      ['before-deploy-build', 'pre_deploy', 'set -e\nnpm ci\nnpm test', { A: 'b' }],
      ['before-deploy-seed', 'pre_deploy', 'bin/seed', {}],
    ])
    for (const path of ['skipOnCI', 'hooks.afterDelete', 'cwd', 'scripts.files']) {
      expect(fateIn(keys, path), path).toBe('unsupported')
    }
  })

  test('run a script once, however often one of them names it', async () => {
    const { app, keys } = await readFile(
      hooks(
        'hooks: {beforeDeploy: [{scriptName: a}, {scriptName: a}], afterDeploy: [{scriptName: a}]}\nscripts: {a: {type: local-script, properties: {executeCommand: a}}}',
      ),
    )
    expect(app.tasks.map((each) => each.name)).toEqual(['before-deploy-a', 'after-deploy-a'])
    expect(fateIn(keys, 'beforeDeploy[1].scriptName')).toBe('unsupported')
  })

  test('run a file with what runs it', async () => {
    const { app } = await readFile(
      hooks(
        `hooks: {afterDeploy: [{scriptName: a}, {scriptName: b}]}\nscripts:\n  a: {type: local-script, properties: {executeScript: ./a.js}}\n  b: {type: local-script, properties: {executeScripts: [a.js, "it's.py"]}}\n`,
      ),
    )
    expect(taskOf(app, 'after-deploy-a').command).toEqual(['node', 'a.js'])
    expect(taskOf(app, 'after-deploy-b').command).toBe(`set -e\n'node' 'a.js'\n'python' 'it'\\''s.py'`)
  })

  test.each([
    [
      'an unknown script',
      'hooks: {beforeDeploy: [{scriptName: seeed}]}\nscripts: {seed: {type: local-script, properties: {executeCommand: a}}}',
      'There is no script "seeed"',
    ],
    [
      'a script that runs two things',
      'scripts: {a: {type: local-script, properties: {executeCommand: a, executeScript: b.js}}}',
      'A script must have exactly one of executeCommand, executeCommands, executeScript, executeScripts; found executeCommand and executeScript',
    ],
    [
      'a script that runs nothing',
      'scripts: {a: {type: local-script, properties: {}}}',
      'found none of them',
    ],
  ])('refuse %s', async (_, text, expected) => {
    expect((await problemsIn(hooks(text))).join('\n')).toContain(expected)
  })
})
