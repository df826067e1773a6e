import { t as isoNow } from "./clock.js";
import { a as TaskError, c as messageOf, n as ConfigError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { a as withDigests, i as transitions, r as schedules, t as isEmpty } from "./plan.js";
import { t as pLimit } from "./p-limit.js";
import { l as secretValues, o as preview, s as builtImages } from "./requests.js";
import { n as SupersededError, t as LockLostError } from "./ledger.js";
import { a as undo, i as rollOut, n as endInterrupted, r as RolledBack } from "./event-batches.js";
import { r as showDuration } from "./duration.js";
import { n as showCommand } from "./command.js";
// src/deploy/build.ts
/** Builds compete for the same disk and cores. */
const BUILDS_AT_ONCE = 2;
/** Makes the images that the plan needs and that do not exist, side by side. Content key to digest. */
async function buildImages(work, wanted, plan) {
	for (const { action, key, used_by } of plan.images) if (action === "reuse") work.emit({
		type: "image.reused",
		key,
		used_by
	});
	const requests = plan.images.filter(({ action }) => action !== "reuse").map(({ key }) => completed(key, wanted));
	const digests = /* @__PURE__ */ new Map();
	const failed = new AbortController();
	const signal = AbortSignal.any([work.signal, failed.signal]);
	const limit = pLimit(BUILDS_AT_ONCE);
	const builds = requests.map((request) => limit(async () => {
		digests.set(request.key, await makeImage(work, request, signal));
	}).catch((error) => {
		failed.abort();
		throw error;
	}));
	const reasons = (await Promise.allSettled(builds)).flatMap((each) => each.status === "rejected" ? [each.reason] : []);
	const first = reasons.find((reason) => !(reason instanceof CancelledError)) ?? reasons[0];
	if (first !== void 0) throw first;
	return digests;
}
/** The request of a key with what only whoever builds has to know. */
function completed(key, { requests, rebuild, buildEnvironment }) {
	const request = requests.get(key);
	if (request === void 0) throw new Error(`no source for image ${key}`);
	return {
		...request,
		anew: rebuild.has(key),
		secrets: secretValues(request.build, buildEnvironment)
	};
}
async function makeImage({ engine, app, emit }, request, signal) {
	if (signal.aborted) throw new CancelledError("cancelled before the image was built");
	const { key, source } = request;
	emit({
		type: "image.building",
		key,
		files: source.files,
		bytes: source.bytes
	});
	const began = performance.now();
	const log = (line) => emit({
		type: "image.log",
		key,
		line
	});
	const { digest } = await engine.makeImage(app, request, {
		signal,
		log
	});
	emit({
		type: "image.built",
		key,
		seconds: (performance.now() - began) / 1e3
	});
	return digest;
}
// src/deploy/end.ts
/** How many problems of a config a reason names. */
const MOST_PROBLEMS = 5;
/** Thrown by `admit` when a deployment must not go on. */
var Refused = class extends DeployError {};
function ended(outcome, reason) {
	return {
		outcome,
		reason,
		hint: null,
		diagnostics: [],
		release: null
	};
}
function refused(blocked) {
	return {
		...ended("refused", blocked.join("; ")),
		hint: "nothing was changed"
	};
}
/** What an error means for the deployment that it ended. */
function endOf(error, signal) {
	const lost = [error, signal.reason].find((each) => each instanceof LockLostError);
	if (lost !== void 0) return {
		...ended("interrupted", lost.message),
		hint: lost.hint ?? null
	};
	if (error instanceof RolledBack) return {
		...ended(error.complete ? signal.aborted ? "cancelled" : "rolled_back" : "rollback_failed", error.message),
		hint: error.hint ?? null
	};
	if (error instanceof SupersededError) return {
		...ended("superseded", error.message),
		hint: error.hint ?? null
	};
	if (error instanceof CancelledError || signal.aborted) return ended("cancelled", messageOf(error));
	if (error instanceof ConfigError) return {
		...ended("refused", problemsOf(error)),
		diagnostics: [...error.diagnostics],
		hint: "nothing was changed"
	};
	if (error instanceof Refused) return {
		...ended("refused", error.message),
		hint: error.hint ?? null
	};
	if (error instanceof UserError) return {
		...ended("failed", error.message),
		hint: error.hint ?? null
	};
	return ended("failed", `a bug in Gantry: ${messageOf(error)}`);
}
/** With their places, as who reads the ledger later has nothing else: `gantry.yml:3:14: memory must be …; and 2 more`. */
function problemsOf({ diagnostics }) {
	const errors = diagnostics.filter(({ severity }) => severity === "error");
	const told = errors.slice(0, MOST_PROBLEMS).map(({ message, place }) => {
		return place === void 0 ? message : `${place.file}:${place.line}:${place.column}: ${message}`;
	});
	const more = errors.length - told.length;
	return [...told, ...more > 0 ? [`and ${more} more`] : []].join("; ");
}
// src/deploy/inheritance.ts
/** Seconds after which nobody waits for a lock any more. */
const LONGEST_WAIT = 3600;
/**
* What deployments have left behind whose deployers died, for the one that goes on from there. It does not take back
* what they did; but when it fails itself, everything goes back to the last state known to be good, which is theirs to
* tell.
*/
var Inheritance = class Inheritance {
	#heir;
	#dead;
	/** Per process what it was before the first of them. */
	#before;
	constructor(heir, dead, before) {
		this.#heir = heir;
		this.#dead = dead;
		this.#before = before;
	}
	/**
	* Asked by who holds the lock, so that nobody else works; one that was queued lately may still wait for it. Those that
	* had not touched anything are ended at once.
	*
	* @param only the processes that the heir is about; null: all
	*/
	static async find(heir, only) {
		const { engine, app, number, clock } = heir;
		const oldest = clock.now() - LONGEST_WAIT * 1e3;
		const dead = (await engine.ledger.unfinished(app)).filter((each) => each.number !== number && (each.status !== "queued" || Date.parse(each.created_at) < oldest)).toSorted((a, b) => a.number - b.number);
		for (const each of dead.filter(({ record }) => record === null)) await end(heir, each);
		const concerns = ({ name }) => only === null || only.includes(name);
		const touched = dead.filter(({ record }) => record !== null && (only === null || record.processes.some(concerns)));
		const before = touched.toReversed().flatMap(({ record }) => record.processes.filter(concerns));
		return new Inheritance(heir, touched, new Map(before.map((each) => [each.name, each.before])));
	}
	/** Of one that leaves the dead to others. */
	static none = new Inheritance(null, [], /* @__PURE__ */ new Map());
	get isEmpty() {
		return this.#dead.length === 0;
	}
	/**
	* The transitions with what each goes back to. What a dead one was at and is right as it is is among them, from that to
	* the same: the engine has to hear from somebody that it is so, and to put right what was half done and does not show.
	*/
	steps(transitions, running) {
		const moving = new Set(transitions.map(({ name }) => name));
		const states = new Map(running.processes.map(({ spec, owned, origin }) => [spec.name, {
			spec,
			owned,
			origin
		}]));
		return [...transitions.map((each) => ({
			...each,
			back: this.#before.has(each.name) ? this.#before.get(each.name) : each.before
		})), ...[...this.#before].flatMap(([name, back]) => {
			const now = states.get(name) ?? null;
			return moving.has(name) ? [] : [{
				name,
				before: now,
				after: now,
				back
			}];
		})];
	}
	/** What the heir leaves, should it die as well. */
	record(steps, running) {
		return {
			processes: steps.map(({ name, before, after, back }) => ({
				name,
				before: back,
				services: [...new Set([
					before,
					after,
					back
				].flatMap((state) => state?.spec.ecs.service ?? []))]
			})),
			schedules: this.#dead[0]?.record?.schedules ?? running.schedules
		};
	}
	/**
	* Called when the heir's own record holds what is inherited: from then on it is the heir's alone. One that has
	* touched more than the heir is about stays, with that, for the next.
	*/
	async takeOver() {
		if (this.#heir === null) return;
		const { engine, app } = this.#heir;
		for (const dead of this.#dead) {
			const left = dead.record.processes.filter(({ name }) => !this.#before.has(name));
			if (left.length === 0) await end(this.#heir, dead);
			else await engine.ledger.record(app, dead.number, {
				...dead.record,
				processes: left
			});
		}
	}
};
function end(heir, deployment) {
	return endInterrupted(heir.engine, heir.app, deployment, {
		reason: `the deployer stopped; deployment #${heir.number} went on from there`,
		hint: null,
		clock: heir.clock,
		tell: heir.tell
	});
}
// src/deploy/keep-logs.ts
/**
* Lets output be kept as long as the config says, also when nothing else is to do. Only a commit's config counts: a
* roll-back to one with a shorter time would delete what nobody brings back.
*/
async function keepLogs({ engine, app, emit }, kind, { retention }) {
	if (kind !== "deploy" || !await engine.setLogRetention(app, retention)) return;
	emit({
		type: "notice",
		text: retention === null ? "logs are kept as long as there is room" : `logs are kept for ${showDuration(retention)}`
	});
}
// src/deploy/run-tasks.ts
const UNTOUCHED = "no process was touched: what ran before still runs";
const MAY_FAIL = "a post-deploy task may fail without taking the deployment back with `on_failure: continue`";
/** Runs the tasks of one phase, one after the other, and keeps with which fingerprint each succeeded. */
async function runTasks(work, plan, phase) {
	for (const task of plan.tasks) {
		if (task.phase !== phase || task.action !== "run" || task.spec === null) continue;
		const result = await runTask(work, task.spec, phase);
		if (result.exit_code === 0) {
			if (task.fingerprint !== null) await work.engine.ledger.taskSucceeded(work.app, task.name, task.fingerprint);
			continue;
		}
		if (work.signal.aborted) throw new CancelledError(`cancelled while task ${task.name} ran`);
		if (task.spec.on_failure === "continue") {
			work.emit({
				type: "notice",
				text: `task ${task.name} failed; going on, as its on_failure says`
			});
			continue;
		}
		throw new TaskError(`task ${task.name} failed: ${result.reason ?? `exit ${result.exit_code ?? "unknown"}`}`, { hint: [result.hint, phase === "pre_deploy" ? UNTOUCHED : MAY_FAIL].filter((each) => each !== null).join("; ") });
	}
}
async function runTask(work, spec, phase) {
	const { engine, app, number, emit, signal } = work;
	if (signal.aborted) throw new CancelledError(`cancelled before task ${spec.name} ran`);
	const handle = await engine.runTask(app, {
		spec,
		initiated_by: `deployment #${number}`,
		deployment: number
	});
	const stop = () => {
		handle.stop("cancelled").catch((error) => {
			emit({
				type: "notice",
				text: `task ${spec.name} could not be stopped: ${messageOf(error)}`
			});
		});
	};
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	emit({
		type: "task.started",
		task: spec.name,
		phase,
		id: handle.id,
		command: showCommand(spec.command)
	});
	for await (const line of handle.logs) emit({
		type: "task.log",
		task: spec.name,
		line
	});
	const result = await handle.result;
	signal.removeEventListener("abort", stop);
	emit({
		type: "task.finished",
		task: spec.name,
		exit_code: result.exit_code,
		seconds: result.duration,
		reason: result.reason
	});
	return result;
}
// src/deploy/deploy.ts
/**
* Makes what is wanted true, or leaves things as they were and says why. Expected failures are outcomes, not
* rejections. Whatever happens, the deployment is finished in the ledger and the lock is given back; where the ledger
* cannot be reached or the lock was lost, it is `interrupted` and the next one's to finish.
*/
async function deploy(engine, request, io) {
	const { app, deployment } = request;
	const { number } = deployment;
	const began = io.clock.now();
	const emit = (event) => io.emit({
		at: isoNow(io.clock),
		...event
	});
	const work = {
		app,
		number,
		engine,
		signal: io.signal,
		emit
	};
	emit({
		type: "deployment.started",
		app: app.name,
		environment: app.environment,
		number,
		kind: deployment.kind,
		commit: deployment.commit,
		title: deployment.title
	});
	let lock = null;
	let bug;
	try {
		const { end, release, error } = await record(work, await (async () => {
			try {
				lock = await engine.lock(app, {
					deployment: number,
					supersedes: request.supersedes,
					onWait: (behind) => emit({
						type: "deployment.waiting",
						behind
					}),
					signal: io.signal
				});
				work.signal = AbortSignal.any([io.signal, lock.signal]);
				work.lost = lock.lost;
				return await inTurn(work, request, io);
			} catch (error) {
				if (!(error instanceof UserError || work.signal.aborted)) bug = error;
				return endOf(error, work.signal);
			}
		})());
		bug ??= error;
		await request.settle?.(end.outcome).catch((error) => {
			bug ??= error;
			emit({
				type: "notice",
				text: `recorded, but not settled: ${messageOf(error)}`
			});
		});
		if (release !== null) await engine.prune(app).catch((error) => {
			if (!(error instanceof UserError)) bug ??= error;
			emit({
				type: "notice",
				text: `what nothing needs any more is still there: ${messageOf(error)}`
			});
		});
		emit({
			type: "deployment.finished",
			outcome: end.outcome,
			reason: end.reason,
			hint: end.hint,
			diagnostics: end.diagnostics,
			release: release?.number ?? null,
			seconds: (io.clock.now() - began) / 1e3
		});
		if (bug !== void 0) io.onBug(bug);
		return {
			outcome: end.outcome,
			release,
			reason: end.reason
		};
	} finally {
		await lock?.release();
	}
}
/** Says in the ledger how it ended. What cannot be said there is found there as begun, and gone on from. */
async function record({ app, number, engine, lost }, end) {
	if (lost?.aborted) return {
		end,
		release: null
	};
	const { hint: _hint, diagnostics: _diagnostics, ...entry } = end;
	try {
		return {
			end,
			release: await engine.ledger.finish(app, number, entry)
		};
	} catch (error) {
		const reason = `it could not be recorded how this ended (${end.outcome}): ${messageOf(error)}`;
		const hint = "deploy again: what was done is found, and finished";
		return {
			end: {
				...ended("interrupted", reason),
				hint
			},
			release: null,
			...!(error instanceof UserError) && { error }
		};
	}
}
async function inTurn(work, request, io) {
	const { engine, app, number, emit } = work;
	await request.admit?.();
	await engine.ledger.start(app, number);
	const inheritance = await inherit(work, request, io);
	const wanted = await request.want();
	if (wanted.files.length > 0) emit({
		type: "config.read",
		files: wanted.files,
		diagnostics: wanted.warnings
	});
	const { plan, running } = await preview(engine, app, wanted, request.plan, { signal: work.signal });
	emit({
		type: "plan.made",
		plan
	});
	if (plan.blocked.length > 0) return refused(plan.blocked);
	throwIfAborted(work.signal);
	await keepLogs(work, request.deployment.kind, wanted.app.logs);
	if (isEmpty(plan) && inheritance.isEmpty && !lacksRelease(running)) return ended("unchanged", null);
	const digests = await buildImages(work, wanted, plan);
	const made = withDigests(plan, digests);
	await runTasks(work, made, "pre_deploy");
	throwIfAborted(work.signal);
	const steps = inheritance.steps(transitions(made), running);
	const record = inheritance.record(steps, running);
	await engine.ledger.record(app, number, record);
	await inheritance.takeOver();
	await carryOut(work, made, steps, record.schedules);
	return {
		...ended("succeeded", null),
		release: request.deployment.kind === "operate" ? null : {
			commit: wanted.commit,
			app: wanted.app,
			images: builtImages(wanted, digests),
			owned_images: ownedImages(made)
		}
	};
}
/** What was adopted runs without one, and nothing could be changed by hand nor gone back to. */
function lacksRelease({ processes, released }) {
	return processes.length > 0 && !released;
}
async function inherit({ engine, app, number }, { plan }, { clock, tellInterrupted: tell }) {
	if (tell === void 0) return Inheritance.none;
	return Inheritance.find({
		engine,
		app,
		number,
		clock,
		tell
	}, plan.only ?? null);
}
/** From here on things change. What fails takes back what was done before. */
async function carryOut(work, plan, steps, scheduled) {
	const { app, engine, emit } = work;
	const isRemoval = ({ before, after }) => before !== null && after === null;
	const removals = steps.filter(isRemoval);
	const others = steps.filter((step) => !isRemoval(step));
	const reschedules = plan.tasks.some((task) => task.phase === "schedule" && task.action !== "unchanged");
	await rollOut(work, plan, others);
	try {
		await runTasks(work, plan, "post_deploy");
		throwIfAborted(work.signal);
		if (reschedules) await engine.setSchedules(app, schedules(plan));
		await rollOut(work, plan, removals);
	} catch (error) {
		const reason = messageOf(error);
		if (reschedules && !work.lost?.aborted) await engine.setSchedules(app, scheduled).catch((problem) => {
			emit({
				type: "notice",
				text: `the schedules are not as they were: ${messageOf(problem)}`
			});
		});
		await undo(work, others, reason);
		const complete = !(error instanceof RolledBack) || error.complete;
		throw new RolledBack(reason, complete, error instanceof UserError ? error.hint ?? null : null);
	}
}
function ownedImages(plan) {
	return Object.fromEntries(plan.processes.flatMap(({ name, after }) => after?.owned.image == null ? [] : [[name, after.owned.image]]));
}
function throwIfAborted(signal) {
	if (signal.aborted) throw signal.reason instanceof UserError ? signal.reason : new CancelledError("cancelled");
}
export { ended as a, Refused as i, lacksRelease as n, refused as o, keepLogs as r, deploy as t };
