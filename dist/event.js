import { o as warningLine, r as renderDiagnostics } from "./config2.js";
import { t as linesIn } from "./lines.js";
import { t as outcomeLines } from "./outcome.js";
import { n as planSummary, r as planTable, t as inside } from "./plan2.js";
import { n as showBytes, r as showElapsed, t as counted } from "./units.js";
// src/report/progress.ts
/** What a later line of a deployment has to know of the earlier ones. */
var Progress = class {
	deployment = null;
	/** Whether the plan has said why it must not be carried out. */
	isBlocked = false;
	/** Processes that were touched. */
	touched = /* @__PURE__ */ new Set();
	failed = [];
	notRolledBack = [];
	/** Pre-deploy tasks that began to run. */
	migrations = [];
	/** Per content key whose image is built, where several are built side by side. */
	#builds = /* @__PURE__ */ new Map();
	#since = /* @__PURE__ */ new Map();
	#told = /* @__PURE__ */ new Set();
	note(event) {
		switch (event.type) {
			case "deployment.started":
				this.deployment = event;
				break;
			case "plan.made": {
				this.isBlocked = event.plan.blocked.length > 0;
				const builds = event.plan.images.filter(({ action }) => action !== "reuse");
				if (builds.length < 2) break;
				for (const { key, used_by } of builds) this.#builds.set(key, used_by[0] ?? key.slice(0, 12));
				break;
			}
			case "process.rolling":
				this.touched.add(event.process);
				this.#since.set(event.process, Date.parse(event.at));
				break;
			case "instance.started":
				this.#since.set(event.instance, Date.parse(event.at));
				break;
			case "process.failed":
				this.failed.push(event);
				break;
			case "rollback.started":
				for (const process of event.processes) this.#since.set(process, Date.parse(event.at));
				break;
			case "rollback.failed":
				this.notRolledBack.push(event);
				break;
			case "task.started": if (event.phase === "pre_deploy") this.migrations.push(event.task);
		}
	}
	/** Says whose image it is, where lines of several mix. */
	ofImage(key, line) {
		const name = this.#builds.get(key);
		return name === void 0 ? line : `${name} | ${line}`;
	}
	/** Whether a process or an instance was begun in this deployment. */
	began(subject) {
		return this.#since.has(subject);
	}
	/** Seconds since a process or an instance was begun; null when it was there before. */
	seconds(subject, at) {
		const since = this.#since.get(subject);
		return since === void 0 ? null : Math.max(0, (Date.parse(at) - since) / 1e3);
	}
	/** Those that were not told yet: the config and the plan carry the same warnings. */
	untold(diagnostics) {
		return diagnostics.filter((each) => {
			const identity = JSON.stringify([
				each.message,
				each.path,
				each.place
			]);
			if (this.#told.has(identity)) return false;
			this.#told.add(identity);
			return true;
		});
	}
};
// src/report/event.ts
/**
* Turns the events of one deployment, in order, into lines for a terminal or a pusher.
*
* @param over whether it has ended by now: then there is nothing to watch or cancel
*/
function createEventRenderer(layout, { over = false } = {}) {
	const context = {
		progress: new Progress(),
		lines: linesIn(layout.colour),
		layout,
		over
	};
	return (event) => {
		context.progress.note(event);
		const render = RENDERERS[event.type];
		return render(event, context);
	};
}
const RENDERERS = {
	"deployment.started": startedLines,
	"deployment.waiting": ({ behind }, { lines }) => [lines.step(`Waiting for deployment ${behind} to finish`)],
	"config.read": ({ files, diagnostics }, context) => [context.lines.step(`Config from ${files.join(", ")}`), ...diagnosticLines(diagnostics, context)],
	"plan.made": ({ plan }, context) => [
		context.lines.step(`Plan: ${planSummary(plan)}`),
		...planTable(plan, inside(context.layout, MARGIN.length)).map((line) => `${MARGIN}${line}`),
		...diagnosticLines(plan.warnings, context),
		...plan.blocked.map(context.lines.problem)
	],
	"image.building": ({ key, files, bytes }, { lines }) => [lines.step(`Building image ${shortKey(key)} (${counted(files, "file")}, ${showBytes(bytes)})`)],
	"image.log": ({ key, line }, { lines, progress }) => [lines.log(progress.ofImage(key, line))],
	"image.built": ({ key, seconds }, { lines }) => [lines.detail(`Image ${shortKey(key)} built in ${showElapsed(seconds)}`)],
	"image.reused": ({ key, used_by }, { lines }) => [lines.step(`Image ${shortKey(key)} exists: nothing to build for ${used_by.join(", ")}`)],
	"task.started": ({ task, command }, { lines }) => [lines.step(`Running task ${task}: ${command}`)],
	"task.log": ({ line }, { lines }) => [lines.log(line)],
	"task.finished": taskFinishedLines,
	"process.rolling": ({ process, action }, { lines }) => [lines.step(`${process}: ${action}`)],
	"process.steady": ({ process, instances, at }, { lines, progress }) => [lines.detail(`${steady(process, instances)}${took(progress.seconds(process, at))}`)],
	"process.waiting": ({ process, reason }, { lines }) => [lines.detail(`${process} waits: ${reason}`)],
	"process.failed": () => [],
	"instance.started": ({ instance }, { lines }) => [lines.detail(`${shortInstance(instance)} starting`)],
	"instance.up": ({ instance, address, at }, { lines, progress }) => {
		const where = address === null ? "" : ` at ${address}`;
		return [lines.detail(`${shortInstance(instance)} up${where}${took(progress.seconds(instance, at))}`)];
	},
	"instance.failed": ({ instance, reason }, { lines }) => [lines.problem(`${shortInstance(instance)} failed: ${reason}`)],
	"instance.stopped": ({ instance }, { lines, progress }) => [lines.detail(`${progress.began(instance) ? "" : "old "}${shortInstance(instance)} stopped`)],
	"rollback.started": ({ processes, reason }, { lines }) => [lines.step(`Rolling back ${processes.join(", ")}: ${reason}`)],
	"rollback.failed": ({ process, reason }, { lines }) => [lines.problem(`${process} could not be rolled back: ${reason}`)],
	notice: ({ text }, { lines }) => [lines.detail(text)],
	"deployment.finished": (event, context) => [...outcomeLines(event, context.progress, context.lines), ...diagnosticLines(event.diagnostics, context)]
};
/** The width of `-----> `. */
const MARGIN = " ".repeat(7);
function startedLines(event, { lines, over }) {
	const { app, environment, number, commit, title } = event;
	const where = environment === "default" ? app : `${app} (${environment})`;
	const what = commit === null ? title : `${commit.slice(0, 12)} ${title}`;
	const which = environment === "default" ? `--app ${app}` : `--app ${app} -e ${environment}`;
	const first = lines.step(`Deployment ${number} of ${where}: ${what}`);
	if (over) return [first];
	return [
		first,
		lines.detail(`Watch it with \`gantry deployment logs ${number} ${which} -f\``),
		lines.detail(`Cancel it with \`gantry deployment cancel ${number} ${which}\``)
	];
}
function taskFinishedLines(event, { lines }) {
	const { task, exit_code, seconds, reason } = event;
	if (exit_code === 0) return [lines.detail(`Task ${task} done (${showElapsed(seconds)})`)];
	const how = exit_code === null ? "was ended" : `failed with exit code ${exit_code}`;
	const why = reason === null ? "" : `: ${reason}`;
	return [lines.problem(`Task ${task} ${how}${why} (${showElapsed(seconds)})`)];
}
function steady(process, instances) {
	return instances === 0 ? `${process} has no instances now` : `${process} is steady: ${counted(instances, "instance")}`;
}
function took(seconds) {
	return seconds === null ? "" : ` (${showElapsed(seconds)})`;
}
function diagnosticLines(diagnostics, { progress, layout, lines }) {
	const untold = progress.untold(diagnostics);
	const errors = untold.filter(({ severity }) => severity === "error");
	return [...untold.filter(({ severity }) => severity === "warning").map((each) => lines.detail(warningLine(each))), ...errors.length === 0 ? [] : renderDiagnostics(errors, layout).trimEnd().split("\n").map(lines.log)];
}
function shortKey(key) {
	return key.slice(0, 12);
}
/**
* `web.1` of `web.1-3f9c2a`: what comes after tells apart those that had the place before. Where instances have no places,
* as on ecs, it is all there is: `web-3f9c2a1b`.
*/
function shortInstance(id) {
	return id.replace(/(\.\d+)-[0-9a-f]+$/, "$1");
}
export { Progress as n, createEventRenderer as t };
