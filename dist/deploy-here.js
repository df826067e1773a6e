import { t as isoNow } from "./clock.js";
import { c as messageOf, t as CancelledError } from "./errors.js";
import { t as isEmpty } from "./plan.js";
import { a as ended, n as lacksRelease, o as refused, r as keepLogs, t as deploy } from "./deploy.js";
import { o as preview } from "./requests.js";
import { t as EventBatches } from "./event-batches.js";
// src/deploy/deploy-if-needed.ts
/**
* Deploys, unless a look without the lock shows that there is nothing to do, or that it must not be done: then nothing
* is written but for how long logs are kept, where the config says something new. Its events are those of a deployment that has not started.
*
* @throws ConfigError, and other UserErrors about the request, before anything was written
*/
async function deployIfNeeded(engine, { app, by, entry, request }, io) {
	const began = io.clock.now();
	const { wanted, plan, running } = await look(engine, app, request, io);
	const end = await endWithoutWrite(engine, app, plan, running);
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
	if (outcome === "unchanged") await keepLogs({
		engine,
		app,
		emit
	}, entry.kind, wanted.app.logs);
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
		const { plan, running } = await preview(engine, app, wanted, options, { signal });
		signal.throwIfAborted();
		return {
			wanted,
			plan,
			running
		};
	} catch (error) {
		if (signal.aborted) throw new CancelledError("cancelled before anything was changed", { cause: error });
		throw error;
	}
}
/** Null when there is something to do. What a deployer left that died is something, if it had its turn. */
async function endWithoutWrite(engine, app, plan, running) {
	if (plan.blocked.length > 0) return refused(plan.blocked);
	if (!isEmpty(plan) || lacksRelease(running)) return null;
	return (running.underway ? await engine.ledger.unfinished(app) : []).some(({ status }) => status !== "queued") ? null : ended("unchanged", null);
}
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
export { deployHere as t };
