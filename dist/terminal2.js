import { i as NotFoundError, s as UserError, t as CancelledError } from "./errors.js";
import { n as SupersededError } from "./ledger.js";
import { n as storedState, r as storedTask, t as storedApp } from "./stored.js";
import { once } from "node:events";
import { spawn } from "node:child_process";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
// src/engine/stored.ts
/** What a deployment was about to change, as an earlier version may have stored it. */
function storedRecord(record) {
	return {
		processes: record.processes.map((each) => ({
			...each,
			before: each.before && storedState(each.before)
		})),
		schedules: record.schedules.map(storedTask)
	};
}
/** A release as an earlier version may have stored it. */
function storedRelease(release) {
	return {
		...release,
		app: storedApp(release.app)
	};
}
// src/engine/queue.ts
/**
* The lock of one app. One deployment holds it, at most one waits: a newer one supersedes the one that waits, because
* what it would deploy is already out of date. Operator's changes are not superseded: each says something of its own.
*/
var Queue = class {
	#holder = null;
	#waiting = [];
	async enter(request) {
		if (request.signal.aborted) throw new CancelledError("cancelled before its turn had come");
		if (this.#holder === null) return this.#give(request.deployment);
		request.onWait(this.#holder);
		if (request.signal.aborted) throw new CancelledError("cancelled while it waited for its turn");
		const newer = this.#waiting.find((each) => each.supersedes && each.deployment > request.deployment);
		if (request.supersedes && newer !== void 0) throw superseded(newer.deployment);
		if (request.supersedes) this.#supersede(request.deployment);
		return new Promise((resolve, reject) => {
			const entry = {
				...request,
				enter: () => resolve(this.#give(request.deployment)),
				fail: reject
			};
			this.#waiting.push(entry);
			request.signal.addEventListener("abort", () => {
				if (this.#take(entry)) reject(new CancelledError("cancelled while it waited for its turn"));
			});
		});
	}
	#supersede(by) {
		for (const entry of this.#waiting.filter((each) => each.supersedes)) {
			this.#take(entry);
			entry.fail(superseded(by));
		}
	}
	#take(entry) {
		const index = this.#waiting.indexOf(entry);
		if (index >= 0) this.#waiting.splice(index, 1);
		return index >= 0;
	}
	#give(deployment) {
		this.#holder = deployment;
		let held = true;
		return {
			signal: new AbortController().signal,
			lost: new AbortController().signal,
			release: async () => {
				if (!held) return;
				held = false;
				this.#holder = null;
				this.#waiting.shift()?.enter();
			}
		};
	}
};
function superseded(by) {
	return new SupersededError(`superseded by deployment #${by}`, { hint: "what was pushed later is deployed instead" });
}
// src/engine/shell.ts
/** What somebody gets who names no command. */
const LOGIN_SHELL = [
	"/bin/sh",
	"-c",
	"if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi"
];
/** Why there is none to run a command in, of those that run. */
function noInstance({ process, instance }, running) {
	if (instance === null) return new UserError(`${process} has no instance that runs`, { hint: "start it with `gantry process start`, or get a fresh one with `gantry run`" });
	return new NotFoundError(`${process} has no instance ${JSON.stringify(instance.slice(0, 80))} that runs`, { hint: running.length === 0 ? "`gantry ps` shows what runs" : `there is ${running.join(", ")}` });
}
// src/engine/terminal/keep-for-reader.ts
/** Node throws away what a process has written when that has ended and nobody listens yet: now somebody does. */
function keepForReader(stream) {
	stream.on("readable", () => {});
}
// src/engine/terminal/write-to.ts
/** Writes and waits until there is room for more. What has been closed takes everything and keeps nothing. */
async function writeTo(stream, bytes) {
	if (!stream.writable || stream.write(bytes)) return;
	const done = new AbortController();
	const { signal } = done;
	await Promise.race([once(stream, "drain", { signal }), once(stream, "close", { signal })]).catch(() => {});
	done.abort();
}
// src/engine/terminal/terminal.ts
/** Beside this file: as a source, or bundled. */
const HOST = join(import.meta.dirname, `terminal-host${extname(import.meta.filename)}`);
/** The longest and the widest that a terminal can say it is (ioctl_tty(2): unsigned short). */
const MOST = 65535;
/** A pseudo-terminal. Whoever opens its path is on the other side of it. */
var Terminal = class Terminal {
	path;
	#host;
	#data;
	#control;
	constructor(host, path) {
		this.#host = host;
		this.path = path;
		[this.#data, this.#control] = socketsOf(host);
		keepForReader(this.#data);
	}
	/** Rejects with a UserError where terminals cannot be had. */
	static async open(size) {
		const { columns, rows } = fitted(size);
		const host = spawn(process.execPath, [
			HOST,
			String(columns),
			String(rows)
		], {
			detached: true,
			env: {},
			stdio: [
				"ignore",
				"ignore",
				"ignore",
				"pipe",
				"pipe"
			]
		});
		const failed = once(host, "error").then(([error]) => ({
			type: "failed",
			message: error.message
		}));
		const answer = await Promise.race([failed, firstAnswer(host)]);
		if (answer.type === "opened") return new Terminal(host, answer.path);
		host.kill("SIGKILL");
		throw noTerminal(answer.message);
	}
	/** What the programs on it write. Ends when it is released and they are gone, or when it is closed. */
	async *output() {
		try {
			yield* this.#data;
		} catch {}
	}
	/** Resolves when there is room for more. */
	async write(bytes) {
		await writeTo(this.#data, bytes);
	}
	resize(size) {
		this.#tell({
			type: "resize",
			...fitted(size)
		});
	}
	/** From here on it ends when nobody has it open any more. */
	release() {
		this.#tell({ type: "release" });
	}
	/** Hangs up: who is on it gets SIGHUP, and what was not read is lost. */
	close() {
		this.#data.destroy();
		this.#control.destroy();
		this.#host.kill("SIGKILL");
	}
	#tell(message) {
		if (this.#control.writable) this.#control.write(`${JSON.stringify(message)}\n`);
	}
};
function socketsOf(host) {
	const sockets = [host.stdio[3], host.stdio[4]];
	for (const socket of sockets) if (socket.listenerCount("error") === 0) socket.on("error", () => {});
	return sockets;
}
async function firstAnswer(host) {
	const [, control] = socketsOf(host);
	for await (const line of createInterface({ input: control })) return JSON.parse(line);
	return {
		type: "failed",
		message: "the process that opens it ended at once"
	};
}
function fitted({ columns, rows }) {
	const fit = (size) => Math.min(Math.max(Math.trunc(size) || 1, 1), MOST);
	return {
		columns: fit(columns),
		rows: fit(rows)
	};
}
function noTerminal(why) {
	const missing = /node-pty/.test(why);
	return new UserError(`cannot open a terminal: ${why.split("\n", 1)[0]}`, { hint: missing ? "Gantry opens terminals with the package @lydell/node-pty: install it beside Gantry with `npm install @lydell/node-pty@1`, for this platform; without a terminal (--no-tty) it works as it is" : "without a terminal (--no-tty) it works as it is" });
}
export { noInstance as a, storedRecord as c, LOGIN_SHELL as i, storedRelease as l, writeTo as n, Queue as o, keepForReader as r, superseded as s, Terminal as t };
