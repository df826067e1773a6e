import { MAIN, type Dependencies, type Mounts } from '../../../app/app.ts'
import { showCpu, showMemory } from '../../../app/size.ts'
import type { FieldProblem } from '../../engine.ts'
import { error } from './field-problem.ts'
import type { ProcessFields, TaskFields } from './fields.ts'
import { refusedCheck, refusedStopTimeout } from './time-limits.ts'
import { containerPath } from './volumes.ts'

/** MiB: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const LEAST_MEMORY = 6

type Instance = Pick<ProcessFields, 'cpu' | 'memory' | 'health_check' | 'depends_on' | 'containers'>

/** What ECS does not take of the containers beside a process. */
export function refusedContainers(instance: Instance): FieldProblem[] {
  const containers = Object.entries(instance.containers)
  return [
    ...refusedSum('cpu', instance, showCpu),
    ...refusedSum('memory', instance, showMemory),
    ...refusedWaits(instance),
    ...containers.flatMap(([name, { memory }]) => (memory === null ? [] : refusedMemory(name, memory))),
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
  const paths = all
    .map(([path]) => ({ path, real: `${containerPath(path)}/` }))
    .toSorted((a, b) => (a.real < b.real ? -1 : 1))
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
    ...paths.slice(1).flatMap(({ path, real }, index) => {
      const outer = paths[index]!
      if (!real.startsWith(outer.real)) return []
      return error(
        ['mounts'],
        outer.real === real
          ? `${outer.path} and ${path} are both ${containerPath(path)}`
          : `${path} is ${containerPath(path)} here, inside of ${outer.path}`,
        'leave one of them out',
      )
    }),
  ]
}

/** Folders that containers of an instance would share in part: each is a volume of its own, and nothing of another one. */
export function refusedFolders(spec: ProcessFields | TaskFields): FieldProblem[] {
  const containers = 'containers' in spec ? Object.entries(spec.containers) : []
  const all = [
    ['mounts', spec.mounts] as const,
    ...containers.map(([name, { mounts }]) => [`containers.${name}.mounts`, mounts] as const),
  ].flatMap(([field, mounts]) =>
    Object.entries(mounts).map(([path, { source, source_path }]) => ({ field, path, source, source_path })),
  )
  return all
    .filter((inner) =>
      all.some((outer) => inner.source === outer.source && isInside(inner.source_path, outer.source_path)),
    )
    .map(({ field, path }) =>
      error(
        [field],
        `ecs makes a folder of its own for each source_path, and that of ${path} is inside of another one`,
        'name folders beside each other',
      ),
    )
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

function refusedMemory(container: string, memory: number): FieldProblem[] {
  if (memory >= LEAST_MEMORY) return []
  return [
    error(
      [`containers.${container}.memory`],
      `a container has ${showMemory(LEAST_MEMORY)} at least, not ${showMemory(memory)}`,
      'give it more, or leave it out: then it has what the others leave',
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
          [`${field}.${name}`, ...(name === MAIN ? (['health_check'] as const) : [])],
          `ECS knows whether ${name === MAIN ? 'the process' : name} is healthy only by a command that runs in it`,
          'give its `health_check` a `command`, or wait for it to be started',
        ),
      ),
  )
}
