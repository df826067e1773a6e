import { describe, expect, test } from 'vitest'

import { placedProblemsOf, processOf, read, taskOf } from './files.ts'

describe('inheritance', () => {
  test('processes and tasks inherit the keys that they have, whole key at a time', async () => {
    const { app } = await read(`
env: {A: "1", B: "2"}
secrets: {S: gantry}
defaults: {cpu: 0.5, memory: 1, demand_count: 3, rollout: {overlap: false, timeout: 1m}, stop_timeout: 5s}
processes:
  web: {memory: 2, env: {C: "3"}, rollout: {min_up: 2s}}
  worker: {}
tasks:
  migrate: {cpu: 1}
`)
    expect(processOf(app, 'web')).toMatchObject({
      cpu: 512,
      memory: 2048,
      demand_count: 3,
      env: { C: '3' },
      secrets: { S: 'gantry' },
    })
    expect(processOf(app, 'web').env).not.toHaveProperty('A')
    expect(processOf(app, 'web').rollout).toEqual({
      overlap: true,
      on_failure: 'rollback',
      timeout: 900,
      min_up: 2,
    })
    expect(processOf(app, 'worker').rollout).toMatchObject({ overlap: false, timeout: 60 })
    expect(processOf(app, 'worker').env).toEqual({ A: '1', B: '2' })
    expect(taskOf(app, 'migrate')).toMatchObject({
      cpu: 1024,
      memory: 1024,
      stop_timeout: 5,
      env: { A: '1', B: '2' },
    })
  })

  test('an empty map clears what would be inherited', async () => {
    const { app } = await read(`
env: {A: "1"}
secrets: {S: gantry}
build: {dockerfile: Dockerfile.prod, args: {X: "1"}}
defaults: {health_check: {tcp: true}, rollout: {overlap: false}}
processes:
  web: {env: {}, secrets: {}, health_check: {}, rollout: {}, build: {}}
  worker: {build: {args: {}}}
`)
    expect(processOf(app, 'web')).toMatchObject({ env: {}, secrets: {}, health_check: null })
    expect(processOf(app, 'web').env).toEqual({})
    expect(processOf(app, 'web').rollout.overlap).toBe(true)
    expect(processOf(app, 'web').build.dockerfile).toBeNull()
    expect(processOf(app, 'worker').build).toMatchObject({ dockerfile: 'Dockerfile.prod', args: {} })
    expect(processOf(app, 'worker').build.args).toEqual({})
    expect(app.env).toEqual({ A: '1' })
  })

  test('a process lays the keys of its build over those of the app', async () => {
    const { app } = await read(`
build: {context: ., dockerfile: Dockerfile, args: {A: "1", B: "2"}}
defaults: {build: {target: runtime}}
processes:
  web: {}
  worker: {build: {dockerfile: worker/Dockerfile, args: {C: "3"}}}
`)
    expect(processOf(app, 'web').build).toMatchObject({ dockerfile: 'Dockerfile', target: 'runtime' })
    expect(processOf(app, 'worker').build).toMatchObject({
      dockerfile: 'worker/Dockerfile',
      target: 'runtime',
    })
    expect(processOf(app, 'worker').build.args).toEqual({ C: '3' })
    expect(app.build.target).toBeNull()
  })

  test('a build of its own does without the inherited image', async () => {
    const { app } = await read('defaults: {image: acme/app:1}\nprocesses: {a: {}, b: {build: {target: x}}}')
    expect(app.processes.map((each) => each.image)).toEqual(['acme/app:1', null])
  })

  test('the defaults of variables replace those of the top level', async () => {
    const { app } = await read('env: {A: "1"}\ndefaults: {env: {B: "2"}}\nprocesses: {a: {}}')
    expect(processOf(app, 'a').env).toEqual({ B: '2' })
    expect(app.env).toEqual({ A: '1' })
  })

  test('a name in both env and secrets is an error, told once', async () => {
    expect(await placedProblemsOf('env: {A: "1"}\nsecrets: {A: gantry}\nprocesses: {a: {}, b: {}}')).toEqual([
      'gantry.yml:2:11 "A" is both in env (gantry.yml:1) and in secrets',
    ])
    expect(await placedProblemsOf('env: {A: "1"}\nprocesses:\n  a: {secrets: {A: gantry}}\n  b: {}')).toEqual(
      ['gantry.yml:3:17 "A" is both in env (gantry.yml:1) and in secrets'],
    )
    await expect(
      read('env: {A: "1"}\nprocesses:\n  a: {env: {}, secrets: {A: gantry}}'),
    ).resolves.toBeDefined()
  })
})

