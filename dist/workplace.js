import { c as messageOf, s as UserError } from "./errors.js";
import { t as argv } from "./command.js";
import { t as isoNow } from "./clock.js";
import { t as instanceCount } from "./spec.js";
import { t as createRedactor } from "./redact.js";
import { n as dockerEnvironment } from "./docker.js";
import { a as killContainer, i as execInContainer, n as containerName, s as sweepContainers, t as containerArgv } from "./container.js";
import { spawn } from "node:child_process";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { chmodSync, closeSync, constants, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, read, readFileSync, readSync, readdirSync, renameSync, rmSync, rmdirSync, statSync, writeFileSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { get } from "node:http";
import { connect, createServer as createServer$1 } from "node:net";
import { createHash, randomBytes } from "node:crypto";
import { chmod, chown, mkdir, stat } from "node:fs/promises";
import { setImmediate, setTimeout as setTimeout$1 } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";
// src/engine/local/identity.ts
function bootId() {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
	} catch {
		return "unknown";
	}
}
function identify(pid) {
	return {
		pid,
		start_time: startTime(pid) ?? "unknown",
		boot_id: bootId()
	};
}
function isAlive(identity) {
	return identity.start_time !== "unknown" && identity.boot_id === bootId() && startTime(identity.pid) === identity.start_time;
}
/** Null when there is no such process, or it is a zombie: that one has ended. */
function startTime(pid) {
	const stat = statOf(pid);
	return stat === null || stat.state === "Z" || stat.state === "X" ? null : stat.startTime;
}
function statOf(pid) {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "latin1");
		const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
		return {
			state: fields[0] ?? "",
			group: Number(fields[2]),
			startTime: fields[19] ?? ""
		};
	} catch {
		return null;
	}
}
/** All processes that carry one of these values as GANTRY_INSTANCE, or whose group one of these pids leads. */
function findMembers(secrets, groups) {
	const found = [];
	for (const pid of allPids()) {
		if (pid === process.pid) continue;
		const stat = statOf(pid);
		if (stat === null || stat.state === "Z") continue;
		const secret = instanceSecret(pid);
		if (groups.has(stat.group) || secret !== null && secrets.has(secret)) found.push(pid);
	}
	return found;
}
/** All live processes of these users. */
function findOwned(uids) {
	if (uids.size === 0) return [];
	return allPids().filter((pid) => {
		const uid = realUser(pid);
		return uid !== null && uids.has(uid) && statOf(pid)?.state !== "Z";
	});
}
function realUser(pid) {
	try {
		const uid = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
		return uid === void 0 ? null : Number(uid);
	} catch {
		return null;
	}
}
function allPids() {
	try {
		return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
	} catch {
		return [];
	}
}
function instanceSecret(pid) {
	try {
		const entry = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").find((each) => each.startsWith("GANTRY_INSTANCE="));
		return entry === void 0 ? null : entry.slice(16);
	} catch {
		return null;
	}
}
// src/engine/local/line-splitter.ts
/** Bytes of UTF-8 in one line of output; what is longer goes on in the next line. */
const LONGEST_LINE = 16384;
const ESC = "\x1B";
const SEQUENCES = [
	`${ESC}\\[[0-?]*[ -/]*[@-~]`,
	`${ESC}\\][^\\u0007${ESC}]*(?:\\u0007|${ESC}\\\\)`,
	`${ESC}[PX^_][^${ESC}]*${ESC}\\\\`,
	`${ESC}[ -/]*[0-~]?`
];
const CONTROLS = "[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f]";
const UNPRINTABLE = new RegExp([...SEQUENCES, CONTROLS].join("|"), "g");
const COLOUR = new RegExp(`^${ESC}\\[[\\d;:]*m$`);
/**
* Makes lines of the output of a process as it comes in chunks: UTF-8 whatever the chunks cut apart, with invalid
* bytes replaced; of a progress bar that rewrites its line, the last state; colours kept and all else that steers a
* terminal removed; never longer than LONGEST_LINE.
*/
var LineSplitter = class {
	#onLine;
	#decoder = new TextDecoder("utf-8", { ignoreBOM: true });
	#pending = "";
	constructor(onLine) {
		this.#onLine = onLine;
	}
	write(chunk) {
		this.#take(this.#decoder.decode(chunk, { stream: true }));
	}
	/** Delivers a last line that has no newline. */
	end() {
		this.#take(this.#decoder.decode());
		if (this.#pending !== "") this.#deliver(this.#pending);
		this.#pending = "";
	}
	#take(text) {
		const lines = (this.#pending + text).split("\n");
		const unfinished = lines.pop();
		for (const line of lines) this.#deliver(line);
		const pieces = cut(lastState(unfinished) + (unfinished.endsWith("\r") ? "\r" : ""));
		this.#pending = pieces.pop();
		for (const piece of pieces) this.#onLine(printable(piece));
	}
	#deliver(line) {
		for (const piece of cut(lastState(line))) this.#onLine(printable(piece));
	}
};
/** What a terminal shows of a line that rewrites itself; returns at its end rewrite nothing yet. */
function lastState(line) {
	let end = line.length;
	while (line[end - 1] === "\r") end--;
	return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
}
function cut(line) {
	const pieces = [];
	let rest = line;
	while (rest.length * 3 > LONGEST_LINE) {
		const { read } = new TextEncoder().encodeInto(rest, new Uint8Array(LONGEST_LINE));
		if (read === rest.length) break;
		pieces.push(rest.slice(0, read));
		rest = rest.slice(read);
	}
	return [...pieces, rest];
}
function printable(text) {
	return text.replace(UNPRINTABLE, (found) => COLOUR.test(found) ? found : "");
}
// src/engine/local/child.ts
/** Bytes of output between two turns of everything else: a slice may hold as many lines. */
const SLICE = 4096;
const GATE = "umask 022; read -r _ <&3 || exit 125; exec 3<&-; exec \"$@\"";
/** One child in its own process group. Starts at once; `exited` never rejects. */
var Child = class {
	name;
	pid;
	started = Date.now();
	exited;
	exit = null;
	#secret = randomBytes(16).toString("hex");
	#options;
	#stopUntil = 0;
	constructor(options) {
		this.name = options.name;
		this.#options = options;
		const child = spawn("/bin/sh", [
			"-c",
			GATE,
			"gantry",
			...options.argv
		], {
			cwd: options.cwd,
			env: {
				...options.env,
				GANTRY_INSTANCE: this.#secret
			},
			detached: true,
			stdio: [
				"ignore",
				"pipe",
				"pipe",
				"pipe"
			],
			...options.user
		});
		this.pid = child.pid ?? -1;
		this.exited = this.#watch(child);
		if (child.pid === void 0) return;
		try {
			options.children.add(this.#secret, options.name, child.pid);
		} catch (error) {
			child.kill("SIGKILL");
			throw error;
		}
		options.cgroup?.add(child.pid);
		const gate = child.stdio[3];
		gate.on("error", () => {});
		gate.end("go\n");
	}
	async #watch(child) {
		const flushed = Promise.all([this.#lines(child, "out"), this.#lines(child, "err")]);
		const ended = await new Promise((resolve) => {
			child.once("error", (error) => {
				this.#options.onLine("err", `cannot start: ${error.message}`);
				resolve({
					code: 127,
					signal: null
				});
			});
			child.once("exit", (code, signal) => resolve({
				code,
				signal
			}));
		});
		while (Date.now() < this.#stopUntil && this.#groupIsAlive()) await setTimeout$1(50);
		await this.#endRest();
		const exit = {
			...ended,
			outOfMemory: this.#options.cgroup?.oomKilled() ?? false
		};
		this.exit = exit;
		await Promise.race([flushed, setTimeout$1(500)]);
		child.stdout?.destroy();
		child.stderr?.destroy();
		try {
			this.#options.children.remove(this.#secret);
		} catch {}
		await this.#options.cgroup?.remove();
		return exit;
	}
	async #lines(child, stream) {
		const source = stream === "out" ? child.stdout : child.stderr;
		if (source === null) return;
		const splitter = new LineSplitter((text) => this.#options.onLine(stream, text));
		try {
			for await (const chunk of source) for (let at = 0; at < chunk.length; at += SLICE) {
				splitter.write(chunk.subarray(at, at + SLICE));
				await setImmediate();
			}
		} catch {}
		splitter.end();
	}
	/** What outlives its leader has nobody to stop it later: the group, the cgroup, and what carries the secret. */
	async #endRest() {
		await this.#options.onKill?.();
		await this.#options.cgroup?.kill();
		this.#signalGroup("SIGKILL");
		for (const pid of findMembers(/* @__PURE__ */ new Set([this.#secret]), /* @__PURE__ */ new Set())) signalPid(pid, "SIGKILL");
	}
	/** SIGTERM to the group; SIGKILL when any of it is left after so many seconds. Resolves when it has ended. */
	async stop(seconds) {
		if (this.exit !== null) return this.exited;
		this.#stopUntil = Date.now() + seconds * 1e3;
		this.#signalGroup("SIGTERM");
		const timer = setTimeout(() => this.kill(), seconds * 1e3);
		const exit = await this.exited;
		clearTimeout(timer);
		return exit;
	}
	/** SIGKILL to all of it, now. */
	kill() {
		this.#options.onKill?.();
		this.#signalGroup("SIGKILL");
	}
	#groupIsAlive() {
		try {
			return process.kill(-this.pid, 0) && findMembers(/* @__PURE__ */ new Set(), /* @__PURE__ */ new Set([this.pid])).length > 0;
		} catch {
			return false;
		}
	}
	#signalGroup(signal) {
		if (this.pid > 0) signalPid(-this.pid, signal);
	}
};
function signalPid(pid, signal) {
	try {
		process.kill(pid, signal);
	} catch {}
}
function showExit(exit) {
	if (exit.outOfMemory) return "out of memory";
	return exit.signal === null ? `exit ${exit.code ?? "unknown"}` : `signal ${exit.signal}`;
}
// src/engine/local/health-command.ts
/** How long to wait for output that a command leaves to others when it ends, in ms. */
const REST_OF_OUTPUT = 100;
/** Resolves on exit 0; rejects with the exit and the last line of output. The signal kills all that it started. */
async function probeCommand(command, surroundings, signal) {
	const [file, ...args] = argv(command);
	const child = spawn(file ?? "", args, {
		cwd: surroundings.cwd,
		env: surroundings.env,
		...surroundings.user,
		detached: true,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		]
	});
	let last = "";
	const flushed = Promise.all([child.stdout, child.stderr].map(async (output) => {
		const splitter = new LineSplitter((line) => {
			if (line.trim() !== "") last = line.trim();
		});
		output.on("data", (chunk) => splitter.write(chunk));
		await new Promise((resolve) => output.once("close", resolve));
		splitter.end();
	}));
	const killGroup = () => kill(child.pid);
	signal.addEventListener("abort", killGroup);
	if (signal.aborted) killGroup();
	try {
		const exit = await new Promise((resolve, reject) => {
			child.once("error", (error) => reject(/* @__PURE__ */ new Error(`cannot start the command: ${error.message}`)));
			child.once("exit", (code, name) => resolve(code === null ? `signal ${name}` : `exit ${code}`));
		});
		signal.throwIfAborted();
		if (exit === "exit 0") return;
		await Promise.race([flushed, setTimeout$1(REST_OF_OUTPUT)]);
		throw new Error(last === "" ? exit : `${exit}: ${last}`);
	} finally {
		signal.removeEventListener("abort", killGroup);
		killGroup();
		child.stdout.destroy();
		child.stderr.destroy();
	}
}
function kill(group) {
	if (group === void 0) return;
	try {
		process.kill(-group, "SIGKILL");
	} catch {}
}
// src/engine/local/loopback.ts
/**
* How to connect to a port of this machine, whichever of IPv4 and IPv6 the process there listens on. The addresses are
* given here because /etc/hosts often names only one of them.
*/
function loopback(port) {
	return {
		host: "localhost",
		port,
		lookup,
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: 6e4
	};
}
/** A connection to a port of this machine. The signal ends the attempt, and does nothing once it has succeeded. */
function dial(port, signal) {
	return new Promise((resolve, reject) => {
		const socket = connect(loopback(port));
		const abort = () => void socket.destroy(signal.reason);
		signal.addEventListener("abort", abort);
		if (signal.aborted) abort();
		socket.on("error", (error) => {
			signal.removeEventListener("abort", abort);
			reject(error);
		});
		socket.once("connect", () => {
			signal.removeEventListener("abort", abort);
			if (socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress) socket.destroy(Object.assign(/* @__PURE__ */ new Error("connected to itself"), { code: "ECONNREFUSED" }));
			else resolve(socket);
		});
	});
}
const lookup = (_hostname, _options, callback) => {
	callback(null, [{
		address: "127.0.0.1",
		family: 4
	}, {
		address: "::1",
		family: 6
	}]);
};
// src/engine/local/health-port.ts
/** How long a connection must last, in ms: the port of a container accepts before anything listens in there. */
const STEADY = 50;
/** Resolves when a port of this machine accepts a connection and keeps it. */
async function probePort(port, signal) {
	const socket = await dial(port, signal);
	try {
		await Promise.race([setTimeout$1(STEADY), closed(socket)]);
	} finally {
		socket.destroy();
	}
}
function closed(socket) {
	return new Promise((_resolve, reject) => {
		const fail = () => reject(Object.assign(/* @__PURE__ */ new Error("closed at once"), { code: "ECONNABORTED" }));
		socket.once("end", fail).once("close", fail).resume();
	});
}
/** Resolves on 2xx and 3xx, which are well for load balancers too. A redirect is not followed. */
function probePath(path, port, signal) {
	return new Promise((resolve, reject) => {
		const request = get({
			...loopback(port),
			path,
			signal,
			agent: false,
			headers: { "User-Agent": "gantry-health" }
		});
		request.on("error", reject);
		request.on("response", (response) => {
			const status = response.statusCode ?? 0;
			response.on("error", () => {});
			response.resume();
			if (status >= 200 && status < 400) resolve();
			else reject(/* @__PURE__ */ new Error(`GET ${path} answered ${status}`));
		});
	});
}
/** What went wrong with a port, for people. */
function portFailure(error, port) {
	const code = error?.code;
	if (code === "ECONNREFUSED") return `connection refused on port ${port}`;
	if (code === "ECONNABORTED") return `connection closed at once on port ${port}`;
	if (code === "ECONNRESET") return `connection closed without an answer on port ${port}`;
	if (typeof code === "string" && code.startsWith("HPE_")) return `no HTTP answer on port ${port}`;
	return messageOf(error);
}
// src/engine/local/health.ts
/** How long a port may take to accept, in seconds. */
const ACCEPT_TIMEOUT = 1;
/** One attempt, of `timeout` seconds at most. Never rejects. The reason may quote the process: redact it. */
async function probe(check, target, signal) {
	const timer = AbortSignal.timeout(Math.ceil(check.timeout * 1e3));
	try {
		await attempt(check, target, AbortSignal.any([signal, timer]));
		return { ok: true };
	} catch (error) {
		if (signal.aborted) return {
			ok: false,
			reason: "cancelled"
		};
		if (timer.aborted) return {
			ok: false,
			reason: `no answer within ${check.timeout} s`
		};
		return {
			ok: false,
			reason: portFailure(error, target.port)
		};
	}
}
async function attempt({ path, command }, target, signal) {
	if (command !== null) return probeCommand(command, target, signal);
	if (target.port === null) throw new Error("the process has no port");
	return path === null ? probePort(target.port, signal) : probePath(path, target.port, signal);
}
/** Whether something on this machine accepts connections on a port. Never rejects. */
async function portAccepts(port, signal) {
	return probePort(port, AbortSignal.any([signal, AbortSignal.timeout(ACCEPT_TIMEOUT * 1e3)])).then(() => true, () => false);
}
/**
* Probes an instance every `interval` from its making until it is stopped. As with Docker, failures in the start
* period do not count, and the start period ends with the first success.
*/
var HealthMonitor = class {
	#options;
	#stopping = new AbortController();
	constructor(options) {
		this.#options = options;
		this.#watch();
	}
	/** Ends a probe that is under way; nothing is called any more. */
	stop() {
		this.#stopping.abort();
	}
	async #watch() {
		const { check, probe, clock, onUnhealthy } = this.#options;
		const { signal } = this.#stopping;
		let countFrom = clock.now() + check.start_period * 1e3;
		let failures = 0;
		while (true) {
			await clock.sleep(check.interval, signal);
			if (signal.aborted) return;
			const result = await probe(signal);
			if (signal.aborted) return;
			if (result.ok) {
				failures = 0;
				countFrom = 0;
			} else if (clock.now() >= countFrom) {
				failures += 1;
				if (failures === check.retries) onUnhealthy(result.reason);
			}
		}
	}
};
// src/engine/local/readiness.ts
/** How long a process without a health check has to listen on its port, in seconds. Heroku's boot time-out. */
const PORT_TIMEOUT = 60;
/** Pauses between looks at a starting instance: soon at first, because most are quick. */
const FIRST_PAUSE = .05;
const LAST_PAUSE = 1;
/**
* True as soon as the instance counts as up, else the reason why it never will: its health check answered, or its port
* accepts, or it has stayed up for `min_up`.
*/
async function becomesUp(rollout, { check, target }, clock, signal) {
	if (check !== null) return poll(Math.min(check.start_period + check.retries * check.interval, rollout.timeout), clock, signal, async () => {
		const result = await probe(check, target, signal);
		return result.ok ? true : `health check failed: ${result.reason}`;
	});
	if (target.port !== null) {
		const port = target.port;
		return poll(Math.min(PORT_TIMEOUT, rollout.timeout), clock, signal, async () => await portAccepts(port, signal) ? true : "nothing listens on $PORT");
	}
	await clock.sleep(rollout.min_up, signal);
	return signal.aborted ? "stopped" : true;
}
async function poll(limit, clock, signal, look) {
	const deadline = clock.now() + limit * 1e3;
	for (let pause = FIRST_PAUSE;; pause = Math.min(pause * 1.5, LAST_PAUSE)) {
		const seen = await look();
		if (seen === true) return true;
		if (signal.aborted) return "stopped";
		if (clock.now() >= deadline) return `${seen} after ${limit} s`;
		await clock.sleep(pause, signal);
	}
}
// src/engine/local/last-lines.ts
/** The end of an output: as much as one wants to read of something that failed. */
var LastLines = class LastLines {
	static MOST = 20;
	#lines = [];
	push(line) {
		this.#lines.push(line);
		if (this.#lines.length > LastLines.MOST) this.#lines.shift();
	}
	clear() {
		this.#lines = [];
	}
	list() {
		return [...this.#lines];
	}
};
// src/engine/local/place.ts
/** Restart back-off in seconds: doubles from the first to the last, begins anew after a life of some length. */
const BACKOFF = {
	first: .5,
	last: 60,
	reset: 30
};
/**
* One of the n places of a process. Keeps an instance in it: starts one, watches it, and starts another with growing
* pauses when it ends or stays unhealthy, until it is stopped.
*/
var Place = class {
	number;
	#work;
	#spec;
	#events;
	#stopping = new AbortController();
	#ended = Promise.resolve();
	#child = null;
	#status;
	#port = null;
	#lines = new LastLines();
	#failuresInARow = 0;
	constructor(number, spec, work, events) {
		this.number = number;
		this.#spec = spec;
		this.#work = work;
		this.#events = events;
		this.#status = this.#newInstance(0, null);
	}
	get status() {
		return { ...this.#status };
	}
	get isUp() {
		return this.#status.state === "up";
	}
	get lastLines() {
		return this.#lines.list();
	}
	get port() {
		return this.#port;
	}
	start() {
		this.#ended = this.#live();
	}
	/** SIGTERM, the stop timeout, SIGKILL. The place stays empty. */
	async stop() {
		this.#set("stopping");
		this.#stopping.abort();
		await this.#child?.stop(this.#spec.stop_timeout);
		await this.#ended;
	}
	async #live() {
		const { clock } = this.#work;
		while (!this.#stopping.signal.aborted) {
			const began = clock.now();
			const exit = await this.#one();
			if (this.#port !== null) this.#work.giveBackPort(this.#port);
			this.#port = null;
			if (exit === null || this.#stopping.signal.aborted) break;
			const lived = (clock.now() - began) / 1e3;
			this.#failuresInARow = lived >= BACKOFF.reset ? 1 : this.#failuresInARow + 1;
			const pause = Math.min(BACKOFF.first * 2 ** (this.#failuresInARow - 1), BACKOFF.last);
			this.#note(`${showExit(exit)}; next start in ${pause} s`);
			this.#set("backing_off");
			await clock.sleep(pause, this.#stopping.signal);
			this.#status = this.#newInstance(this.#status.restarts + 1, this.#status.last_exit);
		}
		this.#set("exited");
	}
	/** The life of one instance; null when the place was stopped before it began. */
	async #one() {
		this.#lines.clear();
		const { id } = this.#status;
		let child;
		try {
			this.#port = await this.#work.takePort(this.#spec);
			if (this.#stopping.signal.aborted) return null;
			child = this.#spawn(id);
		} catch (error) {
			const reason = messageOf(error);
			this.#note(reason);
			this.#events.failed({
				instance: id,
				reason,
				exit_code: null,
				log: []
			});
			return {
				code: null,
				signal: null,
				outOfMemory: false
			};
		}
		const port = this.#port;
		this.#events.started(id);
		const life = new AbortController();
		const signal = AbortSignal.any([life.signal, this.#stopping.signal]);
		const probing = this.#work.probing(this.#spec, {
			name: id,
			place: this.number,
			port
		});
		const answered = await Promise.race([child.exited.then((exit) => `${showExit(exit)} before it was up`), becomesUp(this.#spec.rollout, probing, this.#work.clock, signal)]);
		const up = answered === true && port !== null && !this.#work.ownsPort(port) ? "another user listens on $PORT" : answered;
		let monitor = null;
		if (up === true && child.exit === null) {
			this.#set("up");
			this.#events.up(id, this.#status.address);
			monitor = this.#monitor(child, probing);
		} else if (!this.#stopping.signal.aborted) {
			this.#set("unhealthy");
			const reason = up === true ? "ended at once" : this.#work.redact(up);
			if (child.exit === null) {
				this.#note(reason);
				await child.stop(this.#spec.stop_timeout);
			}
			const exit = await child.exited;
			this.#events.failed({
				instance: id,
				reason,
				exit_code: exit.code,
				log: this.#lines.list()
			});
		}
		const exit = await child.exited;
		life.abort();
		monitor?.stop();
		this.#status.last_exit = showExit(exit);
		this.#events.down(id);
		return exit;
	}
	#spawn(id) {
		const child = this.#work.spawn(this.#spec, {
			name: id,
			place: this.number,
			port: this.#port,
			onLine: (stream, text) => this.#line(stream, text)
		});
		this.#child = child;
		this.#status.pid = child.pid;
		this.#status.address = this.#port === null ? null : `127.0.0.1:${this.#port}`;
		return child;
	}
	#monitor(child, { check, target }) {
		if (check === null) return null;
		return new HealthMonitor({
			check,
			probe: (signal) => probe(check, target, signal),
			clock: this.#work.clock,
			onUnhealthy: (reason) => {
				this.#set("unhealthy");
				this.#note(`unhealthy: ${reason}; replacing it`);
				this.#events.down(this.#status.id);
				child.stop(this.#spec.stop_timeout);
			}
		});
	}
	#newInstance(restarts, lastExit) {
		return {
			id: `${this.#spec.name}.${this.number}-${randomBytes(3).toString("hex")}`,
			state: "starting",
			since: isoNow(this.#work.clock),
			pid: null,
			address: null,
			image: this.#work.imageName,
			restarts,
			last_exit: lastExit
		};
	}
	#set(state) {
		if (this.#status.state !== "stopping" || state === "exited") this.#status.state = state;
	}
	#line(stream, text) {
		const clean = this.#work.log(this.#spec.name, this.#status.id, stream, text);
		this.#lines.push(clean);
	}
	#note(text) {
		const { id } = this.#status;
		this.#events.noted(id, this.#work.log(this.#spec.name, id, "gantry", text));
	}
};
// src/engine/local/generation.ts
/** All instances of one spec of a process. A rolling update goes from one generation to the next. */
var Generation = class {
	work;
	spec;
	#tell;
	#places = [];
	#report = () => {};
	#onFailure = () => {};
	#onUp = () => {};
	constructor(spec, work, tell) {
		this.spec = spec;
		this.work = work;
		this.#tell = tell;
	}
	instances() {
		return this.#places.map((place) => place.status);
	}
	/** What the instances that are not up have written last. */
	lastLines() {
		return this.#places.filter((place) => !place.isUp).flatMap((place) => place.lastLines);
	}
	upstreams() {
		return this.#places.flatMap((place) => place.isUp && place.port !== null ? [{
			instance: place.status.id,
			host: "localhost",
			port: place.port
		}] : []);
	}
	/** Starts what is missing. Use `steady` to wait for it. */
	grow() {
		for (let number = this.#places.length + 1; number <= instanceCount(this.spec); number += 1) {
			const place = new Place(number, this.spec, this.work, {
				started: (instance) => {
					this.#report({
						type: "instance.started",
						process: this.spec.name,
						instance
					});
					this.#tell.happened(`${instance} started`);
				},
				up: (instance, address) => {
					this.#report({
						type: "instance.up",
						process: this.spec.name,
						instance,
						address
					});
					this.#tell.happened(`${instance} is up`);
					this.#tell.changed();
					this.#onUp();
				},
				down: () => this.#tell.changed(),
				noted: (instance, text) => this.#tell.happened(`${instance}: ${text}`),
				failed: (failure) => this.#onFailure(failure)
			});
			this.#places.push(place);
			place.start();
		}
	}
	/** Takes away the last places, so that the first ones keep their instances. */
	async shrink() {
		const gone = this.#places.splice(instanceCount(this.spec));
		this.#tell.changed();
		await this.#end(gone);
	}
	/** Null once all instances are up, or the first failure of one that never was. */
	async steady(signal, report) {
		this.#report = report;
		try {
			return await new Promise((resolve) => {
				const look = () => {
					if (this.#places.every((place) => place.isUp)) resolve(null);
				};
				this.#onUp = look;
				this.#onFailure = (failure) => {
					report({
						type: "instance.failed",
						process: this.spec.name,
						instance: failure.instance,
						reason: failure.reason
					});
					resolve(failure);
				};
				signal.addEventListener("abort", () => resolve("aborted"), { once: true });
				if (signal.aborted) resolve("aborted");
				look();
			});
		} finally {
			this.#report = () => {};
			this.#onUp = () => {};
			this.#onFailure = () => {};
		}
	}
	/** Takes all instances out of the traffic, lets them finish their requests, and stops them. */
	async retire(report = () => {}) {
		const gone = this.#places.splice(0);
		this.#tell.changed();
		await this.#end(gone, report);
	}
	async #end(places, report = () => {}) {
		await Promise.all(places.map(async (place) => {
			const { id } = place.status;
			await this.work.drain(id, this.spec.stop_timeout);
			await place.stop();
			this.#tell.happened(`${id} stopped`);
			report({
				type: "instance.stopped",
				process: this.spec.name,
				instance: id
			});
		}));
	}
};
// src/store/schema.ts
/** Each entry takes the database one version further. Never edit one that was released; add another. */
const MIGRATIONS = [
	`
  CREATE TABLE apps (
    name TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    uid INTEGER UNIQUE,
    created_at TEXT NOT NULL
  ) STRICT;

  -- Numbers for user ids. AUTOINCREMENT: what an app has left behind must never belong to another.
  CREATE TABLE uids (number INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL) STRICT;

  CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    app TEXT REFERENCES apps(name) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    used_at TEXT
  ) STRICT;

  CREATE TABLE deployments (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    commit_id TEXT,
    by TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    release INTEGER,
    record TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    PRIMARY KEY (app, number)
  ) STRICT;

  CREATE TABLE deployment_events (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (app, number, seq)
  ) STRICT, WITHOUT ROWID;

  -- A ref that is to move when its deployment has succeeded. Kept until git has done it.
  CREATE TABLE ref_moves (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    ref TEXT NOT NULL,
    old_id TEXT NOT NULL,
    new_id TEXT NOT NULL,
    PRIMARY KEY (app, number)
  ) STRICT;

  CREATE TABLE releases (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    deployment INTEGER NOT NULL,
    by TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (app, number)
  ) STRICT;

  CREATE TABLE task_successes (
    app TEXT NOT NULL,
    task TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (app, task)
  ) STRICT;

  CREATE TABLE processes (
    app TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (app, name)
  ) STRICT;

  CREATE TABLE schedules (
    app TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    PRIMARY KEY (app, name)
  ) STRICT;

  -- Every value under a version of its own: what runs, and what a roll-back brings back, keeps the value it began with.
  -- AUTOINCREMENT, so that a version is never used again.
  CREATE TABLE variables (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    app TEXT NOT NULL,
    name TEXT NOT NULL,
    process TEXT NOT NULL,
    secret INTEGER NOT NULL,
    value TEXT NOT NULL,
    current INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX variables_current ON variables (app, name, process) WHERE current = 1;

  CREATE TABLE images (
    app TEXT NOT NULL,
    digest TEXT NOT NULL,
    key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (app, digest)
  ) STRICT;

  -- Every child that may be alive. A row is written before the child may run its command and deleted when it has ended.
  CREATE TABLE children (
    secret TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start_time TEXT NOT NULL,
    boot_id TEXT NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    app TEXT,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  `,
	`
  -- Runs of tasks, newest last. Active: its program may be running.
  CREATE TABLE task_runs (
    number INTEGER PRIMARY KEY,
    app TEXT NOT NULL,
    id TEXT NOT NULL,
    active INTEGER NOT NULL,
    run TEXT NOT NULL,
    UNIQUE (app, id)
  ) STRICT;
  `,
	`
  -- Apps whose output is kept for so many seconds, and no longer.
  CREATE TABLE log_retentions (app TEXT PRIMARY KEY, seconds REAL NOT NULL) STRICT;
  `
];
// src/store/database.ts
/**
* The one SQLite file of a home. It is opened for one server alone: a second one on the same home is refused, because
* both would start, stop and restart the same processes.
*/
var Database = class {
	#db;
	/** `:memory:` for a database that nobody keeps. */
	constructor(path) {
		if (path !== ":memory:" && !existsSync(path)) writeFileSync(path, "", { mode: 384 });
		this.#db = new DatabaseSync(path, { timeout: 200 });
		if (path !== ":memory:") chmodSync(path, 384);
		try {
			this.#db.exec("PRAGMA locking_mode = EXCLUSIVE");
			this.#db.exec("PRAGMA journal_mode = WAL");
			this.#db.exec("PRAGMA synchronous = FULL");
			this.#db.exec("PRAGMA foreign_keys = ON");
			this.#migrate();
		} catch (error) {
			this.#db.close();
			if (error instanceof Error && /locked|busy/.test(error.message)) throw new UserError("another Gantry server uses this home", {
				hint: "stop it first, or give this one another --home",
				cause: error
			});
			throw error;
		}
	}
	#migrate() {
		const version = Number(this.get("PRAGMA user_version")?.["user_version"] ?? 0);
		if (version > MIGRATIONS.length) throw new UserError("this home was written by a newer Gantry", { hint: "start that version, or a newer one" });
		for (const [index, sql] of MIGRATIONS.entries()) {
			if (index < version) continue;
			this.transaction(() => {
				this.#db.exec(sql);
				this.#db.exec(`PRAGMA user_version = ${index + 1}`);
			});
		}
		this.transaction(() => this.#db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`));
	}
	get(sql, ...values) {
		return this.#db.prepare(sql).get(...values);
	}
	all(sql, ...values) {
		return this.#db.prepare(sql).all(...values);
	}
	/** How many rows it changed. */
	run(sql, ...values) {
		return Number(this.#db.prepare(sql).run(...values).changes);
	}
	/** All of it or none. Must not await: SQLite is synchronous here, so nothing else comes in between. */
	transaction(work) {
		this.#db.exec("BEGIN IMMEDIATE");
		try {
			const result = work();
			this.#db.exec("COMMIT");
			return result;
		} catch (error) {
			try {
				this.#db.exec("ROLLBACK");
			} catch {}
			throw error;
		}
	}
	close() {
		this.#db.close();
	}
};
/** Reads a JSON column that Gantry wrote itself. */
function fromJson(value) {
	return JSON.parse(String(value));
}
// src/engine/local/cgroup-folder.ts
/** How long processes may take to end once they have been killed, in ms; one in a system call may take its time. */
const KILL_TIMEOUT = 1e4;
const PAUSE = 5;
/** Throws when the kernel refuses. */
function writeControl(folder, file, value) {
	const fd = openSync(join(folder, file), constants.O_WRONLY);
	try {
		writeSync(fd, value);
	} finally {
		closeSync(fd);
	}
}
function readControl(folder, file) {
	try {
		return readFileSync(join(folder, file), "utf8");
	} catch {
		return "";
	}
}
function words(text) {
	return text.split(/\s+/).filter((word) => word !== "");
}
/** Makes a group in one that exists. False where that is no group, or may not be changed, or has one of this name. */
function makeGroup(folder) {
	if (!isGroup(dirname(folder))) return false;
	try {
		mkdirSync(folder);
		return true;
	} catch {
		return false;
	}
}
function isGroup(folder) {
	return existsSync(join(folder, "cgroup.procs"));
}
/** Lets the groups in this one have limits. False where the kernel refuses: there are processes in it, for example. */
function enableControllers(folder, controllers) {
	const enabled = words(readControl(folder, "cgroup.subtree_control"));
	if (controllers.every((each) => enabled.includes(each))) return true;
	try {
		writeControl(folder, "cgroup.subtree_control", controllers.map((each) => `+${each}`).join(" "));
		return true;
	} catch {
		return false;
	}
}
/** SIGKILL to all processes in a group and the groups in it. Resolves when they have ended. */
async function killGroup(folder) {
	const deadline = Date.now() + KILL_TIMEOUT;
	const atOnce = killAtOnce(folder);
	while (isPopulated(folder) && Date.now() < deadline) {
		if (!atOnce) for (const pid of pidsIn(folder)) killPid(pid);
		await setTimeout$1(PAUSE);
	}
}
/** Removes a group and the groups in it. One with processes left in it stays, for a later sweep. */
async function removeGroup(folder) {
	for (const child of childrenOf(folder)) await removeGroup(child);
	for (let attempt = 0; attempt < 100; attempt++) try {
		return rmdirSync(folder);
	} catch {
		if (!isGroup(folder) || isPopulated(folder)) return;
		await setTimeout$1(PAUSE);
	}
}
/** The groups in a group. */
function childrenOf(folder) {
	try {
		return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
	} catch {
		return [];
	}
}
/** False before Linux 5.14. */
function killAtOnce(folder) {
	try {
		writeControl(folder, "cgroup.kill", "1");
		return true;
	} catch {
		return false;
	}
}
function isPopulated(folder) {
	return /^populated 1$/m.test(readControl(folder, "cgroup.events"));
}
/** Of the groups in it too. */
function pidsIn(folder) {
	return [...words(readControl(folder, "cgroup.procs")).map(Number), ...childrenOf(folder).flatMap(pidsIn)];
}
function killPid(pid) {
	try {
		process.kill(pid, "SIGKILL");
	} catch {}
}
// src/engine/local/cgroup-mount.ts
/** Where cgroup v2 is, alone or beside v1. Null: nowhere. */
function findCgroupMount() {
	try {
		return parseCgroupMount(readFileSync("/proc/self/mountinfo", "utf8"), readFileSync("/proc/self/cgroup", "utf8"));
	} catch {
		return null;
	}
}
/** Reads what proc_pid_mountinfo(5) and cgroups(7) describe. */
function parseCgroupMount(mountinfo, cgroup) {
	const path = /^0::(\/.*)$/m.exec(cgroup)?.[1];
	const [, , , root, mountPoint] = mountinfo.split("\n").find((each) => each.includes(" - cgroup2 "))?.split(" ") ?? [];
	if (path === void 0 || root === void 0 || mountPoint === void 0) return null;
	const top = unescape(mountPoint);
	const below = root === "/" ? path : path.startsWith(`${unescape(root)}/`) ? path.slice(unescape(root).length) : "/";
	return {
		top,
		own: below.startsWith("/..") ? top : resolve(top + below)
	};
}
/** Spaces and the like are octal in there. */
function unescape(path) {
	return path.replaceAll(/\\(\d{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}
// src/engine/local/cgroup.ts
const CONTROLLERS = ["memory", "cpu"];
/**
* Makes a group of this name for all instances. Uses a subtree that is ours: the server's own group when nothing else
* is in it (a systemd service with `Delegate=yes`, a container), for root otherwise a group at the top, as Docker has.
*/
async function openCgroups({ name, root }) {
	const mount = root === void 0 ? findCgroupMount() : {
		top: root,
		own: root
	};
	if (mount === null) return new Cgroups(null, false);
	const parent = parentFor(mount);
	const folder = join(parent, name);
	if (!isGroup(folder) && !makeGroup(folder)) return new Cgroups(null, false);
	return new Cgroups(folder, enableControllers(parent, CONTROLLERS) && enableControllers(folder, CONTROLLERS));
}
function parentFor({ top, own }) {
	const offered = words(readControl(own, "cgroup.controllers"));
	if (words(readControl(own, "cgroup.procs")).join(",") === String(process.pid) && CONTROLLERS.every((each) => offered.includes(each)) && moveTo(join(own, "gantry-server"))) return own;
	return process.getuid?.() === 0 ? top : own;
}
function moveTo(leaf) {
	try {
		if (!isGroup(leaf) && !makeGroup(leaf)) return false;
		writeControl(leaf, "cgroup.procs", String(process.pid));
		return true;
	} catch {
		return false;
	}
}
var Cgroups = class {
	/** Null: no group can be made. */
	#folder;
	/** Whether memory and cpu can be limited; else groups are still good to end all of an instance. */
	limits;
	constructor(folder, limits) {
		this.#folder = folder;
		this.limits = limits;
	}
	get available() {
		return this.#folder !== null;
	}
	/** A group with these limits, where they can be. Null when it cannot be made. */
	create(instance, limits) {
		if (this.#folder === null || !this.#make(this.#folder)) return null;
		const folder = join(this.#folder, instance);
		if (!makeGroup(folder)) return null;
		try {
			if (limits !== null && this.limits) setLimits(folder, limits);
		} catch {
			rmdirSync(folder);
			return null;
		}
		return handleOf(folder);
	}
	/** Ends and removes whatever is left in the group, and the group itself until an instance needs it again. */
	async sweep() {
		if (this.#folder === null) return;
		await killGroup(this.#folder);
		await removeGroup(this.#folder);
	}
	#make(folder) {
		if (isGroup(folder)) return true;
		return makeGroup(folder) && (!this.limits || enableControllers(folder, CONTROLLERS));
	}
};
const CPU_PERIOD = 1e5;
function setLimits(folder, { memory, cpu }) {
	writeControl(folder, "memory.max", String(memory * 1024 * 1024));
	writeControl(folder, "memory.oom.group", "1");
	writeControl(folder, "cpu.max", `${Math.max(1e3, Math.round(cpu / 1024 * CPU_PERIOD))} ${CPU_PERIOD}`);
	if (readControl(folder, "memory.swap.max") !== "") writeControl(folder, "memory.swap.max", "0");
}
function handleOf(folder) {
	let killedForMemory = false;
	const oomKilled = () => {
		killedForMemory ||= /^oom_kill [1-9]/m.test(readControl(folder, "memory.events"));
		return killedForMemory;
	};
	return {
		oomKilled,
		add: (pid) => {
			try {
				writeControl(folder, "cgroup.procs", String(pid));
				return true;
			} catch {
				return false;
			}
		},
		kill: () => killGroup(folder),
		remove: async () => {
			oomKilled();
			await removeGroup(folder);
		}
	};
}
// src/engine/local/children.ts
/** How long what a crashed server left behind gets to end by itself. */
const GRACE_MS = 5e3;
/** The record of every child that may be alive, so that the next server finds what this one leaves behind. */
var Children = class {
	#db;
	constructor(db) {
		this.#db = db;
	}
	add(secret, name, pid) {
		const identity = identify(pid);
		this.#db.run("INSERT INTO children (secret, name, pid, start_time, boot_id) VALUES (?, ?, ?, ?, ?)", secret, name, pid, identity.start_time, identity.boot_id);
	}
	remove(secret) {
		this.#db.run("DELETE FROM children WHERE secret = ?", secret);
	}
	/**
	* Ends what an earlier server left running: its children that are provably the recorded ones, their groups, and
	* whatever carries their secret. A stranger that got a recorded pid is left alone. Returns the names of the leaders.
	*/
	async sweep() {
		const rows = this.#db.all("SELECT * FROM children");
		const secrets = new Set(rows.map((row) => String(row["secret"])));
		const leaders = rows.filter((row) => isAlive({
			pid: Number(row["pid"]),
			start_time: String(row["start_time"]),
			boot_id: String(row["boot_id"])
		}));
		const groups = new Set(leaders.map((row) => Number(row["pid"])));
		const known = /* @__PURE__ */ new Map();
		const deadline = Date.now() + GRACE_MS;
		while (rows.length > 0) {
			for (const pid of findMembers(secrets, groups)) if (!known.has(pid)) known.set(pid, begin(pid));
			const left = [...known.values()].filter(isAlive);
			if (left.length === 0) break;
			if (Date.now() > deadline) for (const each of left) signal(each.pid, "SIGKILL");
			await setTimeout$1(20);
		}
		this.#db.run("DELETE FROM children");
		return leaders.map((row) => String(row["name"]));
	}
};
function begin(pid) {
	const identity = identify(pid);
	signal(pid, "SIGTERM");
	return identity;
}
function signal(pid, name) {
	try {
		process.kill(pid, name);
	} catch {}
}
// src/engine/local/log-file.ts
/**
* The output of one component, in a file that becomes `.1`, `.2`, … when it is full, or holds as much time as its share
* of what is kept.
*
* Writes are synchronous: a line is with the kernel when `append` returns, so that it outlives a kill of the server,
* and nothing piles up in memory while a disk is full. A line that cannot be written is counted; nothing is thrown.
*/
var LogFile = class {
	#path;
	#options;
	#fd = null;
	#number = 0;
	#size;
	/** When its first line was written, in milliseconds since the epoch. */
	#began;
	#lost = 0;
	#reason = "";
	constructor(path, options) {
		this.#path = path;
		this.#options = options;
		this.#size = sizeOf(path);
		this.#began = this.#size === 0 ? options.now() : firstTime(path, options.now());
	}
	/** Takes one stored line, its newline included. */
	append(line) {
		const notice = this.#lost === 0 ? "" : this.#options.lossNotice(this.#lost, this.#reason);
		try {
			this.#write(Buffer.from(notice + line));
			this.#lost = 0;
		} catch (error) {
			this.#lost += 1;
			this.#reason = messageOf(error);
			this.close();
		}
	}
	get end() {
		return {
			file: this.#number,
			size: this.#size
		};
	}
	/** The number of the oldest file that may exist. */
	get oldest() {
		return this.#number - this.#options.keep;
	}
	/** A descriptor to read a file by its number, whatever it is called by now. Null when there is none. */
	open(number) {
		try {
			return openSync(this.#pathOf(this.#number - number), "r");
		} catch {
			return null;
		}
	}
	/** Deletes the files all of whose lines are older than lines are kept. */
	sweep() {
		try {
			if (this.#isExpired(0)) this.#rotate();
			for (let age = this.#options.keep; age > 0; age--) if (this.#isExpired(age)) rmSync(this.#pathOf(age), { force: true });
		} catch {}
	}
	close() {
		if (this.#fd !== null) closeQuietly(this.#fd);
		this.#fd = null;
	}
	#write(bytes) {
		const { maxBytes, now } = this.#options;
		if (this.#size > 0 && (this.#size + bytes.length > maxBytes || this.#isOld())) {
			this.#rotate();
			this.sweep();
		}
		if (this.#size === 0) this.#began = now();
		this.#fd ??= this.#openForAppend();
		let written = 0;
		try {
			while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
		} catch (error) {
			if (written > 0) ftruncateSync(this.#fd, this.#size);
			throw error;
		}
		this.#size += written;
	}
	#rotate() {
		this.close();
		for (let age = this.#options.keep; age > 0; age--) if (sizeOf(this.#pathOf(age - 1)) > 0) renameSync(this.#pathOf(age - 1), this.#pathOf(age));
		this.#number += 1;
		this.#size = 0;
	}
	/** Whether it would be too long until its last line may go, and the whole file with it. */
	#isOld() {
		const { keep, maxAge, now } = this.#options;
		return now() - this.#began > maxAge() / keep;
	}
	#isExpired(age) {
		const { maxAge, now } = this.#options;
		const written = statSync(this.#pathOf(age), { throwIfNoEntry: false })?.mtimeMs;
		return written !== void 0 && written < now() - maxAge();
	}
	#openForAppend() {
		mkdirSync(dirname(this.#path), {
			recursive: true,
			mode: 448
		});
		const fd = openSync(this.#path, "a+", 384);
		try {
			this.#size = fstatSync(fd).size;
			if (this.#size > 0 && lastByte(fd, this.#size) !== 10) this.#size += writeSync(fd, "\n");
			return fd;
		} catch (error) {
			closeQuietly(fd);
			throw error;
		}
	}
	#pathOf(age) {
		return age === 0 ? this.#path : `${this.#path}.${age}`;
	}
};
/** The time of a file's first line, in milliseconds since the epoch. */
function firstTime(path, otherwise) {
	const stored = Buffer.alloc(24);
	try {
		const fd = openSync(path, "r");
		try {
			readSync(fd, stored, 0, stored.length, 0);
		} finally {
			closeSync(fd);
		}
	} catch {
		return otherwise;
	}
	const time = Date.parse(stored.toString());
	return Number.isNaN(time) ? otherwise : time;
}
function lastByte(fd, size) {
	const byte = Buffer.alloc(1);
	readSync(fd, byte, 0, 1, size - 1);
	return byte[0];
}
function sizeOf(path) {
	try {
		return statSync(path).size;
	} catch {
		return 0;
	}
}
function closeQuietly(fd) {
	try {
		closeSync(fd);
	} catch {}
}
// src/engine/local/log-line.ts
/** How a line is stored: `TIME INSTANCE STREAM TEXT` and a newline. The text must be one line. */
function formatLine(line) {
	return `${line.time} ${line.instance} ${line.stream} ${line.text}\n`;
}
const STORED = /^(\S+) (\S+) (out|err|gantry) (.*)$/s;
/** Null for what is no whole line: a power cut may leave half of one. */
function parseLine(stored) {
	const [, time, instance, stream, text] = STORED.exec(stored) ?? [];
	if (time === void 0 || instance === void 0 || text === void 0) return null;
	return {
		time,
		instance,
		stream,
		text
	};
}
/** What the log says about itself. */
function noteLine(time, text) {
	return {
		time: time.toISOString(),
		instance: "gantry",
		stream: "gantry",
		text
	};
}
// src/engine/local/log-follower.ts
/** How much waits for a reader, in characters; a line counts its text and something for itself. */
const LARGEST_QUEUE = 1048576;
const LINE_COST = 100;
/**
* Lines on their way to one reader. One that is too slow loses lines and is told how many, once it has had what was
* waiting for it.
*/
var LogFollower = class {
	#now;
	#queue = [];
	#size = 0;
	#skipped = 0;
	#closed = false;
	#wake = () => {};
	constructor(now) {
		this.#now = now;
	}
	push(line) {
		if (this.#skipped > 0 || this.#size > LARGEST_QUEUE) {
			this.#skipped += 1;
			return;
		}
		this.#queue.push(line);
		this.#size += costOf(line);
		this.#wake();
	}
	/** Ends the lines when those that wait are delivered. */
	close() {
		this.#closed = true;
		this.#wake();
	}
	async *lines(signal) {
		const wake = () => this.#wake();
		signal.addEventListener("abort", wake);
		try {
			while (!signal.aborted) {
				const batch = this.#queue.splice(0);
				for (const line of batch) {
					this.#size -= costOf(line);
					yield line;
					if (signal.aborted) return;
				}
				if (this.#queue.length > 0) continue;
				if (this.#skipped > 0) yield this.#notice();
				else if (this.#closed) return;
				else await new Promise((resolve) => this.#wake = resolve);
			}
		} finally {
			signal.removeEventListener("abort", wake);
		}
	}
	#notice() {
		const skipped = this.#skipped;
		this.#skipped = 0;
		return noteLine(this.#now(), `${skipped} lines skipped: this reader is too slow; the log has them`);
	}
};
function costOf(line) {
	return line.text.length + LINE_COST;
}
// src/engine/local/log-reader.ts
const CHUNK = 65536;
const readAt = promisify(read);
/** The last lines before a position in each of the files, in the order of their times. */
async function lastLines(files, { count, instance, since = "", before }, signal) {
	const sources = files.map(({ file, end }) => newestFirst(file, end));
	const lines = [];
	try {
		const heads = await Promise.all(sources.map(async (source) => (await source.next()).value));
		while (lines.length < count && !signal.aborted) {
			const newest = indexOfNewest(heads);
			const head = heads[newest];
			if (head === void 0 || head.time < since) break;
			if (isWanted(head, instance, before)) lines.push(head);
			heads[newest] = (await sources[newest].next()).value;
		}
	} finally {
		await Promise.all(sources.map((source) => source.return(void 0)));
	}
	return lines.toReversed();
}
function isWanted(line, instance, before) {
	return (instance === void 0 || line.instance === instance) && (before === void 0 || line.time < before);
}
function indexOfNewest(heads) {
	let found = -1;
	for (const [index, head] of heads.entries()) if (head !== void 0 && (found === -1 || head.time >= heads[found].time)) found = index;
	return found;
}
/** From a position back through the older files, a chunk at a time. */
async function* newestFirst(file, end) {
	for (let number = end.file; number >= file.oldest; number--) {
		const fd = file.open(number);
		if (fd === null) continue;
		try {
			const size = fstatSync(fd).size;
			yield* newestFirstIn(fd, number === end.file ? Math.min(end.size, size) : size);
		} finally {
			closeSync(fd);
		}
	}
	return void 0;
}
async function* newestFirstIn(fd, size) {
	let rest = Buffer.alloc(0);
	for (let end = size; end > 0; end -= Math.min(end, CHUNK)) {
		const start = Math.max(0, end - CHUNK);
		const { bytesRead, buffer } = await readAt(fd, Buffer.alloc(end - start), 0, end - start, start);
		const bytes = Buffer.concat([buffer.subarray(0, bytesRead), rest]);
		const whole = start === 0 ? 0 : bytes.indexOf("\n") + 1 || bytes.length;
		rest = bytes.subarray(0, whole);
		for (const stored of bytes.toString("utf8", whole).split("\n").toReversed()) {
			const line = parseLine(stored);
			if (line !== null) yield line;
		}
	}
}
// src/engine/local/log-store.ts
const MAX_BYTES = 10485760;
const KEEP = 5;
const NAME = "[a-z0-9][a-z0-9.-]*";
const FILE = new RegExp(`^(${NAME})\\.log(?:\\.\\d+)?$`);
/** The output of one app: a folder with a file for each component, rotated by size and by age. */
var LogStore = class {
	#folder;
	#maxBytes;
	#keep;
	#now;
	#retention = null;
	#files = /* @__PURE__ */ new Map();
	#followers = /* @__PURE__ */ new Map();
	#closed = false;
	constructor(folder, options = {}) {
		this.#folder = folder;
		this.#maxBytes = options.maxBytes ?? MAX_BYTES;
		this.#keep = options.keep ?? KEEP;
		this.#now = options.now ?? (() => /* @__PURE__ */ new Date());
		this.setRetention(options.retention ?? null);
	}
	/** For how many seconds lines are kept from now on; null: as long as there is room. What is older is not shown any more. */
	setRetention(seconds) {
		this.#retention = seconds;
		for (const name of seconds === null ? [] : this.names()) this.#file(name).sweep();
	}
	/** Never throws for what is wrong with the disk: lines that cannot be stored are counted, and the log says so later. */
	append(component, line) {
		if (this.#closed) return;
		const file = this.#file(component);
		for (const text of line.text.split(/\r\n|\r|\n/)) {
			const single = {
				...line,
				text
			};
			file.append(formatLine(single));
			for (const [follower, wanted] of this.#followers) {
				if (wanted.component !== null && wanted.component !== component) continue;
				if (wanted.instance === void 0 || wanted.instance === line.instance) follower.push(single);
			}
		}
	}
	/** Oldest first. With `follow` it goes on, without gap or repetition, until the signal fires or the store is closed. */
	async *read(query) {
		const { component, lines, instance, before, follow, until, signal } = query;
		const since = this.#since(query.since);
		const follower = new LogFollower(this.#now);
		const end = () => follower.close();
		if (follow && before === void 0 && !this.#closed && !until?.aborted) {
			this.#followers.set(follower, query);
			until?.addEventListener("abort", end, { once: true });
		} else end();
		const ends = this.names().filter((name) => component === null || name === component).map((name) => this.#file(name)).map((file) => ({
			file,
			end: file.end
		}));
		try {
			for (const line of await lastLines(ends, {
				count: lines,
				instance,
				since,
				before
			}, signal)) {
				if (signal.aborted) return;
				yield line;
			}
			yield* follower.lines(signal);
		} finally {
			this.#followers.delete(follower);
			until?.removeEventListener("abort", end);
		}
	}
	/** Ends all readers that follow. What is appended later is dropped. */
	async close() {
		this.#closed = true;
		for (const follower of this.#followers.keys()) follower.close();
		for (const file of this.#files.values()) file.close();
	}
	/** Whose output there is, from earlier servers too. */
	names() {
		const stored = listFolder(this.#folder).flatMap((name) => FILE.exec(name)?.[1] ?? []);
		return [.../* @__PURE__ */ new Set([...stored, ...this.#files.keys()])];
	}
	/** ISO time of the oldest line that is shown. Files are deleted as a whole: some hold older ones. */
	#since(wanted = "") {
		if (this.#retention === null) return wanted;
		const kept = new Date(Math.max(0, this.#now().getTime() - this.#retention * 1e3)).toISOString();
		return kept > wanted ? kept : wanted;
	}
	#file(component) {
		let file = this.#files.get(component);
		if (file === void 0) {
			if (!new RegExp(`^${NAME}$`).test(component)) throw new Error(`not the name of a component: ${component}`);
			file = new LogFile(join(this.#folder, `${component}.log`), {
				maxBytes: this.#maxBytes,
				keep: this.#keep,
				maxAge: () => (this.#retention ?? Infinity) * 1e3,
				now: () => this.#now().getTime(),
				lossNotice: (lost, reason) => formatLine(noteLine(this.#now(), `${lost} ${lost === 1 ? "line" : "lines"} could not be stored: ${reason}`))
			});
			this.#files.set(component, file);
		}
		return file;
	}
};
function listFolder(folder) {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}
// src/engine/local/host.ts
/** The log store of each app, opened when it is first used. */
var Logs = class {
	#stores = /* @__PURE__ */ new Map();
	#db;
	#paths;
	#clock;
	constructor(db, paths, clock) {
		this.#db = db;
		this.#paths = paths;
		this.#clock = clock;
	}
	of(app) {
		let store = this.#stores.get(app);
		if (store === void 0) {
			store = new LogStore(this.#paths.logs(app), {
				retention: this.#retention(app),
				now: () => new Date(this.#clock.now())
			});
			this.#stores.set(app, store);
		}
		return store;
	}
	/** For how many seconds an app's output is kept; null: as long as there is room. True where that is new. */
	setRetention(app, seconds) {
		const isNew = seconds !== this.#retention(app);
		if (seconds === null) this.#db.run("DELETE FROM log_retentions WHERE app = ?", app);
		else this.#db.run("REPLACE INTO log_retentions (app, seconds) VALUES (?, ?)", app, seconds);
		this.of(app).setRetention(seconds);
		return isNew;
	}
	#retention(app) {
		const row = this.#db.get("SELECT seconds FROM log_retentions WHERE app = ?", app);
		return row === void 0 ? null : Number(row["seconds"]);
	}
	async close(app) {
		for (const [name, store] of this.#stores) {
			if (app !== void 0 && name !== app) continue;
			this.#stores.delete(name);
			await store.close();
		}
	}
};
/** Writes lines of an app's instances without the secrets that are known now, and returns what it wrote. */
function logWriter(host, app) {
	const redact = createRedactor(host.variables.secretValues(app.name));
	const store = host.logs.of(app.name);
	return (component, instance, stream, text) => {
		const line = redact(text);
		store.append(component, {
			time: isoNow(host.clock),
			instance,
			stream,
			text: line
		});
		return line;
	};
}
// src/engine/local/paths.ts
/** The layout of a home. Everything that Gantry keeps on this machine is below it. */
var Paths = class {
	home;
	constructor(home) {
		this.home = home;
	}
	get database() {
		return join(this.home, "gantry.db");
	}
	/** Unix sockets: what the command line and the git hooks talk to. */
	get controlSocket() {
		return join(this.home, "control.sock");
	}
	get hookSocket() {
		return join(this.home, "hook.sock");
	}
	repository(app) {
		return join(this.home, "repositories", `${app}.git`);
	}
	app(app) {
		return join(this.home, "apps", app);
	}
	images(app) {
		return join(this.app(app), "images");
	}
	image(app, digest) {
		return join(this.images(app), digest);
	}
	/** $HOME of the app's processes: private, kept across deploys. */
	appHome(app) {
		return join(this.app(app), "home");
	}
	/** $TMPDIR of the app's processes. */
	appTmp(app) {
		return join(this.app(app), "tmp");
	}
	logs(app) {
		return join(this.app(app), "logs");
	}
};
// src/engine/local/proxy/router.ts
/** Which instances answer for which process, and what each of them is doing. */
var Router = class {
	#apps = /* @__PURE__ */ new Map();
	#loads = /* @__PURE__ */ new Map();
	/** From now on exactly these instances get the process's requests. */
	set(app, process, upstreams) {
		this.#route(app, process).upstreams = [...upstreams];
	}
	/** Only what is exposed is reached from outside. */
	expose(app, process, isPublic) {
		this.#route(app, process).public = isPublic;
	}
	remove(app, process) {
		this.#apps.get(app)?.delete(process);
		if (this.#apps.get(app)?.size === 0) this.#apps.delete(app);
	}
	/** The process that the app's own host goes to: `web`, else the first public one by name. Null: none is public. */
	main(app) {
		const names = [...this.#apps.get(app) ?? []].filter(([, route]) => route.public).map(([name]) => name).sort();
		return names.includes("web") ? "web" : names[0] ?? null;
	}
	isPublic(app, process) {
		return this.#apps.get(app)?.get(process)?.public ?? false;
	}
	/** Takes the instance with the least to do, in turn where several have as little. Null: there is none. */
	enter(app, process, except = /* @__PURE__ */ new Set()) {
		const route = this.#apps.get(app)?.get(process);
		if (route === void 0) return null;
		const { upstreams, next } = route;
		let best = null;
		for (let step = 0; step < upstreams.length; step++) {
			const index = (next + step) % upstreams.length;
			const { instance } = upstreams[index];
			if (except.has(instance)) continue;
			if (best === null || this.#busy(instance) < this.#busy(upstreams[best].instance)) best = index;
		}
		if (best === null) return null;
		route.next = best + 1;
		return this.#passage(upstreams[best]);
	}
	/** Requests and streams of an instance that have not ended. */
	inFlight(instance) {
		const { requests, streams } = this.#loads.get(instance) ?? {
			requests: 0,
			streams: 0
		};
		return {
			requests,
			streams
		};
	}
	/**
	* Resolves when no request is under way on an instance, or at the timeout, or when the signal fires. Take it out with
	* `set` first. Streams do not count: they would hold up a rollout for ever, and the app ends them on SIGTERM.
	*/
	async drain(instance, { timeout, signal }) {
		const load = this.#loads.get(instance);
		if (load === void 0 || load.requests === 0 || signal?.aborted) return;
		await new Promise((resolve) => {
			const finish = () => {
				clearTimeout(timer);
				signal?.removeEventListener("abort", finish);
				load.onIdle.delete(finish);
				resolve();
			};
			const timer = setTimeout(finish, timeout);
			signal?.addEventListener("abort", finish);
			load.onIdle.add(finish);
		});
	}
	#passage(upstream) {
		const load = this.#loads.get(upstream.instance) ?? {
			requests: 0,
			streams: 0,
			onIdle: /* @__PURE__ */ new Set()
		};
		this.#loads.set(upstream.instance, load);
		load.requests += 1;
		let counted = "requests";
		const become = (next) => {
			if (counted === null) return;
			load[counted] -= 1;
			if (next !== null) load[next] += 1;
			counted = next;
			if (load.requests === 0) for (const notify of load.onIdle) notify();
			if (load.requests + load.streams === 0) this.#loads.delete(upstream.instance);
		};
		return {
			upstream,
			becomeStream: () => become("streams"),
			end: () => become(null)
		};
	}
	#route(app, process) {
		let routes = this.#apps.get(app);
		if (routes === void 0) this.#apps.set(app, routes = /* @__PURE__ */ new Map());
		let route = routes.get(process);
		if (route === void 0) routes.set(process, route = {
			public: false,
			upstreams: [],
			next: 0
		});
		return route;
	}
	#busy(instance) {
		const { requests, streams } = this.inFlight(instance);
		return requests + streams;
	}
};
// src/engine/local/users.ts
/** Looks at what runs until nothing is left: something that forks can outrun one look. */
async function endUsers(uids) {
	for (let left = findOwned(uids); left.length > 0; left = findOwned(uids)) {
		for (const pid of left) try {
			process.kill(pid, "SIGKILL");
		} catch {}
		await setTimeout$1(10);
	}
}
const FIRST_UID = 19e8;
const UIDS_PER_HOME = 1e4;
const HOMES = 2e4;
/**
* The user id of each app. Only root can give them; with anybody else all apps run as the server's own user, and trust
* each other.
*/
var Users = class {
	isolated;
	#db;
	#paths;
	#base;
	constructor(db, paths, isolated) {
		this.isolated = isolated;
		this.#db = db;
		this.#paths = paths;
		const place = createHash("sha256").update(paths.home).digest().readUInt32BE() % HOMES;
		this.#base = FIRST_UID + place * UIDS_PER_HOME;
	}
	/** Null where apps are not isolated. The id is kept for as long as the app exists. */
	of(app) {
		if (!this.isolated) return null;
		const row = this.#db.get("SELECT uid FROM apps WHERE name = ?", app);
		if (row?.["uid"] != null) return {
			uid: Number(row["uid"]),
			gid: Number(row["uid"])
		};
		const uid = this.#db.transaction(() => {
			this.#db.run("INSERT INTO uids (app) VALUES (?)", app);
			const given = this.#base + Number(this.#db.get("SELECT max(number) AS number FROM uids")?.["number"]);
			this.#db.run("UPDATE apps SET uid = ? WHERE name = ?", given, app);
			return given;
		});
		return {
			uid,
			gid: uid
		};
	}
	/** Ends whatever runs under the app's user, wherever it came from. Its id is Gantry's own, so no stranger is hit. */
	async endAll(app) {
		const user = this.of(app);
		if (user !== null) await endUsers(/* @__PURE__ */ new Set([user.uid]));
	}
	/** The same for all apps: what a server that crashed has left behind. */
	async endEverything() {
		if (!this.isolated) return;
		const rows = this.#db.all("SELECT number FROM uids");
		await endUsers(new Set(rows.map((row) => this.#base + Number(row["number"]))));
	}
	/** Makes the folders of an app, each for whom it is meant. */
	async prepare(app) {
		const user = this.of(app);
		await mkdir(dirname(this.#paths.app(app)), {
			recursive: true,
			mode: 457
		});
		await mkdir(this.#paths.app(app), {
			recursive: true,
			mode: 488
		});
		if (user !== null) await chown(this.#paths.app(app), 0, user.gid);
		await chmod(this.#paths.app(app), 488);
		await mkdir(this.#paths.images(app), {
			recursive: true,
			mode: 493
		});
		await mkdir(this.#paths.logs(app), {
			recursive: true,
			mode: 448
		});
		for (const folder of [this.#paths.appHome(app), this.#paths.appTmp(app)]) {
			await mkdir(folder, {
				recursive: true,
				mode: 448
			});
			if (user !== null) await chown(folder, user.uid, user.gid);
		}
	}
	/** Refuses a home that the apps' users could not enter. */
	async checkReachable() {
		if (!this.isolated) return;
		for (let folder = dirname(this.#paths.home);; folder = dirname(folder)) {
			const { mode } = await stat(folder);
			if ((mode & 1) === 0) throw new UserError(`the home is below ${folder}, which only its owner may enter`, { hint: "started as root, Gantry runs each app under a user of its own, who must reach the home: choose another --home, such as /var/lib/gantry, or start Gantry as an ordinary user" });
			if (folder === dirname(folder)) return;
		}
	}
};
// src/engine/local/variables.ts
/** Filtering shorter values out of a log would make holes in ordinary words. */
const SHORTEST_FILTERED = 8;
/** What people set with `gantry env`. In the home's database, which only the server may read. */
var Variables = class {
	#db;
	constructor(db) {
		this.#db = db;
	}
	list(app) {
		return this.#db.all("SELECT name, process, secret, version FROM variables WHERE app = ? AND current = 1 ORDER BY name, process", app).map((row) => ({
			name: String(row["name"]),
			process: row["process"] === "" ? null : String(row["process"]),
			secret: row["secret"] === 1,
			version: Number(row["version"])
		}));
	}
	/** Name to value, for the versions that a spec names. */
	values(app, versions) {
		return new Map(Object.entries(versions).flatMap(([name, version]) => {
			const row = this.#db.get("SELECT value FROM variables WHERE app = ? AND version = ?", app, version);
			return row === void 0 ? [] : [[name, String(row["value"])]];
		}));
	}
	/** The values that must not be seen in any stream; old ones may still be in use. */
	secretValues(app) {
		return this.#db.all("SELECT value FROM variables WHERE app = ? AND secret = 1", app).map((row) => String(row["value"])).filter((value) => value.length >= SHORTEST_FILTERED);
	}
	set(app, { name, value, process, secret }) {
		const key = [
			app,
			name,
			process ?? ""
		];
		this.#db.transaction(() => {
			const now = this.#db.get(`SELECT value, secret FROM variables WHERE ${CURRENT}`, ...key);
			if (now?.["value"] === value && now["secret"] === Number(secret)) return;
			this.#db.run(`UPDATE variables SET current = 0 WHERE ${CURRENT}`, ...key);
			this.#db.run("INSERT INTO variables (app, name, process, secret, value, current) VALUES (?, ?, ?, ?, ?, 1)", ...key, Number(secret), value);
		});
	}
	unset(app, name, process) {
		return this.#db.run(`UPDATE variables SET current = 0 WHERE ${CURRENT}`, app, name, process ?? "") > 0;
	}
	/** Deletes the values that are neither current nor one of these versions. */
	prune(app, keep) {
		for (const row of this.#db.all("SELECT version FROM variables WHERE app = ? AND current = 0", app)) {
			const version = Number(row["version"]);
			if (!keep.has(version)) this.#db.run("DELETE FROM variables WHERE version = ?", version);
		}
	}
};
const CURRENT = "app = ? AND name = ? AND process = ? AND current = 1";
// src/engine/local/open-host.ts
/**
* Opens a home, made when it does not exist, and ends what a server that crashed has left running in it. Rejects when
* another server uses it.
*/
async function openHost(home, { clock, ports, isolate }) {
	const paths = new Paths(home);
	await mkdir(home, { recursive: true });
	await chmod(home, isolate ? 457 : 448);
	const db = new Database(paths.database);
	try {
		const id = createHash("sha256").update(home).digest("hex").slice(0, 12);
		const users = new Users(db, paths, isolate);
		await users.checkReachable();
		const children = new Children(db);
		const cgroups = await openCgroups({ name: `gantry-${id}` });
		await children.sweep();
		await users.endEverything();
		await cgroups.sweep();
		await sweepContainers(id);
		return {
			id,
			db,
			paths,
			users,
			variables: new Variables(db),
			children,
			cgroups,
			ports,
			router: new Router(),
			logs: new Logs(db, paths, clock),
			clock
		};
	} catch (error) {
		db.close();
		throw error;
	}
}
/** After all children have ended. */
async function closeHost(host) {
	await host.logs.close();
	await host.cgroups.sweep();
	host.db.close();
}
// src/engine/local/ports.ts
const FIRST = 2e4;
const LAST = 29999;
/** Gives each instance a port of its own. */
var Ports = class {
	#taken = /* @__PURE__ */ new Set();
	#first;
	#last;
	#next;
	/** Begins anywhere in its range, so that two servers on one machine seldom try the same port; or at `start`. */
	constructor(first = FIRST, last = LAST, start = first + Math.floor(Math.random() * (last - first))) {
		this.#first = first;
		this.#last = last;
		this.#next = start;
	}
	async take() {
		for (let tries = 0; tries <= this.#last - this.#first; tries += 1) {
			const port = this.#next;
			this.#next = port === this.#last ? this.#first : port + 1;
			if (this.#taken.has(port)) continue;
			this.#taken.add(port);
			const problem = await tryPort(port);
			if (problem === null) return port;
			this.#taken.delete(port);
			if (problem !== "EADDRINUSE" && problem !== "EACCES") throw new Error(`cannot take a port: ${problem}`);
		}
		throw new Error(`no free port between ${this.#first} and ${this.#last}`);
	}
	giveBack(port) {
		this.#taken.delete(port);
	}
};
/** Null when it is free on every address, as a program that binds them all will need it; else the code of the error. */
async function tryPort(port) {
	return new Promise((resolve) => {
		const server = createServer$1();
		server.once("error", ({ code }) => resolve(code ?? "unknown error"));
		server.listen({
			port,
			exclusive: true
		}, () => server.close(() => resolve(null)));
	});
}
// src/engine/local/environment.ts
/**
* The whole environment of an instance: nothing of the server's own is in it but where programs are found and the
* language. Neither commit nor release are named, so that nothing rolls for them alone.
*/
function instanceEnvironment(request) {
	const { app, paths, component, place, port } = request;
	return {
		...baseEnvironment(app, paths),
		DYNO: `${component}.${place}`,
		GANTRY_PROCESS: component,
		...request.spec.env,
		...Object.fromEntries(request.variables),
		...port === null ? {} : { PORT: String(port) }
	};
}
function buildEnvironment(app, paths, args) {
	return {
		...baseEnvironment(app, paths),
		...args
	};
}
function baseEnvironment(app, paths) {
	return {
		PATH: [...programFolders(), dirname(process.execPath)].join(delimiter),
		LANG: process.env["LANG"] ?? "C.UTF-8",
		...process.env["TZ"] === void 0 ? {} : { TZ: process.env["TZ"] },
		HOME: paths.appHome(app.name),
		TMPDIR: paths.appTmp(app.name),
		GANTRY_APP: app.name,
		GANTRY_ENVIRONMENT: app.environment
	};
}
/** Where npm puts the tools of the package that it runs a script of: they are Gantry's, not the app's. */
const OF_NPM = /[/\\](?:node_modules[/\\]\.bin|node-gyp-bin)$/;
/** The server's PATH, as far as an app should see it: without npm's folders, and without those that only root may enter. */
function programFolders() {
	return (process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(delimiter).filter((folder) => isAbsolute(folder) && !OF_NPM.test(folder) && isForAll(folder));
}
function isForAll(folder) {
	if (process.getuid?.() !== 0) return true;
	try {
		for (let each = folder;; each = dirname(each)) {
			if ((statSync(each).mode & 1) === 0) return false;
			if (each === dirname(each)) return true;
		}
	} catch {
		return false;
	}
}
// src/engine/local/listeners.ts
/** proc_net_tcp(5): the state of a socket that listens. */
const LISTEN = "0A";
/** The users that listen on a port of this machine, on whatever address. Empty where /proc does not tell. */
function listenersOn(port) {
	const wanted = port.toString(16).toUpperCase().padStart(4, "0");
	return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => linesOf(file).flatMap((line) => {
		const [, local = "", , state, , , , uid] = line.trim().split(/\s+/);
		return state === LISTEN && local.endsWith(`:${wanted}`) ? [Number(uid)] : [];
	}));
}
function linesOf(file) {
	try {
		return readFileSync(file, "utf8").split("\n").slice(1);
	} catch {
		return [];
	}
}
// src/engine/local/workplace.ts
/**
* Where instances of one component are started: its image, its user, and its variables as they were when this was
* made. An instance that is started again finds the same; a new value reaches the next generation.
*/
var Workplace = class {
	clock;
	imageName;
	log;
	/** Takes the secrets that are known out of a text. */
	redact;
	#host;
	#app;
	#image;
	#component;
	#variables;
	/** Component is how it is called in logs and in its environment: `web`, `task.migrate`. Versions are those of its variables. */
	constructor(host, app, component, image, versions) {
		this.#host = host;
		this.#app = app;
		this.#image = image;
		this.#component = component;
		this.#variables = host.variables.values(app.name, versions);
		this.clock = host.clock;
		this.log = logWriter(host, app);
		this.redact = createRedactor(host.variables.secretValues(app.name));
		this.imageName = image.kind === "folder" ? image.digest : image.reference;
	}
	async takePort(spec) {
		return spec.expose === "none" && spec.port === null ? null : this.#host.ports.take();
	}
	giveBackPort(port) {
		this.#host.ports.giveBack(port);
	}
	spawn(spec, request) {
		const { users, paths, children, cgroups } = this.#host;
		const env = this.#environment(spec, request.place, request.port);
		const common = {
			name: request.name,
			env,
			children,
			onLine: request.onLine
		};
		if (this.#image.kind === "container") {
			const container = containerArgv({
				home: this.#host.id,
				instance: request.name,
				image: this.#image.reference,
				command: spec.command,
				env,
				hostPort: request.port,
				containerPort: spec.port ?? request.port,
				memory: spec.memory,
				cpu: spec.cpu
			});
			return new Child({
				...common,
				argv: container.argv,
				env: container.env,
				cwd: paths.home,
				user: null,
				cgroup: null,
				onKill: () => killContainer(container.name)
			});
		}
		return new Child({
			...common,
			argv: argv(spec.command ?? []),
			cwd: this.#image.folder,
			user: users.of(this.#app.name),
			cgroup: cgroups.create(request.name, {
				memory: spec.memory,
				cpu: spec.cpu
			})
		});
	}
	/** How an instance is probed. A command runs where the instance runs: in its container, or beside it. */
	probing(spec, { name, place, port }) {
		const check = spec.health_check;
		if (this.#image.kind === "folder") return {
			check,
			target: {
				port,
				env: this.#environment(spec, place, port),
				cwd: this.#image.folder,
				user: this.#host.users.of(this.#app.name)
			}
		};
		const target = {
			port,
			env: dockerEnvironment(),
			cwd: this.#host.paths.home,
			user: null
		};
		if (check === null || check.command === null) return {
			check,
			target
		};
		const command = execInContainer(containerName(this.#host.id, name), check.command);
		return {
			check: {
				...check,
				command
			},
			target
		};
	}
	/**
	* Whether it is this app that listens on its port. Apps share the loopback, and one could have taken the port of
	* another to answer for it.
	*/
	ownsPort(port) {
		const user = this.#host.users.of(this.#app.name);
		if (user === null || this.#image.kind === "container") return true;
		return listenersOn(port).every((uid) => uid === user.uid);
	}
	async drain(instance, seconds) {
		await this.#host.router.drain(instance, { timeout: seconds * 1e3 });
	}
	#environment(spec, place, port) {
		return instanceEnvironment({
			app: this.#app,
			paths: this.#host.paths,
			component: this.#component,
			place,
			spec,
			variables: this.#variables,
			port
		});
	}
};
export { openHost as a, Generation as c, Child as d, showExit as f, closeHost as i, LastLines as l, buildEnvironment as n, logWriter as o, Ports as r, fromJson as s, Workplace as t, dial as u };
