import { n as printable } from "./text.js";
import { a as showFiles } from "./config2.js";
import { i as wrappedText, r as wrapped } from "./table.js";
import { t as counted } from "./units.js";
// src/report/config-keys.ts
const TITLES = {
	unsupported: "not supported",
	approximated: "approximated",
	honoured: "honoured"
};
/** Where the width of the terminal is not known. */
const WIDTH = 100;
/** However long the names of files are, what is said of a key gets so many columns. */
const LEAST_WIDTH = 40;
/** What becomes of each key of another system's files, with its place: first what is lost, then what differs. */
function renderKeys({ keys, ...config }, { all = false, width = WIDTH } = {}) {
	const parts = Object.keys(TITLES).flatMap((fate) => {
		const own = keys.filter((each) => each.fate === fate);
		if (own.length === 0) return [];
		const lines = all || fate !== "honoured" ? rowsOf(own, width) : namesOf(own, width);
		return [`${TITLES[fate]} (${counted(own.length, "key")})`, ...lines].join("\n");
	});
	const read = `read from ${showFiles(config)}`;
	if (keys.length === 0) return `${read}\n\n${config.files.length === 1 && config.recognised === null ? "no file of another system" : "no key of another system"}: every key of gantry.yml is honoured`;
	return [read, ...parts].join("\n\n");
}
/** The same for programs. */
function keysJson({ keys, files, recognised }) {
	return {
		files,
		recognised,
		keys
	};
}
function rowsOf(keys, width) {
	const places = keys.map(({ place }) => `${printable(place.file)}:${place.line}`);
	const column = Math.max(...places.map((each) => each.length));
	const room = Math.max(width - column - 4, LEAST_WIDTH);
	return keys.flatMap(({ path, text, hint, fate }, index) => {
		return [...wrappedText(`${path}: ${text}`, room), ...hint === void 0 || fate === "honoured" ? [] : wrappedText(hint, room)].map((line, at) => `  ${(at === 0 ? places[index] : "").padEnd(column)}  ${line}`);
	});
}
function namesOf(keys, width) {
	const names = [...new Set(keys.map(({ path }) => path))];
	return [...wrapped(names, width - 2), "what becomes of each: --all"].map((line) => `  ${line}`);
}
export { keysJson, renderKeys };
