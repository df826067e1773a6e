import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { expect, test } from 'vitest'

import { createProgram } from '../../src/cli/program.ts'

const program = await createProgram([])
const commands = withSubcommands(program)

function withSubcommands(command: CommandUnknownOpts): CommandUnknownOpts[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

function helpOf(command: CommandUnknownOpts): string {
  let help = ''
  command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp()
  return help
}

function nameOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`
}

test.each(commands.map((command) => [nameOf(command), command] as const))(
  '%s has a description, and examples that begin with gantry',
  (name, command) => {
    expect(command.description()).not.toBe('')
    const [, examples = ''] = helpOf(command).split('\nExamples:\n')
    expect(examples).toContain(
      name === 'gantry' ? '$ gantry ' : `gantry ${name.replace(/^gantry /, '')}`.slice(0, 12),
    )
    expect(
      examples
        .trim()
        .split('\n')
        .every((line) => line.trim().startsWith('$ ')),
    ).toBe(true)
  },
)

test('the help of run says what a command does without', () => {
  const run = commands.find((command) => nameOf(command) === 'gantry run')!
  expect(helpOf(run).replaceAll(/\s+/g, ' ')).toContain('into a pipe it writes lines, and has no input')
})

test('every command that lists or shows prints JSON on demand', () => {
  const printing = commands.filter((command) =>
    /\b(?:list|show|ps|logs|plan|config|scale)$/.test(nameOf(command)),
  )
  expect(printing.length).toBeGreaterThan(8)
  for (const command of printing) expect(command.options.map(({ long }) => long)).toContain('--json')
})

test('only the command that is named is loaded', async () => {
  const names = (await createProgram(['ps', '--app', 'hello'])).commands.map((command) => command.name())
  expect(names).toEqual(['ps'])
})

test('all are loaded where a word could be any of them', async () => {
  const names = (await createProgram(['deplyo'])).commands.map((command) => command.name())
  expect(names).toEqual(program.commands.map((command) => command.name()))
})
