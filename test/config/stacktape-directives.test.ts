import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parseDirective } from '../../src/config/stacktape/directive.ts'
import { placedProblemsOf, processOf, read } from './files.ts'
import { outcomeOf } from './outcome.ts'

const SERVICE = `resources:
  app:
    type: worker-service
    properties:
      packaging: {type: prebuilt-image, properties: {image: "$Var().image"}}
      resources: {cpu: $Var().size.cpu, memory: 512}
`
const VARIABLES = 'image: "acme/a:1", size: {cpu: 0.25}'
const file = (value: string, variables = VARIABLES) =>
  `variables: {${variables}}\n${SERVICE}      environment: [{name: A, value: ${JSON.stringify(value)}}]\n`
const envOf = async (value: string, variables?: string, files: Record<string, string> = {}) => {
  const text = file(value, variables === undefined ? VARIABLES : `${VARIABLES}, ${variables}`)
  const { app, keys } = await read({ 'stacktape.yml': text, ...files }, { environment: 'prod' })
  const key = keys.find((each) => each.path.endsWith('environment[0].value'))
  return { value: processOf(app, 'app').env['A'], fate: key?.fate, text: key?.text }
}
const problemsWith = (value: string, variables?: string) =>
  placedProblemsOf({
    'stacktape.yml': file(value, variables === undefined ? VARIABLES : `${VARIABLES}, ${variables}`),
  })

