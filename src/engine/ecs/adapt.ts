import type { App, Build, EcsSettings, HealthCheck, Placement, Process, Task } from '../../app/app.ts'
import type { ProcessSpec } from '../../app/spec.ts'
import type { Adapted, AdaptedProcess } from '../engine.ts'
import { STOP_TIMEOUT } from './definition/limits.ts'
import { PLATFORMS, problemsOf } from './definition/problems.ts'
import { DEFAULT_MIN_UP, processProblems, settingsProblems } from './definition/process-problems.ts'
import { snap } from './fargate-sizes.ts'
import { fitRetention } from './logs/retention.ts'

const DEFAULT_PLATFORM = 'linux/amd64'
/** GB that come anyway. */
const FREE_STORAGE = 20

/**
 * What ECS on Fargate makes of an app: sizes that are offered, where each component runs, and nothing that would be
 * compared although it changes nothing.
 */
export function adapt(app: App): Adapted {
  const adapted: App = {
    ...app,
    build: adaptBuild(app.build),
    logs: { retention: app.logs.retention === null ? null : fitRetention(app.logs.retention) },
    processes: app.processes.map((each) => ({
      ...fitProcess(each, placementOfProcess(each.build, app.ecs)),
      build: adaptBuild(each.build),
    })),
    tasks: app.tasks.map((each) => ({
      ...fit(each),
      build: adaptBuild(each.build),
      // Only what belongs to a service can be in a namespace.
      placement: placementOf(each.build, { ...app.ecs, namespace: null }),
    })),
  }
  return { app: adapted, diagnostics: problemsOf(app, adapted) }
}

/** One that the config does not name runs where the settings of the app say, on what its image is built for. */
export function adaptProcess(app: App, spec: ProcessSpec): AdaptedProcess {
  const after = fitProcess(spec, spec.placement ?? placementOfProcess(app.build, app.ecs))
  const unplaced = spec.placement === null ? settingsProblems(app.ecs) : []
  return { spec: after, problems: [...unplaced, ...processProblems(spec, after)] }
}

function fitProcess<Kind extends Process | ProcessSpec>(process: Kind, placement: Placement): Kind {
  return {
    ...fit(process),
    placement,
    health_check: fitHealthCheck(process),
    rollout: { ...process.rollout, min_up: DEFAULT_MIN_UP },
  }
}

function fit<Kind extends Process | ProcessSpec | Task>(component: Kind): Kind {
  const { ephemeral_storage_gb: storage, stop_timeout } = component
  return {
    ...component,
    ...snap(component),
    ephemeral_storage_gb: storage !== null && storage <= FREE_STORAGE ? null : storage,
    stop_timeout: Math.max(STOP_TIMEOUT.least, Math.ceil(stop_timeout)),
  }
}

/** What nothing would check is none; ECS counts whole seconds. */
function fitHealthCheck({
  health_check: check,
  ecs,
}: Pick<Process, 'health_check' | 'ecs'>): HealthCheck | null {
  if (check === null || check.tcp || (check.path !== null && ecs.target_group === null)) return null
  return {
    ...check,
    interval: Math.ceil(check.interval),
    timeout: Math.ceil(check.timeout),
    start_period: Math.ceil(check.start_period),
  }
}

/**
 * A machine of another kind must not decide what the image runs on; a Dockerfile that is named is never left out of the
 * context; the command is only for the local engine.
 */
function adaptBuild(build: Build): Build {
  const { dockerfile, platform } = build
  return {
    ...build,
    dockerfile: dockerfile ?? 'Dockerfile',
    platform: platform ?? DEFAULT_PLATFORM,
    command: null,
  }
}

/** No process is replaced because of what only schedules use. */
function placementOfProcess(build: Build, ecs: EcsSettings): Placement {
  return placementOf(build, { ...ecs, scheduler_role: null })
}

function placementOf(build: Build, ecs: EcsSettings): Placement {
  const { region: _region, cluster: _cluster, ...places } = ecs
  return { ...places, architecture: PLATFORMS[build.platform ?? DEFAULT_PLATFORM] ?? 'x86_64' }
}
