import { describe, expect, test } from 'vitest'

import { aContainer } from '../app/fixtures.ts'
import { read, placedProblemsOf, processOf, taskOf } from './files.ts'

async function webOf(settings: string) {
  return processOf((await read(`processes:\n  web: {command: serve, ${settings}}`)).app, 'web')
}

async function problemsOfWeb(settings: string): Promise<string[]> {
  const found = await placedProblemsOf(`processes:\n  web: {command: serve, ${settings}}`)
  return found.map((each) => each.replace(/^gantry\.yml:\d+:\d+ /, ''))
}

describe('containers beside a process', () => {
  test('have every key and every default', async () => {
    const web = await webOf(`containers: {
      a: {},
      proxy: {image: 'envoy:1', entry_point: [envoy, 1.10], command: run 1, env: {V: 1.10}, secrets: {K: gantry},
        cpu: 0.125, memory: 0.125, essential: false, depends_on: {main: started}, port: 8080,
        health_check: {command: check}, mounts: {/run/x: {source: tmp}}, stop_timeout: 5s}}`)
    expect(web.containers['a']).toEqual(aContainer())
    expect(web.containers['proxy']).toMatchObject({
      image: 'envoy:1',
      entry_point: ['envoy', '1.10'],
      command: 'run 1',
      env: { V: '1.10' },
      secrets: { K: 'gantry' },
      cpu: 128,
      memory: 128,
      essential: false,
      depends_on: { main: 'started' },
      port: 8080,
      health_check: { command: 'check', interval: 10 },
      mounts: { '/run/x': { source: 'tmp', source_path: 'run/x' } },
      stop_timeout: 5,
    })
  })

  test('that others wait for to end do not end the instance', async () => {
    const web = await webOf(`containers: {seed: {}, fetch: {}, proxy: {depends_on: {fetch: completed}}},
      depends_on: {seed: succeeded, proxy: started}`)
    const essential = Object.entries(web.containers).map(([name, each]) => [name, each.essential])
    expect(Object.fromEntries(essential)).toEqual({ seed: false, fetch: false, proxy: true })
    expect(web.depends_on).toEqual({ seed: 'succeeded', proxy: 'started' })
  })

  test('inherit no variables, and take over from the build of the process what theirs does not say', async () => {
    const { app } = await read(`
env: {A: 1}
secrets: {B: gantry}
build: {platform: linux/arm64, args: {X: 1}}
processes:
  web:
    build: {dockerfile: web/Dockerfile, target: web}
    containers: {proxy: {build: {dockerfile: proxy/Dockerfile, args: {}}}, bare: {build: {}}}`)
    const { proxy, bare } = processOf(app, 'web').containers
    expect(proxy).toMatchObject({
      env: {},
      secrets: {},
      build: { dockerfile: 'proxy/Dockerfile', target: 'web', platform: 'linux/arm64', args: {} },
    })
    expect(bare!.build).toMatchObject({ dockerfile: null, target: null, platform: null, args: {} })
  })

  test('and what is waited for are inherited as a whole, and cleared', async () => {
    const { app } = await read(`
defaults: {containers: {agent: {}}, depends_on: {agent: started}, mounts: {/a: {source: tmp}}, pre_start: prepare}
processes:
  web: {}
  worker: {containers: {seed: {}}, depends_on: {}, mounts: {/b: {source: tmp}}}
  beat: {containers: {}, depends_on: {}, mounts: {}}
tasks: {migrate: {run: pre_deploy}}`)
    const shown = app.processes.map((each) => [
      each.name,
      [each.containers, each.depends_on, each.mounts].map(Object.keys),
      each.pre_start,
    ])
    expect(shown).toEqual([
      ['web', [['agent'], ['agent'], ['/a']], 'prepare'],
      ['worker', [['seed'], [], ['/b']], 'prepare'],
      ['beat', [[], [], []], 'prepare'],
    ])
    expect(taskOf(app, 'migrate')).toMatchObject({
      mounts: { '/a': { source: 'tmp', source_path: 'a' } },
      pre_start: 'prepare',
    })
  })

  test('are merged key by key by an environment, but for their checks', async () => {
    const config = `
processes: {web: {containers: {proxy: {image: 'envoy:1', env: {A: 1}, health_check: {path: /up}}}}}
environments: {default: {processes: {web: {containers: {proxy: {env: {B: 2}, health_check: {tcp: true}}}}}}}`
    const { app } = await read(config)
    const { proxy } = processOf(app, 'web').containers
    expect(proxy).toMatchObject({
      image: 'envoy:1',
      env: { A: '1', B: '2' },
      health_check: { path: null, tcp: true },
    })
  })

  test('say where each value came from', async () => {
    const { provenance } = await read(`processes: {web: {containers: {proxy: {env: {A: 1}}}}}`)
    expect(provenance['processes.web.containers.proxy.env.A']).toMatchObject({ kind: 'file', line: 1 })
    expect(provenance['processes.web.containers.proxy.essential']).toEqual({ kind: 'default' })
  })

  test('may have the names of keys', async () => {
    const web = await webOf('containers: {env: {port: 80, cpu: 0.5}, command: {memory: 1}}')
    expect(web.containers['env']).toMatchObject({ port: 80, cpu: 512 })
    expect(web.containers['command']!.memory).toBe(1024)
  })

  test.each([
    ['containers: {main: {}}', 'as a name; it must be another one, because `main` is the process itself'],
    ['containers: {A: {}}', '"A" is not allowed as a name'],
    ['containers: {a: {cpus: 1}}', '"cpus" is not a key of processes.web.containers.a'],
    [
      `containers: {${Array.from({ length: 10 }, (_, i) => `c${i}: {}`).join(', ')}}`,
      'processes.web has 10 containers, and there can be 9 at most',
    ],
    ['containers: {a: {image: x, build: {}}}', 'processes.web.containers.a has both an image and a build'],
    [
      'containers: {a: {env: {X: 1}, secrets: {X: gantry}}}',
      '"X" is both in env (gantry.yml:2) and in secrets',
    ],
    ['containers: {a: {health_check: {interval: 5s}}}', 'must name exactly one of path, command and tcp'],
    ['readiness: {path: /a, tcp: true}', 'processes.web.readiness must name exactly one of'],
    ['port: 80, containers: {a: {port: 80}}', 'main and a of processes.web both listen on port 80'],
    [
      'depends_on: {seed: succeeded}',
      'processes.web waits for "seed", which is no container of this process',
    ],
    ['depends_on: {main: started}', 'processes.web waits for itself'],
    ['containers: {a: {depends_on: {a: started}}}', 'processes.web.containers.a waits for itself'],
    ['containers: {a: {}}, depends_on: {a: healthy}', 'waits for a to be healthy, and nothing checks that'],
    [
      'containers: {a: {depends_on: {main: healthy}}}',
      'waits for main to be healthy, and nothing checks that',
    ],
    [
      'containers: {a: {depends_on: {main: completed}}}',
      'waits for the process to end, which runs all the time',
    ],
    [
      'containers: {a: {essential: true}}, depends_on: {a: succeeded}',
      'waits for a to end, and with a the instance ends (gantry.yml:2)',
    ],
    [
      'containers: {a: {depends_on: {main: started}}}, depends_on: {a: started}',
      'wait for each other: main → a → main',
    ],
    ['containers: {a: {}}, depends_on: {a: soon}', 'must be one of started, healthy, completed, succeeded'],
    ['entry_point: []', 'must be a list of a program and its first arguments'],
  ])('are refused: %s', async (settings, sentence) => {
    const problems = await problemsOfWeb(settings)
    expect(problems.join('\n')).toContain(sentence)
    expect(problems).toHaveLength(1)
  })

  test('of thousands of processes with builds of their own are too much for one app', async () => {
    const containers = Array.from({ length: 9 }, (_, i) => `c${i}: {build: {target: a}}`).join(', ')
    const args = Array.from({ length: 200 }, (_, i) => `A${i}: x`).join(', ')
    const processes = Array.from({ length: 1000 }, (_, i) => `  p${i}: {}`).join('\n')
    const config = `build: {args: {${args}}}\ndefaults: {containers: {${containers}}}\nprocesses:\n${processes}\n`
    expect(await placedProblemsOf(config)).toEqual([
      'gantry.yml:1:1 The app is too big: 10000 processes, tasks and containers, with what each of them inherits',
    ])
  })
})

