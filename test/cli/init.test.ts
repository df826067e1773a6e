import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { Checkout } from './checkout.ts'
import { gantry, startServer, temporaryFolder, type Ended } from './gantry.ts'
import { TestHome } from './test-home.ts'

async function checkoutOf(files: Record<string, string>): Promise<Checkout> {
  const checkout = new Checkout(await temporaryFolder())
  checkout.write(files)
  return checkout
}

const init = (checkout: Checkout, ...args: string[]): Promise<Ended> =>
  gantry(['init', '-C', checkout.folder, ...args])
const written = (checkout: Checkout): string => readFileSync(join(checkout.folder, 'gantry.yml'), 'utf8')

const PROCFILE = {
  Procfile: 'web: serve\nworker: work\n',
  'app.json': '{"addons": ["redis"], "env": {"API_KEY": "abc-def"}}',
}

describe('from the file of another system', () => {
  test('a gantry.yml is written, and what was lost, what to set and what to do next is said', async () => {
    const checkout = await checkoutOf(PROCFILE)
    const { stdout, stderr, code } = await init(checkout)
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 })
    expect(stderr).toBe(`-----> Read Procfile, app.json: 2 processes
-----> Wrote gantry.yml
       read back, it gives the same app
 !     1 key has no equivalent: comments in gantry.yml say what to do
       app.json:1 addons: Gantry makes no databases and other services
 !     1 value that looks like a secret stayed behind. Before the next deploy:
       gantry env set API_KEY --secret
-----> Next
       gantry config: every value, and where it comes from
       git rm Procfile app.json: Gantry does not read it any more
       git add gantry.yml && git commit -m "Add gantry.yml"
       gantry plan: what a deployment would change
       git push gantry main
`)
    expect(written(checkout)).toContain('secrets:')
    expect(readdirSync(checkout.folder).sort()).toEqual(['.git', 'Procfile', 'app.json', 'gantry.yml'])
    expect((await gantry(['config', '-C', checkout.folder])).stdout).toMatch(
      /processes\.web\.command +serve +gantry\.yml:/,
    )
  })

  test('of several one has to be named, from wherever one is', async () => {
    const checkout = await checkoutOf({ ...PROCFILE, 'stacktape.yml': 'resources: {}' })
    expect(await init(checkout)).toMatchObject({
      code: 2,
      stderr: ` !     there are several files to write it from: Procfile, stacktape.yml
       say which one; without a gantry.yml, Gantry reads --from Procfile
`,
    })
    mkdirSync(join(checkout.folder, 'src'))
    const { stderr, code } = await gantry([
      'init',
      '-C',
      join(checkout.folder, 'src'),
      '--from',
      '../Procfile',
    ])
    expect({ stderr, code }).toMatchObject({ stderr: expect.stringContaining('Wrote gantry.yml'), code: 0 })
    expect(written(checkout)).toContain('  worker:\n    command: work\n')
  })

  test('that is wrong nothing is written, and each mistake is told with its place', async () => {
    const checkout = await checkoutOf({ Procfile: 'web serve\n' })
    const { stderr, code } = await init(checkout)
    expect({ stderr, code }).toMatchObject({ stderr: expect.stringContaining('Procfile:1:1'), code: 2 })
    expect(readdirSync(checkout.folder).sort()).toEqual(['.git', 'Procfile'])
  })

  test('is recognised by what stands in it, and that is said; what ECS refuses or rounds is said together', async () => {
    const checkout = await checkoutOf({
      'ours.yaml': `applications:
  store:
    type: "php:8.2"
    container_profile: BALANCED
    mounts: {var/data: {source: storage, source_path: data}}
    relationships: {db: "db:postgresql"}
    web: {commands: {start: serve}}
    workers: {queue: {commands: {start: work}}}
services: {db: {type: "postgresql:16"}}
`,
    })
    const { stderr, code } = await init(checkout, '--from', 'ours.yaml', '--engine', 'ecs')
    expect({ stderr, code }).toMatchObject({ code: 0 })
    expect(stderr).toContain('-----> Read ours.yaml (taken for a configuration of Upsun): 2 processes\n')
    expect(stderr).toContain(' applications.store.relationships: kept as `connect_to`; ')
    expect(stderr).toContain(' ours.yaml:9 services.db: Gantry makes no databases')
    expect(stderr).toContain(
      ' !     processes.web.mounts, processes.queue.mounts: There is no storage that instances share on ecs',
    )
    const text = written(checkout)
    expect(text).toMatch(/^app: store$/m)
    expect(text).toMatch(
      / # Fargate does not offer 1088 MB with 0\.5 vCPU[^\n]*\n(?: {2}#.*\n)* {2}memory: 2 GB\n/,
    )
    expect(text.match(/There is no storage/g)).toHaveLength(1)
  })

  test('variables that have no value are told with how to set them', async () => {
    const checkout = await checkoutOf({
      Procfile: 'web: serve\n',
      'app.json': '{"env": {"KEY": {"generator": "secret"}}}',
    })
    expect((await init(checkout, '--dry-run')).stderr)
      .toContain(` !     1 variable has no value. Before the next deploy:
       gantry env set KEY --secret
`)
  })

  test('with several modules, the file is said to stay for the others', async () => {
    const checkout = await checkoutOf({
      'app_desc.yaml': `spec_version: 2
modules:
  api: {language: Go, is_default: true, processes: {web: {command: serve}}}
  jobs: {language: Go, processes: {worker: {command: work}}}
`,
    })
    const { stderr } = await init(checkout, '--module', 'jobs')
    expect(stderr).toContain('\n       app_desc.yaml stays for the others that it describes\n')
    expect(stderr).not.toContain('git rm')
    checkout.write({
      'app_desc.yaml':
        'spec_version: 2\nmodules: {api: {language: Go, is_default: true, processes: {web: {command: serve}}}}\n',
    })
    expect((await init(checkout, '--module', 'api', '--force')).stderr).toContain('git rm app_desc.yaml: ')
  })

  test('an environment that the file does not name is what it says for all', async () => {
    const checkout = await checkoutOf({
      'app_desc.yaml': `spec_version: 2
module:
  language: Go
  env_variables: [{key: A, value: b, environment_name: prod}]
  processes: {web: {command: serve}}
`,
    })
    const { stderr, code } = await init(checkout, '--environment', 'qa')
    expect({ stderr, code }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 process, in default, stag, prod, qa'),
    })
    expect(written(checkout)).toMatch(/^ {2}qa: \{\}$/m)
  })

  test('values that look like secrets are to be set in each environment that has them [D24]', async () => {
    const checkout = await checkoutOf({
      'app_desc.yaml': `spec_version: 2
module:
  language: Go
  env_variables:
    - {key: DB_PASSWORD, value: a}
    - {key: DB_PASSWORD, value: b, environment_name: prod}
    - {key: URL, value: "http://u:p@h/x", environment_name: stag}
  processes: {web: {command: serve}}
`,
    })
    const { stderr } = await init(checkout)
    expect(stderr).toContain(` !     4 values that look like a secret stayed behind. Before the next deploy:
       gantry env set DB_PASSWORD --secret
       gantry env set DB_PASSWORD --secret --environment stag
       gantry env set URL --secret --environment stag
       gantry env set DB_PASSWORD --secret --environment prod
`)
    const text = written(checkout).replaceAll(/\n *# /g, ' ')
    expect(text).toMatch(
      /`gantry env set DB_PASSWORD --secret`\. [^`]* `gantry env set DB_PASSWORD --secret --environment prod`\./,
    )
    expect(text).toContain('`gantry env set URL --secret --environment stag`')
    expect(text).not.toContain('DB_PASSWORD --secret --environment stag')
  })

  test('as JSON it says all that, and nothing else', async () => {
    const checkout = await checkoutOf(PROCFILE)
    const { stdout, stderr } = await init(checkout, '--json')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'gantry.yml',
      written: true,
      kind: 'converted',
      read: ['Procfile', 'app.json'],
      environments: ['default'],
      lost: [{ path: 'addons', fate: 'unsupported', place: { file: 'app.json', line: 1 } }],
      secrets: [{ name: 'API_KEY', secret: true, process: null, environment: 'default' }],
      text: written(checkout),
    })
    expect(stdout).not.toContain('abc-def')
  })
})

describe('a gantry.yml that is there', () => {
  test('stays, unless it is to be replaced', async () => {
    const checkout = await checkoutOf({ ...PROCFILE, 'gantry.yml': 'processes: {}\n' })
    expect(await init(checkout)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is a gantry.yml already'),
    })
    expect(written(checkout)).toBe('processes: {}\n')
    expect(await init(checkout, '--force')).toMatchObject({ code: 0 })
    expect(written(checkout)).toContain('command: serve')
  })

  test('and is a link is never followed, and never replaced', async () => {
    const checkout = await checkoutOf(PROCFILE)
    const target = join(await temporaryFolder(), 'target')
    writeFileSync(target, 'mine')
    symlinkSync(target, join(checkout.folder, 'gantry.yml'))
    expect(await init(checkout, '--force')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is a symbolic link'),
    })
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  test('does not stand in the way of looking at what would be written', async () => {
    const checkout = await checkoutOf({ ...PROCFILE, 'gantry.yml': 'mine' })
    const { stdout, stderr, code } = await init(checkout, '--dry-run')
    expect({ stderr, code }).toMatchObject({
      stderr: expect.stringContaining('Nothing was written'),
      code: 0,
    })
    expect(stdout).toMatch(/^# Written by/)
    expect(written(checkout)).toBe('mine')
  })
})

describe('from what a repository looks like', () => {
  const NODE = {
    'package.json': '{"scripts": {"start": "node server.js"}}',
    'server.js': "require('http').createServer((_, answer) => answer.end('hi')).listen(process.env.PORT)",
  }

  test('a config is proposed, and it can be deployed as it is', async () => {
    const folder = await temporaryFolder()
    const server = await startServer(folder)
    try {
      const home = new TestHome(folder, server.url)
      const checkout = await home.newApp('proposed')
      checkout.git('rm', '--quiet', 'gantry.yml')
      checkout.write(NODE)
      const { stderr, code } = await init(checkout)
      expect({ stderr, code }).toMatchObject({
        stderr: expect.stringContaining('Found Node.js: 1 process'),
        code: 0,
      })
      checkout.commit('proposed')
      expect(await home.run(['deploy', '-C', checkout.folder])).toMatchObject({
        stderr: expect.stringContaining('Released v1'),
        code: 0,
      })
    } finally {
      await server.stop()
    }
  })

  test('for ECS what has to be filled in is said', async () => {
    const checkout = await checkoutOf(NODE)
    const { stderr, stdout } = await init(checkout, '--engine', 'ecs', '--dry-run')
    expect(stderr).toContain(' !     ecs.subnets: Fill in: the subnets that instances start in.')
    expect(stdout).toContain('subnets: [subnet-FILL-IN]')
    const json = JSON.parse((await init(checkout, '--engine', 'ecs', '--json')).stdout) as object
    expect(json).toMatchObject({
      kind: 'proposed',
      written: true,
      found: ['Node.js'],
      fill_in: expect.arrayContaining([expect.objectContaining({ path: ['ecs', 'subnets'] })]),
    })
  })

  test('that tells nothing no file is written', async () => {
    const checkout = await checkoutOf({ 'README.md': '' })
    expect(await init(checkout)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nothing in this repository tells what to run'),
    })
    expect(await init(checkout, '--module', 'api')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--module is about the file of another system'),
    })
    expect(readdirSync(checkout.folder).sort()).toEqual(['.git', 'README.md'])
  })

  test('but a Dockerfile without a command, it is said which engine builds it', async () => {
    const checkout = await checkoutOf({ Dockerfile: 'FROM scratch\nENTRYPOINT ["/app"]\n' })
    expect(await init(checkout)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('with `--engine ecs` it is built'),
    })
    expect(await init(checkout, '--engine', 'ecs', '--dry-run')).toMatchObject({ code: 0 })
  })

  test('a package.json may begin with a byte order mark', async () => {
    const checkout = await checkoutOf({ 'package.json': '\uFEFF{"scripts": {"start": "node a.js"}}' })
    expect((await init(checkout, '--dry-run')).stdout).toContain('command: node a.js')
  })

  test('links, large files and binary ones tell nothing, and do no harm', async () => {
    const outside = join(await temporaryFolder(), 'package.json')
    writeFileSync(outside, '{"scripts": {"start": "node stolen.js"}}')
    const checkout = await checkoutOf({
      'server.js': '\u00ff',
      'index.js': 'x'.repeat(2 * 1024 * 1024),
      'go.mod': '',
    })
    writeFileSync(join(checkout.folder, 'main.go'), Buffer.from([0xff, 0xfe]))
    symlinkSync(outside, join(checkout.folder, 'package.json'))
    symlinkSync('/', join(checkout.folder, 'src'))
    expect(await init(checkout)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nothing in this repository'),
    })
  })
})
