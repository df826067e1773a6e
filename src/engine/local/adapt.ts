import type { App, Component, Process, Task } from '../../app/app.ts'
import type { Diagnostic } from '../../app/errors.ts'
import type { Adapted } from '../engine.ts'

/** Pins that name an image of this engine; any other reference is a container image. */
const OWN_PIN = /^(key:[0-9a-f]{6,64}|release:v\d+)$/

/** What this machine makes of an app. `limits`: whether memory and CPU can be limited here. */
export function adapt(app: App, limits: boolean): Adapted {
  const diagnostics = [
    ...app.processes.flatMap((process) => [
      ...componentDiagnostics(process, `processes.${process.name}`),
      ...processWarnings(process, `processes.${process.name}`),
    ]),
    ...app.tasks.flatMap((task) => componentDiagnostics(task, `tasks.${task.name}`)),
    ...buildWarnings(app),
  ]
  const sized = [...app.processes, ...app.tasks]
  if (!limits && sized.length > 0) {
    diagnostics.push(
      warning(
        undefined,
        'memory and cpu are not limited on this machine: it offers no cgroup v2 controllers',
      ),
    )
  }
  return { app: { ...app, processes: app.processes.map(adaptProcess) }, diagnostics }
}

/** One machine has one kind of instance and no autoscaler: what asks for more changes nothing, so it is not compared. */
function adaptProcess(process: Process): Process {
  return {
    ...process,
    ephemeral_storage_gb: null,
    scale_count: 0,
    scale_type: 'none',
    autoscaling_cpu_threshold: null,
    autoscaling_memory_threshold: null,
    ecs: { target_group: null, service: null, health_check_grace_period: null },
  }
}

function componentDiagnostics(component: Process | Task, path: string): Diagnostic[] {
  const found: Diagnostic[] = []
  const container = component.image !== null && !OWN_PIN.test(component.image)
  if (component.command === null && !container) {
    found.push(
      error(`${path}.command`, 'a command is needed: an image of the local engine has none of its own'),
    )
  }
  for (const [name, reference] of Object.entries(component.secrets)) {
    if (reference === 'gantry') continue
    found.push(
      error(
        `${path}.secrets.${name}`,
        `${name} is kept in AWS, which the local engine does not read`,
        `write \`${name}: gantry\` and set it with \`gantry env set ${name} --secret\``,
      ),
    )
  }
  if (component.ephemeral_storage_gb !== null) {
    found.push(warning(`${path}.ephemeral_storage_gb`, 'disk space is not limited by the local engine'))
  }
  return found
}

function processWarnings(process: Process, path: string): Diagnostic[] {
  const found: Diagnostic[] = []
  if (process.spot_count > 0) {
    found.push(
      warning(`${path}.spot_count`, 'one machine has no spot capacity: spot instances run like the others'),
    )
  }
  if (process.scale_type !== 'none' || process.scale_count > 0) {
    found.push(warning(`${path}.scale_type`, 'autoscaling is not available on the local engine'))
  }
  if (process.port !== null && (process.image === null || OWN_PIN.test(process.image))) {
    found.push(
      warning(
        `${path}.port`,
        `instances share this machine, so each gets a port of its own in $PORT instead of ${process.port}`,
      ),
    )
  }
  if (process.expose === 'private') {
    found.push(
      warning(
        `${path}.expose`,
        'the local engine gives private processes no stable address: `gantry ps` shows the ports',
      ),
    )
  }
  return found
}

function buildWarnings(app: App): Diagnostic[] {
  const components: Component[] = [...app.processes, ...app.tasks]
  const ignored = new Set(
    components
      .filter((component) => component.image === null)
      .flatMap(({ build }) => [
        ...(build.dockerfile === null ? [] : ['dockerfile']),
        ...(build.target === null ? [] : ['target']),
        ...(build.platform === null ? [] : ['platform']),
      ]),
  )
  return [...ignored].map((key) =>
    warning(
      `build.${key}`,
      'the local engine builds no container images: it runs the tree itself, after build.command',
    ),
  )
}

function warning(path: string | undefined, message: string): Diagnostic {
  return { severity: 'warning', message, ...(path === undefined ? {} : { path }) }
}

function error(path: string, message: string, hint?: string): Diagnostic {
  return { severity: 'error', message, path, ...(hint === undefined ? {} : { hint }) }
}
