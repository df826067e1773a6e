import { r as showDuration } from "./duration.js";
import { n as imageUsers } from "./image-users.js";
import { c as messageOf, s as UserError } from "./errors.js";
import { d as serviceName } from "./names2.js";
import { c as showMemory, s as showCpu } from "./size.js";
import "./app2.js";
import { createHash } from "node:crypto";
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
/** Fargate has sizes and times of its own. */
function rounded(fields, asked, given) {
	return warning(fields, `${asked} is not offered by Fargate, the next is ${given}`, `it gets that: say ${given} to be rid of this warning`);
}
// src/engine/ecs/definition/time-limits.ts
/** Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html, API_ContainerDefinition */
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
function refusedStopTimeout({ stop_timeout }) {
	if (stop_timeout > STOP_TIMEOUT.most) return [error(["stop_timeout"], `Fargate waits ${showDuration(STOP_TIMEOUT.most)} at most before it kills, not ${showDuration(stop_timeout)}`, `say ${showDuration(STOP_TIMEOUT.most)} or less, and let the process keep what it has not finished`)];
	if (stop_timeout >= STOP_TIMEOUT.least) return [];
	return [error(["stop_timeout"], `Fargate waits ${showDuration(STOP_TIMEOUT.least)} at least before it kills, not ${showDuration(stop_timeout)}`, `say ${showDuration(STOP_TIMEOUT.least)} or more`)];
}
/** @param name of the field that has the check, which is by a command */
function refusedCheck(name, check) {
	return Object.entries(HEALTH_CHECK).flatMap(([field, { least, most, unit }]) => check[field] >= least && check[field] <= most ? [] : error([`${name}.${field}`], `ECS takes ${unit(least)} to ${unit(most)} here, not ${unit(check[field])}`, `say ${unit(check[field] < least ? least : most)}`));
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
// src/engine/ecs/definition/container-problems.ts
/** What ECS makes otherwise of the containers beside a process: before `adapt` and after it. */
function containerProblems(before, after) {
	return Object.entries(before).flatMap(([name, container]) => {
		const fitted = after[name];
		return [...container.stop_timeout === fitted.stop_timeout ? [] : [rounded(["stop_timeout"], showDuration(container.stop_timeout), showDuration(fitted.stop_timeout))], ...uncheckable(container.health_check, fitted.health_check)].map((each) => ({
			...each,
			fields: [`containers.${name}.${each.fields[0]}`]
		}));
	});
}
function uncheckable(before, after) {
	if (before === null) return [];
	if (after !== null) return roundedTimes("health_check", before, after);
	return [warning(["health_check"], "ECS checks a container beside a process with a command only: nothing checks this one", "give it a command")];
}
/** @param field that has the check */
function roundedTimes(field, before, after) {
	return [
		"interval",
		"timeout",
		"start_period"
	].filter((each) => before[each] !== after[each]).map((each) => rounded([`${field}.${each}`], showDuration(before[each]), showDuration(after[each])));
}
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
// src/engine/ecs/definition/volumes.ts
/** Where the folder of the app is in its image, for mounts that are inside of it. */
const APP_FOLDER = "/app";
/** Tells volumes of Gantry from those of somebody else. */
const PREFIX = "gantry-";
/** Where a mount is in its container. */
function containerPath(path) {
	return path.startsWith("/") ? path : `${APP_FOLDER}/${path}`;
}
/** Mounts with the same source and source path are one folder: one volume of the task. */
function renderMounts(mounts) {
	const mountPoints = Object.entries(mounts).map(([path, mount]) => ({
		sourceVolume: volumeName(mount),
		containerPath: containerPath(path)
	})).toSorted((a, b) => a.containerPath < b.containerPath ? -1 : 1);
	return mountPoints.length === 0 ? {} : { mountPoints };
}
/** Empty folders on the scratch disk of the task, which are gone with it. */
function renderVolumes(all) {
	return [...new Set(all.flatMap((mounts) => Object.values(mounts).map(volumeName)))].sort().map((name) => ({ name }));
}
/**
* The mounts of a container: what was asked for where that gives what is there, else what is there.
*
* @param volumes of its task, which say what its mount points lead to
*/
function readMounts(said, mountPoints, volumes) {
	const asked = new Map(Object.entries(said).map(([path, mount]) => [containerPath(path), {
		path,
		mount
	}]));
	const found = mountPoints.map((point) => {
		const { containerPath: real = "", sourceVolume = "" } = point;
		const known = asked.get(real);
		if (known !== void 0 && volumeName(known.mount) === sourceVolume && !isElsewhere(volumes, sourceVolume)) return [known.path, known.mount];
		return [real, {
			source: isElsewhere(volumes, sourceVolume) ? "storage" : "tmp",
			source_path: sourceVolume
		}];
	});
	return Object.fromEntries(found);
}
/** Whether a volume is one that Gantry has made. */
function isOwnVolume(name) {
	return name !== void 0 && name.startsWith(PREFIX);
}
/** On a file system or disk of its own, which outlives the task. */
function isElsewhere(volumes, name) {
	const volume = volumes.find((each) => each.name === name);
	return volume !== void 0 && Object.keys(volume).some((key) => key !== "name" && key !== "host");
}
/** Paths have characters that names have not. */
function volumeName({ source, source_path }) {
	return `${PREFIX}${source}-${createHash("sha256").update(source_path).digest("hex").slice(0, 8)}`;
}
// src/engine/ecs/definition/container-limits.ts
/** MiB: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const LEAST_MEMORY = 6;
/** What ECS does not take of the containers beside a process. */
function refusedContainers(instance) {
	const containers = Object.entries(instance.containers);
	return [
		...refusedSum("cpu", instance, showCpu),
		...refusedSum("memory", instance, showMemory),
		...refusedWaits(instance),
		...containers.flatMap(([name, { memory }]) => memory === null ? [] : refusedMemory(name, memory)),
		...containers.flatMap(([name, container]) => [
			...refusedStopTimeout(container),
			...container.health_check?.command ? refusedCheck("health_check", container.health_check) : [],
			...refusedMounts(container.mounts)
		].map((each) => ({
			...each,
			fields: [`containers.${name}.${each.fields[0]}`]
		})))
	];
}
/** A command that comes before another one wants that to be known: ECS does not know what the image says. */
function refusedStart({ pre_start, entry_point, command }) {
	if (pre_start === null || entry_point !== null || command !== null) return [];
	return [error(["pre_start", "command"], "it runs before a command, and which one the image has is not known", "say what runs under `command`")];
}
function refusedMounts(mounts) {
	const all = Object.entries(mounts);
	const shared = all.filter(([, { source }]) => source === "storage").map(([path]) => path);
	const paths = all.map(([path]) => ({
		path,
		real: `${containerPath(path)}/`
	})).toSorted((a, b) => a.real < b.real ? -1 : 1);
	return [...shared.length === 0 ? [] : [error(["mounts"], `there is no storage that instances share on ecs: ${shared.join(", ")} would be lost with each instance`, "keep those files in a bucket and leave the mount out, or say `source: instance` if they may be lost")], ...paths.slice(1).flatMap(({ path, real }, index) => {
		const outer = paths[index];
		if (!real.startsWith(outer.real)) return [];
		return error(["mounts"], outer.real === real ? `${outer.path} and ${path} are both ${containerPath(path)}` : `${path} is ${containerPath(path)} here, inside of ${outer.path}`, "leave one of them out");
	})];
}
/** Folders that containers of an instance would share in part: each is a volume of its own, and nothing of another one. */
function refusedFolders(spec) {
	const containers = "containers" in spec ? Object.entries(spec.containers) : [];
	const all = [["mounts", spec.mounts], ...containers.map(([name, { mounts }]) => [`containers.${name}.mounts`, mounts])].flatMap(([field, mounts]) => Object.entries(mounts).map(([path, { source, source_path }]) => ({
		field,
		path,
		source,
		source_path
	})));
	return all.filter((inner) => all.some((outer) => inner.source === outer.source && isInside(inner.source_path, outer.source_path))).map(({ field, path }) => error([field], `ecs makes a folder of its own for each source_path, and that of ${path} is inside of another one`, "name folders beside each other"));
}
function isInside(inner, outer) {
	return inner !== outer && (outer === "" || inner.startsWith(`${outer}/`));
}
/** What containers have for themselves must leave something for the process. */
function refusedSum(field, { containers, ...instance }, show) {
	const sum = Object.values(containers).reduce((all, each) => all + (each[field] ?? 0), 0);
	if (sum < instance[field]) return [];
	return [error([field, "containers"], `its containers have ${show(sum)}, which leaves nothing of ${show(instance[field])} for the process`, `say more than ${show(sum)}, or give the containers less`)];
}
function refusedMemory(container, memory) {
	if (memory >= LEAST_MEMORY) return [];
	return [error([`containers.${container}.memory`], `a container has ${showMemory(LEAST_MEMORY)} at least, not ${showMemory(memory)}`, "give it more, or leave it out: then it has what the others leave")];
}
/** A condition on health is one on the check that ECS makes itself. */
function refusedWaits({ containers, depends_on, health_check }) {
	return [["depends_on", depends_on], ...Object.entries(containers).map(([name, each]) => [`containers.${name}.depends_on`, each.depends_on])].flatMap(([field, waits]) => Object.keys(waits).filter((name) => waits[name] === "healthy").filter((name) => {
		const check = name === "main" ? health_check : containers[name]?.health_check ?? null;
		return check === null || check.command === null;
	}).map((name) => error([`${field}.${name}`, ...name === "main" ? ["health_check"] : []], `ECS knows whether ${name === "main" ? "the process" : name} is healthy only by a command that runs in it`, "give its `health_check` a `command`, or wait for it to be started")));
}
// src/engine/ecs/definition/limits.ts
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
const STORAGE_GB = 200;
/** Everything in a process or task that Fargate does not take as it is. Sizes between those offered are rounded before. */
function refusals(spec) {
	const { ephemeral_storage_gb } = spec;
	const found = [
		...refusedSize(spec),
		...refusedStart(spec),
		...refusedMounts(spec.mounts),
		...refusedFolders(spec)
	];
	if (ephemeral_storage_gb !== null && ephemeral_storage_gb > STORAGE_GB) found.push(error(["ephemeral_storage_gb"], `Fargate gives ${STORAGE_GB} GB of disk at most, not ${ephemeral_storage_gb}`, "ask for less, or keep the data in S3"));
	found.push(...refusedStopTimeout(spec));
	if (!("containers" in spec)) return found;
	const { health_check } = spec;
	if (health_check?.command) found.push(...refusedCheck("health_check", health_check));
	return [...found, ...refusedContainers(spec)];
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
/** What ECS cannot honour in a process, and what it makes otherwise: before `adapt` and after it. */
function processProblems(before, after) {
	return [
		...componentProblems(before, after),
		...whoReaches(after),
		...checks(before, after),
		...readinessProblems(before),
		...containerProblems(before.containers, after.containers),
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
function settingsProblems({ subnets, execution_role, task_role, exec }) {
	const found = [];
	if (subnets.length === 0) found.push(error(["ecs.subnets"], "Fargate needs at least one subnet to start anything in", "name the subnets of your VPC under `ecs.subnets`; in public ones say `assign_public_ip: true` too"));
	if (execution_role === null) found.push(error(["ecs.execution_role"], "ECS needs a role with which it fetches images and secrets and writes logs", "name one that has the policy AmazonECSTaskExecutionRolePolicy and may read the secrets under `ecs.execution_role`"));
	if (exec === true && task_role === null) found.push(error(["ecs.exec"], "ECS Exec works with the role that the code in instances has, and there is none", "name one under `ecs.task_role` that may use ssmmessages; docs/shell.md says what it needs"));
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
function checks({ health_check: check, readiness, ecs }, after) {
	if (check === null) return [];
	if (check.path !== null && readiness?.path != null && ecs.target_group !== null) return [warning(["health_check.path"], `the load balancer checks one path, which is that of readiness: nothing checks ${check.path}`, "leave one of them out, or give the health check a command")];
	if (check.tcp) return [warning(["health_check.tcp"], "ECS cannot check whether a port accepts connections: this check does nothing", "give a command that does, or a target group that checks")];
	if (check.path !== null && ecs.target_group === null) return [warning(["health_check.path"], "a path is checked by a load balancer, and there is none: nothing checks this process", "name an `ecs.target_group`, or give a command that asks for the path")];
	return after.health_check === null ? [] : roundedTimes("health_check", check, after.health_check);
}
/** The load balancer is all that gives requests to some instances and not to others. */
function readinessProblems({ readiness, ecs }) {
	if (readiness === null || readiness.path !== null && ecs.target_group !== null) return [];
	return [warning(["readiness"], "on ecs a load balancer decides which instances get requests, by a path: nothing checks this", "give it a path and the process an `ecs.target_group`, or leave it out")];
}
function minUp({ rollout }) {
	if (rollout.min_up === 1) return [];
	return [warning(["rollout.min_up"], "min_up is not used on ecs, which decides itself when an instance counts as steady", "leave it out")];
}
const PLATFORMS = {
	"linux/amd64": "x86_64",
	"linux/arm64": "arm64"
};
/** Everything that ECS cannot honour in an app, and what it makes otherwise than the config says. */
function problemsOf(app, adapted) {
	return [
		...appProblems(app),
		...retentionProblems(app.logs, adapted.logs),
		...app.processes.flatMap((each, index) => within(`processes.${each.name}`, [
			...platformProblems(each),
			...containerPlatforms(each),
			...processProblems(each, adapted.processes[index])
		])),
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
	if ([...processes, ...tasks].length === 0) return [];
	const found = settingsProblems(ecs);
	if (build.command !== null || imageUsers({
		processes,
		tasks
	}).some((each) => each.image === null && each.build.command !== null)) found.push(warning(["build.command"], "only the local engine runs build.command: on ecs the Dockerfile says how to build", "put the command into the Dockerfile"));
	return found;
}
function platformProblems({ build: { platform } }) {
	if (platform === null || Object.hasOwn(PLATFORMS, platform)) return [];
	return [error(["build.platform"], `Fargate does not run ${platform}`, `say ${Object.keys(PLATFORMS).join(" or ")}`)];
}
/** All containers of an instance are on one machine. */
function containerPlatforms({ build: { platform }, containers }) {
	return Object.entries(containers).flatMap(([name, { build }]) => build === null || machineOf(build.platform) === machineOf(platform) ? [] : error([`containers.${name}.build.platform`], `${name} is built for ${machineOf(build.platform)}, and the process beside it for ${machineOf(platform)}`, "say the same `platform` for both"));
}
function machineOf(platform) {
	return platform ?? "linux/amd64";
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
			build: adaptBuild(each.build),
			containers: adaptBuilds(fitContainers(each.containers))
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
/**
* One that the config does not name runs where and as what the settings of the app say, as all others: it does not keep a
* role that was taken away. What its image is built for stays.
*/
function adaptProcess(app, spec) {
	const now = placementOfProcess(app.build, app.ecs);
	const architecture = spec.placement?.architecture ?? now.architecture;
	const after = fitProcess(spec, {
		...now,
		architecture
	});
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
		readiness: fitReadiness(process),
		containers: fitContainers(process.containers),
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
		stop_timeout: fitStopTimeout(stop_timeout)
	};
}
function fitContainers(containers) {
	return Object.fromEntries(Object.entries(containers).map(([name, each]) => [name, {
		...each,
		health_check: each.health_check?.command ? wholeSeconds(each.health_check) : null,
		stop_timeout: fitStopTimeout(each.stop_timeout)
	}]));
}
function fitStopTimeout(seconds) {
	return Math.max(STOP_TIMEOUT.least, Math.ceil(seconds));
}
/** What nothing would check is none. A load balancer checks one path. */
function fitHealthCheck({ health_check: check, readiness, ecs }) {
	if (check === null || check.tcp) return null;
	if (check.path !== null && (ecs.target_group === null || readiness?.path != null)) return null;
	return wholeSeconds(check);
}
function fitReadiness({ readiness, ecs }) {
	return readiness === null || readiness.path === null || ecs.target_group === null ? null : wholeSeconds(readiness);
}
/** As ECS counts. */
function wholeSeconds(check) {
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
		platform: platform ?? "linux/amd64",
		command: null
	};
}
function adaptBuilds(containers) {
	return Object.fromEntries(Object.entries(containers).map(([name, each]) => [name, {
		...each,
		build: each.build && adaptBuild(each.build)
	}]));
}
/** No process is replaced because of what only schedules use. */
function placementOfProcess(build, ecs) {
	return placementOf(build, {
		...ecs,
		scheduler_role: null
	});
}
function placementOf(build, ecs) {
	const { region: _region, cluster: _cluster, exec, ...places } = ecs;
	return {
		...places,
		...exec === true && { exec },
		architecture: PLATFORMS[build.platform ?? "linux/amd64"] ?? "x86_64"
	};
}
export { isOwnVolume as a, renderVolumes as c, eventBridgeCron as d, refusals as i, showSize as l, adaptProcess as n, readMounts as o, daysOf as r, renderMounts as s, adapt as t, snap as u };
