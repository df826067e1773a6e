import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises'
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
    [['run', '--bogus', 'ls'], "unknown option '--bogus'"],
    [['logs', '-n', '0'], 'It is a number from 1 to 1000'],
    [['deployment', 'show', 'last'], 'It is the number of a deployment, as in 12'],
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

  describe('on an old Node', () => {
    const pretend =
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } })'
    const asOld = (bin: string) => ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, bin]

    /** The package with this program, and with a Node of its own where it is wanted. */
    async function packageOf(program: string, hasNode = true): Promise<string> {
      const folder = await temporaryFolder()
      await Promise.all(
        ['bin', 'dist', 'node_modules/node/bin'].map((each) =>
          mkdir(join(folder, each), { recursive: true }),
        ),
      )
      await writeFile(join(folder, 'package.json'), '{"type": "module"}')
      await writeFile(join(folder, 'dist/gantry.js'), program)
      await copyFile(BIN, join(folder, 'bin/gantry.js'))
      if (hasNode) await symlink(process.execPath, join(folder, 'node_modules/node/bin/node'))
      return join(folder, 'bin/gantry.js')
    }

    test('says what it needs', async () => {
      const args = [...asOld(await packageOf('', false)), 'ps']
      const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      expect(stderr).toBe(' !     Gantry needs Node 24 or newer, and this is Node 20.1.0\n')
      expect(status).toBe(2)
    })

    test('runs with the Node of its package, and passes on arguments, input, output and exit code', async () => {
      const bin = await packageOf(`
        for await (const text of process.stdin) console.log(text + ' ' + process.argv.slice(2).join())
        process.exitCode = 7`)
      const args = [...asOld(bin), 'env', '--secret', 'a b']
      const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', input: 'typed' })
      expect(stdout).toBe('typed env,--secret,a b\n')
      expect(status).toBe(7)
    })

    test('ends by the signal that ended the program', async () => {
      const args = asOld(await packageOf('process.kill(process.pid, "SIGKILL")'))
      expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL')
    })

    test('hands a SIGTERM on, so that a server closes', async () => {
      const bin = await packageOf(`
        process.once('SIGTERM', () => process.exit(5))
        setTimeout(() => {}, 10_000)
        console.log('ready')`)
      const child = spawn(process.execPath, asOld(bin), { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(child, 'exit')
      await once(child.stdout, 'data')
      child.kill('SIGTERM')
      expect(await ended).toEqual([5, null])
    })
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
    expect(code).toBe(0)
  })

  test('shows defaults only with --all', async () => {
    const folder = await checkout(GOOD)
    const [own, all] = await Promise.all([
      gantry(['config', '-C', folder]),
      gantry(['config', '--all', '-C', folder]),
    ])
    expect(own.stdout).not.toContain('demand_count')
    expect(own.stdout).toMatch(/\n\n\d+ defaults not shown: see them with --all\n$/)
    expect(all.stdout).toMatch(/processes\.web\.demand_count +1 +default\n/)
  })

  test('that is not there is said with the folder and a small one, in the style of every problem', async () => {
    const folder = await temporaryFolder()
    const { stderr, code } = await gantry(['config', '-C', folder])
    expect(stderr).toBe(`\
 !     There is no configuration in ${folder}: no gantry.yml, app_desc.yaml, Procfile, .upsun/config.yaml, .platform.app.yaml or stacktape.yml
       A small gantry.yml is:

       processes:
         web:
           command: bin/serve --port $PORT
`)
    expect(code).toBe(2)
  })

  test('prints the resolved app as JSON, named after the folder', async () => {
    const { stdout } = await gantry(['config', '--json', '-C', await checkout(GOOD)])
    expect(JSON.parse(stdout)).toMatchObject({
      app: { name: 'hello', environment: 'default', processes: [{ name: 'web', memory: 1024 }] },
    })
  })

  test('prints the schema for editors, of which the repository then has a copy', async () => {
    const { stdout, code } = await gantry(['config', '--schema', '-C', await temporaryFolder()])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ title: 'gantry.yml', properties: { processes: {} } })
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
