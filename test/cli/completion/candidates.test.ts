import { describe, expect, it } from 'vitest'

import { expected } from '../../../src/cli/completion/candidates.ts'
import { createProgram } from '../../../src/cli/program.ts'

const program = await createProgram([])
const wordsOf = (...words: string[]) => expected(program, words).candidates.map(({ word }) => word)
const liveOf = (...words: string[]) => expected(program, words).live

describe('what could stand there', () => {
  it('is every command at first, with what it does', () => {
    const { candidates } = expected(program, [''])
    expect(candidates.map(({ word }) => word)).toEqual(program.commands.map((each) => each.name()))
    expect(candidates.every(({ about }) => about !== '')).toBe(true)
  })

  it('is what a noun can do', () => {
    expect(wordsOf('process', '')).toEqual(expect.arrayContaining(['list', 'set', 'stop']))
    expect(wordsOf('deployment', 'sh')).toContain('show')
  })

  it('is the options of the command, where it begins with a hyphen', () => {
    expect(wordsOf('plan', '--')).toEqual(expect.arrayContaining(['--refresh', '--json', '--help']))
    expect(wordsOf('plan', '-')).not.toContain('--rebuild')
  })

  it('is one of the choices, behind an option or in its place', () => {
    expect(wordsOf('completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(wordsOf('token', 'create', '--scope', '')).toContain('operate')
    const { prefix, candidates } = expected(program, ['token', 'create', '--scope=op'])
    expect(prefix).toBe('--scope=')
    expect(candidates.map(({ word }) => word)).toContain('operate')
  })

  it('is nothing where anything could stand', () => {
    expect(expected(program, ['plan', ''])).toEqual({ prefix: '', candidates: [], live: null })
    expect(expected(program, ['plan', '-C', ''])).toEqual({ prefix: '', candidates: [], live: null })
    expect(expected(program, ['plan', 'one', 'two', ''])).toEqual({ prefix: '', candidates: [], live: null })
  })
})

describe('what only a look at the app tells', () => {
  it.each([
    ['process', ['ps', '']],
    ['process', ['logs', '-f', 'w']],
    ['process', ['logs', '--lines', '10', '']],
    ['process', ['process', 'stop', '']],
    ['process', ['env', 'set', 'A=1', '--process', '']],
    ['process', ['adopt', '']],
    ['count', ['scale', '']],
    ['count', ['scale', 'web=3', '']],
    ['task', ['task', 'run', '']],
    ['environment', ['plan', '--environment', '']],
    [null, ['process', 'create', '']],
    [null, ['app', 'delete', '']],
  ] as const)('%s: %j', (live, words) => {
    expect(liveOf(...words)).toBe(live)
  })
})
