import { showMemory } from '../../app/size.ts'
import { printable } from '../text.ts'
import { child, derived, given, itemsOf, placeOf } from '../value.ts'
import type { List, Value } from '../value.ts'
import type { StackContext, Target } from './context.ts'
import { SIZE_HINT, WARM_HINT } from './container-keys.ts'
import { isUnknown, wordsOf } from './context.ts'
import { memoriesFor, sizeOfType } from './ec2.ts'
import type { Size } from './ec2.ts'

type NamedSize = Size & { name: string }

const PLATFORM_HINT = 'Write `build: {platform: linux/arm64}` at the top of gantry.yml.'

/** Adds CPU, memory and architecture. `isPinned`: the image is not built, so nothing here says for what. */
export function addSize(
  path: Target,
  resources: Value | undefined,
  isPinned: boolean,
  context: StackContext,
): void {
  const { draft } = context
  const listed = child(resources, 'instanceTypes')
  const types = listed?.kind === 'list' && listed.items.length > 0 ? listed : undefined
  const known = types && { ...types, items: types.items.filter((each) => !isUnknown(each, context)) }
  if (known !== undefined && known.items.length > 0) draft.set([...path, 'instance_types'], known)
  addWarmPool(path, resources, listed, context)
  if (types === undefined && !isUnknown(listed, context)) checkFargate(resources, context)
  const type = known === undefined ? null : smallestOf(known)
  const [cpu, memory] = (['cpu', 'memory'] as const).map(
    (key) => given(resources, key) ?? (type === null ? undefined : derived(type[key], types!)),
  )
  if (cpu !== undefined) draft.set([...path, 'cpu'], cpu)
  if (memory?.kind === 'scalar') draft.set([...path, 'memory'], derived(`${memory.text} MB`, memory))
  if (types !== undefined) {
    const kept = keptOf(known!.items.length, types.items.length)
    tellTypes(types, kept, type, { cpu, memory }, resources, isPinned, context)
  }
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
  context: StackContext,
): void {
  const { draft, reading } = context
  const items = itemsOf(types)
  const pool = given(resources, 'enableWarmPool')
  if (pool?.kind !== 'scalar') return
  if (pool.value === false) reading.keys.change(pool, 'honoured', 'false, as it is here')
  else if (isUnknown(types, context) || (items.length === 1 && isUnknown(items[0], context)))
    reading.keys.change(pool, 'unsupported', 'for which type cannot be known here', WARM_HINT)
  else if (items.length !== 1) {
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

/** The smallest of the types, which Stacktape fits instances to; null where the size of none is known. */
function smallestOf(types: List): NamedSize | null {
  const sizes = (wordsOf(types) ?? []).flatMap((name) => {
    const size = sizeOfType(name)
    return size === null ? [] : [{ name, ...size }]
  })
  return sizes.toSorted((a, b) => a.memory - b.memory)[0] ?? null
}

/** Says how many of the types are kept. */
function keptOf(known: number, all: number): string {
  if (known === 0) return 'the types cannot be known here; instances run on Fargate'
  const lost = all - known
  const but = lost === 0 ? '' : `, but for ${lost} of ${all} that cannot be known here`
  return `kept as \`instance_types\`${but}; instances run on Fargate`
}

/** Says what size an instance has, and what of it comes from the types. */
function tellTypes(
  types: Value,
  kept: string,
  type: NamedSize | null,
  { cpu, memory }: { cpu: Value | undefined; memory: Value | undefined },
  resources: Value | undefined,
  isPinned: boolean,
  { reading }: StackContext,
): void {
  if (cpu?.kind !== 'scalar' || memory?.kind !== 'scalar') {
    reading.keys.change(types, 'unsupported', `${kept}, and the size of these types is not known`, SIZE_HINT)
    return
  }
  const [ownCpu, ownMemory] = ['cpu', 'memory'].map((key) => given(resources, key) !== undefined)
  const taken = ownCpu ? (ownMemory ? null : 'memory') : ownMemory ? 'CPU' : 'size'
  const from = taken === null || type === null ? 'with' : `by default with the ${taken} of ${type.name}:`
  const arm = isPinned && type?.arm === true
  const size = `${cpu.text} vCPU and ${showMemory(Number(memory.value))}${arm ? ', on x86_64' : ''}`
  const hint = arm ? PLATFORM_HINT : SIZE_HINT
  reading.keys.change(types, 'approximated', `${kept}, ${from} ${size}`, hint)
}
