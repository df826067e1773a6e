import { _ as isName, a as Secrets, c as Name, d as oneOf, f as orNull, g as foldName, h as NAME_RULE, i as ProcessSettings, l as PlainName, m as hideSecrets, n as Build, o as TaskSettings, p as VARIABLE_NAME, r as HealthCheck, s as Variables, t as suggest, u as YesOrNo, v as require_dist } from "./suggest.js";
import { i as showPath, n as printable, r as quote, t as describeValue } from "./text.js";
import { n as Reading } from "./reading.js";
import { d as strictObject, i as array, u as record } from "./croner.js";
import { posix } from "node:path";
// src/config/value.ts
function scalar(value, origin) {
	return {
		kind: "scalar",
		value,
		text: String(value),
		origin
	};
}
function table(entries, origin) {
	return {
		kind: "table",
		entries: new Map(entries),
		origin
	};
}
/** The entry of a table; undefined for an absent one and for values that are no table. */
function child(value, key) {
	return value?.kind === "table" ? value.entries.get(key) : void 0;
}
/** The entries of a table; none for values that are no table. */
function entriesOf(value) {
	return value?.kind === "table" ? [...value.entries] : [];
}
function isEmpty(value) {
	return value.kind === "table" && value.entries.size === 0;
}
/** The value at a path, or the nearest one above it that exists. */
function nearest(root, path) {
	let value = root;
	for (const key of path) {
		const next = value.kind === "list" ? value.items[Number(key)] : child(value, String(key));
		if (next === void 0) break;
		value = next;
	}
	return value;
}
/** The value as plain data, for the schema. */
function toPlain(value) {
	if (value.kind === "scalar") return value.value;
	if (value.kind === "list") return value.items.map(toPlain);
	return Object.fromEntries([...value.entries].map(([key, each]) => [key, toPlain(each)]));
}
/** Like toPlain, with every scalar as the text that is written: for variables and words of a command. */
function toText(value) {
	if (value.kind === "scalar") return value.text;
	if (value.kind === "list") return value.items.map(toText);
	return Object.fromEntries([...value.entries].map(([key, each]) => [key, toText(each)]));
}
/** The value with all that is in it marked as inherited from a key. A default stays one. */
function inheritedFrom(value, from) {
	const origin = value.origin.kind === "default" ? value.origin : {
		...value.origin,
		kind: "inherited",
		from
	};
	if (value.kind === "scalar") return {
		...value,
		origin
	};
	if (value.kind === "list") return {
		...value,
		origin,
		items: value.items.map((each) => inheritedFrom(each, from))
	};
	const entries = [...value.entries].map(([key, each]) => [key, inheritedFrom(each, `${from}.${key}`)]);
	return {
		...value,
		origin,
		entries: new Map(entries)
	};
}
/** Where the value is written; undefined for a default. */
function placeOf(value) {
	const { origin } = value;
	return origin.kind === "default" ? void 0 : {
		file: origin.file,
		line: origin.line,
		column: origin.column
	};
}
/** How much memory a value takes, about, in characters. */
function weigh(value) {
	if (value.kind === "scalar") return 16 + value.text.length;
	if (value.kind === "list") return value.items.reduce((sum, each) => sum + weigh(each), 16);
	return [...value.entries].reduce((sum, [key, each]) => sum + key.length + weigh(each), 16);
}
// src/config/overlay.ts
/**
* Lays one config over another. The maps of processes and tasks merge by name, a process merges by key, and so do the
* maps of settings in it; scalars and lists are replaced. An empty map of settings clears what is below it. A health
* check is replaced as one thing: its keys exclude each other.
*/
function overlay(base, over) {
	return merge(base, over, (below, above, key) => key === "processes" || key === "tasks" ? mergeTables(below, above, overlayComponent) : overlaySetting(below, above, key));
}
/** Lays the keys of one map over those of another, each as a whole; an empty map clears. */
function overlayKeys(base, over) {
	return isEmpty(over) ? over : mergeTables(base, over, (_, above) => above);
}
function overlayComponent(base, over) {
	return mergeTables(base, over, overlaySetting);
}
function overlaySetting(base, over, key) {
	return isEmpty(over) || key === "health_check" ? over : mergeTables(base, over, overlaySetting);
}
function mergeTables(base, over, combine) {
	return base.kind === "table" && over.kind === "table" ? merge(base, over, combine) : over;
}
function merge(base, over, combine) {
	const entries = new Map(base.entries);
	for (const [key, above] of over.entries) {
		const below = entries.get(key);
		entries.set(key, below === void 0 ? above : combine(below, above, key));
	}
	return {
		...base,
		entries
	};
}
// src/config/conflict.ts
var import_dist = require_dist();
/** A line that git leaves where a merge needs a person (git-merge(1), HOW CONFLICTS ARE PRESENTED). */
const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/m;
// src/config/yaml-values.ts
const MAX_EXPANDED = 8388608;
const COST_OF_VALUE = 8;
const MAX_DEPTH = 32;
/** Turns the nodes of a YAML document into values. Aliases share their value, within a budget for all they expand to. */
var YamlValues = class {
	#source;
	#reading;
	#anchors = /* @__PURE__ */ new Map();
	#spent = 0;
	constructor(source, reading) {
		this.#source = source;
		this.#reading = reading;
	}
	/** Reports what has no meaning as a value, and throws when it cannot go on. */
	convert(node, depth = 0) {
		if (depth > MAX_DEPTH) this.#fail(node, "it is nested too deeply");
		if ((0, import_dist.isAlias)(node)) {
			const anchored = this.#anchors.get(node.source);
			if (!anchored) return this.#fail(node, "there is no anchor of this name before it");
			this.#spend(anchored.cost, node);
			return anchored.value;
		}
		const before = this.#spent;
		this.#spend(COST_OF_VALUE, node);
		const value = this.#convertContent(node, depth);
		if (node.anchor !== void 0) this.#anchors.set(node.anchor, {
			value,
			cost: this.#spent - before
		});
		return value;
	}
	#convertContent(node, depth) {
		const origin = {
			kind: "file",
			...this.#placeOf(node)
		};
		if ((0, import_dist.isSeq)(node)) return {
			kind: "list",
			items: node.items.map((each) => this.convert(each, depth + 1)),
			origin
		};
		if ((0, import_dist.isMap)(node)) return {
			kind: "table",
			entries: this.#entriesOf(node, depth),
			origin
		};
		if (!(0, import_dist.isScalar)(node)) return this.#fail(node, "this is not expected here");
		const text = textOf(node);
		this.#spend(text.length, node);
		return {
			kind: "scalar",
			value: node.value,
			text,
			origin
		};
	}
	#entriesOf(node, depth) {
		const entries = /* @__PURE__ */ new Map();
		const merges = [];
		for (const pair of node.items) {
			const key = this.#keyOf(pair.key);
			if (key === null) continue;
			const first = entries.get(key)?.key;
			if (key === "<<" && (0, import_dist.isScalar)(pair.key) && pair.key.type === "PLAIN") merges.push(pair);
			else if (first) this.#reportTwice(key, first.line, pair.key);
			else entries.set(key, {
				...this.#valueOf(pair, depth),
				key: this.#placeOf(pair.key)
			});
		}
		for (const pair of merges) this.#merge(entries, pair, depth);
		return entries;
	}
	#valueOf({ key, value }, depth) {
		if (value !== null) return this.convert(value, depth + 1);
		return {
			kind: "scalar",
			value: null,
			text: "",
			origin: {
				kind: "file",
				...this.#placeOf(key)
			}
		};
	}
	/** What a map says itself counts more than what it merges; of several merged maps, the first. */
	#merge(entries, pair, depth) {
		const value = this.#valueOf(pair, depth);
		for (const each of value.kind === "list" ? value.items : [value]) {
			if (each.kind !== "table") return this.#fail(pair.key, "`<<` merges maps only");
			for (const [key, entry] of each.entries) if (!entries.has(key)) entries.set(key, entry);
		}
	}
	#keyOf(node) {
		const key = (0, import_dist.isScalar)(node) ? textOf(node) : null;
		if (key !== null && key !== "__proto__") {
			this.#spend(key.length, node);
			return key;
		}
		this.#reading.error(`${this.#source.file}: this cannot be a key`, { place: this.#placeOf(node) });
		return null;
	}
	#reportTwice(key, firstLine, node) {
		const shown = this.#source.hides(node.range[0]) ? "This key" : quote(key);
		this.#reading.error(`${shown} is here for the second time: the first is in line ${firstLine}`, {
			place: this.#placeOf(node),
			hint: "A key may occur once in a map. Leave one out."
		});
	}
	#spend(cost, node) {
		this.#spent += cost;
		if (this.#spent > MAX_EXPANDED) this.#fail(node, "its aliases expand to too much");
	}
	#placeOf(node) {
		return this.#source.placeAt(node.range[0]);
	}
	#fail(node, message) {
		return this.#reading.fail(`${this.#source.file} cannot be read: ${message}`, { place: this.#placeOf(node) });
	}
};
/** A scalar as it is written: numbers keep their zeros. */
function textOf(node) {
	return typeof node.value === "string" ? node.value : node.source ?? String(node.value);
}
// src/config/yaml.ts
const MAX_TOKENS = 1e5;
const MAX_SYNTAX_ERRORS = 10;
/** The lexer's own marks, which stand for nothing in the file. */
const WIDTHLESS = /* @__PURE__ */ new Set([
	import_dist.CST.BOM,
	import_dist.CST.DOCUMENT,
	import_dist.CST.FLOW_END,
	import_dist.CST.SCALAR
]);
/**
* Reads YAML 1.2 (and with it JSON) into values with their places: core schema, anchors and merge keys, no custom
* tags, one document. Throws after reporting when the file is no such thing. An empty file is an empty map.
*/
function parseYaml(source, reading) {
	refuseTooMuch$1(source, reading);
	const document = (0, import_dist.parseDocument)(source.text, {
		schema: "core",
		merge: false,
		uniqueKeys: false,
		prettyErrors: false,
		resolveKnownTags: false,
		logLevel: "error"
	});
	hideSecrets(document, source);
	refuseConflict(source, reading);
	refuseBadSyntax([...document.errors, ...document.warnings], source, reading);
	const root = document.contents;
	if (root === null || (0, import_dist.isScalar)(root) && root.value === null) return table([], {
		kind: "file",
		...source.placeAt(0)
	});
	const value = new YamlValues(source, reading).convert(root);
	reading.throwIfWrong();
	return value;
}
function refuseTooMuch$1(source, reading) {
	let tokens = 0;
	let offset = 0;
	for (const token of new import_dist.Lexer().lex(source.text)) {
		if (++tokens > MAX_TOKENS) reading.fail(`${source.file} is too long: it has more than ${MAX_TOKENS} YAML tokens`, { place: source.placeAt(Math.min(offset, source.text.length)) });
		if (!WIDTHLESS.has(token)) offset += token.length;
	}
}
/** No line of a map can begin like this, so it is never a text of the config. */
function refuseConflict(source, reading) {
	const marker = CONFLICT_MARKER.exec(source.text);
	if (marker === null) return;
	reading.fail("a merge conflict is left in this file", {
		place: source.placeAt(marker.index),
		hint: "Resolve the conflict, commit, and push again."
	});
}
function refuseBadSyntax(problems, source, reading) {
	const lines = /* @__PURE__ */ new Set();
	for (const problem of problems.toSorted((a, b) => a.pos[0] - b.pos[0])) {
		const place = source.placeAt(Math.min(problem.pos[0], source.text.length));
		if (lines.has(place.line)) continue;
		if (lines.add(place.line).size > MAX_SYNTAX_ERRORS) break;
		const { message, hint } = explain(problem);
		reading.error(`${source.file} is not valid YAML: ${message}`, {
			place,
			hint
		});
	}
	reading.throwIfWrong();
}
function explain({ code, message }) {
	switch (code) {
		case "TAB_AS_INDENT": return {
			message: "a tab is used for indentation",
			hint: "Indent with spaces."
		};
		case "RESOURCE_EXHAUSTION": return { message: "it is nested too deeply" };
		case "TAG_RESOLVE_FAILED": return {
			message: "this tag is not known",
			hint: "Custom tags (`!name`) are not allowed. Leave it out."
		};
		case "MULTIPLE_DOCS": return {
			message: "a second document begins here",
			hint: "Keep one document: leave out `---` in the middle."
		};
		case "MULTILINE_IMPLICIT_KEY": return { message: "a key without a colon, or a text over several lines that needs quotes" };
		case "BLOCK_AS_IMPLICIT_KEY": return {
			message: "a second `: ` in the line",
			hint: "Put a text that contains `: ` in quotes."
		};
		case "BAD_SCALAR_START": return {
			message: "a text cannot begin with this character",
			hint: "Put the text in quotes."
		};
		case "BAD_DQ_ESCAPE": return {
			message: "this escape sequence is not known",
			hint: "Use 'single quotes' for text with backslashes."
		};
		case "MISSING_CHAR":
		case "BAD_INDENT": return { message: message.charAt(0).toLowerCase() + message.slice(1).replace(/(['"])quote/, "$1") };
		default: return { message: `this is not expected here (${code.toLowerCase().replaceAll("_", " ")})` };
	}
}
// src/config/procfile/app-json.ts
/** Memory of Heroku's dynos (devcenter: dyno types). */
const DYNO_MEMORY = {
	eco: "512 MB",
	basic: "512 MB",
	"standard-1x": "512 MB",
	"standard-2x": "1 GB",
	"performance-m": "2.5 GB",
	"performance-l": "14 GB"
};
const NOT_HONOURED = {
	addons: "Create databases and other services yourself, and give their addresses with `gantry env set NAME --secret`.",
	buildpacks: "Images are built from a Dockerfile, or on the local engine with `build.command` in gantry.yml.",
	image: "Give a process its image with `image` in gantry.yml.",
	environments: "Describe environments in gantry.yml."
};
/** They tell people about an app, and Heroku's dashboard where to send them: nothing that runs depends on them. */
const DESCRIPTIVE = /* @__PURE__ */ new Set([
	"$schema",
	"name",
	"description",
	"keywords",
	"logo",
	"repository",
	"success_url",
	"website"
]);
/**
* Reads what an `app.json` says about the processes of a Procfile, as a config to lay over it: counts and sizes of
* `formation` and values of `env`. Every other key that would mean something is reported.
*/
function parseAppJson(source, around, reading) {
	const root = parseYaml(source, reading);
	if (root.kind !== "table") return reading.fail("app.json must be a JSON object", { place: placeOf(root) });
	for (const [key, value] of root.entries) if (key === "scripts") warnScripts(value, reading);
	else if (key !== "env" && key !== "formation" && !DESCRIPTIVE.has(key)) {
		const meant = suggest(key, [
			"env",
			"formation",
			"scripts"
		]);
		reading.warn(`app.json: ${quote(key)} is not honoured`, {
			place: value.key,
			hint: NOT_HONOURED[key] ?? (meant === null ? void 0 : `Did you mean ${quote(meant)}?`)
		});
	}
	return table([["env", variables(child(root, "env"), around, reading)], ...formation(child(root, "formation"), around.procfile, reading)], root.origin);
}
/** The entries of what should be a map; anything else is reported. */
function mapEntries(value, name, reading) {
	if (value !== void 0 && value.kind !== "table") reading.warn(`app.json: ${name} is not honoured: it should be a map`, { place: placeOf(value) });
	return entriesOf(value);
}
function warnScripts(scripts, reading) {
	for (const [key, script] of mapEntries(scripts, "scripts", reading)) reading.warn(`app.json: the script ${quote(key)} is not run`, {
		place: script.key,
		hint: key === "postdeploy" ? "Heroku runs it once, when an app is created. Run it by hand with `gantry run`." : void 0
	});
}
function variables(env, around, reading) {
	const known = [];
	for (const [name, entry] of mapEntries(env, "env", reading)) {
		const value = entry.kind === "table" ? child(entry, "value") : entry;
		if (name === "PORT") reading.warn("app.json: \"PORT\" is not honoured: every instance gets its own", { place: entry.key });
		else if (value !== void 0) known.push([name, {
			...value,
			...entry.key && { key: entry.key }
		}]);
		else if (!isGiven(name, around)) warnMissing(name, entry, reading);
	}
	return table(known, env?.origin ?? { kind: "default" });
}
/** Whether gantry.yml names a variable, for all or for each process. */
function isGiven(name, { procfile, over }) {
	const names = (settings) => ["env", "secrets"].some((key) => child(child(settings, key), name) !== void 0);
	if (over === null) return false;
	if (names(over) || names(child(over, "defaults"))) return true;
	const own = child(over, "processes");
	const processes = new Set([...entriesOf(child(procfile, "processes")), ...entriesOf(own)].map(([each]) => each));
	return processes.size > 0 && [...processes].every((each) => names(child(own, each)));
}
function warnMissing(name, entry, reading) {
	const generated = child(entry, "generator") !== void 0;
	const required = child(entry, "required");
	if (!generated && required?.kind === "scalar" && required.value === false) return;
	const command = `gantry env set ${VARIABLE_NAME.test(name) ? name : "NAME"}${generated ? " --secret" : ""}`;
	reading.warn(`app.json: ${quote(name)} has no value here`, {
		place: entry.key,
		hint: generated ? `Gantry generates no secrets. Set it with \`${command}\`.` : `Set it with \`${command}\`.`
	});
}
function formation(all, procfile, reading) {
	const found = {
		processes: [],
		tasks: []
	};
	for (const [type, entry] of mapEntries(all, "formation", reading)) {
		const name = foldName(type);
		const kind = ["processes", "tasks"].find((each) => name !== null && child(child(procfile, each), name));
		if (kind === void 0 || name === null) {
			reading.warn(`app.json: the Procfile has no process ${quote(type)}`, { place: entry.key });
			continue;
		}
		const settings = settingsOf(entry, kind, reading);
		found[kind].push([name, table(settings, entry.origin)]);
	}
	const origin = all?.origin ?? { kind: "default" };
	return [["processes", table(found.processes, origin)], ["tasks", table(found.tasks, origin)]];
}
function settingsOf(entry, kind, reading) {
	const settings = [];
	for (const [key, value] of mapEntries(entry, "this entry", reading)) if (key === "quantity" && kind === "processes") settings.push(["demand_count", value]);
	else if (key === "size") settings.push(...memoryOf(value, reading));
	else reading.warn(`app.json: ${quote(key)} is not honoured here`, { place: value.key });
	return settings;
}
function memoryOf(size, reading) {
	const name = size.kind === "scalar" ? size.text.toLowerCase() : "";
	const memory = Object.hasOwn(DYNO_MEMORY, name) ? DYNO_MEMORY[name] : void 0;
	if (memory !== void 0) return [["memory", scalar(memory, size.origin)]];
	reading.warn(`app.json: this dyno size is not known; the process gets the default memory`, {
		place: placeOf(size),
		hint: `Known are ${Object.keys(DYNO_MEMORY).join(", ")}. Set \`memory\` in gantry.yml for another one.`
	});
	return [];
}
// src/config/procfile/procfile.ts
const LINE = /^([A-Za-z0-9_-]+):\s*(.+)$/;
/** Heroku kills what has not ended 30 seconds after SIGTERM (devcenter: dyno shutdown behavior). */
const HEROKU_STOP_TIMEOUT = "30s";
/** Heroku ends a release command after an hour (devcenter: release phase). */
const HEROKU_RELEASE_HOURS = 1;
/**
* Reads a Procfile: one `type: command` a line, `#` comments and blank lines. `release` becomes the task that runs
* before a deployment touches any process.
*/
function parseProcfile(source, reading) {
	const entries = /* @__PURE__ */ new Map();
	let offset = 0;
	for (const raw of source.text.split("\n")) {
		const entry = parseLine(raw.replace(/\r$/, ""), source.placeAt(offset), reading);
		if (entry !== null) addEntry(entry, entries, reading);
		offset += raw.length + 1;
	}
	const origin = {
		kind: "file",
		...source.placeAt(0)
	};
	const heroku = {
		kind: "default",
		of: "heroku"
	};
	const all = [...entries.values()];
	const processes = all.filter((each) => each.name !== "release").map((each) => [each.name, processOf(each)]);
	const release = all.filter((each) => each.name === "release").map((each) => [each.name, releaseTask(each)]);
	const config = [["defaults", table([["stop_timeout", scalar(HEROKU_STOP_TIMEOUT, heroku)]], heroku)]];
	if (processes.length > 0) config.push(["processes", table(processes, origin)]);
	if (release.length > 0) config.push(["tasks", table(release, origin)]);
	return table(config, origin);
}
function parseLine(line, place, reading) {
	if (/^\s*(?:#|$)/.test(line)) return null;
	if (CONFLICT_MARKER.test(line)) {
		reading.error("This line is a marker of a merge conflict", {
			place,
			hint: "Resolve the conflict, commit, and push again."
		});
		return null;
	}
	const [, type = "", text = ""] = LINE.exec(line) ?? [];
	const command = text.trim();
	const name = foldName(type);
	if (command === "" || name === null || type.length > 63) {
		reading.error("This line is no process", {
			place,
			hint: explainLine(line, type)
		});
		return null;
	}
	if (name !== type) reading.warn(`The process type ${quote(type)} is named "${name}" here`, {
		place,
		hint: "Names have lower-case letters, digits and single hyphens."
	});
	const column = place.column + line.lastIndexOf(text);
	return {
		name,
		type,
		command: scalar(command, {
			kind: "file",
			...place,
			column
		}),
		place
	};
}
function explainLine(line, type) {
	if (type.length > 63) return `A process type has at most 63 characters.`;
	if (/^\s/.test(line)) return "A line begins with the process type: leave out the blanks in front.";
	return "Write `type: command`, such as `web: bin/serve`. A comment begins with #.";
}
function addEntry(entry, entries, reading) {
	const first = entries.get(entry.name);
	if (first === void 0) {
		entries.set(entry.name, entry);
		return;
	}
	reading.error(`${quote(entry.type)} is here for the second time: the first is in line ${first.place.line}`, {
		path: `processes.${entry.name}`,
		place: entry.place,
		hint: first.type === entry.type ? "Leave one out." : `${quote(first.type)} has the same name as soon as case and hyphens are folded.`
	});
}
function processOf({ command, place }) {
	return {
		...table([["command", command]], command.origin),
		key: place
	};
}
function releaseTask({ command, place }) {
	const origin = {
		kind: "file",
		...place
	};
	return {
		...table([
			["command", command],
			["run", scalar("pre_deploy", origin)],
			["max_hours", scalar(HEROKU_RELEASE_HOURS, {
				kind: "default",
				of: "heroku"
			})]
		], origin),
		key: place
	};
}
// src/config/formats.ts
/** In the order of precedence: the first that a repository has is read. */
const FORMATS = [{
	name: "Procfile",
	files: ["Procfile"],
	async read(path, reading, over) {
		const procfile = await reading.open(path);
		if (procfile === null) return null;
		const config = parseProcfile(procfile, reading);
		const appJson = await reading.open(posix.join(posix.dirname(path), "app.json"));
		return appJson === null ? config : overlay(config, parseAppJson(appJson, {
			procfile: config,
			over
		}, reading));
	}
}];
// src/config/gantry-yml/read.ts
const GANTRY_YML = "gantry.yml";
/** A gantry.yml as it is written, not validated yet; null when the file does not exist. */
async function readGantryYml(path, reading) {
	const source = await reading.open(path);
	if (source === null) return null;
	const root = parseYaml(source, reading);
	if (root.kind === "table") return root;
	return reading.fail(`${path} must be a map; found ${describeValue(root)}`, {
		place: placeOf(root),
		hint: MINIMAL_HINT
	});
}
const MINIMAL_HINT = `A small gantry.yml is:

processes:
  web:
    command: bin/serve --port $PORT`;
// src/config/discover.ts
const MISSPELLED = "gantry.yaml";
/** The configs that a repository's files make together, each to be laid over the one before it. At least one. */
async function discover(reading, path) {
	return path === void 0 ? await fromRoot(reading) : await fromFile(path, reading);
}
async function fromRoot(reading) {
	const own = await readGantryYml(GANTRY_YML, reading);
	if (await reading.exists(MISSPELLED)) {
		if (own === null) return reading.fail(`${MISSPELLED} is not read: the file's name is ${GANTRY_YML}`, { hint: `Rename it: git mv ${MISSPELLED} ${GANTRY_YML}` });
		reading.warn(`${MISSPELLED} is not read: ${GANTRY_YML} is there too`, { hint: "Delete one of them." });
	}
	const found = await withForeign(own, reading);
	if (found.length > 0) return found;
	const where = reading.where === void 0 ? "" : ` in ${printable(reading.where)}`;
	return reading.fail(`There is no configuration${where}: neither a gantry.yml nor a Procfile`, { hint: MINIMAL_HINT });
}
async function fromFile(path, reading) {
	const file = posix.normalize(path);
	if (posix.isAbsolute(file) || file === ".." || file.startsWith("../")) return reading.fail(`${quote(path)} is outside of the repository`, { hint: "Give a path from the root of the repository." });
	const format = FORMATS.find((each) => each.files.includes(posix.basename(file)));
	const config = format === void 0 ? await readGantryYml(file, reading) : await format.read(file, reading, null);
	if (config === null) return reading.fail(`There is no file ${quote(file)}`, { hint: "Give a path from the root of the repository." });
	return format === void 0 ? await withForeign(config, reading) : [config];
}
/** A gantry.yml, on top of the file of another system where that is to be read. */
async function withForeign(own, reading) {
	const rest = own === null ? [] : [own];
	const from = own === null ? void 0 : child(own, "from");
	if (from !== void 0) {
		const named = FORMATS.find((each) => from.kind === "scalar" && each.name === from.value);
		if (named === void 0) return rest;
		const foreign = await readFirst(named, reading, own);
		if (foreign !== null) return [foreign, ...rest];
		reading.error(`from: there is no ${named.files.join(" or ")} in the repository`, {
			path: "from",
			place: placeOf(from),
			hint: "Add it to the root of the repository, or leave out `from`."
		});
		return rest;
	}
	if (own !== null && entriesOf(child(own, "processes")).length > 0) {
		await nameTheUnread(reading);
		return rest;
	}
	for (const format of FORMATS) {
		const foreign = await readFirst(format, reading, own);
		if (foreign !== null) return [foreign, ...rest];
	}
	return rest;
}
async function readFirst(format, reading, over) {
	for (const file of format.files) {
		const config = await format.read(file, reading, over);
		if (config !== null) return config;
	}
	return null;
}
async function nameTheUnread(reading) {
	for (const { name, files } of FORMATS) for (const file of files) {
		if (!await reading.exists(file)) continue;
		reading.warn(`${file} is not read: ${GANTRY_YML} names the processes`, { hint: `Write \`from: ${name}\` into ${GANTRY_YML} to read both.` });
	}
}
// src/config/gantry-yml/schema.ts
const PlainNames = array(PlainName, { error: "a list of names" });
const Ecs = strictObject({
	region: orNull(PlainName).describe("AWS region. Default: that of the credentials."),
	cluster: orNull(PlainName).describe("Name or ARN of the cluster. Default: `default`."),
	subnets: PlainNames.default([]).describe("Subnets that instances start in."),
	security_groups: PlainNames.default([]).describe("Security groups of instances."),
	assign_public_ip: YesOrNo.default(false).describe("Whether instances get a public address. In a public subnet they need one to fetch their image."),
	namespace: orNull(PlainName).describe("Service Connect namespace, for processes with `expose: private`."),
	execution_role: orNull(PlainName).describe("Role with which ECS fetches images and secrets and writes logs."),
	task_role: orNull(PlainName).describe("Role that the code in instances has."),
	scheduler_role: orNull(PlainName).describe("Role with which the scheduler starts tasks.")
}).meta({
	id: "ecs",
	description: "Settings of the ecs engine."
});
/** What an environment may lay over the rest of the file. */
const overlaid = {
	build: Build.optional(),
	env: Variables.optional().describe("Variables that every process and task inherits."),
	secrets: Secrets.optional().describe("Variables whose values are kept elsewhere: references only, such as `gantry`, `ssm:NAME` or `secretsmanager:NAME#KEY`."),
	defaults: ProcessSettings.optional().describe("Any key of a process: inherited by every process, and by tasks where they have that key."),
	processes: record(Name, ProcessSettings).optional().describe("The processes by name."),
	tasks: record(Name, TaskSettings).optional().describe("The tasks by name."),
	ecs: Ecs.optional()
};
const Environment = strictObject(overlaid).meta({
	id: "environment",
	description: "Laid over the rest of the file where this environment is named."
});
/** The whole of `gantry.yml`. What it accepts is also `gantry.schema.json`. */
const GantryYml = strictObject({
	app: Name.optional().describe("Name of the app. Default: the repository's name."),
	engine: oneOf(["local", "ecs"]).default("local").describe("Where instances run: on this machine, or on AWS ECS."),
	from: oneOf(FORMATS.map((format) => format.name)).optional().describe("Read the processes from this format; what is said here is laid over them."),
	...overlaid,
	environments: record(Name, Environment).optional().describe("Overlays by name of the environment.")
}).meta({
	title: "gantry.yml",
	description: "The processes and tasks of an app, and how Gantry runs them."
});
// src/config/gantry-yml/validate.ts
const PROCESS_KEYS = Object.keys(ProcessSettings.shape);
const SECRET_HINT = "Keep the value with `gantry env set NAME --secret` and write `NAME: gantry`. If it stands here, change it: git keeps it.";
/** Reports everything about a config that the schema refuses. */
function validate(config, reading) {
	const reported = /* @__PURE__ */ new Set();
	for (const issue of issuesOf(GantryYml, config, [])) {
		const path = issue.path;
		if (issue.code !== "unrecognized_keys" && reported.has(showPath(path))) continue;
		reported.add(showPath(path));
		if (issue.code === "unrecognized_keys") reportUnknownKeys(issue.keys, path, config, reading);
		else if (issue.code === "invalid_key") reportBadName(issue, path, config, reading);
		else reportBadValue(issue, path, config, reading);
	}
}
/** All issues. The schema stops at a bad name; what is under that name is checked as well. */
function issuesOf(schema, root, base) {
	return (schema.safeParse(toPlain(root)).error?.issues ?? []).flatMap((issue) => {
		const own = {
			...issue,
			path: [...base, ...issue.path]
		};
		if (issue.code !== "invalid_key") return [own];
		const path = issue.path;
		return [own, ...issuesOf(schemaAt(schema, path), nearest(root, path), [...base, ...path])];
	});
}
function reportUnknownKeys(keys, path, config, reading) {
	const schema = schemaAt(GantryYml, path);
	const allowed = Object.keys(shapeOf(schema));
	const where = path.length === 0 ? "of gantry.yml" : `of ${showPath(path)}`;
	for (const key of keys) reading.error(`${quote(key)} is not a key ${where}`, {
		path: showPath([...path, key]),
		place: child(nearest(config, path), key)?.key ?? placeOf(nearest(config, path)),
		hint: hintForKey(key, allowed, path.length === 0)
	});
}
function hintForKey(key, allowed, isTop) {
	const meant = suggest(key, allowed);
	if (meant !== null) return `Did you mean ${quote(meant)}?`;
	const setting = isTop ? suggest(key, PROCESS_KEYS) : null;
	if (setting !== null) return `Put ${quote(setting)} under a process, or under "defaults" for all of them.`;
	return `Allowed are ${allowed.join(", ")}.`;
}
function reportBadName(issue, path, config, reading) {
	const name = String(path.at(-1));
	const folded = foldName(name);
	const isVariable = isInside(path, [
		"env",
		"args",
		"secrets"
	]);
	const rule = issue.issues[0]?.message ?? "another one";
	reading.error(`${isHidden(path) ? "This" : quote(name)} is not allowed as a name; it must be ${rule}`, {
		path: shownPath(path),
		place: nearest(config, path).key,
		hint: !isVariable && folded !== null && folded !== name ? `Did you mean ${quote(folded)}?` : void 0
	});
}
function reportBadValue(issue, path, config, reading) {
	const value = nearest(config, path);
	const isNothing = value.kind === "scalar" && value.value === null;
	const expected = expectedBy(issue);
	const isSecret = isInside(path, ["secrets"]) && value.kind === "scalar" && !isNothing;
	const found = isSecret ? "" : `; found ${describeValue(value)}`;
	const shown = shownPath(path);
	reading.error(`${shown} must be ${expected}${found}`, {
		path: shown,
		place: placeOf(value),
		hint: isNothing ? emptyHint(expected) : isSecret ? SECRET_HINT : suggestion(issue, value)
	});
}
/** A path for people, without a last name that must not be seen. */
function shownPath(path) {
	return showPath(isHidden(path) ? path.slice(0, -1) : path);
}
/** Under `secrets` even what stands as a name may be a pasted secret. */
function isHidden(path) {
	return isInside(path, ["secrets"]) && !VARIABLE_NAME.test(String(path.at(-1)));
}
function expectedBy(issue) {
	if (issue.code !== "invalid_type") return issue.message;
	if (issue.expected === "object" || issue.expected === "record") return "a map";
	return issue.message;
}
function emptyHint(expected) {
	return expected === "a map" ? "Write {} for an empty map, or leave the key out." : "Give it a value, or leave the key out. An empty text is \"\".";
}
function suggestion(issue, value) {
	if (value.kind !== "scalar") return void 0;
	const { text } = value;
	const allowed = issue.code === "invalid_value" ? issue.values : issue.code === "custom" ? issue.params?.["allowed"] : [];
	const meant = Array.isArray(allowed) ? suggest(text, allowed.filter((each) => typeof each === "string")) : null;
	return meant === null ? void 0 : `Did you mean ${quote(meant)}?`;
}
/** Whether a path leads into a map of variables with one of these names. */
function isInside(path, names) {
	const settings = path[0] === "environments" ? path.slice(2) : path;
	return (settings[0] === "processes" || settings[0] === "tasks" ? settings.slice(2) : settings).some((key) => names.includes(String(key)));
}
function schemaAt(schema, path) {
	let at = unwrapped(schema);
	for (const key of path) {
		const { def } = at._zod;
		at = unwrapped(def.type === "record" ? def.valueType : shapeOf(at)[String(key)]);
	}
	return at;
}
function shapeOf(schema) {
	return schema._zod.def.shape ?? {};
}
/** The schema without what makes it optional, gives it a default or transforms it. */
function unwrapped(schema) {
	const def = schema._zod.def;
	const inner = def.innerType ?? (def.type === "pipe" ? def.in : void 0);
	return inner === void 0 ? schema : unwrapped(inner);
}
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
		return {
			kind,
			name,
			own,
			settings: table(settings, own.origin)
		};
	}));
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
	return key === "build" ? overlayKeys(inherited, own) : own;
}
function refuseTooMuch(config, inherited, reading) {
	const count = [child(config, "processes"), child(config, "tasks")].reduce((sum, each) => sum + entriesOf(each).length, 0);
	if (count * [...inherited.values()].reduce((sum, value) => sum + weigh(value), LEAST_WEIGHT) <= MAX_WEIGHT) return;
	reading.fail(`The app is too big: ${count} processes and tasks, with what each of them inherits`, {
		place: placeOf(config),
		hint: "Split it into several apps, or let fewer components inherit fewer variables."
	});
}
// src/config/resolve.ts
const NOTHING = table([], { kind: "default" });
const DEPLOYMENT_TASK_HOURS = 1;
const TASK_HOURS = 24;
/** The app of a valid config: every default filled in, every value in the unit of the app model. */
function resolve$1(config, components, names) {
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
		ecs: top.ecs ?? Ecs.parse({})
	};
}
function resolveProcess({ name, settings }) {
	const { build, env, secrets, expose, health_check, ...rest } = ProcessSettings.parse(plainSettings(settings));
	const checked = child(settings, "health_check") ?? NOTHING;
	return {
		name,
		...rest,
		build: build ?? Build.parse({}),
		env: env ?? {},
		secrets: secrets ?? {},
		placement: null,
		expose: expose ?? (name === "web" ? "public" : "none"),
		health_check: isEmpty(checked) ? null : health_check ?? HealthCheck.parse({})
	};
}
function resolveTask({ name, settings }) {
	const { build, env, secrets, max_hours, ...rest } = TaskSettings.parse(plainSettings(settings));
	return {
		name,
		...rest,
		build: build ?? Build.parse({}),
		env: env ?? {},
		secrets: secrets ?? {},
		placement: null,
		max_hours: max_hours ?? (rest.run === null ? TASK_HOURS : DEPLOYMENT_TASK_HOURS)
	};
}
function withoutComponents(config) {
	return plainSettings(table([
		"app",
		"engine",
		"env",
		"secrets",
		"build",
		"ecs"
	].flatMap((key) => {
		const value = child(config, key);
		return value === void 0 ? [] : [[key, value]];
	}), config.origin));
}
const TEXTS = /* @__PURE__ */ new Set([
	"env",
	"args",
	"command"
]);
function plainSettings(settings) {
	if (settings.kind !== "table") return toPlain(settings);
	const entries = [...settings.entries].map(([key, value]) => [key, TEXTS.has(key) ? toText(value) : plainSettings(value)]);
	return Object.fromEntries(entries);
}
// src/config/rules.ts
/** Reports what is wrong within one process as it is written, wherever in the file: in `defaults`, in an overlay. */
function checkWritten(config, reading) {
	const overlays = entriesOf(child(config, "environments")).map(([name, each]) => [`environments.${name}.`, each]);
	for (const [prefix, root] of [["", config], ...overlays]) {
		checkHealthCheck(`${prefix}defaults`, child(root, "defaults"), reading);
		for (const [name, each] of entriesOf(child(root, "processes"))) checkHealthCheck(`${prefix}processes.${name}`, each, reading);
	}
}
/** Reports what does not go together once overlays and inheritance are done. */
function checkTogether(config, components, reading) {
	checkNames(components, reading);
	checkVariables("", config, reading);
	for (const component of components) {
		checkVariables(`${component.kind}.${component.name}.`, component.settings, reading);
		checkImage(component, reading);
		if (component.kind === "tasks") checkTask(component, reading);
		else checkScaling(component, reading);
	}
}
function checkHealthCheck(path, owner, reading) {
	const check = child(owner, "health_check");
	if (check?.kind !== "table" || isEmpty(check)) return;
	const named = [
		"path",
		"command",
		"tcp"
	].filter((key) => check.entries.has(key));
	if (named.length === 1) return;
	reading.error(`${path}.health_check must name exactly one of path, command and tcp; found ${named.join(" and ") || "none of them"}`, {
		path: `${path}.health_check`,
		place: placeOf(check),
		hint: "Write for example {path: /healthz}, {command: bin/check} or {tcp: true}."
	});
}
function checkNames(components, reading) {
	const processes = new Map(components.filter((each) => each.kind === "processes").map((each) => [each.name, each]));
	for (const { kind, name, own } of components) {
		const process = processes.get(name);
		if (kind !== "tasks" || process === void 0) continue;
		reading.error(`tasks.${name} has the name of a process${lineOf(process.own.key ?? placeOf(process.own))}`, {
			path: `tasks.${name}`,
			place: own.key ?? placeOf(own),
			hint: "Processes and tasks share their names in commands and logs. Rename one of them."
		});
	}
}
function checkVariables(owner, settings, reading) {
	const env = child(settings, "env");
	for (const [variable, reference] of entriesOf(child(settings, "secrets"))) {
		const plain = child(env, variable);
		if (plain === void 0) continue;
		reading.error(`${quote(variable)} is both in env${lineOf(plain.key ?? placeOf(plain))} and in secrets`, {
			path: `${owner}secrets.${variable}`,
			place: reference.key ?? placeOf(reference),
			hint: "Leave it out of one of them."
		});
	}
}
function checkImage({ kind, name, own }, reading) {
	const build = child(own, "build");
	if (build === void 0 || child(own, "image") === void 0) return;
	reading.error(`${kind}.${name} has both an image and a build`, {
		path: `${kind}.${name}.build`,
		place: build.key ?? placeOf(build),
		hint: "A pinned image is not built. Leave one of them out."
	});
}
function checkTask({ name, own, settings }, reading) {
	if (child(settings, "run") === void 0 && child(settings, "schedule") === void 0) reading.warn("nothing starts this task: give it \"run\" or \"schedule\"", {
		path: `tasks.${name}`,
		place: own.key ?? placeOf(own)
	});
	for (const [key, needed] of Object.entries({
		timezone: "schedule",
		concurrency: "schedule",
		when: "run",
		on_failure: "run"
	})) {
		const value = child(own, key);
		if (value === void 0 || child(own, needed) !== void 0) continue;
		reading.warn(`tasks.${name}.${key} has no effect without "${needed}"`, {
			path: `tasks.${name}.${key}`,
			place: value.key ?? placeOf(value)
		});
	}
}
function checkScaling({ name, settings }, reading) {
	const type = child(settings, "scale_type");
	const count = child(settings, "scale_count");
	const scales = type?.kind === "scalar" && type.value !== "none";
	const threshold = ["autoscaling_cpu_threshold", "autoscaling_memory_threshold"].map((key) => child(settings, key)).find((each) => each !== void 0);
	const extra = count?.kind === "scalar" && count.value !== 0;
	const path = `processes.${name}`;
	if (scales && !(extra && threshold)) {
		const missing = extra ? "a threshold" : "scale_count";
		reading.warn(`${path} never scales out: scale_type is set and ${missing} is not`, {
			path: `${path}.scale_type`,
			place: placeOf(type),
			hint: "Autoscaling takes scale_type, scale_count and at least one autoscaling threshold."
		});
	} else if (!scales && (extra || threshold)) reading.warn(`${path} never scales out: scale_type is none`, {
		path: `${path}.scale_type`,
		place: placeOf(extra ? count : threshold),
		hint: "Set scale_type to spot or demand."
	});
}
function lineOf(place) {
	return place === void 0 ? "" : ` (${place.file}:${place.line})`;
}
// src/config/trace.ts
/**
* Where each value of a resolved app came from, by its path: `app`, `processes.web.env.LOG_LEVEL`. Lists and commands
* are one value, and so is an empty map.
*/
function trace(app, config, components) {
	const found = {};
	const { name, environment: _, processes, tasks, ...settings } = app;
	traceLeaves({
		app: name,
		...settings
	}, config, "", found);
	const written = new Map(components.map((each) => [`${each.kind}.${each.name}`, each.settings]));
	for (const [kind, members] of Object.entries({
		processes,
		tasks
	})) for (const { name, ...member } of members) traceLeaves(member, written.get(`${kind}.${name}`), `${kind}.${name}.`, found);
	return found;
}
function traceLeaves(resolved, written, prefix, found) {
	for (const [key, value] of Object.entries(resolved)) {
		const origin = child(written, key);
		if (isMap(value) && Object.keys(value).length > 0) traceLeaves(value, origin, `${prefix}${key}.`, found);
		else found[prefix + key] = origin?.origin ?? { kind: "default" };
	}
}
function isMap(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/config/read.ts
/**
* Reads the config of a repository for one environment. Throws a ConfigError with everything that is wrong with it,
* and its warnings.
*/
async function readConfig(files, options) {
	const reading = new Reading(files);
	const configs = await discover(reading, options.config);
	for (const each of configs) {
		validate(each, reading);
		checkWritten(each, reading);
	}
	const written = configs.reduce(overlay);
	const environment = options.environment ?? "default";
	const config = layEnvironment(written, environment, reading);
	const name = nameOf(config, options.name, reading);
	const components = inheritAll(config, reading);
	refuseNothing(config, components.length, reading);
	checkTogether(config, components, reading);
	reading.throwIfWrong();
	const app = resolve$1(config, components, {
		name,
		environment
	});
	return {
		app,
		warnings: reading.diagnostics(),
		files: reading.opened,
		provenance: trace(app, config, components)
	};
}
function layEnvironment(config, environment, reading) {
	const environments = child(config, "environments");
	const over = child(environments, environment);
	if (over?.kind === "table") return overlay(config, over);
	if (!isName(environment)) reading.error(`${quote(environment)} is no name for an environment`, { hint: `Names have ${NAME_RULE}.` });
	else if (environments !== void 0 && over === void 0 && environment !== "default") {
		const names = entriesOf(environments).map(([name]) => name);
		const meant = suggest(environment, [...names, "default"]);
		reading.error(`There is no environment ${quote(environment)}`, {
			path: "environments",
			place: environments.key ?? placeOf(environments),
			hint: meant === null ? `Environments are ${[...names, "default"].join(", ")}.` : `Did you mean ${quote(meant)}?`
		});
	}
	return config;
}
/** The name of the repository, folded to the rules, where the config names no app. */
function nameOf(config, repository, reading) {
	const name = foldName(repository);
	if (name !== null || child(config, "app") !== void 0) return name ?? "";
	return reading.fail(`The repository's name ${quote(repository)} is no name for an app`, { hint: `Give it one with \`app:\` in ${GANTRY_YML}: ${NAME_RULE}.` });
}
/** An empty map of processes is meant: it removes them all. No map at all is a mistake. */
function refuseNothing(config, components, reading) {
	if (components > 0 || child(config, "processes") !== void 0 || reading.isWrong) return;
	reading.error("The configuration names no processes and no tasks", {
		place: placeOf(config),
		hint: MINIMAL_HINT
	});
}
export { readConfig };
