import { i as NotFoundError, n as ConfigError, s as UserError } from "./errors.js";
import { n as plan, o as definedByConfig } from "./plan.js";
import { n as defaultProcess } from "./operator-process.js";
import { t as sameImage } from "./image.js";
import { n as imageUsers, t as containerId } from "./image-users.js";
import { t as configFiles } from "./config-files2.js";
import { t as oneLine } from "./hostile-text.js";
import { n as contentKey } from "./key.js";
import { n as setVariable, r as unsetVariable } from "./variables.js";
import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
// src/build/secrets.ts
/**
* The values of a build's secrets by their ids.
*
* @throws UserError for a variable that is not set. Empty counts as not set: that is what a GitHub workflow gives for a
*   secret that does not exist.
*/
function secretValues(build, environment) {
	return Object.fromEntries(Object.entries(build.secrets).map(([id, reference]) => {
		const name = reference.slice(4);
		const value = environment[name];
		if (value !== void 0 && value !== "") return [id, value];
		throw new UserError(`the build secret ${id} is in the variable ${name}, which is not set here`, { hint: `set ${name} where the image is built: in your shell, or under \`env\` of the workflow's step` });
	}));
}
/** An error for each build that names a variable, for a door that lets the config name none. */
function refusedSecrets(app) {
	return imageUsers(app).filter(({ image }) => image === null).flatMap(({ path, build }) => Object.keys(build.secrets).map((id) => ({
		severity: "error",
		path: `${path}.build.secrets.${id}`,
		message: `the build secret ${id} asks for a variable of this server, and what is pushed does not choose what a server gives away`,
		hint: "deploy with `gantry deploy` or the GitHub Action, where the variables are your own"
	})));
}
// src/build/glob.ts
/**
* The steps that matching may take, all patterns and paths together. Patterns come from pushed files, so what they cost
* is bounded; twenty ordinary ones on 100,000 files take a third of this.
*/
var GlobSteps = class {
	#left;
	constructor(limit = 5e8) {
		this.#left = limit;
	}
	/** @throws UserError when there are none left */
	take(count) {
		this.#left -= count;
		if (this.#left >= 0) return;
		throw new UserError("the ignore patterns take too long to match", { hint: "use fewer and simpler patterns: names of folders where that is enough" });
	}
};
/**
* Matches one glob with many paths, which cost least when they come folder by folder.
*
* All ways to match advance together, one character at a time: a state is how many tokens are done. A matcher that goes
* back and tries again, as regular expressions do, needs exponential time for a pattern of many `**`, which is enough
* to stop a server.
*/
var GlobMatcher = class {
	#glob;
	#steps;
	/** The folder of the path before, and the states at its end; null when it matches itself. */
	#folder = "";
	#states;
	/** Per state the round in which it was last reached, so that it is in a round once. */
	#reached;
	#round = 0;
	constructor(glob, steps) {
		this.#glob = glob;
		this.#steps = steps;
		this.#reached = new Uint32Array(glob.length + 1);
		this.#states = this.#start();
	}
	/** Whether it matches the path, or a folder that the path is in; with `foldersOnly` just the latter. */
	matches(path, foldersOnly) {
		const nameAt = path.lastIndexOf("/") + 1;
		const folder = path.slice(0, nameAt);
		if (folder !== this.#folder) {
			this.#folder = folder;
			this.#states = this.#run(this.#start(), folder);
		}
		if (this.#states === null) return true;
		const states = this.#run(this.#states, path.slice(nameAt));
		return !foldersOnly && states !== null && states.includes(this.#glob.length);
	}
	#start() {
		this.#round += 1;
		const states = [];
		this.#reach(0, states);
		return states;
	}
	/** The states after a text; null when the glob is done before one of its slashes. */
	#run(from, text) {
		let states = from;
		for (const char of text) {
			if (states.length === 0) return states;
			if (char === "/" && states.includes(this.#glob.length)) return null;
			this.#steps.take(states.length);
			this.#round += 1;
			const next = [];
			for (const state of states) this.#advance(state, char, next);
			states = next;
		}
		return states;
	}
	#advance(state, char, next) {
		const token = this.#glob[state];
		switch (token?.type) {
			case void 0: return;
			case "char":
				if (token.char === char) this.#reach(state + 1, next);
				return;
			case "any":
				if (char !== "/") this.#reach(state + 1, next);
				return;
			case "set":
				if (char !== "/" && inSet(token, char)) this.#reach(state + 1, next);
				return;
			case "star":
				if (char !== "/") this.#reach(state, next);
				return;
			case "rest":
				this.#reach(state, next);
				return;
			case "folders":
				this.#add(state, next);
				if (char === "/") this.#reach(state + 1, next);
		}
	}
	/** Adds a state, and those that come after it without a character. */
	#reach(from, states) {
		for (let state = from;; state += 1) {
			this.#add(state, states);
			const type = this.#glob[state]?.type;
			if (type !== "star" && type !== "folders" && type !== "rest") return;
		}
	}
	#add(state, states) {
		if (this.#reached[state] === this.#round) return;
		this.#reached[state] = this.#round;
		states.push(state);
	}
};
function inSet(set, char) {
	return set.ranges.some(([from, to]) => from <= char && char <= to) !== set.negated;
}
// src/build/glob-syntax.ts
const MAX_PATTERN = 4096;
/**
* Reads a pattern, which is rooted: it begins at the context.
*
* * `git`: gitignore(5). `**` stands for folders only where it is a whole name, elsewhere it is `*`.
* * `docker`: Go's `filepath.Match` with the `**` of moby/patternmatcher, which takes `**x` for "anything that ends in
*   x" when nothing else is special, and otherwise for "x below any folders".
*
* @throws UserError when it is malformed
*/
function parseGlob(pattern, dialect) {
	if (pattern.length > MAX_PATTERN) throw malformed(pattern, "is too long");
	const tokens = [];
	const chars = Array.from(pattern);
	let at = 0;
	while (at < chars.length) {
		const char = chars[at];
		if (char === "*" && chars[at + 1] === "*") at = addDoubleStar(chars, at, tokens, dialect);
		else if (char === "*") at = add(tokens, { type: "star" }, at + 1);
		else if (char === "?") at = add(tokens, { type: "any" }, at + 1);
		else if (char === "[") at = addSet(pattern, chars, at, tokens, dialect);
		else if (char === "\\") {
			const escaped = chars[at + 1];
			if (escaped === void 0) throw malformed(pattern, "ends with a backslash");
			at = add(tokens, {
				type: "char",
				char: escaped
			}, at + 2);
		} else at = add(tokens, {
			type: "char",
			char
		}, at + 1);
	}
	return tokens;
}
function add(tokens, token, next) {
	if (token.type !== "folders" || tokens.at(-1)?.type !== "folders") tokens.push(token);
	return next;
}
function addDoubleStar(chars, at, tokens, dialect) {
	if (dialect === "git") {
		let end = at;
		while (chars[end] === "*") end += 1;
		if (!((at === 0 || chars[at - 1] === "/") && (end === chars.length || chars[end] === "/"))) return add(tokens, { type: "star" }, end);
		if (chars[end] === "/") return add(tokens, { type: "folders" }, end + 1);
		if (at > 0) add(tokens, { type: "any" }, end);
		return add(tokens, { type: "rest" }, end);
	}
	const end = chars[at + 2] === "/" ? at + 3 : at + 2;
	if (end >= chars.length) return add(tokens, { type: "rest" }, end);
	return add(tokens, { type: at === 0 && end === 2 && !chars.slice(end).some((char) => "*?[]\\".includes(char)) ? "rest" : "folders" }, end);
}
/** @returns where the pattern goes on */
function addSet(pattern, chars, start, tokens, dialect) {
	let at = start + 1;
	const negated = chars[at] === "^" || dialect === "git" && chars[at] === "!";
	if (negated) at += 1;
	const ranges = [];
	const member = () => {
		if (chars[at] === "\\") at += 1;
		const char = chars[at];
		if (char === void 0) throw malformed(pattern, "has a [ without its ]");
		at += 1;
		return char;
	};
	const first = dialect === "git" ? at : -1;
	while (chars[at] !== "]" || at === first) {
		if (chars[at] === "[" && chars[at + 1] === ":") throw malformed(pattern, "has a [:class:], which is not supported");
		const from = member();
		const isRange = chars[at] === "-" && chars[at + 1] !== "]" && chars[at + 1] !== void 0;
		if (isRange) at += 1;
		ranges.push([from, isRange ? member() : from]);
	}
	if (ranges.length === 0) throw malformed(pattern, "has an empty []");
	return add(tokens, {
		type: "set",
		negated,
		ranges
	}, at + 1);
}
function malformed(pattern, what) {
	return new UserError(`the pattern ${oneLine(pattern, 60)} ${what}`);
}
// src/build/ignore.ts
/**
* What a `.dockerignore` names, by Docker's rules: every pattern begins at the context, the last one that matches
* decides, and `!` brings back also what is in a folder that was left out. (moby/patternmatcher: ignorefile.ReadAll,
* MatchesOrParentMatches)
*
* @throws UserError where Docker would refuse the file
*/
function dockerIgnore(text, steps = new GlobSteps()) {
	return lastMatch(text.replace(/^\uFEFF/, "").split("\n").flatMap((line) => line.startsWith("#") ? [] : dockerPattern(line.trim())), steps);
}
function dockerPattern(line) {
	if (line === "") return [];
	const negated = line.startsWith("!");
	const body = negated ? line.slice(1).trim() : line;
	if (body === "") throw new UserError(".dockerignore has a line with only a !");
	return [{
		glob: parseGlob(posix.normalize(body).replace(/(?<=.)\/$/, "").replace(/^\/(?=.)/, ""), "docker"),
		negated,
		foldersOnly: false
	}];
}
/**
* What `build.ignore` and `build.include` name: patterns as in `.gitignore`, beginning at the context. One without a
* slash, but at its end, is looked for in every folder. Unlike with git, `!` brings back also what is in a folder that
* was left out.
*
* @throws UserError for a malformed pattern
*/
function gitIgnore(patterns, steps = new GlobSteps()) {
	return lastMatch(patterns.flatMap(gitPattern), steps);
}
function gitPattern(text) {
	const line = text.replace(/(?<!\\)\s+$/, "");
	if (line === "" || line.startsWith("#")) return [];
	const negated = line.startsWith("!");
	const body = negated ? line.slice(1) : line;
	const foldersOnly = body.endsWith("/");
	const path = foldersOnly ? body.slice(0, -1) : body;
	return [{
		glob: parseGlob(path.includes("/") ? path.replace(/^\//, "") : `**/${path}`, "git"),
		negated,
		foldersOnly
	}];
}
function lastMatch(patterns, steps) {
	const rules = patterns.map((pattern) => ({
		...pattern,
		matcher: new GlobMatcher(pattern.glob, steps)
	}));
	return (path) => {
		let named = false;
		for (const { matcher, negated, foldersOnly } of rules) if (negated === named && matcher.matches(path, foldersOnly)) named = !negated;
		return named;
	};
}
// src/build/content.ts
/**
* The entries of a commit that go into a build, with paths relative to its context: what is under the context, without
* the config files, what `.dockerignore` and `build.ignore` name, and submodules; and what `build.include` names put
* back. The Dockerfile is always in. `.dockerignore` files are not, since they have been obeyed.
*
* @throws UserError for a context outside the repository and for malformed patterns
*/
function selectEntries(entries, build, rules) {
	const context = contextFolder(build);
	const config = new Set(rules.configFiles.map((path) => posix.normalize(path)));
	const named = dockerIgnore(rules.dockerignore ?? "");
	const ignored = gitIgnore(build.ignore);
	const included = gitIgnore(build.include);
	const dockerfile = dockerfilePath(build);
	const obeyed = new Set(dockerignorePaths(build));
	const selected = [];
	for (const entry of entries) {
		if (entry.mode === "160000" || !entry.path.startsWith(context)) continue;
		const path = entry.path.slice(context.length);
		if (!(config.has(entry.path) || obeyed.has(path) || named(path) || ignored(path)) || path === dockerfile || included(path)) selected.push({
			...entry,
			path
		});
	}
	return selected;
}
/** The folder of the build context as a prefix of paths: empty for the root, else with a slash at its end. */
function contextFolder(build) {
	const folder = insideOf(build.context, "build.context");
	return folder === "." ? "" : `${folder}/`;
}
/** Where the Dockerfile is, from the context, or null for a build without one. */
function dockerfilePath(build) {
	return build.dockerfile === null ? null : insideOf(build.dockerfile, "build.dockerfile");
}
/** Where a `.dockerignore` can be, from the context; the first one that exists holds. */
function dockerignorePaths(build) {
	const dockerfile = dockerfilePath(build);
	return dockerfile === null ? [".dockerignore"] : [`${dockerfile}.dockerignore`, ".dockerignore"];
}
function insideOf(path, name) {
	const folder = posix.normalize(path).replace(/(?<=.)\/$/, "");
	if (folder !== ".." && !folder.startsWith("../") && !folder.startsWith("/")) return folder;
	throw new UserError(`${name} must be inside the repository: ${path}`, { hint: "use a path from its root, such as `.`" });
}
// src/build/warnings.ts
/** What is in a build context, or is not, that its author would not expect. */
async function contextWarnings(build, entries, selected, repository) {
	const context = contextFolder(build);
	const warnings = [];
	if (selected.length === 0) warnings.push(warning(`nothing is left in the build context ${build.context}`, "look at what build.ignore and .dockerignore name"));
	const submodules = entries.filter(({ mode, path }) => mode === "160000" && path.startsWith(context));
	if (submodules.length > 0) warnings.push(warning(`submodules are not part of a build, their folders will be missing: ${names(submodules)}`, "commit their files, or fetch them in the build"));
	const pointers = entries.some(({ path }) => path === ".gitattributes" || path.endsWith("/.gitattributes")) ? await repository.lfsPointers(selected) : [];
	if (pointers.length > 0) warnings.push(warning(`Git LFS is not supported, the build gets pointers instead of contents: ${names(pointers)}`, "fetch the contents in the build, or keep them in git"));
	return warnings;
}
function warning(message, hint) {
	return {
		severity: "warning",
		message,
		path: "build.context",
		hint
	};
}
function names(entries) {
	const shown = entries.slice(0, 3).map(({ path }) => oneLine(path, 80));
	const more = entries.length - shown.length;
	return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
// src/build/images.ts
/**
* The images that the components of an app need, known by their content keys before any is made.
*
* @param configPaths the config files that were read, which stay out of images
* @throws UserError for a context or Dockerfile that the commit does not have
*/
async function imageRequests(app, repository, commit, configPaths) {
	const components = imageUsers(app).filter(({ image }) => image === null);
	const images = {
		requests: /* @__PURE__ */ new Map(),
		warnings: []
	};
	if (components.length === 0) return images;
	const entries = await repository.entries(commit);
	const byBuild = /* @__PURE__ */ new Map();
	const byKey = /* @__PURE__ */ new Map();
	for (const { id, build } of components) {
		const settings = JSON.stringify(build);
		let request = byBuild.get(settings);
		if (request === void 0) {
			const selected = await contextOf(build, entries, repository, commit, configPaths);
			request = shared(byKey, contentKey(selected, build), build, repository, selected);
			byBuild.set(settings, request);
			images.warnings.push(...await contextWarnings(build, entries, selected, repository));
		}
		images.requests.set(id, request);
	}
	const told = /* @__PURE__ */ new Set();
	images.warnings = images.warnings.filter(({ message }) => !told.has(message) && told.add(message));
	return images;
}
async function contextOf(build, entries, repository, commit, configPaths) {
	const context = contextFolder(build);
	if (context !== "" && !entries.some(({ path }) => path.startsWith(context))) throw new UserError(`the commit has no folder ${build.context}`, { hint: "build.context is a path from the root of the repository" });
	const files = configFiles(repository, commit);
	let dockerignore = null;
	for (const path of dockerignorePaths(build)) dockerignore ??= await files.read(context + path);
	const selected = selectEntries(entries, build, {
		configFiles: configPaths,
		dockerignore
	});
	const dockerfile = dockerfilePath(build);
	const found = selected.find(({ path }) => path === dockerfile);
	if (dockerfile !== null && found?.mode !== "100644" && found?.mode !== "100755") {
		const place = context + dockerfile;
		throw new UserError(found ? `${place} must be a file` : `the commit has no ${place}`, { hint: "build.dockerfile is a path from build.context" });
	}
	return selected;
}
/** One request per key; of several builds that lead to it, the one that must be youngest decides. */
function shared(byKey, key, build, repository, selected) {
	const same = byKey.get(key);
	if (same !== void 0) {
		const ages = [same.build.max_age, build.max_age].filter((age) => age !== null);
		same.build = {
			...same.build,
			max_age: ages.length === 0 ? null : Math.min(...ages)
		};
		return same;
	}
	const request = {
		key,
		build,
		source: {
			files: selected.length,
			bytes: selected.reduce((sum, { size }) => sum + size, 0),
			write: (folder, signal) => repository.write(selected, folder, signal)
		}
	};
	byKey.set(key, request);
	return request;
}
// src/deploy/overrides.ts
/** The app with the overrides laid over it. What the config pins stays pinned. */
function layOver(app, { ecs, image }) {
	const pinned = (component) => ({
		...component,
		image: component.image ?? image
	});
	return {
		...app,
		ecs: {
			...app.ecs,
			...ecs
		},
		processes: app.processes.map(pinned),
		tasks: app.tasks.map(pinned)
	};
}
// src/deploy/power.ts
/** Kept with the app itself: whoever set them by hand could do so. */
const SET_BY_HAND = "gantry";
/**
* What an app asks for and is not given, an error each.
*
* @param isWritten whether the value at a path is somebody's who pushed it; a default asks for nothing
*/
function powerProblems(app, power, isWritten) {
	return [
		...settingProblems(app, power.ecs, isWritten),
		...targetGroupProblems(app, power.target_groups),
		...serviceProblems(app),
		...secretProblems(app, power.secret_prefixes)
	];
}
function settingProblems(app, allowed, isWritten) {
	return Object.keys(app.ecs).flatMap((key) => {
		const path = `ecs.${key}`;
		if (!isWritten(path) || isDeepStrictEqual(claimOf(app.ecs[key]), claimOf(allowed[key]))) return [];
		const set = shown(allowed[key]);
		return problem(path, `${path} is a setting of the app here, and is ${set === "" ? "not set" : set}: it cannot be ${shown(app.ecs[key]) || "empty"}`, `leave it out, or have an admin set it: gantry app set ${app.name} ${key}=${shown(app.ecs[key])}`);
	});
}
function targetGroupProblems(app, allowed) {
	return app.processes.flatMap(({ name, ecs: { target_group } }) => {
		if (target_group === null || allowed.includes(target_group)) return [];
		return problem(`processes.${name}.ecs.target_group`, `the target group ${target_group} is not one of this app's here`, `an admin allows it: gantry app set ${app.name} target_groups=${[...allowed, target_group].join(",")}`);
	});
}
/** `shop--production--web`: Gantry's own name for the service of a process. */
const SERVICE = /^[a-z0-9-]+?--[a-z0-9-]+?--/;
/** What is there and is not the app's the engine leaves alone; but its name would be taken where it is yet to come. */
function serviceProblems({ name: app, environment, processes }) {
	return processes.flatMap(({ name, ecs: { service } }) => {
		if (service === null || !SERVICE.test(service) || service.startsWith(`${app}--${environment}--`)) return [];
		return problem(`processes.${name}.ecs.service`, `the name ${service} is that of a service of another app`, "leave it out, or call it something else");
	});
}
function secretProblems(app, allowed) {
	const told = /* @__PURE__ */ new Set();
	return secretsOf(app).flatMap(([path, reference]) => {
		if (reference === SET_BY_HAND || told.has(reference)) return [];
		if (allowed.some((prefix) => isUnder(reference, prefix))) return [];
		told.add(reference);
		return problem(path, `the secret ${reference} is not one of this app's here: it may name ${allowed.length === 0 ? "none" : allowed.join(", ")}`, `an admin allows it: gantry app set ${app.name} secret_prefixes=${[...allowed, reference].join(",")}; or set it by hand: gantry env set --secret`);
	});
}
/** Every secret that is asked for, by the path where it stands in the resolved app. */
function secretsOf(app) {
	const at = (path, { secrets }) => Object.entries(secrets).map(([name, reference]) => [`${path}secrets.${name}`, reference]);
	return [
		...app.processes.flatMap((process) => [...at(`processes.${process.name}.`, process), ...Object.entries(process.containers).flatMap(([name, container]) => at(`processes.${process.name}.containers.${name}.`, container))]),
		...app.tasks.flatMap((task) => at(`tasks.${task.name}.`, task)),
		...at("", app)
	];
}
/** Itself, or what is below it: `ssm:/shop` is not `ssm:/shop-admin`, and a key of a secret is below the secret. */
function isUnder(reference, prefix) {
	if (!reference.startsWith(prefix)) return false;
	const next = reference[prefix.length];
	return prefix.endsWith("/") || next === void 0 || next === "/" || next === "#";
}
/** The order of a list says nothing, and neither does what is off or not there. */
function claimOf(value) {
	return Array.isArray(value) ? value.toSorted() : value || null;
}
function shown(value) {
	return Array.isArray(value) ? value.join(",") : String(value ?? "");
}
function problem(path, message, hint) {
	return {
		severity: "error",
		path,
		message,
		hint
	};
}
// src/deploy/prepare.ts
/** What the config of a commit asks for, on this engine. Reads only. */
async function wantCommit(engine, options) {
	const { app: id, repository, commit } = options;
	const power = options.power?.();
	const { overrides = {
		ecs: power?.ecs ?? {},
		image: null
	} } = options;
	const { readConfig } = await import("./read2.js");
	const config = await readConfig(configFiles(repository, commit), {
		name: id.name,
		environment: id.environment,
		config: options.config
	});
	const adapted = engine.adapt(layOver(config.app, overrides));
	const diagnostics = [
		...settingsDiagnostics(engine, id, config, power),
		...adapted.diagnostics,
		...options.buildEnvironment === void 0 ? refusedSecrets(adapted.app) : []
	].map((each) => located(each, config));
	if (diagnostics.some((each) => each.severity === "error")) throw new ConfigError([...config.warnings, ...diagnostics]);
	const app = {
		...adapted.app,
		engine: config.app.engine
	};
	const { requests, warnings } = await imageRequests(app, repository, commit, config.files);
	return {
		app,
		commit,
		...await chooseImages(engine, id, app, requests, options),
		requests: new Map([...requests.values()].map((request) => [request.key, request])),
		buildEnvironment: options.buildEnvironment ?? {},
		warnings: [
			...config.warnings,
			...diagnostics,
			...warnings
		],
		files: config.files
	};
}
/** What a release was. Its images exist; nothing is built. */
function wantRelease(release) {
	return {
		app: release.app,
		commit: release.commit,
		images: new Map([...pinsOf$1(release.app), ...Object.entries(release.images)]),
		requests: /* @__PURE__ */ new Map(),
		rebuild: /* @__PURE__ */ new Set(),
		buildEnvironment: {},
		warnings: [],
		files: []
	};
}
/**
* The same where others decide what the app may do: where and as what it runs is theirs to say as of now, and what it
* may no longer have it does not get back.
*
* @throws ConfigError
*/
function underPower(engine, wanted, power) {
	if (engine.name !== "ecs") return wanted;
	const now = {
		...wanted.app,
		ecs: power.ecs
	};
	const { app, diagnostics } = engine.adapt(now);
	const problems = [...powerProblems(now, power, () => true), ...diagnostics];
	if (problems.some(({ severity }) => severity === "error")) throw new ConfigError(problems);
	return {
		...wanted,
		app
	};
}
async function chooseImages(engine, id, app, requests, { rebuild, clock }) {
	const images = new Map(pinsOf$1(app));
	const anew = /* @__PURE__ */ new Set();
	const made = await engine.findImages(id, [...new Set([...requests.values()].map(({ key }) => key))]);
	for (const [component, request] of requests) {
		const found = made.get(request.key);
		const age = found === void 0 ? 0 : (clock.now() - Date.parse(found.created_at)) / 1e3;
		if (found !== void 0 && (rebuild || age > (request.build.max_age ?? Infinity))) anew.add(request.key);
		const digest = found === void 0 || anew.has(request.key) ? null : found.digest;
		images.set(component, {
			kind: "built",
			key: request.key,
			digest
		});
	}
	return {
		images,
		rebuild: anew
	};
}
function pinsOf$1(app) {
	return imageUsers(app).flatMap(({ id, image }) => image === null ? [] : [[id, {
		kind: "pinned",
		reference: image
	}]]);
}
/** The pushed file does not choose its power: which app and which engine it is, is not for it to say. */
function settingsDiagnostics(engine, id, config, power) {
	const found = [];
	const isWritten = (path) => config.provenance[path]?.kind !== "default";
	if (config.app.name !== id.name) found.push({
		severity: "error",
		path: "app",
		message: `this repository deploys the app ${id.name}, and its config says ${config.app.name}`,
		hint: "leave `app` out, or push to the app that it names"
	});
	if (config.app.engine !== engine.name && isWritten("engine")) found.push(power === void 0 ? {
		severity: "warning",
		path: "engine",
		message: `deployed to ${engine.name}: the engine is a setting of the app here, not of the file`
	} : {
		severity: "error",
		path: "engine",
		message: `the engine is a setting of the app here, and is ${engine.name}; the file says ${config.app.engine}`,
		hint: `leave it out, or have an admin set it: gantry app set ${id.name} engine=${config.app.engine}`
	});
	if (power !== void 0 && engine.name === "ecs") found.push(...powerProblems(config.app, power, isWritten));
	return found;
}
/** Gives a diagnostic that names a path the place where that value is written. */
function located(diagnostic, config) {
	const origin = diagnostic.path === void 0 ? void 0 : config.provenance[diagnostic.path];
	if (origin === void 0 || origin.kind === "default" || diagnostic.place !== void 0) return diagnostic;
	const { file, line } = origin;
	return {
		...diagnostic,
		place: {
			file,
			line,
			column: origin.kind === "file" ? origin.column : 1
		}
	};
}
/** The images of all components, with the digests that this deployment made. */
function builtImages(wanted, digests) {
	return Object.fromEntries([...wanted.images].flatMap(([component, image]) => image.kind === "built" ? [[component, {
		...image,
		digest: digests.get(image.key) ?? image.digest
	}]] : []));
}
// src/deploy/pins.ts
/** What the engine has to say about the pinned images that a plan is going to start. */
async function pinProblems(engine, app, plan) {
	const processes = plan.processes.flatMap(({ name, action, after }) => after !== null && action !== "pinned" && action !== "unchanged" ? pinsOf(name, after.spec) : []);
	const tasks = plan.tasks.flatMap(({ name, action, spec }) => spec !== null && action !== "skip" && action !== "unchanged" ? pin(`task:${name}`, spec.image) : []);
	return engine.checkPins(app, [...processes, ...tasks]);
}
/** One that names what its process runs is told with that. */
function pinsOf(process, { image, containers }) {
	const own = Object.entries(containers).filter(([, each]) => !sameImage(each.image, image));
	return [...pin(`process:${process}`, image), ...own.flatMap(([name, each]) => pin(containerId(process, name), each.image))];
}
function pin(component, image) {
	return image.kind === "pinned" ? [{
		component,
		reference: image.reference
	}] : [];
}
// src/deploy/preview.ts
/** What a deployment would do now. Changes nothing. */
async function preview(engine, app, wanted, options, { signal, refresh = false, variables = [] } = {}) {
	const observed = await engine.observe(app, {
		...signal && { signal },
		refresh,
		wanted: wantedProcesses(wanted, options)
	});
	const running = {
		...observed,
		variables: withChanges(observed.variables, variables)
	};
	const made = plan(wanted, running, {
		...options,
		warnings: wanted.warnings,
		engine
	});
	return {
		running,
		plan: {
			...made,
			blocked: [...made.blocked, ...await pinProblems(engine, app, made)]
		}
	};
}
/** Those of the config that the plan is about, and those that an operator makes or changes by it. */
function wantedProcesses({ app }, { only, operate = [] }) {
	const named = new Set(app.processes.map((each) => each.name));
	return [...app.processes.filter((each) => only === void 0 || only.includes(each.name)), ...operate.filter((each) => each.create && !named.has(each.process)).map(({ process }) => defaultProcess(process, app))];
}
function withChanges(now, changes) {
	const next = 1 + Math.max(0, ...now.map(({ version }) => version));
	const changed = ({ process, name }) => changes.some((each) => each.process === process && each.name === name);
	return [...now.filter((each) => !changed(each)), ...changes.filter(({ value }) => value !== null).map(({ process, name }) => ({
		process,
		name,
		secret: false,
		version: next
	}))];
}
// src/deploy/operation-record.ts
function recordOf(change, { processes }) {
	const { process, set, parts, unset = [], variables = [], restart = false } = change;
	const before = processes.find(({ spec }) => spec.name === process)?.spec ?? null;
	const after = {
		...set,
		...parts
	};
	const named = /* @__PURE__ */ new Set([...Object.keys(after), ...unset]);
	const isNamed = ([field]) => named.has(field);
	return {
		process,
		action: change.delete ? "delete" : change.create ? "create" : "change",
		before: before === null || change.delete ? before : Object.fromEntries(Object.entries(before).filter(isNamed)),
		after: change.delete ? null : after,
		handed_back: unset,
		variables: variables.map(({ name }) => name),
		restart
	};
}
// src/deploy/operations.ts
/**
* Reads the words of operations as the config would read them.
*
* @throws ConfigError with all that is wrong
*/
async function parseOperations(words) {
	const { nameProblems, readOperatorFields } = await import("./operator-fields.js");
	const read = words.map(({ process, set, unset, ...verbs }) => {
		const { fields, problems } = readOperatorFields(set ?? {}, unset);
		const wrongName = verbs.create ? nameProblems(process) : [];
		return {
			change: {
				process,
				...verbs,
				...fields
			},
			problems: [...wrongName, ...problems]
		};
	});
	const problems = read.flatMap((each) => each.problems);
	if (problems.length > 0) throw new ConfigError(problems);
	return read.map((each) => each.change);
}
/**
* Whether these can be asked for as things are. The plan judges them again when their turn has come.
*
* @throws UserError
*/
function checkOperations(app, { processes, variables }, changes) {
	const known = new Map(processes.map((each) => [each.spec.name, each]));
	const unknown = changes.filter((each) => !each.create && !known.has(each.process));
	if (unknown.length > 0) {
		const names = unknown.map(({ process }) => JSON.stringify(process.slice(0, 80)));
		throw new NotFoundError(`${app.name} has no process ${names.join(", and none ")}`, { hint: processes.length === 0 ? "nothing was deployed yet: deploy first" : `there are: ${[...known.keys()].join(", ")}` });
	}
	for (const { process, ...change } of changes) {
		if (change.create && known.has(process)) throw new UserError(`${app.name} has a process ${process} already`, { hint: `change it: gantry process set ${process} key=value` });
		if (change.delete && known.get(process)?.origin === "config") {
			const [message, hint] = definedByConfig(process);
			throw new UserError(message, { hint });
		}
		const isSet = (name) => variables.some((each) => each.name === name && each.process === process);
		const missing = change.variables?.find(({ name, value }) => value === null && !isSet(name));
		if (missing !== void 0) throw new NotFoundError(`${missing.name} is not set for ${process}`);
	}
}
// src/deploy/requests.ts
/** Deploys a commit. */
async function requestCommit(engine, app, { allow_remove, ...options }) {
	const { repository, commit } = options;
	const { subject } = await repository.commit(commit);
	return {
		entry: {
			kind: "deploy",
			commit,
			title: subject
		},
		request: {
			want: () => wantCommit(engine, {
				app,
				...options
			}),
			plan: { allow_remove },
			supersedes: true
		}
	};
}
/**
* Deploys an old release's image and config again.
*
* @param number of the release; null: the one before the latest
* @param power asked for when it has its turn, where it is not for the release to choose what it may do
*/
async function requestRollback(engine, app, number, power) {
	const release = await releaseToReturnTo(engine, app, number);
	return {
		entry: {
			kind: "rollback",
			commit: release.commit,
			title: `rollback to v${release.number}`
		},
		request: {
			want: async () => {
				const wanted = wantRelease(release);
				return power === void 0 ? wanted : underPower(engine, wanted, power());
			},
			plan: {
				allow_remove: true,
				rollback: { owned_images: release.owned_images }
			},
			supersedes: true
		}
	};
}
async function releaseToReturnTo(engine, app, number) {
	const release = number === null ? (await engine.ledger.releases(app, 2))[1] : await engine.ledger.release(app, number);
	if (release == null) throw number === null ? new UserError(`${app.name} has no release before the latest one`, { hint: "there is nothing to go back to" }) : new NotFoundError(`${app.name} has no release v${number}`, { hint: "`gantry release list` shows them" });
	const built = Object.values(release.images).filter((image) => image.kind === "built");
	const keys = [...new Set(built.map(({ key }) => key))];
	const kept = await engine.findImages(app, keys);
	if (keys.some((key) => !kept.has(key))) throw new UserError(`the images of v${release.number} are not kept any more`, { hint: "deploy its commit again: `gantry deploy COMMIT`" });
	return release;
}
/**
* Makes, changes and deletes processes by hand: what is set belongs to the operator from then on. Variables are set at
* once and stay, whatever becomes of the deployment, as when they are set alone; so a change that would be refused with
* them is refused before that.
*
* @throws UserError
*/
async function requestOperation(engine, app, title, changes) {
	const running = await engine.observe(app);
	checkOperations(app, running, changes);
	if (changes.some((each) => each.create)) await latestRelease(engine, app);
	const request = {
		want: async () => wantRelease(await latestRelease(engine, app)),
		plan: {
			only: changes.map((each) => each.process),
			operate: changes.map(({ variables: _variables, ...operation }) => operation),
			allow_remove: changes.some((each) => each.delete)
		},
		supersedes: false
	};
	const variables = changes.flatMap(({ process, variables: own = [] }) => own.map((each) => ({
		process,
		...each
	})));
	if (variables.length > 0) {
		const { plan } = await preview(engine, app, await request.want(), request.plan, { variables });
		if (plan.blocked.length > 0) throw new UserError(plan.blocked.join("; "), { hint: "nothing was changed" });
	}
	for (const each of variables) await changeVariable(engine, app, each);
	return {
		entry: {
			kind: "operate",
			commit: null,
			title
		},
		request,
		records: changes.map((each) => recordOf(each, running))
	};
}
async function changeVariable(engine, app, { process, name, value }) {
	if (value === null) await unsetVariable(engine, app, name, process);
	else await setVariable(engine, app, {
		name,
		value,
		process,
		secret: false
	});
}
/** The release that runs. Rejects when nothing was deployed yet. */
async function latestRelease(engine, app) {
	const [release] = await engine.ledger.releases(app, 1);
	if (release !== void 0) return release;
	throw new NotFoundError(`${app.name} was never deployed`, { hint: "deploy a commit first" });
}
export { parseOperations as a, wantRelease as c, requestRollback as i, secretValues as l, requestCommit as n, preview as o, requestOperation as r, builtImages as s, latestRelease as t };
