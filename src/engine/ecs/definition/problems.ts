import type { App, EcsSettings, LogSettings, Placement, Process, Task } from '../../../app/app.ts'
import { showDuration } from '../../../app/duration.ts'
import { imageUsers } from '../../../app/image-users.ts'
import type { Diagnostic } from '../../../app/errors.ts'
import type { FieldProblem } from '../../engine.ts'
import { scheduleProblems } from '../cron.ts'
import { serviceName } from '../names.ts'
import { error, warning } from './field-problem.ts'
import { componentProblems, processProblems, settingsProblems } from './process-problems.ts'

/** What Fargate runs. */
export const DEFAULT_PLATFORM = 'linux/amd64'
export const PLATFORMS: Readonly<Record<string, Placement['architecture']>> = {
  'linux/amd64': 'x86_64',
  'linux/arm64': 'arm64',
}

/** Everything that ECS cannot honour in an app, and what it makes otherwise than the config says. */
export function problemsOf(app: App, adapted: App): Diagnostic[] {
  const found = [
    ...appProblems(app),
    ...retentionProblems(app.logs, adapted.logs),
    ...app.processes.flatMap((each, index) =>
      within(`processes.${each.name}`, [
        ...platformProblems(each),
        ...containerPlatforms(each),
        ...processProblems(each, adapted.processes[index]!),
      ]),
    ),
    ...sharedServices(app),
    ...app.tasks.flatMap((each, index) =>
      within(`tasks.${each.name}`, [
        ...platformProblems(each),
        ...componentProblems(each, adapted.tasks[index]!),
        ...schedulerRole(each, app.ecs),
        ...scheduleProblems(each),
      ]),
    ),
  ]
  return found.map(({ fields: [path], ...problem }) => ({ ...problem, path }))
}

function retentionProblems({ retention }: LogSettings, { retention: kept }: LogSettings): FieldProblem[] {
  if (retention === null || kept === null || retention === kept) return []
  const made = `CloudWatch does not offer ${showDuration(retention)}: output is kept for ${showDuration(kept)}`
  return [warning(['logs.retention'], made, `write \`retention: ${showDuration(kept)}\``)]
}

function within(path: string, problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map((each) => ({ ...each, fields: [`${path}.${each.fields[0]}`] }))
}

function appProblems({ processes, tasks, ecs, build }: App): FieldProblem[] {
  const components = [...processes, ...tasks]
  if (components.length === 0) return []
  const found = settingsProblems(ecs)
  if (
    build.command !== null ||
    imageUsers({ processes, tasks }).some((each) => each.image === null && each.build.command !== null)
  ) {
    found.push(
      warning(
        ['build.command'],
        'only the local engine runs build.command: on ecs the Dockerfile says how to build',
        'put the command into the Dockerfile',
      ),
    )
  }
  return found
}

function platformProblems({ build: { platform } }: Process | Task): FieldProblem[] {
  if (platform === null || Object.hasOwn(PLATFORMS, platform)) return []
  return [
    error(
      ['build.platform'],
      `Fargate does not run ${platform}`,
      `say ${Object.keys(PLATFORMS).join(' or ')}`,
    ),
  ]
}

/** All containers of an instance are on one machine. */
function containerPlatforms({ build: { platform }, containers }: Process): FieldProblem[] {
  return Object.entries(containers).flatMap(([name, { build }]) =>
    build === null || machineOf(build.platform) === machineOf(platform)
      ? []
      : error(
          [`containers.${name}.build.platform`],
          `${name} is built for ${machineOf(build.platform)}, and the process beside it for ${machineOf(platform)}`,
          'say the same `platform` for both',
        ),
  )
}

function machineOf(platform: string | null): string {
  return platform ?? DEFAULT_PLATFORM
}

function schedulerRole({ name, schedule }: Task, ecs: EcsSettings): FieldProblem[] {
  if (schedule === null || ecs.scheduler_role !== null) return []
  return [
    error(
      ['schedule'],
      `${name} has a schedule, and no role with which the scheduler may start it`,
      'name a role that EventBridge Scheduler can take on and that may run tasks under `ecs.scheduler_role`',
    ),
  ]
}

/** Two processes would overwrite each other in one service. */
function sharedServices(app: App): FieldProblem[] {
  const users = Map.groupBy(app.processes, ({ name, ecs }) => serviceName(app, name, ecs.service))
  return [...users].flatMap(([service, [first, ...others]]) =>
    others.map(({ name }) =>
      error(
        [`processes.${name}.ecs.service`],
        `${name} and ${first!.name} are both to be the service ${service}`,
        'give each a service of its own, or leave the name out',
      ),
    ),
  )
}
