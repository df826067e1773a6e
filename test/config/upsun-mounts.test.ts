import { describe, expect, test } from 'vitest'

import { problemsOf, processOf, read } from './files.ts'

const APP = 'type: go:1.23, web: {commands: {start: serve}}'
const project = (mounts: string, rest = '') => ({
  '.upsun/config.yaml': `applications:\n  app: {${APP}, mounts: ${mounts}}\n  other: {${APP}, mounts: {b: {source: storage}}}\n${rest}`,
})
const STORE = 'services: {files: {type: "network-storage:1.0"}, db: {type: "mariadb:11"}}'

async function mountsOf(mounts: string, rest = '') {
  const { app, keys } = await read(project(mounts, rest), { module: 'app' })
  const told = keys.flatMap(({ path, fate, text }) =>
    fate !== 'honoured' && path.includes('.mounts') ? [`${path}: ${text}`] : [],
  )
  return { mounts: processOf(app, 'web').mounts, told }
}

describe('a mount with a service', () => {
  test('that is the storage of another app is a folder of that name, and said not to be shared [UP-43]', async () => {
    expect(await mountsOf('{a: {source: storage, service: other, source_path: shared}}')).toEqual({
      mounts: { a: { source: 'storage', source_path: 'other/shared' } },
      told: [
        'applications.app.mounts.a: it is the folder "other/shared" of the storage of this app, which no other app shares',
      ],
    })
  })

  test('that is a network storage is a folder of that name, and said not to be shared', async () => {
    const { mounts, told } = await mountsOf('{a: {source: service, service: files, source_path: ""}}', STORE)
    expect(mounts).toEqual({ a: { source: 'storage', source_path: 'files' } })
    expect(told).toHaveLength(1)
  })

  test('that is the app itself is as good as one without', async () => {
    expect(await mountsOf('{a: {source: storage, service: app}}')).toEqual({
      mounts: { a: { source: 'storage', source_path: 'a' } },
      told: [],
    })
  })

  test.each(['tmp', 'instance'])('is told of where the source has none: %s [UP-42]', async (source) => {
    expect(await mountsOf(`{a: {source: ${source}, service: other}}`)).toEqual({
      mounts: { a: { source, source_path: 'a' } },
      told: [
        `applications.app.mounts.a.service: the files of the source \`${source}\` are of one instance alone`,
      ],
    })
  })

  test.each([
    ['service', 'file', 'There is no network storage "file"', 'Did you mean "files"?'],
    [
      'service',
      'db',
      'There is no network storage "db"',
      'Add it to `services`, with `type: network-storage:1.0`.',
    ],
    ['storage', 'othr', 'There is no app "othr"', 'Did you mean "other"?'],
  ])('is refused where there is none: %s %s', async (source, service, message, hint) => {
    const problems = await problemsOf(project(`{a: {source: ${source}, service: ${service}}}`, STORE), {
      module: 'app',
    })
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([{ message, hint }])
  })

  test('is not looked for where the project does not say which services it has', async () => {
    expect((await mountsOf('{a: {source: service, service: ns}}')).mounts).toEqual({
      a: { source: 'storage', source_path: 'ns/a' },
    })
  })
})

describe('a mount that Gantry does not take', () => {
  test.each([
    ['{/: {source: tmp}}', 'applications.app.mounts["/"]: the folder of the app itself is no mount'],
    [
      '{"a b": {source: tmp}}',
      'applications.app.mounts["a b"]: its path must be a folder that begins with / or is inside of the folder of the app, without `..`, blanks, commas and colons',
    ],
    [
      '{a: {source: tmp, source_path: "x:y"}}',
      'applications.app.mounts.a: its source_path must be a path without `..`, blanks, commas and colons, that begins and ends without /',
    ],
  ])('says why: %s', async (mounts, expected) => {
    expect(await mountsOf(mounts)).toEqual({ mounts: {}, told: [expected] })
  })
})
