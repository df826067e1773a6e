import { r as showDuration } from "./duration.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { createHash } from "node:crypto";
// src/engine/ecs/fargate-sizes.ts
/**
* The memory sizes that each size of CPU comes with, smallest first:
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
*/
const OFFERED = [
	[256, [
		512,
		1024,
		2048
	]],
	[512, steps(1024, 4096, 1024)],
	[1024, steps(2048, 8192, 1024)],
	[2048, steps(4096, 16384, 1024)],
	[4096, steps(8192, 30720, 1024)],
	[8192, steps(16384, 61440, 4096)],
	[16384, steps(32768, 122880, 8192)],
	[32768, [
		61440,
		122880,
		249856
	]]
];
const LARGEST = {
	cpu: 32768,
	memory: 249856
};
/**
* The next size that Fargate offers: with more memory where that is enough, with more CPU as well where the memory is
* not to be had otherwise. Null above the largest.
*/
function snap({ cpu, memory }) {
	for (const [offered, memories] of OFFERED) {
		const enough = offered >= cpu ? memories.find((each) => each >= memory) : void 0;
		if (enough !== void 0) return {
			cpu: offered,
			memory: enough
		};
	}
	return null;
}
/** `512 MB with 0.25 vCPU` */
function showSize({ cpu, memory }) {
	return `${showMemory(memory)} with ${showCpu(cpu)}`;
}
function steps(least, most, step) {
	return Array.from({ length: (most - least) / step + 1 }, (_, index) => least + index * step);
}
// src/engine/ecs/definition/field-problem.ts
/** ECS does not take it. */
function error(fields, message, hint) {
	return {
		severity: "error",
		fields,
		message,
		hint
	};
}
/** ECS takes something else for it, or nothing. */
function warning(fields, message, hint) {
	return {
		severity: "warning",
		fields,
		message,
		hint
	};
}
// src/engine/ecs/definition/limits.ts
/** Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html, API_ContainerDefinition, API_EphemeralStorage */
const HEALTH_CHECK = {
	interval: {
		least: 5,
		most: 300,
		unit: showDuration
	},
	timeout: {
		least: 2,
		most: 60,
		unit: showDuration
	},
	retries: {
		least: 1,
		most: 10,
		unit: String
	},
	start_period: {
		least: 0,
		most: 300,
		unit: showDuration
	}
};
/** Seconds, on Fargate. */
const STOP_TIMEOUT = {
	least: 2,
	most: 120
};
const STORAGE_GB = 200;
/** Everything in a process or task that Fargate does not take as it is. Sizes between those offered are rounded before. */
function refusals(spec) {
	const { ephemeral_storage_gb, stop_timeout, health_check } = spec;
	const found = refusedSize(spec);
	if (ephemeral_storage_gb !== null && ephemeral_storage_gb > STORAGE_GB) found.push(error(["ephemeral_storage_gb"], `Fargate gives ${STORAGE_GB} GB of disk at most, not ${ephemeral_storage_gb}`, "ask for less, or keep the data in S3"));
	if (stop_timeout > STOP_TIMEOUT.most) found.push(error(["stop_timeout"], `Fargate waits ${showDuration(STOP_TIMEOUT.most)} at most before it kills, not ${showDuration(stop_timeout)}`, `say ${showDuration(STOP_TIMEOUT.most)} or less, and let the process keep what it has not finished`));
	if (stop_timeout < STOP_TIMEOUT.least) found.push(error(["stop_timeout"], `Fargate waits ${showDuration(STOP_TIMEOUT.least)} at least before it kills, not ${showDuration(stop_timeout)}`, `say ${showDuration(STOP_TIMEOUT.least)} or more`));
	return health_check?.command ? [...found, ...refusedHealthCheck(health_check)] : found;
}
function refusedSize({ cpu, memory }) {
	const message = `Fargate offers no ${showSize({
		cpu,
		memory
	})}`;
	const next = snap({
		cpu,
		memory
	});
	if (next === null) return [error(["memory", "cpu"], message, `the largest is ${showSize(LARGEST)}`)];
	if (next.memory === memory && next.cpu === cpu) return [];
	return [error(next.memory === memory ? ["cpu", "memory"] : ["memory", "cpu"], message, `the next is ${showSize(next)}`)];
}
function refusedHealthCheck(check) {
	return Object.entries(HEALTH_CHECK).flatMap(([field, { least, most, unit }]) => check[field] >= least && check[field] <= most ? [] : error([`health_check.${field}`], `ECS takes ${unit(least)} to ${unit(most)} here, not ${unit(check[field])}`, `say ${unit(check[field] < least ? least : most)}`));
}
// src/engine/ecs/names.ts
/** The one container of every task definition. */
const CONTAINER = "main";
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
/** What the log streams of a component begin with: `web`, `task.migrate`. The rest is `/main/<task id>`. */
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
export { error as _, logGroup as a, processFamily as c, serviceName as d, startedBy as f, refusals as g, STOP_TIMEOUT as h, instanceName as i, repositoryName as l, taskFamily as m, PORT_NAME as n, nameOfArn as o, streamPrefix as p, TAG as r, parameterRoot as s, CONTAINER as t, scheduleName as u, warning as v, snap as y };
