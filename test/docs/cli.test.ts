import { readFileSync } from 'node:fs'

import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { expect, test } from 'vitest'

import { cliPage } from '../../scripts/cli-docs/page.ts'
import { createProgram } from '../../src/cli/program.ts'

const program = await createProgram([])
const page = cliPage(program)

function pathsOf(command: CommandUnknownOpts, path: string): string[] {
  return [path, ...command.commands.flatMap((each) => pathsOf(each, `${path} ${each.name()}`))]
}

test('docs/cli.md is what the program says: node scripts/generate-cli-docs.ts', () => {
  expect(readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')).toBe(page)
})

test('every command has a section of its own with examples, and every noun is in the overview', () => {
  const headings = [...page.matchAll(/^#{2,4} (gantry .*)$/gm)].map(([, heading]) => heading)
  expect(headings).toEqual(program.commands.flatMap((each) => pathsOf(each, `gantry ${each.name()}`)))
  for (const part of page.split(/^#{2,4} (?=gantry )/gm).slice(1)) expect(part).toContain('```sh\n')
  for (const noun of program.commands) {
    expect(page).toContain(`[gantry ${noun.name()}](#gantry-${noun.name()})`)
  }
})

test('an option that a command has changed shows with that command', () => {
  const changed = new Command('gantry').description('all')
  for (const name of ['one', 'two', 'three']) {
    changed
      .command(name)
      .description(name)
      .option('--app <name>', name === 'three' ? 'another one | than usual' : 'the app')
  }
  const made = cliPage(changed)
  expect(made).toContain('| `--app <name>` | the app |')
  expect(made.split('## gantry two')[1]).toContain('And `--app`.')
  expect(made.split('## gantry three')[1]).toContain('| `--app <name>` | another one \\| than usual |')
})