describe('environments', () => {
  const config = `
env: {LEVEL: info, KEEP: "1"}
defaults: {memory: 1}
processes:
  web:
    command: serve
    env: {OWN: "1"}
    rollout: {overlap: false, timeout: 1m}
    health_check: {path: /a, retries: 5}
  worker: {}
tasks: {migrate: {run: pre_deploy}}
ecs: {region: eu-west-1, subnets: [a, b]}
environments:
  production:
    env: {LEVEL: warn}
    defaults: {memory: 2}
    processes:
      web: {demand_count: 4, env: {MORE: "2"}, rollout: {timeout: 2m}, health_check: {tcp: true}}
      extra: {}
      worker: {}
    tasks: {migrate: {memory: 4}}
    ecs: {cluster: prod, subnets: [c]}
  cleared:
    env: {}
    processes: {web: {env: {}, health_check: {}}}
`

  test('an overlay merges maps, replaces scalars, lists and health checks', async () => {
    const { app } = await read(config, { environment: 'production' })
    expect(app.environment).toBe('production')
    expect(app.env).toEqual({ LEVEL: 'warn', KEEP: '1' })
    expect(app.processes.map((each) => each.name)).toEqual(['web', 'worker', 'extra'])
    expect(processOf(app, 'web')).toMatchObject({
      command: 'serve',
      demand_count: 4,
      memory: 2048,
      env: { OWN: '1', MORE: '2' },
    })
    expect(processOf(app, 'web').rollout).toMatchObject({ overlap: false, timeout: 120 })
    expect(processOf(app, 'web').health_check).toMatchObject({ path: null, tcp: true, retries: 3 })
    expect(taskOf(app, 'migrate')).toMatchObject({ run: 'pre_deploy', memory: 4096 })
    expect(app.ecs).toMatchObject({ region: 'eu-west-1', cluster: 'prod', subnets: ['c'] })
  })

  test('without a name, no overlay counts', async () => {
    const { app } = await read(config)
    expect(app).toMatchObject({ environment: 'default', env: { LEVEL: 'info' } })
    expect(processOf(app, 'web')).toMatchObject({ demand_count: 1, memory: 1024 })
  })

  test('an empty map in an overlay clears', async () => {
    const { app } = await read(config, { environment: 'cleared' })
    expect(app.env).toEqual({})
    expect(processOf(app, 'web')).toMatchObject({ command: 'serve', health_check: null })
    expect(processOf(app, 'web').env).toEqual({})
  })

  test('an unknown environment is refused with the ones that there are', async () => {
    expect(await placedProblemsOf(config, { environment: 'prodution' })).toEqual([
      'gantry.yml:13:1 There is no environment "prodution"',
    ])
    await expect(read(config, { environment: 'default' })).resolves.toBeDefined()
  })

  test('any name will do where the file defines no environments', async () => {
    expect((await read('processes: {}', { environment: 'staging' })).app.environment).toBe('staging')
    expect(await placedProblemsOf('processes: {}', { environment: '../x' })).toEqual([
      '"../x" is no name for an environment',
    ])
  })

  test('an overlay named default counts when no other is named', async () => {
    const { app } = await read('processes: {web: {}}\nenvironments: {default: {env: {A: "1"}}}')
    expect(app.env).toEqual({ A: '1' })
  })

  test('overlays of other environments are checked as well', async () => {
    expect(
      await placedProblemsOf('processes: {web: {}}\nenvironments: {a: {processes: {web: {cpu: x}}}}'),
    ).toHaveLength(1)
  })

  test('what only goes wrong together is found in the environment that is read', async () => {
    const conflict =
      'processes: {web: {env: {A: "1"}}}\nenvironments: {a: {tasks: {web: {}}, processes: {web: {secrets: {A: gantry}}}}}'
    await expect(read(conflict)).resolves.toBeDefined()
    expect(await placedProblemsOf(conflict, { environment: 'a' })).toEqual([
      'gantry.yml:2:28 tasks.web has the name of a process (gantry.yml:1)',
      'gantry.yml:2:66 "A" is both in env (gantry.yml:1) and in secrets',
    ])
  })
})
