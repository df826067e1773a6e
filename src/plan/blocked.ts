import { instanceCount, type ProcessSpec } from '../app/spec.ts'
import type { Obstacle } from '../engine/running.ts'
import type { Operation } from './ownership.ts'
import type { Action, ProcessChange, TaskChange } from './types.ts'
import { missingSecrets, missingSecretsOf } from './variables.ts'

const COUNTS = ['demand_count', 'spot_count', 'scale_count'] as const

/** Operations that the plan has nothing for, or something else. */
export function impossibleOperations(
  operate: readonly Operation[],
  changes: readonly ProcessChange[],
): string[] {
  const planned = new Map(changes.map((each) => [each.name, each]))
  return operate.flatMap((each) => whyNot(each, planned.get(each.process)) ?? [])
}

function whyNot({ process, ...operation }: Operation, change: ProcessChange | undefined): string | null {
  if (operation.create) {
    if (change === undefined) {
      return `there is no image for ${process}, as nothing in the config has the app's own build: give it one with \`image=REFERENCE\``
    }
    if (change.before !== null) {
      return `there is a process ${process} already: change it with \`gantry process set ${process} …\``
    }
    return change.after?.origin === 'operator'
      ? null
      : `the config defines ${process}: deploy, and it is there`
  }
  if (change === undefined) {
    return `there is no process ${process}: \`gantry process list\` shows those that there are`
  }
  return operation.delete && change.action !== 'remove' ? definedByConfig(process).join(': ') : null
}

/** Why it cannot be deleted by hand, and what to do. */
export function definedByConfig(process: string): [message: string, hint: string] {
  return [
    `the config defines ${process}`,
    `remove it there and deploy, or stop it with \`gantry process stop ${process}\``,
  ]
}

/** Checks of which an operator has only said when, or how often. */
export function incompleteChecks(changes: readonly ProcessChange[]): string[] {
  return changes.flatMap(({ name, after }) =>
    (['health_check', 'readiness'] as const).flatMap((field) => {
      const check = after?.owned[field]
      if (!check || check.path !== null || check.command !== null || check.tcp) return []
      return `${field} of ${name} does not say what to check: set ${field}.path, .command or .tcp as well`
    }),
  )
}

/** Counts that make no sense once the config's fields and the operator's are put together. */
export function invalidCounts(changes: readonly ProcessChange[]): string[] {
  return changes.flatMap(({ name, after }) => {
    if (after === null) return []
    return COUNTS.filter((field) => !(after.spec[field] >= 0)).map((field) => {
      const sentence = (owner: string) =>
        `${field} of ${name} is ${after.spec[field]} (set by ${owner}) and must be 0 or more`
      return Object.hasOwn(after.owned, field)
        ? `${sentence('operator')}: hand it back with \`gantry process unset ${name} ${field}\``
        : sentence('the config')
    })
  })
}

/** What keeps the engine from making what this plan is to make. */
export function standingInTheWay(
  obstacles: readonly Obstacle[],
  changes: readonly ProcessChange[],
): string[] {
  const made = new Set(
    changes.filter((each) => each.after !== null && !LEAVES.has(each.action)).map((each) => each.name),
  )
  return obstacles.filter((each) => made.has(each.process)).map((each) => each.reason)
}

/** Secrets that are to be set by hand, are not, and are needed by something that this plan starts. */
export function unsetSecrets(processes: readonly ProcessChange[], tasks: readonly TaskChange[]): string[] {
  const starting = [
    ...processes.flatMap(({ name, action, after }) =>
      after !== null && starts(action, after.spec)
        ? { component: name, missing: missingSecretsOf(after.spec) }
        : [],
    ),
    ...tasks.flatMap(({ name, action, spec }) =>
      spec !== null && action !== 'skip' && action !== 'unchanged'
        ? { component: `task ${name}`, missing: missingSecrets(spec) }
        : [],
    ),
  ]
  const missing = starting.flatMap(({ component, missing }) =>
    missing.map((secret) => ({ secret, component })),
  )
  return [...Map.groupBy(missing, (each) => each.secret)].map(([secret, uses]) => {
    const users = new Set(uses.map((each) => each.component))
    const who = `${list(users)} ${users.size === 1 ? 'needs' : 'need'} it`
    return `the secret ${secret} has no value, and ${who}: set it with \`gantry env set ${secret} --secret\``
  })
}

/** Removals that nobody should make in passing. */
export function dangerousRemovals(changes: readonly ProcessChange[]): string[] {
  const running = changes.filter((each) => each.before !== null)
  const removed = changes.filter((each) => each.action === 'remove')
  const ofPublic = removed.filter((each) => each.before?.spec.expose === 'public')
  const how =
    'allow it with `--allow-remove`, in a push with `-o allow-remove`, in a workflow with `allow-remove: true`'
  const most = removed.length * 2 > running.length
  return [
    ...ofPublic.map(({ name }) => `this would remove ${name}, which is public: ${how}`),
    ...(most
      ? [
          `this would remove ${removed.length} of ${running.length} processes (${list(removed.map((each) => each.name))}): ${how}`,
        ]
      : []),
  ]
}

/** What leaves everything as the engine has taken it once, and must stay possible. */
export const LEAVES: ReadonlySet<Action> = new Set<Action>(['stop', 'pinned', 'unchanged'])

// Something stopped or scaled to nothing can do without its secrets; and it must be possible to stop what lost one.
function starts(action: ProcessChange['action'], spec: ProcessSpec): boolean {
  return action !== 'unchanged' && action !== 'pinned' && instanceCount(spec) > 0
}

/** `a, b and c`, cut where it gets too long to read. */
function list(names: Iterable<string>): string {
  const all = [...new Set(names)]
  const shown = all.length > 6 ? [...all.slice(0, 5), `${all.length - 5} more`] : all
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
