import { r as DeployError } from "./errors.js";
import { n as SupersededError } from "./ledger.js";
import { t as isoNow } from "./clock.js";
import { isDeepStrictEqual } from "node:util";
// src/deploy/sparing.ts
/**
* Stops what is still on its way as soon as one process fails: all go back, so no more old instances have to stop for
* new ones that would not stay.
*/
var Sparing = class {
	io;
	/** The process that failed first; null: none has. */
	culprit = null;
	#work;
	#underWay;
	#stop = new AbortController();
	constructor(work, processes) {
		this.#work = work;
		this.#underWay = new Set(processes);
		this.io = {
			signal: AbortSignal.any([work.signal, this.#stop.signal]),
			...work.lost !== void 0 && { lost: work.lost },
			report: (event) => {
				if (event.type === "process.steady") this.#underWay.delete(event.process);
				work.emit(event);
			},
			failing: (process) => this.#begin(process)
		};
	}
	#begin(process) {
		this.#underWay.delete(process);
		if (this.io.signal.aborted) return;
		this.culprit = process;
		if (this.#underWay.size > 0) {
			const names = [...this.#underWay].join(", ");
			this.#work.emit({
				type: "notice",
				text: `${process} failed, so what is on its way is stopped: ${names}`
			});
		}
		this.#stop.abort();
	}
	/** A verdict that says why, where it was stopped for the sake of another. */
	explained(verdict) {
		return verdict.outcome === "cancelled" && this.culprit !== null && !this.#work.signal.aborted ? {
			...verdict,
			reason: `${this.culprit} failed`,
			log: [],
			hint: null
		} : verdict;
	}
};
// src/deploy/roll-out.ts
/** A deployment failed after it had begun to change things. `complete`: everything is as it was before. */
var RolledBack = class extends DeployError {
	complete;
	constructor(message, complete, hint) {
		super(message, { hint: hint ?? void 0 });
		this.complete = complete;
	}
};
/**
* Rolls out all changed processes at once. When one fails, what is still on its way is stopped, all go back to what they
* were, and it throws.
*/
async function rollOut(work, plan, steps) {
	if (steps.length === 0) return;
	const { engine, app, emit } = work;
	for (const { name } of steps) {
		const action = actionOf(plan.processes.find((each) => each.name === name));
		if (action !== null) emit({
			type: "process.rolling",
			process: name,
			action
		});
	}
	const transitions = steps.map(({ name, before, after }) => ({
		name,
		before,
		after
	}));
	const sparing = new Sparing(work, steps.map(({ name }) => name));
	const verdicts = (await engine.rollout(app, transitions, sparing.io)).map((each) => sparing.explained(each));
	work.lost?.throwIfAborted();
	const bad = verdicts.filter((verdict) => verdict.outcome !== "steady");
	if (bad.length === 0) return;
	const isKept = ({ process, outcome }) => steps.find(({ name }) => name === process)?.after?.spec.rollout.on_failure === "keep" && ["failed", "timed_out"].includes(outcome);
	for (const verdict of bad) emit({
		type: "process.failed",
		process: verdict.process,
		verdict,
		kept: isKept(verdict)
	});
	const first = bad.find(({ process }) => process === sparing.culprit) ?? worst(bad);
	const reason = reasonOf(first);
	await undo(work, steps.flatMap((step) => {
		const verdict = verdicts.find(({ process }) => process === step.name);
		if (verdict?.outcome === "superseded") return [];
		if (verdict !== void 0 && isKept(verdict)) return [];
		return [verdict?.runs === "before" ? {
			...step,
			after: step.before
		} : step];
	}), reason, { cause: first });
	if (first.outcome === "superseded") throw new SupersededError(reason, { hint: first.hint ?? void 0 });
	throw new RolledBack(reason, true, first.hint);
}
/** Null: nothing is done with it that anybody would want to hear of. */
function actionOf(change) {
	if (change === void 0) return null;
	if (change.action !== "unchanged" && change.action !== "pinned") return change.action;
	return change.settled ? null : "wait for the rollout that goes on";
}
/** The verdict that says best why all of them are taken back. */
function worst(bad) {
	const rank = ({ outcome }) => ["cancelled", "superseded"].indexOf(outcome);
	return bad.toSorted((one, other) => rank(one) - rank(other))[0];
}
function reasonOf({ process, outcome, reason }) {
	if (outcome === "cancelled") return "cancelled";
	if (outcome !== "superseded") return `process ${process} failed: ${reason ?? outcome}`;
	return `process ${process} was taken over by other hands, and is left to them: ${reason ?? "another deployment took its place"}`;
}
/**
* Takes back what was done: what was created goes, what was changed gets its old state again. Goes on after a cancel: it
* is what a cancel asks for. Throws when something does not come back.
*/
async function undo(work, done, reason, { cause = null, signal = new AbortController().signal } = {}) {
	const { engine, app, emit } = work;
	const returns = done.filter(({ after, back }) => !isDeepStrictEqual(after, back)).map(({ name, after, back }) => ({
		name,
		before: after,
		after: back
	}));
	work.lost?.throwIfAborted();
	if (returns.length === 0) return;
	emit({
		type: "rollback.started",
		reason,
		processes: returns.map((each) => each.name)
	});
	const verdicts = await engine.rollout(app, returns, {
		signal,
		...work.lost !== void 0 && { lost: work.lost },
		report: emit
	});
	work.lost?.throwIfAborted();
	const stuck = verdicts.filter((verdict) => verdict.outcome !== "steady");
	for (const verdict of stuck) emit({
		type: "rollback.failed",
		process: verdict.process,
		reason: verdict.reason ?? verdict.outcome
	});
	if (stuck.length > 0) throw new RolledBack(`${reason}; and ${stuck.map((verdict) => verdict.process).join(", ")} did not come back`, false, cause?.hint ?? null);
}
// src/deploy/interrupted.ts
/** Ends a deployment whose deployer died, for the ledger and for whoever watches it. */
async function endInterrupted(engine, app, deployment, { reason, hint, clock, tell }) {
	await engine.ledger.finish(app, deployment.number, {
		outcome: "interrupted",
		reason,
		release: null
	});
	tell(deployment, {
		at: isoNow(clock),
		type: "deployment.finished",
		outcome: "interrupted",
		reason,
		hint,
		diagnostics: [],
		release: null,
		seconds: deployment.started_at === null ? 0 : (clock.now() - Date.parse(deployment.started_at)) / 1e3
	});
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
export { undo as a, rollOut as i, endInterrupted as n, RolledBack as r, EventBatches as t };
