import { i as NotFoundError, s as UserError } from "./errors.js";
import { A as DEMAND, E as describeServices, F as readCounts, I as sameStrategy, R as strategyOf, S as strategyIn, a as ownedFields, j as SPOT, lt as problemOf, s as serviceTags, t as controllerRefusals, y as revisionOf, z as States } from "./controller.js";
import { a as logGroup, d as serviceName, r as TAG } from "./names2.js";
import { a as processState, c as overlaps, g as Autoscaling, i as isSettled, m as hashOf, n as sharedName, o as withServiceFields, s as adoptedOf, u as readProcessDefinition } from "./carry-over.js";
import { n as FIELD_NAMES } from "./fields.js";
import { n as showImage } from "./image.js";
import { r as withoutUnmet } from "./unmet.js";
import { n as adaptProcess } from "./adapt.js";
import { isDeepStrictEqual } from "node:util";
// src/engine/ecs/adopt/carried.ts
/** Members of a container that say nothing where they are as ECS fills them in. */
const FILLED_IN = {
	cpu: 0,
	essential: true
};
/** What the process says itself, and what is told of in words of its own. */
const TOLD = /* @__PURE__ */ new Set([
	"name",
	"image",
	"entryPoint",
	"command",
	"environment",
	"secrets",
	"healthCheck",
	"stopTimeout",
	"portMappings",
	"logConfiguration"
]);
/**
* What a process has no words for, and what each new revision of it takes over from the one before; for people.
*
* @param container name of the one that is the process
* @param replaced names of those that the config describes
*/
function carriedBy(app, service, { containerDefinitions: all = [], volumes = [], proxyConfiguration }, { container, replaced }) {
	const main = all.find((each) => each.name === container);
	return [
		...all.filter((each) => each !== main && !replaced.includes(each.name ?? "")).map((each) => `the container ${each.name}`),
		...main === void 0 ? [] : [
			...outputOf(app, main),
			...settingsOf(main),
			...otherPorts(main)
		],
		...volumes.map((each) => `the volume ${each.name}`),
		...proxyConfiguration === void 0 ? [] : ["its proxy configuration"],
		...(service.loadBalancers ?? []).slice(1).map((each) => `the target group ${each.targetGroupArn}`),
		...(service.serviceRegistries ?? []).map((each) => `the service registry ${each.registryArn}`)
	];
}
function outputOf(app, { logConfiguration }) {
	if (logConfiguration === void 0) return ["that its output is not kept, so that `gantry logs` has none"];
	const { logDriver, options } = logConfiguration;
	const group = options?.["awslogs-group"];
	if (group === logGroup(app)) return [];
	return [`its log driver ${logDriver}${group === void 0 ? "" : ` to ${group}`}, where \`gantry logs\` does not look`];
}
function settingsOf(main) {
	return Object.entries(main).filter(([key, value]) => !TOLD.has(key) && !isEmpty(value) && !isDeepStrictEqual(FILLED_IN[key], value)).map(([key]) => `${key} of its container`);
}
function otherPorts({ portMappings = [] }) {
	return portMappings.slice(1).map((each) => `port ${each.containerPort}`);
}
function isEmpty(value) {
	return value === void 0 || typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
// src/engine/ecs/adopt/differences.ts
const NOT_COMPARED = [
	"image",
	"containers",
	"restarts",
	"variables"
];
const COMPARED = FIELD_NAMES.filter((field) => !NOT_COMPARED.includes(field));
/**
* What is otherwise in the config than in what runs.
*
* @param isNamed whether the config has something at a path such as `processes.web.memory`, or below it
*/
function differencesOf(app, process, runs, isNamed) {
	const differing = COMPARED.filter((field) => !isDeepStrictEqual(process[field], runs[field]));
	const open = differing.filter((field) => !isInConfigOnly(field));
	const kept = tenable(app, process, runs, open.filter((field) => !isNamed(pathOf(process, field))));
	const closed = differing.filter(isInConfigOnly).flatMap((field) => entriesOf(field, process, runs));
	const [named, missing] = [closed.filter((each) => isNamed(each.path)), closed.filter((each) => !isNamed(each.path))];
	return {
		kept: kept.map((field) => ({
			field,
			value: runs[field],
			config: process[field]
		})),
		changed: [
			...imageChange(process, runs),
			...newContainers(process),
			...open.filter((field) => !kept.includes(field)).map((field) => ({
				field,
				from: runs[field],
				to: process[field]
			})),
			...named.map(changeOf)
		],
		refused: missing.map(refusalOf)
	};
}
function isInConfigOnly(field) {
	return field === "env" || field === "secrets" || field === "ecs" || field === "placement";
}
/** All that a service says of its rollouts is whether they overlap. */
function pathOf({ name }, field) {
	return `processes.${name}.${field === "rollout" ? "rollout.overlap" : field}`;
}
/** Of the fields to keep those that go with what the config says: 256 CPU units do not go with 8 GB. */
function tenable(app, process, runs, fields) {
	const { build: _build, image: _image, containers: _containers, ...says } = withoutUnmet(process);
	const { image, containers, restarts, variables } = runs;
	const own = Object.fromEntries(fields.map((field) => [field, runs[field]]));
	const { spec, problems } = adaptProcess(app, {
		...says,
		image,
		containers,
		restarts,
		variables,
		...own
	});
	const refused = problems.flatMap(({ severity, fields: named }) => severity === "error" ? named : []);
	return fields.filter((field) => isDeepStrictEqual(spec[field], runs[field]) && !refused.some((each) => each.split(".")[0] === field));
}
function imageChange({ image }, runs) {
	const from = showImage(runs.image);
	if (image === null) return [{
		field: "image",
		from,
		to: "the one that is built"
	}];
	return runs.image.kind === "pinned" && runs.image.reference === image ? [] : [{
		field: "image",
		from,
		to: image
	}];
}
/** What the config puts beside it. What is there stays. */
function newContainers({ containers }) {
	const names = Object.keys(containers);
	return names.length === 0 ? [] : [{
		field: "containers",
		from: null,
		to: names
	}];
}
function entriesOf(field, process, runs) {
	const [from, to] = [new Map(Object.entries(runs[field] ?? {})), new Map(Object.entries(process[field] ?? {}))];
	return [.../* @__PURE__ */ new Set([...from.keys(), ...to.keys()])].filter((key) => !isDeepStrictEqual(from.get(key), to.get(key))).map((key) => ({
		field,
		key,
		path: pathOfEntry(process, field, key),
		from: from.get(key),
		to: to.get(key)
	}));
}
function pathOfEntry({ name }, field, key) {
	if (field === "ecs") return `processes.${name}.ecs.${key}`;
	if (field !== "placement") return `processes.${name}.${field}`;
	return key === "architecture" ? `processes.${name}.build.platform` : `ecs.${key}`;
}
/** The values of variables are nobody's business but that of whoever wrote them. */
function changeOf({ field, key, from, to }) {
	const shown = (value) => field === "env" && value !== void 0 ? "…" : value;
	return {
		field: `${field}.${key}`,
		from: shown(from),
		to: shown(to)
	};
}
function refusalOf({ field, key, path, from }) {
	if (field === "env" || field === "secrets") return {
		reason: `it has the ${field === "env" ? "variable" : "secret"} ${key}, and the config names no ${field} for it`,
		hint: `write it under \`${path}\``
	};
	const value = PLATFORMS[String(from)] ?? JSON.stringify(from);
	return {
		reason: `its ${key} is ${value}, and the config does not say so`,
		hint: `say \`${path}: ${value}\``
	};
}
const PLATFORMS = {
	x86_64: "linux/amd64",
	arm64: "linux/arm64"
};
// src/engine/ecs/adopt/refusals.ts
/** Tags that one resource can have: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
const MOST_TAGS = 50;
const FARGATE = [DEMAND, SPOT];
/** What of a service Gantry can neither say nor leave alone. */
function serviceRefusals(service) {
	const { serviceName: name, deploymentConfiguration } = service;
	const found = controllerRefusals(service);
	const refuse = (reason, hint) => void found.push({
		reason,
		hint
	});
	const strategy = deploymentConfiguration?.strategy ?? "ROLLING";
	if (strategy !== "ROLLING") refuse(`its deployment strategy is ${strategy}, and Gantry's is ROLLING`, `set that first: aws ecs update-service --service ${name} --deployment-configuration strategy=ROLLING`);
	if (service.schedulingStrategy === "DAEMON") refuse("it runs one task on every machine", "a process is a service of type REPLICA");
	if (service.resourceManagementType === "ECS") refuse("ECS itself manages it (Express Mode)", "each would undo what the other does: leave it to ECS");
	const providers = strategyIn(service).map((each) => each.capacityProvider);
	if (providers.length === 0 || !providers.every((each) => FARGATE.includes(each))) refuse(`it runs on ${providers.join(", ") || (service.launchType ?? "EC2")}, and Gantry knows only Fargate`, "move it to Fargate first");
	if (!isSettled(service)) refuse("a deployment of it is under way, or has failed", "wait until it is steady");
	if (service.loadBalancers?.some((each) => each.loadBalancerName !== void 0) === true) refuse("it is behind a Classic Load Balancer", "put it behind a target group first");
	if (!/:service\/[^/]+\/[^/]+$/.test(service.serviceArn ?? "")) refuse("its ARN is of the old form, which takes no tags", "turn the long form on (`aws ecs put-account-setting-default --name serviceLongArnFormat --value enabled`), and make the service anew");
	return found;
}
/** What of a definition Gantry can neither say nor carry over. */
function definitionRefusals(definition, service, container) {
	const found = [];
	const system = definition.runtimePlatform?.operatingSystemFamily ?? "LINUX";
	if (system !== "LINUX") found.push({
		reason: `it runs on ${system}, and Gantry builds for Linux`,
		hint: "leave it to whoever made it"
	});
	const [behind] = (service.loadBalancers ?? []).flatMap((each) => each.containerName ?? []);
	if (behind !== void 0 && behind !== container) found.push({
		reason: `its load balancer sends requests to the container ${behind}, not to ${container}`,
		hint: `a process is what gets the requests: say --container ${behind}, or send them to ${container}`
	});
	return found;
}
/** Containers of the config that its service would have twice. */
function containerRefusals({ containers }, container) {
	if (!Object.hasOwn(containers, container)) return [];
	const { message, hint = "" } = sharedName(container);
	return [{
		reason: message,
		hint
	}];
}
/** Gantry has one strategy for each pair of counts. Any other would be replaced with the first change. */
function strategyRefusals(service, spec) {
	const actual = strategyIn(service);
	const ours = strategyOf(spec);
	if (!actual.every((each) => FARGATE.includes(each.capacityProvider)) || sameStrategy(actual, ours)) return [];
	const counts = `${spec.demand_count} on demand and ${spec.spot_count} on spot`;
	return [{
		reason: `its capacity provider strategy is ${shown(actual)}, and that of ${counts} is ${shown(ours)}`,
		hint: `set that first, which replaces its tasks: aws ecs update-service --service ${service.serviceName} --force-new-deployment --capacity-provider-strategy ${ours.map(argumentOf).join(" ")}`
	}];
}
/** Nobody but its autoscaler may write the count of a service that has one. */
function autoscalingRefusals(service, cluster, isScaled) {
	if (!isScaled) return [];
	return [{
		reason: "an autoscaler that Gantry did not set up decides how many tasks it has",
		hint: `say \`scale_count\` and its thresholds in the config, and take that one away: aws application-autoscaling deregister-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/${cluster}/${service.serviceName}`
	}];
}
/** @param count how many tags it gets */
function tagRefusals({ tags = [] }, process, count) {
	const valueOf = (key) => tags.find((each) => each.key === key)?.value;
	const owner = valueOf(TAG.app);
	if (owner !== void 0) {
		const its = valueOf(TAG.process) ?? "?";
		return [{
			reason: `it is process ${its} of ${owner} (${valueOf(TAG.environment) ?? "?"}) already`,
			hint: its === process ? "if that is this app, nothing is left to adopt: `gantry plan` shows what a deploy would change" : "take its tags that begin with `gantry:` away first, if that one is no more"
		}];
	}
	const own = tags.filter(({ key }) => !key?.startsWith("aws:")).length;
	if (own + count <= MOST_TAGS) return [];
	return [{
		reason: `it has ${own} tags, and ${count} more would be over ${MOST_TAGS}`,
		hint: "take some away first"
	}];
}
/** Name of the container that is the process, or why nobody can tell. */
function containerOf({ containerDefinitions: all = [] }, { process, asked }) {
	const names = all.map(nameOf);
	const hint = `say ${names.map((name) => `--container ${name}`).join(" or ")}`;
	if (asked !== null) return names.includes(asked) ? asked : {
		reason: `its definition has no container ${asked}`,
		hint
	};
	const essential = all.filter((each) => each.essential !== false).map(nameOf);
	return (essential.length === 1 ? essential[0] : essential.find((name) => name === process)) ?? {
		reason: `which of its containers is the process: ${essential.join(" or ")}?`,
		hint
	};
}
function nameOf({ name = "" }) {
	return name;
}
function shown(strategy) {
	return strategy.map(({ capacityProvider, base = 0, weight = 0 }) => `${capacityProvider} (base ${base}, weight ${weight})`).join(" and ");
}
function argumentOf({ capacityProvider, base = 0, weight = 0 }) {
	return `capacityProvider=${capacityProvider},base=${base},weight=${weight}`;
}
// src/engine/ecs/adopt/adoption.ts
const NO_COUNTS = {
	demand_count: 0,
	spot_count: 0,
	scale_count: 0,
	scale_type: "none",
	autoscaling_cpu_threshold: null,
	autoscaling_memory_threshold: null
};
/** What adopting a service would write, and what the config names otherwise than it is. Pure. */
function adoptionOf({ app, process, container: asked, isNamed }, found) {
	const { service, definition, isScaled, cluster } = found;
	const revision = revisionOf(service);
	const chosen = containerOf(definition, {
		process: process.name,
		asked
	});
	const container = typeof chosen === "string" ? chosen : "";
	const read = stateOf(app, process, found, tagsToBe(process, service, container));
	const { kept, changed, refused } = differencesOf(app, process, read.spec, isNamed);
	const owned = kept.map(({ field }) => field);
	const state = {
		...read,
		owned: ownedFields(read.spec, owned)
	};
	const run = {
		revision,
		hash: hashOf(definition.containerDefinitions)
	};
	const tags = [...serviceTags(app, state, run), {
		key: TAG.adopted,
		value: container
	}];
	return {
		adoption: {
			process: process.name,
			service: service.serviceName,
			revision,
			container: container || null,
			kept,
			changed,
			carried: carriedBy(app, service, definition, {
				container,
				replaced: Object.keys(process.containers)
			}),
			refused: [
				...tagRefusals(service, process.name, tags.length),
				...serviceRefusals(service),
				...typeof chosen === "string" ? definitionRefusals(definition, service, chosen) : [chosen],
				...containerRefusals(process, container),
				...strategyRefusals(service, state.spec),
				...autoscalingRefusals(service, cluster, isScaled),
				...refused
			]
		},
		tags,
		stored: {
			state,
			service: service.serviceName,
			...run
		}
	};
}
/** As they will read. What the service itself does not say is as the config has it. */
function tagsToBe(process, service, container) {
	const { desiredCount = 0, deploymentConfiguration = {} } = service;
	const { demand_count, spot_count } = process;
	const counts = desiredCount === 0 ? {
		demand_count,
		spot_count
	} : readCounts(strategyIn(service), desiredCount, NO_COUNTS);
	return {
		process: process.name,
		origin: "config",
		owned: [],
		counts: {
			...NO_COUNTS,
			...counts
		},
		disabled: desiredCount === 0,
		rollout: {
			...process.rollout,
			overlap: overlaps(deploymentConfiguration)
		},
		fingerprint: null,
		adopted: container
	};
}
function stateOf(app, { placement }, { service, definition }, tags) {
	const said = readProcessDefinition(definition, adoptedOf(service, tags));
	const fields = withServiceFields(app, service, tags, said, placement?.exec === true);
	return processState(service, tags, fields, {
		target: void 0,
		thresholds: null
	});
}
// src/engine/ecs/adopt/adoptions.ts
/** Hands services over that Gantry did not make. */
var Adoptions = class {
	#account;
	constructor(account) {
		this.#account = account;
	}
	/**
	* What adopting a service would do. Only reads.
	*
	* @throws NotFoundError where there is no such service
	*/
	async look(request) {
		return (await this.#handover(request)).adoption;
	}
	/**
	* Tags the service, and remembers what it is. Nothing of it is changed.
	*
	* @param shown what somebody has agreed to
	* @throws UserError where it is not to be had, or is not what was shown any more
	*/
	async adopt(request, shown) {
		const { app, process } = request;
		const { adoption, tags, stored, resourceArn } = await this.#handover(request);
		const [refusal] = adoption.refused;
		if (refusal !== void 0) throw new UserError(`${adoption.service} cannot be adopted: ${refusal.reason}`, { hint: refusal.hint });
		if (!isDeepStrictEqual(adoption, shown)) throw new UserError(`${adoption.service} has changed meanwhile: nothing was done`, { hint: "look at it again" });
		const ecs = await this.#account.aws.ecs();
		try {
			await ecs.tagResource({
				resourceArn,
				tags
			});
		} catch (error) {
			throw problemOf(error, `tag the service ${adoption.service}`);
		}
		await new States(this.#account).update(app, (state) => ({
			...state,
			processes: {
				...state.processes,
				[process.name]: stored
			}
		}));
	}
	async #handover(request) {
		const name = serviceOf(request);
		const { aws, cluster } = this.#account;
		try {
			const service = (await describeServices(this.#account, [name])).get(name);
			if (service?.status !== "ACTIVE") throw noService(name, cluster);
			const ecs = await aws.ecs();
			const [{ taskDefinition }, targets] = await Promise.all([ecs.describeTaskDefinition({ taskDefinition: revisionOf(service) }), new Autoscaling(this.#account).targets([name])]);
			return {
				...adoptionOf(request, {
					service,
					definition: taskDefinition,
					isScaled: targets?.has(name) === true,
					cluster
				}),
				resourceArn: service.serviceArn
			};
		} catch (error) {
			throw problemOf(error, `look at the service ${name}`);
		}
	}
};
/** Where the config says another name, the next deployment would make a service of that one. */
function serviceOf({ app, process, service }) {
	const said = serviceName(app, process.name, process.ecs.service);
	if (service === null || service === said) return said;
	throw new UserError(`the config says that ${process.name} is the service ${said}, not ${service}`, { hint: `say \`ecs: {service: ${service}}\` under processes.${process.name} first: a deploy would make ${said} otherwise` });
}
function noService(name, cluster) {
	return new NotFoundError(`there is no service ${name} in cluster ${cluster}`, { hint: "say which one it is with `ecs: {service: NAME}` under the process, in the config" });
}
export { Adoptions };
