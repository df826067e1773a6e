import { s as UserError } from "./errors.js";
import { r as startWords } from "./command.js";
import { n as FIELD_NAMES, t as FIELDS } from "./fields.js";
import { t as canonicalJson } from "./canonical-json.js";
import { a as isOwnVolume, c as renderVolumes, i as refusals, o as readMounts, s as renderMounts } from "./adapt.js";
import { t as MAIN } from "./app2.js";
import { d as serviceName, n as PORT_NAME, p as streamPrefix, r as TAG, t as CONTAINER } from "./names2.js";
import { F as readCounts, M as bounds, P as isAutoscaled, a as ownedFields, b as shapeOf, c as tagsOf, f as referenceOf, ft as isNamed, h as actualShape, i as identity, it as chunks, m as versionOf, r as sameRole, u as leadsTo, v as primaryOf } from "./controller.js";
import { isDeepStrictEqual } from "node:util";
import { createHash } from "node:crypto";
// src/engine/ecs/services/autoscaling.ts
/** DescribeScalableTargets takes so many ids, and lists as many. */
const PAGE = 50;
/**
* A policy that tracks a target for each. AWS then scales out when one of them wants to, and in only when all agree:
* https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
*/
const METRICS = {
	cpu: "ECSServiceAverageCPUUtilization",
	memory: "ECSServiceAverageMemoryUtilization"
};
/** Null: the number of instances is not the autoscaler's. */
function scalingOf(spec) {
	if (!isAutoscaled(spec)) return null;
	const scaling = {
		...bounds(spec),
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
			const found = (await Promise.all(chunks(services, PAGE).map((each) => api.describeScalableTargets({
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
function hashOf(value) {
	return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 32);
}
// src/engine/ecs/definition/container.ts
const CONDITIONS = {
	started: "START",
	healthy: "HEALTHY",
	completed: "COMPLETE",
	succeeded: "SUCCESS"
};
/** Nothing in it is empty or null: ECS refuses some of that, and answers without the rest. */
function renderContainer(part, context, log) {
	const { entry_point, command } = startWords(part);
	const { port = null, health_check = null, cpu = null, memory = null } = part;
	const environment = byName(renderEnvironment({
		...part,
		port
	})).map(([name, value]) => ({
		name,
		value
	}));
	const secrets = part.secrets.toSorted().map((name) => ({
		name,
		valueFrom: valueFrom(name, context)
	}));
	const dependsOn = renderDependencies(part.depends_on ?? {});
	const check = renderHealthCheck(health_check);
	return {
		name: part.name,
		essential: part.essential,
		image: context.image,
		...entry_point !== null && { entryPoint: entry_point },
		...command !== null && { command },
		...environment.length > 0 && { environment },
		...secrets.length > 0 && { secrets },
		...port !== null && { portMappings: [{
			containerPort: port,
			name: portName(part.name),
			protocol: "tcp"
		}] },
		...check !== null && { healthCheck: check },
		...dependsOn.length > 0 && { dependsOn },
		...renderMounts(part.mounts),
		...cpu !== null && { cpu },
		...memory !== null && { memory },
		stopTimeout: Math.ceil(part.stop_timeout),
		linuxParameters: { initProcessEnabled: true },
		logConfiguration: {
			logDriver: "awslogs",
			options: {
				"awslogs-group": log.logGroup,
				"awslogs-region": log.region,
				"awslogs-stream-prefix": log.prefix,
				mode: "non-blocking",
				"max-buffer-size": "25m"
			}
		}
	};
}
/** The environment of a container, without what it gets as secrets. */
function renderEnvironment({ env, secrets, port }) {
	const named = Object.hasOwn(env, "PORT") || secrets.includes("PORT");
	return {
		...env,
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
function renderDependencies(depends_on) {
	return byName(depends_on).map(([containerName, condition]) => ({
		containerName,
		condition: CONDITIONS[condition]
	}));
}
/** The names of ports are unique in a task. */
function portName(container) {
	return container === CONTAINER ? PORT_NAME : container;
}
function valueFrom(name, context) {
	const found = Object.hasOwn(context.valueFrom, name) ? context.valueFrom[name] : void 0;
	if (found === void 0) throw new Error(`nothing says where the value of ${name} is`);
	return found;
}
function byName(record) {
	return Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1);
}
// src/engine/ecs/definition/read-container.ts
/** What ECS does where a definition says nothing. */
const DEFAULT_STOP_TIMEOUT = 30;
/**
* A container beside a process. What is said holds where it gives what is really there; else what is there wins.
*
* @param cpu units that it gets by what is said of all containers; null: none of its own
* @param main name of the container that is the process
*/
function readContainer(said, real, { cpu, volumes, main }) {
	const port = readPort(real);
	const { entry_point, command } = readStart(said, real);
	const realCpu = real.cpu || null;
	return {
		image: readImage(said, real.image ?? ""),
		entry_point,
		command,
		env: readEnv(said, real, port),
		secrets: readSecrets(said, {}, real).secrets,
		cpu: said.cpu !== void 0 && realCpu === cpu ? said.cpu : realCpu,
		memory: real.memory ?? null,
		essential: real.essential ?? true,
		depends_on: readDependencies(real, main),
		port,
		health_check: readHealthCheck(said, real),
		mounts: readMounts(said.mounts ?? {}, real.mountPoints ?? [], volumes),
		stop_timeout: readStopTimeout(said, real)
	};
}
function readImage({ image }, reference) {
	if (image?.kind === "built" && image.digest !== null && reference.endsWith(`@${image.digest}`)) return image;
	return {
		kind: "pinned",
		reference
	};
}
function readStart(said, real) {
	const words = {
		entry_point: wordsOf(real.entryPoint),
		command: wordsOf(real.command)
	};
	const { entry_point = null, command = null, pre_start = null } = said;
	return isDeepStrictEqual(startWords({
		entry_point,
		command,
		pre_start
	}), words) ? {
		entry_point,
		command,
		pre_start
	} : {
		...words,
		pre_start: null
	};
}
function readPort({ portMappings }) {
	return portMappings?.[0]?.containerPort ?? null;
}
function readEnv({ env, secrets = {}, variables = {}, port: saidPort = null }, container, port) {
	const real = Object.fromEntries((container.environment ?? []).map(({ name = "", value = "" }) => [name, value]));
	const elsewhere = [...Object.keys(secrets), ...Object.keys(variables)];
	const rendered = env && renderEnvironment({
		env,
		secrets: elsewhere,
		port: saidPort
	});
	if (env !== void 0 && isDeepStrictEqual(rendered, real)) return env;
	const given = port !== null && real["PORT"] === String(port) && !Object.hasOwn(env ?? {}, "PORT");
	return Object.fromEntries(Object.entries(real).filter(([name]) => !(given && name === "PORT")));
}
function readSecrets({ secrets: said }, variables, { secrets: real = [] }) {
	const secrets = [];
	const versions = [];
	for (const { name = "", valueFrom = "" } of real) {
		const version = valueOf(variables, name) === void 0 ? null : versionOf(name, valueFrom);
		const reference = valueOf(said, name);
		if (version !== null) versions.push([name, version]);
		if (reference !== void 0 && leadsTo(reference, name, valueFrom)) secrets.push([name, reference]);
		else if (version === null) secrets.push([name, referenceOf(valueFrom)]);
	}
	return {
		secrets: Object.fromEntries(secrets),
		variables: Object.fromEntries(versions)
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
function readDependencies({ dependsOn = [] }, main) {
	const conditions = Object.entries(CONDITIONS);
	return Object.fromEntries(dependsOn.map(({ containerName = "", condition }) => [containerName === main ? MAIN : containerName, conditions.find(([, each]) => each === condition)?.[0] ?? "started"]));
}
function readStopTimeout({ stop_timeout }, { stopTimeout }) {
	const real = stopTimeout ?? DEFAULT_STOP_TIMEOUT;
	return stop_timeout !== void 0 && Math.ceil(stop_timeout) === real ? stop_timeout : real;
}
function wordsOf(words) {
	return words === void 0 || words.length === 0 ? null : [...words];
}
function valueOf(record, name) {
	return record !== void 0 && Object.hasOwn(record, name) ? record[name] : void 0;
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
* The task definition of a process: its own container first. Equal specs and contexts give equal definitions with equal
* hashes.
*
* @throws UserError for what ECS would not take
*/
function renderProcess(app, spec, context) {
	const cpus = cpuParts(spec);
	const log = logOf("process", spec, context);
	return finish(app, "process", spec, context, [renderContainer({
		...mainPart(spec),
		port: spec.port,
		health_check: spec.health_check,
		depends_on: spec.depends_on,
		cpu: cpus[CONTAINER] ?? null
	}, context, log), ...Object.entries(spec.containers).map(([name, container]) => renderContainer({
		...container,
		name,
		secrets: Object.keys(container.secrets),
		cpu: cpus[name] ?? null
	}, contextOf(name, context), log))]);
}
/** The task definition of a task, likewise. */
function renderTask(app, spec, context) {
	return finish(app, "task", spec, context, [renderContainer(mainPart(spec), context, logOf("task", spec, context))]);
}
/**
* CPU units of each container. They are shares in a squeeze, so as soon as one names its part, those that do not get
* equal parts of what is left; where nobody names one, ECS shares evenly by itself.
*/
function cpuParts({ cpu, containers }) {
	const all = [[CONTAINER, null], ...Object.entries(containers).map(([name, each]) => [name, each.cpu])];
	const named = all.reduce((sum, [, units]) => sum + (units ?? 0), 0);
	if (named === 0) return {};
	const rest = Math.floor((cpu - named) / all.filter(([, units]) => units === null).length);
	return Object.fromEntries(all.map(([name, units]) => [name, units ?? rest]));
}
/** Of a process or task, without what only a process has. */
function mainPart(spec) {
	const { entry_point, command, pre_start, env, mounts, stop_timeout } = spec;
	const secrets = [.../* @__PURE__ */ new Set([...Object.keys(spec.secrets), ...Object.keys(spec.variables)])];
	return {
		name: CONTAINER,
		essential: true,
		entry_point,
		command,
		pre_start,
		env,
		secrets,
		mounts,
		stop_timeout
	};
}
function logOf(kind, { name }, context) {
	return {
		region: context.region,
		logGroup: context.logGroup,
		prefix: streamPrefix(kind, name)
	};
}
function contextOf(container, { containers }) {
	const found = Object.hasOwn(containers, container) ? containers[container] : void 0;
	if (found === void 0) throw new Error(`nothing says what ${container} runs`);
	return found;
}
function finish(app, kind, spec, context, [main, ...others]) {
	const what = `${kind} ${spec.name}`;
	refuseBeyondLimits(what, spec);
	const label = writeLabel(spec);
	const volumes = renderVolumes([spec.mounts, ...isProcess(spec) ? Object.values(spec.containers).map((each) => each.mounts) : []]);
	const withLabels = (labels) => ({
		...renderTaskLevel(spec, placementOf(what, spec), context),
		...volumes.length > 0 && { volumes },
		containerDefinitions: [{
			...main,
			dockerLabels: labels
		}, ...others],
		tags: tagsOf(identity(app, kind, spec.name))
	});
	const hash = hashOf(withLabels({ [LABEL.spec]: label }));
	const labelled = withLabels({
		[LABEL.spec]: label,
		[LABEL.hash]: hash
	});
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
function placementOf(what, { placement }) {
	if (placement !== null) return placement;
	throw new UserError(`nothing says in which subnets and with which roles ${what} runs`, { hint: "describe it in the config, whose `ecs` settings say so" });
}
function refuseBeyondLimits(what, spec) {
	const [first] = refusals(spec);
	if (first === void 0) return;
	throw new UserError(`${first.fields[0]} of ${what}: ${first.message}`, { hint: first.hint });
}
function refuseTooLarge(what, spec, input) {
	const bytes = Buffer.byteLength(JSON.stringify(input));
	if (bytes <= MAX_BYTES) return;
	const fields = {
		containers: {},
		...spec
	};
	const [largest] = [
		"env",
		"command",
		"pre_start",
		"secrets",
		"containers"
	].map((field) => ({
		field,
		bytes: Buffer.byteLength(JSON.stringify(fields[field]))
	})).sort((a, b) => b.bytes - a.bytes);
	throw new UserError(`the task definition of ${what} has ${Math.ceil(bytes / 1024)} KB, and ECS takes ${MAX_BYTES / 1024}`, { hint: `shorten its ${largest.field}, which is the longest part of it and counts twice` });
}
// src/engine/ecs/definition/read.ts
/** GB that come anyway. */
const FREE_STORAGE = 20;
/**
* The fields of a process that are in its task definition. What the label says holds where it gives what is really
* there; where somebody has changed that, or there is no label, what is there wins. Of a process that was adopted
* containers, mounts and dependencies that the config has not asked for are somebody else's, and not read.
*
* @param adopted what is known of a process whose definition somebody else has made
*/
function readProcessDefinition(definition, adopted = null) {
	const main = adopted === null ? mainOf(definition) : containerOf(definition, adopted);
	const said = readLabel(main.dockerLabels?.[LABEL.spec]);
	const container = adopted === null ? main : withoutForeign(main, said);
	const port = readPort(container);
	return {
		image: readImage(said, container.image ?? ""),
		...readStart(said, container),
		restarts: said.restarts ?? 0,
		cpu: Number(definition.cpu ?? container.cpu ?? 0),
		memory: Number(definition.memory ?? container.memory ?? container.memoryReservation ?? 0),
		ephemeral_storage_gb: readStorage(definition),
		expose: said.expose ?? adopted?.expose ?? "none",
		port,
		env: readEnv(said, container, port),
		...readSecrets(said, said.variables ?? {}, container),
		health_check: readHealthCheck(said, container),
		readiness: said.readiness ?? null,
		mounts: readMounts(said.mounts ?? {}, container.mountPoints ?? [], definition.volumes ?? []),
		containers: readContainers(said, definition, main, adopted),
		depends_on: readDependencies(container, container.name ?? ""),
		stop_timeout: readStopTimeout(said, container),
		ecs: said.ecs ?? {
			target_group: null,
			service: null,
			health_check_grace_period: null
		},
		placement: readPlacement(said, definition)
	};
}
function containerOf({ containerDefinitions = [] }, { container }) {
	return containerDefinitions.find((each) => each.name === container) ?? {};
}
function mainOf({ containerDefinitions = [] }) {
	return containerDefinitions.find((each) => each.name === CONTAINER) ?? containerDefinitions.find((each) => each.essential !== false) ?? {};
}
/** What Gantry would have put there. */
function withoutForeign(container, { containers = {} }) {
	const { mountPoints = [], dependsOn = [] } = container;
	return {
		...container,
		mountPoints: mountPoints.filter(({ sourceVolume }) => isOwnVolume(sourceVolume)),
		dependsOn: dependsOn.filter(({ containerName = "" }) => Object.hasOwn(containers, containerName))
	};
}
function readContainers(said, { containerDefinitions = [], volumes = [] }, main, adopted) {
	const { containers = {}, cpu = 0 } = said;
	const cpus = cpuParts({
		cpu,
		containers
	});
	return Object.fromEntries(containerDefinitions.filter(({ name = "" }) => adopted === null || Object.hasOwn(containers, name)).filter((each) => each !== main).map((each) => {
		const name = each.name ?? "";
		return [name, readContainer(Object.hasOwn(containers, name) ? containers[name] : {}, each, {
			cpu: cpus[name] ?? null,
			volumes,
			main: main.name ?? ""
		})];
	}));
}
function readStorage({ ephemeralStorage }) {
	const size = ephemeralStorage?.sizeInGiB ?? 0;
	return size > FREE_STORAGE ? size : null;
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
		...placement?.exec === true && { exec: true },
		architecture: definition.runtimePlatform?.cpuArchitecture === ARCHITECTURES.arm64 ? "arm64" : "x86_64"
	};
}
function roleOf(said, real) {
	return said !== void 0 && sameRole(said, real) ? said : real;
}
// src/engine/ecs/services/adopted-shape.ts
/**
* What a process asks of a service that is there. Of one that was adopted it asks for what the process says, and leaves as it
* is what Gantry would otherwise decide by itself.
*/
function shapeIn(service, spec, revision) {
	const shape = shapeOf(spec, revision);
	const container = service.tags?.find(({ key }) => key === TAG.adopted)?.value;
	return container === void 0 ? shape : keeping(actualShape(service), shape, container);
}
function keeping(actual, shape, container) {
	const { serviceConnectConfiguration: connect, deploymentConfiguration } = actual;
	const namesTheSame = connect.enabled === true && connect.namespace === shape.serviceConnectConfiguration.namespace;
	const overlapsAlike = overlaps(deploymentConfiguration) === overlaps(shape.deploymentConfiguration);
	return {
		...shape,
		enableECSManagedTags: actual.enableECSManagedTags,
		enableExecuteCommand: actual.enableExecuteCommand || shape.enableExecuteCommand,
		propagateTags: actual.propagateTags,
		loadBalancers: keptLoadBalancers(actual, shape, container),
		...namesTheSame && { serviceConnectConfiguration: connect },
		...overlapsAlike && {
			deploymentConfiguration,
			availabilityZoneRebalancing: actual.availabilityZoneRebalancing
		}
	};
}
/** Those behind the first one are nothing that a process has words for. */
function keptLoadBalancers({ loadBalancers: [, ...others] }, { loadBalancers: [wanted] }, container) {
	return wanted === void 0 ? others : [{
		...wanted,
		containerName: container
	}, ...others];
}
/** Whether new tasks may start before old ones have stopped. */
function overlaps({ maximumPercent = 200 }) {
	return maximumPercent > 100;
}
/** What the service of an adopted process says that its task definition does not; null of all others. */
function adoptedOf(service, { adopted }) {
	return adopted === null ? null : {
		container: adopted,
		expose: exposeOf(service)
	};
}
function exposeOf(service) {
	const connect = primaryOf(service)?.serviceConnectConfiguration;
	if ((service.loadBalancers ?? []).length > 0) return "public";
	return connect?.enabled === true && (connect.services ?? []).length > 0 ? "private" : "none";
}
// src/engine/ecs/services/service-state.ts
/**
* The state of a process from what its service, its tags and its definition say. Where the service itself is not what
* the tags ask for, it is right: another hand, or a deployer that died between two writes.
*/
function processState(service, tags, definition, scaled) {
	const disabled = isStopped(service, tags);
	const spec = {
		name: tags.process,
		...definition,
		...countsOf(service, tags.counts, disabled, scaled),
		disabled,
		rollout: tags.rollout
	};
	const asked = {
		...spec,
		...tags.counts,
		disabled: tags.disabled
	};
	return {
		spec,
		owned: ownedFields(asked, tags.owned),
		origin: tags.origin
	};
}
/**
* A definition with what its service says of the fields that are not in a task definition of ECS.
*
* @param asksExec whether the config has asked for ECS Exec when that was last known: a definition that somebody else has
*   made does not say so
*/
function withServiceFields(app, service, { process, adopted }, said, asksExec) {
	const network = service.networkConfiguration?.awsvpcConfiguration;
	const connect = primaryOf(service)?.serviceConnectConfiguration;
	const { ecs, placement } = said;
	const isAsked = adopted === null || asksExec || placement?.exec === true;
	return {
		...said,
		ecs: {
			target_group: service.loadBalancers?.[0]?.targetGroupArn ?? null,
			service: serviceName(app, process, ecs.service) === service.serviceName ? ecs.service : mapped(app, service, process),
			health_check_grace_period: gracePeriod(service, ecs.health_check_grace_period)
		},
		placement: placement && {
			...withoutExec(placement),
			...service.enableExecuteCommand === true && isAsked && { exec: true },
			subnets: sameSet(placement.subnets, network?.subnets ?? []),
			security_groups: sameSet(placement.security_groups, network?.securityGroups ?? []),
			assign_public_ip: network?.assignPublicIp === "ENABLED",
			namespace: connect?.enabled ? connect.namespace ?? null : null
		}
	};
}
function withoutExec({ exec: _exec, ...placement }) {
	return placement;
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
function isStopped({ desiredCount = 0 }, { disabled, counts }) {
	return desiredCount === 0 && (disabled || bounds(counts).min > 0);
}
function countsOf({ capacityProviderStrategy = [], desiredCount = 0 }, kept, stopped, { target, thresholds }) {
	const read = (count) => ({
		...kept,
		...readCounts(capacityProviderStrategy, count, kept)
	});
	if (target) {
		const counts = stopped || target.min === bounds(kept).min ? kept : read(target.min);
		return {
			...counts,
			scale_count: target.max - bounds(counts).min,
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
// src/engine/ecs/definition/carry-over.ts
/** What DescribeTaskDefinition shows and RegisterTaskDefinition does not take, or what is always of the process. */
const NOT_CARRIED = [
	"taskDefinitionArn",
	"revision",
	"status",
	"requiresAttributes",
	"compatibilities",
	"registeredAt",
	"deregisteredAt",
	"deleteRequestedAt",
	"registeredBy",
	"executionRoleArn",
	"taskRoleArn",
	"ephemeralStorage"
];
/** Members of its container that are of the process. All others of an adopted one stay as somebody has made them. */
const OF_THE_PROCESS = [
	"image",
	"entryPoint",
	"command",
	"environment",
	"secrets",
	"healthCheck",
	"stopTimeout"
];
/**
* The definition of a process that was adopted: what the process says of itself, in the definition that its service runs.
* Other containers, volumes, log drivers and whatever else Gantry has no words for are carried over.
*
* @param container name of the one that is the process
* @throws UserError where the config calls another one so
*/
function carryOver(input, { definition: runs, tags }, container) {
	const { requiresCompatibilities, containerDefinitions = [], volumes = [], tags: ownTags = [], ...ours } = input;
	const { containerDefinitions: all = [], volumes: their = [], runtimePlatform, ...theirs } = without(runs, NOT_CARRIED);
	const main = all.find((each) => each.name === container);
	if (main === void 0) throw new Error(`the definition of ${runs.family} has no container ${container}`);
	const [ourMain, ...rest] = containerDefinitions;
	if (rest.some(({ name }) => name === container)) throw sharedName(container);
	const beside = rest.map((each) => renamedMain(each, container));
	const before = Object.keys(readLabel(main.dockerLabels?.[LABEL.spec]).containers ?? {});
	const ourNames = /* @__PURE__ */ new Set([...before, ...beside.map(({ name }) => name)]);
	const others = all.filter((each) => each !== main && !ourNames.has(each.name));
	const allVolumes = [...their.filter(({ name }) => !isOwnVolume(name)), ...volumes];
	return {
		...theirs,
		requiresCompatibilities: theirs.requiresCompatibilities ?? requiresCompatibilities,
		...ours,
		...allVolumes.length > 0 && { volumes: allVolumes },
		tags: [...tags.filter(({ key = "" }) => !/^(?:aws|gantry):/.test(key)), ...ownTags],
		runtimePlatform: {
			...runtimePlatform,
			...ours.runtimePlatform
		},
		containerDefinitions: [
			carriedMain(ourMain, withoutOurs(main, ourNames), input, runs),
			...others,
			...beside
		]
	};
}
function sharedName(container) {
	return new UserError(`the container ${container} of its service is the process, and another one beside it has that name`, { hint: "call the container otherwise under `containers` in the config" });
}
/** The process is called otherwise here. */
function renamedMain({ dependsOn, ...rest }, container) {
	return {
		...rest,
		...dependsOn !== void 0 && { dependsOn: dependsOn.map(({ containerName, condition }) => ({
			containerName: containerName === CONTAINER ? container : containerName,
			condition
		})) }
	};
}
/** A container as somebody else has made it, without what Gantry has put into it. */
function withoutOurs({ mountPoints = [], dependsOn = [], ...rest }, ourNames) {
	return {
		...rest,
		mountPoints: mountPoints.filter(({ sourceVolume }) => !isOwnVolume(sourceVolume)),
		dependsOn: dependsOn.filter(({ containerName }) => !ourNames.has(containerName))
	};
}
function carriedMain(ours, theirs, now, before) {
	return {
		...without(theirs, [
			...OF_THE_PROCESS,
			"portMappings",
			"mountPoints",
			"dependsOn"
		]),
		...joined("mountPoints", theirs, ours),
		...joined("dependsOn", theirs, ours),
		...only(ours, OF_THE_PROCESS),
		...portsOf(ours, theirs),
		...theirs.cpu !== void 0 && { cpu: follow(theirs.cpu, before.cpu, now.cpu) },
		...theirs.memory !== void 0 && { memory: follow(theirs.memory, before.memory, now.memory) },
		dockerLabels: {
			...theirs.dockerLabels,
			...ours.dockerLabels
		}
	};
}
/** ECS refuses some lists that are empty. */
function joined(key, theirs, ours) {
	const all = [...theirs[key] ?? [], ...ours[key] ?? []];
	return all.length === 0 ? {} : { [key]: all };
}
/** The first port is that of the process. */
function portsOf({ portMappings: [wanted] = [] }, { portMappings: [first, ...others] = [] }) {
	if (wanted === void 0) return {};
	const { containerPort } = wanted;
	const { hostPort: _hostPort, ...kept } = first ?? { protocol: "tcp" };
	return { portMappings: [{
		...kept,
		name: kept.name ?? "main",
		containerPort
	}, ...others] };
}
function follow(own, before, now) {
	return String(own) === before && now !== void 0 ? Number(now) : own;
}
function without(value, keys) {
	const gone = keys;
	return Object.fromEntries(Object.entries(value).filter(([key]) => !gone.includes(key)));
}
function only(value, keys) {
	const wanted = keys;
	return Object.fromEntries(Object.entries(value).filter(([key]) => wanted.includes(key)));
}
export { mayScale as _, processState as a, overlaps as c, isProcess as d, render as f, Autoscaling as g, readLabel as h, isSettled as i, shapeIn as l, hashOf as m, sharedName as n, withServiceFields as o, LABEL as p, isMoving as r, adoptedOf as s, carryOver as t, readProcessDefinition as u, scalingOf as v, suspended as y };
