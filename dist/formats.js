import { t as suggest } from "./suggest.js";
import { i as showPath, n as printable, r as quote, t as describeValue } from "./text.js";
import { _ as textAt, a as derived, b as unshared, c as entriesOf, d as isEmpty, f as itemsOf, g as table, h as scalar, i as child, l as given, m as placeOf, o as derivedList, p as nearest, r as Source, s as derivedTable, v as toPlain, x as weigh, y as toText } from "./reading.js";
import { t as require_dist } from "./dist.js";
import { A as oneOf, C as Schedule$1, E as VariableName, F as hideSecrets, M as wholeNumber, N as SECRET_REFERENCE, P as VARIABLE_NAME, S as RepositoryPath, T as UrlPath$1, _ as ImageReference, d as IamRoleStatements, k as number, l as SourcePath, m as ArgumentName, o as MountPath, w as TimeZone, x as PlainValue } from "./containers.js";
import { r as foldName } from "./names.js";
import { c as showMemory } from "./size.js";
import { _ as union, c as boolean, d as literal, f as number$1, g as string, o as _null, s as array, u as int } from "./croner.js";
import { t as MAIN } from "./app2.js";
import { posix } from "node:path";
import { createHash } from "node:crypto";
// src/config/issues.ts
/** What a schema wanted: completes "must be …". */
function expectedBy(issue) {
	if (issue.code !== "invalid_type") return issue.message;
	if (issue.expected === "object" || issue.expected === "record") return "a map";
	return issue.message;
}
/** The allowed value that was probably meant, where a schema names those that it allows. */
function meantBy(issue, value) {
	if (value.kind !== "scalar") return null;
	const allowed = issue.code === "invalid_value" ? issue.values : issue.code === "custom" ? issue.params?.["allowed"] : [];
	return Array.isArray(allowed) ? suggest(value.text, allowed.filter((each) => typeof each === "string")) : null;
}
// src/config/catalogue/catalogue.ts
function honoured(text, details = {}) {
	return {
		fate: "honoured",
		text,
		...details
	};
}
function approximated(text, details = {}) {
	return {
		fate: "approximated",
		text,
		...details
	};
}
/** Without saying what to do instead, nothing may be left out. */
function unsupported(text, hint, details = {}) {
	return {
		fate: "unsupported",
		text,
		hint,
		...details
	};
}
/** For keys that tell people about an app: nothing that runs depends on them, so there is nothing to lose. */
function descriptive(details = {}) {
	return honoured("tells people about the app; nothing that runs depends on it", details);
}
// src/config/catalogue/shape.ts
const shapes = /* @__PURE__ */ new WeakMap();
function shapeOf(section) {
	let shape = shapes.get(section);
	if (shape === void 0) {
		shape = { names: /* @__PURE__ */ new Map() };
		for (const [pattern, rule] of Object.entries(section.keys)) at(shape, pattern).rule = rule;
		shapes.set(section, shape);
	}
	return shape;
}
/** Whether something may stand below it. */
function hasContent({ rule, names, any, item }) {
	return names.size > 0 || [
		any,
		item,
		rule?.section,
		rule?.variants
	].some((each) => each !== void 0);
}
function at(root, pattern) {
	return pattern.replaceAll("[]", ".[]").split(".").filter((step) => step !== "").reduce(below, root);
}
function below(shape, step) {
	if (step === "*") return shape.any ??= { names: /* @__PURE__ */ new Map() };
	if (step === "[]") return shape.item ??= { names: /* @__PURE__ */ new Map() };
	const known = shape.names.get(step);
	if (known !== void 0) return known;
	const made = { names: /* @__PURE__ */ new Map() };
	shape.names.set(step, made);
	return made;
}
// src/config/catalogue/check.ts
/**
* Goes through all keys of a file: notes what becomes of each, and reports those that its own system would refuse. Ends
* the reading when there are such; what comes after may rely on the rules of the catalogue, but for values that cannot be
* known.
*/
function checkKeys(root, catalogue, reading, unknowable = () => void 0) {
	new KeyCheck(catalogue, reading, unknowable).checkContent(root, {
		names: /* @__PURE__ */ new Map(),
		rule: wholeFile(catalogue)
	}, []);
	reading.throwIfWrong();
	return root;
}
function wholeFile({ root }) {
	return {
		fate: "honoured",
		text: root.title,
		section: root
	};
}
var KeyCheck = class {
	#catalogue;
	#reading;
	#unknowable;
	constructor(catalogue, reading, unknowable) {
		this.#catalogue = catalogue;
		this.#reading = reading;
		this.#unknowable = unknowable;
	}
	#check(value, shape, path) {
		const { rule } = shape;
		const unknown = this.#unknowable(value) ?? this.#unknownKind(value, rule);
		if (unknown !== void 0) {
			this.#note(value, {
				...rule,
				fate: "unsupported",
				...unknown
			}, path);
			return;
		}
		if (rule !== void 0) this.#note(value, isNothing$1(value) ? ASKS_FOR_NOTHING : rule, path);
		if (rule?.fate !== "unsupported") this.checkContent(value, shape, path);
	}
	/** Where it cannot be known which keys may stand in a map, nothing can be said of any of them. */
	#unknownKind(value, rule) {
		const by = rule?.variants && child(value, rule.variants.by);
		const unknown = by && this.#unknowable(by);
		return unknown && {
			...unknown,
			text: `its ${rule.variants.by} cannot be known here: ${unknown.text}`
		};
	}
	checkContent(value, shape, path) {
		const { rule } = shape;
		if (!hasContent(shape)) {
			if (rule?.value !== void 0) this.#checkValue(value, rule.value, path);
			return;
		}
		const below = this.#contentOf(value, shape, path);
		if (below === null) return;
		if (below.item !== void 0 && value.kind === "list") this.#checkItems(value, below.item, path);
		else if (below.item === void 0 && value.kind === "table") this.#checkTable(value, below, path);
		else this.#checkInstead(value, rule?.value, below.item === void 0 ? "a map" : "a list", path);
	}
	/** What stands there in place of a map or list. */
	#checkInstead(value, rule, content, path) {
		const issue = rule?.safeParse(toPlain(value)).error?.issues[0];
		if (rule === void 0) this.#refuse(value, path, content);
		else if (issue !== void 0) this.#refuse(value, path, `${expectedBy(issue)}, or ${content}`);
	}
	/** What may stand in a map or list; null when that was refused. */
	#contentOf(value, shape, path) {
		const { section, variants } = shape.rule ?? {};
		if (variants === void 0 || value.kind !== "table") return section === void 0 ? shape : shapeOf(section);
		const by = child(value, variants.by);
		const kinds = Object.keys(variants.sections);
		if (by === void 0) {
			this.#reportMissing(variants.by, value, path, `It is one of ${kinds.join(", ")}.`);
			return null;
		}
		const kind = by.kind === "scalar" ? by.text : "";
		if (Object.hasOwn(variants.sections, kind)) return shapeOf(variants.sections[kind]);
		const meant = suggest(kind, kinds);
		this.#refuse(by, [...path, variants.by], `one of ${kinds.join(", ")}`, meant === null ? void 0 : `Did you mean ${quote(meant)}?`);
		return null;
	}
	#checkItems({ items }, shape, path) {
		for (const [index, item] of items.entries()) this.#check(item, shape, [...path, index]);
	}
	#checkTable(value, shape, path) {
		for (const [key, entry] of value.entries) {
			const known = shape.names.get(key) ?? shape.any;
			if (known === void 0) this.#reportUnknown(key, entry, [...shape.names.keys()], path);
			else {
				if (shape.names.get(key) === void 0) this.#checkName(key, entry, known.rule?.name, path);
				this.#check(entry, known, [...path, key]);
			}
		}
		for (const [key, { rule }] of shape.names) if (rule?.required === true && !value.entries.has(key)) this.#reportMissing(key, value, path);
	}
	#reportMissing(key, owner, path, hint) {
		const missing = showPath([...path, key]);
		this.#reading.error(`${missing} is missing`, {
			path: missing,
			place: placeOfKey(owner),
			hint
		});
	}
	#note(value, { fate, text, hint, rows }, path) {
		this.#reading.keys.add(value, {
			system: this.#catalogue.system,
			path: showPath(path),
			fate,
			text,
			...hint !== void 0 && { hint },
			...rows !== void 0 && { rows },
			place: placeOfKey(value)
		});
	}
	#reportUnknown(key, value, known, path) {
		const { system, unknown } = this.#catalogue;
		const meant = suggest(key, known);
		const hint = meant !== null ? `Did you mean ${quote(meant)}?` : known.length > 0 ? `Known are ${known.join(", ")}.` : "Leave it out.";
		if (unknown === "warning") {
			this.#note(value, {
				fate: "unsupported",
				text: `${system} has no such key`,
				hint
			}, [...path, key]);
			return;
		}
		const where = path.length === 0 ? "of this file" : `of ${showPath(path)}`;
		const shown = showPath([...path, key]);
		this.#reading.error(`${quote(key)} is not a key ${where}`, {
			path: shown,
			place: placeOfKey(value),
			hint
		});
	}
	#checkName(key, value, rule, path) {
		const issue = rule?.safeParse(key).error?.issues[0];
		if (issue === void 0) return;
		this.#reading.error(`${quote(key)} is not allowed as a name; it must be ${issue.message}`, {
			path: showPath([...path, key]),
			place: placeOfKey(value)
		});
	}
	#checkValue(value, rule, path) {
		const issue = rule.safeParse(toPlain(value)).error?.issues[0];
		if (issue === void 0) return;
		const within = issue.path;
		const wrong = nearest(value, within);
		const meant = meantBy(issue, wrong);
		const hint = meant === null ? void 0 : `Did you mean ${quote(meant)}?`;
		this.#refuse(wrong, [...path, ...within], expectedBy(issue), hint);
	}
	#refuse(value, path, expected, hint) {
		const shown = path.length === 0 ? "the file" : showPath(path);
		const found = this.#reading.hides(placeOf(value)) ? "" : `; found ${describeValue(value)}`;
		this.#reading.error(`${shown} must be ${expected}${found}`, {
			path: path.length === 0 ? void 0 : shown,
			place: placeOf(value),
			hint
		});
	}
};
/** What becomes of a key that asks for nothing: there is nothing to lose. */
const ASKS_FOR_NOTHING = honoured("nothing is asked for");
function isNothing$1(value) {
	if (value.kind === "scalar") return value.value === null || value.value === "";
	return value.kind === "list" ? value.items.length === 0 : value.entries.size === 0;
}
/** Where a key stands; of a list's item, where that begins. Values of a file always have a place. */
function placeOfKey(value) {
	return value.key ?? placeOf(value);
}
// src/config/draft.ts
/** A config in the terms of `gantry.yml` that a reader of another format puts together, setting by setting. */
var Draft = class {
	#root = {
		at: null,
		entries: /* @__PURE__ */ new Map()
	};
	#origin;
	constructor(origin) {
		this.#origin = origin;
	}
	/** Puts a value at a path. The maps above it come to be, and count as written where their first value is. */
	set(path, value) {
		const last = path.at(-1);
		this.#branch(path.slice(0, -1), value).entries.set(last, value);
	}
	/** Puts all entries of a map at a path. */
	lay(path, values) {
		for (const [key, value] of values.entries) this.set([...path, key], value);
	}
	/** Makes a map come to be at a path, also one that stays empty, as written where this value is. */
	open(path, at) {
		const branch = this.#branch(path, at);
		branch.at = at;
	}
	table() {
		return build(this.#root, this.#origin);
	}
	#branch(path, at) {
		let branch = this.#root;
		for (const key of path) {
			let next = branch.entries.get(key);
			if (next === void 0 || "kind" in next) {
				next = {
					at,
					entries: /* @__PURE__ */ new Map()
				};
				branch.entries.set(key, next);
			}
			branch = next;
		}
		return branch;
	}
};
function build({ at, entries }, origin) {
	const own = at?.origin ?? origin;
	const values = [...entries].map(([key, each]) => [key, "kind" in each ? each : build(each, own)]);
	return {
		...table(values, own),
		...at?.key && { key: at.key }
	};
}
// src/config/module.ts
/** Names in an error; a file may have thousands. */
const SHOWN$1 = 20;
/** The module to deploy: the one that was asked for, or the only one. Ends the reading when neither says it. */
function chooseModule({ file, what, names, place }, asked, reading) {
	const [only] = names;
	if (names.length > 1) reading.shared = file;
	if (asked === null && names.length === 1) return only;
	if (asked !== null && names.includes(asked)) return asked;
	const shown = names.slice(0, SHOWN$1).map(printable);
	const list = names.length > SHOWN$1 ? `${shown.join(", ")} and ${names.length - SHOWN$1} more` : shown.join(", ");
	if (asked === null) return reading.fail(`${file} has several ${what}s: ${list}`, {
		place,
		hint: `Say which one with \`module: NAME\` in gantry.yml, or with --module.`
	});
	const meant = suggest(asked, names);
	return reading.fail(`${file} has no ${what} ${quote(asked)}`, {
		place,
		hint: meant === null ? `There are: ${list}.` : `Did you mean ${quote(meant)}? There are: ${list}.`
	});
}
/** For formats that describe one app a file. */
function refuseModule(file, asked, place, reading) {
	if (asked === null) return;
	reading.error(`${file} has no modules: ${quote(asked)} was asked for`, {
		place,
		hint: "Leave out `module:` in gantry.yml and --module."
	});
}
// src/config/conflict.ts
var import_dist = require_dist();
/** A line that git leaves where a merge needs a person (git-merge(1), HOW CONFLICTS ARE PRESENTED). */
const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/m;
// src/config/yaml-values.ts
const MAX_EXPANDED$1 = 8388608;
const COST_OF_VALUE = 16;
const MAX_DEPTH$2 = 32;
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
		if (depth > MAX_DEPTH$2) this.#fail(node, "it is nested too deeply");
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
		const common = {
			origin: {
				kind: "file",
				...this.#placeOf(node)
			},
			...tagOf(node)
		};
		if ((0, import_dist.isSeq)(node)) return {
			kind: "list",
			items: node.items.map((each) => this.convert(each, depth + 1)),
			...common
		};
		if ((0, import_dist.isMap)(node)) return {
			kind: "table",
			entries: this.#entriesOf(node, depth),
			...common
		};
		if (!(0, import_dist.isScalar)(node)) return this.#fail(node, "this is not expected here");
		const text = textOf$2(node);
		this.#spend(text.length, node);
		return {
			kind: "scalar",
			value: node.value,
			text,
			...common
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
			if (each.tag !== void 0) return this.#refuseTagged(each.tag, pair);
			if (each.kind !== "table") return this.#fail(pair.key, "`<<` merges maps only");
			for (const [key, entry] of each.entries) if (!entries.has(key)) entries.set(key, entry);
		}
	}
	/** What a tag stands for is not known before the whole file is read. */
	#refuseTagged(tag, { key }) {
		this.#reading.fail(`${this.#source.file} cannot be read: \`<<\` cannot take what \`${tag}\` brings in`, {
			place: this.#placeOf(key),
			hint: `Write \`${tag}\` in place of the whole map, or merge an anchor of this file.`
		});
	}
	#keyOf(node) {
		const key = (0, import_dist.isScalar)(node) ? textOf$2(node) : null;
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
		if (this.#spent > MAX_EXPANDED$1) this.#fail(node, "its aliases expand to too much");
	}
	#placeOf(node) {
		return this.#source.placeAt(node.range[0]);
	}
	#fail(node, message) {
		return this.#reading.fail(`${this.#source.file} cannot be read: ${message}`, { place: this.#placeOf(node) });
	}
};
/** The tag of a format. Those of YAML itself have done their work. */
function tagOf({ tag }) {
	return tag !== void 0 && /^!./.test(tag) ? { tag } : {};
}
/** A scalar as it is written: numbers keep their zeros. */
function textOf$2(node) {
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
* tags but those that the format has for texts and maps, one document. Throws after reporting when the file is no such
* thing. An empty file is an empty map.
*/
function parseYaml(source, reading, tags = []) {
	refuseTooMuch(source, reading);
	const document = (0, import_dist.parseDocument)(source.text, {
		schema: "core",
		customTags: tags.flatMap(customTag),
		merge: false,
		uniqueKeys: false,
		prettyErrors: false,
		resolveKnownTags: false,
		logLevel: "error"
	});
	hideSecrets(document, source);
	refuseConflict(source, reading);
	refuseBadSyntax([...document.errors, ...document.warnings], source, tags, reading);
	const root = document.contents;
	if (root === null || (0, import_dist.isScalar)(root) && root.value === null) return table([], {
		kind: "file",
		...source.placeAt(0)
	});
	const value = new YamlValues(source, reading).convert(root);
	reading.throwIfWrong();
	return value;
}
function customTag(tag) {
	return [
		{
			tag,
			resolve: (text) => text
		},
		{
			tag,
			collection: "map",
			resolve: (map) => map
		},
		{
			tag,
			collection: "seq",
			resolve: (list) => list
		}
	];
}
function refuseTooMuch(source, reading) {
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
function refuseBadSyntax(problems, source, tags, reading) {
	const lines = /* @__PURE__ */ new Set();
	for (const problem of problems.toSorted((a, b) => a.pos[0] - b.pos[0])) {
		const place = source.placeAt(Math.min(problem.pos[0], source.text.length));
		if (lines.has(place.line)) continue;
		if (lines.add(place.line).size > MAX_SYNTAX_ERRORS) break;
		const { message, hint } = explain(problem, tags);
		reading.error(`${source.file} is not valid YAML: ${message}`, {
			place,
			hint
		});
	}
	reading.throwIfWrong();
}
function explain({ code, message }, tags) {
	switch (code) {
		case "TAB_AS_INDENT": return {
			message: "a tab is used for indentation",
			hint: "Indent with spaces."
		};
		case "RESOURCE_EXHAUSTION": return { message: "it is nested too deeply" };
		case "TAG_RESOLVE_FAILED": return {
			message: "this tag is not known",
			hint: tags.length === 0 ? "Custom tags (`!name`) are not allowed. Leave it out." : `Leave it out, or use ${tags.map((tag) => `\`${tag}\``).join(" or ")}.`
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
// src/config/blueking/numbers.ts
/**
* A whole number, also as a text: so the serializers of BlueKing take it (Django REST framework, IntegerField).
*
* @param error what it must be, where that is more than the range
*/
function integer(least, most = Infinity, error = ruleOf$1(least, most)) {
	const Digits = string().regex(/^\d{1,15}$/, { error }).transform(Number);
	return union([number$1(), Digits], { error }).pipe(int({ error }).min(least, { error }).max(most, { error }));
}
function ruleOf$1(least, most) {
	return most === Infinity ? `a whole number, ${least} or more` : `a whole number from ${least} to ${most}`;
}
/** The number that stands there. */
function numberOf$2(value) {
	return derived(Number(value.value), value);
}
// src/config/blueking/rules.ts
const SYSTEM$2 = "BlueKing";
const ENVIRONMENTS = ["stag", "prod"];
const GLOBAL = "_global_";
const LANGUAGES = [
	"Python",
	"PHP",
	"Go",
	"NodeJS",
	"Java"
];
const MAX_REPLICAS = 5;
/** With the limit of replicas in their names. */
const PLANS_2 = {
	Starter: 1024,
	"4C1G5R": 1024,
	"4C2G5R": 2048,
	"4C4G5R": 4096
};
const PLANS_3 = {
	default: 1024,
	"4C1G": 1024,
	"4C2G": 2048,
	"4C4G": 4096
};
/** Where `null` means that nothing is said. */
const Nothing$1 = _null({ error: "null" });
const Text$3 = union([string(), number$1()], { error: "a text" });
const Texts = array(Text$3, { error: "a list of texts" }).nullable();
/** Of the words of a command, the first is what is run. */
const PROGRAM_FIRST = {
	error: "a program",
	path: [0]
};
const namesProgram = (words) => words[0] !== "";
const ProgramAndWords = array(Text$3, { error: "a list of texts" }).refine(namesProgram, PROGRAM_FIRST).nullable();
const COMMAND_RULE = "a command";
const CommandLine = union([string().regex(/\S/, { error: COMMAND_RULE }), number$1()], { error: COMMAND_RULE });
/** Yes in the words of YAML 1.1, which BlueKing reads. */
const YES = /^(?:y|yes|true|on|1)$/i;
const FLAG_RULE = "true or false";
const FlagWord = string().regex(/^(?:y|yes|true|on|1|n|no|false|off|0)$/i, { error: FLAG_RULE });
const Flag$2 = union([
	boolean(),
	literal(0),
	literal(1),
	FlagWord
], { error: FLAG_RULE });
const TYPE_RULE$1 = "letters, digits and hyphens, not beginning with a hyphen, at most 12 characters";
const ProcessType = string({ error: TYPE_RULE$1 }).regex(/^[a-z0-9][-a-z0-9]{0,11}$/i, { error: TYPE_RULE$1 });
const VARIABLE_RULE = "capital letters, digits and underscores, beginning with a letter";
const VariableKey = string({ error: VARIABLE_RULE }).regex(/^[A-Z][A-Z0-9_]{0,1023}$/, { error: VARIABLE_RULE });
const OwnVariableKey = VariableKey.regex(/^(?!BKPAAS_|KUBERNETES_)/, { error: "another one: names that begin with BKPAAS_ or KUBERNETES_ are protected" });
const Description = string({ error: "a text" }).max(200, { error: "a text of at most 200 characters" }).nullable();
const Environment = oneOf(ENVIRONMENTS);
const EnvironmentOrAll = oneOf([...ENVIRONMENTS, GLOBAL]);
const Language = string({ error: `one of ${LANGUAGES.join(", ")}` }).refine((text) => LANGUAGES.some((each) => each.toLowerCase() === text.toLowerCase()), {
	error: `one of ${LANGUAGES.join(", ")}`,
	params: { allowed: LANGUAGES }
});
const Replicas = integer(0, MAX_REPLICAS);
const AtLeastOne = integer(1, MAX_REPLICAS);
const Plan = oneOf([
	"default",
	"4C1G",
	"4C2G",
	"4C4G"
]);
const Seconds$1 = integer(0);
const Count = integer(1);
const PortNumber$1 = integer(1, 65535);
const PORT_RULE = "a port from 1 to 65535, or \"${PORT}\"";
const Port = union([integer(1, 65535, PORT_RULE), string().regex(/^\$\{?PORT\}?$/, { error: PORT_RULE })], { error: PORT_RULE });
const PORT_OR_NAME_RULE = "a port from 1 to 65535, a name, or \"${PORT}\"";
/** A name of Kubernetes has a letter in it (core/v1, ContainerPort). */
const PortName = string().regex(/^(?=.*[a-z])[a-z0-9](?:-?[a-z0-9]){0,14}$/, { error: PORT_OR_NAME_RULE });
const PortOrName = union([Port, PortName], { error: PORT_OR_NAME_RULE });
const UrlPath = string({ error: "a text" }).max(128, { error: "a path of at most 128 characters" }).regex(/^[^\s\p{Cc}]*$/u, { error: "a path without blanks" });
const SourceFolder = union([literal(""), RepositoryPath], { error: "a path inside of the repository, from its root" });
// src/config/blueking/modules.ts
const ALONE = "default";
/** The module to deploy. The others are deployed each by itself, as in BlueKing. */
function selectModule(root, file, asked, reading) {
	const several = child(root, "modules");
	const modules = several === void 0 ? theOnly(root) : namesOf$1(several, reading);
	if (modules.size === 0) return reading.fail(`${file} has neither "module" nor "modules"`, {
		place: placeOf(root),
		hint: "Write `module:`, with its language and its processes."
	});
	if (several !== void 0) {
		checkDefault(modules, several, reading);
		const alone = child(root, "module");
		if (alone !== void 0) reading.keys.change(alone, "unsupported", "\"modules\" is there too", "Leave out one of them.");
	}
	reading.throwIfWrong();
	const place = (several ?? root).key ?? placeOf(root);
	const name = chooseModule({
		file,
		what: "module",
		names: [...modules.keys()],
		place
	}, asked, reading);
	for (const [other, module] of modules) if (other !== name) reading.keys.change(module, "honoured", "another module, which is deployed by itself");
	const parts = [textAt(child(root, "app"), "bk_app_code") ?? textAt(child(root, "app"), "bkAppCode"), name === ALONE ? void 0 : name].filter((each) => each !== void 0);
	if (parts.length > 0) reading.called = {
		name: parts.join("-"),
		place: void 0
	};
	return modules.get(name);
}
function theOnly(root) {
	const module = child(root, "module");
	return new Map(module?.kind === "table" ? [[textAt(module, "name") ?? ALONE, module]] : []);
}
function namesOf$1(several, reading) {
	const found = /* @__PURE__ */ new Map();
	const all = several.kind === "list" ? itemsOf(several).map((each) => [textAt(each, "name"), each]) : entriesOf(several);
	for (const [name, module] of all) {
		if (module.kind !== "table") continue;
		if (name === void 0) reading.error("A module of a list must have a name", { place: placeOf(module) });
		else if (found.has(name)) reading.error(`The module ${quote(name)} is here for the second time`, { place: placeOf(module) });
		else found.set(name, module);
	}
	return found;
}
function checkDefault(modules, several, reading) {
	const defaults = [...modules.values()].filter((each) => ["is_default", "isDefault"].some((key) => YES.test(textAt(each, key) ?? "")));
	if (defaults.length === 1) return;
	reading.error(`One of the modules must be the default one; found ${defaults.length}`, {
		place: several.key ?? placeOf(several),
		hint: "Write `is_default: true` (version 3: `isDefault: true`) into one of them."
	});
}
// src/config/blueking/context.ts
const byBlueKing = {
	kind: "default",
	of: SYSTEM$2
};
// src/config/blueking/processes.ts
/** The port that instances listen on, and that they are given as `PORT` (paas_wl: CONTAINER_PORT). */
const CONTAINER_PORT = 5e3;
/** Instances of `web` in production where nobody says how many (paas_wl: processes/models.py). */
const WEB_IN_PRODUCTION = 2;
const NOT_IN_PROCFILE = "the Procfile beside it decides, and has no such process";
const ONE_PLACE = "Keep processes in one place: delete the Procfile, or `processes` of the app_desc.yaml.";
/**
* Adds the processes with their commands. A Procfile beside the file decides which there are and what they run (row
* BK-15); the other settings of a process stay. Gives those that are deployed, by name.
*
* @param at what says the processes, to point there where there are none
*/
function addProcesses(all, at, context) {
	const { reading, draft, procfile } = context;
	const deployed = /* @__PURE__ */ new Map();
	for (const process of unique(all, context)) {
		const name = nameOf$3(process);
		if (procfile !== null && !procfile.has(name)) {
			reading.keys.change(process.entry, "unsupported", NOT_IN_PROCFILE, ONE_PLACE);
			continue;
		}
		deployed.set(name, process);
		draft.open(["processes", name], process.entry);
		const { entryPoint, command } = startOf$1(process, procfile?.get(name), context);
		if (entryPoint !== null) draft.set([
			"processes",
			name,
			"entry_point"
		], entryPoint);
		if (command !== null) draft.set([
			"processes",
			name,
			"command"
		], command);
	}
	for (const [name, command] of procfile ?? []) {
		if (deployed.has(name)) continue;
		deployed.set(name, {
			type: name,
			entry: command,
			entryPoint: null,
			command,
			line: null
		});
		draft.open(["processes", name], command);
		draft.set([
			"processes",
			name,
			"command"
		], derived(textOf$1(command), command));
		if (all.length === 0) continue;
		reading.warn(`The process ${quote(name)} is only in the Procfile, and is deployed`, {
			place: command.key,
			hint: ONE_PLACE
		});
	}
	if (deployed.size === 0) reading.error("A module must have a process", {
		place: at.key ?? placeOf(at),
		hint: "Add one to `processes`, or to a Procfile beside the app_desc.yaml."
	});
	return deployed;
}
/** Sets how many instances of a process there are where nobody says it, for apps without a count of their own. */
function addDefaultCount(name, draft) {
	if (name !== "web") return;
	const path = [
		"environments",
		"prod",
		"processes",
		name,
		"demand_count"
	];
	draft.set(path, scalar(WEB_IN_PRODUCTION, byBlueKing));
}
/** The public process has a port by default. */
function exposeWeb(deployed, { draft }) {
	if (deployed.has("web")) draft.set([
		"processes",
		"web",
		"port"
	], scalar(CONTAINER_PORT, byBlueKing));
}
function unique(all, { reading }) {
	const seen = /* @__PURE__ */ new Map();
	for (const process of all) {
		const name = nameOf$3(process);
		const place = process.entry.key ?? placeOf(process.entry);
		if (seen.has(name)) {
			reading.error(`${quote(process.type)} is here for the second time, as soon as case is folded`, {
				place,
				hint: "No two processes have the same type. Rename one of them."
			});
			continue;
		}
		if (seen.size === 16) reading.error(`${quote(process.type)} is one process too many: BlueKing allows 16`, { place });
		tellFolded(process.type, place, reading);
		seen.set(name, process);
	}
	return [...seen.values()];
}
/** Says of a process type that its name is another one here. */
function tellFolded(type, place, reading) {
	const name = nameOf$3({ type });
	if (name === type) return;
	reading.warn(`The process type ${quote(type)} is named "${name}" here`, {
		place,
		hint: "Names have lower-case letters, digits and single hyphens."
	});
}
/** Its type has at least one letter or digit, so there always is a name. */
function nameOf$3({ type }) {
	return foldName(type) ?? type;
}
function startOf$1(process, decided, { reading }) {
	const { line } = process;
	if (decided === void 0 || textOf$1(decided) === line?.text.trim()) return process;
	if (line !== null) reading.keys.change(line.key, "approximated", "the Procfile beside it decides, and has another command", ONE_PLACE);
	return {
		entryPoint: null,
		command: derived(textOf$1(decided), decided)
	};
}
function textOf$1(command) {
	return command.kind === "scalar" ? command.text.trim() : "";
}
// src/config/blueking/procfile-keys.ts
/** The Procfile beside an `app_desc.yaml`: process types and their commands. */
const PROCFILE_KEYS$1 = {
	system: SYSTEM$2,
	unknown: "error",
	root: {
		title: "`Procfile` beside it",
		keys: { "*": honoured("the process of that name, in lower case; this command counts, whatever the app_desc.yaml says", { rows: "BK-13, BK-14, BK-15, BK-24" }) }
	}
};
// src/config/blueking/procfile.ts
/**
* The commands of the Procfile of a module, from the first folder that has one. BlueKing reads it as YAML, a map of
* process types to lines for the shell. Null when there is none.
*/
async function readProcfile(folders, reading) {
	for (const folder of new Set(folders)) {
		const source = await reading.open(posix.join(folder, "Procfile"));
		if (source === null) continue;
		const root = parseYaml(source, reading);
		const found = isEmpty(root) ? "nothing" : describeValue(root);
		if (root.kind === "table" && !isEmpty(root)) return commandsOf(checkKeys(unshared(root), PROCFILE_KEYS$1, reading).entries, reading);
		return reading.fail(`${source.file} must be a map of process types to commands; found ${found}`, {
			place: placeOf(root),
			hint: "Write one `type: command` a line."
		});
	}
	return null;
}
function commandsOf(entries, reading) {
	const commands = /* @__PURE__ */ new Map();
	for (const [type, command] of entries) {
		const name = ProcessType.safeParse(type).success ? foldName(type) : null;
		if (command.kind !== "scalar" || command.text.trim() === "" || name === null) reading.error(`${quote(type)} is no process with a command`, {
			place: command.key ?? placeOf(command),
			hint: "Write `type: command`; a type has letters, digits and hyphens, at most 12."
		});
		else if (commands.has(name)) reading.error(`${quote(type)} is here for the second time, as soon as case is folded`, {
			place: command.key ?? placeOf(command),
			hint: "Leave one out."
		});
		else {
			tellFolded(type, command.key, reading);
			commands.set(name, command);
		}
	}
	return commands;
}
// src/config/blueking/sizes.ts
const DEFAULT_MEMORY = PLANS_3.default;
/** The largest memory that goes with a quarter of a vCPU on Fargate (ECS developer guide: task CPU and memory). */
const MOST_OF_A_QUARTER = 2048;
/** Sets what an instance gets when nobody says it: the default plan, and the time that Kubernetes gives to stop. */
function addDefaults(draft) {
	draft.set(["defaults", "memory"], scalar(showMemory(DEFAULT_MEMORY), byBlueKing));
	draft.set(["defaults", "stop_timeout"], scalar("30s", byBlueKing));
}
/** Sets memory and CPU of a plan. BlueKing gives the default plan for a name that it does not know. */
function addPlan(plan, plans, path, { draft, reading }) {
	if (plan?.kind !== "scalar" || plan.text.trim() === "") return;
	const memory = Object.hasOwn(plans, plan.text) ? plans[plan.text] : void 0;
	if (memory === void 0) {
		const known = Object.keys(plans).join(", ");
		reading.keys.change(plan, "approximated", `BlueKing has no such plan and gives the default one: ${showMemory(DEFAULT_MEMORY)}`, `Plans are ${known}; or set \`memory\` in gantry.yml.`);
	}
	draft.set([...path, "memory"], derived(showMemory(memory ?? DEFAULT_MEMORY), plan));
	draft.set([...path, "cpu"], derived((memory ?? DEFAULT_MEMORY) > MOST_OF_A_QUARTER ? .5 : .25, plan));
}
// src/config/blueking/v1-keys.ts
const VERSION_1_HINT = "Write `spec_version: 2` into it, with `module:` and its `language:`. Without the file, the Procfile is read as one of Heroku.";
const version = honoured("a file of this version is not read: the Procfile beside it is");
/** An `app_desc.yaml` of version 1, or of none, which is no more than a sign that the Procfile is one of BlueKing. */
const VERSION_1 = {
	system: SYSTEM$2,
	unknown: "warning",
	root: {
		title: "`app_desc.yaml`, version 1",
		keys: {
			spec_version: version,
			specVersion: version,
			app_version: descriptive(),
			appVersion: descriptive(),
			app: descriptive(),
			"*": unsupported("the file is not read: only the Procfile is", VERSION_1_HINT)
		}
	}
};
// src/config/blueking/probe-keys.ts
const snake = (key) => key;
const camel = (key) => key.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const WORD_RULE = "a text of at most 48 characters";
const ExecWord = union([string().max(48, { error: WORD_RULE }), number$1()], { error: WORD_RULE });
const EXEC_RULE = "a list of 1 to 12 texts";
const ExecCommand = array(ExecWord, { error: EXEC_RULE }).min(1, { error: EXEC_RULE }).max(12, { error: EXEC_RULE }).refine(namesProgram, PROGRAM_FIRST);
/** The keys of a probe: the same in both versions, but for how they are spelled. */
function probeSection(spelling) {
	const keys = {
		exec: honoured("a check by a command", { value: Nothing$1 }),
		"exec.command": honoured("the command of the check", {
			value: ExecCommand,
			required: true
		}),
		http_get: honoured("a check of a path", { value: Nothing$1 }),
		"http_get.path": honoured("the path of the check, with `/` in front", { value: UrlPath }),
		"http_get.port": honoured("the check goes to the port of the process", {
			value: PortOrName,
			required: true
		}),
		"http_get.host": unsupported("the check goes to the instance itself", "Leave it out."),
		"http_get.http_headers": unsupported("the check sends no headers of its own", "Let the path answer without them, or check with a command (`health_check.command`)."),
		"http_get.scheme": honoured("the check speaks HTTP", { value: oneOf([
			"HTTP",
			"HTTPS",
			"http",
			"https"
		]) }),
		tcp_socket: honoured("a check of the port", { value: Nothing$1 }),
		"tcp_socket.port": honoured("the check goes to the port of the process", {
			value: PortOrName,
			required: true
		}),
		"tcp_socket.host": unsupported("the check goes to the instance itself", "Leave it out.", { value: Text$3 }),
		initial_delay_seconds: honoured("`start_period`: failures before it is over do not count", { value: Seconds$1 }),
		timeout_seconds: honoured("`timeout`; 1 s where there is none, as in BlueKing", { value: Count }),
		period_seconds: honoured("`interval`", { value: Count }),
		success_threshold: honoured("one success makes an instance healthy", { value: Count }),
		failure_threshold: honoured("`retries`", { value: Count })
	};
	return {
		title: "A probe",
		keys: Object.fromEntries(Object.entries(keys).map(([key, rule]) => [spelling(key), rule]))
	};
}
/** The probes of a process. */
function probesRules(prefix, spelling) {
	const section = probeSection(spelling);
	return {
		[prefix]: honoured("`health_check` and `readiness`", { value: Nothing$1 }),
		[`${prefix}.readiness`]: honoured("`readiness`", {
			value: Nothing$1,
			section
		}),
		[`${prefix}.liveness`]: honoured("`health_check`", {
			value: Nothing$1,
			section
		}),
		[`${prefix}.startup`]: approximated("the time that it allows becomes `start_period` of the other checks; alone, it becomes the health check, and goes on after the start", {
			value: Nothing$1,
			section,
			hint: "Set `start_period` in gantry.yml for another time."
		})
	};
}
// src/config/blueking/sentences.ts
const LANGUAGE_TEXT = "no buildpack is chosen by it; the image is built from the Dockerfile, or on the local engine from the tree itself";
const LANGUAGE_HINT = "Where there is no Dockerfile, add one, or `build.command` to gantry.yml.";
const SOURCE_DIR_TEXT = "`build.context`; a Procfile is looked for there first";
const PLAN_TEXT = "its memory is what an instance gets; its 4 CPUs are a limit in BlueKing, and Gantry reserves the least CPU that goes with the memory";
const PLAN_HINT = "Set `cpu` and `memory` in gantry.yml for another size.";
const SIGNAL_TEXT = "SIGTERM comes at once, and not after that time";
const ADDON_HINT = "Create them yourself, and give their addresses and passwords with `gantry env set NAME --secret`.";
const DISCOVERY_HINT = "Give the addresses as variables, under `env` in gantry.yml or with `gantry env set`.";
const METRICS_HINT = "Let the monitoring of your choice fetch them from the instances.";
const HOOK_TEXT = "the task `pre-release-hook`, with `run: pre_deploy` and 15 minutes; it runs when the image or the command changed";
// src/config/blueking/v2-keys.ts
const Version$1 = literal(2, { error: "2 or 3" });
const MODULE$1 = {
	title: "A module",
	keys: {
		is_default: honoured("one of several modules must be it; which one is deployed, `module:` says", { value: Flag$2 }),
		language: approximated(LANGUAGE_TEXT, {
			value: Language,
			required: true,
			hint: LANGUAGE_HINT,
			rows: "BK-11"
		}),
		source_dir: honoured(SOURCE_DIR_TEXT, { value: SourceFolder }),
		services: unsupported("Gantry makes no databases, queues and caches", ADDON_HINT),
		"env_variables[].key": honoured("the name of the variable", {
			value: VariableKey,
			required: true
		}),
		"env_variables[].value": honoured("its value", {
			value: Text$3,
			required: true
		}),
		"env_variables[].environment_name": honoured("the variable is one of that environment; `_global_`: of all environments", { value: EnvironmentOrAll }),
		"env_variables[].description": descriptive({ value: Description }),
		processes: honoured("the processes", { rows: "BK-01, BK-10, BK-24" }),
		"processes.*": honoured("a process of that name, in lower case", {
			name: ProcessType,
			rows: "BK-17, BK-18, BK-19, BK-20"
		}),
		"processes.*.command": honoured("`command`: words, run without a shell; variables are replaced", {
			value: CommandLine,
			required: true,
			rows: "BK-09, BK-12"
		}),
		"processes.*.replicas": honoured("`demand_count`; without it 1, and 2 for web in prod, as in BlueKing", {
			value: Replicas.nullable(),
			rows: "BK-01"
		}),
		"processes.*.plan": approximated(PLAN_TEXT, {
			value: Text$3.nullable(),
			rows: "BK-06",
			hint: PLAN_HINT
		}),
		...probesRules("processes.*.probes", snake),
		"scripts.pre_release_hook": honoured(HOOK_TEXT, { value: Text$3.nullable() }),
		svc_discovery: unsupported("the addresses of other apps are not looked up", DISCOVERY_HINT),
		bkmonitor: unsupported("Gantry collects no metrics of apps", METRICS_HINT)
	}
};
/** `app_desc.yaml` of version 2. Its platform ignores keys that it does not know. */
const VERSION_2 = {
	system: SYSTEM$2,
	unknown: "warning",
	root: {
		title: "`app_desc.yaml`, version 2",
		keys: {
			spec_version: honoured("the version of the format", { value: Version$1 }),
			specVersion: honoured("the version of the format", { value: Version$1 }),
			app_version: descriptive(),
			app: descriptive(),
			module: honoured("the only module", { section: MODULE$1 }),
			modules: honoured("the modules by name; `module:` in gantry.yml says which one is deployed"),
			"modules.*": honoured("a module", { section: MODULE$1 })
		}
	}
};
// src/config/blueking/hook.ts
/** BlueKing gives a hook up after 15 minutes. */
const HOOK_HOURS = .25;
/** Adds the task that runs before a deployment touches any process. */
function addHook({ entryPoint, command }, at, { draft }) {
	if (entryPoint === null && command === null) return;
	const path = ["tasks", "pre-release-hook"];
	draft.open(path, at);
	if (entryPoint !== null) draft.set([...path, "entry_point"], entryPoint);
	if (command !== null) draft.set([...path, "command"], command);
	draft.set([...path, "run"], derived("pre_deploy", at));
	draft.set([...path, "max_hours"], scalar(HOOK_HOURS, byBlueKing));
}
// src/config/blueking/references.ts
/** A variable as Kubernetes replaces it before anything starts, and with two `$` a text that only looks like one. */
const REFERENCE = /(\$\$?\([A-Z][A-Z0-9_]*\))/;
const EACH = new RegExp(REFERENCE, "g");
/** Where a backslash takes the meaning of what follows. */
const ESCAPED_OR_EACH = new RegExp(`\\\\[^]|${REFERENCE.source}`, "g");
const QUOTED_OR_REFERENCE = new RegExp(`'[^']*'|"(?:[^"\\\\]|\\\\[^])*"|${ESCAPED_OR_EACH.source}`, "g");
function isVariable(reference) {
	return !reference.startsWith("$$");
}
/** The variable of a shell that a reference is; for one that only looks like a reference, its text. */
function inShell(reference) {
	return isVariable(reference) ? `\${${reference.slice(2, -1)}}` : reference.slice(1);
}
/** A line for the shell in which each reference means the same, however it is quoted. */
function referencesInShell(line) {
	return line.replaceAll(QUOTED_OR_REFERENCE, (token) => token.replaceAll(token.startsWith("'") ? EACH : ESCAPED_OR_EACH, (each) => each.startsWith("\\") ? each : quoteAs(token[0], each)));
}
/** @param first what the part of the line begins with that the reference is in: a quote, or `$` */
function quoteAs(first, reference) {
	const text = inShell(reference);
	if (isVariable(reference)) return first === "'" ? `'"${text}"'` : text;
	if (first === "'") return text;
	return first === "\"" ? `\\${text}` : `'${text}'`;
}
// src/config/blueking/words.ts
const TOKEN$1 = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|\s+/gy;
/** What a backslash in double quotes takes its meaning from. `shlex` knows the first two; a shell, and the author, all. */
const ESCAPED = /\\(["\\$`])/;
/** The words of a line by the rules of `shlex.split` in POSIX mode (docs.python.org, shlex); null for an open quote. */
function splitWords(line) {
	const words = [];
	let word = null;
	let end = 0;
	for (const match of line.matchAll(TOKEN$1)) {
		const [token, single, double, escaped, plain] = match;
		end = match.index + token.length;
		const parts = partsOf(single, double, escaped, plain);
		if (parts === null) word = null;
		else if (word === null) words.push(word = parts);
		else for (const part of parts) word.push(part);
	}
	return end < line.length ? null : words;
}
/** Null for a blank. */
function partsOf(single, double, escaped, plain) {
	if (plain !== void 0) return [{
		text: plain,
		quoted: "not"
	}];
	if (single !== void 0) return [{
		text: single,
		quoted: "single"
	}];
	if (escaped !== void 0) return [{
		text: escaped,
		quoted: "escaped"
	}];
	return double?.split(ESCAPED).map((text, index) => ({
		text,
		quoted: index % 2 === 0 ? "double" : "escaped"
	})) ?? null;
}
// src/config/blueking/command.ts
/** In a word that is not quoted. Behind `?` or `=`, a single `&` stands between the parameters of an address, too. */
const OPERATOR = /[;|<>]|&&|&$|^[^?=]*&/;
/** Ends a command, or is taken away by the backslash; what begins with a hyphen goes on with the line before it. */
const LINE_BREAK = /\\\n|\n[^\S\n]*[^\s-]/;
const QUOTES = /'[^']*'|"(?:[^"\\]|\\[^])*"|(\\[^])/g;
/** Stands for what is quoted where only the rest counts. */
const QUOTED = "-";
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** `$(PORT)` is a variable for Kubernetes; BlueKing has none in small letters. */
const SUBSTITUTION = /`|\$\((?![A-Z][A-Z0-9_]*\))/;
const VARIABLE = /\$(?:[A-Za-z_]|\{)/;
const SHELL = /(?:^|\/)(?:ba|da|a|z|k)?sh$/;
const SCRIPT_FOLLOWS = /^-[A-Za-z]*c[A-Za-z]*$/;
/**
* BlueKing splits a command into words as Python's `shlex.split` does and runs them without a shell, with the variables
* in them replaced. That is a list here, or, because a list keeps its `$`, a line for the shell in which nothing but the
* variables means anything. A line that was plainly written for a shell stays as it is: ordinary apps have one.
*
* Null when a quote has no end.
*/
function translateLine(line, from) {
	const words = splitWords(line);
	if (words === null) return null;
	if (isForShell(words) || breaksLine(line)) return {
		command: derived(trimmed$2(referencesInShell(line)), from),
		needsShell: true
	};
	return {
		command: commandOf$2(piecesOf(words), from),
		needsShell: false
	};
}
/** A command of words: a list, or a line for the shell where it has variables. */
function commandOf$2(words, from) {
	return words.some(hasVariable) ? derived(words.map(quoteForShell).join(" "), from) : derivedList(words.map(textOf), from);
}
/** With variables in them, which a list keeps as they are, a shell replaces them and is the entry point. */
function startOf(command, args) {
	const pieces = piecesOf([...command?.words ?? [], ...args?.words ?? []].map((text) => [{
		text,
		quoted: "double"
	}]));
	if (command === null) return {
		entryPoint: null,
		command: args && commandOf$2(pieces, args.from)
	};
	if (pieces.some(hasVariable)) {
		const line = `exec ${pieces.map(quoteForShell).join(" ")}`;
		return {
			entryPoint: derivedList([
				"/bin/sh",
				"-c",
				line
			], command.from),
			command: null
		};
	}
	const texts = pieces.map(textOf);
	const split = args?.words[0] === "" ? texts.length : command.words.length;
	return {
		entryPoint: derivedList(texts.slice(0, split), command.from),
		command: split === texts.length ? null : derivedList(texts.slice(split), args.from)
	};
}
function isForShell(words) {
	const bare = words.map((word) => word.map(({ text, quoted }) => quoted === "not" ? text : QUOTED).join(""));
	const script = scriptOf(words);
	const others = words.filter((word) => word !== script).flat();
	return ASSIGNMENT.test(bare[0] ?? "") || bare.some((word) => OPERATOR.test(word)) || others.some((part) => isExpanded(part) && SUBSTITUTION.test(part.text));
}
function breaksLine(line) {
	const bare = line.replaceAll(QUOTES, (_, escaped) => escaped ?? QUOTED);
	return LINE_BREAK.test(bare.trimStart());
}
/** Without blanks around it, but for one that a backslash keeps. */
function trimmed$2(line) {
	const end = line.trimEnd().length;
	return line.slice(0, line[end - 1] === "\\" ? end + 1 : end).trimStart();
}
/** Whether a shell replaces what has a `$` in it. */
function isExpanded({ quoted }) {
	return quoted === "not" || quoted === "double";
}
/** The variables of a script that a shell is given are left to that shell. */
function piecesOf(words) {
	const script = scriptOf(words);
	return words.map((word) => word.flatMap(piecesOfPart).map((piece) => ({
		...piece,
		isReplaced: piece.isReplaced && word !== script
	})));
}
/** What follows `sh -c`, also with other options in front and as the words of another program. */
function scriptOf(words) {
	const texts = words.map(writtenIn);
	const shell = texts.findIndex((text) => SHELL.test(text));
	if (shell === -1) return void 0;
	for (let at = shell + 1; texts[at]?.startsWith("-"); at += texts[at].endsWith("o") ? 2 : 1) if (SCRIPT_FOLLOWS.test(texts[at])) return words[at + 1];
}
function piecesOfPart(part) {
	const isReplaced = isExpanded(part);
	return part.text.split(REFERENCE).map((each, index) => {
		if (index % 2 === 0) return {
			text: each,
			isReplaced
		};
		return {
			text: inShell(each),
			isReplaced: isVariable(each)
		};
	});
}
function writtenIn(word) {
	return word.map(({ text }) => text).join("");
}
function textOf(pieces) {
	return pieces.map(({ text }) => text).join("");
}
function hasVariable(pieces) {
	return pieces.some(({ text, isReplaced }) => isReplaced && VARIABLE.test(text));
}
function quoteForShell(pieces) {
	const text = textOf(pieces);
	if (/^[\w@%+=:,./-]+$/.test(text)) return text;
	return `"${pieces.map(escapedIn).join("")}"`;
}
function escapedIn({ text, isReplaced }) {
	return text.replaceAll(isReplaced ? /["\\`]|\$(?![A-Za-z_{])/g : /["\\`$]/g, "\\$&");
}
// src/config/blueking/lines.ts
const SHELL_HINT = "Cloud-native apps of BlueKing have no shell: write `sh -c \"…\"` around it, or quotes around a sign that none is to read.";
/** The command that a line of the file stands for; says so where it was written for a shell, or cannot be read. */
function readLine(value, reading) {
	if (value.kind !== "scalar" || value.value === null) return null;
	const translated = translateLine(value.text, value);
	if (translated === null) {
		reading.error("A quote in this command has no end", { place: placeOf(value) });
		return null;
	}
	const [program] = itemsOf(translated.command);
	if (program?.kind === "scalar" && program.text === "") {
		reading.error("This command names no program", { place: placeOf(value) });
		return null;
	}
	if (translated.needsShell) reading.keys.change(value, "approximated", "it is written for a shell, and runs in one", SHELL_HINT);
	return translated.command;
}
// src/config/blueking/probes.ts
const HANDLERS = [
	"exec",
	"http_get",
	"tcp_socket"
];
/** Seconds; what Kubernetes does where a probe says nothing (core/v1 Probe). */
const DEFAULTS = {
	initial_delay: 0,
	timeout: 1,
	period: 10,
	failures: 3
};
/** The most that Gantry takes: seconds, but for the retries. */
const MOST = {
	interval: 3600,
	timeout: 600,
	retries: 100,
	start_period: 3600
};
const AT_MOST_HINT = "Write a smaller number.";
/**
* Adds the checks of a process from its probes: that of the liveness probe decides whether an instance works, and that of
* the readiness probe whether it gets requests. The port of the process is that of a probe, where it has none yet: the
* first that is a number.
*/
function addProbes(probes, name, port, spelling, context) {
	const [readiness, liveness, startup] = [
		"readiness",
		"liveness",
		"startup"
	].map((kind) => {
		const probe = child(probes, kind);
		return probe?.kind === "table" && hasOneHandler(probe, spelling, context) ? probe : void 0;
	});
	const isAlone = liveness === void 0 && readiness === void 0;
	const checks = [["health_check", isAlone ? startup : liveness], ["readiness", readiness]];
	if (startup !== void 0 && !isAlone) tellUnasked(startup, spelling, context);
	const asked = checks.flatMap(([, probe]) => portIn(probe, spelling) ?? []);
	const deciding = asked.find((each) => numberOf$1(each) !== null) ?? asked[0];
	const known = port ?? (deciding && numberOf$1(deciding)) ?? 5e3;
	if (port === null && deciding !== void 0) context.draft.set([
		"processes",
		name,
		"port"
	], derived(known, deciding));
	for (const [field, probe] of checks) {
		if (probe === void 0) continue;
		new ProbeReader(probe, [
			"processes",
			name,
			field
		], spelling, context).add(known, isAlone ? void 0 : startup);
	}
}
function portIn(probe, spelling) {
	const port = child(given(probe, spelling("http_get")) ?? given(probe, spelling("tcp_socket")), "port");
	return port?.kind === "scalar" ? port : void 0;
}
/** Null for a name: which port it stands for cannot be known. */
function numberOf$1(port) {
	const text = String(port.value);
	if (text.startsWith("$")) return CONTAINER_PORT;
	return /^\d+$/.test(text) ? Number(text) : null;
}
/** Says of a startup probe beside another one that nothing asks what it asks. */
function tellUnasked(startup, spelling, { reading }) {
	for (const key of [
		...HANDLERS,
		"timeout_seconds",
		"success_threshold"
	]) {
		const value = given(startup, spelling(key));
		if (value === void 0) continue;
		reading.keys.change(value, "unsupported", "nothing asks it: of a startup probe beside another one, only its time is used", "Let the other probe fail until the process has started.");
	}
}
function hasOneHandler(probe, spelling, { reading }) {
	const named = HANDLERS.map(spelling).filter((key) => child(probe, key)?.kind === "table");
	if (named.length === 1) return true;
	const all = HANDLERS.map(spelling).join(", ");
	reading.error(`A probe must have exactly one of ${all}; found ${named.join(" and ") || "none of them"}`, { place: probe.key ?? placeOf(probe) });
	return false;
}
var ProbeReader = class {
	#probe;
	/** Where its check stands in the config. */
	#path;
	#spelling;
	#context;
	constructor(probe, path, spelling, context) {
		this.#probe = probe;
		this.#path = path;
		this.#spelling = spelling;
		this.#context = context;
	}
	add(port, startup) {
		const exec = this.#child("exec");
		const http = this.#child("http_get");
		const tcp = this.#child("tcp_socket");
		const words = child(exec, "command");
		if (words !== void 0) this.#set("command", derivedList(toText(words), words));
		if (http !== void 0) {
			const path = textAt(http, "path") ?? "";
			this.#set("path", derived(path.startsWith("/") ? path : `/${path}`, child(http, "path") ?? http));
			this.#checkScheme(given(http, "scheme"));
		}
		if (tcp !== void 0) this.#set("tcp", derived(true, tcp));
		this.#addTimes(startup);
		this.#checkPort(portIn(this.#probe, this.#spelling), port);
	}
	#checkPort(wanted, port) {
		if (wanted === void 0) return;
		const where = `the check goes to the port of the process, ${port}`;
		const number = numberOf$1(wanted);
		if (number === null) {
			const how = `which port that name stands for cannot be known; ${where}`;
			this.#context.reading.keys.change(wanted, "approximated", how, "Write the number of the port.");
		} else if (number !== port) this.#context.reading.keys.change(wanted, "unsupported", where, "Let the process answer the check there.");
	}
	#checkScheme(scheme) {
		if (scheme?.kind !== "scalar" || scheme.text.toUpperCase() === "HTTP") return;
		this.#context.reading.keys.change(scheme, "unsupported", "the check speaks plain HTTP", "Let the path answer without TLS, or check with a command.");
	}
	#addTimes(startup) {
		this.#set("timeout", scalar(DEFAULTS.timeout, byBlueKing));
		this.#add("period_seconds", "interval");
		this.#add("timeout_seconds", "timeout");
		this.#add("failure_threshold", "retries");
		this.#add("initial_delay_seconds", "start_period");
		const success = this.#child("success_threshold");
		if (success?.kind === "scalar" && Number(success.value) !== 1) this.#context.reading.keys.change(success, "approximated", "one success is enough", "Leave it out.");
		if (startup === void 0) return;
		const delay = this.#number(this.#probe, "initial_delay_seconds", DEFAULTS.initial_delay);
		const allowed = this.#timeToStart(startup);
		const most = MOST.start_period;
		this.#set("start_period", derived(Math.min(Math.max(delay, allowed), most), startup));
		if (allowed <= most) return;
		const how = `only the time that it allows is used, as \`start_period\` of the checks, which is ${most} at most`;
		this.#context.reading.keys.change(startup, "approximated", how, AT_MOST_HINT);
	}
	/** A number of the probe becomes a setting of the check, or the most that it can be. */
	#add(key, setting) {
		const value = this.#child(key);
		if (value === void 0) return;
		const wanted = Number(textAt(this.#probe, this.#spelling(key)));
		const most = MOST[setting];
		this.#set(setting, derived(Math.min(wanted, most), value));
		if (wanted <= most) return;
		const how = `\`${setting}\` is ${most} at most`;
		this.#context.reading.keys.change(value, "approximated", how, AT_MOST_HINT);
	}
	#timeToStart(startup) {
		const period = this.#number(startup, "period_seconds", DEFAULTS.period);
		const failures = this.#number(startup, "failure_threshold", DEFAULTS.failures);
		return this.#number(startup, "initial_delay_seconds", DEFAULTS.initial_delay) + period * failures;
	}
	#number(probe, key, none) {
		return Number(textAt(probe, this.#spelling(key)) ?? none);
	}
	#child(key) {
		return given(this.#probe, this.#spelling(key));
	}
	#set(key, value) {
		this.#context.draft.set([...this.#path, key], value);
	}
};
// src/config/variable-names.ts
/** Why no variable of an app can have a name, and what to do; null for one that is fine. */
function whyNoVariable(name) {
	const issue = VariableName.safeParse(name).error?.issues[0];
	if (issue === void 0) return null;
	const hint = name === "PORT" ? "Leave it out: the process reads its port from PORT." : "Give it another name.";
	return {
		text: `the name must be ${issue.message}`,
		hint
	};
}
// src/config/blueking/variables.ts
/** Adds the variables of a list, each to all environments or to the one that it names. */
function addVariables$2(items, keys, { draft, reading }) {
	const seen = /* @__PURE__ */ new Map();
	for (const item of items) {
		const name = child(item, keys.name);
		const value = child(item, "value");
		const environment = keys.environment === null ? void 0 : child(item, keys.environment);
		if (name?.kind !== "scalar" || value === void 0) continue;
		const refused = whyNoVariable(name.text);
		if (refused !== null) {
			reading.keys.change(name, "unsupported", refused.text, refused.hint);
			continue;
		}
		const path = [
			...environment?.kind === "scalar" && environment.text !== "_global_" ? ["environments", environment.text] : [],
			"env",
			name.text
		];
		if (seen.get(path.join(".")) !== void 0) reading.warn(`${name.text} is here for the second time: this value counts`, {
			place: placeOf(name),
			hint: "Leave out the one before it."
		});
		seen.set(path.join("."), name);
		draft.set(path, {
			...value,
			key: placeOf(name)
		});
	}
}
// src/config/blueking/v2.ts
/** Reads a module of an `app_desc.yaml` of version 2. */
function readVersion2(module, context) {
	const { reading } = context;
	addVariables$2(itemsOf(child(module, "env_variables")), {
		name: "key",
		environment: "environment_name"
	}, context);
	const processes = child(module, "processes");
	const deployed = addProcesses(entriesOf(processes).map(([type, entry]) => {
		const key = child(entry, "command");
		return {
			type,
			entry,
			entryPoint: null,
			command: key === void 0 ? null : readLine(key, reading),
			line: key?.kind === "scalar" ? {
				text: key.text,
				key
			} : null
		};
	}), processes ?? module, context);
	exposeWeb(deployed, context);
	for (const [name, { entry }] of deployed) {
		addReplicas(name, entry, context);
		addPlan(given(entry, "plan"), PLANS_2, ["processes", name], context);
		addProbes(child(entry, "probes"), name, name === "web" ? CONTAINER_PORT : null, snake, context);
	}
	const hook = given(child(module, "scripts"), "pre_release_hook");
	if (hook?.kind === "scalar" && hook.text.trim() !== "") addHook({
		entryPoint: null,
		command: readLine(hook, reading)
	}, hook, context);
}
function addReplicas(name, entry, { reading, draft }) {
	const replicas = given(entry, "replicas");
	if (replicas?.kind === "scalar" && Number(replicas.value) !== 0) {
		draft.set([
			"processes",
			name,
			"demand_count"
		], numberOf$2(replicas));
		return;
	}
	if (replicas !== void 0) reading.keys.change(replicas, "approximated", "BlueKing takes 0 for \"not said\", so the default counts", "To have no instance, write `disabled: true` for the process in gantry.yml.");
	addDefaultCount(name, draft);
}
// src/config/blueking/v3-keys.ts
const Version = literal(3, { error: "2 or 3" });
const SERVICE_NAME_RULE = "a DNS label: lower-case letters, digits and hyphens, at most 63 characters";
const ServiceName = string({ error: SERVICE_NAME_RULE }).regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, { error: SERVICE_NAME_RULE });
const MOUNT_HINT$1 = "Put the file into the image, or its contents into a variable.";
const commandRules$1 = (prefix) => ({
	[`${prefix}.command`]: honoured("`entry_point`: it takes the place of that of the image", {
		value: ProgramAndWords,
		rows: "BK-09, BK-12"
	}),
	[`${prefix}.args`]: honoured("`command`: the words that the entry point gets", {
		value: Texts,
		rows: "BK-12"
	}),
	[`${prefix}.procCommand`]: honoured("`command`: words, run without a shell; variables are replaced", {
		value: CommandLine.nullable(),
		rows: "BK-12"
	})
});
const autoscalingRules = (prefix, nullable) => ({
	[prefix]: honoured("`demand_count`, `scale_count` and `autoscaling_cpu_threshold`", nullable ? { value: Nothing$1 } : {}),
	[`${prefix}.minReplicas`]: honoured("`demand_count`", {
		value: AtLeastOne,
		required: true
	}),
	[`${prefix}.maxReplicas`]: honoured("`demand_count` + `scale_count`", {
		value: AtLeastOne,
		required: true
	}),
	[`${prefix}.policy`]: honoured("scales at 85 % of CPU", { value: oneOf(["default"]) })
});
const overlayRules = (list) => ({
	[`${list}[]`]: honoured("what differs in one environment"),
	[`${list}[].envName`]: honoured("the environment that it is for", {
		value: Environment,
		required: true
	})
});
const SPEC = {
	title: "The `spec` of a module",
	keys: {
		build: honoured("the image", { value: Nothing$1 }),
		"build.image": honoured("`image` of all processes and tasks", { value: union([ImageReference, literal("")], { error: "an image reference" }).nullable() }),
		"build.imagePullPolicy": approximated("an image is fetched when an instance starts where it is not there yet", {
			value: oneOf([
				"IfNotPresent",
				"Always",
				"Never"
			]),
			hint: "Leave it out."
		}),
		"build.imageCredentialsName": unsupported("Gantry keeps no passwords of registries", "Log in to the registry where the engine fetches images: `docker login`, or the execution role on ECS."),
		processes: honoured("the processes", { rows: "BK-01, BK-10, BK-24" }),
		"processes[]": honoured("a process"),
		"processes[].name": honoured("the name of the process, in lower case", {
			value: ProcessType,
			required: true,
			rows: "BK-17, BK-18, BK-19, BK-20"
		}),
		"processes[].replicas": honoured("`demand_count`", {
			value: Replicas.nullable(),
			rows: "BK-01"
		}),
		"processes[].resQuotaPlan": approximated(PLAN_TEXT, {
			value: Plan.nullable(),
			rows: "BK-06",
			hint: PLAN_HINT
		}),
		...commandRules$1("processes[]"),
		"processes[].targetPort": honoured("`port`, where no service says another one", { value: PortNumber$1.nullable() }),
		"processes[].services": honoured("who reaches the process, and at which port", {
			value: Nothing$1,
			rows: "BK-23"
		}),
		"processes[].services[].name": approximated("the other processes reach it by the name of the process", {
			value: ServiceName,
			required: true,
			hint: "Use the name of the process in addresses, or give the service that name."
		}),
		"processes[].services[].targetPort": honoured("`port`", {
			value: Port,
			required: true,
			rows: "BK-26"
		}),
		"processes[].services[].port": approximated("it is reached at the port of the proxy or load balancer", {
			value: PortNumber$1.nullable(),
			hint: "Leave it out, and use that port in addresses."
		}),
		"processes[].services[].protocol": honoured("TCP", { value: oneOf(["TCP", "UDP"]) }),
		"processes[].services[].exposedType": honoured("`expose: public`", {
			value: Nothing$1,
			rows: "BK-23, BK-25"
		}),
		"processes[].services[].exposedType.name": honoured("`expose: public`", {
			value: oneOf(["bk/http", "bk/grpc"]),
			required: true
		}),
		...autoscalingRules("processes[].autoscaling", true),
		...probesRules("processes[].probes", camel),
		"processes[].gracefulShutdownSeconds": approximated(`\`stop_timeout\`; ${SIGNAL_TEXT}`, {
			value: Count.nullable(),
			hint: "Set `stop_timeout` in gantry.yml for another time."
		}),
		"processes[].components": unsupported("components are parts of the BlueKing platform", "Describe what they do in gantry.yml: another process, a variable or an image."),
		"configuration.env[].name": honoured("the name of the variable", {
			value: OwnVariableKey,
			required: true
		}),
		"configuration.env[].value": honoured("its value", {
			value: Text$3,
			required: true
		}),
		"configuration.env[].description": descriptive(),
		addons: unsupported("Gantry makes no databases, queues and caches", ADDON_HINT),
		mounts: unsupported("there are no config maps", MOUNT_HINT$1),
		hooks: honoured("tasks", { value: Nothing$1 }),
		"hooks.preRelease": honoured(HOOK_TEXT, { value: Nothing$1 }),
		...commandRules$1("hooks.preRelease"),
		envOverlay: honoured("the environments `stag` and `prod`"),
		...overlayRules("envOverlay.replicas"),
		"envOverlay.replicas[].process": honoured("the process", {
			value: Text$3,
			required: true
		}),
		"envOverlay.replicas[].count": honoured("`demand_count` there", {
			value: Replicas,
			required: true
		}),
		...overlayRules("envOverlay.resQuotas"),
		"envOverlay.resQuotas[].process": honoured("the process", {
			value: Text$3,
			required: true
		}),
		"envOverlay.resQuotas[].plan": approximated(PLAN_TEXT, {
			value: Plan.nullable(),
			rows: "BK-06",
			hint: PLAN_HINT
		}),
		...overlayRules("envOverlay.envVariables"),
		"envOverlay.envVariables[].name": honoured("the name of the variable", {
			value: OwnVariableKey,
			required: true
		}),
		"envOverlay.envVariables[].value": honoured("its value there", {
			value: Text$3,
			required: true
		}),
		...overlayRules("envOverlay.autoscaling"),
		...autoscalingRules("envOverlay.autoscaling[]", false),
		"envOverlay.autoscaling[].process": honoured("the process", {
			value: Text$3,
			required: true
		}),
		"envOverlay.mounts": unsupported("there are no config maps", MOUNT_HINT$1),
		svcDiscovery: unsupported("the addresses of other apps are not looked up", DISCOVERY_HINT),
		domainResolution: unsupported("names are looked up as the engine does it", "Put the names into the DNS that instances use."),
		observability: unsupported("Gantry collects no metrics of apps", METRICS_HINT)
	}
};
const MODULE = {
	title: "A module",
	keys: {
		name: honoured("what `module:` in gantry.yml names", { value: Text$3 }),
		isDefault: honoured("one of several modules must be it; which one is deployed, `module:` says", { value: Flag$2 }),
		language: approximated(LANGUAGE_TEXT, {
			value: Language,
			required: true,
			hint: LANGUAGE_HINT,
			rows: "BK-11"
		}),
		sourceDir: honoured(SOURCE_DIR_TEXT, { value: SourceFolder }),
		spec: honoured("what the module runs", {
			section: SPEC,
			required: true
		})
	}
};
/** `app_desc.yaml` of version 3, for cloud-native apps. Its platform ignores most keys that it does not know. */
const VERSION_3 = {
	system: SYSTEM$2,
	unknown: "warning",
	root: {
		title: "`app_desc.yaml`, version 3",
		keys: {
			specVersion: honoured("the version of the format", { value: Version }),
			spec_version: honoured("the version of the format", { value: Version }),
			appVersion: descriptive(),
			app: descriptive(),
			module: honoured("the only module", { section: MODULE }),
			"modules[]": honoured("a module; `module:` in gantry.yml says which one is deployed", { section: MODULE })
		}
	}
};
// src/config/blueking/scaling.ts
/** Percent of CPU at which the only policy scales (blueking-paas operator: ScalingPolicyDefault). */
const DEFAULT_POLICY_CPU = 85;
/** Adds counts and threshold of an autoscaler, to a process or to the overlay of one. */
function addScaling$1(scaling, path, { draft, reading }) {
	const least = child(scaling, "minReplicas");
	const most = child(scaling, "maxReplicas");
	if (least?.kind !== "scalar" || most?.kind !== "scalar") return;
	const extra = Number(most.value) - Number(least.value);
	if (extra < 0) {
		reading.error("maxReplicas must be at least minReplicas", { place: placeOf(most) });
		return;
	}
	draft.set([...path, "demand_count"], numberOf$2(least));
	draft.set([...path, "scale_count"], derived(extra, most));
	draft.set([...path, "scale_type"], derived(extra === 0 ? "none" : "demand", most));
	if (extra === 0) return;
	draft.set([...path, "autoscaling_cpu_threshold"], scalar(DEFAULT_POLICY_CPU, byBlueKing));
}
/** Says of a number of instances that it does not count beside an autoscaler. */
function tellScalingDecides(count, { reading }) {
	reading.keys.change(count, "approximated", "autoscaling decides: there are at least minReplicas", "Leave out the count, or the autoscaling.");
}
// src/config/blueking/overlays.ts
/** Adds what version 3 says for one environment. */
function addOverlays(overlay, all, deployed, context) {
	const { draft, reading } = context;
	const names = /* @__PURE__ */ new Set([...all.map(nameOf$3), ...deployed.keys()]);
	const each = (list, add) => {
		const seen = /* @__PURE__ */ new Set();
		for (const item of itemsOf(child(overlay, list))) {
			const name = nameIn(item, names, context);
			const process = name === null ? void 0 : deployed.get(name);
			if (name === null) continue;
			if (process === void 0) {
				reading.keys.change(item, "unsupported", NOT_IN_PROCFILE, ONE_PLACE);
				continue;
			}
			const environment = textAt(item, "envName") ?? "";
			const path = [
				"environments",
				environment,
				"processes",
				name
			];
			if (seen.has(keyOf(path))) {
				const twice = `${list} of ${quote(name)} in ${environment} is here for the second time: this one counts`;
				reading.warn(twice, {
					place: placeOf(item),
					hint: "Leave out the one before it."
				});
			}
			seen.add(keyOf(path));
			add(item, path, process);
		}
	};
	const scaled = /* @__PURE__ */ new Set();
	addVariables$2(itemsOf(child(overlay, "envVariables")), {
		name: "name",
		environment: "envName"
	}, context);
	each("autoscaling", (item, path) => {
		scaled.add(keyOf(path));
		addScaling$1(item, path, context);
	});
	each("resQuotas", (item, path) => addPlan(given(item, "plan"), PLANS_3, path, context));
	each("replicas", (item, path, { entry }) => {
		const count = child(item, "count");
		if (count?.kind !== "scalar") return;
		if (scaled.has(keyOf(path)) || given(entry, "autoscaling") !== void 0) tellScalingDecides(count, context);
		else draft.set([...path, "demand_count"], numberOf$2(count));
	});
}
function keyOf(path) {
	return path.join(".");
}
/** The name of the process that an item is about; null after reporting that there is none. */
function nameIn(item, names, { reading }) {
	const type = child(item, "process");
	const text = textAt(item, "process") ?? "";
	const name = foldName(text);
	if (name !== null && names.has(name)) return name;
	const meant = suggest(text, [...names]);
	reading.error(`There is no process ${quote(text)}`, {
		place: type && placeOf(type),
		hint: meant === null ? `Processes are ${[...names].join(", ")}.` : `Did you mean ${quote(meant)}?`
	});
	return null;
}
// src/config/blueking/services.ts
/**
* Adds port and exposure of the processes of version 3 from their services; gives the ports. Where no service of the
* module is exposed, `web` is the entrance (row BK-23), although BlueKing has asked for a service since 1.6.0.
*/
function addServices(deployed, context) {
	const { draft, reading } = context;
	const ports = /* @__PURE__ */ new Map();
	const entrances = [];
	exposeWeb(deployed, context);
	for (const [name, { entry }] of deployed) {
		const services = itemsOf(child(entry, "services"));
		const exposed = services.filter((each) => given(each, "exposedType") !== void 0);
		entrances.push(...exposed);
		const service = exposed[0] ?? services[0];
		const port = portOf$2(child(service, "targetPort") ?? given(entry, "targetPort"), name);
		if (port !== null) {
			ports.set(name, port.number);
			draft.set([
				"processes",
				name,
				"port"
			], port.value);
		}
		refuseTwins(services, context);
		for (const each of services) tellService(each, name, each === service, context);
		if (service !== void 0) {
			const expose = exposed.length > 0 ? "public" : "private";
			draft.set([
				"processes",
				name,
				"expose"
			], derived(expose, given(service, "exposedType") ?? service));
		}
	}
	refuseSecond(entrances, context);
	const web = deployed.get("web");
	if (web === void 0) return ports;
	if (itemsOf(child(web.entry, "services")).length > 0) return ports;
	if (entrances.length > 0) draft.set([
		"processes",
		"web",
		"expose"
	], scalar("none", byBlueKing));
	else reading.warn("web is public, although no service of the module is exposed", {
		place: web.entry.key ?? placeOf(web.entry),
		hint: "Write `expose: none` for it in gantry.yml, or give it a service with an exposedType."
	});
	return ports;
}
function portOf$2(target, name) {
	if (target?.kind === "scalar") {
		const text = String(target.value);
		const number = /^\d+$/.test(text) ? Number(text) : CONTAINER_PORT;
		return {
			number,
			value: derived(number, target)
		};
	}
	return name === "web" ? {
		number: CONTAINER_PORT,
		value: scalar(CONTAINER_PORT, byBlueKing)
	} : null;
}
function tellService(service, process, isTaken, { reading }) {
	const name = child(service, "name");
	if (name !== void 0 && textAt(service, "name") === process) reading.keys.change(name, "honoured", "the other processes reach it by this name");
	const protocol = child(service, "protocol");
	if (protocol?.kind === "scalar" && protocol.text !== "TCP") reading.keys.change(protocol, "unsupported", "instances are reached over TCP only", "Use TCP.");
	const exposed = child(child(service, "exposedType"), "name");
	if (exposed?.kind === "scalar" && exposed.text === "bk/grpc") reading.keys.change(exposed, "approximated", "`expose: public`; whether gRPC comes through is up to the proxy or load balancer in front", "See that it speaks HTTP/2 to the instances.");
	const target = child(service, "targetPort");
	if (isTaken || target === void 0) return;
	reading.keys.change(target, "unsupported", "a process has one port: that of the first or exposed service", "Make it a process of its own, or serve both at one port.");
}
/** BlueKing refuses two services of one name or one port. */
function refuseTwins(services, { reading }) {
	for (const key of ["name", "targetPort"]) {
		const seen = /* @__PURE__ */ new Set();
		for (const each of services) {
			const text = textAt(each, key);
			if (text === void 0) continue;
			if (seen.has(text)) reading.error(`Two services of one process have the ${key} ${quote(text)}`, {
				place: placeOf(child(each, key)),
				hint: "Leave out one of them, or change it."
			});
			seen.add(text);
		}
	}
}
function refuseSecond(entrances, { reading }) {
	for (const second of entrances.slice(1)) {
		const type = child(second, "exposedType");
		reading.error("A module has at most one service with an exposedType", {
			place: type.key ?? placeOf(type),
			hint: "Leave out all but one."
		});
	}
}
// src/config/blueking/v3.ts
/** The longest between SIGTERM and SIGKILL, in seconds. */
const LONGEST_GRACE = 3600;
/** Reads a module of an `app_desc.yaml` of version 3. */
function readVersion3(module, context) {
	const { draft } = context;
	const spec = child(module, "spec");
	const image = given(child(spec, "build"), "image");
	if (image?.kind === "scalar" && image.text !== "") draft.set(["defaults", "image"], image);
	addVariables$2(itemsOf(child(child(spec, "configuration"), "env")), {
		name: "name",
		environment: null
	}, context);
	const processes = child(spec, "processes");
	const all = itemsOf(processes).map((entry) => describe(entry, context));
	const deployed = addProcesses(all, processes ?? spec, context);
	const ports = addServices(deployed, context);
	for (const [name, { entry }] of deployed) {
		addCounts(name, entry, context);
		addPlan(given(entry, "resQuotaPlan"), PLANS_3, ["processes", name], context);
		addProbes(child(entry, "probes"), name, ports.get(name) ?? null, camel, context);
		addGrace(name, given(entry, "gracefulShutdownSeconds"), context);
	}
	const hook = given(child(spec, "hooks"), "preRelease");
	if (hook !== void 0) addHook(commandOfEntry(hook, context), hook, context);
	addOverlays(child(spec, "envOverlay"), all, deployed, context);
}
function describe(entry, context) {
	return {
		type: textAt(entry, "name") ?? "",
		entry,
		...commandOfEntry(entry, context)
	};
}
/** `procCommand` wins over `command` and `args`, as in BlueKing. */
function commandOfEntry(entry, { reading }) {
	const [line, command, args] = [
		"procCommand",
		"command",
		"args"
	].map((key) => given(entry, key));
	if (line?.kind === "scalar") {
		for (const each of [command, args]) if (each !== void 0) reading.keys.change(each, "honoured", "not used: procCommand wins, as in BlueKing");
		return {
			entryPoint: null,
			command: readLine(line, reading),
			line: {
				text: line.text,
				key: line
			}
		};
	}
	const [first, rest] = [wordsOf$1(command), wordsOf$1(args)];
	const key = first?.from ?? rest?.from;
	if (key === void 0) return {
		entryPoint: null,
		command: null,
		line: null
	};
	if (first === null && rest?.words[0] === "") {
		const place = placeOf(itemsOf(rest.from)[0]);
		reading.error("Without `command`, the first of `args` must not be empty", {
			place,
			hint: "Write the program under `command`."
		});
		return {
			entryPoint: null,
			command: null,
			line: null
		};
	}
	const start = startOf(first, rest);
	if (first === null) {
		const how = start.command?.kind === "scalar" ? "a shell puts in the variables, and an entry point of the image would get that shell as its words" : "they are the whole command; on the local engine there is no entry point of an image in front of them";
		reading.keys.change(key, "approximated", how, "Write the program under `command`.");
	}
	const text = [...first?.words ?? [], ...rest?.words ?? []].join(" ");
	return {
		...start,
		line: {
			text,
			key
		}
	};
}
/** Null where there are none. */
function wordsOf$1(list) {
	const words = list === void 0 ? [] : toText(list);
	return list === void 0 || words.length === 0 ? null : {
		words,
		from: list
	};
}
function addCounts(name, entry, context) {
	const replicas = given(entry, "replicas");
	const scaling = given(entry, "autoscaling");
	if (scaling !== void 0) addScaling$1(scaling, ["processes", name], context);
	else if (replicas?.kind === "scalar") context.draft.set([
		"processes",
		name,
		"demand_count"
	], numberOf$2(replicas));
	if (scaling !== void 0 && replicas !== void 0) tellScalingDecides(replicas, context);
}
function addGrace(name, grace, { draft, reading }) {
	if (grace?.kind !== "scalar") return;
	const seconds = Number(grace.value);
	draft.set([
		"processes",
		name,
		"stop_timeout"
	], derived(Math.min(seconds, LONGEST_GRACE), grace));
	if (seconds <= LONGEST_GRACE) return;
	const how = `\`stop_timeout\` is ${LONGEST_GRACE} at most; ${SIGNAL_TEXT}`;
	reading.keys.change(grace, "approximated", how, "Write a smaller number.");
}
// src/config/blueking/read.ts
/** `app_desc.yaml` of BlueKing PaaS, with the Procfile beside it. */
const BLUEKING = {
	name: "BlueKing",
	files: ["app_desc.yaml", "app_desc.yml"],
	async read(path, reading, context) {
		const source = await reading.open(path);
		if (source === null) return null;
		const root = parseYaml(source, reading);
		const version = versionOf(root, reading);
		if (root.kind === "table" && isOld(version)) return await readOld(path, root, version, context, reading);
		const isVersion3 = version?.kind === "scalar" && version.value === 3;
		const module = selectModule(checkKeys(unshared(root), isVersion3 ? VERSION_3 : VERSION_2, reading), path, context.module, reading);
		const sources = given(module, isVersion3 ? "sourceDir" : "source_dir");
		const folder = sources?.kind === "scalar" ? posix.normalize(sources.text || ".") : ".";
		const target = {
			reading,
			draft: draftOf(module),
			procfile: await readProcfile([
				folder,
				posix.dirname(path),
				"."
			], reading)
		};
		if (sources !== void 0 && folder !== ".") target.draft.set(["build", "context"], sources);
		(isVersion3 ? readVersion3 : readVersion2)(module, target);
		return target.draft.table();
	}
};
/** Under either spelling; undefined where there is none. */
function versionOf(root, reading) {
	const [first, second] = ["spec_version", "specVersion"].flatMap((key) => given(root, key) ?? []);
	if (first === void 0) return void 0;
	if (second !== void 0 && describeValue(first) !== describeValue(second)) {
		const both = `${describeValue(first)} and ${describeValue(second)}`;
		reading.fail(`spec_version and specVersion say two versions: ${both}`, {
			place: second.key,
			hint: "Leave out one of them."
		});
	}
	if (first.kind === "scalar" && typeof first.value === "string" && /^\d+$/.test(first.value)) {
		const key = child(root, "spec_version") === first ? "spec_version" : "specVersion";
		reading.fail(`${key} must be a number; found ${describeValue(first)}`, {
			place: placeOf(first),
			hint: "Leave out the quotes."
		});
	}
	return first;
}
/** With the defaults of BlueKing and its two environments. */
function draftOf(at) {
	const draft = new Draft(at.origin);
	addDefaults(draft);
	for (const each of ENVIRONMENTS) draft.open(["environments", each], at);
	return draft;
}
function isOld(version) {
	return version === void 0 || version.kind === "scalar" && version.value === 1;
}
/** Version 1 described apps for another platform. BlueKing refuses it, unless a Procfile says what to run. */
async function readOld(path, root, version, context, reading) {
	const place = version === void 0 ? placeOf(root) : version.key ?? placeOf(version);
	const procfile = await readProcfile([posix.dirname(path), "."], reading);
	const found = version === void 0 ? "no spec_version" : "spec_version 1";
	if (procfile === null) return reading.fail(`${path} has ${found}: versions 2 and 3 are read`, {
		place,
		hint: "Write `spec_version: 2`, with `module:` and its `processes:`."
	});
	refuseModule(path, context.module, placeOf(root), reading);
	checkKeys(unshared(root), VERSION_1, reading);
	reading.warn(`${path} has ${found} and is not read: only the Procfile is`, {
		place,
		hint: VERSION_1_HINT
	});
	const target = {
		reading,
		draft: draftOf(root),
		procfile
	};
	const deployed = addProcesses([], root, target);
	exposeWeb(deployed, target);
	for (const name of deployed.keys()) addDefaultCount(name, target.draft);
	return target.draft.table();
}
// src/config/overlay.ts
/** Replaced as one thing: their keys exclude each other. */
const CHECKS = /* @__PURE__ */ new Set(["health_check", "readiness"]);
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
	return isEmpty(over) || CHECKS.has(key) ? over : mergeTables(base, over, overlaySetting);
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
// src/config/procfile/json.ts
/** Ends the reading of a file that is no JSON: what reads YAML takes more than Heroku does. */
function refuseOtherThanJson(source, reading) {
	const at = firstWrong(source.text);
	if (at === null) return;
	reading.fail(`${source.file} is not valid JSON: this is not expected here`, {
		place: source.placeAt(at),
		hint: "JSON has names and texts in double quotes, no comma behind the last of them, and no comments."
	});
}
/** The offset at which a text is no JSON any more; null for JSON. */
function firstWrong(text) {
	const problem = problemOf(text);
	if (problem === null) return null;
	const [, position] = /^[^"]* at position (\d+)/.exec(problem) ?? [];
	if (position !== void 0) return Number(position);
	if (!isToken(problem)) return text.length;
	let [without, having] = [0, text.length];
	while (having - without > 1) {
		const middle = Math.floor((without + having) / 2);
		if (isToken(problemOf(text.slice(0, middle)))) having = middle;
		else without = middle;
	}
	return without;
}
function isToken(problem) {
	return problem?.startsWith("Unexpected token") ?? false;
}
function problemOf(text) {
	try {
		JSON.parse(text);
		return null;
	} catch (error) {
		return error.message;
	}
}
// src/config/procfile/schedules.ts
/** The short forms of schedules (crontab(5)). */
const SHORT = {
	"@hourly": "0 * * * *",
	"@daily": "0 0 * * *",
	"@midnight": "0 0 * * *",
	"@weekly": "0 0 * * 0",
	"@monthly": "0 0 1 * *",
	"@yearly": "0 0 1 1 *",
	"@annually": "0 0 1 1 *"
};
/** The schedule of a cron job, in five or six fields. */
function scheduleOf(text) {
	return Object.hasOwn(SHORT, text) ? SHORT[text] : text;
}
const CronSchedule = string({ error: "a schedule" }).transform(scheduleOf).pipe(Schedule$1);
// src/config/procfile/keys.ts
const SYSTEM$1 = "Heroku";
const Text$2 = string({ error: "a text" });
/** The process types of a Procfile, as a map of types to commands. */
const PROCFILE_KEYS = {
	system: SYSTEM$1,
	unknown: "error",
	root: {
		title: "`Procfile`",
		keys: {
			release: honoured("the task `release`, with `run: pre_deploy` and an hour; it runs when the image or the command changed"),
			web: honoured("the process `web`: public, `PORT` given"),
			"*": honoured("a process that nobody reaches from outside")
		}
	}
};
const APP_JSON_KEYS = {
	system: SYSTEM$1,
	unknown: "warning",
	root: {
		title: "`app.json`",
		keys: {
			$schema: descriptive(),
			name: descriptive(),
			description: descriptive(),
			keywords: descriptive(),
			logo: descriptive(),
			repository: descriptive(),
			success_url: descriptive(),
			website: descriptive(),
			"env.*": honoured("a variable in `env`", {
				value: PlainValue,
				name: ArgumentName
			}),
			"env.*.value": honoured("its value", { value: PlainValue }),
			"env.*.description": descriptive(),
			"env.*.required": honoured("false: nothing is said when it has no value", { value: boolean({ error: "true or false" }) }),
			"env.*.generator": unsupported("Gantry generates no secrets", "Set it with `gantry env set NAME --secret`.", { value: oneOf(["secret"]) }),
			"formation.*": honoured("the process of that name"),
			"formation.*.quantity": honoured("`demand_count`", { value: wholeNumber(0, 5e3) }),
			"formation.*.size": honoured("`memory`: 512 MB for eco, basic and standard-1x, 1 GB for standard-2x, 2.5 GB for performance-m, 14 GB for performance-l", { value: Text$2 }),
			"cron[]": honoured("a task with that schedule, named `cron-1`, `cron-2`, … (Dokku)"),
			"cron[].command": honoured("`command`", {
				value: Text$2,
				required: true
			}),
			"cron[].schedule": honoured("`schedule`, in UTC", {
				value: CronSchedule,
				required: true
			}),
			"scripts.postdeploy": unsupported("Heroku runs it once, when an app is created", "Run it by hand with `gantry run`, or as a task with `run: post_deploy`."),
			"scripts.pr-predestroy": unsupported("there are no review apps", "Leave it out."),
			"scripts.*": unsupported("Gantry runs no such script", "Make it a task in gantry.yml."),
			addons: unsupported("Gantry makes no databases and other services", "Create them yourself, and give their addresses with `gantry env set NAME --secret`."),
			buildpacks: unsupported("images are built from a Dockerfile, or on the local engine with `build.command`", "Add a Dockerfile, or `build.command` to gantry.yml."),
			stack: unsupported("images are built from a Dockerfile, which names its base", "Leave it out."),
			image: unsupported("Heroku takes it for apps of a registry", "Give a process its image with `image` in gantry.yml."),
			environments: unsupported("they are those of Heroku CI and of review apps", "Describe environments in gantry.yml.")
		}
	}
};
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
/** Reads what an `app.json` says about the processes of a Procfile, as a config to lay over it. */
function parseAppJson(source, around, reading) {
	const content = parseYaml(source, reading);
	refuseOtherThanJson(source, reading);
	if (source.text.trim() === "null") return reading.fail(`${source.file} must be a map; found nothing`, { place: placeOf(content) });
	const root = checkKeys(unshared(content), APP_JSON_KEYS, reading);
	const draft = new Draft(root.origin);
	const name = textAt(root, "name");
	if (name !== void 0) reading.called = {
		name,
		place: child(root, "name")?.key
	};
	addVariables$1(child(root, "env"), around, draft, reading);
	addFormation(child(root, "formation"), around, draft, reading);
	for (const [index, job] of itemsOf(child(root, "cron")).entries()) addJob$1(`cron-${index + 1}`, job, draft);
	return draft.table();
}
function addVariables$1(env, around, draft, reading) {
	for (const [name, entry] of entriesOf(env)) {
		const value = entry.kind === "table" ? child(entry, "value") : entry;
		const refused = whyNoVariable(name);
		if (refused !== null) reading.keys.change(entry, "unsupported", refused.text, refused.hint);
		else if (value !== void 0) {
			draft.set(["env", name], {
				...value,
				...entry.key && { key: entry.key }
			});
			const generator = child(entry, "generator");
			if (generator !== void 0) reading.keys.change(generator, "honoured", "there is a value, which counts");
		} else if (isGiven(name, around)) reading.keys.change(entry, "honoured", "gantry.yml has its value");
		else tellMissing(name, entry, reading);
	}
}
/** Whether gantry.yml names a variable, for all or for each process, also only for the environment that is deployed. */
function isGiven(name, { procfile, over, environment }) {
	if (over === null) return false;
	const layers = [over, child(child(over, "environments"), environment)];
	const names = (...path) => layers.some((layer) => {
		const settings = path.reduce(child, layer);
		return ["env", "secrets"].some((key) => child(child(settings, key), name) !== void 0);
	});
	if (names() || names("defaults")) return true;
	const processes = new Set([procfile, ...layers].flatMap((each) => entriesOf(child(each, "processes")).map(([type]) => type)));
	return processes.size > 0 && [...processes].every((each) => names("processes", each));
}
function tellMissing(name, entry, reading) {
	const isGenerated = child(entry, "generator") !== void 0;
	const required = child(entry, "required");
	if (!isGenerated && required?.kind === "scalar" && required.value === false) return;
	const isName = VARIABLE_NAME.test(name);
	const command = `gantry env set ${isName ? name : "NAME"}${isGenerated ? " --secret" : ""}`;
	const why = isGenerated ? "Gantry generates no secrets" : "it has no value here";
	const awaits = isName ? {
		name,
		secret: isGenerated
	} : void 0;
	reading.keys.change(entry, "unsupported", why, `Set it with \`${command}\`.`, awaits);
}
function addFormation(all, around, draft, reading) {
	const first = /* @__PURE__ */ new Map();
	for (const [type, entry] of entriesOf(all)) {
		const name = foldName(type);
		const kind = name === null ? void 0 : kindOf(name, around);
		if (kind === void 0 || name === null) {
			reading.keys.change(entry, "unsupported", "the Procfile has no such process", "Add it to the Procfile, or leave it out.");
			continue;
		}
		const before = first.get(name);
		if (before !== void 0) {
			const why = `${quote(before)} is the same process here, and counts`;
			reading.keys.change(entry, "unsupported", why, "Leave out all but one.");
			continue;
		}
		first.set(name, type);
		if (around.isAlone) {
			draft.open([kind, name], entry);
			reading.warn(`No Procfile gives the command of ${quote(type)}: that of its image is run`, {
				place: entry.key,
				hint: "Give it one with `command` in gantry.yml."
			});
		}
		const quantity = child(entry, "quantity");
		if (quantity !== void 0 && kind === "processes") draft.set([
			kind,
			name,
			"demand_count"
		], quantity);
		else if (quantity !== void 0) reading.keys.change(quantity, "unsupported", "a task runs once", "Leave it out.");
		const memory = memoryOf(child(entry, "size"), reading);
		if (memory !== null) draft.set([
			kind,
			name,
			"memory"
		], memory);
	}
}
/** A Procfile says which processes there are; without one the formation does, of an image that has its command. */
function kindOf(name, { procfile, isAlone }) {
	if (isAlone && name !== "release") return "processes";
	return ["processes", "tasks"].find((kind) => child(child(procfile, kind), name) !== void 0);
}
function memoryOf(size, reading) {
	if (size?.kind !== "scalar") return null;
	const name = size.text.toLowerCase();
	if (Object.hasOwn(DYNO_MEMORY, name)) return derived(DYNO_MEMORY[name], size);
	reading.keys.change(size, "unsupported", "this dyno size is not known, and the process gets the default memory", `Known are ${Object.keys(DYNO_MEMORY).join(", ")}. Set \`memory\` in gantry.yml for another one.`);
	return null;
}
function addJob$1(name, job, draft) {
	const schedule = child(job, "schedule");
	const known = scheduleOf(textAt(job, "schedule") ?? "");
	draft.open(["tasks", name], job);
	draft.set([
		"tasks",
		name,
		"command"
	], child(job, "command"));
	draft.set([
		"tasks",
		name,
		"schedule"
	], derived(known, schedule));
}
// src/config/procfile/procfile.ts
const LINE = /^([A-Za-z0-9_-]+):\s*(.+)$/;
/** Heroku kills what has not ended 30 seconds after SIGTERM (devcenter: dyno shutdown behavior). */
const HEROKU_STOP_TIMEOUT = "30s";
/** Heroku ends a release command after an hour (devcenter: release phase). */
const HEROKU_RELEASE_HOURS = 1;
/** What makes a name more than that of a process. */
const SPECIAL = {
	release: "the task before a deployment",
	web: "public"
};
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
		of: SYSTEM$1
	};
	const all = [...entries.values()];
	const types = all.map(({ type, command, place }) => [type, {
		...command,
		key: place
	}]);
	checkKeys(table(types, origin), PROCFILE_KEYS, reading);
	for (const [index, { name, type }] of all.entries()) {
		if (name === type || !Object.hasOwn(SPECIAL, name)) continue;
		const { fate, text } = PROCFILE_KEYS.root.keys[name];
		reading.keys.change(types[index][1], fate, text);
	}
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
	if (name !== type) {
		const what = Object.hasOwn(SPECIAL, name) ? `, and is ${SPECIAL[name]}` : "";
		reading.warn(`The process type ${quote(type)} is named "${name}" here${what}`, {
			place,
			hint: "Names have lower-case letters, digits and single hyphens."
		});
	}
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
	const settings = [
		["command", command],
		["run", scalar("pre_deploy", origin)],
		["max_hours", scalar(HEROKU_RELEASE_HOURS, {
			kind: "default",
			of: SYSTEM$1
		})]
	];
	return {
		...table(settings, origin),
		key: place
	};
}
// src/config/procfile/read.ts
/** Heroku's `Procfile`, with the `app.json` beside it. */
const PROCFILE = {
	name: "Procfile",
	files: ["Procfile"],
	async read(path, reading, { over, module, environment }) {
		const source = await reading.open(path);
		if (source === null) return null;
		refuseModule(path, module, source.placeAt(0), reading);
		const procfile = parseProcfile(source, reading);
		const appJson = await reading.open(posix.join(posix.dirname(path), "app.json"));
		return appJson === null ? procfile : overlay(procfile, parseAppJson(appJson, {
			procfile,
			over,
			isAlone: false,
			environment
		}, reading));
	}
};
/** Heroku's `app.json` where that is the file to read: with the Procfile beside it, or for an image without one. */
const APP_JSON = {
	name: PROCFILE.name,
	files: ["app.json"],
	async read(path, reading, { over, module, environment }) {
		const source = await reading.open(path);
		if (source === null) return null;
		refuseModule(path, module, source.placeAt(0), reading);
		const beside = await reading.open(posix.join(posix.dirname(path), "Procfile"));
		const procfile = parseProcfile(beside ?? new Source(path, ""), reading);
		return overlay(procfile, parseAppJson(source, {
			procfile,
			over,
			isAlone: beside === null,
			environment
		}, reading));
	}
};
// src/config/stacktape/context.ts
/** The words of a list; null where there is none, or where one of them cannot be known here. */
function wordsOf(list) {
	if (list?.kind !== "list") return null;
	const words = list.items.map((each) => each.kind === "scalar" && each.value !== null ? each.text : null);
	return words.every((each) => each !== null) ? words : null;
}
/** Whether a value is asked for that cannot be known here. */
function isUnknown(value, { directives }) {
	return value !== void 0 && directives.reasonFor(value) !== void 0;
}
/** What gantry.yml says of a process, task or container: for this environment, and for all. */
function said({ over, environment }, target) {
	const own = over ?? void 0;
	return [child(child(own, "environments"), environment), own].flatMap((each) => target.reduce(child, each) ?? []);
}
/**
* Reports what an app cannot do without and what cannot be known here, unless gantry.yml has one of these keys for it.
* Gives whether it does.
*/
function refuseUnknown$1(what, [target, ...keys], at, context) {
	if (said(context, target).some((own) => keys.some((key) => child(own, key) !== void 0))) return true;
	context.reading.error(`${what} cannot be known here`, {
		place: at && placeOf(at),
		hint: `Name it in gantry.yml, as \`${keys[0]}\` of ${target.join(".")}.`
	});
	return false;
}
/** Warns of the second of two values of one name in a list. */
function warnTwice(name, { reading }) {
	reading.warn(`${name.text} is here for the second time: this value counts`, {
		place: placeOf(name),
		hint: "Leave out the first one."
	});
}
/** Names that are looked at for what was meant; a file may have thousands. */
const CANDIDATES = 100;
/** Reports that something which a value names is not there. */
function reportMissing(what, name, names, { reading }) {
	const meant = suggest(name.text, names.slice(0, CANDIDATES));
	reading.error(`There is no ${what} ${quote(name.text)}`, {
		place: placeOf(name),
		hint: meant === null ? void 0 : `Did you mean ${quote(meant)}?`
	});
}
/** Reports a name that no resource of a type has. One whose type cannot be known here may have it. */
function checkReference(type, name, context) {
	if (name?.kind !== "scalar") return;
	const found = context.resources.get(name.text);
	if (found !== void 0 && (textAt(found, "type") ?? type) === type) return;
	reportMissing(type, name, context.namesByType.get(type) ?? [], context);
}
/** Says that the false of a switch needs nothing: it is what happens anyway. */
function honourFalse(flags, context) {
	for (const flag of flags) honourUsual(false, flag, context);
}
/** Says that a key needs nothing where what decides about it, by default its own value, is what happens anyway. */
function honourUsual(usual, decisive, { reading }, key = decisive) {
	if (key === void 0 || decisive?.kind !== "scalar" || decisive.value !== usual) return;
	reading.keys.change(key, "honoured", `${decisive.text}, as it is here`);
}
/** The items of a list that are maps. */
function tablesOf(list) {
	return itemsOf(list).filter((each) => each.kind === "table");
}
// src/config/stacktape/directive.ts
const START = /^\s*\$[A-Za-z]\w*\(/;
const TOKEN = /\s*(?:\$(?<name>[A-Za-z]\w*)\(|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<number>-?\d+(?:\.\d+)?)(?![\w.])|(?<word>true|false)\b|(?<close>\)(?<path>(?:\.[\w-]+)*))|(?<comma>,))/y;
const MAX_DEPTH$1 = 8;
/** Whether a text begins like a directive. */
function isDirective(text) {
	return START.test(text);
}
/** The name of the directive that a text begins with. */
function directiveName(text) {
	return /\$(\w+)\(/.exec(text)?.[1] ?? "";
}
/** Reads a text that is a directive from its first character to its last one; null for any other. */
function parseDirective(text) {
	const open = [];
	let next = "argument";
	TOKEN.lastIndex = 0;
	for (;;) {
		const found = TOKEN.exec(text)?.groups;
		const parent = open.at(-1);
		if (found === void 0 || open.length > MAX_DEPTH$1) return null;
		if (found["comma"] !== void 0) {
			if (next !== "comma") return null;
			next = "argument";
		} else if (found["close"] !== void 0) {
			if (next === "argument" || parent === void 0) return null;
			parent.path = found["path"].split(".").slice(1);
			open.pop();
			next = "comma";
			if (open.length === 0) return text.slice(TOKEN.lastIndex).trim() === "" ? parent : null;
		} else {
			const argument = argumentOf(found);
			const isCall = typeof argument === "object";
			if (next === "comma" || parent === void 0 && !isCall) return null;
			parent?.arguments.push(argument);
			if (isCall) open.push(argument);
			next = isCall ? "any" : "comma";
		}
	}
}
/** Its first argument, where that is a plain one. */
function firstText({ arguments: [first] }) {
	return typeof first === "object" || first === void 0 ? "" : String(first);
}
/** Whether an argument calls one of these, itself or in its own arguments. */
function someCall(argument, names) {
	if (typeof argument !== "object") return false;
	return names.has(argument.name) || argument.arguments.some((each) => someCall(each, names));
}
function argumentOf(found) {
	const { name, single, double, number, word } = found;
	if (name !== void 0) return {
		name,
		arguments: [],
		path: []
	};
	const text = single ?? double;
	if (text !== void 0) return text;
	return number === void 0 ? word === "true" : Number(number);
}
// src/config/stacktape/unknown.ts
const WRITE_IT = "Write the value itself, or set it in gantry.yml.";
const FILES = {
	text: "Gantry reads no further files for values",
	hint: WRITE_IT
};
const OUTPUTS = {
	text: "Gantry reads no outputs of CloudFormation stacks",
	hint: WRITE_IT
};
/** The directives whose values Gantry does not know (docs.stacktape.com/configuration/directives). */
const REASONS = {
	Region: {
		text: "the region is not said",
		hint: "Write `ecs: {region: NAME}` in gantry.yml."
	},
	CliArgs: {
		text: "there are no arguments of a command, and it has no default",
		hint: "Give it a default as its second argument: `$CliArgs('name', 'default')`."
	},
	File: FILES,
	FileRaw: FILES,
	GitInfo: {
		text: "every commit would replace the instances for it alone",
		hint: "Let the build write it into a file."
	},
	StackOutput: OUTPUTS,
	CfStackOutput: OUTPUTS,
	Profile: {
		text: "a deployment has no AWS profile",
		hint: WRITE_IT
	},
	AwsAccountId: {
		text: "the account is known only to the deployment",
		hint: WRITE_IT
	},
	CfResourceParam: {
		text: "Gantry makes no CloudFormation resources",
		hint: WRITE_IT
	}
};
const DIRECTIVES = [...[
	"Stage",
	"Var",
	"This",
	"Format",
	"CfFormat",
	"Secret",
	"SsmParam",
	"ResourceParam"
], ...Object.keys(REASONS)];
/** Those whose value comes to be during a deployment: they stand in resources and scripts only. */
const AT_DEPLOYMENT = /* @__PURE__ */ new Set([
	"Secret",
	"SsmParam",
	"ResourceParam",
	"CfResourceParam",
	"CfFormat",
	"CfStackOutput"
]);
const CUSTOM = {
	text: "Gantry runs no code of the repository to read a config",
	hint: WRITE_IT
};
/** The reason of a directive of Stacktape's own; undefined for any other. */
function whyUnknown(name) {
	return Object.hasOwn(REASONS, name) ? REASONS[name] : void 0;
}
/** A reference to a secret, which only a variable may have as its value. */
function secretUnknown(reference) {
	return {
		text: "a secret can only be the value of a variable",
		hint: "Give it to the code as a variable under `environment`.",
		reference
	};
}
function resourceUnknown(resource) {
	return {
		text: `it is known to Stacktape only, which makes "${resource}"`,
		hint: WRITE_IT
	};
}
// src/config/stacktape/directives.ts
/** What directives may put in, in characters: far above what a person writes. */
const MAX_EXPANDED = 1048576;
const MAX_DEPTH = 48;
/**
* Puts values in the place of directives. What cannot be known before something runs becomes null, as if nothing had
* been said, with a reason.
*/
var Directives = class {
	#root;
	#around;
	#reading;
	#custom;
	#unknown = /* @__PURE__ */ new Map();
	#spent = 0;
	constructor(root, around, reading) {
		this.#root = root;
		this.#around = around;
		this.#reading = reading;
		this.#custom = new Set(itemsOf(child(root, "directives")).flatMap((each) => textAt(each, "name") ?? []));
	}
	/** Why a value of the evaluated file is not known. */
	reasonFor(value) {
		return this.#unknown.get(value);
	}
	/** The file with its directives evaluated: a tree of its own, in which no two places share a value. */
	evaluate() {
		this.#refuseAtDeployment(child(this.#root, "variables"));
		return this.#evaluate(this.#root, 0);
	}
	#evaluate(value, depth) {
		if (depth > MAX_DEPTH) this.#fail(value, "A directive here leads to itself");
		if (value.kind === "list") return {
			...value,
			items: value.items.map((each) => this.#evaluate(each, depth + 1))
		};
		if (value.kind === "table") {
			const entries = [...value.entries].map(([key, each]) => [key, this.#evaluate(each, depth + 1)]);
			return {
				...value,
				entries: new Map(entries)
			};
		}
		const directive = this.#directiveOf(value);
		return directive === null ? { ...value } : this.#put(this.#call(directive, value, depth), value, depth);
	}
	/** What a scalar says, if that is a directive. */
	#directiveOf(value) {
		if (value.kind !== "scalar" || typeof value.value !== "string" || !isDirective(value.value)) return null;
		this.#spend(value.value.length, value);
		const directive = parseDirective(value.value);
		if (directive !== null || !DIRECTIVES.includes(directiveName(value.value))) return directive;
		return this.#fail(value, "This directive cannot be read", "Write it like `$Format('{}-db', $Stage())`.");
	}
	#put(result, at, depth) {
		if ("plain" in result) return derived(result.plain, at);
		if ("value" in result) {
			const found = this.#evaluate(result.value, depth + 1);
			const value = placedAt(found, at);
			const reason = this.#unknown.get(found);
			if (reason !== void 0) this.#unknown.set(value, reason);
			return value;
		}
		const nothing = {
			...at,
			value: null,
			text: ""
		};
		this.#unknown.set(nothing, result.unknown);
		return nothing;
	}
	#call(directive, at, depth) {
		const { name, path } = directive;
		switch (name) {
			case "Stage": return { plain: this.#around.environment };
			case "Region": return this.#around.region === null ? this.#unknowable(name, at) : { plain: this.#around.region };
			case "Var": return this.#property(child(this.#root, "variables"), path, at, depth);
			case "This": return this.#property(this.#root, path, at, depth);
			case "CliArgs": {
				const fallback = directive.arguments[1];
				return fallback === void 0 ? this.#unknowable(name, at) : this.#argument(fallback, at, depth);
			}
			case "Format":
			case "CfFormat": return this.#format(directive, at, depth);
			case "Secret": return this.#secret(`secretsmanager:${firstText(directive).replace(".", "#")}`, at);
			case "SsmParam": return this.#secret(`ssm:${firstText(directive)}`, at);
			case "ResourceParam": return this.#resource(firstText(directive), at);
			default: return this.#unknowable(name, at);
		}
	}
	#argument(argument, at, depth) {
		return typeof argument === "object" ? this.#call(argument, at, depth + 1) : { plain: argument };
	}
	#property(from, path, at, depth) {
		if (depth > MAX_DEPTH) this.#fail(at, "A directive here leads to itself");
		let value = from;
		for (const key of path) {
			const directive = value === void 0 ? null : this.#directiveOf(value);
			if (directive !== null) value = this.#put(this.#call(directive, value, depth + 1), value, depth + 1);
			const unknown = value === void 0 ? void 0 : this.#unknown.get(value);
			if (unknown !== void 0) return { unknown };
			const next = value?.kind === "list" ? value.items[Number(key)] : child(value, key);
			if (next === void 0) {
				const meant = suggest(key, entriesOf(value).map(([name]) => name));
				return this.#fail(at, `There is no ${quote(key)} where this directive looks for it`, didYouMean$1(meant));
			}
			value = next;
		}
		if (value === void 0) return this.#fail(at, "The file has no variables");
		this.#spend(weigh(value), at);
		return { value };
	}
	/** Fills the gaps of a text; it is unknown where one of the values is. */
	#format(directive, at, depth) {
		const { name } = directive;
		const values = directive.arguments.slice(1);
		const gaps = firstText(directive).split("{}");
		if (gaps.length - 1 !== values.length) {
			const found = `${gaps.length - 1} {} and ${values.length} values`;
			return this.#fail(at, `$${name}() needs a value for each {}; found ${found}`);
		}
		let text = gaps[0];
		for (const [index, each] of values.entries()) {
			if (name === "Format" && someCall(each, AT_DEPLOYMENT)) return this.#fail(at, "$Format() cannot take a value that only a deployment knows", "Use $CfFormat(), which can.");
			const result = this.#argument(each, at, depth);
			const value = this.#scalar(result, at, depth);
			if (typeof value !== "string") return { unknown: this.#mixed(value) };
			text += value + gaps[index + 1];
			this.#spend(text.length, at);
		}
		return { plain: text };
	}
	/** A part of a text cannot be a secret of its own. */
	#mixed({ reference, text, hint }) {
		return reference === void 0 ? {
			text,
			hint
		} : {
			text: "a secret cannot be a part of a text",
			hint: "Give the secret as a variable, and put the text together in the code."
		};
	}
	#scalar(result, at, depth) {
		if ("unknown" in result) return result.unknown;
		if ("plain" in result) return String(result.plain);
		const value = this.#evaluate(result.value, depth + 1);
		const unknown = this.#unknown.get(value);
		if (unknown !== void 0) return unknown;
		return value.kind === "scalar" ? value.text : this.#fail(at, "A list or map cannot be a part of a text");
	}
	#secret(reference, at) {
		if (SECRET_REFERENCE.test(reference)) return { unknown: secretUnknown(reference) };
		return this.#fail(at, "This directive names no secret", "Write it like `$Secret('name.key')`.");
	}
	#resource(name, at) {
		const resources = child(this.#root, "resources");
		if (child(resources, name) !== void 0) return { unknown: resourceUnknown(name) };
		const names = entriesOf(resources).map(([each]) => each);
		return this.#fail(at, `There is no resource ${quote(name)}`, didYouMean$1(suggest(name, names)));
	}
	#unknowable(name, at) {
		const unknown = this.#custom.has(name) ? CUSTOM : whyUnknown(name);
		if (unknown !== void 0) return { unknown };
		const all = [...DIRECTIVES, ...this.#custom];
		return this.#fail(at, `There is no directive ${quote(`$${name}()`)}`, didYouMean$1(suggest(name, all)));
	}
	#refuseAtDeployment(value) {
		const below = value?.kind === "table" ? value.entries.values() : itemsOf(value);
		for (const each of below) this.#refuseAtDeployment(each);
		const directive = value === void 0 ? null : this.#directiveOf(value);
		if (directive === null || !someCall(directive, AT_DEPLOYMENT)) return;
		this.#reading.error(`$${directive.name}() cannot stand in variables: only a deployment knows it`, {
			place: placeOf(value),
			hint: "Write it where it is used, in resources or scripts."
		});
	}
	#spend(cost, at) {
		this.#spent += cost;
		if (this.#spent > MAX_EXPANDED) this.#fail(at, "The directives of this file expand to too much");
	}
	#fail(at, message, hint) {
		return this.#reading.fail(message, {
			place: placeOf(at),
			hint
		});
	}
};
/** A value of another place as if it stood here. What is in a map or list stays where it is written. */
function placedAt(found, { origin, key }) {
	const { key: _, ...value } = found;
	return {
		...value,
		...value.kind === "scalar" && { origin },
		...key && { key }
	};
}
function didYouMean$1(meant) {
	return meant === null ? void 0 : `Did you mean ${quote(meant)}?`;
}
// src/config/unmet.ts
/** Why nothing comes of what is kept, and what to do about it: for the file of any system. */
const UNMET = {
	connect_to: {
		text: "no permissions, network rules and variables come from it",
		hint: "Allow it to the role under `ecs.task_role` and the groups under `ecs.security_groups`, and set addresses with `gantry env set`."
	},
	access: {
		text: "shells are for who has a token of the server with the scope `operate`, or on ECS a right in IAM",
		hint: "Give tokens and rights to those alone who may have a shell."
	},
	iam_role_statements: {
		text: "Gantry makes no roles",
		hint: "Add the statements to the role that `ecs.task_role` in gantry.yml names."
	},
	instance_types: {
		text: "instances run on Fargate, or on this machine",
		hint: "Say the size of an instance with `cpu` and `memory`."
	},
	enable_warm_pool: {
		text: "no stopped instances are kept",
		hint: "Let more instances run: `demand_count`."
	}
};
/**
* Warns of what is kept and does nothing yet, once where it is written. The files of other systems have their own
* catalogues, which have told.
*/
function warnOfUnmet(components, reading) {
	const told = new Set(reading.keys.list().map(({ place }) => place.file));
	for (const { kind, name, settings } of components) for (const [key, { text, hint }] of Object.entries(UNMET)) {
		const value = child(settings, key);
		if (value === void 0 || saysNothing(value)) continue;
		const place = [value, ...entriesOf(value).map(([, each]) => each)].flatMap((each) => each.key ?? placeOf(each) ?? []).find(({ file }) => !told.has(file));
		if (place === void 0) continue;
		const path = value.origin.kind === "inherited" ? value.origin.from : `${kind}.${name}.${key}`;
		reading.warn(`${path} is kept, and does nothing yet: ${text}`, {
			path,
			place,
			hint
		});
	}
}
function saysNothing(value) {
	if (value.kind === "scalar") return value.value === false;
	return itemsOf(value).length + entriesOf(value).length === 0;
}
// src/config/stacktape/names.ts
/** What a name of Stacktape is here: `mailWorker` is `mail-worker`. */
function kebab(name) {
	const words = name.slice(0, 256).replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2");
	return foldName(words) ?? "unnamed";
}
/** The names that processes and tasks have been given. */
var Names = class {
	#taken = /* @__PURE__ */ new Map();
	#reading;
	constructor(reading) {
		this.#reading = reading;
	}
	/**
	* The name for what is called like this; null, and reported, where another one has it.
	*
	* @param shown what the file has that is called so
	*/
	take(called, at, shown = quote(called)) {
		const name = kebab(called);
		const other = this.#taken.get(name);
		if (other !== void 0) {
			this.#reading.error(`${shown} is named "${name}" here, and so is ${other}`, {
				place: at.key ?? placeOf(at),
				hint: "Rename one of them."
			});
			return null;
		}
		this.#taken.set(name, shown);
		return name;
	}
};
// src/config/stacktape/other-keys.ts
const STORE_HINT = "Create it yourself, and give its address and password with `gantry env set NAME --secret`.";
const QUEUE_HINT = "Create it yourself, and give its address with `gantry env set NAME`.";
const KINDS = [
	[
		{
			title: "Databases and caches",
			text: "Gantry makes no databases and caches",
			hint: STORE_HINT
		},
		"relational-database",
		"dynamo-db-table",
		"redis-cluster",
		"mongo-db-atlas-cluster",
		"upstash-redis",
		"open-search-domain"
	],
	[
		{
			title: "Queues, topics and streams",
			text: "Gantry makes no queues, topics and streams",
			hint: QUEUE_HINT
		},
		"sqs-queue",
		"sns-topic",
		"event-bus",
		"kinesis-stream"
	],
	[
		{
			title: "Buckets",
			text: "Gantry makes no buckets",
			hint: QUEUE_HINT
		},
		"bucket",
		"hosting-bucket"
	],
	[{
		title: "File systems",
		text: "Gantry makes no file systems: what mounts one gets a folder of the storage of the app",
		hint: "On ECS, keep files in a bucket."
	}, "efs-filesystem"],
	[
		{
			title: "Load balancers and gateways",
			text: "Gantry makes no load balancers and gateways",
			hint: "Create it yourself, and name its target group under `ecs.target_group` of the process."
		},
		"application-load-balancer",
		"network-load-balancer",
		"http-api-gateway",
		"web-app-firewall"
	],
	[
		{
			title: "Functions",
			text: "Gantry runs no functions",
			hint: "Deploy it otherwise, or let a process do it."
		},
		"function",
		"edge-lambda-function",
		"state-machine"
	],
	[{
		title: "Scripts of a deployment",
		text: "Gantry runs no functions",
		hint: "Write a task with `run: post_deploy` in gantry.yml."
	}, "deployment-script"],
	[
		{
			title: "Pages",
			text: "Gantry publishes no pages",
			hint: "Deploy it otherwise, or run its server as a process."
		},
		"nextjs-web",
		"astro-web",
		"nuxt-web",
		"sveltekit-web",
		"solidstart-web",
		"tanstack-web",
		"remix-web"
	],
	[
		{
			title: "Other resources",
			text: "Gantry makes no resources of AWS but services and schedules",
			hint: "Create it yourself."
		},
		"user-auth-pool",
		"bastion",
		"aws-cdk-construct",
		"custom-resource-instance",
		"custom-resource-definition",
		"convex",
		"agentcore-runtime",
		"agentcore-memory",
		"agentcore-gateway",
		"agentcore-browser",
		"agentcore-code-interpreter"
	]
];
/** The types of resources that nothing is made of. */
const OTHERS = new Map(KINDS.flatMap(([other, ...types]) => types.map((type) => [type, other])));
/** One section for each kind of them. */
const OTHER_SECTIONS = Object.fromEntries(KINDS.flatMap(([{ title, text, hint }, ...types]) => {
	const section = {
		title,
		keys: {
			type: unsupported(text, hint),
			properties: unsupported(text, hint),
			overrides: unsupported(text, hint)
		}
	};
	return types.map((type) => [type, section]);
}));
// src/config/stacktape/statements.ts
/** The keys of a statement, and what they are called here. */
const KEYS = /* @__PURE__ */ new Map([
	["Sid", "sid"],
	["Effect", "effect"],
	["Action", "action"],
	["Condition", "condition"],
	["Resource", "resource"]
]);
/** Adds the statements of a role. One of which a part cannot be known here is left out: it would say something else. */
function addStatements(path, list, { draft, reading }) {
	if (list === void 0) return;
	const statements = list.kind === "list" ? list.items : [];
	for (const each of list.kind === "list" ? statements : [list]) {
		if (list.kind === "list" && (isNothing(each) || child(each, "Resource") !== void 0)) continue;
		reading.error("iamRoleStatements must be a list of maps, each with Resource", { place: placeOf(each) });
	}
	for (const [key, value] of statements.flatMap(entriesOf)) {
		if (KEYS.has(key)) continue;
		reading.error(`${quote(key)} is not a key of a statement`, {
			place: value.key ?? placeOf(value),
			hint: `Known are ${[...KEYS.keys()].join(", ")}.`
		});
	}
	checkValues(list, reading);
	const known = statements.filter(isKnown);
	const lost = statements.length - known.length;
	if (lost > 0) {
		const { text, hint } = UNMET.iam_role_statements;
		const why = `${lost} of ${statements.length} ${lost === 1 ? "has" : "have"} values that only Stacktape knows, and ${lost === 1 ? "is" : "are"} not kept`;
		reading.keys.change(list, "unsupported", `${text}; ${why}`, hint);
	}
	if (list.kind === "list" && !reading.isWrong) draft.set([...path, "iam_role_statements"], {
		...list,
		items: known.map(renamed)
	});
}
/** Reports values that a statement cannot have, in the words of the file. */
function checkValues(list, reading) {
	for (const [index, each] of itemsOf(list).entries()) {
		if (child(each, "Resource") === void 0 || !isKnown(each)) continue;
		for (const issue of IamRoleStatements.safeParse([toPlain(renamed(each))]).error?.issues ?? []) {
			const path = issue.path.slice(1).map((step, at) => at === 0 ? writtenAs(step) : step);
			const value = nearest(each, path);
			const meant = meantBy(issue, value);
			const shown = showPath([
				"iamRoleStatements",
				index,
				...path
			]);
			reading.error(`${shown} must be ${expectedBy(issue)}; found ${describeValue(value)}`, {
				place: placeOf(value),
				hint: meant === null ? void 0 : `Did you mean ${quote(meant)}?`
			});
		}
	}
}
function writtenAs(name) {
	return [...KEYS].find(([, own]) => own === name)?.[0] ?? name;
}
/** What a directive asked for and nobody knows here is null. */
function isNothing(value) {
	return value.kind === "scalar" && value.value === null;
}
function isKnown(value) {
	if (value.kind === "scalar") return !isNothing(value);
	return [...itemsOf(value), ...entriesOf(value).map(([, each]) => each)].every(isKnown);
}
function renamed(statement) {
	const entries = entriesOf(statement).flatMap(([key, value]) => {
		const name = KEYS.get(key);
		return name === void 0 ? [] : [[name, value]];
	});
	return derivedTable(entries, statement);
}
// src/config/stacktape/access.ts
const SHOWN = 10;
const SERVICE = /^aws:[a-z0-9:-]+$/;
/** Adds what code may reach: what it connects to, and the statements of its role. */
function addAccess(path, properties, context) {
	addConnections(path, given(properties, "connectTo"), context);
	addStatements(path, given(properties, "iamRoleStatements"), context);
}
/** Says which variables code goes without, and refuses resources that are not there. */
function addConnections(path, list, context) {
	const { draft, reading, resources, resourceNames } = context;
	if (list === void 0) return;
	if (list.kind !== "list") {
		reading.error(`connectTo must be a list; found ${describeValue(list)}`, { place: placeOf(list) });
		return;
	}
	for (const item of list.items) if (item.kind !== "scalar") reading.error(`connectTo must have names; found ${describeValue(item)}`, { place: placeOf(item) });
	const named = list.items.filter((item) => item.kind === "scalar" && item.value !== null);
	for (const item of named) if (!resources.has(item.text) && !SERVICE.test(item.text)) reportMissing("resource", item, resourceNames, context);
	draft.open([...path, "connect_to"], list);
	for (const item of named) {
		const name = nameOf$2(item.text, context);
		draft.set([
			...path,
			"connect_to",
			name,
			"service"
		], derived(name, item));
	}
	if (list.items.length === 0) return;
	const { text, hint } = UNMET.connect_to;
	const known = [...new Set(named.map((item) => item.text))].filter((name) => resources.has(name));
	const why = known.length === 0 ? text : withoutVariables(known);
	const lost = lostOf(list.items.length - named.length, list.items.length);
	reading.keys.change(list, "unsupported", `kept as \`connect_to\`; ${why}${lost}`, hint);
}
function withoutVariables(resources) {
	return `no permissions and network rules come from it, and no variables ${resources.slice(0, SHOWN).map((name) => `${prefixOf(name)}…`).join(", ") + (resources.length > SHOWN ? " and more" : "")}`;
}
function lostOf(count, all) {
	if (count === 0) return "";
	return `; ${count} of ${all} ${count === 1 ? "is" : "are"} known to Stacktape only, and not kept`;
}
/** What becomes a process or a task has its name here; all else the name that it has there. */
function nameOf$2(resource, { resources }) {
	const type = textAt(resources.get(resource), "type");
	return type === void 0 || OTHERS.has(type) ? resource : kebab(resource);
}
/** Of the variables that Stacktape would give: `STP_ORDERS_DB_`. */
function prefixOf(resource) {
	return `STP_${kebab(resource).replaceAll("-", "_").toUpperCase()}_`;
}
// src/config/stacktape/rules.ts
const SYSTEM = "Stacktape";
const byStacktape = {
	kind: "default",
	of: SYSTEM
};
/** vCPU that a container may ask for on Fargate. */
const CPUS$1 = [
	.25,
	.5,
	1,
	2,
	4,
	8,
	16
];
const RETENTION_DAYS = [
	1,
	3,
	5,
	7,
	14,
	30,
	60,
	90,
	120,
	150,
	180,
	365,
	400,
	545,
	731,
	1827,
	3653
];
const Text$1 = string({ error: "a text" });
const Scalar = union([
	string(),
	number$1(),
	boolean()
], { error: "a text, a number, true or false" });
const Flag$1 = boolean({ error: "true or false" });
const Seconds = wholeNumber(0, 1e9);
const PortNumber = wholeNumber(1, 65535);
const Instances = wholeNumber(1, 5e3);
const Percent = number(1, 100);
const StopTimeout = wholeNumber(2, 120);
const Cpu = oneOfNumbers(CPUS$1);
/** MB: what an instance can have here. */
const Memory = wholeNumber(32, 262144);
const JobCpu = number(.25, 192);
const Gpu = wholeNumber(1, 64);
const RetentionDays = oneOfNumbers(RETENTION_DAYS);
const Architecture = oneOf(["x86_64", "arm64"]);
const Strategy = oneOf([
	"Canary10Percent5Minutes",
	"Canary10Percent15Minutes",
	"Linear10PercentEvery1Minutes",
	"Linear10PercentEvery3Minutes",
	"AllAtOnce"
]);
const RESOURCE_RULE = "letters and digits";
const ResourceName = string({ error: RESOURCE_RULE }).regex(/^[a-z0-9]+$/i, { error: RESOURCE_RULE });
const TYPE_RULE = "an EC2 instance type, such as c6g.large";
const InstanceType = string({ error: TYPE_RULE }).regex(/^[a-z0-9-]{1,32}\.[a-z0-9-]{1,32}$/, { error: TYPE_RULE });
const NAME_RULE = "letters, digits, hyphens and underscores, beginning with a letter or a digit";
const PlainName = string({ error: NAME_RULE }).regex(/^[a-z0-9][\w-]{0,254}$/i, { error: NAME_RULE });
const PATH_RULE = "a path without control characters";
const FilePath = string({ error: PATH_RULE }).regex(/^[^\p{Cc}]{1,1024}$/u, { error: PATH_RULE });
const Schedule = string({ error: "cron(…) or rate(…)" }).regex(/^(?:cron|rate)\(.{1,240}\)$/, { error: "cron(…) or rate(…)" });
function oneOfNumbers(values) {
	const error = `one of ${values.join(", ")}`;
	return number$1({ error }).refine((value) => values.includes(value), { error });
}
// src/config/stacktape/packaging-keys.ts
const NO_BUILDPACK = "no buildpack is run: the image is built from the Dockerfile, and on the local engine the tree itself runs";
const DOCKERFILE_HINT = "Write a Dockerfile that builds it.";
const BUNDLE_HINT = "Where it must be bundled, do it in the Dockerfile, and name the `command` in gantry.yml.";
const BUILD_HINT$1 = "Do it in the Dockerfile, or on the local engine with `build.command` in gantry.yml.";
const IGNORE_HINT = "Write it into .dockerignore, or under `build.ignore` and `build.include` in gantry.yml.";
const NO_BUILD = unsupported("no buildpack is run", BUILD_HINT$1);
const NO_FILES = unsupported("no buildpack picks files", IGNORE_HINT);
const commandRules = (text) => ({
	"properties.command": honoured(text),
	"properties.command[]": honoured("a word of it", { value: Text$1 })
});
const entryPointRules = {
	"properties.entryPoint": honoured("`entry_point`: it takes the place of that of the image"),
	"properties.entryPoint[]": honoured("a word of it", { value: Text$1 })
};
const STACKTAPE_BUILDPACK = {
	title: "Packaging by `stacktape-image-buildpack`",
	keys: {
		type: approximated(NO_BUILDPACK, {
			hint: DOCKERFILE_HINT,
			rows: "SW-04, SW-20"
		}),
		properties: honoured("the code", { required: true }),
		"properties.entryfilePath": approximated("`command`: `node` or `python` runs this file as it is, not bundled", {
			value: FilePath,
			required: true,
			hint: BUNDLE_HINT,
			rows: "SW-20"
		}),
		"properties.includeFiles": NO_FILES,
		"properties.excludeFiles": NO_FILES,
		"properties.excludeDependencies": NO_BUILD,
		"properties.languageSpecificConfig": NO_BUILD,
		"properties.requiresGlibcBinaries": NO_BUILD,
		"properties.customDockerBuildCommands": NO_BUILD
	}
};
const EXTERNAL_BUILDPACK = {
	title: "Packaging by `external-buildpack`",
	keys: {
		type: approximated(NO_BUILDPACK, {
			hint: DOCKERFILE_HINT,
			rows: "SW-21"
		}),
		properties: honoured("the code", { required: true }),
		"properties.sourceDirectoryPath": honoured("`build.context`", {
			value: FilePath,
			required: true
		}),
		...commandRules("`command`"),
		"properties.builder": NO_BUILD,
		"properties.buildpacks": NO_BUILD
	}
};
const NIXPACKS = {
	title: "Packaging by `nixpacks`",
	keys: {
		type: approximated(NO_BUILDPACK, { hint: DOCKERFILE_HINT }),
		properties: honoured("the code", { required: true }),
		"properties.sourceDirectoryPath": honoured("`build.context`", {
			value: FilePath,
			required: true
		}),
		"properties.startCmd": honoured("`command`, a line for the shell", { value: Text$1 }),
		"properties.buildImage": NO_BUILD,
		"properties.providers": NO_BUILD,
		"properties.startRunImage": NO_BUILD,
		"properties.startOnlyIncludeFiles": NO_FILES,
		"properties.phases": NO_BUILD
	}
};
const DOCKERFILE = {
	title: "Packaging by `custom-dockerfile`",
	keys: {
		type: honoured("the image is built from the Dockerfile", { rows: "SW-22" }),
		properties: honoured("`build`", { required: true }),
		"properties.buildContextPath": honoured("`build.context`", {
			value: FilePath,
			required: true
		}),
		"properties.dockerfilePath": honoured("`build.dockerfile`", { value: FilePath }),
		"properties.buildArgs[].argName": honoured("the name of an argument of the build", {
			value: Text$1,
			required: true
		}),
		"properties.buildArgs[].value": honoured("its value", {
			value: Text$1,
			required: true
		}),
		...commandRules("`command`"),
		...entryPointRules
	}
};
const IMAGE$1 = {
	title: "Packaging by `prebuilt-image`",
	keys: {
		type: honoured("the image is pinned: deploys do not change it", { rows: "SW-23" }),
		properties: honoured("the image", { required: true }),
		"properties.image": honoured("`image`", {
			value: ImageReference,
			required: true,
			rows: "SW-23"
		}),
		...commandRules("`command`"),
		...entryPointRules,
		"properties.repositoryCredentialsSecretArn": unsupported("Gantry keeps no passwords of registries", "Log in to the registry where the engine fetches images: `docker login`, or the execution role on ECS.", { value: Text$1 })
	}
};
/** The kinds of packaging of a container, by their `type`. */
const PACKAGING = {
	by: "type",
	sections: {
		"stacktape-image-buildpack": STACKTAPE_BUILDPACK,
		"external-buildpack": EXTERNAL_BUILDPACK,
		"custom-dockerfile": DOCKERFILE,
		"prebuilt-image": IMAGE$1,
		["prebuilt-images"]: IMAGE$1,
		nixpacks: NIXPACKS
	}
};
// src/config/stacktape/paths.ts
/** A path of the file, which begins at its folder, from the root of the repository. Null, and reported, outside of it. */
function fromRoot(path, { folder, reading }) {
	if (path.kind !== "scalar" || path.value === null) return null;
	const found = posix.normalize(posix.join(folder, path.text));
	if (posix.isAbsolute(path.text) || found === ".." || found.startsWith("../")) {
		reading.error(`${quote(path.text)} is outside of the repository`, { place: placeOf(path) });
		return null;
	}
	return derived(found === "./" ? "." : found, path);
}
// src/config/stacktape/packaging.ts
const IMAGE = "The image";
const NAME_COMMAND = "Name its `command` in gantry.yml.";
/** What runs a file, by its ending. */
const RUNNERS = {
	".js": "node",
	".mjs": "node",
	".cjs": "node",
	".ts": "node",
	".mts": "node",
	".cts": "node",
	".py": "python"
};
/** The program and the file that it runs; null where the ending does not tell the program. */
function runnerOf(file) {
	const program = RUNNERS[posix.extname(file)];
	return program === void 0 ? null : [program, file];
}
/**
* Adds image or build and command of a container. Gives whether its image is pinned.
*
* @param packaging or, where that cannot be known, what it would stand in
*/
function addPackaging(path, packaging, context) {
	const properties = given(packaging, "properties");
	switch (textAt(packaging, "type")) {
		case "stacktape-image-buildpack":
			addEntryFile(path, given(properties, "entryfilePath"), context);
			honourFalse([given(properties, "requiresGlibcBinaries")], context);
			return false;
		case "external-buildpack":
		case "nixpacks":
			addFolder(path, given(properties, "sourceDirectoryPath"), context);
			addLine(path, properties, context);
			return false;
		case "custom-dockerfile":
			addDockerfile(path, properties, context);
			return false;
		case void 0:
			refuseUnknown$1(IMAGE, [
				path,
				"image",
				"build"
			], packaging, context);
			return true;
		default:
			addImage(path, packaging, properties, context);
			return true;
	}
}
function addEntryFile(path, file, context) {
	const found = file === void 0 ? null : fromRoot(file, context);
	if (file === void 0 || found?.kind !== "scalar") return;
	const words = runnerOf(found.text);
	if (words !== null) context.draft.set([...path, "command"], derivedList(words, file));
	else context.reading.keys.change(file, "unsupported", "what runs this file is not known", NAME_COMMAND);
}
function addFolder(path, folder, context) {
	const found = folder === void 0 ? null : fromRoot(folder, context);
	if (found !== null) context.draft.set([
		...path,
		"build",
		"context"
	], found);
}
function addLine(path, properties, context) {
	const line = given(properties, "startCmd");
	if (line !== void 0) context.draft.set([...path, "command"], line);
	else addCommand(path, properties, context);
}
function addDockerfile(path, properties, context) {
	const { draft } = context;
	addFolder(path, given(properties, "buildContextPath"), context);
	const dockerfile = given(properties, "dockerfilePath");
	if (dockerfile !== void 0) draft.set([
		...path,
		"build",
		"dockerfile"
	], dockerfile);
	const named = /* @__PURE__ */ new Set();
	for (const item of tablesOf(given(properties, "buildArgs"))) {
		const name = given(item, "argName");
		const value = given(item, "value");
		if (name?.kind !== "scalar" || value === void 0) continue;
		if (named.has(name.text)) warnTwice(name, context);
		named.add(name.text);
		draft.set([
			...path,
			"build",
			"args",
			name.text
		], {
			...value,
			key: placeOf(item)
		});
	}
	addCommand(path, properties, context);
}
function addImage(path, packaging, properties, context) {
	const { draft, reading } = context;
	const type = child(packaging, "type");
	if (textAt(packaging, "type") === "prebuilt-images") reading.warn("The schema of Stacktape writes \"prebuilt-image\"", {
		place: placeOf(type),
		hint: "Leave out the s at the end."
	});
	const image = given(properties, "image");
	if (image !== void 0) draft.set([...path, "image"], image);
	else refuseUnknown$1(IMAGE, [
		path,
		"image",
		"build"
	], properties ?? packaging, context);
	addCommand(path, properties, context);
}
/** The entry point and the words that it gets. */
function addCommand(path, properties, { draft }) {
	for (const [key, field] of [["entryPoint", "entry_point"], ["command", "command"]]) {
		const list = given(properties, key);
		const words = wordsOf(list);
		if (list !== void 0 && words !== null && words.length > 0) draft.set([...path, field], derivedList(words, list));
	}
}
// src/config/stacktape/variables.ts
/** Where a web service listens: on every address (docs.stacktape.com, web services). */
const HOST = "0.0.0.0";
const AS_WRITTEN = "the code gets it as it is written; Stacktape makes a number, true or false of it first";
const QUOTE_HINT = "Put it in quotes, as the code is to get it.";
/** Adds the variables of a list: values to `env`, references to secrets to `secrets`. */
function addVariables(path, list, context) {
	const { draft, reading, directives } = context;
	const found = /* @__PURE__ */ new Map();
	for (const item of itemsOf(list)) {
		const name = given(item, "name");
		const value = child(item, "value");
		if (name?.kind !== "scalar" || value?.kind !== "scalar") continue;
		const wrong = whyNoVariable(name.text);
		if (wrong !== null) {
			reading.keys.change(name, "unsupported", wrong.text, wrong.hint);
			continue;
		}
		if (found.has(name.text)) {
			warnTwice(name, context);
			found.delete(name.text);
		}
		const unknown = directives.reasonFor(value);
		if (unknown === void 0) {
			if (String(value.value) !== value.text) reading.keys.change(value, "approximated", AS_WRITTEN, QUOTE_HINT);
			found.set(name.text, {
				at: "env",
				value: {
					...value,
					key: placeOf(name)
				}
			});
		} else if (unknown.reference !== void 0) {
			reading.keys.change(value, "honoured", `under \`secrets\`: ${unknown.reference}`);
			const reference = derived(unknown.reference, value);
			found.set(name.text, {
				at: "secrets",
				value: {
					...reference,
					key: placeOf(name)
				}
			});
		} else tellUnknown$1(path, name.text, value, context);
	}
	for (const [name, { at, value }] of found) draft.set([
		...path,
		at,
		name
	], value);
}
/** The address to listen on that Stacktape gives to web services, unless the file has another one. */
function addHost(path, list, { draft }) {
	if (!itemsOf(list).some((item) => {
		const name = given(item, "name");
		return name?.kind === "scalar" && name.text === "HOST";
	})) draft.set([
		...path,
		"env",
		"HOST"
	], scalar(HOST, byStacktape));
}
function tellUnknown$1(path, name, value, context) {
	const { reading, directives } = context;
	if (said(context, path).some((own) => ["env", "secrets"].some((key) => child(child(own, key), name) !== void 0))) reading.keys.change(value, "honoured", "gantry.yml has its value");
	else reading.keys.change(value, "unsupported", directives.reasonFor(value).text, `Set it with \`gantry env set ${name}\`.`);
}
// src/config/stacktape/hooks.ts
const HOOKS$1 = {
	beforeDeploy: "pre_deploy",
	afterDeploy: "post_deploy"
};
const WAYS = [
	"executeCommand",
	"executeCommands",
	"executeScript",
	"executeScripts"
];
/** Adds a task for each script that a hook before or after a deployment runs. */
function addHooks(root, context) {
	const scripts = new Map(entriesOf(given(root, "scripts")));
	const names = [...scripts.keys()];
	const written = child(root, "scripts");
	const unknown = isUnknown(written, context) ? written : void 0;
	const commands = new Map([...scripts].map(([name, script]) => [name, commandOf$1(script, context)]));
	const run = /* @__PURE__ */ new Set();
	for (const [hook, when] of Object.entries(HOOKS$1)) {
		const seen = /* @__PURE__ */ new Set();
		for (const item of tablesOf(given(given(root, "hooks"), hook))) {
			honourFalse([given(item, "skipOnCI"), given(item, "skipOnLocal")], context);
			const name = given(item, "scriptName");
			if (name?.kind !== "scalar") continue;
			const script = scripts.get(name.text) ?? (unknown && { ...unknown });
			if (script === void 0) reportMissing("script", name, names, context);
			else if (seen.has(script)) tellTwice(name, context);
			else addTask$1({
				hook,
				when,
				item,
				name,
				script,
				command: commands.get(name.text) ?? null
			}, context);
			if (script !== void 0) seen.add(script);
		}
		for (const script of seen) run.add(script);
	}
	for (const script of scripts.values()) if (!run.has(script)) tellUnused(script, context);
}
function tellTwice(name, { reading }) {
	reading.keys.change(name, "unsupported", "the same hook runs it already", "Leave out one of them.");
}
function tellUnused(script, { reading }) {
	reading.keys.change(script, "unsupported", "no hook before or after a deployment runs it", "Run its command with `gantry run 'COMMAND'`.");
}
function addTask$1({ hook, when, item, name, script, command }, context) {
	const { draft, names, reading } = context;
	const task = names.take(`${hook}-${name.text}`, item, `${quote(name.text)} of ${hook}`);
	if (task === null) return;
	reading.keys.change(name, "honoured", `the task \`${task}\``);
	const path = ["tasks", task];
	draft.open(path, item);
	draft.set([...path, "run"], derived(when, item));
	if (command !== null) draft.set([...path, "command"], command);
	else if (!reading.isWrong) refuseUnknown$1("What the script runs", [path, "command"], script, context);
	const properties = propertiesOf(script);
	addVariables(path, given(properties, "environment"), context);
	addAccess(path, properties, context);
}
/** What a script does; undefined where that, or of which type it is, cannot be known here. */
function propertiesOf(script) {
	return textAt(script, "type") === void 0 ? void 0 : given(script, "properties");
}
/** What a script runs; reports one that does not say exactly one thing to run. */
function commandOf$1(script, context) {
	const properties = propertiesOf(script);
	if (properties === void 0) return null;
	honourUsual(true, given(properties, "pipeStdio"), context);
	const named = WAYS.filter((key) => child(properties, key) !== void 0);
	const [way] = named;
	if (way === void 0 || named.length > 1) {
		context.reading.error(`A script must have exactly one of ${WAYS.join(", ")}; found ${named.join(" and ") || "none of them"}`, { place: script.key ?? placeOf(script) });
		return null;
	}
	const value = given(properties, way);
	if (value === void 0) return null;
	if (way === "executeCommand") return value;
	if (way === "executeScript") return fileCommand(value, context);
	return linesOf(value, way === "executeScripts", context);
}
function fileCommand(file, context) {
	const found = fromRoot(file, context);
	if (found?.kind !== "scalar") return null;
	const words = runnerOf(found.text);
	if (words !== null) return derivedList(words, file);
	context.reading.keys.change(file, "unsupported", "what runs this file is not known", "Name the `command` of the task in gantry.yml.");
	return null;
}
/** Several commands or files as lines for one shell, which ends at the first that fails. */
function linesOf(list, areFiles, context) {
	if (list.kind !== "list" || list.items.length === 0) return null;
	const lines = areFiles ? list.items.map((each) => fileLine(each, context)) : wordsOf(list);
	if (lines === null || lines.some((each) => each === null)) return null;
	return derived(["set -e", ...lines].join("\n"), list);
}
function fileLine(file, context) {
	const command = fileCommand(file, context);
	const words = command === null ? null : wordsOf(command);
	return words === null ? null : words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}
