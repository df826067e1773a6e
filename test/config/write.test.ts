import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { convert } from '../../src/config/gantry-yml/write-from.ts'
import type { Conversion } from '../../src/config/gantry-yml/write-from.ts'
import { foreignSources } from '../../src/config/gantry-yml/write-sources.ts'
import type { Fields } from '../../src/config/gantry-yml/write-fields.ts'
import { asIs, cpu, duration, memory } from '../../src/config/gantry-yml/write-values.ts'
import { writeGantryYml } from '../../src/config/gantry-yml/write.ts'
import { forEcs } from '../../src/config/propose/ecs.ts'
import { aProcess, anApp } from '../plan/fixtures.ts'
import { filesOf, processOf, read } from './files.ts'
import { EXAMPLES } from './fixtures.ts'

const converted = (
  files: string | Record<string, string>,
  environments: readonly string[] = [],
): Promise<Conversion> =>
  convert(filesOf(typeof files === 'string' ? { 'gantry.yml': files } : files), {
    name: 'shop',
    environments,
  })

/** The text without comments and blank lines. */
const said = ({ text }: { text: string }): string => text.replaceAll(/^(?: *#.*)?\n/gm, '')

describe('a gantry.yml is written as a person would write it', () => {
  test('what is default is left out, and what components share is said once', async () => {
    const { text } = await converted(EXAMPLES['Heroku']!)
    expect(text).toBe(`# Written by \`gantry init\` from Procfile and app.json.

# app.json:11 scripts.postdeploy is not supported: Heroku runs it once, when an app is created. Run it
# by hand with \`gantry run\`, or as a task with \`run: post_deploy\`.
# app.json:12 addons is not supported: Gantry makes no databases and other services. Create them
# yourself, and give their addresses with \`gantry env set NAME --secret\`.
# app.json:13 buildpacks is not supported: images are built from a Dockerfile, or on the local engine
# with \`build.command\`. Add a Dockerfile, or \`build.command\` to gantry.yml.

env: {LOG_LEVEL: info}
secrets:
  # app.json:4 env.SECRET_KEY is not supported: Gantry generates no secrets. Set it with \`gantry env set
  # SECRET_KEY --secret\`.
  SECRET_KEY: gantry
defaults: {stop_timeout: 30s}

processes:
  web:
    command: gunicorn shop.wsgi -b 0.0.0.0:$PORT --log-file -
    demand_count: 2
  worker:
    command: REMAP_SIGTERM=SIGQUIT celery -A shop worker -n w@%h -c \${CELERY_CONCURRENCY:-4}
    demand_count: 3
    memory: 1 GB
  clock:
    command: celery -A shop beat -l info

tasks:
  release:
    command: python manage.py migrate --no-input
    run: pre_deploy
`)
  })

  test('with the environments of the source, and what differs in each', async () => {
    const { text, apps } = await converted(EXAMPLES['BlueKing, version 3']!)
    expect(apps.map(({ environment }) => environment)).toEqual(['default', 'stag', 'prod'])
    expect((parse(text) as { environments: unknown }).environments).toEqual({
      stag: { env: { FEATURE_X: '1' } },
      prod: { processes: { web: { demand_count: 4 }, worker: { cpu: 0.5, memory: '4 GB' } } },
    })
    expect(text).toContain('    stop_timeout: 40s\n')
  })

  test('a value goes to each environment where one of them does not have it', async () => {
    const { text } = await converted(`processes: {web: {command: a}}
environments:
  default: {env: {A: '1', B: '1'}, processes: {web: {port: 80}}}
  production: {env: {A: '2'}, processes: {web: {demand_count: 0}}}
`)
    expect(parse(text)).toEqual({
      env: { A: '1' },
      processes: { web: { command: 'a' } },
      environments: {
        default: { env: { B: '1' }, processes: { web: { port: 80 } } },
        production: { env: { A: '2' }, processes: { web: { demand_count: 0 } } },
      },
    })
  })

  test.each([
    [
      'a check, as its keys exclude each other',
      `processes: {web: {command: a, health_check: {path: /a, interval: 1s}}}
environments: {production: {processes: {web: {health_check: {path: /b, interval: 1s}}}}}`,
      { web: { command: 'a', health_check: { path: '/a', interval: '1s' } } },
      { production: { processes: { web: { health_check: { path: '/b', interval: '1s' } } } } },
    ],
    [
      'a mount',
      `processes: {web: {command: a, mounts: {data: {source: tmp}}}}
environments: {production: {processes: {web: {mounts: {data: {source: tmp, source_path: x}}}}}}`,
      { web: { command: 'a' } },
      {
        default: { processes: { web: { mounts: { data: { source: 'tmp' } } } } },
        production: { processes: { web: { mounts: { data: { source: 'tmp', source_path: 'x' } } } } },
      },
    ],
    [
      'a map that has nothing in common',
      `processes: {web: {command: a}}
environments:
  default: {processes: {web: {env: {A: b}}}}
  production: {processes: {web: {env: {C: d}}}}`,
      { web: { command: 'a' } },
      {
        default: { processes: { web: { env: { A: 'b' } } } },
        production: { processes: { web: { env: { C: 'd' } } } },
      },
    ],
  ])('an overlay has as a whole %s', async (_, source, processes, environments) => {
    expect(parse((await converted(source)).text)).toEqual({ processes, environments })
  })

  test('tasks that run in another order in some environment are said in each', async () => {
    const { text, apps } = await converted(`processes: {web: {command: a}}
environments:
  default: {tasks: {first: {command: a, run: pre_deploy}, second: {command: b, run: pre_deploy}}}
  production: {tasks: {second: {command: b, run: pre_deploy}}}
`)
    expect(apps[0].tasks.map(({ name }) => name)).toEqual(['first', 'second'])
    expect((await read(text)).app.tasks).toEqual(apps[0].tasks)
    expect(Object.keys(parse(text) as object)).toEqual(['processes', 'environments'])
  })

  test('a text with characters that an editor would obey stands on one line, by their numbers', async () => {
    const command = String.raw`"a\r\nb\u202e and so on and so on and so on"`
    const { text } = await converted(`processes: {web: {command: ${command}}}`)
    expect(text).toContain(`    command: ${command}\n`)
  })

  test('one that would be too large to be read is refused', async () => {
    const Procfile = Array.from({ length: 500 }, (_, index) => `p${index}: ${'x'.repeat(2082)}`).join('\n')
    await expect(converted({ Procfile })).rejects.toThrow('larger than 1 MiB')
  })

  test('what only some share stays where it is, and what some cannot unsay is no default', async () => {
    const shared = await converted(
      'processes: {a: {command: a, memory: 1, image: x}, b: {command: b, memory: 1, image: x}, c: {command: c, memory: 2}}',
    )
    expect(said(shared)).toBe(`defaults: {memory: 1 GB}
processes:
  a:
    image: x
    command: a
  b:
    image: x
    command: b
  c:
    command: c
    memory: 2 GB
`)
  })

  test('the build of the top is said anew by a component that does not have it', async () => {
    const source = `build: {dockerfile: Dockerfile, target: base}
defaults: {build: {}}
processes: {web: {command: a, build: {dockerfile: Dockerfile}}, worker: {command: b}}
`
    expect(parse((await converted(source)).text)).toEqual({
      build: { dockerfile: 'Dockerfile', target: 'base' },
      defaults: { build: {} },
      processes: { web: { build: { dockerfile: 'Dockerfile' }, command: 'a' }, worker: { command: 'b' } },
    })
  })

  test.each([
    [
      [memory(512), memory(1024), memory(1536), memory(1100)],
      ['512 MB', '1 GB', '1.5 GB', '1100 MB'],
    ],
    [
      [cpu(256), cpu(1024), cpu(102), cpu(1)],
      [0.25, 1, 0.099, 0.0009],
    ],
    [
      [duration(90), duration(900), duration(0.5), duration(0), duration(12.34567)],
      ['90s', '15m', '500ms', '0s', 12.34567],
    ],
  ])('units are those of people: %j', (written, expected) => {
    expect(written).toEqual(expected)
  })

  test('a field of the model without an entry does not compile', () => {
    // @ts-expect-error: `cpu` is missing
    const fields: Fields<{ port: number; cpu: number }> = { port: asIs }
    expect(Object.keys(fields)).toEqual(['port'])
  })
})

describe('a comment', () => {
  test('stands where the value is that came from the key', async () => {
    const { text } = await converted(EXAMPLES['Upsun']!)
    expect(text).toMatch(
      / {4}# \.upsun\/config\.yaml:39 .*container_profile(?:.*\n {4}#)*.*\n {4}memory: 1088 MB\n/,
    )
    expect(text).toMatch(/\n {2}# \.upsun\/config\.yaml:17 .*hooks\.build(?:.*\n {2}#)*.*\n {2}command: /)
  })

  test('tells once what is to be said of several keys', async () => {
    const { text } = await converted(EXAMPLES['Upsun']!)
    expect(text.match(/Gantry makes no databases, queues and/g)?.length).toBeLessThanOrEqual(2)
  })

  test('of an environment stands in its overlay', async () => {
    const { text } = await converted(EXAMPLES['BlueKing, version 3']!)
    expect(text).toMatch(
      / {6}# app_desc\.yaml:43 [^#]*resQuotas\[0\]\.plan is approximated[^\n]*\n(?: {6}#.*\n)* {6}worker:\n {8}cpu: 0.5/,
    )
  })

  test('stands at what its key is about, in the environment that has it, and not at what is near it', async () => {
    const { text } = await converted({
      'app_desc.yaml': `specVersion: 3
module:
  language: Go
  spec:
    processes: [{name: web, procCommand: a}, {name: worker, procCommand: b}]
    mounts: [{name: a, mountPath: /a, source: {configMap: {name: x}}}]
    envOverlay:
      mounts: [{envName: prod, name: a, mountPath: /a, source: {configMap: {name: x}}}]
      replicas: [{envName: prod, process: web, count: 4}]
      resQuotas: [{envName: prod, process: worker, plan: 4C4G}]
      envVariables: [{envName: stag, name: FEATURE_X, value: "1"}]
`,
    })
    expect(text.match(/resQuotas/g)).toHaveLength(1)
    expect(text).toMatch(/resQuotas\[0\]\.plan is approximated[^\n]*\n(?: {6}#.*\n)* {6}worker:\n/)
    expect(text.match(/there are no config maps/g)).toHaveLength(1)
    expect(text).toMatch(
      /^# app_desc\.yaml:6 module\.spec\.mounts, app_desc\.yaml:8 module\.spec\.envOverlay\.mounts are not supported:$/m,
    )
  })

  test('about what all inherit stands at the one process that there is', async () => {
    const { text } = await converted({
      '.upsun/config.yaml': `applications:
  app:
    type: go:1.23
    container_profile: BALANCED
    relationships: {db: x}
    web: {commands: {start: a}}
`,
    })
    expect(text).toMatch(/container_profile is approximated[^\n]*\n(?: {4}#.*\n)* {4}memory: 1088 MB\n/)
    expect(text).toMatch(/ {4}connect_to:\n {6}# [^\n]*relationships is not supported/)
  })

  test('about what an alias repeats stands at each that has it', async () => {
    const { text } = await converted({
      'stacktape.yml': `resources:
  one:
    type: worker-service
    properties: &p
      packaging: {type: prebuilt-image, properties: {image: a}}
      resources: {cpu: 0.25, memory: 512}
      usePrivateSubnetsWithNAT: true
  two: {type: worker-service, properties: *p}
`,
    })
    for (const name of ['one', 'two']) {
      expect(text).toMatch(
        new RegExp(`resources\\.${name}\\.properties\\.usePriv[^\\n]*\\n(?: {2}#.*\\n)* {2}${name}:`),
      )
    }
  })

  test('of a process that another file removes does not stand at one that stays', async () => {
    const { text } = await converted({
      'app_desc.yaml':
        'spec_version: 2\nmodule:\n  language: Go\n  processes: {web: {command: a}, worker: {command: b}}\n',
      Procfile: 'web: a\n',
    })
    expect(text).toMatch(/^# app_desc\.yaml:4 module\.processes\.worker is not supported/m)
  })

  test('never gets out of its line, nor moves a cursor', () => {
    const notes = [
      { path: ['processes', 'web'], text: 'a\nb: c\r\u001b[31m \u2028d: e \u202e' },
      { path: [], text: 'x\nprocesses: {}\u0085y: z' },
      { path: ['nowhere'], text: 'z' },
    ]
    const app = anApp({ processes: [aProcess('web')] })
    const text = writeGantryYml({ apps: [app], isNamed: false, notes, header: ['h\nenv: {A: b}'] })
    expect(parse(text)).toEqual({ processes: { web: { command: 'bin/web', expose: 'none' } } })
    expect(text).toMatch(/^# h\uFFFDenv: {A: b}\n/)
    expect(text).not.toMatch(/[^\n\p{L}\p{N}\p{P}\p{S} ]/u)
  })

  test('beyond two hundred is counted only', () => {
    const notes = Array.from({ length: 300 }, (_, index) => ({
      path: ['processes', 'web'],
      text: `n${index}`,
    }))
    const text = writeGantryYml({
      apps: [anApp({ processes: [aProcess('web')] })],
      isNamed: false,
      notes,
    })
    expect(text).toContain('# And 100 more notes.')
    expect(text).not.toContain('n200')
  })
})

describe('a value that looks like a secret', () => {
  const FILES = {
    Procfile: 'web: serve --db postgres://shop:hunter2hunter2@db/shop\nworker: work',
    'app.json': JSON.stringify({ env: { API_KEY: { value: 'very-secret' }, LOG_LEVEL: { value: 'info' } } }),
  }

  test('is not copied: it is a reference to what is set by hand, and the comment says how, and where it stood', async () => {
    const { text, secrets } = await converted(FILES)
    expect(text).not.toContain('very-secret')
    expect(secrets.map(({ name }) => name)).toEqual(['API_KEY'])
    const { app } = await read(text)
    expect(app.secrets).toEqual({ API_KEY: 'gantry' })
    expect(processOf(app, 'worker')).toMatchObject({
      env: { LOG_LEVEL: 'info' },
      secrets: { API_KEY: 'gantry' },
    })
    const words = text.replaceAll(/\s+#?\s*/g, ' ')
    expect(words).toContain('set it with `gantry env set API_KEY --secret`. It stood in app.json:1')
  })

  test('that is another one in each process is set for each', async () => {
    const { text } = await converted(
      'processes: {a: {command: a, env: {API_KEY: x}}, b: {command: b, env: {API_KEY: y}}}',
    )
    const words = text.replaceAll(/\s+#?\s*/g, ' ')
    expect(words).toContain('`gantry env set API_KEY --secret --process a`')
    expect(words).toContain('`gantry env set API_KEY --secret --process b`')
  })

  test('in a command stays, as it would not run without it, and a comment says so', async () => {
    const { text } = await converted(FILES)
    expect(text).toContain('    # Something in this command looks like a secret.')
  })

  test('among build arguments is left out, as images show them', async () => {
    const { text, apps } = await converted(
      'build: {args: {NPM_TOKEN: abc, MODE: fast}}\nprocesses: {web: {command: a}}',
    )
    expect(apps[0].build.args).toEqual({ MODE: 'fast' })
    expect(text).toContain('# The build argument NPM_TOKEN looks like a secret and was left out')
  })
})

describe('environments that a file does not name', () => {
  const STACK = `resources:
  worker:
    type: worker-service
    properties:
      packaging: {type: prebuilt-image, properties: {image: a}}
      resources: {cpu: 0.25, memory: 512}
      environment: [{name: STAGE, value: $Stage()}]
`

  test('are asked for where values hang on their name', async () => {
    expect(await converted({ 'stacktape.yml': STACK })).toMatchObject({ hangsOnEnvironment: true })
    expect(await converted(EXAMPLES['Heroku']!)).toMatchObject({ hangsOnEnvironment: false })
  })

  test('are written when they are named', async () => {
    const { text, hangsOnEnvironment } = await converted({ 'stacktape.yml': STACK }, ['staging', 'prod'])
    expect(hangsOnEnvironment).toBe(false)
    expect((await read(text, { environment: 'prod' })).app.processes[0]!.env).toEqual({ STAGE: 'prod' })
    expect((await read(text)).app.processes[0]!.env).toEqual({ STAGE: 'default' })
  })
})

test('on ECS what no file can know is a placeholder, with a comment that says what to fill in', async () => {
  const files = filesOf({
    Procfile: 'web: serve',
    'app.json': '{"cron": [{"command": "a", "schedule": "@daily"}]}',
  })
  const { text, apps } = await convert(files, { name: 'shop' }, forEcs)
  expect(apps[0]).toMatchObject({ engine: 'ecs', ecs: { subnets: ['subnet-FILL-IN'] } })
  expect(text.match(/# Fill in: /g)).toHaveLength(5)
})

test('a value that all components inherit and that looks like a secret is told of once', async () => {
  const { text } = await converted({
    Procfile: 'web: serve\nworker: work',
    'app.json': '{"env": {"API_KEY": "very-secret"}}',
  })
  expect(text.match(/The value of API_KEY/g)).toHaveLength(1)
})

describe('the name of the app', () => {
  const SOURCES = [
    ['Platform.sh', { '.platform.app.yaml': 'name: Store_Front\ntype: "php:8.2"\n' }, 'store-front'],
    ['Heroku', { Procfile: 'web: serve', 'app.json': '{"name": "Store Front!"}' }, 'store-front'],
    [
      'BlueKing',
      {
        'app_desc.yaml':
          'spec_version: 2\napp: {bk_app_code: store}\nmodules: {api: {is_default: true, language: Go, processes: {web: {command: a}}}}\n',
      },
      'store-api',
    ],
    [
      'Stacktape',
      {
        'stacktape.yml':
          'serviceName: store\nresources: {web: {type: private-service, properties: {packaging: {type: prebuilt-image, properties: {image: a}}, resources: {cpu: 0.25, memory: 512}}}}\n',
      },
      'store',
    ],
  ] as const

  test.each(SOURCES)('is on ECS what %s calls it, wherever the checkout is', async (_, contents, name) => {
    const { text, apps } = await convert(filesOf({ ...contents }), { name: 'a-folder' }, forEcs)
    expect(apps[0].name).toBe(name)
    expect((await read(text, { name: 'another-folder' })).app.name).toBe(name)
    expect(text).not.toContain('serviceName')
  })

  test('is on ECS that of the repository where the source has none, or a server has it', async () => {
    const nameless = await convert(filesOf({ Procfile: 'web: serve' }), { name: 'a-folder' }, forEcs)
    expect(nameless.text).toContain('app: a-folder\n')
    const hosted = { name: 'hosted', isHosted: true }
    expect((await convert(filesOf({ ...SOURCES[1][1] }), hosted, forEcs)).text).toContain('app: hosted\n')
  })

  test('is not written for a server, which has it from the repository and refuses another one', async () => {
    for (const [, contents] of SOURCES) {
      const { text, apps } = await convert(filesOf({ ...contents }), { name: 'a-folder' })
      expect(parse(text)).not.toHaveProperty('app')
      expect(apps[0].name).toBe('a-folder')
    }
  })
})

describe('a variable without a value', () => {
  const files = {
    Procfile: 'web: serve',
    'app.json':
      '{"env": {"KEY": {"generator": "secret"}, "DSN": {"required": true}, "NOTE": {"required": false}}}',
  }

  test('is a reference that a deployment waits for, with a comment that says how to set it', async () => {
    const { text, awaited } = await converted(files)
    expect(awaited).toEqual([
      { name: 'KEY', secret: true, process: null, environment: 'default' },
      { name: 'DSN', secret: false, process: null, environment: 'default' },
    ])
    expect((await read(text)).app.secrets).toEqual({ KEY: 'gantry', DSN: 'gantry' })
    expect(text).toMatch(/\n {2}# app\.json:1 env\.KEY [^\n]*\n(?: {2}#.*\n)* {2}KEY: gantry\n/)
  })

  test('that one process has already stays as it is', async () => {
    const own = 'from: Procfile\nprocesses: {web: {env: {KEY: "1"}}, worker: {command: work}}\n'
    const { text } = await convert(filesOf({ ...files, 'gantry.yml': own }), { name: 'shop' })
    const { app } = await read(text)
    expect(processOf(app, 'web')).toMatchObject({ env: { KEY: '1' }, secrets: { DSN: 'gantry' } })
    expect(processOf(app, 'worker').secrets).toEqual({ KEY: 'gantry', DSN: 'gantry' })
  })
})

test('editors are told of the schema where the repository has it', async () => {
  const files = { Procfile: 'web: serve', 'gantry.schema.json': '{}' }
  expect((await converted(files)).text).toMatch(
    /^# yaml-language-server: \$schema=\.\/gantry\.schema\.json\n# Written/,
  )
})

test('the files of other systems are found in the order in which Gantry looks for them', async () => {
  const files = {
    'stacktape.yml': '',
    '.upsun/b.yaml': '',
    '.upsun/a.yaml': '',
    'x/Procfile': '',
    'app_desc.yml': '',
  }
  expect((await foreignSources(filesOf(files))).map(({ file }) => file)).toEqual([
    'app_desc.yml',
    '.upsun/a.yaml',
    'stacktape.yml',
  ])
})
