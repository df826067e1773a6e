import { child, entriesOf, given, itemsOf } from '../value.ts'
import type { Table } from '../value.ts'
import type { ModuleContext } from './context.ts'
import { addHook } from './hook.ts'
import { readLine } from './lines.ts'
import { numberOf } from './numbers.ts'
import { snake } from './probe-keys.ts'
import { addProbes } from './probes.ts'
import { addDefaultCount, addProcesses, CONTAINER_PORT, exposeWeb } from './processes.ts'
import { PLANS_2 } from './rules.ts'
import { addPlan } from './sizes.ts'
import { addVariables } from './variables.ts'

/** Reads a module of an `app_desc.yaml` of version 2. */
export function readVersion2(module: Table, context: ModuleContext): void {
  const { reading } = context
  addVariables(
    itemsOf(child(module, 'env_variables')),
    { name: 'key', environment: 'environment_name' },
    context,
  )
  const processes = child(module, 'processes')
  const deployed = addProcesses(
    entriesOf(processes).map(([type, entry]) => {
      const key = child(entry, 'command')
      return {
        type,
        entry,
        entryPoint: null,
        command: key === undefined ? null : readLine(key, reading),
        line: key?.kind === 'scalar' ? { text: key.text, key } : null,
      }
    }),
    processes ?? module,
    context,
  )
  exposeWeb(deployed, context)
  for (const [name, { entry }] of deployed) {
    addReplicas(name, entry as Table, context)
    addPlan(given(entry, 'plan'), PLANS_2, ['processes', name], context)
    addProbes(child(entry, 'probes'), name, name === 'web' ? CONTAINER_PORT : null, snake, context)
  }
  const hook = given(child(module, 'scripts'), 'pre_release_hook')
  // A text without anything in it is no hook.
  if (hook?.kind === 'scalar' && hook.text.trim() !== '')
    addHook({ entryPoint: null, command: readLine(hook, reading) }, hook, context)
}

function addReplicas(name: string, entry: Table, { reading, draft }: ModuleContext): void {
  const replicas = given(entry, 'replicas')
  if (replicas?.kind === 'scalar' && Number(replicas.value) !== 0) {
    draft.set(['processes', name, 'demand_count'], numberOf(replicas))
    return
  }
  if (replicas !== undefined) {
    const hint = 'To have no instance, write `disabled: true` for the process in gantry.yml.'
    reading.keys.change(
      replicas,
      'approximated',
      'BlueKing takes 0 for "not said", so the default counts',
      hint,
    )
  }
  addDefaultCount(name, draft)
}
