import { stripVTControlCharacters } from "node:util";
// src/report/clean.ts
const ESCAPE = String.fromCodePoint(27);
const RESET = `${ESCAPE}[0m`;
const COLOUR = new RegExp(`(${ESCAPE}\\[[0-9;:]*m)`);
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const SPACES = /[\s\p{Zl}\p{Zp}]+/gu;
/** Text from a repository or a process, on one line and with nothing in it that a terminal would obey. */
function clean(text, limit = 300) {
	return cut(printable(text.replaceAll(SPACES, " ")).trim(), limit);
}
/**
* A line of a log: as it was, but for what a terminal would obey; colours stay where they are wanted. What a carriage
* return overwrote is left out, as a terminal would.
*/
function cleanLog(line, colour, limit = 4e3) {
	const parts = cut(line.trimEnd().split("\r").at(-1), limit).split(COLOUR);
	const texts = parts.map((part, index) => index % 2 === 1 ? colour ? part : "" : printable(part.replaceAll("	", "    ")));
	return parts.length > 1 && colour ? texts.join("") + RESET : texts.join("");
}
function printable(text) {
	return stripVTControlCharacters(text).replaceAll(INVISIBLE, "");
}
function cut(text, limit) {
	return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
export { cleanLog as n, clean as t };
