import type { App, RolloutSettings } from '../app/app.ts'
import type { OwnedFields, ProcessState } from '../app/spec.ts'
import { fieldsOfSpec, type ProcessFields } from './specs.ts'

export const DEFAULT_ROLLOUT: RolloutSettings = {
  overlap: true,
  on_failure: 'rollback',
  timeout: 900,
  min_up: 1,
}

/** What a process is where neither a config nor an operator says anything else. */
export function defaultProcess(name: string, app: App): ProcessFields {
  return {
    name,
    entry_point: null,
    command: null,
    pre_start: null,
    env: app.env,
    secrets: app.secrets,
    cpu: 256,
    memory: 512,
    ephemeral_storage_gb: null,
    mounts: {},
    stop_timeout: 15,
    placement: null,
    expose: 'none',
    port: null,
    demand_count: 1,
    spot_count: 0,
    scale_count: 0,
    scale_type: 'none',
    autoscaling_cpu_threshold: null,
    autoscaling_memory_threshold: null,
    health_check: null,
    readiness: null,
    containers: {},
    depends_on: {},
    rollout: DEFAULT_ROLLOUT,
    disabled: false,
    ecs: { target_group: null, service: null, health_check_grace_period: null },
  }
}

/**
 * What lies under the operator's fields of a process that the config does not name: what it runs with, and the default
 * where the operator has laid something over it. One that an operator made follows the app's env and secrets, and its
 * settings of where things run.
 */
export function underOperator({ spec, owned, origin }: ProcessState, app: App): ProcessFields {
  const defaults = defaultProcess(spec.name, app)
  return {
    ...fieldsOfSpec(spec),
    ...pick(defaults, owned),
    ...(origin === 'operator' && { env: app.env, secrets: app.secrets, placement: null }),
  }
}

function pick(defaults: ProcessFields, owned: OwnedFields): Partial<ProcessFields> {
  return Object.fromEntries(Object.entries(defaults).filter(([field]) => Object.hasOwn(owned, field)))
}
