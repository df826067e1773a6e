import { expect, it } from 'vitest'

import { harmless } from '../../src/action/runner-log.ts'
import { commandsIn } from '../e2e/action/runner-commands.ts'

it.each([
  '::error::x',
  '  ::error file=a,line=1::x',
  '\t::add-mask::a',
  'text ##[error]x',
  '##[set-env name=PATH]x',
  'one\r::error::x',
  'one\n::stop-commands::x',
  '\u00a0::error::x',
  ':::error::x',
])('%j is no command to the runner', (line) => {
  expect(commandsIn(harmless(line))).toEqual([])
})

it('the runner would have obeyed them', () => {
  expect(commandsIn('  ::error file=a%2Cb,line=1::x%0Ay\nz ##[warning]w')).toEqual([
    { name: 'error', properties: { file: 'a,b', line: '1' }, message: 'x\ny' },
    { name: 'warning', properties: {}, message: 'w' },
  ])
})

it('what is no command stays as it is', () => {
  expect(harmless('std::vector ## [x]')).toBe('std::vector ## [x]')
})
