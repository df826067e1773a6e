import { i as notice, l as warning } from "./core.js";
import { n as systemClock, t as isoNow } from "./clock.js";
import { c as messageOf } from "./errors.js";
import { t as EventBatches } from "./event-batches.js";
import { n as recoverOne, r as inheritLock } from "./recover.js";
import { t as clean } from "./clean.js";
import { n as endedReport, t as summarise } from "./summary.js";
import { n as createEventLog } from "./event-log.js";
import { i as GitHub, n as stopSignal, r as readInputs, t as readWorkflowRun } from "./workflow-run.js";
import { t as openEngine } from "./project2.js";
import { n as saveDeployState } from "./state.js";
import { t as subjectOf } from "./subject.js";
// src/deploy/take-back-here.ts
/**
* Ends a deployment whose deployer is known to be dead, under the lock that it left: what it had changed goes back to
* what it was. Gives the deployment as it is then; one that another deployment goes on from is left to that one.
*/
async function takeBackHere(engine, log, app, number, { clock, signal, emit }) {
	const lock = await inheritLock(engine, app, number, signal);
	if (lock !== null) try {
		await endUnfinished(AbortSignal.any([signal, lock.signal]));
	} finally {
		await lock.release();
	}
	return engine.ledger.deployment(app, number);
	async function endUnfinished(signal) {
		const deployment = await engine.ledger.deployment(app, number);
		if (deployment === null || deployment.finished_at !== null) return;
		const batches = new EventBatches(log, app, clock, (error) => {
			const text = `the log of this deployment is not stored: ${messageOf(error)}`;
			emit({
				at: isoNow(clock),
				type: "notice",
				text
			});
		});
		const tell = (_, event) => {
			batches.add(number, event);
			emit(event);
		};
		try {
			await recoverOne(engine, app, deployment, clock, tell, signal);
		} finally {
			await batches.close();
		}
	}
}
// src/action/commands/finish.ts
/** Ends a deployment whose step was killed: what it had changed is taken back, and how it ended is told. */
async function finishDeployment(state, log) {
	const { app, where } = state;
	const { engine, log: deploymentLog } = await openEngine(where);
	const number = state.number ?? await numberOf(engine, state);
	if (number === null) return;
	log.line(`The step ended before deployment ${number} did: taking back what it had changed`);
	const deployment = await takeBackHere(engine, deploymentLog, app, number, {
		clock: systemClock,
		signal: stopSignal(null),
		emit: createEventLog(log)
	});
	log.group(null);
	await tell(state, deployment, sentenceOf(deployment, number));
	saveDeployState(null);
}
/** Of one that was killed while it was written down. */
async function numberOf(engine, { app, by }) {
	return (await engine.ledger.unfinished(app)).find((each) => each.by === by)?.number ?? null;
}
async function tell(state, deployment, sentence) {
	const run = await readWorkflowRun(process.env);
	const inputs = readInputs(run.event, process.env);
	const github = new GitHub(inputs, run);
	const subject = subjectOf(state.app.name, inputs, run);
	const report = endedReport(subject, sentence);
	(deployment !== null && deployment.finished_at !== null ? notice : warning)(clean(sentence), { title: "Gantry" });
	await summarise(report);
	await Promise.all([github.comment(subject, report), github.endDeployment(state.githubDeployment, outcomeOf(deployment), sentence)]);
}
function sentenceOf(deployment, number) {
	if (deployment === null) return `deployment ${number} is not in the ledger any more`;
	const { status, reason, finished_at } = deployment;
	if (finished_at === null) return `deployment ${number} is left to the deployment that goes on from there`;
	return `deployment ${number} ended: ${status.replace("_", " ")}${reason === null ? "" : `, ${reason}`}`;
}
/** What GitHub is told: of one that goes on elsewhere, that this is not the one. */
function outcomeOf(deployment) {
	const status = deployment?.status ?? "interrupted";
	return status === "queued" || status === "running" ? "superseded" : status;
}
export { finishDeployment };