// src/config/stacktape/container-keys.ts
/** Of instances whose size follows from their types. */
const SIZE_HINT$1 = "Set `cpu` and `memory` of the process in gantry.yml for another size.";
const WARM_HINT = "Let more instances run: `scaling.minInstances`.";
const CHECK_HINT$1 = "Set it on the target group.";
/** What a container runs and with what variables: the same everywhere. */
const imageRules = {
	packaging: honoured("what runs, and in which image", {
		required: true,
		variants: PACKAGING,
		rows: "SW-04"
	}),
	"environment[].name": honoured("the name of the variable", {
		value: Text$1,
		required: true,
		rows: "SW-24, SW-27"
	}),
	"environment[].value": honoured("its value, under `env`; a `$Secret()` or `$SsmParam()` under `secrets`", {
		value: Scalar,
		required: true,
		rows: "SW-24, SW-25, SW-26, SW-27"
	})
};
const loggingRules = (prefix) => ({
	[`${prefix}logging`]: honoured("output is kept; `gantry logs` shows it", { rows: "SW-37, SW-38" }),
	[`${prefix}logging.disabled`]: unsupported("output is always kept", "Send it to /dev/null in the command.", { value: Flag$1 }),
	[`${prefix}logging.retentionDays`]: honoured("`logs.retention`, for all output of the app: the longest time that a container asks for; one that names none asks for 90 days", {
		value: RetentionDays,
		rows: "SW-39"
	}),
	[`${prefix}logging.logForwarding`]: unsupported("Gantry sends output nowhere", "Subscribe to the log group, or let the code send it.", { rows: "SW-40" })
});
/** How a container lives: its check, its stop, its output, its disks. */
const lifeRules = {
	internalHealthCheck: honoured("`health_check`", { rows: "SW-28" }),
	"internalHealthCheck.healthCheckCommand": honoured("`health_check.command`", {
		required: true,
		rows: "SW-29"
	}),
	"internalHealthCheck.healthCheckCommand[]": honoured("a word of it", { value: Text$1 }),
	"internalHealthCheck.intervalSeconds": honoured("`health_check.interval`; 30 s where there is none", {
		value: wholeNumber(5, 300),
		rows: "SW-30"
	}),
	"internalHealthCheck.timeoutSeconds": honoured("`health_check.timeout`", {
		value: wholeNumber(2, 60),
		rows: "SW-31"
	}),
	"internalHealthCheck.retries": honoured("`health_check.retries`", {
		value: wholeNumber(1, 10),
		rows: "SW-32"
	}),
	"internalHealthCheck.startPeriodSeconds": honoured("`health_check.start_period`", {
		value: wholeNumber(0, 300),
		rows: "SW-33"
	}),
	stopTimeout: honoured("`stop_timeout`; 2 s where there is none", {
		value: StopTimeout,
		rows: "SW-34, SW-35, SW-36"
	}),
	...loggingRules(""),
	volumeMounts: honoured("`mounts`", { rows: "SW-63" }),
	"volumeMounts[]": approximated("a folder of the storage of the app, which is no EFS: the ECS engine has none yet, and refuses it", {
		hint: "On ECS, keep files in a bucket and write `mounts: {}` in gantry.yml.",
		rows: "SW-63"
	}),
	"volumeMounts[].type": honoured("a file system", {
		value: oneOf(["efs"]),
		required: true
	}),
	"volumeMounts[].properties": honoured("which folder of it, and where", { required: true }),
	"volumeMounts[].properties.efsFilesystemName": honoured("the first folder of `source_path`", {
		value: Text$1,
		required: true
	}),
	"volumeMounts[].properties.rootDirectory": honoured("the rest of `source_path`", { value: Text$1 }),
	"volumeMounts[].properties.mountPath": honoured("where it is mounted", {
		value: UrlPath$1,
		required: true
	})
};
const DEPENDS = {
	dependsOn: honoured("`depends_on`"),
	"dependsOn[].containerName": honoured("the other container", {
		value: Text$1,
		required: true
	}),
	"dependsOn[].condition": honoured("`started`, `completed`, `succeeded` or `healthy`", {
		value: oneOf([
			"START",
			"COMPLETE",
			"SUCCESS",
			"HEALTHY"
		]),
		required: true
	})
};
/** One of several containers. */
const namedContainerRules = {
	name: honoured("its name", {
		value: PlainName,
		required: true
	}),
	...imageRules,
	...lifeRules,
	...DEPENDS,
	essential: honoured("`essential`", { value: Flag$1 })
};
const SIDE_CONTAINER = {
	title: "A side container",
	keys: {
		containerType: honoured("`depends_on` of the process: `run-on-init` must have succeeded, `always-running` must have started", {
			value: oneOf(["run-on-init", "always-running"]),
			required: true
		}),
		...namedContainerRules
	}
};
/** Size and count of instances. */
const sizeRules = {
	resources: honoured("the size of an instance", {
		required: true,
		rows: "SW-41"
	}),
	"resources.cpu": honoured("`cpu`", {
		value: Cpu,
		rows: "SW-41, SW-50"
	}),
	"resources.memory": honoured("`memory`", {
		value: Memory,
		rows: "SW-41, SW-50"
	}),
	"resources.architecture": honoured("`build.platform`", { value: Architecture }),
	"resources.instanceTypes": approximated("kept as `instance_types`; instances run on Fargate, without cpu and memory with the size of the smallest type", {
		hint: SIZE_HINT$1,
		rows: "SW-07, SW-43, SW-47, SW-49, SW-51, SW-52"
	}),
	"resources.instanceTypes[]": honoured("a type", { value: InstanceType }),
	"resources.enableWarmPool": unsupported("kept as `enable_warm_pool`; Fargate keeps no warm instances", WARM_HINT, {
		value: Flag$1,
		rows: "SW-53, SW-55"
	}),
	scaling: honoured("how many instances run", { rows: "SW-02, SW-56" }),
	"scaling.minInstances": honoured("`demand_count`", {
		value: Instances,
		rows: "SW-18, SW-56"
	}),
	"scaling.maxInstances": honoured("`demand_count` + `scale_count`", {
		value: Instances,
		rows: "SW-56"
	}),
	"scaling.scalingPolicy": honoured("the thresholds; 80 % where there is none", { rows: "SW-57" }),
	"scaling.scalingPolicy.keepAvgCpuUtilizationUnder": honoured("`autoscaling_cpu_threshold`", {
		value: Percent,
		rows: "SW-57, SW-58, SW-59"
	}),
	"scaling.scalingPolicy.keepAvgMemoryUtilizationUnder": honoured("`autoscaling_memory_threshold`", {
		value: Percent,
		rows: "SW-57, SW-58, SW-59"
	})
};
/** What code may reach. */
const accessRules = {
	connectTo: unsupported(`kept as \`connect_to\`; ${UNMET.connect_to.text}`, UNMET.connect_to.hint, { rows: "SW-06, SW-66, SW-67, SW-68, SW-69" }),
	iamRoleStatements: unsupported(`kept as \`iam_role_statements\`; ${UNMET.iam_role_statements.text}`, UNMET.iam_role_statements.hint, { rows: "SW-64, SW-70" })
};
const placeRules = {
	usePrivateSubnetsWithNAT: unsupported("Gantry makes no subnets and gateways", "Name private subnets under `ecs.subnets` in gantry.yml.", {
		value: Flag$1,
		rows: "SW-44, SW-73"
	}),
	enableRemoteSessions: approximated("`gantry exec` runs commands in instances; on ECS it takes `ecs.exec` and a role, for the whole app", {
		value: Flag$1,
		hint: "On ECS write `ecs: {exec: true, task_role: ROLE}` in gantry.yml."
	})
};
/** How a load balancer checks a container. */
const balancerCheckRules = (prefix, both) => ({
	[`${prefix}healthcheckPath`]: honoured("`path` of `health_check`; of `readiness` where there is an `internalHealthCheck`", { value: UrlPath$1 }),
	[`${prefix}healthcheckInterval`]: honoured("`interval` of the same; 5 s where there is none", { value: wholeNumber(5, 300) }),
	[`${prefix}healthcheckTimeout`]: honoured("`timeout` of the same; 4 s where there is none", { value: wholeNumber(2, 120) }),
	...both && {
		[`${prefix}healthCheckProtocol`]: honoured("`TCP` is `tcp` of the same", { value: oneOf(["HTTP", "TCP"]) }),
		[`${prefix}healthCheckPort`]: unsupported("the check goes to the port of the process", CHECK_HINT$1)
	}
});
// src/config/stacktape/service-keys.ts
const IN_FRONT_HINT = "Set it up on the load balancer or proxy in front.";
const FUNCTION_HINT = "Write a task with `run: post_deploy` in gantry.yml.";
const ROLLING = "new instances take over one by one; no share of the traffic goes ahead";
const inFront$1 = unsupported("Gantry makes no load balancers and domains", IN_FRONT_HINT);
const deploymentRules = {
	deployment: honoured("how new instances take over", { rows: "SW-03" }),
	"deployment.strategy": approximated(ROLLING, {
		value: Strategy,
		required: true,
		hint: "Say how they take over under `rollout` in gantry.yml.",
		rows: "SW-03"
	}),
	"deployment.beforeAllowTrafficFunction": unsupported("Gantry calls no functions", FUNCTION_HINT),
	"deployment.afterTrafficShiftFunction": unsupported("Gantry calls no functions", FUNCTION_HINT),
	"deployment.testListenerPort": unsupported("there is no traffic for tests", "Leave it out.")
};
const serviceRules = {
	...imageRules,
	...sizeRules,
	...lifeRules,
	"sideContainers[]": honoured("one of `containers`", { section: SIDE_CONTAINER }),
	...accessRules,
	...placeRules
};
const protocolRule = approximated("connections are TCP; nothing is measured by protocol", {
	value: oneOf([
		"http",
		"http2",
		"grpc"
	]),
	hint: "Measure it in the code."
});
const WEB_BALANCERS = {
	"http-api-gateway": {
		title: "Load balancing by `http-api-gateway`",
		keys: { type: approximated("it is reached through the proxy or load balancer in front", { hint: IN_FRONT_HINT }) }
	},
	"application-load-balancer": {
		title: "Load balancing by `application-load-balancer`",
		keys: {
			type: honoured("the target group is `ecs.target_group` in gantry.yml"),
			properties: honoured("the check; `/` every 5 s where there is none"),
			...balancerCheckRules("properties.", false)
		}
	},
	"network-load-balancer": {
		title: "Load balancing by `network-load-balancer`",
		keys: {
			type: honoured("the target group is `ecs.target_group` in gantry.yml"),
			properties: honoured("ports and check", { required: true }),
			...balancerCheckRules("properties.", true),
			"properties.ports": honoured("`port`: that of the first one", { required: true }),
			"properties.ports[].port": approximated("it is reached at the port of the load balancer or proxy", {
				hint: IN_FRONT_HINT,
				value: PortNumber,
				required: true
			}),
			"properties.ports[].protocol": approximated("TLS ends at the load balancer or proxy", {
				hint: IN_FRONT_HINT,
				value: oneOf(["TCP", "TLS"])
			}),
			"properties.ports[].containerPort": honoured("`port`", { value: PortNumber })
		}
	}
};
const PRIVATE_BALANCERS = {
	"service-connect": {
		title: "Load balancing by `service-connect`",
		keys: { type: honoured("Service Connect, in the namespace that `ecs.namespace` names") }
	},
	"application-load-balancer": {
		title: "Load balancing of a `private-service` by `application-load-balancer`",
		keys: { type: approximated("Service Connect, in the namespace that `ecs.namespace` names", { hint: "Let other processes call it by the name of the process." }) }
	}
};
const WEB = {
	...serviceRules,
	loadBalancing: honoured("what is in front", {
		variants: {
			by: "type",
			sections: WEB_BALANCERS
		},
		rows: "SW-09"
	}),
	...deploymentRules,
	cors: inFront$1,
	customDomains: inFront$1,
	cdn: inFront$1,
	useFirewall: inFront$1,
	alarms: unsupported("Gantry makes no alarms", "Make them in the monitoring of your choice."),
	disabledGlobalAlarms: unsupported("Gantry makes no alarms", "Leave it out.")
};
const PRIVATE = {
	...serviceRules,
	port: honoured("`port`; 3000 where there is none", { value: PortNumber }),
	protocol: protocolRule,
	loadBalancing: honoured("how other processes reach it", {
		variants: {
			by: "type",
			sections: PRIVATE_BALANCERS
		},
		rows: "SW-10"
	})
};
const routeRule = unsupported("requests are not routed by it", IN_FRONT_HINT);
const routing = (names) => Object.fromEntries(names.map((name) => [`properties.${name}`, routeRule]));
const event = (title, text, more) => ({
	title: `The event \`${title}\` of a container`,
	keys: {
		type: honoured(text),
		properties: honoured("the port", { required: true }),
		"properties.containerPort": honoured("`port`: that of the first event by which it is reached", {
			value: PortNumber,
			required: true
		}),
		...more
	}
});
const BALANCED = ["loadBalancerName", "listenerPort"];
const EVENTS = {
	"http-api-gateway": event("http-api-gateway", "`expose: public`", routing([
		"httpApiGatewayName",
		"method",
		"path",
		"authorizer",
		"payloadFormat"
	])),
	"application-load-balancer": event("application-load-balancer", "`expose: public`", routing([
		...BALANCED,
		"priority",
		"paths",
		"methods",
		"hosts",
		"headers",
		"queryParams",
		"sourceIps"
	])),
	"network-load-balancer": event("network-load-balancer", "`expose: public`", routing(BALANCED)),
	"service-connect": event("service-connect", "`expose: private`", {
		"properties.alias": approximated("other processes reach it by the name of the process", {
			value: Text$1,
			hint: "Let them call it by that name."
		}),
		"properties.protocol": protocolRule
	}),
	"workload-internal": event("workload-internal", "its `port`: the containers of an instance reach each other at `localhost`", {})
};
const CONTAINER = {
	title: "A container of a `multi-container-workload`",
	keys: {
		...namedContainerRules,
		"events[]": honoured("who reaches it", { variants: {
			by: "type",
			sections: EVENTS
		} }),
		loadBalancerHealthCheck: honoured("`health_check`; `readiness` where there is an `internalHealthCheck`"),
		...balancerCheckRules("loadBalancerHealthCheck.", true)
	}
};
const WORKLOAD = {
	containers: honoured("the one that is reached from outside, else the first essential one, is the process; the others are its `containers`", {
		required: true,
		rows: "SW-12"
	}),
	"containers[]": honoured("a container of each instance", { section: CONTAINER }),
	...sizeRules,
	...accessRules,
	...placeRules,
	...deploymentRules
};
/** The section of a resource: its type, and the keys of its `properties`. */
function resourceSection(type, rule, properties) {
	return {
		title: `A \`${type}\``,
		keys: {
			type: rule,
			properties: honoured("its settings", { required: true }),
			...Object.fromEntries(Object.entries(properties).map(([key, each]) => [`properties.${key}`, each])),
			overrides: unsupported("Gantry makes no CloudFormation resources", "Leave it out.")
		}
	};
}
const SERVICES$1 = {
	"worker-service": resourceSection("worker-service", honoured("a process with `expose: none`", { rows: "SW-01, SW-11" }), serviceRules),
	"web-service": resourceSection("web-service", honoured("a process with `expose: public`", { rows: "SW-09" }), WEB),
	"private-service": resourceSection("private-service", honoured("a process with `expose: private`", { rows: "SW-10" }), PRIVATE),
	"multi-container-workload": resourceSection("multi-container-workload", honoured("a process with `containers`", { rows: "SW-12" }), WORKLOAD)
};
// src/config/stacktape/job-keys.ts
/** What becomes of an event that is no schedule. */
const NO_EVENT = {
	text: "only a schedule, a deployment or a person starts a task",
	hint: "Let a process wait for it, or give the job a schedule."
};
const NO_INPUT = unsupported("a task gets no event", "Give it as variables under `environment`.");
const SCHEDULE = {
	title: "The event `schedule`",
	keys: {
		type: honoured("`schedule`, in UTC"),
		properties: honoured("when", { required: true }),
		"properties.scheduleRate": honoured("`schedule`: a rate begins at midnight or with the hour", {
			value: Schedule,
			required: true,
			rows: "SW-13"
		}),
		"properties.input": NO_INPUT,
		"properties.inputPath": NO_INPUT,
		"properties.inputTransformer": NO_INPUT
	}
};
const OTHER_EVENT = {
	title: "Any other event",
	keys: {
		type: unsupported(NO_EVENT.text, NO_EVENT.hint),
		properties: unsupported(NO_EVENT.text, NO_EVENT.hint)
	}
};
const SCHEDULE_EVENT = "schedule";
const OTHER_EVENTS = [
	"http-api-gateway",
	"s3",
	"sns",
	"sqs",
	"kinesis-stream",
	"dynamo-db-stream",
	"cloudwatch-log",
	"application-load-balancer",
	"event-bus"
];
const JOB = {
	container: honoured("what runs", { required: true }),
	...Object.fromEntries(Object.entries(imageRules).map(([key, rule]) => [`container.${key}`, rule])),
	resources: honoured("the size", { required: true }),
	"resources.cpu": honoured("`cpu`", {
		value: JobCpu,
		required: true
	}),
	"resources.memory": honoured("`memory`; 1 GB where there is none", { value: Memory }),
	"resources.gpu": unsupported("Fargate has no GPUs", "Run it elsewhere.", { value: Gpu }),
	timeout: honoured("`max_hours`; 168 hours where there is none", { value: Seconds }),
	useSpotInstances: approximated("tasks run on demand: it costs more, and nothing interrupts it", {
		value: Flag$1,
		hint: "Leave it out."
	}),
	retryConfig: unsupported("a task that failed is not started again", "Let the command try again itself."),
	...loggingRules(""),
	"events[]": honoured("what starts it", { variants: {
		by: "type",
		sections: {
			[SCHEDULE_EVENT]: SCHEDULE,
			...Object.fromEntries(OTHER_EVENTS.map((type) => [type, OTHER_EVENT]))
		}
	} }),
	...accessRules
};
const JOBS = { "batch-job": resourceSection("batch-job", honoured("a task", { rows: "SW-13" }), JOB) };
// src/config/stacktape/logging.ts
/** What a container asks for that names no time. */
const DEFAULT_DAYS = scalar(90, byStacktape);
const RETENTION_HINT = "Set `logs.retention` in gantry.yml for another time.";
/**
* Notes for how many days the output of one container is to be kept: here that is said of the whole app. One that wants
* no output asks for nothing.
*/
function noteLogging(logging, { reading, retentions }) {
	const [disabled, days] = ["disabled", "retentionDays"].map((key) => given(logging, key));
	honourFalse([disabled], { reading });
	if (disabled?.kind === "scalar" && disabled.value === true) {
		if (days !== void 0) reading.keys.change(days, "honoured", "not used: no output is asked for");
		return;
	}
	retentions.push(days?.kind === "scalar" ? days : DEFAULT_DAYS);
}
/** Adds for how long output is kept: the longest time that a container asks for. */
function addRetention({ draft, reading, retentions }) {
	const [longest] = retentions.toSorted((a, b) => daysOf$1(b) - daysOf$1(a) || Number(isDefault(a)) - Number(isDefault(b)));
	if (longest === void 0) return;
	draft.set(["logs", "retention"], derived(`${daysOf$1(longest)}d`, longest));
	const why = isDefault(longest) ? "which Stacktape gives to a container that names no time" : "the longest time that the file names";
	const text = `all output of the app is kept for ${daysOf$1(longest)} days, ${why}`;
	for (const other of retentions) {
		if (isDefault(other) || daysOf$1(other) === daysOf$1(longest)) continue;
		reading.keys.change(other, "approximated", text, RETENTION_HINT);
	}
}
function isDefault({ origin }) {
	return origin.kind === "default";
}
function daysOf$1({ value }) {
	return Number(value);
}
// src/config/stacktape/schedule.ts
const DAYS = [
	"SUN",
	"MON",
	"TUE",
	"WED",
	"THU",
	"FRI",
	"SAT"
];
const MONTHS = [
	"JAN",
	"FEB",
	"MAR",
	"APR",
	"MAY",
	"JUN",
	"JUL",
	"AUG",
	"SEP",
	"OCT",
	"NOV",
	"DEC"
];
const RATE = /^rate\((?:(1) (minute|hour|day)|(\d{1,9}) (minutes|hours|days))\)$/;
const FORMS = "cron(minute hour day month weekday year), or rate(NUMBER minutes), hours or days";
const MINUTE = {
	called: "minutes",
	first: 0,
	last: 59,
	names: []
};
const HOUR = {
	called: "hours",
	first: 0,
	last: 23,
	names: []
};
const DAY = {
	called: "days",
	first: 1,
	last: 31,
	names: [],
	others: /^(?:L|LW|L-\d{1,2}|\d{1,2}W)$/
};
const MONTH = {
	called: "months",
	first: 1,
	last: 12,
	names: MONTHS
};
/** Counted from Sunday, the first; here that is 0. */
const WEEKDAY = {
	called: "weekdays",
	first: 1,
	last: 7,
	names: DAYS,
	others: new RegExp(`^(?:[1-7]|${DAYS.join("|")})?(?:L|#[1-5])$`)
};
const YEAR = {
	called: "years",
	first: 1970,
	last: 2199,
	names: []
};
/**
* The cron expression of 5 fields that a schedule of EventBridge stands for; times are in UTC.
* https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
*/
function translateSchedule(text) {
	if (text.startsWith("rate(")) return translateRate(text);
	const fields = text.slice(5, -1).trim().toUpperCase().split(/\s+/);
	if (fields.length !== 6) return { wrong: FORMS };
	const [minute, hour, day, month, weekday, year] = fields;
	if (day === "?" === (weekday === "?")) return { wrong: "a cron(…) with a ? for the day or for the weekday" };
	const cron = joined([
		listOf(minute, MINUTE),
		listOf(hour, HOUR),
		day === "?" ? "*" : daysOf(day),
		listOf(month, MONTH),
		weekday === "?" ? "*" : weekdaysOf(weekday)
	], " ");
	const years = listOf(year, YEAR);
	if (typeof cron !== "string") return cron;
	if (typeof years !== "string") return years;
	return years === "*" ? {
		cron,
		isExact: true
	} : { unsupported: "a schedule is for every year" };
}
/** `L` is the last day of the month, `15W` the weekday nearest to the 15th: the same in both. */
function daysOf(text) {
	return /^(?:L|(?:[1-9]|[12]\d|3[01])W)$/.test(text) ? text : listOf(text, DAY);
}
/** `2#1` is the first Monday: the same in both, but for the number of the day. */
function weekdaysOf(text) {
	const [, day = "", nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
	const found = numberOf(day, WEEKDAY);
	return found === null ? listOf(text, WEEKDAY) : `${shown(found, WEEKDAY)}#${nth}`;
}
function listOf(text, field) {
	return joined(text.split(",").map((part) => partOf(part, field)), ",");
}
function joined(parts, between) {
	const texts = parts.filter((each) => typeof each === "string");
	return parts.find((each) => typeof each !== "string") ?? texts.join(between);
}
const PART = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/;
/** A step has a range in front of it: `5/15` is `5-59/15`. */
function partOf(part, field) {
	if (field.others?.test(part) === true) return { unsupported: `a schedule has no ${quote(part)} among its ${field.called}` };
	const [found, low, high, step] = PART.exec(part) ?? [];
	const by = step === void 0 ? "" : `/${Number(step)}`;
	if (found === void 0 || by === "/0" || Number(step) > field.last) return { wrong: ruleOf(field) };
	if (low === void 0) return `*${by}`;
	const from = numberOf(low, field);
	const to = high === void 0 ? by === "" ? from : field.last : numberOf(high, field);
	if (from === null || to === null) return { wrong: ruleOf(field) };
	if (from > to) return { unsupported: "the ranges of a schedule only go up" };
	return from === to && by === "" ? shown(from, field) : `${shown(from, field)}-${shown(to, field)}${by}`;
}
/** Null for what is no value of the field. */
function numberOf(text, { first, last, names }) {
	const index = names.indexOf(text);
	const value = index === -1 ? Number(/^\d{1,4}$/.exec(text)?.[0] ?? NaN) : index + first;
	return value >= first && value <= last ? value : null;
}
function shown(value, field) {
	return String(field === WEEKDAY ? value - 1 : value);
}
function ruleOf({ called, first, last, names }) {
	return `a cron(…) with ${called} from ${first} to ${last}${names.length === 0 ? "" : `, or ${names[0]} to ${names.at(-1)}`}`;
}
/** A rate has no beginning in a file: it is taken to begin with the hour, or at midnight. */
function translateRate(text) {
	const [, one, single, many, plural] = RATE.exec(text) ?? [];
	const count = Number(one ?? many);
	const unit = single ?? plural?.slice(0, -1);
	if (unit === void 0 || count < 1 || one === void 0 && count === 1) return { wrong: FORMS };
	if (unit === "minute") return every(count, 60, (step) => `${step} * * * *`, () => translateHours(count / 60));
	return unit === "hour" ? translateHours(count) : translateDays(count);
}
function translateHours(count) {
	return every(count, 24, (step) => `0 ${step} * * *`, () => translateDays(count / 24));
}
function translateDays(count) {
	return count === 1 ? {
		cron: "0 0 * * *",
		isExact: false
	} : { unsupported: "a schedule cannot count across days, months and hours" };
}
/** A step that divides the larger unit, or, where it is a multiple of that one, whatever that makes. */
function every(count, most, show, larger) {
	if (count >= most && count % most === 0) return larger();
	if (most % count !== 0) return { unsupported: "a schedule cannot count across days, months and hours" };
	return {
		cron: show(count === 1 ? "*" : `*/${count}`),
		isExact: false
	};
}
// src/config/stacktape/jobs.ts
/** MB that a job gets which does not say it. */
const MEMORY$1 = 1024;
/** Hours: the least and the most that Gantry lets a task run. */
const LIMIT = {
	least: .01,
	most: 168
};
/** Each is a task with all variables of the job. */
const MAX_SCHEDULES = 20;
const SCHEDULE_HINT = "Write it as a `schedule` of the task in gantry.yml.";
const TIMES_HINT = "Write another `schedule` of the task in gantry.yml where these times do not suit.";
/** Adds the task of a batch job, and one more for each further schedule. */
function addJob(called, resource, context) {
	const properties = given(resource, "properties");
	const { names } = context;
	const schedules = schedulesOf(properties, context);
	if (schedules.length > MAX_SCHEDULES) {
		context.reading.error(`A job has at most ${MAX_SCHEDULES} schedules here; found ${schedules.length}`, { place: resource.key });
		return;
	}
	const first = names.take(called, resource);
	if (first !== null) addTask(first, resource, schedules[0], context);
	for (const [index, each] of schedules.slice(1).entries()) {
		const count = index + 2;
		const name = names.take(`${called}-${count}`, resource, `schedule ${count} of ${quote(called)}`);
		if (name !== null) addTask(name, resource, each, context);
	}
	honourFalse([given(properties, "useSpotInstances")], context);
	const retries = given(properties, "retryConfig");
	honourUsual(1, given(retries, "attempts"), context, retries);
	noteLogging(given(properties, "logging"), context);
}
function addTask(name, resource, schedule, context) {
	const { draft } = context;
	const path = ["tasks", name];
	const properties = child(resource, "properties");
	const container = child(properties, "container");
	draft.open(path, resource);
	addPackaging(path, child(container, "packaging") ?? container ?? properties, context);
	addVariables(path, given(container, "environment"), context);
	const cpu = given(given(properties, "resources"), "cpu");
	const memory = given(given(properties, "resources"), "memory");
	if (cpu !== void 0) draft.set([...path, "cpu"], cpu);
	const size = memory?.kind === "scalar" ? derived(`${memory.text} MB`, memory) : scalar(`${MEMORY$1} MB`, byStacktape);
	draft.set([...path, "memory"], size);
	draft.set([...path, "max_hours"], limitOf(given(properties, "timeout"), context));
	if (schedule !== void 0) draft.set([...path, "schedule"], schedule);
	addAccess(path, properties, context);
}
function limitOf(timeout, { reading }) {
	if (timeout?.kind !== "scalar") return scalar(LIMIT.most, byStacktape);
	const wanted = Number(timeout.value) / 3600;
	const hours = Math.min(Math.max(wanted, LIMIT.least), LIMIT.most);
	if (hours !== wanted) reading.keys.change(timeout, "approximated", `a task may run for ${LIMIT.least} to ${LIMIT.most} hours`, "Let the command itself end in time.");
	return derived(hours, timeout);
}
function schedulesOf(properties, { reading }) {
	const refuse = (rate, wanted) => reading.error(`scheduleRate must be ${wanted}; found ${describeValue(rate)}`, { place: placeOf(rate) });
	return tablesOf(given(properties, "events")).flatMap((event) => {
		const type = textAt(event, "type");
		if (type === void 0) return [];
		const rate = given(given(event, "properties"), "scheduleRate");
		if (type !== "schedule") {
			reading.keys.change(event, "unsupported", NO_EVENT.text, NO_EVENT.hint);
			return [];
		}
		if (rate?.kind !== "scalar") return [];
		const found = translateSchedule(rate.text);
		if ("wrong" in found) {
			refuse(rate, found.wrong);
			return [];
		}
		if ("unsupported" in found) {
			reading.keys.change(rate, "unsupported", found.unsupported, SCHEDULE_HINT);
			return [];
		}
		const issue = Schedule$1.safeParse(found.cron).error?.issues[0];
		if (issue !== void 0) {
			refuse(rate, issue.message);
			return [];
		}
		if (!found.isExact) {
			const how = `it runs at fixed times (${found.cron}), and not counted from the deployment`;
			reading.keys.change(rate, "approximated", how, TIMES_HINT);
		}
		return [derived(found.cron, rate)];
	});
}
// src/config/stacktape/keys.ts
const VALUES_HINT = "Write the values themselves, or set them with `gantry env set NAME`.";
const HOOK = "a task for each script, which runs when the image or the command changed";
const CLOUDFORMATION_HINT = "Deploy it otherwise.";
const NO_ACCOUNT = "Gantry makes no stack";
const NO_ENV_HINT = "Leave it out.";
const hookRules = (name, run) => ({
	[name]: approximated(HOOK, { hint: "Write `when: always` at the task in gantry.yml, to run it in every deployment." }),
	[`${name}[].scriptName`]: honoured(`the task \`${run}\``, {
		value: Text$1,
		required: true
	}),
	[`${name}[].skipOnCI`]: unsupported("a deployment is the same everywhere", "Leave it out.", { value: Flag$1 }),
	[`${name}[].skipOnLocal`]: unsupported("a deployment is the same everywhere", "Leave it out.", { value: Flag$1 })
});
const otherHooks = Object.fromEntries([
	"beforeDelete",
	"afterDelete",
	"beforeBucketSync",
	"afterBucketSync",
	"beforeDev",
	"afterDev"
].map((name) => [name, unsupported("Gantry has tasks before and after a deployment only", "Run it yourself.")]));
const oneByOne = approximated("`command`: one after another, in one shell", { hint: "Let none of them count on a shell of its own." });
const scriptSection = (title, where, more) => ({
	title: `A \`${title}\``,
	keys: {
		type: approximated(`it runs as a task, in the image of the app, and not ${where}`, { hint: "Put what it needs into the image." }),
		properties: honoured("what it does", { required: true }),
		"properties.executeCommand": honoured("`command`, a line for the shell", { value: Text$1 }),
		"properties.executeCommands": oneByOne,
		"properties.executeCommands[]": honoured("a line of it", { value: Text$1 }),
		...more,
		"properties.environment[].name": imageRules["environment[].name"],
		"properties.environment[].value": imageRules["environment[].value"],
		"properties.connectTo": accessRules["connectTo"],
		"properties.cwd": unsupported("a task begins in the folder of its image", "Write `cd FOLDER` in front of the command."),
		"properties.assumeRoleOfResource": unsupported("a task has the role of `ecs.task_role`", "Allow that role what the script does.")
	}
});
const files = {
	"properties.executeScript": honoured("`command`: the file, run by `node` or `python`", { value: FilePath }),
	"properties.executeScripts": oneByOne,
	"properties.executeScripts[]": honoured("a file of them", { value: FilePath }),
	"properties.pipeStdio": approximated("output is always shown", {
		value: Flag$1,
		hint: "Send it to /dev/null in the command."
	})
};
const bastion = { "properties.bastionResource": unsupported("there is no bastion: a task runs in the network of the app", NO_ENV_HINT) };
const SCRIPTS = {
	"local-script": scriptSection("local-script", "on the machine that deploys", files),
	"local-script-with-bastion-tunneling": scriptSection("local-script-with-bastion-tunneling", "on the machine that deploys", {
		...files,
		...bastion
	}),
	"bastion-script": scriptSection("bastion-script", "on a bastion", bastion)
};
const ScriptName = string().regex(/[a-z0-9]/i, { error: "a name with a letter or a digit" });
const noStack = (hint) => unsupported(NO_ACCOUNT, hint);
/** `stacktape.yml`. Stacktape refuses keys that it does not know. */
const STACKTAPE_KEYS = {
	system: SYSTEM,
	unknown: "error",
	root: {
		title: "`stacktape.yml`",
		keys: {
			serviceName: approximated("the app has the name of its repository", {
				value: Text$1,
				hint: "Write `app:` in gantry.yml for another one."
			}),
			variables: honoured("what `$Var()` puts in"),
			"variables.*": honoured("a value for `$Var()`"),
			directives: approximated("the values that they would give are not known", {
				hint: VALUES_HINT,
				rows: "SW-25"
			}),
			"directives[].name": honoured("the name of a directive", {
				value: Text$1,
				required: true
			}),
			"directives[].filePath": unsupported("Gantry runs no code of the repository to read a config", VALUES_HINT, {
				value: FilePath,
				required: true
			}),
			resources: honoured("processes and tasks", { required: true }),
			"resources.*": honoured("a process or task of that name: `mailWorker` is `mail-worker`", {
				name: ResourceName,
				variants: {
					by: "type",
					sections: {
						...SERVICES$1,
						...JOBS,
						...OTHER_SECTIONS
					}
				},
				rows: "SW-19"
			}),
			scripts: honoured("what hooks run"),
			"scripts.*": honoured("a script", {
				name: ScriptName,
				variants: {
					by: "type",
					sections: SCRIPTS
				}
			}),
			hooks: honoured("tasks"),
			...Object.fromEntries(Object.entries({
				...hookRules("beforeDeploy", "before-deploy-SCRIPT"),
				...hookRules("afterDeploy", "after-deploy-SCRIPT"),
				...otherHooks
			}).map(([key, rule]) => [`hooks.${key}`, rule])),
			deploymentConfig: honoured("what a deployment does that fails"),
			"deploymentConfig.disableAutoRollback": honoured("`rollout.on_failure: keep`", { value: Flag$1 }),
			"deploymentConfig.terminationProtection": noStack("Leave it out."),
			"deploymentConfig.cloudformationRoleArn": noStack("Give the role to the job that deploys."),
			"deploymentConfig.triggerRollbackOnAlarms": unsupported("Gantry looks at no alarms", "Give the process a `health_check`."),
			"deploymentConfig.monitoringTimeAfterDeploymentInMinutes": unsupported("a deployment ends when its instances are steady", "Raise `rollout.min_up` in gantry.yml."),
			"deploymentConfig.publishEventsToArn": unsupported("Gantry publishes no events", "Use the outputs of the GitHub Action."),
			"deploymentConfig.previousVersionsToKeep": approximated("the images of the last ten releases are kept", {
				value: wholeNumber(0, 1e6),
				hint: "Leave it out."
			}),
			"deploymentConfig.disableS3TransferAcceleration": noStack("Leave it out."),
			stackConfig: honoured("settings of the stack"),
			"stackConfig.outputs": noStack("Leave it out."),
			"stackConfig.tags": unsupported("Gantry sets its own tags only", "Tag what you create yourself."),
			"stackConfig.vpc": unsupported("Gantry makes no networks", "Name subnets and groups under `ecs.subnets` and `ecs.security_groups` in gantry.yml."),
			"stackConfig.disableStackInfoSaving": descriptive(),
			"stackConfig.stackInfoDirectory": descriptive(),
			providerConfig: unsupported("Gantry makes nothing at other providers", "Create it yourself."),
			cloudformationResources: unsupported("Gantry makes no CloudFormation resources", CLOUDFORMATION_HINT, { rows: "SW-71, SW-72" })
		}
	}
};
// src/config/stacktape/health.ts
const FIRST_LINE = "the shell runs the first line only, as Docker has it";
/** Seconds. */
const CONTAINER_INTERVAL = 30;
const BALANCER = {
	interval: 5,
	timeout: 4
};
/**
* Adds the checks of a container: its own says whether it works, and that of the load balancer in front of it whether it
* gets requests; the latter alone says both.
*/
function addHealthCheck(path, internal, balancer, context) {
	const setIn = (field) => (key, value) => context.draft.set([
		...path,
		field,
		key
	], value);
	const set = setIn("health_check");
	const command = internal === void 0 ? null : commandOf(internal, context);
	if (balancer !== null) addBalancerCheck(balancer, command === null ? set : setIn("readiness"), context);
	if (command === null) return;
	set("command", command);
	set("interval", given(internal, "intervalSeconds") ?? scalar(CONTAINER_INTERVAL, byStacktape));
	for (const [key, name] of Object.entries({
		timeout: "timeoutSeconds",
		retries: "retries",
		start_period: "startPeriodSeconds"
	})) {
		const value = given(internal, name);
		if (value !== void 0) set(key, value);
	}
}
/** `CMD-SHELL` and a line, or `CMD` and words, as ECS has it. */
function commandOf(internal, { reading }) {
	const list = given(internal, "healthCheckCommand");
	const words = wordsOf(list);
	if (list === void 0 || words === null) return null;
	const [form, line, ...more] = words;
	if (form !== "CMD" && form !== "CMD-SHELL" || line === void 0) {
		reading.error("healthCheckCommand must be a list: CMD and words, or CMD-SHELL and a line", {
			place: placeOf(list),
			hint: "Write for example ['CMD-SHELL', 'curl -f http://localhost:3000/ || exit 1']."
		});
		return null;
	}
	if (form === "CMD") return derivedList([line, ...more], list);
	if (more.length > 0) reading.keys.change(list, "approximated", FIRST_LINE, "Write all of it in one line.");
	return derived(line, list);
}
function addBalancerCheck({ settings, protocol }, set, context) {
	const interval = given(settings, "healthcheckInterval") ?? scalar(BALANCER.interval, byStacktape);
	const timeout = given(settings, "healthcheckTimeout") ?? scalar(BALANCER.timeout, byStacktape);
	if (protocol === "HTTP") set("path", given(settings, "healthcheckPath") ?? scalar("/", byStacktape));
	else set("tcp", settings === void 0 ? scalar(true, byStacktape) : derived(true, settings));
	set("interval", interval);
	set("timeout", timeout);
	const isKnown = !isUnknown(child(settings, "healthcheckInterval"), context);
	if (protocol === "HTTP" && isKnown) checkTimes(interval, timeout, context);
}
/** A load balancer waits for an answer for less time than it has between two checks (ELB API: CreateTargetGroup). */
function checkTimes(interval, timeout, { reading }) {
	if (interval.kind !== "scalar" || timeout.kind !== "scalar") return;
	if (Number(timeout.value) < Number(interval.value)) return;
	reading.error(`healthcheckTimeout must be less than healthcheckInterval, which is ${interval.text}; found ${timeout.text}`, {
		place: placeOf(timeout),
		hint: "Write both, the interval longer than the timeout."
	});
}
// src/config/shared-rules.ts
/** @param owner the path of what has these settings, with a dot at its end; empty for the whole config */
function checkVariables(owner, settings, reading) {
	const env = child(settings, "env");
	for (const [variable, reference] of entriesOf(child(settings, "secrets"))) {
		const plain = child(env, variable);
		if (plain === void 0) continue;
		reading.error(`${quote(variable)} is both in env${lineOf$1(plain.key ?? placeOf(plain))} and in secrets`, {
			path: `${owner}secrets.${variable}`,
			place: reference.key ?? placeOf(reference),
			hint: "Leave it out of one of them."
		});
	}
}
/** Reports mounts of which one would hide a part of the other. */
function checkMounts(path, settings, reading) {
	for (const { outer, inner, value } of overlapsIn(entriesOf(child(settings, "mounts")))) reading.error(`The mounts ${quote(outer)} and ${quote(inner)} of ${path} overlap`, {
		path: `${path}.mounts`,
		place: value.key ?? placeOf(value),
		hint: OVERLAP_HINT
	});
}
const OVERLAP_HINT = "Mount folders beside each other.";
/** Mounts, by folders that end without `/`, of which one is inside of another one. */
function overlapsIn(mounts) {
	const sorted = mounts.map(([folder, value]) => ({
		folder,
		value,
		parts: `${folder}/`
	})).toSorted((a, b) => a.parts < b.parts ? -1 : 1);
	return sorted.slice(1).flatMap(({ folder, value, parts }, index) => {
		const outer = sorted[index];
		return parts.startsWith(outer.parts) ? {
			outer: outer.folder,
			inner: folder,
			value
		} : [];
	});
}
function lineOf$1(place) {
	return place === void 0 ? "" : ` (${place.file}:${place.line})`;
}
// src/config/stacktape/mounts.ts
/** Adds file systems as folders of the storage of the app: a file system is the first folder of their path. */
function addMounts(path, list, context) {
	const { draft, reading } = context;
	const taken = /* @__PURE__ */ new Set();
	for (const mount of tablesOf(list)) {
		const properties = given(mount, "properties");
		const isKnown = [
			"efsFilesystemName",
			"rootDirectory",
			"mountPath"
		].every((key) => !isUnknown(child(properties, key), context));
		checkReference("efs-filesystem", given(properties, "efsFilesystemName"), context);
		if (properties === void 0 || !isKnown) {
			reading.keys.change(mount, "unsupported", "it is not mounted: which folder, or where, cannot be known here", "Mount it in gantry.yml.");
			continue;
		}
		const written = given(properties, "mountPath");
		if (written?.kind !== "scalar") continue;
		const at = `/${trimmed$1(written.text)}`;
		const folder = trimmed$1(`${textAt(properties, "efsFilesystemName") ?? ""}/${textAt(properties, "rootDirectory") ?? ""}`);
		if (!MountPath.safeParse(at).success || !SourcePath.safeParse(folder).success) {
			reading.keys.change(mount, "unsupported", "its paths must have no `..`, blanks, commas and colons", "Mount it in gantry.yml, at another path.");
			continue;
		}
		if (taken.has(at)) reading.error(`Two file systems are mounted at ${quote(at)}`, {
			place: placeOf(written),
			hint: OVERLAP_HINT
		});
		taken.add(at);
		draft.set([
			...path,
			"mounts",
			at,
			"source"
		], derived("storage", written));
		draft.set([
			...path,
			"mounts",
			at,
			"source_path"
		], derived(folder, written));
	}
}
function trimmed$1(path) {
	return path.split("/").filter((part) => part !== "" && part !== ".").join("/");
}
// src/config/stacktape/containers.ts
/** Seconds between SIGTERM and SIGKILL where a container does not say it. */
const STOP_TIMEOUT$1 = 2;
/** Adds what a container of a process runs and how it lives. Gives whether its image is pinned. */
function addContainer(path, container, balancer, context) {
	const isPinned = addImageAndVariables(path, container, context);
	addHealthCheck(path, given(container, "internalHealthCheck"), balancer, context);
	return isPinned;
}
/** Adds what processes, tasks and containers have in common. */
function addImageAndVariables(path, container, context) {
	const isPinned = addPackaging(path, child(container, "packaging") ?? container, context);
	addMounts(path, given(container, "volumeMounts"), context);
	addVariables(path, given(container, "environment"), context);
	const stop = given(container, "stopTimeout") ?? scalar(STOP_TIMEOUT$1, byStacktape);
	context.draft.set([...path, "stop_timeout"], stop);
	noteLogging(given(container, "logging"), context);
	return isPinned;
}
// src/config/stacktape/waits.ts
/** What is waited for, and how that is said here. */
const CONDITIONS = {
	START: "started",
	HEALTHY: "healthy",
	COMPLETE: "completed",
	SUCCESS: "succeeded"
};
const ENDS = ["COMPLETE", "SUCCESS"];
/** The names of the containers that another one waits for until they end. */
function endingOf(containers) {
	const waits = containers.flatMap(waitsOf);
	return new Set(waits.filter(({ condition }) => ENDS.includes(condition.text)).map(({ other }) => other.text));
}
/** Adds what each container of an instance waits for. */
function addWaits(process, containers, names, context) {
	const pathOf = (name) => {
		const own = names.get(name);
		if (own === void 0) return null;
		return own === "main" ? process : [
			...process,
			"containers",
			own
		];
	};
	if (!areSound(containers, pathOf, context)) return;
	for (const container of containers) {
		const path = pathOf(nameOf$1(container));
		if (path === null) continue;
		for (const { other, condition } of waitsOf(container)) {
			const meant = CONDITIONS[condition.text] ?? condition.text;
			context.draft.set([
				...path,
				"depends_on",
				names.get(other.text)
			], derived(meant, condition));
		}
	}
}
/** Whether all waits of an instance can end, as ECS wants it; reports those that cannot. */
function areSound(containers, pathOf, context) {
	const byName = new Map(containers.map((each) => [nameOf$1(each), each]));
	return containers.flatMap((container) => waitsOf(container).map((wait) => isSound(wait, nameOf$1(container), pathOf(wait.other.text), byName, context))).every(Boolean) && !hasCircle(byName, context);
}
function isSound({ other, condition }, name, path, containers, context) {
	const found = containers.get(other.text);
	const [own, awaited] = [quote(name), quote(other.text)];
	const refuse = (message, hint) => {
		context.reading.error(message, {
			place: placeOf(condition),
			hint
		});
		return false;
	};
	if (found === void 0) {
		reportMissing("container", other, [...containers.keys()], context);
		return false;
	}
	if (other.text === name) return refuse(`${own} waits for itself`);
	if (condition.text === "HEALTHY") {
		const check = child(found, "internalHealthCheck");
		if (check === void 0) {
			const hint = `Give ${awaited} an \`internalHealthCheck\`, or wait for its START.`;
			return refuse(`${own} waits for ${awaited} to be healthy, and nothing checks that`, hint);
		}
		if (wordsOf(given(check, "healthCheckCommand")) === null && path !== null) return refuseUnknown$1(`${own} waits for ${awaited} to be healthy, and what checks that`, [path, "health_check"], condition, context);
	}
	if (ENDS.includes(condition.text) && textAt(found, "essential") === "true") {
		const hint = `Write \`essential: false\` for ${awaited}, or leave it out.`;
		return refuse(`${own} waits for ${awaited} to end, and with ${awaited} the instance ends`, hint);
	}
	return true;
}
function hasCircle(containers, { reading }) {
	const done = /* @__PURE__ */ new Set();
	const visit = (name, way) => {
		if (way.includes(name)) {
			const circle = [...way.slice(way.indexOf(name)), name].map(quote);
			reading.error(`Containers wait for each other: ${circle.join(" → ")}`, {
				place: placeOf(given(containers.get(name), "dependsOn")),
				hint: "Let one of them start without waiting."
			});
			return true;
		}
		if (done.has(name)) return false;
		const found = waitsOf(containers.get(name)).some(({ other }) => visit(other.text, [...way, name]));
		done.add(name);
		return found;
	};
	return [...containers.keys()].some((name) => visit(name, []));
}
function waitsOf(container) {
	return tablesOf(given(container, "dependsOn")).flatMap((item) => {
		const other = given(item, "containerName");
		const condition = given(item, "condition");
		return other?.kind === "scalar" && condition?.kind === "scalar" ? [{
			other,
			condition
		}] : [];
	});
}
function nameOf$1(container) {
	return textAt(container, "name") ?? "";
}
// src/config/stacktape/beside.ts
/** Whether an instance has more containers than it can, and reports that. */
function areTooMany(count, at, { reading }) {
	const most = 10;
	if (count <= most) return false;
	reading.error(`An instance has at most ${most} containers; found ${count}`, { place: at.key ?? placeOf(at) });
	return true;
}
/** @param main the one that is the process; null where the file has that elsewhere */
function namesOf(containers, main, { reading }) {
	const names = /* @__PURE__ */ new Map();
	const taken = /* @__PURE__ */ new Set([MAIN]);
	for (const container of containers) {
		const written = textAt(container, "name") ?? "";
		if (container === main) {
			names.set(written, MAIN);
			continue;
		}
		const plain = kebab(written);
		const name = plain === "main" ? `${plain}-container` : plain;
		if (taken.has(name) || names.has(written)) {
			const at = child(container, "name") ?? container;
			reading.error(`${quote(written)} is named "${name}" here, and so is another container`, {
				place: at.key ?? placeOf(at),
				hint: "Rename one of them."
			});
			continue;
		}
		taken.add(name);
		names.set(written, name);
	}
	return names;
}
/** Adds a container that runs beside a process in each of its instances. Gives where it stands, or null where it has no name. */
function addBeside(process, container, { names, isPinned }, context) {
	const name = names.get(textAt(container, "name") ?? "");
	if (name === void 0) return null;
	const { draft } = context;
	const path = [
		process[0],
		process[1],
		"containers",
		name
	];
	draft.open(path, container);
	const packaging = given(container, "packaging");
	const isOwn = addImageAndVariables(path, container, context);
	const type = textAt(packaging, "type");
	if (type === "custom-dockerfile" && given(given(packaging, "properties"), "dockerfilePath") === void 0) draft.set([
		...path,
		"build",
		"dockerfile"
	], scalar("Dockerfile", byStacktape));
	else if (isPinned && !isOwn && type === "stacktape-image-buildpack") draft.open([...path, "build"], packaging);
	addHealthCheck(path, given(container, "internalHealthCheck"), null, context);
	return path;
}
/**
* Adds the containers beside that of a service. It starts when those that run once have succeeded and the others run, and
* goes on when one of them ends, as in Stacktape.
*/
function addSideContainers(process, properties, isPinned, context) {
	const list = given(properties, "sideContainers");
	const containers = tablesOf(list);
	if (list === void 0 || areTooMany(containers.length + 1, list, context)) return;
	const names = namesOf(containers, null, context);
	for (const container of containers) {
		const type = given(container, "containerType");
		const path = addBeside(process, container, {
			names,
			isPinned
		}, context);
		if (path === null || type?.kind !== "scalar") continue;
		const { draft } = context;
		const once = type.text === "run-on-init";
		const own = given(container, "essential");
		if (!once) draft.set([...path, "essential"], own ?? scalar(false, byStacktape));
		else if (own?.kind === "scalar" && own.value === true) context.reading.keys.change(own, "approximated", "it ends, and the instance goes on", "Leave it out.");
		draft.set([
			...process,
			"depends_on",
			path[3]
		], derived(once ? "succeeded" : "started", type));
	}
	addWaits(process, containers, names, context);
}
// src/config/stacktape/scaling.ts
/** Percent at which Stacktape scales where nothing is said; it always looks at both CPU and memory. */
const DEFAULT_TARGET = 80;
const TARGETS = {
	keepAvgCpuUtilizationUnder: "autoscaling_cpu_threshold",
	keepAvgMemoryUtilizationUnder: "autoscaling_memory_threshold"
};
/** Adds the count, and what autoscaling adds to it. */
function addScaling(path, scaling, context) {
	const { draft, reading } = context;
	if (scaling === void 0) return;
	const [least, most] = ["minInstances", "maxInstances"].map((key) => given(scaling, key));
	const min = least?.kind === "scalar" ? Number(least.value) : 1;
	const max = most?.kind === "scalar" ? Number(most.value) : 1;
	const isOpen = isUnknown(child(scaling, "maxInstances"), context);
	if (max < min && !isOpen) {
		reading.error(`maxInstances must be at least minInstances, which is ${min}; found ${max}`, {
			place: placeOf(most ?? least),
			hint: most === void 0 ? "Without it, it is 1." : void 0
		});
		return;
	}
	if (least !== void 0) draft.set([...path, "demand_count"], least);
	const policy = given(scaling, "scalingPolicy");
	if (most === void 0 || max === min) {
		if (policy !== void 0 && !isOpen) reading.keys.change(policy, "honoured", "there is nothing to scale: minInstances is maxInstances");
		return;
	}
	draft.set([...path, "scale_count"], derived(max - min, most));
	draft.set([...path, "scale_type"], derived("demand", most));
	for (const [key, threshold] of Object.entries(TARGETS)) draft.set([...path, threshold], given(policy, key) ?? scalar(DEFAULT_TARGET, byStacktape));
}
// src/config/stacktape/ec2.ts
const TYPE = /^(?<family>[cmrt])\d+(?<options>[a-z-]*)\.(?<size>nano|micro|small|medium|large|(?<times>\d{0,2})xlarge)$/;
const GIB_PER_CPU = {
	c: 2,
	m: 4,
	r: 8
};
const CPUS = {
	medium: 1,
	large: 2,
	xlarge: 4
};
/** Burstable types: the CPU that they have all the time, rounded up, and their GiB (EC2 user guide: baseline). */
const BURSTABLE = {
	nano: [.25, .5],
	micro: [.25, 1],
	small: [.5, 2],
	medium: [.5, 4],
	large: [1, 8],
	xlarge: [2, 16],
	"2xlarge": [4, 32]
};
const LARGEST_CPU = 16;
/** The size on Fargate that comes closest to an EC2 type of the common families; null for any other. */
function sizeOfType(type) {
	const { family, options, size, times } = TYPE.exec(type)?.groups ?? {};
	if (family === void 0 || size === void 0) return null;
	const [cpu, gib] = family === "t" ? BURSTABLE[size] ?? [] : ratioSize(family, size, times);
	if (cpu === void 0 || gib === void 0 || cpu > LARGEST_CPU) return null;
	return {
		cpu,
		memory: Math.min(gib * 1024, largestMemory(cpu)),
		arm: options.startsWith("g")
	};
}
function ratioSize(family, size, times) {
	const cpu = times === void 0 || times === "" ? CPUS[size] : Number(times) * 4;
	return cpu === void 0 ? [] : [cpu, cpu * GIB_PER_CPU[family]];
}
/** MiB that a container on Fargate may have with so many vCPU (ECS developer guide: task CPU and memory). */
function memoriesFor(cpu) {
	if (cpu === .25) return [
		512,
		1024,
		2048
	];
	const step = cpu < 8 ? 1024 : cpu * 512;
	const least = cpu * 2048;
	return Array.from({ length: (largestMemory(cpu) - least) / step + 1 }, (_, index) => least + index * step);
}
function largestMemory(cpu) {
	return cpu === .25 ? 2048 : cpu < 4 ? cpu * 8192 : cpu * 7680;
}
// src/config/stacktape/sizes.ts
const PLATFORM_HINT = "Write `build: {platform: linux/arm64}` at the top of gantry.yml.";
/** Adds CPU, memory and architecture. `isPinned`: the image is not built, so nothing here says for what. */
function addSize(path, resources, isPinned, context) {
	const { draft } = context;
	const listed = child(resources, "instanceTypes");
	const types = listed?.kind === "list" && listed.items.length > 0 ? listed : void 0;
	const known = types && {
		...types,
		items: types.items.filter((each) => !isUnknown(each, context))
	};
	if (known !== void 0 && known.items.length > 0) draft.set([...path, "instance_types"], known);
	addWarmPool(path, resources, listed, context);
	if (types === void 0 && !isUnknown(listed, context)) checkFargate(resources, context);
	const type = known === void 0 ? null : smallestOf(known);
	const [cpu, memory] = ["cpu", "memory"].map((key) => given(resources, key) ?? (type === null ? void 0 : derived(type[key], types)));
	if (cpu !== void 0) draft.set([...path, "cpu"], cpu);
	if (memory?.kind === "scalar") draft.set([...path, "memory"], derived(`${memory.text} MB`, memory));
	if (types !== void 0) tellTypes(types, keptOf(known.items.length, types.items.length), type, {
		cpu,
		memory
	}, resources, isPinned, context);
	addPlatform(path, resources, type === null ? void 0 : {
		arm: type.arm,
		at: types
	}, isPinned, context);
}
function addPlatform(path, resources, type, isPinned, { draft, reading }) {
	const architecture = given(resources, "architecture");
	if (architecture !== void 0 && type !== void 0) reading.keys.change(architecture, "honoured", "not used: the instance types decide it, as in Stacktape");
	const at = type?.at ?? architecture;
	if (at === void 0) return;
	const arm = type?.arm ?? (architecture?.kind === "scalar" && architecture.text === "arm64");
	if (!isPinned) draft.set([
		...path,
		"build",
		"platform"
	], derived(arm ? "linux/arm64" : "linux/amd64", at));
	else if (arm && architecture !== void 0 && type === void 0) reading.keys.change(architecture, "unsupported", "the architecture of a pinned image is that of the app", PLATFORM_HINT);
}
function addWarmPool(path, resources, types, context) {
	const { draft, reading } = context;
	const items = itemsOf(types);
	const pool = given(resources, "enableWarmPool");
	if (pool?.kind !== "scalar") return;
	if (pool.value === false) reading.keys.change(pool, "honoured", "false, as it is here");
	else if (isUnknown(types, context) || items.length === 1 && isUnknown(items[0], context)) reading.keys.change(pool, "unsupported", "for which type cannot be known here", WARM_HINT);
	else if (items.length !== 1) reading.error("enableWarmPool needs exactly one of instanceTypes", {
		place: placeOf(pool),
		hint: "Leave it out, or name one type."
	});
	else draft.set([...path, "enable_warm_pool"], pool);
}
function checkFargate(resources, { reading }) {
	if (resources === void 0) return;
	for (const key of ["cpu", "memory"]) {
		if (child(resources, key) !== void 0) continue;
		reading.error(`Without instanceTypes, resources must have ${key}`, {
			place: resources.key ?? placeOf(resources),
			hint: "Write both cpu and memory."
		});
	}
	const [cpu, memory] = ["cpu", "memory"].map((key) => given(resources, key));
	if (cpu?.kind !== "scalar" || memory?.kind !== "scalar") return;
	const allowed = memoriesFor(Number(cpu.value));
	if (allowed.includes(Number(memory.value))) return;
	const shown = allowed.length > 4 ? `${allowed[0]}, ${allowed[1]}, … ${allowed.at(-1)}` : allowed.join(", ");
	reading.error(`With ${cpu.text} vCPU, memory must be one of ${shown} (MB); found ${printable(memory.text)}`, {
		place: placeOf(memory),
		hint: didYouMean(allowed, Number(memory.value))
	});
}
function didYouMean(allowed, wanted) {
	return `The nearest size is ${allowed.find((each) => each >= wanted) ?? allowed.at(-1)}.`;
}
/** The smallest of the types, which Stacktape fits instances to; null where the size of none is known. */
function smallestOf(types) {
	return (wordsOf(types) ?? []).flatMap((name) => {
		const size = sizeOfType(name);
		return size === null ? [] : [{
			name,
			...size
		}];
	}).toSorted((a, b) => a.memory - b.memory)[0] ?? null;
}
/** Says how many of the types are kept. */
function keptOf(known, all) {
	if (known === 0) return "the types cannot be known here; instances run on Fargate";
	const lost = all - known;
	return `kept as \`instance_types\`${lost === 0 ? "" : `, but for ${lost} of ${all} that cannot be known here`}; instances run on Fargate`;
}
/** Says what size an instance has, and what of it comes from the types. */
function tellTypes(types, kept, type, { cpu, memory }, resources, isPinned, { reading }) {
	if (cpu?.kind !== "scalar" || memory?.kind !== "scalar") {
		reading.keys.change(types, "unsupported", `${kept}, and the size of these types is not known`, SIZE_HINT$1);
		return;
	}
	const [ownCpu, ownMemory] = ["cpu", "memory"].map((key) => given(resources, key) !== void 0);
	const taken = ownCpu ? ownMemory ? null : "memory" : ownMemory ? "CPU" : "size";
	const from = taken === null || type === null ? "with" : `by default with the ${taken} of ${type.name}:`;
	const arm = isPinned && type?.arm === true;
	const size = `${cpu.text} vCPU and ${showMemory(Number(memory.value))}${arm ? ", on x86_64" : ""}`;
	const hint = arm ? PLATFORM_HINT : SIZE_HINT$1;
	reading.keys.change(types, "approximated", `${kept}, ${from} ${size}`, hint);
}
// src/config/stacktape/services.ts
/** The port that Stacktape gives to services that can be reached. */
const PORT$1 = 3e3;
const EXPOSE$1 = {
	"web-service": "public",
	"private-service": "private",
	"worker-service": "none"
};
/** Adds the process of a worker, web or private service. */
function addService(called, resource, context) {
	const { draft, names } = context;
	const name = names.take(called, resource);
	if (name === null) return;
	const path = ["processes", name];
	const type = child(resource, "type");
	const kind = textAt(resource, "type");
	const properties = child(resource, "properties");
	draft.open(path, resource);
	draft.set([...path, "expose"], derived(EXPOSE$1[kind], type));
	const isPinned = addContainer(path, properties, kind === "web-service" ? balancerOf(properties) : null, context);
	addSize(path, given(properties, "resources"), isPinned, context);
	addScaling(path, given(properties, "scaling"), context);
	checkDeployment(properties, "loadBalancing", [child(properties, "loadBalancing")], context);
	if (kind === "web-service") {
		addHost(path, given(properties, "environment"), context);
		for (const key of ["cdn", "cors"].map((each) => given(properties, each))) honourUsual(false, given(key, "enabled"), context, key);
	}
	if (kind !== "worker-service") draft.set([...path, "port"], portOf$1(properties, context));
	addSideContainers(path, properties, isPinned, context);
	addAround(path, properties, context);
}
/** Adds what stands around the containers of a resource. */
function addAround(path, properties, context) {
	addAccess(path, properties, context);
	honourFalse(["usePrivateSubnetsWithNAT", "enableRemoteSessions"].map((key) => given(properties, key)), context);
}
/** Traffic can only be shifted by an application load balancer: `inFront` has what stands in front, with its `type`. What cannot be known here may be one. */
function checkDeployment(properties, needs, inFront, context) {
	const deployment = given(properties, "deployment");
	if (deployment === void 0) return;
	const mayShift = (each) => textAt(each, "type") === "application-load-balancer" || [each, child(each, "type")].some((value) => isUnknown(value, context));
	if (inFront.some(mayShift)) return;
	context.reading.error(`deployment needs ${needs} of the type application-load-balancer`, {
		place: deployment.key ?? placeOf(deployment),
		hint: "Leave it out, or say which load balancer there is."
	});
}
/** The check of the load balancer in front; the default one, an API gateway, has none. */
function balancerOf(properties) {
	const balancing = given(properties, "loadBalancing");
	const settings = given(balancing, "properties");
	const type = textAt(balancing, "type");
	if (type === "application-load-balancer") return {
		settings,
		protocol: "HTTP"
	};
	if (type !== "network-load-balancer") return null;
	return {
		settings,
		protocol: textAt(settings, "healthCheckProtocol") === "HTTP" ? "HTTP" : "TCP"
	};
}
/** The port of the service: for a network load balancer, that to which its first port leads. */
function portOf$1(properties, context) {
	const { reading } = context;
	const balancing = given(properties, "loadBalancing");
	const listed = textAt(balancing, "type") !== void 0 ? tablesOf(given(given(balancing, "properties"), "ports")) : [];
	for (const each of listed) honourUsual("TCP", given(each, "protocol"), context);
	for (const other of listed.slice(1)) reading.keys.change(child(other, "port"), "unsupported", "a process has one port", "Make it a service of its own.");
	const [first] = listed;
	return given(first, "containerPort") ?? given(first, "port") ?? given(properties, "port") ?? scalar(PORT$1, byStacktape);
}
// src/config/stacktape/events.ts
/** Who is reached, by the type of an event; the first of them that a container has counts. */
const EXPOSE = {
	"http-api-gateway": "public",
	"application-load-balancer": "public",
	"network-load-balancer": "public",
	"service-connect": "private",
	"workload-internal": "none"
};
const ORDER = [
	"public",
	"private",
	"none"
];
/** What stands in front, and where an event names it. */
const IN_FRONT = {
	"http-api-gateway": "httpApiGatewayName",
	"application-load-balancer": "loadBalancerName",
	"network-load-balancer": "loadBalancerName"
};
const BALANCERS = ["application-load-balancer", "network-load-balancer"];
const OTHER_HINT = "Make it a service of its own, or let the container that is reached pass requests on.";
const ONE_PORT_HINT = "Make it a service of its own, or serve both at one port.";
const NEEDS_NOTHING = "it needs no setting: the containers of an instance reach each other at `localhost`";
const CHECK_HINT = "Give it an `internalHealthCheck`.";
/** The events of a container whose type is known. */
function eventsOf(container) {
	return tablesOf(given(container, "events")).filter((each) => textAt(each, "type") !== void 0);
}
/** By how far a container is reached, the lowest number from the farthest. */
function reachOf(container) {
	return ORDER.indexOf(exposeOf(decisiveOf(eventsOf(container))));
}
/** Whether each container has its ports to itself, where all listen at one address; reports those that do not. */
function checkPorts(containers, { reading }) {
	const taken = /* @__PURE__ */ new Map();
	for (const container of containers) for (const port of eventsOf(container).flatMap((each) => portOf(each) ?? [])) {
		const first = taken.get(port.text) ?? container;
		taken.set(port.text, first);
		if (first === container) continue;
		const names = [first, container].map((each) => quote(textAt(each, "name") ?? ""));
		reading.error(`${names.join(" and ")} both listen on port ${port.text}`, {
			place: placeOf(port),
			hint: "The containers of an instance share its network. Give each a port of its own."
		});
		return false;
	}
	return true;
}
/** Adds who reaches the process, and at which port; gives the check of the load balancer in front. */
function addEvents(path, container, context) {
	const events = eventsOf(container);
	const decisive = decisiveOf(events);
	const expose = decisive === void 0 ? scalar("none", byStacktape) : derived(exposeOf(decisive), child(decisive, "type"));
	context.draft.set([...path, "expose"], expose);
	checkNames(events, context);
	addPort(path, decisive, events, context);
	return checkOf(events, given(container, "loadBalancerHealthCheck"), context);
}
/** Adds the port of a container beside the process, which nobody reaches from outside of the instance. */
function addInnerEvents(path, container, main, context) {
	const { reading } = context;
	const events = eventsOf(container);
	checkNames(events, context);
	const inner = events.filter((each) => exposeOf(each) === "none");
	addPort(path, events[0], inner, context);
	const why = `only ${main} is reached from outside of the instance`;
	for (const event of events) {
		if (exposeOf(event) === "none") continue;
		reading.keys.change(child(event, "type"), "unsupported", why, OTHER_HINT);
	}
	const check = given(container, "loadBalancerHealthCheck");
	if (check !== void 0) reading.keys.change(check, "unsupported", why, OTHER_HINT);
}
/** The event that says who reaches a container. */
function decisiveOf(events) {
	const of = (expose) => events.find((each) => exposeOf(each) === expose);
	return of("public") ?? of("private") ?? events[0];
}
function exposeOf(event) {
	return EXPOSE[textAt(event, "type") ?? ""] ?? "none";
}
function checkNames(events, context) {
	for (const event of events) {
		const type = textAt(event, "type") ?? "";
		const key = IN_FRONT[type];
		if (key !== void 0) checkReference(type, given(given(event, "properties"), key), context);
	}
}
/** Adds the port of an event; the others have no place, or, where only the instance itself uses them, need none. */
function addPort(path, decisive, others, { draft, reading }) {
	const port = portOf(decisive);
	if (port === void 0) return;
	draft.set([...path, "port"], port);
	for (const other of others) {
		const second = portOf(other);
		if (second === void 0 || second.value === port.value) continue;
		if (exposeOf(other) === "none") reading.keys.change(second, "honoured", NEEDS_NOTHING);
		else {
			const why = `a process has one port, which is ${port.text}`;
			reading.keys.change(second, "unsupported", why, ONE_PORT_HINT);
		}
	}
}
function portOf(event) {
	const port = given(given(event, "properties"), "containerPort");
	return port?.kind === "scalar" ? port : void 0;
}
/** The check of the load balancer among the events; without one, nothing checks like this. */
function checkOf(events, settings, { reading }) {
	const type = events.map((each) => textAt(each, "type") ?? "").find((each) => BALANCERS.includes(each));
	if (type === void 0) {
		if (settings !== void 0) reading.keys.change(settings, "unsupported", "no load balancer is in front of it", CHECK_HINT);
		return null;
	}
	const protocol = textAt(settings, "healthCheckProtocol");
	if (protocol === "HTTP" || protocol === "TCP") return {
		settings,
		protocol
	};
	return {
		settings,
		protocol: type === "application-load-balancer" ? "HTTP" : "TCP"
	};
}
// src/config/stacktape/workloads.ts
/**
* Adds the process of a workload. Its own container is the one that is reached from outside, else the first one that is
* essential; the others run beside it.
*/
function addWorkload(called, resource, context) {
	const properties = given(resource, "properties");
	const containers = tablesOf(given(properties, "containers"));
	if (areTooMany(containers.length, resource, context)) return;
	const { draft, reading } = context;
	const main = mainOf(containers);
	if (main === void 0) {
		reading.error("A workload needs at least one container", {
			place: placeOf(child(properties, "containers") ?? resource),
			hint: "Write it here, under `containers`."
		});
		return;
	}
	if (!checkPorts(containers, context)) return;
	const name = context.names.take(called, resource);
	if (name === null) return;
	const path = ["processes", name];
	draft.open(path, resource);
	const names = namesOf(containers, main, context);
	const isPinned = addContainer(path, main, addEvents(path, main, context), context);
	addSize(path, given(properties, "resources"), isPinned, context);
	addScaling(path, given(properties, "scaling"), context);
	const essential = given(main, "essential");
	if (essential?.kind === "scalar" && essential.value === false) reading.keys.change(essential, "approximated", "it is the container of the process: the instance ends with it", "Leave it out, or let another container be reached.");
	for (const container of containers) {
		if (container === main) continue;
		const own = addBeside(path, container, {
			names,
			isPinned
		}, context);
		if (own === null) continue;
		const ends = given(container, "essential");
		if (ends !== void 0) draft.set([...own, "essential"], ends);
		addInnerEvents(own, container, textAt(main, "name") ?? "", context);
	}
	addWaits(path, containers, names, context);
	checkDeployment(properties, "an event", containers.flatMap(inFrontOf), context);
	addAround(path, properties, context);
}
/** All events of a container, or what stands in their place. */
function inFrontOf(container) {
	const events = child(container, "events");
	return events?.kind === "list" ? events.items : [events];
}
function mainOf(containers) {
	const ending = endingOf(containers);
	const lasting = containers.filter((each) => !ending.has(textAt(each, "name") ?? ""));
	const [main] = lasting.filter((each) => textAt(each, "essential") !== "false").toSorted((a, b) => reachOf(a) - reachOf(b));
	return main ?? lasting[0] ?? containers[0];
}
// src/config/stacktape/read.ts
/** Of how many releases Gantry keeps the images. */
const KEPT_VERSIONS = 10;
/** `stacktape.yml`, with all its services and jobs. Configs in TypeScript or JavaScript are programs, and not read. */
const STACKTAPE = {
	name: SYSTEM,
	files: ["stacktape.yml", "stacktape.yaml"],
	async read(path, reading, context) {
		const source = await reading.open(path);
		if (source === null) return null;
		const written = parseYaml(source, reading);
		refuseModule(path, context.module, placeOf(written), reading);
		const directives = new Directives(written, surroundings(context), reading);
		return convert(checkKeys(directives.evaluate(), STACKTAPE_KEYS, reading, (value) => directives.reasonFor(value)), directives, path, context, reading);
	}
};
function convert(root, directives, path, { over, environment }, reading) {
	const resources = new Map(entriesOf(given(root, "resources")));
	const context = {
		reading,
		draft: new Draft(root.origin),
		directives,
		names: new Names(reading),
		retentions: [],
		folder: posix.dirname(path),
		resources,
		resourceNames: [...resources.keys()],
		namesByType: Map.groupBy(resources.keys(), (name) => textAt(resources.get(name), "type") ?? ""),
		over,
		environment
	};
	const serviceName = textAt(root, "serviceName");
	if (serviceName !== void 0) reading.called = {
		name: serviceName,
		place: child(root, "serviceName")?.key
	};
	addRollback(given(root, "deploymentConfig"), context);
	for (const [name, resource] of resources) addResource(name, resource, context);
	addHooks(root, context);
	addRetention(context);
	return context.draft.table();
}
function addResource(name, resource, context) {
	const type = textAt(resource, "type");
	if (type === void 0) return;
	const other = OTHERS.get(type);
	const { reading } = context;
	if (other !== void 0) reading.keys.change(resource, "unsupported", other.text, other.hint);
	else if (kebab(name) !== name) reading.warn(`The resource ${quote(name)} is named "${kebab(name)}" here`, {
		place: resource.key,
		hint: "Use that name in gantry.yml and in commands."
	});
	if (type === "batch-job") addJob(name, resource, context);
	else if (type === "multi-container-workload") addWorkload(name, resource, context);
	else if (other === void 0) addService(name, resource, context);
}
function addRollback(config, context) {
	const disabled = given(config, "disableAutoRollback");
	honourFalse([disabled, given(config, "terminationProtection")], context);
	honourUsual(KEPT_VERSIONS, given(config, "previousVersionsToKeep"), context);
	if (disabled?.kind !== "scalar" || disabled.value !== true) return;
	context.draft.set([
		"defaults",
		"rollout",
		"on_failure"
	], derived("keep", disabled));
}
/** What directives ask for beside the file. */
function surroundings({ over, environment }) {
	const own = over ?? void 0;
	return {
		environment,
		region: [child(child(own, "environments"), environment), own].flatMap((each) => textAt(child(each, "ecs"), "region") ?? [])[0] ?? null
	};
}
// src/config/upsun/include.ts
/** The tags that the files of Upsun and Platform.sh have for what stands in other files (platform-yaml-tags.md). */
const TAGS = ["!include", "!archive"];
const MAX_INCLUDES = 100;
const MAX_WEIGHT = 4194304;
/** Where a value stands: what its includes are looked up in, and what they would be a circle of. */
var Scope = class {
	/** The folders that a path may begin in, the first that has the file wins. */
	folders;
	/** The files that lead to here, each included by the one before it. */
	chain;
	/** Whether `!archive` may stand here: only a service has a use for a folder. */
	archives;
	/** Aliases bring one value to many places. */
	done = /* @__PURE__ */ new Map();
	constructor(folders, chain, archives = false) {
		this.folders = folders;
		this.chain = chain;
		this.archives = archives;
	}
};
/** Puts the files that `!include` names in its place. Nothing outside of the repository is read, and no link. */
var Includes = class {
	#reading;
	#tagged = /* @__PURE__ */ new Map();
	#contents = /* @__PURE__ */ new Map();
	#included = /* @__PURE__ */ new Set();
	#count = 0;
	#weight = 0;
	constructor(reading) {
		this.#reading = reading;
	}
	/** Whether a file stands in the place of some `!include`. */
	isIncluded(path) {
		return this.#included.has(path);
	}
	/** The value with all that it includes. */
	async resolve(value, scope) {
		if (!this.#isTagged(value)) return value;
		const known = scope.done.get(value);
		if (known !== void 0) return known;
		const resolved = await this.#resolveNew(value, scope);
		scope.done.set(value, resolved);
		return resolved;
	}
	async #resolveNew(value, scope) {
		const found = await this.take(value, scope);
		const own = found.value;
		if (own.kind === "scalar") return own;
		if (own.kind === "list") {
			const items = [];
			for (const each of own.items) items.push(await this.resolve(each, found.scope));
			return {
				...own,
				items
			};
		}
		const entries = /* @__PURE__ */ new Map();
		for (const [key, each] of own.entries) {
			const resolved = await this.resolve(each, found.scope);
			entries.set(key, each.key === void 0 ? resolved : {
				...resolved,
				key: each.key
			});
		}
		return {
			...own,
			entries
		};
	}
	/** What stands in place of this one value, and the scope of what is in it. */
	async take(value, scope) {
		if (value.tag === void 0) return {
			value,
			scope
		};
		const { tag: _, ...plain } = value;
		if (value.tag === "!archive") {
			if (scope.archives) return {
				value: plain,
				scope
			};
			return this.#fail(value, "`!archive` has no meaning here", "Only services take folders.");
		}
		if (++this.#count > MAX_INCLUDES) this.#refuseTooMuch(value);
		const { path, content } = await this.#find(value, scope);
		this.#weight += weigh(content);
		if (this.#weight > MAX_WEIGHT) this.#refuseTooMuch(value);
		const key = value.key === void 0 ? {} : { key: value.key };
		const inner = new Scope([...scope.folders, posix.dirname(path)], [...scope.chain, path], scope.archives);
		return await this.take({
			...content,
			...key
		}, inner);
	}
	async #find(value, scope) {
		const { path, type } = this.#wanted(value);
		const inside = [...new Set(scope.folders.map((folder) => posix.join(folder, path)))].filter(isInside);
		if (posix.isAbsolute(path) || inside.length === 0) return this.#fail(value, `${quote(path)} is outside of the repository`, "Give a path inside of it: what is outside is never read.");
		for (const each of inside) {
			if (scope.chain.includes(each)) {
				const circle = [...scope.chain, each].map(quote).join(" → ");
				return this.#fail(value, `this file includes itself: ${circle}`, "Leave one of the includes out.");
			}
			const content = await this.#open(each, type);
			if (content === null) continue;
			this.#included.add(each);
			return {
				path: each,
				content
			};
		}
		return this.#fail(value, `There is no file ${inside.map(quote).join(" and no ")}`, "A path begins in the folder of the app (`source.root`), or in that of the file it stands in.");
	}
	async #open(path, type) {
		const known = this.#contents.get(`${type} ${path}`);
		if (known !== void 0) return known;
		const content = await this.#read(path, type);
		this.#contents.set(`${type} ${path}`, content);
		return content;
	}
	async #read(path, type) {
		const source = type === "yaml" ? await this.#reading.open(path) : await this.#reading.take(path, type === "binary" ? "base64" : "text");
		if (source === null) return null;
		this.#weight += source.text.length;
		if (type === "yaml") return parseYaml(source, this.#reading, TAGS);
		return scalar(source.text, {
			kind: "file",
			...source.placeAt(0)
		});
	}
	#wanted(value) {
		const path = value.kind === "table" ? child(value, "path") : value;
		const type = value.kind === "table" ? child(value, "type") : void 0;
		const known = [
			"yaml",
			"string",
			"binary"
		];
		const kind = type === void 0 ? "yaml" : type.kind === "scalar" ? type.text : "";
		const rest = entriesOf(value).filter(([key]) => key !== "path" && key !== "type");
		if (path?.kind !== "scalar" || path.text === "" || rest.length > 0 || !known.includes(kind)) return this.#fail(value, "`!include` takes a path, or a map of `path` and `type`", "Write `!include worker.yaml`, or `!include {type: string, path: build.sh}`; types are yaml, string and binary.");
		return {
			path: path.text,
			type: kind
		};
	}
	#isTagged(value) {
		let known = this.#tagged.get(value);
		if (known === void 0) {
			const below = value.kind === "list" ? value.items : entriesOf(value).map(([, each]) => each);
			known = value.tag !== void 0 || below.some((each) => this.#isTagged(each));
			this.#tagged.set(value, known);
		}
		return known;
	}
	#refuseTooMuch(value) {
		return this.#fail(value, "includes bring in too much", "Write some of it where it is used.");
	}
	#fail(value, message, hint) {
		return this.#reading.fail(message, {
			place: placeOf(value),
			hint
		});
	}
};
/** Git's own folder is no part of what is pushed. */
function isInside(path) {
	return path !== ".." && !path.startsWith("../") && !/(?:^|\/)\.git(?:\/|$)/i.test(path);
}
// src/config/upsun/files.ts
/** The keys that the files of `.upsun` have in common, and that are merged entry by entry (yaml-structure.md). */
const MERGED = [
	"applications",
	"services",
	"routes"
];
const UPSUN_FOLDER = ".upsun";
/** Far above what a person writes. */
const MAX_FILES = 50;
/** The root of a file, a map or list, with what it includes still to be put in. Null when there is no such file. */
async function openYaml(path, reading) {
	const source = await reading.open(path);
	return source === null ? null : parseYaml(source, reading, TAGS);
}
/** A file of services or routes beside that of the apps. */
async function openWhole(path, reading) {
	const root = await openYaml(path, reading);
	const scope = new Scope([posix.dirname(path), "."], [path], true);
	return root && await new Includes(reading).resolve(root, scope);
}
/**
* All YAML files of a folder `.upsun`, merged, or a single one that stands elsewhere: of two apps, services or routes with one name, that of the later file
* counts as a whole. Null when the file does not exist.
*
* @param base the folder that the roots of apps begin in
*/
async function openMerged(path, base, reading) {
	const folder = posix.dirname(path);
	const listed = (await reading.list(folder)).filter((name) => /\.ya?ml$/.test(name));
	const names = posix.basename(folder) === ".upsun" && listed.includes(posix.basename(path)) ? listed : [posix.basename(path)];
	const sources = [];
	let size = 0;
	for (const name of names) {
		const source = await reading.open(posix.join(folder, name));
		if (source === null) return null;
		sources.push(source);
		size += source.text.length;
		if (sources.length > MAX_FILES || size > 1048576) return reading.fail(`${printable(folder)} holds too much: more than ${MAX_FILES} files, or than 1 MiB`, { place: source.placeAt(0) });
	}
	const includes = new Includes(reading);
	const roots = /* @__PURE__ */ new Map();
	for (const source of sources) {
		const root = parseYaml(source, reading, TAGS);
		roots.set(source.file, await resolveRoot(root, source.file, base, includes));
	}
	if (roots.size === 1) return [...roots.values()][0];
	return mergeAll([...roots].map(([file, root]) => includes.isIncluded(file) ? onlyMerged(root) : root), reading);
}
/** What a file that others include has for the project itself: the rest, or what is no map, is for where it is included. */
function onlyMerged(root) {
	return table(entriesOf(root).filter(([key]) => MERGED.includes(key)), root.origin);
}
/** What is not merged stays as it is: where another file includes it, paths begin where that one says. */
async function resolveRoot(root, file, base, includes) {
	const scope = new Scope([posix.dirname(file), base], [file]);
	if (root.kind === "list") return root;
	if (root.kind === "scalar") return await includes.resolve(root, scope);
	const services = new Scope(scope.folders, scope.chain, true);
	const entries = /* @__PURE__ */ new Map();
	for (const [key, each] of root.entries) {
		const resolved = !MERGED.includes(key) ? each : key === "applications" ? await resolveApps(each, scope, base, includes) : await includes.resolve(each, key === "services" ? services : scope);
		entries.set(key, each.key === void 0 ? resolved : {
			...resolved,
			key: each.key
		});
	}
	return {
		...root,
		entries
	};
}
/** The apps of a map or list, each with its includes looked up in its own folder first. */
async function resolveApps(apps, scope, base, includes) {
	const taken = await includes.take(apps, scope);
	const resolve = async (app) => {
		const resolved = await resolveApp(app, taken.scope, base, includes);
		return app.key === void 0 ? resolved : {
			...resolved,
			key: app.key
		};
	};
	const { value } = taken;
	if (value.kind === "scalar") return value;
	if (value.kind === "list") {
		const items = [];
		for (const app of value.items) items.push(await resolve(app));
		return {
			...value,
			items
		};
	}
	const entries = /* @__PURE__ */ new Map();
	for (const [name, app] of value.entries) entries.set(name, await resolve(app));
	return {
		...value,
		entries
	};
}
/** An app with its includes looked up in its folder first. */
async function resolveApp(app, scope, base, includes) {
	const { value, scope: own } = await includes.take(app, scope);
	const root = rootOf(value, base);
	return await includes.resolve(value, new Scope([root, ...own.folders], own.chain));
}
/** The folder of an app: `source.root`, from the folder that roots begin in. */
function rootOf(app, base) {
	return posix.join(base, (textAt(child(app, "source"), "root") ?? "").replace(/^\/+/, ""));
}
function mergeAll(roots, reading) {
	const maps = roots.filter((each) => each.kind === "table" && !isEmpty(each));
	const wrong = roots.find((each) => each.kind !== "table");
	if (wrong !== void 0) return reading.fail(`${printable(fileOf(wrong))} must be a map`, { place: placeOf(wrong) });
	return maps.reduce((base, over) => mergeTwo(base, over, reading), table([], roots[0].origin));
}
function mergeTwo(base, over, reading) {
	const entries = new Map(base.entries);
	for (const [key, above] of over.entries) {
		const below = entries.get(key);
		entries.set(key, MERGED.includes(key) ? mergeNamed(key, below, above, reading) : above);
	}
	return {
		...base,
		entries
	};
}
function mergeNamed(key, base, over, reading) {
	if (base?.kind !== "table") return over;
	if (over.kind !== "table") return over.kind === "scalar" && over.value === null ? base : over;
	const entries = new Map(base.entries);
	for (const [name, above] of entriesOf(over)) {
		const below = entries.get(name);
		if (below !== void 0) reading.warn(`${key}.${quote(name)} is in ${printable(fileOf(above))} too: that one counts, as a whole`, {
			place: below.key ?? placeOf(below),
			hint: "Leave one of them out."
		});
		entries.set(name, above);
	}
	return {
		...base,
		entries
	};
}
function fileOf(value) {
	return (value.key ?? placeOf(value)).file;
}
// src/config/upsun/schedule.ts
/** What an `H` may become, by field. Every month has 28 days. */
const RANGES = [
	[0, 59],
	[0, 23],
	[1, 28],
	[1, 12],
	[0, 6]
];
const HASHED = /^H(?:\((\d{1,2})-(\d{1,2})\))?(?:\/(\d{1,2}))?$/;
const VALUES = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;
/** One run every so many minutes, and no list. */
const STEPS = /^[^,]+\/\d+$/;
/** Minutes between two runs that Upsun keeps to at least (crons.md). */
const LEAST_MINUTES = 5;
/** Always the same values for one seed, and others for another one, so that jobs do not all start at once (crons.md). */
function choiceBy(seed) {
	return (field, count) => hash(`${seed} ${field}`) % count;
}
/**
* A cron expression without `H`: each stands for a value of its field. `H/15` and `H(0-29)` are known from where the
* letter comes from, Jenkins.
*/
function withoutHashes(spec, choose) {
	return spec.trim().split(/\s+/).map((field, index) => field.split(",").map((part) => resolveHash(part, index, choose)).join(",")).join(" ");
}
function resolveHash(part, index, choose) {
	const match = HASHED.exec(part);
	const range = RANGES[index];
	if (match === null || range === void 0) return part;
	const first = Number(match[1] ?? range[0]);
	const last = Number(match[2] ?? range[1]);
	const step = match[3] === void 0 ? null : Number(match[3]);
	if (first > last || step === 0) return part;
	const value = first + choose(index, step === null ? last - first + 1 : Math.min(step, last - first + 1));
	return step === null ? String(value) : `${value}-${last}/${step}`;
}
function hash(text) {
	return createHash("sha256").update(text).digest().readUInt32BE(0);
}
/**
* Whether an expression without `H` asks for runs that are closer to each other than those that Upsun makes. A step that
* does not divide the hour, such as 7 minutes, is shorter once an hour; the systems recommend it themselves (crons.md).
*/
function isTooFrequent(schedule) {
	const [minute = "", hour = "", ...days] = schedule.trim().split(/\s+/);
	const minutes = valuesOf(minute, 60);
	if (areTooClose(minutes)) return true;
	if (STEPS.test(minute)) return false;
	const times = valuesOf(hour, 24).flatMap((each) => minutes.map((at) => each * 60 + at));
	return areTooClose(days.every((field) => field === "*") ? [...times, ...times.slice(0, 1).map((first) => first + 1440)] : times);
}
function areTooClose(times) {
	return times.slice(1).some((time, index) => time - times[index] < LEAST_MINUTES);
}
/** What a field stands for, in order. What makes no sense stands for nothing: the check of the schedule tells. */
function valuesOf(field, count) {
	const parts = field.split(",").flatMap((part) => {
		const match = VALUES.exec(part);
		if (match === null) return [];
		const [, first, last, step] = match;
		return [{
			from: Number(first ?? 0),
			to: Number(last ?? (first === void 0 || step !== void 0 ? count - 1 : first)),
			every: Number(step ?? 1)
		}];
	});
	return Array.from({ length: count }, (_, value) => value).filter((value) => parts.some(({ from, to, every }) => value >= from && value <= to && (value - from) % every === 0));
}
// src/config/upsun/rules.ts
const Nothing = _null({ error: "null" });
const Text = string({ error: "a text" });
const Line = Text.regex(/\S/, { error: "a text that is not empty" });
const Flag = boolean({ error: "true or false" });
const FlagOrPath = union([Text, Flag], { error: "true, false or a path" });
const Role = oneOf([
	"admin",
	"contributor",
	"viewer"
]);
const RUNTIME_RULE = "a runtime with its version, such as `python:3.12`";
const Runtime = string({ error: RUNTIME_RULE }).regex(/^[a-z][a-z0-9-]*:[\w.-]+$/, { error: RUNTIME_RULE });
const FOLDER_RULE = "a folder of the repository, without `..`";
const Folder = string({ error: FOLDER_RULE }).regex(/^(?!(?:.*\/)?\.\.(?:\/|$))[^\p{Cc}\\]{0,1024}$/u, { error: FOLDER_RULE });
const Profile = oneOf([
	"HIGH_CPU",
	"BALANCED",
	"HIGH_MEMORY",
	"HIGHER_MEMORY"
]).nullable();
const Size = oneOf([
	"AUTO",
	"XS",
	"S",
	"M",
	"L",
	"XL",
	"2XL",
	"4XL"
]);
const Disk = wholeNumber(128, 1e7);
const BaseMemory = wholeNumber(64, 1024);
const MemoryRatio = wholeNumber(128, 1024);
const CRON_RULE = "a cron expression of 5 fields: minute, hour, day, month, weekday";
const CronSpec = string({ error: CRON_RULE }).max(256, {
	error: CRON_RULE,
	abort: true
}).regex(/^\s*(?:\S+\s+){4}\S+\s*$/, {
	error: CRON_RULE,
	abort: true
}).refine(comes, { error: "a cron expression of values that there are, on a day that comes: minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-7" });
const SECONDS_RULE = "a whole number of seconds, 0 or more";
const ShutdownTimeout = int({ error: SECONDS_RULE }).min(0, { error: SECONDS_RULE });
const CronTimeout = wholeNumber(1, 86400);
/** Whether Gantry has such a schedule, whatever each `H` becomes. */
function comes(spec) {
	return [() => 0, (_, count) => count - 1].every((choose) => Schedule$1.safeParse(withoutHashes(spec, choose)).success);
}
const MOUNT_SOURCES = {
	Upsun: oneOf([
		"storage",
		"instance",
		"tmp",
		"temporary",
		"service"
	]),
	"Platform.sh": oneOf([
		"local",
		"service",
		"tmp"
	])
};
const mountSource = (system) => MOUNT_SOURCES[system];
const OLD_MOUNT_RULE = "a text such as `shared:files/uploads`";
/** How a mount of Platform.sh was written at first. */
const OldMount = string({ error: OLD_MOUNT_RULE }).regex(/^(?:shared|local|tmp):/, { error: OLD_MOUNT_RULE });
const RouteType = oneOf([
	"upstream",
	"redirect",
	"proxy"
]);
const LocationPath = Text.regex(/^\//, { error: "a path that begins with /" });
// src/config/upsun/sentences.ts
const IMAGE_TEXT = "no base image is chosen by it; the image is built from the Dockerfile, or on the local engine from the tree itself";
const IMAGE_HINT = "Name the version in the Dockerfile, or install it where the local engine runs.";
const BUILD_HINT = "Do it in the Dockerfile, or on the local engine in `build.command` of gantry.yml.";
const SERVICE_TEXT = "Gantry makes no databases, queues and caches, and no variables with their addresses";
const SERVICE_HINT = "Create it yourself, and give its address with `gantry env set NAME --secret`; with `--process P` to one process alone.";
const RELATIONSHIP_HINT = "Give addresses with `gantry env set NAME --secret`; with `--process P` to one process alone.";
const STORAGE_HINT = "Keep files that must stay in a bucket or a database; on the local engine also below `$HOME`.";
const MOUNT_HINT = "Let one app have it, or keep the files in a bucket.";
const STATIC_TEXT = "there is no web server in front of the process, so no files are served";
const STATIC_HINT = "Serve them in the app, or with a CDN.";
const PASSTHRU_HINT = "Let the process answer every path.";
const PROXY_TEXT = "it is up to the proxy or load balancer in front";
const PROXY_HINT = "Set it there.";
const ELSEWHERE_TEXT = "Gantry redirects nothing, and passes nothing on to other addresses";
const ELSEWHERE_HINT = "Let the proxy or load balancer in front do it.";
const SIZE_HINT = "Set `cpu` and `memory` of the process in gantry.yml.";
// src/config/upsun/instance-keys.ts
/** The keys that an app has, and that `web` and each worker may have of their own: those then count as a whole. */
function instanceRules(system) {
	return {
		variables: honoured("`env`; what `web` or a worker has of its own replaces all of them", { rows: "UP-24, UP-34" }),
		"variables.env.*": honoured("a variable with that name in capitals; a list or map becomes JSON, and null no variable", { rows: "UP-33" }),
		"variables.php": unsupported(`${system} writes them into php.ini`, "Put them into the php.ini of the image."),
		"variables.*.*": honoured("a part of `PLATFORM_VARIABLES`: JSON in base64", { rows: "UP-24" }),
		relationships: unsupported(`kept as \`connect_to\`; ${UNMET.connect_to.text}`, RELATIONSHIP_HINT, { rows: "UP-21, UP-28, UP-37" }),
		mounts: honoured("`mounts`; `{}`: none", { rows: "UP-23, UP-35, UP-36" }),
		"mounts.*": honoured("a mount in the folder of the app, which is the tree on the local engine and `/app` on ECS", {
			name: Folder,
			rows: "UP-35, UP-42, UP-44, UP-45",
			...system === "Platform.sh" && { value: OldMount }
		}),
		"mounts.*.source": honoured(`\`source\`: \`storage\`, \`instance\`${system === "Platform.sh" ? " (for `local`)" : ""} or \`tmp\`; the ECS engine has no \`storage\` yet, and refuses it`, {
			value: mountSource(system),
			required: true,
			rows: "UP-29, UP-43, UP-46"
		}),
		"mounts.*.source_path": honoured("`source_path`; the path of the mount where there is none", { value: Text }),
		"mounts.*.service": honoured("the first folder of `source_path`, unless it is the app itself", { value: Text }),
		"access.ssh": approximated(`kept as \`access\`; ${UNMET.access.text}`, {
			hint: UNMET.access.hint,
			value: Role,
			rows: "UP-22"
		}),
		"access.*": unsupported("an instance is reached by a shell only", "Leave it out."),
		firewall: unsupported("what instances connect to is not limited", "Limit it with `ecs.security_groups`, or with the firewall of the machine."),
		additional_hosts: unsupported("names are looked up as the engine does it", "Put the names into the DNS that instances use."),
		...system === "Upsun" ? flexibleSizes() : fixedSizes()
	};
}
function flexibleSizes() {
	const old = unsupported("Upsun has sizes outside of the file, and reads this one no longer", SIZE_HINT);
	return {
		container_profile: approximated("`memory`, that which the profile has at 0.5 CPU: the size itself is not in the file", {
			hint: SIZE_HINT,
			value: Profile,
			rows: "UP-25, UP-31"
		}),
		size: old,
		resources: old,
		disk: old
	};
}
function fixedSizes() {
	const amount = (value) => honoured("a part of `memory`", { value });
	return {
		size: honoured("`cpu` and `memory`, by the table of the runtime", {
			value: Size,
			rows: "UP-25, UP-31"
		}),
		resources: honoured("`memory`: base_memory + memory_ratio × CPU of the size", {
			value: Nothing,
			rows: "UP-25"
		}),
		"resources.base_memory": amount(BaseMemory),
		"resources.memory_ratio": amount(MemoryRatio),
		disk: approximated("`ephemeral_storage_gb`; what is on it is gone with the instance", {
			hint: STORAGE_HINT,
			value: Disk.nullable(),
			rows: "UP-25"
		})
	};
}
const TIMEZONE = honoured("only crons have a time zone, and they get that of the app", { value: TimeZone });
const START_RULES = {
	"commands.start": honoured("`command`, a line for the shell; one that ends is started again", {
		value: Line,
		rows: "UP-16, UP-18, UP-19"
	}),
	"commands.pre_start": honoured("`pre_start`, in every instance; a failure does not stop it", {
		value: Text,
		rows: "UP-17"
	}),
	"commands.post_start": unsupported("an instance gets requests as soon as it is up", "Write a `health_check` for the process in gantry.yml.", { rows: "UP-17" })
};
function workerSection(system) {
	const start = START_RULES["commands.start"];
	return {
		title: "A worker",
		keys: {
			commands: honoured("what it runs", { required: true }),
			...START_RULES,
			"commands.start": {
				...start,
				required: true
			},
			timezone: TIMEZONE,
			...instanceRules(system)
		}
	};
}
/** The keys of `web` that both systems have. */
function webStartRules() {
	return {
		...START_RULES,
		timezone: TIMEZONE
	};
}
// src/config/upsun/app-keys.ts
const staticFiles = () => unsupported(STATIC_TEXT, STATIC_HINT);
function webSection(system) {
	const old = unsupported(`${system} has \`locations\` in its place`, STATIC_HINT);
	return {
		title: "The `web` instance",
		keys: {
			commands: honoured("what it runs"),
			...webStartRules(),
			"upstream.socket_family": honoured("`tcp`: the process listens on `PORT`", { value: oneOf(["tcp", "unix"]) }),
			"upstream.protocol": honoured("`http`", { value: oneOf(["http", "fastcgi"]) }),
			locations: honoured("as said of each"),
			"locations.*": approximated("requests for it go to the process, as all do", {
				hint: PASSTHRU_HINT,
				name: LocationPath
			}),
			"locations.*.passthru": honoured("requests go to the process", { value: FlagOrPath }),
			"locations.*.root": staticFiles(),
			"locations.*.index": staticFiles(),
			"locations.*.expires": staticFiles(),
			"locations.*.allow": staticFiles(),
			"locations.*.scripts": staticFiles(),
			"locations.*.headers": staticFiles(),
			"locations.*.rules": staticFiles(),
			"locations.*.request_buffering": unsupported("requests are passed on as they come in", "Set it in the proxy or load balancer in front."),
			document_root: old,
			passthru: old,
			index_files: old,
			whitelist: old,
			blacklist: old,
			expires: old,
			move_to_root: old,
			...instanceRules(system)
		}
	};
}
const CRON = {
	title: "A cron",
	keys: {
		spec: honoured("`schedule`; each `H` is a value of its own, always the same for one app and cron", {
			value: CronSpec,
			required: true,
			rows: "UP-09"
		}),
		commands: honoured("what it runs"),
		"commands.start": honoured("`command`, a line for the shell", {
			value: Line,
			required: true
		}),
		"commands.stop": unsupported("a run is ended with SIGTERM", "Let the command end itself on SIGTERM."),
		cmd: honoured("`command`, as it was written at first", { value: Line }),
		shutdown_timeout: honoured("`stop_timeout`; 10 s where there is none", { value: ShutdownTimeout }),
		timeout: honoured("`max_hours`; 24 where there is none", { value: CronTimeout })
	}
};
const OPERATION = {
	title: "An operation",
	keys: {
		role: approximated("a token of the server with the scope `operate` runs commands, or on ECS a right in IAM", {
			hint: "Give such tokens and rights to those alone who may run it.",
			value: Role
		}),
		commands: honoured("what it runs", { required: true }),
		"commands.start": honoured("`command`, a line for the shell", {
			value: Line,
			required: true
		}),
		"commands.*": unsupported("only `start` is run, and a run is ended with SIGTERM", "Let the command end itself on SIGTERM.")
	}
};
/** The keys of an app. An unknown one is an error, as in the validator of the systems. */
function appSection(system, own) {
	const hook = {
		hint: "To let a failure end the deployment, write `on_failure: abort` in gantry.yml.",
		value: Text.nullable(),
		rows: "UP-20"
	};
	return {
		title: "An app",
		keys: {
			...own,
			type: approximated(IMAGE_TEXT, {
				hint: IMAGE_HINT,
				value: Runtime
			}),
			stack: approximated(IMAGE_TEXT, { hint: IMAGE_HINT }),
			"source.root": honoured("`build.context`", { value: Folder }),
			"source.operations": unsupported("Gantry changes no source code", "Do it where you build."),
			web: honoured("the process `web`", {
				section: webSection(system),
				rows: "UP-32"
			}),
			workers: honoured("processes that nobody reaches from outside", { rows: "UP-27, UP-32" }),
			"workers.*": honoured("the process of that name, in lower case", {
				section: workerSection(system),
				rows: "UP-27, UP-32, UP-39"
			}),
			...instanceRules(system),
			timezone: honoured("`timezone` of the crons; UTC where there is none", { value: TimeZone }),
			hooks: honoured("as said of each"),
			"hooks.build": approximated("`build.command` of the local engine; on ECS the Dockerfile does it", {
				...hook,
				hint: "On ECS, do the same in the Dockerfile."
			}),
			"hooks.deploy": approximated("the task `deploy-hook`, with `run: pre_deploy` and `on_failure: continue`, in an instance of its own with the settings of `web`; it runs when the image or the task changed", hook),
			"hooks.post_deploy": approximated("the task `post-deploy-hook`, with `run: post_deploy` and `on_failure: continue`, in an instance of its own with the settings of `web`; it runs when the image or the task changed", hook),
			crons: honoured("tasks with a schedule", { rows: "UP-08, UP-20" }),
			"crons.*": approximated("the task of that name, with `concurrency: forbid`, in an instance of its own with the settings of `web`; it starts on the minute, and blocks no deployment", {
				hint: "Keep files that it shares with `web` in a mount with the source `storage`, in a bucket or a database.",
				section: CRON,
				rows: "UP-08, UP-10"
			}),
			operations: honoured("tasks that nothing starts by itself"),
			"operations.*": approximated("a task of that name, which nothing starts by itself", {
				hint: "Run it with `gantry task run NAME`.",
				section: OPERATION
			}),
			"build.flavor": unsupported("nothing is built but what is said", BUILD_HINT),
			"build.caches": unsupported("layers of images are kept between builds", BUILD_HINT),
			dependencies: unsupported("nothing is installed but what is said", BUILD_HINT),
			runtime: unsupported("there is no runtime but that of the image", BUILD_HINT),
			"preflight.enabled": unsupported("Gantry does not check what an app depends on", "Check it before you push."),
			"preflight.ignored_rules": descriptive()
		}
	};
}
// src/config/upsun/keys.ts
const inFront = () => unsupported(PROXY_TEXT, PROXY_HINT);
const ROUTE_RULE = approximated("`expose: public` for `web` of the app that it leads to; the address is that of the engine or load balancer", {
	hint: "Let its name lead there, in the DNS or in the proxy in front.",
	section: {
		title: "A route",
		keys: {
			type: honoured("`upstream`: requests reach the app", {
				value: RouteType,
				required: true
			}),
			upstream: honoured("the app that is public", { value: Line }),
			to: unsupported(ELSEWHERE_TEXT, ELSEWHERE_HINT),
			primary: descriptive({ value: Flag.nullable() }),
			id: descriptive({ value: Text.nullable() }),
			attributes: descriptive(),
			redirects: inFront(),
			tls: inFront(),
			cache: inFront(),
			ssi: inFront(),
			sticky: inFront()
		}
	}
});
const SERVICE_RULE = unsupported(SERVICE_TEXT, SERVICE_HINT, { rows: "UP-21" });
const UPSUN_KEYS = {
	system: "Upsun",
	unknown: "error",
	root: {
		title: "The files of `.upsun`",
		keys: {
			applications: honoured("the apps by name", { required: true }),
			"applications.*": honoured("an app; `module:` in gantry.yml says which one is deployed", { section: appSection("Upsun", {}) }),
			services: honoured("as said of each", { value: Nothing }),
			"services.*": SERVICE_RULE,
			routes: honoured("as said of each", { value: Nothing }),
			"routes.*": ROUTE_RULE,
			"*": unsupported("Upsun has no such key; what is taken from its anchors has its values all the same", "Leave it where it only holds anchors. Known are applications, services and routes.")
		}
	}
};
const FIXED_APP = appSection("Platform.sh", { name: honoured("what `module:` in gantry.yml names", { value: Line }) });
/** `.platform.app.yaml`: one app. */
const PLATFORM_APP = {
	system: "Platform.sh",
	unknown: "error",
	root: {
		title: "`.platform.app.yaml`",
		keys: {
			...FIXED_APP.keys,
			name: {
				...FIXED_APP.keys["name"],
				required: true
			}
		}
	}
};
/** `.platform/applications.yaml`: the apps by name. */
const PLATFORM_APPS = {
	system: "Platform.sh",
	unknown: "error",
	root: {
		title: "`.platform/applications.yaml`",
		keys: { "*": honoured("an app; `module:` in gantry.yml says which one is deployed", { section: FIXED_APP }) }
	}
};
const PLATFORM_SERVICES = {
	system: "Platform.sh",
	unknown: "error",
	root: {
		title: "`.platform/services.yaml`",
		keys: { "*": SERVICE_RULE }
	}
};
const PLATFORM_ROUTES = {
	system: "Platform.sh",
	unknown: "error",
	root: {
		title: "`.platform/routes.yaml`",
		keys: { "*": ROUTE_RULE }
	}
};
// src/config/upsun/commands.ts
/** The line of a hook; null where it says nothing. */
function readHook(name, app, reading) {
	const hook = given(child(app, "hooks"), name);
	if (hook?.kind !== "scalar") return null;
	const line = hook.text.trim();
	if (line !== "") return derived(line, hook);
	reading.keys.change(hook, "honoured", "nothing is asked for");
	return null;
}
/** What an instance starts, as settings of a process: `command`, and `pre_start` where there is one. Null where nothing is started. */
function readStart(instance, reading) {
	const commands = child(instance, "commands");
	const start = given(commands, "start");
	const before = given(commands, "pre_start");
	if (start?.kind !== "scalar") return null;
	const line = start.text.trim();
	if (line.endsWith("&") && !line.endsWith("&&")) reading.warn("This command puts itself into the background, so it ends and is started again without end", {
		place: placeOf(start),
		hint: "Leave out the & at its end."
	});
	const settings = /* @__PURE__ */ new Map([["command", derived(line, start)]]);
	if (before?.kind !== "scalar" || before.text.trim() === "") return settings;
	return settings.set("pre_start", derived(`(\n${before.text.trim()}\n) || :`, before));
}
// src/config/upsun/context.ts
function byDefault({ system }) {
	return {
		kind: "default",
		of: system
	};
}
// src/config/upsun/mounts.ts
/** What the sources of mounts are called here, by all of their names. */
const SOURCES = {
	storage: "storage",
	service: "storage",
	shared: "storage",
	instance: "instance",
	local: "instance",
	tmp: "tmp",
	temporary: "tmp"
};
/**
* The mounts of an instance in Gantry's terms, in the folder of the app; null where it says nothing about them. Refuses
* those that overlap, as the systems do (mounts.md).
*/
function readMounts(instance, context) {
	const written = child(instance, "mounts");
	if (written?.kind !== "table") return null;
	const mounts = entriesOf(written).map(([path, mount]) => [trimmed(path), mount]);
	const told = refuseOverlap(mounts, context.reading);
	const found = mounts.flatMap(([path, mount]) => {
		const settings = told.has(path) ? null : mountOf(path, mount, context);
		return settings === null ? [] : [[path, settings]];
	});
	return derivedTable(found, written);
}
/** Null where it has a path that Gantry does not take. */
function mountOf(path, mount, context) {
	const { reading } = context;
	const [first = "", ...rest] = mount.kind === "scalar" ? mount.text.split(":") : [];
	const written = mount.kind === "scalar" ? first : textAt(mount, "source") ?? "";
	const source = SOURCES[written] ?? written;
	const owner = source === "storage" ? ownerOf(mount, written, context) : null;
	if (source !== "storage") tellNoOwner(mount, written, reading);
	const said = mount.kind === "scalar" ? rest.join(":") : textAt(mount, "source_path");
	const own = said === void 0 ? path : trimmed(said);
	const folder = owner === null ? own : trimmed(`${owner}/${own}`);
	const wrong = wrongPath(path, folder);
	if (wrong !== null) {
		reading.keys.change(mount, "unsupported", wrong, "Mount it in gantry.yml, at another path.");
		return null;
	}
	if (owner !== null) {
		const how = `it is the folder ${quote(folder)} of the storage of this app, which no other app shares`;
		reading.keys.change(mount, "approximated", how, MOUNT_HINT);
	}
	const entries = [["source", derived(source, child(mount, "source") ?? mount)], ["source_path", derived(folder, child(mount, "source_path") ?? mount)]];
	return derivedTable(entries, mount);
}
/** The network storage, or the other app, whose storage a mount is of (mounts.md); null for that of the app itself. */
function ownerOf(mount, source, context) {
	const owner = textAt(mount, "service");
	if (owner === void 0 && source === "service") context.reading.error("A mount with the source `service` must name the service", {
		place: mount.key ?? placeOf(mount),
		hint: "Write `service: NAME`."
	});
	if (owner === void 0 || source === "storage" && owner === context.name) return null;
	refuseUnknown(owner, mount, source, context);
	return owner;
}
/** Refuses a network storage or an app that the project does not have, where it says what it has. */
function refuseUnknown(owner, mount, source, { project, reading }) {
	const services = entriesOf(project.services);
	const isApp = source === "storage";
	if (!isApp && services.length === 0) return;
	const storages = services.filter(([, each]) => textAt(each, "type")?.startsWith("network-storage:"));
	const known = isApp ? [...project.apps.keys()] : storages.map(([name]) => name);
	if (known.includes(owner)) return;
	const meant = suggest(owner, known);
	const add = isApp ? "Name an app of this project." : "Add it to `services`, with `type: network-storage:1.0`.";
	reading.error(`There is no ${isApp ? "app" : "network storage"} ${quote(owner)}`, {
		place: mount.key ?? placeOf(mount),
		hint: meant === null ? add : `Did you mean ${quote(meant)}?`
	});
}
function tellNoOwner(mount, source, reading) {
	const service = given(mount, "service");
	if (service === void 0) return;
	const why = `the files of the source \`${source}\` are of one instance alone`;
	reading.keys.change(service, "unsupported", why, "Leave it out.");
}
/** Why Gantry does not take the paths of a mount; null where it does. */
function wrongPath(path, folder) {
	if (path === "") return "the folder of the app itself is no mount";
	const wrong = MountPath.safeParse(path).error?.issues[0];
	if (wrong !== void 0) return `its path must be ${wrong.message}`;
	const issue = SourcePath.safeParse(folder).error?.issues[0];
	return issue === void 0 ? null : `its source_path must be ${issue.message}`;
}
function trimmed(path) {
	return path.split("/").filter((part) => part !== "" && part !== ".").join("/");
}
/** Gives the folders that are inside of others. */
function refuseOverlap(mounts, reading) {
	const overlaps = overlapsIn(mounts);
	for (const { outer, inner, value } of overlaps) reading.error(`The mounts ${quote(outer)} and ${quote(inner)} overlap`, {
		place: value.key ?? placeOf(value),
		hint: OVERLAP_HINT
	});
	return new Set(overlaps.map(({ inner }) => inner));
}
// src/config/upsun/relationships.ts
/** What a relationship, a service and an endpoint may be called: a name of `connect_to`. */
const NAME = /^(?!__proto__$)[^\p{Cc}]{1,255}$/u;
/**
* The relationships of an instance as what it connects to; null where it says nothing about them. Refuses those with a
* service that the project does not have, where it says which ones it has.
*/
function readRelationships(instance, context) {
	const written = child(instance, "relationships");
	if (written?.kind !== "table") return null;
	if (written.entries.size === 0) context.reading.keys.change(written, "honoured", "none");
	const found = entriesOf(written).flatMap(([name, value]) => {
		const target = targetOf(name, value);
		checkTarget(name, value, target, context);
		return target === null ? [] : [[name, connectionOf(target, value)]];
	});
	return derivedTable(found, written);
}
function checkTarget(name, value, target, { project, reading }) {
	const { apps, isWhole, services } = project;
	const known = [...entriesOf(services).map(([service]) => service), ...apps.keys()];
	const place = value.key ?? placeOf(value);
	if (target === null) {
		reading.error(`The relationship ${quote(name)} must be a service`, {
			place,
			hint: "Write `{service: NAME, endpoint: NAME}`, or nothing for the service of this name."
		});
		return;
	}
	if (known.length === apps.size || known.includes(target.service)) return;
	if (!isWhole && (target.endpoint ?? "http") === "http") return;
	const meant = suggest(target.service, known);
	reading.error(`There is no service ${quote(target.service)}`, {
		path: `relationships.${name}`,
		place,
		hint: meant === null ? "Add it to `services`." : `Did you mean ${quote(meant)}?`
	});
}
/** Null for what cannot be one. */
function targetOf(name, value) {
	const target = writtenTarget(name, value);
	if (target === null) return null;
	const { service, endpoint } = target;
	return [
		name,
		service,
		...endpoint === null ? [] : [endpoint]
	].every((each) => NAME.test(each)) ? target : null;
}
/** Without a value it is the service of the same name (row UP-28). */
function writtenTarget(name, value) {
	if (value.kind === "table") {
		if ([...value.entries.values()].some(({ kind }) => kind !== "scalar")) return null;
		return {
			service: textAt(value, "service") ?? name,
			endpoint: textAt(value, "endpoint") ?? null
		};
	}
	if (value.kind === "list") return null;
	if (value.value === null) return {
		service: name,
		endpoint: null
	};
	if (typeof value.value !== "string") return null;
	const [service, ...endpoint] = value.text.split(":");
	return {
		service,
		endpoint: endpoint.length === 0 ? null : endpoint.join(":")
	};
}
function connectionOf({ service, endpoint }, value) {
	const entries = Object.entries({
		service,
		endpoint
	}).flatMap(([key, text]) => text === null ? [] : [[key, derived(text, value)]]);
	return derivedTable(entries, value);
}
// src/config/upsun/sizes.ts
/** CPU of a container of Upsun, until somebody sets another one outside of the file (resource-init.md). */
const DEFAULT_CPU = .5;
/** Its memory in MB by profile (adjust-resources.md). */
const MEMORY = {
	HIGH_CPU: 224,
	BALANCED: 1088,
	HIGH_MEMORY: 1408,
	HIGHER_MEMORY: 2368
};
/** The defaults of Gantry. They replace a size of the app where `web` or a worker has AUTO. */
const AUTO = [.25, 512];
/** CPU, and memory in MB, by size on Platform.sh, of runtimes with the profile HIGH_CPU and of Java (size.md). */
const HIGH_CPU = {
	AUTO,
	XS: [.4, 128],
	S: [.4, 128],
	M: [.4, 128],
	L: [1.2, 256],
	XL: [2.5, 384],
	"2XL": [5, 768],
	"4XL": [10, 1536]
};
const HIGH_MEMORY = {
	AUTO,
	XS: [.25, 128],
	S: [.25, 128],
	M: [.25, 288],
	L: [.4, 1280],
	XL: [.75, 2624],
	"2XL": [1.5, 5248],
	"4XL": [3, 10496]
};
/** CPU by size where `resources` say the memory (flexible-resources.md). */
const CPU = {
	XS: .25,
	S: .5,
	M: 1,
	L: 2,
	XL: 4,
	"2XL": 8
};
const BASE_MEMORY = 64;
const MEMORY_RATIO = 128;
/** GB that an instance has without asking, and that an engine can be asked for. */
const FREE_DISK = 20;
const LARGEST_DISK = 200;
const CHOICE_HINT = "Name a size, or set `cpu` and `memory` in gantry.yml.";
/** What an app gets where the file says nothing. Platform.sh sizes it by the plan that is paid for, which nobody knows. */
function addDefaultSize({ system, draft, app }) {
	if (system !== "Upsun") return;
	const origin = byDefault({ system });
	draft.set(["defaults", "cpu"], scalar(DEFAULT_CPU, origin));
	draft.set(["defaults", "memory"], scalar(`${MEMORY[profileOf(app)]} MB`, origin));
}
/** The profile of an app that names none. Java in a composable image has that of all such images (adjust-resources.md). */
function profileOf(app) {
	return textAt(app, "type")?.startsWith("java:") === true ? "HIGH_MEMORY" : "HIGH_CPU";
}
function tableOf(app) {
	return profileOf(app) === "HIGH_MEMORY" ? HIGH_MEMORY : HIGH_CPU;
}
/** CPU, memory and disk that an app, `web` or a worker says itself. */
function readSize(instance, context) {
	return context.system === "Upsun" ? readProfile(instance, context) : readFixedSize(instance, context);
}
/** Null replaces the profile of the app by that of its runtime. */
function readProfile(instance, { app }) {
	const profile = child(instance, "container_profile");
	if (profile?.kind !== "scalar") return /* @__PURE__ */ new Map();
	const name = profile.value === null ? profileOf(app) : profile.text;
	return /* @__PURE__ */ new Map([["memory", derived(`${MEMORY[name]} MB`, profile)]]);
}
/** What an instance that says something of its size has. Each of the two keys is inherited as a whole. */
function readFixedSize(instance, { app, reading }) {
	const settings = readDisk(instance, reading);
	if (child(instance, "size") === void 0 && child(instance, "resources") === void 0) return settings;
	const chosen = choiceOf(instance, app);
	const { size, name, resources } = chosen;
	tellChoice(instance, chosen, app, reading);
	if (size === void 0) return settings;
	const flexible = resources !== void 0 && Object.hasOwn(CPU, name);
	const [cpu, memory] = flexible ? multiplied(resources, CPU[name]) : tableOf(app)[name];
	settings.set("cpu", derived(cpu, size));
	settings.set("memory", derived(`${Math.ceil(memory)} MB`, flexible ? resources : size));
	return settings;
}
function choiceOf(instance, app) {
	const size = child(instance, "size") ?? child(app, "size");
	const owner = child(instance, "resources") === void 0 ? app : instance;
	return {
		size,
		name: size?.kind === "scalar" ? size.text : "AUTO",
		resources: given(owner, "resources")
	};
}
/** Whether there is an instance with a size whose CPU these `resources` multiply. */
function isMultiplied(resources, app) {
	const workers = entriesOf(child(app, "workers")).map(([, worker]) => worker);
	return [
		app,
		child(app, "web") ?? app,
		...workers
	].map((instance) => choiceOf(instance, app)).some((choice) => choice.resources === resources && Object.hasOwn(CPU, choice.name));
}
function multiplied(resources, cpu) {
	return [cpu, Number(textAt(resources, "base_memory") ?? BASE_MEMORY) + Number(textAt(resources, "memory_ratio") ?? MEMORY_RATIO) * cpu];
}
/** Says what is not as the file asks for, each at the key of the instance that makes it so. */
function tellChoice(instance, { size, name, resources }, app, reading) {
	const own = given(instance, "resources");
	const isUseless = own !== void 0 && !isMultiplied(own, app);
	if (isUseless) {
		const why = name === "AUTO" ? "without a size there is no CPU" : `there is no CPU for ${name}`;
		const hint = name === "AUTO" ? CHOICE_HINT : "Use 2XL.";
		reading.keys.change(own, "unsupported", `${why} that it multiplies`, hint);
	}
	if (size === void 0 || size !== child(instance, "size")) return;
	if (name === "AUTO") reading.keys.change(size, "approximated", "Platform.sh chooses by the plan that is paid for; here it is 0.25 vCPU and 512 MB", CHOICE_HINT);
	else if (resources !== void 0 && !isUseless && !Object.hasOwn(CPU, name)) {
		const how = `\`resources\` change nothing here, because they have no CPU for ${name}`;
		reading.keys.change(size, "approximated", how, "Use 2XL.");
	}
}
/** Null replaces the disk of the app by what comes anyway. */
function readDisk(instance, reading) {
	const disk = child(instance, "disk");
	if (disk?.kind !== "scalar") return /* @__PURE__ */ new Map();
	const size = disk.value === null ? FREE_DISK : Math.ceil(Number(disk.value) / 1024);
	if (size <= LARGEST_DISK) return /* @__PURE__ */ new Map([["ephemeral_storage_gb", derived(size, disk)]]);
	reading.keys.change(disk, "unsupported", `an instance has at most ${LARGEST_DISK} GB`, "Use a bucket.");
	return /* @__PURE__ */ new Map();
}
// src/config/upsun/variables.ts
/**
* The environment that `variables` make: those with the prefix `env` under their names in capitals, and all others
* together in `PLATFORM_VARIABLES`, as JSON in base64 (platformsh-docs: development/variables). Null where it has none.
*/
function readVariables(instance, reading) {
	const variables = child(instance, "variables");
	if (variables === void 0) return null;
	const env = /* @__PURE__ */ new Map();
	const others = [];
	for (const [prefix, group] of entriesOf(variables)) {
		if (prefix === "php") continue;
		for (const [name, value] of entriesOf(group)) if (prefix === "env") addVariable(name, value, env, reading);
		else others.push([`${prefix}:${name}`, toPlain(value)]);
	}
	if (others.length > 0) {
		const packed = Buffer.from(JSON.stringify(Object.fromEntries(others))).toString("base64");
		env.set("PLATFORM_VARIABLES", derived(packed, variables));
	}
	return table(env, variables.origin);
}
function addVariable(written, value, env, reading) {
	const name = written.toUpperCase();
	const wrong = whyNoVariable(name);
	if (wrong !== null) {
		reading.keys.change(value, "unsupported", wrong.text, wrong.hint);
		return;
	}
	if (value.kind === "scalar" && value.value === null) return;
	if (env.has(name)) reading.warn(`${name} is here for the second time: this value counts`, {
		place: value.key ?? placeOf(value),
		hint: "Leave one of them out."
	});
	env.set(name, value.kind === "scalar" ? value : derived(JSON.stringify(toPlain(value)), value));
}
// src/config/upsun/instance.ts
/**
* What an app, `web` or a worker says of its instances, as settings of a process. What `web` or a worker does not have it
* inherits from the app, each key as a whole (rows UP-21 to UP-25).
*/
function readInstance(instance, context) {
	const settings = readSize(instance, context);
	const mounts = readMounts(instance, context);
	if (mounts !== null) settings.set("mounts", mounts);
	const env = readVariables(instance, context.reading);
	if (env !== null) settings.set("env", env);
	const connections = readRelationships(instance, context);
	if (connections !== null) settings.set("connect_to", connections);
	const access = child(instance, "access");
	if (access?.kind === "table") settings.set("access", onlyShells(access));
	return settings;
}
function onlyShells(access) {
	return {
		...access,
		entries: new Map(entriesOf(access).filter(([key]) => key === "ssh"))
	};
}
/** Puts settings of an instance into the draft, below a process or task. */
function addSettings(path, settings, { draft, app }) {
	draft.lay(path, table(settings, app.origin));
}
// src/config/upsun/routes.ts
/**
* Makes `web` private where the project has routes and none of them leads to the app, by itself or through a service such
* as a cache. Without any routes the systems make one.
*/
function addRoutes(hasWeb, context) {
	const { draft, project, reading, name } = context;
	const { apps, routes, services } = project;
	if (routes === void 0 || isEmpty(routes)) return;
	let isReached = false;
	for (const [, route] of entriesOf(routes)) {
		tellOff(route, reading);
		const type = textAt(route, "type");
		if (type !== "upstream") {
			tellElsewhere(route, type, reading);
			continue;
		}
		const target = upstreamOf(route, context);
		if (target === name || child(services, target) !== void 0) isReached = true;
		else if (apps.has(target)) reading.keys.change(route, "honoured", "it leads to another app, which is deployed by itself");
	}
	if (!hasWeb || isReached || entriesOf(routes).length === 0) return;
	draft.set([
		"processes",
		"web",
		"expose"
	], derived("private", routes));
}
/** What the proxy in front could do, and is not to do. */
function tellOff(route, reading) {
	for (const key of [
		"cache",
		"ssi",
		"sticky"
	]) {
		const feature = child(route, key);
		const enabled = child(feature, "enabled");
		if (feature === void 0 || enabled?.kind !== "scalar" || enabled.value !== false) continue;
		reading.keys.change(feature, "honoured", "nothing is asked for");
	}
}
function tellElsewhere(route, type, reading) {
	if ((textAt(route, "to") ?? "").trim() === "") {
		reading.error(`A route with \`type: ${type}\` must have \`to\``, {
			place: route.key ?? placeOf(route),
			hint: "Write `to: https://example.com/`."
		});
		return;
	}
	reading.keys.change(route, "unsupported", ELSEWHERE_TEXT, ELSEWHERE_HINT);
}
/** The app or service that a route leads to: `app:http`. */
function upstreamOf(route, context) {
	const { project, reading } = context;
	const target = (textAt(route, "upstream") ?? "").split(":")[0];
	const { apps, services } = project;
	if (child(route, "upstream") === void 0) reading.error("A route with `type: upstream` must have an upstream", {
		place: route.key ?? placeOf(route),
		hint: "Write `upstream: APP:http`."
	});
	else if (!apps.has(target) && child(services, target) === void 0) tellUnknown(route, target, context);
	return target;
}
/** Refuses what is no app and no service; where not all apps are known, it may be another one. */
function tellUnknown(route, target, { project, reading }) {
	const { apps, isWhole } = project;
	const meant = suggest(target, [...apps.keys()]);
	const guess = meant === null ? null : `Did you mean ${quote(meant)}?`;
	if (isWhole) {
		reading.error(`There is no app or service ${quote(target)}`, {
			place: placeOf(child(route, "upstream")),
			hint: guess ?? "An upstream is `APP:http`."
		});
		return;
	}
	const hint = ["Another app is deployed by itself.", ...guess === null ? [] : [guess]].join(" ");
	const why = `${quote(target)} is no app or service of the files that are read`;
	reading.keys.change(route, "unsupported", why, hint);
}
// src/config/upsun/services.ts
/** Refuses services without a type, as the systems do. What else is in one has no meaning for Gantry. */
function checkServices(services, reading) {
	for (const [name, service] of entriesOf(services)) {
		if (textAt(service, "type") !== void 0) continue;
		reading.error(`The service ${quote(name)} has no type`, {
			place: service.key ?? placeOf(service),
			hint: "Write `type: postgresql:16`, for example."
		});
	}
}
// src/config/upsun/tasks.ts
/** Seconds from SIGTERM to SIGKILL for a cron, and its longest run in seconds (crons.md). */
const SHUTDOWN_TIMEOUT = 10;
const CRON_TIMEOUT = 86400;
/** The longest `stop_timeout` that Gantry has, in seconds, and its shortest time limit, in hours. */
const MOST_SECONDS = 3600;
const LEAST_HOURS = .01;
/** What a deployment runs by which hook. */
const HOOKS = [{
	key: "deploy",
	name: "deploy-hook",
	run: "pre_deploy"
}, {
	key: "post_deploy",
	name: "post-deploy-hook",
	run: "post_deploy"
}];
/**
* Adds what runs in the web container there, and in an instance of its own here: hooks, crons and operations. They have the
* settings of `web`; workers have none of them (rows UP-08 and UP-20).
*
* @param taken the names of processes
*/
function addTasks(taken, web, context) {
	const names = new Set(taken);
	const add = (name, at, settings) => {
		const path = ["tasks", name];
		names.add(name);
		context.draft.open(path, at);
		addSettings(path, web, context);
		for (const [key, value] of Object.entries(settings)) if (value !== void 0) context.draft.set([...path, key], value);
	};
	for (const { key, name, run } of HOOKS) {
		const command = readHook(key, context.app, context.reading);
		if (command === null) continue;
		const goesOn = scalar("continue", byDefault(context));
		add(name, command, {
			command,
			run: derived(run, command),
			on_failure: goesOn
		});
	}
	for (const [written, cron] of entriesOf(child(context.app, "crons"))) add(nameOf(written, "cron", cron, names, context), cron, cronSettings(written, cron, context));
	for (const [written, operation] of entriesOf(child(context.app, "operations"))) add(nameOf(written, "operation", operation, names, context), operation, { command: lineOf(child(child(operation, "commands"), "start")) });
}
function cronSettings(written, cron, context) {
	const { app, name, reading } = context;
	const origin = byDefault(context);
	const start = child(child(cron, "commands"), "start");
	const old = child(cron, "cmd");
	if (start !== void 0 && old !== void 0) reading.keys.change(old, "unsupported", "`commands.start` counts", "Leave it out.");
	const command = start ?? old;
	if (command === void 0) reading.error(`The cron ${quote(written)} has no command`, {
		place: cron.key ?? placeOf(cron),
		hint: "Write `commands: {start: …}`."
	});
	const spec = child(cron, "spec");
	const schedule = withoutHashes(textAt(cron, "spec"), choiceBy(`${name} ${written}`));
	if (isTooFrequent(schedule)) {
		const how = `${context.system} runs it every 5 minutes at most, Gantry as often as it says`;
		reading.keys.change(spec, "approximated", how, "Leave 5 minutes between two runs to keep it so.");
	}
	return {
		command: lineOf(command),
		schedule: derived(schedule, spec),
		timezone: child(app, "timezone") ?? scalar("UTC", origin),
		concurrency: scalar("forbid", origin),
		stop_timeout: stopTimeoutOf(child(cron, "shutdown_timeout"), context),
		max_hours: hoursOf(child(cron, "timeout"), context)
	};
}
function stopTimeoutOf(timeout, context) {
	if (timeout?.kind !== "scalar") return scalar(SHUTDOWN_TIMEOUT, byDefault(context));
	if (Number(timeout.value) <= MOST_SECONDS) return timeout;
	context.reading.keys.change(timeout, "approximated", "1 h, the longest that there is", "Let the command end itself sooner.");
	return derived(MOST_SECONDS, timeout);
}
function hoursOf(timeout, context) {
	if (timeout?.kind !== "scalar") return scalar(CRON_TIMEOUT / 3600, byDefault(context));
	const hours = Number(timeout.value) / 3600;
	if (hours < LEAST_HOURS) context.reading.keys.change(timeout, "approximated", "36 s, the shortest limit that there is", "Let the command end itself sooner.");
	return derived(Math.max(hours, LEAST_HOURS), timeout);
}
function lineOf(command) {
	return command?.kind === "scalar" ? derived(command.text.trim(), command) : void 0;
}
/** The name of a task: its own, or with its kind behind it where another process or task has that. */
function nameOf(written, kind, at, names, { reading }) {
	const folded = foldName(written) ?? kind;
	const other = `${folded.slice(0, 63 - kind.length - 1)}-${kind}`;
	const name = names.has(folded) ? other : folded;
	const place = at.key ?? placeOf(at);
	if (names.has(name)) reading.error(`The ${kind} ${quote(written)} has the name of another one, as soon as it is folded`, {
		place,
		hint: "Rename one of them."
	});
	else if (name !== written) reading.warn(`The ${kind} ${quote(written)} is the task "${name}" here`, {
		place,
		hint: "Names have lower-case letters, digits and single hyphens, and no two are the same."
	});
	return name;
}
// src/config/upsun/web.ts
/** The port that the containers are given as `PORT`; the documentation names none, but this is what it is. */
const PORT = 8888;
/** What starts a PHP app that says no command (platformsh-docs: image-properties/web.md). */
const START_PHP = "/usr/bin/start-php-app";
/** Adds the process `web`, where the app starts something: without it the systems serve files only. */
function addWeb(context) {
	const { app, draft, reading, runtime } = context;
	const web = child(app, "web");
	const settings = web === void 0 ? /* @__PURE__ */ new Map() : readInstance(web, context);
	if (web !== void 0) tellHow(web, context);
	const start = (web === void 0 ? null : readStart(web, reading)) ?? (runtime === "php" ? /* @__PURE__ */ new Map([["command", startPhp(context)]]) : null);
	if (start === null) {
		if (web !== void 0) tellNothing(web, context);
		return {
			runs: false,
			settings
		};
	}
	const path = ["processes", "web"];
	draft.open(path, web ?? app);
	addSettings(path, start, context);
	draft.set([...path, "port"], scalar(PORT, byDefault(context)));
	addSettings(path, settings, context);
	return {
		runs: true,
		settings
	};
}
function startPhp(context) {
	const { app, reading, system } = context;
	const type = child(app, "type") ?? child(app, "stack") ?? app;
	reading.warn(`web starts PHP-FPM with ${START_PHP}, which only the images of ${system} have`, {
		place: type.key ?? placeOf(type),
		hint: "Set `command` of `web` in gantry.yml to what starts it in your image."
	});
	return scalar(START_PHP, byDefault(context));
}
function tellNothing(web, { reading, system }) {
	const commands = child(web, "commands");
	if (commands !== void 0) {
		reading.error("web.commands.start is missing", { place: commands.key ?? placeOf(commands) });
		return;
	}
	const why = `it starts nothing: ${system} serves files for it, and Gantry does not`;
	reading.keys.change(web, "unsupported", why, "Start a web server with `web.commands.start`.");
}
function tellHow(web, { reading }) {
	const upstream = child(web, "upstream");
	const family = given(upstream, "socket_family");
	if (family?.kind === "scalar" && family.text === "unix") reading.keys.change(family, "unsupported", "requests reach an instance at its port only, and there is no SOCKET", "Listen on `PORT`.");
	const protocol = given(upstream, "protocol");
	if (protocol?.kind === "scalar" && protocol.text === "fastcgi") reading.keys.change(protocol, "unsupported", "requests reach an instance over HTTP only", "Put a web server into the image.");
	for (const [, location] of entriesOf(child(web, "locations"))) tellLocation(location, { reading });
}
function tellLocation(location, { reading }) {
	const passthru = child(location, "passthru");
	if (textAt(location, "passthru") === "true") {
		if (entriesOf(location).length > 1) return;
		reading.keys.change(location, "honoured", "requests go to the process");
	} else if (passthru !== void 0) reading.keys.change(passthru, "approximated", "requests go to the process with the path that they have", PASSTHRU_HINT);
}
// src/config/upsun/app.ts
/** Time from SIGTERM to SIGKILL (platformsh-docs: create-apps/workers.md; row UP-05). */
const STOP_TIMEOUT = "15s";
const INSTANCES = 1;
/** Reads an app into the terms of `gantry.yml`. */
function readApp({ system, project, name, base }, reading) {
	const app = project.apps.get(name);
	const draft = new Draft(app.origin);
	const context = {
		system,
		reading,
		draft,
		project,
		name,
		app,
		runtime: runtimeOf(app)
	};
	if (child(app, "type") === void 0 && child(app, "stack") === void 0) reading.error("The app has neither a type nor a stack", {
		place: app.key ?? placeOf(app),
		hint: "Write `type: python:3.12`, for example."
	});
	checkServices(project.services, reading);
	draft.set(["defaults", "stop_timeout"], scalar(STOP_TIMEOUT, byDefault(context)));
	draft.set(["defaults", "demand_count"], scalar(INSTANCES, byDefault(context)));
	addDefaultSize(context);
	addBuild(base, context);
	addAppSettings(context);
	draft.open(["processes"], app);
	const web = addWeb(context);
	const workers = addWorkers(context);
	addTasks([...web.runs ? ["web"] : [], ...workers], web.settings, context);
	addRoutes(web.runs, context);
	return draft.table();
}
function addBuild(base, { app, draft, reading }) {
	const root = child(child(app, "source"), "root");
	const folder = rootOf(app, base);
	if (folder !== ".") draft.set(["build", "context"], derived(folder, root ?? app));
	const command = readHook("build", app, reading);
	if (command !== null) draft.set(["build", "command"], command);
	const flavor = given(child(app, "build"), "flavor");
	if (flavor?.kind === "scalar" && flavor.text === "none") reading.keys.change(flavor, "honoured", "nothing is built but what is said");
}
/** What the app says is for all of its processes and tasks. */
function addAppSettings(context) {
	const settings = readInstance(context.app, context);
	const env = settings.get("env");
	if (env !== void 0) context.draft.set(["env"], env);
	settings.delete("env");
	addSettings(["defaults"], settings, context);
}
/** Adds the workers; gives their names. */
function addWorkers(context) {
	const { app, draft, reading } = context;
	const names = /* @__PURE__ */ new Set();
	for (const [written, worker] of entriesOf(child(app, "workers"))) {
		const name = foldName(written);
		const place = worker.key ?? placeOf(worker);
		if (name === null || name === "web" || names.has(name)) {
			const what = name === null ? "has no letter and no digit in its name" : "has the name of another process";
			reading.error(`The worker ${quote(written)} ${what}`, {
				place,
				hint: "Rename it."
			});
			continue;
		}
		if (name !== written) reading.warn(`The worker ${quote(written)} is the process "${name}" here`, {
			place,
			hint: "Names have lower-case letters, digits and single hyphens."
		});
		names.add(name);
		draft.open(["processes", name], worker);
		addSettings(["processes", name], readStart(worker, reading), context);
		addSettings(["processes", name], readInstance(worker, context), context);
	}
	return names;
}
/** The language of an app: of `python:3.12`, or of the first runtime of a composable image. */
function runtimeOf(app) {
	const type = textAt(app, "type")?.split(":")[0] ?? "";
	if (type !== "" && type !== "composable") return type;
	const stack = child(app, "stack");
	const first = itemsOf(child(stack, "runtimes"))[0] ?? itemsOf(stack)[0];
	return (first?.kind === "scalar" ? first.text : entriesOf(first)[0]?.[0] ?? "").split(/[@:]/)[0];
}
// src/config/upsun/read.ts
/** The YAML files of `.upsun`, all of them together. */
const UPSUN = {
	name: "Upsun",
	files: [
		".upsun/config.yaml",
		".upsun/*.yaml",
		".upsun/*.yml"
	],
	async read(path, reading, context) {
		const folder = posix.dirname(path);
		const isWhole = posix.basename(folder) === UPSUN_FOLDER;
		const base = isWhole ? posix.dirname(folder) : folder;
		const root = await openMerged(path, base, reading);
		if (root === null) return null;
		const checked = checkKeys(unshared(root), UPSUN_KEYS, reading);
		const applications = child(checked, "applications");
		tellMisspelled(checked, reading);
		const project = {
			apps: appsOf(applications),
			isWhole: true,
			services: child(checked, "services"),
			routes: child(checked, "routes")
		};
		const place = applications.key ?? placeOf(applications);
		return deploy({
			system: "Upsun",
			project,
			base,
			file: printable(isWhole ? folder : path),
			place
		}, context, reading);
	}
};
/** A key that is none of Upsun may be there for its anchors, or be a slip of the finger. */
function tellMisspelled(root, reading) {
	for (const [key, value] of entriesOf(root)) {
		const meant = MERGED.includes(key) ? null : suggest(key, MERGED);
		if (meant === null) continue;
		reading.keys.change(value, "unsupported", "Upsun has no such key", `Did you mean ${quote(meant)}?`);
	}
}
/** The apps of a map. */
function appsOf(map) {
	return new Map(entriesOf(map).flatMap(([name, app]) => app.kind === "table" ? [[name, app]] : []));
}
/** The config of the app to deploy. The others are deployed each by itself. */
function deploy(read, { module }, reading) {
	const { system, project, base, file, place } = read;
	const { apps } = project;
	if (apps.size === 0) reading.fail(`${file} has no app`, {
		place,
		hint: "Describe one in it."
	});
	const name = chooseModule({
		file,
		what: "app",
		names: [...apps.keys()],
		place
	}, module, reading);
	for (const [other, app] of apps) if (other !== name) reading.keys.change(app, "honoured", "another app, which is deployed by itself");
	reading.called = {
		name,
		place: void 0
	};
	return readApp({
		system,
		project,
		name,
		base
	}, reading);
}
// src/config/upsun/platform-sh.ts
const ONE_APP = ".platform.app.yaml";
const ALL_APPS = ".platform/applications.yaml";
const SERVICES = ".platform/services.yaml";
const ROUTES = ".platform/routes.yaml";
/** The files of Platform.sh: that of one app or of several, with those of services and routes. */
const PLATFORM_SH = {
	name: "Platform.sh",
	files: [ONE_APP, ALL_APPS],
	async read(path, reading, context) {
		const root = await openYaml(path, reading);
		if (root === null) return null;
		const folder = posix.dirname(path);
		const isForAll = `/${path}`.endsWith(`/${ALL_APPS}`);
		const isOne = !isForAll && root.kind !== "list";
		const base = isForAll ? posix.dirname(folder) : folder;
		const scope = new Scope([folder, base], [path]);
		const includes = new Includes(reading);
		const apps = isOne ? oneApp(await resolveApp(root, scope, base, includes), reading) : severalApps(await resolveApps(root, scope, base, includes), reading);
		const services = await openWhole(SERVICES, reading);
		const routes = await openWhole(ROUTES, reading);
		return deploy({
			system: "Platform.sh",
			project: {
				apps,
				isWhole: !isOne,
				services: services === null ? void 0 : checkKeys(unshared(services), PLATFORM_SERVICES, reading),
				routes: routes === null ? void 0 : checkKeys(unshared(routes), PLATFORM_ROUTES, reading)
			},
			base,
			file: path,
			place: placeOf(root)
		}, context, reading);
	}
};
function oneApp(root, reading) {
	const app = checkKeys(unshared(root), PLATFORM_APP, reading);
	return /* @__PURE__ */ new Map([[textAt(app, "name"), app]]);
}
/** A map of apps by name, or a list of apps that have one. */
function severalApps(root, reading) {
	const named = root.kind === "list" ? byName(root, reading) : root;
	const apps = appsOf(checkKeys(unshared(named), PLATFORM_APPS, reading));
	for (const [key, app] of apps) {
		const name = given(app, "name");
		if (name === void 0 || textAt(app, "name") === key) continue;
		const why = `the key above it names the app: ${quote(key)}`;
		reading.keys.change(name, "unsupported", why, "Leave it out.");
	}
	return apps;
}
function byName(list, reading) {
	const apps = /* @__PURE__ */ new Map();
	for (const app of itemsOf(list)) {
		const name = textAt(app, "name");
		if (name === void 0) reading.error("An app of a list must have a name", { place: placeOf(app) });
		else if (apps.has(name)) reading.error(`The app ${quote(name)} is here for the second time`, { place: placeOf(app) });
		else apps.set(name, app);
	}
	return table(apps, list.origin);
}
// src/config/formats.ts
/**
* In the order of precedence: the first that a repository has is read. BlueKing comes before the Procfile because its
* reader takes the processes and commands of a Procfile beside it, and keeps the rest of the app_desc.yaml.
*/
const FORMATS = [
	BLUEKING,
	PROCFILE,
	UPSUN,
	PLATFORM_SH,
	STACKTAPE
];
export { checkMounts as a, warnOfUnmet as c, overlay as d, overlayKeys as f, meantBy as g, expectedBy as h, STACKTAPE as i, APP_JSON as l, parseYaml as m, PLATFORM_SH as n, checkVariables as o, BLUEKING as p, UPSUN as r, lineOf$1 as s, FORMATS as t, PROCFILE as u };
