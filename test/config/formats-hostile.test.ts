import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { EXAMPLES } from './fixtures.ts'
import { placedProblemsOf } from './files.ts'
import { outcomeOf } from './outcome.ts'

const SEED = 20_261_122
/** Milliseconds for each kind of change of each example. */
const TIME = 270
const bounded = { seed: SEED, numRuns: 400, interruptAfterTimeLimit: TIME, markInterruptAsFailure: false }

const examples = Object.entries(EXAMPLES)
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    ...':{}[],&*!|>\'"%@`#-?\n\t \0'.split(''),
    '<<',
    '*x',
    '&x ',
    '{}',
    '[]',
    '~',
    '\n  ',
    ': ',
    '-1',
    '1e9',
  ),
)

describe.each(examples)('the example of %s', (_, files) => {
  const path = fc.constantFrom(...Object.keys(files))

  test('is accepted', async () => {
    expect(await outcomeOf(files, 'default')).toBe('accepted')
  })

  test('whatever is typed into it, is accepted, or refused with a place', async () => {
    const edit = fc.tuple(path, fc.nat({ max: 2000 }), fc.nat({ max: 6 }), piece)
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const changed = { ...files }
        for (const [file, at, removed, inserted] of edits) {
          const text = changed[file]!
          changed[file] = text.slice(0, at) + inserted + text.slice(at + removed)
        }
        await outcomeOf(changed, 'default')
      }),
      bounded,
    )
  })

  test('with any value in any place is accepted, or refused with a place', async () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(null, {}, [], '', 0, -1, 1.5, true, '${PORT}', 'web'),
    )
    await fc.assert(
      fc.asyncProperty(path, fc.nat(), value, async (file, at, replacement) => {
        const text = JSON.stringify(replaced(parse(files[file]!), at, replacement))
        await outcomeOf({ ...files, [file]: text }, 'prod')
      }),
      bounded,
    )
  })

  test('with its lines dropped, doubled and in another order is accepted, or refused with a place', async () => {
    const file = Object.keys(files)[0]!
    const lines = fc.shuffledSubarray(files[file]!.split('\n'), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), async (some, twice) => {
        await outcomeOf({ ...files, [file]: [...some, ...(twice ? some : [])].join('\n') }, 'default')
      }),
      bounded,
    )
  })
})

describe.each(['app_desc.yaml', 'app.json'])('a hostile %s', (file) => {
  const problemsWith = (text: string) => placedProblemsOf({ Procfile: 'web: a', [file]: text })

  test('of aliases that expand without end is refused', async () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
    )
    const [problem] = await problemsWith(['spec_version: 2', ...levels].join('\n'))
    expect(problem).toMatch(
      new RegExp(`^${file}:\\d+:\\d+ ${file} cannot be read: its aliases expand to too much$`),
    )
  })

  test('that is nested without end is refused', async () => {
    const [problem] = await problemsWith(`{"spec_version": 2, "env": ${'['.repeat(20_000)}`)
    expect(problem).toContain('it is nested too deeply')
    expect(problem).toMatch(new RegExp(`^${file}:1:`))
  })

  test('of 10 MB is refused', async () => {
    expect(await problemsWith('x'.repeat(10 * 1024 * 1024))).toEqual([
      `${file}:1:1 ${file} is larger than 1 MiB`,
    ])
  })
})

/** The data with the value at one place, counted in order, replaced. */
function replaced(data: unknown, at: number, replacement: unknown): unknown {
  const place = at % count(data)
  let seen = 0
  const visit = (value: unknown): unknown => {
    if (seen++ === place) return replacement
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visit(each)]))
  }
  return visit(data)
}

function count(data: unknown): number {
  if (typeof data !== 'object' || data === null) return 1
  return Object.values(data).reduce((sum: number, each) => sum + count(each), 1)
}
