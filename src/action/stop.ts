import { showDuration } from '../app/duration.ts'
import { CancelledError } from '../app/errors.ts'

/**
 * Fires when the job is cancelled: the runner sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s after that
 * (https://github.com/actions/runner/blob/main/src/Runner.Sdk/ProcessInvoker.cs). All of that time is used: what is left
 * then is for the post step.
 */
export function stopSignal(timeout: number | null): AbortSignal {
  const cancelled = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => cancelled.abort(new CancelledError('the job was cancelled')))
  }
  if (timeout === null) return cancelled.signal
  const late = new AbortController()
  const reason = new CancelledError(`it took longer than its timeout of ${showDuration(timeout)}`)
  setTimeout(() => late.abort(reason), timeout * 1_000).unref()
  return AbortSignal.any([cancelled.signal, late.signal])
}
