import { r as isGood } from "./ledger.js";
import { t as createEventRenderer } from "./event.js";
import { n as listenForInterrupt, t as exitInterrupted } from "./interrupt.js";
import { i as print, n as layoutOf, o as printJson, r as note } from "./output.js";
// src/cli/watch.ts
/**
* Shows a deployment until it ends, and lets its outcome decide what this process exits with; null when it goes on
* without us.
*/
async function watch(control, start, { json = false }) {
	using interrupt = listenForInterrupt();
	const [write, stream] = json ? [note, process.stderr] : [print, process.stdout];
	const render = createEventRenderer(layoutOf(stream));
	const { number, outcome } = await start({
		show: (event) => render(event).forEach(write),
		signal: interrupt.signal
	});
	if (outcome === null) {
		exitInterrupted();
		return null;
	}
	if (json) printJson(number === null ? {
		number,
		status: outcome
	} : await control.deployment(number));
	if (outcome === "cancelled" && interrupt.signal.aborted) exitInterrupted();
	else if (!isGood(outcome)) process.exitCode = 1;
	return outcome;
}
export { watch as t };
