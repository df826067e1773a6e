import { derived, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import type { Start } from './command.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'

/** BlueKing gives a hook up after 15 minutes. */
const HOOK_HOURS = 0.25

/** Adds the task that runs before a deployment touches any process. */
export function addHook({ entryPoint, command }: Start, at: Value, { draft }: ModuleContext): void {
  if (entryPoint === null && command === null) return
  const path = ['tasks', 'pre-release-hook']
  draft.open(path, at)
  if (entryPoint !== null) draft.set([...path, 'entry_point'], entryPoint)
  if (command !== null) draft.set([...path, 'command'], command)
  draft.set([...path, 'run'], derived('pre_deploy', at))
  draft.set([...path, 'max_hours'], scalar(HOOK_HOURS, byBlueKing))
}
