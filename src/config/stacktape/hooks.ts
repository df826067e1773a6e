import { quote } from '../text.ts'
import { child, derived, derivedList, entriesOf, given, placeOf, textAt } from '../value.ts'
import type { Scalar, Table, Value } from '../value.ts'
import { addAccess } from './access.ts'
import {
  honourFalse,
  honourUsual,
  isUnknown,
  refuseUnknown,
  reportMissing,
  tablesOf,
  wordsOf,
} from './context.ts'
import type { StackContext, Target } from './context.ts'
import { runnerOf } from './packaging.ts'
import { fromRoot } from './paths.ts'
import { addVariables } from './variables.ts'

const HOOKS = { beforeDeploy: 'pre_deploy', afterDeploy: 'post_deploy' } as const
const WAYS = ['executeCommand', 'executeCommands', 'executeScript', 'executeScripts'] as const

/** Adds a task for each script that a hook before or after a deployment runs. */
export function addHooks(root: Table, context: StackContext): void {
  const scripts = new Map(entriesOf(given(root, 'scripts')))
  const names = [...scripts.keys()]
  const written = child(root, 'scripts')
  // Where none can be known, each that is named may be there.
  const unknown = isUnknown(written, context) ? written : undefined
  const commands = new Map([...scripts].map(([name, script]) => [name, commandOf(script, context)]))
  const run = new Set<Value>()
  for (const [hook, when] of Object.entries(HOOKS)) {
    const seen = new Set<Value>()
    for (const item of tablesOf(given(given(root, 'hooks'), hook))) {
      honourFalse([given(item, 'skipOnCI'), given(item, 'skipOnLocal')], context)
      const name = given(item, 'scriptName')
      if (name?.kind !== 'scalar') continue
      const script = scripts.get(name.text) ?? (unknown && { ...unknown })
      if (script === undefined) reportMissing('script', name, names, context)
      else if (seen.has(script)) tellTwice(name, context)
      else addTask({ hook, when, item, name, script, command: commands.get(name.text) ?? null }, context)
      if (script !== undefined) seen.add(script)
    }
    for (const script of seen) run.add(script)
  }
  for (const script of scripts.values()) if (!run.has(script)) tellUnused(script, context)
}

function tellTwice(name: Value, { reading }: StackContext): void {
  reading.keys.change(name, 'unsupported', 'the same hook runs it already', 'Leave out one of them.')
}

function tellUnused(script: Value, { reading }: StackContext): void {
  const hint = "Run its command with `gantry run 'COMMAND'`."
  reading.keys.change(script, 'unsupported', 'no hook before or after a deployment runs it', hint)
}

/** One run of a script by a hook. */
interface Run {
  hook: string
  when: string
  item: Table
  name: Scalar
  script: Value
  command: Value | null
}

function addTask({ hook, when, item, name, script, command }: Run, context: StackContext): void {
  const { draft, names, reading } = context
  const task = names.take(`${hook}-${name.text}`, item, `${quote(name.text)} of ${hook}`)
  if (task === null) return
  reading.keys.change(name, 'honoured', `the task \`${task}\``)
  const path: Target = ['tasks', task]
  draft.open(path, item)
  draft.set([...path, 'run'], derived(when, item))
  if (command !== null) draft.set([...path, 'command'], command)
  // Not a second time where something is wrong with it.
  else if (!reading.isWrong) refuseUnknown('What the script runs', [path, 'command'], script, context)
  const properties = propertiesOf(script)
  addVariables(path, given(properties, 'environment'), context)
  addAccess(path, properties, context)
}

/** What a script does; undefined where that, or of which type it is, cannot be known here. */
function propertiesOf(script: Value): Value | undefined {
  return textAt(script, 'type') === undefined ? undefined : given(script, 'properties')
}

/** What a script runs; reports one that does not say exactly one thing to run. */
function commandOf(script: Value, context: StackContext): Value | null {
  const properties = propertiesOf(script)
  if (properties === undefined) return null
  honourUsual(true, given(properties, 'pipeStdio'), context)
  const named = WAYS.filter((key) => child(properties, key) !== undefined)
  const [way] = named
  if (way === undefined || named.length > 1) {
    context.reading.error(
      `A script must have exactly one of ${WAYS.join(', ')}; found ${named.join(' and ') || 'none of them'}`,
      {
        place: script.key ?? placeOf(script),
      },
    )
    return null
  }
  const value = given(properties, way)
  if (value === undefined) return null
  if (way === 'executeCommand') return value
  if (way === 'executeScript') return fileCommand(value, context)
  return linesOf(value, way === 'executeScripts', context)
}

function fileCommand(file: Value, context: StackContext): Value | null {
  const found = fromRoot(file, context)
  if (found?.kind !== 'scalar') return null
  const words = runnerOf(found.text)
  if (words !== null) return derivedList(words, file)
  const hint = 'Name the `command` of the task in gantry.yml.'
  context.reading.keys.change(file, 'unsupported', 'what runs this file is not known', hint)
  return null
}

/** Several commands or files as lines for one shell, which ends at the first that fails. */
function linesOf(list: Value, areFiles: boolean, context: StackContext): Value | null {
  if (list.kind !== 'list' || list.items.length === 0) return null
  const lines = areFiles ? list.items.map((each) => fileLine(each, context)) : wordsOf(list)
  if (lines === null || lines.some((each) => each === null)) return null
  return derived(['set -e', ...lines].join('\n'), list)
}

function fileLine(file: Value, context: StackContext): string | null {
  const command = fileCommand(file, context)
  const words = command === null ? null : wordsOf(command)
  return words === null ? null : words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
}
