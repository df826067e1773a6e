import { ProcessSettings, TaskSettings } from './gantry-yml/settings.ts'
import { overlayKeys } from './overlay.ts'
import type { Reading } from './reading.ts'
import { child, entriesOf, inheritedFrom, placeOf, table, weigh } from './value.ts'
import type { Table, Value } from './value.ts'

/** A process or task with what it inherits. */
export interface Component {
  kind: 'processes' | 'tasks'
  name: string
  /** What is said under its own name. */
  own: Value
  /** That and what is inherited. */
  settings: Table
}

// Far above what a person writes: an inherited map is there once for each of thousands of processes.
const MAX_WEIGHT = 16 * 1024 * 1024
/** Of a component that says nothing: its defaults. */
const LEAST_WEIGHT = 2000

const KEYS = {
  processes: Object.keys(ProcessSettings.shape),
  tasks: Object.keys(TaskSettings.shape),
}

/**
 * Gives every process and task what it inherits: from `defaults` any key that it has, from the top level `env`,
 * `secrets` and `build`. A key that it names itself counts as a whole; only the keys of `build` are inherited one by one.
 */
export function inheritAll(config: Table, reading: Reading): Component[] {
  const inherited = inheritedSettings(config)
  refuseTooMuch(config, inherited, reading)
  return (['processes', 'tasks'] as const).flatMap((kind) =>
    entriesOf(child(config, kind)).map(([name, own]) => {
      const settings = new Map<string, Value>()
      for (const key of KEYS[kind]) {
        const value = inherit(key, child(own, key), inherited.get(key))
        if (value !== undefined) settings.set(key, value)
      }
      // An image of its own or a build of its own: naming the one means not to inherit the other.
      if (child(own, 'build') !== undefined && child(own, 'image') === undefined) settings.delete('image')
      inheritBuilds(settings)
      return { kind, name, own, settings: table(settings, own.origin) }
    }),
  )
}

/** A container that has an image of its own made takes over what its build does not say from that of the process. */
function inheritBuilds(settings: Map<string, Value>): void {
  const [build, containers] = [settings.get('build'), settings.get('containers')]
  if (build === undefined || containers?.kind !== 'table') return
  const entries = entriesOf(containers).map(([name, container]) => {
    const own = child(container, 'build')
    if (container.kind !== 'table' || own === undefined) return [name, container] as const
    return [
      name,
      { ...container, entries: new Map(container.entries).set('build', overlayKeys(build, own)) },
    ] as const
  })
  settings.set('containers', { ...containers, entries: new Map(entries) })
}

function inheritedSettings(config: Table): Map<string, Value> {
  const inherited = new Map<string, Value>()
  for (const key of ['env', 'secrets', 'build']) {
    const value = child(config, key)
    if (value !== undefined) inherited.set(key, inheritedFrom(value, key))
  }
  for (const [key, value] of entriesOf(child(config, 'defaults'))) {
    inherited.set(key, inherit(key, inheritedFrom(value, `defaults.${key}`), inherited.get(key))!)
  }
  return inherited
}

function inherit(key: string, own: Value | undefined, inherited: Value | undefined): Value | undefined {
  if (own === undefined || inherited === undefined) return own ?? inherited
  // A default of another system counts less than what somebody wrote.
  if (own.origin.kind === 'default' && inherited.origin.kind !== 'default') return inherited
  return key === 'build' ? overlayKeys(inherited, own) : own
}

function refuseTooMuch(config: Table, inherited: ReadonlyMap<string, Value>, reading: Reading): void {
  const all = [child(config, 'processes'), child(config, 'tasks')]
  const components = all.flatMap((each) => entriesOf(each).map(([, component]) => component))
  const inEach = 1 + entriesOf(inherited.get('containers')).length
  const count = components.reduce(
    (sum, each) => sum + inEach + entriesOf(child(each, 'containers')).length,
    0,
  )
  const each = [...inherited.values()].reduce((sum, value) => sum + weigh(value), LEAST_WEIGHT)
  if (count * each <= MAX_WEIGHT) return
  reading.fail(
    `The app is too big: ${count} processes, tasks and containers, with what each of them inherits`,
    {
      place: placeOf(config),
      hint: 'Split it into several apps, or let fewer components inherit fewer variables.',
    },
  )
}
