import type { Component, Container, Process, Task } from '../../app/app.ts'
import {
  check,
  mounts,
  processEcs,
  rollout,
  variables,
  writeBuild,
  writeFields,
  writeOwnBuild,
} from './write-fields.ts'
import type { Fields } from './write-fields.ts'
import { silentContainer } from './write-silent.ts'
import { access, connections, statements } from './write-unmet.ts'
import { asIs, command, cpu, duration, list, memory, orLeftOut } from './write-values.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

/** Without the name, which is the key, and what the engine fills in. */
type Settings<Of> = Omit<Of, 'name' | 'placement'>

const STARTS = {
  image: orLeftOut(asIs),
  build: writeBuild,
  entry_point: orLeftOut(list),
  pre_start: orLeftOut(command),
  command: orLeftOut(command),
} satisfies Partial<Fields<Component>>

const RUNS = {
  env: variables,
  secrets: variables,
  mounts,
  cpu,
  memory,
  ephemeral_storage_gb: orLeftOut(asIs),
  stop_timeout: duration,
  connect_to: connections,
  access,
  iam_role_statements: statements,
} satisfies Partial<Fields<Component>>

export const PROCESS: Fields<Settings<Process>> = {
  ...STARTS,
  expose: asIs,
  port: orLeftOut(asIs),
  disabled: asIs,
  demand_count: asIs,
  spot_count: asIs,
  scale_count: asIs,
  scale_type: asIs,
  autoscaling_cpu_threshold: orLeftOut(asIs),
  autoscaling_memory_threshold: orLeftOut(asIs),
  ...RUNS,
  health_check: check,
  readiness: check,
  rollout,
  containers: writeContainers,
  depends_on: variables,
  ecs: processEcs,
  instance_types: list,
  enable_warm_pool: asIs,
}

export const TASK: Fields<Settings<Task>> = {
  ...STARTS,
  run: orLeftOut(asIs),
  when: asIs,
  on_failure: asIs,
  schedule: orLeftOut(asIs),
  timezone: asIs,
  concurrency: asIs,
  max_hours: asIs,
  ...RUNS,
}

const CONTAINER: Fields<Omit<Container, 'build'>> = {
  image: orLeftOut(asIs),
  entry_point: orLeftOut(list),
  command: orLeftOut(command),
  essential: asIs,
  depends_on: variables,
  port: orLeftOut(asIs),
  env: variables,
  secrets: variables,
  mounts,
  cpu: orLeftOut(cpu),
  memory: orLeftOut(memory),
  stop_timeout: duration,
  health_check: check,
}

function writeContainers(
  containers: Process['containers'],
  _: unknown,
  { build }: Settings<Process>,
): PlainMap | undefined {
  const silent = silentContainer()
  const all = new Map<string, Plain>()
  for (const [name, container] of Object.entries(containers)) {
    const own = container.build === null ? undefined : writeOwnBuild(container.build, build)
    const written = writeFields(CONTAINER, container, silent)
    if (written === undefined || (container.build !== null && own === undefined)) return undefined
    all.set(name, own === undefined ? written : new Map([['build', own], ...written]))
  }
  return all
}
