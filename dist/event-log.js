import { t as createEventRenderer } from "./event.js";
import { n as planSummary } from "./plan2.js";
// src/action/event-log.ts
/** GitHub shows colours, and no terminal is this wide. */
const LAYOUT = {
	colour: true,
	width: 140
};
const ROLL_BACK = "Roll back";
/** Writes the events of a deployment into the log of the step, a group for each phase. */
function createEventLog(log) {
	const render = createEventRenderer(LAYOUT);
	let phase = null;
	return (event) => {
		phase = phaseOf(event, phase);
		log.group(phase);
		for (const line of render(event)) log.line(line);
	};
}
/** The title of the group that an event belongs to; null: what has to be seen at once. */
function phaseOf(event, now) {
	switch (event.type) {
		case "deployment.started":
		case "deployment.waiting":
		case "config.read":
		case "deployment.finished": return null;
		case "plan.made": return `Plan: ${planSummary(event.plan)}`;
		case "image.building":
		case "image.log":
		case "image.built":
		case "image.reused": return "Images";
		case "task.started":
		case "task.log":
		case "task.finished": return `Task ${event.task}`;
		case "rollback.started":
		case "rollback.failed": return ROLL_BACK;
		case "process.rolling":
		case "process.failed":
		case "process.steady":
		case "process.waiting":
		case "instance.started":
		case "instance.up":
		case "instance.failed":
		case "instance.stopped": return now === ROLL_BACK ? ROLL_BACK : "Roll out";
		default: return now;
	}
}
export { createEventLog as n, LAYOUT as t };
