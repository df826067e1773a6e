import { MAIN, type Dependencies, type Mounts } from '../../../app/app.ts'
import { showCpu, showMemory } from '../../../app/size.ts'
import type { FieldProblem } from '../../engine.ts'
import { error } from './field-problem.ts'
import type { ProcessFields, TaskFields } from './fields.ts'
import { refusedCheck, refusedStopTimeout } from './time-limits.ts'
import { containerPath } from './volumes.ts'

type Instance = Pick<ProcessFields, 'cpu' | 'memory' | 'health_check' | 'depends_on' | 'containers'>

/** What ECS does not take of the containers beside a process. */
export function refusedContainers(instance: Instance): FieldProblem[] {
  const containers = Object.entries(instance.containers)
  return [
    ...refusedSum('cpu', instance, showCpu),
    ...refusedSum('memory', instance, showMemory),
    ...refusedWaits(instance),
    ...containers.flatMap(([name, container]) =>
      [
        ...refusedStopTimeout(container),
        ...(container.health_check?.command ? refusedCheck('health_check', container.health_check) : []),
        ...refusedMounts(container.mounts),
      ].map((each): FieldProblem => ({ ...each, fields: [`containers.${name}.${each.fields[0]}`] })),
    ),
  ]
}

/** A command that comes before another one wants that to be known: ECS does not know what the image says. */
export function refusedStart({
  pre_start,
  entry_point,
  command,
}: Pick<ProcessFields | TaskFields, 'pre_start' | 'entry_point' | 'command'>): FieldProblem[] {
  if (pre_start === null || entry_point !== null || command !== null) return []
  return [
    error(
      ['pre_start', 'command'],
      'it runs before a command, and which one the image has is not known',
      'say what runs under `command`',
    ),
  ]
}

export function refusedMounts(mounts: Mounts): FieldProblem[] {
  const all = Object.entries(mounts)
  const shared = all.filter(([, { source }]) => source === 'storage').map(([path]) => path)
  const paths = Map.groupBy(all, ([path]) => containerPath(path))
  return [
    ...(shared.length === 0
      ? []
      : [
          error(
            ['mounts'],
            `there is no storage that instances share on ecs: ${shared.join(', ')} would be lost with each instance`,
            'keep those files in a bucket and leave the mount out, or say `source: instance` if they may be lost',
          ),
        ]),
    ...[...paths].flatMap(([path, [first, second]]) =>
      second === undefined
        ? []
        : error(['mounts'], `${first![0]} and ${second[0]} are both ${path}`, 'leave one of them out'),
    ),
    ...all.flatMap(([, outer]) =>
      all
        .filter(
          ([, inner]) => inner.source === outer.source && isInside(inner.source_path, outer.source_path),
        )
        .map(([path]) =>
          error(
            ['mounts'],
            `ecs makes a folder of its own for each source_path, and that of ${path} is inside of another one`,
            'name folders beside each other',
          ),
        ),
    ),
  ]
}

function isInside(inner: string, outer: string): boolean {
  return inner !== outer && (outer === '' || inner.startsWith(`${outer}/`))
}

/** What containers have for themselves must leave something for the process. */
function refusedSum(
  field: 'cpu' | 'memory',
  { containers, ...instance }: Instance,
  show: (amount: number) => string,
): FieldProblem[] {
  const sum = Object.values(containers).reduce((all, each) => all + (each[field] ?? 0), 0)
  if (sum < instance[field]) return []
  return [
    error(
      [field, 'containers'],
      `its containers have ${show(sum)}, which leaves nothing of ${show(instance[field])} for the process`,
      `say more than ${show(sum)}, or give the containers less`,
    ),
  ]
}

/** A condition on health is one on the check that ECS makes itself. */
function refusedWaits({ containers, depends_on, health_check }: Instance): FieldProblem[] {
  const all: [string, Dependencies][] = [
    ['depends_on', depends_on],
    ...Object.entries(containers).map(([name, each]): [string, Dependencies] => [
      `containers.${name}.depends_on`,
      each.depends_on,
    ]),
  ]
  return all.flatMap(([field, waits]) =>
    Object.keys(waits)
      .filter((name) => waits[name] === 'healthy')
      .filter((name) => {
        const check = name === MAIN ? health_check : (containers[name]?.health_check ?? null)
        return check === null || check.command === null
      })
      .map((name) =>
        error(
          [`${field}.${name}`],
          `ECS knows whether ${name === MAIN ? 'the process' : name} is healthy only by a command that runs in it`,
          'give its `health_check` a `command`, or wait for it to be started',
        ),
      ),
  )
}
