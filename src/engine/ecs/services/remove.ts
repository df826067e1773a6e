import type { ProcessState } from '../../../app/spec.ts'
import type { RolloutEvent } from '../../rollout.ts'
import { mayScale } from './autoscaling.ts'
import { ServiceCalls } from './calls.ts'
import { drained, runningTasks } from './drain.ts'
import { patiently } from '../patiently.ts'
import { limitsOf, type RolloutTools } from './rollout-tools.ts'

export interface Removal {
  service: string
  /** What it is. */
  state: ProcessState
  report: (event: RolloutEvent) => void
}

/** Deletes a service and waits until its last task has stopped. Nothing stops that: it cannot be taken back. */
export async function removeService(tools: RolloutTools, { service, state, report }: Removal): Promise<void> {
  const { account, autoscaling, looks } = tools
  const limits = () => limitsOf(tools, state)
  const tasks = await runningTasks(account, service, limits())
  // First, so that nothing is left that nobody would look for.
  if (mayScale(state.spec)) await patiently(limits(), () => autoscaling.apply(service, null))
  await new ServiceCalls(account, service, limits).delete()
  const { name: process } = state.spec
  await drained(account, looks, { process, service, tasks, left: 0, report }, limits())
}
