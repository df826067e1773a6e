import type { App, AppId, Container, Process, Task } from '../../app/app.ts'
import { inheritAll } from '../inherit.ts'
import type { Provenance } from '../provenance.ts'
import { Reading } from '../reading.ts'
import { resolve } from '../resolve.ts'
import { scalar, table } from '../value.ts'
import type { Table, Value } from '../value.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

const HERE: Provenance = { kind: 'file', file: 'gantry.yml', line: 1, column: 1 }
const NO_FILES = { read: async () => null, readBytes: async () => null, list: async () => [] }

/** Names of processes, and of tasks with when they run: other defaults hang on that. */
export interface Members {
  processes: readonly Pick<Process, 'name'>[]
  tasks: readonly Pick<Task, 'name' | 'run'>[]
}

/**
 * The app where no component says anything: what each inherits from the top of a config, and Gantry's defaults. The
 * reader itself makes it, so there is no second list of defaults.
 */
export function silentApp(top: PlainMap, { processes, tasks }: Members, id: AppId): App {
  const runs = ({ run }: Pick<Task, 'run'>): PlainMap => new Map(run === null ? [] : [['run', run]])
  return appOf(
    new Map<string, Plain>([
      ...top,
      ['processes', new Map(processes.map(({ name }) => [name, new Map()]))],
      ['tasks', new Map(tasks.map((each) => [each.name, runs(each)]))],
    ]),
    id,
  )
}

/** A container that says nothing. */
export function silentContainer(): Container {
  const containers = new Map([['silent', new Map()]])
  const { processes } = appOf(
    new Map([['processes', new Map([['process', new Map([['containers', containers]])]])]]),
    { name: 'app', environment: 'default' },
  )
  return processes[0]!.containers['silent']!
}

/** The app of a config that is known to be valid. */
export function appOf(config: PlainMap, id: AppId): App {
  const root = toTable(config)
  return resolve(root, inheritAll(root, new Reading(NO_FILES)), id)
}

function toTable(map: PlainMap): Table {
  return table(
    [...map].map(([name, value]) => [name, toValue(value)] as const),
    HERE,
  )
}

function toValue(plain: Plain): Value {
  if (plain instanceof Map) return toTable(plain)
  if (typeof plain !== 'object') return scalar(plain, HERE)
  return { kind: 'list', items: (plain as readonly Plain[]).map(toValue), origin: HERE }
}
