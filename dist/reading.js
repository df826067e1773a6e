import { n as ConfigError } from "./errors.js";
import { n as printable } from "./text.js";
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
	#files;
	#sources = /* @__PURE__ */ new Map();
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
		return [...this.#sources.keys()];
	}
	/** Null when there is no such file. Throws when it is no text, or too big for one. */
	async open(path) {
		const content = await this.#read(path);
		if (content === null) return null;
		const text = content.replace(/^\uFEFF/, "");
		const source = new Source(path, text);
		this.#sources.set(path, source);
		if (Buffer.byteLength(text) > 1048576) this.fail(`${path} is larger than 1 MiB`, { place: source.placeAt(0) });
		const nul = text.indexOf("\0");
		if (nul !== -1) this.fail(`${path} contains a NUL byte`, {
			place: source.placeAt(nul),
			hint: "Config files are text in UTF-8. Save the file with that encoding."
		});
		return source;
	}
	async #read(path) {
		try {
			return await this.#files.read(path);
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
export { Reading as n, MAX_FILE_BYTES as t };
