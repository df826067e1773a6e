import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { AppId } from '../../../src/app/app.ts'
import { KEYS } from '../../../src/config/operator-keys.ts'
import { hashOf } from '../../../src/engine/ecs/definition/label.ts'
import { processFamily } from '../../../src/engine/ecs/names.ts'
import { ownedFields, readServiceTags, serviceTags, tagsOf } from '../../../src/engine/ecs/tags.ts'
import { state } from './generators.ts'

const APP: AppId = { name: 'shop', environment: 'production' }
const FINGERPRINT = { revision: 'shop--production--web:7', hash: hashOf({}) }

test('what tags tell of a process is what it is', () => {
  fc.assert(
    fc.property(state, (given) => {
      const { spec } = given
      const read = readServiceTags(APP, serviceTags(APP, given, FINGERPRINT))!
      expect(read).toEqual({
        process: spec.name,
        origin: given.origin,
        owned: Object.keys(given.owned).sort(),
        counts: {
          demand_count: spec.demand_count,
          spot_count: spec.spot_count,
          scale_count: spec.scale_count,
          scale_type: spec.scale_type,
          autoscaling_cpu_threshold: spec.autoscaling_cpu_threshold,
          autoscaling_memory_threshold: spec.autoscaling_memory_threshold,
        },
        disabled: spec.disabled,
        rollout: spec.rollout,
        fingerprint: FINGERPRINT,
        adopted: null,
      })
      expect(ownedFields(spec, read.owned)).toEqual(given.owned)
    }),
  )
})

describe('ecs.md §4.3: tags', () => {
  const longest = 'a'.repeat(63)
  const app = { name: longest, environment: longest }

  test.each([
    ['all fields owned', Object.fromEntries(KEYS.map((field) => [field, null]))],
    ['none', {}],
  ])('hold at most 256 of the characters that AWS allows, also for the longest names: %s', (_name, owned) => {
    fc.assert(
      fc.property(state, (given) => {
        const spec = { ...given.spec, name: longest }
        const revision = `${processFamily(app, longest)}:1000000`
        for (const { key, value } of serviceTags(
          app,
          { ...given, spec, owned },
          { ...FINGERPRINT, revision },
        )) {
          expect(key).toMatch(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u)
          expect(value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,256}$/u)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('have each key once', () => {
    const [given] = fc.sample(state, 1)
    const keys = serviceTags(APP, given!, FINGERPRINT).map((each) => each.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('a service that is not a process of this app', () => {
  const mine = { 'gantry:app': 'shop', 'gantry:environment': 'production', 'gantry:process': 'web' }

  test.each([
    ['has no tags', {}],
    ['belongs to another app', { ...mine, 'gantry:app': 'other' }],
    ['belongs to another environment', { ...mine, 'gantry:environment': 'staging' }],
    ['does not say which process', { ...mine, 'gantry:process': '' }],
  ])('%s', (_name, values) => {
    expect(readServiceTags(APP, tagsOf(values))).toBeNull()
  })

  test('one whose other tags are gone or spoilt reads as by default, and nothing vouches for it', () => {
    const spoilt = {
      'gantry:counts': 'demand=many spot',
      'gantry:fingerprint': 'x',
      'gantry:owned': 'soul memory',
    }
    expect(readServiceTags(APP, tagsOf({ ...mine, ...spoilt }))).toEqual({
      process: 'web',
      origin: 'config',
      owned: ['memory'],
      counts: {
        demand_count: 1,
        spot_count: 0,
        scale_count: 0,
        scale_type: 'none',
        autoscaling_cpu_threshold: null,
        autoscaling_memory_threshold: null,
      },
      disabled: false,
      rollout: { overlap: true, on_failure: 'rollback', timeout: 900, min_up: 1 },
      fingerprint: null,
      adopted: null,
    })
  })
})