describe('a directive', () => {
  test.each([
    ['$Stage()', { name: 'Stage', arguments: [], path: [] }],
    [`  $A("x", -1.5 ,true)  `, { name: 'A', arguments: ['x', -1.5, true], path: [] }],
    ['$Var().a.b-c.0', { name: 'Var', arguments: [], path: ['a', 'b-c', '0'] }],
    [
      `$F('{}', $G().x)`,
      { name: 'F', arguments: ['{}', { name: 'G', arguments: [], path: ['x'] }], path: [] },
    ],
  ])('is read: %s', (text, expected) => {
    expect(parseDirective(text)).toEqual(expected)
  })

  test.each([
    '$A',
    '$A(',
    '$A(,)',
    '$A(1,)',
    '$A(1 2)',
    '$A())',
    '$A() b',
    'a $A()',
    `$A('b)`,
    `'a'`,
    '',
    '$(a)',
    '$A(b)',
  ])('is no such text: %j', (text) => {
    expect(parseDirective(text)).toBeNull()
  })

  test('of whatever text never fails, and a megabyte is read at once', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => void parseDirective(`$A(${text}`)))
    const started = performance.now()
    for (const part of ['$A(', `'a',`, '"', '1,', ' ', ').a']) parseDirective(`$A(${part.repeat(300_000)}`)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('directives', () => {
  test('that are known are put in, everywhere', async () => {
    const { app } = await read({ 'stacktape.yml': file('x') }, { environment: 'prod' })
    expect(processOf(app, 'app')).toMatchObject({ image: 'acme/a:1', cpu: 256 })
    expect(await envOf('$Stage()')).toMatchObject({ value: 'prod', fate: 'honoured' })
    expect((await envOf(`$Format('{}-{}', $Stage(), $Var().n)`, 'n: 1.10')).value).toBe('prod-1.10')
    expect((await envOf(`$CfFormat('a{}', 1)`)).value).toBe('a1')
    expect((await envOf('$This().variables.size.cpu')).value).toBe('0.25')
    expect((await envOf('$Var().a', 'a: "$Var().b", b: $Stage()')).value).toBe('prod')
    expect((await envOf(`$CliArgs('x', 'no')`)).value).toBe('no')
    expect((await envOf('$HOME (x)')).value).toBe('$HOME (x)')
  })

  test('may give lists and maps', async () => {
    const text = `variables: {${VARIABLES}, common: [{name: A, value: b}]}\n${SERVICE}      environment: $Var().common\n`
    const { app } = await read({ 'stacktape.yml': text })
    expect(processOf(app, 'app').env).toEqual({ A: 'b' })
  })

  test('of the region take that of gantry.yml', async () => {
    expect(await envOf('$Region()')).toMatchObject({ value: undefined, text: 'the region is not said' })
    const gantryYml = 'ecs: {region: eu-west-1}\nenvironments: {prod: {ecs: {region: eu-north-1}}}'
    expect((await envOf('$Region()', undefined, { 'gantry.yml': gantryYml })).value).toBe('eu-north-1')
  })

  test.each([
    [`$GitInfo('commit')`, 'every commit would replace the instances for it alone'],
    [`$File('a.json').b`, 'Gantry reads no further files for values'],
    [`$StackOutput('a', 'b')`, 'Gantry reads no outputs of CloudFormation stacks'],
    [`$Format('{}', $AwsAccountId())`, 'the account is known only to the deployment'],
    [`$CfFormat('x{}', $Secret('a.b'))`, 'a secret cannot be a part of a text'],
    [`$CliArgs('x')`, 'there are no arguments of a command, and it has no default'],
  ])('that are not known count as not said, with the reason: %s', async (value, text) => {
    expect(await envOf(value)).toMatchObject({ value: undefined, fate: 'unsupported', text })
  })

  test('that are not known leave the default of what they stand for', async () => {
    const { app, keys } = await read({
      'stacktape.yml': file('x').replace('$Var().size.cpu', `"$File('size.yml').cpu"`),
    })
    expect(processOf(app, 'app').cpu).toBe(256)
    expect(keys.find((each) => each.path.endsWith('resources.cpu'))).toMatchObject({ fate: 'unsupported' })
  })

  test('that are not known never leave an image to chance', async () => {
    const text = file('x').replace('$Var().image', `$StackOutput('base', 'image')`)
    expect(await placedProblemsOf({ 'stacktape.yml': text })).toContainEqual(
      expect.stringMatching(/^stacktape\.yml:6:\d+ The image cannot be known here$/),
    )
    const over = { 'stacktape.yml': text, 'gantry.yml': 'processes: {app: {image: b}}' }
    const { app } = await read({ ...over, 'gantry.yml': 'from: Stacktape\nprocesses: {app: {image: b}}' })
    expect(processOf(app, 'app').image).toBe('b')
  })

  test.each([
    ['$Stge()', 'There is no directive "$Stge()"'],
    ['$Var().none', 'There is no "none" where this directive looks for it'],
    [`$ResourceParam('ap', 'host')`, 'There is no resource "ap"'],
    [`$Format('{}{}', 1)`, '$Format() needs a value for each {}; found 2 {} and 1 values'],
    [`$Format('{}', $Secret('a'))`, '$Format() cannot take a value that only a deployment knows'],
    ['$Stage(', 'This directive cannot be read'],
    ['$Secret()', 'This directive names no secret'],
    [`$Format('{}', $Var().size)`, 'A list or map cannot be a part of a text'],
  ])('that Stacktape refuses are refused with their place: %s', async (value, expected) => {
    expect(await problemsWith(value)).toEqual([expect.stringMatching(/^stacktape\.yml:8:\d+ /)])
    expect((await problemsWith(value))[0]).toContain(expected)
  })

  test('that only a deployment knows are refused in variables', async () => {
    expect(await problemsWith('x', `a: "$Secret('x')"`)).toContainEqual(
      expect.stringContaining('$Secret() cannot stand in variables: only a deployment knows it'),
    )
  })

  test.each([
    ['lead to themselves', '$Var().a', 'a: "$Var().b", b: $Var().a'],
    ['lead to themselves in a text', '$Var().a', `a: "$Format('{}', $Var().a)"`],
    ['lead to themselves on the way', '$Var().a.b', 'a: $Var().a.b'],
    ['are the whole file in itself', '$This()', ''],
    [
      'expand without end',
      '$Var().a9',
      Array.from({ length: 9 }, (_, i) => `a${i + 1}: [${`"$Var().a${i}",`.repeat(9)}]`).join(', ') +
        ', a0: x',
    ],
    [
      'make texts without end',
      '$Var().a9',
      Array.from(
        { length: 9 },
        (_, i) => `a${i + 1}: "$Format('${'{}'.repeat(9)}'${`, $Var().a${i}`.repeat(9)})"`,
      ).join(', ') + ', a0: xxxxxxxx',
    ],
  ])('that %s are refused at once', async (_, value, variables) => {
    const started = performance.now()
    const problems = await problemsWith(value, variables)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/leads to itself|expand to too much/)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('of whatever text are accepted, or refused with a place', async () => {
    const part = fc.oneof(
      fc.constantFrom(
        '$Var()',
        '.a',
        '$Format(',
        "'{}'",
        ',',
        ')',
        '$Stage()',
        '$This()',
        '.variables',
        "$Secret('a.b')",
        '"',
        '.0',
      ),
      fc.string({ maxLength: 3 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        await outcomeOf({ 'stacktape.yml': file(parts.join(''), `${VARIABLES}, a: [1, {b: "$Stage()"}]`) })
      }),
      { numRuns: 200 },
    )
  })
})
