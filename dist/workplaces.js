import { c as messageOf, s as UserError } from "./errors.js";
import { r as startWords, t as argv } from "./command.js";
import { t as isoNow } from "./clock.js";
import { t as sameImage } from "./image.js";
import { n as instanceCount } from "./spec.js";
import { t as containerId } from "./image-users.js";
import { t as MAIN } from "./app2.js";
import { t as createRedactor } from "./redact.js";
import { n as dockerEnvironment, r as execa, t as docker } from "./docker.js";
import { a as execInContainer, c as sweepContainers, n as containerArgv, o as killContainer, r as containerName, t as attachFlags } from "./container.js";
import { spawn } from "node:child_process";
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { accessSync, chmodSync, closeSync, constants, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, read, readFileSync, readSync, readdirSync, renameSync, rmSync, rmdirSync, statSync, writeFileSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { get } from "node:http";
import { chmod, chown, lchown, lstat, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { connect, createServer as createServer$1 } from "node:net";
import { createHash, randomBytes } from "node:crypto";
import { setImmediate, setTimeout as setTimeout$1 } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";
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
/** In which the containers of an instance find the port of one of them: `GANTRY_PORT_PROXY`. */
function portVariable(container) {
	return `GANTRY_PORT_${container.toUpperCase().replaceAll("-", "_")}`;
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
		const { check, probe, clock, onUnhealthy, onRecovered, unhealthy = false } = this.#options;
		const { signal } = this.#stopping;
		let countFrom = clock.now() + check.start_period * 1e3;
		let failures = unhealthy ? check.retries : 0;
		while (true) {
			await clock.sleep(check.interval, signal);
			if (signal.aborted) return;
			const result = await probe(signal);
			if (signal.aborted) return;
			if (result.ok) {
				if (failures >= check.retries) onRecovered?.();
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
	if (check !== null) return becomesHealthy(check, target, {
		clock,
		signal,
		limit: rollout.timeout
	});
	if (target.port !== null) {
		const port = target.port;
		return poll(Math.min(PORT_TIMEOUT, rollout.timeout), clock, signal, async () => await portAccepts(port, signal) ? true : "nothing listens on $PORT");
	}
	await clock.sleep(rollout.min_up, signal);
	return signal.aborted ? "stopped" : true;
}
/**
* True as soon as a check has succeeded, else the reason after so many seconds as a failing one takes to count: or
* after `limit` seconds.
*/
async function becomesHealthy(check, target, { clock, signal, limit = Infinity }) {
	return poll(Math.min(check.start_period + check.retries * check.interval, limit), clock, signal, async () => {
		const result = await probe(check, target, signal);
		return result.ok ? true : `health check failed: ${result.reason}`;
	});
}
/** Says whether an instance is ready, first and whenever that changes. */
async function followReadiness({ check, target }, following) {
	const { clock, signal, onReady, onNotReady } = following;
	if (check === null) return;
	const ready = await becomesHealthy(check, target, {
		clock,
		signal
	});
	if (signal.aborted) return;
	if (ready === true) onReady();
	else onNotReady(ready);
	const monitor = new HealthMonitor({
		check,
		probe: (probing) => probe(check, target, probing),
		clock,
		unhealthy: ready !== true,
		onUnhealthy: onNotReady,
		onRecovered: onReady
	});
	signal.addEventListener("abort", () => monitor.stop(), { once: true });
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
// src/engine/local/crew.ts
/** What one instance is made of: the process itself and the containers beside it, their ports and their folders. */
var Crew = class {
	#options;
	#ports = /* @__PURE__ */ new Map();
	constructor(options) {
		this.#options = options;
	}
	/** Where the process itself listens. */
	get port() {
		return this.#ports.get("main") ?? null;
	}
	/** Before it starts: empties and makes the folders, takes the ports. */
	async prepare() {
		const { spec, work, folders } = this.#options;
		await folders.renew();
		await work.main.makeFolders(folders, spec.mounts);
		for (const { name, container, at } of this.#beside()) {
			await at.makeFolders(folders, container.mounts);
			if (container.port !== null) this.#ports.set(name, await at.takePort());
		}
		if (spec.expose !== "none" || spec.port !== null) this.#ports.set(MAIN, await work.main.takePort());
	}
	/** After it has ended. */
	giveBack() {
		for (const port of this.#ports.values()) this.#options.work.main.giveBackPort(port);
		this.#ports.clear();
	}
	/** @param id of the instance */
	members(id, onLine) {
		const { spec, work } = this.#options;
		const { main } = work;
		const of = this.#requestOf(id, MAIN);
		const left = this.#left();
		return [{
			name: MAIN,
			depends_on: spec.depends_on,
			essential: true,
			stop_timeout: spec.stop_timeout,
			start: () => main.spawn({
				...spec,
				...left
			}, {
				...of,
				onLine: (stream, text) => onLine(MAIN, stream, text)
			}),
			becomesHealthy: (signal) => becomesUp(spec.rollout, main.probing(spec, spec.health_check, of), main.clock, signal)
		}, ...this.#beside().map(({ name, container, at }) => {
			const request = this.#requestOf(id, name);
			const { check, target } = at.probing(container, container.health_check, request);
			const { memory, cpu } = container;
			const size = {
				memory: memory ?? left.memory,
				cpu: cpu ?? left.cpu
			};
			return {
				name,
				depends_on: container.depends_on,
				essential: container.essential,
				stop_timeout: container.stop_timeout,
				start: () => at.spawn({
					...container,
					...size
				}, {
					...request,
					onLine: (stream, text) => onLine(name, stream, text)
				}),
				becomesHealthy: check === null ? null : (signal) => becomesHealthy(check, target, {
					clock: at.clock,
					signal
				})
			};
		})];
	}
	/** Watches all that must go on working. Each of the monitors has to be stopped. */
	watch(id, onUnhealthy) {
		const { spec, work } = this.#options;
		return [{
			name: MAIN,
			at: work.main,
			part: spec
		}, ...this.#beside().filter(({ container }) => container.essential).map(({ name, container, at }) => ({
			name,
			at,
			part: container
		}))].flatMap(({ name, at, part }) => {
			const { check, target } = at.probing(part, part.health_check, this.#requestOf(id, name));
			if (check === null) return [];
			return new HealthMonitor({
				check,
				probe: (signal) => probe(check, target, signal),
				clock: at.clock,
				onUnhealthy: (reason) => onUnhealthy(name, reason)
			});
		});
	}
	/** How the process is asked whether it is to get requests. */
	readiness(id) {
		const { spec, work } = this.#options;
		return work.main.probing(spec, spec.readiness, this.#requestOf(id, MAIN));
	}
	#beside() {
		const { spec, work } = this.#options;
		return Object.entries(spec.containers).map(([name, container]) => ({
			name,
			container,
			at: work.beside.get(name)
		}));
	}
	#requestOf(id, name) {
		const { spec, place, folders } = this.#options;
		const isAlone = Object.keys(spec.containers).length === 0;
		return {
			name: name === "main" ? id : `${id}.${name}`,
			place,
			port: this.#ports.get(name) ?? null,
			folders,
			...!isAlone && {
				network: "host",
				extraEnv: this.#portVariables()
			}
		};
	}
	/** By which the containers of an instance find each other: several instances share this machine, and so its ports. */
	#portVariables() {
		return Object.fromEntries([...this.#ports].map(([name, port]) => [portVariable(name), String(port)]));
	}
	/** What the containers that say nothing may use. */
	#left() {
		const { memory, cpu, containers } = this.#options.spec;
		const said = Object.values(containers);
		return {
			memory: memory - said.reduce((sum, each) => sum + (each.memory ?? 0), 0),
			cpu: cpu - said.reduce((sum, each) => sum + (each.cpu ?? 0), 0)
		};
	}
};
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
// src/engine/local/child.ts
/** Bytes of output between two turns of everything else: a slice may hold as many lines. */
const SLICE = 4096;
const GATE = "umask 022; read -r _ <&3 || exit 125; exec 3<&-; ";
const RUN = `${GATE}exec "$@"`;
const RUN_ON_TERMINAL = `${GATE}terminal=$1; shift; exec "$@" 0<>"$terminal" 1>&0 2>&0`;
/** One child in its own process group. Starts at once; `exited` never rejects. */
var Child = class {
	name;
	pid;
	started = Date.now();
	exited;
	/** Null where it is not attached to pipes. */
	pipes;
	exit = null;
	#secret = randomBytes(16).toString("hex");
	#options;
	#stopUntil = 0;
	constructor(options) {
		this.name = options.name;
		this.#options = options;
		const { attach, argv } = options;
		const terminal = attach?.kind === "terminal";
		const words = terminal ? [
			RUN_ON_TERMINAL,
			"gantry",
			attach.path,
			...argv
		] : [
			RUN,
			"gantry",
			...argv
		];
		const output = terminal ? "ignore" : "pipe";
		const child = spawn("/bin/sh", ["-c", ...words], {
			cwd: options.cwd,
			env: {
				...options.env,
				GANTRY_INSTANCE: this.#secret
			},
			detached: true,
			stdio: [
				attach?.kind === "pipes" ? "pipe" : "ignore",
				output,
				output,
				"pipe"
			],
			...options.user
		});
		this.pid = child.pid ?? -1;
		this.pipes = attach?.kind === "pipes" ? pipesOf(child) : null;
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
		const attached = this.#options.attach !== void 0;
		const flushed = attached ? Promise.resolve() : Promise.all([this.#lines(child, "out"), this.#lines(child, "err")]);
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
		if (!attached) {
			child.stdout?.destroy();
			child.stderr?.destroy();
		}
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
	/** SIGTERM to the group (and SIGHUP to one on a terminal); SIGKILL when any of it is left after so many seconds. Resolves when it has ended. */
	async stop(seconds) {
		if (this.exit !== null) return this.exited;
		this.#stopUntil = Date.now() + seconds * 1e3;
		if (this.#options.attach?.kind === "terminal") this.#signalGroup("SIGHUP");
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
function pipesOf({ stdin, stdout, stderr }) {
	stdin?.on("error", () => {});
	return {
		stdin,
		stdout,
		stderr
	};
}
function signalPid(pid, signal) {
	try {
		process.kill(pid, signal);
	} catch {}
}
function showExit(exit) {
	if (exit.outOfMemory) return "out of memory";
	return exit.signal === null ? `exit ${exit.code ?? "unknown"}` : `signal ${exit.signal}`;
}
// src/engine/local/pod.ts
/**
* All that runs in one instance. Each container starts when what it depends on is as far as it has to be. When an
* essential one ends, or what another one waits for cannot come, all are stopped: those that depend on others before those.
*/
var Pod = class {
	/** Never rejects. */
	exited;
	#states;
	#ending = new AbortController();
	#cause = null;
	constructor(members) {
		this.#states = new Map(members.map((member) => [member.name, newState(member)]));
		this.exited = this.#live();
	}
	/** The process itself; null before it has been started. */
	get main() {
		return this.#states.get("main")?.child ?? null;
	}
	/** Whether it ends, or has ended. */
	get isOver() {
		return this.#ending.signal.aborted;
	}
	/** True as soon as all essential containers have been started and work, else why they never will. */
	async becomesUp() {
		const problems = [...this.#states.values()].filter(({ member }) => member.essential).map(async (state) => {
			if (await state.started.promise === null) return null;
			const healthy = await this.#healthy(state);
			return healthy === true ? null : named(state.member, healthy);
		});
		const answer = await Promise.race([firstProblem(problems), fires(this.#ending.signal)]);
		return answer === "over" || this.isOver ? beforeItWasUp(await this.exited) : answer;
	}
	/** SIGTERM, its stop timeout and SIGKILL for one after the other. */
	async stop() {
		this.#finish(null);
		return this.exited;
	}
	async #live() {
		await Promise.all([...this.#states.values()].map((state) => this.#run(state)));
		const exit = this.main?.exit ?? NEVER_BEGAN;
		return this.#cause ?? {
			...exit,
			reason: showExit(exit)
		};
	}
	async #run(state) {
		const { member, started, ended } = state;
		let exit = null;
		try {
			await this.#mayStart(member);
			if (!this.isOver) {
				state.child = member.start();
				started.resolve(state.child);
				exit = await state.child.exited;
				if (member.essential) this.#finish({
					...exit,
					reason: named(member, showExit(exit))
				});
			}
		} catch (error) {
			this.#finish(error instanceof Unreachable ? error.end : {
				...NEVER_BEGAN,
				reason: messageOf(error)
			});
		}
		started.resolve(null);
		ended.resolve(exit);
	}
	/** Resolves when all that it depends on is as far, or the instance ends. */
	async #mayStart({ depends_on }) {
		const conditions = Object.entries(depends_on).map(async ([name, condition]) => {
			const other = this.#states.get(name);
			if (other !== void 0) await this.#reaches(other, condition);
		});
		await Promise.race([Promise.all(conditions), fires(this.#ending.signal)]);
	}
	/** Rejects with Unreachable when it never will. */
	async #reaches(state, condition) {
		if (await state.started.promise === null || condition === "started") return;
		if (condition === "healthy") {
			const healthy = await this.#healthy(state);
			if (healthy !== true) throw new Unreachable({
				...NEVER_BEGAN,
				reason: named(state.member, healthy)
			});
			return;
		}
		const exit = await state.ended.promise;
		if (condition === "completed" || exit === null || exit.code === 0) return;
		throw new Unreachable({
			...exit,
			reason: named(state.member, showExit(exit))
		});
	}
	#healthy(state) {
		state.healthy ??= state.member.becomesHealthy?.(this.#ending.signal) ?? Promise.resolve(true);
		return state.healthy;
	}
	#finish(cause) {
		if (this.isOver) return;
		this.#cause = cause;
		this.#ending.abort();
		for (const state of this.#states.values()) this.#stop(state);
	}
	async #stop(state) {
		const { name, stop_timeout } = state.member;
		const users = [...this.#states.values()].filter((each) => Object.hasOwn(each.member.depends_on, name));
		await Promise.all(users.map((each) => each.ended.promise));
		await state.child?.stop(stop_timeout);
	}
};
const NEVER_BEGAN = {
	code: null,
	signal: null,
	outOfMemory: false
};
/** What a container waits for will never be. */
var Unreachable = class extends Error {
	end;
	constructor(end) {
		super(end.reason);
		this.end = end;
	}
};
function newState(member) {
	return {
		member,
		child: null,
		started: Promise.withResolvers(),
		ended: Promise.withResolvers(),
		healthy: null
	};
}
function named({ name }, reason) {
	return name === "main" ? reason : `${name}: ${reason}`;
}
/** Whether it was something that ran whose end this was. */
function hasRun({ code, signal, outOfMemory }) {
	return code !== null || signal !== null || outOfMemory;
}
function beforeItWasUp(end) {
	return hasRun(end) ? `${end.reason} before it was up` : end.reason;
}
function fires(signal) {
	return new Promise((resolve) => {
		if (signal.aborted) resolve("over");
		signal.addEventListener("abort", () => resolve("over"), { once: true });
	});
}
/** The first that comes; true when all are done and there was none. */
function firstProblem(problems) {
	return new Promise((resolve) => {
		for (const each of problems) each.then((problem) => problem !== null && resolve(problem));
		Promise.all(problems).then(() => resolve(true));
	});
}
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
	#folders;
	#crew;
	#ended = Promise.resolve();
	#pod = null;
	#status;
	#lines = new LastLines();
	#failuresInARow = 0;
	constructor(number, spec, work, events) {
		this.number = number;
		this.#spec = spec;
		this.#work = work.main;
		this.#events = events;
		this.#folders = work.main.folders(`${spec.name}.${number}-${randomBytes(6).toString("hex")}`);
		this.#crew = new Crew({
			spec,
			work,
			place: number,
			folders: this.#folders
		});
		this.#status = this.#newInstance(0, null);
	}
	get status() {
		return {
			...this.#status,
			pid: this.#main?.pid ?? null
		};
	}
	get isUp() {
		return this.#status.state === "up";
	}
	/** Null between two instances, and before the process itself has been started. */
	get occupant() {
		const { id, state } = this.#status;
		const main = this.#main;
		if (main === null || main.exit !== null || state === "stopping") return null;
		const { exited } = main;
		return {
			id,
			place: this.number,
			port: this.port,
			isUp: this.isUp,
			folders: this.#folders,
			exited
		};
	}
	get lastLines() {
		return this.#lines.list();
	}
	get port() {
		return this.#crew.port;
	}
	/** The process itself, once it has been started in the instance of now. */
	get #main() {
		const main = this.#pod?.main ?? null;
		return main?.name === this.#status.id ? main : null;
	}
	start() {
		this.#ended = this.#live();
	}
	/** SIGTERM, the stop timeout, SIGKILL. The place stays empty. */
	async stop() {
		this.#set("stopping");
		this.#stopping.abort();
		await this.#pod?.stop();
		await this.#ended;
		await this.#folders.remove().catch((error) => this.#note(messageOf(error)));
	}
	async #live() {
		const { clock } = this.#work;
		while (!this.#stopping.signal.aborted) {
			const began = clock.now();
			const end = await this.#one();
			this.#crew.giveBack();
			if (end === null || this.#stopping.signal.aborted) break;
			const lived = (clock.now() - began) / 1e3;
			this.#failuresInARow = lived >= BACKOFF.reset ? 1 : this.#failuresInARow + 1;
			const pause = Math.min(BACKOFF.first * 2 ** (this.#failuresInARow - 1), BACKOFF.last);
			this.#note(`${end.reason}; next start in ${pause} s`);
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
		let pod;
		try {
			await this.#crew.prepare();
			if (this.#stopping.signal.aborted) return null;
			pod = this.#begin(id);
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
				outOfMemory: false,
				reason
			};
		}
		this.#events.started(id);
		const life = new AbortController();
		const answered = await pod.becomesUp();
		const up = answered === true && this.port !== null && !this.#work.ownsPort(this.port) ? "another user listens on $PORT" : answered;
		const isUp = up === true && !pod.isOver;
		let illness = null;
		if (isUp) this.#watch(pod, life.signal, (why) => illness = why);
		else if (!this.#stopping.signal.aborted) await this.#fail(pod, up === true ? "ended at once" : up);
		const end = await pod.exited;
		life.abort();
		this.#status.last_exit = end.reason;
		this.#events.down(id);
		if (isUp && !this.#stopping.signal.aborted) this.#events.lost(id, illness ?? end.reason);
		return end;
	}
	#begin(id) {
		const members = this.#crew.members(id, (container, stream, text) => this.#line(container, stream, text));
		this.#status.address = this.port === null ? null : `127.0.0.1:${this.port}`;
		this.#pod = new Pod(members);
		return this.#pod;
	}
	async #fail(pod, why) {
		this.#set("unhealthy");
		const reason = this.#work.redact(why);
		const isAlive = !pod.isOver;
		if (isAlive) this.#note(reason);
		const end = await pod.stop();
		if (!isAlive && !hasRun(end)) this.#note(reason);
		const failure = {
			instance: this.#status.id,
			reason,
			exit_code: end.code,
			log: this.#lines.list()
		};
		this.#events.failed(failure);
	}
	/** Of one that works: until it does not any more, and whether it is to get requests meanwhile. */
	#watch(pod, over, onIll) {
		const monitors = this.#crew.watch(this.#status.id, (container, reason) => {
			const why = `${container === "main" ? "" : `${container} `}unhealthy: ${reason}`;
			onIll(this.#work.redact(why));
			this.#leave(`${why}; replacing it`);
			pod.stop();
		});
		for (const monitor of monitors) over.addEventListener("abort", () => monitor.stop(), { once: true });
		if (this.#spec.readiness === null) this.#enter();
		else this.#followReadiness(over);
	}
	#followReadiness(over) {
		followReadiness(this.#crew.readiness(this.#status.id), {
			clock: this.#work.clock,
			signal: AbortSignal.any([over, this.#stopping.signal]),
			onReady: () => this.#enter(),
			onNotReady: (reason) => this.#leave(`not ready: ${reason}; it gets no requests until it is`)
		});
	}
	#enter() {
		this.#set("up");
		if (this.isUp) this.#events.up(this.#status.id, this.#status.address);
	}
	#leave(why) {
		this.#set("unhealthy");
		this.#note(why);
		this.#events.down(this.#status.id);
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
	#line(container, stream, text) {
		const isMain = container === MAIN;
		const beside = isMain ? "" : `/${container}`;
		const { id } = this.#status;
		const clean = this.#work.log(`${this.#spec.name}${beside}`, `${id}${beside}`, stream, text);
		this.#lines.push(isMain ? clean : `${container}: ${clean}`);
	}
	#note(text) {
		const { id } = this.#status;
		this.#events.noted(id, this.#work.log(this.#spec.name, id, "gantry", text));
	}
};
// src/engine/local/generation.ts
/** All instances of one spec of a process. A rolling update goes from one generation to the next. */
var Generation = class {
	spec;
	#work;
	#tell;
	#places = [];
	#report = () => {};
	#onFailure = () => {};
	#onUp = () => {};
	constructor(spec, work, tell) {
		this.spec = spec;
		this.#work = work;
		this.#tell = tell;
	}
	/** Where the process itself is started. */
	get work() {
		return this.#work.main;
	}
	instances() {
		return this.#places.map((place) => place.status);
	}
	occupants() {
		return this.#places.flatMap((place) => place.occupant ?? []);
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
			const place = new Place(number, this.spec, this.#work, {
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
				failed: (failure) => this.#onFailure(failure),
				lost: (instance, reason) => this.#tell.lost(instance, reason)
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
  `,
	`
  -- By which token, and what was so before and after. What was written earlier has it all in its detail.
  ALTER TABLE audit ADD COLUMN token TEXT;
  ALTER TABLE audit ADD COLUMN before TEXT NOT NULL DEFAULT 'null';
  ALTER TABLE audit ADD COLUMN after TEXT NOT NULL DEFAULT 'null';
  CREATE INDEX audit_by_app ON audit (app, id);

  -- Requests with an Idempotency-Key. Written before anything is done; answer null: it was not finished.
  CREATE TABLE idempotency_keys (
    token TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (token, key)
  ) STRICT;
  CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
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
// src/engine/local/mount-view.ts
/** Milliseconds. */
const TRY_TIMEOUT = 1e4;
const NO_MOUNTS = "mounts need user namespaces, which this machine does not let apps make";
const ALLOW_MOUNTS = "allow them: `sysctl user.max_user_namespaces` and, on Debian and Ubuntu, `kernel.unprivileged_userns_clone=1` and `kernel.apparmor_restrict_unprivileged_userns=0`; or leave `mounts` out and write below $HOME or $TMPDIR";
const LAY_OUT = `fail() { echo "gantry: $1" >&2; exit 125; }
mount=$1 base=$2 tree=$3 points=$4; shift 4
cd "$base" || fail "cannot enter the app's folder"
[ -z "$points" ] || "$mount" -t overlay -o "ro,lowerdir=$points:$tree" overlay "$tree" || fail "cannot lay the mounts over the tree"
while [ "$1" != -- ]; do
  [ -d "$2" ] || fail "there is no folder $2 on this machine to mount over: make it, or mount inside of the app's own folder"
  "$mount" --bind -- "$1" "$2" || fail "cannot mount $2"
  shift 2
done
shift
cd "$tree" || fail "a mount hides the app's own folder"
exec "$@"`;
/**
* What runs a program with its mounts. All of this is done by the app's own user, as the root of a user namespace that it
* gives up before the program starts. So the server's root has no part in it: neither a link that the app has left
* nor a mount over `/etc` gets it anything that it could not have anyway, and programs of others with the set-uid bit
* run without it. The namespaces go with the last process in them.
*/
function viewing({ base, tree, points, folders }, { unshare, mount }, { uid, gid }, argv) {
	const enter = [
		unshare,
		"--user",
		"--map-root-user",
		"--mount",
		"--",
		"/bin/sh",
		"-c",
		LAY_OUT,
		"gantry"
	];
	const leave = [
		unshare,
		"--user",
		`--map-user=${uid}`,
		`--map-group=${gid}`,
		"--"
	];
	const pairs = folders.flatMap(({ source, target }) => [source, target]);
	return [
		...enter,
		mount,
		base,
		tree,
		points ?? "",
		...pairs,
		"--",
		...leave,
		...argv
	];
}
/** Per kind of user and file system: what a machine allows does not change while a server runs. */
const answers = /* @__PURE__ */ new Map();
/**
* Whether apps may make views of what is in this folder, found out by making one; null: they may not.
*
* @param user one like theirs; null where they have none of their own
*/
async function findMountTools(folder, user) {
	const key = `${user === null}:${(await stat(folder)).dev}`;
	let answer = answers.get(key);
	if (answer === void 0) answers.set(key, answer = tryMounting(folder, user));
	return answer;
}
async function tryMounting(folder, user) {
	const [unshare, mount] = [programOf("unshare"), programOf("mount")];
	if (unshare === null || mount === null) return null;
	const base = join(folder, `mounts-${randomBytes(6).toString("hex")}`);
	try {
		for (const each of [
			"",
			"tree",
			"points",
			"points/here",
			"source"
		]) await mkdir(join(base, each));
		const [program = "", ...args] = viewing({
			base,
			tree: "tree",
			points: "points",
			folders: [{
				source: join(base, "source"),
				target: join(base, "tree", "here")
			}]
		}, {
			unshare,
			mount
		}, user ?? ownUser(), [
			"/bin/sh",
			"-c",
			":"
		]);
		const surroundings = {
			env: {},
			extendEnv: false,
			...user
		};
		const { failed } = await execa(program, args, {
			reject: false,
			timeout: TRY_TIMEOUT,
			...surroundings
		});
		return failed ? null : {
			unshare,
			mount
		};
	} finally {
		await rm(base, {
			recursive: true,
			force: true
		});
	}
}
/** Whoever the server is. */
function ownUser() {
	return {
		uid: process.getuid?.() ?? 0,
		gid: process.getgid?.() ?? 0
	};
}
function programOf(name) {
	return (process.env["PATH"] ?? "").split(delimiter).filter(isAbsolute).map((folder) => join(folder, name)).find(isProgram) ?? null;
}
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
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
/** Whether an instance wrote it, or one of its containers; undefined: any did. */
function isOf({ instance }, asked) {
	return asked === void 0 || instance === asked || instance.startsWith(`${asked}/`);
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
	return isOf(line, instance) && (before === void 0 || line.time < before);
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
const NAME = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)?$/;
/** Of `web/proxy` it is `web~proxy.log`. */
const FILE = /^([a-z0-9][a-z0-9.~-]*)\.log(?:\.\d+)?$/;
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
				if (isOf(line, wanted.instance)) follower.push(single);
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
		const stored = listFolder(this.#folder).flatMap((name) => FILE.exec(name)?.[1]?.replace("~", "/") ?? []);
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
			if (!NAME.test(component)) throw new Error(`not the name of a component: ${component}`);
			file = new LogFile(join(this.#folder, `${component.replace("/", "~")}.log`), {
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
	/** What the `storage` mounts of an app are folders of: kept for as long as the app exists. */
	storage(app, environment) {
		return join(this.app(app), "storage", environment);
	}
	/** What the instances of now have for themselves. */
	places(app) {
		return join(this.app(app), "places");
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
	/** A user like those of the apps, that no app has. Null where apps are not isolated. */
	nobody() {
		return this.isolated ? {
			uid: this.#base,
			gid: this.#base
		} : null;
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
async function openHost(home, { clock, ports, isolate, onLost = () => {} }) {
	const paths = new Paths(home);
	await mkdir(home, { recursive: true });
	await chmod(home, isolate ? 457 : 448);
	const db = new Database(paths.database);
	try {
		const id = createHash("sha256").update(home).digest("hex").slice(0, 12);
		const users = new Users(db, paths, isolate);
		await users.checkReachable();
		const children = new Children(db);
		const [cgroups, mountTools] = await Promise.all([openCgroups({ name: `gantry-${id}` }), findMountTools(paths.home, users.nobody())]);
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
			mountTools,
			ports,
			router: new Router(),
			logs: new Logs(db, paths, clock),
			clock,
			onLost
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
// src/engine/local/container-exec.ts
/** Seconds. */
const QUICK = 10;
const MARK = "GANTRY_SHELL";
/** What runs a command that somebody talks to inside of a container that runs. */
function attachedExec({ container, name, command, attach, env }) {
	const variables = Object.entries({
		...env,
		[MARK]: name
	}).map(([each, value]) => `--env=${each}=${value}`);
	return [
		"docker",
		"exec",
		...attachFlags(attach),
		...variables,
		container,
		...argv(command)
	];
}
const END_MARKED = `for each in /proc/[0-9]*/environ; do
  tr '\\0' '\\n' <"$each" 2>/dev/null | grep -qxF "${MARK}=$1" || continue
  pid=\${each#/proc/}; kill -9 "\${pid%/environ}"
done`;
/**
* Ends what such a command has left running: Docker lets go of it when its client ends, and ends nothing. A container
* without a shell has none of it.
*/
async function endInContainer(container, name) {
	await docker([
		"exec",
		container,
		"/bin/sh",
		"-c",
		END_MARKED,
		"gantry",
		name
	], { timeout: QUICK });
}
// src/engine/local/ownership.ts
/** Gives a tree to an app's user, so that its build command can write there. Links are never followed. */
async function handOver(folder, user) {
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) await handOver(path, user);
		else await lchown(path, user.uid, user.gid);
	}
	await lchown(folder, user.uid, user.gid);
}
/**
* Makes a tree read-only, and the server's own where the app has a user of its own: an image stays what its key says.
*
* The app's own processes may be alive and hostile while this runs, so it goes from the top down and by descriptors: a
* folder is taken from the app before it is listed, after which nothing in it can be swapped for a link.
*/
async function seal(folder, app) {
	await take(folder, constants.O_DIRECTORY, app);
	for (const name of await readdir(folder)) {
		const path = join(folder, name);
		const status = await lstat(path);
		if (status.isDirectory()) await seal(path, app);
		else if (status.isFile()) await take(path, 0, app);
		else if (app !== null) await lchown(path, 0, 0);
	}
}
async function take(path, flags, app) {
	const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | flags);
	try {
		const { mode, nlink, uid } = await handle.stat();
		if (app !== null && flags === 0 && nlink > 1 && uid !== app.uid) throw new UserError("the build made a hard link to a file that is not its own");
		if (app !== null) await handle.chown(0, 0);
		await handle.chmod((mode & 73) === 0 ? 292 : 365);
	} finally {
		await handle.close();
	}
}
/**
* Deletes a tree that is sealed, or that an app may have been writing to. Where apps have users of their own it is taken
* from the app first, folder by folder: root deletes by path, and nothing on the way may be swapped for a link.
*/
async function removeTree(folder, isolated) {
	if (isolated) await takeFolders(folder);
	else await unseal(folder);
	await execa("rm", [
		"-rf",
		"--",
		folder
	]);
}
async function takeFolders(folder) {
	try {
		await take(folder, constants.O_DIRECTORY, ROOT);
	} catch (error) {
		if (UNREACHABLE.has(error.code ?? "")) return;
		throw error;
	}
	for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await takeFolders(join(folder, entry.name));
}
const ROOT = {
	uid: 0,
	gid: 0
};
const UNREACHABLE = /* @__PURE__ */ new Set([
	"ENOENT",
	"ENOTDIR",
	"ELOOP",
	"ENAMETOOLONG"
]);
/** Who is not root needs the write bit even to delete. */
async function unseal(folder) {
	await chmod(folder, 493).catch(() => {});
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	for (const entry of entries) if (entry.isDirectory()) await unseal(join(folder, entry.name));
}
// src/engine/local/instance-folders.ts
/** File systems take 255 bytes. */
const LONGEST_NAME = 200;
/**
* The folders behind the mounts of what runs in one place: those that are the place's own, and the app's storage. Each
* folder of a source lies right in a folder of the server's, so that the app cannot put a link where one is looked for.
*/
var InstanceFolders = class {
	#host;
	#app;
	#own;
	#made = false;
	/** @param name of the place, or of the run of a task; nothing else has it at that time */
	constructor(host, app, name) {
		this.#host = host;
		this.#app = app;
		this.#own = join(host.paths.places(app.name), name);
	}
	/** Of a new instance in this place: what is `tmp` is empty. */
	async renew() {
		if (this.#made) await removeTree(join(this.#own, "tmp"), this.#host.users.isolated);
	}
	/**
	* Makes what is missing.
	*
	* @param component whose mounts they are: `web`, `web/proxy`, `task.migrate`
	* @param shared whether users of other numbers are to write there, as in a container
	*/
	async make(component, mounts, shared) {
		this.#made = true;
		for (const [path, mount] of Object.entries(mounts)) {
			await this.#makeWay(this.#parent(mount), 457);
			await this.#makeFolder(this.#source(mount), shared ? 511 : 448);
			if (!isAbsolute(path)) await this.#makeWay(join(this.points(component), path), 493);
		}
	}
	/** Empty folders at the paths that are inside of the tree. */
	points(component) {
		return join(this.#own, "points", fileName(component));
	}
	/** Where they are to appear, with the tree at this path. */
	mounted(mounts, tree) {
		return Object.entries(mounts).map(([path, mount]) => ({
			source: this.#source(mount),
			target: isAbsolute(path) ? path : join(tree, path)
		}));
	}
	/** The place is gone, and with it what it had for itself. Nothing may run in it any more. */
	async remove() {
		if (this.#made) await removeTree(this.#own, this.#host.users.isolated);
	}
	/** A folder of the server's, and those on the way to it, with this mode whatever the umask is just now. */
	async #makeWay(folder, mode) {
		let way = this.#host.paths.app(this.#app.name);
		for (const name of relative(way, folder).split(sep)) {
			way = join(way, name);
			await mkdir(way).catch(ignoreExisting);
			await chmod(way, mode);
		}
	}
	/** A folder without any rights is one that has not been handed over yet. */
	async #makeFolder(folder, mode) {
		await mkdir(folder, { mode: 0 }).catch(ignoreExisting);
		const now = await lstat(folder);
		if (!now.isDirectory() || (now.mode & 511) !== 0) return;
		const user = this.#host.users.of(this.#app.name);
		if (user !== null) await chown(folder, user.uid, user.gid);
		await chmod(folder, mode);
	}
	#source(mount) {
		return join(this.#parent(mount), fileName(mount.source_path));
	}
	#parent({ source }) {
		const { name, environment } = this.#app;
		return source === "storage" ? this.#host.paths.storage(name, environment) : join(this.#own, source);
	}
};
/** A name for a whole path, which no other path has. */
function fileName(path) {
	const escaped = path.replaceAll(/^\.|[^\w.-]/gu, (character) => [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
	if (escaped === "") return "%";
	return escaped.length <= LONGEST_NAME ? escaped : `%${createHash("sha256").update(path).digest("hex")}`;
}
function ignoreExisting(error) {
	if (error.code !== "EEXIST") throw error;
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
/** What a relative path is below in a container, on every engine. */
const APP_IN_CONTAINER = "/app";
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
	/** Component is how it is called in logs: `web`, `web/proxy`, `task.migrate`. Versions are those of its variables. */
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
	async takePort() {
		return this.#host.ports.take();
	}
	giveBackPort(port) {
		this.#host.ports.giveBack(port);
	}
	/** The folders of a new place, or of a run of a task. */
	folders(name) {
		return new InstanceFolders(this.#host, this.#app, name);
	}
	/** Makes what `spawn` mounts. Rejects with a UserError where that is not possible here. */
	async makeFolders(folders, mounts) {
		const isContainer = this.#image.kind === "container";
		if (Object.keys(mounts).length === 0) return;
		if (!isContainer && this.#host.mountTools === null) throw new UserError(NO_MOUNTS, { hint: ALLOW_MOUNTS });
		await folders.make(this.#component, mounts, isContainer);
	}
	spawn(spec, request) {
		if (this.#image.kind === "folder") {
			const { entry_point, command } = startWords(spec);
			const words = [...entry_point ?? [], ...command ?? []];
			return this.#spawnInFolder(this.#image.folder, spec, {
				...request,
				command: words
			});
		}
		const container = containerArgv({
			home: this.#host.id,
			instance: request.name,
			image: this.#image.reference,
			entry_point: spec.entry_point,
			command: spec.command,
			pre_start: spec.pre_start ?? null,
			mounts: request.folders.mounted(spec.mounts, APP_IN_CONTAINER),
			network: request.network ?? "own",
			env: this.#environmentOf(spec, request),
			hostPort: request.port,
			containerPort: request.network === "host" ? request.port : spec.port ?? request.port,
			memory: spec.memory,
			cpu: spec.cpu,
			...request.attach !== void 0 && { attach: request.attach }
		});
		return this.#spawnDocker(container, request, () => killContainer(container.name));
	}
	/** Another command where an instance runs, with the same environment and the same limits, but none of them shared. */
	exec(spec, request) {
		const { command, instance, name, attach } = request;
		if (this.#image.kind === "folder") return this.#spawnInFolder(this.#image.folder, spec, request);
		const container = containerName(this.#host.id, instance);
		const run = { argv: attachedExec({
			container,
			name,
			command,
			attach,
			env: request.extraEnv ?? {}
		}) };
		return this.#spawnDocker({
			...run,
			env: dockerEnvironment()
		}, request, () => endInContainer(container, name));
	}
	#spawnInFolder(cwd, spec, request) {
		const { users, cgroups } = this.#host;
		return new Child({
			...this.#childOf(request),
			argv: this.#mounted(cwd, spec.mounts, request.folders, argv(request.command)),
			env: this.#environmentOf(spec, request),
			cwd,
			user: users.of(this.#app.name),
			cgroup: cgroups.create(request.name, {
				memory: spec.memory,
				cpu: spec.cpu
			})
		});
	}
	/** What runs a program in an image with its mounts. */
	#mounted(image, mounts, folders, words) {
		const { mountTools, users, paths } = this.#host;
		if (Object.keys(mounts).length === 0 || mountTools === null) return words;
		const base = paths.app(this.#app.name);
		return viewing({
			base,
			tree: relative(base, image),
			points: Object.keys(mounts).every(isAbsolute) ? null : relative(base, folders.points(this.#component)),
			folders: folders.mounted(mounts, image)
		}, mountTools, users.of(this.#app.name) ?? ownUser(), words);
	}
	#spawnDocker({ argv, env }, request, onKill) {
		const cwd = this.#host.paths.home;
		return new Child({
			...this.#childOf(request),
			argv,
			env,
			cwd,
			user: null,
			cgroup: null,
			onKill
		});
	}
	#childOf({ name, onLine, attach }) {
		return {
			name,
			onLine,
			children: this.#host.children,
			...attach !== void 0 && { attach }
		};
	}
	/** How an instance is probed. A command runs where the instance runs: in its container, or beside it. */
	probing(spec, check, request) {
		const { name, port, folders } = request;
		if (this.#image.kind === "folder") {
			const { folder: cwd } = this.#image;
			const target = {
				port,
				env: this.#environmentOf(spec, request),
				cwd,
				user: this.#host.users.of(this.#app.name)
			};
			if (check === null || check.command === null) return {
				check,
				target
			};
			const command = this.#mounted(cwd, spec.mounts, folders, argv(check.command));
			return {
				check: {
					...check,
					command
				},
				target
			};
		}
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
	#environmentOf(spec, { place, port, extraEnv }) {
		return {
			...this.#environment(spec, place, port),
			...extraEnv
		};
	}
	#environment(spec, place, port) {
		return instanceEnvironment({
			app: this.#app,
			paths: this.#host.paths,
			component: this.#component.replace(/\/.*/, ""),
			place,
			spec,
			variables: this.#variables,
			port
		});
	}
};
// src/engine/local/workplaces.ts
/** Gets every image that an instance runs. Rejects when one cannot be had. */
async function openWorkplaces(host, images, { app, spec, io }) {
	const image = await images.fetch(app, `process:${spec.name}`, spec.image, io);
	const beside = /* @__PURE__ */ new Map();
	for (const [name, container] of Object.entries(spec.containers)) {
		const own = sameImage(container.image, spec.image) ? image : await images.fetch(app, containerId(spec.name, name), container.image, io);
		beside.set(name, new Workplace(host, app, `${spec.name}/${name}`, own, variablesOf(container, spec)));
	}
	return {
		main: new Workplace(host, app, spec.name, image, spec.variables),
		beside
	};
}
/** The versions of the variables that a container asks for: no others reach it. */
function variablesOf({ secrets }, { variables }) {
	const wanted = Object.entries(variables).filter(([name]) => Object.hasOwn(secrets, name) && secrets[name] === "gantry");
	return Object.fromEntries(wanted);
}
export { LastLines as _, removeTree as a, portVariable as b, closeHost as c, ALLOW_MOUNTS as d, NO_MOUNTS as f, showExit as g, Child as h, handOver as i, openHost as l, Generation as m, variablesOf as n, seal as o, fromJson as p, Workplace as r, Ports as s, openWorkplaces as t, logWriter as u, dial as v, buildEnvironment as y };
