import { warning } from '@actions/core'

import { messageOf } from '../app/errors.ts'
import { clean } from '../report/clean.ts'
import { maskSecrets } from './mask.ts'
import { RunnerLog } from './runner-log.ts'
import { readDeployState } from './state.ts'

/** After the job: `runs.post` of action.yml. There is something to do when the step was killed; nothing here fails the job. */
maskSecrets(process.env)
const state = readDeployState()
if (state !== null) {
  try {
    const { finishDeployment } = await import('./commands/finish.ts')
    await finishDeployment(state, new RunnerLog())
  } catch (error) {
    const told = `not finished: ${clean(messageOf(error))}; the next deployment goes on from what is there`
    warning(told, { title: 'Gantry' })
  }
}
