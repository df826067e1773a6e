import { expect, test } from 'vitest'

import type { RolloutSettings } from '../../src/app/app.ts'
import type { KeptField } from '../../src/plan/types.ts'
import { showKept } from '../../src/report/kept.ts'
import { HEALTH_CHECK as check } from '../app/fixtures.ts'

const rollout: RolloutSettings = { overlap: true, on_failure: 'rollback', timeout: 900, min_up: 1 }

test.each<[KeptField, string[]]>([
  [{ field: 'memory', value: 2_048, config: 1_024 }, ['memory 2 GB (set by operator; config says 1 GB)']],
  [{ field: 'memory', value: 2_048, config: 2_048 }, ['memory 2 GB (set by operator; config says the same)']],
  [{ field: 'memory', value: 2_048 }, ['memory 2 GB (set by operator)']],
  [
    { field: 'image', value: 'web:1', config: null },
    ['image web:1 (set by operator; config says built from the commit)'],
  ],
  [{ field: 'env.A', value: null, config: 'info' }, ['env.A (set by hand; config says info)']],
  [{ field: 'secrets.A', value: null, config: 'ssm:/a' }, ['secrets.A (set by hand; config says ssm:/a)']],
  [{ field: 'rollout', value: { ...rollout, min_up: 0.2 } }, ['rollout.min_up 200ms (set by operator)']],
  [
    { field: 'rollout', value: { ...rollout, min_up: 0.2, overlap: false }, config: rollout },
    [
      'rollout.overlap false (set by operator; config says true)',
      'rollout.min_up 200ms (set by operator; config says 1s)',
    ],
  ],
  [
    { field: 'rollout', value: rollout, config: rollout },
    ['rollout (set by operator; config says the same)'],
  ],
  [{ field: 'rollout', value: rollout }, ['rollout (set by operator; as by default)']],
  [
    { field: 'health_check', value: { ...check, retries: 5 }, config: check },
    ['health_check.retries 5 (set by operator; config says 3)'],
  ],
  [
    { field: 'health_check', value: check, config: null },
    ['health_check /healthz every 10s (set by operator; config says none)'],
  ],
  [
    { field: 'readiness', value: null, config: check },
    ['readiness none (set by operator; config says /healthz every 10s)'],
  ],
])('the kept field %o reads %o', (kept, lines) => {
  expect(showKept(kept)).toEqual(lines)
})
