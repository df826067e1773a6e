import { expect, test } from 'vitest'

import { keysJson, renderKeys } from '../../src/report/config-keys.ts'
import { read } from '../config/files.ts'

const files = {
  Procfile: 'web: serve\n',
  'app.json': '{\n  "addons": ["redis"],\n  "formation": {"web": {"size": "huge", "quantity": 2}}\n}\n',
}

test('the keys of a file are listed by fate, each with its place and with what to do; the honoured ones are named', async () => {
  expect(renderKeys(await read(files))).toBe(`read from Procfile, app.json

not supported (2 keys)
  app.json:2  addons: Gantry makes no databases and other services
              Create them yourself, and give their addresses with \`gantry env set NAME --secret\`.
  app.json:3  formation.web.size: this dyno size is not known, and the process gets the default
              memory
              Known are eco, basic, standard-1x, standard-2x, performance-m, performance-l. Set
              \`memory\` in gantry.yml for another one.

honoured (3 keys)
  web, formation.web, formation.web.quantity
  what becomes of each: --all`)
})

test('all that is honoured is listed where it is asked for', async () => {
  expect(renderKeys(await read(files), { all: true })).toContain(`

honoured (3 keys)
  Procfile:1  web: the process \`web\`: public, \`PORT\` given
  app.json:3  formation.web: the process of that name
  app.json:3  formation.web.quantity: \`demand_count\``)
})

test('no line is wider than the terminal', async () => {
  const lines = renderKeys(await read(files), { all: true, width: 60 }).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
  const names = renderKeys(await read(files), { width: 30 })
  expect(names).toContain('  web, formation.web,\n  formation.web.quantity\n')
})

test('what a file was taken for is said beside its name', async () => {
  const config = await read(
    { 'Procfile.prod': 'web: serve\n', 'app.json': '{}' },
    { config: 'Procfile.prod' },
  )
  expect(renderKeys(config)).toContain('read from Procfile.prod (taken for a Procfile), app.json\n')
  expect(keysJson(config)).toMatchObject({ recognised: 'a Procfile' })
})

test('the same is there for programs', async () => {
  expect(keysJson(await read(files))).toMatchObject({
    files: ['Procfile', 'app.json'],
    keys: [
      { path: 'web' },
      { path: 'addons', fate: 'unsupported', place: { file: 'app.json', line: 2, column: 3 } },
      {},
      {},
      {},
    ],
  })
})

test('files of another system that have no keys were read, too', async () => {
  const config = { ...(await read(files)), keys: [] }
  expect(renderKeys(config)).toBe(
    'read from Procfile, app.json\n\nno key of another system: every key of gantry.yml is honoured',
  )
})

test('an app_desc.yaml that is not read is no gantry.yml', async () => {
  expect(renderKeys(await read({ 'app_desc.yaml': 'app: {}', Procfile: 'web: x' })))
    .toBe(`read from app_desc.yaml, Procfile

honoured (2 keys)
  web, app
  what becomes of each: --all`)
})

test('a gantry.yml alone has nothing to report', async () => {
  expect(renderKeys(await read('processes: {web: {}}'))).toBe(
    'read from gantry.yml\n\nno file of another system: every key of gantry.yml is honoured',
  )
})
