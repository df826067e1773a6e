import { expect, test } from 'vitest'

import type { HealthCheck } from '../../src/app/app.ts'
import type { FieldChange, KeptField } from '../../src/plan/types.ts'
import { showChange, showKept } from '../../src/report/values.ts'

const check: HealthCheck = {
  path: '/healthz',
  command: null,
  tcp: false,
  interval: 10,
  timeout: 5,
  retries: 3,
  start_period: 0,
}

test.each<[Omit<FieldChange, 'owner'> & Partial<FieldChange>, string]>([
  [{ field: 'memory', from: 512, to: 1_024 }, 'memory 512 MB → 1 GB'],
  [{ field: 'cpu', from: 256, to: 1_024 }, 'cpu 0.25 vCPU → 1 vCPU'],
  [{ field: 'stop_timeout', from: 15, to: 90 }, 'stop_timeout 15s → 90s'],
  [{ field: 'ephemeral_storage_gb', from: null, to: 30 }, 'ephemeral_storage_gb none → 30 GB'],
  [{ field: 'command', from: null, to: ['bin/web', '-p', '1 2'] }, 'command none → bin/web -p "1 2"'],
  [{ field: 'health_check', from: null, to: check }, 'health_check none → /healthz every 10s'],
  [
    { field: 'health_check', from: { ...check, path: null, tcp: true }, to: null },
    'health_check tcp every 10s → none',
  ],
  [{ field: 'health_check.interval', from: 10, to: 60 }, 'health_check.interval 10s → 1m'],
  [{ field: 'rollout.overlap', from: true, to: false }, 'rollout.overlap true → false'],
  [{ field: 'env.A', from: '', to: 'x' }, 'env.A "" → x'],
  [{ field: 'env.A', from: 'x' }, 'env.A removed'],
  [{ field: 'env.A', to: 'x' }, 'env.A x (new)'],
  [{ field: 'env.A', to: 'x'.repeat(100) }, `env.A ${'x'.repeat(59)}… (new)`],
  [{ field: 'variables.A', to: 1 }, 'variables.A set by hand'],
  [{ field: 'variables.A', from: 1, to: 2 }, 'variables.A set by hand anew'],
  [{ field: 'variables.A', from: 2 }, 'variables.A no longer set by hand'],
  [{ field: 'restarts', from: 0, to: 1 }, 'restart'],
  [
    { field: 'image', from: 'relay:1.4', to: `relay@sha256:${'3f9c2a7d1e0b'.padEnd(64, '0')}` },
    'image relay:1.4 → relay@sha256:3f9c2a7d1e0b',
  ],
  [{ field: 'memory', from: 512, to: 512, owner: 'operator' }, 'memory 512 MB (now set by operator)'],
  [{ field: 'memory', from: 512, to: 512, owner: 'config' }, "memory 512 MB (now the config's)"],
])('the change %o reads "%s"', (change, text) => {
  expect(showChange({ owner: 'config', ...change })).toBe(text)
})

test.each<[KeptField, string]>([
  [{ field: 'memory', value: 2_048, config: 1_024 }, 'memory 2 GB (set by operator; config says 1 GB)'],
  [{ field: 'memory', value: 2_048, config: 2_048 }, 'memory 2 GB (set by operator; config says the same)'],
  [{ field: 'memory', value: 2_048 }, 'memory 2 GB (set by operator)'],
  [
    { field: 'image', value: 'web:1', config: null },
    'image web:1 (set by operator; config says built from the commit)',
  ],
  [{ field: 'env.A', value: null, config: 'info' }, 'env.A (set by hand; config says info)'],
  [{ field: 'secrets.A', value: null, config: 'ssm:/a' }, 'secrets.A (set by hand; config says ssm:/a)'],
])('the kept field %o reads "%s"', (kept, text) => {
  expect(showKept(kept)).toBe(text)
})
