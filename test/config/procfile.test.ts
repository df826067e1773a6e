import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

describe('a Procfile', () => {
  test('names the processes; release runs before a deployment', async () => {
    const { app, files, warnings } = await read({
      Procfile:
        '# the shop\r\n\r\nrelease: python manage.py migrate\r\nweb: gunicorn shop -b :$PORT # here\r\n  # indented\r\nworker-2:celery: -A shop  \r\n',
    })
    expect(files).toEqual(['Procfile'])
    expect(warnings).toEqual([])
    expect(app).toMatchObject({ name: 'shop', engine: 'local' })
    expect(app.processes.map((each) => each.name)).toEqual(['web', 'worker-2'])
    expect(processOf(app, 'web')).toMatchObject({
      command: 'gunicorn shop -b :$PORT # here',
      expose: 'public',
      demand_count: 1,
      stop_timeout: 30,
    })
    expect(processOf(app, 'worker-2')).toMatchObject({
      command: 'celery: -A shop',
      expose: 'none',
      demand_count: 1,
    })
    expect(app.tasks.map((each) => each.name)).toEqual(['release'])
    expect(taskOf(app, 'release')).toMatchObject({
      command: 'python manage.py migrate',
      run: 'pre_deploy',
      max_hours: 1,
      stop_timeout: 30,
    })
  })

  test('folds names to lower case and hyphens, with a warning', async () => {
    const { app, warnings } = await read({ Procfile: 'Web: a\nmy_Worker: b\n--x__y-: c' })
    expect(app.processes.map((each) => each.name)).toEqual(['web', 'my-worker', 'x-y'])
    expect(warnings.map(showPlaced)).toEqual([
      'Procfile:1:1 The process type "Web" is named "web" here, and is public',
      'Procfile:2:1 The process type "my_Worker" is named "my-worker" here',
      'Procfile:3:1 The process type "--x__y-" is named "x-y" here',
    ])
  })

  test('says of a Release that it is the task before a deployment', async () => {
    const { app, warnings } = await read({ Procfile: 'Release: migrate\nweb: a' })
    expect(app.tasks.map((each) => each.name)).toEqual(['release'])
    expect(warnings.map(showPlaced)).toEqual([
      'Procfile:1:1 The process type "Release" is named "release" here, and is the task before a deployment',
    ])
  })

  test('says of each line what it is, also where its type is web or release in another case', async () => {
    const { keys } = await read({ Procfile: 'Web: x\nRelease: y\nConstructor: z' })
    expect(keys.map(({ path, text }) => [path, text.slice(0, 36)])).toEqual([
      ['Web', 'the process `web`: public, `PORT` gi'],
      ['Release', 'the task `release`, with `run: pre_d'],
      ['Constructor', 'a process that nobody reaches from o'],
    ])
  })

  test('with a line that is no process is refused, each with its place', async () => {
    const long = 'a'.repeat(64)
    expect(
      await placedProblemsOf({
        Procfile: `web: a\nworker\n b: c\nempty:  \n<<<<<<< HEAD\n=======\n>>>>>>> x\n||||||| y\n__: x\n${long}: x\n- a: b\n`,
      }),
    ).toEqual([
      'Procfile:2:1 This line is no process',
      'Procfile:3:1 This line is no process',
      'Procfile:4:1 This line is no process',
      'Procfile:5:1 This line is a marker of a merge conflict',
      'Procfile:6:1 This line is a marker of a merge conflict',
      'Procfile:7:1 This line is a marker of a merge conflict',
      'Procfile:8:1 This line is a marker of a merge conflict',
      'Procfile:9:1 This line is no process',
      'Procfile:10:1 This line is no process',
      'Procfile:11:1 This line is no process',
    ])
  })

  test('may name a process once, whatever its case', async () => {
    const problems = await problemsOf({ Procfile: 'web: a\nworker: b\nweb: c\nWorker: d\n' })
    expect(problems.filter((each) => each.severity === 'error').map(showPlaced)).toEqual([
      'Procfile:3:1 "web" is here for the second time: the first is in line 1',
      'Procfile:4:1 "Worker" is here for the second time: the first is in line 2',
    ])
  })

  test('without a process is refused', async () => {
    expect(await placedProblemsOf({ Procfile: '# nothing yet\n' })).toEqual([
      'Procfile:1:1 The configuration names no processes and no tasks',
    ])
  })

  test('the command keeps its place', async () => {
    const { provenance } = await read({ Procfile: '\nweb:   a a' })
    expect(provenance['processes.web.command']).toEqual({
      kind: 'file',
      file: 'Procfile',
      line: 2,
      column: 8,
    })
  })
})

