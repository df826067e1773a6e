import { n as error } from "./core.js";
import { c as messageOf, n as ConfigError, s as UserError } from "./errors.js";
import { i as renderProblems } from "./config2.js";
import { t as clean } from "./clean.js";
import { t as annotate } from "./annotations.js";
import { n as stackOf } from "./bug2.js";
// src/action/failure.ts
const LONGEST = 1e3;
/** Says in the log and in annotations why the step fails. */
function showFailure(log, error$1) {
	log.group(null);
	if (error$1 instanceof ConfigError) {
		for (const line of renderProblems(error$1.diagnostics).split("\n")) log.line(line);
		annotate(error$1.diagnostics);
	}
	if (!(error$1 instanceof UserError)) for (const line of stackOf(error$1)) log.line(line);
	const [{ message, hint } = { message: "" }] = problemsOf(error$1);
	const lines = [error$1 instanceof ConfigError ? error$1.message : message, ...error$1 instanceof ConfigError || hint === void 0 ? [] : [hint]];
	error(lines.map((line) => clean(line, LONGEST)).join("\n"), { title: "Gantry" });
}
/** What is wrong, for a report. */
function problemsOf(error) {
	if (error instanceof ConfigError) return error.diagnostics;
	if (error instanceof UserError) return [{
		severity: "error",
		message: error.message,
		...error.hint !== void 0 && { hint: error.hint }
	}];
	return [{
		severity: "error",
		message: `a bug in Gantry: ${messageOf(error)}`,
		hint: "please report it, with the log of this step"
	}];
}
export { showFailure as n, problemsOf as t };
