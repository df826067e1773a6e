import { s as UserError } from "./errors.js";
import { t as aboutApp } from "./app-option.js";
import { a as shown, i as endWith, n as readRunKeys, r as splitKeys, t as aboutRun } from "./run-keys.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt, t as exitInterrupted } from "./interrupt.js";
import { i as print } from "./output.js";
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
	aboutRun(aboutApp(program.command("run").description("run a command once, in the image and with the variables of what is deployed. It has no standard input and no terminal yet").argument("<command...>", "a program and its arguments, or a shell line as one word; key=value in front of it, or behind a single word: memory, cpu, docker_tag, image, max_hours").passThroughOptions().option("--json", "print each line and the result as JSON"))).addHelpText("after", examples("gantry run python manage.py check", "gantry run --app hello 'env | sort'", "gantry run 'bin/report | tail' memory=2 max_hours=1")).action(async (words, options) => {
		const { command, keys } = splitKeys(words);
		const set = readRunKeys(keys, options);
		if (command.length === 0) throw new UserError("which command is to run?");
		const control = await connectToApp(options);
		using interrupt = listenForInterrupt();
		let result = null;
		for await (const event of control.run({
			command: shellLine(command),
			set
		}, interrupt.signal)) {
			if (options.json) print(JSON.stringify(event));
			else if ("line" in event) print(shown(event.line));
			if ("reason" in event) result = event;
		}
		if (result === null) exitInterrupted();
		else endWith(result);
	});
}
export { addRun };
