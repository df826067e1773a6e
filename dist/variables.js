import { a as TaskError, c as messageOf, i as NotFoundError, n as ConfigError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { t as isoNow } from "./clock.js";
import { d as oneLine } from "./repository.js";
import { n as showCommand } from "./command.js";
import { n as showImage, t as sameImage } from "./image.js";
import { t as instanceCount } from "./spec.js";
import { a as FIELD_NAMES, i as FIELDS, n as pLimit, o as differingFields, r as canonicalJson, t as SupersededError } from "./ledger.js";
import { t as MAX_FILE_BYTES } from "./reading.js";
import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createHash } from "node:crypto";
// src/plan/variables.ts
/** The reference of a secret whose value is a variable: `API_KEY: gantry`. */
const SET_BY_HAND = "gantry";
/** A variable of one process wins over one that reaches everything. */
function reachOf(variables) {
	const everywhere = versions(variables.filter((each) => each.process === null));
	const own = Map.groupBy(variables, (each) => each.process);
	return (process) => {
		const specific = process === null ? void 0 : own.get(process);
		return specific === void 0 ? everywhere : {
			...everywhere,
			...versions(specific)
		};
	};
}
/** What stays of the config's env and secrets where a variable of the same name wins. */
function unshadowed(says, variables) {
	return {
		env: without(says.env, shadowedEnv(says, variables)),
		secrets: without(says.secrets, shadowedSecrets(says, variables))
	};
}
/** The config's env and secrets that variables win over, as fields: `env.LOG_LEVEL`. */
function shadowedFields(says, variables) {
	return [...shadowedEnv(says, variables).map((name) => ({
		field: `env.${name}`,
		config: says.env[name]
	})), ...shadowedSecrets(says, variables).map((name) => ({
		field: `secrets.${name}`,
		config: says.secrets[name]
	}))];
}
/** The secrets that are to be set by hand and are not. */
function missingSecrets(spec) {
	return Object.entries(spec.secrets).filter(([name, reference]) => reference === SET_BY_HAND && !Object.hasOwn(spec.variables, name)).map(([name]) => name);
}
function shadowedEnv({ env }, variables) {
	return Object.keys(variables).filter((name) => Object.hasOwn(env, name));
}
function shadowedSecrets({ secrets }, variables) {
	return Object.keys(variables).filter((name) => Object.hasOwn(secrets, name) && secrets[name] !== SET_BY_HAND);
}
function versions(variables) {
	return Object.fromEntries(variables.map((each) => [each.name, each.version]));
}
function without(record, names) {
	if (names.length === 0) return record;
	const dropped = new Set(names);
	return Object.fromEntries(Object.entries(record).filter(([name]) => !dropped.has(name)));
}
// src/plan/blocked.ts
const COUNTS = [
	"demand_count",
	"spot_count",
	"scale_count"
];
/** Operations on processes that the plan has nothing for. */
function impossibleOperations(operate, changes) {
	const planned = new Set(changes.map((each) => each.name));
	return operate.filter((each) => !planned.has(each.process)).map(({ process, set }) => set ? `there is no image for ${process}, as nothing in the config has the app's own build: give it one with \`image=REFERENCE\`` : `there is no process ${process}: \`gantry process list\` shows those that there are`);
}
/** Counts that make no sense once the config's fields and the operator's are put together. */
function invalidCounts(changes) {
	return changes.flatMap(({ name, after }) => {
		if (after === null) return [];
		return COUNTS.filter((field) => !(after.spec[field] >= 0)).map((field) => {
			const sentence = (owner) => `${field} of ${name} is ${after.spec[field]} (set by ${owner}) and must be 0 or more`;
			return Object.hasOwn(after.owned, field) ? `${sentence("operator")}: hand it back with \`gantry process unset ${name} ${field}\`` : sentence("the config");
		});
	});
}
/** Secrets that are to be set by hand, are not, and are needed by something that this plan starts. */
function unsetSecrets(processes, tasks) {
	const missing = [...processes.flatMap(({ name, action, after }) => after !== null && starts(action, after.spec) ? {
		component: name,
		spec: after.spec
	} : []), ...tasks.flatMap(({ name, action, spec }) => spec !== null && action !== "skip" && action !== "unchanged" ? {
		component: `task ${name}`,
		spec
	} : [])].flatMap(({ component, spec }) => missingSecrets(spec).map((secret) => ({
		secret,
		component
	})));
	return [...Map.groupBy(missing, (each) => each.secret)].map(([secret, uses]) => {
		const users = new Set(uses.map((each) => each.component));
		return `the secret ${secret} has no value, and ${`${list(users)} ${users.size === 1 ? "needs" : "need"} it`}: set it with \`gantry env set ${secret} --secret\``;
	});
}
/** Removals that nobody should make in passing. */
function dangerousRemovals(changes) {
	const running = changes.filter((each) => each.before !== null);
	const removed = changes.filter((each) => each.action === "remove");
	const ofPublic = removed.filter((each) => each.before?.spec.expose === "public");
	const how = "allow it with `--allow-remove`, in a push with `git push -o allow-remove`";
	const most = removed.length * 2 > running.length;
	return [...ofPublic.map(({ name }) => `this would remove ${name}, which is public: ${how}`), ...most ? [`this would remove ${removed.length} of ${running.length} processes (${list(removed.map((each) => each.name))}): ${how}`] : []];
}
function starts(action, spec) {
	return action !== "unchanged" && action !== "pinned" && instanceCount(spec) > 0;
}
/** `a, b and c`, cut where it gets too long to read. */
function list(names) {
	const all = [...new Set(names)];
	const shown = all.length > 6 ? [...all.slice(0, 5), `${all.length - 5} more`] : all;
	return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
// src/plan/images.ts
/**
* Every component of the config, also one for which an operator has pinned another image: a release has to be whole, so
* that one can roll back to it and hand an image back to it.
*/
function usesOf(app, images) {
	return [...app.processes.map(({ name }) => ({
		component: name,
		image: imageOf(images, `process:${name}`)
	})), ...app.tasks.map(({ name }) => ({
		component: `task ${name}`,
		image: imageOf(images, `task:${name}`)
	}))];
}
/** The images that the components need, and what has to be done for them. Pinned ones need nothing. */
function imageChanges(uses, rebuild) {
	const built = uses.filter((use) => use.image.kind === "built");
	return [...Map.groupBy(built, (use) => use.image.key)].map(([key, users]) => ({
		key,
		used_by: users.map((use) => use.component),
		action: rebuild.has(key) ? "rebuild" : users.some((use) => use.image.digest === null) ? "build" : "reuse"
	}));
}
/** The image of the app's own build: what processes run that only an operator knows. Null when nothing is built so. */
function defaultImage(app, images) {
	const components = [...app.processes.map((each) => ({
		key: `process:${each.name}`,
		build: each.build
	})), ...app.tasks.map((each) => ({
		key: `task:${each.name}`,
		build: each.build
	}))];
	for (const { key, build } of components) {
		if (!isDeepStrictEqual(build, app.build)) continue;
		const image = imageOf(images, key);
		if (image.kind === "built") return image;
	}
	return null;
}
/** The image that a component is to run. Each has one: anything else is a bug of the caller. */
function imageOf(images, component) {
	const image = images.get(component);
	if (image === void 0) throw new Error(`no image was given for ${component}`);
	return image.kind === "built" ? {
		kind: "built",
		key: image.key,
		digest: image.digest
	} : {
		kind: "pinned",
		reference: image.reference
	};
}
// src/plan/specs.ts
/** The config's fields, the operator's laid over them, and the variables over both. */
function specOfProcess(says, layers) {
	const { image: _pin, ...owned } = layers.owned;
	return {
		...says,
		...owned,
		...unshadowed(says, layers.variables),
		image: layers.image,
		variables: layers.variables,
		restarts: layers.restarts
	};
}
function specOfTask(task, image, variables) {
	const { image: _image, build: _build, ...says } = task;
	return {
		...says,
		...unshadowed(task, variables),
		image,
		variables
	};
}
function fieldsOfProcess(process) {
	const { image: _image, build: _build, ...says } = process;
	return says;
}
function fieldsOfSpec(spec) {
	const { image: _image, variables: _variables, restarts: _restarts, ...says } = spec;
	return says;
}
// src/plan/operator-process.ts
/** What a process is where neither a config nor an operator says anything else. */
function defaultProcess(name, app) {
	return {
		name,
		command: null,
		env: app.env,
		secrets: app.secrets,
		cpu: 256,
		memory: 512,
		ephemeral_storage_gb: null,
		stop_timeout: 15,
		placement: null,
		expose: "none",
		port: null,
		demand_count: 1,
		spot_count: 0,
		scale_count: 0,
		scale_type: "none",
		autoscaling_cpu_threshold: null,
		autoscaling_memory_threshold: null,
		health_check: null,
		rollout: {
			overlap: true,
			on_failure: "rollback",
			timeout: 900,
			min_up: 1
		},
		disabled: false,
		ecs: {
			target_group: null,
			service: null,
			health_check_grace_period: null
		}
	};
}
/**
* What lies under the operator's fields of a process that the config does not name: what it runs with, and the default
* where the operator has laid something over it. One that an operator made follows the app's env and secrets.
*/
function underOperator({ spec, owned, origin }, app) {
	const defaults = defaultProcess(spec.name, app);
	return {
		...fieldsOfSpec(spec),
		...pick(defaults, owned),
		...origin === "operator" && {
			env: app.env,
			secrets: app.secrets
		}
	};
}
function pick(defaults, owned) {
	return Object.fromEntries(Object.entries(defaults).filter(([field]) => Object.hasOwn(owned, field)));
}
// src/plan/candidates.ts
/** Which processes are to exist: those of the config, those that operators made, and those that one makes now. */
function candidatesOf(app, images, others, running, operate) {
	const image = lazily(() => defaultImage(app, images));
	const configured = app.processes.map((says) => ({
		name: says.name,
		says,
		under: fieldsOfProcess(says),
		image: imageOf(images, `process:${says.name}`),
		before: running.get(says.name) ?? null
	}));
	const kept = others.map((before) => ({
		name: before.spec.name,
		says: null,
		under: underOperator(before, app),
		image: (before.origin === "operator" ? image() : null) ?? before.spec.image,
		before
	}));
	const known = new Set([...configured, ...kept].map((each) => each.name));
	const created = [...new Set(operate.filter((each) => each.set && !known.has(each.process)).map((each) => each.process))].map((name) => ({
		name,
		says: null,
		under: defaultProcess(name, app),
		image: image(),
		before: null
	}));
	return [
		...configured,
		...kept,
		...created
	];
}
function lazily(make) {
	let made;
	return () => (made ??= { value: make() }).value;
}
// src/plan/fields.ts
/** Shown entry by entry: `env.LOG_LEVEL`. */
const MAPS = /* @__PURE__ */ new Set([
	"env",
	"secrets",
	"variables",
	"health_check",
	"rollout",
	"ecs",
	"placement"
]);
/** Only ever changed by hand. */
const BY_HAND = /* @__PURE__ */ new Set(["variables", "restarts"]);
/** What a person wants to know of a new process. */
const OF_A_NEW_PROCESS = [
	"image",
	"command",
	"demand_count",
	"spot_count",
	"cpu",
	"memory"
];
/** What differs in the fields named, entry by entry, and which fields only change hands. */
function fieldChanges(before, after, differing) {
	const differs = new Set(differing);
	return FIELD_NAMES.flatMap((field) => {
		if (!differs.has(field)) return changeOfOwner(field, before, after);
		const owner = ownerOf(field, before.owned, after.owned);
		return entries(field, before.spec, after.spec).map((entry) => ({
			...entry,
			owner: byVariable(entry.field, before.spec, after.spec) ? "operator" : owner
		}));
	});
}
function fieldsOfNew({ spec, owned }) {
	return OF_A_NEW_PROCESS.filter((field) => spec[field] !== null && (field !== "spot_count" || spec[field] > 0)).map((field) => ({
		field,
		to: shown(field, spec),
		owner: ownerOf(field, owned)
	}));
}
/** Equality never hands a field back, so an owner can change where the value does not: then `from` and `to` are equal. */
function changeOfOwner(field, before, after) {
	if (Object.hasOwn(before.owned, field) === Object.hasOwn(after.owned, field)) return [];
	const value = shown(field, after.spec);
	return [{
		field,
		from: value,
		to: value,
		owner: ownerOf(field, after.owned)
	}];
}
function entries(field, before, after) {
	const [from, to] = [before[field], after[field]];
	if (!MAPS.has(field) || from === null || to === null) return [{
		field,
		from: shown(field, before),
		to: shown(field, after)
	}];
	const [old, now] = [new Map(Object.entries(from)), new Map(Object.entries(to))];
	return [.../* @__PURE__ */ new Set([...old.keys(), ...now.keys()])].filter((name) => !isDeepStrictEqual(old.get(name), now.get(name))).map((name) => ({
		field: `${field}.${name}`,
		...old.has(name) && { from: old.get(name) },
		...now.has(name) && { to: now.get(name) }
	}));
}
function shown(field, spec) {
	return field === "image" ? showImage(spec.image) : spec[field];
}
function ownerOf(field, ...owned) {
	return BY_HAND.has(field) || owned.some((each) => Object.hasOwn(each, field)) ? "operator" : "config";
}
/** Whether a value of the config comes or goes because a variable of that name goes or comes. */
function byVariable(field, before, after) {
	const name = /^(?:env|secrets)\.(.*)$/s.exec(field)?.[1];
	return name !== void 0 && [before, after].some((spec) => Object.hasOwn(spec.variables, name));
}
// src/plan/ownership.ts
/** The fields that the operator owns after an operation. `says` is what lies under them. */
function operated(owned, says, operation) {
	const handedBack = new Set(operation.unset);
	if (operation.set?.disabled === false && !says.disabled) handedBack.add("disabled");
	return pinnedOnly(omit({
		...owned,
		...operation.set
	}, handedBack));
}
/** The fields that the operator owns after a roll-back: all but the image, which is what the release had. */
function rolledBack(owned, image) {
	return {
		...omit(owned, /* @__PURE__ */ new Set(["image"])),
		...image && { image }
	};
}
/** Every field that the operator owns and what the config says there; `says` is null where it does not name the process. */
function keptFields(owned, says, env, variables) {
	return [...FIELD_NAMES.filter((field) => Object.hasOwn(owned, field)).map((field) => ({
		field,
		value: owned[field],
		...says && { config: says[field] }
	})), ...shadowedFields(env, variables).map((each) => ({
		...each,
		value: null
	}))];
}
function pinnedOnly(owned) {
	return owned.image ? owned : omit(owned, /* @__PURE__ */ new Set(["image"]));
}
function omit(owned, fields) {
	return Object.fromEntries(Object.entries(owned).filter(([field]) => !fields.has(field)));
}
// src/plan/processes.ts
/** One change per process that the config, the engine or an operation names, in that order; removals last. */
function processChanges(input) {
	const { app, only } = input;
	const running = new Map(input.running.processes.map((each) => [each.spec.name, stateOf(each)]));
	const configured = new Set(app.processes.map((each) => each.name));
	const others = [...running.values()].filter((each) => !configured.has(each.spec.name));
	const stays = (state) => state.origin === "operator" || only !== null;
	const operations = Map.groupBy(input.operate, (each) => each.process);
	const moving = new Set(input.running.processes.flatMap(({ spec, settled }) => settled ? [] : spec.name));
	return [...candidatesOf(app, input.images, others.filter(stays), running, input.operate).filter((each) => only === null || only.has(each.name)).flatMap((each) => changeOf(each, operations.get(each.name) ?? [], input) ?? []), ...others.filter((state) => !stays(state)).map(removal)].map((change) => ({
		...change,
		settled: !moving.has(change.name)
	}));
}
/** Null when there is no image that the process could run. */
function changeOf(candidate, operations, input) {
	const { name, says, under, before } = candidate;
	const owned = ownedAfter(candidate, operations, input.ownedImages);
	const image = owned.image ? pinned(owned.image) : candidate.image;
	if (image === null) return null;
	const variables = input.reach(name);
	const after = {
		spec: specOfProcess(under, {
			owned,
			image,
			variables,
			restarts: (before?.spec.restarts ?? 0) + operations.filter((each) => each.restart).length
		}),
		owned,
		origin: says === null ? before?.origin ?? "operator" : "config"
	};
	const differing = before === null ? [] : differingFields(before.spec, after.spec);
	return {
		name,
		action: before === null ? "create" : actionOf$1(before, after, differing),
		replaces: before !== null && replaces(before.spec, after.spec, differing, input.countsReplace),
		stopped: after.spec.disabled,
		fields: before === null ? fieldsOfNew(after) : fieldChanges(before, after, differing),
		kept: keptFields(owned, says, under, variables),
		before,
		after
	};
}
function ownedAfter({ name, says, under, before }, operations, ownedImages) {
	const owned = before?.owned ?? {};
	const image = ownedImages !== null && Object.hasOwn(ownedImages, name) ? ownedImages[name] : void 0;
	const keepsImage = ownedImages === null || says === null && image === void 0;
	return operations.reduce((result, operation) => operated(result, under, operation), keepsImage ? owned : rolledBack(owned, image));
}
function actionOf$1(before, after, differing) {
	const kinds = new Set(differing.map((field) => FIELDS[field]));
	if (kinds.has("definition")) return "update";
	if (kinds.has("state")) return after.spec.disabled ? "stop" : "start";
	if (kinds.has("count")) return "scale";
	if (kinds.has("setting") || !sameOwners(before, after)) return "update";
	return after.spec.image.kind === "pinned" ? "pinned" : "unchanged";
}
function sameOwners(before, after) {
	return before.origin === after.origin && isDeepStrictEqual(before.owned, after.owned);
}
/** New instances take the place of old ones only where some are wanted before and after. */
function replaces(before, after, differing, countsReplace) {
	const kinds = new Set(differing.map((field) => FIELDS[field]));
	return instanceCount(before) > 0 && instanceCount(after) > 0 && (kinds.has("definition") || kinds.has("count") && countsReplace(before, after));
}
function removal(before) {
	return {
		name: before.spec.name,
		action: "remove",
		replaces: false,
		stopped: false,
		fields: [],
		kept: [],
		before,
		after: null
	};
}
function pinned(reference) {
	return {
		kind: "pinned",
		reference
	};
}
/** Without its instances: those come and go while nothing about the process changes. */
function stateOf({ spec, owned, origin }) {
	return {
		spec,
		owned,
		origin
	};
}
// src/plan/fingerprint.ts
/** SHA-256 of a JSON value, in hex; the order of keys makes no difference. */
function fingerprintOf(value) {
	return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
// src/plan/tasks.ts
/** What decides what a task does; the rest says when, how long and how often. */
const DEFINITION = [
	"command",
	"image",
	"env",
	"secrets",
	"variables",
	"cpu",
	"memory",
	"ephemeral_storage_gb"
];
const SCHEDULE = [
	...DEFINITION,
	"stop_timeout",
	"schedule",
	"timezone",
	"concurrency",
	"max_hours",
	"placement"
];
/** The schedules that come, go or differ. */
function scheduleChanges(specs, running) {
	const inForce = new Map(running.schedules.map((each) => [each.name, each]));
	const wanted = specs.filter((each) => each.schedule !== null);
	const names = new Set(wanted.map((each) => each.name));
	return [...wanted.map((spec) => scheduleChange(spec, inForce.get(spec.name))), ...running.schedules.filter((each) => !names.has(each.name)).map(({ name }) => schedule(name, "remove", "the config does not schedule it", null))];
}
/**
* The tasks that the deployment runs, before and after the roll-out. One runs when it, or any image of the deployment,
* is not what it last succeeded with: so it runs at least once, also when a deployer dies on the way. `when: always`
* lets it run with every deployment that does something, and is not by itself a reason to deploy.
*/
function taskRuns(specs, running, deployment) {
	const images = fingerprintOf([...new Set(deployment.images.flatMap(keyOf))].sort());
	const entries = specs.flatMap((spec) => spec.run === null ? [] : {
		spec,
		phase: spec.run
	}).map(({ spec, phase }) => {
		return {
			spec,
			phase,
			fingerprint: fingerprintOf({
				images,
				task: definition(spec)
			}),
			last: Object.hasOwn(running.succeeded, spec.name) ? running.succeeded[spec.name] : void 0,
			allowed: !(deployment.rollback && phase === "pre_deploy")
		};
	});
	const differs = entries.some((each) => each.allowed && each.fingerprint !== each.last);
	return entries.map(({ spec, phase, fingerprint, last, allowed }) => {
		const verdict = !allowed ? ["skip", "a roll-back does not run it"] : judge(spec, fingerprint, last, {
			...deployment,
			rolls: deployment.rolls || differs
		});
		return {
			name: spec.name,
			action: verdict[0],
			phase,
			reason: verdict[1],
			fingerprint,
			spec
		};
	});
}
function judge(spec, fingerprint, last, { rebuilds, rolls }) {
	if (last === void 0) return ["run", "it has not succeeded yet"];
	if (fingerprint !== last) return ["run", "it or an image differs from when it last succeeded"];
	if (rebuilds) return ["run", "an image is made anew"];
	if (spec.when === "always" && rolls) return ["run", "it runs with every deployment"];
	return ["skip", "nothing differs from when it last succeeded"];
}
function scheduleChange(spec, inForce) {
	if (inForce === void 0) return schedule(spec.name, "create", "it is new", spec);
	const differing = SCHEDULE.filter((field) => field === "image" ? !sameImage(spec.image, inForce.image) : !isDeepStrictEqual(spec[field], inForce[field]));
	return differing.length === 0 ? schedule(spec.name, "unchanged", "nothing differs", spec) : schedule(spec.name, "update", `what differs: ${differing.join(", ")}`, spec);
}
function schedule(name, action, reason, spec) {
	return {
		name,
		action,
		phase: "schedule",
		reason,
		fingerprint: null,
		spec
	};
}
/** Images by what they are made from, so that it is the same before and after they are built. */
function definition(spec) {
	const fields = DEFINITION.map((field) => [field, spec[field]]);
	return {
		...Object.fromEntries(fields),
		image: spec.image.kind === "built" ? spec.image.key : spec.image.reference
	};
}
function keyOf(image) {
	return image.kind === "built" ? [image.key] : [];
}
// src/plan/plan.ts
/** The difference between what is wanted and what runs. Pure: asks nothing and changes nothing. */
function plan(desired, running, options = {}) {
	const { app, images, rebuild } = desired;
	const { operate = [], rollback, countsReplace = () => false } = options;
	const only = options.only === void 0 ? null : new Set(options.only);
	const reach = reachOf(running.variables);
	const processes = processChanges({
		app,
		images,
		running,
		reach,
		only,
		operate,
		ownedImages: rollback?.owned_images ?? null,
		countsReplace
	});
	const specs = only === null ? app.tasks.map((task) => specOfTask(task, imageOf(images, `task:${task.name}`), reach(null))) : [];
	const configured = new Set(only === null ? app.processes.map((each) => each.name) : []);
	const used = imageChanges([...only === null ? usesOf(app, images) : [], ...processes.filter((each) => !configured.has(each.name)).flatMap(useOf)], rebuild);
	const schedules = only === null ? scheduleChanges(specs, running) : [];
	const tasks = [...taskRuns(specs, running, {
		images: [...images.values()],
		rebuilds: used.some((each) => each.action === "rebuild"),
		rolls: processes.some((each) => ROLLS[each.action] || !each.settled) || used.some((each) => each.action !== "reuse") || schedules.some((each) => each.action !== "unchanged"),
		rollback: rollback !== void 0
	}), ...schedules];
	return {
		app: app.name,
		environment: app.environment,
		processes,
		tasks,
		images: used,
		warnings: [...options.warnings ?? []],
		blocked: [
			...impossibleOperations(operate, processes),
			...invalidCounts(processes),
			...unsetSecrets(processes, tasks),
			...options.allow_remove ? [] : dangerousRemovals(processes)
		]
	};
}
/** Whether there is nothing to do. */
function isEmpty({ processes, tasks, images }) {
	return processes.every(({ action, settled }) => settled && (action === "unchanged" || action === "pinned")) && tasks.every((each) => each.action === "unchanged" || each.action === "skip") && images.every((each) => each.action === "reuse");
}
/**
* What the engine is to make true or to wait for, removals included. A process whose image turned out the same when it
* was made anew, and in which nothing else differs, is not among them.
*/
function transitions({ processes }) {
	return processes.filter(({ before, after, settled }) => !settled || !isDeepStrictEqual(before, after)).map(({ name, before, after }) => ({
		name,
		before,
		after
	}));
}
/** Every schedule that is to be in force when the plan has been carried out. */
function schedules({ tasks }) {
	return tasks.flatMap(({ phase, spec }) => phase === "schedule" && spec !== null ? spec : []);
}
/** The same plan with images that have been made since: content key to digest. */
function withDigests(plan, digests) {
	const made = (image) => image.kind === "built" ? {
		...image,
		digest: image.digest ?? digests.get(image.key) ?? null
	} : image;
	const filled = (spec) => ({
		...spec,
		image: made(spec.image)
	});
	return {
		...plan,
		processes: plan.processes.map((each) => ({
			...each,
			after: each.after && {
				...each.after,
				spec: filled(each.after.spec)
			}
		})),
		tasks: plan.tasks.map((each) => ({
			...each,
			spec: each.spec && filled(each.spec)
		}))
	};
}
/** What brings tasks with it that run with every deployment. */
const ROLLS = {
	create: true,
	update: true,
	remove: true,
	scale: false,
	start: false,
	stop: false,
	pinned: false,
	unchanged: false
};
function useOf({ name, after }) {
	return after === null ? [] : [{
		component: name,
		image: after.spec.image
	}];
}
// src/deploy/build.ts
/** Builds compete for the same disk and cores. */
const BUILDS_AT_ONCE = 2;
/** Makes the images that the plan needs and that do not exist. Content key to digest. */
async function buildImages(work, wanted, plan) {
	const { engine, app, emit } = work;
	const digests = /* @__PURE__ */ new Map();
	const failed = new AbortController();
	const signal = AbortSignal.any([work.signal, failed.signal]);
	const limit = pLimit(BUILDS_AT_ONCE);
	const builds = plan.images.map(({ key, action, used_by }) => limit(async () => {
		if (action === "reuse") {
			emit({
				type: "image.reused",
				key,
				used_by
			});
			return;
		}
		if (signal.aborted) throw new CancelledError("cancelled before the image was built");
		const request = wanted.requests.get(key);
		if (request === void 0) throw new Error(`no source for image ${key}`);
		const { files, bytes } = request.source;
		emit({
			type: "image.building",
			key,
			files,
			bytes
		});
		const began = performance.now();
		const made = await engine.makeImage(app, request, {
			signal,
			log: (line) => emit({
				type: "image.log",
				key,
				line
			})
		});
		digests.set(key, made.digest);
		emit({
			type: "image.built",
			key,
			seconds: (performance.now() - began) / 1e3
		});
	}).catch((error) => {
		failed.abort();
		throw error;
	}));
	const reasons = (await Promise.allSettled(builds)).flatMap((each) => each.status === "rejected" ? [each.reason] : []);
	const first = reasons.find((reason) => !(reason instanceof CancelledError)) ?? reasons[0];
	if (first !== void 0) throw first;
	return digests;
}
// src/deploy/roll-out.ts
/** A deployment failed after it had begun to change things. `complete`: everything is as it was before. */
var RolledBack = class extends DeployError {
	complete;
	constructor(message, complete, hint) {
		super(message, { hint: hint ?? void 0 });
		this.complete = complete;
	}
};
/** Rolls out all changed processes at once. When one fails, all go back to what they were, and it throws. */
async function rollOut(work, plan, steps) {
	const moves = steps.filter((step) => !step.rests);
	if (moves.length === 0) return;
	const { engine, app, emit } = work;
	for (const { name } of moves) emit({
		type: "process.rolling",
		process: name,
		action: actionOf(plan.processes.find((each) => each.name === name))
	});
	const transitions = moves.map(({ name, before, after }) => ({
		name,
		before,
		after
	}));
	const verdicts = await engine.rollout(app, transitions, {
		signal: work.signal,
		report: emit
	});
	const bad = verdicts.filter((verdict) => verdict.outcome !== "steady");
	if (bad.length === 0) return;
	const keeps = (name) => moves.find((each) => each.name === name)?.after?.spec.rollout.on_failure === "keep";
	for (const verdict of bad) emit({
		type: "process.failed",
		process: verdict.process,
		verdict,
		kept: keeps(verdict.process)
	});
	const first = bad.find((verdict) => verdict.outcome !== "cancelled") ?? bad[0];
	const reason = first.outcome === "cancelled" ? "cancelled" : `process ${first.process} failed: ${first.reason ?? first.outcome}`;
	await undo(work, steps.flatMap((step) => {
		const verdict = verdicts.find(({ process }) => process === step.name);
		if (keeps(step.name) && ["failed", "timed_out"].includes(verdict?.outcome ?? "")) return [];
		return [verdict?.runs === "before" ? {
			...step,
			after: step.before
		} : step];
	}), reason, { cause: first });
	throw new RolledBack(reason, true, first.hint);
}
function actionOf(change) {
	if (change === void 0) return "update";
	return !change.settled && (change.action === "unchanged" || change.action === "pinned") ? "wait for the rollout that goes on" : change.action;
}
/**
* Takes back what was done: what was created goes, what was changed gets its old state again. Goes on after a cancel: it
* is what a cancel asks for. Throws when something does not come back.
*/
async function undo(work, done, reason, { cause = null, signal = new AbortController().signal } = {}) {
	const { engine, app, emit } = work;
	const returns = done.filter(({ after, back }) => !isDeepStrictEqual(after, back)).map(({ name, after, back }) => ({
		name,
		before: after,
		after: back
	}));
	if (returns.length === 0) return;
	emit({
		type: "rollback.started",
		reason,
		processes: returns.map((each) => each.name)
	});
	const stuck = (await engine.rollout(app, returns, {
		signal,
		report: emit
	})).filter((verdict) => verdict.outcome !== "steady");
	for (const verdict of stuck) emit({
		type: "rollback.failed",
		process: verdict.process,
		reason: verdict.reason ?? verdict.outcome
	});
	if (stuck.length > 0) throw new RolledBack(`${reason}; and ${stuck.map((verdict) => verdict.process).join(", ")} did not come back`, false, cause?.hint ?? null);
}
// src/deploy/end.ts
/** Thrown by `admit` when a deployment must not go on. */
var Refused = class extends DeployError {};
function ended(outcome, reason) {
	return {
		outcome,
		reason,
		hint: null,
		diagnostics: [],
		release: null
	};
}
function refused(blocked) {
	return {
		...ended("refused", blocked.join("; ")),
		hint: "nothing was changed"
	};
}
/** What an error means for the deployment that it ended. */
function endOf(error, signal) {
	if (error instanceof RolledBack) return {
		...ended(error.complete ? signal.aborted ? "cancelled" : "rolled_back" : "rollback_failed", error.message),
		hint: error.hint ?? null
	};
	if (error instanceof SupersededError) return {
		...ended("superseded", error.message),
		hint: error.hint ?? null
	};
	if (error instanceof CancelledError || signal.aborted) return ended("cancelled", messageOf(error));
	if (error instanceof ConfigError) return {
		...ended("refused", error.message),
		diagnostics: [...error.diagnostics],
		hint: "nothing was changed"
	};
	if (error instanceof Refused) return {
		...ended("refused", error.message),
		hint: error.hint ?? null
	};
	if (error instanceof UserError) return {
		...ended("failed", error.message),
		hint: error.hint ?? null
	};
	return ended("failed", `a bug in Gantry: ${messageOf(error)}`);
}
// src/deploy/interrupted.ts
/** Ends a deployment whose deployer died, for the ledger and for whoever watches it. */
async function endInterrupted(engine, app, deployment, { reason, hint, clock, tell }) {
	await engine.ledger.finish(app, deployment.number, {
		outcome: "interrupted",
		reason,
		release: null
	});
	tell(deployment, {
		at: isoNow(clock),
		type: "deployment.finished",
		outcome: "interrupted",
		reason,
		hint,
		diagnostics: [],
		release: null,
		seconds: deployment.started_at === null ? 0 : (clock.now() - Date.parse(deployment.started_at)) / 1e3
	});
}
// src/deploy/inheritance.ts
/** Seconds after which nobody waits for a lock any more. */
const LONGEST_WAIT = 3600;
/**
* What deployments have left behind whose deployers died, for the one that goes on from there. It does not take back
* what they did; but when it fails itself, everything goes back to the last state known to be good, which is theirs to
* tell.
*/
var Inheritance = class Inheritance {
	#heir;
	#dead;
	/** Per process what it was before the first of them. */
	#before;
	constructor(heir, dead, before) {
		this.#heir = heir;
		this.#dead = dead;
		this.#before = before;
	}
	/**
	* Asked by who holds the lock, so that nobody else works; one that was queued lately may still wait for it. Those that
	* had not touched anything are ended at once.
	*
	* @param only the processes that the heir is about; null: all
	*/
	static async find(heir, only) {
		const { engine, app, number, clock } = heir;
		const oldest = clock.now() - LONGEST_WAIT * 1e3;
		const dead = (await engine.ledger.unfinished(app)).filter((each) => each.number !== number && (each.status !== "queued" || Date.parse(each.created_at) < oldest)).toSorted((a, b) => a.number - b.number);
		for (const each of dead.filter(({ record }) => record === null)) await end(heir, each);
		const concerns = ({ name }) => only === null || only.includes(name);
		const touched = dead.filter(({ record }) => record !== null && (only === null || record.processes.some(concerns)));
		const before = touched.toReversed().flatMap(({ record }) => record.processes.filter(concerns));
		return new Inheritance(heir, touched, new Map(before.map((each) => [each.name, each.before])));
	}
	/** Of one that leaves the dead to others. */
	static none = new Inheritance(null, [], /* @__PURE__ */ new Map());
	get isEmpty() {
		return this.#dead.length === 0;
	}
	/** The transitions with what each goes back to, and every process that was left changed and is to stay as it is. */
	steps(transitions, running) {
		const moving = new Set(transitions.map(({ name }) => name));
		const states = new Map(running.processes.map(({ spec, owned, origin }) => [spec.name, {
			spec,
			owned,
			origin
		}]));
		return [...transitions.map((each) => ({
			...each,
			back: this.#before.has(each.name) ? this.#before.get(each.name) : each.before,
			rests: false
		})), ...[...this.#before].flatMap(([name, back]) => {
			const now = states.get(name) ?? null;
			if (moving.has(name) || isDeepStrictEqual(now, back)) return [];
			return [{
				name,
				before: now,
				after: now,
				back,
				rests: true
			}];
		})];
	}
	schedules(running) {
		return this.#dead[0]?.record?.schedules ?? running.schedules;
	}
	/**
	* Called when the heir's own record holds what is inherited: from then on it is the heir's alone. One that has
	* touched more than the heir is about stays, with that, for the next.
	*/
	async takeOver() {
		if (this.#heir === null) return;
		const { engine, app } = this.#heir;
		for (const dead of this.#dead) {
			const left = dead.record.processes.filter(({ name }) => !this.#before.has(name));
			if (left.length === 0) await end(this.#heir, dead);
			else await engine.ledger.record(app, dead.number, {
				...dead.record,
				processes: left
			});
		}
	}
};
function end(heir, deployment) {
	return endInterrupted(heir.engine, heir.app, deployment, {
		reason: `the deployer stopped; deployment #${heir.number} went on from there`,
		hint: null,
		clock: heir.clock,
		tell: heir.tell
	});
}
// src/git/config-files.ts
/**
* The config files of a commit, read from its objects: regular files of at most 1 MiB of UTF-8. Everything else of
* that name is a ConfigError; links are never followed.
*/
function configFiles(repository, commit) {
	return {
		where: "the commit",
		async read(path) {
			let bytes;
			try {
				bytes = await repository.readFile(commit, path, MAX_FILE_BYTES);
			} catch (error) {
				throw error instanceof UserError ? problem(path, error.message, error.hint) : error;
			}
			try {
				return bytes && new TextDecoder("utf-8", {
					fatal: true,
					ignoreBOM: true
				}).decode(bytes);
			} catch {
				throw problem(path, `${oneLine(path)} is not text in UTF-8`, "Save the file with that encoding.");
			}
		}
	};
}
function problem(path, message, hint) {
	return new ConfigError([{
		severity: "error",
		message,
		place: {
			file: path,
			line: 1,
			column: 1
		},
		...hint !== void 0 && { hint }
	}]);
}
// src/build/glob.ts
/**
* The steps that matching may take, all patterns and paths together. Patterns come from pushed files, so what they cost
* is bounded; twenty ordinary ones on 100,000 files take a third of this.
*/
var GlobSteps = class {
	#left;
	constructor(limit = 5e8) {
		this.#left = limit;
	}
	/** @throws UserError when there are none left */
	take(count) {
		this.#left -= count;
		if (this.#left >= 0) return;
		throw new UserError("the ignore patterns take too long to match", { hint: "use fewer and simpler patterns: names of folders where that is enough" });
	}
};
/**
* Matches one glob with many paths, which cost least when they come folder by folder.
*
* All ways to match advance together, one character at a time: a state is how many tokens are done. A matcher that goes
* back and tries again, as regular expressions do, needs exponential time for a pattern of many `**`, which is enough
* to stop a server.
*/
var GlobMatcher = class {
	#glob;
	#steps;
	/** The folder of the path before, and the states at its end; null when it matches itself. */
	#folder = "";
	#states;
	/** Per state the round in which it was last reached, so that it is in a round once. */
	#reached;
	#round = 0;
	constructor(glob, steps) {
		this.#glob = glob;
		this.#steps = steps;
		this.#reached = new Uint32Array(glob.length + 1);
		this.#states = this.#start();
	}
	/** Whether it matches the path, or a folder that the path is in; with `foldersOnly` just the latter. */
	matches(path, foldersOnly) {
		const nameAt = path.lastIndexOf("/") + 1;
		const folder = path.slice(0, nameAt);
		if (folder !== this.#folder) {
			this.#folder = folder;
			this.#states = this.#run(this.#start(), folder);
		}
		if (this.#states === null) return true;
		const states = this.#run(this.#states, path.slice(nameAt));
		return !foldersOnly && states !== null && states.includes(this.#glob.length);
	}
	#start() {
		this.#round += 1;
		const states = [];
		this.#reach(0, states);
		return states;
	}
	/** The states after a text; null when the glob is done before one of its slashes. */
	#run(from, text) {
		let states = from;
		for (const char of text) {
			if (states.length === 0) return states;
			if (char === "/" && states.includes(this.#glob.length)) return null;
			this.#steps.take(states.length);
			this.#round += 1;
			const next = [];
			for (const state of states) this.#advance(state, char, next);
			states = next;
		}
		return states;
	}
	#advance(state, char, next) {
		const token = this.#glob[state];
		switch (token?.type) {
			case void 0: return;
			case "char":
				if (token.char === char) this.#reach(state + 1, next);
				return;
			case "any":
				if (char !== "/") this.#reach(state + 1, next);
				return;
			case "set":
				if (char !== "/" && inSet(token, char)) this.#reach(state + 1, next);
				return;
			case "star":
				if (char !== "/") this.#reach(state, next);
				return;
			case "rest":
				this.#reach(state, next);
				return;
			case "folders":
				this.#add(state, next);
				if (char === "/") this.#reach(state + 1, next);
		}
	}
	/** Adds a state, and those that come after it without a character. */
	#reach(from, states) {
		for (let state = from;; state += 1) {
			this.#add(state, states);
			const type = this.#glob[state]?.type;
			if (type !== "star" && type !== "folders" && type !== "rest") return;
		}
	}
	#add(state, states) {
		if (this.#reached[state] === this.#round) return;
		this.#reached[state] = this.#round;
		states.push(state);
	}
};
function inSet(set, char) {
	return set.ranges.some(([from, to]) => from <= char && char <= to) !== set.negated;
}
// src/build/glob-syntax.ts
const MAX_PATTERN = 4096;
/**
* Reads a pattern, which is rooted: it begins at the context.
*
* * `git`: gitignore(5). `**` stands for folders only where it is a whole name, elsewhere it is `*`.
* * `docker`: Go's `filepath.Match` with the `**` of moby/patternmatcher, which takes `**x` for "anything that ends in
*   x" when nothing else is special, and otherwise for "x below any folders".
*
* @throws UserError when it is malformed
*/
function parseGlob(pattern, dialect) {
	if (pattern.length > MAX_PATTERN) throw malformed(pattern, "is too long");
	const tokens = [];
	const chars = Array.from(pattern);
	let at = 0;
	while (at < chars.length) {
		const char = chars[at];
		if (char === "*" && chars[at + 1] === "*") at = addDoubleStar(chars, at, tokens, dialect);
		else if (char === "*") at = add(tokens, { type: "star" }, at + 1);
		else if (char === "?") at = add(tokens, { type: "any" }, at + 1);
		else if (char === "[") at = addSet(pattern, chars, at, tokens, dialect);
		else if (char === "\\") {
			const escaped = chars[at + 1];
			if (escaped === void 0) throw malformed(pattern, "ends with a backslash");
			at = add(tokens, {
				type: "char",
				char: escaped
			}, at + 2);
		} else at = add(tokens, {
			type: "char",
			char
		}, at + 1);
	}
	return tokens;
}
function add(tokens, token, next) {
	if (token.type !== "folders" || tokens.at(-1)?.type !== "folders") tokens.push(token);
	return next;
}
function addDoubleStar(chars, at, tokens, dialect) {
	if (dialect === "git") {
		let end = at;
		while (chars[end] === "*") end += 1;
		if (!((at === 0 || chars[at - 1] === "/") && (end === chars.length || chars[end] === "/"))) return add(tokens, { type: "star" }, end);
		if (chars[end] === "/") return add(tokens, { type: "folders" }, end + 1);
		if (at > 0) add(tokens, { type: "any" }, end);
		return add(tokens, { type: "rest" }, end);
	}
	const end = chars[at + 2] === "/" ? at + 3 : at + 2;
	if (end >= chars.length) return add(tokens, { type: "rest" }, end);
	return add(tokens, { type: at === 0 && end === 2 && !chars.slice(end).some((char) => "*?[]\\".includes(char)) ? "rest" : "folders" }, end);
}
/** @returns where the pattern goes on */
function addSet(pattern, chars, start, tokens, dialect) {
	let at = start + 1;
	const negated = chars[at] === "^" || dialect === "git" && chars[at] === "!";
	if (negated) at += 1;
	const ranges = [];
	const member = () => {
		if (chars[at] === "\\") at += 1;
		const char = chars[at];
		if (char === void 0) throw malformed(pattern, "has a [ without its ]");
		at += 1;
		return char;
	};
	const first = dialect === "git" ? at : -1;
	while (chars[at] !== "]" || at === first) {
		if (chars[at] === "[" && chars[at + 1] === ":") throw malformed(pattern, "has a [:class:], which is not supported");
		const from = member();
		const isRange = chars[at] === "-" && chars[at + 1] !== "]" && chars[at + 1] !== void 0;
		if (isRange) at += 1;
		ranges.push([from, isRange ? member() : from]);
	}
	if (ranges.length === 0) throw malformed(pattern, "has an empty []");
	return add(tokens, {
		type: "set",
		negated,
		ranges
	}, at + 1);
}
function malformed(pattern, what) {
	return new UserError(`the pattern ${oneLine(pattern, 60)} ${what}`);
}
// src/build/ignore.ts
/**
* What a `.dockerignore` names, by Docker's rules: every pattern begins at the context, the last one that matches
* decides, and `!` brings back also what is in a folder that was left out. (moby/patternmatcher: ignorefile.ReadAll,
* MatchesOrParentMatches)
*
* @throws UserError where Docker would refuse the file
*/
function dockerIgnore(text, steps = new GlobSteps()) {
	return lastMatch(text.replace(/^\uFEFF/, "").split("\n").flatMap((line) => line.startsWith("#") ? [] : dockerPattern(line.trim())), steps);
}
function dockerPattern(line) {
	if (line === "") return [];
	const negated = line.startsWith("!");
	const body = negated ? line.slice(1).trim() : line;
	if (body === "") throw new UserError(".dockerignore has a line with only a !");
	return [{
		glob: parseGlob(posix.normalize(body).replace(/(?<=.)\/$/, "").replace(/^\/(?=.)/, ""), "docker"),
		negated,
		foldersOnly: false
	}];
}
/**
* What `build.ignore` and `build.include` name: patterns as in `.gitignore`, beginning at the context. One without a
* slash, but at its end, is looked for in every folder. Unlike with git, `!` brings back also what is in a folder that
* was left out.
*
* @throws UserError for a malformed pattern
*/
function gitIgnore(patterns, steps = new GlobSteps()) {
	return lastMatch(patterns.flatMap(gitPattern), steps);
}
function gitPattern(text) {
	const line = text.replace(/(?<!\\)\s+$/, "");
	if (line === "" || line.startsWith("#")) return [];
	const negated = line.startsWith("!");
	const body = negated ? line.slice(1) : line;
	const foldersOnly = body.endsWith("/");
	const path = foldersOnly ? body.slice(0, -1) : body;
	return [{
		glob: parseGlob(path.includes("/") ? path.replace(/^\//, "") : `**/${path}`, "git"),
		negated,
		foldersOnly
	}];
}
function lastMatch(patterns, steps) {
	const rules = patterns.map((pattern) => ({
		...pattern,
		matcher: new GlobMatcher(pattern.glob, steps)
	}));
	return (path) => {
		let named = false;
		for (const { matcher, negated, foldersOnly } of rules) if (negated === named && matcher.matches(path, foldersOnly)) named = !negated;
		return named;
	};
}
// src/build/content.ts
/**
* The entries of a commit that go into a build, with paths relative to its context: what is under the context, without
* the config files, what `.dockerignore` and `build.ignore` name, and submodules; and what `build.include` names put
* back. The Dockerfile is always in. `.dockerignore` files are not, since they have been obeyed.
*
* @throws UserError for a context outside the repository and for malformed patterns
*/
function selectEntries(entries, build, rules) {
	const context = contextFolder(build);
	const config = new Set(rules.configFiles.map((path) => posix.normalize(path)));
	const named = dockerIgnore(rules.dockerignore ?? "");
	const ignored = gitIgnore(build.ignore);
	const included = gitIgnore(build.include);
	const dockerfile = dockerfilePath(build);
	const obeyed = new Set(dockerignorePaths(build));
	const selected = [];
	for (const entry of entries) {
		if (entry.mode === "160000" || !entry.path.startsWith(context)) continue;
		const path = entry.path.slice(context.length);
		if (!(config.has(entry.path) || obeyed.has(path) || named(path) || ignored(path)) || path === dockerfile || included(path)) selected.push({
			...entry,
			path
		});
	}
	return selected;
}
/** The folder of the build context as a prefix of paths: empty for the root, else with a slash at its end. */
function contextFolder(build) {
	const folder = insideOf(build.context, "build.context");
	return folder === "." ? "" : `${folder}/`;
}
/** Where the Dockerfile is, from the context, or null for a build without one. */
function dockerfilePath(build) {
	return build.dockerfile === null ? null : insideOf(build.dockerfile, "build.dockerfile");
}
/** Where a `.dockerignore` can be, from the context; the first one that exists holds. */
function dockerignorePaths(build) {
	const dockerfile = dockerfilePath(build);
	return dockerfile === null ? [".dockerignore"] : [`${dockerfile}.dockerignore`, ".dockerignore"];
}
function insideOf(path, name) {
	const folder = posix.normalize(path).replace(/(?<=.)\/$/, "");
	if (folder !== ".." && !folder.startsWith("../") && !folder.startsWith("/")) return folder;
	throw new UserError(`${name} must be inside the repository: ${path}`, { hint: "use a path from its root, such as `.`" });
}
// src/build/key.ts
/** Changes when the same input must be built anew because Gantry builds it differently. */
const FORMAT = 1;
/**
* The identity of an image before it is made, 64 hex digits: a hash over the selected entries and over the settings
* that the result depends on. The same on every machine, in whatever order the entries come.
*/
function contentKey(entries, build) {
	const hash = createHash("sha256");
	hash.update(JSON.stringify([
		FORMAT,
		build.dockerfile,
		build.target,
		Object.entries(build.args).sort(([a], [b]) => compare(a, b)),
		build.platform,
		build.command
	]));
	for (const { mode, oid, path } of entries.toSorted((a, b) => compare(a.path, b.path))) hash.update(`\0${mode} ${oid} ${path}`);
	return hash.digest("hex");
}
/** By code unit, not by the language of the machine. */
function compare(a, b) {
	return a < b ? -1 : Number(a > b);
}
// src/build/warnings.ts
/** What is in a build context, or is not, that its author would not expect. */
async function contextWarnings(build, entries, selected, repository) {
	const context = contextFolder(build);
	const warnings = [];
	if (selected.length === 0) warnings.push(warning(`nothing is left in the build context ${build.context}`, "look at what build.ignore and .dockerignore name"));
	const submodules = entries.filter(({ mode, path }) => mode === "160000" && path.startsWith(context));
	if (submodules.length > 0) warnings.push(warning(`submodules are not part of a build, their folders will be missing: ${names(submodules)}`, "commit their files, or fetch them in the build"));
	const pointers = entries.some(({ path }) => path === ".gitattributes" || path.endsWith("/.gitattributes")) ? await repository.lfsPointers(selected) : [];
	if (pointers.length > 0) warnings.push(warning(`Git LFS is not supported, the build gets pointers instead of contents: ${names(pointers)}`, "fetch the contents in the build, or keep them in git"));
	return warnings;
}
function warning(message, hint) {
	return {
		severity: "warning",
		message,
		path: "build.context",
		hint
	};
}
function names(entries) {
	const shown = entries.slice(0, 3).map(({ path }) => oneLine(path, 80));
	const more = entries.length - shown.length;
	return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
// src/build/images.ts
/**
* The images that the components of an app need, known by their content keys before any is made.
*
* @param configPaths the config files that were read, which stay out of images
* @throws UserError for a context or Dockerfile that the commit does not have
*/
async function imageRequests(app, repository, commit, configPaths) {
	const components = [...app.processes.map((process) => ({
		id: `process:${process.name}`,
		...process
	})), ...app.tasks.map((task) => ({
		id: `task:${task.name}`,
		...task
	}))].filter(({ image }) => image === null);
	const images = {
		requests: /* @__PURE__ */ new Map(),
		warnings: []
	};
	if (components.length === 0) return images;
	const entries = await repository.entries(commit);
	const byBuild = /* @__PURE__ */ new Map();
	const byKey = /* @__PURE__ */ new Map();
	for (const { id, build } of components) {
		const settings = JSON.stringify(build);
		let request = byBuild.get(settings);
		if (request === void 0) {
			const selected = await contextOf(build, entries, repository, commit, configPaths);
			request = shared(byKey, contentKey(selected, build), build, repository, selected);
			byBuild.set(settings, request);
			images.warnings.push(...await contextWarnings(build, entries, selected, repository));
		}
		images.requests.set(id, request);
	}
	const told = /* @__PURE__ */ new Set();
	images.warnings = images.warnings.filter(({ message }) => !told.has(message) && told.add(message));
	return images;
}
async function contextOf(build, entries, repository, commit, configPaths) {
	const context = contextFolder(build);
	if (context !== "" && !entries.some(({ path }) => path.startsWith(context))) throw new UserError(`the commit has no folder ${build.context}`, { hint: "build.context is a path from the root of the repository" });
	const files = configFiles(repository, commit);
	let dockerignore = null;
	for (const path of dockerignorePaths(build)) dockerignore ??= await files.read(context + path);
	const selected = selectEntries(entries, build, {
		configFiles: configPaths,
		dockerignore
	});
	const dockerfile = dockerfilePath(build);
	const found = selected.find(({ path }) => path === dockerfile);
	if (dockerfile !== null && found?.mode !== "100644" && found?.mode !== "100755") {
		const place = context + dockerfile;
		throw new UserError(found ? `${place} must be a file` : `the commit has no ${place}`, { hint: "build.dockerfile is a path from build.context" });
	}
	return selected;
}
/** One request per key; of several builds that lead to it, the one that must be youngest decides. */
function shared(byKey, key, build, repository, selected) {
	const same = byKey.get(key);
	if (same !== void 0) {
		const ages = [same.build.max_age, build.max_age].filter((age) => age !== null);
		same.build = {
			...same.build,
			max_age: ages.length === 0 ? null : Math.min(...ages)
		};
		return same;
	}
	const request = {
		key,
		build,
		source: {
			files: selected.length,
			bytes: selected.reduce((sum, { size }) => sum + size, 0),
			write: (folder, signal) => repository.write(selected, folder, signal)
		}
	};
	byKey.set(key, request);
	return request;
}
// src/deploy/prepare.ts
/** What the config of a commit asks for, on this engine. Reads only. */
async function wantCommit(engine, options) {
	const { app: id, repository, commit } = options;
	const { readConfig } = await import("./read.js");
	const config = await readConfig(configFiles(repository, commit), {
		name: id.name,
		environment: id.environment
	});
	const adapted = engine.adapt(config.app);
	const diagnostics = [...settingsDiagnostics(engine, id, config), ...adapted.diagnostics].map((each) => located(each, config));
	if (diagnostics.some((each) => each.severity === "error")) throw new ConfigError([...config.warnings, ...diagnostics]);
	const app = {
		...adapted.app,
		engine: config.app.engine
	};
	const { requests, warnings } = await imageRequests(app, repository, commit, config.files);
	return {
		app,
		commit,
		...await chooseImages(engine, id, app, requests, options),
		requests: new Map([...requests.values()].map((request) => [request.key, request])),
		warnings: [
			...config.warnings,
			...diagnostics,
			...warnings
		],
		files: config.files
	};
}
/** What a release was. Its images exist; nothing is built. */
function wantRelease(release) {
	return {
		app: release.app,
		commit: release.commit,
		images: new Map([...[...release.app.processes, ...release.app.tasks].flatMap((each) => each.image === null ? [] : [pinOf(release.app, each)]), ...Object.entries(release.images)]),
		requests: /* @__PURE__ */ new Map(),
		rebuild: /* @__PURE__ */ new Set(),
		warnings: [],
		files: []
	};
}
async function chooseImages(engine, id, app, requests, { rebuild, clock }) {
	const images = /* @__PURE__ */ new Map();
	const anew = /* @__PURE__ */ new Set();
	for (const component of [...app.processes, ...app.tasks]) if (component.image !== null) {
		const [name, image] = pinOf(app, component);
		images.set(name, image);
	}
	const made = await engine.findImages(id, [...new Set([...requests.values()].map(({ key }) => key))]);
	for (const [component, request] of requests) {
		const found = made.get(request.key);
		const age = found === void 0 ? 0 : (clock.now() - Date.parse(found.created_at)) / 1e3;
		if (found !== void 0 && (rebuild || age > (request.build.max_age ?? Infinity))) anew.add(request.key);
		const digest = found === void 0 || anew.has(request.key) ? null : found.digest;
		images.set(component, {
			kind: "built",
			key: request.key,
			digest
		});
	}
	return {
		images,
		rebuild: anew
	};
}
function pinOf(app, component) {
	return [`${app.processes.some((process) => process === component) ? "process" : "task"}:${component.name}`, {
		kind: "pinned",
		reference: component.image ?? ""
	}];
}
/** The pushed file does not choose its power: which app and which engine it is, is not for it to say. */
function settingsDiagnostics(engine, id, config) {
	const found = [];
	if (config.app.name !== id.name) found.push({
		severity: "error",
		path: "app",
		message: `this repository deploys the app ${id.name}, and its config says ${config.app.name}`,
		hint: "leave `app` out, or push to the app that it names"
	});
	if (config.app.engine !== engine.name) found.push({
		severity: "warning",
		path: "engine",
		message: `deployed to ${engine.name}: the engine is a setting of the app here, not of the file`
	});
	return found;
}
/** Gives a diagnostic that names a path the place where that value is written. */
function located(diagnostic, config) {
	const origin = diagnostic.path === void 0 ? void 0 : config.provenance[diagnostic.path];
	if (origin === void 0 || origin.kind === "default" || diagnostic.place !== void 0) return diagnostic;
	const { file, line } = origin;
	return {
		...diagnostic,
		place: {
			file,
			line,
			column: origin.kind === "file" ? origin.column : 1
		}
	};
}
/** The images of all components, with the digests that this deployment made. */
function builtImages(wanted, digests) {
	return Object.fromEntries([...wanted.images].flatMap(([component, image]) => image.kind === "built" ? [[component, {
		...image,
		digest: digests.get(image.key) ?? image.digest
	}]] : []));
}
// src/deploy/pins.ts
/** What the engine has to say about the pinned images that a plan is going to start. */
async function pinProblems(engine, app, plan) {
	const processes = plan.processes.flatMap(({ name, action, after }) => after?.spec.image.kind === "pinned" && action !== "pinned" && action !== "unchanged" ? [{
		component: `process:${name}`,
		reference: after.spec.image.reference
	}] : []);
	const tasks = plan.tasks.flatMap(({ name, action, spec }) => spec?.image.kind === "pinned" && action !== "skip" && action !== "unchanged" ? [{
		component: `task:${name}`,
		reference: spec.image.reference
	}] : []);
	return engine.checkPins(app, [...processes, ...tasks]);
}
// src/deploy/preview.ts
/** What a deployment would do now. Changes nothing. */
async function preview(engine, app, wanted, options, { signal, refresh = false } = {}) {
	const running = await engine.observe(app, {
		...signal && { signal },
		refresh
	});
	const made = plan(wanted, running, {
		...options,
		warnings: wanted.warnings,
		countsReplace: (before, after) => engine.countsReplace(before, after)
	});
	return {
		running,
		plan: {
			...made,
			blocked: [...made.blocked, ...await pinProblems(engine, app, made)]
		}
	};
}
// src/deploy/run-tasks.ts
const UNTOUCHED = "no process was touched: what ran before still runs";
const MAY_FAIL = "a post-deploy task may fail without taking the deployment back with `on_failure: continue`";
/** Runs the tasks of one phase, one after the other, and keeps with which fingerprint each succeeded. */
async function runTasks(work, plan, phase) {
	for (const task of plan.tasks) {
		if (task.phase !== phase || task.action !== "run" || task.spec === null) continue;
		const result = await runTask(work, task.spec, phase);
		if (result.exit_code === 0) {
			if (task.fingerprint !== null) await work.engine.ledger.taskSucceeded(work.app, task.name, task.fingerprint);
			continue;
		}
		if (work.signal.aborted) throw new CancelledError(`cancelled while task ${task.name} ran`);
		if (task.spec.on_failure === "continue") {
			work.emit({
				type: "notice",
				text: `task ${task.name} failed; going on, as its on_failure says`
			});
			continue;
		}
		throw new TaskError(`task ${task.name} failed: ${result.reason ?? `exit ${result.exit_code ?? "unknown"}`}`, { hint: [result.hint, phase === "pre_deploy" ? UNTOUCHED : MAY_FAIL].filter((each) => each !== null).join("; ") });
	}
}
async function runTask(work, spec, phase) {
	const { engine, app, number, emit, signal } = work;
	if (signal.aborted) throw new CancelledError(`cancelled before task ${spec.name} ran`);
	const handle = await engine.runTask(app, {
		spec,
		initiated_by: `deployment #${number}`,
		deployment: number
	});
	const stop = () => {
		handle.stop("cancelled").catch((error) => {
			emit({
				type: "notice",
				text: `task ${spec.name} could not be stopped: ${messageOf(error)}`
			});
		});
	};
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	emit({
		type: "task.started",
		task: spec.name,
		phase,
		id: handle.id,
		command: showCommand(spec.command)
	});
	for await (const line of handle.logs) emit({
		type: "task.log",
		task: spec.name,
		line
	});
	const result = await handle.result;
	signal.removeEventListener("abort", stop);
	emit({
		type: "task.finished",
		task: spec.name,
		exit_code: result.exit_code,
		seconds: result.duration,
		reason: result.reason
	});
	return result;
}
// src/deploy/deploy.ts
/**
* Makes what is wanted true, or leaves things as they were and says why. Expected failures are outcomes, not
* rejections. Whatever happens, the deployment is finished in the ledger and the lock is given back.
*/
async function deploy(engine, request, io) {
	const { app, deployment } = request;
	const { number } = deployment;
	const began = io.clock.now();
	const emit = (event) => io.emit({
		at: isoNow(io.clock),
		...event
	});
	const work = {
		app,
		number,
		engine,
		signal: io.signal,
		emit
	};
	emit({
		type: "deployment.started",
		app: app.name,
		environment: app.environment,
		number,
		kind: deployment.kind,
		commit: deployment.commit,
		title: deployment.title
	});
	let lock = null;
	let bug;
	try {
		const end = await (async () => {
			try {
				lock = await engine.lock(app, {
					deployment: number,
					supersedes: request.supersedes,
					onWait: (behind) => emit({
						type: "deployment.waiting",
						behind
					}),
					signal: io.signal
				});
				work.signal = AbortSignal.any([io.signal, lock.signal]);
				return await inTurn(work, request, io);
			} catch (error) {
				if (!(error instanceof UserError || work.signal.aborted)) bug = error;
				return endOf(error, work.signal);
			}
		})();
		const { hint, diagnostics, ...entry } = end;
		const release = await engine.ledger.finish(app, number, entry);
		await request.settle?.(end.outcome).catch((error) => {
			bug ??= error;
			emit({
				type: "notice",
				text: `recorded, but not settled: ${messageOf(error)}`
			});
		});
		emit({
			type: "deployment.finished",
			outcome: end.outcome,
			reason: end.reason,
			hint,
			diagnostics,
			release: release?.number ?? null,
			seconds: (io.clock.now() - began) / 1e3
		});
		if (release !== null) await engine.prune(app).catch((error) => bug ??= error);
		if (bug !== void 0) io.onBug(bug);
		return {
			outcome: end.outcome,
			release,
			reason: end.reason
		};
	} finally {
		await lock?.release();
	}
}
async function inTurn(work, request, io) {
	const { engine, app, number, emit } = work;
	await request.admit?.();
	await engine.ledger.start(app, number);
	const inheritance = await inherit(work, request, io);
	const wanted = await request.want();
	if (wanted.files.length > 0) emit({
		type: "config.read",
		files: wanted.files,
		diagnostics: wanted.warnings
	});
	const { plan, running } = await preview(engine, app, wanted, request.plan, { signal: work.signal });
	emit({
		type: "plan.made",
		plan
	});
	if (plan.blocked.length > 0) return refused(plan.blocked);
	throwIfAborted(work.signal);
	if (isEmpty(plan) && inheritance.isEmpty) return ended("unchanged", null);
	const digests = await buildImages(work, wanted, plan);
	const made = withDigests(plan, digests);
	await runTasks(work, made, "pre_deploy");
	throwIfAborted(work.signal);
	const steps = inheritance.steps(transitions(made), running);
	await engine.ledger.record(app, number, {
		processes: steps.map(({ name, back }) => ({
			name,
			before: back
		})),
		schedules: inheritance.schedules(running)
	});
	await inheritance.takeOver();
	await carryOut(work, made, steps);
	return {
		...ended("succeeded", null),
		release: request.deployment.kind === "operate" ? null : {
			commit: wanted.commit,
			app: wanted.app,
			images: builtImages(wanted, digests),
			owned_images: ownedImages(made)
		}
	};
}
async function inherit({ engine, app, number }, { plan }, { clock, tellInterrupted: tell }) {
	if (tell === void 0) return Inheritance.none;
	return Inheritance.find({
		engine,
		app,
		number,
		clock,
		tell
	}, plan.only ?? null);
}
/** From here on things change. What fails takes back what was done before. */
async function carryOut(work, plan, steps) {
	const isRemoval = ({ after, rests }) => after === null && !rests;
	const removals = steps.filter(isRemoval);
	const others = steps.filter((step) => !isRemoval(step));
	await rollOut(work, plan, others);
	try {
		await runTasks(work, plan, "post_deploy");
		throwIfAborted(work.signal);
		await rollOut(work, plan, removals);
	} catch (error) {
		const reason = messageOf(error);
		await undo(work, others, reason);
		throw new RolledBack(reason, !(error instanceof RolledBack) || error.complete, error instanceof UserError ? error.hint ?? null : null);
	}
	if (plan.tasks.some((task) => task.phase === "schedule" && task.action !== "unchanged")) await work.engine.setSchedules(work.app, schedules(plan));
}
function ownedImages(plan) {
	return Object.fromEntries(plan.processes.flatMap(({ name, after }) => after?.owned.image == null ? [] : [[name, after.owned.image]]));
}
function throwIfAborted(signal) {
	if (signal.aborted) throw new CancelledError("cancelled");
}
// src/deploy/log-names.ts
/**
* A name that never wrote anything is a mistake, and an empty answer would hide it.
*
* @throws NotFoundError that names those there are
*/
async function checkLogName(engine, app, name) {
	const names = await engine.logNames(app);
	if (names.includes(name)) return;
	const { processes } = await engine.observe(app);
	if (processes.some(({ spec }) => spec.name === name)) return;
	const known = [.../* @__PURE__ */ new Set([...processes.map(({ spec }) => spec.name), ...names])].toSorted();
	throw new NotFoundError(`${app.name} has no output of ${JSON.stringify(name.slice(0, 80))}`, { hint: known.length === 0 ? "nothing has run yet" : `there is output of ${known.join(", ")}` });
}
// src/deploy/requests.ts
/** Deploys a commit. */
async function requestCommit(engine, app, { repository, commit, rebuild, allow_remove, clock }) {
	const { subject } = await repository.commit(commit);
	return {
		entry: {
			kind: "deploy",
			commit,
			title: subject
		},
		request: {
			want: () => wantCommit(engine, {
				app,
				repository,
				commit,
				rebuild,
				clock
			}),
			plan: { allow_remove },
			supersedes: true
		}
	};
}
/**
* Deploys an old release's image and config again.
*
* @param number of the release; null: the one before the latest
*/
async function requestRollback(engine, app, number) {
	const release = await releaseToReturnTo(engine, app, number);
	return {
		entry: {
			kind: "rollback",
			commit: release.commit,
			title: `rollback to v${release.number}`
		},
		request: {
			want: async () => wantRelease(release),
			plan: {
				allow_remove: true,
				rollback: { owned_images: release.owned_images }
			},
			supersedes: true
		}
	};
}
async function releaseToReturnTo(engine, app, number) {
	const release = number === null ? (await engine.ledger.releases(app, 2))[1] : await engine.ledger.release(app, number);
	if (release == null) throw number === null ? new UserError(`${app.name} has no release before the latest one`, { hint: "there is nothing to go back to" }) : new NotFoundError(`${app.name} has no release v${number}`, { hint: "`gantry release list` shows them" });
	const reference = `release:v${release.number}`;
	const pins = Object.keys(release.images).map((component) => ({
		component,
		reference
	}));
	if ((await engine.checkPins(app, pins)).length > 0) throw new UserError(`the images of v${release.number} are not kept any more`, { hint: "deploy its commit again: `gantry deploy COMMIT`" });
	return release;
}
/** Changes processes by hand: what is set belongs to the operator from then on. */
async function requestOperation(engine, app, title, operations) {
	const { processes } = await engine.observe(app);
	const unknown = operations.find((each) => !processes.some(({ spec }) => spec.name === each.process));
	if (unknown !== void 0) throw new NotFoundError(`${app.name} has no process ${JSON.stringify(unknown.process.slice(0, 80))}`, { hint: processes.length === 0 ? "nothing was deployed yet: deploy first" : `there are: ${processes.map(({ spec }) => spec.name).join(", ")}` });
	return {
		entry: {
			kind: "operate",
			commit: null,
			title
		},
		request: {
			want: async () => wantRelease(await latestRelease(engine, app)),
			plan: {
				only: operations.map((each) => each.process),
				operate: operations
			},
			supersedes: false
		}
	};
}
/**
* Reads the words of operations as the config would read them.
*
* @throws ConfigError with all that is wrong
*/
async function parseOperations(words) {
	const { checkOperatorKeys, parseOperatorFields } = await import("./operator-fields.js");
	return words.map(({ process, set = {}, unset = [], restart = false }) => {
		checkOperatorKeys(unset);
		return {
			process,
			set: parseOperatorFields(set),
			unset,
			restart
		};
	});
}
/** The release that runs. Rejects when nothing was deployed yet. */
async function latestRelease(engine, app) {
	const [release] = await engine.ledger.releases(app, 1);
	if (release !== void 0) return release;
	throw new NotFoundError(`${app.name} was never deployed`, { hint: "deploy a commit first" });
}
// src/deploy/run-once.ts
/** Longer runs want a task in the config, with a limit of its own. */
const MAX_HOURS = 24;
/** Runs a command in the image and the environment of what is deployed. */
async function runOnce(engine, app, command, by) {
	const release = await latestRelease(engine, app);
	const { variables } = await engine.observe(app);
	const spec = specOf(release, command, reachOf(variables)(null));
	return engine.runTask(app, {
		spec,
		initiated_by: by,
		deployment: null
	});
}
/** What a command that runs has to say, from its first line to its end. */
async function* runEvents({ logs, result }) {
	for await (const line of logs) yield { line };
	const { exit_code, reason } = await result;
	yield {
		exit_code,
		reason
	};
}
function specOf({ app, images }, command, variables) {
	const process = app.processes.find((process) => process.image === null && process.expose === "public") ?? app.processes.find((each) => each.image === null);
	const image = process === void 0 ? void 0 : images[`process:${process.name}`];
	if (process === void 0 || image === void 0) throw new UserError(`${app.name} has no image that was built from a commit`, { hint: "a one-off command runs in the image of the app; all its processes have pinned images" });
	return {
		name: "run",
		command,
		image,
		env: app.env,
		secrets: app.secrets,
		variables,
		cpu: process.cpu,
		memory: process.memory,
		ephemeral_storage_gb: process.ephemeral_storage_gb,
		placement: process.placement,
		stop_timeout: process.stop_timeout,
		run: null,
		when: "always",
		on_failure: "abort",
		schedule: null,
		timezone: "UTC",
		concurrency: "allow",
		max_hours: MAX_HOURS
	};
}
// src/deploy/variables.ts
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST_NAME = 200;
const LONGEST_VALUE = 65536;
/**
* Sets a variable by hand.
*
* @throws UserError for what cannot be a variable. It never holds the value.
*/
async function setVariable(engine, app, variable) {
	const { name, value } = variable;
	checkName(name);
	if (value.includes("\0")) throw new UserError(`${name}: NUL cannot be in a variable`);
	if (value.length > LONGEST_VALUE) throw new UserError(`${name}: a value has ${LONGEST_VALUE} characters at most`, { hint: "put what is larger into a file of the image, or where the app can fetch it" });
	await engine.setVariable(app, variable);
}
/** @throws NotFoundError when it is not set */
async function unsetVariable(engine, app, name, process) {
	checkName(name);
	if (!await engine.unsetVariable(app, name, process)) throw new NotFoundError(`${name} is not set${process === null ? "" : ` for ${process}`}`);
}
function checkName(name) {
	const shown = JSON.stringify(name.slice(0, 80));
	if (!NAME.test(name) || name.length > LONGEST_NAME) throw new UserError(`${shown} cannot be the name of a variable`, { hint: `letters, digits and _ only, not a digit first, ${LONGEST_NAME} at most` });
	if (name === "PORT" || name.startsWith("GANTRY_")) throw new UserError(`Gantry sets ${shown} itself`);
}
export { isEmpty as _, parseOperations as a, requestRollback as c, preview as d, endInterrupted as f, undo as g, refused as h, runOnce as i, checkLogName as l, ended as m, unsetVariable as n, requestCommit as o, Refused as p, runEvents as r, requestOperation as s, setVariable as t, deploy as u };
