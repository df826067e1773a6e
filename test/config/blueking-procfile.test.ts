import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf, processOf, read, showPlaced } from './files.ts'

const version2 = (body: string) =>
  `spec_version: 2\nmodule:\n  language: Python\n${body.replaceAll(/^/gm, '  ')}\n`
const version3 = (spec: string) =>
  `specVersion: 3\nmodule:\n  language: Go\n  spec:\n${spec.replaceAll(/^/gm, '    ')}\n`
const HOOK = 'scripts: {pre_release_hook: migrate}'

describe('a Procfile beside an app_desc.yaml', () => {
  test('of version 3 leaves out the processes that it lacks, with a warning [BK-15]', async () => {
    const spec = 'processes: [{name: web, procCommand: x}, {name: beat, procCommand: y}]'
    const { app, warnings } = await read({ 'app_desc.yaml': version3(spec), Procfile: 'web: x' })
    expect(app.processes.map((each) => each.name)).toEqual(['web'])
    expect(warnings.map(showPlaced)).toContain(
      'app_desc.yaml:5:46 module.spec.processes[1] is not supported: the Procfile beside it decides, and has no such process',
    )
  })

  test.each(['', '# nothing yet\n', '{}'])('that has no process is refused: %j [BK-15]', async (Procfile) => {
    const body = `processes: {web: {command: a}}\n${HOOK}`
    for (const description of [version2(body), 'app: {}']) {
      expect(await placedProblemsOf({ 'app_desc.yaml': description, Procfile })).toEqual([
        'Procfile:1:1 Procfile must be a map of process types to commands; found nothing',
      ])
    }
  })

  test('has two instances of web in production, also where only the Procfile is read [D4]', async () => {
    const count = async (description: string, environment: string) => {
      const files = { 'app_desc.yaml': description, Procfile: 'web: x' }
      return processOf((await read(files, { environment })).app, 'web').demand_count
    }
    for (const description of ['app: {}', version2('services: []')]) {
      expect([await count(description, 'default'), await count(description, 'prod')]).toEqual([1, 2])
    }
  })

  test('has its types folded to lower case, with a warning [BK-19]', async () => {
    const { app, warnings } = await read({ 'app_desc.yaml': version2('services: []'), Procfile: 'API: x' })
    expect(app.processes.map((each) => each.name)).toEqual(['api'])
    expect(warnings.map(showPlaced)).toContain('Procfile:1:1 The process type "API" is named "api" here')
  })
})

describe('what becomes of each key of a Procfile and the app_desc.yaml beside it', () => {
  const keysOf = async (description: string) => {
    const { keys } = await read({ 'app_desc.yaml': description, Procfile: 'web: x\nclock: y' })
    return keys.map((each) => [each.place.file, each.path, each.fate])
  }
  const lines = [
    ['Procfile', 'web', 'honoured'],
    ['Procfile', 'clock', 'honoured'],
  ]

  test('is said of each line of the Procfile [BK-13, BK-14]', async () => {
    const keys = await keysOf('spec_version: 2\nmodule: {language: go}')
    expect(keys.filter(([file]) => file === 'Procfile')).toEqual(lines)
  })

  test('is said of a file that is not read, which asks for something by its keys [BK-15]', async () => {
    const old = 'spec_version: 1\napp: {bk_app_code: a}\nmodules: {default: {language: Go}}\nscripts: {}\n'
    expect(await keysOf(old)).toEqual([
      ...lines,
      ['app_desc.yaml', 'spec_version', 'honoured'],
      ['app_desc.yaml', 'app', 'honoured'],
      ['app_desc.yaml', 'modules', 'unsupported'],
      ['app_desc.yaml', 'scripts', 'honoured'],
    ])
  })

  test('is said with a way that keeps the app as it is, where the file is not read', async () => {
    const files = { Procfile: 'web: x\nclock: y', 'app_desc.yaml': 'app: {}\nmodules: {a: {}}' }
    const { app, warnings } = await read(files, { environment: 'prod' })
    const hints = warnings.map((each) => each.hint)
    expect(hints).toHaveLength(2)
    for (const hint of hints) expect(hint).toMatch(/^Write `spec_version: 2` into it/)
    const advised = { ...files, 'app_desc.yaml': 'spec_version: 2\nmodule: {language: Go}' }
    expect((await read(advised, { environment: 'prod' })).app).toEqual(app)
  })
})

describe('the processes of a module', () => {
  test.each([
    [version2(`processes: {}\n${HOOK}`), 'app_desc.yaml:4:3'],
    [version2(HOOK), 'app_desc.yaml:2:1'],
    [version3('processes: []\nhooks: {preRelease: {procCommand: a}}'), 'app_desc.yaml:5:5'],
    [version3('hooks: {preRelease: {procCommand: a}}'), 'app_desc.yaml:4:3'],
  ])('are at least one: %j [BK-10]', async (text, place) => {
    const problems = await problemsOf({ 'app_desc.yaml': text })
    const errors = problems.filter((each) => each.severity === 'error')
    expect(errors.map(showPlaced)).toEqual([`${place} A module must have a process`])
    expect(errors[0]?.hint).toBe('Add one to `processes`, or to a Procfile beside the app_desc.yaml.')
  })

  test('may all be in the Procfile [BK-13]', async () => {
    for (const text of [
      version2('processes: {}'),
      version2(HOOK),
      version3('processes: []'),
      version3('addons: []'),
    ]) {
      const { app } = await read({ 'app_desc.yaml': text, Procfile: 'web: x' })
      expect(processOf(app, 'web').command).toBe('x')
    }
  })
})
