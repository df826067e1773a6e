import { spawnSync } from 'node:child_process'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Command } from '@commander-js/extra-typings'
import { expect, test, vi } from 'vitest'

import { addRun } from '../../src/cli/commands/run.ts'
import { noteOptionsBehind } from '../../src/cli/options-behind.ts'
import { mayHaveInput } from '../../src/cli/unread-input.ts'
import { temporaryFolder } from './gantry.ts'

test('there may be input in a file that holds something and in a pipe, and nowhere else', async () => {
  const folder = await temporaryFolder()
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const pipe = join(folder, 'pipe')
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
  const paths = [file('full', 'x'), pipe, file('empty', ''), '/dev/null']
  const found = paths.map((path) => {
    const descriptor = openSync(path, path === pipe ? 'r+' : 'r')
    const may = mayHaveInput(descriptor)
    closeSync(descriptor)
    return may
  })
  expect(found).toEqual([true, true, false, false])
  expect(mayHaveInput(9_999)).toBe(false)
})

test.each([
  ['bash --app side', '--app is given to bash'],
  ['bash --app=side', '--app is given to bash'],
  ['bash -a side', null],
  ['psql --host db', null],
  ['--app', null],
])('of `run %s` it is said: %s', (line, said) => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const program = new Command().enablePositionalOptions()
  addRun(program)
  noteOptionsBehind(program.commands[0]!, line.split(' '))
  const text = write.mock.calls.map(([each]) => String(each)).join('')
  write.mockRestore()
  if (said === null) expect(text).toBe('')
  else expect(text).toContain(said)
})
