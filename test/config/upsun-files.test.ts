import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { folderFiles } from '../../src/config/folder.ts'
import { readConfig } from '../../src/config/read.ts'
import { placedProblemsOf, problemsOf, processOf, read, showPlaced } from './files.ts'

const APP = 'type: go:1.23, web: {commands: {start: serve}}'

describe('the files of .upsun', () => {
  test('are merged, and of two apps with one name that of the later file counts as a whole', async () => {
    const { app, files, warnings } = await read({
      '.upsun/a.yaml': `applications: {shop: {${APP}, source: {root: one}}}\nservices: {db: {type: "mariadb:11"}}`,
      '.upsun/b.yml':
        'applications: {shop: {type: go:1.23, web: {commands: {start: other}}, relationships: {db: }}}',
      '.upsun/notes.txt': 'not YAML: [',
      '.upsun/deep/c.yaml': 'not read: [',
    })
    expect(files).toEqual(['.upsun/a.yaml', '.upsun/b.yml'])
    expect(processOf(app, 'web').command).toBe('other')
    expect(app.build.context).toBe('.')
    expect(warnings.map(showPlaced)).toContain(
      '.upsun/a.yaml:1:16 applications."shop" is in .upsun/b.yml too: that one counts, as a whole',
    )
    expect(warnings.some((each) => each.message.includes('is not read'))).toBe(false)
  })

  test('of several apps: the one that is asked for is deployed, and all are listed where none is', async () => {
    const files = {
      '.upsun/config.yaml': `applications:\n  api: {${APP}}\n  jobs: {type: "python:3.12", workers: {q: {commands: {start: work}}}, mounts: {a: {source: storage}}}`,
    }
    expect((await read(files, { module: 'jobs' })).app.processes.map((each) => each.name)).toEqual(['q'])
    const { app, warnings } = await read({ ...files, 'gantry.yml': 'module: api' })
    expect(app.processes.map((each) => each.name)).toEqual(['web'])
    expect(warnings.filter((each) => each.path?.includes('jobs'))).toEqual([])
    const [problem] = await problemsOf(files)
    expect(showPlaced(problem!)).toBe('.upsun/config.yaml:1:1 .upsun has several apps: api, jobs')
    expect(problem!.hint).toBe('Say which one with `module: NAME` in gantry.yml, or with --module.')
    const [missing] = await problemsOf(files, { module: 'job' })
    expect(missing).toMatchObject({
      message: '.upsun has no app "job"',
      hint: 'Did you mean "jobs"? There are: api, jobs.',
    })
  })

  test('may have keys of their own, such as anchors, with a warning', async () => {
    const { app, warnings } = await read({
      '.upsun/config.yaml': `x-env: &env {env: {A: "1"}}\napplications: {shop: {${APP}, variables: *env}}`,
    })
    expect(app.env).toEqual({ A: '1' })
    expect(warnings.map(showPlaced)).toContain(
      '.upsun/config.yaml:1:1 x-env is not supported: Upsun has no such key; what is taken from its anchors has its values all the same',
    )
  })

  test('are no further files of the project where one includes the other, whatever is in them', async () => {
    const { app, warnings } = await read({
      '.upsun/app.yaml':
        'source: {root: back}\ntype: go:1.23\nweb: !include web.yaml\nstack: !include stack.yaml',
      '.upsun/config.yaml': 'applications: {shop: !include app.yaml}',
      '.upsun/motd.yaml': 'just a text',
      '.upsun/more.yaml':
        'env: {MOTD: !include {type: string, path: motd.yaml}}\nservices: {db: {type: "mariadb:11"}}',
      '.upsun/stack.yaml': '- go@1.23',
      'back/web.yaml': 'commands: {start: serve}\nvariables: !include more.yaml\nrelationships: {db: }',
    })
    expect(processOf(app, 'web')).toMatchObject({ command: 'serve', env: { MOTD: 'just a text' } })
    expect(warnings.filter(({ message }) => message.includes('has no such key'))).toEqual([])
    expect(warnings.map(({ path }) => path)).toContain('services.db')
  })

  test('are lists where another file includes them only', async () => {
    const files = {
      '.upsun/config.yaml': `applications: {shop: {${APP}}}`,
      '.upsun/list.yaml': '- !include nowhere.yaml',
    }
    expect(await placedProblemsOf(files)).toEqual(['.upsun/list.yaml:1:1 .upsun/list.yaml must be a map'])
  })

  test('have each value with its own file', async () => {
    const { provenance } = await read({
      '.upsun/config.yaml': `applications: {shop: {${APP}, hooks: {deploy: !include {type: string, path: deploy.sh}}}}`,
      'deploy.sh': 'migrate\n',
    })
    expect(provenance['processes.web.command']).toMatchObject({
      file: '.upsun/config.yaml',
      line: 1,
      column: 62,
    })
    expect(provenance['tasks.deploy-hook.command']).toEqual({
      kind: 'file',
      file: 'deploy.sh',
      line: 1,
      column: 1,
    })
  })
})

