import type { AppId } from '../app/app.ts'
import { ConfigError, NotFoundError, UserError } from '../app/errors.ts'
import type { Running } from '../engine/running.ts'
import { definedByConfig } from '../plan/blocked.ts'
import type { PlanOptions } from '../plan/plan.ts'

export type Operation = NonNullable<PlanOptions['operate']>[number]

/** What is asked of one process in words. */
export interface OperationWords {
  process: string
  /** Make it, with these fields. */
  create?: boolean
  /** Remove it. */
  delete?: boolean
  /** Fields as raw texts, entries of fields (`health_check.path`), and variables (`env.LOG_LEVEL`). */
  set?: Readonly<Record<string, string>>
  /** Fields to hand back, and variables to take away. */
  unset?: readonly string[]
  restart?: boolean
}

/** The same as it was read. */
export interface OperatorChange extends Operation {
  /** Of this process alone; value null: to be taken away. */
  variables?: readonly { name: string; value: string | null }[]
}

/**
 * Reads the words of operations as the config would read them.
 *
 * @throws ConfigError with all that is wrong
 */
export async function parseOperations(words: readonly OperationWords[]): Promise<OperatorChange[]> {
  // As in prepare.ts: the schema is loaded when it is needed.
  const { nameProblems, readOperatorFields } = await import('../config/operator-fields.ts')
  const read = words.map(({ process, set, unset, ...verbs }) => {
    const { fields, problems } = readOperatorFields(set ?? {}, unset)
    const wrongName = verbs.create ? nameProblems(process) : []
    return { change: { process, ...verbs, ...fields }, problems: [...wrongName, ...problems] }
  })
  const problems = read.flatMap((each) => each.problems)
  if (problems.length > 0) throw new ConfigError(problems)
  return read.map((each) => each.change)
}

/**
 * Whether these can be asked for as things are. The plan judges them again when their turn has come.
 *
 * @throws UserError
 */
export function checkOperations(
  app: AppId,
  { processes, variables }: Running,
  changes: readonly OperatorChange[],
): void {
  const known = new Map(processes.map((each) => [each.spec.name, each]))
  const unknown = changes.filter((each) => !each.create && !known.has(each.process))
  if (unknown.length > 0) {
    const names = unknown.map(({ process }) => JSON.stringify(process.slice(0, 80)))
    throw new NotFoundError(`${app.name} has no process ${names.join(', and none ')}`, {
      hint:
        processes.length === 0
          ? 'nothing was deployed yet: deploy first'
          : `there are: ${[...known.keys()].join(', ')}`,
    })
  }
  for (const { process, ...change } of changes) {
    if (change.create && known.has(process)) {
      throw new UserError(`${app.name} has a process ${process} already`, {
        hint: `change it: gantry process set ${process} key=value`,
      })
    }
    if (change.delete && known.get(process)?.origin === 'config') {
      const [message, hint] = definedByConfig(process)
      throw new UserError(message, { hint })
    }
    const isSet = (name: string): boolean =>
      variables.some((each) => each.name === name && each.process === process)
    const missing = change.variables?.find(({ name, value }) => value === null && !isSet(name))
    if (missing !== undefined) throw new NotFoundError(`${missing.name} is not set for ${process}`)
  }
}
