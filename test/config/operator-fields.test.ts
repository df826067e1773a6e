import { describe, expect, it } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { checkOperatorKeys, parseOperatorFields } from '../../src/config/operator-fields.ts'

describe('what a person sets by hand', () => {
  it('is read as the config would read it, in the units of the model', () => {
    expect(
      parseOperatorFields({
        memory: '2',
        cpu: '0.5',
        demand_count: '3',
        stop_timeout: '1m',
        disabled: 'true',
        command: 'node server.js --port 80',
        expose: 'public',
        health_check: '{path: /healthz, interval: 2s}',
      }),
    ).toEqual({
      memory: 2048,
      cpu: 512,
      demand_count: 3,
      stop_timeout: 60,
      disabled: true,
      command: 'node server.js --port 80',
      expose: 'public',
      health_check: {
        path: '/healthz',
        command: null,
        tcp: false,
        interval: 2,
        timeout: 5,
        retries: 3,
        start_period: 0,
      },
    })
  })

  it('keeps a command and an image as they are, whatever they look like', () => {
    expect(parseOperatorFields({ command: 'echo "a: b" # c', image: 'key:0123456789ab' })).toEqual({
      command: 'echo "a: b" # c',
      image: 'key:0123456789ab',
    })
    expect(parseOperatorFields({ command: '[node, server.js]' })).toEqual({ command: ['node', 'server.js'] })
  })

  it('reads -0 as the 0 that an engine answers', () => {
    expect(
      parseOperatorFields({
        demand_count: '-0',
        spot_count: '-0.0',
        stop_timeout: '-0',
        rollout: '{min_up: -0}',
      }),
    ).toMatchObject({ demand_count: 0, spot_count: 0, stop_timeout: 0, rollout: { min_up: 0 } })
  })

  it('takes an empty image as none, and an empty health check as no check', () => {
    expect(parseOperatorFields({ image: '', health_check: '{}' })).toEqual({
      image: null,
      health_check: null,
    })
  })

  it('reports all problems at once, with the nearest right key', () => {
    const error = catching(() =>
      parseOperatorFields({ memroy: '2', demand_count: '-1', cpu: 'lots', env: 'A=1' }),
    )
    expect(error.diagnostics.map((each) => each.path)).toEqual(['memroy', 'demand_count', 'cpu', 'env'])
    expect(error.diagnostics[0]!.hint).toContain('"memory"')
    expect(error.diagnostics[2]!.message).toContain('"lots"')
    expect(error.diagnostics[3]!.hint).toContain('gantry env set')
  })

  it.each(['{', '[', '*x', '&a [*a]', '!!js/function x', 'a: b: c', '\t- x', '{path: /a, tcp: true}'])(
    'refuses %j with a sentence',
    (text) => {
      expect(catching(() => parseOperatorFields({ health_check: text })).diagnostics).toHaveLength(1)
    },
  )

  it('can be handed back by its key only', () => {
    expect(() => checkOperatorKeys(['memory', 'image'])).not.toThrow()
    expect(catching(() => checkOperatorKeys(['constructor', 'name'])).diagnostics).toHaveLength(2)
  })
})

function catching(work: () => unknown): ConfigError {
  try {
    work()
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('it was accepted')
}
