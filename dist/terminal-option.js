import { r as note } from "./output.js";
import { n as listenForInterrupt, t as exitInterrupted } from "./interrupt.js";
import { t as endWith } from "./command-output.js";
// src/cli/options-behind.ts
/**
* Says so where what stands behind a program looks like an option of ours. Only long ones do: programs have short ones
* of all letters.
*/
function noteOptionsBehind(self, command) {
	const [program = "", ...rest] = command;
	const flags = new Set(self.options.map(({ long }) => long));
	const found = rest.map((word) => word.replace(/=.*$/s, "")).find((word) => flags.has(word));
	if (found === void 0 || process.argv.includes("--")) return;
	note(`       ${found} is given to ${program}: options of gantry stand in front of that, and \`--\` between them says that you know`);
}
// src/cli/shell-converse.ts
/** Has a command started and talks to it until it ends. What it exits with is what this process exits with. */
async function converse(control, words) {
	const shell = await open(control, words);
	if (shell === null) return exitInterrupted();
	const { talk } = await import("./shell-talk.js");
	const result = await talk(shell, words.terminal);
	if (result !== null) endWith(result);
}
/** Null: somebody has stopped it before it began. */
async function open(control, words) {
	using interrupt = listenForInterrupt();
	const { signal } = interrupt;
	const io = {
		signal,
		notice: (text) => note(`-----> ${text}`)
	};
	try {
		const shell = await control.openShell(words, io);
		if (!signal.aborted) return shell;
		await shell.stop("whoever asked for it went away");
	} catch (error) {
		if (!signal.aborted) throw error;
	}
	return null;
}
// src/cli/shell-line.ts
/**
* What somebody wants to run, as a shell line. One word is one already; several are quoted, so that the program gets
* the same words (POSIX.1-2024 XCU 2.2.2: nothing is special between single quotes).
*/
function shellLine(words) {
	const [only, ...others] = words;
	return only !== void 0 && others.length === 0 ? only : words.map(quoted).join(" ");
}
function quoted(word) {
	return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
// src/cli/terminal-option.ts
/** Gives a command what says whether it is for a terminal. */
function aboutTerminal(command) {
	return command.option("-t, --tty", "with a terminal; default: where input and output are one").option("-T, --no-tty", "without a terminal");
}
export { noteOptionsBehind as i, shellLine as n, converse as r, aboutTerminal as t };
