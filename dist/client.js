import { i as NotFoundError, n as ConfigError, s as UserError } from "./errors.js";
import { once } from "node:events";
import { join } from "node:path";
import { request } from "node:http";
import { text } from "node:stream/consumers";
// src/cli/sse.ts
/**
* The data of each event in a stream of Server-Sent Events (HTML standard, 9.2). Comments and other fields are passed
* over, and so is an event that the stream's end cuts off.
*/
async function* eventData(chunks) {
	let rest = "";
	let data = [];
	for await (const chunk of chunks) {
		const lines = (rest + chunk).split("\n");
		rest = lines.pop();
		for (const line of lines.map((each) => each.replace(/\r$/, ""))) {
			if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
			if (line !== "" || data.length === 0) continue;
			yield data.join("\n");
			data = [];
		}
	}
}
// src/cli/client.ts
/** macOS allows 104 bytes with the NUL, Linux 108; the system would cut a longer path silently. */
const LONGEST_SOCKET_PATH = 103;
/** The server failed, or went away in the middle: nothing that other input would change. */
var ServerError = class extends UserError {};
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
/** Talks to the server of a home over its Unix socket: whoever may open that is its owner, and needs no token. */
var Client = class {
	#home;
	#socketPath;
	constructor(home) {
		this.#home = home;
		this.#socketPath = join(home, "control.sock");
		if (Buffer.byteLength(this.#socketPath) > LONGEST_SOCKET_PATH) throw new UserError(`the path of the server's socket is too long: ${this.#socketPath}`, { hint: `${LONGEST_SOCKET_PATH} bytes are allowed: choose a shorter --home, or reach it by a symbolic link` });
	}
	get(path) {
		return this.#json("GET", path);
	}
	post(path, body = {}) {
		return this.#json("POST", path, body);
	}
	put(path, body) {
		return this.#json("PUT", path, body);
	}
	patch(path, body) {
		return this.#json("PATCH", path, body);
	}
	delete(path) {
		return this.#json("DELETE", path);
	}
	/** The events of a stream as they come. It ends, without an error, when the signal fires. */
	async *events(method, path, body, signal) {
		try {
			const response = await this.#open(method, path, body ?? void 0, signal);
			for await (const data of eventData(response.setEncoding("utf8"))) yield JSON.parse(data);
		} catch (error) {
			if (signal.aborted) return;
			throw error instanceof UserError ? error : this.#lost(error);
		}
	}
	async #json(method, path, body) {
		const response = await this.#open(method, path, body);
		const content = await text(response).catch((error) => {
			throw this.#lost(error);
		});
		return content === "" ? void 0 : JSON.parse(content);
	}
	async #open(method, path, body, signal) {
		const payload = body === void 0 ? void 0 : JSON.stringify(body);
		const request$1 = request({
			socketPath: this.#socketPath,
			method,
			path,
			headers: payload === void 0 ? {} : {
				"content-type": "application/json",
				"content-length": Buffer.byteLength(payload)
			},
			...signal && { signal }
		});
		request$1.end(payload);
		let response;
		try {
			response = (await once(request$1, "response"))[0];
		} catch (error) {
			throw this.#unreachable(error);
		}
		request$1.on("error", () => {});
		if (response.statusCode < 400) return response;
		throw errorOf(response.statusCode, await text(response).catch(() => ""));
	}
	#unreachable(error) {
		if (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "ECONNREFUSED") return new UserError(`no Gantry server runs for this home: ${this.#home}`, {
			hint: `start one: gantry server --home ${this.#home}`,
			cause: error
		});
		if (error.code === "EACCES" || error.code === "EPERM") return new UserError(`the server of ${this.#home} belongs to another user`, {
			hint: "run this as that user, or name your own with --home or GANTRY_HOME",
			cause: error
		});
		return this.#lost(error);
	}
	#lost(cause) {
		return new ServerError("the connection to the server broke", {
			hint: `is it still running? its log says more; its home is ${this.#home}`,
			cause
		});
	}
};
/** The error that the server had, as if it had been thrown here. */
function errorOf(status, content) {
	const { message, hint, diagnostics } = parseError(content);
	if (diagnostics !== void 0) return new ConfigError(diagnostics);
	const options = { hint: hint ?? void 0 };
	if (status >= 500) return new ServerError(message ?? `the server failed (${status})`, options);
	if (status === 404) return new NotFoundError(message ?? "the server does not know this", options);
	return new UserError(message ?? `the server refused this (${status})`, options);
}
function parseError(content) {
	try {
		return JSON.parse(content).error ?? {};
	} catch {
		return {};
	}
}
export { withQuery as i, ServerError as n, path$1 as r, Client as t };
