import type { App, Build, Process } from '../../app/app.ts'
import type { Diagnostic } from '../../app/errors.ts'
import { imageUsers } from '../../app/image-users.ts'
import type { ProcessSpec } from '../../app/spec.ts'
import type { Adapted, AdaptedProcess, FieldProblem } from '../engine.ts'
import { componentProblems, processProblems, type Abilities } from './problems.ts'

/** What this machine makes of an app. */
export function adapt(app: App, abilities: Abilities): Adapted {
  const diagnostics = [
    ...app.processes.flatMap((each) => within(`processes.${each.name}`, processProblems(each, abilities))),
    ...app.tasks.flatMap((each) => within(`tasks.${each.name}`, componentProblems(each, abilities))),
    ...buildWarnings(app),
  ]
  const sized = [...app.processes, ...app.tasks]
  if (!abilities.limits && sized.length > 0) {
    diagnostics.push({
      severity: 'warning',
      message: 'memory and cpu are not limited on this machine: it offers no cgroup v2 controllers',
    })
  }
  const adapted = { ...app, processes: app.processes.map(fit) }
  return { app: withoutBuildSecrets(adapted), diagnostics }
}

/** The same of one process, whatever says what it is. */
export function adaptProcess(spec: ProcessSpec, abilities: Abilities): AdaptedProcess {
  return { spec: fit(spec), problems: processProblems(spec, abilities) }
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
  const besides = (containers: Process['containers']): Process['containers'] =>
    Object.fromEntries(
      Object.entries(containers).map(([name, { build, ...each }]) => [
        name,
        { ...each, build: build && { ...build, secrets: {} } },
      ]),
    )
  const processes = app.processes.map((each) => ({ ...without(each), containers: besides(each.containers) }))
  return { ...without(app), processes, tasks: app.tasks.map(without) }
}

function buildWarnings(app: App): Diagnostic[] {
  const ignored = new Set(
    imageUsers(app)
      .filter(({ image }) => image === null)
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
