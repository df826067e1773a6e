import type { TaskDefinition } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { Deployment } from '../../ledger.ts'
import { variableParameter } from './parameter-names.ts'
import type { State } from './state.ts'

export interface Naming {
  state: State
  /** Those that began and did not end: what they began upon may come back. */
  unfinished: readonly Deployment[]
  /** `family:n`: what services run, or may go back to. */
  revisions: ReadonlySet<string>
  read: (revision: string) => Promise<TaskDefinition>
}

/**
 * The parameters with values of variables that ECS may still be asked for: by what runs, by what is scheduled, and by what
 * is gone back to. Definitions are read only of revisions that the state does not know, as other hands deploy them.
 */
export async function namedVariables(app: AppId, naming: Naming): Promise<Set<string>> {
  const { state, unfinished, revisions, read } = naming
  const processes = Object.values(state.processes)
  const records = unfinished.flatMap(({ record }) => record ?? [])
  const specs = [
    ...processes.map((each) => each.state.spec),
    ...state.schedules,
    ...records.flatMap((record) => record.processes.flatMap(({ before }) => before?.spec ?? [])),
    ...records.flatMap((record) => record.schedules),
  ]
  const named = new Set(
    specs.flatMap(({ variables }) =>
      Object.entries(variables).map(([name, version]) => variableParameter(app, name, version)),
    ),
  )
  const known = new Set(processes.map(({ revision }) => revision))
  for (const revision of revisions) {
    if (known.has(revision)) continue
    const { containerDefinitions = [] } = await read(revision)
    for (const { valueFrom = '' } of containerDefinitions.flatMap(({ secrets = [] }) => secrets)) {
      named.add(valueFrom.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter/, ''))
    }
  }
  return named
}
