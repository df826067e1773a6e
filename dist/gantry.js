#!/usr/bin/env node
import { i as CommanderError } from "./extra-typings.js";
import { a as TaskError, n as ConfigError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { t as linesIn } from "./lines.js";
import { t as reportBug } from "./bug.js";
import { n as ServerError } from "./connection-error.js";
import { r as note, t as hasColour } from "./output.js";
import { t as createProgram } from "./program.js";
// src/cli/main.ts
const EXIT = {
	ok: 0,
	failed: 1,
	badInput: 2,
	interrupted: 130,
	brokenPipe: 141
};
/** What the scripts of `gantry completion` call: no command for people. */
const COMPLETE = "__complete";
/** The one place where an error becomes text and an exit code. */
async function main(argv) {
	if (argv[0] === COMPLETE) return (await import("./answer.js")).answer(argv.slice(1));
	try {
		await (await createProgram(argv)).parseAsync(argv, { from: "user" });
	} catch (error) {
		process.exitCode = await report(error);
	}
}
async function report(error) {
	if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
	const colour = hasColour(process.stderr);
	if (error instanceof ConfigError) {
		const { renderProblems } = await import("./config.js");
		note(renderProblems(error.diagnostics, { colour }));
		return EXIT.badInput;
	}
	if (error instanceof UserError) {
		const { problem, detail } = linesIn(colour);
		note(problem(error.message));
		if (error.hint !== void 0) note(detail(error.hint));
		return exitCodeOf(error);
	}
	reportBug(error);
	return EXIT.failed;
}
function exitCodeOf(error) {
	if (error instanceof CancelledError) return EXIT.interrupted;
	return error instanceof DeployError || error instanceof TaskError || error instanceof ServerError ? EXIT.failed : EXIT.badInput;
}
process.stdout.on("error", (error) => {
	if (error.code !== "EPIPE") throw error;
	process.exit(EXIT.brokenPipe);
});
await main(process.argv.slice(2));
export {};
