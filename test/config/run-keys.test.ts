import { describe, expect, it } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { readRunSettings } from '../../src/config/run-keys.ts'

function problemsOf(words: Record<string, string>): string[] {
  try {
    readRunSettings(words)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).diagnostics.map(({ message, hint }) => [message, hint].join('; '))
  }
}

describe('the keys of a run', () => {
  it('TT-12, TT-13, TT-16: have the units of the config: GB, vCPU, hours', () => {
    expect(readRunSettings({ memory: '1.5', cpu: '0.5', max_hours: '0.5' })).toEqual({
      memory: 1_536,
      cpu: 512,
      max_hours: 0.5,
      env: {},
    })
    expect(readRunSettings({ memory: '512 MB' }).memory).toBe(512)
  })

  it('TT-14, TT-15: name a tag or an image, and not both', () => {
    expect(readRunSettings({ docker_tag: 'release:v3' }).docker_tag).toBe('release:v3')
    expect(readRunSettings({ image: 'ghcr.io/acme/tools:1' }).image).toBe('ghcr.io/acme/tools:1')
    expect(problemsOf({ docker_tag: 'v3', image: 'x' })).toEqual([
      'docker_tag and image both say what to run; leave one of them out',
    ])
  })

  it('are variables of this run alone, with the rules of the config', () => {
    expect(readRunSettings({ 'env.LEVEL': 'debug=1', 'env.EMPTY': '' }).env).toEqual({
      LEVEL: 'debug=1',
      EMPTY: '',
    })
    expect(problemsOf({ 'env.1ST': 'x' })).toEqual([expect.stringContaining('its name must be letters')])
    expect(problemsOf({ 'env.PORT': '1' })).toEqual([expect.stringContaining('the engine gives PORT')])
    expect(problemsOf({ 'env.A': 'a\0b' })).toEqual([expect.stringContaining('its value must be')])
  })

  it('are refused all at once, with what is allowed or was meant', () => {
    expect(problemsOf({ memory: 'much', cpu: '0', max_hours: '', memroy: '1', colour: 'red' })).toEqual([
      expect.stringMatching(/^memory must be a number of GB .*; found "much"/),
      expect.stringMatching(/^cpu must be a number of vCPU .*; found "0"/),
      expect.stringMatching(/^max_hours must be a number from 0.01 to 168; found ""/),
      '"memroy" is not a key of a run; did you mean "memory"?',
      expect.stringMatching(/^"colour" is not a key of a run; there are memory, cpu, .*env.NAME$/),
    ])
  })
})
