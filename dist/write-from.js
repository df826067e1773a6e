import { n as ConfigError } from "./errors.js";
import { r as foldName } from "./names.js";
import { t as readConfig } from "./read.js";
import { n as printable } from "./text.js";
import { t as expectReadBack } from "./write-check2.js";
import { n as showCommand } from "./command.js";
import { n as PACKED_HOW, r as looksSecret } from "./secret-like.js";
import { t as setCommand } from "./variable-to-set.js";
import { t as schemaComment } from "./schema-comment2.js";
import { t as writeGantryYml } from "./write.js";
import { isDeepStrictEqual } from "node:util";
// src/config/gantry-yml/write-places.ts
const NOWHERE = {
	path: [],
	isExact: false
};
/**
* Finds what became of a place in the files that were read: the value of the app that a key there made; where it made
* none, what the nearest section around it made, if that is one thing.
*/
var Places = class {
	#keys = /* @__PURE__ */ new Map();
	/** By the path of a key or section: what is common to the paths of all that it made. */
	#made = /* @__PURE__ */ new Map();
	constructor({ keys, provenance }) {
		for (const [file, own] of Map.groupBy(keys, ({ place }) => place.file)) this.#keys.set(file, own.toSorted((a, b) => compare(a.place, b.place)));
		for (const [path, origin] of Object.entries(provenance)) {
			if (origin.kind === "default") continue;
			const key = this.#keyAt(origin, path.split("."));
			if (key === void 0) continue;
			const own = (origin.kind === "inherited" ? origin.from : path).split(".");
			for (const section of sectionsOf(key.path)) {
				const target = section === key.path ? own : own.slice(0, -1);
				const made = this.#made.get(section);
				this.#made.set(section, made === void 0 ? target : common(made, target));
			}
		}
	}
	/** What stands at a place. */
	at(place) {
		const key = this.#keyAt(place);
		return key === void 0 ? NOWHERE : this.of(key.path);
	}
	of(key) {
		const section = sectionsOf(key).find((each) => this.#made.has(each));
		if (section === void 0) return NOWHERE;
		const path = this.#made.get(section);
		return section === key || isAbout(path, key, section) ? {
			path,
			isExact: section === key
		} : NOWHERE;
	}
	/**
	* The last key that begins at a place or before it; of several that aliases have brought to one place, the one that is
	* about a path.
	*/
	#keyAt(place, path = []) {
		const keys = this.#keys.get(place.file) ?? [];
		let [low, high] = [0, keys.length];
		while (low < high) {
			const middle = low + high >> 1;
			if (compare(keys[middle].place, place) <= 0) low = middle + 1;
			else high = middle;
		}
		const last = keys[low - 1];
		for (let at = low - 1; at >= 0 && compare(keys[at].place, last.place) === 0; at--) if (isAbout(path, keys[at].path, "")) return keys[at];
		return last;
	}
};
/** The path of a key, and of each section that it is in, from the inside. */
function sectionsOf(path) {
	const sections = [path];
	let rest = path;
	for (;;) {
		rest = rest.replace(/(?:\[[^\]]*\]|\.?[^.[\]]*)$/, "");
		if (rest === "" || rest === sections.at(-1)) return sections;
		sections.push(rest);
	}
}
/** Whether what a section made has to do with a key in it, and does not only happen to be all that the section made. */
function isAbout([kind, name], key, section) {
	if (!((kind === "processes" || kind === "tasks") && name !== void 0)) return true;
	const item = key.slice(0, key.lastIndexOf("]") + 1);
	return item !== "" && section.startsWith(item) || plain(key).includes(plain(name));
}
function plain(text) {
	return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
/** The first of each path. */
function onePerPath(all) {
	return [...Map.groupBy(all, ({ path }) => path.join(".")).values()].map(([first]) => first);
}
/** What is common to both, from the top. */
function common(a, b) {
	const end = a.findIndex((each, index) => each !== b[index]);
	return end === -1 ? a : a.slice(0, end);
}
function compare(a, b) {
	return a.line - b.line || a.column - b.column;
}
// src/config/gantry-yml/write-key-notes.ts
const FATE = {
	approximated: "approximated",
	unsupported: "not supported"
};
/** What to say about keys of the source that are lost or different, in any environment, and what to do. */
function keyNotes(configs) {
	const lost = configs.flatMap(lostKeys);
	const placed = [...Map.groupBy(lost, ({ use }) => idOf(use)).values()].flatMap(placedOnce);
	return [...Map.groupBy(placed, ({ path, environment, use: { fate, text, hint } }) => JSON.stringify([
		path,
		environment,
		fate,
		text,
		hint
	])).values()].map((all) => {
		const [{ path, environment, use }] = all;
		return {
			path,
			environment,
			text: withHint(`${all.map((each) => `${placeText(each.use.place)} ${each.use.path}`).join(", ")} ${all.length === 1 ? "is" : "are"} ${FATE[use.fate]}: ${use.text}`, use.hint)
		};
	});
}
function lostKeys(config) {
	const places = new Places(config);
	return config.keys.flatMap((use) => {
		const { fate, path, awaits } = use;
		if (fate === "honoured") return [];
		return [{
			...awaits === void 0 ? places.of(path) : {
				path: ["secrets", awaits.name],
				isExact: true
			},
			use: {
				...use,
				fate
			},
			environment: config.app.environment
		}];
	});
}
function idOf({ path, place, fate, text }) {
	return JSON.stringify([
		path,
		placeText(place),
		fate,
		text
	]);
}
/**
* Where a key is told that was met in several environments: at each thing that it made, else once at what is around all
* that stands near it.
*/
function placedOnce(all) {
	const exact = all.filter(({ isExact }) => isExact);
	if (exact.length > 0) return onePerPath(exact);
	const [first, ...others] = all;
	const path = others.reduce((near, each) => common(near, each.path), first.path);
	return [{
		...first,
		path,
		environment: others.length === 0 ? first.environment : void 0
	}];
}
function withHint(message, hint) {
	if (hint === void 0) return message;
	return `${/[.!?]$/.test(message) ? message : `${message}.`} ${hint}`;
}
function placeText({ file, line }) {
	return `${printable(file)}:${line}`;
}
// src/config/gantry-yml/write-notes.ts
const COMPONENTS = /* @__PURE__ */ new Set(["processes", "tasks"]);
const COMMANDS = [
	"entry_point",
	"pre_start",
	"command"
];
/** What to say about a config that was read from another format, beside what becomes of its keys. */
function warningNotes(config) {
	const places = new Places(config);
	const { environment } = config.app;
	const lost = config.keys.filter(({ fate }) => fate !== "honoured");
	const told = new Set(lost.map(({ path, place }) => `${path} ${placeText(place)}`));
	return config.warnings.flatMap((warning) => {
		const { path, place, message, hint } = warning;
		if (place !== void 0 && told.has(`${path} ${placeText(place)}`)) return [];
		const text = place === void 0 ? message : `${placeText(place)} ${message}`;
		return [{
			path: pathOf(warning, places),
			environment,
			text: withHint(text, hint)
		}];
	});
}
/**
* What to say about values that look like secrets: those that were not copied, and those in commands, which were.
*
* @param byDefault those that the environment `default` left out: what is the same there is told without a word of this one
*/
function secretNotes(config, secrets, byDefault) {
	const { app } = config;
	const { environment } = app;
	return [...toldSecrets(secrets).map((secret) => {
		const { path, name, kind } = secret;
		const place = placeOfValue(config, [...path, name]);
		const stood = place === null ? "" : ` It stood in ${place}: change it where others may have read it.`;
		if (kind === "argument") return {
			path: path.slice(0, -1),
			environment,
			text: `The build argument ${name} looks like a secret and was left out: images show it. Give it with \`build.secrets\`.${stood}`
		};
		const isCommon = byDefault.some((other) => isDeepStrictEqual(other, secret));
		const how = setCommand(variableOf(secret, secrets, isCommon ? "default" : environment));
		const packed = name === "PLATFORM_VARIABLES" ? `, ${PACKED_HOW},` : "";
		return {
			path: [
				...path.slice(0, -1),
				"secrets",
				name
			],
			environment,
			text: `The value of ${name} looks like a secret and was not copied: set it${packed} with \`${how}\`.${stood}`
		};
	}), ...commandsOf(app).map((path) => {
		return {
			path,
			environment,
			text: "Something in this command looks like a secret. Put it into a variable, and set that with `gantry env set NAME --secret`."
		};
	})];
}
/** The variables that have to be set because their values were not copied. */
function leftOutVariables(secrets, environment) {
	const all = toldSecrets(secrets).filter(({ kind }) => kind === "variable").map((each) => variableOf(each, secrets, environment));
	return [...new Map(all.map((each) => [setCommand(each), each])).values()];
}
/** What all inherit is told where it stands alone. */
function toldSecrets(secrets) {
	const shared = secrets.filter(({ path }) => !COMPONENTS.has(path[0]));
	return secrets.filter((each) => !shared.some((other) => other !== each && isSame(each, other)));
}
function variableOf({ path, name, value }, secrets, environment) {
	const differs = secrets.some((other) => other.name === name && other.value !== value);
	return {
		name,
		secret: true,
		process: path[0] === "processes" && differs ? path[1] : null,
		environment
	};
}
function isSame(a, b) {
	return a.name === b.name && a.value === b.value && a.kind === b.kind;
}
/** Paths of commands in which something looks like a secret. */
function commandsOf({ processes, tasks }) {
	return [...processes.flatMap((each) => [[["processes", each.name], each], ...Object.entries(each.containers).map(([name, own]) => [[
		"processes",
		each.name,
		"containers",
		name
	], own])]), ...tasks.map((each) => [["tasks", each.name], each])].flatMap(([path, holder]) => COMMANDS.flatMap((key) => looksSecret("", showCommand(holder[key] ?? null)) ? [[...path, key]] : []));
}
function placeOfValue({ provenance }, path) {
	const origin = provenance[path.join(".")];
	return origin === void 0 || origin.kind === "default" ? null : placeText(origin);
}
/** Warnings about the app that was read name a path of it; those about a foreign file only a place. */
function pathOf({ path, place }, places) {
	const found = place === void 0 ? [] : places.at(place).path;
	return found.length > 0 || path === void 0 ? found : path.split(".");
}
// src/config/gantry-yml/write-secrets.ts
/**
* The app without values that look like secrets. Other systems keep them among plain variables, where somebody who
* commits a new file would copy them once more: variables become references to what is set by hand.
*/
function withoutSecrets(app) {
	const secrets = [];
	const build = (own, path) => {
		const { plain, secret } = divide(own.args);
		const found = {
			path: [
				...path,
				"build",
				"args"
			],
			kind: "argument"
		};
		secrets.push(...secret.map(([name, value]) => ({
			...found,
			name,
			value
		})));
		return {
			...own,
			args: plain
		};
	};
	const variables = (owner, path) => {
		const { plain, secret } = divide(owner.env);
		const found = {
			path: [...path, "env"],
			kind: "variable"
		};
		secrets.push(...secret.map(([name, value]) => ({
			...found,
			name,
			value
		})));
		const references = Object.fromEntries(secret.map(([name]) => [name, "gantry"]));
		return {
			...owner,
			env: plain,
			secrets: {
				...owner.secrets,
				...references
			}
		};
	};
	const component = (each, path) => ({
		...variables(each, path),
		build: build(each.build, path)
	});
	const container = (each, path) => ({
		...variables(each, path),
		build: each.build && build(each.build, path)
	});
	return {
		app: {
			...component(app, []),
			processes: app.processes.map((each) => {
				const path = ["processes", each.name];
				const containers = Object.entries(each.containers).map(([name, own]) => [name, container(own, [
					...path,
					"containers",
					name
				])]);
				return {
					...component(each, path),
					containers: Object.fromEntries(containers)
				};
			}),
			tasks: app.tasks.map((each) => component(each, ["tasks", each.name]))
		},
		secrets
	};
}
/** The app with a reference for each of these variables, wherever it has no value. */
function withReferences(app, names) {
	const components = [...app.processes, ...app.tasks];
	const refer = (owner, some) => {
		const missing = some.filter((name) => !(name in owner.env) && !(name in owner.secrets));
		const references = Object.fromEntries(missing.map((name) => [name, "gantry"]));
		return {
			...owner,
			secrets: {
				...owner.secrets,
				...references
			}
		};
	};
	return {
		...refer(app, names.filter((name) => !components.some(({ env }) => name in env))),
		processes: app.processes.map((each) => refer(each, names)),
		tasks: app.tasks.map((each) => refer(each, names))
	};
}
function divide(values) {
	const { plain = [], secret = [] } = Object.groupBy(Object.entries(values), ([name, value]) => looksSecret(name, value) ? "secret" : "plain");
	return {
		plain: Object.fromEntries(plain),
		secret
	};
}
// src/config/gantry-yml/write-from.ts
/** A name that nobody gives an environment. */
const ANY_ENVIRONMENT = "gantry-init-any";
/** Reads the config of a repository, in whatever format, and writes it as a gantry.yml that is read as the same app. */
async function convert(files, { environments = [], isHosted = false, ...options }, adapt = (app) => ({
	app,
	notes: []
})) {
	const read = (environment) => readConfig(files, {
		...options,
		environment
	});
	const first = await read("default");
	const names = [.../* @__PURE__ */ new Set([...first.environments, ...environments])].filter((each) => each !== "default");
	const { name, isNamed, keep } = nameOf(first, {
		isHosted,
		isOnEcs: adapt(first.app).app.engine === "ecs"
	});
	const configs = [keep(first)];
	for (const each of names) {
		const isNew = first.environments.length > 0 && !first.environments.includes(each);
		configs.push(keep(isNew ? {
			...first,
			app: {
				...first.app,
				environment: each
			}
		} : await read(each)));
	}
	const hangsOnEnvironment = names.length === 0 && await hangsOnName(read, first.app);
	const byDefault = withoutSecrets(first.app).secrets;
	const written = configs.map((config) => {
		const { environment } = config.app;
		const { app, secrets } = withoutSecrets(config.app);
		const awaited = new Map(config.keys.flatMap(({ awaits }) => awaits ? [[awaits.name, awaits]] : []));
		const adapted = adapt(withReferences(app, [...awaited.keys()]));
		return {
			...adapted,
			secrets: leftOutVariables(secrets, environment),
			awaited: [...awaited.values()].map((each) => ({
				...each,
				process: null,
				environment
			})),
			notes: [
				...adapted.notes,
				...secretNotes(config, secrets, byDefault),
				...warningNotes(config)
			]
		};
	});
	const apps = written.map(({ app }) => ({
		...app,
		name
	}));
	const notes = [...keyNotes(configs), ...distinct(written.flatMap((each) => each.notes))];
	const text = writeGantryYml({
		apps,
		isNamed,
		header: [...await schemaComment(files), `Written by \`gantry init\` from ${listed(first.files)}.`],
		notes
	});
	await expectReadBack(text, apps, options.name);
	return {
		text,
		configs,
		apps,
		notes,
		secrets: written.flatMap((each) => each.secrets),
		awaited: written.flatMap((each) => each.awaited),
		hangsOnEnvironment
	};
}
/**
* On ECS the name says which app it is, from whatever folder it is deployed: it is written. A server has it from the
* repository and refuses another one, and which repository that will be no file knows.
*/
function nameOf({ app, called, provenance }, { isHosted, isOnEcs }) {
	const isNamed = provenance["app"]?.kind !== "default";
	const own = isNamed || isHosted || !isOnEcs || called === null ? null : foldName(called.name);
	return {
		name: own ?? app.name,
		isNamed: isNamed || isOnEcs,
		keep: (config) => own === null ? config : withoutPlace(config, called?.place)
	};
}
function withoutPlace(config, place) {
	if (place === void 0) return config;
	const isElsewhere = (each) => !isDeepStrictEqual(each.place, place);
	return {
		...config,
		keys: config.keys.filter(isElsewhere),
		warnings: config.warnings.filter(isElsewhere)
	};
}
async function hangsOnName(read, { environment, ...first }) {
	try {
		return !isDeepStrictEqual({
			...(await read(ANY_ENVIRONMENT)).app,
			environment
		}, {
			...first,
			environment
		});
	} catch (error) {
		if (error instanceof ConfigError) return false;
		throw error;
	}
}
/** What is true of several environments is told once, and on top only where it has no place in any. */
function distinct(notes) {
	return [...Map.groupBy(notes, ({ text }) => text).values()].flatMap((alike) => {
		const placed = alike.filter(({ path }) => path.length > 0);
		return placed.length === 0 ? [alike[0]] : onePerPath(placed);
	});
}
function listed(files) {
	return new Intl.ListFormat("en").format(files.map(printable));
}
export { convert };
