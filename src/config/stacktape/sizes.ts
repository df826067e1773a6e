import { showMemory } from '../../app/size.ts'
import { printable } from '../text.ts'
import { child, derived, given, itemsOf, placeOf } from '../value.ts'
import type { Value } from '../value.ts'
import type { StackContext, Target } from './context.ts'
import { wordsOf } from './context.ts'
import { memoriesFor, sizeOfType } from './ec2.ts'
import type { Size } from './ec2.ts'

const PLATFORM_HINT = 'Write `build: {platform: linux/arm64}` at the top of gantry.yml.'

/** Adds CPU, memory and architecture. `isPinned`: the image is not built, so nothing here says for what. */
export function addSize(
  path: Target,
  resources: Value | undefined,
  isPinned: boolean,
  context: StackContext,
): void {
  const types = given(resources, 'instanceTypes')
  addWarmPool(path, resources, types, context)
  if (wordsOf(types) !== null) context.draft.set([...path, 'instance_types'], types!)
  if (types === undefined) checkFargate(resources, context)
  const type = types === undefined ? null : addType(types, isPinned, context)
  const cpu = given(resources, 'cpu')
  const memory = given(resources, 'memory')
  const { draft } = context
  if (cpu !== undefined) draft.set([...path, 'cpu'], cpu)
  else if (type !== null) draft.set([...path, 'cpu'], derived(type.cpu, types!))
  if (memory?.kind === 'scalar') draft.set([...path, 'memory'], derived(`${memory.text} MB`, memory))
  else if (type !== null) draft.set([...path, 'memory'], derived(`${type.memory} MB`, types!))
  addPlatform(path, resources, type === null ? undefined : { arm: type.arm, at: types! }, isPinned, context)
}

function addPlatform(
  path: Target,
  resources: Value | undefined,
  type: { arm: boolean; at: Value } | undefined,
  isPinned: boolean,
  { draft, reading }: StackContext,
): void {
  const architecture = given(resources, 'architecture')
  if (architecture !== undefined && type !== undefined) {
    reading.keys.change(architecture, 'honoured', 'not used: the instance types decide it, as in Stacktape')
  }
  const at = type?.at ?? architecture
  if (at === undefined) return
  const arm = type?.arm ?? (architecture?.kind === 'scalar' && architecture.text === 'arm64')
  if (!isPinned) {
    draft.set([...path, 'build', 'platform'], derived(arm ? 'linux/arm64' : 'linux/amd64', at))
  } else if (arm && architecture !== undefined && type === undefined) {
    reading.keys.change(
      architecture,
      'unsupported',
      'the architecture of a pinned image is that of the app',
      PLATFORM_HINT,
    )
  }
}

function addWarmPool(
  path: Target,
  resources: Value | undefined,
  types: Value | undefined,
  { draft, reading }: StackContext,
): void {
  const pool = given(resources, 'enableWarmPool')
  if (pool?.kind !== 'scalar') return
  if (pool.value === false) reading.keys.change(pool, 'honoured', 'false, as it is here')
  else if (itemsOf(types).length !== 1) {
    reading.error('enableWarmPool needs exactly one of instanceTypes', {
      place: placeOf(pool),
      hint: 'Leave it out, or name one type.',
    })
  } else draft.set([...path, 'enable_warm_pool'], pool)
}

function checkFargate(resources: Value | undefined, { reading }: StackContext): void {
  if (resources === undefined) return
  for (const key of ['cpu', 'memory']) {
    if (child(resources, key) !== undefined) continue
    reading.error(`Without instanceTypes, resources must have ${key}`, {
      place: resources.key ?? placeOf(resources),
      hint: 'Write both cpu and memory.',
    })
  }
  const [cpu, memory] = ['cpu', 'memory'].map((key) => given(resources, key))
  if (cpu?.kind !== 'scalar' || memory?.kind !== 'scalar') return
  const allowed = memoriesFor(Number(cpu.value))
  if (allowed.includes(Number(memory.value))) return
  const shown = allowed.length > 4 ? `${allowed[0]}, ${allowed[1]}, … ${allowed.at(-1)}` : allowed.join(', ')
  reading.error(
    `With ${cpu.text} vCPU, memory must be one of ${shown} (MB); found ${printable(memory.text)}`,
    {
      place: placeOf(memory),
      hint: didYouMean(allowed, Number(memory.value)),
    },
  )
}

function didYouMean(allowed: readonly number[], wanted: number): string {
  return `The nearest size is ${allowed.find((each) => each >= wanted) ?? allowed.at(-1)}.`
}

/** The size of the smallest of the types, which Stacktape fits instances to. */
function addType(types: Value, isPinned: boolean, { reading }: StackContext): Size | null {
  const sizes = (wordsOf(types) ?? []).flatMap((name) => {
    const size = sizeOfType(name)
    return size === null ? [] : [{ name, ...size }]
  })
  const [smallest] = sizes.toSorted((a, b) => a.memory - b.memory)
  if (smallest === undefined) {
    const hint = 'Set `cpu` and `memory` of the process in gantry.yml.'
    reading.keys.change(
      types,
      'unsupported',
      'kept as `instance_types`; instances run on Fargate, and the size of these types is not known',
      hint,
    )
    return null
  }
  const size = `${smallest.cpu} vCPU and ${showMemory(smallest.memory)}`
  const arm = isPinned && smallest.arm
  const how = `kept as \`instance_types\`; instances run on Fargate, by default with the size of ${smallest.name}: ${size}${arm ? ', on x86_64' : ''}`
  reading.keys.change(types, 'approximated', how, arm ? PLATFORM_HINT : undefined)
  return smallest
}
