import { t as DEFAULT_ROLLOUT } from "./operator-process.js";
import { t as clean } from "./clean.js";
import { n as showCommand } from "./command.js";
import { r as showDuration } from "./duration.js";
import { n as showImage, r as showReference } from "./image.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { i as shownVariable } from "./secret-like.js";
import { t as counted } from "./units.js";
import { isDeepStrictEqual } from "node:util";
// src/report/values.ts
/** What fits beside others on a line. */
const SHORT = 60;
const CHECK_TIMES = [
	"interval",
	"timeout",
	"start_period"
];
const SHOW = {
	image: showReference,
	entry_point: showCommand,
	command: showCommand,
	pre_start: showCommand,
	cpu: showCpu,
	memory: showMemory,
	ephemeral_storage_gb: (gigabytes) => `${gigabytes} GB`,
	stop_timeout: showDuration,
	...showsOfCheck("health_check"),
	...showsOfCheck("readiness"),
	"rollout.timeout": showDuration,
	"rollout.min_up": showDuration,
	"ecs.health_check_grace_period": showDuration
};
/** A change as a person reads it: `memory 512 MB → 1 GB`. */
function showChange(change) {
	const { field, from, to, owner } = change;
	const name = clean(field);
	if (field === "restarts") return "restart";
	if (field.startsWith("variables.")) return `${name} ${showVariable(change)}`;
	if (to === void 0) return `${name} removed`;
	if (from === void 0) return `${name} ${showValue(field, to)} (new)`;
	if (!isDeepStrictEqual(from, to)) return `${name} ${showValue(field, from)} → ${showValue(field, to)}`;
	return `${name}${isMap(to) && SHOW[field] === void 0 ? "" : ` ${showValue(field, to)}`} (now ${owner === "operator" ? "set by operator" : "the config's"})`;
}
/** What a new process is: `2 instances, 0.5 vCPU, 1 GB, bin/web`. */
function showNew(spec) {
	const { demand_count: demand, spot_count: spot, image, command, containers } = spec;
	const beside = Object.keys(containers);
	return [
		spot === 0 ? counted(demand, "instance") : `${demand} + ${counted(spot, "spot instance")}`,
		showCpu(spec.cpu),
		showMemory(spec.memory),
		...image.kind === "pinned" ? [clean(showImage(image), SHORT)] : [],
		...command === null ? [] : [showValue("command", command)],
		...beside.length === 0 ? [] : [`with ${beside.map((name) => clean(name)).join(" and ")}`]
	];
}
function showValue(path, value) {
	const field = path.replace(/^containers\.[^.]+\./, "");
	if (field === "image" && value === null) return "built from the commit";
	if (value === null || value === void 0) return "none";
	const show = field.startsWith("containers.") ? showContainer : field.startsWith("mounts.") ? showMount : SHOW[field];
	if (show !== void 0) return clean(show(value), SHORT);
	const text = typeof value === "string" ? value : JSON.stringify(value);
	const shown = field.startsWith("env.") ? shownVariable(field.slice(4), text) : text;
	return clean(shown, SHORT) || "\"\"";
}
/** What it runs; its variables are nothing to read in a line. */
function showContainer({ image, command, cpu, memory }) {
	return [
		showReference(image),
		...command === null ? [] : [showCommand(command)],
		...cpu === null ? [] : [showCpu(cpu)],
		...memory === null ? [] : [showMemory(memory)]
	].join(", ");
}
function showMount({ source, source_path }) {
	return source_path === "" ? source : `${source} ${source_path}`;
}
function isMap(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function showVariable({ from, to }) {
	if (to === void 0) return "no longer set by hand";
	return from === void 0 ? "set by hand" : "set by hand anew";
}
function showsOfCheck(field) {
	return {
		[field]: showHealthCheck,
		[`${field}.command`]: showCommand,
		...Object.fromEntries(CHECK_TIMES.map((each) => [`${field}.${each}`, showDuration]))
	};
}
function showHealthCheck({ path, command, interval }) {
	return `${path ?? (command === null ? "tcp" : showCommand(command))} every ${showDuration(interval)}`;
}
// src/report/kept.ts
/**
* What an operator has set and a plan keeps, a line each: `memory 2 GB (set by operator; config says 1 GB)`. Of a map, which
* is owned as a whole, the entries that are not what they would be otherwise.
*/
function showKept({ field, value, config }) {
	const otherwise = config === void 0 && field === "rollout" ? DEFAULT_ROLLOUT : config;
	if (!isMap(value) || !isMap(otherwise)) return [showOne({
		field,
		value,
		config
	})];
	const differing = Object.entries(value).filter(([key, each]) => !isDeepStrictEqual(each, otherwise[key]));
	if (differing.length === 0) return [`${clean(field)} (set by operator; ${config === void 0 ? "as by default" : "config says the same"})`];
	return differing.map(([key, each]) => showOne({
		field: `${field}.${key}`,
		value: each,
		...isMap(config) && { config: config[key] }
	}));
}
function showOne({ field, value, config }) {
	const name = clean(field);
	if (/^(?:env|secrets)\./.test(field)) return `${name} (set by hand; config says ${showValue(field, config)})`;
	const says = config === void 0 ? "" : isDeepStrictEqual(value, config) ? "; config says the same" : `; config says ${showValue(field, config)}`;
	return `${name} ${showValue(field, value)} (set by operator${says})`;
}
export { showValue as i, showChange as n, showNew as r, showKept as t };
