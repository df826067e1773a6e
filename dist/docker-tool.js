import { s as UserError, t as CancelledError } from "./errors.js";
import { n as FIELDS, r as FIELD_NAMES } from "./canonical-json.js";
import { t as pLimit } from "./p-limit.js";
import { d as serviceName, o as nameOfArn } from "./names2.js";
import { D as revisionOf, P as describeServices, R as Autoscaling, _ as readServiceTags, a as adoptedOf, c as readProcessDefinition, i as withServiceFields, n as isSettled, r as processState, t as isMoving, z as mayScale } from "./service-state.js";
import { t as docker } from "./docker.js";
// src/engine/ecs/services/service-events.ts
const TROUBLE = /fail|unable|unhealthy|error|unavailable/i;
/** What ECS has said of a service lately, the newest first. */
function latestEvents({ events = [] }) {
	return events.filter(({ createdAt, message }) => createdAt !== void 0 && message !== void 0).toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime()).slice(0, 20).map(({ createdAt, message }) => ({
		at: createdAt.toISOString(),
		text: plain(message)
	}));
}
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
// src/engine/ecs/services/observe.ts
const PARALLEL = 4;
/**
* What runs of an app. A call for ten services, one for fifty that are autoscaled, and one for each definition that
* cannot be trusted to be what was stored.
*/
async function observeServices(account, definitions, app, wanted, options) {
	const { stored, begun = [], refresh = false, signal } = options;
	const listed = refresh ? await servicesNamedAlike(account, app, signal) : [];
	const known = wanted.flatMap(({ process }) => stored[process]?.service ?? []);
	const names = /* @__PURE__ */ new Set([
		...[...wanted, ...begun].map((each) => each.service),
		...known,
		...listed
	]);
	const services = await describeServices(account, [...names], signal);
	const { chosen, warnings } = onePerProcess([...services.values()].filter((each) => each.status === "ACTIVE").flatMap((service) => {
		const tags = readServiceTags(app, service.tags ?? []);
		const as = wanted.filter((each) => each.service === service.serviceName);
		return tags !== null && (as.length === 0 || as.some((each) => each.process === tags.process)) ? [{
			service,
			tags
		}] : [];
	}), wanted, options);
	const scaled = await scaling(account, chosen, refresh, warnings);
	const limit = pLimit(PARALLEL);
	return {
		processes: await Promise.all(chosen.map(async ({ service, tags }) => {
			const { process } = tags;
			const known = refresh ? void 0 : stored[process];
			const definition = isTrusted(service, tags, known) ? definitionOf(known.state) : await limit(async () => {
				const read = await definitions.read(revisionOf(service));
				return withServiceFields(app, service, process, readProcessDefinition(read, adoptedOf(service, tags)));
			});
			return {
				process,
				service: service.serviceName,
				state: processState(service, tags, definition, scaled.get(service.serviceName) ?? UNSCALED),
				revision: revisionOf(service),
				settled: !isMoving(service),
				events: latestEvents(service)
			};
		})),
		obstacles: wanted.flatMap((each) => {
			const there = services.get(each.service);
			if (there?.status !== "ACTIVE" || isOurs(app, each.process, there)) return [];
			const { message, hint } = foreignService(each);
			return [{
				process: each.process,
				reason: `${message}: ${hint}`
			}];
		}),
		warnings: [...warnings, ...wanted.filter(({ service }) => services.get(service)?.status === "DRAINING").map(({ process, service }) => `service ${service} was deleted and still has tasks: ${process} begins when they have stopped`)]
	};
}
function isOurs(app, process, { tags = [] }) {
	return readServiceTags(app, tags)?.process === process;
}
/** What somebody is told whose process has the name of a service that is not ours to touch. */
function foreignService({ process, service }) {
	return new UserError(`there is a service ${service} already, and it is not process ${process} of this app`, { hint: `call the process something else, name another service under \`ecs.service\`, or hand this one over with \`gantry adopt ${process}\`` });
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
function definitionOf({ spec }) {
	const fields = FIELD_NAMES.filter((field) => FIELDS[field] === "definition");
	return Object.fromEntries(fields.map((field) => [field, spec[field]]));
}
/**
* While a process moves to a service of another name there are two of it. The one that the ledger names counts; but where
* a deployer died on the way, the one that is not wanted does, so that whoever plans sees that something is left to do.
*/
function onePerProcess(found, wanted, { stored, begun = [] }) {
	const warnings = [];
	const isNamed = (names, { service, tags }) => names.some((each) => each.process === tags.process && each.service === service.serviceName);
	return {
		chosen: [...Map.groupBy(found, ({ tags }) => tags.process)].map(([process, all]) => {
			const one = all.find((each) => isNamed(begun, each) && !isNamed(wanted, each)) ?? all.find(({ service }) => service.serviceName === stored[process]?.service) ?? all[0];
			const others = all.filter((each) => each !== one && !isNamed(begun, each));
			for (const { service } of others) warnings.push(`service ${service.serviceName} is tagged as process ${process}, which ${one.service.serviceName} is: delete it if nothing needs it`);
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
		names.push(...(page.serviceArns ?? []).map(nameOfArn));
		nextToken = page.nextToken;
	} while (nextToken !== void 0);
	return names.filter((name) => name.startsWith(prefix));
}
// src/engine/ecs/images/docker-tool.ts
/** Seconds. */
const QUICK = 20;
/**
* Looks for what there is. Makes no builder: one with another driver needs an image of BuildKit, and would stay.
*
* @param env laid over the environment of `docker`
* @throws UserError where no Docker engine answers; CancelledError
*/
async function findTool(env, signal) {
	const ask = (args, more = {}) => docker(args, {
		timeout: QUICK,
		signal,
		env: {
			...env,
			...more
		}
	});
	const buildx = await ask(["buildx", "inspect"]);
	const driver = buildx.ok ? /^Driver:\s*(\S+)/m.exec(buildx.output)?.[1] : void 0;
	if (driver !== void 0 && driver !== "docker") return {
		kind: "buildx",
		driver,
		keepsLayers: true
	};
	const engine = await ask([
		"version",
		"--format",
		"{{.Server.Version}}"
	]);
	if (signal.aborted) throw new CancelledError("cancelled before the image was built");
	if (!engine.ok) throw new UserError(`images are built with Docker, and no engine answers: ${engine.last}`, { hint: "start Docker, or deploy from a machine that has it" });
	if (driver !== void 0) return {
		kind: "buildx",
		driver,
		keepsLayers: (await ask([
			"info",
			"--format",
			"{{json .DriverStatus}}"
		])).output.includes("io.containerd.snapshotter")
	};
	const help = await ask(["build", "--help"], { DOCKER_BUILDKIT: "1" });
	return { kind: help.ok && help.output.includes("--secret") ? "buildkit" : "classic" };
}
/** A sentence for the log: what builds, and why not something better. */
function describeTool(tool) {
	if (tool.kind === "buildx") return `built with docker buildx, driver ${tool.driver}: ${tool.keepsLayers ? "layers are kept in the registry for the next build" : "it cannot keep layers in the registry; `docker buildx create --use`, in a workflow docker/setup-buildx-action, makes a builder that can"}`;
	return `built with docker build, as docker buildx is not installed: by ${tool.kind === "buildkit" ? "its BuildKit" : "its former builder, which knows no build secrets"}; layers are kept on this machine only`;
}
export { observeServices as a, plain as c, isOurs as i, troublesSince as l, findTool as n, eventsSince as o, foreignService as r, isTroubled as s, describeTool as t };
