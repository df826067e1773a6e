import type { App, Build, EcsSettings, HealthCheck, Placement, Process, Task } from '../../app/app.ts'
import type { Adapted } from '../engine.ts'
import { DEFAULT_MIN_UP, PLATFORMS, problemsOf } from './definition/problems.ts'
import { snap } from './fargate-sizes.ts'

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
    processes: app.processes.map((each) => adaptProcess(each, app.ecs)),
    tasks: app.tasks.map((each) => adaptTask(each, app.ecs)),
  }
  return { app: adapted, diagnostics: problemsOf(app, adapted) }
}

function adaptProcess(process: Process, ecs: EcsSettings): Process {
  return {
    ...adaptComponent(process),
    // No process is replaced because of what only schedules use.
    placement: placementOf(process, { ...ecs, scheduler_role: null }),
    health_check: adaptHealthCheck(process),
    rollout: { ...process.rollout, min_up: DEFAULT_MIN_UP },
  }
}

function adaptTask(task: Task, ecs: EcsSettings): Task {
  // Only what belongs to a service can be in a namespace.
  return { ...adaptComponent(task), placement: placementOf(task, { ...ecs, namespace: null }) }
}

function adaptComponent<Kind extends Process | Task>(component: Kind): Kind {
  const { ephemeral_storage_gb: storage, build, stop_timeout } = component
  return {
    ...component,
    ...snap(component),
    build: adaptBuild(build),
    ephemeral_storage_gb: storage !== null && storage <= FREE_STORAGE ? null : storage,
    stop_timeout: Math.ceil(stop_timeout),
  }
}

/** A machine of another kind must not decide what the image runs on; the command is only for the local engine. */
function adaptBuild(build: Build): Build {
  return { ...build, platform: build.platform ?? DEFAULT_PLATFORM, command: null }
}

function placementOf({ build }: Process | Task, ecs: EcsSettings): Placement {
  const { region: _region, cluster: _cluster, ...places } = ecs
  return { ...places, architecture: PLATFORMS[build.platform ?? DEFAULT_PLATFORM] ?? 'x86_64' }
}

/** What nothing would check is none; ECS counts whole seconds. */
function adaptHealthCheck({ health_check: check, ecs }: Process): HealthCheck | null {
  if (check === null || check.tcp || (check.path !== null && ecs.target_group === null)) return null
  return {
    ...check,
    interval: Math.ceil(check.interval),
    timeout: Math.ceil(check.timeout),
    start_period: Math.ceil(check.start_period),
  }
}
