import { s as UserError } from "./errors.js";
import { t as aboutApp } from "./app-option.js";
import { n as shown, t as endWith } from "./command-output.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt, t as exitInterrupted } from "./interrupt.js";
import { i as noteOptionsBehind, n as shellLine, r as converse, t as aboutTerminal } from "./terminal-option.js";
import { i as print, r as note } from "./output.js";
import { n as readRunKeys, r as splitKeys, t as aboutRun } from "./run-keys.js";
import { n as terminalFor } from "./terminal.js";
import { fstatSync } from "node:fs";
// src/cli/unread-input.ts
/** Says that nobody reads the input, where there seems to be one. */
function noteUnreadInput() {
	if (!mayHaveInput(0)) return;
	note("       The input is not passed on: without a terminal `run` has none; `gantry exec` has, on the local engine");
}
/** Whether somebody has put a file or a pipe there. What is in a pipe only reading tells, which would take it from others. */
function mayHaveInput(descriptor) {
	try {
		const file = fstatSync(descriptor);
		return file.isFIFO() || file.isFile() && file.size > 0;
	} catch {
		return false;
	}
}
// src/cli/commands/run.ts
function addRun(program) {
	aboutTerminal(aboutRun(aboutApp(program.command("run").description("run a command once, in the image and with the variables of what is deployed: a shell, for example. At a terminal you talk to it; into a pipe it writes lines, and has no input").argument("<command...>", "a program and its arguments, or a shell line as one word; key=value in front of it, or behind a single word: memory, cpu, docker_tag, image, max_hours").passThroughOptions().option("--json", "print each line and the result as JSON; without a terminal")))).addHelpText("after", examples("gantry run bash", "gantry run python manage.py check", "gantry run --app hello 'env | sort'", "gantry run 'bin/report | tail' memory=2 max_hours=1")).action(async (given, options, self) => {
		const { command, keys } = splitKeys(given);
		const set = readRunKeys(keys, options);
		if (command.length === 0) throw new UserError("which command is to run?");
		noteOptionsBehind(self, command);
		const words = {
			command: shellLine(command),
			set
		};
		const terminal = options.json ? null : terminalFor(options);
		const control = await connectToApp(options);
		if (terminal !== null) return converse(control, {
			kind: "run",
			terminal,
			...words
		});
		noteUnreadInput();
		using interrupt = listenForInterrupt();
		let result = null;
		for await (const event of control.run(words, interrupt.signal)) {
			if (options.json) print(JSON.stringify(event));
			else if ("line" in event) print(shown(event.line));
			if ("reason" in event) result = event;
		}
		if (result === null) exitInterrupted();
		else endWith(result);
	});
}
export { addRun };
