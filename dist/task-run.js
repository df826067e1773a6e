import { n as showCommand } from "./command.js";
import { i as NotFoundError, s as UserError } from "./errors.js";
// src/engine/task-run.ts
/** Characters of a command that are remembered. */
const LONGEST_COMMAND = 4e3;
/** A run as it is when it has been asked for. */
function newRun(id, { spec, initiated_by, deployment }, now) {
	const command = showCommand(spec.command);
	return {
		id,
		task: spec.name,
		command: command.length > LONGEST_COMMAND ? `${command.slice(0, 3999)}…` : command,
		status: "starting",
		initiated_by,
		deployment,
		started_at: now,
		ended_at: null,
		exit_code: null,
		reason: null,
		image: spec.image.kind === "pinned" ? spec.image.reference : spec.image.digest ?? spec.image.key,
		cpu: spec.cpu,
		memory: spec.memory,
		max_hours: spec.max_hours
	};
}
function isOver({ status }) {
	return status !== "starting" && status !== "running";
}
/** Seconds from when it was asked for to its end, or to now; null where its end is not known. */
function durationOf(run, now) {
	if (run.ended_at === null && isOver(run)) return null;
	const end = run.ended_at === null ? now : Date.parse(run.ended_at);
	return Math.max(0, (end - Date.parse(run.started_at)) / 1e3);
}
function unknownRun(app, id) {
	return new NotFoundError(`${app} has no task ${JSON.stringify(id.slice(0, 80))}`, { hint: "`gantry task list` shows those that are remembered" });
}
function runsStill({ id }) {
	return new UserError(`${id} still runs`, { hint: "stop it first" });
}
export { unknownRun as a, runsStill as i, isOver as n, newRun as r, durationOf as t };
