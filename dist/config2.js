import { n as showCommand } from "./command.js";
import { r as showDuration } from "./duration.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { i as shownVariable } from "./secret-like.js";
import { n as printable } from "./text.js";
import { t as linesIn } from "./lines.js";
import { t as counted } from "./units.js";
import { styleText } from "node:util";
// src/report/config.ts
const MAX_VALUE_WIDTH = 60;
const MAX_INLINE_HINT = 100;
/**
* The resolved app, one value a line with where it came from: `processes.web.memory  1 GB  gantry.yml:12`. Gantry's own
* defaults are only counted, unless all are asked for.
*/
function renderConfig({ app, provenance, files, recognised }, { all = false } = {}) {
	const { name, environment, processes, tasks, ...settings } = withoutSecrets(app);
	const values = /* @__PURE__ */ new Map([["app", name]]);
	collect(settings, "", values);
	for (const [kind, members] of Object.entries({
		processes,
		tasks
	})) for (const { name, ...member } of members) collect(member, `${kind}.${name}.`, values);
	const shown = [...values].filter(([path]) => all || !isOwnDefault(provenance[path]));
	const hidden = values.size - shown.length;
	const rows = shown.map(([path, value]) => [
		path,
		cut(printable(value.trimEnd().replaceAll(/\r?\n/g, " ⏎ "))),
		showProvenance(provenance[path])
	]);
	const pathWidth = Math.max(...rows.map(([path]) => path.length));
	const valueWidth = Math.max(...rows.map(([, value]) => value.length));
	const lines = rows.map(([path, value, from]) => `${path.padEnd(pathWidth)}  ${value.padEnd(valueWidth)}  ${from}`);
	return [
		`environment ${environment}, read from ${showFiles({
			files,
			recognised
		})}`,
		"",
		...lines,
		...hiddenLines(hidden, lines.length)
	].join("\n");
}
/** The files that were read, and what the first of them was taken for where its name does not say it. */
function showFiles({ files, recognised }) {
	const [first, ...others] = files.map(printable);
	return [recognised === null ? first : `${first} (taken for ${recognised})`, ...others].join(", ");
}
/** Those of another system may surprise. */
function isOwnDefault(provenance) {
	return provenance?.kind === "default" && provenance.of === void 0;
}
function hiddenLines(hidden, shown) {
	if (hidden === 0) return [];
	return [...shown > 0 ? [""] : [], `${counted(hidden, "default")} not shown: see them with --all`];
}
/** The resolved app for programs: the app model in its units, where each value came from, and the warnings. */
function configJson(config) {
	const { app, provenance, warnings, shared: _shared, ...others } = config;
	return {
		app: withoutSecrets(app),
		provenance,
		warnings: warnings.map(withoutFrame),
		...others
	};
}
/** Values of variables that look like secrets are hidden wherever the app holds variables. */
function withoutSecrets(app) {
	return {
		...hideIn(app),
		processes: app.processes.map((each) => ({
			...hideIn(each),
			containers: hideInContainers(each)
		})),
		tasks: app.tasks.map(hideIn)
	};
}
function hideInContainers({ containers, build: own }) {
	return Object.fromEntries(Object.entries(containers).map(([name, each]) => {
		const { env, build } = hideIn({
			env: each.env,
			build: each.build ?? own
		});
		return [name, {
			...each,
			env,
			build: each.build && build
		}];
	}));
}
function hideIn(owner) {
	const { env, build } = owner;
	return {
		...owner,
		env: hideValues(env),
		build: {
			...build,
			args: hideValues(build.args)
		}
	};
}
function hideValues(variables) {
	return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, shownVariable(name, value)]));
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
	"retention",
	"health_check_grace_period"
]);
const COMMANDS = /* @__PURE__ */ new Set([
	"entry_point",
	"command",
	"pre_start"
]);
function showValue(key, value) {
	if (value === null) return "-";
	if (COMMANDS.has(key)) return showCommand(value);
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
export { showFiles as a, renderProblems as i, renderConfig as n, warningLine as o, renderDiagnostics as r, configJson as t };
