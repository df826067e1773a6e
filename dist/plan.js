import { n as showImage, t as sameImage } from "./image.js";
import { n as instanceCount, t as imagesOf } from "./spec.js";
import { a as specOfProcess, c as imageChanges, d as missingSecrets, f as missingSecretsOf, i as fieldsOfProcess, l as imageOf, m as shadowedFields, n as defaultProcess, o as specOfTask, p as reachOf, r as underOperator, s as defaultImage, u as usesOf } from "./operator-process.js";
import { n as FIELD_NAMES, r as differingFields, t as FIELDS } from "./fields.js";
import { t as canonicalJson } from "./canonical-json.js";
import { isDeepStrictEqual } from "node:util";
import { createHash } from "node:crypto";
// src/plan/blocked.ts
const COUNTS = [
	"demand_count",
	"spot_count",
	"scale_count"
];
/** Operations that the plan has nothing for, or something else. */
function impossibleOperations(operate, changes) {
	const planned = new Map(changes.map((each) => [each.name, each]));
	return operate.flatMap((each) => whyNot(each, planned.get(each.process)) ?? []);
}
function whyNot({ process, ...operation }, change) {
	if (operation.create) {
		if (change === void 0) return `there is no image for ${process}, as nothing in the config has the app's own build: give it one with \`image=REFERENCE\``;
		if (change.before !== null) return `there is a process ${process} already: change it with \`gantry process set ${process} …\``;
		return change.after?.origin === "operator" ? null : `the config defines ${process}: deploy, and it is there`;
	}
	if (change === void 0) return `there is no process ${process}: \`gantry process list\` shows those that there are`;
	return operation.delete && change.action !== "remove" ? definedByConfig(process).join(": ") : null;
}
/** Why it cannot be deleted by hand, and what to do. */
function definedByConfig(process) {
	return [`the config defines ${process}`, `remove it there and deploy, or stop it with \`gantry process stop ${process}\``];
}
/** Checks of which an operator has only said when, or how often. */
function incompleteChecks(changes) {
	return changes.flatMap(({ name, after }) => ["health_check", "readiness"].flatMap((field) => {
		const check = after?.owned[field];
		if (!check || check.path !== null || check.command !== null || check.tcp) return [];
		return `${field} of ${name} does not say what to check: set ${field}.path, .command or .tcp as well`;
	}));
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
/** What keeps the engine from making what this plan is to make. */
function standingInTheWay(obstacles, changes) {
	const made = new Set(changes.filter((each) => each.after !== null && !LEAVES.has(each.action)).map((each) => each.name));
	return obstacles.filter((each) => made.has(each.process)).map((each) => each.reason);
}
/** Secrets that are to be set by hand, are not, and are needed by something that this plan starts. */
function unsetSecrets(processes, tasks) {
	const missing = [...processes.flatMap(({ name, action, after }) => after !== null && starts(action, after.spec) ? {
		component: name,
		missing: missingSecretsOf(after.spec)
	} : []), ...tasks.flatMap(({ name, action, spec }) => spec !== null && action !== "skip" && action !== "unchanged" ? {
		component: `task ${name}`,
		missing: missingSecrets(spec)
	} : [])].flatMap(({ component, missing }) => missing.map((secret) => ({
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
	const how = "allow it with `--allow-remove`, in a push with `-o allow-remove`, in a workflow with `allow-remove: true`";
	const most = removed.length * 2 > running.length;
	return [...ofPublic.map(({ name }) => `this would remove ${name}, which is public: ${how}`), ...most ? [`this would remove ${removed.length} of ${running.length} processes (${list(removed.map((each) => each.name))}): ${how}`] : []];
}
/** What leaves everything as the engine has taken it once, and must stay possible. */
const LEAVES = /* @__PURE__ */ new Set([
	"stop",
	"pinned",
	"unchanged"
]);
function starts(action, spec) {
	return action !== "unchanged" && action !== "pinned" && instanceCount(spec) > 0;
}
/** `a, b and c`, cut where it gets too long to read. */
function list(names) {
	const all = [...new Set(names)];
	const shown = all.length > 6 ? [...all.slice(0, 5), `${all.length - 5} more`] : all;
	return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
// src/plan/adaptation.ts
/**
* What the engine makes of a process once the operator's fields are laid over the config's. It may round what the config
* says, which is then told; a field that the operator owns stays as it was asked for, and is refused.
*
* @param says what the config says of it; null where it does not name it
* @param isNew whether it is made by this: then there is nothing to hand back
*/
function adaptState(asked, { app, says, isNew, engine }) {
	const { name } = asked.spec;
	const { spec, problems } = engine.adaptProcess(app, asked.spec);
	const isOwned = (field) => Object.hasOwn(asked.owned, field);
	const changed = new Set(FIELD_NAMES.filter((field) => !isDeepStrictEqual(asked.spec[field], spec[field])));
	const [refused, told] = parted(problems, (each) => each.severity === "error" || fieldsOf(each).some((field) => isOwned(field) && changed.has(field)));
	const kept = new Set(refused.flatMap(fieldsOf).filter(isOwned));
	const isNews = (field) => says === null || isOwned(field) || changed.has(field);
	return {
		state: withFields(asked, spec, kept),
		warnings: told.filter((each) => fieldsOf(each).some(isNews)).map(({ fields: [field], message, hint }) => ({
			severity: "warning",
			message: `${field} of ${name}: ${message}`,
			...hint !== void 0 && { hint }
		})),
		refused: refused.map((each) => refusal(name, each, {
			owned: asked.owned,
			says,
			isNew
		}))
	};
}
/** The adapted state, but for the fields to keep. What is owned has the value that it has in the spec. */
function withFields(asked, adapted, kept) {
	const spec = {
		...adapted,
		...pick(asked.spec, (field) => kept.has(field))
	};
	const { image: _image, ...values } = pick(spec, (field) => Object.hasOwn(asked.owned, field));
	return {
		...asked,
		spec,
		owned: {
			...asked.owned,
			...values
		}
	};
}
function pick(spec, isWanted) {
	return Object.fromEntries(FIELD_NAMES.filter(isWanted).map((field) => [field, spec[field]]));
}
/** `memory of web (memory set by operator, cpu by the config) cannot be kept: …`, and how to be rid of it. */
function refusal(name, problem, { owned, says, isNew }) {
	const { severity, message, hint } = problem;
	const fields = fieldsOf(problem);
	const mine = fields.filter((field) => Object.hasOwn(owned, field));
	const owners = fields.flatMap((field) => {
		if (mine.includes(field)) return `${field} set by operator`;
		return says === null ? [] : `${field} set by the config`;
	});
	const what = `${problem.fields[0]} of ${name}${owners.length === 0 ? "" : ` (${owners.join(", ")})`}`;
	const better = severity === "error" ? hint : isNew ? "ask for something else" : "set it anew";
	const rid = isNew ? "leave it out" : `hand it back with \`gantry process unset ${name} ${mine.join(" ")}\``;
	const ways = [...better === void 0 ? [] : [better], ...mine.length === 0 ? [] : [rid]];
	return `${what}${severity === "warning" ? " cannot be kept" : ""}: ${message}: ${ways.join(", or ")}`;
}
/** The fields of the process that a problem is about: `health_check` of `health_check.interval`. */
function fieldsOf({ fields }) {
	return [...new Set(fields.map((field) => field.split(".")[0]))];
}
function parted(all, test) {
	return [all.filter(test), all.filter((each) => !test(each))];
}
// src/plan/candidates.ts
/** Which processes are to exist: those of the config, those that operators made, and those that one makes now. */
function candidatesOf(app, images, others, running, operate) {
	const image = lazily(() => defaultImage(app, images));
	const configured = app.processes.map((says) => ({
		name: says.name,
		says,
		under: fieldsOfProcess(says, images),
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
	const created = [...new Set(operate.filter((each) => each.create && !known.has(each.process)).map((each) => each.process))].map((name) => ({
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
/** Shown entry by entry: `env.LOG_LEVEL`; containers deeper. */
const MAPS = /* @__PURE__ */ new Set([
	"env",
	"secrets",
	"variables",
	"health_check",
	"readiness",
	"mounts",
	"depends_on",
	"rollout",
	"ecs",
	"placement"
]);
/** `containers.proxy.env.LOG_LEVEL` */
const CONTAINER_DEPTH = 3;
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
	const depth = field === "containers" ? CONTAINER_DEPTH : MAPS.has(field) ? 1 : 0;
	return differences(field, shown(field, before), shown(field, after), depth);
}
/** What differs, down to entries of so many maps inside of each other. */
function differences(path, from, to, depth) {
	if (depth === 0 || !isMap(from) || !isMap(to)) return [{
		field: path,
		...from !== void 0 && { from },
		...to !== void 0 && { to }
	}];
	const [old, now] = [new Map(Object.entries(from)), new Map(Object.entries(to))];
	return [.../* @__PURE__ */ new Set([...old.keys(), ...now.keys()])].filter((name) => !isDeepStrictEqual(old.get(name), now.get(name))).flatMap((name) => differences(`${path}.${name}`, old.get(name), now.get(name), depth - 1));
}
function isMap(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function shown(field, spec) {
	if (field === "image") return shownImage(spec.image);
	if (field !== "containers") return spec[field];
	return Object.fromEntries(Object.entries(spec.containers).map(([name, { image, ...rest }]) => [name, {
		image: shownImage(image),
		...rest
	}]));
}
function shownImage(image) {
	return image.kind === "pinned" ? image.reference : showImage(image);
}
function ownerOf(field, ...owned) {
	return BY_HAND.has(field) || owned.some((each) => Object.hasOwn(each, field)) ? "operator" : "config";
}
/** Whether a value of the config comes or goes because a variable of that name goes or comes. */
function byVariable(field, before, after) {
	const name = /^(?:env|secrets)\.(.*)$/s.exec(field)?.[1];
	return name !== void 0 && [before, after].some((spec) => Object.hasOwn(spec.variables, name));
}
// src/plan/parts.ts
/** One that somebody begins to describe. */
const NO_CHECK = {
	path: null,
	command: null,
	tcp: false,
	interval: 10,
	timeout: 5,
	retries: 3,
	start_period: 0
};
/** The fields with these entries laid over what they are now. */
function mergedParts(now, { health_check: check, readiness, rollout } = {}) {
	return {
		...check && { health_check: {
			...now.health_check ?? NO_CHECK,
			...check
		} },
		...readiness && { readiness: {
			...now.readiness ?? NO_CHECK,
			...readiness
		} },
		...rollout && { rollout: {
			...now.rollout,
			...rollout
		} }
	};
}
// src/plan/ownership.ts
/** The fields that the operator owns after an operation. `says` is what lies under them. */
function operated(owned, says, operation) {
	const handedBack = new Set(operation.unset);
	if (operation.set?.disabled === false && !says.disabled) handedBack.add("disabled");
	const parts = mergedParts({
		...says,
		...owned
	}, operation.parts);
	return pinnedOnly(omit({
		...owned,
		...operation.set,
		...parts
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
function processChanges(input) {
	const { app, only } = input;
	const running = new Map(input.running.processes.map((each) => [each.spec.name, stateOf(each)]));
	const configured = new Set(app.processes.map((each) => each.name));
	const others = [...running.values()].filter((each) => !configured.has(each.spec.name));
	const deleted = new Set(input.operate.flatMap((each) => each.delete ? each.process : []));
	const stays = ({ spec, origin }) => origin === "operator" ? !deleted.has(spec.name) : only !== null;
	const operations = Map.groupBy(input.operate, (each) => each.process);
	const moving = new Set(input.running.processes.flatMap(({ spec, settled }) => settled ? [] : spec.name));
	const found = candidatesOf(app, input.images, others.filter(stays), running, input.operate).filter((each) => only === null || only.has(each.name)).flatMap((each) => changeOf(each, operations.get(each.name) ?? [], input) ?? []);
	const removals = others.filter((state) => !stays(state)).map(removal);
	return {
		changes: [...found.map((each) => each.change), ...removals].map((change) => ({
			...change,
			settled: !moving.has(change.name)
		})),
		warnings: found.flatMap((each) => each.warnings),
		refused: found.flatMap((each) => each.refused)
	};
}
/** Null when there is no image that the process could run. */
function changeOf(candidate, operations, input) {
	const { name, says, under, before } = candidate;
	const owned = ownedAfter(candidate, operations, input.ownedImages);
	const image = owned.image ? pinned(owned.image) : candidate.image;
	if (image === null) return null;
	const variables = input.reach(name);
	const restarts = (before?.spec.restarts ?? 0) + operations.filter((each) => each.restart).length;
	const asked = {
		spec: specOfProcess(under, {
			owned,
			image,
			variables,
			restarts
		}),
		owned,
		origin: says === null ? before?.origin ?? "operator" : "config"
	};
	const { app, engine } = input;
	const { state: after, warnings, refused } = adaptState(asked, {
		app,
		says,
		isNew: says === null && before === null,
		engine
	});
	const differing = before === null ? [] : differingFields(before.spec, after.spec);
	const action = before === null ? "create" : actionOf(before, after, differing);
	return {
		change: {
			name,
			action,
			replaces: before !== null && replaces(before.spec, after.spec, differing, engine),
			stopped: after.spec.disabled,
			fields: before === null ? fieldsOfNew(after) : fieldChanges(before, after, differing),
			kept: keptFields(after.owned, says, under, variables),
			before,
			after
		},
		warnings,
		refused: LEAVES.has(action) ? [] : refused
	};
}
function ownedAfter({ name, says, under, before }, operations, ownedImages) {
	const owned = before?.owned ?? {};
	const image = ownedImages !== null && Object.hasOwn(ownedImages, name) ? ownedImages[name] : void 0;
	const keepsImage = ownedImages === null || says === null && image === void 0;
	return operations.reduce((result, operation) => operated(result, under, operation), keepsImage ? owned : rolledBack(owned, image));
}
function actionOf(before, after, differing) {
	const kinds = new Set(differing.map((field) => FIELDS[field]));
	if (kinds.has("definition")) return "update";
	if (kinds.has("state")) return after.spec.disabled ? "stop" : "start";
	if (kinds.has("count")) return "scale";
	if (kinds.has("setting") || !sameOwners(before, after)) return "update";
	return imagesOf(after.spec).every(({ kind }) => kind === "pinned") ? "pinned" : "unchanged";
}
function sameOwners(before, after) {
	return before.origin === after.origin && isDeepStrictEqual(before.owned, after.owned);
}
/** New instances take the place of old ones only where some are wanted before and after. */
function replaces(before, after, differing, engine) {
	const kinds = new Set(differing.map((field) => FIELDS[field]));
	return instanceCount(before) > 0 && instanceCount(after) > 0 && (kinds.has("definition") || kinds.has("count") && engine.countsReplace(before, after));
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
	"entry_point",
	"command",
	"pre_start",
	"image",
	"env",
	"secrets",
	"variables",
	"cpu",
	"memory",
	"ephemeral_storage_gb",
	"mounts"
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
const TAKES_EVERYTHING = {
	countsReplace: () => false,
	adaptProcess: (_app, spec) => ({
		spec,
		problems: []
	})
};
/** The difference between what is wanted and what runs. Pure: asks nothing and changes nothing. */
function plan(desired, running, options = {}) {
	const { app, images, rebuild } = desired;
	const { operate = [], rollback, engine = TAKES_EVERYTHING } = options;
	const only = options.only === void 0 ? null : new Set(options.only);
	const reach = reachOf(running.variables);
	const { changes: processes, warnings, refused } = processChanges({
		app,
		images,
		running,
		reach,
		only,
		operate,
		ownedImages: rollback?.owned_images ?? null,
		engine
	});
	const specs = only === null ? app.tasks.map((task) => specOfTask(task, imageOf(images, `task:${task.name}`), reach(null))) : [];
	const configured = new Set(only === null ? app.processes.map((each) => each.name) : []);
	const used = imageChanges([...only === null ? usesOf(app, images) : [], ...processes.filter((each) => !configured.has(each.name)).flatMap(usesOfChange)], rebuild);
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
		warnings: [
			...options.warnings ?? [],
			...warnings,
			...running.warnings.map((message) => ({
				severity: "warning",
				message
			}))
		],
		blocked: [
			...impossibleOperations(operate, processes),
			...incompleteChecks(processes),
			...invalidCounts(processes),
			...refused,
			...standingInTheWay(running.obstacles, processes),
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
	const withContainers = (spec) => ({
		...spec,
		containers: Object.fromEntries(Object.entries(spec.containers).map(([name, each]) => [name, filled(each)]))
	});
	return {
		...plan,
		processes: plan.processes.map((each) => ({
			...each,
			after: each.after && {
				...each.after,
				spec: withContainers(filled(each.after.spec))
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
function usesOfChange({ name, after }) {
	if (after === null) return [];
	const { image, containers } = after.spec;
	return [{
		component: name,
		image
	}, ...Object.entries(containers).filter(([, beside]) => !sameImage(beside.image, image)).map(([container, beside]) => ({
		component: `${name}/${container}`,
		image: beside.image
	}))];
}
export { withDigests as a, transitions as i, plan as n, definedByConfig as o, schedules as r, isEmpty as t };
