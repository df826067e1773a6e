import { child, derived, given, itemsOf, placeOf, textAt, toText } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { startOf } from './command.ts'
import type { Listed } from './command.ts'
import type { ModuleContext } from './context.ts'
import { addHook } from './hook.ts'
import { readLine } from './lines.ts'
import { addOverlays } from './overlays.ts'
import { numberOf } from './numbers.ts'
import { camel } from './probe-keys.ts'
import { addProbes } from './probes.ts'
import { addProcesses } from './processes.ts'
import type { Described } from './processes.ts'
import { PLANS_3 } from './rules.ts'
import { addScaling, tellScalingDecides } from './scaling.ts'
import { SIGNAL_TEXT } from './sentences.ts'
import { addServices } from './services.ts'
import { addPlan } from './sizes.ts'
import { addVariables } from './variables.ts'

/** The longest between SIGTERM and SIGKILL, in seconds. */
const LONGEST_GRACE = 3600

/** Reads a module of an `app_desc.yaml` of version 3. */
export function readVersion3(module: Table, context: ModuleContext): void {
  const { draft } = context
  const spec = child(module, 'spec')
  const image = given(child(spec, 'build'), 'image')
  if (image?.kind === 'scalar' && image.text !== '') draft.set(['defaults', 'image'], image)
  addVariables(
    itemsOf(child(child(spec, 'configuration'), 'env')),
    { name: 'name', environment: null },
    context,
  )
  const processes = child(spec, 'processes')
  const all = itemsOf(processes).map((entry) => describe(entry, context))
  const deployed = addProcesses(all, processes ?? spec!, context)
  const ports = addServices(deployed, context)
  for (const [name, { entry }] of deployed) {
    addCounts(name, entry, context)
    addPlan(given(entry, 'resQuotaPlan'), PLANS_3, ['processes', name], context)
    addProbes(child(entry, 'probes'), name, ports.get(name) ?? null, camel, context)
    addGrace(name, given(entry, 'gracefulShutdownSeconds'), context)
  }
  const hook = given(child(spec, 'hooks'), 'preRelease')
  if (hook !== undefined) addHook(commandOfEntry(hook, context), hook, context)
  addOverlays(child(spec, 'envOverlay'), all, deployed, context)
}

function describe(entry: Value, context: ModuleContext): Described {
  return { type: textAt(entry, 'name') ?? '', entry, ...commandOfEntry(entry, context) }
}

/** `procCommand` wins over `command` and `args`, as in BlueKing. */
function commandOfEntry(
  entry: Value,
  { reading }: ModuleContext,
): Pick<Described, 'entryPoint' | 'command' | 'line'> {
  const [line, command, args] = ['procCommand', 'command', 'args'].map((key) => given(entry, key))
  if (line?.kind === 'scalar') {
    for (const each of [command, args]) {
      if (each !== undefined)
        reading.keys.change(each, 'honoured', 'not used: procCommand wins, as in BlueKing')
    }
    return { entryPoint: null, command: readLine(line, reading), line: { text: line.text, key: line } }
  }
  const [first, rest] = [wordsOf(command), wordsOf(args)]
  const key = first?.from ?? rest?.from
  if (key === undefined) return { entryPoint: null, command: null, line: null }
  if (first === null && rest?.words[0] === '') {
    const place = placeOf(itemsOf(rest.from)[0]!)
    reading.error('Without `command`, the first of `args` must not be empty', {
      place,
      hint: 'Write the program under `command`.',
    })
    return { entryPoint: null, command: null, line: null }
  }
  const start = startOf(first, rest)
  if (first === null) {
    const how =
      start.command?.kind === 'scalar'
        ? 'a shell puts in the variables, and an entry point of the image would get that shell as its words'
        : 'they are the whole command; on the local engine there is no entry point of an image in front of them'
    reading.keys.change(key, 'approximated', how, 'Write the program under `command`.')
  }
  const text = [...(first?.words ?? []), ...(rest?.words ?? [])].join(' ')
  return { ...start, line: { text, key } }
}

/** Null where there are none. */
function wordsOf(list: Value | undefined): Listed | null {
  const words = list === undefined ? [] : (toText(list) as string[])
  return list === undefined || words.length === 0 ? null : { words, from: list }
}

function addCounts(name: string, entry: Value, context: ModuleContext): void {
  const replicas = given(entry, 'replicas')
  const scaling = given(entry, 'autoscaling')
  if (scaling !== undefined) addScaling(scaling, ['processes', name], context)
  else if (replicas?.kind === 'scalar') {
    context.draft.set(['processes', name, 'demand_count'], numberOf(replicas))
  }
  if (scaling !== undefined && replicas !== undefined) tellScalingDecides(replicas, context)
}

function addGrace(name: string, grace: Value | undefined, { draft, reading }: ModuleContext): void {
  if (grace?.kind !== 'scalar') return
  const seconds = Number(grace.value)
  draft.set(['processes', name, 'stop_timeout'], derived(Math.min(seconds, LONGEST_GRACE), grace))
  if (seconds <= LONGEST_GRACE) return
  const how = `\`stop_timeout\` is ${LONGEST_GRACE} at most; ${SIGNAL_TEXT}`
  reading.keys.change(grace, 'approximated', how, 'Write a smaller number.')
}
