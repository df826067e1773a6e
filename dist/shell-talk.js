import { r as terminalSize, t as rawTerminal } from "./terminal.js";
import { once } from "node:events";
import { constants } from "node:os";
// src/cli/shell-talk.ts
const SIGNALS = [
	"SIGINT",
	"SIGTERM",
	"SIGHUP"
];
/**
* Connects our input and output with a command until it ends. A signal to us, and the end of our terminal, end the
* command: then how it ended is null, and what we exit with is decided.
*/
async function talk(shell, terminal) {
	using ending = endWithUs(shell);
	using raw = terminal === null ? null : rawTerminal();
	raw?.onResize((size) => shell.resize(size));
	if (terminal !== null) shell.resize(terminalSize());
	using _input = passOn(shell, terminal === null ? () => shell.end() : ending.hangUp);
	for await (const { stream, bytes } of shell.output) await write(stream === "out" ? process.stdout : process.stderr, bytes);
	const result = await shell.result;
	return ending.hasBegun() ? null : result;
}
async function write(stream, bytes) {
	if (!stream.write(bytes)) await once(stream, "drain");
}
/** Reads no faster than the command does. */
function passOn(shell, onEnd) {
	const { stdin } = process;
	let done = false;
	const onData = (bytes) => {
		stdin.pause();
		shell.write(bytes).then(() => done || stdin.resume());
	};
	stdin.on("data", onData);
	stdin.on("end", onEnd);
	stdin.on("error", onEnd);
	return { [Symbol.dispose]: () => {
		done = true;
		stdin.off("data", onData);
		stdin.off("end", onEnd);
		stdin.pause();
	} };
}
/** The first signal ends the command, the second one us. */
function endWithUs(shell) {
	let begun = false;
	const onSignal = (signal) => {
		const code = 128 + constants.signals[signal];
		if (begun) process.exit(code);
		begun = true;
		process.exitCode = code;
		shell.stop("whoever talked to it went away").catch(() => {});
	};
	for (const signal of SIGNALS) process.on(signal, onSignal);
	return {
		hangUp: () => begun || onSignal("SIGHUP"),
		hasBegun: () => begun,
		[Symbol.dispose]: () => {
			for (const signal of SIGNALS) process.off(signal, onSignal);
		}
	};
}
export { talk };
