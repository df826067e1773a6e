import { n as cleanLog } from "./clean.js";
import { t as linesIn } from "./lines.js";
import { r as note, t as hasColour } from "./output.js";
// src/cli/command-output.ts
/** What goes into a file or a pipe stays as it is; a terminal is protected. */
function shown(line) {
	return process.stdout.isTTY ? cleanLog(line, hasColour(process.stdout)) : line;
}
/** The command's exit code becomes ours. One that something else ended has none. */
function endWith({ exit_code, reason }) {
	if (reason !== null) note(linesIn(hasColour(process.stderr)).problem(`the command was ended: ${reason}`));
	process.exitCode = exit_code ?? 1;
}
export { shown as n, endWith as t };
