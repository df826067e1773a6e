import { describe, expect, test } from 'vitest'

import type { Provenance } from '../../src/config/provenance.ts'
import { fixture } from './fixtures.ts'
import { placedProblemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

const CONFIG = '.upsun/config.yaml'
const byUpsun: Provenance = { kind: 'default', of: 'Upsun' }
/** A project of one app. */
const project = (body: string, rest = '') =>
  `applications:\n  shop:\n    type: python:3.12\n${body.replaceAll(/^/gm, '    ')}\n${rest}`
const readApp = (body: string, rest = '') => read({ [CONFIG]: project(body, rest) })
const problemsIn = (body: string, rest = '') => placedProblemsOf({ [CONFIG]: project(body, rest) })
const example = () => read({ [CONFIG]: fixture('upsun-config.yaml') })
const WEB = 'web: {commands: {start: serve}}'

/** The example of the founding text, with what a worker overrides. */
const CUSTOMISED = project(`hooks: {build: pip install -r requirements.txt}
relationships:
  mysql:
  rabbitmq:
variables: {env: {type: none}}
web:
  commands: {start: "gunicorn -b $PORT project.wsgi:application"}
  variables: {env: {type: web}}
  mounts: {uploads: {source: storage, source_path: uploads}}
workers:
  queue:
    commands: {start: "python queue-worker.py\\n"}
    variables: {env: {type: worker}}
    mounts: {scratch: {source: tmp, source_path: scratch}}
  mail:
    commands: {start: python mail-worker.py}
    variables: {env: {type: worker}}
    mounts: {}
    relationships:
      rabbitmq:`)
const customised = () => read({ [CONFIG]: CUSTOMISED })

describe('a project of Upsun', () => {
  test('is read whole: web, workers, hook and cron, each with its settings', async () => {
    const { app, files } = await example()
    expect(files).toEqual([CONFIG])
    expect(
      app.processes.map(({ name, command, memory, env, expose }) => [name, command, memory, env, expose]),
    ).toEqual([
      ['web', 'gunicorn -b "0.0.0.0:$PORT" shop.wsgi', 1408, { ROLE: 'web', LOG_LEVEL: 'info' }, 'public'],
      ['mail', 'python worker.py --queue mail', 1088, { ROLE: 'worker' }, 'none'],
      ['thumbs', 'python worker.py --queue thumbs', 1408, { ROLE: 'web', LOG_LEVEL: 'info' }, 'none'],
    ])
    expect(processOf(app, 'mail').pre_start).toBe('(\nmkdir -p /app/cache/mail\n) || :')
    expect(app.tasks.map((each) => each.name)).toEqual(['deploy-hook', 'report'])
    expect(app.build).toMatchObject({ context: '.', command: 'set -e\npip install -r requirements.txt' })
  })

  test('UP-05, UP-25, UP-40: has the defaults of Upsun where it says nothing, named as such', async () => {
    const { app, provenance } = await readApp(WEB)
    const defaults = { stop_timeout: 15, demand_count: 1, cpu: 512, memory: 224, port: 8888 }
    expect(processOf(app, 'web')).toMatchObject(defaults)
    for (const key of Object.keys(defaults)) expect(provenance[`processes.web.${key}`], key).toEqual(byUpsun)
    const { app: java } = await read({ [CONFIG]: project(WEB).replace('python:3.12', 'java:21') })
    expect(processOf(java, 'web').memory).toBe(1408)
  })

  test('UP-41: what gantry.yml says counts more than a default of Upsun', async () => {
    const { app } = await read({
      [CONFIG]: project(WEB),
      'gantry.yml': 'defaults: {memory: 2, demand_count: 3}\nprocesses: {web: {stop_timeout: 40s}}',
    })
    expect(processOf(app, 'web')).toMatchObject({ memory: 2048, demand_count: 3, stop_timeout: 40 })
  })

  test('UP-20, UP-08: hooks and crons run by themselves, with the settings of web and never on workers', async () => {
    const { app, provenance } = await readApp(
      'variables: {env: {TYPE: app}}\nweb: {commands: {start: serve}, variables: {env: {TYPE: web}}, container_profile: BALANCED}\nworkers: {queue: {commands: {start: work}, variables: {env: {TYPE: worker}}}}\nhooks: {deploy: migrate, post_deploy: warm}\ncrons: {nightly: {spec: 15 2 * * *, commands: {start: report}}}',
    )
    expect(
      app.tasks.map(({ name, run, on_failure, env, memory }) => [name, run, on_failure, env, memory]),
    ).toEqual([
      ['deploy-hook', 'pre_deploy', 'continue', { TYPE: 'web' }, 1088],
      ['post-deploy-hook', 'post_deploy', 'continue', { TYPE: 'web' }, 1088],
      ['nightly', null, 'abort', { TYPE: 'web' }, 1088],
    ])
    expect(provenance['tasks.deploy-hook.on_failure']).toEqual(byUpsun)
  })

  test('UP-21, UP-24: a worker inherits what the app says', async () => {
    const { app, provenance } = await readApp(
      'variables: {env: {A: "1"}}\nrelationships: {db: "x:y"}\nworkers: {queue: {commands: {start: work}}}',
    )
    expect(processOf(app, 'queue').env).toEqual({ A: '1' })
    expect(provenance['processes.queue.env.A']).toMatchObject({ kind: 'inherited', from: 'env.A', line: 4 })
  })

  test('UP-22, UP-23: what becomes of inherited access and mounts is said once, at the app', async () => {
    const { app, warnings } = await readApp(
      'access: {ssh: admin}\nmounts: {a: {source: service, service: files}}\nworkers: {q: {commands: {start: work}}, m: {commands: {start: work}}}',
    )
    expect(warnings.map(showPlaced)).toEqual([
      '.upsun/config.yaml:3:5 applications.shop.type is approximated: no base image is chosen by it; the image is built from the Dockerfile, or on the local engine from the tree itself',
      '.upsun/config.yaml:4:14 applications.shop.access.ssh is approximated: kept as `access`; shells are for who has a token of the server with the scope `operate`, or on ECS a right in IAM',
      '.upsun/config.yaml:5:14 applications.shop.mounts.a is approximated: it is the folder "files/a" of the storage of this app, which no other app shares',
    ])
    for (const process of app.processes) {
      expect(process.mounts).toEqual({ a: { source: 'storage', source_path: 'files/a' } })
      expect(process.access).toEqual({ ssh: 'admin' })
    }
  })

  test('UP-26: what stands at the app gives the same workers as what each of them repeats', async () => {
    const shared =
      'mounts: {test: {source: storage, source_path: test}}\nrelationships:\n  mysql:\nvariables: {env: {A: "1"}}'
    const workers = (own: string) =>
      `workers:\n${['queue', 'mail'].map((name) => `  ${name}:\n    commands: {start: python ${name}.py}\n${own.replaceAll(/^(?=.)/gm, '    ')}`).join('\n')}`
    const [above, repeated] = [await readApp(`${shared}\n${workers('')}`), await readApp(workers(shared))]
    expect(above.app.processes).toEqual(repeated.app.processes)
    expect(above.app.processes).toHaveLength(2)
  })

  test('UP-27, UP-32, UP-39: web and each worker are processes of one image, and workers are reached by nobody', async () => {
    const { app } = await customised()
    expect(app.processes.map(({ name, expose, image }) => [name, expose, image])).toEqual([
      ['web', 'public', null],
      ['queue', 'none', null],
      ['mail', 'none', null],
    ])
    expect(new Set(app.processes.map((each) => JSON.stringify(each.build))).size).toBe(1)
  })

  test('UP-21, UP-28, UP-37: relationships are kept, and said not to be made, for the worker that overrides them too', async () => {
    const { app, provenance, warnings } = await customised()
    const both = {
      mysql: { service: 'mysql', endpoint: null },
      rabbitmq: { service: 'rabbitmq', endpoint: null },
    }
    expect(app.processes.map(({ name, connect_to }) => [name, connect_to])).toEqual([
      ['web', both],
      ['queue', both],
      ['mail', { rabbitmq: { service: 'rabbitmq', endpoint: null } }],
    ])
    expect(provenance['processes.mail.connect_to.rabbitmq.service']).toMatchObject({ kind: 'file' })
    const paths = warnings.flatMap((each) => (each.path?.includes('relationships') ? [each.path] : []))
    expect(paths).toEqual(['applications.shop.relationships', 'applications.shop.workers.mail.relationships'])
    expect(warnings.find((each) => each.path === paths[0])?.hint).toContain('--process P')
  })

  test('UP-33, UP-34: variables with the prefix env have their names in capitals, and are replaced as a whole', async () => {
    const { app } = await customised()
    expect(app.processes.map(({ env }) => env)).toEqual([
      { TYPE: 'web' },
      { TYPE: 'worker' },
      { TYPE: 'worker' },
    ])
    expect(app.env).toEqual({ TYPE: 'none' })
    const { app: other } = await readApp(
      `variables: {env: {a: "1", b: "2"}}\n${WEB}\nworkers: {q: {commands: {start: work}, variables: {env: {c: "3"}}}, r: {commands: {start: work}, variables: {}}}`,
    )
    expect([processOf(other, 'q').env, processOf(other, 'r').env]).toEqual([{ C: '3' }, {}])
  })

  test('UP-24: values are written as texts, null is no variable, and other prefixes are in PLATFORM_VARIABLES', async () => {
    const { app, warnings } = await readApp(
      `variables:\n  env: {yes: true, version: 1.10, none: null, list: [a, 1], port: 80, "a.b": x}\n  d8config: {"system.site:name": My site rocks}\n  stuff: {COLORS: {red: 1}}\n  php: {memory_limit: 256M}\n${WEB}`,
    )
    const { PLATFORM_VARIABLES: packed = '', ...env } = app.env
    expect(env).toEqual({ YES: 'true', VERSION: '1.10', LIST: '["a",1]' })
    expect(JSON.parse(Buffer.from(packed, 'base64').toString())).toEqual({
      'd8config:system.site:name': 'My site rocks',
      'stuff:COLORS': { red: 1 },
    })
    expect(warnings.flatMap(({ path }) => (path?.includes('variables') ? [path] : []))).toEqual([
      'applications.shop.variables.env.port',
      'applications.shop.variables.env["a.b"]',
      'applications.shop.variables.php',
    ])
  })

  test('UP-33: of two names that differ in case only the last counts, with a warning', async () => {
    const { app, warnings } = await readApp(`variables: {env: {a: "1", A: "2"}}\n${WEB}`)
    expect(app.env).toEqual({ A: '2' })
    expect(warnings.map(showPlaced)).toContain(
      '.upsun/config.yaml:4:31 A is here for the second time: this value counts',
    )
  })

  test('UP-29, UP-35, UP-36, UP-42, UP-43: mounts what the instance says, or nothing', async () => {
    const { app, keys } = await customised()
    expect(
      keys.flatMap(({ path, fate }) => (/mounts(\.\w+)?$/.test(path) ? [`${path} ${fate}`] : [])),
    ).toEqual([
      'applications.shop.web.mounts honoured',
      'applications.shop.web.mounts.uploads honoured',
      'applications.shop.workers.queue.mounts honoured',
      'applications.shop.workers.queue.mounts.scratch honoured',
      'applications.shop.workers.mail.mounts honoured',
    ])
    expect(app.processes.map(({ name, mounts }) => [name, mounts])).toEqual([
      ['web', { uploads: { source: 'storage', source_path: 'uploads' } }],
      ['queue', { scratch: { source: 'tmp', source_path: 'scratch' } }],
      ['mail', {}],
    ])
    const other = await readApp(
      `mounts: {/var/a/: {source: instance}, b: {source: temporary, source_path: /x}, "c d": {source: tmp}}\n${WEB}`,
    )
    expect(processOf(other.app, 'web').mounts).toEqual({
      'var/a': { source: 'instance', source_path: 'var/a' },
      b: { source: 'tmp', source_path: 'x' },
    })
    expect(other.warnings.map((each) => each.message)).toContain(
      'applications.shop.mounts["c d"] is not supported: its path must be a folder that begins with / or is inside of the folder of the app, without `..`, blanks, commas and colons',
    )
  })

  test('UP-31: a worker may have a profile of its own', async () => {
    const { app, provenance } = await example()
    expect(processOf(app, 'mail')).toMatchObject({ cpu: 512, memory: 1088 })
    expect(provenance['processes.mail.memory']).toMatchObject({ kind: 'file', line: 39 })
    expect(provenance['processes.mail.cpu']).toEqual(byUpsun)
  })

  test('UP-16: a worker must have a start command', async () => {
    expect(await problemsIn('workers:\n  queue: {}\n  mail: {commands: {pre_start: a}}')).toEqual([
      '.upsun/config.yaml:5:7 applications.shop.workers.queue.commands is missing',
      '.upsun/config.yaml:6:14 applications.shop.workers.mail.commands.start is missing',
    ])
  })

  test('UP-17: pre_start runs in front of start, which a failure does not stop, post_start is not supported', async () => {
    const { app, warnings } = await readApp(
      'workers: {q: {commands: {start: work && rest, pre_start: "cd /x\\nset -e\\n", post_start: check}}}',
    )
    expect(processOf(app, 'q')).toMatchObject({
      pre_start: '(\ncd /x\nset -e\n) || :',
      command: 'work && rest',
    })
    expect(warnings.find((each) => each.path?.endsWith('post_start'))?.hint).toContain('health_check')
  })

  test('UP-18, UP-19: start is a line for the shell; one that ends at once is warned of', async () => {
    const { app, warnings } = await readApp('workers: {q: {commands: {start: "exec $X | tee log &"}}}')
    expect(processOf(app, 'q').command).toBe('exec $X | tee log &')
    expect(warnings.map(showPlaced)).toContain(
      '.upsun/config.yaml:4:37 This command puts itself into the background, so it ends and is started again without end',
    )
  })

  test('UP-10: crons have the limits of Upsun, never run twice at once, and the time zone of the app', async () => {
    const { app, provenance } = await readApp(
      `${WEB}\ntimezone: Europe/Berlin\ncrons:\n  a: {spec: "0 5 * * *", commands: {start: "one\\n"}, timeout: 3600, shutdown_timeout: 18}\n  b: {spec: "0 6 * * *", cmd: two}\n  c: {spec: "0 7 * * *", cmd: three, timeout: 5}`,
    )
    expect(taskOf(app, 'a')).toMatchObject({
      command: 'one',
      schedule: '0 5 * * *',
      timezone: 'Europe/Berlin',
      concurrency: 'forbid',
      max_hours: 1,
      stop_timeout: 18,
    })
    expect(taskOf(app, 'b')).toMatchObject({ command: 'two', max_hours: 24, stop_timeout: 10 })
    expect(taskOf(app, 'c').max_hours).toBe(0.01)
    for (const key of ['max_hours', 'stop_timeout', 'concurrency']) {
      expect(provenance[`tasks.b.${key}`], key).toEqual(byUpsun)
    }
  })

  test('UP-09: H is a value that is always the same, and another one for another cron', async () => {
    const crons = Array.from({ length: 30 }, (_, index) => `  c${index}: {spec: H * * * *, cmd: a}`).join(
      '\n',
    )
    const schedules = async () =>
      (await readApp(`${WEB}\ncrons:\n${crons}`)).app.tasks.map((each) => each.schedule)
    expect(await schedules()).toEqual(await schedules())
    expect(new Set(await schedules()).size).toBeGreaterThan(15)
    const { app } = await readApp(`${WEB}\ncrons: {a: {spec: "H/15 H(0-3) H H H", cmd: a}}`)
    expect(taskOf(app, 'a').schedule).toMatch(
      /^(?:\d|1[0-4])-59\/15 [0-3] (?:[1-9]|1\d|2[0-8]) (?:[1-9]|1[0-2]) [0-6]$/,
    )
  })

  test('says that Upsun runs a cron every five minutes at most', async () => {
    const { keys } = await readApp(
      `${WEB}\ncrons: {a: {spec: "* * * * *", cmd: a}, b: {spec: "*/3 1 * * *", cmd: a}, c: {spec: "*/5 * * * *", cmd: a}, d: {spec: "0,1,2 * * * *", cmd: a}, e: {spec: "10-14 * * * *", cmd: a}, f: {spec: "H/4 * * * *", cmd: a}, g: {spec: "H,30 * * * *", cmd: a}, h: {spec: "2,58 5 * * *", cmd: a}}`,
    )
    expect(
      keys.flatMap(({ path, fate }) => (path.endsWith('spec') ? [`${path.at(-6)} ${fate}`] : [])),
    ).toEqual([
      'a approximated',
      'b approximated',
      'c honoured',
      'd approximated',
      'e approximated',
      'f approximated',
      'g honoured',
      'h honoured',
    ])
  })

  test('finds runs that are too close to each other across the hour and the day, but for a step of minutes', async () => {
    const told = async (spec: string) => {
      const { keys } = await readApp(`${WEB}\ncrons: {a: {spec: "${spec}", cmd: a}}`)
      return keys.find(({ path }) => path.endsWith('spec'))!.fate === 'approximated'
    }
    expect(await told('58,2 * * * *')).toBe(true)
    expect(await told('58,2 5,6 * * *')).toBe(true)
    expect(await told('58,2 5,7 * * *')).toBe(false)
    expect(await told('58,2 0,23 * * *')).toBe(true)
    expect(await told('58,2 0,23 1 * *')).toBe(false)
    expect(await told('58,3 * * * *')).toBe(false)
    // The documentation of Upsun has it as an example, for every 7 minutes.
    expect(await told('*/7 * * * *')).toBe(false)
    expect(await told('H/7 * * * *')).toBe(false)
    expect(await told('*/4 5 * * *')).toBe(true)
  })

  test('makes operations tasks that nothing starts, and names that are taken others', async () => {
    const { app, warnings } = await readApp(
      'workers: {mail: {commands: {start: a}}, good_job: {commands: {start: b}}}\ncrons: {mail: {spec: 1 1 * * *, cmd: c}}\noperations: {clear_cache: {role: admin, commands: {start: d}}}',
    )
    expect(app.processes.map((each) => each.name)).toEqual(['mail', 'good-job'])
    expect(app.tasks.map(({ name, command, schedule }) => [name, command, schedule])).toEqual([
      ['mail-cron', 'c', '1 1 * * *'],
      ['clear-cache', 'd', null],
    ])
    expect(warnings.map((each) => each.message)).toEqual(
      expect.arrayContaining([
        'The worker "good_job" is the process "good-job" here',
        'The cron "mail" is the task "mail-cron" here',
        'The operation "clear_cache" is the task "clear-cache" here',
      ]),
    )
  })

  test('D40: starts PHP-FPM where a PHP app says no command, with a warning', async () => {
    const { app, provenance, warnings } = await read({
      [CONFIG]:
        'applications: {shop: {type: "php:8.3", web: {locations: {/: {root: web, passthru: /index.php}}}}}',
    })
    expect(processOf(app, 'web').command).toBe('/usr/bin/start-php-app')
    expect(provenance['processes.web.command']).toEqual(byUpsun)
    expect(warnings.map(showPlaced)).toContain(
      '.upsun/config.yaml:1:23 web starts PHP-FPM with /usr/bin/start-php-app, which only the images of Upsun have',
    )
    const stack = 'applications: {shop: {type: "composable:25.05", stack: {runtimes: ["php@8.4"]}}}'
    expect((await read({ [CONFIG]: stack })).app.processes).toHaveLength(1)
  })

  test('makes no process of a web that serves files only, and says so', async () => {
    const { app, warnings } = await readApp(
      'web: {locations: {/: {root: public}}}\nworkers: {q: {commands: {start: a}}}',
    )
    expect(app.processes.map((each) => each.name)).toEqual(['q'])
    expect(warnings.map((each) => each.message)).toContain(
      'applications.shop.web is not supported: it starts nothing: Upsun serves files for it, and Gantry does not',
    )
  })

  test('D10: web is public by its route; without one of its own among others it is private', async () => {
    const expose = async (routes: string) => processOf((await readApp(WEB, routes)).app, 'web').expose
    expect(await expose('')).toBe('public')
    expect(await expose('routes: {"https://{default}/": {type: upstream, upstream: "shop:http"}}')).toBe(
      'public',
    )
    expect(await expose('routes: {"https://{default}/": {type: redirect, to: "https://example.com/"}}')).toBe(
      'private',
    )
    expect(
      await expose(
        'services: {cache: {type: "varnish:7"}}\nroutes: {"https://{default}/": {type: upstream, upstream: "cache:http"}}',
      ),
    ).toBe('public')
  })
})
