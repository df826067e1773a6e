import { isGood, type Outcome } from '../engine/ledger.ts'
import { createEventRenderer } from '../report/event.ts'
import type { Control, Watched, Watching } from './control.ts'
import { exitInterrupted, listenForInterrupt } from './interrupt.ts'
import { layoutOf, note, print, printJson } from './output.ts'

export interface WatchOptions {
  /** Only the deployment as it ended goes to stdout; its events go to stderr. */
  json?: boolean | undefined
}

/**
 * Shows a deployment until it ends, and lets its outcome decide what this process exits with; null when it goes on
 * without us.
 */
export async function watch(
  control: Control,
  start: (watching: Watching) => Promise<Watched>,
  { json = false }: WatchOptions,
): Promise<Outcome | null> {
  using interrupt = listenForInterrupt()
  const [write, stream] = json ? [note, process.stderr] : [print, process.stdout]
  const render = createEventRenderer(layoutOf(stream))
  const { number, outcome } = await start({
    show: (event) => render(event).forEach(write),
    signal: interrupt.signal,
  })
  if (outcome === null) {
    exitInterrupted()
    return null
  }
  if (json) printJson(number === null ? { number, status: outcome } : await control.deployment(number))
  if (outcome === 'cancelled' && interrupt.signal.aborted) exitInterrupted()
  else if (!isGood(outcome)) process.exitCode = 1
  return outcome
}
