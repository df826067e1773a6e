import { c as entriesOf, d as isEmpty, g as table, i as child, m as placeOf, u as inheritedFrom, v as toPlain, x as weigh, y as toText } from "./reading.js";
import { f as overlayKeys } from "./formats.js";
import { r as Build } from "./containers.js";
import { i as TaskSettings, n as ProcessSettings } from "./settings.js";
import { n as GantryYml, r as Logs, t as Ecs } from "./schema.js";
// src/config/inherit.ts
const MAX_WEIGHT = 16777216;
/** Of a component that says nothing: its defaults. */
const LEAST_WEIGHT = 2e3;
const KEYS = {
	processes: Object.keys(ProcessSettings.shape),
	tasks: Object.keys(TaskSettings.shape)
};
/**
* Gives every process and task what it inherits: from `defaults` any key that it has, from the top level `env`,
* `secrets` and `build`. A key that it names itself counts as a whole; only the keys of `build` are inherited one by one.
*/
function inheritAll(config, reading) {
	const inherited = inheritedSettings(config);
	refuseTooMuch(config, inherited, reading);
	return ["processes", "tasks"].flatMap((kind) => entriesOf(child(config, kind)).map(([name, own]) => {
		const settings = /* @__PURE__ */ new Map();
		for (const key of KEYS[kind]) {
			const value = inherit(key, child(own, key), inherited.get(key));
			if (value !== void 0) settings.set(key, value);
		}
		if (child(own, "build") !== void 0 && child(own, "image") === void 0) settings.delete("image");
		inheritBuilds(settings);
		return {
			kind,
			name,
			own,
			settings: table(settings, own.origin)
		};
	}));
}
/** A container that has an image of its own made takes over what its build does not say from that of the process. */
function inheritBuilds(settings) {
	const [build, containers] = [settings.get("build"), settings.get("containers")];
	if (build === void 0 || containers?.kind !== "table") return;
	const entries = entriesOf(containers).map(([name, container]) => {
		const own = child(container, "build");
		if (container.kind !== "table" || own === void 0) return [name, container];
		return [name, {
			...container,
			entries: new Map(container.entries).set("build", overlayKeys(build, own))
		}];
	});
	settings.set("containers", {
		...containers,
		entries: new Map(entries)
	});
}
function inheritedSettings(config) {
	const inherited = /* @__PURE__ */ new Map();
	for (const key of [
		"env",
		"secrets",
		"build"
	]) {
		const value = child(config, key);
		if (value !== void 0) inherited.set(key, inheritedFrom(value, key));
	}
	for (const [key, value] of entriesOf(child(config, "defaults"))) inherited.set(key, inherit(key, inheritedFrom(value, `defaults.${key}`), inherited.get(key)));
	return inherited;
}
function inherit(key, own, inherited) {
	if (own === void 0 || inherited === void 0) return own ?? inherited;
	if (own.origin.kind === "default" && inherited.origin.kind !== "default") return inherited;
	return key === "build" ? overlayKeys(inherited, own) : own;
}
function refuseTooMuch(config, inherited, reading) {
	const components = [child(config, "processes"), child(config, "tasks")].flatMap((each) => entriesOf(each).map(([, component]) => component));
	const inEach = 1 + entriesOf(inherited.get("containers")).length;
	const count = components.reduce((sum, each) => sum + inEach + entriesOf(child(each, "containers")).length, 0);
	if (count * [...inherited.values()].reduce((sum, value) => sum + weigh(value), LEAST_WEIGHT) <= MAX_WEIGHT) return;
	reading.fail(`The app is too big: ${count} processes, tasks and containers, with what each of them inherits`, {
		place: placeOf(config),
		hint: "Split it into several apps, or let fewer components inherit fewer variables."
	});
}
// src/config/resolve.ts
/** Who waits for this waits for the end. */
const ENDS = /* @__PURE__ */ new Set(["completed", "succeeded"]);
const DEPLOYMENT_TASK_HOURS = 1;
const TASK_HOURS = 24;
/** The app of a valid config: every default filled in, every value in the unit of the app model. */
function resolve(config, components, names) {
	const top = GantryYml.parse(withoutComponents(config));
	return {
		name: top.app ?? names.name,
		environment: names.environment,
		engine: top.engine,
		env: top.env ?? {},
		secrets: top.secrets ?? {},
		build: top.build ?? Build.parse({}),
		processes: components.filter((each) => each.kind === "processes").map(resolveProcess),
		tasks: components.filter((each) => each.kind === "tasks").map(resolveTask),
		logs: top.logs ?? Logs.parse({}),
		ecs: top.ecs ?? Ecs.parse({})
	};
}
function resolveProcess({ name, settings }) {
	const { build, env, secrets, mounts, containers, depends_on, expose, health_check, readiness, connect_to, ...rest } = ProcessSettings.parse(plainSettings(settings));
	const waits = depends_on ?? {};
	return {
		name,
		...rest,
		build: build ?? Build.parse({}),
		env: env ?? {},
		secrets: secrets ?? {},
		mounts: resolveMounts(mounts),
		placement: null,
		expose: expose ?? (name === "web" ? "public" : "none"),
		health_check: resolveCheck(child(settings, "health_check"), health_check),
		readiness: resolveCheck(child(settings, "readiness"), readiness),
		containers: resolveContainers(containers ?? {}, waits, child(settings, "containers")),
		depends_on: waits,
		connect_to: connect_to ?? {}
	};
}
function resolveContainers(containers, waits, written) {
	const all = [waits, ...Object.values(containers).map((each) => each.depends_on ?? {})];
	const ending = new Set(all.flatMap((each) => Object.keys(each).filter((name) => ENDS.has(each[name]))));
	return Object.fromEntries(Object.entries(containers).map(([name, container]) => {
		const { build, env, secrets, essential, depends_on, health_check, mounts, ...rest } = container;
		return [name, {
			...rest,
			build: build ?? null,
			env: env ?? {},
			secrets: secrets ?? {},
			essential: essential ?? !ending.has(name),
			depends_on: depends_on ?? {},
			health_check: resolveCheck(child(child(written, name), "health_check"), health_check),
			mounts: resolveMounts(mounts)
		}];
	}));
}
/** An empty map clears: no check at all. */
function resolveCheck(written, check) {
	return written === void 0 || isEmpty(written) ? null : check ?? null;
}
function resolveMounts(mounts) {
	return Object.fromEntries(Object.entries(mounts ?? {}).map(([path, { source, source_path }]) => [path, {
		source,
		source_path: source_path ?? path.replace(/^\//, "")
	}]));
}
function resolveTask({ name, settings }) {
	const { build, env, secrets, mounts, max_hours, connect_to, ...rest } = TaskSettings.parse(plainSettings(settings));
	return {
		name,
		...rest,
		build: build ?? Build.parse({}),
		env: env ?? {},
		secrets: secrets ?? {},
		mounts: resolveMounts(mounts),
		placement: null,
		connect_to: connect_to ?? {},
		max_hours: max_hours ?? (rest.run === null ? TASK_HOURS : DEPLOYMENT_TASK_HOURS)
	};
}
function withoutComponents(config) {
	const entries = [
		"app",
		"engine",
		"env",
		"secrets",
		"build",
		"logs",
		"ecs"
	].flatMap((key) => {
		const value = child(config, key);
		return value === void 0 ? [] : [[key, value]];
	});
	return plainSettings(table(entries, config.origin));
}
const TEXTS = /* @__PURE__ */ new Set([
	"env",
	"args",
	"entry_point",
	"command",
	"pre_start",
	"iam_role_statements"
]);
/** Settings that hold settings again. All other maps have names that may be any. */
const PARTS = /* @__PURE__ */ new Set([
	"build",
	"health_check",
	"readiness"
]);
function plainSettings(settings) {
	if (settings.kind !== "table") return toPlain(settings);
	return Object.fromEntries([...settings.entries].map(([key, value]) => [key, plainSetting(key, value)]));
}
function plainSetting(key, value) {
	if (TEXTS.has(key)) return toText(value);
	if (key === "containers") return plainContainers(value);
	return PARTS.has(key) ? plainSettings(value) : toPlain(value);
}
/** Their names may be any. */
function plainContainers(containers) {
	return Object.fromEntries(entriesOf(containers).map(([name, each]) => [name, plainSettings(each)]));
}
export { inheritAll as n, resolve as t };
