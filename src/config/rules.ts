import { checkContainers } from './container-rules.ts'
import type { Component } from './inherit.ts'
import { checkMounts, checkVariables, lineOf } from './shared-rules.ts'
import type { Reading } from './reading.ts'
import { child, entriesOf, isEmpty, itemsOf, placeOf } from './value.ts'
import type { Table, Value } from './value.ts'

/** Reports what is wrong within one process as it is written, wherever in the file: in `defaults`, in an overlay. */
export function checkWritten(config: Table, reading: Reading): void {
  const overlays = entriesOf(child(config, 'environments')).map(
    ([name, each]) => [`environments.${name}.`, each] as const,
  )
  for (const [prefix, root] of [['', config] as const, ...overlays]) {
    checkChecks(`${prefix}defaults`, child(root, 'defaults'), reading)
    for (const [name, each] of entriesOf(child(root, 'processes'))) {
      checkChecks(`${prefix}processes.${name}`, each, reading)
    }
  }
}

/** Reports what does not go together once overlays and inheritance are done. */
export function checkTogether(config: Table, components: readonly Component[], reading: Reading): void {
  checkNames(components, reading)
  checkVariables('', config, reading)
  for (const component of components) {
    const path = `${component.kind}.${component.name}`
    checkVariables(`${path}.`, component.settings, reading)
    checkMounts(path, component.settings, reading)
    checkContainers(path, component.settings, reading)
    checkImage(component, reading)
    if (component.kind === 'tasks') checkTask(component, reading)
    else {
      checkScaling(component, reading)
      checkWarmPool(component, reading)
    }
  }
}

function checkChecks(path: string, owner: Value | undefined, reading: Reading): void {
  checkHow(`${path}.health_check`, child(owner, 'health_check'), reading)
  checkHow(`${path}.readiness`, child(owner, 'readiness'), reading)
  for (const [name, each] of entriesOf(child(owner, 'containers'))) {
    checkHow(`${path}.containers.${name}.health_check`, child(each, 'health_check'), reading)
  }
}

function checkHow(path: string, check: Value | undefined, reading: Reading): void {
  if (check?.kind !== 'table' || isEmpty(check)) return
  const named = ['path', 'command', 'tcp'].filter((key) => check.entries.has(key))
  if (named.length === 1) return
  reading.error(
    `${path} must name exactly one of path, command and tcp; found ${named.join(' and ') || 'none of them'}`,
    {
      path,
      place: placeOf(check),
      hint: 'Write for example {path: /healthz}, {command: bin/check} or {tcp: true}.',
    },
  )
}

function checkNames(components: readonly Component[], reading: Reading): void {
  const processes = new Map(
    components.filter((each) => each.kind === 'processes').map((each) => [each.name, each]),
  )
  for (const { kind, name, own } of components) {
    const process = processes.get(name)
    if (kind !== 'tasks' || process === undefined) continue
    reading.error(
      `tasks.${name} has the name of a process${lineOf(process.own.key ?? placeOf(process.own))}`,
      {
        path: `tasks.${name}`,
        place: own.key ?? placeOf(own),
        hint: 'Processes and tasks share their names in commands and logs. Rename one of them.',
      },
    )
  }
}

function checkImage({ kind, name, own }: Component, reading: Reading): void {
  const build = child(own, 'build')
  if (build === undefined || child(own, 'image') === undefined) return
  reading.error(`${kind}.${name} has both an image and a build`, {
    path: `${kind}.${name}.build`,
    place: build.key ?? placeOf(build),
    hint: 'A pinned image is not built. Leave one of them out.',
  })
}

function checkTask({ name, own }: Component, reading: Reading): void {
  const needs = { timezone: 'schedule', concurrency: 'schedule', when: 'run', on_failure: 'run' }
  for (const [key, needed] of Object.entries(needs)) {
    const value = child(own, key)
    if (value === undefined || child(own, needed) !== undefined) continue
    reading.warn(`tasks.${name}.${key} has no effect without "${needed}"`, {
      path: `tasks.${name}.${key}`,
      place: value.key ?? placeOf(value),
    })
  }
}

/** Only instances of one type can wait for each other (row SW-55). */
function checkWarmPool({ name, settings }: Component, reading: Reading): void {
  const pool = child(settings, 'enable_warm_pool')
  if (pool?.kind !== 'scalar' || pool.value !== true) return
  if (itemsOf(child(settings, 'instance_types')).length === 1) return
  reading.error(`processes.${name}.enable_warm_pool needs exactly one of instance_types`, {
    path: `processes.${name}.enable_warm_pool`,
    place: placeOf(pool),
    hint: 'Leave it out, or name one type.',
  })
}

function checkScaling({ name, settings }: Component, reading: Reading): void {
  const type = child(settings, 'scale_type')
  const count = child(settings, 'scale_count')
  const scales = type?.kind === 'scalar' && type.value !== 'none'
  const thresholds = ['autoscaling_cpu_threshold', 'autoscaling_memory_threshold'].map((key) =>
    child(settings, key),
  )
  const threshold = thresholds.find((each) => each !== undefined)
  const extra = count?.kind === 'scalar' && count.value !== 0
  // One that another system has by default asks for nothing, nor does one where `none` is written beside it.
  const asks = threshold !== undefined && threshold.origin.kind !== 'default' && type === undefined
  const path = `processes.${name}`
  if (scales && !(extra && threshold)) {
    const missing = extra ? 'a threshold' : 'scale_count'
    reading.warn(`${path} never scales out: scale_type is set and ${missing} is not`, {
      path: `${path}.scale_type`,
      place: placeOf(type),
      hint: 'Autoscaling takes scale_type, scale_count and at least one autoscaling threshold.',
    })
  } else if (!scales && (extra || asks)) {
    reading.warn(`${path} never scales out: scale_type is none`, {
      path: `${path}.scale_type`,
      place: placeOf((extra ? count : threshold)!),
      hint: 'Set scale_type to spot or demand.',
    })
  }
}
