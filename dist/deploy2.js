import { n as systemClock } from "./clock.js";
import { t as deployHere } from "./deploy-here.js";
import { t as annotate } from "./annotations.js";
import { t as reportBug } from "./bug2.js";
import { r as outcomeReport, t as summarise } from "./summary.js";
import { n as Progress } from "./event.js";
import { n as createEventLog } from "./event-log.js";
import { n as setPlanOutputs, t as setDeployOutputs } from "./outputs.js";
import { t as openEngine } from "./project2.js";
import { n as saveDeployState } from "./state.js";
// src/action/deployment-report.ts
/** What is left of the events of a deployment when it has ended: for the summary, the comment and the outputs. */
var DeploymentReport = class {
	plan = null;
	#progress = new Progress();
	#finished = null;
	note(event) {
		this.#progress.note(event);
		if (event.type === "plan.made") this.plan = event.plan;
		if (event.type === "deployment.finished") this.#finished = event;
	}
	/** Asked when it has ended. */
	markdown(subject) {
		if (this.#finished === null) throw new Error("the deployment has not ended");
		return outcomeReport(subject, this.#finished, this.#progress, this.plan);
	}
};
// src/action/tracked-deployment.ts
/**
* A deployment as GitHub and the post step know it. What the post step would need is saved before anything is written to
* AWS; GitHub is told in the background, because deploying does not wait for it.
*/
var TrackedDeployment = class {
	#job;
	#state;
	#shown = null;
	constructor(job, state) {
		this.#job = job;
		this.#state = {
			...state,
			number: null,
			githubDeployment: null
		};
		saveDeployState(this.#state);
	}
	note(event) {
		if (event.type !== "deployment.started") return;
		this.#save({ number: event.number });
		this.#shown = this.#show();
	}
	/** Hands on the result. Where the deployment was refused before it began, there is nothing to finish. */
	async whole(deploying) {
		try {
			return await deploying;
		} catch (error) {
			if (this.#state.number === null) saveDeployState(null);
			throw error;
		}
	}
	async end({ outcome, reason }) {
		const id = await (this.#shown ?? this.#show());
		await this.#job.github.endDeployment(id, outcome, reason ?? outcome);
		saveDeployState(null);
	}
	async #show() {
		const id = await this.#job.github.beginDeployment(this.#job.subject);
		this.#save({ githubDeployment: id });
		return id;
	}
	#save(known) {
		this.#state = {
			...this.#state,
			...known
		};
		saveDeployState(this.#state);
	}
};
// src/action/commands/deploy.ts
/** Deploys the commit, and waits until it is known how that went. */
async function deployCommit(job) {
	const { run, project, subject, github, log } = job;
	const { app, where } = project;
	const { engine, log: deploymentLog } = await openEngine(where);
	const request = {
		app,
		by: `${run.actor} (${run.url})`,
		...await project.request(engine)
	};
	const tracked = new TrackedDeployment(job, {
		app,
		where,
		by: request.by
	});
	const report = new DeploymentReport();
	const write = createEventLog(log);
	const emit = (event) => {
		tracked.note(event);
		report.note(event);
		write(event);
	};
	const io = {
		signal: job.signal,
		clock: systemClock,
		emit,
		onBug: (error) => reportBug(log, error)
	};
	const result = await tracked.whole(deployHere(engine, deploymentLog, request, io));
	const { plan } = report;
	if (plan !== null) {
		annotate(plan.warnings);
		setPlanOutputs(plan);
	}
	await setDeployOutputs(result, plan, (image) => engine.imageReference(app, image));
	const markdown = report.markdown(subject);
	await summarise(markdown);
	await Promise.all([github.comment(subject, markdown), tracked.end(result)]);
	return result;
}
export { deployCommit };
