import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, test } from 'vitest'

import { gantry, temporaryFolder } from './gantry.ts'

describe('usage', () => {
  test.concurrent.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['deplyo'], 'Did you mean deploy?'],
    [['ps', '--bogus'], "unknown option '--bogus'"],
    [['run'], "missing required argument 'command'"],
    [['run', 'ls', '-l'], "unknown option '-l'"],
    [['run', 'ls', 'src'], "too many arguments for 'run'"],
    [['logs', '-n', '0'], 'It is a number from 1 to 1000'],
    [['deployment', 'show', 'last'], 'It is a number, as in 12'],
    [['token', 'create', '--scope', 'root'], 'Allowed choices are push, read, operate, admin'],
    [['scale', 'web:3'], 'cannot scale by "web:3"'],
    [['server', '--listen', 'nowhere'], 'cannot listen on "nowhere"'],
  ])('%j is bad input', async (args, message) => {
    const { stdout, stderr, code } = await gantry(args)
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^ !     /)
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
  })

  test('help goes to stdout and is no failure', async () => {
    const { stdout, stderr, code } = await gantry(['app', 'create', '--help'])
    expect(stdout).toContain('$ gantry app create hello')
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  })

  test('no command at all shows the help as bad input', async () => {
    const { stdout, stderr, code } = await gantry([])
    expect(stderr).toContain('Usage: gantry')
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
  })

  test('the version is printed', async () => {
    expect(await gantry(['--version'])).toMatchObject({
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      code: 0,
    })
  })
})

describe('bin/gantry.js', () => {
  const BIN = fileURLToPath(new URL('../../bin/gantry.js', import.meta.url))

  test('is the command line', () => {
    const { stdout, status } = spawnSync(process.execPath, [BIN, '--version'], { encoding: 'utf8' })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(status).toBe(0)
  })

  test('tells an old Node what it needs', () => {
    const pretend =
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } })'
    const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, BIN, 'ps']
    const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(stderr).toBe(' !     Gantry needs Node 24 or newer, and this is Node 20.1.0\n')
    expect(status).toBe(2)
  })
})

describe('the home', () => {
  test('without a server is said with how to start one', async () => {
    const home = await temporaryFolder()
    const { stderr, code } = await gantry(['app', 'list', '--home', home])
    expect(stderr).toBe(
      ` !     no Gantry server runs for this home: ${home}\n       start one: gantry server --home ${home}\n`,
    )
    expect(code).toBe(2)
  })

  test('is taken from GANTRY_HOME, and --home wins', async () => {
    const home = await temporaryFolder()
    const env = { GANTRY_HOME: home }
    expect((await gantry(['ps'], { env })).stderr).toContain(`home: ${home}\n`)
    expect((await gantry(['ps', '--home', `${home}/other`], { env })).stderr).toContain(
      `home: ${home}/other\n`,
    )
  })
})

describe('config', () => {
  async function checkout(gantryYml: string): Promise<string> {
    const folder = join(await temporaryFolder(), 'hello')
    await mkdir(folder)
    await writeFile(join(folder, 'gantry.yml'), gantryYml)
    return folder
  }
  const GOOD = 'processes:\n  web: {command: bin/web, memory: 1}\n'
  const BAD = 'processes:\n  web: {command: bin/web, memroy: 1}\n  worker: {cpu: much}\n'

  test('shows each value with where it came from, without a server', async () => {
    const { stdout, code } = await gantry(['config', '-C', await checkout(GOOD)])
    expect(stdout).toMatch(/processes\.web\.memory +1 GB +gantry\.yml:2\n/)
    expect(stdout).toMatch(/processes\.web\.demand_count +1 +default\n/)
    expect(code).toBe(0)
  })

  test('prints the resolved app as JSON, named after the folder', async () => {
    const { stdout } = await gantry(['config', '--json', '-C', await checkout(GOOD)])
    expect(JSON.parse(stdout)).toMatchObject({
      app: { name: 'hello', environment: 'default', processes: [{ name: 'web', memory: 1024 }] },
    })
  })

  test('shows all mistakes with their lines, and ends as bad input', async () => {
    const { stdout, stderr, code } = await gantry(['config', '-C', await checkout(BAD)])
    expect(stderr).toContain('gantry.yml:2:')
    expect(stderr).toContain('> 2 |   web: {command: bin/web, memroy: 1}')
    expect(stderr).toContain('gantry.yml:3:')
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
  })

  test('reads another file and another environment where they are named', async () => {
    const folder = await checkout(GOOD)
    await writeFile(
      join(folder, 'other.yml'),
      `${GOOD}environments: {live: {processes: {web: {demand_count: 4}}}}\n`,
    )
    const args = ['config', '--json', '-C', folder, '--config', 'other.yml', '--environment', 'live']
    expect(JSON.parse((await gantry(args)).stdout)).toMatchObject({
      app: { environment: 'live', processes: [{ demand_count: 4 }] },
      files: ['other.yml'],
    })
  })
})
