import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf, processOf, read } from './files.ts'

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

describe('a file that was named is read by what stands in it, where its name says nothing', () => {
  test.each([
    ['app_desc.v2.yaml', 'app_desc.yaml', 'an app description of BlueKing'],
    ['app_desc.v3.yaml', 'app_desc.yaml', 'an app description of BlueKing'],
    ['upsun-config.yaml', '.upsun/config.yaml', 'a configuration of Upsun'],
    ['platform.app.yaml', '.platform.app.yaml', 'an app of Platform.sh'],
  ])('%s is the same app as %s', async (config, known, recognised) => {
    const text = fixture(config)
    const module = recognised.endsWith('Upsun') ? /^ {2}(\w+):/m.exec(text)![1] : undefined
    const found = await read({ [config]: text }, { config, module })
    expect(found).toMatchObject({ recognised, files: [config] })
    expect(found.app).toEqual((await read({ [known]: text }, { module })).app)
  })

  test.each([
    ['stack.yaml', fixture('stacktape.yml'), 'a stack of Stacktape'],
    ['Procfile.prod', 'web: serve\n', 'a Procfile'],
    ['processes', '# ours\nweb: serve\n\nworker: work --queue a:b\n', 'a Procfile'],
    ['apps.yaml', '- name: web\n  type: "php:8.2"\n  source: {root: /}\n', 'an app of Platform.sh'],
    ['heroku.json', '{"formation": {"web": {"quantity": 2}}}', 'an app.json of Heroku'],
  ])('%s', async (config, text, recognised) => {
    expect(await read({ [config]: text }, { config })).toMatchObject({ recognised })
  })

  test('an app.json brings the Procfile beside it', async () => {
    const files = { 'app.json': '{"formation": {"web": {"quantity": 2}}}', Procfile: 'web: serve' }
    const { app, files: opened } = await read(files, { config: 'app.json' })
    expect(opened).toEqual(['app.json', 'Procfile'])
    expect(processOf(app, 'web')).toMatchObject({ command: 'serve', demand_count: 2 })
  })

  test('an app.json is one by its name, whatever stands in it', async () => {
    const cron = '{"name": "a", "cron": [{"command": "x", "schedule": "@daily"}]}'
    const scripts = '{"scripts": {"postdeploy": "x"}}'
    for (const text of [cron, scripts]) {
      const { recognised, app } = await read({ 'app.json': text, Procfile: 'web: x' }, { config: 'app.json' })
      expect([recognised, app.processes.length]).toEqual(['an app.json of Heroku', 1])
    }
    const broken = '{"formation": {"web": {"quantity": 2}},}'
    expect(await placedProblemsOf({ 'app.json': broken }, { config: 'app.json' })).toEqual([
      'app.json:1:40 app.json is not valid JSON: this is not expected here',
    ])
    const own = await read({ 'app.json': '{"processes": {"web": {}}}' }, { config: 'app.json' })
    expect(own.recognised).toBeNull()
  })

  test('an app.json without a Procfile has the processes of its formation, with the command of the image', async () => {
    const text = '{"formation": {"web": {"quantity": 2, "size": "standard-2x"}, "release": {"quantity": 1}}}'
    const { app, warnings } = await read({ 'app.json': text }, { config: 'app.json' })
    expect(app.processes).toMatchObject([
      { name: 'web', expose: 'public', command: null, demand_count: 2, memory: 1024, stop_timeout: 30 },
    ])
    expect(warnings.map(({ message }) => message)).toEqual([
      'No Procfile gives the command of "web": that of its image is run',
      'formation.release is not supported: the Procfile has no such process',
    ])
  })

  test('a gantry.yml of any name stays one, and nothing is said about it', async () => {
    for (const text of ['processes: {web: {}}', '{processes: {web: {}}}', '{"processes": {"web": {}}}']) {
      expect(await read({ prod: text }, { config: 'prod' })).toMatchObject({ recognised: null })
    }
    const [problem] = await problemsOf({ 'prod.yml': '# nothing\n' }, { config: 'prod.yml' })
    expect(problem!.message).toBe('The configuration names no processes and no tasks')
  })

  test('files that nobody named are found by their names only', async () => {
    const [problem] = await problemsOf({ 'platform.app.yaml': fixture('platform.app.yaml') })
    expect(problem!.message).toContain('There is no configuration')
  })
})

describe('a file that cannot be read is refused with what it is', () => {
  test.each([
    ['compose.yaml', 'services: {}', 'a Docker Compose file'],
    ['stack.yml', 'version: "3"\nservices:\n  web:\n    image: nginx\n', 'a Docker Compose file'],
    ['start.sh', '#!/bin/sh\nexec serve\n', 'a script'],
    ['fly.toml', "app = 'shop'\n", 'a fly.toml of Fly.io'],
    ['fly.prod', "app = 'shop'\nprimary_region = 'ams'\n", 'a fly.toml of Fly.io'],
    ['netlify.toml', '[build]\n  command = "make"\n', 'a TOML file'],
    ['render.yaml', 'services:\n  - type: web\n    name: shop\n', 'a render.yaml of Render'],
    ['k8s.yaml', 'apiVersion: v1\nkind: Service\n---\napiVersion: apps/v1\n', 'a Kubernetes manifest'],
    ['manifest.yml', 'applications:\n# one\n- name: shop\n', 'a manifest of Cloud Foundry'],
    ['Dockerfile', '# syntax=docker/dockerfile:1\n\nARG A=1\nFROM debian\n', 'a Dockerfile'],
  ])('%s', async (config, text, what) => {
    const [problem, ...others] = await problemsOf({ [config]: text }, { config })
    expect(others).toEqual([])
    expect(problem).toMatchObject({
      message: `${config} is ${what}, which Gantry does not read`,
      place: { file: config, line: 1, column: 1 },
      hint: expect.stringMatching(
        /^It reads gantry\.yml, app_desc\.yaml \(BlueKing\), Procfile, .* and stacktape\.yml \(Stacktape\)\. `gantry init` begins/,
      ),
    })
  })

  test.each([
    ['package.json', '{"name": "shop", "type": "module"}'],
    ['README.md', '# Shop\n\nSells things.\n'],
    ['other.yaml', 'name: shop\nkind: thing\n'],
  ])(
    '%s may be anything: the error lists the formats and how to say which one it is',
    async (config, text) => {
      const [problem, ...others] = await problemsOf({ [config]: text }, { config })
      expect(others).toEqual([])
      expect(problem).toMatchObject({
        message: `${config} is in no format that Gantry reads, as far as one can see`,
        hint: expect.stringMatching(
          /^It reads gantry\.yml, .*Give a copy of it the name that its format has/,
        ),
      })
    },
  )

  test('hostile text takes no time', async () => {
    const before = performance.now()
    for (const text of ['\n', ' ', 'type:', '- ', 'services:\n', '[', '"', '# \n', 'a: b\n', 'ARG a\n']) {
      const long = text.repeat(200_000 / text.length)
      await read({ x: `${long}?` }, { config: 'x' }).catch(() => null)
    }
    expect(performance.now() - before).toBeLessThan(10_000)
  })
})
