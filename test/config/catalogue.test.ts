import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { z } from 'zod'

import { ConfigError } from '../../src/app/errors.ts'
import { approximated, honoured, unsupported } from '../../src/config/catalogue/catalogue.ts'
import type { Catalogue, KeyRule, Section } from '../../src/config/catalogue/catalogue.ts'
import { checkKeys } from '../../src/config/catalogue/check.ts'
import { FORMAT_PAGES } from '../../src/config/catalogue/pages.ts'
import { wholeNumber } from '../../src/config/gantry-yml/scalars.ts'
import { Reading } from '../../src/config/reading.ts'
import { Source } from '../../src/config/source.ts'
import { child } from '../../src/config/value.ts'
import type { Table } from '../../src/config/value.ts'
import { parseYaml } from '../../src/config/yaml.ts'
import { renderPage } from '../../src/report/markdown/format-page.ts'
import { EXAMPLES } from './fixtures.ts'
import { filesOf, read, showPlaced } from './files.ts'

const PORTS: Section = {
  title: 'Ports',
  keys: { number: honoured('the port', { value: wholeNumber(1, 9) }) },
}
const CATALOGUE: Catalogue = {
  system: 'Acme',
  unknown: 'warning',
  root: {
    title: 'acme.yml',
    keys: {
      'apps.*': honoured('a process', { name: z.string().regex(/^[a-z]+$/, { error: 'small letters' }) }),
      'apps.*.run': honoured('the command', { required: true }),
      'apps.*.size': approximated('the next larger one', { hint: 'Set `memory`.', rows: 'AC-01' }),
      'apps.*.disks': unsupported('there are no disks', 'Use a bucket.'),
      'apps.*.ports[]': honoured('a port', { section: PORTS }),
      'env[]': honoured('a variable', { value: z.string({ error: 'a text' }) }),
      'env[].name': honoured('its name'),
      part: honoured('by its type', {
        variants: {
          by: 'type',
          sections: {
            small: { title: 'Small', keys: { type: honoured('-'), a: honoured('-') } },
            large: { title: 'Large', keys: { type: honoured('-'), b: unsupported('no b', 'Use a.') } },
          },
        },
      }),
    },
  },
}

