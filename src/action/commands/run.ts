import { setOutput } from '@actions/core'

import { runEventsUntil, runOnce, type RunEvent } from '../../deploy/run-once.ts'
import { CancelledError, TaskError } from '../../app/errors.ts'
import { cleanLog } from '../../report/clean.ts'
import { reportBug } from '../bug.ts'
import type { Job } from '../job.ts'
import { openEngine } from '../project.ts'

type Ended = Extract<RunEvent, { reason: unknown }>

/**
 * Runs a command once in what is deployed. Gives its exit code.
 *
 * @throws TaskError when something else ended it
 */
export async function runCommand({ inputs, run, project, log, signal }: Job): Promise<number> {
  const { app, where } = project
  const { engine } = await openEngine(where)
  const by = `${run.actor} (${run.url})`
  const handle = await runOnce(engine, app, {
    command: inputs.run!,
    initiated_by: by,
    ...(inputs.image !== null && { image: inputs.image }),
  })
  let ended: Ended | null = null
  log.group(`Run ${inputs.run}`)
  for await (const event of runEventsUntil(handle, signal, (error) => reportBug(log, error))) {
    if ('line' in event) log.line(cleanLog(event.line, true))
    else ended = event
  }
  log.group(null)
  if (ended === null) throw new CancelledError('the command was stopped')
  if (ended.exit_code === null)
    throw new TaskError(`the command was ended: ${ended.reason ?? 'nobody knows why'}`)
  setOutput('exit-code', ended.exit_code)
  return ended.exit_code
}
