import { n as cleanLog, t as clean } from "./clean.js";
import { t as painter } from "./colour.js";
// src/report/lines.ts
/** Longer than any sentence of ours, which may name many things. */
const LONG = 1e3;
function linesIn(colour) {
	const paint = painter(colour);
	return {
		step: (text) => paint("bold", `-----> ${clean(text, LONG)}`),
		detail: (text) => `       ${clean(text, LONG)}`,
		problem: (text) => paint("red", ` !     ${clean(text, LONG)}`),
		log: (line) => `       ${cleanLog(line, colour)}`.trimEnd()
	};
}
export { linesIn as t };
