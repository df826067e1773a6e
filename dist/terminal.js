import { s as UserError } from "./errors.js";
import { spawnSync } from "node:child_process";
// src/cli/terminal.ts
const OLDEST = "dumb";
/**
* The terminal of this process, or null where it is not to be used: somebody has said so, or input or output are none.
*
* @throws UserError when one is wanted and there is none
*/
function terminalFor({ tty }) {
	const there = process.stdin.isTTY && process.stdout.isTTY;
	if (tty === true && !there) throw new UserError(`the ${process.stdin.isTTY ? "output" : "input"} is no terminal`, { hint: "leave --tty out: then input and output are passed on as they are" });
	if (tty === false || !there) return null;
	return {
		...terminalSize(),
		type: typeOf(process.env["TERM"])
	};
}
function terminalSize() {
	return {
		columns: process.stdout.columns || 80,
		rows: process.stdout.rows || 24
	};
}
function typeOf(term) {
	return term !== void 0 && /^[\w.+-]{1,64}$/.test(term) ? term : OLDEST;
}
/** From here on Ctrl-C and all others are for whoever reads the input. It is as it was afterwards, whatever happens. */
function rawTerminal() {
	const { stdin, stdout } = process;
	const listeners = [];
	const restore = () => void stdin.setRawMode(false);
	process.on("exit", restore);
	stdin.setRawMode(true);
	spawnSync("stty", ["-opost"], { stdio: [
		"inherit",
		"ignore",
		"ignore"
	] });
	return {
		onResize: (listener) => {
			const tell = () => listener(terminalSize());
			listeners.push(tell);
			stdout.on("resize", tell);
		},
		[Symbol.dispose]: () => {
			for (const each of listeners) stdout.off("resize", each);
			process.off("exit", restore);
			restore();
		}
	};
}
export { terminalFor as n, terminalSize as r, rawTerminal as t };
