import { expect, test } from 'vitest'

import type { FieldChange } from '../../src/plan/types.ts'
import { showChange } from '../../src/report/values.ts'
import { HEALTH_CHECK as check } from '../app/fixtures.ts'

const proxy = {
  image: 'envoy:1',
  command: ['envoy', '-c', 'x'],
  cpu: 128,
  memory: 128,
  env: { API_TOKEN: 'hunter2' },
  secrets: {},
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
  [{ field: 'readiness', from: null, to: check }, 'readiness none → /healthz every 10s'],
  [{ field: 'pre_start', from: null, to: 'bin/prepare' }, 'pre_start none → bin/prepare'],
  [{ field: 'entry_point', from: null, to: ['tini', '--'] }, 'entry_point none → tini --'],
  [{ field: 'mounts./a.b', to: { source: 'tmp', source_path: 'a.b' } }, 'mounts./a.b tmp a.b (new)'],
  [{ field: 'mounts./a', from: { source: 'storage', source_path: '' } }, 'mounts./a removed'],
  [{ field: 'depends_on.seed', to: 'succeeded' }, 'depends_on.seed succeeded (new)'],
  [
    { field: 'containers.proxy', to: proxy },
    'containers.proxy envoy:1, envoy -c x, 0.125 vCPU, 128 MB (new)',
  ],
  [{ field: 'containers.proxy', from: proxy }, 'containers.proxy removed'],
  [{ field: 'containers.proxy.memory', from: null, to: 128 }, 'containers.proxy.memory none → 128 MB'],
  [
    { field: 'containers.proxy.env.API_TOKEN', from: 'hunter2', to: 'hunter3' },
    'containers.proxy.env.API_TOKEN [secret] → [secret]',
  ],
  [
    { field: 'containers.proxy.health_check.interval', from: 10, to: 60 },
    'containers.proxy.health_check.interval 10s → 1m',
  ],
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
  [
    { field: 'rollout', from: { overlap: true }, to: { overlap: true }, owner: 'operator' },
    'rollout (now set by operator)',
  ],
])('the change %o reads "%s"', (change, text) => {
  expect(showChange({ owner: 'config', ...change })).toBe(text)
})
