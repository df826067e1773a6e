import { n as imageUsers, t as containerId } from "./image-users.js";
import { r as withoutUnmet } from "./unmet.js";
import { isDeepStrictEqual } from "node:util";
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
function missingSecrets({ secrets, variables }) {
	return Object.entries(secrets).filter(([name, reference]) => reference === SET_BY_HAND && !Object.hasOwn(variables, name)).map(([name]) => name);
}
/** The same of a process and of what runs beside it. */
function missingSecretsOf({ secrets, variables, containers }) {
	const all = [secrets, ...Object.values(containers).map((each) => each.secrets)];
	return [...new Set(all.flatMap((each) => missingSecrets({
		secrets: each,
		variables
	})))];
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
// src/plan/images.ts
/**
* Every component of the config, also one for which an operator has pinned another image: a release has to be whole, so
* that one can roll back to it and hand an image back to it.
*/
function usesOf(app, images) {
	return imageUsers(app).map(({ id, name }) => ({
		component: name,
		image: imageOf(images, id)
	}));
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
	for (const { id, build } of imageUsers(app)) {
		if (!isDeepStrictEqual(build, app.build)) continue;
		const image = imageOf(images, id);
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
		containers: mapped(says.containers, (each) => ({
			...each,
			image: each.image ?? layers.image
		})),
		variables: layers.variables,
		restarts: layers.restarts
	};
}
function specOfTask(task, image, variables) {
	const { image: _image, build: _build, ...says } = withoutUnmet(task);
	return {
		...says,
		...unshadowed(task, variables),
		image,
		variables
	};
}
/** @param images the image of every component that has one of its own */
function fieldsOfProcess(process, images) {
	const { image: _image, build: _build, ...says } = withoutUnmet(process);
	return {
		...says,
		containers: mapped(process.containers, (container, name) => {
			const { image, build, ...rest } = container;
			return {
				...rest,
				image: hasOwnImage({
					image,
					build
				}) ? imageOf(images, containerId(process.name, name)) : null
			};
		})
	};
}
function hasOwnImage({ image, build }) {
	return image !== null || build !== null;
}
function mapped(record, change) {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
function fieldsOfSpec(spec) {
	const { image: _image, variables: _variables, restarts: _restarts, ...says } = spec;
	return says;
}
// src/plan/operator-process.ts
const DEFAULT_ROLLOUT = {
	overlap: true,
	on_failure: "rollback",
	timeout: 900,
	min_up: 1
};
/** What a process is where neither a config nor an operator says anything else. */
function defaultProcess(name, app) {
	return {
		name,
		entry_point: null,
		command: null,
		pre_start: null,
		env: app.env,
		secrets: app.secrets,
		cpu: 256,
		memory: 512,
		ephemeral_storage_gb: null,
		mounts: {},
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
		readiness: null,
		containers: {},
		depends_on: {},
		rollout: DEFAULT_ROLLOUT,
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
* where the operator has laid something over it. One that an operator made follows the app's env and secrets, and its
* settings of where things run.
*/
function underOperator({ spec, owned, origin }, app) {
	const defaults = defaultProcess(spec.name, app);
	return {
		...fieldsOfSpec(spec),
		...pick(defaults, owned),
		...origin === "operator" && {
			env: app.env,
			secrets: app.secrets,
			placement: null
		}
	};
}
function pick(defaults, owned) {
	return Object.fromEntries(Object.entries(defaults).filter(([field]) => Object.hasOwn(owned, field)));
}
export { specOfProcess as a, imageChanges as c, missingSecrets as d, missingSecretsOf as f, fieldsOfProcess as i, imageOf as l, shadowedFields as m, defaultProcess as n, specOfTask as o, reachOf as p, underOperator as r, defaultImage as s, DEFAULT_ROLLOUT as t, usesOf as u };