describe('mounts', () => {
  test('have a folder of their own unless they name one', async () => {
    const web = await webOf(`mounts: {/var/a: {source: tmp}, up/loads: {source: storage, source_path: files},
      /all: {source: instance, source_path: ""}}`)
    expect(web.mounts).toEqual({
      '/var/a': { source: 'tmp', source_path: 'var/a' },
      'up/loads': { source: 'storage', source_path: 'files' },
      '/all': { source: 'instance', source_path: '' },
    })
  })

  test.each([
    ['{/a: {source: tmp}, /a/b: {source: tmp}}', 'The mounts "/a" and "/a/b" of processes.web overlap'],
    ['{/: {source: tmp}}', 'must be a folder that begins with /'],
    ['{/a/../b: {source: tmp}}', 'without `..`'],
    ['{/a//b: {source: tmp}}', 'must be a folder that begins with /'],
    ['{"/a:b": {source: tmp}}', 'commas and colons'],
    ['{/a: {source: disk}}', 'must be one of tmp, instance, storage'],
    ['{/a: {source: tmp, source_path: ../b}}', 'must be a path without `..`'],
    ['{/a: {}}', 'processes.web.mounts["/a"].source is missing'],
  ])('are refused: %s', async (mounts, sentence) => {
    const problems = await problemsOfWeb(`mounts: ${mounts}`)
    expect(problems.join('\n')).toContain(sentence)
  })

  test('beside each other are no problem, whatever their names begin with', async () => {
    const { mounts } = await webOf('mounts: {/a: {source: tmp}, /a-b: {source: tmp}, /ab: {source: tmp}}')
    expect(Object.keys(mounts)).toHaveLength(3)
  })
})
