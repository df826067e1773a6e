import { describe, expect, test } from 'vitest'

import { fixture } from './fixtures.ts'
import { problemsOf, read, taskOf } from './files.ts'

const CONFIG = '.upsun/config.yaml'
const WEB = 'web: {commands: {start: serve}}'
const project = (body: string, rest = '') =>
  `${rest}\napplications:\n  shop:\n    type: python:3.12\n${body.replaceAll(/^/gm, '    ')}`
const readApp = (body: string, rest = '') => read({ [CONFIG]: project(body, rest) })
const PREFIX = 'applications.shop.'

async function toldOf(path: string, body: string, rest = '') {
  const { warnings } = await readApp(body, rest)
  const found = warnings.find((each) => each.path === path)
  return found && [found.message.slice(path.length + 1), found.hint]
}

describe('what is said of a key is why, and its hint what to do', () => {
  test.each([
    [
      'on-e',
      '"on-e"',
      'not supported: the name must be letters, digits and underscores, not beginning with a digit',
    ],
    [
      '["a.b"]',
      '"a.b"',
      'not supported: the name must be letters, digits and underscores, not beginning with a digit',
    ],
    [
      '[""]',
      '""',
      'not supported: the name must be letters, digits and underscores, not beginning with a digit',
    ],
    [
      'port',
      'port',
      'not supported: the name must be another one, because the engine gives PORT to every instance',
    ],
    [
      'gantry_x',
      'gantry_x',
      'not supported: the name must be another one, because names that begin with GANTRY_ belong to Gantry',
    ],
  ])('a variable %s that cannot be one', async (path, name, why) => {
    const found = `${PREFIX}variables.env${path.startsWith('[') ? path : `.${path}`}`
    expect(await toldOf(found, `variables: {env: {${name}: x}}\n${WEB}`)).toEqual([
      `is ${why}`,
      name === 'port' ? 'Leave it out: the process reads its port from PORT.' : 'Give it another name.',
    ])
  })

  test('an operation is a task, which is run as one', async () => {
    const told = await toldOf(
      `${PREFIX}operations.clear`,
      `${WEB}\noperations: {clear: {commands: {start: a}}}`,
    )
    expect(told?.[1]).toBe('Run it with `gantry task run NAME`.')
  })

  test('of a cron with both forms of its command, the one that counts is said', async () => {
    const body = `${WEB}\ncrons: {a: {spec: 1 1 * * *, cmd: old, commands: {start: new}}}`
    expect(taskOf((await readApp(body)).app, 'a').command).toBe('new')
    expect(await toldOf(`${PREFIX}crons.a.cmd`, body)).toEqual([
      'is not supported: `commands.start` counts',
      'Leave it out.',
    ])
  })

  test('what an operation has beside its start is not run', async () => {
    const body = `${WEB}\noperations: {o: {commands: {start: x, stop: y}}}`
    expect(taskOf((await readApp(body)).app, 'o').command).toBe('x')
    expect(await toldOf(`${PREFIX}operations.o.commands.stop`, body)).toEqual([
      'is not supported: only `start` is run, and a run is ended with SIGTERM',
      'Let the command end itself on SIGTERM.',
    ])
  })

  test('a cron has at most an hour to end', async () => {
    const cron = (seconds: number) =>
      `${WEB}\ncrons: {a: {spec: 1 1 * * *, cmd: b, shutdown_timeout: ${seconds}}}`
    const path = `${PREFIX}crons.a.shutdown_timeout`
    expect(taskOf((await readApp(cron(3601))).app, 'a').stop_timeout).toBe(3600)
    expect(await toldOf(path, cron(3601))).toEqual([
      'is approximated: 1 h, the longest that there is',
      'Let the command end itself sooner.',
    ])
    expect(taskOf((await readApp(cron(3600))).app, 'a').stop_timeout).toBe(3600)
    expect(await toldOf(path, cron(3600))).toBeUndefined()
  })

  test('access is about shells only, and what else it says replaces that of the app all the same', async () => {
    const body = `access: {ssh: admin, web: viewer}\nworkers: {q: {commands: {start: a}}, r: {commands: {start: b}, access: {web: contributor}}}`
    const { app } = await readApp(body)
    expect(app.processes.map(({ access }) => access)).toEqual([{ ssh: 'admin' }, { ssh: null }])
    for (const path of ['access.web', 'workers.r.access.web']) {
      expect(await toldOf(`${PREFIX}${path}`, body), path).toEqual([
        'is not supported: an instance is reached by a shell only',
        'Leave it out.',
      ])
    }
  })

  test('a hook that says nothing is no task, and no warning', async () => {
    for (const blank of ['', '""', '"  "']) {
      const { app, warnings } = await readApp(
        `${WEB}\nhooks: {build: ${blank}, deploy: ${blank}, post_deploy: ${blank}}`,
      )
      expect(app.tasks).toEqual([])
      expect(app.build.command).toBeNull()
      expect(warnings.filter(({ path }) => path?.includes('hooks'))).toEqual([])
    }
  })

  test('a key beside applications may hold anchors, and may be a misspelled one', async () => {
    expect(await toldOf('x-common', `${WEB}\nvariables: *v`, 'x-common: &v {env: {A: b}}')).toEqual([
      'is not supported: Upsun has no such key; what is taken from its anchors has its values all the same',
      'Leave it where it only holds anchors. Known are applications, services and routes.',
    ])
    expect((await toldOf('service', WEB, 'service: {db: {type: "mariadb:11"}}'))?.[1]).toBe(
      'Did you mean "services"?',
    )
  })

  test.each(['!include base.yaml', '!include {path: base.yaml}', '[!include base.yaml]', '*base'])(
    'a merge key takes no %s',
    async (merged) => {
      const [problem] = await problemsOf({
        [CONFIG]: project(`${WEB}\nvariables: {<<: ${merged}}`, 'x: &base !include base.yaml'),
        'base.yaml': 'env: {A: b}',
      })
      expect(problem).toMatchObject({
        message: `${CONFIG} cannot be read: \`<<\` cannot take what \`!include\` brings in`,
        hint: 'Write `!include` in place of the whole map, or merge an anchor of this file.',
      })
    },
  )

  test('of an unknown tag, the ones that there are are named', async () => {
    const [problem] = await problemsOf({ [CONFIG]: project(`web: !env X`) })
    expect(problem).toMatchObject({
      message: `${CONFIG} is not valid YAML: this tag is not known`,
      hint: 'Leave it out, or use `!include` or `!archive`.',
    })
    const [other] = await problemsOf('env: !env X')
    expect(other?.hint).toBe('Custom tags (`!name`) are not allowed. Leave it out.')
  })

  test('every warning has a hint', async () => {
    const body = `access: {ssh: admin}
variables: {env: {a: "1", A: "2"}}
web: {commands: {start: serve}, locations: {/: {passthru: /index.php, root: web}}}
crons: {a: {spec: "* * * * *", cmd: b, timeout: 5}}
hooks: {build: a, deploy: b, post_deploy: c}
operations: {c: {role: admin, commands: {start: d}}}`
    const routes = 'routes: {"https://{default}/": {type: upstream, upstream: "shop:http"}}'
    const results = await Promise.all([
      readApp(body, routes),
      read({ '.upsun/config.yaml': fixture('upsun-config.yaml') }),
      read({ '.platform.app.yaml': fixture('platform.app.yaml') }),
    ])
    const warnings = results.flatMap((each) => each.warnings)
    expect(warnings.length).toBeGreaterThan(20)
    expect(warnings.filter(({ hint }) => hint === undefined).map(({ message }) => message)).toEqual([])
  })
})