function check(text: string, catalogue = CATALOGUE): { reading: Reading; root: Table; errors: string[] } {
  const reading = new Reading(filesOf({}))
  const root = parseYaml(new Source('acme.yml', text), reading) as Table
  try {
    checkKeys(root, catalogue, reading)
    return { reading, root, errors: [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { reading, root, errors: error.diagnostics.map(showPlaced) }
  }
}

const fates = (text: string) =>
  check(text)
    .reading.keys.list()
    .map(({ path, fate }) => `${path} ${fate}`)

describe('the keys of a file', () => {
  test('are noted one by one, with fate and place', () => {
    const text = 'apps:\n  web: {run: a, size: S, ports: [{number: 1}]}\nenv: [A, {name: B}]\n'
    expect(fates(text)).toEqual([
      'apps.web honoured',
      'apps.web.run honoured',
      'apps.web.size approximated',
      'apps.web.ports[0] honoured',
      'apps.web.ports[0].number honoured',
      'env[0] honoured',
      'env[1] honoured',
      'env[1].name honoured',
    ])
    expect(check(text).reading.keys.list()[2]).toEqual({
      system: 'Acme',
      path: 'apps.web.size',
      fate: 'approximated',
      text: 'the next larger one',
      hint: 'Set `memory`.',
      rows: 'AC-01',
      place: { file: 'acme.yml', line: 2, column: 17 },
    })
  })

  test('below one that is not supported are covered by it', () => {
    expect(fates('apps: {web: {run: a, disks: {big: {size: 1}}}}').at(-1)).toBe('apps.web.disks unsupported')
  })

  test('that nobody knows are warnings or errors, as the system has it, with what was meant', () => {
    const [known] = check('aps: {}').reading.keys.list()
    expect(known).toMatchObject({
      fate: 'unsupported',
      text: 'Acme has no such key',
      hint: 'Did you mean "apps"?',
    })
    const strict = check('aps: {}\napps: {web: {run: a, rum: b}}', { ...CATALOGUE, unknown: 'error' })
    expect(strict.errors).toEqual([
      'acme.yml:1:1 "aps" is not a key of this file',
      'acme.yml:2:22 "rum" is not a key of apps.web',
    ])
  })

  test('have the values, names and companions that the system asks for; all that is wrong is said at once', () => {
    expect(check('apps:\n  Web: {ports: [{number: 10}, 1]}\n  api: []\nenv: {A: b}\n').errors).toEqual([
      'acme.yml:2:3 "Web" is not allowed as a name; it must be small letters',
      'acme.yml:2:3 apps.Web.run is missing',
      'acme.yml:2:26 apps.Web.ports[0].number must be a whole number from 1 to 9; found 10',
      'acme.yml:2:31 apps.Web.ports[1] must be a map; found 1',
      'acme.yml:3:8 apps.api must be a map; found a list',
      'acme.yml:4:6 env must be a list; found a map',
    ])
    expect(check('- a').errors).toEqual(['acme.yml:1:1 the file must be a map; found a list'])
    expect(check('env: [1]').errors).toEqual(['acme.yml:1:7 env[0] must be a text, or a map; found 1'])
  })

  test('may depend on one of them', () => {
    expect(fates('part: {type: large, b: 1}')).toContain('part.b unsupported')
    expect(fates('part: {type: small, b: 1}').at(-1)).toBe('part.b unsupported')
    expect(check('part: {type: larg}').errors).toEqual([
      'acme.yml:1:14 part.type must be one of small, large; found "larg"',
    ])
    expect(check('part: {}').errors).toEqual(['acme.yml:1:1 part.type is missing'])
  })

  test('may change their fate by what stands there, and then speak for all below them', () => {
    const { reading, root } = check('apps: {web: {run: a, size: S}}')
    reading.keys.change(child(child(root, 'apps'), 'web')!, 'unsupported', 'not today', 'Wait.')
    expect(reading.keys.list()).toMatchObject([{ path: 'apps.web', fate: 'unsupported', hint: 'Wait.' }])
    reading.keys.warn(reading)
    expect(reading.diagnostics().map((each) => each.message)).toEqual([
      'apps.web is not supported: not today',
    ])
  })
})

describe('the catalogues', () => {
  const catalogues = FORMAT_PAGES.flatMap((page) => page.catalogues)
  const rulesOf = (section: Section): [string, KeyRule][] =>
    Object.entries(section.keys).flatMap(([key, rule]) => [
      [key, rule],
      ...[rule.section ?? [], Object.values(rule.variants?.sections ?? {})].flat().flatMap(rulesOf),
    ])

  test('say of every key what becomes of it, and what to do where nothing does', () => {
    for (const [key, { fate, text, hint }] of catalogues.flatMap((each) => rulesOf(each.root))) {
      expect(text, key).toMatch(/[^.]$/)
      if (fate === 'unsupported') expect(hint, key).toMatch(/\.$/)
    }
  })

  test.each(FORMAT_PAGES)('are what the page $name in docs/formats shows', (page) => {
    const file = new URL(`../../docs/formats/${page.name}.md`, import.meta.url)
    expect(readFileSync(file, 'utf8')).toBe(renderPage(page))
  })

  test.each(Object.entries(EXAMPLES))('lose nothing of the example of %s', async (_, files) => {
    const { keys } = await read(files)
    const covered = keys.map((each) => `${each.place.file}:${each.path}`)
    for (const [file, text] of Object.entries(files)) {
      if (file === 'Procfile') continue
      for (const path of keysIn(text)) {
        const isCovered = covered.some(
          (each) =>
            each.startsWith(`${file}:${path}`) ||
            `${file}:${path}`.startsWith(`${each}.`) ||
            `${file}:${path}`.startsWith(`${each}[`),
        )
        expect(isCovered, `${file}: ${path}`).toBe(true)
      }
    }
  })
})

/** The paths of all keys of a YAML file, found without the code under test. */
function keysIn(text: string): string[] {
  const visit = (node: unknown, path: string): string[] => {
    if (isSeq(node)) return node.items.flatMap((each, index) => visit(each, `${path}[${index}]`))
    if (!isMap(node)) return []
    return node.items.flatMap(({ key, value }) => {
      const own = `${path === '' ? '' : `${path}.`}${isScalar(key) ? String(key.value) : ''}`
      return [own, ...visit(value, own)]
    })
  }
  return visit(parseDocument(text).contents, '')
}
