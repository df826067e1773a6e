import { c as messageOf, i as NotFoundError, s as UserError, t as CancelledError } from "./errors.js";
import { t as isoNow } from "./clock.js";
import { _ as isEmpty, a as parseOperations, c as requestRollback, d as preview, h as refused, i as runOnce, l as checkLogName, m as ended, n as unsetVariable, o as requestCommit, r as runEvents, s as requestOperation, t as setVariable, u as deploy } from "./variables.js";
import { t as Repository } from "./repository.js";
import { t as reportBug } from "./bug.js";
import { r as resolveCommit } from "./checkout.js";
import { r as note } from "./output.js";
import { n as clean } from "./colour.js";
import { n as askGit } from "./user-git.js";
import { userInfo } from "node:os";
// src/deploy/deploy-if-needed.ts
/**
* Deploys, unless a look without the lock shows that there is nothing to do, or that it must not be done: then nothing
* is written at all. Its events are those of a deployment that has not started.
*
* @throws ConfigError, and other UserErrors about the request, before anything was written
*/
async function deployIfNeeded(engine, { app, by, entry, request }, io) {
	const began = io.clock.now();
	const { wanted, plan } = await look(engine, app, request, io);
	const end = await endWithoutWrite(engine, app, plan);
	if (end === null) {
		const deployment = await engine.ledger.open(app, {
			...entry,
			by
		});
		return {
			number: deployment.number,
			...await deploy(engine, {
				app,
				deployment,
				...request
			}, io)
		};
	}
	const { outcome, reason, hint, diagnostics } = end;
	const emit = (event) => io.emit({
		at: isoNow(io.clock),
		...event
	});
	if (wanted.files.length > 0) emit({
		type: "config.read",
		files: wanted.files,
		diagnostics: wanted.warnings
	});
	emit({
		type: "plan.made",
		plan
	});
	emit({
		type: "deployment.finished",
		outcome,
		reason,
		hint,
		diagnostics,
		release: null,
		seconds: (io.clock.now() - began) / 1e3
	});
	return {
		number: null,
		outcome,
		release: null,
		reason
	};
}
async function look(engine, app, { want, plan: options }, { signal }) {
	try {
		const wanted = await want();
		const { plan } = await preview(engine, app, wanted, options, { signal });
		signal.throwIfAborted();
		return {
			wanted,
			plan
		};
	} catch (error) {
		if (signal.aborted) throw new CancelledError("cancelled before anything was changed", { cause: error });
		throw error;
	}
}
/** Null when there is something to do. What a deployer left that died is something. */
async function endWithoutWrite(engine, app, plan) {
	if (plan.blocked.length > 0) return refused(plan.blocked);
	if (!isEmpty(plan) || (await engine.ledger.unfinished(app)).length > 0) return null;
	return ended("unchanged", null);
}
// src/deploy/event-batches.ts
/** Seconds between two writes: each is a call. */
const PAUSE = 2;
/** Stores events as they come, many at a time. What cannot be stored is told once and fails nothing. */
var EventBatches = class {
	#log;
	#app;
	#clock;
	#onFailure;
	#closing = new AbortController();
	/** Lines that are to be written, by the number of their deployment. */
	#waiting = /* @__PURE__ */ new Map();
	#isScheduled = false;
	#hasFailed = false;
	#written = Promise.resolve();
	constructor(log, app, clock, onFailure) {
		this.#log = log;
		this.#app = app;
		this.#clock = clock;
		this.#onFailure = onFailure;
	}
	add(number, event) {
		const lines = this.#waiting.get(number) ?? [];
		this.#waiting.set(number, lines);
		lines.push(JSON.stringify(event));
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		this.#written = this.#write(this.#written);
	}
	/** Resolves when all is written that could be. */
	async close() {
		this.#closing.abort();
		await this.#written;
	}
	async #write(before) {
		await before;
		await this.#clock.sleep(PAUSE, this.#closing.signal);
		const waiting = this.#waiting;
		this.#waiting = /* @__PURE__ */ new Map();
		this.#isScheduled = false;
		for (const [number, lines] of waiting) try {
			await this.#log.append(this.#app, number, lines);
		} catch (error) {
			if (!this.#hasFailed) this.#onFailure(error);
			this.#hasFailed = true;
		}
	}
};
// src/deploy/deploy-here.ts
/**
* Deploys in this process, for a door that has no server behind it: if needed, with its events in the log that all doors
* read, and from where deployers left off that died.
*/
async function deployHere(engine, log, request, io) {
	const batches = new EventBatches(log, request.app, io.clock, (error) => {
		const text = `the log of this deployment is not stored: ${messageOf(error)}`;
		io.emit({
			at: isoNow(io.clock),
			type: "notice",
			text
		});
	});
	let number = null;
	const emit = (event) => {
		if (event.type === "deployment.started") number = event.number;
		if (number !== null) batches.add(number, event);
		io.emit(event);
	};
	try {
		return await deployIfNeeded(engine, request, {
			...io,
			emit,
			tellInterrupted: (interrupted, event) => batches.add(interrupted.number, event)
		});
	} finally {
		await batches.close();
	}
}
// src/cli/who.ts
const LONGEST = 100;
/** Who uses the command line, for people who read the ledger: by their git's settings, else by their login. */
async function whoAmI(folder) {
	for (const setting of ["user.name", "user.email"]) {
		const who = clean(await askGit(folder, [
			"config",
			"--get",
			setting
		]) ?? "", LONGEST);
		if (who !== "") return who;
	}
	return clean(login(), LONGEST) || "somebody";
}
/** A user id that no table names has no login: containers are started with any. */
function login() {
	try {
		return userInfo().username;
	} catch {
		return `user ${process.getuid?.() ?? ""}`;
	}
}
// src/cli/engine-control.ts
/** An app on an engine that needs no server: this process does what a server would. */
var EngineControl = class {
	app;
	#engine;
	#remote;
	#id;
	#folder;
	#clock;
	constructor({ engine, remote, app, folder, clock }) {
		this.app = app.name;
		this.#engine = engine;
		this.#remote = remote;
		this.#id = app;
		this.#folder = folder;
		this.#clock = clock;
	}
	running({ instances = false } = {}) {
		return this.#engine.observe(this.#id, { instances });
	}
	async plan(commit, { allow_remove, refresh }, signal) {
		const { request } = await this.#request(commit, {
			rebuild: false,
			allow_remove
		});
		try {
			const wanted = await request.want();
			return (await preview(this.#engine, this.#id, wanted, request.plan, {
				refresh,
				signal
			})).plan;
		} catch (error) {
			if (signal.aborted) throw new CancelledError("cancelled: nothing was changed", { cause: error });
			throw error;
		}
	}
	async deploy(commit, wish, watching) {
		return this.#carryOut(await this.#request(commit, wish), watching);
	}
	async rollback(release, watching) {
		return this.#carryOut(await requestRollback(this.#engine, this.#id, release), watching);
	}
	async operate(title, words, watching) {
		const operations = await parseOperations(words);
		return this.#carryOut(await requestOperation(this.#engine, this.#id, title, operations), watching);
	}
	deployments(limit) {
		return this.#engine.ledger.deployments(this.#id, limit);
	}
	async deployment(number) {
		const deployment = await this.#engine.ledger.deployment(this.#id, number);
		if (deployment !== null) return deployment;
		throw new NotFoundError(`${this.app} has no deployment #${number}`, { hint: "`gantry deployment list` shows them" });
	}
	async *events(number, follow, signal) {
		const { finished_at } = await this.deployment(number);
		const lines = this.#remote.log.read(this.#id, number, follow && finished_at === null, signal);
		for await (const line of lines) yield JSON.parse(line);
	}
	async cancel(number) {
		const deployment = await this.deployment(number);
		if (deployment.finished_at !== null) throw new UserError(`deployment #${number} has ended already: ${deployment.status}`);
		await this.#remote.cancel(this.#id, number);
		return deployment;
	}
	releases(limit) {
		return this.#engine.ledger.releases(this.#id, limit);
	}
	async release(number) {
		const release = await this.#engine.ledger.release(this.#id, number);
		if (release !== null) return release;
		throw new NotFoundError(`${this.app} has no release v${number}`);
	}
	async variables() {
		return (await this.running()).variables;
	}
	setVariable(variable) {
		return setVariable(this.#engine, this.#id, variable);
	}
	unsetVariable(name, process) {
		return unsetVariable(this.#engine, this.#id, name, process);
	}
	async *run(command, signal) {
		const handle = await runOnce(this.#engine, this.#id, command, await whoAmI(this.#folder));
		const stop = () => {
			handle.stop("the one who ran it has cancelled it").catch(reportBug);
		};
		signal.addEventListener("abort", stop, { once: true });
		if (signal.aborted) stop();
		try {
			for await (const event of runEvents(handle)) if ("line" in event || !signal.aborted) yield event;
		} finally {
			signal.removeEventListener("abort", stop);
		}
	}
	async *logs(query) {
		if (query.process !== null) await checkLogName(this.#engine, this.#id, query.process);
		yield* this.#engine.logs(this.#id, query);
	}
	async #request(revision, { rebuild, allow_remove }) {
		const commit = await resolveCommit(this.#folder, revision);
		if (commit === null) throw new NotFoundError(`there is no commit ${JSON.stringify(revision.slice(0, 80))} in this checkout`, { hint: "fetch it first" });
		const options = {
			repository: await Repository.open(this.#folder),
			commit,
			rebuild,
			allow_remove,
			clock: this.#clock
		};
		return requestCommit(this.#engine, this.#id, options);
	}
	/** The first Ctrl-C cancels the deployment: nobody else would carry it on. */
	async #carryOut(requested, { show, signal }) {
		const sayCancelled = () => {
			note("-----> Cancelling: what is in flight is rolled back");
			note("       Ctrl-C again leaves at once, and the next deployment completes what is left");
		};
		signal.addEventListener("abort", sayCancelled, { once: true });
		try {
			const by = await whoAmI(this.#folder);
			const request = {
				app: this.#id,
				by,
				...requested
			};
			const io = {
				signal,
				clock: this.#clock,
				emit: show,
				onBug: reportBug
			};
			const { number, outcome } = await deployHere(this.#engine, this.#remote.log, request, io);
			return {
				number,
				outcome
			};
		} finally {
			signal.removeEventListener("abort", sayCancelled);
		}
	}
};
export { EngineControl };
