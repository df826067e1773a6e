import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf } from './files.ts'

const CONFIG = '.upsun/config.yaml'
const WEB = 'web: {commands: {start: serve}}'
const app = (body: string, rest = '') =>
  `applications:\n  shop:\n    type: python:3.12\n${body.replaceAll(/^/gm, '    ')}\n${rest}`

describe('a project that Upsun refuses is refused with its place', () => {
  test.each([
    ['an unknown key of an app', 'webb: {}', '"webb" is not a key of applications.shop'],
    [
      'C5: a relationship right below a worker',
      'workers: {q: {commands: {start: a}, mysql: {}}}',
      '"mysql" is not a key of applications.shop.workers.q',
    ],
    ['crons of a worker', 'workers: {q: {commands: {start: a}, crons: {}}}', '"crons" is not a key of'],
    ['hooks of web', 'web: {commands: {start: a}, hooks: {}}', '"hooks" is not a key of'],
    ['a worker without commands', 'workers: {q: {}}', 'applications.shop.workers.q.commands is missing'],
    ['an empty worker', 'workers: {q: }', 'applications.shop.workers.q must be a map; found nothing'],
    ['a list of workers', 'workers: [q]', 'applications.shop.workers must be a map; found a list'],
    ['a start that is no text', 'workers: {q: {commands: {start: 5}}}', 'start must be a text; found 5'],
    ['an empty start', 'workers: {q: {commands: {start: " "}}}', 'start must be a text that is not empty'],
    ['web commands without start', 'web: {commands: {pre_start: a}}', 'web.commands.start is missing'],
    [
      'variables without a prefix',
      `variables: {A: b}\n${WEB}`,
      'applications.shop.variables.A must be a map; found "b"',
    ],
    ['a mount without a source', `mounts: {a: {}}\n${WEB}`, 'applications.shop.mounts.a.source is missing'],
    [
      'a mount of Platform.sh',
      `mounts: {a: {source: local}}\n${WEB}`,
      'source must be one of storage, instance, tmp, temporary, service; found "local"',
    ],
    [
      'a mount outside of the app',
      `mounts: {../a: {source: tmp}}\n${WEB}`,
      '"../a" is not allowed as a name',
    ],
    [
      'mounts that overlap',
      `mounts: {a/b: {source: tmp}, a-b: {source: tmp}, /a: {source: tmp}}\n${WEB}`,
      'The mounts "a" and "a/b" overlap',
    ],
    [
      'a service mount without a service',
      `mounts: {a: {source: service}}\n${WEB}`,
      'A mount with the source `service` must name the service',
    ],
    [
      'an unknown role',
      `access: {ssh: root}\n${WEB}`,
      'access.ssh must be one of admin, contributor, viewer; found "root"',
    ],
    [
      'an unknown profile',
      `container_profile: HUGE\n${WEB}`,
      'container_profile must be one of HIGH_CPU, BALANCED, HIGH_MEMORY, HIGHER_MEMORY; found "HUGE"',
    ],
    [
      'a cron without a spec',
      `${WEB}\ncrons: {a: {commands: {start: b}}}`,
      'applications.shop.crons.a.spec is missing',
    ],
    ['a cron without a command', `${WEB}\ncrons: {a: {spec: "1 1 * * *"}}`, 'The cron "a" has no command'],
    [
      'a cron of six fields',
      `${WEB}\ncrons: {a: {spec: "0 1 1 * * *", cmd: b}}`,
      'spec must be a cron expression of 5 fields',
    ],
    [
      'a cron that never comes',
      `${WEB}\ncrons: {a: {spec: "1 1 31 2 *", cmd: b}}`,
      'applications.shop.crons.a.spec must be a cron expression of values that there are, on a day that comes:',
    ],
    [
      'a cron at a minute that there is not',
      `${WEB}\ncrons: {a: {spec: "75 0 * * *", cmd: b}}`,
      'minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-7; found "75 0 * * *"',
    ],
    [
      'a cron whose H may become a minute that there is not',
      `${WEB}\ncrons: {a: {spec: "H(50-70) 0 * * *", cmd: b}}`,
      'applications.shop.crons.a.spec must be',
    ],
    [
      'a cron whose H may become a day that never comes',
      `${WEB}\ncrons: {a: {spec: "0 0 H(29-30) 2 *", cmd: b}}`,
      'applications.shop.crons.a.spec must be',
    ],
    [
      'a cron that may run for two days',
      `${WEB}\ncrons: {a: {spec: "1 1 * * *", cmd: b, timeout: 172800}}`,
      'timeout must be a whole number from 1 to 86400; found 172800',
    ],
    [
      'a time zone that does not exist',
      `${WEB}\ntimezone: Europe/Berlln`,
      'timezone must be the name of a time zone',
    ],
    [
      'an operation without commands',
      `${WEB}\noperations: {a: {role: admin}}`,
      'applications.shop.operations.a.commands is missing',
    ],
    [
      'a root outside of the repository',
      `${WEB}\nsource: {root: ../other}`,
      'source.root must be a folder of the repository, without `..`',
    ],
    [
      'a location without a slash',
      'web: {commands: {start: a}, locations: {static: {}}}',
      '"static" is not allowed as a name; it must be a path that begins with /',
    ],
    [
      'two workers of one name',
      'workers: {a_b: {commands: {start: a}}, a-b: {commands: {start: a}}}',
      'The worker "a-b" has the name of another process',
    ],
    [
      'a worker with the name of web',
      'workers: {web: {commands: {start: a}}}',
      'The worker "web" has the name of another process',
    ],
  ])('%s', async (_, body, expected) => {
    const problems = await placedProblemsOf({ [CONFIG]: app(body) })
    expect(problems.join('\n')).toContain(expected)
    expect(problems.every((each) => each.startsWith('.upsun/config.yaml:'))).toBe(true)
  })

  test.each([
    ['no applications', 'services: {}', '.upsun/config.yaml:1:1 applications is missing'],
    ['no app', 'applications: {}', '.upsun/config.yaml:1:1 .upsun has no app'],
    [
      'an app without a type',
      'applications: {shop: {web: {commands: {start: a}}}}',
      '.upsun/config.yaml:1:16 The app has neither a type nor a stack',
    ],
    [
      'a type without a version',
      'applications: {shop: {type: python}}',
      '.upsun/config.yaml:1:29 applications.shop.type must be a runtime with its version, such as `python:3.12`; found "python"',
    ],
    [
      'a list of apps',
      'applications: [{type: "go:1"}]',
      '.upsun/config.yaml:1:15 applications must be a map; found a list',
    ],
    ['no map', '- a', '.upsun/config.yaml:1:1 the file must be a map; found a list'],
    [
      'a route to nowhere',
      app(WEB, 'routes: {"https://{default}/": {type: upstream, upstream: "shpo:http"}}'),
      '.upsun/config.yaml:5:59 There is no app or service "shpo"',
    ],
    [
      'an unknown kind of route',
      app(WEB, 'routes: {"https://{default}/": {type: upsteam, upstream: "shop:http"}}'),
      '.upsun/config.yaml:5:39 routes["https://{default}/"].type must be one of upstream, redirect, proxy; found "upsteam"',
    ],
    [
      'a service without a type',
      app(WEB, 'services: {db: {disk: 512}}'),
      '.upsun/config.yaml:5:12 The service "db" has no type',
    ],
    [
      'a relationship that is a number',
      app(`${WEB}\nrelationships: {db: 5}`),
      '.upsun/config.yaml:5:21 The relationship "db" must be a service',
    ],
    [
      'a relationship with an empty name of a service',
      app(`${WEB}\nrelationships: {db: ""}`),
      '.upsun/config.yaml:5:21 The relationship "db" must be a service',
    ],
    [
      'a relationship with an endpoint alone',
      app(`${WEB}\nrelationships: {db: ":mysql"}`),
      '.upsun/config.yaml:5:21 The relationship "db" must be a service',
    ],
    [
      'a relationship with an empty endpoint',
      app(`${WEB}\nrelationships: {db: {service: mysql, endpoint: ""}}`),
      '.upsun/config.yaml:5:21 The relationship "db" must be a service',
    ],
    [
      'a relationship with a list of services',
      app(`${WEB}\nrelationships: {db: {service: [mysql]}}`),
      '.upsun/config.yaml:5:21 The relationship "db" must be a service',
    ],
    [
      'a relationship with a service that is not there',
      app(
        `${WEB}\nrelationships: {db: "mysqll:mysql", cache: }`,
        'services: {mysql: {type: "mariadb:11"}, cache: {type: "redis:7"}}',
      ),
      '.upsun/config.yaml:5:21 There is no service "mysqll"',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await placedProblemsOf({ [CONFIG]: text })).toContain(expected)
  })

  test('all that is wrong at once, each with what was probably meant', async () => {
    const problems = await problemsOf({
      [CONFIG]: app(
        'web: {comands: {start: a}}\nworkers: {q: {commands: {strat: b}}}\nmounts: {a: {source: storag}}',
      ),
    })
    expect(problems.map((each) => each.hint)).toEqual([
      'Did you mean "commands"?',
      undefined,
      'Did you mean "start"?',
      'Did you mean "storage"?',
    ])
  })

  test('mounts that overlap, once', async () => {
    const mounts = 'mounts: {a: {source: tmp}, a/b: {source: tmp}, c: {source: tmp}}'
    const problems = await problemsOf({ [CONFIG]: app(`${mounts}\n${WEB}`) })
    expect(problems.filter(({ severity }) => severity === 'error')).toHaveLength(1)
  })

  test('a secret that stands in a variable is in no message', async () => {
    const problems = await problemsOf({
      [CONFIG]: app(`variables: {env: {DB_PASSWORD: hunter2hunter2}}\nmounts: {a: {source: x}}\n${WEB}`),
    })
    expect(JSON.stringify(problems)).not.toContain('hunter2')
  })
})
