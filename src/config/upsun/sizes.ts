import type { Reading } from '../reading.ts'
import { child, derived, entriesOf, given, scalar, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { byDefault } from './context.ts'
import type { AppContext } from './context.ts'
import type { PROFILES } from './rules.ts'

type ProfileName = (typeof PROFILES)[number]
type Settings = Map<string, Value>

/** CPU of a container of Upsun, until somebody sets another one outside of the file (resource-init.md). */
const DEFAULT_CPU = 0.5
/** Its memory in MB by profile (adjust-resources.md). */
const MEMORY: Readonly<Record<ProfileName, number>> = {
  HIGH_CPU: 224,
  BALANCED: 1088,
  HIGH_MEMORY: 1408,
  HIGHER_MEMORY: 2368,
}

/** The defaults of Gantry. They replace a size of the app where `web` or a worker has AUTO. */
const AUTO = [0.25, 512] as const
/** CPU, and memory in MB, by size on Platform.sh, of runtimes with the profile HIGH_CPU and of Java (size.md). */
const HIGH_CPU: Readonly<Record<string, readonly [number, number]>> = {
  AUTO,
  XS: [0.4, 128],
  S: [0.4, 128],
  M: [0.4, 128],
  L: [1.2, 256],
  XL: [2.5, 384],
  '2XL': [5, 768],
  '4XL': [10, 1536],
}
const HIGH_MEMORY: typeof HIGH_CPU = {
  AUTO,
  XS: [0.25, 128],
  S: [0.25, 128],
  M: [0.25, 288],
  L: [0.4, 1280],
  XL: [0.75, 2624],
  '2XL': [1.5, 5248],
  '4XL': [3, 10_496],
}
/** CPU by size where `resources` say the memory (flexible-resources.md). */
const CPU: Readonly<Record<string, number>> = { XS: 0.25, S: 0.5, M: 1, L: 2, XL: 4, '2XL': 8 }
const BASE_MEMORY = 64
const MEMORY_RATIO = 128
/** GB that an instance has without asking, and that an engine can be asked for. */
const FREE_DISK = 20
const LARGEST_DISK = 200
const CHOICE_HINT = 'Name a size, or set `cpu` and `memory` in gantry.yml.'

/** What an app gets where the file says nothing. Platform.sh sizes it by the plan that is paid for, which nobody knows. */
export function addDefaultSize({ system, draft, app }: AppContext): void {
  if (system !== 'Upsun') return
  const origin = byDefault({ system })
  draft.set(['defaults', 'cpu'], scalar(DEFAULT_CPU, origin))
  draft.set(['defaults', 'memory'], scalar(`${MEMORY[profileOf(app)]} MB`, origin))
}

/** The profile of an app that names none. Java in a composable image has that of all such images (adjust-resources.md). */
function profileOf(app: Value): 'HIGH_CPU' | 'HIGH_MEMORY' {
  return textAt(app, 'type')?.startsWith('java:') === true ? 'HIGH_MEMORY' : 'HIGH_CPU'
}

function tableOf(app: Value): typeof HIGH_CPU {
  return profileOf(app) === 'HIGH_MEMORY' ? HIGH_MEMORY : HIGH_CPU
}

/** CPU, memory and disk that an app, `web` or a worker says itself. */
export function readSize(instance: Value, context: AppContext): Settings {
  return context.system === 'Upsun' ? readProfile(instance, context) : readFixedSize(instance, context)
}

/** Null replaces the profile of the app by that of its runtime. */
function readProfile(instance: Value, { app }: AppContext): Settings {
  const profile = child(instance, 'container_profile')
  if (profile?.kind !== 'scalar') return new Map()
  const name = profile.value === null ? profileOf(app) : (profile.text as ProfileName)
  return new Map([['memory', derived(`${MEMORY[name]} MB`, profile)]])
}

/** What an instance that says something of its size has. Each of the two keys is inherited as a whole. */
function readFixedSize(instance: Value, { app, reading }: AppContext): Settings {
  const settings = readDisk(instance, reading)
  if (child(instance, 'size') === undefined && child(instance, 'resources') === undefined) return settings
  const chosen = choiceOf(instance, app)
  const { size, name, resources } = chosen
  tellChoice(instance, chosen, app, reading)
  if (size === undefined) return settings
  const flexible = resources !== undefined && Object.hasOwn(CPU, name)
  const [cpu, memory] = flexible ? multiplied(resources, CPU[name]!) : tableOf(app)[name]!
  settings.set('cpu', derived(cpu, size))
  settings.set('memory', derived(`${Math.ceil(memory)} MB`, flexible ? resources : size))
  return settings
}

/** What an instance says of its size, or inherits. */
interface Choice {
  size: Value | undefined
  /** That of the size; AUTO where nobody names one. */
  name: string
  resources: Value | undefined
}

function choiceOf(instance: Value, app: Value): Choice {
  const size = child(instance, 'size') ?? child(app, 'size')
  const owner = child(instance, 'resources') === undefined ? app : instance
  const name = size?.kind === 'scalar' ? size.text : 'AUTO'
  return { size, name, resources: given(owner, 'resources') }
}

/** Whether there is an instance with a size whose CPU these `resources` multiply. */
function isMultiplied(resources: Value, app: Value): boolean {
  const workers = entriesOf(child(app, 'workers')).map(([, worker]) => worker)
  return [app, child(app, 'web') ?? app, ...workers]
    .map((instance) => choiceOf(instance, app))
    .some((choice) => choice.resources === resources && Object.hasOwn(CPU, choice.name))
}

function multiplied(resources: Value, cpu: number): readonly [number, number] {
  const base = Number(textAt(resources, 'base_memory') ?? BASE_MEMORY)
  const ratio = Number(textAt(resources, 'memory_ratio') ?? MEMORY_RATIO)
  return [cpu, base + ratio * cpu]
}

/** Says what is not as the file asks for, each at the key of the instance that makes it so. */
function tellChoice(instance: Value, { size, name, resources }: Choice, app: Value, reading: Reading): void {
  const own = given(instance, 'resources')
  const isUseless = own !== undefined && !isMultiplied(own, app)
  if (isUseless) {
    const why = name === 'AUTO' ? 'without a size there is no CPU' : `there is no CPU for ${name}`
    const hint = name === 'AUTO' ? CHOICE_HINT : 'Use 2XL.'
    reading.keys.change(own, 'unsupported', `${why} that it multiplies`, hint)
  }
  if (size === undefined || size !== child(instance, 'size')) return
  if (name === 'AUTO') {
    const how = 'Platform.sh chooses by the plan that is paid for; here it is 0.25 vCPU and 512 MB'
    reading.keys.change(size, 'approximated', how, CHOICE_HINT)
  } else if (resources !== undefined && !isUseless && !Object.hasOwn(CPU, name)) {
    const how = `\`resources\` change nothing here, because they have no CPU for ${name}`
    reading.keys.change(size, 'approximated', how, 'Use 2XL.')
  }
}

/** Null replaces the disk of the app by what comes anyway. */
function readDisk(instance: Value, reading: Reading): Settings {
  const disk = child(instance, 'disk')
  if (disk?.kind !== 'scalar') return new Map()
  const size = disk.value === null ? FREE_DISK : Math.ceil(Number(disk.value) / 1024)
  if (size <= LARGEST_DISK) return new Map([['ephemeral_storage_gb', derived(size, disk)]])
  reading.keys.change(disk, 'unsupported', `an instance has at most ${LARGEST_DISK} GB`, 'Use a bucket.')
  return new Map()
}
