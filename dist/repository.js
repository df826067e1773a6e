import { i as NotFoundError, s as UserError } from "./errors.js";
import { t as oneLine } from "./hostile-text.js";
import { spawn } from "node:child_process";
import { delimiter, dirname, join, posix, resolve } from "node:path";
import { constants } from "node:fs";
import { chmod, mkdir, open, readdir, rm, symlink } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
// src/git/environment.ts
/**
* What holds for every git that Gantry starts, whatever a repository's own `config` says: these count as given on the
* command line and win. No hook and no helper program runs, nothing is fetched, nothing tidies up behind our back.
*/
const ALWAYS = [
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["core.logAllRefUpdates", "always"],
	["core.protectHFS", "true"],
	["core.protectNTFS", "true"],
	["gc.auto", "0"],
	["maintenance.auto", "false"],
	["log.showSignature", "false"],
	["safe.directory", "*"]
];
/**
* The whole environment of a git process. Of our own environment only PATH goes in, so that no variable of the server
* reaches a hook (git-push.md §2.14). The folder of this Node comes first in it: hooks start with `env node`.
*
* @param by who is written into reflogs
*/
function gitEnvironment(settings = [], by = "gantry") {
	const name = identity(by);
	return {
		PATH: [dirname(process.execPath), process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"].join(delimiter),
		LANG: "C.UTF-8",
		HOME: "/nonexistent",
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null",
		GIT_ATTR_NOSYSTEM: "1",
		GIT_NO_REPLACE_OBJECTS: "1",
		GIT_ALLOW_PROTOCOL: "",
		GIT_NO_LAZY_FETCH: "1",
		GIT_LITERAL_PATHSPECS: "1",
		GIT_TERMINAL_PROMPT: "0",
		GIT_AUTHOR_NAME: name,
		GIT_AUTHOR_EMAIL: "gantry@localhost",
		GIT_COMMITTER_NAME: name,
		GIT_COMMITTER_EMAIL: "gantry@localhost",
		...configVariables([...ALWAYS, ...settings])
	};
}
/** Git refuses a name that is empty once it has taken punctuation away. */
function identity(by) {
	return by.replaceAll(/[^\p{L}\p{N}@_ -]/gu, " ").trim() || "gantry";
}
function configVariables(settings) {
	const variables = { GIT_CONFIG_COUNT: String(settings.length) };
	for (const [index, [key, value]] of settings.entries()) {
		variables[`GIT_CONFIG_KEY_${index}`] = key;
		variables[`GIT_CONFIG_VALUE_${index}`] = value;
	}
	return variables;
}
// src/git/git.ts
const STDERR_KEPT = 4096;
/** Git ended with an exit code that its caller did not expect. */
var GitError = class extends Error {
	exitCode;
	stderr;
	constructor(command, exitCode, stderr) {
		super(`git ${command} failed (${exitCode ?? "killed"}): ${oneLine(stderr, 300)}`);
		this.exitCode = exitCode;
		this.stderr = stderr;
	}
};
/**
* Runs git on a repository and gives its output, which must be small: callers know what they ask for.
*
* @throws GitError on any exit code but 0; UserError when a partial clone lacks what is asked for
*/
async function git(gitDir, args, options = {}) {
	return await streamGit(gitDir, args, options, (stdout) => buffer(stdout));
}
/**
* Runs git and lets `use` read its output as it comes. When `use` is done or throws, git is killed if it still runs:
* that is how reading something endless is cut short.
*
* @throws GitError on any exit code but 0, unless `use` stopped it
*/
async function streamGit(gitDir, args, options, use) {
	const { signal } = options;
	signal?.throwIfAborted();
	const child = spawn("git", gitDir === null ? args : [
		"--git-dir",
		gitDir,
		...args
	], {
		env: {
			...gitEnvironment(options.settings, options.by),
			...options.variables
		},
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		],
		...signal && {
			signal,
			killSignal: "SIGKILL"
		}
	});
	let stderr = "";
	child.stderr.setEncoding("utf8").on("data", (text) => {
		if (stderr.length < STDERR_KEPT) stderr += text.slice(0, STDERR_KEPT);
	});
	child.stdin.on("error", () => {});
	child.stdin.end(options.input ?? "");
	const ended = new Promise((resolve, reject) => {
		child.once("close", (code) => resolve(code));
		child.once("error", reject);
	});
	ended.catch(() => {});
	const command = args[0] ?? "";
	try {
		const result = await use(child.stdout);
		const exitCode = await ended;
		if (exitCode !== 0) throw failure(command, exitCode, stderr);
		return result;
	} catch (error) {
		child.kill("SIGKILL");
		child.stdout.destroy();
		const outcome = await ended.catch((failure) => failure);
		signal?.throwIfAborted();
		if (outcome instanceof Error) throw outcome;
		if (outcome !== null && outcome !== 0) throw failure(command, outcome, stderr);
		throw error;
	}
}
function failure(command, exitCode, stderr) {
	const cause = new GitError(command, exitCode, stderr);
	if (!stderr.includes("from promisor remote")) return cause;
	return new UserError("the repository is a partial clone and lacks what is needed", {
		hint: "clone it without --filter: nothing is fetched here",
		cause
	});
}
// src/git/byte-reader.ts
const NEWLINE = 10;
/** Reads lines and counted bytes from a stream of chunks. Throws where the stream ends in the middle of something. */
var ByteReader = class {
	#chunks;
	#buffer = Buffer.alloc(0);
	constructor(source) {
		this.#chunks = source[Symbol.asyncIterator]();
	}
	/** The next line without its end, or null where the stream ends. Throws when it is longer than the limit, in bytes. */
	async line(limit) {
		const line = await this.until(NEWLINE, limit);
		return line === null ? null : line.toString();
	}
	/** Everything up to the next such byte, which is read and left out; null where the stream ends. */
	async until(byte, limit) {
		let end;
		let searched = 0;
		while ((end = this.#buffer.indexOf(byte, searched)) === -1) {
			searched = this.#buffer.length;
			if (searched > limit) throw new Error(`more than ${limit} bytes where an end was expected`);
			if (await this.#fill()) continue;
			if (searched === 0) return null;
			throw new Error("the stream ended too early");
		}
		if (end > limit) throw new Error(`more than ${limit} bytes where an end was expected`);
		const found = this.#buffer.subarray(0, end);
		this.#buffer = this.#buffer.subarray(end + 1);
		return found;
	}
	/** Exactly so many bytes. */
	async bytes(count) {
		while (this.#buffer.length < count) await this.#need();
		return this.#take(count);
	}
	/** Exactly so many bytes in pieces, for what must not be in memory at once. */
	async *pieces(count) {
		for (let left = count; left > 0;) {
			if (this.#buffer.length === 0) await this.#need();
			const piece = this.#take(Math.min(left, this.#buffer.length));
			left -= piece.length;
			yield piece;
		}
	}
	#take(count) {
		const taken = this.#buffer.subarray(0, count);
		this.#buffer = this.#buffer.subarray(count);
		return taken;
	}
	async #need() {
		if (!await this.#fill()) throw new Error("the stream ended too early");
	}
	async #fill() {
		const next = await this.#chunks.next();
		if (next.done) return false;
		this.#buffer = this.#buffer.length === 0 ? next.value : Buffer.concat([this.#buffer, next.value]);
		return true;
	}
};
// src/git/lfs.ts
const POINTER = "version https://git-lfs.github.com/spec/";
/** Pointers are about 130 bytes; only so many files of that size are looked at, which is enough to warn. */
const POINTER_SIZE = {
	from: 110,
	to: 250
};
const MAX_LOOKED_AT = 1e3;
/** Entries that are pointers of Git LFS: they name contents which are not in the repository. */
async function lfsPointers(gitDir, entries) {
	const isCandidate = ({ mode, size }) => mode.startsWith("100") && size >= POINTER_SIZE.from && size <= POINTER_SIZE.to;
	const candidates = entries.filter(isCandidate).slice(0, MAX_LOOKED_AT);
	if (candidates.length === 0) return [];
	return await streamGit(gitDir, [
		"cat-file",
		"--batch",
		"--buffer"
	], { input: candidates.map(({ oid }) => `${oid}\n`).join("") }, async (stdout) => {
		const pointers = [];
		const blobs = new ByteReader(stdout);
		for (const entry of candidates) {
			await blobs.line(200);
			if ((await blobs.bytes(entry.size + 1)).toString("latin1").startsWith(POINTER)) pointers.push(entry);
		}
		return pointers;
	});
}
// src/git/object-id.ts
const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** A full SHA-1 or SHA-256 name, as git prints it. */
function isObjectId(text) {
	return OBJECT_ID.test(text);
}
/** `000…0`, which stands for "no such ref" in pushes and ref updates. */
function isZero(id) {
	return /^0+$/.test(id);
}
/** Zeros as long as the names of this repository's objects. */
function zeroLike(id) {
	return "0".repeat(id.length);
}
// src/git/paths.ts
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
const DOT_GIT = /^(?:\.git|git~1)[. ]*(?::.*)?$/i;
/**
* Whether a path from a tree may be written below a folder: relative, without `..`, and nothing that any file system
* takes for `.git`. The same rules as git's own `verify_path`, on every platform at once.
*/
function isSafePath(path) {
	if (path.includes("\0")) return false;
	return path.split("/").every((name) => name !== "") && path.split(/[/\\]/).every(isSafeName);
}
function isSafeName(name) {
	return name !== "." && name !== ".." && !DOT_GIT.test(name.replaceAll(HFS_IGNORED, ""));
}
/**
* Makes sure that entries can be written into an empty folder without one ever being reached through another.
*
* @throws UserError for an unsafe path, two entries of one path, and a path that goes through a file or a link
*/
function checkPaths(entries) {
	const paths = /* @__PURE__ */ new Set();
	for (const { path } of entries) {
		if (!isSafePath(path)) throw new UserError(`the commit has an unsafe path: ${oneLine(path)}`);
		if (paths.has(path)) throw new UserError(`the commit has two entries named ${oneLine(path)}`);
		paths.add(path);
	}
	for (const folder of foldersOfAll(entries)) if (paths.has(folder)) throw new UserError(`the commit has both a file ${oneLine(folder)} and a folder of that name`);
}
/**
* Every folder that entries are in, each once, an outer one before those in it. Looks at each folder once however many
* entries share it: a pushed tree may be deep and wide at the same time.
*/
function foldersOfAll(entries) {
	const all = /* @__PURE__ */ new Set();
	for (const { path } of entries) {
		const unknown = [];
		for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
			const folder = path.slice(0, end);
			if (all.has(folder)) break;
			unknown.push(folder);
		}
		for (const folder of unknown.toReversed()) all.add(folder);
	}
	return all;
}
/** `a/b/c` is in `a` and in `a/b`: from the outermost. */
function foldersOf(path) {
	const folders = [];
	for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) folders.push(path.slice(0, end));
	return folders;
}
// src/git/refs.ts
/** A ref is not what its update expected; none of the updates has been made. */
var StaleRefError = class extends UserError {
	ref;
	constructor(ref, cause) {
		super(`${ref} has moved in the meantime`, {
			hint: "fetch and push again",
			cause
		});
		this.ref = ref;
	}
};
/** Every ref with what it points to. */
async function listRefs(gitDir) {
	const output = await git(gitDir, ["for-each-ref", "--format=%(objectname) %(refname)"]);
	const refs = /* @__PURE__ */ new Map();
	for (const line of output.toString().split("\n")) {
		const space = line.indexOf(" ");
		if (space !== -1) refs.set(line.slice(space + 1), line.slice(0, space));
	}
	return refs;
}
/**
* Compares and swaps all refs or none.
*
* @param by who is written into the reflog, with `reason`
* @throws StaleRefError when one is not at its `from`
*/
async function updateRefs(gitDir, updates, by, reason) {
	for (const { ref, from, to } of updates) if (!ref.startsWith("refs/") || ref.includes("\0") || !isObjectId(from) || !isObjectId(to)) throw new Error("a ref update must have full names");
	const input = [
		"start",
		...updates.flatMap(({ ref, from, to }) => isZero(to) ? [`delete ${ref}`, from] : [
			`update ${ref}`,
			to,
			from
		]),
		"prepare",
		"commit"
	].join("\0");
	try {
		await git(gitDir, [
			"update-ref",
			"--stdin",
			"-z",
			"-m",
			reason
		], {
			input: `${input}\0`,
			by
		});
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		const now = await listRefs(gitDir);
		const stale = updates.find(({ ref, from }) => (now.get(ref) ?? zeroLike(from)) !== from);
		throw stale ? new StaleRefError(stale.ref, error) : error;
	}
}
// src/git/sweep.ts
/**
* Removes what killed processes left in a bare repository: the objects of pushes that never came to an end, which only
* a receive-pack that exits in peace removes (git-push.md §2.10), and locks, which would refuse every later push.
*
* Only while no git works on the repository: at the start of the one server that owns it.
*/
async function sweep(gitDir) {
	for (const name of await readdir(join(gitDir, "objects"))) if (name.startsWith("tmp_objdir-")) await rm(join(gitDir, "objects", name), {
		recursive: true,
		force: true
	});
	const tops = await readdir(gitDir, { withFileTypes: true });
	const refs = await readdir(join(gitDir, "refs"), {
		withFileTypes: true,
		recursive: true
	});
	for (const file of [...tops, ...refs]) if (file.isFile() && file.name.endsWith(".lock")) await rm(join(file.parentPath, file.name), { force: true });
}
// src/git/tree.ts
const DEFAULT_BUDGET = {
	entries: 1e5,
	bytes: 2 * 1024 ** 3,
	pathBytes: 32 * 1024 ** 2
};
/** Longer paths can be written nowhere (PATH_MAX). */
const MAX_PATH = 4096;
const LINE = /^(\d{6}) (?:blob|tree|commit) ([0-9a-f]+) +(\d+|-)\t(.+)$/s;
/**
* All entries of a commit's tree, read as a stream and cut at the budget.
*
* @throws UserError when it is over the budget or has names that cannot be dealt with
*/
async function listTree(gitDir, commit, budget = DEFAULT_BUDGET, signal) {
	return await streamGit(gitDir, [
		"ls-tree",
		"-r",
		"-t",
		"-l",
		"-z",
		"--full-tree",
		commit
	], { signal }, (stdout) => readEntries(stdout, budget));
}
/**
* The entries right in a folder of a commit; none when there is no such folder.
*
* @throws UserError when it is over the budget or has names that cannot be dealt with
*/
async function listFolder(gitDir, commit, folder) {
	return await streamGit(gitDir, [
		"ls-tree",
		"-l",
		"-z",
		"--full-tree",
		commit,
		"--",
		`${folder}/`
	], {}, (stdout) => readEntries(stdout, DEFAULT_BUDGET));
}
async function readEntries(stdout, budget) {
	const entries = [];
	let seen = 0;
	let bytes = 0;
	let pathBytes = 0;
	const reader = new ByteReader(stdout);
	for (let line; (line = await nextLine(reader)) !== null;) {
		seen += 1;
		pathBytes += line.length;
		const entry = parseEntry(line);
		if (entry !== null) {
			bytes += entry.size;
			entries.push(entry);
		}
		if (seen > budget.entries || bytes > budget.bytes || pathBytes > budget.pathBytes) throw overBudget(budget);
	}
	return entries;
}
async function nextLine(reader) {
	try {
		return await reader.until(0, 4196);
	} catch (error) {
		throw new UserError(`the commit has a path of more than ${MAX_PATH} bytes`, { cause: error });
	}
}
/**
* A line of `ls-tree -l`, or null for a folder.
*
* @throws UserError for a name that is not UTF-8
*/
function parseEntry(line) {
	let text;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(line);
	} catch (error) {
		const name = oneLine(line.subarray(line.indexOf("	") + 1).toString());
		throw new UserError(`the name of a file in the commit is not UTF-8: ${name}`, {
			hint: "rename it with git mv",
			cause: error
		});
	}
	const [, mode, oid, size, path] = LINE.exec(text) ?? [];
	if (mode === void 0 || oid === void 0 || path === void 0) throw new Error(`unexpected line of ls-tree: ${oneLine(text)}`);
	if (mode === "040000") return null;
	return {
		mode: entryMode(mode),
		oid,
		size: Number(size) || 0,
		path
	};
}
/** Trees of old tools have modes such as 100664; git reads them as one of the four. */
function entryMode(mode) {
	if (mode === "120000" || mode === "160000") return mode;
	return (Number.parseInt(mode, 8) & 64) === 0 ? "100644" : "100755";
}
function overBudget(budget) {
	const mebibytes = Math.floor(budget.bytes / 1024 ** 2);
	return new UserError(`the commit is too large: more than ${budget.entries} files and folders, or more than ${mebibytes} MiB`, { hint: "keep dependencies, build results and data out of the repository" });
}
// src/git/write-tree.ts
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** Linux allows no longer link target. */
const MAX_TARGET = 4095;
/**
* Writes exactly these entries into an empty folder: the bytes of the blobs, without filters, line-end conversion,
* `export-ignore` or `export-subst`. Files are 0644 or 0755 and folders 0755 whatever the umask; submodules are left
* out.
*
* Nothing is ever written through a link: folders are made here, and links only after the last file.
*
* @throws UserError when the paths cannot be written safely, or not on this file system
*/
async function writeTree(gitDir, entries, folder, signal) {
	checkPaths(entries);
	if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
	await makeFolders(folder, entries);
	const ordered = [...entries.filter(({ mode }) => mode === "100644" || mode === "100755"), ...entries.filter(({ mode }) => mode === "120000")];
	await streamGit(gitDir, [
		"cat-file",
		"--batch",
		"--buffer"
	], {
		input: ordered.map(({ oid }) => `${oid}\n`).join(""),
		signal
	}, async (stdout) => {
		const blobs = new ByteReader(stdout);
		for (const entry of ordered) {
			const size = await blobSize(blobs, entry);
			const path = join(folder, entry.path);
			await refusing(entry.path, () => entry.mode === "120000" ? writeLink(path, blobs, size) : writeFile$1(path, entry.mode, blobs, size));
			await blobs.bytes(1);
		}
	});
}
async function makeFolders(root, entries) {
	for (const folder of foldersOfAll(entries)) {
		const target = join(root, folder);
		await refusing(folder, () => mkdir(target));
		await chmod(target, 493);
	}
}
/** Reads the header `<oid> blob <size>`. */
async function blobSize(blobs, entry) {
	const [oid, type, size] = (await blobs.line(200) ?? "").split(" ");
	if (oid === entry.oid && type === "blob") return Number(size);
	throw new UserError(`the repository lacks the contents of ${oneLine(entry.path)}`, { hint: "fetch the whole history: shallow and partial clones do not have everything" });
}
async function writeFile$1(path, mode, blobs, size) {
	const permissions = mode === "100755" ? 493 : 420;
	await using file = await open(path, NEW_FILE, permissions);
	for await (const piece of blobs.pieces(size)) await file.writeFile(piece);
	await file.chmod(permissions);
}
async function writeLink(path, blobs, size) {
	if (size === 0 || size > MAX_TARGET) throw new UserError("the commit has a symbolic link without a usable target");
	const target = await blobs.bytes(size);
	if (target.includes(0)) throw new UserError("the commit has a symbolic link without a usable target");
	await symlink(target, path);
}
/** Two names can be one on a file system that ignores case, and a name can be too long for it. */
async function refusing(path, write) {
	try {
		await write();
	} catch (error) {
		const code = error.code;
		if (code === "EEXIST") throw new UserError(`two names in the commit are one on this file system: ${oneLine(path)}`, { cause: error });
		if (code === "ENAMETOOLONG" || code === "EILSEQ") throw new UserError(`this file system cannot hold the name ${oneLine(path)}`, { cause: error });
		throw error;
	}
}
// src/git/repository.ts
/**
* A git directory: a bare repository that the server receives pushes into, or the `.git` of a checkout. Everything is
* read from objects; no working tree is looked at and no configuration of the repository can run a program.
*/
var Repository = class Repository {
	gitDir;
	constructor(gitDir) {
		this.gitDir = resolve(gitDir);
	}
	/** Makes an empty bare repository whose HEAD is this branch. One that is there already stays as it is. */
	static async create(folder, branch = "main") {
		await mkdir(folder, {
			recursive: true,
			mode: 448
		});
		await git(null, [
			"init",
			"--quiet",
			"--bare",
			"--template=",
			`--initial-branch=${branch}`,
			resolve(folder)
		]);
		return new Repository(folder);
	}
	/**
	* The repository that a folder belongs to.
	*
	* @throws NotFoundError when it belongs to none
	*/
	static async open(folder) {
		try {
			const output = await git(null, [
				"-C",
				resolve(folder),
				"rev-parse",
				"--absolute-git-dir"
			]);
			return new Repository(output.toString().replace(/\n$/, ""));
		} catch (error) {
			if (!(error instanceof GitError)) throw error;
			throw new NotFoundError(`${folder} is not in a git repository`, {
				hint: "run `git init` there and commit, or go to a folder that is in one",
				cause: error
			});
		}
	}
	/** The commit that a revision names (`HEAD~2`, a tag, a short id), or null. */
	async resolve(revision) {
		if (revision === "" || revision.startsWith("-") || revision.includes("\0")) return null;
		const args = [
			"rev-parse",
			"--verify",
			"--quiet",
			"--end-of-options",
			`${revision}^{commit}`
		];
		const id = (await this.#ask(args, [1, 128]))?.trim() ?? "";
		return isObjectId(id) ? id : null;
	}
	/** @throws NotFoundError when there is no such commit */
	async commit(sha) {
		const args = [
			"log",
			"-1",
			"--no-show-signature",
			"--encoding=UTF-8",
			"--format=%H%x00%<(300,trunc)%s%x00%<(100,trunc)%an%x00%cI",
			"--end-of-options",
			sha,
			"--"
		];
		const [id, subject, author, time] = (isObjectId(sha) ? await this.#ask(args, [128]) : null)?.split("\0") ?? [];
		if (id === void 0 || subject === void 0 || author === void 0 || time === void 0) throw new NotFoundError(`there is no commit ${oneLine(sha, 64)}`);
		return {
			sha: id,
			subject: oneLine(subject),
			author: oneLine(author),
			time: time.trim()
		};
	}
	/** Whether one can get from the second commit back to the first. A commit is its own ancestor. */
	async isAncestor(ancestor, descendant) {
		return await this.#ask([
			"merge-base",
			"--is-ancestor",
			ancestor,
			descendant
		], [1]) !== null;
	}
	/** What kind of objects these are; null for those that do not exist. */
	async objectTypes(ids) {
		if (!ids.every(isObjectId)) throw new Error("objects must be named in full");
		const input = ids.map((id) => `${id}\n`).join("");
		const lines = (await git(this.gitDir, [
			"cat-file",
			"--batch-check",
			"--buffer"
		], { input })).toString().trimEnd().split("\n");
		return new Map(ids.map((id, index) => {
			const type = lines[index]?.split(" ")[1];
			return [id, type === void 0 || type === "missing" ? null : type];
		}));
	}
	refs() {
		return listRefs(this.gitDir);
	}
	/**
	* Compares and swaps all refs or none.
	*
	* @param by who is written into the reflog, with `reason`
	* @throws StaleRefError when one is not at its `from`
	*/
	updateRefs(updates, by, reason) {
		return updateRefs(this.gitDir, updates, by, reason);
	}
	/**
	* All files, links and submodules of a commit.
	*
	* @throws UserError when they are over the budget
	*/
	entries(commit, budget = DEFAULT_BUDGET, signal) {
		return listTree(this.gitDir, commit, budget, signal);
	}
	/**
	* The bytes of a file, or null when the commit has none of that path; a folder is none. Links are never followed.
	*
	* @throws UserError when it is a link or a submodule, or larger than the limit in bytes
	*/
	async readFile(commit, path, limit) {
		const name = posix.normalize(path);
		if (!isSafePath(name)) return null;
		const listed = await git(this.gitDir, [
			"ls-tree",
			"-l",
			"-z",
			"--full-tree",
			commit,
			"--",
			name
		]);
		const end = listed.indexOf(0);
		if (end === -1) return null;
		const entry = parseEntry(listed.subarray(0, end));
		if (entry === null) return null;
		if (entry.mode === "120000" || entry.mode === "160000") {
			const kind = entry.mode === "120000" ? "symbolic link" : "submodule";
			throw new UserError(`${oneLine(path)} is a ${kind}`, { hint: "Put the file itself there: links are not followed, they may lead out of the repository." });
		}
		if (entry.size > limit) throw new UserError(`${oneLine(path)} is larger than ${Math.floor(limit / 1024)} KiB`);
		return await git(this.gitDir, [
			"cat-file",
			"blob",
			entry.oid
		]);
	}
	/** What is right in a folder of a commit, without its folders; nothing when there is no such folder. */
	async folder(commit, path) {
		const name = posix.normalize(path);
		return isSafePath(name) ? await listFolder(this.gitDir, commit, name) : [];
	}
	/** Entries that are pointers of Git LFS: they name contents which are not in the repository. */
	lfsPointers(entries) {
		return lfsPointers(this.gitDir, entries);
	}
	/**
	* Writes exactly these entries into an empty folder; submodules are left out.
	*
	* @throws UserError when their paths are not safe
	*/
	write(entries, folder, signal) {
		return writeTree(this.gitDir, entries, folder, signal);
	}
	/** Packs, and drops what no ref has named for two weeks, when there is enough of it. */
	async gc(signal) {
		await git(this.gitDir, [
			"gc",
			"--auto",
			"--quiet"
		], {
			settings: [["gc.auto", "1000"], ["gc.autoDetach", "false"]],
			signal
		});
	}
	/** Removes what pushes and ref updates left behind that were killed. Only while nothing works on the repository. */
	sweep() {
		return sweep(this.gitDir);
	}
	/** The output, or null when git ends with one of these exit codes. */
	async #ask(args, none) {
		try {
			return (await git(this.gitDir, args)).toString();
		} catch (error) {
			if (error instanceof GitError && error.exitCode !== null && none.includes(error.exitCode)) return null;
			throw error;
		}
	}
};
export { isObjectId as a, ByteReader as c, gitEnvironment as d, foldersOfAll as i, GitError as l, StaleRefError as n, isZero as o, foldersOf as r, zeroLike as s, Repository as t, git as u };
