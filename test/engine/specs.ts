import type { Command } from '../../src/app/command.ts'
import type { Image } from '../../src/app/image.ts'
import type { ProcessSpec, ProcessState, TaskSpec } from '../../src/app/spec.ts'
import { withoutUnmet } from '../../src/app/unmet.ts'
import { COMPONENT } from '../app/fixtures.ts'

const { image: _image, build: _build, command: _command, ...component } = withoutUnmet(COMPONENT)
/** Tests do not wait as long as people do. */
const COMMON = { ...component, variables: {}, stop_timeout: 5 }

/** A spec with everything at its default. */
export function processSpec(
  name: string,
  command: Command,
  image: Image,
  more: Partial<ProcessSpec> = {},
): ProcessSpec {
  return {
    name,
    command,
    image,
    ...COMMON,
    restarts: 0,
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
    rollout: { overlap: true, on_failure: 'rollback', timeout: 20, min_up: 0.1 },
    disabled: false,
    ecs: { target_group: null, service: null, health_check_grace_period: null },
    ...more,
  }
}

export function stateOf(spec: ProcessSpec): ProcessState {
  return { spec, owned: {}, origin: 'config' }
}

export function taskSpec(
  name: string,
  command: Command,
  image: Image,
  more: Partial<TaskSpec> = {},
): TaskSpec {
  return {
    name,
    command,
    image,
    ...COMMON,
    run: 'pre_deploy',
    when: 'changed',
    on_failure: 'abort',
    schedule: null,
    timezone: 'UTC',
    concurrency: 'allow',
    max_hours: 1,
    ...more,
  }
}
