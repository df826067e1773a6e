import { r as cleanLog } from "./colour.js";
import { t as linesIn } from "./lines.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt, t as exitInterrupted } from "./interrupt.js";
import { i as print, r as note, t as hasColour } from "./output.js";
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
// src/cli/commands/run.ts
function addRun(program) {
	aboutApp(program.command("run").description("run a command once, in the image and with the variables of what is deployed. It has no standard input and no terminal yet").argument("<command...>", "a program and its arguments, or a shell line as one word").passThroughOptions().option("--json", "print each line and the result as JSON")).addHelpText("after", examples("gantry run python manage.py check", "gantry run --app hello 'env | sort'")).action(async (words, options) => {
		const command = shellLine(words);
		const control = await connectToApp(options);
		using interrupt = listenForInterrupt();
		let result = null;
		for await (const event of control.run(command, interrupt.signal)) {
			if (options.json) print(JSON.stringify(event));
			else if ("line" in event) print(shown(event.line));
			if ("reason" in event) result = event;
		}
		if (result === null) exitInterrupted();
		else endWith(result);
	});
}
/** What goes into a file or a pipe stays as it is; a terminal is protected. */
function shown(line) {
	return process.stdout.isTTY ? cleanLog(line, hasColour(process.stdout)) : line;
}
/** The command's exit code becomes ours. One that something else ended has none. */
function endWith({ exit_code, reason }) {
	if (reason !== null) note(linesIn(hasColour(process.stderr)).problem(`the command was ended: ${reason}`));
	process.exitCode = exit_code ?? 1;
}
export { addRun };
