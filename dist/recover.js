import { c as messageOf } from "./errors.js";
import { t as isoNow } from "./clock.js";
import { a as undo, n as endInterrupted } from "./event-batches.js";
import { isDeepStrictEqual } from "node:util";
// src/deploy/inherit-lock.ts
/**
* Takes over the lock of a deployment whose deployer is known to be dead. Null where another deployment has it by now,
* which goes on from there.
*/
async function inheritLock(engine, app, deployment, signal) {
	const someoneElse = new AbortController();
	try {
		return await engine.lock(app, {
			deployment,
			supersedes: false,
			inherits: true,
			onWait: () => someoneElse.abort(),
			signal: AbortSignal.any([...signal ? [signal] : [], someoneElse.signal])
		});
	} catch (error) {
		if (someoneElse.signal.aborted) return null;
		throw error;
	}
}
// src/deploy/recover.ts
/**
* Ends the deployments whose deployer died: what they had changed goes back to their record, and they are marked as
* interrupted. The next deployment then starts from what its plan expects. When the signal fires, what is left stays
* unfinished for the next start.
*/
async function recover(engine, app, clock, tell, signal) {
	const interrupted = [];
	for (const deployment of (await engine.ledger.unfinished(app)).toReversed()) {
		if (await recoverOne(engine, app, deployment, clock, tell, signal) === null) break;
		interrupted.push(deployment);
	}
	return interrupted;
}
/** The same for one of them. How it is ended; null when the signal fired before. */
async function recoverOne(engine, app, deployment, clock, tell, signal) {
	const say = (event) => tell(deployment, {
		at: isoNow(clock),
		...event
	});
	let reason = deployment.status === "queued" ? "the deployer stopped while it waited" : "the deployer stopped";
	if (deployment.record !== null) reason += `; ${await takeBack(engine, app, deployment.number, deployment.record, say, signal)}`;
	if (signal.aborted) return null;
	await endInterrupted(engine, app, deployment, {
		reason,
		hint: "deploy again: nothing was lost",
		clock,
		tell
	});
	return reason;
}
async function takeBack(engine, app, number, record, emit, signal) {
	const running = await engine.observe(app);
	const changed = record.processes.flatMap(({ name, before }) => {
		const now = running.processes.find((process) => process.spec.name === name);
		const after = now === void 0 ? null : {
			spec: now.spec,
			owned: now.owned,
			origin: now.origin
		};
		return isDeepStrictEqual(before, after) ? [] : [{
			name,
			after,
			back: before
		}];
	});
	try {
		if (!isDeepStrictEqual(record.schedules, running.schedules)) await engine.setSchedules(app, record.schedules);
		await undo({
			app,
			number,
			engine,
			emit,
			signal,
			lost: signal
		}, changed, "the deployer stopped", { signal });
	} catch (error) {
		return messageOf(error);
	}
	return changed.length === 0 ? "no process had been touched" : "what it had changed was taken back";
}
export { recoverOne as n, inheritLock as r, recover as t };
