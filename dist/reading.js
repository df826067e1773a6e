import { n as ConfigError } from "./errors.js";
import { n as printable } from "./text.js";
// src/config/value.ts
/** The same, where nothing is the same object as anything else: what aliases share stands at several places then. */
function unshared(value) {
	if (value.kind === "list") return {
		...value,
		items: value.items.map((each) => unshared(each))
	};
	if (value.kind === "scalar") return { ...value };
	const entries = new Map([...value.entries].map(([name, each]) => [name, unshared(each)]));
	return {
		...value,
		entries
	};
}
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
/** What a value of another system's file means here: stands where that value stands. */
function derived(value, from) {
	return {
		...scalar(value, from.origin),
		...keyOf(from)
	};
}
/** As `derived`, with the words of a command. */
function derivedList(words, from) {
	return {
		kind: "list",
		items: words.map((word) => scalar(word, from.origin)),
		origin: from.origin,
		...keyOf(from)
	};
}
/** As `derived`, with entries. */
function derivedTable(entries, from) {
	return {
		...table(entries, from.origin),
		...keyOf(from)
	};
}
function keyOf({ key }) {
	return key === void 0 ? {} : { key };
}
/** The items of a list; none for values that are no list. */
function itemsOf(value) {
	return value?.kind === "list" ? value.items : [];
}
/** A scalar as it is written; undefined for an absent one, for null, and for maps and lists. */
function textAt(value, key) {
	const found = given(value, key);
	return found?.kind === "scalar" ? found.text : void 0;
}
/** The entry of a table; undefined for an absent one and for values that are no table. */
function child(value, key) {
	return value?.kind === "table" ? value.entries.get(key) : void 0;
}
/** The entry of a table, unless it says nothing: null is as good as absent in most other formats. */
function given(value, key) {
	const found = child(value, key);
	return found?.kind === "scalar" && found.value === null ? void 0 : found;
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
// src/config/catalogue/keys.ts
const VERDICT = {
	honoured: "honoured",
	approximated: "approximated",
	unsupported: "not supported"
};
/** The keys of other systems' files that were met, each with what becomes of it. */
var Keys = class {
	#uses = /* @__PURE__ */ new Map();
	add(value, use) {
		if (!this.#uses.has(value)) this.#uses.set(value, use);
	}
	/**
	* Says of one key what the catalogue cannot know: that its value, or what stands beside it, changes its fate. It
	* speaks for all that is below the key.
	*/
	change(value, fate, text, hint, awaits) {
		const use = this.#uses.get(value);
		if (use === void 0) throw new Error(`no key of a catalogue stands at ${JSON.stringify(value.origin)}`);
		const { hint: _, ...rest } = use;
		this.#uses.set(value, {
			...rest,
			fate,
			text,
			...hint !== void 0 && { hint },
			...awaits && { awaits }
		});
		for (const each of below(value)) this.#forget(each);
	}
	#forget(value) {
		this.#uses.delete(value);
		for (const each of below(value)) this.#forget(each);
	}
	/** In the order of the files. */
	list() {
		return [...this.#uses.values()];
	}
	/** Warns of every key that is not honoured. */
	warn(reading) {
		for (const { path, fate, text, hint, place } of this.#uses.values()) {
			if (fate === "honoured") continue;
			reading.warn(`${path} is ${VERDICT[fate]}: ${text}`, {
				path,
				place,
				hint
			});
		}
	}
};
function below(value) {
	return value.kind === "table" ? value.entries.values() : itemsOf(value);
}
// src/config/source.ts
const CONTEXT_LINES = 2;
const FRAME_WIDTH = 100;
/** The text of a config file: knows its places, and shows the lines around one without what must stay hidden. */
var Source = class {
	file;
	text;
	#lineStarts = [0];
	#hidden = [];
	constructor(file, text) {
		this.file = file;
		this.text = text;
		for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
	}
	placeAt(offset) {
		let low = 0;
		let high = this.#lineStarts.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if (this.#lineStarts[middle] <= offset) low = middle;
			else high = middle - 1;
		}
		return {
			file: this.file,
			line: low + 1,
			column: offset - this.#lineStarts[low] + 1
		};
	}
	/** Keeps a part of the text out of all frames. */
	hide(start, end) {
		if (start < end) this.#hidden.push([start, end]);
	}
	hides(offset) {
		return this.#hidden.some(([start, end]) => start <= offset && offset < end);
	}
	hidesAt({ line, column }) {
		return this.hides(this.#lineStarts[line - 1] + column - 1);
	}
	/** The lines around a place, with a mark under the column. */
	frame(place) {
		this.#hidden.sort(([a], [b]) => a - b);
		const first = Math.max(1, place.line - CONTEXT_LINES);
		const lines = this.#lineStarts.length - (this.text.endsWith("\n") ? 1 : 0);
		const last = Math.max(place.line, Math.min(lines, place.line + CONTEXT_LINES));
		const gutter = String(last).length;
		const before = this.#shown(place.line, place.column - 1).length;
		const shift = Math.max(0, before - 80);
		const shown = [];
		for (let line = first; line <= last; line++) {
			const mark = line === place.line ? ">" : " ";
			const text = this.#shown(line, Infinity).slice(shift, shift + FRAME_WIDTH);
			shown.push(`${mark} ${String(line).padStart(gutter)} | ${text}`.trimEnd());
			if (line === place.line) shown.push(`  ${" ".repeat(gutter)} | ${" ".repeat(before - shift)}^`);
		}
		return shown.join("\n");
	}
	/** The first columns of a line, as they may be seen. */
	#shown(line, columns) {
		const start = this.#lineStarts[line - 1];
		const lineEnd = (this.#lineStarts[line] ?? this.text.length + 1) - 1;
		const end = Math.min(lineEnd, start + columns);
		let shown = "";
		let at = start;
		for (const [from, to] of this.#hidden) {
			if (to <= at || from >= end) continue;
			shown += this.text.slice(at, Math.max(at, from)) + "[hidden]";
			at = Math.min(to, end);
		}
		shown += this.text.slice(at, end);
		return printable(shown.replace(/\r$/, "").replaceAll("	", " "));
	}
};
// src/config/reading.ts
/** The largest config file that is read, in bytes. */
const MAX_FILE_BYTES = 1048576;
const MAX_DIAGNOSTICS = 100;
/** One reading of a repository's config: the files that were opened and all that is to be said about them. */
var Reading = class {
	/** The keys of other systems' files that were met. */
	keys = new Keys();
	/** What a named file was taken for by what stands in it; null where its name says it. */
	recognised = null;
	/** The file that describes modules or apps beside the one that is read. */
	shared = null;
	/** What the file of another system calls the app, and where. */
	called = null;
	#files;
	#sources = /* @__PURE__ */ new Map();
	#taken = /* @__PURE__ */ new Set();
	#diagnostics = [];
	#reported = /* @__PURE__ */ new Set();
	#counts = /* @__PURE__ */ new Map();
	constructor(files) {
		this.#files = files;
	}
	/** Where the files are, if that is known. */
	get where() {
		return this.#files.where;
	}
	/** The paths that were read, in the order of reading. */
	get opened() {
		return [...this.#sources.keys()].filter((path) => !this.#taken.has(path));
	}
	/** Null when there is no such file. Throws when it is no text, or too big for one. */
	async open(path) {
		const content = await this.#read(() => this.#files.read(path));
		if (content === null) return null;
		this.#taken.delete(path);
		return this.#sourceOf(path, content);
	}
	/**
	* The content of a file that the config takes in as one value: a script, or bytes in base64. The file is no config
	* by itself, so it stays in the image, and nothing of it is ever shown. Null when there is no such file.
	*/
	async take(path, as) {
		const content = await this.#read(async () => as === "text" ? await this.#files.read(path) : (await this.#files.readBytes(path))?.toString("base64") ?? null);
		if (content === null) return null;
		if (!this.#sources.has(path)) this.#taken.add(path);
		return this.#sourceOf(path, content, "hidden");
	}
	#sourceOf(path, content, shown = "shown") {
		const text = content.replace(/^\uFEFF/, "");
		const source = new Source(path, text);
		if (shown === "hidden") source.hide(0, text.length);
		this.#sources.set(path, source);
		if (Buffer.byteLength(text) > 1048576) this.fail(`${path} is larger than 1 MiB`, { place: source.placeAt(0) });
		const nul = text.indexOf("\0");
		if (nul !== -1) this.fail(`${path} contains a NUL byte`, {
			place: source.placeAt(nul),
			hint: "Config files are text in UTF-8. Save the file with that encoding."
		});
		return source;
	}
	async #read(read) {
		try {
			return await read();
		} catch (error) {
			if (!(error instanceof ConfigError)) throw error;
			throw new ConfigError([...this.diagnostics(), ...error.diagnostics]);
		}
	}
	/** Whether a file is there, without counting it as read. */
	async exists(path) {
		try {
			return await this.#files.read(path) !== null;
		} catch (error) {
			if (error instanceof ConfigError) return true;
			throw error;
		}
	}
	/** The names of the files right in a folder. */
	list(folder) {
		return this.#files.list(folder);
	}
	/** Whether what stands at a place may be a secret, and must not be shown. */
	hides(place) {
		return place !== void 0 && (this.#sources.get(place.file)?.hidesAt(place) ?? false);
	}
	error(message, details = {}) {
		this.#report("error", message, details);
	}
	warn(message, details = {}) {
		this.#report("warning", message, details);
	}
	/** Reports an error after which nothing more can be found out, and ends the reading. */
	fail(message, details = {}) {
		this.error(message, details);
		throw new ConfigError(this.diagnostics());
	}
	get isWrong() {
		return this.#counts.has("error");
	}
	throwIfWrong() {
		if (this.isWrong) throw new ConfigError(this.diagnostics());
	}
	/** What was reported, by file and line. */
	diagnostics() {
		const files = this.opened;
		const fileOf = (each) => each.place === void 0 ? -1 : files.indexOf(each.place.file);
		const sorted = this.#diagnostics.toSorted((a, b) => fileOf(a) - fileOf(b) || (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0));
		for (const [severity, count] of this.#counts) {
			const left = count - MAX_DIAGNOSTICS;
			if (left > 0) sorted.push({
				severity,
				message: `and ${left} more ${severity}s`
			});
		}
		return sorted;
	}
	#report(severity, message, { path, place, hint }) {
		const identity = `${place?.file}:${place?.line}:${place?.column} ${message}`;
		if (this.#reported.has(identity)) return;
		this.#reported.add(identity);
		const count = (this.#counts.get(severity) ?? 0) + 1;
		this.#counts.set(severity, count);
		if (count > MAX_DIAGNOSTICS) return;
		const source = place && this.#sources.get(place.file);
		this.#diagnostics.push({
			severity,
			message,
			...path !== void 0 && path !== "" && { path },
			...place && { place: {
				file: place.file,
				line: place.line,
				column: place.column
			} },
			...hint !== void 0 && { hint },
			...source && { frame: source.frame(place) }
		});
	}
};
export { textAt as _, derived as a, unshared as b, entriesOf as c, isEmpty as d, itemsOf as f, table as g, scalar as h, child as i, given as l, placeOf as m, Reading as n, derivedList as o, nearest as p, Source as r, derivedTable as s, MAX_FILE_BYTES as t, inheritedFrom as u, toPlain as v, weigh as x, toText as y };
