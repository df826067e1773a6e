import type { Reading } from '../reading.ts'
import { child, derived, given, scalar, textAt } from '../value.ts'
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

/** CPU, and memory in MB, by size on Platform.sh, of runtimes with the profile HIGH_CPU and of Java (size.md). */
const HIGH_CPU: Readonly<Record<string, readonly [number, number]>> = {
  XS: [0.4, 128],
  S: [0.4, 128],
  M: [0.4, 128],
  L: [1.2, 256],
  XL: [2.5, 384],
  '2XL': [5, 768],
  '4XL': [10, 1536],
}
const HIGH_MEMORY: typeof HIGH_CPU = {
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
/** GB that an engine can be asked for. */
const LARGEST_DISK = 200

/** What an app gets where the file says nothing. Platform.sh sizes it by the plan that is paid for, which nobody knows. */
export function addDefaultSize({ system, draft, runtime }: AppContext): void {
  if (system !== 'Upsun') return
  const origin = byDefault({ system })
  const profile = runtime === 'java' ? 'HIGH_MEMORY' : 'HIGH_CPU'
  draft.set(['defaults', 'cpu'], scalar(DEFAULT_CPU, origin))
  draft.set(['defaults', 'memory'], scalar(`${MEMORY[profile]} MB`, origin))
}

/** CPU, memory and disk that an app, `web` or a worker says itself. */
export function readSize(instance: Value, context: AppContext): Settings {
  return context.system === 'Upsun' ? readProfile(instance) : readFixedSize(instance, context)
}

function readProfile(instance: Value): Settings {
  const profile = given(instance, 'container_profile')
  if (profile?.kind !== 'scalar') return new Map()
  return new Map([['memory', derived(`${MEMORY[profile.text as ProfileName]} MB`, profile)]])
}

function readFixedSize(instance: Value, { app, reading, runtime }: AppContext): Settings {
  const settings = readDisk(instance, reading)
  const own = [child(instance, 'size'), given(instance, 'resources')]
  if (own.every((each) => each === undefined)) return settings
  // Each of the two is inherited as a whole.
  const size = own[0] ?? child(app, 'size')
  const resources = own[1] ?? given(app, 'resources')
  const name = size?.kind === 'scalar' ? size.text : 'AUTO'
  if (name === 'AUTO' || size === undefined) {
    tellAuto(size, own[1], reading)
    return settings
  }
  const flexible = resources !== undefined && Object.hasOwn(CPU, name)
  if (resources !== undefined && !flexible) {
    reading.keys.change(
      resources,
      'unsupported',
      `there is no CPU for ${name} that it multiplies`,
      'Use 2XL.',
    )
  }
  const [cpu, memory] = flexible
    ? [
        CPU[name]!,
        amountOf(resources, 'base_memory', BASE_MEMORY) +
          amountOf(resources, 'memory_ratio', MEMORY_RATIO) * CPU[name]!,
      ]
    : (runtime === 'java' ? HIGH_MEMORY : HIGH_CPU)[name]!
  settings.set('cpu', derived(cpu, size))
  settings.set('memory', derived(`${Math.ceil(memory)} MB`, flexible ? resources : size))
  return settings
}

function amountOf(resources: Value, key: string, otherwise: number): number {
  return Number(textAt(resources, key) ?? otherwise)
}

function tellAuto(size: Value | undefined, resources: Value | undefined, reading: Reading): void {
  const hint = 'Name a size, or set `cpu` and `memory` in gantry.yml.'
  if (size !== undefined) {
    const how = 'Platform.sh chooses by the plan that is paid for; here it is 0.25 vCPU and 512 MB'
    reading.keys.change(size, 'approximated', how, hint)
  }
  if (resources !== undefined) {
    const why = 'without a size there is no CPU that it multiplies'
    reading.keys.change(resources, 'unsupported', why, hint)
  }
}

function readDisk(instance: Value, reading: Reading): Settings {
  const disk = given(instance, 'disk')
  if (disk?.kind !== 'scalar') return new Map()
  const size = Math.ceil(Number(disk.value) / 1024)
  if (size <= LARGEST_DISK) return new Map([['ephemeral_storage_gb', derived(size, disk)]])
  reading.keys.change(disk, 'unsupported', `an instance has at most ${LARGEST_DISK} GB`, 'Use a bucket.')
  return new Map()
}
