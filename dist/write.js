import { t as canonicalJson } from "./canonical-json.js";
import { a as HealthCheck, r as Build } from "./containers.js";
import { r as Logs, t as Ecs } from "./schema.js";
import { r as Rollout, t as ProcessEcs } from "./settings.js";
import { n as parseDuration, r as showDuration } from "./duration.js";
import { a as parseCpu, c as showMemory } from "./size.js";
import { n as silentApp, r as silentContainer } from "./write-silent.js";
import { t as NOTHING_UNMET } from "./unmet.js";
import { t as require_dist } from "./dist.js";
import { isDeepStrictEqual } from "node:util";
// src/config/gantry-yml/write-values.ts
/** More digits are not read. */
const CPU_DIGITS = 6;
/** MiB, as `512 MB` or `1.5 GB`. */
function memory(mib) {
	return showMemory(mib);
}
/** CPU units as vCPU, with as few digits as say it: 256 is `0.25`. */
function cpu(units) {
	for (let digits = 0; digits < CPU_DIGITS; digits++) {
		const scale = 10 ** digits;
		const vcpu = Math.floor(units / 1024 * scale) / scale;
		if (parseCpu(vcpu) === units) return vcpu;
	}
	return (Math.floor(units / 1024 * 10 ** CPU_DIGITS) / 10 ** CPU_DIGITS).toFixed(CPU_DIGITS);
}
/** Seconds, as `30s` or `15m`. */
function duration(seconds) {
	const text = showDuration(seconds);
	return parseDuration(text) === seconds ? text : seconds;
}
function command(value) {
	return typeof value === "string" ? value : [...value];
}
function asIs(value) {
	return value;
}
function list(values) {
	return [...values];
}
function mapOf(write) {
	return (values) => new Map(Object.entries(values).map(([name, value]) => [name, write(value)]));
}
/** For what is null, or not there, where nobody says it: that can be left out, and not be written. */
function orLeftOut(write) {
	return (value) => value === null || value === void 0 ? void 0 : write(value);
}
// src/config/gantry-yml/write-fields.ts
/** The fields in which a value differs from what is inherited; undefined when one of them cannot be written. */
function writeFields(fields, value, inherited) {
	const written = /* @__PURE__ */ new Map();
	for (const key of Object.keys(fields)) {
		if (isDeepStrictEqual(value[key], inherited[key])) continue;
		const plain = fields[key](value[key], inherited[key], value);
		if (plain === void 0) return void 0;
		written.set(key, plain);
	}
	return written;
}
/** A map that counts as a whole: what it leaves out has Gantry's own default. */
function whole(fields, bare) {
	return (value) => writeFields(fields, value, bare);
}
const BUILD = {
	context: asIs,
	dockerfile: orLeftOut(asIs),
	target: orLeftOut(asIs),
	args: mapOf(asIs),
	secrets: mapOf(asIs),
	platform: orLeftOut(asIs),
	ignore: list,
	include: list,
	max_age: orLeftOut(duration),
	command: orLeftOut(command)
};
const BARE_BUILD = Build.parse({});
/** The keys of a build are inherited one by one, and `{}` clears them all. */
function writeBuild(build, inherited) {
	return isDeepStrictEqual(build, BARE_BUILD) ? /* @__PURE__ */ new Map() : writeFields(BUILD, build, inherited);
}
/** The build of something that has one: it names at least one key, unless it clears them. */
function writeOwnBuild(build, inherited) {
	const written = writeBuild(build, inherited);
	return isDeepStrictEqual(build, BARE_BUILD) || written === void 0 ? written : new Map([["context", build.context], ...written]);
}
const writeTopBuild = (build) => writeBuild(build, BARE_BUILD);
const writeCheck = whole({
	path: orLeftOut(asIs),
	command: orLeftOut(command),
	tcp: (isTcp) => isTcp ? true : void 0,
	interval: duration,
	timeout: duration,
	retries: asIs,
	start_period: duration
}, HealthCheck.parse({}));
/** An empty map clears: no check at all. */
function check(value) {
	return value === null ? /* @__PURE__ */ new Map() : writeCheck(value);
}
const rollout = whole({
	overlap: asIs,
	on_failure: asIs,
	timeout: duration,
	min_up: duration
}, Rollout.parse({}));
const processEcs = whole({
	target_group: orLeftOut(asIs),
	service: orLeftOut(asIs),
	health_check_grace_period: orLeftOut(duration)
}, ProcessEcs.parse({}));
const ecs = whole({
	region: orLeftOut(asIs),
	cluster: orLeftOut(asIs),
	subnets: list,
	security_groups: list,
	assign_public_ip: asIs,
	namespace: orLeftOut(asIs),
	execution_role: orLeftOut(asIs),
	task_role: orLeftOut(asIs),
	scheduler_role: orLeftOut(asIs),
	exec: orLeftOut(asIs)
}, Ecs.parse({}));
const logs = whole({ retention: orLeftOut(duration) }, Logs.parse({}));
const variables = mapOf(asIs);
/** A mount without a `source_path` has its own path there. */
function mounts(all) {
	return new Map(Object.entries(all).map(([path, { source, source_path }]) => {
		const isOwn = source_path === path.replace(/^\//, "");
		return [path, new Map([["source", source], ...isOwn ? [] : [["source_path", source_path]]])];
	}));
}
// src/config/gantry-yml/write-unmet.ts
/** As a list where all are called what they are. */
function connections(all) {
	const entries = Object.entries(all);
	return entries.length > 0 && entries.every(([name, each]) => isPlain(each) && each.service === name) ? entries.map(([name]) => name) : new Map(entries.map(([name, each]) => [name, one(each)]));
}
function one({ service, endpoint }) {
	return endpoint === null ? service : /* @__PURE__ */ new Map([["service", service], ["endpoint", endpoint]]);
}
function isPlain({ endpoint }) {
	return endpoint === null;
}
const access = whole({ ssh: orLeftOut(asIs) }, NOTHING_UNMET.access);
const OPTIONAL = {
	sid: orLeftOut(asIs),
	effect: asIs,
	action: list,
	condition: orLeftOut(mapOf(mapOf(list)))
};
const LEFT_OUT = {
	sid: null,
	effect: "Allow",
	action: [],
	condition: null
};
function statements(all) {
	return all.map(({ resource, ...rest }) => new Map([...writeFields(OPTIONAL, rest, LEFT_OUT), ["resource", list(resource)]]));
}
// src/config/gantry-yml/write-components.ts
const STARTS = {
	image: orLeftOut(asIs),
	build: writeBuild,
	entry_point: orLeftOut(list),
	pre_start: orLeftOut(command),
	command: orLeftOut(command)
};
const RUNS = {
	env: variables,
	secrets: variables,
	mounts,
	cpu,
	memory,
	ephemeral_storage_gb: orLeftOut(asIs),
	stop_timeout: duration,
	connect_to: connections,
	access,
	iam_role_statements: statements
};
const PROCESS = {
	...STARTS,
	expose: asIs,
	port: orLeftOut(asIs),
	disabled: asIs,
	demand_count: asIs,
	spot_count: asIs,
	scale_count: asIs,
	scale_type: asIs,
	autoscaling_cpu_threshold: orLeftOut(asIs),
	autoscaling_memory_threshold: orLeftOut(asIs),
	...RUNS,
	health_check: check,
	readiness: check,
	rollout,
	containers: writeContainers,
	depends_on: variables,
	ecs: processEcs,
	instance_types: list,
	enable_warm_pool: asIs
};
const TASK = {
	...STARTS,
	run: orLeftOut(asIs),
	when: asIs,
	on_failure: asIs,
	schedule: orLeftOut(asIs),
	timezone: asIs,
	concurrency: asIs,
	max_hours: asIs,
	...RUNS
};
const CONTAINER = {
	image: orLeftOut(asIs),
	entry_point: orLeftOut(list),
	command: orLeftOut(command),
	essential: asIs,
	depends_on: variables,
	port: orLeftOut(asIs),
	env: variables,
	secrets: variables,
	mounts,
	cpu: orLeftOut(cpu),
	memory: orLeftOut(memory),
	stop_timeout: duration,
	health_check: check
};
function writeContainers(containers, _, { build }) {
	const silent = silentContainer();
	const all = /* @__PURE__ */ new Map();
	for (const [name, container] of Object.entries(containers)) {
		const own = container.build === null ? void 0 : writeOwnBuild(container.build, build);
		const written = writeFields(CONTAINER, container, silent);
		if (written === void 0 || container.build !== null && own === void 0) return void 0;
		all.set(name, own === void 0 ? written : new Map([["build", own], ...written]));
	}
	return all;
}
// src/config/gantry-yml/write-app.ts
/** Keys that may go into `defaults`. What tells components apart never does. */
const SHAREABLE = [
	"image",
	"env",
	"secrets",
	"mounts",
	"cpu",
	"memory",
	"ephemeral_storage_gb",
	"stop_timeout",
	"rollout",
	"connect_to",
	"access",
	"iam_role_statements"
];
/**
* What several components have in common: where the file gets shorter by saying it once, and all others can say what
* they have instead, in every environment. The first app decides.
*/
function sharedSettings(apps) {
	const [first = [], ...others] = apps.map((app) => membersOf(app, sayTop(app, false).short));
	return new Map(SHAREABLE.flatMap((key) => {
		const own = first.filter(({ fields }) => Object.hasOwn(fields, key));
		const value = mostCommon(own.map((each) => each.value[key]));
		const now = own.filter((each) => !isDeepStrictEqual(each.value[key], each.silent[key])).length;
		const then = 1 + own.filter((each) => !isDeepStrictEqual(each.value[key], value)).length;
		const all = [own, ...others].flat();
		return then < now && all.every((each) => canSay(each, key, value)) ? [[key, value]] : [];
	}));
}
function canSay({ fields, value }, key, inherited) {
	const write = fields[key];
	if (write === void 0 || isDeepStrictEqual(value[key], inherited)) return true;
	return write(value[key], inherited, value) !== void 0;
}
function mostCommon(values) {
	return [...Map.groupBy(values, canonicalJson).values()].toSorted((a, b) => b.length - a.length)[0]?.[0];
}
/** @param isNamed whether the config is to say the app's name */
function sayApp(app, { isNamed, shared }) {
	const top = sayTop(app, isNamed);
	const defaults = new Map([...defaultBuild(app, top.short), ...sayShared(shared)]);
	const above = (all) => defaults.size === 0 ? all : new Map([...all, ["defaults", defaults]]);
	const members = membersOf(app, above(top.short));
	return {
		short: new Map([...above(top.short), ...sayMembers(members, shortOf)]),
		full: new Map([...above(top.full), ...sayMembers(members, fullOf)])
	};
}
function sayTop(app, isNamed) {
	const fixed = /* @__PURE__ */ new Map();
	if (isNamed) fixed.set("app", app.name);
	if (app.engine !== "local") fixed.set("engine", app.engine);
	const maps = [
		["build", writeTopBuild(app.build)],
		["env", variables(app.env)],
		["secrets", variables(app.secrets)],
		["logs", logs(app.logs)],
		["ecs", ecs(app.ecs)]
	];
	return {
		short: new Map([...fixed, ...maps.filter(([, map]) => map.size > 0)]),
		full: new Map([...fixed, ...maps])
	};
}
function sayShared(shared) {
	const fields = PROCESS;
	return [...shared].map(([key, value]) => [key, fields[key](value, void 0, void 0)]);
}
/**
* What components inherit as their build, where that cannot be the build of the top level: one that is pinned cannot
* name a build, and what is inherited cannot be unsaid key by key.
*/
function defaultBuild(app, top) {
	const pinned = [...app.processes, ...app.tasks].find(({ image }) => image !== null);
	const candidates = [
		void 0,
		/* @__PURE__ */ new Map(),
		pinned && writeBuild(pinned.build, app.build)
	];
	const fits = (build) => {
		const defaults = new Map(build === void 0 ? [] : [["defaults", /* @__PURE__ */ new Map([["build", build]])]]);
		return membersOf(app, new Map([...top, ...defaults])).every(({ value, silent, fields }) => value["image"] !== null || isDeepStrictEqual(value["build"], silent["build"]) ? isDeepStrictEqual(value["build"], silent["build"]) : fields["build"](value["build"], silent["build"], value) !== void 0);
	};
	const found = candidates.find(fits);
	return found === void 0 ? [] : [["build", found]];
}
function membersOf(app, top) {
	const silent = silentApp(top, app, app);
	silent.tasks = silent.tasks.map((each) => ({
		...each,
		run: null
	}));
	const of = (kind, fields) => app[kind].map((each, index) => ({
		kind,
		name: each.name,
		fields,
		value: each,
		silent: silent[kind][index]
	}));
	return [...of("processes", PROCESS), ...of("tasks", TASK)];
}
function sayMembers(members, say) {
	const some = ["processes", "tasks"].map((kind) => [kind, new Map(members.filter((each) => each.kind === kind).map((each) => [each.name, say(each)]))]).filter(([, all]) => all.size > 0);
	return some.length > 0 ? some : [["processes", /* @__PURE__ */ new Map()]];
}
function shortOf({ name, fields, value, silent }) {
	const written = writeFields(fields, value, silent);
	if (written === void 0) throw new Error(`${name} has what no gantry.yml can say`);
	return written;
}
/** Without the build: what of it can be said hangs on what is inherited. */
function fullOf({ fields, value }) {
	return new Map(Object.entries(fields).flatMap(([key, write]) => {
		const plain = key === "build" ? void 0 : write(value[key], void 0, value);
		return plain === void 0 ? [] : [[key, plain]];
	}));
}
// src/config/gantry-yml/write-yaml.ts
var import_dist = require_dist();
function pathKey(path) {
	return path.join("\0");
}
/** Maps and lists up to this length stand on one line. */
const INLINE_LENGTH = 76;
/** Sections that begin after a blank line. */
const SECTIONS = /* @__PURE__ */ new Set([
	"processes",
	"tasks",
	"environments"
]);
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** The text of a gantry.yml: a header, and the config with its comments. */
function writeYaml(tree, comments, header) {
	const document = new import_dist.Document();
	document.contents = mapNode(tree, [], comments);
	document.commentBefore = header.map(commentLine).join("\n");
	return document.toString({
		lineWidth: 0,
		flowCollectionPadding: false
	}).replaceAll(INVISIBLE, (character) => character === "\n" ? character : escaped(character));
}
/** A comment never goes on in another line, whatever it quotes. */
function commentLine(line) {
	return line === "" ? "" : ` ${line.replaceAll(INVISIBLE, "�")}`;
}
function escaped(character) {
	const code = character.codePointAt(0);
	return code > 65535 ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
function mapNode(map, path, comments) {
	const node = new import_dist.YAMLMap();
	node.flow = map.size === 0 || isInline(map, path, comments);
	for (const [name, value] of map) {
		const own = [...path, name];
		const key = textNode(name);
		const lines = comments.get(pathKey(own)) ?? [];
		if (lines.length > 0) key.commentBefore = lines.map(commentLine).join("\n");
		if (path.length === 0 && SECTIONS.has(name) && node.items.length > 0) key.spaceBefore = true;
		node.items.push(new import_dist.Pair(key, valueNode(value, own, comments)));
	}
	return node;
}
function valueNode(value, path, comments) {
	if (isMap(value)) return mapNode(value, path, comments);
	if (isList(value)) return listNode(value, path, comments);
	return typeof value === "string" ? textNode(value) : new import_dist.Scalar(value);
}
function listNode(list, path, comments) {
	const node = new import_dist.YAMLSeq();
	node.flow = list.length === 0 || lengthOf(list) <= INLINE_LENGTH;
	for (const each of list) node.items.push(valueNode(each, path, comments));
	return node;
}
function textNode(text) {
	const node = new import_dist.Scalar(text);
	if (text.replaceAll("\n", "").search(INVISIBLE) !== -1) node.type = import_dist.Scalar.QUOTE_DOUBLE;
	return node;
}
/** Processes, tasks and environments have a line for each key; other small maps stand on one line. */
function isInline(map, path, comments) {
	const [kind, ...below] = path[0] === "environments" ? path.slice(2) : path;
	if (kind === void 0 || path.length === 1 && kind === "environments") return false;
	if ((kind === "processes" || kind === "tasks") && below.length < 2) return false;
	const prefix = pathKey([...path, ""]);
	if ([...comments.keys()].some((each) => each.startsWith(prefix))) return false;
	return lengthOf(map) <= INLINE_LENGTH;
}
/** About as long as it is on one line; without end where it holds a text of several lines. */
function lengthOf(value) {
	if (isMap(value)) return [...value].reduce((sum, [name, each]) => sum + name.length + 4 + lengthOf(each), 2);
	if (isList(value)) return value.reduce((sum, each) => sum + 2 + lengthOf(each), 2);
	const text = String(value);
	return text.includes("\n") ? Number.POSITIVE_INFINITY : text.length;
}
function isMap(value) {
	return value instanceof Map;
}
function isList(value) {
	return Array.isArray(value);
}
// src/config/gantry-yml/write-environments.ts
/** Replaced as one thing by an overlay: their keys exclude each other. */
const CHECKS = /* @__PURE__ */ new Set(["health_check", "readiness"]);
/**
* Divides the config of several environments into a base and overlays, by the rules of `overlay`: maps merge by key,
* all else is replaced, and nothing can be unsaid. What the first environment says goes into the base where all others
* say the same or can say something else.
*/
function layer(all) {
	const layers = layerMaps(all, []);
	for (const kind of ["processes", "tasks"]) {
		if (all.every(({ short }, index) => keepsOrder(kind, short, layers.base, layers.overlays[index]))) continue;
		const whole = all.map(({ short }) => short.get(kind));
		layers.base = without(layers.base, kind);
		layers.overlays = layers.overlays.map((each, index) => whole[index] === void 0 ? without(each, kind) : new Map([...each, [kind, whole[index]]]));
	}
	return layers;
}
function layerMaps(all, path) {
	const base = /* @__PURE__ */ new Map();
	const overlays = all.map(() => /* @__PURE__ */ new Map());
	for (const key of new Set(all.flatMap(({ short, full }) => [...short.keys(), ...full.keys()]))) {
		const layers = layerValues(all.map(({ short, full }) => ({
			short: short.get(key),
			full: full.get(key)
		})), [...path, key]);
		if (layers.base !== void 0) base.set(key, layers.base);
		for (const [index, over] of layers.overlays.entries()) if (over !== void 0) overlays[index].set(key, over);
	}
	return {
		base,
		overlays
	};
}
function layerValues(all, path) {
	const [first] = all;
	if (all.every(({ short }) => isDeepStrictEqual(short, first?.short))) return {
		base: first?.short,
		overlays: all.map(() => void 0)
	};
	const apart = {
		base: void 0,
		overlays: all.map(({ short }) => short)
	};
	const said = all.map(({ short, full }) => short ?? full);
	if (first?.short === void 0 || !said.every((each) => each !== void 0)) return apart;
	if (path.at(-2) === "mounts") return apart;
	if (!said.every(isMap) || CHECKS.has(path.at(-1))) return {
		base: first.short,
		overlays: said.map((each) => isDeepStrictEqual(each, first.short) ? void 0 : each)
	};
	const { base, overlays } = layerMaps(said.map((short, index) => {
		const { full } = all[index];
		return {
			short,
			full: isMap(full) ? full : short
		};
	}), path);
	if (base.size === 0 && !isComponent(path)) return apart;
	return {
		base,
		overlays: overlays.map((each) => each.size === 0 ? void 0 : each)
	};
}
function isComponent([kind, ...below]) {
	return (kind === "processes" || kind === "tasks") && below.length === 1;
}
/** Components of an overlay come after those of the base. */
function keepsOrder(kind, wanted, base, over) {
	const [all, first, then] = [
		wanted,
		base,
		over
	].map((each) => keysOf(each.get(kind)));
	return isDeepStrictEqual([.../* @__PURE__ */ new Set([...first, ...then])], all);
}
function keysOf(value) {
	return isMap(value) ? [...value.keys()] : [];
}
function without(map, key) {
	return new Map([...map].filter(([name]) => name !== key));
}
// src/config/gantry-yml/write.ts
/** The order of the top level, as in the documentation. */
const ORDER = [
	"app",
	"engine",
	"ecs",
	"logs",
	"build",
	"env",
	"secrets",
	"defaults",
	"processes",
	"tasks",
	"environments"
];
/** What processes and tasks inherit. */
const INHERITED = /* @__PURE__ */ new Set([
	"defaults",
	"env",
	"secrets",
	"build"
]);
const COMMENT_WIDTH = 100;
/** Comments beyond these would make the file longer than one that is read. */
const MOST_NOTES = 200;
/**
* Writes a gantry.yml that is read as these apps, as a person would write it: without what is default, with what
* components share said once, and with an overlay for each environment.
*/
function writeGantryYml({ apps, isNamed, header = [], notes = [] }) {
	const config = configOf(apps, isNamed);
	const comments = /* @__PURE__ */ new Map();
	const top = [];
	const told = /* @__PURE__ */ new Set();
	for (const { text, ...about } of notes.slice(0, MOST_NOTES)) {
		const path = placeIn(config, about);
		if (told.has(pathKey([text, ...path]))) continue;
		told.add(pathKey([text, ...path]));
		if (path.length === 0) top.push(...wrapped(text));
		else comments.set(pathKey(path), [...comments.get(pathKey(path)) ?? [], ...wrapped(text)]);
	}
	if (notes.length > MOST_NOTES) top.push(`And ${notes.length - MOST_NOTES} more notes.`);
	return writeYaml(config, comments, [...header, ...top.length > 0 ? ["", ...top] : []]);
}
function configOf(apps, isNamed) {
	const shared = sharedSettings(apps);
	const { base, overlays } = layer(apps.map((app) => sayApp(app, {
		isNamed,
		shared
	})));
	const environments = apps.flatMap(({ environment }, index) => environment === "default" && overlays[index].size === 0 ? [] : [[environment, inOrder(overlays[index])]]);
	return inOrder(environments.length === 0 ? base : new Map([...base, ["environments", new Map(environments)]]));
}
function inOrder(config) {
	return new Map([...config].toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b)));
}
/** The path in the file of what stands nearest to a path in the app. */
function placeIn(config, { path, environment }) {
	const inOverlay = environment === void 0 ? [] : [
		"environments",
		environment,
		...path
	];
	if (inOverlay.length > 2 && isThere(config, inOverlay)) return inOverlay;
	const inDefaults = ["defaults", ...path.slice(2, 3)];
	if (path.length > 2 && isThere(config, inDefaults) && !isThere(config, path.slice(0, 3))) return inDefaults;
	const own = path[0] !== void 0 && INHERITED.has(path[0]) ? ownerOf(config, path) : null;
	if (own !== null) return placeIn(config, { path: own });
	const length = path.findLastIndex((_, index) => isThere(config, path.slice(0, index + 1))) + 1;
	return length === 1 && path.length > 1 && ["processes", "tasks"].includes(path[0]) ? [] : path.slice(0, length);
}
/** What is not written where components inherit it, but at the first of them that has it. */
function ownerOf(config, path) {
	const key = path[0] === "defaults" ? path.slice(1) : path;
	if (key.length === 0 || isThere(config, path.slice(0, path[0] === "defaults" ? 2 : 1))) return null;
	return ["processes", "tasks"].flatMap((kind) => {
		const members = config.get(kind);
		return isMap(members) ? [...members.keys()].map((name) => [
			kind,
			name,
			...key
		]) : [];
	}).find((each) => isThere(config, each.slice(0, 3))) ?? null;
}
function isThere(config, path) {
	let at = config;
	for (const key of path) at = isMap(at) ? at.get(key) : void 0;
	return at !== void 0;
}
function wrapped(text) {
	const lines = [];
	for (const word of text.split(/\s+/)) {
		const last = lines.at(-1);
		if (last !== void 0 && last.length + word.length < COMMENT_WIDTH) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
export { writeGantryYml as t };
