import { setOutput } from '@actions/core'

import type { BuiltImage } from '../app/image.ts'
import type { DeployResult } from '../deploy/deploy.ts'
import { mainProcess } from '../deploy/run-model.ts'
import { isGood } from '../engine/ledger.ts'
import { isEmpty } from '../plan/plan.ts'
import type { Plan } from '../plan/types.ts'

/**
 * The plan for later steps. Without what runs before and after in full: an output goes into a variable of a step, and
 * Linux takes 128 KiB for one.
 */
export function setPlanOutputs(plan: Plan): void {
  const { processes, tasks, warnings, ...rest } = plan
  setOutput('plan', {
    ...rest,
    processes: processes.map(({ before: _before, after: _after, ...change }) => change),
    tasks: tasks.map(({ spec: _spec, fingerprint: _fingerprint, ...change }) => change),
    warnings: warnings.map(({ frame: _frame, ...warning }) => warning),
  })
  setOutput('changed', !isEmpty(plan))
}

/** @param referenceOf what a built image is called in its registry */
export async function setDeployOutputs(
  { outcome, release }: DeployResult,
  plan: Plan | null,
  referenceOf: (image: BuiltImage) => Promise<string>,
): Promise<void> {
  setOutput('outcome', outcome)
  if (release !== null) setOutput('release', `v${release.number}`)
  if (!isGood(outcome)) return
  const running = (plan?.processes ?? []).flatMap(({ after }) => (after === null ? [] : [after.spec]))
  const process = mainProcess(running)
  if (process === undefined) return
  const { image } = process
  if (image.kind === 'pinned') {
    setOutput('image', image.reference)
    return
  }
  const built = release?.images[`process:${process.name}`] ?? image
  setOutput('digest', built.digest)
  // To look up what it is called is a call of its own: where nothing was deployed there is none.
  if (release !== null) setOutput('image', await referenceOf(built))
}
