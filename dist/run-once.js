import { s as UserError } from "./errors.js";
import { t as NOTHING_UNMET } from "./unmet.js";
import { o as specOfTask, p as reachOf } from "./operator-process.js";
import { t as latestRelease } from "./requests.js";
import { r as modelOf, t as imageFor } from "./run-model.js";
// src/deploy/run-once.ts
/** Longer runs want a task in the config, with a limit of its own. */
const MAX_HOURS = 24;
/**
* Reads the words of a run as the config would read them.
*
* @throws ConfigError with all that is wrong
*/
async function parseRun({ command, set = {} }) {
	const { readRunSettings } = await import("./run-keys2.js");
	return {
		command,
		...readRunSettings(set)
	};
}
/** Runs a command in the image and the environment of what is deployed. */
async function runOnce(engine, app, request) {
	return engine.runTask(app, await taskRequestOf(engine, app, request));
}
/** What the engine is asked for to do so. */
async function taskRequestOf(engine, app, request) {
	const release = await latestRelease(engine, app);
	const running = await engine.observe(app);
	const model = modelOf(release, running);
	const image = await imageFor(engine, app, model, request);
	const task = fitted(engine, release.app, taskLike(model, release.app, request), request);
	return {
		spec: withVariables(specOfTask(task, image, reachOf(running.variables)(null)), request.env ?? {}),
		initiated_by: request.initiated_by,
		deployment: null
	};
}
/** The command as a task of the config would be, in the surroundings of a process. */
function taskLike(model, { env, secrets, build, ecs }, request) {
	const { placement, ephemeral_storage_gb, stop_timeout } = model;
	return {
		name: "run",
		entry_point: null,
		command: request.command,
		pre_start: null,
		image: null,
		build,
		env,
		secrets,
		cpu: request.cpu ?? model.cpu,
		memory: request.memory ?? model.memory,
		ephemeral_storage_gb,
		mounts: {},
		...NOTHING_UNMET,
		placement: placement && {
			...placement,
			namespace: null,
			scheduler_role: ecs.scheduler_role
		},
		stop_timeout,
		run: null,
		when: "always",
		on_failure: "abort",
		schedule: null,
		timezone: "UTC",
		concurrency: "allow",
		max_hours: request.max_hours ?? MAX_HOURS
	};
}
/**
* What the engine makes of it. It may round what nobody asked for, and is not asked to keep what it does not offer.
*
* @throws UserError for a size that is asked for and not offered
*/
function fitted(engine, app, task, asked) {
	const { app: adapted, diagnostics } = engine.adapt({
		...app,
		processes: [],
		tasks: [task],
		logs: { retention: null }
	});
	const fit = adapted.tasks[0];
	const about = (field) => diagnostics.find(({ path }) => path === `tasks.run.${field}`);
	for (const field of ["memory", "cpu"]) {
		const problem = about(field);
		if (problem === void 0) continue;
		if (problem.severity === "warning" && (asked[field] === void 0 || fit[field] === asked[field])) continue;
		throw new UserError(`${field} of the run: ${problem.message}`, { hint: problem.hint });
	}
	return {
		...fit,
		placement: task.placement
	};
}
/** Variables of this run win over everything else of that name. */
function withVariables(spec, env) {
	const others = (record) => Object.fromEntries(Object.entries(record).filter(([name]) => !Object.hasOwn(env, name)));
	return {
		...spec,
		env: {
			...spec.env,
			...env
		},
		secrets: others(spec.secrets),
		variables: others(spec.variables)
	};
}
/** What a command that runs has to say, from its first line to its end. */
async function* runEvents({ logs, result }) {
	for await (const line of logs) yield { line };
	const { exit_code, reason } = await result;
	yield {
		exit_code,
		reason
	};
}
/**
* What a command has said until the signal fires: then it is stopped, and how it ended is left out.
*
* @param onProblem told when it could not be stopped
*/
async function* runEventsUntil(handle, signal, onProblem) {
	const stop = () => {
		handle.stop("the one who ran it has cancelled it").catch(onProblem);
	};
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	try {
		for await (const event of runEvents(handle)) if ("line" in event || !signal.aborted) yield event;
	} finally {
		signal.removeEventListener("abort", stop);
	}
}
export { taskRequestOf as a, runOnce as i, runEvents as n, runEventsUntil as r, parseRun as t };
