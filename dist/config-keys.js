import { n as printable } from "./text.js";
import { t as counted } from "./units.js";
// src/report/config-keys.ts
const TITLES = {
	unsupported: "not supported",
	approximated: "approximated",
	honoured: "honoured"
};
/** What becomes of each key of another system's files, with its place: first what is lost, then what differs. */
function renderKeys({ keys, files }) {
	const parts = Object.keys(TITLES).map((fate) => renderFate(fate, keys.filter((each) => each.fate === fate)));
	const read = `read from ${files.map(printable).join(", ")}`;
	if (keys.length === 0) return `${read}\n\nno file of another system: every key of gantry.yml is honoured`;
	return [read, ...parts.filter((part) => part !== "")].join("\n\n");
}
/** The same for programs. */
function keysJson({ keys, files }) {
	return {
		files,
		keys
	};
}
function renderFate(fate, keys) {
	if (keys.length === 0) return "";
	const places = keys.map(({ place }) => `${printable(place.file)}:${place.line}`);
	const width = Math.max(...places.map((each) => each.length));
	const lines = keys.flatMap(({ path, text, hint }, index) => [`  ${places[index].padEnd(width)}  ${path}: ${text}`, ...hint === void 0 || fate === "honoured" ? [] : [`  ${" ".repeat(width)}  ${hint}`]]);
	return [`${TITLES[fate]} (${counted(keys.length, "key")})`, ...lines].join("\n");
}
export { keysJson, renderKeys };
