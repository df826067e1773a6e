import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { anEcsApp, Yard } from '../../engine/ecs/yard.ts'
import { aProcess } from '../../plan/fixtures.ts'
import { gantry, temporaryFolder } from '../gantry.ts'

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))
const hasShell = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0

const CONFIG = `
processes:
  web: {command: bin/web}
  web-admin: {command: bin/admin}
  worker: {command: bin/worker}
environments:
  production: {}
  staging: {}
`

/** A checkout, and a `gantry` in the path of a shell. */
async function workplace(): Promise<{ folder: string; path: string }> {
  const folder = await temporaryFolder(onTestFinished)
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await writeFile(join(folder, 'gantry.yml'), CONFIG)
  await writeFile(join(bin, 'gantry'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, {
    mode: 0o755,
  })
  return { folder, path: `${bin}:${process.env['PATH']}` }
}

/** What a shell would offer for this line, with the cursor at its end. */
async function offered(shell: string, script: (line: string) => string, line: string): Promise<string[]> {
  const { folder, path } = await workplace()
  const { stdout, stderr } = spawnSync(shell, ['-c', script(line)], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: path, HOME: folder, GANTRY_HOME: join(folder, 'nobody') },
  })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((each) => each !== '')
}

describe.skipIf(!hasShell('bash'))('bash', () => {
  // Its own splitting at spaces, `=` and `:`, as readline does it.
  const inBash = (line: string): string => `
    source <(gantry completion bash)
    COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}
    COMP_WORDS=(${line.replaceAll('=', ' = ')}${line.endsWith(' ') || line.endsWith('=') ? " ''" : ''})
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _gantry
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const inLine = (line: string): Promise<string[]> => offered('bash', inBash, line)

  it('completes commands, and options', async () => {
    expect(await inLine('gantry pro')).toEqual(['process'])
    expect(await inLine('gantry plan --re')).toEqual(['--refresh'])
  })

  it('completes processes of the config where nothing answers', async () => {
    expect(await inLine('gantry ps we')).toEqual(['web', 'web-admin'])
    expect(await inLine('gantry scale wo')).toEqual(['worker='])
    expect(await inLine('gantry scale web=3 ')).toEqual(['web=', 'web-admin=', 'worker='])
    expect(await inLine('gantry plan -e ')).toEqual(['production', 'staging'])
  })

  it('completes what stands behind an equals sign without repeating what stands before it', async () => {
    expect(await inLine('gantry plan --environment=pro')).toEqual(['production'])
    expect(await inLine('gantry plan --environment=')).toEqual(['production', 'staging'])
  })

  it('is told nothing where there is nothing, nor where something is wrong', async () => {
    expect(await inLine('gantry frobnicate ')).toEqual([])
    expect(await inLine('gantry ps nobody')).toEqual([])
  })
})

describe.skipIf(!hasShell('zsh'))('zsh', () => {
  it('takes the script, and offers what it is told', async () => {
    const script = (line: string): string => `
      compdef() { :; }; _describe() { shift 2; print -l -- \${(P)1}; }; _files() { :; }
      source <(gantry completion zsh)
      words=(\${=:-${line}}); CURRENT=\${#words}
      _gantry`
    const found = await offered('zsh', script, 'gantry pro')
    expect(found.map((each) => each.split(':')[0])).toEqual(['process'])
  })
})

describe.skipIf(!hasShell('fish'))('fish', () => {
  it('takes the script, and offers what it is told', async () => {
    const script = (line: string): string => `gantry completion fish | source; complete -C '${line}'`
    const found = await offered('fish', script, 'gantry pro')
    expect(found.map((each) => each.split('\t')[0])).toEqual(['process'])
  })
})

it('the processes that run are asked for, whatever the config says', async () => {
  await using yard = await Yard.open()
  const names = ['web', 'relay']
  const processes = names.map((name) =>
    aProcess(name, { image: 'registry.test/a:1', command: '/fake/stays-up' }),
  )
  await yard.deploy(anEcsApp({ processes }))
  const folder = await temporaryFolder()
  await writeFile(
    join(folder, 'gantry.yml'),
    'app: orderdesk\nengine: ecs\nprocesses: {other: {command: a}}\n',
  )
  const { stdout } = await gantry(['__complete', 'ps', ''], { cwd: folder, env: yard.fake.environment })
  expect(stdout.trim().split('\n').toSorted()).toEqual(['relay', 'web'])
})

describe('what the scripts call', () => {
  let checkout: string
  beforeAll(async () => {
    checkout = await temporaryFolder((clean) => onFinish.push(clean))
    await writeFile(join(checkout, 'gantry.yml'), 'processes: [this is no map')
    return () => Promise.all(onFinish.map((clean) => clean()))
  })
  const onFinish: (() => Promise<void>)[] = []

  it('says nothing, and does not fail, where the config is wrong and no server answers', async () => {
    const env = { GANTRY_HOME: join(checkout, 'nobody') }
    const ended = await gantry(['__complete', 'ps', ''], { cwd: checkout, env })
    expect(ended).toEqual({ stdout: '', stderr: '', code: 0 })
  })

  it('says nothing that a shell would not take for one word', async () => {
    await writeFile(join(checkout, 'gantry.yml'), 'environments: {"a b": {}, "$(touch x)": {}, good: {}}')
    const { stdout } = await gantry(['__complete', 'plan', '-e', ''], { cwd: checkout })
    expect(stdout).toBe('good\n')
  })

  it('is no command for people', async () => {
    const { stdout } = await gantry(['--help'])
    expect(stdout).toContain('completion')
    expect(stdout).not.toContain('__complete')
  })
})
