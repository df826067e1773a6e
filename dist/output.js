import { t as clean } from "./clean.js";
import { t as painter } from "./colour.js";
import { n as table } from "./table.js";
// src/cli/output.ts
/** Characters of a value that has a line of its own. */
const LONGEST_FIELD = 1e3;
/** A line of the result. */
function print(line) {
	process.stdout.write(`${line}\n`);
}
/** A line beside the result, for people: it does not get into a pipe. */
function note(line) {
	process.stderr.write(`${line}\n`);
}
function printJson(value) {
	print(JSON.stringify(value, null, 2));
}
/** Whether the stream is a terminal that shows colours and nobody has asked for none (NO_COLOR). */
function hasColour(stream) {
	return stream.isTTY && stream.hasColors();
}
/** How plans and events are laid out on a stream. */
function layoutOf(stream) {
	return {
		colour: hasColour(stream),
		...stream.isTTY && { width: stream.columns }
	};
}
/** Rows below their headings. Cells may hold anything: what a terminal would obey is taken out. */
function printTable(headings, rows) {
	const [first = "", ...rest] = table([headings, ...rows.map((row) => row.map((cell) => clean(cell)))]);
	print(painter(hasColour(process.stdout))("bold", first));
	for (const line of rest) print(line);
}
/** Names and values of one thing, a line each, without those that it does not have. Cleaned as tables are. */
function printFields(fields) {
	const rows = Object.entries(fields).flatMap(([name, value]) => value === null ? [] : [[clean(name), clean(value, LONGEST_FIELD)]]);
	for (const line of table(rows)) print(line);
}
export { printFields as a, print as i, layoutOf as n, printJson as o, note as r, printTable as s, hasColour as t };
