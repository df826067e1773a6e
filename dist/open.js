import { o as __toESM } from "./rolldown-runtime.js";
import { n as systemClock, t as isoNow } from "./clock.js";
import { a as FIELD_NAMES, i as FIELDS, n as pLimit, r as canonicalJson, s as replacesInstances } from "./ledger.js";
import { r as showDuration } from "./duration.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { a as TaskError, c as messageOf, i as NotFoundError, o as TimeoutError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { t as argv } from "./command.js";
import { n as superseded$1, t as Queue } from "./queue.js";
import { t as docker } from "./docker.js";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { homedir, tmpdir } from "node:os";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompress, brotliDecompress, constants as constants$1 } from "node:zlib";
// src/engine/ecs/aws.ts
/** Attempts of one call; what throttles longer than that is for whoever waits. */
const ATTEMPTS = 6;
/** The clients of AWS, each loaded and made when it is first used. */
var Aws = class {
	#options;
	#made = /* @__PURE__ */ new Map();
	constructor(options) {
		this.#options = options;
	}
	/** The region in which the clients work, wherever it comes from. */
	async region() {
		return (await this.#client("ecs", async () => (await import("./dist-cjs5.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ECS)).config.region();
	}
	ecs() {
		return this.#client("ecs", async () => (await import("./dist-cjs5.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ECS);
	}
	ecr() {
		return this.#client("ecr", async () => (await import("./dist-cjs4.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ECR);
	}
	ssm() {
		return this.#client("ssm", async () => (await import("./dist-cjs9.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).SSM);
	}
	secretsManager() {
		return this.#client("secretsManager", async () => (await import("./dist-cjs8.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).SecretsManager);
	}
	logs() {
		return this.#client("logs", async () => (await import("./dist-cjs3.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).CloudWatchLogs);
	}
	autoscaling() {
		return this.#client("autoscaling", async () => (await import("./dist-cjs2.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ApplicationAutoScaling);
	}
	scheduler() {
		return this.#client("scheduler", async () => (await import("./dist-cjs7.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).Scheduler);
	}
	loadBalancing() {
		return this.#client("loadBalancing", async () => (await import("./dist-cjs6.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ElasticLoadBalancingV2);
	}
	#client(name, load) {
		let client = this.#made.get(name);
		if (client === void 0) {
			const { region, config } = this.#options;
			client = load().then((Made) => new Made({
				retryMode: "standard",
				maxAttempts: ATTEMPTS,
				userAgentAppId: "gantry",
				...region !== null && { region },
				...config
			}));
			this.#made.set(name, client);
		}
		return client;
	}
};
// src/engine/ecs/names.ts
/** The one container of every task definition. */
const CONTAINER = "main";
/** What its port is called, in the task definition and in Service Connect. */
const PORT_NAME = "main";
const TAG = {
	app: "gantry:app",
	environment: "gantry:environment",
	process: "gantry:process",
	task: "gantry:task"
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
const STOP_TIMEOUT = 120;
const STORAGE_GB = 200;
/**
* Everything in a process or task that Fargate does not take as it is. The engine rounds what a config says to what is
* offered; what an operator says is not rounded behind his back.
*/
function refusals(spec) {
	const { ephemeral_storage_gb, stop_timeout, health_check } = spec;
	const found = refusedSize(spec);
	if (ephemeral_storage_gb !== null && ephemeral_storage_gb > STORAGE_GB) found.push({
		field: "ephemeral_storage_gb",
		message: `Fargate gives ${STORAGE_GB} GB of disk at most, not ${ephemeral_storage_gb}`,
		hint: "ask for less, or keep the data in S3"
	});
	if (stop_timeout > STOP_TIMEOUT) found.push({
		field: "stop_timeout",
		message: `Fargate waits ${showDuration(STOP_TIMEOUT)} at most before it kills, not ${showDuration(stop_timeout)}`,
		hint: `say ${showDuration(STOP_TIMEOUT)} or less, and let the process keep what it has not finished`
	});
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
	if (next === null) return [{
		field: "memory",
		message,
		hint: `the largest is ${showSize(LARGEST)}`
	}];
	const field = next.memory !== memory ? "memory" : "cpu";
	return next[field] === {
		cpu,
		memory
	}[field] ? [] : [{
		field,
		message,
		hint: `the next is ${showSize(next)}`
	}];
}
function refusedHealthCheck(check) {
	return Object.entries(HEALTH_CHECK).flatMap(([field, { least, most, unit }]) => check[field] >= least && check[field] <= most ? [] : {
		field: `health_check.${field}`,
		message: `ECS takes ${unit(least)} to ${unit(most)} here, not ${unit(check[field])}`,
		hint: `say ${unit(check[field] < least ? least : most)}`
	});
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
		...app.processes.flatMap((each, index) => [
			...componentProblems(each, adapted.processes[index], `processes.${each.name}`),
			...processErrors(each, app.ecs, `processes.${each.name}`),
			...processWarnings(each, `processes.${each.name}`)
		]),
		...sharedServices(app),
		...app.tasks.flatMap((each, index) => [...componentProblems(each, adapted.tasks[index], `tasks.${each.name}`), ...taskErrors(each, app.ecs, `tasks.${each.name}`)])
	];
}
function appProblems({ processes, tasks, ecs, build }) {
	const components = [...processes, ...tasks];
	if (components.length === 0) return [];
	const found = [];
	if (ecs.subnets.length === 0) found.push(error("ecs.subnets", "Fargate needs at least one subnet to start anything in", "name the subnets of your VPC under `ecs.subnets`; in public ones say `assign_public_ip: true` too"));
	if (ecs.execution_role === null) found.push(error("ecs.execution_role", "ECS needs a role with which it fetches images and secrets and writes logs", "name one that has the policy AmazonECSTaskExecutionRolePolicy and may read the secrets under `ecs.execution_role`"));
	if (build.command !== null || components.some((each) => each.image === null && each.build.command !== null)) found.push(warning("build.command", "only the local engine runs build.command: on ecs the Dockerfile says how to build", "put the command into the Dockerfile"));
	return found;
}
function componentProblems(before, after, path) {
	const found = refusals(after).map(({ field, message, hint }) => error(`${path}.${field}`, message, hint));
	const { platform } = before.build;
	if (platform !== null && !Object.hasOwn(PLATFORMS, platform)) found.push(error(`${path}.build.platform`, `Fargate does not run ${platform}`, `say ${Object.keys(PLATFORMS).join(" or ")}`));
	return [...found, ...roundings(before, after, path)];
}
function roundings(before, after, path) {
	const shown = {
		memory: showMemory,
		cpu: showCpu,
		stop_timeout: showDuration
	};
	return Object.keys(shown).filter((field) => before[field] !== after[field]).map((field) => warning(`${path}.${field}`, `${shown[field](before[field])} is not offered by Fargate: it gets ${shown[field](after[field])}`, `say ${shown[field](after[field])} to be rid of this warning`));
}
function processErrors({ name, expose, port, ecs: own }, ecs, path) {
	const found = [];
	if (expose === "public" && own.target_group === null) found.push(error(`${path}.expose`, `${name} is public, and nothing leads to it from outside: Gantry makes no load balancer`, "name the target group of yours under `ecs.target_group` of the process, or say `expose: none`"));
	if (own.target_group !== null && port === null) found.push(error(`${path}.port`, `${name} has a target group and no port to send requests to`, "say on which `port` it listens"));
	if (expose === "private" && port === null) found.push(error(`${path}.port`, `${name} is private and has no port to be reached on`, "say on which `port` it listens"));
	if (expose === "private" && ecs.namespace === null) found.push(error(`${path}.expose`, `${name} is private, and no namespace says where other processes find it`, "name a Service Connect namespace under `ecs.namespace`, or say `expose: none`"));
	return found;
}
function processWarnings({ health_check: check, rollout, ecs }, path) {
	const found = [];
	if (check?.tcp) found.push(warning(`${path}.health_check.tcp`, "ECS cannot check whether a port accepts connections: this check does nothing", "give a command that does, or a target group that checks"));
	if (check !== null && check.path !== null && ecs.target_group === null) found.push(warning(`${path}.health_check.path`, "a path is checked by a load balancer, and there is none: nothing checks this process", "name an `ecs.target_group`, or give a command that asks for the path"));
	if (rollout.min_up !== 1) found.push(warning(`${path}.rollout.min_up`, "min_up is not used on ecs, which decides itself when an instance counts as steady", "leave it out"));
	return found;
}
function taskErrors({ name, schedule }, ecs, path) {
	if (schedule === null || ecs.scheduler_role !== null) return [];
	return [error(`${path}.schedule`, `${name} has a schedule, and no role with which the scheduler may start it`, "name a role that EventBridge Scheduler can take on and that may run tasks under `ecs.scheduler_role`")];
}
/** Two processes would overwrite each other in one service. */
function sharedServices(app) {
	return [...Map.groupBy(app.processes, ({ name, ecs }) => serviceName(app, name, ecs.service))].flatMap(([service, [first, ...others]]) => others.map(({ name }) => error(`processes.${name}.ecs.service`, `${name} and ${first.name} are both to be the service ${service}`, "give each a service of its own, or leave the name out")));
}
function warning(path, message, hint) {
	return {
		severity: "warning",
		message,
		path,
		hint
	};
}
function error(path, message, hint) {
	return {
		severity: "error",
		message,
		path,
		hint
	};
}
// src/engine/ecs/adapt.ts
const DEFAULT_PLATFORM = "linux/amd64";
/** GB that come anyway. */
const FREE_STORAGE$1 = 20;
/**
* What ECS on Fargate makes of an app: sizes that are offered, where each component runs, and nothing that would be
* compared although it changes nothing.
*/
function adapt(app) {
	const adapted = {
		...app,
		build: adaptBuild(app.build),
		processes: app.processes.map((each) => adaptProcess(each, app.ecs)),
		tasks: app.tasks.map((each) => adaptTask(each, app.ecs))
	};
	return {
		app: adapted,
		diagnostics: problemsOf(app, adapted)
	};
}
function adaptProcess(process, ecs) {
	return {
		...adaptComponent(process),
		placement: placementOf$1(process, {
			...ecs,
			scheduler_role: null
		}),
		health_check: adaptHealthCheck(process),
		rollout: {
			...process.rollout,
			min_up: 1
		}
	};
}
function adaptTask(task, ecs) {
	return {
		...adaptComponent(task),
		placement: placementOf$1(task, {
			...ecs,
			namespace: null
		})
	};
}
function adaptComponent(component) {
	const { ephemeral_storage_gb: storage, build, stop_timeout } = component;
	return {
		...component,
		...snap(component),
		build: adaptBuild(build),
		ephemeral_storage_gb: storage !== null && storage <= FREE_STORAGE$1 ? null : storage,
		stop_timeout: Math.ceil(stop_timeout)
	};
}
/** A machine of another kind must not decide what the image runs on; the command is only for the local engine. */
function adaptBuild(build) {
	return {
		...build,
		platform: build.platform ?? DEFAULT_PLATFORM,
		command: null
	};
}
function placementOf$1({ build }, ecs) {
	const { region: _region, cluster: _cluster, ...places } = ecs;
	return {
		...places,
		architecture: PLATFORMS[build.platform ?? DEFAULT_PLATFORM] ?? "x86_64"
	};
}
/** What nothing would check is none; ECS counts whole seconds. */
function adaptHealthCheck({ health_check: check, ecs }) {
	if (check === null || check.tcp || check.path !== null && ecs.target_group === null) return null;
	return {
		...check,
		interval: Math.ceil(check.interval),
		timeout: Math.ceil(check.timeout),
		start_period: Math.ceil(check.start_period)
	};
}
// src/engine/ecs/capacity.ts
const DEMAND = "FARGATE";
const SPOT = "FARGATE_SPOT";
/**
* Which instances are on-demand and which are spot, in ECS's terms: the first `base` go to one provider, all others by
* weight. Only one provider may have a base, and one with weight 0 gets nothing beyond it:
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
*
* Where one provider does it alone no count is in the strategy, so that changing a count changes nothing in it: a new
* strategy takes effect only when all instances are replaced.
*/
function strategyOf(counts) {
	const extras = isAutoscaled(counts) ? counts.scale_type : "none";
	const needsDemand = counts.demand_count > 0 || extras === "demand";
	if (!(counts.spot_count > 0 || extras === "spot")) return [{
		capacityProvider: DEMAND,
		base: 0,
		weight: 1
	}];
	if (!needsDemand) return [{
		capacityProvider: SPOT,
		base: 0,
		weight: 1
	}];
	return extras === "demand" ? [{
		capacityProvider: SPOT,
		base: counts.spot_count,
		weight: 0
	}, {
		capacityProvider: DEMAND,
		base: 0,
		weight: 1
	}] : [{
		capacityProvider: DEMAND,
		base: counts.demand_count,
		weight: 0
	}, {
		capacityProvider: SPOT,
		base: 0,
		weight: 1
	}];
}
/** Whether going from one to the other takes `forceNewDeployment`, which replaces every instance. */
function countsReplace(before, after) {
	return !sameStrategy(strategyOf(before), strategyOf(after));
}
/** Whether two strategies place alike, in whatever order and with or without what is 0 anyway. */
function sameStrategy(a, b) {
	const canonical = (strategy) => strategy.map(({ capacityProvider, base = 0, weight = 0 }) => `${capacityProvider} ${base} ${weight}`).sort().join();
	return canonical(a) === canonical(b);
}
/** Fewest and most instances. */
function bounds$1(counts) {
	const min = counts.demand_count + counts.spot_count;
	return {
		min,
		max: min + counts.scale_count
	};
}
/** Whether the number of instances is the autoscaler's to decide. */
function isAutoscaled(counts) {
	return counts.scale_type !== "none" && counts.scale_count > 0 && (counts.autoscaling_cpu_threshold !== null || counts.autoscaling_memory_threshold !== null);
}
/**
* What the desired count of a service means that no autoscaler changes and that is not stopped. The counts kept in its
* tags hold where they still are what ECS was told; else somebody else has changed it, and ECS is right.
*/
function readCounts$1(strategy, desiredCount, kept) {
	const { demand_count, spot_count } = kept;
	if (demand_count + spot_count === desiredCount && sameStrategy(strategyOf(kept), strategy)) return {
		demand_count,
		spot_count
	};
	const demand = shareOf(DEMAND, strategy, desiredCount);
	return {
		demand_count: demand,
		spot_count: desiredCount - demand
	};
}
/** How many of so many instances a provider gets: its base first, then its part of the rest. */
function shareOf(provider, strategy, count) {
	if (!strategy.some((each) => each.capacityProvider === "FARGATE_SPOT")) return count;
	const bases = strategy.reduce((sum, { base = 0 }) => sum + base, 0);
	const weights = strategy.reduce((sum, { weight = 0 }) => sum + weight, 0);
	const own = strategy.find((each) => each.capacityProvider === provider);
	const rest = Math.max(0, count - bases);
	const part = weights === 0 ? 0 : Math.round(rest * (own?.weight ?? 0) / weights);
	return Math.min(own?.base ?? 0, count) + part;
}
// src/engine/ecs/aws-error.ts
/** What the SDK leaves of a connection that failed; an answer of AWS has a status instead. */
const UNREACHED = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/;
/** Whether AWS refused a call with one of these codes: `ImageNotFoundException`. */
function isNamed(error, ...codes) {
	return error instanceof Error && codes.includes(error.name);
}
/** Whether a service gets too many calls; each says so by a code of its own. */
function isThrottle(error) {
	const { name = "", message = "", $metadata } = error;
	return /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(name) || $metadata?.httpStatusCode === 429 || message.includes("Rate exceeded");
}
/** Whether a service failed: nothing that the caller did wrong. */
function isInternal(error) {
	const { $fault, $metadata } = error;
	return $fault === "server" || ($metadata?.httpStatusCode ?? 0) >= 500;
}
/** Whether a service was not reached. */
function isUnreached(error) {
	const { name = "", code = "" } = error;
	return UNREACHED.test(String(code)) || UNREACHED.test(name);
}
/** Whether the same call may work later. */
function isBusy(error) {
	return error instanceof Error && (isThrottle(error) || isInternal(error) || isUnreached(error));
}
// src/engine/ecs/aws-problem.ts
/** AWS said "slow down" until the client gave up. Who waits asks again later. */
var ThrottledError = class extends UserError {};
/**
* A failure of AWS that a person can do something about, as a UserError; any other error as it is. `doing` completes "could not":
* `read the parameter /gantry/shop/production/state`.
*/
function problemOf(error, doing) {
	if (!(error instanceof Error) || error instanceof UserError) return error;
	if (isThrottle(error)) return new ThrottledError(`could not ${doing}: AWS is asked too often`, {
		hint: "try again in a minute; other tools in the same account and region share the limit",
		cause: error
	});
	const problem = PROBLEMS.find(({ applies }) => applies(error));
	if (problem === void 0) return error;
	return new UserError(`could not ${doing}: ${problem.what}`, {
		hint: problem.hint(error),
		cause: error
	});
}
/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, and what the SDK and Node throw without having asked. */
const PROBLEMS = [
	{
		applies: ({ name }) => /^(?:AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(name),
		what: "access denied",
		hint: ({ message }) => whatToAllow(message)
	},
	{
		applies: ({ name, message }) => name === "CredentialsProviderError" || /credential is missing/i.test(message),
		what: "there are no AWS credentials",
		hint: () => "run `aws sso login`, set AWS_PROFILE, or use aws-actions/configure-aws-credentials in a workflow"
	},
	{
		applies: ({ name }) => /^(?:ExpiredToken|RequestExpired|TokenRefreshRequired)/.test(name),
		what: "the AWS credentials have expired",
		hint: () => "sign in again; in a workflow, give the role a longer session"
	},
	{
		applies: ({ name }) => /^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|AuthFailure|MissingAuthenticationToken|InvalidAccessKeyId)/.test(name),
		what: "AWS does not accept the credentials",
		hint: () => "check the access key, its secret and the clock of this machine"
	},
	{
		applies: ({ message }) => message === "Region is missing",
		what: "no AWS region is set",
		hint: () => "set `ecs.region` in gantry.yml, or AWS_REGION"
	},
	{
		applies: ({ name }) => /^(?:InvalidKeyId|KMS)/.test(name),
		what: "the KMS key of AWS Systems Manager cannot be used",
		hint: () => "check that the key alias/aws/ssm is enabled in this region"
	},
	{
		applies: ({ name }) => name === "ParameterLimitExceeded",
		what: "the account has as many SSM parameters as it may",
		hint: () => "delete some, or ask AWS for a higher limit in this region"
	},
	{
		applies: isInternal,
		what: "AWS had an internal error",
		hint: () => "try again; https://health.aws.amazon.com says what is wrong there"
	},
	{
		applies: isUnreached,
		what: "AWS cannot be reached",
		hint: () => "check the network, the region and AWS_ENDPOINT_URL"
	}
];
/** AWS names who, what and where: `User: arn… is not authorized to perform: ssm:PutParameter on resource: arn… because …`. */
function whatToAllow(message) {
	const [, user, action, resource] = /(?:User: (\S+) )?is not authorized to perform: (\S+)(?: on resource: (\S+))?/.exec(message) ?? [];
	if (action === void 0) return "ask who administers the account to allow it";
	return `allow ${action}${resource === void 0 ? "" : ` on ${resource}`}${user === void 0 ? "" : ` to ${user}`}`;
}
// src/engine/ecs/definition/label.ts
/** Docker labels of the container: what the definition was made from, and the hash of what was made. */
const LABEL = {
	spec: "gantry.spec",
	hash: "gantry.hash"
};
const DEFINITION = FIELD_NAMES.filter((field) => FIELDS[field] === "definition");
/**
* The label that a spec comes back from: the definition of ECS does not know a shell line from a list, nor a content
* key. Of a task the same fields, as far as it has them.
*/
function writeLabel(spec) {
	const entries = Object.entries(spec).filter(([field]) => DEFINITION.includes(field));
	return canonicalJson(Object.fromEntries(entries));
}
/** What a label says; nothing where there is none, or one that is not ours. */
function readLabel(label) {
	try {
		const value = JSON.parse(label ?? "{}");
		return typeof value === "object" && value !== null ? value : {};
	} catch {
		return {};
	}
}
/**
* Identifies what is registered. A part of SHA-256, so that it fits into a tag of 256 characters behind the longest
* `family:n`.
*/
function hashOf$1(value) {
	return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 32);
}
// src/engine/ecs/definition/pace.ts
/** Spreads calls over time, as a limit of so many at once and so many a second wants it. */
var Pace = class {
	#clock;
	#ahead;
	#interval;
	/** When, in ms, the calls so far would have been made had none been let through early. */
	#due = 0;
	constructor(clock, { burst, perSecond }) {
		this.#clock = clock;
		this.#interval = 1e3 / perSecond;
		this.#ahead = (burst - 1) * this.#interval;
	}
	/** Resolves when the next call may be made, or as soon as the signal fires. */
	async turn(signal) {
		const now = this.#clock.now();
		const due = Math.max(this.#due, now);
		this.#due = due + this.#interval;
		const wait = due - this.#ahead - now;
		if (wait > 0) await this.#clock.sleep(wait / 1e3, signal);
	}
};
// src/engine/ecs/tags.ts
const KEYS = {
	origin: "gantry:origin",
	owned: "gantry:owned",
	counts: "gantry:counts",
	disabled: "gantry:disabled",
	rollout: "gantry:rollout",
	fingerprint: "gantry:fingerprint"
};
/** Stands for an empty list: a value that is missing could as well be one that somebody took away. */
const NOTHING = "none";
/**
* The tags of a process's service: names and short values only, in the letters that AWS allows, at most 256 of them:
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
*/
function serviceTags(app, { spec, owned, origin }, run) {
	const { overlap, on_failure, timeout, min_up } = spec.rollout;
	return tagsOf({
		...identity(app, "process", spec.name),
		[KEYS.origin]: origin,
		[KEYS.owned]: Object.keys(owned).sort().join(" ") || NOTHING,
		[KEYS.counts]: writePairs({
			demand: spec.demand_count,
			spot: spec.spot_count,
			scale: spec.scale_count,
			type: spec.scale_type,
			cpu: spec.autoscaling_cpu_threshold,
			memory: spec.autoscaling_memory_threshold
		}),
		[KEYS.disabled]: String(spec.disabled),
		[KEYS.rollout]: writePairs({
			overlap,
			on_failure,
			timeout,
			min_up
		}),
		[KEYS.fingerprint]: `${run.revision}:${run.hash}`
	});
}
/** Null: not a process of this app. What somebody took away or spoilt reads as its default. */
function readServiceTags(app, tags) {
	const values = new Map(tags.map(({ key = "", value = "" }) => [key, value]));
	const process = values.get(TAG.process);
	if (!process || values.get(TAG.app) !== app.name || values.get(TAG.environment) !== app.environment) return null;
	return {
		process,
		origin: values.get(KEYS.origin) === "operator" ? "operator" : "config",
		owned: readNames(values.get(KEYS.owned)),
		counts: readCounts(values.get(KEYS.counts)),
		disabled: values.get(KEYS.disabled) === "true",
		rollout: readRollout(values.get(KEYS.rollout)),
		fingerprint: readFingerprint(values.get(KEYS.fingerprint))
	};
}
/** The operator's fields with their values, which are those that the process has. */
function ownedFields(spec, names) {
	return Object.fromEntries(names.flatMap((name) => {
		if (name !== "image") return [[name, spec[name]]];
		return spec.image.kind === "pinned" ? [[name, spec.image.reference]] : [];
	}));
}
/** Whose it is: what everything that is made for a process or a task is tagged with. */
function identity({ name, environment }, kind, component) {
	return {
		[TAG.app]: name,
		[TAG.environment]: environment,
		[TAG[kind]]: component
	};
}
function tagsOf(values) {
	return Object.entries(values).map(([key, value]) => ({
		key,
		value
	}));
}
function readNames(text = "") {
	const known = FIELD_NAMES;
	return text.split(" ").filter((name) => known.includes(name));
}
function readCounts(text = "") {
	const pairs = readPairs(text);
	const type = pairs.get("type");
	return {
		demand_count: readNumber(pairs.get("demand")) ?? 1,
		spot_count: readNumber(pairs.get("spot")) ?? 0,
		scale_count: readNumber(pairs.get("scale")) ?? 0,
		scale_type: type === "spot" || type === "demand" ? type : "none",
		autoscaling_cpu_threshold: readNumber(pairs.get("cpu")),
		autoscaling_memory_threshold: readNumber(pairs.get("memory"))
	};
}
function readRollout(text = "") {
	const pairs = readPairs(text);
	return {
		overlap: pairs.get("overlap") !== "false",
		on_failure: pairs.get("on_failure") === "keep" ? "keep" : "rollback",
		timeout: readNumber(pairs.get("timeout")) ?? 900,
		min_up: readNumber(pairs.get("min_up")) ?? 1
	};
}
function readFingerprint(text = "") {
	const [, revision, hash] = /^(.+:\d+):([0-9a-f]+)$/.exec(text) ?? [];
	return revision === void 0 || hash === void 0 ? null : {
		revision,
		hash
	};
}
/** `demand=2 spot=1`, without what is null. */
function writePairs(pairs) {
	return Object.entries(pairs).filter(([, value]) => value !== null).map(([key, value]) => `${key}=${value}`).join(" ");
}
function readPairs(text) {
	return new Map(text.split(" ").map((pair) => pair.split("=", 2)));
}
function readNumber(text) {
	const number = Number(text || NaN);
	return Number.isFinite(number) ? number : null;
}
// src/engine/ecs/definition/render.ts
const ARCHITECTURES = {
	x86_64: "X86_64",
	arm64: "ARM64"
};
/** https://docs.aws.amazon.com/general/latest/gr/ecs-service.html: "Task definition size limit". */
const MAX_BYTES = 65536;
/** The task definition of a process or a task. */
function render(app, spec, context) {
	return isProcess(spec) ? renderProcess(app, spec, context) : renderTask(app, spec, context);
}
function isProcess(spec) {
	return "expose" in spec;
}
/**
* The task definition of a process. Equal specs and contexts give equal definitions with equal hashes.
*
* @throws UserError for what ECS would not take
*/
function renderProcess(app, spec, context) {
	const { port } = spec;
	const check = renderHealthCheck(spec.health_check);
	return finish(app, "process", spec, context, {
		...port !== null && { portMappings: [{
			containerPort: port,
			name: "main",
			protocol: "tcp"
		}] },
		...check !== null && { healthCheck: check }
	});
}
/** The task definition of a task, likewise. */
function renderTask(app, spec, context) {
	return finish(app, "task", spec, context, {});
}
/** The environment of a container, without what it gets as secrets. */
function renderEnvironment(spec) {
	const { port = null } = spec;
	const named = [
		spec.env,
		spec.secrets,
		spec.variables
	].some((each) => Object.hasOwn(each, "PORT"));
	return {
		...spec.env,
		...port !== null && !named && { PORT: String(port) }
	};
}
/** Only a command is checked by ECS itself: a path is for the load balancer to check. */
function renderHealthCheck(check) {
	if (check === null || check.command === null) return null;
	const { command } = check;
	return {
		command: typeof command === "string" ? ["CMD-SHELL", command] : ["CMD", ...command],
		interval: Math.ceil(check.interval),
		timeout: Math.ceil(check.timeout),
		retries: check.retries,
		startPeriod: Math.ceil(check.start_period)
	};
}
function finish(app, kind, spec, context, own) {
	const what = `${kind} ${spec.name}`;
	refuseBeyondLimits(what, spec);
	const container = {
		...renderContainer(kind, spec, context),
		...own
	};
	const label = writeLabel(spec);
	const input = {
		...renderTaskLevel(spec, placementOf(what, spec), context),
		containerDefinitions: [{
			...container,
			dockerLabels: { [LABEL.spec]: label }
		}],
		tags: tagsOf(identity(app, kind, spec.name))
	};
	const labelled = {
		...input,
		containerDefinitions: [{
			...container,
			dockerLabels: {
				[LABEL.spec]: label,
				[LABEL.hash]: hashOf$1(input)
			}
		}]
	};
	refuseTooLarge(what, spec, labelled);
	return labelled;
}
function renderTaskLevel(spec, placement, { family }) {
	return {
		family,
		requiresCompatibilities: ["FARGATE"],
		networkMode: "awsvpc",
		runtimePlatform: {
			cpuArchitecture: ARCHITECTURES[placement.architecture],
			operatingSystemFamily: "LINUX"
		},
		cpu: String(spec.cpu),
		memory: String(spec.memory),
		...spec.ephemeral_storage_gb !== null && { ephemeralStorage: { sizeInGiB: spec.ephemeral_storage_gb } },
		...placement.execution_role !== null && { executionRoleArn: placement.execution_role },
		...placement.task_role !== null && { taskRoleArn: placement.task_role }
	};
}
/** Nothing in it is empty or null: ECS refuses some of that, and answers without the rest. */
function renderContainer(kind, spec, context) {
	const environment = byName$1(renderEnvironment(spec)).map(([name, value]) => ({
		name,
		value
	}));
	const secrets = secretNames(spec).map((name) => ({
		name,
		valueFrom: valueFrom(name, context)
	}));
	return {
		name: CONTAINER,
		essential: true,
		image: context.image,
		...spec.command !== null && { command: argv(spec.command) },
		...environment.length > 0 && { environment },
		...secrets.length > 0 && { secrets },
		stopTimeout: Math.ceil(spec.stop_timeout),
		linuxParameters: { initProcessEnabled: true },
		logConfiguration: {
			logDriver: "awslogs",
			options: {
				"awslogs-group": context.logGroup,
				"awslogs-region": context.region,
				"awslogs-stream-prefix": streamPrefix(kind, spec.name),
				mode: "non-blocking",
				"max-buffer-size": "25m"
			}
		}
	};
}
function secretNames({ secrets, variables }) {
	return [.../* @__PURE__ */ new Set([...Object.keys(secrets), ...Object.keys(variables)])].sort();
}
function valueFrom(name, context) {
	const found = Object.hasOwn(context.valueFrom, name) ? context.valueFrom[name] : void 0;
	if (found === void 0) throw new Error(`nothing says where the value of ${name} is`);
	return found;
}
function placementOf(what, { placement }) {
	if (placement !== null) return placement;
	throw new UserError(`nothing says in which subnets and with which roles ${what} runs`, { hint: "describe it in the config, whose `ecs` settings say so" });
}
function refuseBeyondLimits(what, spec) {
	const [first] = refusals(spec);
	if (first === void 0) return;
	throw new UserError(`${first.field} of ${what}: ${first.message}`, { hint: first.hint });
}
function refuseTooLarge(what, spec, input) {
	const bytes = Buffer.byteLength(JSON.stringify(input));
	if (bytes <= MAX_BYTES) return;
	const [largest] = [
		"env",
		"command",
		"secrets"
	].map((field) => ({
		field,
		bytes: Buffer.byteLength(JSON.stringify(spec[field]))
	})).sort((a, b) => b.bytes - a.bytes);
	throw new UserError(`the task definition of ${what} has ${Math.ceil(bytes / 1024)} KB, and ECS takes ${MAX_BYTES / 1024}`, { hint: `shorten its ${largest.field}, which is the longest part of it and counts twice` });
}
function byName$1(record) {
	return Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1);
}
// src/engine/ecs/definition/secret-reference.ts
/**
* ARN of a secret with its name, then perhaps a key of its JSON, a version stage and a version id, which may be empty:
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
*/
const SECRET$1 = /^(?<arn>arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(?<name>[^:]+))(?::(?<key>[^:]*):(?<stage>[^:]*):(?<version>[^:]*))?$/;
/** What Secrets Manager puts behind the name of a secret in its ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;
function parseReference(reference) {
	if (reference === "gantry") return { kind: "gantry" };
	const [, service, id, key] = /^(ssm|secretsmanager):([^#]+)(?:#(.+))?$/.exec(reference) ?? [];
	if (service === "ssm") return {
		kind: "ssm",
		name: id
	};
	if (service === "secretsmanager") return {
		kind: "secretsmanager",
		id,
		key: key ?? null
	};
	return {
		kind: "other",
		valueFrom: reference
	};
}
/** What ECS takes the value of a secret from; the empty parts at the end are needed where there is a key. */
function secretValueFrom(arn, key) {
	return key === null ? arn : `${arn}:${key}::`;
}
/** Whether a reference leads to where ECS takes the value from. */
function leadsTo(reference, name, valueFrom) {
	const parsed = parseReference(reference);
	if (parsed.kind === "gantry") return isVariable(name, valueFrom);
	if (parsed.kind === "other") return valueFrom === parsed.valueFrom;
	if (parsed.kind === "ssm") return valueFrom === parsed.name || valueFrom.endsWith(`:parameter/${parsed.name.replace(/^\//, "")}`);
	const { arn = "", name: full = "", key = "", stage = "", version = "" } = partsOf$1(valueFrom);
	return [
		arn,
		arn.replace(SUFFIX, ""),
		full.replace(SUFFIX, "")
	].includes(parsed.id) && key === (parsed.key ?? "") && stage === "" && version === "";
}
/** Whether ECS takes the value from the parameter of a variable that was set by hand. */
function isVariable(name, valueFrom) {
	const [, found] = /\/gantry\/[^/]+\/[^/]+\/env(?:-of\/[^/]+)?\/([^/]+)$/.exec(valueFrom) ?? [];
	return found === name;
}
/** The reference to where ECS takes a value from, with ARNs as they are: a name might mean another account's. */
function referenceOf(valueFrom) {
	const { arn, key = "", stage = "", version = "" } = partsOf$1(valueFrom);
	if (arn === void 0) return valueFrom.includes(":secretsmanager:") ? valueFrom : `ssm:${valueFrom}`;
	if (stage !== "" || version !== "") return valueFrom;
	return `secretsmanager:${arn}${key === "" ? "" : `#${key}`}`;
}
function partsOf$1(valueFrom) {
	return SECRET$1.exec(valueFrom)?.groups ?? {};
}
// src/engine/ecs/definition/references.ts
/** Seconds for which an answer is kept: as long as a deployment that needs it often, not as long as a server. */
const KEPT = 60;
/** Turns what a spec refers to into what ECS wants. */
var References = class {
	#account;
	#parametersOf;
	#answers = /* @__PURE__ */ new Map();
	constructor(account, parametersOf) {
		this.#account = account;
		this.#parametersOf = parametersOf;
	}
	/** @throws UserError for an image or a secret that cannot be found */
	async context(app, spec) {
		const [image, region, valueFrom] = await Promise.all([
			this.#image(app, spec.image),
			this.#account.aws.region(),
			this.#valuesFrom(app, spec)
		]);
		return {
			family: isProcess(spec) ? processFamily(app, spec.name) : taskFamily(app, spec.name),
			image,
			region,
			logGroup: logGroup(app),
			valueFrom
		};
	}
	async #image(app, image) {
		if (image.kind === "pinned") return image.reference;
		if (image.digest === null) throw new Error(`image ${image.key} is not built yet`);
		const name = repositoryName(app);
		return `${await this.#kept(`repository ${name}`, () => this.#repositoryUri(name))}@${image.digest}`;
	}
	async #repositoryUri(name) {
		const ecr = await this.#account.aws.ecr();
		try {
			const { repositories } = await ecr.describeRepositories({ repositoryNames: [name] });
			return repositories[0].repositoryUri;
		} catch (error) {
			if (isNamed(error, "RepositoryNotFoundException")) throw new UserError(`there is no image repository ${name}`, {
				hint: "its images are gone with it: deploy with --rebuild, which makes it and builds them anew",
				cause: error
			});
			throw problemOf(error, `look up the image repository ${name}`);
		}
	}
	async #valuesFrom(app, spec) {
		const names = /* @__PURE__ */ new Set([...Object.keys(spec.secrets), ...Object.keys(spec.variables)]);
		const byHand = (name) => Object.hasOwn(spec.variables, name) || spec.secrets[name] === "gantry";
		const parameterOf = [...names].some(byHand) ? await this.#parametersOf(app, isProcess(spec) ? spec.name : null) : String;
		const values = await Promise.all([...names].map(async (name) => byHand(name) ? parameterOf(name) : this.#valueFrom(name, spec.secrets[name], spec.name)));
		return Object.fromEntries([...names].map((name, index) => [name, values[index]]));
	}
	async #valueFrom(name, reference, component) {
		const parsed = parseReference(reference);
		if (parsed.kind === "ssm") return parsed.name;
		if (parsed.kind !== "secretsmanager") return reference;
		const { id, key } = parsed;
		return secretValueFrom(await this.#kept(`secret ${id}`, () => this.#arnOf(id, `${name} of ${component}`)), key);
	}
	/** ECS wants the whole ARN, which ends in letters that nobody knows by heart. */
	async #arnOf(id, user) {
		const secretsManager = await this.#account.aws.secretsManager();
		try {
			const { ARN, DeletedDate } = await secretsManager.describeSecret({ SecretId: id });
			if (DeletedDate === void 0) return ARN;
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, `look up secretsmanager:${id} for ${user}`);
		}
		throw new UserError(`there is no secret ${id} in Secrets Manager, which ${user} refers to`, { hint: "create it in the region of the cluster, or correct the reference under `secrets`" });
	}
	#kept(question, ask) {
		const now = this.#account.clock.now();
		const known = this.#answers.get(question);
		if (known !== void 0 && now - known.at < KEPT * 1e3) return known.answer;
		const answer = ask();
		this.#answers.set(question, {
			at: now,
			answer
		});
		answer.catch(() => this.#answers.delete(question));
		return answer;
	}
};
// src/engine/ecs/definition/same.ts
/** What ECS adds to a definition of its own accord and what says nothing about what runs. */
const ADDED = /* @__PURE__ */ new Set([
	"taskDefinitionArn",
	"revision",
	"status",
	"requiresAttributes",
	"compatibilities",
	"registeredAt",
	"registeredBy",
	"hostPort"
]);
/**
* Whether a registered definition is what one would register now. Its hash label alone does not tell: who makes another
* revision of it by hand copies the labels. What ECS fills in where nothing was asked for is empty, or is known; other
* additions are somebody's.
*/
function isRegistered(input, found) {
	const { tags: _tags, executionRoleArn, taskRoleArn, ...asked } = input;
	const { executionRoleArn: execution, taskRoleArn: task, ...rest } = found;
	return sameRole(executionRoleArn ?? null, execution ?? null) && sameRole(taskRoleArn ?? null, task ?? null) && holds(asked, rest);
}
/** A role can be given by its name, and comes back as an ARN. */
function sameRole(asked, found) {
	return asked === found || asked !== null && found !== null && found.endsWith(`/${asked}`);
}
function holds(asked, found) {
	if (Array.isArray(asked)) {
		if (!Array.isArray(found) || found.length !== asked.length) return false;
		const [a, b] = [byName(asked), byName(found)];
		return a.every((each, index) => holds(each, b[index]));
	}
	if (!isObject(asked)) return asked === found;
	if (!isObject(found)) return false;
	return Object.entries(asked).every(([key, value]) => holds(value, found[key])) && Object.entries(found).every(([key, value]) => Object.hasOwn(asked, key) || ADDED.has(key) || isEmpty(value));
}
/** Variables and secrets come back in any order; words of a command stay as they are. */
function byName(list) {
	const nameOf = (each) => isObject(each) ? String(each["name"]) : "";
	return list.toSorted((a, b) => nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b)));
}
function isEmpty(value) {
	return isObject(value) ? Object.keys(value).length === 0 : !value || Array.isArray(value) && value.length === 0;
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/engine/ecs/definition/register.ts
/**
* Registering and deregistering, together and per account and region:
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
*/
const LIMIT$1 = {
	burst: 20,
	perSecond: 1
};
const PER_PAGE = 100;
/** The task definitions of an app. One instance for all who register: they share the pace that AWS allows. */
var Definitions = class {
	#account;
	#references;
	#pace;
	constructor(account, parametersOf) {
		this.#account = account;
		this.#references = new References(account, parametersOf);
		this.#pace = new Pace(account.clock, LIMIT$1);
	}
	/**
	* A revision that is what the spec asks for: the current one (`family:n`, if there is one) or the newest of the family
	* where that is so, else a new one.
	*
	* @throws UserError for what cannot be found or what ECS refuses, CancelledError when the signal fires
	*/
	async ensure(app, spec, current, signal) {
		const input = render(app, spec, await this.#references.context(app, spec));
		const hash = input.containerDefinitions[0].dockerLabels[LABEL.hash];
		for (const candidate of current === null ? [input.family] : [current, input.family]) {
			const found = await this.#describe(candidate);
			if (found?.status === "ACTIVE" && isRegistered(input, found)) return {
				revision: revisionOf$1(found),
				hash
			};
		}
		return {
			revision: await this.#register(input, spec.name, signal),
			hash
		};
	}
	/** @throws NotFoundError */
	async read(revision) {
		const found = await this.#describe(revision);
		if (found === null) throw new NotFoundError(`there is no task definition ${revision}`);
		return found;
	}
	/**
	* Deregisters what is active in these families and not kept. A revision that a service runs, or may go back to, has to
	* be kept: nothing new starts from one that is not active.
	*/
	async prune(families, keep, signal) {
		const ecs = await this.#account.aws.ecs();
		for (const family of families) for (const revision of await this.#active(family)) {
			if (keep.has(revision)) continue;
			await this.#pace.turn(signal);
			if (signal?.aborted) return;
			await ecs.deregisterTaskDefinition({ taskDefinition: revision });
		}
	}
	/** Newest last. */
	async #active(family) {
		const ecs = await this.#account.aws.ecs();
		const found = [];
		let nextToken;
		do {
			const page = await ecs.listTaskDefinitions({
				familyPrefix: family,
				status: "ACTIVE",
				maxResults: PER_PAGE,
				...nextToken !== void 0 && { nextToken }
			});
			found.push(...(page.taskDefinitionArns ?? []).map((arn) => arn.slice(arn.lastIndexOf("/") + 1)));
			nextToken = page.nextToken;
		} while (nextToken !== void 0);
		return found;
	}
	async #register(input, name, signal) {
		await this.#pace.turn(signal);
		if (signal?.aborted) throw new CancelledError(`cancelled before ${name} was registered`);
		const ecs = await this.#account.aws.ecs();
		try {
			const { taskDefinition } = await ecs.registerTaskDefinition(input);
			return revisionOf$1(taskDefinition);
		} catch (error) {
			throw refused$1(error, name);
		}
	}
	/** Null where there is none. */
	async #describe(taskDefinition) {
		const ecs = await this.#account.aws.ecs();
		try {
			return (await ecs.describeTaskDefinition({ taskDefinition })).taskDefinition ?? null;
		} catch (error) {
			if (isNamed(error, "ClientException")) return null;
			throw problemOf(error, `read the task definition ${taskDefinition}`);
		}
	}
};
/** `family:n` */
function revisionOf$1({ family, revision }) {
	return `${family}:${revision}`;
}
function refused$1(error, name) {
	if (!isNamed(error, "ClientException", "InvalidParameterException")) return problemOf(error, `register the task definition of ${name}`);
	return new UserError(`ECS refuses the task definition of ${name}: ${messageOf(error)}`, {
		hint: "correct what it names in the config, or in what was set by hand",
		cause: error
	});
}
// src/engine/ecs/patience.ts
/** How long, in seconds, a service may be broken or out of reach before whoever waits gives up. */
const LONGEST_TROUBLE = 300;
const MOST_STRETCHED = 16;
/**
* For one that waits for something: refused calls make it wait longer between looks, and do not end its wait. Being
* throttled never does; a service that is broken or out of reach does after five minutes.
*/
var Patience = class {
	#clock;
	#stretch = 1;
	#troubleSince = null;
	constructor(clock) {
		this.#clock = clock;
	}
	/** Null when the call is to be made again later, or when the signal has fired; rejects when that has no sense. */
	async attempt(call, signal) {
		try {
			const answer = await call();
			this.#stretch = 1;
			this.#troubleSince = null;
			return answer;
		} catch (error) {
			if (signal?.aborted) return null;
			if (!isThrottle(error)) this.#trouble(error);
			this.#stretch = Math.min(this.#stretch * 2, MOST_STRETCHED);
			return null;
		}
	}
	/** Sleeps so many seconds, and longer when calls were refused. */
	async pause(seconds, signal) {
		await this.#clock.sleep(seconds * this.#stretch, signal);
	}
	#trouble(error) {
		this.#troubleSince ??= this.#clock.now();
		const seconds = (this.#clock.now() - this.#troubleSince) / 1e3;
		if (!isBusy(error) || seconds > LONGEST_TROUBLE) throw error;
	}
};
// src/engine/ecs/logs/stream.ts
/** Seconds until the next look: short while something comes, longer when nothing does. */
function pauseFor(idle) {
	return Math.min(Math.max(idle / 4, 1), 5);
}
/** The messages of one stream from its beginning, each once. A stream that does not exist yet is an empty one. */
async function* readStream(account, { group, stream, pause, signal }) {
	const { clock } = account;
	const patience = new Patience(clock);
	let token;
	let last = clock.now();
	try {
		while (!signal.aborted) {
			const page = await patience.attempt(() => readPage(account, group, stream, token, signal), signal);
			if (page === null) {
				await patience.pause(1, signal);
				continue;
			}
			yield* page.messages;
			if (page.messages.length > 0) last = clock.now();
			const isEnd = page.token === token;
			token = page.token;
			if (!isEnd) continue;
			const seconds = pause((clock.now() - last) / 1e3);
			if (seconds === null) return;
			await patience.pause(seconds, signal);
		}
	} catch (error) {
		throw problemOf(error, `read the log stream ${stream}`);
	}
}
async function readPage({ aws }, group, stream, token, signal) {
	const logs = await aws.logs();
	const input = {
		logGroupName: group,
		logStreamName: stream,
		startFromHead: true,
		...token !== void 0 && { nextToken: token }
	};
	try {
		const { events = [], nextForwardToken } = await logs.getLogEvents(input, { abortSignal: signal });
		return {
			messages: events.map((event) => event.message ?? ""),
			token: nextForwardToken
		};
	} catch (error) {
		if (isNamed(error, "ResourceNotFoundException")) return {
			messages: [],
			token
		};
		throw error;
	}
}
// src/engine/ecs/deployment-log.ts
/** Of one PutLogEvents: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MOST_EVENTS = 1e4;
const MOST_BYTES$1 = 1048576;
const EVENT_COST = 26;
/** Characters of one event: at most 192 KB in UTF-8, where CloudWatch takes 256. */
const LONGEST$2 = 65536;
/** Begins an event whose line goes on in the next one. A line of JSON cannot begin with it. */
const GOES_ON = "~";
/**
* The events of each deployment as lines of JSON: one stream, `deployments/<number>`, beside the output of the app. One
* deployer at a time writes to it.
*/
var DeploymentLog = class {
	#account;
	#logs;
	#streams = /* @__PURE__ */ new Set();
	/** The time of the last event: each is later than the one before, so that CloudWatch keeps their order. */
	#last = 0;
	constructor(account, logs) {
		this.#account = account;
		this.#logs = logs;
	}
	/** Rejects with a UserError when they cannot be stored, all or in part. That need not fail the deployment. */
	async append(app, number, lines) {
		const logStreamName = streamName(number);
		const logs = await this.#account.aws.logs();
		try {
			await this.#ensureStream(app, logStreamName);
			for (const logEvents of batches(this.#events(lines))) await logs.putLogEvents({
				logGroupName: logGroup(app),
				logStreamName,
				logEvents
			});
		} catch (error) {
			throw problemOf(error, `store the log of deployment #${number}`);
		}
	}
	/** All lines in order; with `follow` until the one that says that the deployment has finished, or the signal fires. */
	async *read(app, number, follow, signal) {
		const messages = readStream(this.#account, {
			group: logGroup(app),
			stream: streamName(number),
			pause: (idle) => follow ? pauseFor(idle) : null,
			signal
		});
		let begun = "";
		for await (const message of messages) {
			if (message.startsWith(GOES_ON)) {
				begun += message.slice(1);
				continue;
			}
			const line = begun + message;
			begun = "";
			yield line;
			if (follow && saysFinished(line)) return;
		}
	}
	async #ensureStream(app, logStreamName) {
		const key = `${logGroup(app)}:${logStreamName}`;
		if (this.#streams.has(key)) return;
		await this.#logs.ensureGroup(app);
		const logs = await this.#account.aws.logs();
		try {
			await logs.createLogStream({
				logGroupName: logGroup(app),
				logStreamName
			});
		} catch (error) {
			if (!isNamed(error, "ResourceAlreadyExistsException")) throw error;
		}
		this.#streams.add(key);
	}
	#events(lines) {
		return lines.flatMap(partsOf).map((message) => {
			this.#last = Math.max(this.#last + 1, this.#account.clock.now());
			return {
				timestamp: this.#last,
				message
			};
		});
	}
};
function streamName(number) {
	return `deployments/${number}`;
}
/** A line that is too long for one event, in several: a large plan is one. */
function partsOf(line) {
	const parts = [];
	let rest = line;
	while (rest.length > LONGEST$2) {
		const end = rest.codePointAt(65535) > 65535 ? 65535 : LONGEST$2;
		parts.push(GOES_ON + rest.slice(0, end));
		rest = rest.slice(end);
	}
	return [...parts, rest];
}
function batches(events) {
	const all = [];
	let bytes = Infinity;
	for (const event of events) {
		const size = Buffer.byteLength(event.message) + EVENT_COST;
		if (bytes + size > MOST_BYTES$1 || all.at(-1).length === MOST_EVENTS) {
			all.push([]);
			bytes = 0;
		}
		all.at(-1).push(event);
		bytes += size;
	}
	return all;
}
/** The line is what somebody wrote into a log: it may be anything. */
function saysFinished(line) {
	try {
		const event = JSON.parse(line);
		return typeof event === "object" && event !== null && "type" in event && event.type === "deployment.finished";
	} catch {
		return false;
	}
}
// src/engine/ecs/images/repository.ts
/** Days after which what no tag names, and build caches, go. */
const KEPT_DAYS$1 = 14;
/** Key tags are never expired by rule: only Gantry knows which of them a service or a kept release names. */
const LIFECYCLE = { rules: [{
	rulePriority: 1,
	description: "Images that no tag names any more",
	selection: {
		tagStatus: "untagged",
		countType: "sinceImagePushed",
		countUnit: "days",
		countNumber: KEPT_DAYS$1
	},
	action: { type: "expire" }
}, {
	rulePriority: 2,
	description: "Build caches",
	selection: {
		tagStatus: "tagged",
		tagPatternList: ["cache-*"],
		countType: "sinceImagePushed",
		countUnit: "days",
		countNumber: KEPT_DAYS$1
	},
	action: { type: "expire" }
}] };
/** The URI of an app's repository, which is made when it is missing. */
async function ensureRepository({ aws }, app) {
	const ecr = await aws.ecr();
	const repositoryName$3 = repositoryName(app);
	const uri = await describe(ecr, repositoryName$3) ?? await create$1(ecr, app);
	try {
		await ecr.getLifecyclePolicy({ repositoryName: repositoryName$3 });
	} catch (error) {
		if (!isNamed(error, "LifecyclePolicyNotFoundException")) throw error;
		await ecr.putLifecyclePolicy({
			repositoryName: repositoryName$3,
			lifecyclePolicyText: JSON.stringify(LIFECYCLE)
		});
	}
	return uri;
}
async function describe(ecr, name) {
	try {
		const { repositories } = await ecr.describeRepositories({ repositoryNames: [name] });
		return repositories[0].repositoryUri;
	} catch (error) {
		if (isNamed(error, "RepositoryNotFoundException")) return null;
		throw error;
	}
}
async function create$1(ecr, app) {
	try {
		const { repository } = await ecr.createRepository({
			repositoryName: repositoryName(app),
			imageScanningConfiguration: { scanOnPush: true },
			imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
			imageTagMutabilityExclusionFilters: [{
				filterType: "WILDCARD",
				filter: "cache-*"
			}],
			tags: [{
				Key: TAG.app,
				Value: app.name
			}, {
				Key: TAG.environment,
				Value: app.environment
			}]
		});
		return repository.repositoryUri;
	} catch (error) {
		if (!isNamed(error, "RepositoryAlreadyExistsException")) throw error;
		return await describe(ecr, repositoryName(app));
	}
}
// src/engine/ecs/images/images.ts
const KEY = /^[0-9a-f]{64}$/;
/** What an image was called before another one was made for its key. */
const FORMER = "former-";
/** What one call about images takes: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
const PER_CALL = 100;
const ABSENT$1 = ["ImageNotFoundException", "RepositoryNotFoundException"];
/** `[registry/]repository[:tag][@digest]`, as https://pkg.go.dev/github.com/distribution/reference has it. */
const REFERENCE = /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+|\/)[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
/** The images of an app: in its ECR repository, tagged with their content keys. */
var Images = class {
	#account;
	#builder;
	constructor(account, builder) {
		this.#account = account;
		this.#builder = builder;
	}
	/** One call where all of them exist. */
	async find(app, keys) {
		const found = /* @__PURE__ */ new Map();
		for (const page of pages(keys)) {
			const details = await this.#describe(app, page) ?? await this.#describe(app, await this.#existing(app, page));
			for (const { imageTags = [], imageDigest, imagePushedAt } of details ?? []) for (const key of imageTags.filter((tag) => page.includes(tag))) {
				const created_at = (imagePushedAt ?? new Date(this.#account.clock.now())).toISOString();
				found.set(key, {
					kind: "built",
					key,
					digest: imageDigest,
					created_at
				});
			}
		}
		return found;
	}
	async make(app, request, io) {
		const uri = await ensureRepository(this.#account, app);
		await this.#setAside(app, request.key);
		const folder = await mkdtemp(join(tmpdir(), "gantry-build-"));
		try {
			await request.source.write(folder, io.signal);
			if (io.signal.aborted) throw new CancelledError("cancelled before the image was built");
			const reference = `${uri}:${request.key}`;
			const login = await this.#login(uri);
			await this.#builder.build({
				context: folder,
				build: request.build,
				reference,
				login
			}, io);
		} catch (error) {
			const theirs = io.signal.aborted ? void 0 : (await this.find(app, [request.key])).get(request.key);
			if (theirs === void 0) throw error;
			io.log("somebody else has made this image meanwhile: theirs is used");
			return theirs;
		} finally {
			await rm(folder, {
				recursive: true,
				force: true
			});
		}
		const made = (await this.find(app, [request.key])).get(request.key);
		if (made === void 0) throw new Error(`the registry does not show image ${request.key} that was pushed`);
		return made;
	}
	/** A sentence for each pin that no registry could have. Whether it is there is seen when it is pulled. */
	check(pins) {
		return pins.flatMap(({ component, reference }) => {
			const what = component.replace(":", " ");
			if (/^(?:key:[0-9a-f]+|release:v\d+)$/.test(reference)) return [`${what}: ${reference} is an image of the local engine; name one of a registry`];
			return REFERENCE.test(reference) ? [] : [`${what}: ${JSON.stringify(reference)} is no image reference`];
		});
	}
	/** Deletes what was made for a content key and what nothing names; caches and what people pushed stay. */
	async prune(app, keep) {
		const ecr = await this.#account.aws.ecr();
		const repositoryName$1 = repositoryName(app);
		const gone = (await this.#tagged(app)).filter(({ imageTag = "", imageDigest = "" }) => isOurs$1(imageTag) && !keep.has(imageDigest));
		for (const imageIds of pages(gone)) await ecr.batchDeleteImage({
			repositoryName: repositoryName$1,
			imageIds: imageIds.map(({ imageTag }) => ({ imageTag }))
		});
	}
	/** Deletes the repository with all that is in it. */
	async removeAll(app) {
		const ecr = await this.#account.aws.ecr();
		try {
			await ecr.deleteRepository({
				repositoryName: repositoryName(app),
				force: true
			});
		} catch (error) {
			if (!isNamed(error, ...ABSENT$1)) throw error;
		}
	}
	/** None where everything is pinned: then there is no repository. */
	async #tagged(app) {
		const ecr = await this.#account.aws.ecr();
		const found = [];
		let nextToken;
		do {
			const page = await ecr.listImages({
				repositoryName: repositoryName(app),
				filter: { tagStatus: "TAGGED" },
				nextToken
			}).catch((error) => {
				if (isNamed(error, ...ABSENT$1)) return {
					imageIds: [],
					nextToken: void 0
				};
				throw error;
			});
			found.push(...page.imageIds ?? []);
			nextToken = page.nextToken;
		} while (nextToken !== void 0);
		return found;
	}
	/** Null when one of them does not exist: ECR then tells nothing of the others. */
	async #describe(app, tags) {
		if (tags.length === 0) return [];
		try {
			const imageIds = tags.map((imageTag) => ({ imageTag }));
			return (await (await this.#account.aws.ecr()).describeImages({
				repositoryName: repositoryName(app),
				imageIds
			})).imageDetails ?? [];
		} catch (error) {
			if (isNamed(error, ...ABSENT$1)) return null;
			throw error;
		}
	}
	async #existing(app, tags) {
		if (tags.length === 1) return [];
		try {
			const ecr = await this.#account.aws.ecr();
			const imageIds = tags.map((imageTag) => ({ imageTag }));
			const { images = [] } = await ecr.batchGetImage({
				repositoryName: repositoryName(app),
				imageIds
			});
			return [...new Set(images.flatMap(({ imageId }) => imageId?.imageTag ?? []))];
		} catch (error) {
			if (isNamed(error, ...ABSENT$1)) return [];
			throw error;
		}
	}
	/** Frees the tag of a key whose image is made anew. What runs names it by digest, and roll-backs want it. */
	async #setAside(app, key) {
		const ecr = await this.#account.aws.ecr();
		const repositoryName$2 = repositoryName(app);
		const { images = [] } = await ecr.batchGetImage({
			repositoryName: repositoryName$2,
			imageIds: [{ imageTag: key }]
		});
		const [former] = images;
		if (former === void 0) return;
		const { imageManifest, imageManifestMediaType, imageId } = former;
		const imageTag = `${FORMER}${imageId.imageDigest.replace("sha256:", "")}`;
		try {
			await ecr.putImage({
				repositoryName: repositoryName$2,
				imageManifest,
				imageManifestMediaType,
				imageTag
			});
		} catch (error) {
			if (!isNamed(error, "ImageAlreadyExistsException", "ImageTagAlreadyExistsException")) throw error;
		}
		await ecr.batchDeleteImage({
			repositoryName: repositoryName$2,
			imageIds: [{ imageTag: key }]
		});
	}
	async #login(uri) {
		const { authorizationData = [] } = await (await this.#account.aws.ecr()).getAuthorizationToken({});
		return {
			registry: uri.split("/")[0],
			auth: authorizationData[0].authorizationToken
		};
	}
};
function isOurs$1(tag) {
	return KEY.test(tag) || tag.startsWith(FORMER);
}
function pages(all) {
	return Array.from({ length: Math.ceil(all.length / PER_CALL) }, (_, page) => all.slice(page * PER_CALL, (page + 1) * PER_CALL));
}
// src/engine/ecs/logs/events.ts
const STREAM = new RegExp(`^([a-z0-9.-]+)/${CONTAINER}/([\\w-]+)$`);
/** Whose output a stream is: its component and the id of the ECS task. Null for what is no output of an instance. */
function ownerOf(stream) {
	const [, component, taskId] = STREAM.exec(stream) ?? [];
	return component === void 0 || taskId === void 0 ? null : {
		component,
		taskId
	};
}
/** What was written in a span of time, oldest first as far as CloudWatch knows. Nothing where there is no log group. */
async function* eventsIn({ aws }, query) {
	const { app, component, from, to, signal } = query;
	const logs = await aws.logs();
	let token;
	do {
		const page = await logs.filterLogEvents({
			logGroupName: logGroup(app),
			...component !== null && { logStreamNamePrefix: `${component}/` },
			startTime: Math.max(from, 0),
			...to !== null && { endTime: to },
			...token !== void 0 && { nextToken: token }
		}, { abortSignal: signal }).catch((error) => {
			if (isNamed(error, "ResourceNotFoundException")) return {
				events: [],
				nextToken: void 0
			};
			throw error;
		});
		for (const { eventId, timestamp, logStreamName = "", message = "" } of page.events ?? []) {
			const owner = ownerOf(logStreamName);
			if (owner === null || eventId === void 0 || timestamp === void 0) continue;
			yield {
				id: eventId,
				time: timestamp,
				instance: instanceName(owner.component, owner.taskId),
				text: message
			};
		}
		token = page.nextToken;
	} while (token !== void 0 && !signal.aborted);
}
/** Containers have one output for both: CloudWatch does not know what was written to standard error. */
function linesOf({ time, instance, text }) {
	const at = new Date(time).toISOString();
	return splitLines(text).map((line) => ({
		time: at,
		instance,
		stream: "out",
		text: line
	}));
}
/** The lines of an event: a driver may have been told to make one of several, and a program may overwrite its line. */
function splitLines(text) {
	return text.replace(/[\r\n]+$/, "").split(/\r\n|\r|\n/);
}
// src/engine/ecs/logs/reader.ts
const MINUTE$1 = 6e4;
const DAY = 1440 * MINUTE$1;
/** How far back, in milliseconds, one looks for the last lines, step by step: an app that writes much is asked for little. */
const WINDOWS = [
	MINUTE$1,
	10 * MINUTE$1,
	120 * MINUTE$1,
	DAY,
	7 * DAY,
	30 * DAY
];
/** How late, in milliseconds, an event may come into sight after others that are younger. */
const LATENESS = MINUTE$1;
/** The output of an app's instances: its last lines, then what comes, each event once. */
var LogReader = class {
	#account;
	#app;
	#query;
	/** Events from the last minute of what was read, which are found again by the next look: id to time. */
	#seen = /* @__PURE__ */ new Map();
	/** Time of the youngest event. */
	#youngest;
	#patience;
	constructor(account, app, query) {
		this.#account = account;
		this.#app = app;
		this.#query = query;
		this.#youngest = account.clock.now();
		this.#patience = new Patience(account.clock);
	}
	async *lines() {
		yield* await this.#lastLines();
		if (this.#query.follow) yield* this.#follow();
	}
	/** Goes back in time until there are enough. */
	async #lastLines() {
		const now = this.#account.clock.now();
		const wanted = this.#query.lines;
		let lines = [];
		let to = null;
		for (const window of WINDOWS) {
			const from = now - window;
			lines = [...(await this.#read(from, to)).flatMap(linesOf), ...lines];
			if (lines.length >= wanted || this.#query.signal.aborted) break;
			to = from - 1;
		}
		return wanted === 0 ? [] : lines.slice(-wanted);
	}
	async *#follow() {
		const { clock } = this.#account;
		const { signal } = this.#query;
		let last = clock.now();
		while (!signal.aborted) {
			await clock.sleep(pauseFor((clock.now() - last) / 1e3), signal);
			if (signal.aborted) return;
			const events = await this.#read(this.#youngest - LATENESS, null);
			if (events.length > 0) last = clock.now();
			yield* events.flatMap(linesOf);
		}
	}
	/** Events of a span of time that were not read before, in the order of their times. */
	async #read(from, to) {
		const events = (await this.#events(from, to)).filter(({ id }) => !this.#seen.has(id)).sort((a, b) => a.time - b.time);
		for (const { id, time } of events) {
			this.#seen.set(id, time);
			this.#youngest = Math.max(this.#youngest, time);
		}
		for (const [id, time] of this.#seen) if (time < this.#youngest - LATENESS) this.#seen.delete(id);
		return events;
	}
	async #events(from, to) {
		const { process: component, signal } = this.#query;
		const query = {
			app: this.#app,
			component,
			from,
			to,
			signal
		};
		while (!signal.aborted) {
			const events = await this.#patience.attempt(() => Array.fromAsync(eventsIn(this.#account, query)), signal);
			if (events !== null) return events;
			await this.#patience.pause(1, signal);
		}
		return [];
	}
};
// src/engine/ecs/logs/logs.ts
/** Long enough to look into last week's trouble, and not paid for for ever, as CloudWatch would keep it. */
const KEPT_DAYS = 30;
/** Streams are asked for by 50. Whoever wrote nothing in so many streams has written nothing for long. */
const MOST_PAGES = 20;
/** The output of an app's instances in CloudWatch: one log group, with one stream for each of them. */
var Logs = class {
	#account;
	#ensured = /* @__PURE__ */ new Map();
	constructor(account) {
		this.#account = account;
	}
	/**
	* Makes the log group of an app when it is missing, at most once. Where nobody has said how long it keeps its events,
	* it is 30 days from then on.
	*/
	ensureGroup(app) {
		const group = logGroup(app);
		let ensured = this.#ensured.get(group);
		if (ensured === void 0) {
			ensured = this.#ensure(group).catch((error) => {
				this.#ensured.delete(group);
				throw problemOf(error, `make the log group ${group}`);
			});
			this.#ensured.set(group, ensured);
		}
		return ensured;
	}
	/** Oldest first; with `follow` it goes on until the signal fires. All lines are of the stream `out`. */
	async *read(app, query) {
		try {
			yield* new LogReader(this.#account, app, query).lines();
		} catch (error) {
			throw problemOf(error, `read the log group ${logGroup(app)}`);
		}
	}
	/** The last messages of one instance: `web`, and the id of its ECS task. */
	async tail(app, component, taskId, count) {
		const logs = await this.#account.aws.logs();
		const logStreamName = `${component}/${CONTAINER}/${taskId}`;
		try {
			const { events = [] } = await logs.getLogEvents({
				logGroupName: logGroup(app),
				logStreamName,
				limit: count,
				startFromHead: false
			});
			return events.map((event) => event.message ?? "");
		} catch (error) {
			if (isNamed(error, "ResourceNotFoundException")) return [];
			throw problemOf(error, `read the log stream ${logStreamName}`);
		}
	}
	/** Which processes and tasks have written something lately: `web`, `task.migrate`. */
	async names(app) {
		const logs = await this.#account.aws.logs();
		const names = /* @__PURE__ */ new Set();
		let token;
		try {
			for (let page = 0; page < MOST_PAGES; page++) {
				const { logStreams = [], nextToken } = await logs.describeLogStreams({
					logGroupName: logGroup(app),
					orderBy: "LastEventTime",
					descending: true,
					...token !== void 0 && { nextToken: token }
				});
				for (const { logStreamName = "" } of logStreams) {
					const owner = ownerOf(logStreamName);
					if (owner !== null) names.add(owner.component);
				}
				token = nextToken;
				if (token === void 0) break;
			}
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, "list the log streams");
		}
		return [...names].sort();
	}
	/** Deletes all output of an app. */
	async removeGroup(app) {
		const logs = await this.#account.aws.logs();
		const group = logGroup(app);
		this.#ensured.delete(group);
		try {
			await logs.deleteLogGroup({ logGroupName: group });
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, `delete the log group ${group}`);
		}
	}
	async #ensure(group) {
		const logs = await this.#account.aws.logs();
		try {
			await logs.createLogGroup({ logGroupName: group });
		} catch (error) {
			if (!isNamed(error, "ResourceAlreadyExistsException", "OperationAbortedException")) throw error;
			const { logGroups = [] } = await logs.describeLogGroups({
				logGroupNamePrefix: group,
				limit: 1
			});
			if (logGroups[0]?.logGroupName === group && logGroups[0].retentionInDays !== void 0) return;
		}
		await logs.putRetentionPolicy({
			logGroupName: group,
			retentionInDays: KEPT_DAYS
		});
	}
};
// src/engine/ecs/parameters/document-format.ts
/**
* How a JSON value is written into parameters: brotli, base64, cut into parts. The first part, the head, begins with
* `<format>.<parts>.<hash>.`; the others are named after the hash, so that a head never points to parts of another value.
*/
const FORMAT = 1;
const HEAD = /^(\d+)\.(\d+)\.([0-9a-f]{16})\.([A-Za-z0-9+/=]*)$/;
/** Characters of one parameter: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const PART_LENGTH = 8192;
/** More than any document comes to; who can write parameters must not be able to fill the memory of who reads them. */
const LONGEST$1 = 67108864;
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
async function encode(value) {
	const json = Buffer.from(JSON.stringify(value));
	const text = (await compress(json, { params: {
		[constants$1.BROTLI_PARAM_MODE]: constants$1.BROTLI_MODE_TEXT,
		[constants$1.BROTLI_PARAM_SIZE_HINT]: json.length
	} })).toString("base64");
	const hash = hashOf(text);
	const prefix = (parts) => `${FORMAT}.${parts}.${hash}.`;
	const first = PART_LENGTH - prefix(9999).length;
	const rest = Array.from({ length: Math.max(0, Math.ceil((text.length - first) / PART_LENGTH)) }, (_, index) => text.slice(first + index * PART_LENGTH, first + (index + 1) * PART_LENGTH));
	return {
		head: `${prefix(rest.length + 1)}${text.slice(0, first)}`,
		hash,
		rest
	};
}
/** Throws a UserError for what is not a head of this format. */
function readHead(name, text) {
	const [, format, parts, hash, chunk] = HEAD.exec(text) ?? [];
	if (Number(/^(\d+)\./.exec(text)?.[1]) > FORMAT) throw newer(name);
	if (Number(format) !== FORMAT || !(Number(parts) >= 1)) throw damaged(name);
	return {
		parts: Number(parts),
		hash,
		chunk
	};
}
/** The names of the parts after the head. */
function partNames(name, { hash, parts }) {
	return Array.from({ length: parts - 1 }, (_, index) => `${name}.${hash}.${index + 2}`);
}
/** The document and the hash that the name of a part has; null for any other name. */
function readPartName(name) {
	const [, head, hash] = /^(.+)\.([0-9a-f]{16})\.\d+$/.exec(name) ?? [];
	return head === void 0 ? null : {
		head,
		hash
	};
}
/** The value; null when a part is not there or not of this value. Throws a UserError when it was never one. */
async function decode(name, head, rest) {
	const text = [head.chunk, ...rest].join("");
	if (rest.includes(void 0) || hashOf(text) !== head.hash) return null;
	try {
		const json = await decompress(Buffer.from(text, "base64"), { maxOutputLength: LONGEST$1 });
		return { value: JSON.parse(json.toString()) };
	} catch {
		throw damaged(name);
	}
}
function damaged(name) {
	return new UserError(`the parameter ${name} is damaged`, { hint: `put an earlier version of it back: SSM keeps 100, \`aws ssm get-parameter-history --name ${name}\` shows them` });
}
function newer(name) {
	return new UserError(`the parameter ${name} was written by a newer version of Gantry`, { hint: "update Gantry here, or use the version that wrote it" });
}
function hashOf(text) {
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
const PAGE$6 = 50;
/** How often a write is tried again, a second apart, while SSM is at another write of the same parameter. */
const UPDATE_ATTEMPTS = 5;
/** SSM parameters by their full names. What fails is a UserError that names the parameter, where a person can help. */
var ParameterStore = class {
	#account;
	constructor(account) {
		this.#account = account;
	}
	/** Those that exist, by name. One call for ten names. */
	async get(names, options = {}) {
		const found = /* @__PURE__ */ new Map();
		for (const Names of chunks$1(names)) {
			const { Parameters = [] } = await this.#call(`read the parameter ${Names[0]}`, async (ssm) => ssm.getParameters({
				Names,
				WithDecryption: options.decrypt ?? false
			}, sent(options.signal)));
			for (const each of Parameters) {
				const parameter = {
					...listed(each),
					value: each.Value ?? ""
				};
				found.set(parameter.name, parameter);
			}
		}
		return found;
	}
	/** An earlier version of a parameter; null when SSM does not have it or, being behind, not yet. */
	async version(name, version, signal) {
		return this.#call(`read version ${version} of the parameter ${name}`, async (ssm) => {
			try {
				const { Parameter } = await ssm.getParameter({ Name: `${name}:${version}` }, sent(signal));
				return Parameter === void 0 ? null : {
					...listed(Parameter),
					name,
					value: Parameter.Value ?? ""
				};
			} catch (error) {
				if (isNamed(error, "ParameterNotFound", "ParameterVersionNotFound")) return null;
				throw error;
			}
		});
	}
	/** The version that it became; null when it is there already and is not to be overwritten. */
	async put(name, value, options) {
		const { overwrite, type = "String", signal } = options;
		return this.#call(`write the parameter ${name}`, async (ssm) => {
			for (let attempt = 1;; attempt++) {
				try {
					const { Version } = await ssm.putParameter({
						Name: name,
						Value: value,
						Type: type,
						Overwrite: overwrite,
						Tier: "Intelligent-Tiering"
					}, sent(signal));
					return Version ?? 0;
				} catch (error) {
					if (!overwrite && isNamed(error, "ParameterAlreadyExists")) return null;
					if (attempt === UPDATE_ATTEMPTS || !isNamed(error, "TooManyUpdates")) throw error;
				}
				await this.#account.clock.sleep(1, signal);
			}
		});
	}
	/** The names that there were. */
	async delete(names, options = {}) {
		const deleted = [];
		for (const Names of chunks$1(names)) {
			const { DeletedParameters = [] } = await this.#call(`delete the parameter ${Names[0]}`, async (ssm) => ssm.deleteParameters({ Names }, sent(options.signal)));
			deleted.push(...DeletedParameters);
		}
		return deleted;
	}
	/** All parameters below a path, at any depth. */
	async list(path) {
		const found = [];
		for (let NextToken, first = true; first || NextToken !== void 0; first = false) {
			const page = await this.#call(`list the parameters under ${path}`, async (ssm) => ssm.describeParameters({
				ParameterFilters: [{
					Key: "Path",
					Option: "Recursive",
					Values: [path.replace(/\/$/, "")]
				}],
				MaxResults: PAGE$6,
				...NextToken !== void 0 && { NextToken }
			}));
			found.push(...(page.Parameters ?? []).map(listed));
			NextToken = page.NextToken;
		}
		return found;
	}
	async #call(doing, call) {
		try {
			return await call(await this.#account.aws.ssm());
		} catch (error) {
			throw problemOf(error, doing);
		}
	}
};
function listed(parameter) {
	return {
		name: parameter.Name ?? "",
		type: parameter.Type === "SecureString" ? "SecureString" : "String",
		version: parameter.Version ?? 0,
		modified: parameter.LastModifiedDate?.getTime() ?? 0
	};
}
function sent(signal) {
	return signal === void 0 ? {} : { abortSignal: signal };
}
function chunks$1(names) {
	const count = Math.ceil(names.length / 10);
	return Array.from({ length: count }, (_, index) => names.slice(index * 10, (index + 1) * 10));
}
// src/engine/ecs/parameters/documents.ts
/** How often a document is read, a second apart, while its parts do not fit together. */
const READ_ATTEMPTS = 4;
/**
* JSON values of any size in SSM parameters. The head is written last: whoever reads, and whenever a writer dies, gets
* the old value or the new one, whole.
*/
var Documents = class {
	store;
	#clock;
	constructor(account) {
		this.store = new ParameterStore(account);
		this.#clock = account.clock;
	}
	/** Those that exist, by name: one call for ten names, and more only where a value is large. */
	async read(names) {
		return this.resolve(await this.store.get(names));
	}
	/** The values of heads that were read together with something else. */
	async resolve(heads) {
		const values = /* @__PURE__ */ new Map();
		let open = heads;
		for (let attempt = 1;; attempt++) {
			const decoded = await this.#decode(open);
			for (const [name, found] of decoded) if (found !== null) values.set(name, found.value);
			const incomplete = [...decoded].flatMap(([name, found]) => found === null ? [name] : []);
			if (incomplete.length === 0) return values;
			if (attempt === READ_ATTEMPTS) throw damaged(incomplete[0]);
			await this.#clock.sleep(1);
			open = await this.store.get(incomplete);
		}
	}
	/**
	* Whether it was written; false when there was one already. The same value counts as written: an answer that was lost
	* makes the client ask again. So what two may create at once needs something of its own in it.
	*/
	async create(name, value) {
		const encoded = await encode(value);
		await this.#putRest(name, encoded);
		if (await this.store.put(name, encoded.head, { overwrite: false }) !== null) return true;
		return (await this.store.get([name])).get(name)?.value === encoded.head;
	}
	/** Writes it over whatever there is. Parts of a value before it stay, for `prune` to find. */
	async write(name, value) {
		await this.#put(name, value);
	}
	/**
	* Reads, changes and writes; writes nothing when nothing changes. The lock keeps writers apart; this keeps the change of
	* one who lost it without knowing. SSM cannot compare and swap, but says which version a write became: when another's
	* came in between, the change is made again on top of that one. So `change` may be called more than once, and must come
	* to the same when applied twice.
	*/
	async update(name, change) {
		const base = (await this.store.get([name])).get(name);
		let value = base && (await this.resolve(/* @__PURE__ */ new Map([[name, base]]))).get(name);
		let current = {
			value,
			version: base?.version ?? 0,
			head: base
		};
		for (;;) {
			const next = change(value);
			if (isDeepStrictEqual(next, current.value)) return next;
			const { version, hash } = await this.#put(name, next);
			if (current.head !== void 0) await this.#deleteRest(name, current.head, hash);
			if (version === 1 || version === current.version + 1) return next;
			const head = await this.#overwritten(name, version - 1);
			const found = head && (await this.#decode(/* @__PURE__ */ new Map([[name, head]]))).get(name);
			if (found == null) return next;
			value = found.value;
			current = {
				value: next,
				version,
				head
			};
		}
	}
	async #overwritten(name, version) {
		for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt++) {
			const found = await this.store.version(name, version);
			if (found !== null) return found;
			await this.#clock.sleep(1);
		}
	}
	async #put(name, value) {
		const encoded = await encode(value);
		await this.#putRest(name, encoded);
		return {
			version: await this.store.put(name, encoded.head, { overwrite: true }),
			hash: encoded.hash
		};
	}
	async #putRest(name, { hash, rest }) {
		const names = partNames(name, {
			hash,
			parts: rest.length + 1
		});
		for (const [index, text] of rest.entries()) await this.store.put(names[index], text, { overwrite: true });
	}
	async #deleteRest(name, { value }, keep) {
		const head = readHead(name, value);
		if (head.hash !== keep) await this.store.delete(partNames(name, head));
	}
	/** Null: its parts do not fit together. */
	async #decode(heads) {
		const parsed = [...heads].map(([name, { value }]) => ({
			name,
			head: readHead(name, value)
		}));
		const parts = await this.store.get(parsed.flatMap(({ name, head }) => partNames(name, head)));
		const entries = parsed.map(async ({ name, head }) => {
			return [name, await decode(name, head, partNames(name, head).map((part) => parts.get(part)?.value))];
		});
		return new Map(await Promise.all(entries));
	}
};
function withMemory(memory, processes, schedules) {
	return {
		processes: {
			...memory?.processes,
			...processes
		},
		schedules: schedules ?? memory?.schedules
	};
}
function applyMemory(state, memory) {
	if (memory === void 0) return state;
	const processes = Object.entries({
		...state.processes,
		...memory.processes
	});
	return {
		...state,
		processes: Object.fromEntries(processes.filter((entry) => entry[1] !== null)),
		schedules: [...memory.schedules ?? state.schedules]
	};
}
/** Only upwards: an end that comes late must not take back what a later one said. */
function applyEnd(state, finished, settled) {
	return {
		...state,
		deployment: Math.max(state.deployment, finished.number),
		release: Math.max(state.release, finished.release ?? 0),
		settled: Math.max(state.settled, settled),
		finished
	};
}
/** The deployment as people see it: ended as soon as the state says so. */
function shown(stored, { finished }) {
	const { nonce: _nonce, ...deployment } = stored;
	if (finished === null || finished.number !== deployment.number || isFinished(deployment)) return deployment;
	return {
		...deployment,
		...finished
	};
}
function isFinished({ status }) {
	return status !== "queued" && status !== "running";
}
/** Up to which number all have ended when `ending` has, as far as these were read. */
function settledBy(state, ending, read) {
	const ended = /* @__PURE__ */ new Set([ending, ...read.filter(isFinished).map((each) => each.number)]);
	const gone = state.deployment - 100;
	let settled = Math.max(state.settled, gone);
	while (ended.has(settled + 1)) settled++;
	return settled;
}
// src/engine/ecs/parameters/parameter-names.ts
function stateParameter(app) {
	return `${parameterRoot(app)}state`;
}
/** The mirror of the variables that are set: names and versions, no values. */
function variablesParameter(app) {
	return `${parameterRoot(app)}variables`;
}
function deploymentParameter(app, number) {
	return `${parameterRoot(app)}deployments/${number}`;
}
function releaseParameter(app, number) {
	return `${parameterRoot(app)}releases/${number}`;
}
function lockParameter(app) {
	return `${parameterRoot(app)}lock`;
}
/** One per deployment, so that two that are cancelled at once do not overwrite each other. */
function cancelParameter(app, deployment) {
	return `${parameterRoot(app)}cancel/${deployment}`;
}
/** Where the values of variables are: for everything, and per process. */
function variablePaths(app) {
	return {
		all: `${parameterRoot(app)}env/`,
		processes: `${parameterRoot(app)}env-of/`
	};
}
/** Where the value of a variable is. Null: of the one that reaches every process and task. */
function variableParameter(app, process, name) {
	const { all, processes } = variablePaths(app);
	return process === null ? `${all}${name}` : `${processes}${process}/${name}`;
}
/** The parameter that a name stands for in a process or, with null, in a task: what was set for the process alone wins. */
function parameterOf(variables, app, process, name) {
	return variableParameter(app, variables.some((each) => each.name === name && each.process === process) ? process : null, name);
}
// src/engine/ecs/parameters/retention.ts
/** Seconds after which nobody can still be at work on a document whose parts were written. */
const WRITE_LIMIT = 3600;
/** Deletes what is too old to be kept, and parts that belong to no value any more. */
async function deleteOld(store, clock, app, state) {
	const listed = await store.list(parameterRoot(app));
	const old = new Set(listed.filter(({ name }) => isOld(app, name, state)).map(({ name }) => name));
	const parts = listed.filter(({ name, modified }) => !old.has(name) && readPartName(name) !== null && clock.now() - modified > WRITE_LIMIT * 1e3);
	await store.delete([...old, ...await orphans(store, parts)]);
}
/** Deletes everything of an app. The lock goes last: until then nobody else begins anything. */
async function deleteAll(store, app) {
	const names = (await store.list(parameterRoot(app))).map(({ name }) => name);
	const lock = lockParameter(app);
	await store.delete(names.filter((name) => name !== lock));
	await store.delete(names.filter((name) => name === lock));
}
function isOld(app, name, { deployment, release, settled }) {
	const [, kind, text] = /^(deployments|releases|cancel)\/(\d+)(?:\.|$)/.exec(name.slice(parameterRoot(app).length)) ?? [];
	const number = Number(text);
	if (kind === "releases") return number <= release - 10;
	if (kind === "cancel") return number <= settled;
	return kind === "deployments" && number <= Math.min(settled, deployment - 100);
}
/** The parts whose document is gone, or is of another value by now. */
async function orphans(store, parts) {
	const found = parts.map(({ name }) => ({
		name,
		...readPartName(name)
	}));
	const heads = await store.get([...new Set(found.map(({ head }) => head))]);
	return found.filter(({ head, hash }) => {
		const parameter = heads.get(head);
		return parameter === void 0 || readHead(head, parameter.value).hash !== hash;
	}).map(({ name }) => name);
}
// src/engine/ecs/parameters/variables-mirror.ts
const EMPTY$1 = {
	format: 1,
	variables: [],
	removed: {}
};
/** The mirror as it was read, or that of an app that has none yet. */
function readMirror(app, read) {
	const mirror = read ?? EMPTY$1;
	if (mirror.format !== EMPTY$1.format) throw newer(variablesParameter(app));
	return mirror;
}
function variablesOf({ variables }) {
	return variables.map(({ name, process, secret, version }) => ({
		name,
		process,
		secret,
		version
	}));
}
/** What a mirror becomes when these parameters are what there is. */
function mirrorOf(app, parameters, before) {
	const known = new Map(before.variables.map((variable) => [keyOf(variable), variable]));
	const variables = parameters.flatMap((parameter) => {
		const place = placeOf(app, parameter.name);
		if (place === null) return [];
		const key = keyOf(place);
		return mirrored({
			...place,
			...parameter,
			name: place.name
		}, known.get(key), before.removed[key] ?? 0);
	}).toSorted((one, other) => keyOf(one) < keyOf(other) ? -1 : 1);
	const present = new Set(variables.map(keyOf));
	const versions = [...Object.entries(before.removed), ...before.variables.map((variable) => [keyOf(variable), variable.version])];
	return {
		format: 1,
		variables,
		removed: Object.fromEntries(versions.filter(([key]) => !present.has(key)))
	};
}
function mirrored(parameter, known, removedAt) {
	const { name, process, modified } = parameter;
	if (known !== void 0 && modified < known.modified) return known;
	let floor = known?.floor ?? removedAt;
	const version = floor + parameter.version;
	if (known !== void 0 && modified !== known.modified && version <= known.version) floor = known.version;
	return {
		name,
		process,
		secret: parameter.type === "SecureString",
		version: floor + parameter.version,
		floor,
		modified
	};
}
/** Null: no variable's parameter. */
function placeOf(app, parameter) {
	const { all, processes } = variablePaths(app);
	if (parameter.startsWith(all)) {
		const name = parameter.slice(all.length);
		return name.includes("/") ? null : {
			name,
			process: null
		};
	}
	const [, process, name] = /^([^/]+)\/([^/]+)$/.exec(parameter.slice(processes.length)) ?? [];
	if (!parameter.startsWith(processes) || process === void 0) return null;
	return {
		name,
		process
	};
}
function keyOf({ name, process }) {
	return `${process ?? ""}/${name}`;
}
// src/engine/ecs/parameters/state.ts
const EMPTY = {
	format: 1,
	deployment: 0,
	release: 0,
	settled: 0,
	finished: null,
	processes: {},
	schedules: [],
	succeeded: {}
};
var States = class {
	#documents;
	constructor(account) {
		this.#documents = new Documents(account);
	}
	/** In one call, while neither is large. */
	async read(app) {
		const found = await this.#documents.read([stateParameter(app), variablesParameter(app)]);
		return {
			state: stateOf$1(app, found.get(stateParameter(app))),
			variables: variablesOf(readMirror(app, found.get(variablesParameter(app))))
		};
	}
	/** The change may be made more than once, and must come to the same then. Writes nothing when nothing changes. */
	async update(app, change) {
		return this.#documents.update(stateParameter(app), (state) => change(stateOf$1(app, state)));
	}
};
/** The state as it was read, or that of an app that has none yet. */
function stateOf$1(app, read) {
	const state = read ?? EMPTY;
	if (state.format !== EMPTY.format) throw newer(stateParameter(app));
	return state;
}
// src/engine/ecs/parameters/ledger.ts
/**
* The ledger in SSM: a document per deployment and per release, and the state. A deployment that had its turn ends with
* the write of the state. What is written before that, a release, counts only then; what is written after it, the
* deployment's own document, is read as the state has it until the next end writes it.
*/
var EcsLedger = class {
	#documents;
	#states;
	#clock;
	#memories = /* @__PURE__ */ new Map();
	constructor(account) {
		this.#documents = new Documents(account);
		this.#states = new States(account);
		this.#clock = account.clock;
	}
	async open(app, entry) {
		const state = await this.#state(app);
		for (let number = state.deployment + 1;; number++) {
			const deployment = {
				...entry,
				number,
				status: "queued",
				created_at: isoNow(this.#clock),
				started_at: null,
				finished_at: null,
				reason: null,
				release: null,
				record: null,
				nonce: randomUUID()
			};
			if (await this.#documents.create(deploymentParameter(app, number), deployment)) return shown(deployment, state);
			number = (await this.#from(app, number, number)).at(-1)?.number ?? number;
		}
	}
	async start(app, number) {
		const started_at = isoNow(this.#clock);
		await this.#change(app, number, (stored) => ({
			...stored,
			status: "running",
			started_at
		}));
	}
	async record(app, number, record) {
		await this.#change(app, number, (stored) => ({
			...stored,
			record
		}));
	}
	async finish(app, number, end) {
		const { state, stored } = await this.#readOne(app, deploymentParameter(app, number));
		if (stored === void 0) throw unknown$1(number);
		const finished = {
			number,
			status: end.outcome,
			finished_at: isoNow(this.#clock),
			reason: end.reason,
			release: end.release === null ? null : state.release + 1
		};
		if (stored.status === "queued" && end.release === null) {
			await this.#close(app, finished);
			return null;
		}
		const release = end.release && releaseOf(stored, finished, end.release);
		if (release !== null) await this.#documents.write(releaseParameter(app, release.number), release);
		const settled = await this.#settle(app, state, number);
		const memory = this.#memories.get(parameterRoot(app));
		await this.#states.update(app, (now) => applyEnd(applyMemory(now, memory), finished, settled));
		this.#forget(app, memory);
		await this.#close(app, finished);
		return release;
	}
	async taskSucceeded(app, task, fingerprint) {
		await this.#states.update(app, (state) => ({
			...state,
			succeeded: {
				...state.succeeded,
				[task]: fingerprint
			}
		}));
	}
	/** Keeps in mind what processes became, null for one that is gone, until the deployment ends. */
	remember(app, processes, schedules) {
		const key = parameterRoot(app);
		this.#memories.set(key, withMemory(this.#memories.get(key), processes, schedules));
	}
	/** Writes down what is kept in mind, for who has no deployment to end. */
	async flush(app) {
		const memory = this.#memories.get(parameterRoot(app));
		if (memory === void 0) return;
		await this.#states.update(app, (state) => applyMemory(state, memory));
		this.#forget(app, memory);
	}
	async deployment(app, number) {
		const { state, stored } = await this.#readOne(app, deploymentParameter(app, number));
		return stored === void 0 ? null : shown(stored, state);
	}
	async deployments(app, limit) {
		const state = await this.#state(app);
		const found = (await this.#from(app, state.deployment + 1, 0)).toReversed().slice(0, limit);
		const oldest = Math.max(1, state.deployment - 100 + 1);
		for (let top = state.deployment; found.length < limit && top >= oldest; top -= 10) {
			const bottom = Math.max(oldest, top - 10 + 1, top - (limit - found.length) + 1);
			found.push(...(await this.#range(app, bottom, top)).toReversed());
		}
		return found.slice(0, limit).map((stored) => shown(stored, state));
	}
	async unfinished(app) {
		const state = await this.#state(app);
		return (await this.#from(app, state.settled + 1, state.deployment)).map((stored) => shown(stored, state)).filter((deployment) => !isFinished(deployment));
	}
	async releases(app, limit) {
		const { release: newest } = await this.#state(app);
		const count = Math.min(limit, newest);
		const names = Array.from({ length: count }, (_, index) => releaseParameter(app, newest - index));
		const found = await this.#documents.read(names);
		return names.flatMap((name) => found.get(name) ?? []);
	}
	async release(app, number) {
		const { state, stored } = await this.#readOne(app, releaseParameter(app, number));
		return stored === void 0 || number > state.release ? null : stored;
	}
	/** Deletes the deployments and releases that are too old to be kept, and what writers left that died. */
	async prune(app) {
		await deleteOld(this.#documents.store, this.#clock, app, await this.#state(app));
	}
	/** Deletes every parameter of an app. */
	async removeAll(app) {
		this.#memories.delete(parameterRoot(app));
		await deleteAll(this.#documents.store, app);
	}
	async #state(app) {
		return (await this.#states.read(app)).state;
	}
	async #readOne(app, name) {
		const found = await this.#documents.read([stateParameter(app), name]);
		return {
			state: stateOf$1(app, found.get(stateParameter(app))),
			stored: found.get(name)
		};
	}
	/** Those of these numbers that there are, the oldest first. */
	async #range(app, from, to) {
		const names = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => deploymentParameter(app, from + index));
		const found = await this.#documents.read(names);
		return names.flatMap((name) => found.get(name) ?? []);
	}
	/** Those from a number on, the oldest first: up to one that is known, and as far as there are more. */
	async #from(app, first, known) {
		const found = [];
		for (let last = first + 10 - 1;; last += 10) {
			found.push(...await this.#range(app, last - 10 + 1, last));
			if (last >= known && found.at(-1)?.number !== last) return found;
		}
	}
	/**
	* Writes what the last end may have left unwritten, before the state forgets it, and says up to where all have ended
	* when this one has.
	*/
	async #settle(app, state, ending) {
		const { finished } = state;
		const ahead = Array.from({ length: 9 }, (_, index) => state.settled + 1 + index);
		const numbers = [.../* @__PURE__ */ new Set([...finished === null ? [] : [finished.number], ...ahead])];
		const read = [...(await this.#documents.read(numbers.map((each) => deploymentParameter(app, each)))).values()];
		const last = read.find((each) => each.number === finished?.number);
		if (finished !== null && last !== void 0 && !isFinished(last)) await this.#close(app, finished);
		return settledBy(state, ending, read.map((stored) => shown(stored, state)));
	}
	async #close(app, { number, ...end }) {
		await this.#change(app, number, (stored) => ({
			...stored,
			...end
		}));
	}
	async #change(app, number, change) {
		await this.#documents.update(deploymentParameter(app, number), (stored) => {
			if (stored === void 0) throw unknown$1(number);
			return change(stored);
		});
	}
	/** Unless more was remembered since. */
	#forget(app, memory) {
		if (this.#memories.get(parameterRoot(app)) === memory) this.#memories.delete(parameterRoot(app));
	}
};
function releaseOf({ by, title }, finished, release) {
	const { number: deployment, finished_at: created_at, release: number } = finished;
	return {
		...release,
		number,
		deployment,
		by,
		title,
		created_at
	};
}
function unknown$1(number) {
	return new NotFoundError(`there is no deployment #${number}`, { hint: "`gantry deployment list` shows what there is" });
}
// src/engine/ecs/parameters/lock-value.ts
function writeLock({ deployment, nonce }, takesOver) {
	const takes_over = takesOver && {
		version: takesOver.version,
		nonce: takesOver.nonce
	};
	return JSON.stringify({
		deployment,
		nonce,
		takes_over
	});
}
function readLock({ name, value, version, modified }) {
	try {
		const { deployment, nonce, takes_over } = JSON.parse(value);
		return {
			deployment,
			nonce,
			takes_over,
			version,
			modified
		};
	} catch {
		throw new UserError(`the lock ${name} cannot be read`, { hint: `when nothing is deployed, delete it: \`aws ssm delete-parameter --name ${name}\`` });
	}
}
function isExpired({ modified }, now) {
	return now - modified > 12e4;
}
/**
* Whether a write took the lock from the one before it. SSM numbers writes, and lets everybody write: of several that saw
* the lock expired, the one whose write came next has it. The nonce tells whether the number is still of the same lock,
* for it begins anew when a lock was given back and taken again.
*/
function tookOver(write, before) {
	const { version, takes_over } = write;
	return version === before.version + 1 && takes_over?.version === before.version && takes_over.nonce === before.nonce;
}
// src/engine/ecs/parameters/lease.ts
/** Seconds until a renewal that failed is tried again. */
const RETRY = 3;
/** The lock while it is ours: renewed again and again, until it is given back, lost, or cannot be renewed any more. */
var Lease = class {
	/** Fires when it is lost, or when its deployment is to stop; then it is renewed until it is given back. */
	signal;
	#options;
	#told = new AbortController();
	#lost = new AbortController();
	#released = new AbortController();
	#gone = new AbortController();
	/** Lost, or given back. */
	#over = AbortSignal.any([this.#lost.signal, this.#gone.signal]);
	#renewing;
	/** The last version that we wrote. */
	#version;
	/** Milliseconds since the epoch: from then on others may take it over. */
	#until;
	#problem = "it was not renewed in time";
	#release;
	constructor(options) {
		this.#options = options;
		this.#version = options.version;
		this.#until = options.since + 9e4;
		this.signal = this.#told.signal;
		this.#renewing = this.#renewRegularly();
		this.#watch();
	}
	release() {
		this.#release ??= this.#giveBack();
		return this.#release;
	}
	/** A renewal may hang; the lease ends nonetheless. */
	async #watch() {
		const { clock } = this.#options;
		while (!this.#over.aborted) {
			await clock.sleep((this.#until - clock.now()) / 1e3, this.#over);
			if (!this.#over.aborted && clock.now() >= this.#until) this.#lose(this.#problem);
		}
	}
	async #renewRegularly() {
		const { clock } = this.#options;
		const ended = AbortSignal.any([this.#lost.signal, this.#released.signal]);
		let pause = 20;
		for (;;) {
			await clock.sleep(pause, ended);
			if (ended.aborted) return;
			if (clock.now() >= this.#until) return this.#lose(this.#problem);
			try {
				await this.#renew();
				pause = 20;
			} catch (error) {
				this.#problem = messageOf(error);
				pause = RETRY;
			}
		}
	}
	async #renew() {
		const { store, clock, app, holder } = this.#options;
		const { lock, cancelled } = await this.#look();
		if (cancelled) this.#told.abort(new CancelledError(`deployment #${holder.deployment} was cancelled`));
		if (lock === null || !await this.#isOurs(lock)) return this.#lose("another deployment has it now");
		const since = clock.now();
		const version = await store.put(lockParameter(app), writeLock(holder, null), {
			overwrite: true,
			signal: this.#lost.signal
		});
		if (version !== lock.version + 1) {
			const between = await this.#written(lock.version + 1);
			if (between !== null && tookOver(between, lock)) return this.#lose("another deployment has it now");
		}
		this.#version = version;
		this.#until = since + 9e4;
	}
	/**
	* What stands there may be the write of somebody who came too late to take the lock over: then it is still ours, and
	* the next renewal puts that right. The write after our last one decides.
	*/
	async #isOurs(lock) {
		const { nonce } = this.#options.holder;
		if (lock.nonce === nonce) return true;
		if (lock.version <= this.#version) return false;
		const next = lock.version === this.#version + 1 ? lock : await this.#written(this.#version + 1);
		if (next === null) throw new Error("SSM does not show who wrote the lock");
		return !tookOver(next, {
			version: this.#version,
			nonce
		});
	}
	async #written(version) {
		const { store, app } = this.#options;
		const found = await store.version(lockParameter(app), version, this.#lost.signal);
		return found && readLock(found);
	}
	async #look() {
		const { store, app, holder } = this.#options;
		const names = [lockParameter(app), cancelParameter(app, holder.deployment)];
		const found = await store.get(names, { signal: this.#lost.signal });
		const lock = found.get(names[0]);
		return {
			lock: lock === void 0 ? null : readLock(lock),
			cancelled: found.has(names[1])
		};
	}
	async #giveBack() {
		this.#released.abort();
		await this.#renewing;
		try {
			if (!this.#lost.signal.aborted) await this.#delete();
		} catch {} finally {
			this.#gone.abort();
		}
	}
	async #delete() {
		const { store, clock, app, holder } = this.#options;
		const { lock, cancelled } = await this.#look();
		const names = cancelled ? [cancelParameter(app, holder.deployment)] : [];
		if (lock !== null && await this.#isOurs(lock) && clock.now() < this.#until) names.push(lockParameter(app));
		await store.delete(names, { signal: this.#lost.signal });
	}
	#lose(reason) {
		this.#lost.abort();
		this.#told.abort(new DeployError(`the lock of this deployment was lost: ${reason}`, { hint: "deploy again: what it had begun is found and finished" }));
	}
};
// src/engine/ecs/parameters/acquire.ts
/** How many deployments above one's own are looked at: with the lock and the wish to cancel, as many as one call takes. */
const LOOK_AHEAD = 8;
/** Seconds after which a deployment that never ended makes no other one out of date: its deployer is gone. */
const STALE = 3600;
const SHORTEST_PAUSE = 1;
const LONGEST_PAUSE$1 = 5;
/**
* Takes the lock of an app, or waits for it. Rejects with a CancelledError when the signal fires or somebody asked for it
* from elsewhere, and with a SupersededError when a newer deployment came.
*/
async function acquire(documents, clock, app, request) {
	const claim = new Claim(documents, clock, app, request);
	for (let poll = 0;; poll++) {
		try {
			const lease = await claim.try();
			if (lease !== null) return lease;
		} catch (error) {
			if (!request.signal.aborted && !(error instanceof ThrottledError)) throw error;
		}
		if (request.signal.aborted) throw cancelled();
		await clock.sleep(claim.pause(poll), request.signal);
		if (request.signal.aborted) throw cancelled();
	}
}
function cancelled() {
	return new CancelledError("cancelled while it waited for its turn");
}
var Claim = class {
	#documents;
	#clock;
	#app;
	#request;
	#holder;
	/** The lock as it was seen last. */
	#seen = null;
	/** When our last write of the lock was sent, in milliseconds since the epoch. */
	#sent = 0;
	constructor(documents, clock, app, request) {
		this.#documents = documents;
		this.#clock = clock;
		this.#app = app;
		this.#request = request;
		this.#holder = {
			deployment: request.deployment,
			nonce: randomUUID()
		};
	}
	/** Null: somebody else has it. */
	async try() {
		if (this.#seen === null) {
			const lease = await this.#create();
			if (lease !== null) return lease;
		}
		const wasHeld = this.#seen !== null;
		const seen = await this.#look();
		this.#seen = seen;
		if (seen === null) return wasHeld ? this.#create() : null;
		if (seen.nonce === this.#holder.nonce && seen.takes_over === null) {
			this.#sent = Math.min(this.#sent, seen.modified);
			return this.#lease(seen.version);
		}
		const lease = isExpired(seen, this.#clock.now()) ? await this.#takeOver(seen) : null;
		if (lease === null) this.#request.onWait(seen.deployment);
		return lease;
	}
	/** Seconds; each one who waits has a rhythm of its own. */
	pause(poll) {
		const jitter = .75 + Number.parseInt(this.#holder.nonce.slice(0, 4), 16) / 131071;
		return Math.min(LONGEST_PAUSE$1, SHORTEST_PAUSE * 1.5 ** poll) * jitter;
	}
	async #create() {
		const version = await this.#put(null);
		return version === null ? null : this.#lease(version);
	}
	async #takeOver(seen) {
		const { store } = this.#documents;
		const version = await this.#put(seen);
		if (version === 1) return this.#lease(version);
		const written = async (number) => {
			const found = await store.version(lockParameter(this.#app), number);
			return found && readLock(found).nonce;
		};
		return (version === seen.version + 1 || await written(seen.version + 1) === this.#holder.nonce) && await written(seen.version) === seen.nonce ? this.#lease(version) : null;
	}
	async #put(takesOver) {
		this.#sent = this.#clock.now();
		return this.#documents.store.put(lockParameter(this.#app), writeLock(this.#holder, takesOver), { overwrite: takesOver !== null });
	}
	#lease(version) {
		const { store } = this.#documents;
		return new Lease({
			store,
			clock: this.#clock,
			app: this.#app,
			holder: this.#holder,
			version,
			since: this.#sent
		});
	}
	/** The lock, read together with what may end the wait. */
	async #look() {
		const { deployment, supersedes, signal } = this.#request;
		const names = [lockParameter(this.#app), cancelParameter(this.#app, deployment)];
		const ahead = Array.from({ length: supersedes ? LOOK_AHEAD : 0 }, (_, index) => deploymentParameter(this.#app, deployment + 1 + index));
		const found = await this.#documents.store.get([...names, ...ahead], { signal });
		if (found.has(names[1])) {
			await this.#documents.store.delete([names[1]]);
			throw cancelled();
		}
		const successor = [...(await this.#documents.resolve(new Map([...found].filter(([name]) => ahead.includes(name))))).values()].find((each) => this.#isDue(each));
		if (successor !== void 0) throw superseded$1(successor.number);
		const lock = found.get(names[0]);
		return lock === void 0 ? null : readLock(lock);
	}
	#isDue(deployment) {
		const age = this.#clock.now() - Date.parse(deployment.created_at);
		return deployment.kind !== "operate" && !isFinished(deployment) && age < STALE * 1e3;
	}
};
// src/engine/ecs/parameters/lock.ts
/** The locks of apps: in turn in this process, and among all machines by a parameter in SSM. */
var Locks = class {
	#account;
	#documents;
	#queues = /* @__PURE__ */ new Map();
	constructor(account) {
		this.#account = account;
		this.#documents = new Documents(account);
	}
	async lock(app, request) {
		const asked = {
			...request,
			onWait: once(request.onWait)
		};
		const turn = await this.#queue(app).enter(asked);
		try {
			const lease = await acquire(this.#documents, this.#account.clock, app, asked);
			return {
				signal: lease.signal,
				release: async () => {
					await lease.release();
					await turn.release();
				}
			};
		} catch (error) {
			await turn.release();
			throw error;
		}
	}
	/** Asks a deployment to stop, wherever its deployer is. It sees so when it renews the lock, within 20 s. */
	async cancel(app, deployment) {
		await this.#documents.store.put(cancelParameter(app, deployment), isoNow(this.#account.clock), { overwrite: true });
	}
	#queue(app) {
		const key = parameterRoot(app);
		const queue = this.#queues.get(key) ?? new Queue();
		this.#queues.set(key, queue);
		return queue;
	}
};
function once(tell) {
	let told = false;
	return (holder) => {
		if (!told) tell(holder);
		told = true;
	};
}
// src/engine/ecs/parameters/variables.ts
/** Bytes: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LONGEST_VALUE = 8192;
/** How often the mirror is compared with the list, a second apart. */
const SYNC_ATTEMPTS = 30;
/**
* The variables that people set by hand: a parameter for each value, from where ECS gives it to containers, and the
* mirror, which tells what there is. A mirror that lags, because who set something died, is put right by the next one.
*/
var Variables = class {
	#documents;
	#store;
	#clock;
	constructor(account) {
		this.#documents = new Documents(account);
		this.#store = this.#documents.store;
		this.#clock = account.clock;
	}
	async set(app, variable) {
		checkValue(variable);
		const parameter = variableParameter(app, variable.process, variable.name);
		const type = variable.secret ? "SecureString" : "String";
		const stored = (await this.#store.get([parameter], { decrypt: true })).get(parameter);
		let version = stored?.version ?? 0;
		if (stored?.type !== type || !isSame(stored.value, variable.value)) {
			if (stored !== void 0 && stored.type !== type) await this.#store.delete([parameter]);
			version = await this.#put(parameter, variable.value, type);
		}
		await this.#sync(app, (all) => all.some((each) => each.name === parameter && each.type === type && each.version >= version));
	}
	/** False when there was none. */
	async unset(app, name, process) {
		const parameter = variableParameter(app, process, name);
		const deleted = await this.#store.delete([parameter]);
		const before = await this.#sync(app, (all) => all.every((each) => each.name !== parameter));
		return deleted.length > 0 || before.some((each) => each.name === name && each.process === process);
	}
	/** What is set by now, by whomever. Puts the mirror right. */
	async refresh(app) {
		await this.#sync(app, () => true);
		return variablesOf(await this.#mirror(app));
	}
	async #mirror(app) {
		const name = variablesParameter(app);
		return readMirror(app, (await this.#documents.read([name])).get(name));
	}
	async #put(parameter, value, type) {
		try {
			return await this.#store.put(parameter, value, {
				overwrite: true,
				type
			}) ?? 0;
		} catch (error) {
			if (error instanceof UserError) throw new UserError(error.message, { hint: error.hint });
			throw new UserError(`SSM refuses the value for ${parameter}`, { hint: "it takes text without {{ and }}; keep anything else in a file, or encode it as base64" });
		}
	}
	/**
	* Makes the mirror say what the list says, once that shows what was just done. Whoever writes lists again afterwards,
	* so that of two who set something at once the later one sees both. Resolves with what the mirror said at first.
	*/
	async #sync(app, shows) {
		let first;
		let written;
		for (let attempt = 1; attempt <= SYNC_ATTEMPTS; attempt++) {
			const mirror = await this.#mirror(app);
			first ??= variablesOf(mirror);
			const { all, processes } = variablePaths(app);
			const listed = [...await this.#store.list(all), ...await this.#store.list(processes)];
			if (shows(listed)) {
				const next = mirrorOf(app, listed, mirror);
				if ([mirror, written].some((each) => isDeepStrictEqual(next, each))) return first;
				await this.#documents.write(variablesParameter(app), next);
				written = next;
			} else await this.#clock.sleep(1);
		}
		throw new UserError("SSM does not show yet what was just changed", { hint: "it is stored; do the same again in a minute, so that deployments learn of it" });
	}
};
function checkValue({ name, value }) {
	if (value === "") throw new UserError(`${name} is empty, and SSM stores no empty values`, { hint: `unset it, or write \`env: {${name}: ""}\` into the config` });
	const bytes = Buffer.byteLength(value);
	if (bytes > LONGEST_VALUE) throw new UserError(`the value of ${name} has ${bytes} bytes, and SSM takes ${LONGEST_VALUE} at most`, { hint: "keep it in AWS Secrets Manager and name it under `secrets:` as secretsmanager:NAME" });
}
/** Takes as long for what is nearly right as for what is not. */
function isSame(one, other) {
	return timingSafeEqual(digest(one), digest(other));
}
function digest(value) {
	return createHash("sha256").update(value).digest();
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
// src/engine/ecs/network.ts
/** Where in the network the tasks of a component are. */
function networkOf({ name, placement }) {
	if (placement === null) throw new UserError(`nothing says in which subnets ${name} runs`, { hint: "describe it in the config, whose `ecs` settings say so" });
	return {
		subnets: placement.subnets,
		securityGroups: placement.security_groups,
		assignPublicIp: placement.assign_public_ip ? "ENABLED" : "DISABLED"
	};
}
// src/engine/ecs/tasks/request.ts
/** When a task has to have ended: seconds since the epoch. */
const DEADLINE = "gantry:deadline";
const DEPLOYMENT = "gantry:deployment";
const INITIATED_BY = "gantry:initiated-by";
/** How many seconds a task may take that nobody knew the start of: one that a schedule starts. */
const LIMIT = "gantry:limit";
/** Bytes that are 256 characters in base64, the longest value of a tag. */
const MOST_BYTES = 192;
/** What ECS is asked for to run a task once. */
function runInput(app, request, run) {
	const { spec, initiated_by, deployment } = request;
	return {
		...commonInput(app, spec, run),
		clientToken: run.clientToken,
		enableECSManagedTags: true,
		tags: tagsOf({
			...identity(app, "task", spec.name),
			[DEADLINE]: String(Math.ceil(run.deadline / 1e3)),
			...deployment !== null && { [DEPLOYMENT]: String(deployment) },
			[INITIATED_BY]: encoded(initiated_by)
		})
	};
}
/**
* What EventBridge Scheduler is to ask ECS for. It may do so twice, so the token is one for each time that is due; it
* fills in that time: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
*/
function scheduledRunInput(app, spec, run) {
	const name = createHash("sha256").update(taskFamily(app, spec.name)).digest("hex").slice(0, 16);
	return {
		...commonInput(app, spec, run),
		clientToken: `${name}-<aws.scheduler.scheduled-time>`,
		tags: tagsOf({
			...identity(app, "task", spec.name),
			[LIMIT]: String(Math.ceil(spec.max_hours * 3600))
		})
	};
}
function commonInput(app, spec, { cluster, revision }) {
	return {
		cluster,
		taskDefinition: revision,
		count: 1,
		capacityProviderStrategy: [{
			capacityProvider: "FARGATE",
			weight: 1
		}],
		networkConfiguration: { awsvpcConfiguration: networkOf(spec) },
		startedBy: startedBy(app)
	};
}
/** Whether tags say that what has them is of this app. */
function belongsTo({ name, environment }, tags) {
	const values = new Map(tags.map(({ key, value }) => [key, value]));
	return values.get(TAG.app) === name && values.get(TAG.environment) === environment;
}
/** When a described task has to have ended, in milliseconds since the epoch; null where nothing says so. */
function deadlineOf({ tags = [], createdAt }) {
	const values = new Map(tags.map(({ key, value }) => [key, value]));
	const deadline = seconds(values.get(DEADLINE));
	if (deadline !== null) return deadline;
	const limit = seconds(values.get(LIMIT));
	return limit === null || createdAt === void 0 ? null : createdAt.getTime() + limit;
}
function seconds(text) {
	return text !== void 0 && /^\d{1,12}$/.test(text) ? Number(text) * 1e3 : null;
}
/** Any text, in letters that a tag may have. */
function encoded(text) {
	let kept = "";
	let bytes = 0;
	for (const character of text.toWellFormed()) {
		bytes += Buffer.byteLength(character);
		if (bytes > MOST_BYTES) break;
		kept += character;
	}
	return Buffer.from(kept).toString("base64url");
}
// src/engine/ecs/schedules/target.ts
/** After so many seconds what was due is out of date. */
const LONGEST_RETRY = 3600;
/**
* A call of ECS as the target of a schedule. The members of its input begin with capital letters there, other than in
* ECS's own API: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
*
* Scheduler's own target for ECS is of less use: it needs the ARNs of the cluster and of the definition, and a task that
* it starts is not started by us, so that ListTasks does not find it.
*/
function ecsTarget(call, role, input) {
	return {
		Arn: `arn:aws:scheduler:::aws-sdk:ecs:${call}`,
		RoleArn: role,
		Input: JSON.stringify(capitalized(input)),
		RetryPolicy: {
			MaximumEventAgeInSeconds: LONGEST_RETRY,
			MaximumRetryAttempts: 10
		}
	};
}
/** What Gantry's schedules have in common: they start at the minute that they name. */
function scheduleInput(schedule) {
	return {
		FlexibleTimeWindow: { Mode: "OFF" },
		State: "ENABLED",
		...schedule
	};
}
function capitalized(value) {
	if (Array.isArray(value)) return value.map(capitalized);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.slice(0, 1).toUpperCase() + name.slice(1), capitalized(each)]));
}
// src/engine/ecs/schedules/schedules.ts
const PARALLEL$4 = 4;
/** Of a name that is cut, what all schedules of an app have in common: 64 characters without a hash. */
const COMMON = 55;
/** The scheduled tasks of apps, in EventBridge Scheduler. */
var Schedules = class {
	#account;
	#definitions;
	#logs;
	constructor(account, definitions, logs) {
		this.#account = account;
		this.#definitions = definitions;
		this.#logs = logs;
	}
	/**
	* Makes exactly these run, where `before` did; only what differs is written. Makes no call where there was and is none.
	*
	* Whoever calls it records `tasks` before: if it is killed on its way, the next one knows from that what to look after.
	*/
	async set(app, tasks, before) {
		const wanted = tasks.filter((task) => task.schedule !== null);
		if (wanted.length === 0 && before.length === 0) return;
		const there = await this.#names(app);
		const limit = pLimit(PARALLEL$4);
		await Promise.all(wanted.map((task) => limit(async () => {
			if (!there.has(scheduleName(app, task.name)) || !before.some((each) => isDeepStrictEqual(each, task))) await this.#put(app, task);
		})));
		const kept = new Set(wanted.map((task) => scheduleName(app, task.name)));
		const gone = [...there].filter((name) => !kept.has(name));
		await Promise.all(gone.map((name) => limit(() => this.#delete(name))));
	}
	/** Deletes all schedules of an app. */
	async remove(app) {
		for (const name of await this.#names(app)) await this.#delete(name);
	}
	async #put(app, task) {
		const input = await this.#inputOf(app, task);
		const scheduler = await this.#account.aws.scheduler();
		try {
			await scheduler.createSchedule(input).catch(async (error) => {
				if (!isNamed(error, "ConflictException")) throw error;
				await scheduler.updateSchedule(input);
			});
		} catch (error) {
			throw refused(error, task);
		}
	}
	async #inputOf(app, task) {
		const role = task.placement?.scheduler_role;
		if (!role) throw new UserError(`task ${task.name} has a schedule, and no role with which it can be started`, { hint: "name one in ecs.scheduler_role that EventBridge Scheduler can take on and that may run tasks" });
		const expression = eventBridgeCron(task.schedule);
		await this.#logs.ensureGroup(app);
		const { revision } = await this.#definitions.ensure(app, task, null);
		const run = scheduledRunInput(app, task, {
			cluster: this.#account.cluster,
			revision
		});
		return scheduleInput({
			Name: scheduleName(app, task.name),
			Description: `Task ${task.name} of ${app.name}, environment ${app.environment}`,
			ScheduleExpression: expression,
			ScheduleExpressionTimezone: task.timezone,
			Target: ecsTarget("runTask", role, run)
		});
	}
	async #delete(name) {
		const scheduler = await this.#account.aws.scheduler();
		try {
			await scheduler.deleteSchedule({ Name: name });
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, `delete the schedule ${name}`);
		}
	}
	/** The schedules of an app that there are. */
	async #names(app) {
		const scheduler = await this.#account.aws.scheduler();
		const prefix = taskFamily(app, "");
		const names = [];
		let token;
		try {
			do {
				const page = await scheduler.listSchedules({
					NamePrefix: prefix.slice(0, COMMON),
					...token !== void 0 && { NextToken: token }
				});
				names.push(...(page.Schedules ?? []).map(({ Name = "" }) => Name));
				token = page.NextToken;
			} while (token !== void 0);
			const own = prefix.length <= COMMON ? names : await this.#ownOf(app, names);
			return new Set(own);
		} catch (error) {
			throw problemOf(error, `list the schedules of ${app.name}`);
		}
	}
	async #ownOf(app, names) {
		const scheduler = await this.#account.aws.scheduler();
		const own = [];
		for (const name of names) {
			const { Target } = await scheduler.getSchedule({ Name: name });
			if (belongsTo(app, tagsOfTarget(Target?.Input ?? ""))) own.push(name);
		}
		return own;
	}
};
/** The tags in the input of a target; none where it is not one of ours. */
function tagsOfTarget(input) {
	try {
		const { Tags = [] } = JSON.parse(input);
		return Tags.map(({ Key, Value }) => ({
			key: Key,
			value: Value
		}));
	} catch {
		return [];
	}
}
function refused(error, task) {
	if (!isNamed(error, "ValidationException", "ServiceQuotaExceededException", "UnknownOperationException")) return problemOf(error, `schedule task ${task.name}`);
	const why = messageOf(error);
	return new UserError(`could not schedule task ${task.name}: ${why}`, {
		hint: /role/i.test(why) ? "the trust policy of ecs.scheduler_role must let scheduler.amazonaws.com take it on" : void 0,
		cause: error
	});
}
// src/engine/ecs/services/stopped.ts
/** By its stop code: nothing that the task could help, or what somebody wanted. */
const NOT_ITS_FAULT = /* @__PURE__ */ new Set([
	"UserInitiated",
	"SpotInterruption",
	"TerminationNotice",
	"InfrastructureHealth"
]);
/** That capacity is missing says nothing about a task. */
const NO_CAPACITY = /capacity is unavailable|no \S*\s?capacity/i;
function idOf(task) {
	const arn = task.taskArn ?? "";
	return arn.slice(arn.lastIndexOf("/") + 1);
}
/** Whether its containers run no more, and how they ended is known. */
function isOver({ lastStatus, executionStoppedAt }) {
	return lastStatus === "STOPPED" || executionStoppedAt !== void 0;
}
/**
* Whether it ended because of what it is: it could not start, its program ended, or a health check failed. The scheduler
* stops tasks for that and for scaling alike; only the reason tells.
*/
function hasFailed(task) {
	const { stopCode = "", stoppedReason = "" } = task;
	if (!isOver(task) || NOT_ITS_FAULT.has(stopCode) || NO_CAPACITY.test(stoppedReason)) return false;
	return stopCode !== "ServiceSchedulerInitiated" || /health check|unhealthy/i.test(stoppedReason);
}
function lacksCapacity(text) {
	return NO_CAPACITY.test(text) || /unable to place a task.*capacity/i.test(text);
}
/** Seconds that its containers ran; 0 when they never did. */
function lifeOf({ startedAt, stoppingAt, executionStoppedAt, stoppedAt }) {
	const end = stoppingAt ?? executionStoppedAt ?? stoppedAt;
	if (startedAt === void 0 || end === void 0) return 0;
	return Math.max(0, (end.getTime() - startedAt.getTime()) / 1e3);
}
function endingOf(task) {
	const container = mainOf$1(task);
	const said = [task.stoppedReason, container?.reason].filter((text) => text !== void 0 && text !== "");
	return {
		reason: [...new Set(said)].join(": "),
		exit_code: container?.exitCode ?? null
	};
}
/** How it ended, in a few words: `exit code 1`, `Task failed ELB health checks`, `CannotPullContainerError: …`. */
function describeEnding(task) {
	const { reason, exit_code } = endingOf(task);
	if (exit_code === null || !reason.startsWith("Essential container in task exited")) return reason || "stopped";
	const more = mainOf$1(task)?.reason;
	return `exit code ${exit_code}${more === void 0 || more === "" ? "" : `: ${more}`}`;
}
/** What endings have in common that differ only in what is told apart by numbers, such as targets and request ids. */
function causeOf(task) {
	const { reason, exit_code } = endingOf(task);
	return `${exit_code} ${reason.replaceAll(/\([^)]*\)/g, "").replaceAll(/[0-9a-f-]{8,}|\d[\d.:]*/g, "#")}`;
}
function mainOf$1({ containers = [] }) {
	return containers.find((each) => each.name === "main") ?? containers[0];
}
// src/engine/ecs/services/patience.ts
/** Seconds. */
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 30;
/**
* Makes a call again, with growing pauses, while AWS is too busy for it or out of reach. The clients have retried by
* then: this is for the minutes that a large rollout may be throttled for.
*/
async function patiently({ clock, until, signal }, call) {
	for (let pause = FIRST_PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) try {
		return await call();
	} catch (error) {
		if (!isBusy(error) || clock.now() >= until || signal?.aborted) throw error;
		await clock.sleep(pause, signal);
		if (signal?.aborted) throw error;
	}
}
function throwIfAborted(signal) {
	if (signal?.aborted) throw new CancelledError("cancelled");
}
/** Gives up waiting for something as soon as the signal fires; that itself goes on. */
async function unlessAborted(work, signal) {
	throwIfAborted(signal);
	if (signal === void 0) return work;
	const { promise: aborted, reject } = Promise.withResolvers();
	const onAbort = () => reject(new CancelledError("cancelled"));
	signal.addEventListener("abort", onAbort);
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener("abort", onAbort);
	}
}
// src/engine/ecs/services/describe.ts
/** DescribeServices takes so many names: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const PAGE$5 = 10;
const PARALLEL$3 = 4;
/** Seconds between two looks at services that somebody waits for. */
const TICK$2 = 2;
/** Seconds for which AWS may be too busy to answer one. */
const LONGEST_REFUSAL$1 = 600;
/** Services by name, with their tags. One that is not there is not in the answer; one that is deleted may be. */
async function describeServices({ aws, cluster }, names, signal) {
	const ecs = await aws.ecs();
	const limit = pLimit(PARALLEL$3);
	const pages = await Promise.all(chunks([...new Set(names)], PAGE$5).map((services) => limit(() => ecs.describeServices({
		cluster,
		services,
		include: ["TAGS"]
	}, signal && { abortSignal: signal }))));
	const refused = pages.flatMap((page) => page.failures ?? []).find((each) => each.reason !== "MISSING");
	if (refused !== void 0) throw new UserError(`ECS does not show service ${refused.arn ?? ""}: ${refused.reason ?? ""}`);
	return new Map(pages.flatMap((page) => page.services ?? []).map((each) => [each.serviceName, each]));
}
/** Looks at services again and again for all who wait for one, with one round of calls a tick for all of them. */
var Looks = class {
	#account;
	#names = /* @__PURE__ */ new Set();
	#next = null;
	constructor(account) {
		this.#account = account;
	}
	/** What the service is at the next tick; null when there is none. */
	async next(service) {
		this.#names.add(service);
		this.#next ??= this.#look();
		return (await this.#next).get(service) ?? null;
	}
	async #look() {
		const { clock } = this.#account;
		await clock.sleep(TICK$2);
		const names = [...this.#names];
		this.#names.clear();
		this.#next = null;
		return patiently({
			clock,
			until: clock.now() + LONGEST_REFUSAL$1 * 1e3
		}, () => describeServices(this.#account, names));
	}
};
function chunks(all, size) {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
// src/engine/ecs/services/task-list.ts
/** DescribeTasks takes so many: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const PAGE$4 = 100;
/**
* ARNs of the tasks that a service wants to be in this state; those on their way out are STOPPED. Of the stopped ones, which
* ECS shows for an hour, one page.
*/
async function listTasks({ aws, cluster }, serviceName, desiredStatus) {
	const ecs = await aws.ecs();
	const found = [];
	let nextToken;
	try {
		do {
			const page = await ecs.listTasks({
				cluster,
				serviceName,
				desiredStatus,
				nextToken
			});
			found.push(...page.taskArns ?? []);
			nextToken = desiredStatus === "RUNNING" ? page.nextToken : void 0;
		} while (nextToken !== void 0);
	} catch (error) {
		if (!isNamed(error, "ServiceNotFoundException", "ServiceNotActiveException")) throw error;
	}
	return found;
}
/** Tasks that ECS does not know any more are left out. */
async function describeTasks({ aws, cluster }, arns) {
	const ecs = await aws.ecs();
	return (await Promise.all(chunks(arns, PAGE$4).map((tasks) => ecs.describeTasks({
		cluster,
		tasks
	})))).flatMap((page) => page.tasks ?? []);
}
// src/engine/ecs/services/instances.ts
const PARALLEL$2 = 4;
/**
* The instances of services, by process: two ListTasks for each service, and one DescribeTasks for a hundred tasks of all.
* Where none runs, the one that failed last stands for them.
*/
async function instancesOf(account, services) {
	const limit = pLimit(PARALLEL$2);
	const listed = await Promise.all(services.map(({ service }) => limit(async () => [...await listTasks(account, service, "RUNNING"), ...await listTasks(account, service, "STOPPED")])));
	const tasks = new Map((await describeTasks(account, listed.flat())).map((task) => [task.taskArn, task]));
	return new Map(services.map((service, index) => {
		const own = listed[index].map((arn) => tasks.get(arn)).filter((task) => task !== void 0);
		return [service.process, instances(service, own)];
	}));
}
function instances({ process, port }, tasks) {
	const alive = tasks.filter((task) => task.lastStatus !== "STOPPED");
	const last = tasks.filter((task) => task.lastStatus === "STOPPED" && hasFailed(task)).reduce((one, other) => endOf(one) > endOf(other) ? one : other, null);
	return (alive.length === 0 && last !== null ? [last] : alive).toSorted((one, other) => beginOf(one) - beginOf(other)).map((task) => ({
		id: instanceName(process, idOf(task)),
		state: stateOf(task),
		since: new Date(beginOf(task)).toISOString(),
		pid: null,
		address: task.lastStatus === "STOPPED" ? null : addressOf(task, port),
		image: mainOf$1(task)?.image ?? "",
		restarts: 0,
		last_exit: last === null ? null : describeEnding(last)
	}));
}
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
function stateOf({ lastStatus, healthStatus }) {
	switch (lastStatus) {
		case "RUNNING": return healthStatus === "UNHEALTHY" ? "unhealthy" : "up";
		case "DEACTIVATING":
		case "STOPPING":
		case "DEPROVISIONING": return "stopping";
		case "STOPPED":
		case "DELETED": return "exited";
		default: return "starting";
	}
}
/** `10.0.3.17:3000`; null without a port, and before the task has an address. */
function addressOf(task, port) {
	const address = mainOf$1(task)?.networkInterfaces?.[0]?.privateIpv4Address;
	return port === null || address === void 0 ? null : `${address}:${port}`;
}
function beginOf({ startedAt, createdAt }) {
	return (startedAt ?? createdAt)?.getTime() ?? 0;
}
function endOf(task) {
	return task?.stoppedAt?.getTime() ?? 0;
}
// src/engine/ecs/definition/read.ts
/** What ECS does where a definition says nothing. */
const DEFAULT_STOP_TIMEOUT = 30;
/** GB that come anyway. */
const FREE_STORAGE = 20;
/**
* The fields of a process that are in its task definition. What the label says holds where it gives what is really
* there; where somebody has changed that, or there is no label, what is there wins.
*/
function readProcessDefinition(definition) {
	const container = mainOf(definition);
	const said = readLabel(container.dockerLabels?.[LABEL.spec]);
	const port = container.portMappings?.[0]?.containerPort ?? null;
	return {
		image: readImage(said, container.image ?? ""),
		command: readCommand(said, container),
		restarts: said.restarts ?? 0,
		cpu: Number(definition.cpu ?? container.cpu ?? 0),
		memory: Number(definition.memory ?? container.memory ?? container.memoryReservation ?? 0),
		ephemeral_storage_gb: readStorage(definition),
		expose: said.expose ?? "none",
		port,
		env: readEnv(said, container, port),
		...readSecrets(said, container),
		health_check: readHealthCheck(said, container),
		stop_timeout: readStopTimeout(said, container),
		ecs: said.ecs ?? {
			target_group: null,
			service: null,
			health_check_grace_period: null
		},
		placement: readPlacement(said, definition)
	};
}
function mainOf({ containerDefinitions = [] }) {
	return containerDefinitions.find((each) => each.name === "main") ?? containerDefinitions.find((each) => each.essential !== false) ?? {};
}
function readImage({ image }, reference) {
	if (image?.kind === "built" && image.digest !== null && reference.endsWith(`@${image.digest}`)) return image;
	return {
		kind: "pinned",
		reference
	};
}
function readCommand({ command }, container) {
	const words = [...container.entryPoint ?? [], ...container.command ?? []];
	const real = words.length === 0 ? null : words;
	if (command === void 0 || command === null) return real;
	return isDeepStrictEqual(argv(command), real) ? command : real;
}
function readStorage({ ephemeralStorage }) {
	const size = ephemeralStorage?.sizeInGiB ?? 0;
	return size > FREE_STORAGE ? size : null;
}
function readEnv({ env, secrets = {}, variables = {}, port: saidPort = null }, container, port) {
	const real = Object.fromEntries((container.environment ?? []).map(({ name = "", value = "" }) => [name, value]));
	const rendered = env && renderEnvironment({
		env,
		secrets,
		variables,
		port: saidPort
	});
	if (env !== void 0 && isDeepStrictEqual(rendered, real)) return env;
	const given = port !== null && real["PORT"] === String(port) && !Object.hasOwn(env ?? {}, "PORT");
	return Object.fromEntries(Object.entries(real).filter(([name]) => !(given && name === "PORT")));
}
function readSecrets(said, { secrets: real = [] }) {
	const secrets = [];
	const variables = [];
	for (const { name = "", valueFrom = "" } of real) {
		const version = valueOf(said.variables, name);
		const reference = valueOf(said.secrets, name);
		const byHand = version !== void 0 && isVariable(name, valueFrom);
		if (byHand) variables.push([name, version]);
		if (reference !== void 0 && leadsTo(reference, name, valueFrom)) secrets.push([name, reference]);
		else if (!byHand) secrets.push([name, referenceOf(valueFrom)]);
	}
	return {
		secrets: Object.fromEntries(secrets),
		variables: Object.fromEntries(variables)
	};
}
function readHealthCheck({ health_check = null }, { healthCheck }) {
	const real = checkOf(healthCheck);
	if (isDeepStrictEqual(renderHealthCheck(health_check), real)) return health_check;
	if (real === null) return null;
	const [how, ...words] = real.command;
	return {
		path: null,
		command: how === "CMD-SHELL" ? words.join(" ") : words,
		tcp: false,
		interval: real.interval,
		timeout: real.timeout,
		retries: real.retries,
		start_period: real.startPeriod
	};
}
function checkOf(check) {
	const { command = [], interval = 30, timeout = 5, retries = 3, startPeriod = 0 } = check ?? {};
	return command.length === 0 || command[0] === "NONE" ? null : {
		command,
		interval,
		timeout,
		retries,
		startPeriod
	};
}
function readStopTimeout({ stop_timeout }, { stopTimeout }) {
	const real = stopTimeout ?? DEFAULT_STOP_TIMEOUT;
	return stop_timeout !== void 0 && Math.ceil(stop_timeout) === real ? stop_timeout : real;
}
function readPlacement({ placement }, definition) {
	const execution = definition.executionRoleArn ?? null;
	const task = definition.taskRoleArn ?? null;
	return {
		subnets: placement?.subnets ?? [],
		security_groups: placement?.security_groups ?? [],
		assign_public_ip: placement?.assign_public_ip ?? false,
		namespace: placement?.namespace ?? null,
		execution_role: roleOf(placement?.execution_role, execution),
		task_role: roleOf(placement?.task_role, task),
		scheduler_role: placement?.scheduler_role ?? null,
		architecture: definition.runtimePlatform?.cpuArchitecture === ARCHITECTURES.arm64 ? "arm64" : "x86_64"
	};
}
function roleOf(said, real) {
	return said !== void 0 && sameRole(said, real) ? said : real;
}
function valueOf(record, name) {
	return record !== void 0 && Object.hasOwn(record, name) ? record[name] : void 0;
}
// src/engine/ecs/services/autoscaling.ts
/** DescribeScalableTargets takes so many ids, and lists as many. */
const PAGE$3 = 50;
const METRICS = {
	cpu: "ECSServiceAverageCPUUtilization",
	memory: "ECSServiceAverageMemoryUtilization"
};
/** Null: the number of instances is not the autoscaler's. */
function scalingOf(spec) {
	if (!isAutoscaled(spec)) return null;
	const scaling = {
		...bounds$1(spec),
		suspended: false,
		thresholds: {
			cpu: spec.autoscaling_cpu_threshold,
			memory: spec.autoscaling_memory_threshold
		}
	};
	return spec.disabled ? suspended(scaling) : scaling;
}
/** Without a least number either: that one the autoscaler makes true when it is told, suspended or not. */
function suspended(scaling) {
	return {
		...scaling,
		min: 0,
		suspended: true
	};
}
/** Whether there may be a target of these counts: those that are kept while it is being told have no thresholds. */
function mayScale({ scale_count, scale_type }) {
	return scale_count > 0 && scale_type !== "none";
}
/** Scalable targets of services and their policies. An endpoint may not have this API at all. */
var Autoscaling = class {
	#account;
	/** Known after the first call. */
	#available = null;
	constructor(account) {
		this.#account = account;
	}
	/** Targets by the name of the service; null where there is no such API. */
	async targets(services) {
		return this.#ifAvailable(async () => {
			const api = await this.#account.aws.autoscaling();
			const found = (await Promise.all(chunks(services, PAGE$3).map((each) => api.describeScalableTargets({
				ServiceNamespace: "ecs",
				ScalableDimension: DIMENSION,
				ResourceIds: each.map((service) => this.#resource(service))
			})))).flatMap((page) => page.ScalableTargets ?? []);
			return new Map(found.map((target) => [target.ResourceId.split("/").at(-1), readTarget(target)]));
		});
	}
	/** Percent per metric, as the policies that Gantry made say; null where there is no such API. */
	async thresholds(service) {
		const policies = await this.#ifAvailable(() => this.#policies(service));
		return policies && {
			cpu: thresholdOf(policies, "cpu"),
			memory: thresholdOf(policies, "memory")
		};
	}
	/** Whether there is such an API: what would be its business is otherwise ours. */
	async available() {
		if (this.#available === null) await this.targets(["-"]);
		return this.#available ?? false;
	}
	/**
	* Makes the autoscaler do this for a service, and nothing with null. Writes only what differs; may be repeated.
	* False: there is no such API here.
	*/
	async apply(service, wanted) {
		const targets = await this.targets([service]);
		if (targets === null) return false;
		const target = targets.get(service);
		if (wanted === null) {
			if (target !== void 0) await this.#deregister(service);
			return true;
		}
		if (!isLike(target, wanted)) await this.#register(service, wanted);
		const policies = await this.#policies(service);
		for (const metric of Object.keys(METRICS)) await this.#setPolicy(service, metric, thresholdOf(policies, metric), wanted.thresholds[metric]);
		return true;
	}
	async #register(service, { min, max, suspended }) {
		await (await this.#account.aws.autoscaling()).registerScalableTarget({
			...this.#key(service),
			MinCapacity: min,
			MaxCapacity: max,
			SuspendedState: {
				DynamicScalingInSuspended: suspended,
				DynamicScalingOutSuspended: suspended,
				ScheduledScalingSuspended: suspended
			}
		});
	}
	/** Deletes its policies with it, and their alarms. */
	async #deregister(service) {
		const api = await this.#account.aws.autoscaling();
		try {
			await api.deregisterScalableTarget(this.#key(service));
		} catch (error) {
			if (!isNamed(error, "ObjectNotFoundException")) throw error;
		}
	}
	async #policies(service) {
		const { ScalingPolicies = [] } = await (await this.#account.aws.autoscaling()).describeScalingPolicies({
			ServiceNamespace: "ecs",
			ScalableDimension: DIMENSION,
			ResourceId: this.#resource(service)
		});
		return ScalingPolicies;
	}
	async #setPolicy(service, metric, now, wanted) {
		if (now === wanted) return;
		const api = await this.#account.aws.autoscaling();
		const policy = {
			...this.#key(service),
			PolicyName: policyName(metric)
		};
		if (wanted !== null) {
			await api.putScalingPolicy({
				...policy,
				PolicyType: "TargetTrackingScaling",
				TargetTrackingScalingPolicyConfiguration: {
					TargetValue: wanted,
					PredefinedMetricSpecification: { PredefinedMetricType: METRICS[metric] }
				}
			});
			return;
		}
		try {
			await api.deleteScalingPolicy(policy);
		} catch (error) {
			if (!isNamed(error, "ObjectNotFoundException")) throw error;
		}
	}
	async #ifAvailable(call) {
		if (this.#available === false) return null;
		try {
			const answer = await call();
			this.#available = true;
			return answer;
		} catch (error) {
			if (!isNamed(error, "UnknownOperationException", "UnknownOperation")) throw error;
			this.#available = false;
			return null;
		}
	}
	#key(service) {
		return {
			ServiceNamespace: "ecs",
			ScalableDimension: DIMENSION,
			ResourceId: this.#resource(service)
		};
	}
	/** Takes the name of a cluster, where an account may give its ARN. */
	#resource(service) {
		return `service/${this.#account.cluster.split("/").at(-1)}/${service}`;
	}
};
const DIMENSION = "ecs:service:DesiredCount";
function policyName(metric) {
	return `gantry-${metric}`;
}
function thresholdOf(policies, metric) {
	return policies.find((each) => each.PolicyName === policyName(metric))?.TargetTrackingScalingPolicyConfiguration?.TargetValue ?? null;
}
function readTarget({ MinCapacity, MaxCapacity, SuspendedState }) {
	return {
		min: MinCapacity,
		max: MaxCapacity,
		suspended: SuspendedState?.DynamicScalingOutSuspended ?? false
	};
}
function isLike(target, { min, max, suspended }) {
	return target?.min === min && target.max === max && target.suspended === suspended;
}
// src/engine/ecs/services/shape.ts
/** `revision`: `family:n`. A family alone would mean whatever its latest revision is. */
function shapeOf(spec, revision) {
	const { overlap, on_failure: onFailure } = spec.rollout;
	const loadBalancers = loadBalancersOf(spec);
	return {
		taskDefinition: revision,
		capacityProviderStrategy: strategyOf(spec),
		deploymentConfiguration: {
			deploymentCircuitBreaker: {
				enable: true,
				rollback: onFailure === "rollback"
			},
			minimumHealthyPercent: overlap ? 100 : 0,
			maximumPercent: overlap ? 200 : 100
		},
		availabilityZoneRebalancing: overlap ? "ENABLED" : "DISABLED",
		networkConfiguration: { awsvpcConfiguration: networkOf(spec) },
		loadBalancers,
		healthCheckGracePeriodSeconds: loadBalancers.length === 0 ? 0 : spec.ecs.health_check_grace_period ?? 0,
		serviceConnectConfiguration: serviceConnectOf(spec),
		enableECSManagedTags: true,
		propagateTags: "NONE"
	};
}
/**
* The members of an UpdateService that bring a service into this shape: only what differs, for several start a new
* deployment; and what is to go by the explicit values without which it would stay.
*/
function updateOf(service, shape) {
	const actual = actualShape(service, primaryOf(service));
	const changes = {};
	if (!sameStrategy(actual.capacityProviderStrategy, shape.capacityProviderStrategy)) {
		changes.capacityProviderStrategy = shape.capacityProviderStrategy;
		changes.forceNewDeployment = true;
	}
	for (const member of COMPARED) if (!isDeepStrictEqual(actual[member], canonical(shape)[member])) Object.assign(changes, { [member]: shape[member] });
	return changes;
}
/** Members of UpdateService that start a new deployment, of those that we send; the API reference says so of each. */
const DEPLOYING = [
	"forceNewDeployment",
	"loadBalancers",
	"networkConfiguration",
	"serviceConnectConfiguration",
	"taskDefinition"
];
function startsDeployment(changes) {
	return DEPLOYING.some((member) => changes[member] !== void 0);
}
const COMPARED = [
	"availabilityZoneRebalancing",
	"deploymentConfiguration",
	"enableECSManagedTags",
	"healthCheckGracePeriodSeconds",
	"loadBalancers",
	"networkConfiguration",
	"propagateTags",
	"serviceConnectConfiguration",
	"taskDefinition"
];
/** Members of CreateService. What is empty is left out: ECS refuses some of it where there is nothing to say. */
function createOf(shape) {
	const { loadBalancers, healthCheckGracePeriodSeconds, serviceConnectConfiguration, ...others } = shape;
	return {
		...others,
		...loadBalancers.length > 0 && {
			loadBalancers,
			healthCheckGracePeriodSeconds
		},
		...serviceConnectConfiguration.enabled && { serviceConnectConfiguration }
	};
}
/**
* How many instances a process is to have, of whose service so many are wanted now. Where an autoscaler works that is
* for it to say, within its bounds.
*/
function countOf(spec, current, scales) {
	if (spec.disabled) return 0;
	const { min, max } = bounds$1(spec);
	return scales && isAutoscaled(spec) ? Math.min(Math.max(current, min), max) : min;
}
function primaryOf(service) {
	return service.deployments?.find((each) => each.status === "PRIMARY");
}
/** `family:n` of what a service runs, or is on its way to. */
function revisionOf(service) {
	return revisionName(primaryOf(service)?.taskDefinition ?? service.taskDefinition ?? "");
}
/** `family:n` of an ARN or of itself. */
function revisionName(taskDefinition) {
	return taskDefinition.slice(taskDefinition.lastIndexOf("/") + 1);
}
function loadBalancersOf({ ecs, port }) {
	if (ecs.target_group === null || port === null) return [];
	return [{
		targetGroupArn: ecs.target_group,
		containerName: CONTAINER,
		containerPort: port
	}];
}
/** In a namespace every process can call the others; those that are `expose: private` can be called, by their name. */
function serviceConnectOf({ name, expose, port, placement }) {
	if (!placement?.namespace) return { enabled: false };
	const { namespace } = placement;
	if (expose !== "private" || port === null) return {
		enabled: true,
		namespace
	};
	return {
		enabled: true,
		namespace,
		services: [{
			portName: PORT_NAME,
			discoveryName: name,
			clientAliases: [{
				port,
				dnsName: name
			}]
		}]
	};
}
/** A described service, with the defaults that AWS leaves out and without what Gantry has no say in. */
function actualShape(service, primary) {
	const { networkConfiguration, deploymentConfiguration } = service;
	const network = networkConfiguration?.awsvpcConfiguration;
	const breaker = deploymentConfiguration?.deploymentCircuitBreaker;
	return canonical({
		taskDefinition: revisionOf(service),
		capacityProviderStrategy: service.capacityProviderStrategy ?? [],
		deploymentConfiguration: {
			deploymentCircuitBreaker: {
				enable: breaker?.enable ?? false,
				rollback: breaker?.rollback ?? false
			},
			minimumHealthyPercent: deploymentConfiguration?.minimumHealthyPercent,
			maximumPercent: deploymentConfiguration?.maximumPercent
		},
		availabilityZoneRebalancing: service.availabilityZoneRebalancing ?? "DISABLED",
		networkConfiguration: { awsvpcConfiguration: {
			subnets: network?.subnets ?? [],
			securityGroups: network?.securityGroups ?? [],
			assignPublicIp: network?.assignPublicIp ?? "DISABLED"
		} },
		loadBalancers: (service.loadBalancers ?? []).map(({ targetGroupArn, containerName, containerPort }) => ({
			targetGroupArn,
			containerName,
			containerPort
		})),
		healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
		serviceConnectConfiguration: connectShape(primary?.serviceConnectConfiguration),
		enableECSManagedTags: service.enableECSManagedTags ?? false,
		propagateTags: service.propagateTags ?? "NONE"
	});
}
function connectShape(actual) {
	if (!actual?.enabled) return { enabled: false };
	const { namespace, services = [] } = actual;
	if (services.length === 0) return {
		enabled: true,
		namespace
	};
	return {
		enabled: true,
		namespace,
		services: services.map(({ portName, discoveryName, clientAliases = [] }) => ({
			portName,
			discoveryName,
			clientAliases: clientAliases.map(({ port, dnsName }) => ({
				port,
				dnsName
			}))
		}))
	};
}
/** Sets in one order, so that they can be compared. */
function canonical(shape) {
	const network = shape.networkConfiguration.awsvpcConfiguration;
	return {
		...shape,
		networkConfiguration: { awsvpcConfiguration: {
			...network,
			subnets: network.subnets.toSorted(),
			securityGroups: network.securityGroups?.toSorted()
		} }
	};
}
// src/engine/ecs/services/service-state.ts
/**
* The state of a process from what its service, its tags and its definition say. Where the service itself is not what
* the tags ask for, it is right: another hand, or a deployer that died between two writes.
*/
function processState(service, tags, definition, scaled) {
	const disabled = isStopped$1(service, tags);
	const spec = {
		name: tags.process,
		...definition,
		...countsOf(service, tags.counts, disabled, scaled),
		disabled,
		rollout: tags.rollout
	};
	return {
		spec,
		owned: ownedFields({
			...spec,
			...tags.counts,
			disabled: tags.disabled
		}, tags.owned),
		origin: tags.origin
	};
}
/** A definition with what its service says of the fields that are not in a task definition of ECS. */
function withServiceFields(app, service, process, said) {
	const network = service.networkConfiguration?.awsvpcConfiguration;
	const connect = primaryOf(service)?.serviceConnectConfiguration;
	const { ecs, placement } = said;
	return {
		...said,
		ecs: {
			target_group: service.loadBalancers?.[0]?.targetGroupArn ?? null,
			service: serviceName(app, process, ecs.service) === service.serviceName ? ecs.service : mapped(app, service, process),
			health_check_grace_period: gracePeriod(service, ecs.health_check_grace_period)
		},
		placement: placement && {
			...placement,
			subnets: sameSet(placement.subnets, network?.subnets ?? []),
			security_groups: sameSet(placement.security_groups, network?.securityGroups ?? []),
			assign_public_ip: network?.assignPublicIp === "ENABLED",
			namespace: connect?.enabled ? connect.namespace ?? null : null
		}
	};
}
/** Whether it runs one thing and nothing else: one deployment, whose rollout has completed. */
function isSettled(service) {
	const states = service.deployments?.map((each) => rolloutState(service, each)) ?? [];
	return states.length === 1 && states[0] === "COMPLETED";
}
/** Whether a deployment goes on. One that has failed and was kept does not. */
function isMoving(service) {
	const primary = primaryOf(service);
	return primary !== void 0 && rolloutState(service, primary) === "IN_PROGRESS";
}
/** Not every endpoint says how a rollout stands; then the counts must do. */
function rolloutState({ runningCount, desiredCount }, { rolloutState: state }) {
	return state ?? (runningCount === desiredCount ? "COMPLETED" : "IN_PROGRESS");
}
/** Without instances a process is stopped, whoever did it: unless none were asked for anyway. */
function isStopped$1({ desiredCount = 0 }, { disabled, counts }) {
	return desiredCount === 0 && (disabled || bounds$1(counts).min > 0);
}
function countsOf({ capacityProviderStrategy = [], desiredCount = 0 }, kept, stopped, { target, thresholds }) {
	const read = (count) => ({
		...kept,
		...readCounts$1(capacityProviderStrategy, count, kept)
	});
	if (target) {
		const counts = stopped || target.min === bounds$1(kept).min ? kept : read(target.min);
		return {
			...counts,
			scale_count: target.max - bounds$1(counts).min,
			...thresholds !== null && {
				autoscaling_cpu_threshold: thresholds.cpu,
				autoscaling_memory_threshold: thresholds.memory
			}
		};
	}
	const isLost = target === null && isAutoscaled(kept);
	const isElsewhere = target === void 0 && isAutoscaled(kept);
	const counts = stopped || isElsewhere ? kept : read(desiredCount);
	return isLost ? {
		...counts,
		scale_count: 0
	} : counts;
}
function mapped(app, { serviceName: name = "" }, process) {
	return name === serviceName(app, process, null) ? null : name;
}
/** It means nothing without a load balancer, and 0 when nothing was said. */
function gracePeriod({ loadBalancers = [], healthCheckGracePeriodSeconds = 0 }, said) {
	return loadBalancers.length === 0 || (said ?? 0) === healthCheckGracePeriodSeconds ? said : healthCheckGracePeriodSeconds;
}
/** In the order in which it was said, where it is the same: ECS has an order of its own. */
function sameSet(said, real) {
	return isDeepStrictEqual(said.toSorted(), real.toSorted()) ? said : real;
}
// src/engine/ecs/services/observe.ts
const PARALLEL$1 = 4;
/**
* What runs of an app. A call for ten services, one for fifty that are autoscaled, and one for each definition that
* cannot be trusted to be what was stored.
*/
async function observeServices(account, definitions, app, wanted, options) {
	const { stored, refresh = false, signal } = options;
	const listed = refresh ? await servicesNamedAlike(account, app, signal) : [];
	const services = await describeServices(account, [.../* @__PURE__ */ new Set([...wanted.map((each) => each.service), ...listed])], signal);
	const { chosen, warnings } = onePerProcess([...services.values()].filter((each) => each.status === "ACTIVE").flatMap((service) => {
		const tags = readServiceTags(app, service.tags ?? []);
		const as = wanted.filter((each) => each.service === service.serviceName);
		return tags !== null && (as.length === 0 || as.some((each) => each.process === tags.process)) ? [{
			service,
			tags
		}] : [];
	}), stored);
	const scaled = await scaling(account, chosen, refresh, warnings);
	const limit = pLimit(PARALLEL$1);
	return {
		processes: await Promise.all(chosen.map(async ({ service, tags }) => {
			const { process } = tags;
			const known = refresh ? void 0 : stored[process];
			const definition = isTrusted(service, tags, known) ? definitionOf$1(known.state) : await limit(async () => {
				const read = await definitions.read(revisionOf(service));
				return withServiceFields(app, service, process, readProcessDefinition(read));
			});
			return {
				process,
				service: service.serviceName,
				state: processState(service, tags, definition, scaled.get(service.serviceName) ?? UNSCALED),
				revision: revisionOf(service),
				settled: !isMoving(service)
			};
		})),
		foreign: wanted.filter(({ process, service }) => {
			const there = services.get(service);
			return there?.status === "ACTIVE" && !isOurs(app, process, there);
		}),
		draining: [...services.values()].filter((each) => each.status === "DRAINING").map((each) => each.serviceName),
		warnings
	};
}
function isOurs(app, process, { tags = [] }) {
	return readServiceTags(app, tags)?.process === process;
}
/** What somebody is told whose process has the name of a service that is not ours to touch. */
function foreignService({ name, environment }, { process, service }) {
	return new UserError(`there is a service ${service} already, and it is not process ${process} of this app`, { hint: `call the process something else, name another service under \`ecs.service\`, or hand this one over by tagging it gantry:app=${name}, gantry:environment=${environment}, gantry:process=${process}` });
}
const UNSCALED = {
	target: void 0,
	thresholds: null
};
/**
* A stored state says what runs if the fingerprint, which is written before anything else, has not changed since, and
* if what it names is what runs, and nothing but that.
*/
function isTrusted(service, { fingerprint }, known) {
	return known !== void 0 && fingerprint !== null && known.service === service.serviceName && known.revision === fingerprint.revision && known.hash === fingerprint.hash && known.revision === revisionOf(service) && isSettled(service);
}
function definitionOf$1({ spec }) {
	const fields = FIELD_NAMES.filter((field) => FIELDS[field] === "definition");
	return Object.fromEntries(fields.map((field) => [field, spec[field]]));
}
/** While a process moves to a service of another name there are two of it: the one that the ledger names counts. */
function onePerProcess(found, stored) {
	const warnings = [];
	return {
		chosen: [...Map.groupBy(found, ({ tags }) => tags.process)].map(([process, all]) => {
			const one = all.find(({ service }) => service.serviceName === stored[process]?.service) ?? all[0];
			for (const { service } of all.filter((each) => each !== one)) warnings.push(`service ${service.serviceName} is tagged as process ${process}, which ${one.service.serviceName} is: delete it if nothing needs it`);
			return one;
		}),
		warnings
	};
}
async function scaling(account, found, refresh, warnings) {
	const names = found.filter(({ tags }) => mayScale(tags.counts)).map(({ service }) => service.serviceName);
	if (names.length === 0) return /* @__PURE__ */ new Map();
	const autoscaling = new Autoscaling(account);
	const targets = await autoscaling.targets(names);
	if (targets === null) {
		warnings.push("the endpoint has no application autoscaling: whether instances are scaled is not verified");
		return /* @__PURE__ */ new Map();
	}
	const entries = names.map(async (name) => {
		const target = targets.get(name) ?? null;
		return [name, {
			target,
			thresholds: refresh && target ? await autoscaling.thresholds(name) : null
		}];
	});
	return new Map(await Promise.all(entries));
}
/** Names of all services of the cluster that begin like those of this app. */
async function servicesNamedAlike({ aws, cluster }, app, signal) {
	const ecs = await aws.ecs();
	const prefix = serviceName(app, "", null);
	const names = [];
	let nextToken;
	do {
		const page = await ecs.listServices({
			cluster,
			maxResults: 100,
			nextToken
		}, signal && { abortSignal: signal });
		names.push(...(page.serviceArns ?? []).map((arn) => arn.slice(arn.lastIndexOf("/") + 1)));
		nextToken = page.nextToken;
	} while (nextToken !== void 0);
	return names.filter((name) => name.startsWith(prefix));
}
// src/engine/ecs/services/calls.ts
/** Tags under this prefix are ours; all others of a service belong to whoever set them. */
const OWN_TAGS = "gantry:";
/** The calls that change one service. Each may be repeated, and waits while AWS is too busy. */
var ServiceCalls = class {
	#account;
	#name;
	#limits;
	constructor(account, name, limits) {
		this.#account = account;
		this.#name = name;
		this.#limits = limits;
	}
	async create(input) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		const { service } = await patiently(this.#limits(), () => ecs.createService({
			cluster,
			serviceName: this.#name,
			...input
		}));
		return service;
	}
	async update(input) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		const { service } = await patiently(this.#limits(), () => ecs.updateService({
			cluster,
			service: this.#name,
			...input
		}));
		return service;
	}
	/** Makes these the tags of ours that a service has. */
	async tag({ serviceArn, tags = [] }, wanted) {
		const ecs = await this.#account.aws.ecs();
		const now = new Map(tags.map(({ key, value }) => [key, value]));
		const changed = wanted.filter(({ key, value }) => now.get(key) !== value);
		const keys = new Set(wanted.map(({ key }) => key));
		const gone = [...now.keys()].filter((key) => key?.startsWith("gantry:") && !keys.has(key));
		if (changed.length > 0) await patiently(this.#limits(), () => ecs.tagResource({
			resourceArn: serviceArn,
			tags: changed
		}));
		if (gone.length > 0) await patiently(this.#limits(), () => ecs.untagResource({
			resourceArn: serviceArn,
			tagKeys: gone
		}));
	}
	/** Stops the deployment that is going on and has ECS roll it back. False: there is none, or ECS does not offer it. */
	async rollBack() {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		try {
			const { serviceDeployments = [] } = await patiently(this.#limits(), () => ecs.listServiceDeployments({
				cluster,
				service: this.#name,
				status: ["PENDING", "IN_PROGRESS"]
			}));
			const [current] = serviceDeployments;
			if (current === void 0) return false;
			const { serviceDeploymentArn } = current;
			await patiently(this.#limits(), () => ecs.stopServiceDeployment({
				serviceDeploymentArn,
				stopType: "ROLLBACK"
			}));
			return true;
		} catch {
			return false;
		}
	}
	/** Deletes it whatever still runs in it; its tasks are stopped in order. */
	async delete() {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		try {
			await patiently(this.#limits(), () => ecs.deleteService({
				cluster,
				service: this.#name,
				force: true
			}));
		} catch (error) {
			if (!isNamed(error, "ServiceNotFoundException", "ServiceNotActiveException")) throw error;
		}
	}
};
// src/engine/ecs/services/drain.ts
/** Seconds between two looks at tasks that are on their way out. */
const TICK$1 = 2;
/**
* Waits until a service that was told to have fewer instances has no more than those. Where none are to be left they
* are not only on their way out but gone: each task is STOPPED.
*/
async function drained(account, looks, { process, service, tasks, left, report }, limits) {
	for (;;) {
		const now = await unlessAborted(looks.next(service), limits.signal);
		if (now === null || aliveIn(now) <= left) break;
		checkTime(limits, service);
	}
	if (left > 0) return;
	let alive = [.../* @__PURE__ */ new Set([...tasks, ...await allTasks(account, service, limits)])];
	while (alive.length > 0) {
		const still = await aliveAmong(account, alive, limits);
		for (const arn of tasks.filter((each) => alive.includes(each) && !still.has(each))) report({
			type: "instance.stopped",
			process,
			instance: instanceOf(process, arn)
		});
		alive = [...still];
		if (alive.length === 0) return;
		checkTime(limits, service);
		await limits.clock.sleep(TICK$1, limits.signal);
		throwIfAborted(limits.signal);
	}
}
/** ARNs of the tasks that a service wants to run. */
async function runningTasks(account, service, limits) {
	return patiently(limits, () => listTasks(account, service, "RUNNING"));
}
async function allTasks(account, service, limits) {
	const stopping = await patiently(limits, () => listTasks(account, service, "STOPPED"));
	return [...await runningTasks(account, service, limits), ...stopping];
}
/** Those that ECS does not know any more have stopped long ago. */
async function aliveAmong(account, arns, limits) {
	const tasks = await patiently(limits, () => describeTasks(account, arns));
	return new Set(tasks.filter((task) => task.lastStatus !== "STOPPED").map((task) => task.taskArn));
}
function aliveIn({ runningCount = 0, pendingCount = 0, status }) {
	return status === "INACTIVE" ? 0 : runningCount + pendingCount;
}
function instanceOf(process, taskArn) {
	return instanceName(process, taskArn.slice(taskArn.lastIndexOf("/") + 1));
}
function checkTime({ clock, until }, service) {
	if (clock.now() >= until) throw new TimeoutError(`the instances of ${service} have not stopped`);
}
// src/engine/ecs/services/rollout-tools.ts
/** Seconds that calls, and instances that have to stop, get at least, however short the rollout's timeout. */
const LEAST = 600;
function limitsOf({ account: { clock } }, { spec }, signal) {
	return {
		clock,
		until: clock.now() + Math.max(spec.rollout.timeout, LEAST) * 1e3,
		signal
	};
}
// src/engine/ecs/services/remove.ts
/** Deletes a service and waits until its last task has stopped. Nothing stops that: it cannot be taken back. */
async function removeService(tools, { service, state, report }) {
	const { account, autoscaling, looks } = tools;
	const limits = () => limitsOf(tools, state);
	const tasks = await runningTasks(account, service, limits());
	if (mayScale(state.spec)) await patiently(limits(), () => autoscaling.apply(service, null));
	await new ServiceCalls(account, service, limits).delete();
	const { name: process } = state.spec;
	await drained(account, looks, {
		process,
		service,
		tasks,
		left: 0,
		report
	}, limits());
}
// src/engine/ecs/services/hints.ts
const PULL = /CannotPull\w*Error/;
const BEFORE_START = /ResourceInitializationError|CannotPull\w*Error/;
const UNREACHABLE = /i\/o timeout|dial tcp|context deadline exceeded|Client\.Timeout|request canceled|connection timed out|no such host|RequestError: send request failed|RequestCanceled/;
const REFUSED = /AccessDenied|not authorized|unauthorized|denied|\b40[13]\b|no basic auth|insufficient_scope/i;
const ABSENT = /not found|ResourceNotFound|ParameterNotFound|can't find|does not exist|invalid (?:ssm )?parameters?|did not contain json key|unknown/i;
const SECRET = /secrets? from|from (?:asm|ssm)|secretsmanager|ssm:GetParameter|Secrets Manager/i;
/**
* The common causes, those that explain others first. The texts are those of ECS:
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html and
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
*/
const RULES = [
	{
		matches: (reason) => /unable to assume the role|not authorized to perform: sts:AssumeRole/i.test(reason),
		hint: "ECS may not use ecs.execution_role or ecs.task_role: it must exist, and its trust policy must allow ecs-tasks.amazonaws.com",
		heals: false
	},
	{
		matches: (reason, { log }) => /descriptor matching platform/i.test(reason) || /exec format error/i.test(reason + log.join("\n")),
		hint: "the image is made for another kind of processor: set build.platform (linux/amd64 or linux/arm64), or pin an image for the right one",
		heals: false
	},
	{
		matches: (reason) => PULL.test(reason) && /toomanyrequests|rate limit/i.test(reason),
		hint: "the registry limits how much is pulled without logging in: keep the image in ECR",
		heals: true
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && UNREACHABLE.test(reason),
		hint: "its subnets have no route to ECR and the other services of AWS: ecs.assign_public_ip in public subnets, a NAT gateway, or VPC endpoints; security groups must let HTTPS out",
		heals: true
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && SECRET.test(reason) && REFUSED.test(reason),
		hint: "ecs.execution_role may not read a secret: allow ssm:GetParameters or secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own",
		heals: false
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && SECRET.test(reason) && ABSENT.test(reason),
		hint: "a secret is not where the config says: make it there, or correct its reference under secrets",
		heals: false
	},
	{
		matches: (reason) => /ResourceInitializationError/.test(reason) && /log (?:group|stream)|logger|logging driver/i.test(reason),
		hint: "it cannot write its log: ecs.execution_role needs logs:CreateLogStream and logs:PutLogEvents",
		heals: false
	},
	{
		matches: (reason) => PULL.test(reason) && /manifest unknown|not found|no such image/i.test(reason),
		hint: "its image is not in the registry any more: build it again with `gantry deploy --rebuild`, or correct the image that is pinned",
		heals: false
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && REFUSED.test(reason),
		hint: "ecs.execution_role may not pull the image, or it does not exist: the role needs what AmazonECSTaskExecutionRolePolicy allows",
		heals: false
	},
	{
		matches: (reason) => /free (?:ip )?addresses|InsufficientFreeAddresses|RESOURCE:ENI|AttachmentLimit/i.test(reason),
		hint: "its subnets have no free addresses left: name more or larger ones in ecs.subnets",
		heals: true
	},
	{
		matches: lacksCapacity,
		hint: "AWS has no capacity to give at the moment: name subnets of more zones in ecs.subnets, or run fewer instances on spot (spot_count) and more on demand (demand_count)",
		heals: true
	},
	{
		matches: (reason, { log }) => /OutOfMemory|out of memory/i.test(reason) || /heap out of memory|MemoryError|Cannot allocate memory/.test(log.join("\n")),
		hint: "it used more memory than it has: give it more with `memory`",
		heals: true
	},
	{
		matches: (reason, { exit_code }) => exit_code === 126 || exit_code === 127 || /executable file not found|exec: .*(?:no such file|permission denied)/i.test(reason),
		hint: "its command was not found in the image or cannot be run: correct the command, or make the file executable",
		heals: false
	},
	{
		matches: (_reason, { log }) => /EADDRINUSE|[Aa]ddress already in use/.test(log.join("\n")),
		hint: "something else in the container has the port already: listen on $PORT, once",
		heals: true
	},
	{
		matches: (reason) => /failed container health checks/i.test(reason),
		hint: "its health check fails: see its log, run the command of the check in the image, or give it longer with health_check.start_period",
		heals: true
	},
	{
		matches: (reason) => /failed with these codes/i.test(reason),
		hint: "the load balancer wants another status: correct the path and the codes of the health check of its target group, or what answers there",
		heals: true
	},
	{
		matches: (reason) => /zone that is not enabled/i.test(reason),
		hint: "the load balancer does not serve the zone of one of ecs.subnets: enable the zone there, or leave that subnet out",
		heals: true
	},
	{
		matches: (reason) => /ELB health checks|is unhealthy in \(target-group|Request timed out/i.test(reason),
		hint: "the load balancer gets no answer: listen on 0.0.0.0 and on the port of the process, let the load balancer in with ecs.security_groups, or give it longer with ecs.health_check_grace_period",
		heals: true
	},
	{
		matches: (reason) => /still (?:run|draining)/.test(reason),
		hint: "what ran before takes long to go: lower the target group's deregistration delay (300 s unless set) or stop_timeout, or raise rollout.timeout",
		heals: true
	},
	{
		matches: (_reason, { exit_code }) => exit_code === 0,
		hint: "a process must not end by itself: what ends when it is done is a task",
		heals: true
	}
];
/** What to do about the common causes; null where the reason and the log have to speak for themselves. */
function hintFor$1(evidence) {
	return RULES.find((rule) => rule.matches(evidence.reason, evidence)) ?? null;
}
// src/engine/ecs/services/service-events.ts
const TROUBLE = /fail|unable|unhealthy|error|unavailable/i;
/** What ECS has said of a service since then, the newest first. It shows the last hundred. */
function eventsSince({ events = [] }, since) {
	return events.filter(({ createdAt }) => createdAt !== void 0 && createdAt >= since).map((event) => event.message ?? "");
}
/** What it has said of what goes wrong. */
function troublesSince(service, since) {
	return eventsSince(service, since).filter((text) => TROUBLE.test(text));
}
/**
* Whether something of a deployment goes wrong. Tasks that end after they ran are counted as failed by nobody; that more
* were started than are wanted gives them away.
*/
function isTroubled(service, deployment, since) {
	const started = eventsSince(service, since).map((text) => Number(/has started (\d+) tasks/.exec(text)?.[1] ?? 0)).reduce((sum, count) => sum + count, 0);
	return (deployment?.failedTasks ?? 0) > 0 || started > (service.desiredCount ?? 0) || troublesSince(service, since).length > 0;
}
/** An event without what it is of: `(service orderdesk--production--web) (deployment ecs-svc/1) `. */
function plain(event) {
	return event.replace(/^\(service [^)]*\) (?:\(deployment [^)]*\) )?/, "");
}
// src/engine/ecs/services/verdict.ts
/**
* Seconds that instances which new counts bring must stay up: ECS judges by their health only what is a deployment of its
* own, and counts them from the moment they run.
*/
const STAYS_UP = 5;
/**
* How a rollout stands, by the service alone. `ask`: the watched deployment has ended or is not what the service runs,
* and why is for the service-deployments API to tell. Stable is not done, and stable on another deployment is not
* success: the watched one must be the PRIMARY and only one, COMPLETED, with all instances that were asked for.
*/
function judge(sight) {
	const { watched, service, seen, settling } = sight;
	if (service === null || service.status === "INACTIVE") return settling ? "pending" : failed(sight, "the service does not exist any more");
	if (service.status === "DRAINING") return failed(sight, "the service is being deleted");
	if (watched.deployment === null) return judgeCounts(sight, service);
	const own = watchedIn(service, watched);
	if (own === void 0 && seen === null && settling) return "pending";
	if (own?.status !== "PRIMARY" || own.rolloutState === "FAILED") return "ask";
	return (own.rolloutState === void 0 || own.rolloutState === "COMPLETED") && runsAll(service) ? steady(sight) : "pending";
}
/** The same with what the service-deployments API says. */
function judgeAnswer(sight, answer) {
	if (!answer.known) return judgeAlone(sight, answer.why);
	const { deployment, later } = answer;
	const { status, statusReason, rollback } = deployment;
	const reason = statusReason ?? rollback?.reason ?? null;
	switch (status) {
		case "ROLLBACK_SUCCESSFUL": return failed(sight, `ECS rolled it back${because(reason)}`, true);
		case "ROLLBACK_FAILED": return failed(sight, `ECS could not roll it back${because(reason)}`);
		case "STOPPED": return judgeStopped(sight, deployment, later);
		case "SUCCESSFUL": return isPrimary(sight) ? "pending" : superseded(sight, "it was steady before another deployment began");
		default: return "pending";
	}
}
/**
* STOPPED says that a newer deployment took its place, that somebody stopped it, or that it failed with nothing to go
* back to: reference `ServiceDeployment.stoppedAt`.
*/
function judgeStopped(sight, { statusReason, deploymentCircuitBreaker, alarms, targetServiceRevision }, later) {
	const reason = statusReason ?? null;
	if (deploymentCircuitBreaker?.status === "TRIGGERED" || alarms?.status === "TRIGGERED" || /circuit breaker|alarm|fail/i.test(reason ?? "")) return failed(sight, `ECS gave it up${because(reason)}`);
	if (later.some((each) => each.targetServiceRevisionArn !== targetServiceRevision?.arn)) return superseded(sight, "another deployment of the service took its place");
	return failed(sight, `it was stopped${because(reason)}`);
}
/** By what the service says of its deployments and by its events: all there is without the service-deployments API. */
function judgeAlone(sight, why) {
	const { service, watched, seen } = sight;
	const unverified = `(not verified: ${why})`;
	if (isPrimary(sight)) return failed(sight, `ECS gave it up${because(seen?.rolloutStateReason ?? null)} ${unverified}`);
	const id = watched.deployment ?? "";
	const failure = (service?.events ?? []).map((event) => event.message ?? "").find((text) => text.includes(`(deployment ${id})`) && /fail/i.test(text)) ?? null;
	if (seen?.rolloutState !== "FAILED" && failure === null) return superseded(sight, `another deployment of the service took its place ${unverified}`);
	if ((service === null ? void 0 : primaryOf(service))?.rolloutState === "IN_PROGRESS") return "pending";
	const reason = seen?.rolloutState === "FAILED" ? seen.rolloutStateReason ?? failure : failure;
	return failed(sight, `ECS rolled it back${because(reason && plain(reason))} ${unverified}`, true);
}
function judgeCounts(sight, service) {
	const { watched, settling } = sight;
	const primary = primaryOf(service);
	if (revisionName(primary?.taskDefinition ?? "") !== watched.revision) return settling ? "pending" : superseded(sight, "the service runs another revision");
	if (watched.desired !== null && service.desiredCount !== watched.desired && settling) return "pending";
	if (runsAll(service) && service.pendingCount === 0) return sight.complete >= STAYS_UP ? steady(sight) : "pending";
	return primary?.rolloutState === "FAILED" ? failed(sight, `ECS gave it up${because(primary.rolloutStateReason ?? null)}`) : "pending";
}
/** What a rollout that is not steady still waits for, in a few words. */
function waitingFor({ service, watched, seen }) {
	if (service === null) return "ECS does not show the service";
	if (watched.deployment !== null && seen === null) return "ECS does not show the deployment";
	const own = deploymentOf(service, watched);
	if (own?.status !== "PRIMARY") return "ECS is going back to what ran before";
	const { desiredCount = 0, runningCount = 0 } = own;
	if (runningCount < desiredCount) return `${runningCount} of ${desiredCount} instances run`;
	const old = (service.runningCount ?? 0) - runningCount;
	if ((service.deployments?.length ?? 0) > 1) return old > 0 ? `${old} old ones still run` : "old instances are still draining";
	return `${runningCount} of ${desiredCount} instances run, and ECS does not call them healthy yet`;
}
/** The watched deployment, or the PRIMARY one where only counts changed. */
function deploymentOf(service, watched) {
	return watched.deployment === null ? primaryOf(service) : watchedIn(service, watched);
}
function failed(sight, reason, rolledBack = false) {
	return {
		outcome: "failed",
		rolledBack,
		reason,
		instances: running(sight)
	};
}
function steady(sight) {
	return {
		outcome: "steady",
		rolledBack: false,
		reason: null,
		instances: running(sight)
	};
}
function superseded(sight, reason) {
	return {
		outcome: "superseded",
		rolledBack: false,
		reason,
		instances: running(sight)
	};
}
function running({ service }) {
	return service?.runningCount ?? 0;
}
function watchedIn({ deployments = [] }, { deployment }) {
	return deployments.find((each) => each.id === deployment);
}
function isPrimary({ service, watched }) {
	return service !== null && watchedIn(service, watched)?.status === "PRIMARY";
}
function runsAll({ deployments = [], runningCount = 0, desiredCount = 0 }) {
	return deployments.length === 1 && runningCount === desiredCount;
}
function because(reason) {
	return reason === null || reason === "" ? "" : `: ${reason.replace(/\.$/, "")}`;
}
// src/engine/ecs/services/why.ts
/** Of the log of the instance that failed. */
const LINES = 20;
/** CloudWatch shows what was written a few seconds later: how often to look, and seconds in between. */
const LOOKS = 3;
const PAUSE = 2;
/**
* Why a rollout failed or does not go on: by the tasks of its deployment, which ECS shows for an hour after they stopped,
* the events of the service and the log of the instance that tells most. To be asked at once. Never rejects: what AWS
* does not tell is left out.
*/
async function explain(account, app, watched) {
	const { service, tasks, since } = await collect(account, watched);
	const failure = mostTelling(tasks);
	const troubles = service === null ? [] : troublesSince(service, since).map(plain);
	if (failure !== null) {
		const { reason, exit_code } = endingOf(failure);
		const log = await lastLines(account, app, watched, {
			task: failure,
			waits: exit_code !== null
		});
		const health = /health check/i.test(reason) ? healthReason(troubles) : null;
		const hint = hintFor$1({
			reason: `${reason} ${health ?? ""}`,
			exit_code,
			log
		})?.hint ?? null;
		return {
			reason: describeEnding(failure) + (health === null ? "" : ` (${health})`),
			exit_code,
			log,
			hint
		};
	}
	const alive = newest(tasks.filter((task) => !isOver(task)));
	const log = alive === null ? [] : await lastLines(account, app, watched, {
		task: alive,
		waits: false
	});
	const own = service === null ? null : deploymentOf(service, watched) ?? null;
	const state = own === null ? "" : waitingFor({
		service,
		watched,
		seen: own,
		settling: false,
		complete: 0
	});
	const [reason = null] = troubles;
	return {
		reason,
		exit_code: null,
		log,
		hint: hintFor$1({
			reason: [...troubles, state].join("\n"),
			exit_code: null,
			log
		})?.hint ?? null
	};
}
async function collect(account, watched) {
	const service = (await orElse(describeServices(account, [watched.service]), /* @__PURE__ */ new Map())).get(watched.service) ?? null;
	const own = service === null ? void 0 : deploymentOf(service, watched);
	const id = watched.deployment ?? own?.id;
	const arns = await Promise.all(["RUNNING", "STOPPED"].map((status) => orElse(listTasks(account, watched.service, status), [])));
	const recent = /* @__PURE__ */ new Date(account.clock.now() - watched.timeout * 1e3);
	const tasks = (await orElse(describeTasks(account, arns.flat()), [])).filter(({ startedBy, createdAt = recent }) => startedBy === id && (watched.deployment !== null || createdAt >= recent));
	const first = tasks.reduce((time, { createdAt = time }) => createdAt < time ? createdAt : time, new Date(account.clock.now()));
	return {
		service,
		tasks,
		since: watched.deployment === null ? recent : own?.createdAt ?? (tasks.length === 0 ? recent : first)
	};
}
/** The newest of those that ended alike most often; what can never work tells more than what may. */
function mostTelling(tasks) {
	const alike = [...Map.groupBy(tasks.filter(hasFailed), causeOf).values()];
	const neverHeals = (task) => hintFor$1({
		...endingOf(task),
		log: []
	})?.heals === false;
	const [most] = alike.toSorted((one, other) => Number(neverHeals(other[0])) - Number(neverHeals(one[0])) || other.length - one.length);
	return most === void 0 ? null : newest(most);
}
function newest(tasks) {
	const time = ({ createdAt }) => createdAt?.getTime() ?? 0;
	return tasks.toSorted((one, other) => time(other) - time(one))[0] ?? null;
}
async function lastLines(account, app, { process }, { task, waits }) {
	const logs = new Logs(account);
	for (let look = 1;; look++) {
		const lines = (await orElse(logs.tail(app, process, idOf(task), LINES), [])).flatMap((message) => message.trimEnd().split("\n"));
		if (lines.length > 0 || !waits || look === LOOKS) return lines.slice(-20);
		await account.clock.sleep(PAUSE);
	}
}
/** What the load balancer found wrong: `Health checks failed with these codes: [404]`. */
function healthReason(troubles) {
	return troubles.map((text) => /is unhealthy in .* due to \(reason (.*?)\)\.?$/.exec(text)?.[1]).find((reason) => reason !== void 0) ?? null;
}
/** Less is known then, and that is still better than an error in place of an explanation. */
async function orElse(work, otherwise) {
	return work.catch(() => otherwise);
}
// src/engine/ecs/services/scale.ts
/** Whether the autoscaler has to be told something, as far as the service's tags and what was observed of it say. */
function needsScaling({ before, after }, tags) {
	const wanted = scalingOf(after.spec);
	const tagged = scalingOf({
		...after.spec,
		...tags.counts,
		disabled: tags.disabled
	});
	const observed = before === null ? tagged : scalingOf(before.spec);
	return tagged === null && mayScale(tags.counts) || ![tagged, observed].every((each) => isDeepStrictEqual(each, wanted));
}
/**
* The state for the tags while the autoscaler is being told: that it may act on the service, and by no thresholds that
* anybody would want. Who finds that after a deployer was killed compares, and tells it again.
*/
function withScalingOpen({ spec, ...state }) {
	return {
		...state,
		spec: {
			...spec,
			scale_count: Math.max(spec.scale_count, 1),
			scale_type: spec.scale_type === "none" ? "demand" : spec.scale_type,
			autoscaling_cpu_threshold: null,
			autoscaling_memory_threshold: null
		}
	};
}
/** Tells the autoscaler, where there is one. */
async function scale({ tools: { autoscaling, warn }, process, service, limits }, wanted) {
	if (!await patiently(limits(), () => autoscaling.apply(service, wanted)) && wanted !== null) warn(`process ${process} is not scaled: the endpoint has no application autoscaling`);
}
// src/engine/ecs/services/create.ts
/** Makes the service of a process that has none. Its name must be free. */
async function create(change) {
	const { tools, process, service, after, calls, limits } = change;
	const { app, definitions } = tools;
	const { spec } = after;
	const { signal } = limits();
	const run = await definitions.ensure(app, spec, null, signal);
	throwIfAborted(signal);
	const scaling = scalingOf(spec);
	const tags = serviceTags(app, scaling === null ? after : withScalingOpen(after), run);
	const count = countOf(spec, 0, true);
	change.undo = async () => !await isThere(change) || takeAway(change);
	const made = await calls.create({
		...createOf(shapeOf(spec, run.revision)),
		clientToken: randomUUID(),
		desiredCount: count,
		tags
	});
	change.undo = () => takeAway(change);
	if (scaling !== null) await scale(change, scaling);
	return {
		run,
		count,
		watched: {
			process,
			service,
			deployment: primaryOf(made)?.id ?? null,
			revision: run.revision,
			desired: scaling === null ? count : null,
			port: spec.port,
			timeout: spec.rollout.timeout
		},
		async complete() {
			if (scaling !== null) await calls.tag({
				...made,
				tags
			}, serviceTags(app, after, run));
		}
	};
}
/** After a call of which nobody knows whether it was carried out. */
async function isThere({ tools: { account, app }, process, service, after }) {
	const found = (await patiently(limitsOf({ account }, after), () => describeServices(account, [service]))).get(service);
	return found?.status === "ACTIVE" && isOurs(app, process, found);
}
/** Also of a service that a deployer made which was killed: what was before, was without it. */
async function takeAway({ tools, process, service, after }) {
	await removeService(tools, {
		service,
		state: after,
		report: () => {}
	});
	tools.remember(process, null);
	return true;
}
// src/engine/ecs/services/put-back.ts
/** Seconds after which a rollback that ECS has accepted shows. */
const ROLLBACK_SHOWS = 60;
/**
* Makes a service what it was, and waits until it is. Nothing stops it: it is what a cancel asks for. The call that
* stops the new deployment goes out first; tags come last, so that nobody trusts what is not true yet.
*/
async function putBack(tools, { before, was, deployment, rolledBack, scales }) {
	const { account, autoscaling } = tools;
	const limits = () => limitsOf(tools, before);
	const name = was.serviceName;
	const calls = new ServiceCalls(account, name, limits);
	if (deployment !== null && !rolledBack && await calls.rollBack()) await replaced(tools, name, deployment);
	const now = await patiently(limits(), () => active(account, name));
	if (now === null) return false;
	if (scales) await patiently(limits(), () => autoscaling.apply(name, scalingOf(before.spec)));
	const isScaled = isAutoscaled(before.spec) && await patiently(limits(), () => autoscaling.available());
	const desiredCount = countOf(before.spec, was.desiredCount ?? 0, isScaled);
	const changes = {
		...updateOf(now, shapeOf(before.spec, revisionOf(was))),
		...desiredCount !== now.desiredCount && { desiredCount }
	};
	if (!await isBack(tools, before, was, Object.keys(changes).length === 0 ? now : await calls.update(changes))) return false;
	await calls.tag(now, (was.tags ?? []).filter(({ key }) => key?.startsWith(OWN_TAGS)));
	return true;
}
/** Whether it runs as before. One that did not run well then need not do so now. */
async function isBack(tools, before, was, now) {
	const { spec } = before;
	const primary = primaryOf(now);
	const isAsBefore = primary?.id === primaryOf(was)?.id;
	if (!(isSettled(was) && was.runningCount === was.desiredCount) || isAsBefore && (now.desiredCount ?? 0) <= (was.runningCount ?? 0)) return true;
	const { clock, until } = limitsOf(tools, before);
	const { outcome } = await tools.watcher.watch({
		process: spec.name,
		service: was.serviceName,
		deployment: isAsBefore ? null : primary?.id ?? null,
		revision: revisionOf(was),
		desired: now.desiredCount ?? null,
		port: spec.port,
		timeout: (until - clock.now()) / 1e3
	}, {
		signal: new AbortController().signal,
		report: () => {}
	});
	return outcome === "steady";
}
async function active(account, name) {
	const service = (await describeServices(account, [name])).get(name);
	return service?.status === "ACTIVE" ? service : null;
}
/** Waits until another deployment has taken the place of this one. */
async function replaced({ account: { clock }, looks }, service, deployment) {
	const until = clock.now() + ROLLBACK_SHOWS * 1e3;
	while (clock.now() < until) {
		const now = await looks.next(service);
		if (now === null || primaryOf(now)?.id !== deployment) return;
	}
}
// src/engine/ecs/services/update.ts
/**
* Brings a service that is there into the state. Tags go first: who reads a fingerprint that is not that of the stored
* state looks at what really runs.
*/
async function update(change, was) {
	const { tools, after, calls, limits } = change;
	const { app } = tools;
	const { spec } = after;
	const tags = readServiceTags(app, was.tags ?? []);
	const run = await definitionOf(change, was, tags);
	throwIfAborted(limits().signal);
	const changes = updateOf(was, shapeOf(spec, run.revision));
	const makesWay = !spec.rollout.overlap && !spec.disabled && startsDeployment(changes);
	const scaling = scalingOf(spec);
	const scales = needsScaling(change, tags) || makesWay && scaling !== null;
	const begun = {
		was,
		scales,
		deployment: null
	};
	change.undo = undoing(change, begun);
	const told = serviceTags(app, scales ? withScalingOpen(after) : after, run);
	await calls.tag(was, told);
	if (scales) await scale(change, scaling && makesWay ? suspended(scaling) : scaling);
	if (makesWay) await emptied(change, was);
	const isScaled = isAutoscaled(spec) && await patiently(limits(), () => tools.autoscaling.available());
	const count = countOf(spec, was.desiredCount ?? 0, isScaled);
	const stopping = count === 0 ? await runningTasks(tools.account, change.service, limits()) : [];
	const desired = makesWay ? 0 : was.desiredCount;
	const input = {
		...changes,
		...count !== desired && { desiredCount: count }
	};
	const now = Object.keys(input).length === 0 ? was : await calls.update(input);
	if (isNew(now, was)) begun.deployment = primaryOf(now)?.id ?? null;
	if (makesWay && scaling !== null) await scale(change, scaling);
	return {
		run,
		count,
		watched: watchedOf(change, {
			was,
			now,
			count,
			scaled: isScaled,
			revision: run.revision
		}),
		async complete() {
			const { account, looks } = tools;
			const { process, service, report } = change;
			if (count < (was.desiredCount ?? 0) && (count === 0 || !isNew(now, was))) await drained(account, looks, {
				process,
				service,
				tasks: stopping,
				left: count,
				report
			}, limits());
			await calls.tag({
				...was,
				tags: told
			}, serviceTags(app, after, run));
		}
	};
}
function undoing(change, begun) {
	const { tools, before } = change;
	return before === null ? () => takeAway(change) : ({ rolledBack }) => putBack(tools, {
		before,
		...begun,
		rolledBack
	});
}
/** Nothing is looked up, nor registered, where only counts and settings change. */
async function definitionOf({ tools: { app, definitions }, before, after, limits }, was, { fingerprint }) {
	const current = revisionOf(was);
	if (before !== null && !replacesInstances(before.spec, after.spec) && fingerprint?.revision === current) return fingerprint;
	return definitions.ensure(app, after.spec, current, limits().signal);
}
/** Stops all there is and waits until it has gone. From here on the old instances do not come back by themselves. */
async function emptied(change, was) {
	const { tools, process, service, after, calls, limits, report } = change;
	const tasks = await runningTasks(tools.account, service, limits());
	change.undo = async ({ rolledBack }) => {
		const last = new ServiceCalls(tools.account, service, () => limitsOf(tools, after));
		if (!rolledBack) await last.update({ desiredCount: 0 });
		return false;
	};
	if (was.desiredCount !== 0) await calls.update({ desiredCount: 0 });
	await drained(tools.account, tools.looks, {
		process,
		service,
		tasks,
		left: 0,
		report
	}, limits());
}
/** Only what comes up is waited for: fewer instances need not wait for those that stay, nor for those that are ill. */
function watchedOf({ process, service, after: { spec } }, { was, now, count, scaled, revision }) {
	const primary = primaryOf(now);
	const isUnderWay = isNew(now, was) || primary?.rolloutState === "IN_PROGRESS";
	const before = was.desiredCount ?? 0;
	if (count < before ? !isNew(now, was) : count === before && !isUnderWay) return null;
	return {
		process,
		service,
		deployment: isUnderWay ? primary?.id ?? null : null,
		revision,
		desired: scaled ? null : count,
		port: spec.port,
		timeout: spec.rollout.timeout
	};
}
function isNew(now, was) {
	return primaryOf(now)?.id !== primaryOf(was)?.id;
}
// src/engine/ecs/services/write.ts
/** Makes a service what it is to be, or makes it: whichever what is there, null for nothing, asks for. */
async function write(change, there) {
	const { tools, process, service } = change;
	const { clock, until, signal } = change.limits();
	const { app, looks } = tools;
	for (;;) {
		if (there?.status === "ACTIVE") {
			if (!isOurs(app, process, there)) throw foreignService(app, {
				process,
				service
			});
			return update(change, there);
		}
		if (there?.status !== "DRAINING") try {
			return await create(change);
		} catch (error) {
			if (!isTaken(error)) throw error;
		}
		if (clock.now() >= until) throw new TimeoutError(`the service ${service} that was deleted still has tasks`);
		there = await unlessAborted(looks.next(service), signal);
	}
}
function isTaken(error) {
	return isNamed(error, "InvalidParameterException", "ClientException", "ServiceNotActiveException") && /idempotent|draining/i.test(error.message);
}
// src/engine/ecs/services/process-rollout.ts
/** One process on its way from one state to the next. Never rejects: how it went is its verdict. */
var ProcessRollout = class {
	#tools;
	#transition;
	#io;
	/** As Change.undo, for all that was changed for the process. */
	#undo = async () => true;
	constructor(tools, transition, io) {
		this.#tools = tools;
		this.#transition = transition;
		this.#io = io;
	}
	/** `describe`: the services of all that roll out together, asked for once. */
	async run(describe) {
		const { before, after } = this.#transition;
		try {
			throwIfAborted(this.#io.signal);
			const services = await describe();
			throwIfAborted(this.#io.signal);
			if (after !== null) return await this.#become(after, services);
			if (before !== null) await this.#remove(before, services);
			this.#tools.remember(this.#transition.name, null);
			return this.#steady(0);
		} catch (error) {
			return this.#giveUp(error);
		}
	}
	async #become(after, services) {
		const { before } = this.#transition;
		const service = serviceNameOf(this.#tools, after);
		const moves = before !== null && serviceNameOf(this.#tools, before) !== service;
		if (moves && !after.spec.rollout.overlap) await this.#empty(before, services);
		const change = this.#change(service, moves ? null : before, after);
		const clear = this.#undo;
		this.#undo = async (ended) => await change.undo(ended) && clear(ended);
		const written = await write(change, services.get(service) ?? null);
		let note = null;
		if (written.watched !== null) {
			const ended = await this.#tools.watcher.watch(written.watched, this.#io);
			if (ended.outcome === "cancelled") throw new CancelledError("cancelled");
			if (ended.outcome !== "steady") return await this.#judge(change, written, written.watched, ended);
			note = ended.reason;
		}
		await written.complete();
		if (moves) await this.#remove(before, services);
		this.#remember(change, written);
		return this.#steady(written.count, note);
	}
	async #judge(change, written, watched, ended) {
		const { account, app } = this.#tools;
		const outcome = ended.outcome;
		if (outcome === "superseded") return this.#verdict(outcome, "neither", { reason: ended.reason });
		const why = await explain(account, app, watched);
		const reason = why.reason ?? ended.reason ?? `not steady after ${watched.timeout} s`;
		const details = {
			...why,
			reason
		};
		if (change.after.spec.rollout.on_failure === "rollback") return this.#verdict(outcome, await this.#back(ended), details);
		await written.complete();
		this.#remember(change, written);
		return this.#verdict(outcome, "after", details);
	}
	async #giveUp(error) {
		const { signal } = this.#io;
		const runs = await this.#back({ rolledBack: false });
		if (signal.aborted) return this.#verdict("cancelled", runs, { reason: "cancelled" });
		const problem = problemOf(error, `roll out ${this.#transition.name}`);
		return this.#verdict(problem instanceof TimeoutError ? "timed_out" : "failed", runs, {
			reason: messageOf(problem),
			hint: problem instanceof UserError ? problem.hint ?? null : null
		});
	}
	/** Undoes what was done; what cannot be undone is for whoever asked to put right. */
	async #back(ended) {
		try {
			return await this.#undo(ended) ? "before" : "neither";
		} catch {
			return "neither";
		}
	}
	async #remove(state, services) {
		const service = serviceNameOf(this.#tools, state);
		const there = services.get(service);
		if (there?.status === "ACTIVE") this.#refuseForeign(service, there);
		this.#undo = async () => false;
		await removeService(this.#tools, {
			service,
			state,
			report: this.#io.report
		});
	}
	/** Of a process that moves to a service of another name and must not be there twice: stops the old one first. */
	async #empty(before, services) {
		const { account, looks } = this.#tools;
		const service = serviceNameOf(this.#tools, before);
		const there = services.get(service);
		if (there?.status !== "ACTIVE") return;
		this.#refuseForeign(service, there);
		const { signal, report } = this.#io;
		const limits = () => limitsOf(this.#tools, before, signal);
		const tasks = await runningTasks(account, service, limits());
		this.#undo = async () => false;
		await new ServiceCalls(account, service, limits).update({ desiredCount: 0 });
		await drained(account, looks, {
			process: before.spec.name,
			service,
			tasks,
			left: 0,
			report
		}, limits());
	}
	#refuseForeign(service, there) {
		const { name: process } = this.#transition;
		if (!isOurs(this.#tools.app, process, there)) throw foreignService(this.#tools.app, {
			process,
			service
		});
	}
	#change(service, before, after) {
		const limits = () => limitsOf(this.#tools, after, this.#io.signal);
		return {
			tools: this.#tools,
			process: this.#transition.name,
			service,
			before,
			after,
			calls: new ServiceCalls(this.#tools.account, service, limits),
			limits,
			report: this.#io.report,
			undo: async () => true
		};
	}
	#remember({ process, service, after }, { run }) {
		this.#tools.remember(process, {
			state: after,
			service,
			...run
		});
	}
	#steady(instances, reason = null) {
		this.#io.report({
			type: "process.steady",
			process: this.#transition.name,
			instances
		});
		return this.#verdict("steady", "after", { reason });
	}
	#verdict(outcome, runs, details) {
		return {
			process: this.#transition.name,
			outcome,
			runs,
			reason: null,
			exit_code: null,
			log: [],
			hint: null,
			...details
		};
	}
};
function serviceNameOf({ app }, { spec }) {
	return serviceName(app, spec.name, spec.ecs.service);
}
// src/engine/ecs/services/hopeless.ts
/** As the circuit breaker counts by itself: half of the instances, 3 at least. */
const SHARE = .5;
const FEWEST = 3;
const MOST = 200;
/** Enough where the next one cannot do better: an image or a secret that is not there. */
const FEWEST_THAT_NEVER_HEAL = 2;
/** Seconds after which ECS calls an instance healthy that has no health check. */
const PROVEN = 40;
/**
* Why a rollout cannot succeed any more, or null while it may. Judged by the tasks of its deployment that ended by their
* own fault and for one reason, when none of the others has become healthy.
*
* The circuit breaker of ECS forgets all failures as soon as a task runs, so it never sees one that ends soon after:
* https://github.com/aws/containers-roadmap/issues/1206
*/
function hopeless(tasks, desired, now) {
	const ended = tasks.filter(hasFailed);
	const lives = Math.max(0, ...ended.map(lifeOf));
	if (tasks.some((task) => isHealthy(task, PROVEN + lives, now))) return null;
	const needed = Math.min(Math.max(Math.ceil(desired * SHARE), FEWEST), MOST);
	for (const alike of Map.groupBy(ended, causeOf).values()) {
		const [one] = alike;
		const enough = hintFor$1({
			...endingOf(one),
			log: []
		})?.heals === false ? FEWEST_THAT_NEVER_HEAL : needed;
		if (alike.length >= enough) return `${alike.length} instances ended one like the other: ${describeEnding(one)}`;
	}
	return null;
}
/** Without a health check: up for longer than those that failed were. */
function isHealthy({ lastStatus, healthStatus, startedAt }, proven, now) {
	if (lastStatus !== "RUNNING" || healthStatus === "UNHEALTHY") return false;
	return healthStatus === "HEALTHY" || startedAt !== void 0 && now - startedAt.getTime() > proven * 1e3;
}
// src/engine/ecs/services/instance-events.ts
/** Tells what became of the instances of a service from one look at its tasks to the next. */
var InstanceEvents = class {
	#process;
	#port;
	#phases = /* @__PURE__ */ new Map();
	constructor(process, port) {
		this.#process = process;
		this.#port = port;
	}
	/** `isNew`: whether a task belongs to what is being rolled out; of the others only their end is told. */
	note(tasks, isNew) {
		return tasks.flatMap((task) => this.#note(task, isNew(task)));
	}
	#note(task, isNew) {
		const id = idOf(task);
		const before = this.#phases.get(id);
		const phase = phaseOf(task, before);
		if (phase === before) return [];
		this.#phases.set(id, phase);
		if (!isNew && (before === void 0 || phase !== "over")) return [];
		const instance = {
			process: this.#process,
			instance: instanceName(this.#process, id)
		};
		const events = [];
		if (before === void 0) events.push({
			type: "instance.started",
			...instance
		});
		if (phase === "up") events.push({
			type: "instance.up",
			...instance,
			address: addressOf(task, this.#port)
		});
		if (phase !== "over") return events;
		return isNew && hasFailed(task) ? [...events, {
			type: "instance.failed",
			...instance,
			reason: describeEnding(task)
		}] : [...events, {
			type: "instance.stopped",
			...instance
		}];
	}
};
/** What was up stays so until it is over: on its way out it is not told again. */
function phaseOf(task, before) {
	if (isOver(task)) return "over";
	if (before === "up") return "up";
	return task.lastStatus === "RUNNING" && task.healthStatus !== "UNHEALTHY" ? "up" : "starting";
}
// src/engine/ecs/services/spot.ts
/** How many of so many instances are wanted on demand. */
function onDemand({ capacityProviderStrategy = [] }, count) {
	return shareOf(DEMAND, capacityProviderStrategy, count);
}
/** Whether AWS has said since then that it has no capacity for an instance. */
function waitsForCapacity(service, since) {
	return eventsSince(service, since).some(lacksCapacity);
}
/** Whether all that is missing of a deployment is spot capacity: some instances run, and all that are not spot. */
function lacksOnlySpot(service, tasks, { desired, since }) {
	const running = tasks.filter((task) => task.lastStatus === "RUNNING" && task.healthStatus !== "UNHEALTHY");
	const demand = running.filter((task) => task.capacityProviderName !== SPOT).length;
	const wanted = onDemand(service, desired);
	return running.length > 0 && running.length < desired && wanted < desired && demand >= wanted && waitsForCapacity(service, since);
}
// src/engine/ecs/services/one-watch.ts
/** Milliseconds for which ECS may still show what was before. */
const SETTLING = 3e4;
/** Milliseconds by which the clocks of AWS and of this machine may differ. */
const SKEW = 5e3;
/** What has been seen of one rollout so far, and what that means. */
var Watch = class {
	watched;
	began;
	deadline;
	/** When its tasks were last read. */
	readAt;
	#io;
	#events;
	#service = null;
	/** As last seen, and the service deployment that it is part of. */
	#deployment = null;
	#arn = null;
	/** Null: not asked. */
	#answer = null;
	#tasks = /* @__PURE__ */ new Map();
	#judgement = "pending";
	#hasTold = false;
	/** Since when all wanted instances run; null while some do not. */
	#completeSince = null;
	#hasLacked = false;
	constructor(watched, io, now) {
		this.watched = watched;
		this.began = now;
		this.deadline = now + watched.timeout * 1e3;
		this.readAt = now;
		this.#io = io;
		this.#events = new InstanceEvents(watched.process, watched.port);
	}
	see(service, now) {
		this.#service = service;
		this.#answer = null;
		const own = service === null ? void 0 : deploymentOf(service, this.watched);
		if (own !== void 0) this.#deployment = own;
		this.#noteCounts(service, now);
		if (own?.status === "PRIMARY" && own.rolloutState === "IN_PROGRESS") this.#arn ??= service?.currentServiceDeployment ?? null;
		this.#judgement = judge(this.#sight(now));
		this.#tellWaiting();
	}
	/** What to ask the service-deployments API; null where the service says enough. */
	question(now) {
		const hasStages = (this.#service?.deploymentConfiguration?.strategy ?? "ROLLING") !== "ROLLING";
		const isLate = this.#judgement === "pending" && hasStages && now >= this.deadline;
		if (this.#judgement !== "ask" && !isLate) return null;
		const createdAt = this.#deployment?.createdAt ?? new Date(this.began);
		return {
			service: this.watched.service,
			arn: this.#arn,
			createdAt
		};
	}
	hear(answer, now) {
		this.#answer = answer;
		this.#judgement = judgeAnswer(this.#sight(now), answer);
	}
	/** Whether it is over, as far as the last look tells. */
	get isOver() {
		return typeof this.#judgement === "object";
	}
	/** Whether ECS says of it that something goes wrong, or does not go on. */
	get isTroubled() {
		const service = this.#service;
		return service !== null && isTroubled(service, this.#deployment ?? void 0, this.#since);
	}
	/** Tasks that were read before and have not ended since. */
	get known() {
		return [...this.#tasks.values()].filter((task) => task.lastStatus !== "STOPPED").map((task) => task.taskArn);
	}
	/** Whether a task that ended has been told of. */
	hasEnded(arn) {
		return this.#tasks.get(arn)?.lastStatus === "STOPPED";
	}
	note(tasks, now) {
		this.readAt = now;
		for (const task of tasks) this.#tasks.set(task.taskArn, task);
		for (const event of this.#events.note(tasks, (task) => this.#isNew(task))) this.#io.report(event);
	}
	/** How it ended; null while it goes on. */
	outcome(now) {
		if (typeof this.#judgement === "object") return this.#judgement;
		const sight = this.#sight(now);
		const reason = this.#hopeless(now);
		if (reason !== null) return failed(sight, reason);
		return now >= this.deadline ? this.#timedOut(sight) : null;
	}
	#noteCounts(service, now) {
		const { desiredCount = 0, runningCount = 0 } = service ?? {};
		if (runningCount < desiredCount) {
			this.#hasLacked = true;
			this.#completeSince = null;
		} else this.#completeSince ??= this.#hasLacked ? now : -Infinity;
	}
	#hopeless(now) {
		const own = this.#primary;
		if (this.#judgement !== "pending" || own === null) return null;
		return hopeless(this.#newTasks, own.desiredCount ?? 0, now);
	}
	/** Instances on spot come when there is capacity; that they are missing fails nothing. */
	#timedOut(sight) {
		const { service, seen } = sight;
		const own = this.#primary;
		const since = this.#since;
		if (service !== null && own !== null) {
			const { desiredCount: desired = 0 } = own;
			if (lacksOnlySpot(service, this.#newTasks, {
				desired,
				since
			})) return {
				...steady(sight),
				reason: this.#waiting(service)
			};
		}
		const stage = this.#answer?.known === true ? this.#answer.deployment.lifecycleStage : void 0;
		const ended = failed(sight, waitingFor(sight) + (stage === void 0 ? "" : ` (stage ${stage})`));
		return seen !== null && own === null ? ended : {
			...ended,
			outcome: "timed_out"
		};
	}
	#tellWaiting() {
		const service = this.#service;
		if (this.#hasTold || service === null || this.#judgement !== "pending") return;
		if (!waitsForCapacity(service, this.#since)) return;
		this.#hasTold = true;
		this.#io.report({
			type: "process.waiting",
			process: this.watched.process,
			reason: this.#waiting(service)
		});
	}
	#waiting(service) {
		const { desiredCount = 0, runningCount = 0 } = this.#deployment ?? service;
		return `AWS has no ${onDemand(service, desiredCount) < desiredCount ? "spot capacity" : "capacity"} at the moment: ${runningCount} of ${desiredCount} instances run`;
	}
	/** The watched deployment, while it is what the service is meant to run. */
	get #primary() {
		const own = this.#service === null ? void 0 : deploymentOf(this.#service, this.watched);
		return own?.status === "PRIMARY" ? own : null;
	}
	/** Tasks of what is being rolled out. */
	get #newTasks() {
		return [...this.#tasks.values()].filter((task) => this.#isNew(task));
	}
	#isNew(task) {
		const { deployment } = this.watched;
		if (deployment !== null) return task.startedBy === deployment;
		return (task.createdAt?.getTime() ?? 0) >= this.began - SKEW;
	}
	get #since() {
		return (this.watched.deployment === null ? void 0 : this.#deployment?.createdAt) ?? /* @__PURE__ */ new Date(this.began - SKEW);
	}
	#sight(now) {
		return {
			watched: this.watched,
			service: this.#service,
			seen: this.#deployment,
			settling: now - this.began < SETTLING,
			complete: this.#completeSince === null ? 0 : (now - this.#completeSince) / 1e3
		};
	}
};
// src/engine/ecs/services/pace.ts
/** Seconds between two looks at a rollout: each second at first, every ten seconds when it takes minutes. */
const SHORTEST = 1;
const LONGEST = 10;
/** A rollout that takes 40 times as long can wait one second longer to be seen. */
const PER_SECOND = 40;
/** Of the 20 a second that ECS sustains for reads of services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const CALLS_PER_SECOND = 10;
/** However long ECS refuses calls, they are tried again after so many seconds. */
const LONGEST_REFUSED = 60;
/** Seconds until the next look. */
function pace({ age, calls, refused }) {
	const usual = Math.min(Math.max(age / PER_SECOND, SHORTEST), LONGEST);
	const bearable = Math.max(usual, calls / CALLS_PER_SECOND);
	return refused === 0 ? bearable : Math.min(bearable * 2 ** refused, Math.max(bearable, LONGEST_REFUSED));
}
// src/engine/ecs/services/service-deployments.ts
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
const PAGE$2 = 20;
const MOST_LISTED = 100;
const PARALLEL = 4;
/** Seconds by which the times of a deployment and of its service deployment may differ. */
const APART = 60;
/** Why deployments ended: what the service-deployments API knows of them. */
var ServiceDeployments = class {
	#account;
	/** Why it cannot be asked at all. */
	#missing = null;
	constructor(account) {
		this.#account = account;
	}
	/** One answer for each question; null where ECS was too busy to give one. */
	async ask(questions) {
		const limit = pLimit(PARALLEL);
		const found = await Promise.all(questions.map((question) => limit(() => this.#attempt(() => this.#find(question)))));
		const arns = found.flatMap((each) => "deployment" in each ? [each.deployment.serviceDeploymentArn] : []);
		const described = await Promise.all(chunks(arns, PAGE$2).map((page) => limit(() => this.#attempt(() => this.#describe(page)))));
		return found.map((each) => {
			if ("problem" in each) return each.problem;
			const { serviceDeploymentArn } = each.deployment;
			const page = described[Math.floor(arns.indexOf(serviceDeploymentArn) / PAGE$2)];
			if ("problem" in page) return page.problem;
			const deployment = page.get(serviceDeploymentArn);
			return deployment === void 0 ? UNKNOWN$1 : {
				known: true,
				deployment,
				later: each.later
			};
		});
	}
	async #find({ service, arn, createdAt }) {
		const { serviceDeployments: all = [] } = await (await this.#account.aws.ecs()).listServiceDeployments({
			cluster: this.#account.cluster,
			service,
			maxResults: MOST_LISTED
		});
		const apart = (each) => Math.abs(timeOf(each) - createdAt.getTime());
		const deployment = all.find((each) => each.serviceDeploymentArn === arn) ?? all.filter((each) => apart(each) <= APART * 1e3).toSorted((one, other) => apart(one) - apart(other))[0];
		if (deployment === void 0) return { problem: UNKNOWN$1 };
		return {
			deployment,
			later: all.filter((each) => timeOf(each) > timeOf(deployment))
		};
	}
	/** Deployments of services from before October 2024 are listed and cannot be described. */
	async #describe(serviceDeploymentArns) {
		const { serviceDeployments = [] } = await (await this.#account.aws.ecs()).describeServiceDeployments({ serviceDeploymentArns });
		return new Map(serviceDeployments.map((each) => [each.serviceDeploymentArn, each]));
	}
	async #attempt(call) {
		if (this.#missing !== null) return { problem: {
			known: false,
			why: this.#missing
		} };
		try {
			return await call();
		} catch (error) {
			if (isBusy(error)) return { problem: null };
			if (isNamed(error, "AccessDeniedException")) this.#missing = "ecs:ListServiceDeployments or ecs:DescribeServiceDeployments is not allowed";
			else if (isNamed(error, "UnknownOperationException", "UnsupportedFeatureException")) this.#missing = "the service-deployments API is not offered here";
			return { problem: {
				known: false,
				why: this.#missing ?? messageOf(error)
			} };
		}
	}
};
const UNKNOWN$1 = {
	known: false,
	why: "the service-deployments API does not know it"
};
function timeOf({ createdAt, startedAt }) {
	return (createdAt ?? startedAt)?.getTime() ?? 0;
}
// src/engine/ecs/services/watch.ts
/** DescribeServices takes so many names. */
const PAGE$1 = 10;
/** Rollouts of whose instances each is told of; of more than that only the troubled ones' tasks are read. */
const FEW = 10;
/** At one look the tasks of so many services are read at most, and of each only after so many seconds. */
const READ_AT_ONCE = 5;
const READ_AGAIN = 3;
/**
* Waits for rollouts. All that are watched at one time share their looks: one DescribeServices for ten of them, often at
* first and less often later. That ECS refuses calls makes it look less often, and never ends a wait.
*/
var Watcher = class {
	#account;
	#deployments;
	#watches = /* @__PURE__ */ new Map();
	#looking = false;
	#lookedAt = 0;
	/** Looks that were refused since the last one that was not. */
	#refused = 0;
	/** False once AWS has said that tasks may not be read: the wait does without. */
	#readsTasks = true;
	#nap = new AbortController();
	constructor(account) {
		this.#account = account;
		this.#deployments = new ServiceDeployments(account);
	}
	/**
	* Never rejects for a rollout that fails: that is what it resolves to. Rejects when AWS refuses to show services at all.
	* `process.steady` is for the caller to tell: what is one rollout to it may be several here.
	*/
	async watch(watched, { signal, report }) {
		const cancelled = {
			outcome: "cancelled",
			rolledBack: false,
			reason: null,
			instances: 0
		};
		if (signal.aborted) return cancelled;
		const watch = new Watch(watched, {
			signal,
			report
		}, this.#account.clock.now());
		const end = Promise.withResolvers();
		const onAbort = () => this.#end(watch, cancelled);
		signal.addEventListener("abort", onAbort);
		this.#watches.set(watch, end);
		this.#nap.abort();
		if (!this.#looking) this.#look();
		try {
			return await end.promise;
		} finally {
			signal.removeEventListener("abort", onAbort);
		}
	}
	async #look() {
		this.#looking = true;
		this.#lookedAt = this.#account.clock.now();
		try {
			for (;;) {
				await this.#sleep();
				if (this.#watches.size === 0) return;
				await this.#lookOnce();
			}
		} catch (error) {
			for (const { reject } of this.#watches.values()) reject(error);
			this.#watches.clear();
		} finally {
			this.#looking = false;
		}
	}
	/** Until the next look is due, or somebody's time is up. A watch that begins or ends meanwhile may change that. */
	async #sleep() {
		const { clock } = this.#account;
		while (this.#watches.size > 0) {
			const watches = [...this.#watches.keys()];
			const seconds = pace({
				age: (clock.now() - Math.max(...watches.map(({ began }) => began))) / 1e3,
				calls: Math.ceil(watches.length / PAGE$1),
				refused: this.#refused
			});
			const next = Math.min(this.#lookedAt + seconds * 1e3, ...watches.map(({ deadline }) => deadline));
			if (next <= clock.now()) return;
			this.#nap = new AbortController();
			await clock.sleep((next - clock.now()) / 1e3, this.#nap.signal);
		}
	}
	async #lookOnce() {
		const { clock } = this.#account;
		const watches = [...this.#watches.keys()];
		const services = await this.#describe(watches);
		this.#lookedAt = clock.now();
		if (services !== null) {
			for (const watch of watches) watch.see(services.get(watch.watched.service) ?? null, clock.now());
			await this.#ask(watches);
			await this.#readTasks(watches);
		}
		for (const watch of watches) {
			const ended = watch.outcome(clock.now());
			if (ended !== null) this.#end(watch, ended);
		}
	}
	async #describe(watches) {
		const names = watches.map(({ watched }) => watched.service);
		const services = await this.#attempt(() => describeServices(this.#account, names));
		this.#refused = services === null ? this.#refused + 1 : 0;
		return services;
	}
	async #ask(watches) {
		const now = this.#account.clock.now();
		const asking = watches.flatMap((watch) => {
			const question = watch.question(now);
			return question === null ? [] : [{
				watch,
				question
			}];
		});
		const answers = await this.#deployments.ask(asking.map(({ question }) => question));
		for (const [index, { watch }] of asking.entries()) {
			const answer = answers[index] ?? null;
			if (answer !== null) watch.hear(answer, now);
		}
	}
	/** The tasks of a few services, those first that were not looked at for longest, and of those that are over. */
	async #readTasks(watches) {
		if (!this.#readsTasks) return;
		const now = this.#account.clock.now();
		const isFew = watches.length <= FEW;
		const due = watches.filter((watch) => (isFew || watch.isTroubled) && now - watch.readAt >= READ_AGAIN * 1e3).toSorted((one, other) => one.readAt - other.readAt).slice(0, READ_AT_ONCE);
		const last = watches.filter((watch) => isFew && watch.isOver || now >= watch.deadline);
		try {
			const limit = pLimit(READ_AT_ONCE);
			await Promise.all([.../* @__PURE__ */ new Set([...due, ...last])].map((watch) => limit(() => this.#readTasksOf(watch))));
		} catch (error) {
			this.#readsTasks = isBusy(error);
		}
	}
	async #readTasksOf(watch) {
		const { service } = watch.watched;
		const running = await listTasks(this.#account, service, "RUNNING");
		const stopped = watch.isTroubled ? await listTasks(this.#account, service, "STOPPED") : [];
		const arns = /* @__PURE__ */ new Set([
			...running,
			...watch.known,
			...stopped.filter((arn) => !watch.hasEnded(arn))
		]);
		const tasks = await describeTasks(this.#account, [...arns]);
		if (this.#watches.has(watch)) watch.note(tasks, this.#account.clock.now());
	}
	/** Null: ECS is too busy. */
	async #attempt(call) {
		try {
			return await call();
		} catch (error) {
			if (!isBusy(error)) throw error;
			return null;
		}
	}
	#end(watch, ended) {
		this.#watches.get(watch)?.resolve(ended);
		this.#watches.delete(watch);
		this.#nap.abort();
	}
};
// src/engine/ecs/services/rollout.ts
/** Seconds for which AWS may be too busy to say what runs, before anything is written. */
const LONGEST_REFUSAL = 600;
/** Makes transitions of processes true. */
var Rollouts = class {
	#account;
	#definitions;
	#options;
	constructor(account, definitions, options) {
		this.#account = account;
		this.#definitions = definitions;
		this.#options = options;
	}
	/** See Engine.rollout: all at once, and each judged alone. */
	async rollout(app, transitions, io) {
		const tools = {
			...this.#options,
			account: this.#account,
			app,
			definitions: this.#definitions,
			autoscaling: new Autoscaling(this.#account),
			watcher: new Watcher(this.#account),
			looks: new Looks(this.#account)
		};
		const { clock } = this.#account;
		const limits = {
			clock,
			until: clock.now() + LONGEST_REFUSAL * 1e3,
			signal: io.signal
		};
		const names = transitions.flatMap((each) => namesOf(app, each));
		let services = null;
		const describe = () => services ??= patiently(limits, () => describeServices(this.#account, names));
		return Promise.all(transitions.map((each) => new ProcessRollout(tools, each, io).run(describe)));
	}
};
/** Of its service before and after: most often one. */
function namesOf(app, { before, after }) {
	return [before, after].flatMap((state) => state === null ? [] : [serviceNameOf({ app }, state)]);
}
// src/engine/ecs/tasks/outcome.ts
/** Longest reason that StopTask is given; it takes more, and answers with less. */
const LONGEST_REASON = 255;
/** Whether it is gone from the cluster, with all that it had there. */
function isStopped({ lastStatus }) {
	return lastStatus === "STOPPED";
}
/**
* Whether how it ended is known for good: what comes then is only that ECS takes its network away, which can take half a
* minute.
*/
function hasEnded(task) {
	return isStopped(task) || task.executionStoppedAt !== void 0 && mainOf$1(task)?.exitCode !== void 0;
}
/** Whether the program of a stopped task was ever started: if not, it has written nothing. */
function hasRun(task) {
	return task.startedAt !== void 0 || mainOf$1(task)?.exitCode !== void 0;
}
/**
* How a stopped task ended. Its one essential container is `main`; what AWS adds to a task (of GuardDuty, for example)
* is not essential and may have no exit code. Only a program that ended by itself has one here: 0 then means success.
*
* `asked` is why Gantry asked for it to be stopped, null if it did not.
*/
function outcomeOf(task, asked) {
	const { stopCode, stoppedReason } = task;
	const main = mainOf$1(task);
	const why = [stoppedReason, main?.reason].filter((each) => each !== void 0 && each !== "");
	if (asked !== null && (stopCode === void 0 || stopCode === "UserInitiated")) return {
		exit_code: null,
		reason: asked
	};
	if ((stopCode === void 0 || stopCode === "EssentialContainerExited") && main?.exitCode !== void 0) return {
		exit_code: main.exitCode,
		reason: main.reason ?? null
	};
	return {
		exit_code: null,
		reason: [...new Set(why)].join(": ") || stopCode || "ECS gives no reason"
	};
}
/** Why a task is stopped, as ECS takes it: one line, not too long. */
function stopReason(text) {
	return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim().slice(0, LONGEST_REASON).toWellFormed();
}
/** Seconds from when ECS was asked for it until its program had ended, by ECS's own clock. */
function durationOf({ createdAt, executionStoppedAt, stoppedAt }) {
	const end = executionStoppedAt ?? stoppedAt;
	return createdAt === void 0 || end === void 0 ? null : (end.getTime() - createdAt.getTime()) / 1e3;
}
// src/engine/ecs/tasks/refusal.ts
/** Errors of RunTask that are about what was asked for: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const REFUSALS = [
	"BlockedException",
	"ClientException",
	"ClusterNotFoundException",
	"InvalidParameterException",
	"PlatformTaskDefinitionIncompatibilityException",
	"PlatformUnknownException",
	"UnsupportedFeatureException"
];
const HINTS = [
	[/capacity|RESOURCE:/i, "Fargate has no room for it just now: run it again in a while, or name subnets in more availability zones"],
	[/PassRole|\brole\b/i, "see ecs.execution_role and ecs.task_role: both must exist and trust ecs-tasks.amazonaws.com, and whoever deploys needs iam:PassRole for them"],
	[/subnet|security ?group/i, "see ecs.subnets and ecs.security_groups: they must exist and be of one VPC"],
	[/cluster/i, "see ecs.cluster and ecs.region: the cluster must exist there, with the capacity provider FARGATE"]
];
/** Why ECS did not start a task that it was asked for, which it tells with HTTP 200 and without naming what, at times. */
function notStarted(task, failures) {
	const reasons = failures.map(({ arn, reason, detail }) => [
		reason ?? "no reason given",
		detail,
		arn === void 0 ? void 0 : `(${arn})`
	].filter((each) => each !== void 0).join(" "));
	const why = reasons.length === 0 ? "ECS started nothing and gave no reason" : reasons.join("; ");
	return new TaskError(`could not start task ${task}: ${why}`, { hint: hintFor(why) });
}
/** Why a call to start a task was refused; an error that is a bug of ours stays one. */
function refusedRun(task, error) {
	if (!isNamed(error, ...REFUSALS)) return problemOf(error, `start task ${task}`);
	const why = messageOf(error);
	return new TaskError(`could not start task ${task}: ${why}`, {
		hint: hintFor(why),
		cause: error
	});
}
function hintFor(why) {
	return HINTS.find(([pattern]) => pattern.test(why))?.[1];
}
// src/engine/ecs/tasks/stop-schedule.ts
/** Seconds after the deadline, so that whoever waits for the task stops it first and can say so. */
const GRACE = 60;
/**
* Has EventBridge Scheduler stop a task after its deadline, should nobody be there to do it. Returns a sentence when
* that cannot be had: the task runs all the same.
*/
async function scheduleStop({ aws, cluster }, stop) {
	const { role, task, deadline, reason } = stop;
	try {
		await (await aws.scheduler()).createSchedule(scheduleInput({
			Name: stopName(task),
			ScheduleExpression: `at(${new Date(deadline + GRACE * 1e3).toISOString().slice(0, 19)})`,
			ScheduleExpressionTimezone: "UTC",
			ActionAfterCompletion: "DELETE",
			Target: ecsTarget("stopTask", role, {
				cluster,
				task,
				reason
			})
		}));
		return null;
	} catch (error) {
		return `no schedule will stop this task at its time limit, should Gantry be killed: ${messageOf(error)}`;
	}
}
/** A schedule that stays behind does no harm: it stops a task that has ended, and deletes itself. */
async function unscheduleStop({ aws }, task) {
	await (await aws.scheduler()).deleteSchedule({ Name: stopName(task) }).catch(() => {});
}
function stopName(task) {
	return `gantry-stop-${task}`;
}
// src/engine/ecs/tasks/running-task.ts
/** Seconds that a new task may be unknown for: ECS is consistent in the end. */
const UNKNOWN = 60;
/** Seconds without a new line after which a task that has ended has said everything: CloudWatch shows lines late. */
const QUIET = 3;
const NOBODY = new AbortController().signal;
/** A task that runs, or has ended. */
var RunningTask = class {
	id;
	logs;
	result;
	#account;
	#started;
	#patience;
	#began;
	/** Fires when it is asked to stop: its end is near, and looked for at once. */
	#stopping = new AbortController();
	#asked = null;
	/** When it was seen to have ended, in milliseconds since the epoch, and whether its program had been started. */
	#end = null;
	constructor(account, app, started) {
		this.#account = account;
		this.#started = started;
		this.#patience = new Patience(account.clock);
		this.#began = account.clock.now();
		const component = streamPrefix("task", started.spec.name);
		this.id = instanceName(component, started.task);
		this.logs = this.#output(logGroup(app), `${component}/${CONTAINER}/${started.task}`);
		this.result = this.#wait();
		this.result.catch(() => {});
	}
	async stop(reason) {
		this.#ask(reason);
		await this.result.catch(() => {});
	}
	#ask(reason) {
		this.#asked ??= stopReason(reason);
		this.#stopping.abort();
	}
	async #wait() {
		try {
			const task = await this.#stopped();
			this.#end = {
				at: this.#account.clock.now(),
				hasRun: task !== null && hasRun(task)
			};
			return await this.#resultOf(task);
		} catch (error) {
			throw problemOf(error, `wait for task ${this.#started.spec.name}, which may still run`);
		} finally {
			this.#end ??= {
				at: this.#account.clock.now(),
				hasRun: true
			};
			if (this.#started.spec.placement?.scheduler_role) await unscheduleStop(this.#account, this.#started.task);
		}
	}
	/** The task once it has stopped; null when ECS does not know it any more. Never waits for RUNNING: a short one may never be seen there. */
	async #stopped() {
		const { clock } = this.#account;
		let known = false;
		let told = false;
		for (;;) {
			if (clock.now() >= this.#started.deadline) this.#ask(timeLimit(this.#started.spec));
			if (this.#asked !== null && !told) told = await this.#tell(this.#asked);
			const found = await this.#patience.attempt(() => this.#describe());
			if (found?.task !== void 0) {
				known = true;
				if (hasEnded(found.task)) return found.task;
			} else if (found !== null && (known || this.#age() > UNKNOWN)) return null;
			await this.#pause();
		}
	}
	async #describe() {
		const { aws, cluster } = this.#account;
		const { tasks = [] } = await (await aws.ecs()).describeTasks({
			cluster,
			tasks: [this.#started.task]
		});
		return { task: tasks[0] };
	}
	/** Tells ECS to stop it. False: to be told again. */
	async #tell(reason) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		return await this.#patience.attempt(async () => {
			try {
				return await ecs.stopTask({
					cluster,
					task: this.#started.task,
					reason
				});
			} catch (error) {
				if (isNamed(error, "InvalidParameterException")) return {};
				throw error;
			}
		}) !== null;
	}
	/** Often in its first minute, and when it is about to end; seldom later. */
	async #pause() {
		if (this.#asked !== null) return this.#patience.pause(1);
		const left = (this.#started.deadline - this.#account.clock.now()) / 1e3;
		const seconds = Math.min(Math.max(this.#age() / 30, 1), 10, Math.max(left, 0));
		await this.#patience.pause(seconds, this.#stopping.signal);
	}
	async #resultOf(task) {
		const elapsed = this.#age();
		if (task === null) return {
			exit_code: null,
			duration: elapsed,
			reason: this.#asked ?? "it is gone from the cluster, and ECS does not say how it ended",
			hint: null
		};
		const outcome = outcomeOf(task, this.#asked);
		const failed = outcome.exit_code !== 0 && (this.#asked === null || outcome.reason !== this.#asked);
		const duration = durationOf(task) ?? elapsed;
		return {
			...outcome,
			duration,
			hint: failed ? await this.#hint(task, outcome.exit_code) : null
		};
	}
	async #hint(task, exit_code) {
		const log = hasRun(task) ? await this.#started.lastLines().catch(() => []) : [];
		return hintFor$1({
			reason: endingOf(task).reason,
			exit_code,
			log
		})?.hint ?? null;
	}
	async *#output(group, stream) {
		if (this.#started.notice !== null) yield `(${this.#started.notice})`;
		const pause = (idle) => this.#nextLook(idle);
		try {
			for await (const message of readStream(this.#account, {
				group,
				stream,
				pause,
				signal: NOBODY
			})) yield* splitLines(message);
		} catch (error) {
			yield `(its output cannot be shown: ${messageOf(error)})`;
		}
	}
	#nextLook(idle) {
		if (this.#end === null) return pauseFor(idle);
		return Math.min(idle, (this.#account.clock.now() - this.#end.at) / 1e3) >= QUIET || !this.#end.hasRun ? null : 1;
	}
	/** Seconds since it was started. */
	#age() {
		return (this.#account.clock.now() - this.#began) / 1e3;
	}
};
/** Why a task is stopped that takes too long. */
function timeLimit({ max_hours }) {
	return `time limit of ${max_hours} h`;
}
// src/engine/ecs/tasks/tasks.ts
/** DescribeTasks takes so many: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const PAGE = 100;
/** Seconds between two looks at tasks that were told to stop. */
const TICK = 2;
/** Of a task that failed: enough to see why. */
const LAST_LINES = 20;
/** Runs tasks, and stops those that nobody waits for any more. */
var Tasks = class {
	#account;
	#definitions;
	#logs;
	constructor(account, definitions, logs) {
		this.#account = account;
		this.#definitions = definitions;
		this.#logs = logs;
	}
	/** Resolves as soon as ECS has taken it on: whether it can start at all is in its result. */
	async run(app, request) {
		const { spec } = request;
		const deadline = this.#account.clock.now() + spec.max_hours * 36e5;
		const task = await this.#start(app, request, deadline).catch((error) => {
			throw refusedRun(spec.name, error);
		});
		const notice = await this.#scheduleStop(spec, task, deadline);
		const component = streamPrefix("task", spec.name);
		const lastLines = () => this.#logs.tail(app, component, task, LAST_LINES);
		return new RunningTask(this.#account, app, {
			spec,
			task,
			deadline,
			notice,
			lastLines
		});
	}
	/**
	* Stops the tasks of an app that are past their time limit, because whoever waited for them was killed. Costs one
	* call where none runs.
	*/
	async stopOverdue(app) {
		const now = this.#account.clock.now();
		await this.#attempt(app, async () => {
			for (const task of await this.#running(app)) {
				const deadline = deadlineOf(task);
				if (deadline === null || deadline >= now) continue;
				await this.#stop(task, `time limit: it should have ended by ${new Date(deadline).toISOString()}`);
			}
		});
	}
	/** Resolves when all tasks of an app are gone. */
	async stopAll(app, reason) {
		const patience = new Patience(this.#account.clock);
		await this.#attempt(app, async () => {
			const running = await this.#running(app);
			await Promise.all(running.map((task) => this.#stop(task, reason)));
			let left = running.map((task) => task.taskArn);
			while (left.length > 0) {
				await patience.pause(TICK);
				const tasks = await patience.attempt(() => this.#describe(left));
				if (tasks !== null) left = tasks.filter((task) => !isStopped(task)).map((task) => task.taskArn);
			}
		});
	}
	/** The id of the task. */
	async #start(app, request, deadline) {
		const { aws, cluster } = this.#account;
		await this.#logs.ensureGroup(app);
		const { revision } = await this.#definitions.ensure(app, request.spec, null);
		const input = runInput(app, request, {
			cluster,
			revision,
			deadline,
			clientToken: randomUUID()
		});
		const { tasks = [], failures = [] } = await (await aws.ecs()).runTask(input);
		if (tasks[0] === void 0) throw notStarted(request.spec.name, failures);
		return idOf(tasks[0]);
	}
	/** A sentence when it cannot be had. */
	async #scheduleStop(spec, task, deadline) {
		const role = spec.placement?.scheduler_role ?? null;
		if (role === null) return null;
		return scheduleStop(this.#account, {
			role,
			task,
			deadline,
			reason: timeLimit(spec)
		});
	}
	/**
	* The app's tasks that are not stopping. Found by who started them: no other filter may be used with that one, and a
	* family alone would mean a call for each task of the config, and miss those that it no longer names.
	*/
	async #running(app) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		const found = [];
		let nextToken;
		do {
			const page = await ecs.listTasks({
				cluster,
				startedBy: startedBy(app),
				maxResults: PAGE,
				...nextToken !== void 0 && { nextToken }
			});
			found.push(...await this.#describe(page.taskArns ?? []));
			nextToken = page.nextToken;
		} while (nextToken !== void 0);
		return found.filter((task) => belongsTo(app, task.tags ?? []));
	}
	/** What ECS does not know any more is left out. */
	async #describe(arns) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		const found = [];
		for (const tasks of chunks(arns, PAGE)) found.push(...(await ecs.describeTasks({
			cluster,
			tasks,
			include: ["TAGS"]
		})).tasks ?? []);
		return found;
	}
	async #stop({ taskArn }, reason) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		try {
			await ecs.stopTask({
				cluster,
				task: taskArn,
				reason: stopReason(reason)
			});
		} catch (error) {
			if (!isNamed(error, "InvalidParameterException")) throw error;
		}
	}
	async #attempt(app, stop) {
		try {
			await stop();
		} catch (error) {
			throw problemOf(error, `stop the tasks of ${app.name}`);
		}
	}
};
// src/engine/ecs/ecs-engine.ts
/** Runs processes as services of an ECS cluster, on Fargate. */
var EcsEngine = class {
	name = "ecs";
	ledger;
	log;
	#account;
	#states;
	#locks;
	#variables;
	#definitions;
	#images;
	#logs;
	#tasks;
	#schedules;
	constructor(account, builder) {
		this.#account = account;
		this.#states = new States(account);
		this.ledger = new EcsLedger(account);
		this.#locks = new Locks(account);
		this.#variables = new Variables(account);
		this.#definitions = new Definitions(account, async (app, process) => {
			const { variables } = await this.#states.read(app);
			return (name) => parameterOf(variables, app, process, name);
		});
		this.#images = new Images(account, builder);
		this.#logs = new Logs(account);
		this.log = new DeploymentLog(account, this.#logs);
		this.#tasks = new Tasks(account, this.#definitions, this.#logs);
		this.#schedules = new Schedules(account, this.#definitions, this.#logs);
	}
	adapt(app) {
		return adapt(app);
	}
	countsReplace(before, after) {
		return countsReplace(before, after);
	}
	async observe(app, options = {}) {
		const { state, variables } = await this.#states.read(app);
		const { processes } = await this.#services(app, state, options);
		const instances = options.instances ? await instancesOf(this.#account, processes.map(({ process, service, state }) => ({
			process,
			service,
			port: state.spec.port
		}))) : /* @__PURE__ */ new Map();
		return {
			processes: processes.map((each) => ({
				...each.state,
				settled: each.settled,
				instances: instances.get(each.process) ?? []
			})),
			schedules: state.schedules,
			succeeded: state.succeeded,
			variables: options.refresh ? await this.#variables.refresh(app) : variables
		};
	}
	async checkPins(_app, pins) {
		return this.#images.check(pins);
	}
	async findImages(app, keys) {
		return this.#images.find(app, keys);
	}
	async makeImage(app, request, io) {
		return this.#images.make(app, request, io);
	}
	async runTask(app, request) {
		await this.#logs.ensureGroup(app);
		return this.#tasks.run(app, request);
	}
	async rollout(app, transitions, io) {
		if (!io.signal.aborted) await this.#logs.ensureGroup(app);
		const verdicts = await new Rollouts(this.#account, this.#definitions, {
			remember: (process, stored) => this.ledger.remember(app, { [process]: stored }),
			warn: (text) => io.report({
				type: "notice",
				text
			})
		}).rollout(app, transitions, io);
		await this.ledger.flush(app);
		return verdicts;
	}
	async setSchedules(app, tasks) {
		const { state } = await this.#states.read(app);
		this.ledger.remember(app, {}, tasks);
		await this.ledger.flush(app);
		await this.#schedules.set(app, tasks, state.schedules);
	}
	async setVariable(app, variable) {
		await this.#variables.set(app, variable);
	}
	async unsetVariable(app, name, process) {
		return this.#variables.unset(app, name, process);
	}
	logs(app, query) {
		return this.#logs.read(app, query);
	}
	async logNames(app) {
		return this.#logs.names(app);
	}
	async lock(app, request) {
		const lock = await this.#locks.lock(app, request);
		try {
			await this.#tasks.stopOverdue(app);
			return lock;
		} catch (error) {
			await lock.release();
			throw error;
		}
	}
	/** Asks whoever carries a deployment out to stop it. */
	async cancel(app, deployment) {
		await this.#locks.cancel(app, deployment);
	}
	async prune(app) {
		const { state } = await this.#states.read(app);
		const releases = await this.ledger.releases(app, 10);
		const digests = [
			...Object.values(state.processes).map((each) => each.state.spec.image),
			...state.schedules.map((each) => each.image),
			...releases.flatMap((release) => Object.values(release.images))
		].flatMap((image) => image?.kind === "built" ? image.digest ?? [] : []);
		await this.#images.prune(app, new Set(digests));
		await this.ledger.prune(app);
	}
	async removeApp(app) {
		const { state } = await this.#states.read(app);
		const { processes } = await this.#services(app, state, { refresh: true });
		await this.#schedules.remove(app);
		await this.#tasks.stopAll(app, "the app was deleted");
		await this.rollout(app, processes.map(({ process, state }) => ({
			name: process,
			before: state,
			after: null
		})), {
			signal: new AbortController().signal,
			report: () => {}
		});
		await this.#definitions.prune(processes.map(({ process }) => processFamily(app, process)), /* @__PURE__ */ new Set());
		await this.#images.removeAll(app);
		await this.#logs.removeGroup(app);
		await this.ledger.removeAll(app);
	}
	/** Names come from the ledger: what runs, and what a deployer that died may have made. */
	async #services(app, state, { refresh = false, signal }) {
		const names = new Map(Object.entries(state.processes).map(([process, { service }]) => [process, service]));
		for (const { record } of await this.ledger.unfinished(app)) for (const { name, before } of record?.processes ?? []) if (!names.has(name)) names.set(name, serviceName(app, name, before?.spec.ecs.service ?? null));
		const wanted = [...names].map(([process, service]) => ({
			process,
			service
		}));
		return observeServices(this.#account, this.#definitions, app, wanted, {
			stored: state.processes,
			refresh,
			signal
		});
	}
};
// src/engine/ecs/images/docker-config.ts
/**
* A Docker config of our own with one more login, in a folder that only we can read and that is gone afterwards: `docker login` would leave the
* password in the user's. What the user's config says still holds, so that private base images can be pulled.
*/
async function withLogin(login, use) {
	const folder = await mkdtemp(join(tmpdir(), "gantry-docker-"));
	try {
		const users = process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker");
		const config = withCredentials(await readConfig(users), users, login);
		await writeFile(join(folder, "config.json"), JSON.stringify(config), { mode: 384 });
		return await use(folder);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
/** An empty helper for the host keeps a credential store of the user from being asked for it instead. */
function withCredentials(config, users, { registry, auth }) {
	return {
		...config,
		auths: {
			...config.auths,
			[registry]: { auth }
		},
		credHelpers: {
			...config.credHelpers,
			[registry]: ""
		},
		cliPluginsExtraDirs: [...config.cliPluginsExtraDirs ?? [], join(users, "cli-plugins")]
	};
}
async function readConfig(folder) {
	try {
		return JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
	} catch {
		return {};
	}
}
// src/engine/ecs/images/docker-builder.ts
/** Seconds. */
const QUICK = 10;
const BUILD_TIMEOUT = 3600;
const PUSH_TIMEOUT = 1800;
/** Builds with the Docker engine that answers here. */
const dockerBuilder = { async build(request, io) {
	const { reference, login } = request;
	await checkEngine();
	await withLogin(login, async (config) => {
		const env = { DOCKER_CONFIG: config };
		await step(buildArguments(request), {
			...io,
			timeout: BUILD_TIMEOUT,
			env,
			doing: "build"
		});
		await step([
			"push",
			"--",
			reference
		], {
			...io,
			timeout: PUSH_TIMEOUT,
			env,
			doing: "push"
		});
	});
	await docker([
		"image",
		"rm",
		"--",
		reference
	], { timeout: QUICK });
} };
/** Words, never a shell line: all of this comes from a repository. */
function buildArguments({ context, build, reference }) {
	return [
		"build",
		`--tag=${reference}`,
		`--file=${join(context, build.dockerfile ?? "Dockerfile")}`,
		...build.platform === null ? [] : [`--platform=${build.platform}`],
		...build.target === null ? [] : [`--target=${build.target}`],
		...Object.entries(build.args).map(([name, value]) => `--build-arg=${name}=${value}`),
		"--",
		context
	];
}
async function checkEngine() {
	const answer = await docker([
		"version",
		"--format",
		"{{.Server.Version}}"
	], { timeout: QUICK });
	if (answer.ok) return;
	throw new UserError(`images are built with Docker, and no engine answers: ${answer.last}`, { hint: "start Docker, or deploy from a machine that has it" });
}
async function step(args, { signal, log, timeout, env, doing }) {
	const result = await docker(args, {
		timeout,
		signal,
		log,
		env
	});
	if (signal.aborted) throw new CancelledError("cancelled while the image was made");
	if (result.ok) return;
	throw new DeployError(`docker ${doing} failed: ${result.last}`, { hint: doing === "build" ? "the lines above say where; `docker build` in a clean clone should fail in the same way" : "the lines above say why: is the registry reachable, and may you write to the repository?" });
}
// src/engine/ecs/open.ts
/** The cluster that every account has or makes first. */
const DEFAULT_CLUSTER = "default";
/** Makes no call: region and credentials are looked for with the first one. */
async function openEcs({ region, cluster }, options = {}) {
	const { clock = systemClock, builder = dockerBuilder, aws = new Aws({ region }) } = options;
	const engine = new EcsEngine({
		aws,
		clock,
		cluster: cluster ?? DEFAULT_CLUSTER
	}, builder);
	return {
		engine,
		log: engine.log,
		cancel: (app, deployment) => engine.cancel(app, deployment)
	};
}
export { openEcs };
