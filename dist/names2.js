import { t as MAIN } from "./app2.js";
import { createHash } from "node:crypto";
// src/engine/ecs/names.ts
/** The container of the process or task in its definition: the only one, unless others run beside it. */
const CONTAINER = MAIN;
/** What its port is called, in the task definition and in Service Connect. */
const PORT_NAME = "main";
const TAG = {
	app: "gantry:app",
	environment: "gantry:environment",
	process: "gantry:process",
	task: "gantry:task",
	/** Of a service that was adopted: which container of its definition is the process. */
	adopted: "gantry:adopted"
};
/** Names of an app, environment and component have 63 characters at most, so what is joined of three fits into the 255 of ECS. */
function joined({ name, environment }, ...parts) {
	return [
		name,
		environment,
		...parts
	].join("--");
}
/** `orderdesk--production--web`; a process may name another one that is there already. */
function serviceName(app, process, mapped) {
	return mapped ?? joined(app, process);
}
function processFamily(app, process) {
	return joined(app, process);
}
function taskFamily(app, task) {
	return joined(app, "task", task);
}
/**
* EventBridge Scheduler takes 64 characters:
* https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
*/
function scheduleName(app, task) {
	return cut(taskFamily(app, task), 64);
}
function logGroup({ name, environment }) {
	return `/gantry/${name}/${environment}`;
}
/** What an ARN names, or a name as it is: the id of a task, `family:n` of a definition, the name of a service or role. */
function nameOfArn(arn) {
	return arn.slice(arn.lastIndexOf("/") + 1);
}
/** One repository per environment: what cleans up in one must not delete what another runs. */
function repositoryName({ name, environment }) {
	return `${name}/${environment}`;
}
/** Where an app's parameters are in SSM. */
function parameterRoot({ name, environment }) {
	return `/gantry/${name}/${environment}/`;
}
/** What the log streams of a component begin with: `web`, `task.migrate`. The rest is `/main/<task id>`, or `/proxy/<task id>` of what runs beside it. */
function streamPrefix(kind, name) {
	return kind === "process" ? name : `task.${name}`;
}
/** What an instance or a run of a task is called: `web-3f9c2a1b`, `task.migrate-77ab01c4`. */
function instanceName(component, taskId) {
	return `${component}-${taskId.slice(0, 8)}`;
}
/**
* What every task that an app runs once is started by, so that one ListTasks finds them all: `gantry/shop/production`.
* ECS takes 128 letters, digits, `-`, `_` and `/`:
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
*/
function startedBy({ name, environment }) {
	return cut(`gantry/${name}/${environment}`, 128);
}
function cut(name, length) {
	if (name.length <= length) return name;
	const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
	return `${name.slice(0, length - hash.length - 1)}-${hash}`;
}
export { logGroup as a, processFamily as c, serviceName as d, startedBy as f, instanceName as i, repositoryName as l, taskFamily as m, PORT_NAME as n, nameOfArn as o, streamPrefix as p, TAG as r, parameterRoot as s, CONTAINER as t, scheduleName as u };
