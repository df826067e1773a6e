import { n as systemClock } from "./clock.js";
import { i as NotFoundError, n as ConfigError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { t as version } from "./package.js";
import { a as noGantry, i as lost, n as ServerError, o as unreachable, r as UnreachableError, t as LostError } from "./connection-error.js";
import { n as cleanLog, t as clean } from "./clean.js";
import { a as gitEnvironment, i as checkoutRoot, n as appOfUrl, s as urlOfRemote } from "./user-git.js";
import { r as note, t as hasColour } from "./output.js";
import { t as homeFolder } from "./home.js";
import { r as isLoopback } from "./listen.js";
import { r as resolveCommit } from "./checkout.js";
import { t as linesIn } from "./lines.js";
import { i as outputOf, n as LONGEST_FRAME } from "./shell-messages.js";
import { once } from "node:events";
import { spawn } from "node:child_process";
import { basename, join, resolve } from "node:path";
import { request } from "node:http";
import { request as request$1 } from "node:https";
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
// src/cli/answer-body.ts
/** Bytes of an answer: more than the longest list of anything. */
const LARGEST = 67108864;
/** Bytes of an answer that says why not. */
const LARGEST_REFUSAL = 1048576;
/** Milliseconds that a server may keep quiet in the middle of an answer. */
const LONGEST_SILENCE$1 = 6e4;
/** What an answer holds, as text. Rejects where it is larger than that, and with whatever cut it off. */
async function bodyOf(response, largest = LARGEST) {
	response.setTimeout(LONGEST_SILENCE$1, () => response.destroy(/* @__PURE__ */ new Error("it said nothing any more")));
	let [body, size] = ["", 0];
	for await (const chunk of response.setEncoding("utf8")) {
		size += chunk.length;
		if (size > largest) throw new RangeError(`it sent more than ${largest / 1024 / 1024} MB`);
		body += chunk;
	}
	return body;
}
/** What an answer or an event says. */
function jsonOf(endpoint, text) {
	try {
		return JSON.parse(text);
	} catch {
		throw foreign(endpoint, "what it sent as JSON is none");
	}
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function objectOf(endpoint, value) {
	if (isObject(value)) return value;
	throw foreign(endpoint, "it sent something else than was asked for");
}
function listOf(endpoint, value) {
	if (Array.isArray(value) && value.every(isObject)) return value;
	throw foreign(endpoint, "it sent something else than the list that was asked for");
}
/** What is said where an answer is not one of Gantry's API. */
function foreign(endpoint, because) {
	return noGantry(endpoint.kind === "home" ? endpoint.socketPath : endpoint.name, because);
}
// src/cli/error-body.ts
/** Characters of a sentence about a config, which may list what there is. */
const LONGEST_SENTENCE = 2e3;
/** Null: not in the words of Gantry's API. What has another type than there is left out. */
function parseError(content) {
	const error = errorIn$1(content);
	if (!isObject(error)) return null;
	const { message, hint, diagnostics } = error;
	return {
		...typeof message === "string" && { message },
		...typeof hint === "string" && { hint },
		...areDiagnostics(diagnostics) && { diagnostics: diagnostics.map(cleaned) }
	};
}
/** They are printed as they are where they are our own; these come from elsewhere. */
function cleaned({ message, path, hint, frame, place, severity }) {
	return {
		severity,
		message: clean(message, LONGEST_SENTENCE),
		...path !== void 0 && { path: clean(path) },
		...hint !== void 0 && { hint: clean(hint, LONGEST_SENTENCE) },
		...place !== void 0 && { place: {
			...place,
			file: clean(place.file)
		} },
		...frame !== void 0 && { frame: frame.split("\n").map((line) => cleanLog(line, false)).join("\n") }
	};
}
function errorIn$1(content) {
	try {
		return JSON.parse(content)?.error;
	} catch {
		return null;
	}
}
function areDiagnostics(value) {
	return Array.isArray(value) && value.every((each) => isObject(each) && isDiagnostic(each)) && value.some(({ severity }) => severity === "error");
}
function isDiagnostic({ severity, message, path, hint, frame, place }) {
	const isText = (text) => text === void 0 || typeof text === "string";
	return (severity === "error" || severity === "warning") && typeof message === "string" && [
		path,
		hint,
		frame
	].every(isText) && (place === void 0 || isObject(place) && isPlace(place));
}
function isPlace({ file, line, column }) {
	return typeof file === "string" && Number.isInteger(line) && Number.isInteger(column);
}
// src/cli/answer-error.ts
/** Something in front of the server, which does not answer itself. */
const GATEWAY = /* @__PURE__ */ new Set([
	502,
	503,
	504
]);
/** Characters of an answer in plain text. */
const LONGEST_TEXT = 300;
/** The error that the server had, as if it had been thrown here; or what else an answer means. */
function errorOf(endpoint, { status, headers, content }) {
	const body = parseError(content);
	if (endpoint.kind === "remote") {
		const own = remoteError(endpoint, status, headers, body === null ? content : "");
		if (own !== null) return own;
		if (body === null && status < 500) return noGantry(endpoint.name, `it answered ${status}`);
	}
	const { message, hint, diagnostics } = body ?? {};
	if (diagnostics !== void 0) return new ConfigError(diagnostics);
	const options = { hint };
	if (GATEWAY.has(status)) return new LostError(message ?? `the server cannot be reached (${status})`, options);
	if (status >= 500) return new ServerError(message ?? `the server failed (${status})`, options);
	if (status === 404) return new NotFoundError(message ?? "the server does not know this", options);
	return new UserError(message ?? `the server refused this (${status})`, options);
}
/** What is said of the way to a server, and of who may go it. Text is what it said in other words than JSON. */
function remoteError({ name, tokenSource }, status, headers, text) {
	if (status >= 300 && status < 400) return new UserError(`${name} sends one on to ${clean(headers.location ?? "nowhere", LONGEST_TEXT)}`, { hint: "a token is not taken there: if that is the server, name it as GANTRY_SERVER or in the git remote" });
	if (status === 401 && (headers["www-authenticate"] ?? "").includes("realm=\"gantry\"")) return new UserError(`${name} does not accept the token from ${tokenSource}`, { hint: "it may have been revoked: make one with `gantry token create` on the server, and put it into GANTRY_TOKEN" });
	if (status === 421) return new UserError(`${name}: ${clean(text, LONGEST_TEXT)}`, { hint: "start the server with --host and that name" });
	if (status === 429 && text !== "") return new UserError(`${name}: ${clean(text, LONGEST_TEXT)}`);
	return null;
}
/** Whether an error may be due to the server being of another version than this program. */
function mayBeOfAnotherVersion({ status, content }) {
	const unknownRoute = status === 404 && /^there is no [A-Z]+ \//.test(parseError(content)?.message ?? "");
	return status === 400 || status === 405 || status === 500 || unknownRoute;
}
// src/cli/endpoint.ts
/** macOS allows 104 bytes with the NUL, Linux 108; the system would cut a longer path silently. */
const LONGEST_SOCKET_PATH = 103;
/** Milliseconds for a connection to be made. */
const CONNECT_TIMEOUT = 1e4;
/** Milliseconds between two looks at whether the other end of a quiet connection is still there. */
const KEEP_ALIVE = 3e4;
/** @throws UserError when the system could not open its socket */
function homeEndpoint(home, isDefault = false) {
	const socketPath = join(home, "control.sock");
	if (Buffer.byteLength(socketPath) > LONGEST_SOCKET_PATH) throw new UserError(`the path of the server's socket is too long: ${socketPath}`, { hint: `${LONGEST_SOCKET_PATH} bytes are allowed: choose a shorter --home, or reach it by a symbolic link` });
	return {
		kind: "home",
		home,
		socketPath,
		isDefault
	};
}
/** Begins a request to a server. A redirect is an answer like any other: it is never followed. */
function requestTo(endpoint, path, parts) {
	if (endpoint.kind === "home") return request({
		...parts,
		socketPath: endpoint.socketPath,
		path
	});
	const send = endpoint.url.startsWith("https:") ? request$1 : request;
	const headers = {
		...parts.headers,
		...authorization(endpoint)
	};
	const request$2 = send(`${endpoint.url}${path}`, {
		...parts,
		headers
	});
	request$2.on("socket", (socket) => {
		socket.setKeepAlive(true, KEEP_ALIVE);
		if (!socket.connecting) return;
		const timer = setTimeout(() => {
			request$2.destroy(Object.assign(/* @__PURE__ */ new Error("connecting took too long"), { code: "ETIMEDOUT" }));
		}, CONNECT_TIMEOUT);
		socket.once("connect", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
	});
	return request$2;
}
/** What a WebSocket to a path of the server is opened with. */
function webSocketTo(endpoint, path) {
	if (endpoint.kind === "home") return {
		url: `ws+unix:${endpoint.socketPath}:${path}`,
		headers: {}
	};
	return {
		url: `${endpoint.url.replace(/^http/, "ws")}${path}`,
		headers: authorization(endpoint)
	};
}
function authorization({ token }) {
	return { authorization: `Bearer ${token}` };
}
// src/cli/remote-version.ts
/** A sentence where a server is of another version, which its API goes by; null where it is not, or says nothing. */
function compareVersions(own, theirs) {
	const [mine, other] = [partsOf$1(own), partsOf$1(theirs)];
	if (mine === null || other === null) return null;
	const difference = other.major - mine.major || other.minor - mine.minor;
	if (difference === 0) return null;
	const [is, which] = difference > 0 ? ["newer", "this command line"] : ["older", "the server"];
	return `the server is Gantry ${theirs}, ${is} than this one (${own}): bring ${which} up to date`;
}
function partsOf$1(version) {
	const [, major, minor] = /^(\d+)\.(\d+)\.\d+/.exec(version) ?? [];
	return major === void 0 ? null : {
		major: Number(major),
		minor: Number(minor)
	};
}
// src/cli/remote-stream.ts
/** Seconds for which a server is looked for again that was there before. */
const PATIENCE = 60;
/** Seconds before the first try, and at most between two. */
const PAUSE = .5;
const LONGEST_PAUSE = 5;
/**
* The items of a stream that is opened again where its connection broke. What cannot be reached at all is an error, and
* so is a server that does not come back in time.
*
* @param open gives what was not given yet
*/
async function* reopened(open, { clock, signal, onBroken }) {
	let brokenAt = null;
	for (let pause = PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) try {
		for await (const item of open()) {
			brokenAt = null;
			pause = PAUSE;
			yield item;
		}
		return;
	} catch (error) {
		if (!(error instanceof LostError || error instanceof UnreachableError && brokenAt !== null)) throw error;
		if (brokenAt === null) onBroken();
		brokenAt ??= clock.now();
		if (clock.now() - brokenAt > PATIENCE * 1e3) throw error;
		await clock.sleep(pause, signal);
		if (signal.aborted) return;
	}
}
// src/cli/sse.ts
/** Characters of one event: more than the longest line of output, or all that is wrong with a config. */
const LARGEST_EVENT = 16777216;
/**
* The events of a stream of Server-Sent Events (HTML standard, 9.2). Comments and other fields are passed over, and so
* is an event that the stream's end cuts off.
*
* @throws RangeError for an event without an end
*/
async function* serverEvents(chunks) {
	let rest = "";
	let data = [];
	let id = "";
	let size = 0;
	for await (const chunk of chunks) {
		const lines = (rest + chunk).split("\n");
		rest = lines.pop();
		if (size + rest.length > LARGEST_EVENT) throw new RangeError("it sent an event without an end");
		for (const line of lines.map((each) => each.replace(/\r$/, ""))) {
			id = valueOf("id", line) ?? id;
			const more = valueOf("data", line);
			if (more !== null) {
				data.push(more);
				size += more.length;
			}
			if (line !== "" || data.length === 0) continue;
			yield {
				id,
				data: data.join("\n")
			};
			data = [];
			size = 0;
		}
	}
}
function valueOf(field, line) {
	return line.startsWith(`${field}:`) ? line.slice(field.length + 1).replace(/^ /, "") : null;
}
// src/cli/client.ts
/** A path of the API with every value encoded: a name can never become another path. */
function path$1(texts, ...values) {
	return `/api${String.raw({ raw: texts }, ...values.map((value) => encodeURIComponent(value)))}`;
}
/** The path with parameters in its query. */
function withQuery(path, parameters) {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
	return `${path}?${query.toString()}`;
}
/** Talks to a server, wherever it is. */
var Client = class {
	endpoint;
	#onBroken;
	#judged = false;
	/** `onBroken` is told when the way to the server breaks and is looked for again. */
	constructor(endpoint, onBroken = () => {}) {
		this.endpoint = endpoint;
		this.#onBroken = onBroken;
	}
	async get(path) {
		return objectOf(this.endpoint, await this.#json("GET", path));
	}
	async list(path) {
		return listOf(this.endpoint, await this.#json("GET", path));
	}
	/** Sent once more where the connection breaks: the server knows it by its key, and does nothing twice. */
	async post(path, body = {}) {
		const headers = idempotencyKey();
		const send = async () => objectOf(this.endpoint, await this.#json("POST", path, body, headers));
		try {
			return await send();
		} catch (error) {
			if (!(error instanceof LostError)) throw error;
			this.#onBroken();
			return send();
		}
	}
	async put(path, body) {
		await this.#json("PUT", path, body);
	}
	async patch(path, body) {
		return objectOf(this.endpoint, await this.#json("PATCH", path, body));
	}
	delete(path) {
		return this.#json("DELETE", path);
	}
	/** Where git and people reach the server, as far as it can be told from here. */
	async url() {
		if (this.endpoint.kind === "remote") return this.endpoint.url;
		return (await this.get(path$1`/server`)).url;
	}
	/** The events of a stream as they come. It ends, without an error, when the signal fires. */
	events(path, signal) {
		const position = { lastEventId: "" };
		const open = () => this.#events("GET", path, {
			position,
			signal
		});
		if (this.endpoint.kind === "home") return open();
		return reopened(open, {
			clock: systemClock,
			signal,
			onBroken: this.#onBroken
		});
	}
	/** The same of what is begun by asking for it, and is over when nobody listens. */
	eventsOf(path, body, signal) {
		return this.#events("POST", path, {
			body,
			position: { lastEventId: "" },
			signal
		});
	}
	async *#events(method, path, { body, position, signal }) {
		try {
			const headers = method === "POST" ? idempotencyKey() : {};
			if (position.lastEventId !== "") headers["last-event-id"] = position.lastEventId;
			const response = await this.#open(method, path, {
				body,
				headers,
				signal
			});
			if (!isOf(response, "text/event-stream")) throw this.#foreign(response);
			response.setTimeout(LONGEST_SILENCE$1, () => response.destroy(/* @__PURE__ */ new Error("it said nothing any more")));
			for await (const { id, data } of serverEvents(response.setEncoding("utf8"))) {
				position.lastEventId = id;
				yield objectOf(this.endpoint, jsonOf(this.endpoint, data));
			}
		} catch (error) {
			if (signal.aborted) return;
			throw this.#brokenBy(error);
		}
	}
	/** Undefined: the answer is empty. */
	async #json(method, path, body, headers = {}) {
		const response = await this.#open(method, path, {
			body,
			headers
		});
		const content = await bodyOf(response).catch((error) => {
			throw this.#brokenBy(error);
		});
		if (content === "") return void 0;
		if (!isOf(response, "application/json")) throw this.#foreign(response);
		return jsonOf(this.endpoint, content);
	}
	/** What has no end, no Gantry sends: that does not get better by asking again. */
	#brokenBy(error) {
		if (error instanceof UserError) return error;
		return error instanceof RangeError ? foreign(this.endpoint, error.message) : lost(this.endpoint, error);
	}
	async #open(method, path, { body, headers, signal }) {
		const payload = body === void 0 ? void 0 : JSON.stringify(body);
		const request = requestTo(this.endpoint, path, {
			method,
			headers: {
				...headers,
				...payload !== void 0 && {
					"content-type": "application/json",
					"content-length": Buffer.byteLength(payload)
				}
			},
			...signal && { signal }
		});
		request.end(payload);
		let response;
		try {
			response = (await once(request, "response"))[0];
		} catch (error) {
			throw unreachable(this.endpoint, error);
		}
		request.on("error", () => {});
		const { statusCode: status = 0 } = response;
		await this.#judge(status);
		if (status < 300) return response;
		const content = await bodyOf(response, LARGEST_REFUSAL).catch(() => "");
		const refusal = {
			status,
			headers: response.headers,
			content
		};
		throw await this.#withVersion(errorOf(this.endpoint, refusal), refusal, path);
	}
	/** Only these say something about the token: whatever stands in front of a server, or for it, answers otherwise. */
	async #judge(status) {
		if (!(status === 401 || status >= 200 && status < 300) || this.#judged || this.endpoint.kind === "home") return;
		this.#judged = true;
		await this.endpoint.judge?.(status !== 401);
	}
	/** Says so where the server is of another version than this program, and may have failed for it. */
	async #withVersion(problem, refusal, asked) {
		const about = path$1`/server`;
		if (asked === about || problem instanceof ConfigError || !mayBeOfAnotherVersion(refusal)) return problem;
		const difference = compareVersions(version, await this.#version(about));
		if (difference === null) return problem;
		const Same = problem.constructor;
		const hint = problem.hint === void 0 ? difference : `${problem.hint}; ${difference}`;
		return new Same(problem.message, {
			hint,
			cause: problem
		});
	}
	/** Empty where it does not say. */
	async #version(about) {
		try {
			const { version } = await this.get(about);
			return typeof version === "string" ? version : "";
		} catch {
			return "";
		}
	}
	#foreign({ headers }) {
		return foreign(this.endpoint, `it sent ${headers["content-type"] ?? "something without a type"}`);
	}
};
function idempotencyKey() {
	return { "idempotency-key": randomUUID() };
}
function isOf({ headers }, type) {
	return headers["content-type"]?.startsWith(type) ?? false;
}
// src/cli/engine-config.ts
const ECS = "ecs";
/**
* Reads the config of the checkout, as it is in the work tree; null when it does not say `engine: ecs`, or there is none.
*
* @throws ConfigError
*/
async function readEngineConfig({ dir, app: name, environment }) {
	const root = await checkoutRoot(dir) ?? resolve(dir);
	const { folderFiles } = await import("./folder.js");
	const files = folderFiles(root);
	if ((await files.read("gantry.yml"))?.includes(ECS) !== true) return null;
	const { readConfig } = await import("./read2.js");
	const { app } = await readConfig(files, {
		name: basename(root),
		environment: environment || void 0
	});
	return app.engine === ECS ? configOf(app, name || app.name) : null;
}
function configOf({ environment, ecs }, name) {
	return {
		name,
		environment,
		settings: ecs
	};
}
/** Loads the engine: much hangs on it, and a command on a server needs nothing of that. */
async function openEngine({ settings }) {
	const { openEcs } = await import("./open.js");
	return openEcs(settings);
}
// src/cli/remote-url.ts
/** The server that a git remote is on; null where that is not reached by HTTP, or is none of Gantry's. */
function parseRemoteUrl(text) {
	const app = appOfUrl(text);
	if (app === null || !/^https?:\/\//i.test(text.trim()) || !URL.canParse(text.trim())) return null;
	return partsOf(new URL(text.trim()), app);
}
/** @throws UserError which never holds what was written: there may be a token in it */
function parseServerUrl(text, source) {
	const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
	if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") throw new UserError(`${source} is not the address of a server`, { hint: "write it like https://gantry.example.com or http://127.0.0.1:7070" });
	if (url.username !== "" || url.password !== "") throw new UserError(`${source} has a name or a token in it`, { hint: "leave that out, and put the token into GANTRY_TOKEN" });
	return partsOf(url, appOfUrl(url.pathname));
}
function partsOf(url, app) {
	const folder = app === null ? url.pathname : url.pathname.replace(/\/[^/]+\.git\/?$/, "");
	return {
		url: `${url.protocol}//${url.host}${folder.replace(/\/+$/, "")}`,
		app,
		user: decoded(url.username),
		token: decoded(url.password)
	};
}
/** Null for nothing; a `%` that encodes nothing is one, as git takes it. */
function decoded(text) {
	try {
		return text === "" ? null : decodeURIComponent(text);
	} catch {
		return text;
	}
}
/** Whether a server is on this machine. */
function isHere(url) {
	return isLoopback(new URL(url).hostname.replaceAll(/[[\]]/g, ""));
}
/** Whether two addresses mean the same server of this machine. */
function isSameHere(one, other) {
	return isHere(one) && isHere(other) && portOf(one) === portOf(other);
}
function portOf(url) {
	const { protocol, port } = new URL(url);
	return `${protocol}${port}`;
}
/**
* A token in the clear is anybody's who listens on the way.
*
* @throws UserError for http:// to another machine, unless that is allowed
*/
function checkClear(url, allowed) {
	if (allowed || url.startsWith("https:") || isHere(url)) return;
	throw new UserError(`${url} would get the token in the clear`, { hint: "use https://, or say GANTRY_ALLOW_HTTP=1 where nobody can listen on the way" });
}
/**
* Which server is meant: that of an option, of GANTRY_SERVER or GANTRY_HOME, or of the git remote `gantry`, in this
* order; null when nothing names one.
*
* @param remote the address of the git remote; null without one
* @throws UserError for an address that is none
*/
function namedServer({ server, home }, env, remote) {
	const homeByOption = home !== void 0 && home !== env["GANTRY_HOME"];
	const serverByOption = server !== void 0 && server !== env["GANTRY_SERVER"];
	if (homeByOption && serverByOption) throw new UserError("--server and --home name a server each", { hint: "leave one of them out" });
	if (server && (serverByOption || !homeByOption)) {
		const why = serverByOption ? "--server" : "GANTRY_SERVER";
		return {
			kind: "remote",
			why,
			...parseServerUrl(server, why)
		};
	}
	if (home) return {
		kind: "home",
		why: homeByOption ? "--home" : "GANTRY_HOME",
		home: homeFolder(home)
	};
	const url = parseRemoteUrl(remote ?? "");
	return url && {
		kind: "remote",
		why: "the git remote gantry",
		...url
	};
}
/** The server of the home that is meant where nothing names one. */
function defaultServer() {
	return {
		kind: "home",
		why: "nothing names another one",
		home: homeFolder(void 0),
		isDefault: true
	};
}
// src/cli/remote-credential.ts
/** What git has as the password for a server (git-credential(1)); null when it has none. */
async function askCredential({ url, app, user }, search) {
	const { protocol, host, pathname } = new URL(url);
	const wanted = {
		protocol: protocol.replace(":", ""),
		host,
		...app !== null && { path: `${pathname}/${app}.git`.replace(/^\/+/, "") },
		...user !== null && { username: user }
	};
	if (Object.values(wanted).some((value) => /[\0\r\n]/.test(value))) return null;
	const said = await tellGit("fill", `${Object.entries(wanted).map(([name, value]) => `${name}=${value}\n`).join("")}\n`, search);
	const password = /^password=(.+)$/m.exec(said ?? "")?.[1];
	return password === void 0 ? null : {
		password,
		description: said
	};
}
/** Has git keep what was accepted, where it may have been asked for, and forget what was not. */
async function judgeCredential({ description }, search, accepted) {
	if (!accepted) await tellGit("reject", description, search);
	else if (search.ask) await tellGit("approve", description, search);
}
/** What git answers; null when it fails. */
async function tellGit(verb, input, { folder, ask }) {
	const git = spawn("git", [
		"-C",
		folder,
		"credential",
		verb
	], {
		env: credentialEnvironment(process.env, ask),
		stdio: [
			"pipe",
			"pipe",
			ask ? "inherit" : "ignore"
		]
	});
	git.stdin.on("error", () => {});
	git.stdin.end(input);
	try {
		const [output, [code]] = await Promise.all([text(git.stdout), once(git, "close")]);
		return code === 0 ? output : null;
	} catch {
		return null;
	}
}
/** The user's own, as their helpers need it. */
function credentialEnvironment(env, ask) {
	const others = gitEnvironment(env);
	if (ask) return others;
	return {
		...others,
		GIT_TERMINAL_PROMPT: "0",
		GIT_ASKPASS: "",
		GCM_INTERACTIVE: "never"
	};
}
// src/cli/remote-token.ts
/**
* The token for a server: what GANTRY_TOKEN says, what the address holds, or what git knows, by its credential helpers
* or by asking.
*
* @throws UserError when there is none
*/
async function findToken(server, search) {
	const named = process.env["GANTRY_TOKEN"]?.trim();
	if (named) return {
		...checked(named, "GANTRY_TOKEN"),
		judge: null
	};
	if (server.token !== null) return {
		...checked(server.token, "the git remote"),
		judge: null
	};
	const found = await askCredential(server, search);
	if (found !== null) {
		const judge = (accepted) => judgeCredential(found, search, accepted);
		return {
			...checked(found.password, "git's credential helper"),
			judge
		};
	}
	throw new UserError(`there is no token for ${server.name}`, { hint: "make one on the server, `gantry token create --scope operate`, and put it into GANTRY_TOKEN or have git remember it as the password for that address" });
}
/** What could end a header is no token, and is not shown. */
function checked(token, source) {
	if (/^[\x21-\x7e]+$/.test(token)) return {
		token,
		source
	};
	throw new UserError(`the token from ${source} has characters that no token has`);
}
// src/cli/remote-endpoint.ts
/**
* How a server is reached. One that a git remote names and whose home is this user's own is reached as its owner: the
* token in the remote is for pushing.
*
* @throws UserError when there is no token for it, or it would go in the clear
*/
async function endpointOf(server, search, ownHome = homeFolder(void 0)) {
	if (server.kind === "home") return homeEndpoint(server.home, server.isDefault);
	const { url, why } = server;
	const name = `${url} (${why})`;
	checkClear(url, isSet(process.env["GANTRY_ALLOW_HTTP"]));
	const own = why === "the git remote gantry" && !process.env["GANTRY_TOKEN"] ? await servedFrom(ownHome, url) : null;
	if (own !== null) return own;
	const { token, source, judge } = await findToken({
		...server,
		name
	}, search);
	return {
		kind: "remote",
		url,
		name,
		token,
		tokenSource: source,
		judge
	};
}
/** The home, where its server is the one at this address. */
async function servedFrom(home, url) {
	if (!isHere(url)) return null;
	try {
		const endpoint = homeEndpoint(home);
		return isSameHere((await new Client(endpoint).get(path$1`/server`)).url, url) ? endpoint : null;
	} catch {
		return null;
	}
}
function isSet(value) {
	return value === "1" || value === "true";
}
// src/cli/push.ts
/** Pushes one commit to the deploy branch of an app, with the user's own git and a token made for this push alone. */
async function pushCommit(client, request) {
	const { app, sha, branch, force, options, signal } = request;
	await using access = await accessTo(client, app);
	const { url } = access;
	const args = [
		"-C",
		request.folder,
		"push",
		"--porcelain",
		"--no-follow-tags",
		"--no-signed",
		"--recurse-submodules=no",
		...options.flatMap((option) => ["-o", option]),
		`${url}/${app}.git`,
		`${force ? "+" : ""}${sha}:refs/heads/${branch}`
	];
	const git = spawn("git", args, {
		env: pushEnvironment(process.env, access),
		stdio: [
			"ignore",
			"pipe",
			request.stderr
		],
		detached: true
	});
	const stop = () => stopGroup(git);
	signal.addEventListener("abort", stop);
	if (signal.aborted) stop();
	try {
		const [stdout, stderr, [exitCode]] = await Promise.all([
			text(git.stdout),
			git.stderr === null ? "" : text(git.stderr),
			once(git, "close")
		]);
		return {
			...readPorcelain(stdout, exitCode),
			exitCode,
			stderr
		};
	} finally {
		signal.removeEventListener("abort", stop);
	}
}
function stopGroup({ pid }) {
	try {
		if (pid !== void 0) process.kill(-pid, "SIGTERM");
	} catch {}
}
/** The caller's own token; the owner of a home, who has none, gets one for as long as this is in use. */
async function accessTo(client, app) {
	const { endpoint } = client;
	if (endpoint.kind === "remote") {
		const { url, token } = endpoint;
		return {
			url,
			token,
			isHere: isHere(url),
			[Symbol.asyncDispose]: async () => {}
		};
	}
	const url = await client.url();
	const wanted = {
		name: "cli deploy",
		scope: "push",
		app
	};
	const { id, token } = await client.post(path$1`/tokens`, wanted);
	return {
		url,
		token,
		isHere: true,
		[Symbol.asyncDispose]: () => client.delete(path$1`/tokens/${id}`)
	};
}
/**
* The user's environment, and settings for this push that take precedence over theirs: the token as a header for this
* server alone, no proxy on the way to one of this machine, nobody who is asked for a password, and only the push
* options given here.
*/
function pushEnvironment(env, { url, token, isHere }) {
	const settings = [
		[`http.${url}/.extraHeader`, ""],
		[`http.${url}/.extraHeader`, `Authorization: Bearer ${token}`],
		...isHere ? [[`http.${url}/.proxy`, ""]] : [],
		[`http.${url}/.followRedirects`, "false"],
		["credential.helper", ""],
		["push.pushOption", ""]
	];
	const first = Number(env["GIT_CONFIG_COUNT"] ?? 0) || 0;
	return {
		...gitEnvironment(env),
		GIT_TERMINAL_PROMPT: "0",
		GIT_ASKPASS: "",
		GIT_CONFIG_COUNT: String(first + settings.length),
		...Object.fromEntries(settings.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${first + index}`, key], [`GIT_CONFIG_VALUE_${first + index}`, value]]))
	};
}
/**
* What became of the one ref that was pushed, from the output of `git push --porcelain` (git-push(1), OUTPUT).
* `rejected`: by this git, which knows that commits would be lost; `refused`: by the server.
*/
function readPorcelain(stdout, exitCode) {
	const [, flag, summary = ""] = /^([ +*!=-])\t[^\t]*\t(.*)$/m.exec(stdout) ?? [];
	if (flag === "!") return {
		status: summary.startsWith("[remote") ? "refused" : "rejected",
		summary
	};
	if (flag === void 0 || exitCode !== 0) return {
		status: "failed",
		summary
	};
	return {
		status: flag === "=" ? "up to date" : "pushed",
		summary
	};
}
// src/cli/server-push.ts
/**
* Pushes a commit to the deploy branch, and git shows the deployment. Null when there was nothing to push.
*
* @throws UserError when it was not accepted
*/
async function deployByPush(client, target, { force, rebuild, allow_remove }) {
	const { app, signal } = target;
	const { branch } = await client.get(path$1`/apps/${app}`);
	const before = await newestDeployment(client, app);
	const push = await pushCommit(client, {
		...target,
		branch,
		force,
		options: [...rebuild ? ["rebuild"] : [], ...allow_remove ? ["allow-remove"] : []],
		stderr: "inherit"
	});
	if (push.status === "up to date") return null;
	const newest = await newestDeployment(client, app);
	const made = newest !== null && newest.number > (before?.number ?? 0) ? newest : null;
	if (signal.aborted) return {
		number: made?.number ?? null,
		outcome: null
	};
	return {
		number: made?.number ?? null,
		outcome: outcomeOf(push, made)
	};
}
/** Brings a commit to the server without deploying it. */
async function handOver(client, target) {
	const { branch } = await client.get(path$1`/apps/${target.app}`);
	const push = await pushCommit(client, {
		...target,
		branch,
		force: true,
		options: ["dry-run"],
		stderr: "pipe"
	});
	if (target.signal.aborted) throw new CancelledError("cancelled: nothing was changed");
	if (push.status === "failed") note(push.stderr.trimEnd());
}
async function newestDeployment(client, app) {
	return (await client.list(withQuery(path$1`/apps/${app}/deployments`, { limit: 1 })))[0] ?? null;
}
/** What the server had to say, git has shown already; that it ended badly is what is left. */
function outcomeOf({ status, summary, exitCode }, made) {
	if (status === "rejected") throw new UserError(`git did not push this: ${clean(summary)}`, { hint: "merge what the branch has, or drop it with --force" });
	if (status === "failed") throw new DeployError(`git push ended with exit code ${exitCode ?? "of a signal"}`);
	if (status !== "refused") return "succeeded";
	const problem = `not deployed: ${clean(summary)}`;
	if (made === null || made.finished_at === null) throw new DeployError(problem);
	note(linesIn(hasColour(process.stderr)).problem(problem));
	return made.status;
}
// src/cli/shell-output-queue.ts
/** Bytes that may wait for somebody to read them. */
const MOST = 262144;
/** What a command has written and nobody has read. The source waits while it is too much. */
var OutputQueue = class {
	#source;
	#queue = [];
	#bytes = 0;
	#ended = false;
	#wake = () => {};
	constructor(source) {
		this.#source = source;
	}
	get isFull() {
		return this.#bytes > MOST;
	}
	push(output) {
		this.#queue.push(output);
		this.#bytes += output.bytes.length;
		if (this.isFull) this.#source.pause();
		this.#wake();
	}
	end() {
		this.#ended = true;
		this.#wake();
	}
	async *[Symbol.asyncIterator]() {
		for (;;) {
			const output = this.#queue.shift();
			if (output !== void 0) {
				const wasFull = this.isFull;
				this.#bytes -= output.bytes.length;
				if (wasFull && !this.isFull) this.#source.resume();
				yield output;
			} else if (this.#ended) return;
			else await new Promise((resolve) => this.#wake = resolve);
		}
	}
};
// src/cli/shell-socket.ts
/** A server asks every 15 s whether we are there, in ms. */
const LONGEST_SILENCE = 5e4;
/** Has a server open a shell. Rejects as a request to it would. */
async function openRemoteShell(endpoint, path, words, io) {
	const shell = new RemoteShell(endpoint, await connect$1(endpoint, path), io);
	shell.send({
		type: "open",
		...words
	});
	await shell.opened;
	return shell;
}
/** What needs it is loaded when it is needed. */
async function connect$1(endpoint, path) {
	const { WebSocket: Socket } = await import("./wrapper2.js");
	const { url, headers } = webSocketTo(endpoint, path);
	const socket = new Socket(url, {
		headers,
		perMessageDeflate: false
	});
	const refused = new Promise((_resolve, reject) => {
		socket.on("unexpected-response", (_request, response) => {
			(async () => {
				const content = Buffer.concat(await response.toArray().catch(() => [])).toString();
				reject(errorOf(endpoint, {
					status: response.statusCode ?? 0,
					headers: response.headers,
					content
				}));
				socket.terminate();
			})();
		});
	});
	try {
		await Promise.race([once(socket, "open"), refused]);
		return socket;
	} catch (error) {
		throw error instanceof UserError ? error : unreachable(endpoint, error);
	} finally {
		socket.on("error", () => {});
	}
}
/** A shell that a server has opened. */
var RemoteShell = class {
	id = "";
	opened;
	result;
	output;
	#socket;
	#opened = Promise.withResolvers();
	#ended = Promise.withResolvers();
	/** Bytes that the command has not taken yet. */
	#waiting = 0;
	#taken = () => {};
	#stopped = false;
	constructor(endpoint, socket, { signal, notice }) {
		this.#socket = socket;
		this.opened = this.#opened.promise;
		this.result = this.#ended.promise;
		this.output = new OutputQueue(socket);
		this.opened.catch(() => {});
		this.result.catch(() => {});
		const silence = setTimeout(() => {
			if (this.output.isFull) silence.refresh();
			else socket.terminate();
		}, LONGEST_SILENCE);
		socket.on("ping", () => silence.refresh());
		socket.on("message", (data, isBinary) => {
			silence.refresh();
			if (isBinary) this.output.push(outputOf(data));
			else this.#hear(JSON.parse(textOf(data)), notice);
		});
		socket.on("close", () => {
			clearTimeout(silence);
			this.#fail(lost(endpoint, null));
		});
		const leave = () => socket.terminate();
		signal.addEventListener("abort", leave, { once: true });
		this.opened.then(() => signal.removeEventListener("abort", leave)).catch(() => {});
	}
	send(message) {
		this.#socket.send(JSON.stringify(message), () => {});
	}
	#hear(message, notice) {
		switch (message.type) {
			case "notice": return notice(message.text);
			case "opened":
				this.id = message.id;
				return this.#opened.resolve();
			case "taken":
				this.#waiting -= message.bytes;
				return this.#taken();
			case "exited":
				this.output.end();
				return this.#ended.resolve({
					exit_code: message.exit_code,
					reason: message.reason
				});
			case "failed": return this.#fail(errorIn(message.error));
		}
	}
	#fail(error) {
		this.output.end();
		this.#opened.reject(error);
		if (this.#stopped) this.#ended.resolve({
			exit_code: null,
			reason: "stopped"
		});
		else this.#ended.reject(error);
		this.#taken();
	}
	async write(bytes) {
		for (let at = 0; at < bytes.length; at += LONGEST_FRAME) {
			const frame = bytes.subarray(at, at + LONGEST_FRAME);
			while (this.#isOpen && this.#waiting + frame.length > 262144) await new Promise((resolve) => this.#taken = resolve);
			if (!this.#isOpen) return;
			this.#waiting += frame.length;
			this.#socket.send(frame, { binary: true }, () => {});
		}
	}
	get #isOpen() {
		return this.#socket.readyState === this.#socket.OPEN;
	}
	end() {
		this.send({ type: "end" });
	}
	resize({ columns, rows }) {
		this.send({
			type: "resize",
			columns,
			rows
		});
	}
	/** To leave is what ends it: the server sees to the rest. */
	async stop() {
		this.#stopped = true;
		this.#socket.close();
		await this.result.catch(() => {});
	}
};
function textOf(data) {
	return data.toString("utf8");
}
function errorIn({ message, hint, diagnostics }) {
	if (diagnostics !== void 0) return new ConfigError(diagnostics);
	return new UserError(message, { hint: hint ?? void 0 });
}
// src/cli/server-control.ts
/** What the API takes as the title of a deployment. */
const LONGEST_TITLE = 300;
/** An app of a server, which is asked over HTTP. Deployments go on there whoever watches. */
var ServerControl = class {
	app;
	#client;
	/** The checkout. */
	#folder;
	constructor(client, app, folder) {
		this.#client = client;
		this.app = app;
		this.#folder = folder;
	}
	running({ instances = false } = {}) {
		return this.#client.get(withQuery(path$1`/apps/${this.app}/running`, { instances }));
	}
	/** The commit is handed over first where the server lacks it. */
	async plan(commit, wish, signal) {
		const sha = await resolveCommit(this.#folder, commit);
		const ask = () => this.#client.post(path$1`/apps/${this.app}/plans`, {
			commit: sha ?? commit,
			...wish
		});
		try {
			return await ask();
		} catch (error) {
			if (sha === null || !(error instanceof NotFoundError)) throw error;
			await handOver(this.#client, {
				folder: this.#folder,
				app: this.app,
				sha,
				signal
			});
			return ask();
		}
	}
	/** Pushes the commit, or deploys it again where there is nothing to push. */
	async deploy(commit, wish, watching) {
		const sha = await resolveCommit(this.#folder, commit);
		if (sha !== null) {
			const target = {
				folder: this.#folder,
				app: this.app,
				sha,
				signal: watching.signal
			};
			const pushed = await deployByPush(this.#client, target, wish);
			if (pushed?.outcome === null && pushed.number !== null) this.#noteThatItGoesOn(pushed.number);
			if (pushed !== null) return pushed;
		}
		const { rebuild, allow_remove } = wish;
		const body = {
			commit: sha ?? commit,
			rebuild,
			allow_remove
		};
		return this.#follow(await this.#client.post(path$1`/apps/${this.app}/deployments`, body), watching);
	}
	async rollback(release, watching) {
		return this.#follow(await this.#client.post(path$1`/apps/${this.app}/rollbacks`, { release }), watching);
	}
	async operate(title, operate, watching) {
		const body = {
			title: title.slice(0, LONGEST_TITLE),
			operate
		};
		return this.#follow(await this.#client.post(path$1`/apps/${this.app}/operations`, body), watching);
	}
	deployments(limit) {
		return this.#client.list(withQuery(path$1`/apps/${this.app}/deployments`, { limit }));
	}
	deployment(number) {
		return this.#client.get(path$1`/apps/${this.app}/deployments/${number}`);
	}
	events(number, follow, signal) {
		const url = withQuery(path$1`/apps/${this.app}/deployments/${number}/events`, { follow });
		return this.#client.events(url, signal);
	}
	cancel(number) {
		return this.#client.post(path$1`/apps/${this.app}/deployments/${number}/cancel`);
	}
	releases(limit) {
		return this.#client.list(withQuery(path$1`/apps/${this.app}/releases`, { limit }));
	}
	release(number) {
		return this.#client.get(path$1`/apps/${this.app}/releases/${number}`);
	}
	variables() {
		return this.#client.list(path$1`/apps/${this.app}/variables`);
	}
	setVariable({ name, ...variable }) {
		return this.#client.put(path$1`/apps/${this.app}/variables/${name}`, variable);
	}
	unsetVariable(name, process) {
		const variable = path$1`/apps/${this.app}/variables/${name}`;
		return this.#client.delete(process === null ? variable : withQuery(variable, { process }));
	}
	async *run(words, signal) {
		let hasEnded = false;
		const events = this.#client.eventsOf(path$1`/apps/${this.app}/runs`, words, signal);
		for await (const event of events) {
			hasEnded = "reason" in event;
			yield event;
		}
		if (!hasEnded && !signal.aborted) throw new ServerError("the server stopped telling about the command before it ended");
	}
	logs({ process, signal, ...wish }) {
		const query = {
			...wish,
			...process !== null && { process }
		};
		return this.#client.events(withQuery(path$1`/apps/${this.app}/logs`, query), signal);
	}
	openShell(words, io) {
		return openRemoteShell(this.#client.endpoint, path$1`/apps/${this.app}/shells`, words, io);
	}
	startTask(words, initiated_by) {
		return this.#client.post(path$1`/apps/${this.app}/tasks`, {
			...words,
			initiated_by
		});
	}
	startConfigured(task, initiated_by) {
		return this.#client.post(path$1`/apps/${this.app}/tasks/${task}/runs`, { initiated_by });
	}
	tasks(limit) {
		return this.#client.list(withQuery(path$1`/apps/${this.app}/tasks`, { limit }));
	}
	task(id) {
		return this.#client.get(path$1`/apps/${this.app}/tasks/${id}`);
	}
	taskLogs(id, { follow, signal }) {
		const url = withQuery(path$1`/apps/${this.app}/tasks/${id}/logs`, { follow });
		return this.#client.events(url, signal);
	}
	deleteTask(id) {
		return this.#client.delete(path$1`/apps/${this.app}/tasks/${id}`);
	}
	/** The first Ctrl-C ends the watching only: like one that came with a push, the deployment goes on. */
	async #follow({ number }, { show, signal }) {
		let outcome = null;
		for await (const event of this.events(number, true, signal)) {
			show(event);
			if (event.type === "deployment.finished") outcome = event.outcome;
		}
		if (outcome === null && !signal.aborted) throw new ServerError(`the server stopped telling about deployment #${number} before it ended`, { hint: `see what became of it: gantry deployment show ${number}` });
		if (outcome === null) this.#noteThatItGoesOn(number);
		return {
			number,
			outcome
		};
	}
	/** Says how to come back to a deployment that nobody watches any more. */
	#noteThatItGoesOn(number) {
		note(`-----> Deployment ${number} of ${this.app} goes on without you`);
		note(`       Watch it with \`gantry deployment logs ${number} --app ${this.app} -f\``);
		note(`       Cancel it with \`gantry deployment cancel ${number} --app ${this.app}\``);
	}
};
// src/cli/connect.ts
/** The server that the options, the environment or the checkout mean, else that of this machine. */
async function connect(options, io = {}) {
	const remote = await urlOfRemote(options.dir ?? ".");
	return open(namedServer(options, process.env, remote) ?? defaultServer(), options, io);
}
/**
* The app that is meant, where it runs. A server that is named, by an option, the environment or a git remote `gantry`,
* comes first; else a config that says `engine: ecs` means that there is none, and this process does the work.
*
* @throws ConfigError when the config of the checkout is needed and wrong
*/
async function connectToApp(options, io = {}) {
	const remote = await urlOfRemote(options.dir) ?? "";
	const [app, named] = [appOfUrl(remote), namedServer(options, process.env, remote)];
	const config = named !== null || app !== null ? null : await readEngineConfig(options);
	if (config !== null) return connectToEngine(config, options);
	const server = named ?? defaultServer();
	return connectToServer(await open(server, options, io), options, (server.kind === "remote" ? server.app : null) ?? app);
}
async function open(server, { dir = ".", verbose }, { ask = process.stdin.isTTY && process.stderr.isTTY }) {
	const endpoint = await endpointOf(server, {
		folder: dir,
		ask
	});
	if (verbose) {
		const where = endpoint.kind === "home" ? `the server of ${endpoint.home} (${server.why})` : `${endpoint.name}; the token is from ${endpoint.tokenSource}`;
		note(`       Speaks to ${where}`);
	}
	return new Client(endpoint, () => note(" !     the connection to the server broke: trying again"));
}
async function connectToEngine(config, { dir, verbose }) {
	if (verbose) note("       Speaks to AWS (engine: ecs in gantry.yml)");
	const [{ EngineControl }, { engine, ...remote }] = await Promise.all([import("./engine-control.js"), openEngine(config)]);
	const { name, environment } = config;
	return new EngineControl({
		engine,
		remote,
		app: {
			name,
			environment
		},
		folder: dir,
		clock: systemClock
	});
}
async function connectToServer(client, options, named) {
	const app = options.app || named || await onlyApp(client);
	if (options.environment) await checkEnvironment(client, app, options.environment);
	return new ServerControl(client, app, options.dir);
}
/** An app of a server has one environment, and it is not for a command to choose it. */
async function checkEnvironment(client, app, wanted) {
	const { environment } = await client.get(path$1`/apps/${app}`);
	if (wanted === environment) return;
	throw new UserError(`${app} has no environment ${wanted} on this server, only ${environment}`, { hint: `leave --environment out, or change what it is: gantry app set ${app} environment=${wanted}` });
}
async function onlyApp(client) {
	const [only, ...others] = (await client.list(path$1`/apps`)).map(({ name }) => name);
	if (only === void 0) throw new UserError("the server has no apps yet", { hint: "make one: gantry app create NAME" });
	if (others.length === 0) return only;
	throw new UserError(`which app? There are ${[only, ...others].join(", ")}`, { hint: "name it with --app NAME or GANTRY_APP, or run this in a checkout that has a git remote `gantry`" });
}
export { withQuery as i, connectToApp as n, path$1 as r, connect as t };
