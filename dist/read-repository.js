import { n as ConfigError } from "./errors.js";
import { t as folderFiles } from "./folder2.js";
import { n as WANTED } from "./propose.js";
import { join, posix } from "node:path";
import { readdir } from "node:fs/promises";
// src/config/propose/repository.ts
/** What is known of the files of a repository: where they are, and what stands in those that were read. */
var Repository = class {
	paths;
	#texts;
	constructor(paths, texts) {
		this.paths = new Set(paths);
		this.#texts = texts;
	}
	has(path) {
		return this.paths.has(path);
	}
	/** Of a file that is not there, or was not read: an empty text. */
	text(path) {
		return this.#texts.get(path) ?? "";
	}
	/** The first of these that is there. */
	first(...paths) {
		return paths.find((path) => this.has(path));
	}
	/** The paths that match, in order. */
	matching(pattern) {
		return [...this.paths].filter((path) => pattern.test(path)).sort();
	}
	/** The first place of a pattern in the files of these paths, and what it captures. */
	find(paths, pattern) {
		for (const path of paths) {
			const match = pattern.exec(this.text(path));
			if (match !== null) return {
				path,
				place: placeOf(path, match),
				groups: match.slice(1)
			};
		}
	}
	/** `package.json:7`: the line in which a text stands first; the first one where it does not. */
	line(path, text) {
		const index = this.text(path).indexOf(text);
		return `${path}:${index === -1 ? 1 : lineAt(this.text(path), index)}`;
	}
};
function placeOf(path, { index, input }) {
	return `${path}:${lineAt(input, index)}`;
}
function lineAt(text, index) {
	return text.slice(0, index).split("\n").length;
}
// src/config/propose/read-repository.ts
const MAX_PATHS = 5e3;
const MAX_DEPTH = 3;
const MAX_TEXTS = 200;
const MAX_CHARACTERS = 4194304;
/** Folders of other people's code, and of what is built. */
const SKIPPED = /* @__PURE__ */ new Set([
	"node_modules",
	"vendor",
	"target",
	"dist",
	"build",
	"venv",
	"__pycache__",
	"coverage"
]);
/** Looks at a folder: the paths of its files, and the text of those that decide about a proposal. Follows no link. */
async function readRepository(folder) {
	const paths = await walk(folder);
	const files = folderFiles(folder);
	const texts = /* @__PURE__ */ new Map();
	let characters = 0;
	for (const path of paths.filter((each) => WANTED.some((pattern) => pattern.test(each)))) {
		if (texts.size === MAX_TEXTS || characters > MAX_CHARACTERS) break;
		const text = await files.read(path).catch(orUnreadable) ?? "";
		texts.set(path, text.replace(/^\uFEFF/, ""));
		characters += text.length;
	}
	return new Repository(paths, texts);
}
/** From the top, so that what is left out of too many lies deep. */
async function walk(folder) {
	const paths = [];
	let level = [""];
	for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
		const next = [];
		for (const inside of level) {
			const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => []);
			for (const entry of entries.toSorted((a, b) => a.name < b.name ? -1 : 1)) {
				if (paths.length + next.length >= MAX_PATHS) return paths;
				const path = posix.join(inside, entry.name);
				if (entry.isFile()) paths.push(path);
				else if (entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith(".")) next.push(path);
			}
		}
		level = next;
	}
	return paths;
}
/** One that is too large, or no text, tells nothing. */
function orUnreadable(error) {
	if (error instanceof ConfigError) return null;
	throw error;
}
export { readRepository };
