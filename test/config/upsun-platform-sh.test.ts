import { describe, expect, test } from 'vitest'

import type { Provenance } from '../../src/config/provenance.ts'
import { fixture } from './fixtures.ts'
import { placedProblemsOf, problemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

const FILE = '.platform.app.yaml'
const byPlatformSh: Provenance = { kind: 'default', of: 'Platform.sh' }
const file = (body: string) => `name: shop\ntype: python:3.12\n${body}`
const readApp = (body: string, files: Record<string, string> = {}) => read({ [FILE]: file(body), ...files })
const WEB = 'web: {commands: {start: serve}}'

describe('an app of Platform.sh', () => {
  test('is read whole', async () => {
    const { app, files, provenance } = await read({ [FILE]: fixture('platform.app.yaml') })
    expect(files).toEqual([FILE])
    expect(app.processes.map(({ name, cpu, memory, env }) => [name, cpu, memory, env])).toEqual([
      ['web', 2048, 640, { ROLE: 'web' }],
      ['mail', 512, 128, { ROLE: 'worker' }],
    ])
    expect(taskOf(app, 'deploy-hook')).toMatchObject({ command: 'python manage.py migrate', memory: 640 })
    expect(taskOf(app, 'report')).toMatchObject({ schedule: '17 2 * * *', concurrency: 'forbid' })
    expect(app.build.command).toBe('pip install -r requirements.txt')
    expect(provenance['processes.mail.stop_timeout']).toEqual(byPlatformSh)
    expect(provenance['processes.web.memory']).toMatchObject({
      kind: 'inherited',
      from: 'defaults.memory',
      line: 5,
    })
  })

  test('UP-25, UP-31: has the size that it names, and workers inherit size and resources each as a whole', async () => {
    const sizes = async (body: string) =>
      (await readApp(body)).app.processes.map(({ cpu, memory }) => [cpu / 1024, memory])
    const worker = (own: string) => `workers: {q: {commands: {start: work}${own}}}`
    expect(await sizes(`size: 2XL\n${worker('')}`)).toEqual([[5, 768]])
    expect(await sizes(`size: L\nresources: {base_memory: 128, memory_ratio: 180}\n${worker('')}`)).toEqual([
      [2, 488],
    ])
    expect(
      await sizes(`size: L\nresources: {base_memory: 128, memory_ratio: 180}\n${worker(', size: S')}`),
    ).toEqual([[0.5, 218]])
    expect(await sizes(`size: S\n${worker(', resources: {memory_ratio: 256}')}`)).toEqual([[0.5, 192]])
    expect(
      (await read({ [FILE]: 'name: a\ntype: java:21\nsize: L\nweb: {commands: {start: a}}' })).app
        .processes[0],
    ).toMatchObject({
      memory: 1280,
    })
  })

  test('UP-40: is sized by Gantry where Platform.sh chooses, and says so', async () => {
    const { app, keys } = await readApp(`size: AUTO\nresources: {base_memory: 64}\n${WEB}`)
    expect(processOf(app, 'web')).toMatchObject({ cpu: 256, memory: 512, demand_count: 1 })
    expect(
      keys.flatMap(({ path, fate }) => (/^(size|resources)$/.test(path) ? [`${path} ${fate}`] : [])),
    ).toEqual(['size approximated', 'resources unsupported'])
  })

  test('UP-25: has the disk that it asks for, as scratch space', async () => {
    const { app, warnings } = await readApp(
      `disk: 51200\nweb: {commands: {start: a}, disk: 512000}\nworkers: {q: {commands: {start: b}, disk: 256}, r: {commands: {start: c}}}`,
    )
    expect(app.processes.map((each) => each.ephemeral_storage_gb)).toEqual([50, null, 50])
    expect(warnings.map((each) => each.message)).toContain(
      'web.disk is not supported: an instance has at most 200 GB',
    )
  })

  test('UP-35: may have its mounts as texts, as they were written at first', async () => {
    const { app, keys } = await readApp(
      `mounts: {/a: "shared:files/a", b: "tmp:b", c: {source: local}}\n${WEB}`,
    )
    expect(
      keys.flatMap(({ path, fate }) =>
        path.startsWith('mounts') && !path.endsWith('source') ? [`${path} ${fate}`] : [],
      ),
    ).toEqual(['mounts honoured', 'mounts["/a"] honoured', 'mounts.b honoured', 'mounts.c honoured'])
    expect(processOf(app, 'web').mounts).toEqual({
      a: { source: 'storage', source_path: 'files/a' },
      b: { source: 'tmp', source_path: 'b' },
      c: { source: 'instance', source_path: 'c' },
    })
    expect((await placedProblemsOf({ [FILE]: file(`mounts: {a: x}\n${WEB}`) }))[0]).toBe(
      '.platform.app.yaml:3:13 mounts.a must be a text such as `shared:files/uploads`, or a map; found "x"',
    )
  })

  test('is read with its services and routes', async () => {
    const { app, files, warnings } = await readApp(`relationships: {db: "mysql:mysql"}\n${WEB}`, {
      '.platform/services.yaml':
        'mysql: {type: "mariadb:11", disk: 512, configuration: {dir: !archive conf}}',
      '.platform/routes.yaml':
        '"https://{default}/": {type: upstream, upstream: "shop:http"}\n"https://www.{default}/": {type: redirect, to: "https://{default}/"}',
    })
    expect(files).toEqual([FILE, '.platform/services.yaml', '.platform/routes.yaml'])
    expect(processOf(app, 'web').expose).toBe('public')
    expect(warnings.map(showPlaced)).toEqual(
      expect.arrayContaining([
        '.platform/services.yaml:1:1 mysql is not supported: Gantry makes no databases, queues and caches, and no variables with their addresses',
        '.platform/routes.yaml:2:1 ["https://www.{default}/"] is not supported: Gantry redirects nothing, and passes nothing on to other addresses',
      ]),
    )
    expect(
      await placedProblemsOf({
        [FILE]: file(`relationships: {db: "mysql:a"}\n${WEB}`),
        '.platform/services.yaml': 'redis: {type: "redis:7"}',
      }),
    ).toContain('.platform.app.yaml:3:17 There is no service "mysql"')
  })

  test.each([
    ['no name', 'type: go:1\nweb: {commands: {start: a}}', 'name is missing'],
    [
      'a size that does not exist',
      file(`size: XXL\n${WEB}`),
      'size must be one of AUTO, XS, S, M, L, XL, 2XL, 4XL; found "XXL"',
    ],
    [
      'too little memory',
      file(`size: S\nresources: {base_memory: 32}\n${WEB}`),
      'resources.base_memory must be a whole number from 64 to 1024; found 32',
    ],
    [
      'too small a disk',
      file(`disk: 64\n${WEB}`),
      'disk must be a whole number from 128 to 10000000; found 64',
    ],
    [
      'a mount of Upsun',
      file(`mounts: {a: {source: storage}}\n${WEB}`),
      'source must be one of local, service, tmp; found "storage"',
    ],
    [
      'a profile of Upsun',
      file(`container_profile: BALANCED\n${WEB}`),
      '"container_profile" is not a key of this file',
    ],
    ['apps of Upsun', `applications: {a: {type: "go:1"}}`, '"applications" is not a key of this file'],
  ])('that Platform.sh refuses is refused: %s', async (_, text, expected) => {
    const problems = await placedProblemsOf({ [FILE]: text })
    expect(problems.join('\n')).toContain(expected)
    expect(problems.every((each) => each.startsWith(`${FILE}:`))).toBe(true)
  })
})

describe('.platform/applications.yaml', () => {
  const several = (text: string) => ({ '.platform/applications.yaml': text })
  const APP = 'type: go:1.23, web: {commands: {start: serve}}'

  test('has apps by name or in a list, and one is deployed', async () => {
    for (const text of [
      `api: {${APP}, source: {root: api}}\njobs: {${APP}}`,
      `- {name: api, ${APP}, source: {root: api}}\n- {name: jobs, ${APP}}`,
    ]) {
      const { app } = await read(several(text), { module: 'api' })
      expect(app.build.context).toBe('api')
      const [problem] = await problemsOf(several(text))
      expect(problem!.message).toBe('.platform/applications.yaml has several apps: api, jobs')
    }
  })

  test('has each app once, with a name', async () => {
    expect(await placedProblemsOf(several(`- {${APP}}\n- {name: a, ${APP}}\n- {name: a, ${APP}}`))).toEqual([
      '.platform/applications.yaml:1:3 An app of a list must have a name',
      '.platform/applications.yaml:3:3 The app "a" is here for the second time',
    ])
    expect(await placedProblemsOf(several(''))).toEqual([
      '.platform/applications.yaml:1:1 .platform/applications.yaml has no app',
    ])
  })

  test('is not read beside a .platform.app.yaml, nor that beside .upsun, with a warning', async () => {
    const { files, warnings } = await read({ ...several(`a: {${APP}}`), [FILE]: file(WEB) })
    expect(files).toEqual([FILE])
    expect(warnings.map((each) => each.message)).toContain(
      '.platform/applications.yaml is not read: .platform.app.yaml is',
    )
    const both = await read({ '.upsun/config.yaml': `applications: {shop: {${APP}}}`, [FILE]: file(WEB) })
    expect(both.files).toEqual(['.upsun/config.yaml'])
    expect(
      (
        await read({
          '.upsun/config.yaml': `applications: {shop: {${APP}}}`,
          [FILE]: file(WEB),
          'gantry.yml': 'from: Platform.sh',
        })
      ).files,
    ).toEqual(['gantry.yml', FILE])
  })

  test('in a folder of its own: the app is there', async () => {
    const { app } = await read(
      {
        'shop/.platform.app.yaml': file(`${WEB}\nhooks: {deploy: !include {type: string, path: up.sh}}`),
        'shop/up.sh': 'up',
      },
      { config: 'shop/.platform.app.yaml' },
    )
    expect(app.build.context).toBe('shop')
    expect(taskOf(app, 'deploy-hook').command).toBe('up')
  })
})
