import { n as showCommand } from "./command.js";
import { r as showDuration } from "./duration.js";
import { n as showImage, r as showReference } from "./image.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { n as shownVariable } from "./secret-like.js";
import { t as clean } from "./clean.js";
import { t as counted } from "./units.js";
import { isDeepStrictEqual } from "node:util";
// src/report/values.ts
/** What fits beside others on a line. */
const SHORT = 60;
const SHOW = {
	image: showReference,
	command: showCommand,
	cpu: showCpu,
	memory: showMemory,
	ephemeral_storage_gb: (gigabytes) => `${gigabytes} GB`,
	stop_timeout: showDuration,
	health_check: showHealthCheck,
	"health_check.command": showCommand,
	"health_check.interval": showDuration,
	"health_check.timeout": showDuration,
	"health_check.start_period": showDuration,
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
	return `${name} ${showValue(field, to)} (now ${owner === "operator" ? "set by operator" : "the config's"})`;
}
/** `memory 2 GB (set by operator; config says 1 GB)` */
function showKept(kept) {
	const { field, value, config } = kept;
	const name = clean(field);
	if (/^(?:env|secrets)\./.test(field)) return `${name} (set by hand; config says ${showValue(field, config)})`;
	const says = config === void 0 ? "" : isDeepStrictEqual(value, config) ? "; config says the same" : `; config says ${showValue(field, config)}`;
	return `${name} ${showValue(field, value)} (set by operator${says})`;
}
/** What a new process is: `2 instances, 0.5 vCPU, 1 GB, bin/web`. */
function showNew(spec) {
	const { demand_count: demand, spot_count: spot, image, command } = spec;
	return [
		spot === 0 ? counted(demand, "instance") : `${demand} + ${counted(spot, "spot instance")}`,
		showCpu(spec.cpu),
		showMemory(spec.memory),
		...image.kind === "pinned" ? [clean(showImage(image), SHORT)] : [],
		...command === null ? [] : [showValue("command", command)]
	];
}
function showValue(field, value) {
	if (field === "image" && value === null) return "built from the commit";
	if (value === null || value === void 0) return "none";
	const show = SHOW[field];
	if (show !== void 0) return clean(show(value), SHORT);
	const text = typeof value === "string" ? value : JSON.stringify(value);
	const shown = field.startsWith("env.") ? shownVariable(field.slice(4), text) : text;
	return clean(shown, SHORT) || "\"\"";
}
function showVariable({ from, to }) {
	if (to === void 0) return "no longer set by hand";
	return from === void 0 ? "set by hand" : "set by hand anew";
}
function showHealthCheck({ path, command, interval }) {
	return `${path ?? (command === null ? "tcp" : showCommand(command))} every ${showDuration(interval)}`;
}
export { showValue as i, showKept as n, showNew as r, showChange as t };
