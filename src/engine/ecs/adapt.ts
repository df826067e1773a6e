import type {
  App,
  Build,
  Container,
  EcsSettings,
  HealthCheck,
  Placement,
  Process,
  Task,
} from '../../app/app.ts'
import type { ProcessSpec } from '../../app/spec.ts'
import type { Adapted, AdaptedProcess } from '../engine.ts'
import { STOP_TIMEOUT } from './definition/time-limits.ts'
import { DEFAULT_PLATFORM, PLATFORMS, problemsOf } from './definition/problems.ts'
import { DEFAULT_MIN_UP, processProblems, settingsProblems } from './definition/process-problems.ts'
import { snap } from './fargate-sizes.ts'
import { fitRetention } from './logs/retention.ts'

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
      containers: adaptBuilds(fitContainers(each.containers)),
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

/**
 * One that the config does not name runs where and as what the settings of the app say, as all others: it does not keep a
 * role that was taken away. What its image is built for stays.
 */
export function adaptProcess(app: App, spec: ProcessSpec): AdaptedProcess {
  const now = placementOfProcess(app.build, app.ecs)
  const architecture = spec.placement?.architecture ?? now.architecture
  const after = fitProcess(spec, { ...now, architecture })
  const unplaced = spec.placement === null ? settingsProblems(app.ecs) : []
  return { spec: after, problems: [...unplaced, ...processProblems(spec, after)] }
}

function fitProcess<Kind extends Process | ProcessSpec>(process: Kind, placement: Placement): Kind {
  return {
    ...fit(process),
    placement,
    health_check: fitHealthCheck(process),
    readiness: fitReadiness(process),
    containers: fitContainers<Kind['containers']>(process.containers),
    rollout: { ...process.rollout, min_up: DEFAULT_MIN_UP },
  }
}

function fit<Kind extends Process | ProcessSpec | Task>(component: Kind): Kind {
  const { ephemeral_storage_gb: storage, stop_timeout } = component
  return {
    ...component,
    ...snap(component),
    ephemeral_storage_gb: storage !== null && storage <= FREE_STORAGE ? null : storage,
    stop_timeout: fitStopTimeout(stop_timeout),
  }
}

type Fitted = Pick<Container, 'health_check' | 'stop_timeout'>

function fitContainers<All extends Readonly<Record<string, Fitted>>>(containers: All): All {
  return Object.fromEntries(
    Object.entries(containers).map(([name, each]) => [
      name,
      {
        ...each,
        // What nothing would check is none, and only a command is checked.
        health_check: each.health_check?.command ? wholeSeconds(each.health_check) : null,
        stop_timeout: fitStopTimeout(each.stop_timeout),
      },
    ]),
  ) as All
}

function fitStopTimeout(seconds: number): number {
  return Math.max(STOP_TIMEOUT.least, Math.ceil(seconds))
}

/** What nothing would check is none. A load balancer checks one path. */
function fitHealthCheck({
  health_check: check,
  readiness,
  ecs,
}: Pick<Process, 'health_check' | 'readiness' | 'ecs'>): HealthCheck | null {
  if (check === null || check.tcp) return null
  if (check.path !== null && (ecs.target_group === null || readiness?.path != null)) return null
  return wholeSeconds(check)
}

function fitReadiness({ readiness, ecs }: Pick<Process, 'readiness' | 'ecs'>): HealthCheck | null {
  return readiness === null || readiness.path === null || ecs.target_group === null
    ? null
    : wholeSeconds(readiness)
}

/** As ECS counts. */
function wholeSeconds(check: HealthCheck): HealthCheck {
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

function adaptBuilds(containers: Process['containers']): Process['containers'] {
  return Object.fromEntries(
    Object.entries(containers).map(([name, each]) => [
      name,
      { ...each, build: each.build && adaptBuild(each.build) },
    ]),
  )
}

/** No process is replaced because of what only schedules use. */
function placementOfProcess(build: Build, ecs: EcsSettings): Placement {
  return placementOf(build, { ...ecs, scheduler_role: null })
}

function placementOf(build: Build, ecs: EcsSettings): Placement {
  const { region: _region, cluster: _cluster, exec, ...places } = ecs
  return {
    ...places,
    ...(exec === true && { exec }),
    architecture: PLATFORMS[build.platform ?? DEFAULT_PLATFORM] ?? 'x86_64',
  }
}
