import type { App, Build, Component, Process, Task } from '../../app/app.ts'
import type { Diagnostic } from '../../app/errors.ts'
import type { ProcessSpec } from '../../app/spec.ts'
import type { Adapted, AdaptedProcess, FieldProblem } from '../engine.ts'

/** Pins that name an image of this engine; any other reference is a container image. */
const OWN_PIN = /^(key:[0-9a-f]{6,64}|release:v\d+)$/

/** A process or a task apart from what it runs. */
type Fields<Kind extends Process | Task> = Omit<Kind, 'image' | 'build'>

/** What this machine makes of an app. `limits`: whether memory and CPU can be limited here. */
export function adapt(app: App, limits: boolean): Adapted {
  const diagnostics = [
    ...app.processes.flatMap((each) =>
      within(`processes.${each.name}`, processProblems(each, isContainer(each.image))),
    ),
    ...app.tasks.flatMap((each) =>
      within(`tasks.${each.name}`, componentProblems(each, isContainer(each.image))),
    ),
    ...buildWarnings(app),
  ]
  const sized = [...app.processes, ...app.tasks]
  if (!limits && sized.length > 0) {
    diagnostics.push({
      severity: 'warning',
      message: 'memory and cpu are not limited on this machine: it offers no cgroup v2 controllers',
    })
  }
  const adapted = { ...app, processes: app.processes.map(fit) }
  return { app: withoutBuildSecrets(adapted), diagnostics }
}

/** The same of one process, whatever says what it is. */
export function adaptProcess(spec: ProcessSpec): AdaptedProcess {
  const container = spec.image.kind === 'pinned' && isContainer(spec.image.reference)
  return { spec: fit(spec), problems: processProblems(spec, container) }
}

/** One machine has one kind of instance and no autoscaler: what asks for more changes nothing, so it is not compared. */
function fit<Kind extends Process | ProcessSpec>(process: Kind): Kind {
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

/** Only the Dockerfile, which is not used here, could read them. */
function withoutBuildSecrets(app: App): App {
  const without = <Kind extends { build: Build }>(each: Kind): Kind => ({
    ...each,
    build: { ...each.build, secrets: {} },
  })
  return { ...without(app), processes: app.processes.map(without), tasks: app.tasks.map(without) }
}

function isContainer(pin: string | null): boolean {
  return pin !== null && !OWN_PIN.test(pin)
}

function componentProblems(component: Fields<Process> | Fields<Task>, container: boolean): FieldProblem[] {
  const found: FieldProblem[] = []
  if (component.command === null && !container) {
    found.push(
      error(
        ['command', 'image'],
        'a command is needed: an image of the local engine has none of its own',
        'say what runs under `command`',
      ),
    )
  }
  for (const [name, reference] of Object.entries(component.secrets)) {
    if (reference === 'gantry') continue
    found.push(
      error(
        [`secrets.${name}`],
        `${name} is kept in AWS, which the local engine does not read`,
        `write \`${name}: gantry\` and set it with \`gantry env set ${name} --secret\``,
      ),
    )
  }
  if (component.ephemeral_storage_gb !== null) {
    found.push(warning(['ephemeral_storage_gb'], 'disk space is not limited by the local engine'))
  }
  return found
}

function processProblems(process: Fields<Process>, container: boolean): FieldProblem[] {
  const found = componentProblems(process, container)
  if (process.spot_count > 0) {
    found.push(
      warning(['spot_count'], 'one machine has no spot capacity: spot instances run like the others'),
    )
  }
  const [field, ...others] = scalingFields(process)
  if (field !== undefined) {
    found.push(warning([field, ...others], 'autoscaling is not available on the local engine'))
  }
  if (process.port !== null && !container) {
    found.push(
      warning(
        ['port'],
        `instances share this machine, so each gets a port of its own in $PORT instead of ${process.port}`,
      ),
    )
  }
  if (process.expose === 'private') {
    found.push(
      warning(
        ['expose'],
        'the local engine gives private processes no stable address: `gantry ps` shows the ports',
      ),
    )
  }
  return found
}

/** The fields that ask for autoscaling. */
function scalingFields(process: Fields<Process>): string[] {
  const thresholds = ['autoscaling_cpu_threshold', 'autoscaling_memory_threshold'] as const
  return [
    ...(process.scale_type === 'none' ? [] : ['scale_type']),
    ...(process.scale_count === 0 ? [] : ['scale_count']),
    ...thresholds.filter((each) => process[each] !== null),
  ]
}

function buildWarnings(app: App): Diagnostic[] {
  const components: Component[] = [...app.processes, ...app.tasks]
  const ignored = new Set(
    components
      .filter((component) => component.image === null)
      .flatMap(({ build }) => [
        ...(build.dockerfile === null ? [] : ['dockerfile']),
        ...(build.target === null ? [] : ['target']),
        ...(Object.keys(build.secrets).length === 0 ? [] : ['secrets']),
        ...(build.platform === null ? [] : ['platform']),
      ]),
  )
  return [...ignored].map((key) => ({
    severity: 'warning',
    path: `build.${key}`,
    message: 'the local engine builds no container images: it runs the tree itself, after build.command',
  }))
}

function within(path: string, problems: readonly FieldProblem[]): Diagnostic[] {
  return problems.map(({ fields: [field], ...problem }) => ({ ...problem, path: `${path}.${field}` }))
}

function warning(fields: FieldProblem['fields'], message: string): FieldProblem {
  return { severity: 'warning', fields, message }
}

function error(fields: FieldProblem['fields'], message: string, hint: string): FieldProblem {
  return { severity: 'error', fields, message, hint }
}
