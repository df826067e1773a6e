import { a as warningLine, c as showElapsed, o as counted, r as renderDiagnostics, s as showBytes } from "./config2.js";
import { t as linesIn } from "./lines.js";
import { n as planSummary, r as planTable, t as inside } from "./plan.js";
// src/report/outcome.ts
/** How a deployment that is not good ended. */
const ENDED = {
	failed: "failed",
	rolled_back: "failed and was rolled back",
	rollback_failed: "failed, and so did its roll-back",
	cancelled: "was cancelled",
	superseded: "was superseded by a newer one",
	refused: "was refused",
	interrupted: "was interrupted; the next one completes what it began"
};
/** The last lines of a deployment: what became of it, what failed and why, what runs now. */
function outcomeLines(event, progress, lines) {
	const took = showElapsed(event.seconds);
	const left = progress.failed.filter((each) => each.kept).map((each) => leftAsItIs(each.verdict));
	if (event.outcome === "unchanged") return [lines.step("Nothing to do, so nothing was changed")];
	if (event.outcome === "succeeded") {
		const done = event.release === null ? "Done" : `Released v${event.release}`;
		return [lines.step(`${done} (${took})`), ...left.map(lines.problem)];
	}
	const subject = progress.deployment === null ? "The deployment" : `Deployment ${progress.deployment.number}`;
	const ended = ENDED[event.outcome];
	const told = progress.failed.map(({ verdict }) => verdict.hint);
	return [
		lines.problem(`${subject} ${ended} (${took})${because(event.reason, ended)}`),
		...progress.failed.flatMap(({ verdict }) => whyItFailed(verdict, lines)),
		...event.hint === null || told.includes(event.hint) ? [] : [lines.detail(event.hint)],
		...progress.notRolledBack.map(({ process, reason }) => lines.problem(`${process} could not be rolled back: ${reason}`)),
		...left.map(lines.problem),
		...whatRuns(event, progress).map(lines.detail)
	];
}
/** Why, unless that only says again how it ended. */
function because(reason, ended) {
	return reason === null || ended.includes(reason) ? "" : `: ${reason}`;
}
/** `web was not steady in time: no answer on port 3000 (exit code 1)` */
function failure({ process, outcome, reason, exit_code }) {
	const how = {
		steady: "is steady",
		failed: "failed",
		timed_out: "was not steady in time",
		cancelled: "was cancelled",
		superseded: "was superseded by a newer deployment"
	}[outcome];
	return `${process} ${how}${because(reason, how)}${exit_code === null ? "" : ` (exit code ${exit_code})`}`;
}
function whyItFailed(verdict, lines) {
	return [
		lines.problem(failure(verdict)),
		...verdict.log.length === 0 ? [] : [lines.detail("Its last lines:")],
		...verdict.log.map((line) => lines.log(`  ${line}`)),
		...verdict.hint === null ? [] : [lines.detail(verdict.hint)]
	];
}
function leftAsItIs({ process, runs }) {
	return `${process} is left as it is (on_failure: keep) and runs ${{
		before: "what ran before",
		after: "the new version",
		neither: "something in between"
	}[runs]}`;
}
function whatRuns({ outcome, hint }, progress) {
	const { touched, failed, notRolledBack, migrations } = progress;
	const some = notRolledBack.length > 0 || failed.some((each) => each.kept);
	const takenBack = outcome === "rolled_back" || outcome === "rollback_failed" || outcome === "cancelled";
	return [
		...touched.size === 0 && hint === null && outcome !== "interrupted" ? ["No process was touched"] : [],
		...touched.size > 0 && takenBack ? [`Everything ${some ? "else " : ""}runs what it ran before`] : [],
		...migrations.length > 0 ? [`What ${migrations.join(", ")} did stays: migrations are not undone`] : []
	];
}
// src/report/progress.ts
/** What a later line of a deployment has to know of the earlier ones. */
var Progress = class {
	deployment = null;
	/** Processes that were touched. */
	touched = /* @__PURE__ */ new Set();
	failed = [];
	notRolledBack = [];
	/** Pre-deploy tasks that began to run. */
	migrations = [];
	#since = /* @__PURE__ */ new Map();
	#told = /* @__PURE__ */ new Set();
	note(event) {
		switch (event.type) {
			case "deployment.started":
				this.deployment = event;
				break;
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
/** Turns the events of one deployment, in order, into lines for a terminal or a pusher. */
function createEventRenderer(layout) {
	const context = {
		progress: new Progress(),
		lines: linesIn(layout.colour),
		layout
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
	"image.log": ({ line }, { lines }) => [lines.log(line)],
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
function startedLines(event, { lines }) {
	const { app, environment, number, commit, title } = event;
	const where = environment === "default" ? app : `${app} (${environment})`;
	const what = commit === null ? title : `${commit.slice(0, 12)} ${title}`;
	const which = environment === "default" ? `--app ${app}` : `--app ${app} -e ${environment}`;
	return [
		lines.step(`Deployment ${number} of ${where}: ${what}`),
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
export { createEventRenderer as t };
