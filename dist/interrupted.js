import { r as DeployError } from "./errors.js";
import { n as SupersededError } from "./ledger.js";
import { t as isoNow } from "./clock.js";
import { isDeepStrictEqual } from "node:util";
// src/deploy/roll-out.ts
/** A deployment failed after it had begun to change things. `complete`: everything is as it was before. */
var RolledBack = class extends DeployError {
	complete;
	constructor(message, complete, hint) {
		super(message, { hint: hint ?? void 0 });
		this.complete = complete;
	}
};
/** Rolls out all changed processes at once. When one fails, all go back to what they were, and it throws. */
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
	const verdicts = await engine.rollout(app, transitions, {
		signal: work.signal,
		...lostIn(work),
		report: emit
	});
	work.lost?.throwIfAborted();
	const bad = verdicts.filter((verdict) => verdict.outcome !== "steady");
	if (bad.length === 0) return;
	const keeps = (name) => steps.find((each) => each.name === name)?.after?.spec.rollout.on_failure === "keep";
	for (const verdict of bad) emit({
		type: "process.failed",
		process: verdict.process,
		verdict,
		kept: keeps(verdict.process)
	});
	const first = worst(bad);
	const reason = reasonOf(first);
	await undo(work, steps.flatMap((step) => {
		const verdict = verdicts.find(({ process }) => process === step.name);
		if (verdict?.outcome === "superseded") return [];
		if (keeps(step.name) && ["failed", "timed_out"].includes(verdict?.outcome ?? "")) return [];
		return [verdict?.runs === "before" ? {
			...step,
			after: step.before
		} : step];
	}), reason, { cause: first });
	if (first.outcome === "superseded") throw new SupersededError(reason, { hint: first.hint ?? void 0 });
	throw new RolledBack(reason, true, first.hint);
}
function lostIn({ lost }) {
	return lost === void 0 ? {} : { lost };
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
		...lostIn(work),
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
export { undo as i, RolledBack as n, rollOut as r, endInterrupted as t };
