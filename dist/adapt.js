import { r as showDuration } from "./duration.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { c as messageOf, s as UserError } from "./errors.js";
import { d as serviceName } from "./names2.js";
// src/engine/ecs/fargate-sizes.ts
/**
* The memory sizes that each size of CPU comes with, smallest first:
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
*/
const OFFERED$1 = [
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
	for (const [offered, memories] of OFFERED$1) {
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
// src/engine/ecs/cron.ts
const MONTHS = [
	"JAN",
	"FEB",
	"MAR",
	"APR",
	"MAY",
	"JUN",
	"JUL",
	"AUG",
	"SEP",
	"OCT",
	"NOV",
	"DEC"
];
const DAYS = [
	"SUN",
	"MON",
	"TUE",
	"WED",
	"THU",
	"FRI",
	"SAT"
];
const MINUTE = {
	called: "minute",
	first: 0,
	last: 59,
	names: []
};
const HOUR = {
	called: "hour",
	first: 0,
	last: 23,
	names: []
};
const DAY_OF_MONTH = {
	called: "day of the month",
	first: 1,
	last: 31,
	names: []
};
const MONTH = {
	called: "month",
	first: 1,
	last: 12,
	names: MONTHS
};
/** Sunday is 0 and 7. */
const DAY_OF_WEEK = {
	called: "day of the week",
	first: 0,
	last: 7,
	names: DAYS
};
/** What EventBridge Scheduler cannot do of what a task asks for. */
function scheduleProblems({ schedule, concurrency }) {
	if (schedule === null) return [];
	const found = [];
	try {
		eventBridgeCron(schedule);
	} catch (problem) {
		found.push(error(["schedule"], messageOf(problem), "write it otherwise, or as two tasks with a schedule each"));
	}
	if (concurrency === "forbid") found.push(warning(["concurrency"], "EventBridge Scheduler starts a run whether or not the one before it has ended: `forbid` is not kept on ecs", "let the task take a lock of its own where two at once do harm"));
	return found;
}
/**
* A cron expression in the form of EventBridge: `30 4 * * 1-5` is `cron(30 4 ? * MON,TUE,WED,THU,FRI *)`. It numbers
* the days of the week from 1, knows no steps among them, and takes a day of the month or of the week, never both:
* https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
*
* Throws a UserError for what it cannot say.
*/
function eventBridgeCron(schedule) {
	const fields = schedule.trim().toUpperCase().split(/\s+/);
	if (fields.length === 6 && fields.shift() !== "0") throw new UserError(`the schedule "${schedule}" names seconds, and EventBridge starts at minutes`);
	if (fields.length !== 5) throw new UserError(`the schedule "${schedule}" has no 5 fields`);
	const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
	if (!isAny(dayOfMonth) && !isAny(dayOfWeek)) throw new UserError(`the schedule "${schedule}" names days of the month and of the week, and EventBridge takes only one of them`);
	const days = isAny(dayOfWeek) ? [daysOfMonth(dayOfMonth), "?"] : ["?", daysOfWeek(dayOfWeek)];
	return `cron(${list(minute, MINUTE)} ${list(hour, HOUR)} ${days[0]} ${list(month, MONTH)} ${days[1]} *)`;
}
/** `L` is the last day of the month, `15W` the weekday nearest to the 15th: the same in both. */
function daysOfMonth(text) {
	return /^(?:L|\d{1,2}W)$/.test(text) ? text : list(text, DAY_OF_MONTH);
}
/** `MON#2` is the second Monday: the same in both, but for the number of the day. */
function daysOfWeek(text) {
	const [, day, nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
	if (day !== void 0) return `${number(day, DAY_OF_WEEK) % 7 + 1}#${nth}`;
	const days = new Set(values(text, DAY_OF_WEEK).map((each) => each % 7));
	return days.size === 7 ? "*" : [...days].sort((a, b) => a - b).map((each) => DAYS[each]).join(",");
}
/** `0-4,6,9`: without steps, and short enough for the 256 characters that an expression may have. */
function list(text, field) {
	const numbers = [...new Set(values(text, field))].sort((a, b) => a - b);
	if (numbers.length === field.last - field.first + 1) return "*";
	const runs = [];
	for (const each of numbers) {
		const run = runs.at(-1);
		if (run !== void 0 && run[1] === each - 1) run[1] = each;
		else runs.push([each, each]);
	}
	return runs.map(([from, to]) => from === to ? from : `${from}-${to}`).join(",");
}
/** Every number that a field stands for. */
function values(text, field) {
	return text.split(",").flatMap((part) => {
		const [range = "", step = "1", ...more] = part.split("/");
		const [from, to = from, ...rest] = isAny(range) ? [field.first, field.last] : bounds(range, field);
		const by = Number(step);
		if (more.length > 0 || rest.length > 0 || !Number.isInteger(by) || by < 1 || from > to) throw unknown(part, field);
		return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
	});
}
function bounds(range, field) {
	return range.split("-").map((each) => number(each, field));
}
function number(text, field) {
	const index = field.names.indexOf(text);
	const value = index === -1 ? Number(/^\d{1,2}$/.exec(text)?.[0] ?? NaN) : index + field.first;
	if (!(value >= field.first && value <= field.last)) throw unknown(text, field);
	return value;
}
function isAny(text) {
	return text === "*" || text === "?";
}
function unknown(text, field) {
	return new UserError(`EventBridge cannot be told "${text}" as the ${field.called} of a schedule`);
}
/** What ECS cannot honour in a process, and what it makes otherwise: before `adapt` and after it. */
function processProblems(before, after) {
	return [
		...componentProblems(before, after),
		...whoReaches(after),
		...checks(before, after),
		...minUp(before)
	];
}
/** The same of what processes and tasks have in common. */
function componentProblems(before, after) {
	const found = refusals(after);
	if (before.memory !== after.memory) found.push(rounded(["memory", "cpu"], `${showMemory(before.memory)} with ${showCpu(after.cpu)}`, showMemory(after.memory)));
	if (before.cpu !== after.cpu) found.push(rounded(["cpu", "memory"], `${showCpu(before.cpu)} with ${showMemory(after.memory)}`, showCpu(after.cpu)));
	if (before.stop_timeout !== after.stop_timeout) found.push(rounded(["stop_timeout"], showDuration(before.stop_timeout), showDuration(after.stop_timeout)));
	return found;
}
/** What every component needs and only the settings of the app can say. Their fields are paths in the config. */
function settingsProblems({ subnets, execution_role }) {
	const found = [];
	if (subnets.length === 0) found.push(error(["ecs.subnets"], "Fargate needs at least one subnet to start anything in", "name the subnets of your VPC under `ecs.subnets`; in public ones say `assign_public_ip: true` too"));
	if (execution_role === null) found.push(error(["ecs.execution_role"], "ECS needs a role with which it fetches images and secrets and writes logs", "name one that has the policy AmazonECSTaskExecutionRolePolicy and may read the secrets under `ecs.execution_role`"));
	return found;
}
function whoReaches({ name, expose, port, ecs, placement }) {
	const found = [];
	if (expose === "public" && ecs.target_group === null) found.push(error(["expose"], `${name} is public, and nothing leads to it from outside: Gantry makes no load balancer`, "name the target group of yours under `ecs.target_group` of the process, or say `expose: none`"));
	if (ecs.target_group !== null && port === null) found.push(error(["port"], `${name} has a target group and no port to send requests to`, "say on which `port` it listens"));
	if (expose === "private" && port === null) found.push(error(["port", "expose"], `${name} is private and has no port to be reached on`, "say on which `port` it listens"));
	if (expose === "private" && !placement?.namespace) found.push(error(["expose"], `${name} is private, and no namespace says where other processes find it`, "name a Service Connect namespace under `ecs.namespace`, or say `expose: none`"));
	return found;
}
function checks({ health_check: check, ecs }, after) {
	if (check === null) return [];
	if (check.tcp) return [warning(["health_check.tcp"], "ECS cannot check whether a port accepts connections: this check does nothing", "give a command that does, or a target group that checks")];
	if (check.path !== null && ecs.target_group === null) return [warning(["health_check.path"], "a path is checked by a load balancer, and there is none: nothing checks this process", "name an `ecs.target_group`, or give a command that asks for the path")];
	return after.health_check === null ? [] : roundedTimes(check, after.health_check);
}
function roundedTimes(before, after) {
	return [
		"interval",
		"timeout",
		"start_period"
	].filter((field) => before[field] !== after[field]).map((field) => rounded([`health_check.${field}`], showDuration(before[field]), showDuration(after[field])));
}
function minUp({ rollout }) {
	if (rollout.min_up === 1) return [];
	return [warning(["rollout.min_up"], "min_up is not used on ecs, which decides itself when an instance counts as steady", "leave it out")];
}
function rounded(fields, asked, given) {
	return warning(fields, `${asked} is not offered by Fargate, the next is ${given}`, `it gets that: say ${given} to be rid of this warning`);
}
// src/engine/ecs/definition/problems.ts
/** What Fargate runs. */
const PLATFORMS = {
	"linux/amd64": "x86_64",
	"linux/arm64": "arm64"
};
/** Everything that ECS cannot honour in an app, and what it makes otherwise than the config says. */
function problemsOf(app, adapted) {
	return [
		...appProblems(app),
		...retentionProblems(app.logs, adapted.logs),
		...app.processes.flatMap((each, index) => within(`processes.${each.name}`, [...platformProblems(each), ...processProblems(each, adapted.processes[index])])),
		...sharedServices(app),
		...app.tasks.flatMap((each, index) => within(`tasks.${each.name}`, [
			...platformProblems(each),
			...componentProblems(each, adapted.tasks[index]),
			...schedulerRole(each, app.ecs),
			...scheduleProblems(each)
		]))
	].map(({ fields: [path], ...problem }) => ({
		...problem,
		path
	}));
}
function retentionProblems({ retention }, { retention: kept }) {
	if (retention === null || kept === null || retention === kept) return [];
	return [warning(["logs.retention"], `CloudWatch does not offer ${showDuration(retention)}: output is kept for ${showDuration(kept)}`, `write \`retention: ${showDuration(kept)}\``)];
}
function within(path, problems) {
	return problems.map((each) => ({
		...each,
		fields: [`${path}.${each.fields[0]}`]
	}));
}
function appProblems({ processes, tasks, ecs, build }) {
	const components = [...processes, ...tasks];
	if (components.length === 0) return [];
	const found = settingsProblems(ecs);
	if (build.command !== null || components.some((each) => each.image === null && each.build.command !== null)) found.push(warning(["build.command"], "only the local engine runs build.command: on ecs the Dockerfile says how to build", "put the command into the Dockerfile"));
	return found;
}
function platformProblems({ build: { platform } }) {
	if (platform === null || Object.hasOwn(PLATFORMS, platform)) return [];
	return [error(["build.platform"], `Fargate does not run ${platform}`, `say ${Object.keys(PLATFORMS).join(" or ")}`)];
}
function schedulerRole({ name, schedule }, ecs) {
	if (schedule === null || ecs.scheduler_role !== null) return [];
	return [error(["schedule"], `${name} has a schedule, and no role with which the scheduler may start it`, "name a role that EventBridge Scheduler can take on and that may run tasks under `ecs.scheduler_role`")];
}
/** Two processes would overwrite each other in one service. */
function sharedServices(app) {
	return [...Map.groupBy(app.processes, ({ name, ecs }) => serviceName(app, name, ecs.service))].flatMap(([service, [first, ...others]]) => others.map(({ name }) => error([`processes.${name}.ecs.service`], `${name} and ${first.name} are both to be the service ${service}`, "give each a service of its own, or leave the name out")));
}
// src/engine/ecs/logs/retention.ts
const DAY = 86400;
/** Days: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const OFFERED = [
	1,
	3,
	5,
	7,
	14,
	30,
	60,
	90,
	120,
	150,
	180,
	365,
	400,
	545,
	731,
	1096,
	1827,
	2192,
	2557,
	2922,
	3288,
	3653
];
/** Seconds for which CloudWatch would keep what is to be kept for so many: never less, as far as it goes. */
function fitRetention(seconds) {
	return (OFFERED.find((days) => days * DAY >= seconds) ?? OFFERED.at(-1)) * DAY;
}
/** Days of what `fitRetention` has made. */
function daysOf(seconds) {
	return seconds / DAY;
}
// src/engine/ecs/adapt.ts
const DEFAULT_PLATFORM = "linux/amd64";
/** GB that come anyway. */
const FREE_STORAGE = 20;
/**
* What ECS on Fargate makes of an app: sizes that are offered, where each component runs, and nothing that would be
* compared although it changes nothing.
*/
function adapt(app) {
	const adapted = {
		...app,
		build: adaptBuild(app.build),
		logs: { retention: app.logs.retention === null ? null : fitRetention(app.logs.retention) },
		processes: app.processes.map((each) => ({
			...fitProcess(each, placementOfProcess(each.build, app.ecs)),
			build: adaptBuild(each.build)
		})),
		tasks: app.tasks.map((each) => ({
			...fit(each),
			build: adaptBuild(each.build),
			placement: placementOf(each.build, {
				...app.ecs,
				namespace: null
			})
		}))
	};
	return {
		app: adapted,
		diagnostics: problemsOf(app, adapted)
	};
}
/** One that the config does not name runs where the settings of the app say, on what its image is built for. */
function adaptProcess(app, spec) {
	const after = fitProcess(spec, spec.placement ?? placementOfProcess(app.build, app.ecs));
	return {
		spec: after,
		problems: [...spec.placement === null ? settingsProblems(app.ecs) : [], ...processProblems(spec, after)]
	};
}
function fitProcess(process, placement) {
	return {
		...fit(process),
		placement,
		health_check: fitHealthCheck(process),
		rollout: {
			...process.rollout,
			min_up: 1
		}
	};
}
function fit(component) {
	const { ephemeral_storage_gb: storage, stop_timeout } = component;
	return {
		...component,
		...snap(component),
		ephemeral_storage_gb: storage !== null && storage <= FREE_STORAGE ? null : storage,
		stop_timeout: Math.max(STOP_TIMEOUT.least, Math.ceil(stop_timeout))
	};
}
/** What nothing would check is none; ECS counts whole seconds. */
function fitHealthCheck({ health_check: check, ecs }) {
	if (check === null || check.tcp || check.path !== null && ecs.target_group === null) return null;
	return {
		...check,
		interval: Math.ceil(check.interval),
		timeout: Math.ceil(check.timeout),
		start_period: Math.ceil(check.start_period)
	};
}
/**
* A machine of another kind must not decide what the image runs on; a Dockerfile that is named is never left out of the
* context; the command is only for the local engine.
*/
function adaptBuild(build) {
	const { dockerfile, platform } = build;
	return {
		...build,
		dockerfile: dockerfile ?? "Dockerfile",
		platform: platform ?? DEFAULT_PLATFORM,
		command: null
	};
}
/** No process is replaced because of what only schedules use. */
function placementOfProcess(build, ecs) {
	return placementOf(build, {
		...ecs,
		scheduler_role: null
	});
}
function placementOf(build, ecs) {
	const { region: _region, cluster: _cluster, ...places } = ecs;
	return {
		...places,
		architecture: PLATFORMS[build.platform ?? DEFAULT_PLATFORM] ?? "x86_64"
	};
}
export { refusals as a, eventBridgeCron as i, adaptProcess as n, daysOf as r, adapt as t };