describe('an app.json beside a Procfile', () => {
  const Procfile = 'release: r\nweb: a\nmy_worker: b\nclock: c'
  const readBoth = (json: unknown) => read({ Procfile, 'app.json': JSON.stringify(json, null, '\t') })
  const news = async (json: unknown) =>
    (await readBoth(json)).warnings.map(showPlaced).filter((each) => each.startsWith('app.json'))

  test('gives counts and sizes', async () => {
    const { app, files, provenance } = await readBoth({
      formation: {
        web: { quantity: 2, size: 'Standard-2X' },
        my_worker: { quantity: 0, size: 'performance-m' },
        release: { size: 'performance-l' },
      },
    })
    expect(files).toEqual(['Procfile', 'app.json'])
    expect(processOf(app, 'web')).toMatchObject({ demand_count: 2, memory: 1024 })
    expect(processOf(app, 'my-worker')).toMatchObject({ demand_count: 0, memory: 2560 })
    expect(processOf(app, 'clock')).toMatchObject({ demand_count: 1, memory: 512 })
    expect(taskOf(app, 'release').memory).toBe(14 * 1024)
    expect(provenance['processes.web.demand_count']).toMatchObject({
      kind: 'file',
      file: 'app.json',
      line: 4,
    })
  })

  test('gives variables their values', async () => {
    const { app } = await readBoth({
      env: { A: 'plain', B: { value: 'described', description: 'x' }, C: { required: false } },
    })
    expect(app.env).toEqual({ A: 'plain', B: 'described' })
    expect(processOf(app, 'web').env).toEqual(app.env)
  })

  test('says how to set the variables that have no value', async () => {
    const { warnings } = await readBoth({ env: { KEY: { generator: 'secret' }, URL: { description: 'x' } } })
    const hints = warnings.filter((each) => each.place?.file === 'app.json').map((each) => each.hint)
    expect(hints).toEqual(['Set it with `gantry env set KEY --secret`.', 'Set it with `gantry env set URL`.'])
  })

  test('drops nothing silently', async () => {
    expect(
      await news({
        addons: ['heroku-postgresql'],
        buildpacks: [{ url: 'heroku/python' }],
        scripts: { postdeploy: 'seed', 'pr-predestroy': 'x' },
        formation: {
          web: { size: 'huge', quantty: 1 },
          cron: { quantity: 1 },
          release: { quantity: 1 },
        },
        env: { PORT: '80' },
        stack: 'heroku-24',
      }),
    ).toEqual([
      'app.json:2:2 addons is not supported: Gantry makes no databases and other services',
      'app.json:5:2 buildpacks is not supported: images are built from a Dockerfile, or on the local engine with `build.command`',
      'app.json:11:3 scripts.postdeploy is not supported: Heroku runs it once, when an app is created',
      'app.json:12:3 scripts.pr-predestroy is not supported: there are no review apps',
      'app.json:16:4 formation.web.size is not supported: this dyno size is not known, and the process gets the default memory',
      'app.json:17:4 formation.web.quantty is not supported: Heroku has no such key',
      'app.json:19:3 formation.cron is not supported: the Procfile has no such process',
      'app.json:23:4 formation.release.quantity is not supported: a task runs once',
      'app.json:27:3 env.PORT is not supported: the name must be another one, because the engine gives PORT to every instance',
      'app.json:29:2 stack is not supported: images are built from a Dockerfile, which names its base',
    ])
  })

  test('says nothing of keys that ask for nothing', async () => {
    expect(
      await news({ addons: [], buildpacks: [], stack: null, image: '', environments: {}, env: {} }),
    ).toEqual([])
  })

  test('of another shape than Heroku takes is refused', async () => {
    const json = JSON.stringify({ env: [], formation: { clock: 2 }, scripts: 'x' }, null, '\t')
    expect(await placedProblemsOf({ Procfile: 'clock: c', 'app.json': json })).toEqual([
      'app.json:2:9 env must be a map; found a list',
      'app.json:4:12 formation.clock must be a map; found 2',
      'app.json:6:13 scripts must be a map; found "x"',
    ])
  })

  test('makes tasks of its cron jobs', async () => {
    const { app, warnings } = await readBoth({
      cron: [
        { command: 'bin/report', schedule: '@daily' },
        { command: 'bin/sync', schedule: '*/5 * * * *' },
      ],
    })
    expect(taskOf(app, 'cron-1')).toMatchObject({
      command: 'bin/report',
      schedule: '0 0 * * *',
      timezone: 'UTC',
    })
    expect(taskOf(app, 'cron-2')).toMatchObject({ command: 'bin/sync', schedule: '*/5 * * * *' })
    expect(warnings.filter((each) => each.place?.file === 'app.json')).toEqual([])
  })

  test('may describe the app: those keys are for people', async () => {
    const keys = [
      '$schema',
      'name',
      'description',
      'keywords',
      'repository',
      'website',
      'logo',
      'success_url',
    ]
    expect(await news(Object.fromEntries(keys.map((key) => [key, 'x'])))).toEqual([])
  })

  test('need not give a value to a variable that gantry.yml names for all or for each process', async () => {
    const missing = async (gantryYml: string) => {
      const appJson = '{"env": {"KEY": {"description": "x"}}}'
      const { warnings } = await read({ 'gantry.yml': gantryYml, Procfile, 'app.json': appJson })
      return warnings.map((each) => each.message).filter((each) => each.includes('no value'))
    }
    const told = ['env.KEY is not supported: it has no value here']
    expect(await missing('engine: local')).toEqual(told)
    expect(await missing('env: {KEY: x}')).toEqual([])
    expect(await missing('secrets: {KEY: gantry}')).toEqual([])
    expect(await missing('defaults: {secrets: {KEY: gantry}}')).toEqual([])
    const some = 'from: Procfile\nprocesses: {web: {env: {KEY: x}}, my-worker: {secrets: {KEY: gantry}}'
    expect(await missing(`${some}}`)).toEqual(told)
    expect(await missing(`${some}, clock: {env: {KEY: y}}}`)).toEqual([])
  })

  test('need not give a value to a variable that gantry.yml names for the environment', async () => {
    const appJson = '{"env": {"A": {"description": "a"}}}'
    const told = async (own: string, environment: string) => {
      const gantryYml = `from: Procfile\nenvironments: {stag: {}, prod: ${own}}`
      const files = { 'gantry.yml': gantryYml, Procfile: 'web: x\nclock: y', 'app.json': appJson }
      const { warnings } = await read(files, { environment })
      return warnings.map((each) => each.path).filter((each) => each === 'env.A').length
    }
    for (const own of [
      '{secrets: {A: gantry}}',
      '{defaults: {env: {A: x}}}',
      '{processes: {web: {env: {A: x}}, clock: {env: {A: y}}}}',
    ]) {
      expect([await told(own, 'prod'), await told(own, 'stag')]).toEqual([0, 1])
    }
  })

  test('with values that cannot be is refused with their place', async () => {
    const json = '{"formation": {"web": {"quantity": -1}},\n "env": {"A": {"value": null}, "1B": "x"}}'
    expect(await placedProblemsOf({ Procfile, 'app.json': json })).toEqual([
      'Procfile:3:1 The process type "my_worker" is named "my-worker" here',
      'app.json:1:36 formation.web.quantity must be a whole number from 0 to 5000; found -1',
      'app.json:2:25 env.A.value must be a text, a number, true or false; found nothing',
      'app.json:2:32 "1B" is not allowed as a name; it must be letters, digits and underscores, not beginning with a digit',
    ])
  })

  test.each([
    ['{"env": {"A": "1",}}', '1:19'],
    ['{\n"cron": [1,\n]}', '3:1'],
    ["{'name': 'x'}", '1:2'],
    ['{"name": \'x\'}', '1:10'],
    ['name: x\nenv: {A: 1}', '1:2'],
    ['{"name": "x"} # a shop', '1:15'],
    ['{"name": "at position 5", "env": [yes]}', '1:35'],
    ['', '1:1'],
    ['{"name": "x"', '1:13'],
  ])('that only YAML can read is refused, as by Heroku: %j', async (json, place) => {
    const [problem] = await problemsOf({ Procfile: 'web: a', 'app.json': json })
    expect(showPlaced(problem!)).toMatch(new RegExp(`^app.json:${place} app.json is not valid `))
  })

  test('that names one process several times is told so, and the first counts', async () => {
    const formation = { my_worker: { quantity: 2 }, 'my-worker': { quantity: 3 }, MY_WORKER: { quantity: 4 } }
    const { app, warnings } = await readBoth({ formation })
    expect(processOf(app, 'my-worker').demand_count).toBe(2)
    expect(warnings.filter((each) => each.path?.startsWith('formation')).map(showPlaced)).toEqual([
      'app.json:6:3 formation.my-worker is not supported: "my_worker" is the same process here, and counts',
      'app.json:9:3 formation.MY_WORKER is not supported: "my_worker" is the same process here, and counts',
    ])
  })

  test('leaves out the variables that are those of Gantry', async () => {
    const { app, warnings } = await readBoth({ env: { GANTRY_A: 'x', PORT: '1', B: 'y' } })
    expect(app.env).toEqual({ B: 'y' })
    expect(
      warnings.filter((each) => each.path?.startsWith('env')).map(({ path, hint }) => [path, hint]),
    ).toEqual([
      ['env.GANTRY_A', 'Give it another name.'],
      ['env.PORT', 'Leave it out: the process reads its port from PORT.'],
    ])
  })

  test('uses the value of a variable that could be generated, too', async () => {
    const { app, warnings } = await readBoth({ env: { KEY: { generator: 'secret', value: 'v' } } })
    expect(app.env).toEqual({ KEY: 'v' })
    expect(warnings.filter((each) => each.path?.startsWith('env'))).toEqual([])
  })

  test('says of a secret once that nobody generates it, with its name', async () => {
    const { warnings } = await readBoth({ env: { KEY: { generator: 'secret' } } })
    expect(
      warnings.filter((each) => each.path?.startsWith('env')).map(({ path, hint }) => [path, hint]),
    ).toEqual([['env.KEY', 'Set it with `gantry env set KEY --secret`.']])
  })

  test('with a schedule that never comes or cannot be is refused by its own key', async () => {
    const of = (schedule: string) =>
      placedProblemsOf({
        Procfile: 'web: x',
        'app.json': `{"cron": [{"command": "a", "schedule": "${schedule}"}]}`,
      })
    const rule = 'a cron expression of 5 fields (minute, hour, day, month, weekday) or 6 (second first)'
    expect(await of('@reboot')).toEqual([`app.json:1:40 cron[0].schedule must be ${rule}; found "@reboot"`])
    expect((await of('0 0 31 2 *'))[0]).toContain('cron[0].schedule must be a day that comes')
  })

  test('that is null is refused', async () => {
    expect(await placedProblemsOf({ Procfile: 'web: x', 'app.json': ' null\n' })).toEqual([
      'app.json:1:1 app.json must be a map; found nothing',
    ])
  })

  test('that is no JSON object is refused', async () => {
    expect(await problemsOf({ Procfile: 'web: a', 'app.json': '[]' })).toHaveLength(1)
    expect(await problemsOf({ Procfile: 'web: a', 'app.json': '{"a": ' })).not.toHaveLength(0)
  })

  test('is of no interest without a Procfile', async () => {
    const { files } = await read({ 'gantry.yml': 'processes: {web: {}}', 'app.json': '{"expo": {}}' })
    expect(files).toEqual(['gantry.yml'])
  })
})
