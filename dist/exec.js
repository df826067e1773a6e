import { s as UserError } from "./errors.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { i as noteOptionsBehind, n as shellLine, r as converse, t as aboutTerminal } from "./terminal-option.js";
import { n as terminalFor } from "./terminal.js";
// src/cli/commands/exec.ts
function addExec(program) {
	aboutTerminal(aboutApp(program.command("exec").description("run a command in an instance that runs: at a terminal with one, else with input and output as they are").argument("<process>", "its name").argument("[command...]", "a program and its arguments, or a shell line as one word; default: bash, or sh where there is none").passThroughOptions().option("-i, --instance <id>", "in this one; default: the first that is up"))).addHelpText("after", examples("gantry exec web", "gantry exec web --instance web.2-3f9c2a ls -l /tmp", "gantry exec worker 'pg_dump $DATABASE_URL' > dump.sql")).action(async (process, words, _options, self) => {
		const command = behindOptions(self, words);
		noteOptionsBehind(self, command);
		const options = self.opts();
		const terminal = terminalFor(options);
		const control = await connectToApp(options);
		await converse(control, {
			kind: "exec",
			terminal,
			process,
			instance: options.instance ?? null,
			command: command.length === 0 ? null : shellLine(command)
		});
	});
}
/** Options may stand behind the process as well: no program is called `--instance`. */
function behindOptions(self, words) {
	if (!words[0]?.startsWith("-")) return words;
	const { operands, unknown } = self.parseOptions(words);
	const command = [...operands, ...unknown];
	if (operands.length > 0 || unknown.length === 0) return command;
	throw new UserError(`unknown option ${unknown[0]}`, { hint: "gantry exec --help says which there are" });
}
export { addExec };
