import { n as showCommand } from "./command.js";
import { r as showDuration } from "./duration.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { n as printable } from "./text.js";
import { t as linesIn } from "./lines.js";
import { styleText } from "node:util";
// src/report/units.ts
const UNITS = [
	["d", 86400],
	["h", 3600],
	["min", 60],
	["s", 1]
];
/** How long something took, roughly: `0.8 s`, `34 s`, `1 min 30 s`. What a config says is shown as it writes it. */
function showElapsed(seconds) {
	if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
	let left = Math.round(seconds);
	const parts = [];
	for (const [name, size] of UNITS) {
		const count = Math.floor(left / size);
		left -= count * size;
		if (count > 0) parts.push(`${count} ${name}`);
	}
	return parts.join(" ");
}
/** Bytes, roughly: `640 B`, `1.2 MB`. */
function showBytes(bytes) {
	const steps = [
		"B",
		"KB",
		"MB",
		"GB",
		"TB"
	];
	const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
	return `${Number((bytes / 1024 ** step).toFixed(1))} ${steps[step]}`;
}
/** `1 instance`, `3 instances`. */
function counted(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
// src/report/config.ts
const MAX_VALUE_WIDTH = 60;
const MAX_INLINE_HINT = 100;
/**
* The resolved app, one value a line with where it came from: `processes.web.memory  1 GB  gantry.yml:12`. Defaults are
* only counted, unless all are asked for.
*/
function renderConfig({ app, provenance, files }, { all = false } = {}) {
	const { name, environment, processes, tasks, ...settings } = app;
	const values = /* @__PURE__ */ new Map([["app", name]]);
	collect(settings, "", values);
	for (const [kind, members] of Object.entries({
		processes,
		tasks
	})) for (const { name, ...member } of members) collect(member, `${kind}.${name}.`, values);
	const shown = [...values].filter(([path]) => all || provenance[path]?.kind !== "default");
	const hidden = values.size - shown.length;
	const rows = shown.map(([path, value]) => [
		path,
		cut(printable(value)),
		showProvenance(provenance[path])
	]);
	const pathWidth = Math.max(...rows.map(([path]) => path.length));
	const valueWidth = Math.max(...rows.map(([, value]) => value.length));
	const lines = rows.map(([path, value, from]) => `${path.padEnd(pathWidth)}  ${value.padEnd(valueWidth)}  ${from}`);
	return [
		`environment ${environment}, read from ${files.join(", ")}`,
		"",
		...lines,
		...hiddenLines(hidden, lines.length)
	].join("\n");
}
function hiddenLines(hidden, shown) {
	if (hidden === 0) return [];
	return [...shown > 0 ? [""] : [], `${counted(hidden, "default")} not shown: see them with --all`];
}
/** The resolved app for programs: the app model in its units, where each value came from, and the warnings. */
function configJson({ app, provenance, warnings, files }) {
	return {
		app,
		provenance,
		warnings: warnings.map(withoutFrame),
		files
	};
}
/** The lines around a place are for people who read a terminal. */
function withoutFrame(diagnostic) {
	const { frame: _, ...rest } = diagnostic;
	return rest;
}
/** Diagnostics as compilers print them: place, severity and message, the lines around it, a hint. */
function renderDiagnostics(diagnostics, { colour = false } = {}) {
	const style = (format, text) => colour ? styleText(format, text, { validateStream: false }) : text;
	return diagnostics.map(({ severity, message, path, place, hint, frame }) => {
		const lines = [`${place === void 0 ? "" : style("bold", `${printable(place.file)}:${place.line}:${place.column}: `)}${style(severity === "error" ? "red" : "yellow", severity)}: ${withPath(message, path)}`];
		if (frame !== void 0) lines.push(style("dim", indent(frame)));
		if (hint !== void 0) lines.push(indent(`hint: ${hint}`));
		return lines.join("\n");
	}).join("\n\n");
}
/**
* What is wrong with an input: where it is known, as compilers print it, and without a place as any other problem of
* the command line.
*/
function renderProblems(diagnostics, { colour = false } = {}) {
	const lines = linesIn(colour);
	const placed = diagnostics.filter((each) => each.place !== void 0);
	return [diagnostics.filter((each) => each.place === void 0).flatMap(({ severity, message, path, hint }) => [severity === "error" ? lines.problem(withPath(message, path)) : lines.detail(`warning: ${withPath(message, path)}`), ...hint === void 0 ? [] : hint.split("\n").map(lines.log)]).join("\n"), renderDiagnostics(placed, { colour })].filter((part) => part !== "").join("\n\n");
}
/** Beside what happens, a warning takes one line: `warning: gantry.yml:3:5 message; hint`. */
function warningLine({ message, path, place, hint }) {
	const where = place === void 0 ? "" : `${printable(place.file)}:${place.line}:${place.column} `;
	const isShort = hint !== void 0 && hint.length <= MAX_INLINE_HINT && !hint.includes("\n");
	return `warning: ${where}${withPath(message, path)}${isShort ? `; ${hint}` : ""}`;
}
function withPath(message, path) {
	return path === void 0 || message.includes(path) ? message : `${message} (${path})`;
}
function collect(settings, prefix, values) {
	for (const [key, value] of Object.entries(settings)) if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) collect(value, `${prefix}${key}.`, values);
	else values.set(prefix + key, showValue(key, value));
}
const DURATIONS = /* @__PURE__ */ new Set([
	"stop_timeout",
	"interval",
	"timeout",
	"start_period",
	"min_up",
	"max_age",
	"health_check_grace_period"
]);
function showValue(key, value) {
	if (value === null) return "-";
	if (key === "command") return showCommand(value);
	if (typeof value === "number") return showNumber(key, value);
	return typeof value === "string" ? value : JSON.stringify(value);
}
function showNumber(key, value) {
	if (key === "memory") return showMemory(value);
	if (key === "cpu") return showCpu(value);
	if (key === "ephemeral_storage_gb") return `${value} GB`;
	return DURATIONS.has(key) ? showDuration(value) : String(value);
}
function showProvenance(provenance) {
	if (provenance === void 0) return "";
	if (provenance.kind === "default") return provenance.of === void 0 ? "default" : `default of ${provenance.of}`;
	const place = `${printable(provenance.file)}:${provenance.line}`;
	return provenance.kind === "file" ? place : `inherited from ${provenance.from} (${place})`;
}
function cut(text) {
	return text.length > MAX_VALUE_WIDTH ? `${text.slice(0, 59)}…` : text;
}
function indent(text) {
	return text.replaceAll(/^/gm, "  ");
}
export { warningLine as a, showElapsed as c, renderProblems as i, renderConfig as n, counted as o, renderDiagnostics as r, showBytes as s, configJson as t };
