import { expect, it } from 'vitest'

import { ConfigError, type Diagnostic } from '../../src/app/errors.ts'
import { endOf } from '../../src/deploy/end.ts'

const problem = (line: number): Diagnostic => ({
  severity: 'error',
  message: `problem ${line}`,
  place: { file: 'gantry.yml', line, column: 3 },
})
const reasonOf = (...diagnostics: Diagnostic[]) =>
  endOf(new ConfigError(diagnostics), new AbortController().signal).reason

it('a config that is refused is remembered with the places of its problems', () => {
  const warning: Diagnostic = { severity: 'warning', message: 'a warning' }
  expect(reasonOf(problem(1), warning)).toBe('gantry.yml:1:3: problem 1')
  expect(reasonOf(problem(1), { severity: 'error', message: 'nowhere' })).toBe(
    'gantry.yml:1:3: problem 1; nowhere',
  )
  expect(reasonOf(...[1, 2, 3, 4, 5, 6, 7].map(problem))).toMatch(/problem 5; and 2 more$/)
})
