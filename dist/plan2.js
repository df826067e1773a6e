import { t as clean } from "./clean.js";
import { t as painter } from "./colour.js";
import { r as renderDiagnostics } from "./config2.js";
import { t as linesIn } from "./lines.js";
import { n as showImage } from "./image.js";
import { n as showChange, r as showNew, t as showKept } from "./kept.js";
import { n as table, r as wrapped, t as columnWidths } from "./table.js";
import { t as counted } from "./units.js";
// src/report/plan-rows.ts
const SYMBOLS = {
	create: "+",
	start: "+",
	build: "+",
	update: "~",
	scale: "~",
	rebuild: "~",
	stop: "-",
	remove: "-",
	run: ">",
	pinned: " ",
	unchanged: " ",
	skip: " ",
	reuse: " "
};
function rowOfProcess(change) {
	return {
		symbol: SYMBOLS[change.action],
		name: clean(change.name),
		action: `${change.action}${remark(change)}`,
		details: processDetails(change),
		below: change.kept.flatMap(showKept)
	};
}
function rowOfTask({ name, action, phase, reason, spec }) {
	const isNew = phase === "schedule" && action === "create" && spec !== null;
	return {
		symbol: SYMBOLS[action],
		name: `task ${clean(name)}`,
		action: taskAction(action, phase),
		details: [clean(isNew ? `${spec.schedule} (${spec.timezone})` : reason)],
		below: []
	};
}
function rowOfImage({ key, action, used_by }) {
	const [first, ...others] = used_by.map((each) => clean(each));
	return {
		symbol: SYMBOLS[action],
		name: `image ${clean(key.slice(0, 12))}`,
		action,
		details: [`for ${first}`, ...others],
		below: []
	};
}
/** What the action alone does not tell. */
function remark({ action, replaces, stopped, settled }) {
	if (replaces) return " (replaces instances)";
	if (!settled) return " (still rolling out)";
	return stopped && action !== "stop" ? " (stopped)" : "";
}
function processDetails({ action, before, after, fields }) {
	if (after === null) return [];
	if (action === "create") return showNew(after.spec);
	const { image } = after.spec;
	if (action === "pinned" && image.kind === "pinned") return [clean(showImage(image))];
	const told = action === "start" || action === "stop" ? "disabled" : null;
	const adopted = before?.origin === "operator" && after.origin === "config";
	return [...fields.filter((each) => each.field !== told).map(showChange), ...adopted ? ["belongs to the config from now on"] : []];
}
function taskAction(action, phase) {
	if (phase === "schedule") return `${action} schedule`;
	if (action !== "run") return action;
	return phase === "pre_deploy" ? "run before the roll-out" : "run after the roll-out";
}
// src/report/plan.ts
const COLOURS = {
	"+": "green",
	"~": "yellow",
	"-": "red",
	">": "cyan",
	" ": "dim"
};
const WIDTH = 100;
/** The details get at least so many columns, however wide the rest is. */
const NARROWEST = 40;
/** More pinned processes than this are told in one line. */
const FEW = 3;
/** A list names so many, and says how many more there are. */
const LISTED = 8;
/** The whole plan as text: a summary, the table, what to know about it and why it cannot be carried out. */
function renderPlan(plan, layout) {
	const title = plan.environment === "default" ? plan.app : `${plan.app} (${plan.environment})`;
	return [
		painter(layout.colour)("bold", `Plan for ${clean(title)}: ${planSummary(plan)}`),
		...planTable(plan, inside(layout, 2)).map((line) => `  ${line}`),
		...plan.warnings.length > 0 ? [renderDiagnostics(plan.warnings, layout).trimEnd()] : [],
		...plan.blocked.map(linesIn(layout.colour).problem)
	].map((line) => `${line}\n`).join("");
}
/** `1 to create, 2 to update, 1 task to run`, or `nothing to do`. */
function planSummary({ processes, tasks, images }) {
	return [
		...[
			"create",
			"update",
			"scale",
			"start",
			"stop",
			"remove"
		].map((action) => tally(processes, [action], (count) => `${count} to ${action}`)),
		tally(processes.filter(({ settled }) => !settled), ["pinned", "unchanged"], (count) => `${count} to wait for`),
		tally(images, ["build", "rebuild"], (count) => `${counted(count, "image")} to build`),
		tally(tasks, ["run"], (count) => `${counted(count, "task")} to run`),
		tally(tasks, [
			"create",
			"update",
			"remove"
		], (count) => `${counted(count, "schedule")} to change`)
	].filter((part) => part !== "").join(", ") || "nothing to do";
}
/** The table: processes, tasks, images. What is left alone is told in short, unless there is more to say about it. */
function planTable(plan, { colour, width = WIDTH }) {
	const plain = (action) => plan.processes.filter((each) => each.action === action && isPlain(each));
	const unchanged = plain("unchanged");
	const pinned = plain("pinned").length > FEW ? plain("pinned") : [];
	const inShort = /* @__PURE__ */ new Set([...unchanged, ...pinned]);
	const [sameTasks, tasks] = [plan.tasks.filter((each) => each.action === "unchanged"), plan.tasks.filter((each) => each.action !== "unchanged")];
	const rows = [
		...plan.processes.filter((each) => !inShort.has(each)).map(rowOfProcess),
		...tasks.map(rowOfTask),
		...plan.images.filter((each) => each.action !== "reuse").map(rowOfImage)
	];
	const names = [...unchanged.map((each) => each.name), ...sameTasks.map((each) => `task ${each.name}`)];
	return [
		...layOut(rows, painter(colour), width),
		...listed("pinned", pinned.map((each) => each.name), width),
		...listed("unchanged", names, width)
	];
}
/** A layout that leaves room for a margin. */
function inside({ colour, width = WIDTH }, margin) {
	return {
		colour,
		width: width - margin
	};
}
function tally(all, actions, text) {
	const count = all.filter((each) => actions.includes(each.action)).length;
	return count === 0 ? "" : text(count);
}
/** There is nothing to say about it but its action. */
function isPlain({ kept, stopped, settled }) {
	return kept.length === 0 && !stopped && settled;
}
function layOut(rows, paint, width) {
	const heads = rows.map((row) => [
		`${row.symbol} ${row.name}`,
		row.action,
		""
	]);
	const used = columnWidths(heads).reduce((sum, each) => sum + each + 2, 0);
	const room = Math.max(NARROWEST, width - used);
	const cells = rows.flatMap(({ symbol, name, action, details, below }) => {
		const [first = "", ...rest] = [...wrapped(details, room), ...below];
		return [[
			paint(COLOURS[symbol], `${symbol} ${name}`),
			paint(COLOURS[symbol], action),
			first
		], ...rest.map((line) => [
			"",
			"",
			line
		])];
	});
	return table(cells);
}
/** `  5 unchanged: a, b, c, d, e` */
function listed(what, names, width) {
	if (names.length === 0) return [];
	const [first = "", ...others] = (names.length > LISTED ? [...names.slice(0, LISTED), `and ${names.length - LISTED} more`] : names).map((each) => clean(each));
	const indent = "    ";
	return wrapped([`${names.length} ${what}: ${first}`, ...others], width - 4).map((line, index) => `${index === 0 ? "  " : indent}${line}`);
}
export { rowOfImage as a, renderPlan as i, planSummary as n, rowOfProcess as o, planTable as r, rowOfTask as s, inside as t };
