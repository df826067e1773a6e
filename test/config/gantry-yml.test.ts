import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

describe('a gantry.yml', () => {
  test('resolves to the app in exact units', async () => {
    const { app, warnings, files } = await read(`
app: orderdesk
engine: ecs
build:
  context: ./app/
  dockerfile: docker/Dockerfile
  target: runtime
  args: {NODE_ENV: production, VERSION: 1.10, PORT: 80}
  secrets: {npm_token: env:NPM_TOKEN}
  platform: linux/arm64
  ignore: [docs/**]
  include: [gantry.yml]
  max_age: 7d
  command: npm ci
env: {LOG_LEVEL: info, VERSION: 1.10, DEBUG: true, EMPTY: ""}
secrets: {DATABASE_URL: ssm:/orderdesk/db, SMTP: "secretsmanager:orderdesk/smtp#key", KEY: gantry}
processes:
  web:
    command: serve $PORT
    port: 8000
    cpu: 0.5
    memory: 1
    demand_count: 2
    spot_count: 1
    ephemeral_storage_gb: 30
    scale_count: 3
    scale_type: spot
    autoscaling_cpu_threshold: 70
    autoscaling_memory_threshold: 80
    health_check: {path: /healthz, interval: 10s, timeout: 5s, retries: 4, start_period: 30s}
    stop_timeout: 30s
    rollout: {overlap: false, on_failure: keep, timeout: 1h, min_up: 500ms}
    ecs: {target_group: arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1, health_check_grace_period: 1m}
  relay: {image: ghcr.io/acme/relay:1.4, disabled: true, expose: private, ephemeral_storage_gb: 20}
tasks:
  migrate: {command: [python, manage.py, migrate, -v, 2], run: pre_deploy, memory: 512 MB}
  report: {command: bin/report, schedule: "15  2 * * *", timezone: Europe/Berlin, concurrency: forbid, max_hours: 0.5}
  shell: {}
logs: {retention: 30d}
ecs: {region: eu-west-1, cluster: prod, subnets: [subnet-1], security_groups: [sg-1], assign_public_ip: true}
`)
    expect(warnings).toEqual([])
    expect(files).toEqual(['gantry.yml'])
    expect(app).toMatchObject({
      name: 'orderdesk',
      environment: 'default',
      engine: 'ecs',
      env: { LOG_LEVEL: 'info', VERSION: '1.10', DEBUG: 'true', EMPTY: '' },
      secrets: { KEY: 'gantry' },
      build: {
        context: 'app',
        dockerfile: 'docker/Dockerfile',
        target: 'runtime',
        args: { NODE_ENV: 'production', VERSION: '1.10', PORT: '80' },
        secrets: { npm_token: 'env:NPM_TOKEN' },
        platform: 'linux/arm64',
        max_age: 604_800,
        command: 'npm ci',
      },
      logs: { retention: 2_592_000 },
      ecs: { region: 'eu-west-1', subnets: ['subnet-1'], assign_public_ip: true, task_role: null },
    })
    expect(processOf(app, 'web')).toMatchObject({
      command: 'serve $PORT',
      expose: 'public',
      port: 8000,
      cpu: 512,
      memory: 1024,
      ephemeral_storage_gb: 30,
      stop_timeout: 30,
      placement: null,
      health_check: {
        path: '/healthz',
        command: null,
        tcp: false,
        interval: 10,
        timeout: 5,
        retries: 4,
        start_period: 30,
      },
      rollout: { overlap: false, on_failure: 'keep', timeout: 3600, min_up: 0.5 },
      ecs: { service: null, health_check_grace_period: 60 },
      env: app.env,
      secrets: app.secrets,
    })
    expect(processOf(app, 'relay')).toMatchObject({
      expose: 'private',
      disabled: true,
      ephemeral_storage_gb: null,
    })
    expect(taskOf(app, 'migrate')).toMatchObject({
      command: ['python', 'manage.py', 'migrate', '-v', '2'],
      memory: 512,
      max_hours: 1,
    })
    expect(taskOf(app, 'report')).toMatchObject({
      schedule: '15 2 * * *',
      timezone: 'Europe/Berlin',
      max_hours: 0.5,
    })
    expect(taskOf(app, 'shell')).toMatchObject({ run: null, schedule: null, max_hours: 24, command: null })
  })

  test('fills in every default', async () => {
    const { app } = await read('processes: {web: {}, worker: {health_check: {tcp: true}}}')
    expect(app).toMatchObject({ name: 'shop', engine: 'local', env: {}, secrets: {}, tasks: [] })
    expect(processOf(app, 'web')).toEqual({
      name: 'web',
      entry_point: null,
      command: null,
      pre_start: null,
      image: null,
      build: {
        context: '.',
        dockerfile: null,
        target: null,
        args: {},
        secrets: {},
        platform: null,
        ignore: [],
        include: [],
        max_age: null,
        command: null,
      },
      env: {},
      secrets: {},
      cpu: 256,
      memory: 512,
      ephemeral_storage_gb: null,
      mounts: {},
      stop_timeout: 15,
      placement: null,
      connect_to: {},
      access: { ssh: null },
      iam_role_statements: [],
      expose: 'public',
      port: null,
      demand_count: 1,
      spot_count: 0,
      scale_count: 0,
      scale_type: 'none',
      autoscaling_cpu_threshold: null,
      autoscaling_memory_threshold: null,
      health_check: null,
      readiness: null,
      containers: {},
      depends_on: {},
      rollout: { overlap: true, on_failure: 'rollback', timeout: 900, min_up: 1 },
      disabled: false,
      ecs: { target_group: null, service: null, health_check_grace_period: null },
      instance_types: [],
      enable_warm_pool: false,
    })
    expect(processOf(app, 'worker').expose).toBe('none')
    expect(processOf(app, 'worker').health_check).toEqual({
      path: null,
      command: null,
      tcp: true,
      interval: 10,
      timeout: 5,
      retries: 3,
      start_period: 0,
    })
  })

  test.each([
    [
      'iam_role_statements: [{resource: "*", Action: a}]',
      'gantry.yml:1:51 "Action" is not a key of tasks.a.iam_role_statements[0]',
    ],
    [
      'iam_role_statements: [{action: a}]',
      'gantry.yml:1:35 tasks.a.iam_role_statements[0].resource is missing',
    ],
    ['connect_to: {db: {A: x}}', 'gantry.yml:1:31 "A" is not a key of tasks.a.connect_to.db'],
    ['connect_to: [a, [b]]', 'gantry.yml:1:29 tasks.a.connect_to[1] must be the name of a service'],
    [
      'connect_to: {a: 1}',
      'gantry.yml:1:29 tasks.a.connect_to.a must be the name of a service, or {service: NAME',
    ],
    ['connect_to: {"": x}', 'gantry.yml:1:26 "" is not allowed as a name'],
    [
      'command: [a, {b: c}]',
      'gantry.yml:1:26 tasks.a.command[1] must be a text, a number, true or false; found a map',
    ],
    ['mounts: {/a: {}}', 'gantry.yml:1:22 tasks.a.mounts["/a"].source is missing'],
  ])('names what is wrong inside of a list or map: %s', async (settings, problem) => {
    expect(await placedProblemsOf(`tasks: {a: {${settings}}}`)).toEqual([expect.stringContaining(problem)])
  })

  test('may have names of keys as names of services, containers and variables', async () => {
    const { app } = await read(
      'processes: {web: {command: a, connect_to: {containers: x, env: y}, containers: {containers: {command: b}}, depends_on: {containers: started}, secrets: {containers: "ssm:/x", env: gantry}}}',
    )
    expect(processOf(app, 'web')).toMatchObject({
      connect_to: { containers: { service: 'x' }, env: { service: 'y' } },
      containers: { containers: { command: 'b' } },
      depends_on: { containers: 'started' },
      secrets: { containers: 'ssm:/x', env: 'gantry' },
    })
  })

  test('may use anchors and merge keys; what a map says itself counts more', async () => {
    const { app } = await read(`
defaults: &small {memory: 1, cpu: 0.5}
processes:
  web: {<<: *small, cpu: 1}
  worker:
    <<: [{demand_count: 2}, {demand_count: 3, spot_count: 4}]
    command: &run python worker.py
  other: {command: *run}
`)
    expect(processOf(app, 'web')).toMatchObject({ memory: 1024, cpu: 1024 })
    expect(processOf(app, 'worker')).toMatchObject({ demand_count: 2, spot_count: 4 })
    expect(processOf(app, 'other').command).toBe('python worker.py')
  })

  test('reports all that is wrong with it at once, each with its place', async () => {
    expect(
      await placedProblemsOf(`app: Shop
memroy: 1
env: {PORT: 1, GANTRY_X: 1, 1A: x, B: null, C: [1]}
processes:
  web:
    cpu: lots
    memory: 512
    command: ""
    expose: publik
    replicas: 3
    image: ""
    port: 70000
    demand_count: -1
    stop_timeout: 2 weeks
    health_check: {interval: 5}
  Worker: {image: x, build: {context: ../..}}
  beat:
tasks:
  web: {run: pre-deploy, schedule: "61 * * * *", timezone: Europe/Berln, max_hours: 0}
  never: {schedule: "0 0 31 2 *"}
`),
    ).toEqual([
      'gantry.yml:1:6 app must be lower-case letters, digits and single hyphens between them, at most 63; found "Shop"',
      'gantry.yml:2:1 "memroy" is not a key of gantry.yml',
      'gantry.yml:3:7 "PORT" is not allowed as a name; it must be another one, because the engine gives PORT to every instance',
      'gantry.yml:3:16 "GANTRY_X" is not allowed as a name; it must be another one, because names that begin with GANTRY_ belong to Gantry',
      'gantry.yml:3:29 "1A" is not allowed as a name; it must be letters, digits and underscores, not beginning with a digit',
      'gantry.yml:3:39 env.B must be a text, a number, true or false; found nothing',
      'gantry.yml:3:48 env.C must be a text, a number, true or false; found a list',
      'gantry.yml:6:10 processes.web.cpu must be a number of vCPU (0.25), above 0 and at most 192; found "lots"',
      'gantry.yml:7:13 processes.web.memory must be a number of GB (0.5) or a text with a unit ("512 MB"), from 32 MB to 256 GB; found 512',
      'gantry.yml:8:14 processes.web.command must be a text that is not empty; found ""',
      'gantry.yml:9:13 processes.web.expose must be one of public, private, none; found "publik"',
      'gantry.yml:10:5 "replicas" is not a key of processes.web',
      'gantry.yml:11:12 processes.web.image must be an image reference such as ghcr.io/acme/relay:1.4; found ""',
      'gantry.yml:12:11 processes.web.port must be a whole number from 1 to 65535; found 70000',
      'gantry.yml:13:19 processes.web.demand_count must be a whole number from 0 to 5000; found -1',
      'gantry.yml:14:19 processes.web.stop_timeout must be a duration from 0s to 1h: seconds, or a text such as "30s", "15m", "1h" or "7d"; found "2 weeks"',
      'gantry.yml:15:19 processes.web.health_check must name exactly one of path, command and tcp; found none of them',
      'gantry.yml:16:3 "Worker" is not allowed as a name; it must be lower-case letters, digits and single hyphens between them, at most 63',
      'gantry.yml:16:22 processes.Worker has both an image and a build',
      'gantry.yml:16:39 processes.Worker.build.context must be a path inside of the repository, from its root, without `..`; found "../.."',
      'gantry.yml:17:8 processes.beat must be a map; found nothing',
      'gantry.yml:19:3 tasks.web has the name of a process (gantry.yml:5)',
      'gantry.yml:19:14 tasks.web.run must be one of pre_deploy, post_deploy; found "pre-deploy"',
      'gantry.yml:19:36 tasks.web.schedule must be a cron expression of 5 fields (minute, hour, day, month, weekday) or 6 (second first) (Invalid value for minute: 61); found "61 * * * *"',
      'gantry.yml:19:60 tasks.web.timezone must be the name of a time zone, such as Europe/Berlin or UTC; found "Europe/Berln"',
      'gantry.yml:19:85 tasks.web.max_hours must be a number from 0.01 to 168; found 0',
      'gantry.yml:20:21 tasks.never.schedule must be a day that comes: no month that it names has it; found "0 0 31 2 *"',
    ])
  })

  test('with a merge conflict left in it says so, once and at its place', async () => {
    const config = `processes:
  web:
<<<<<<< HEAD
    command: a
=======
    command: b
>>>>>>> other
`
    expect(await placedProblemsOf(config)).toEqual(['gantry.yml:3:1 a merge conflict is left in this file'])
    expect(await placedProblemsOf('processes: {web: {command: |\n=======\n')).toHaveLength(1)
    const { app } = await read('processes:\n  web:\n    command: |\n      <<<<<<< a\n# ======= b\n')
    expect(processOf(app, 'web').command).toContain('<<<<<<<')
  })

  test('gives each problem its path and the lines around it', async () => {
    const [problem] = await problemsOf(
      'processes:\n  web:\n    command: x\n    cpu: lots\n    memory: 1\n  b: {}\n',
    )
    expect(problem).toMatchObject({ severity: 'error', path: 'processes.web.cpu' })
    expect(problem!.frame).toBe(
      [
        '  2 |   web:',
        '  3 |     command: x',
        '> 4 |     cpu: lots',
        '    |          ^',
        '  5 |     memory: 1',
        '  6 |   b: {}',
      ].join('\n'),
    )
  })

  test.each([
    ['procesess: {}', 'processes'],
    ['services: {}', 'processes'],
    ['processes: {web: {memroy: 1}}', 'memory'],
    ['processes: {web: {demand-count: 1}}', 'demand_count'],
    ['processes: {web: {replicas: 1}}', 'demand_count'],
    ['processes: {web: {cmd: x}}', 'command'],
    ['processes: {web: {rollout: {overlaps: true}}}', 'overlap'],
    ['processes: {web: {scale_type: demnad}}', 'demand'],
    ['processes: {My_Worker: {}}', 'my-worker'],
    ['tasks: {a: {run: predeploy}}', 'pre_deploy'],
    ['tasks: {a: {schedule: "* * * * *", timezone: europe/berln}}', 'Europe/Berlin'],
    ['environments: {production: {proceses: {}}}', 'processes'],
  ])('suggests for %j what was probably meant: %s', async (config, meant) => {
    const hints = (await problemsOf(config)).map((each) => each.hint)
    expect(hints).toContain(`Did you mean "${meant}"?`)
  })

  test('says where a key belongs that stands at the top', async () => {
    const [problem] = await problemsOf('memroy: 1\nprocesses: {web: {}}')
    expect(problem!.hint).toBe('Put "memory" under a process, or under "defaults" for all of them.')
  })

  test.each([
    ['* * * * *', true],
    ['*/5 8-18 * * MON-FRI', true],
    ['30 15 2 * * *', true],
    ['@daily', false],
    ['* * * *', false],
    ['* * * * * * 2030', false],
    ['0 0 29 2 *', true],
    ['0 0 30,31 2,4 *', true],
    ['0 0 31 2,4 *', false],
    ['0 0 31 2 MON', true],
    ['0 0 * * 8', false],
    ['2030-01-01T00:00:00', false],
  ])('a schedule %j is accepted: %s', async (schedule, accepted) => {
    const config = `tasks: {a: {schedule: "${schedule}"}}`
    const outcome = await read(config).then(
      () => true,
      () => false,
    )
    expect(outcome).toBe(accepted)
  })

  test.each(['UTC', 'Europe/Berlin', 'America/New_York'])('knows the time zone %s', async (zone) => {
    const { app } = await read(`tasks: {a: {schedule: "* * * * *", timezone: ${zone}}}`)
    expect(app.tasks[0]!.timezone).toBe(zone)
  })

  test.each(['+02:00', 'Mars/Phobos', '"../../etc/passwd"', '""'])(
    'refuses the time zone %s',
    async (zone) => {
      expect(await problemsOf(`tasks: {a: {schedule: "* * * * *", timezone: ${zone}}}`)).toHaveLength(1)
    },
  )

  test.each(['.', 'a/b', './a/', 'a..b', '..a/b'])('accepts the path %j', async (path) => {
    await expect(read(`build: {context: "${path}"}\nprocesses: {web: {}}`)).resolves.toBeDefined()
  })

  test.each(['', '/etc', '..', '../a', 'a/..', 'a/../../b', '\\\\\\\\host', 'a\\\\..\\\\b'])(
    'refuses the path %j',
    async (path) => {
      expect(await problemsOf(`build: {context: "${path}"}\nprocesses: {web: {}}`)).toHaveLength(1)
    },
  )

  test('an image must not look like an option', async () => {
    expect(await problemsOf('processes: {web: {image: "--privileged"}}')).toHaveLength(1)
  })

  test('names the health checks that exclude each other, in overlays too', async () => {
    const problems = await problemsOf(`
processes: {web: {health_check: {path: /a, tcp: true}}}
environments: {production: {processes: {web: {health_check: {retries: 3}}}}}
`)
    expect(problems.map(showPlaced)).toEqual([
      'gantry.yml:2:33 processes.web.health_check must name exactly one of path, command and tcp; found path and tcp',
      'gantry.yml:3:61 environments.production.processes.web.health_check must name exactly one of path, command and tcp; found none of them',
    ])
  })

  test('warns of settings that have no effect', async () => {
    const { warnings } = await read(`
processes:
  a: {scale_type: spot}
  b: {scale_type: spot, scale_count: 1}
  c: {scale_count: 2}
  d: {autoscaling_cpu_threshold: 70}
  e: {scale_type: demand, scale_count: 1, autoscaling_memory_threshold: 80}
tasks:
  t: {timezone: UTC, concurrency: forbid, when: always, on_failure: continue}
`)
    expect(warnings.map(showPlaced)).toEqual([
      'gantry.yml:3:19 processes.a never scales out: scale_type is set and scale_count is not',
      'gantry.yml:4:19 processes.b never scales out: scale_type is set and a threshold is not',
      'gantry.yml:5:20 processes.c never scales out: scale_type is none',
      'gantry.yml:6:34 processes.d never scales out: scale_type is none',
      'gantry.yml:9:7 tasks.t.timezone has no effect without "schedule"',
      'gantry.yml:9:22 tasks.t.concurrency has no effect without "schedule"',
      'gantry.yml:9:43 tasks.t.when has no effect without "run"',
      'gantry.yml:9:57 tasks.t.on_failure has no effect without "run"',
    ])
  })

  test('reads -0 as 0: it differs from what comes back from an engine', async () => {
    const { app } = await read('processes: {a: {demand_count: -0, scale_count: -0.0, stop_timeout: -0}}')
    expect(processOf(app, 'a')).toMatchObject({ demand_count: 0, scale_count: 0, stop_timeout: 0 })
  })

  test('a task may be there for people to start', async () => {
    const { app, warnings } = await read('tasks: {a: {}}')
    expect(warnings).toEqual([])
    expect(taskOf(app, 'a')).toMatchObject({ run: null, schedule: null })
  })

  test('warnings come along with the errors', async () => {
    const problems = await problemsOf('processes: {a: {scale_count: 1}, b: {cpu: x}}')
    expect(problems.map((each) => each.severity)).toEqual(['warning', 'error'])
  })

  test('takes the name of the repository, folded to the rules, when it names no app', async () => {
    expect((await read('processes: {}', { name: 'My_Shop.API' })).app.name).toBe('my-shop-api')
    expect(await placedProblemsOf('processes: {}', { name: '___' })).toEqual([
      `The repository's name "___" is no name for an app`,
    ])
    expect((await read('app: shop\nprocesses: {}', { name: '___' })).app.name).toBe('shop')
  })
})
