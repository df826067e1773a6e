import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'

import type { App } from '../../src/app/app.ts'
import { ConfigError } from '../../src/app/errors.ts'
import { convert } from '../../src/config/gantry-yml/write-from.ts'
import type { Conversion } from '../../src/config/gantry-yml/write-from.ts'
import { withoutSecrets, withReferences } from '../../src/config/gantry-yml/write-secrets.ts'
import { writeGantryYml } from '../../src/config/gantry-yml/write.ts'
import { app as anyApp } from '../plan/generators.ts'
import { filesOf, read } from './files.ts'
import { EXAMPLES } from './fixtures.ts'
import { ENVIRONMENTS, nativeConfig } from './write-generators.ts'

const SEED = 20_261_122
/** Of each example, changed files that are still read. */
const CHANGED = 6

/** Reads what was written, and expects the app that was read from the files, in every environment. */
async function expectSame(files: Record<string, string>, { text }: Conversion): Promise<void> {
  const { environments } = await read(files)
  for (const environment of ['default', ...environments]) {
    const { app, keys } = await read(files, { environment })
    const awaited = keys.flatMap(({ awaits }) => awaits?.name ?? [])
    const { app: written } = await read(text, { environment })
    expect(written, text).toEqual(withReferences(withoutSecrets(app).app, awaited))
  }
  // Beside the file that it replaces, it says the same: that one is not read any more.
  if ((await read(text)).app.processes.length > 0) {
    expect((await read({ ...files, 'gantry.yml': text })).app).toEqual((await read(text)).app)
  }
}

const convertFiles = (files: Record<string, string>, environments: readonly string[] = []) =>
  convert(filesOf(files), { name: 'shop', environments })

describe.each(Object.entries(EXAMPLES))('the example of %s', (_, files) => {
  test('is written as a gantry.yml that is read as the same app, in every environment', async () => {
    await expectSame(files, await convertFiles(files))
  })

  test('is written the same way whatever is typed into it, as long as it is read', async () => {
    const edit = fc.tuple(
      fc.constantFrom(...Object.keys(files)),
      fc.nat({ max: 2000 }),
      fc.nat({ max: 6 }),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.stringMatching(/^[a-z0-9: '"|>#-]{1,3}$/)),
    )
    let converted = 0
    for (const [file, at, removed, inserted] of fc.sample(edit, { seed: SEED, numRuns: 500 })) {
      const text = files[file]!
      const changed = { ...files, [file]: text.slice(0, at) + inserted + text.slice(at + removed) }
      const conversion = await convertFiles(changed).catch(orRefused)
      if (conversion === null) continue
      await expectSame(changed, conversion)
      converted += 1
      if (converted === CHANGED) break
    }
    expect(converted).toBe(CHANGED)
  })
})

test.each(['hello', 'parcels'])(
  'the config of the app %s says the same once it is written anew',
  async (name) => {
    const text = readFileSync(new URL(`../../examples/${name}/gantry.yml`, import.meta.url), 'utf8')
    await expectSame({ 'gantry.yml': text }, await convertFiles({ 'gantry.yml': text }))
  },
)

test('any gantry.yml is written as one that is read as the same app, in every environment', async () => {
  let converted = 0
  await fc.assert(
    fc.asyncProperty(nativeConfig, async (config) => {
      const files = { 'gantry.yml': stringify(config) }
      const conversion = await convertFiles(files).catch(orRefused)
      if (conversion === null) return
      converted += 1
      const { text } = conversion
      const named = conversion.apps.map(({ environment }) => environment)
      // Any name will do where a config names no environments.
      for (const environment of 'environments' in config ? named : [...named, ...ENVIRONMENTS]) {
        const { app } = await read(files, { environment })
        expect((await read(text, { environment })).app, `${files['gantry.yml']}\n${text}`).toEqual(app)
      }
      // Nothing is left to say in a shorter way.
      expect(said(await convertFiles({ 'gantry.yml': text }))).toBe(said(conversion))
    }),
    { seed: SEED, numRuns: 80 },
  )
  expect(converted).toBeGreaterThan(0)
})

test('any app that a config can describe is written so that it is read again', async () => {
  await fc.assert(
    fc.asyncProperty(anyApp, async (any) => {
      const app = describable(any)
      const text = writeGantryYml({ apps: [app], isNamed: true })
      expect((await read(text)).app, text).toEqual(app)
    }),
    { seed: SEED, numRuns: 60 },
  )
})

/** The text without comments and blank lines. */
function said({ text }: Conversion): string {
  return text.replaceAll(/^(?: *#.*)?\n/gm, '')
}

/** Null for a config that is refused, as it was before it was written anew. */
function orRefused(error: unknown): null {
  if (error instanceof ConfigError) return null
  throw error
}

/** What only an engine or an operator makes of an app is not for a config to say. */
function describable(app: App): App {
  const variables = (map: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(map).filter(([name]) => name !== '__proto__'))
  const clean = <Each extends Variables>(each: Each): Each => {
    const secrets = variables(each.secrets)
    const env = Object.entries(variables(each.env)).filter(([name]) => !(name in secrets))
    return { ...each, env: Object.fromEntries(env), secrets }
  }
  const component = <Each extends App['processes'][0] | App['tasks'][0]>(each: Each): Each => ({
    ...clean(each),
    build: each.image === null ? each.build : app.build,
  })
  const process = (each: App['processes'][0]): App['processes'][0] => ({
    ...component(each),
    containers: Object.fromEntries(
      Object.entries(each.containers).map(([name, container]) => [name, clean(container)]),
    ),
  })
  return { ...clean(app), processes: app.processes.map(process), tasks: app.tasks.map(component) }
}

interface Variables {
  env: Record<string, string>
  secrets: Record<string, string>
}
