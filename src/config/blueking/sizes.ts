import { showMemory } from '../../app/size.ts'
import type { Draft } from '../draft.ts'
import { derived, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'
import { PLANS_3 } from './rules.ts'
import type { Plans } from './rules.ts'

const DEFAULT_MEMORY = PLANS_3.default
/** The largest memory that goes with a quarter of a vCPU on Fargate (ECS developer guide: task CPU and memory). */
const MOST_OF_A_QUARTER = 2048

/** Sets what an instance gets when nobody says it: the default plan, and the time that Kubernetes gives to stop. */
export function addDefaults(draft: Draft): void {
  draft.set(['defaults', 'memory'], scalar(showMemory(DEFAULT_MEMORY), byBlueKing))
  draft.set(['defaults', 'stop_timeout'], scalar('30s', byBlueKing))
}

/** Sets memory and CPU of a plan. BlueKing gives the default plan for a name that it does not know. */
export function addPlan(
  plan: Value | undefined,
  plans: Plans,
  path: readonly string[],
  { draft, reading }: ModuleContext,
): void {
  if (plan?.kind !== 'scalar' || plan.text.trim() === '') return
  const memory = Object.hasOwn(plans, plan.text) ? plans[plan.text] : undefined
  if (memory === undefined) {
    const known = Object.keys(plans).join(', ')
    reading.keys.change(
      plan,
      'approximated',
      `BlueKing has no such plan and gives the default one: ${showMemory(DEFAULT_MEMORY)}`,
      `Plans are ${known}; or set \`memory\` in gantry.yml.`,
    )
  }
  draft.set([...path, 'memory'], derived(showMemory(memory ?? DEFAULT_MEMORY), plan))
  draft.set([...path, 'cpu'], derived((memory ?? DEFAULT_MEMORY) > MOST_OF_A_QUARTER ? 0.5 : 0.25, plan))
}
