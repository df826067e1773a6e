import { describe, expect, it } from 'vitest'

import { UserError } from '../../src/app/errors.ts'
import { readRunKeys, splitKeys } from '../../src/cli/run-keys.ts'

describe('TT-19: the keys of run', () => {
  it.each([
    ['bash', ['bash'], []],
    ['memory=2 cpu=1 bash', ['bash'], ['memory=2', 'cpu=1']],
    ['bash memory=2 docker_tag=v3', ['bash'], ['memory=2', 'docker_tag=v3']],
    ['memory=2 bin/report image=x', ['bin/report'], ['memory=2', 'image=x']],
    ['make all cpu=2', ['make', 'all', 'cpu=2'], []],
    ['make colour=red', ['make', 'colour=red'], []],
    ['memory=2 printf %s max_hours=1', ['printf', '%s', 'max_hours=1'], ['memory=2']],
    ['memory=2', [], ['memory=2']],
  ])('of `%s` are told from its words', (line, command, keys) => {
    expect(splitKeys(line.split(' '))).toEqual({ command, keys })
  })

  it('come as words or as options, and not as both', () => {
    expect(readRunKeys(['memory=2'], { dockerTag: 'v3', maxHours: '1' })).toEqual({
      memory: '2',
      docker_tag: 'v3',
      max_hours: '1',
    })
    expect(() => readRunKeys(['memory=2'], { memory: '3' })).toThrow(UserError)
    expect(() => readRunKeys(['memory=2', 'memory=3'], {})).toThrow('memory is given twice')
  })
})
