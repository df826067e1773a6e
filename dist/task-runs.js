import { i as NotFoundError, s as UserError } from "./errors.js";
import { d as missingSecrets, l as imageOf, o as specOfTask, p as reachOf } from "./operator-process.js";
import { c as wantRelease, t as latestRelease } from "./requests.js";
import { a as taskRequestOf, t as parseRun } from "./run-once.js";
import { a as unknownRun, n as isOver } from "./task-run.js";
// src/deploy/find-deployment.ts
/** @throws NotFoundError */
async function findDeployment(ledger, app, number) {
	const deployment = await ledger.deployment(app, number);
	if (deployment !== null) return deployment;
	throw new NotFoundError(`${app.name} has no deployment #${number}`, { hint: "`gantry deployment list` shows them" });
}
// src/deploy/log-names.ts
/**
* A name that never wrote anything is a mistake, and an empty answer would hide it.
*
* @throws NotFoundError that names those there are
*/
async function checkLogName(engine, app, name) {
	const names = await engine.logNames(app);
	if (names.includes(name)) return;
	const { processes } = await engine.observe(app);
	if (processes.some(({ spec }) => spec.name === name)) return;
	const known = [.../* @__PURE__ */ new Set([...processes.map(({ spec }) => spec.name), ...names])].toSorted();
	throw new NotFoundError(`${app.name} has no output of ${JSON.stringify(name.slice(0, 80))}`, { hint: known.length === 0 ? "nothing has run yet" : `there is output of ${known.join(", ")}` });
}
// src/deploy/log-query.ts
/**
* What the engine is asked for.
*
* @throws NotFoundError for a process that never wrote anything and for a deployment that is not known; UserError for
*   one that never began
*/
async function logQueryOf(engine, app, { deployment, ...wish }) {
	if (wish.process !== null) await checkLogName(engine, app, wish.process);
	if (deployment === void 0) return wish;
	const { from, before } = await spanOf(engine, app, deployment);
	const since = wish.since !== void 0 && wish.since > from ? wish.since : from;
	return {
		...wish,
		since,
		...before !== null && { before }
	};
}
/** ISO times: when a deployment began, and when the next one did, which is null while there is none. */
async function spanOf({ ledger }, app, number) {
	const { started_at: from } = await findDeployment(ledger, app, number);
	if (from === null) throw new UserError(`deployment #${number} has not started: nothing ran with it`, { hint: `\`gantry deployment show ${number}\` tells what became of it` });
	for (let after = number + 1;; after++) {
		const next = await ledger.deployment(app, after);
		if (next === null) return {
			from,
			before: null
		};
		if (next.started_at !== null) return {
			from,
			before: next.started_at
		};
	}
}
// src/deploy/run-configured.ts
/**
* Starts a task of the config, as the last release has it and with the variables of now.
*
* @param initiated_by who or what asks for it, any text
* @throws NotFoundError that names the tasks there are
*/
async function runConfigured(engine, app, name, initiated_by) {
	const release = await latestRelease(engine, app);
	const { tasks } = release.app;
	const task = tasks.find((each) => each.name === name);
	if (task === void 0) throw new NotFoundError(`v${release.number} of ${app.name} has no task ${JSON.stringify(name.slice(0, 80))}`, { hint: `there are: ${tasks.map((each) => each.name).join(", ") || "none"}; \`gantry task create\` runs a command` });
	const { variables } = await engine.observe(app);
	const image = imageOf(wantRelease(release).images, `task:${name}`);
	const spec = specOfTask(task, image, reachOf(variables)(null));
	const [secret] = missingSecrets(spec);
	if (secret !== void 0) throw new UserError(`the secret ${secret} has no value, and task ${name} needs it`, { hint: `set it with \`gantry env set ${secret} --secret\`` });
	return engine.runTask(app, {
		spec,
		initiated_by,
		deployment: null
	});
}
// src/deploy/shell.ts
/**
* Starts a command that somebody talks to: in the image and the environment of what is deployed, or in an instance.
*
* @param by who asks for it
* @throws ConfigError, UserError
*/
async function openShell(engine, app, words, by, io) {
	return engine.openShell(app, await requestOf(engine, app, words, by), io);
}
async function requestOf(engine, app, words, by) {
	if (words.kind === "exec") return words;
	const { kind, terminal, ...run } = words;
	return {
		kind,
		terminal,
		task: await taskRequestOf(engine, app, {
			...await parseRun(run),
			initiated_by: by
		})
	};
}
// src/deploy/task-runs.ts
/** @throws NotFoundError */
async function findRun(engine, app, id) {
	const run = await engine.taskRuns.find(app, id);
	if (run === null) throw unknownRun(app.name, id);
	return run;
}
/** Stops a run that goes on, and takes one that has ended out of the list. */
async function deleteRun(engine, app, id, by) {
	const run = await findRun(engine, app, id);
	if (!isOver(run)) return {
		deleted: "stopped",
		run: await engine.taskRuns.stop(app, id, `stopped by ${by}`)
	};
	await engine.taskRuns.forget(app, id);
	return {
		deleted: "removed",
		run
	};
}
export { logQueryOf as a, runConfigured as i, findRun as n, findDeployment as o, openShell as r, deleteRun as t };
