import { l as warning, n as error } from "./core.js";
import { t as clean } from "./clean.js";
// src/action/annotations.ts
/**
* GitHub keeps ten of each kind for a step: https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations.
* One error is for how the step ends.
*/
const MOST = {
	error: 9,
	warning: 10
};
const LONGEST = 1e3;
/** Puts diagnostics at their lines. Those that are too many are in the log and in the summary alone. */
function annotate(diagnostics) {
	for (const severity of ["error", "warning"]) {
		const all = diagnostics.filter((each) => each.severity === severity);
		for (const each of all.slice(0, MOST[severity])) (severity === "error" ? error : warning)(textOf(each), propertiesOf(each));
	}
}
function textOf({ message, path, hint }) {
	return [`${message}${path === void 0 || message.includes(path) ? "" : ` (${path})`}`, hint ?? ""].map((line) => clean(line, LONGEST)).filter((line) => line !== "").join("\n");
}
function propertiesOf({ place }) {
	if (place === void 0) return { title: "Gantry" };
	const { file, line, column } = place;
	return {
		title: "Gantry",
		file: clean(file),
		startLine: line,
		startColumn: column
	};
}
export { annotate as t };
