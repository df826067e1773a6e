const EXIT_INTERRUPTED = 130

/** Whether somebody asked for an end, for as long as it is in use. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal
}

/** The first Ctrl-C (or SIGTERM) fires the signal; the second one ends the process at once. */
export function listenForInterrupt(): Interrupt {
  const abort = new AbortController()
  const onSignal = () => {
    if (abort.signal.aborted) process.exit(EXIT_INTERRUPTED)
    abort.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: abort.signal,
    [Symbol.dispose]: () => {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}

/** What this process is going to exit with was decided by Ctrl-C. */
export function exitInterrupted(): void {
  process.exitCode = EXIT_INTERRUPTED
}