describe('!include', () => {
  const config = (body: string) => ({
    '.upsun/config.yaml': `applications:\n  shop:\n    type: go:1.23\n${body.replaceAll(/^/gm, '    ')}`,
  })

  test('takes YAML, texts and bytes from other files; those that are not config stay in the image', async () => {
    const { app, files } = await read({
      ...config(
        'source: {root: backend}\nworkers:\n  a: !include worker.yaml\n  b: !include {type: yaml, path: ./worker.yaml}\n  c: !include\n    path: worker.yaml\nhooks:\n  build: !include\n    type: string\n    path: ../scripts/build.sh\nvariables: {env: {logo: !include {type: binary, path: logo.ico}}}',
      ),
      'backend/worker.yaml': 'commands: {start: work}\nvariables: {env: {type: worker}}',
      'scripts/build.sh': 'set -e\nmake\n',
      'backend/logo.ico': 'icon',
    })
    for (const name of ['a', 'b', 'c']) {
      expect(processOf(app, name)).toMatchObject({ command: 'work', env: { TYPE: 'worker' } })
    }
    expect(app.build).toMatchObject({ context: 'backend', command: 'set -e\nmake' })
    expect(app.env).toEqual({ LOGO: Buffer.from('icon').toString('base64') })
    expect(files).toEqual(['.upsun/config.yaml', 'backend/worker.yaml'])
  })

  test('takes a whole app, from the folder of the file, and what that includes', async () => {
    const { app } = await read({
      '.upsun/config.yaml': 'applications:\n  shop:\n    !include ./apps/shop.yaml\n',
      '.upsun/apps/shop.yaml':
        'source: {root: /}\ntype: go:1.23\nweb: !include web.yaml\nhooks: {deploy: !include {type: string, path: up.sh}}',
      '.upsun/apps/web.yaml': 'commands: {start: serve}',
      'up.sh': 'migrate',
    })
    expect(processOf(app, 'web').command).toBe('serve')
    expect(app.tasks[0]!.command).toBe('migrate')
  })

  test('is checked like what stands in the file, with the place in the included one', async () => {
    expect(
      await placedProblemsOf({
        ...config('workers: {a: !include worker.yaml}'),
        'worker.yaml': 'comands: {start: a}',
      }),
    ).toEqual([
      '.upsun/config.yaml:4:15 applications.shop.workers.a.commands is missing',
      'worker.yaml:1:1 "comands" is not a key of applications.shop.workers.a',
    ])
  })

  test.each([
    [
      'a file that is not there',
      '!include nope.yaml',
      'There is no file "nope.yaml" and no ".upsun/nope.yaml"',
    ],
    [
      'a file outside',
      '!include ../../../secret.yaml',
      '"../../../secret.yaml" is outside of the repository',
    ],
    ['an absolute path', '!include /etc/passwd', '"/etc/passwd" is outside of the repository'],
    [
      "git's own folder",
      '!include {type: string, path: .git/config}',
      '".git/config" is outside of the repository',
    ],
    [
      'another type',
      '!include {type: json, path: a.json}',
      '`!include` takes a path, or a map of `path` and `type`',
    ],
    ['no path', '!include {type: yaml}', '`!include` takes a path, or a map of `path` and `type`'],
    [
      'more than that',
      '!include {path: a, mode: b}',
      '`!include` takes a path, or a map of `path` and `type`',
    ],
    ['a list', '!include [a]', '`!include` takes a path, or a map of `path` and `type`'],
    ['a folder where none is of use', '!archive conf', '`!archive` has no meaning here'],
    ['a tag of somebody else', '!secret x', '.upsun/config.yaml is not valid YAML: this tag is not known'],
    [
      "a language's own tag",
      '!!js/function x',
      '.upsun/config.yaml is not valid YAML: this tag is not known',
    ],
  ])('refuses %s', async (_, tag, expected) => {
    const problems = await placedProblemsOf({
      ...config(`web: ${tag}`),
      '../../secret.yaml': 'commands: {start: a}',
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^\.upsun\/config\.yaml:4:\d+ /)
    expect(problems[0]).toContain(expected)
  })

  test('refuses a circle, and says how it goes', async () => {
    const files = {
      ...config('web: !include a.yaml'),
      'a.yaml': 'commands: !include b.yaml',
      'b.yaml': '{start: !include a.yaml}',
    }
    expect(await placedProblemsOf(files)).toEqual([
      'b.yaml:1:18 this file includes itself: ".upsun/config.yaml" → "a.yaml" → "b.yaml" → "a.yaml"',
    ])
    expect(
      await placedProblemsOf({ ...config('web: !include a.yaml'), 'a.yaml': '!include a.yaml' }),
    ).toEqual(['a.yaml:1:10 this file includes itself: ".upsun/config.yaml" → "a.yaml" → "a.yaml"'])
    const [problem] = await placedProblemsOf(config('web: !include config.yaml'))
    expect(problem).toContain('this file includes itself: ".upsun/config.yaml" → ".upsun/config.yaml"')
  })

  test('refuses what multiplies without end, soon', async () => {
    const many = Array.from({ length: 10 }, (_, index) => `k${index}: !include`)
    const files: Record<string, string> = config('web: !include 0.yaml')
    for (let level = 0; level < 9; level++)
      files[`${level}.yaml`] = many.map((each) => `${each} ${level + 1}.yaml`).join('\n')
    files['9.yaml'] = '{}'
    expect((await placedProblemsOf(files))[0]).toContain('includes bring in too much')
    const laughs = Array.from({ length: 6 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(7)}]`,
    ).join('\n')
    const workers = Array.from({ length: 60 }, (_, index) => `  w${index}: !include big.yaml`).join('\n')
    expect((await placedProblemsOf({ ...config(`workers:\n${workers}`), 'big.yaml': laughs }))[0]).toContain(
      'includes bring in too much',
    )
  })

  test('is allowed a hundred times', async () => {
    const workers = (count: number) =>
      Array.from({ length: count }, (_, index) => `  w${index}: !include w.yaml`).join('\n')
    const files = { 'w.yaml': 'commands: {start: a}' }
    const { app } = await read({ ...config(`workers:\n${workers(100)}`), ...files })
    expect(app.processes).toHaveLength(100)
    expect(await placedProblemsOf({ ...config(`workers:\n${workers(101)}`), ...files })).toEqual([
      '.upsun/config.yaml:105:22 includes bring in too much',
    ])
  })

  test('is done once for an alias that stands in many places', async () => {
    const aliases = Array.from({ length: 200 }, (_, index) => `  w${index}: *w`).join('\n')
    const { app } = await read({
      ...config(`workers:\n  w: &w {commands: !include w.yaml}\n${aliases}`),
      'w.yaml': 'start: a',
    })
    expect(app.processes).toHaveLength(201)
  })

  test('lets services have folders, which are not read', async () => {
    const { app } = await read({
      '.upsun/config.yaml': `applications: {shop: {${APP}}}\nservices:\n  search:\n    type: solr:9\n    configuration: {conf_dir: !archive "solr/conf"}`,
    })
    expect(app.processes).toHaveLength(1)
  })
})

describe('in a folder on disk', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-upsun-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })
  const write = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  const readFolder = () => readConfig(folderFiles(folder), { name: 'shop' })
  const problem = async () => {
    const error = await readFolder().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConfigError)
    return showPlaced((error as ConfigError).diagnostics.find((each) => each.severity === 'error')!)
  }
  const including = (tag: string) =>
    write('.upsun/config.yaml', `applications: {shop: {${APP}, variables: {env: {A: ${tag}}}}}`)

  test('bytes are taken as they are', async () => {
    const bytes = Buffer.from([0, 255, 128, 10])
    await including('!include {type: binary, path: key.bin}')
    await write('key.bin', bytes)
    expect((await readFolder()).app.env).toEqual({ A: bytes.toString('base64') })
    await including('!include {type: string, path: key.bin}')
    expect(await problem()).toBe('key.bin:1:1 "key.bin" is not text in UTF-8')
  })

  test('a symbolic link is never followed', async () => {
    await symlink('/etc/hostname', join(folder, 'link'))
    for (const type of ['string', 'binary', 'yaml']) {
      await including(`!include {type: ${type}, path: link}`)
      expect(await problem()).toBe('link:1:1 "link" is a symbolic link')
    }
    await rm(join(folder, '.upsun'), { recursive: true })
    await mkdir(join(folder, '.upsun'))
    await symlink('/etc/hostname', join(folder, '.upsun/config.yaml'))
    expect(await problem()).toBe('.upsun/config.yaml:1:1 ".upsun/config.yaml" is a symbolic link')
  })

  test('a file that is too big is refused', async () => {
    await including('!include {type: string, path: big.sh}')
    await write('big.sh', 'x'.repeat(1024 * 1024 + 1))
    expect(await problem()).toBe('big.sh:1:1 "big.sh" is larger than 1 MiB')
  })

  test('what an included text says is never shown', async () => {
    await including('!include {type: string, path: token}')
    await write('token', `hunter2 ${'x'.repeat(40_000)}`)
    const error = (await readFolder().catch((thrown: unknown) => thrown)) as ConfigError
    expect(error.message).toContain('must be a text without NUL of at most 32768 characters')
    expect(JSON.stringify(error.diagnostics)).not.toContain('hunter2')
  })
})

describe('a hostile .upsun', () => {
  const problemsWith = (text: string) => placedProblemsOf({ '.upsun/config.yaml': text })

  test('of aliases that expand without end is refused', async () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
    )
    expect((await problemsWith(levels.join('\n')))[0]).toContain('its aliases expand to too much')
  })

  test('that is nested without end, or has 10 MB, is refused', async () => {
    expect((await problemsWith(`{"applications": ${'['.repeat(20_000)}`))[0]).toContain(
      'it is nested too deeply',
    )
    expect(await problemsWith('x'.repeat(10 * 1024 * 1024))).toEqual([
      '.upsun/config.yaml:1:1 .upsun/config.yaml is larger than 1 MiB',
    ])
  })

  test('of many files is refused', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`.upsun/${index}.yaml`, 'applications: {}']),
    )
    expect((await placedProblemsOf(files))[0]).toContain(
      '.upsun holds too much: more than 50 files, or than 1 MiB',
    )
    const large = { '.upsun/a.yaml': `# ${'x'.repeat(600_000)}`, '.upsun/b.yaml': `# ${'x'.repeat(600_000)}` }
    expect((await placedProblemsOf(large))[0]).toContain('.upsun holds too much')
  })
})
