// src/cli/interrupt.ts
const EXIT_INTERRUPTED = 130;
/** The first Ctrl-C (or SIGTERM) fires the signal; the second one ends the process at once. */
function listenForInterrupt() {
	const abort = new AbortController();
	const onSignal = () => {
		if (abort.signal.aborted) process.exit(EXIT_INTERRUPTED);
		abort.abort();
	};
	process.on("SIGINT", onSignal);
	process.on("SIGTERM", onSignal);
	return {
		signal: abort.signal,
		[Symbol.dispose]: () => {
			process.off("SIGINT", onSignal);
			process.off("SIGTERM", onSignal);
		}
	};
}
/** What this process is going to exit with was decided by Ctrl-C. */
function exitInterrupted() {
	process.exitCode = EXIT_INTERRUPTED;
}
export { listenForInterrupt as n, exitInterrupted as t };
