import { resolve } from 'node:path'

import { Repository } from '../git/repository.ts'
import type { Inputs } from './inputs.ts'
import type { WorkflowRun } from './workflow-run.ts'

const LARGEST = 64 * 1024

/**
 * What app a config is about that cannot be read: so that what is wrong with it stands where its plan will, once it is
 * right.
 */
export async function likelyName(inputs: Inputs, run: WorkflowRun): Promise<string> {
  return inputs.app ?? (await nameInFile(inputs, run)) ?? run.repo.repo
}

async function nameInFile({ config, workingDirectory }: Inputs, run: WorkflowRun): Promise<string | null> {
  try {
    const repository = await Repository.open(resolve(run.workspace, workingDirectory))
    const file = await repository.readFile(run.sha, config ?? 'gantry.yml', LARGEST)
    return /^app:\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)\b/m.exec(file?.toString() ?? '')?.[1] ?? null
  } catch {
    // It is about an error already.
    return null
  }
}
