import { n as plan, o as defaultProcess } from "./plan.js";
// src/deploy/pins.ts
/** What the engine has to say about the pinned images that a plan is going to start. */
async function pinProblems(engine, app, plan) {
	const processes = plan.processes.flatMap(({ name, action, after }) => after?.spec.image.kind === "pinned" && action !== "pinned" && action !== "unchanged" ? [{
		component: `process:${name}`,
		reference: after.spec.image.reference
	}] : []);
	const tasks = plan.tasks.flatMap(({ name, action, spec }) => spec?.image.kind === "pinned" && action !== "skip" && action !== "unchanged" ? [{
		component: `task:${name}`,
		reference: spec.image.reference
	}] : []);
	return engine.checkPins(app, [...processes, ...tasks]);
}
// src/deploy/preview.ts
/** What a deployment would do now. Changes nothing. */
async function preview(engine, app, wanted, options, { signal, refresh = false } = {}) {
	const running = await engine.observe(app, {
		...signal && { signal },
		refresh,
		wanted: wantedProcesses(wanted, options)
	});
	const made = plan(wanted, running, {
		...options,
		warnings: wanted.warnings,
		engine
	});
	return {
		running,
		plan: {
			...made,
			blocked: [...made.blocked, ...await pinProblems(engine, app, made)]
		}
	};
}
/** Those of the config that the plan is about, and those that an operator makes or changes by it. */
function wantedProcesses({ app }, { only, operate = [] }) {
	const named = new Set(app.processes.map((each) => each.name));
	return [...app.processes.filter((each) => only === void 0 || only.includes(each.name)), ...operate.filter((each) => each.create && !named.has(each.process)).map(({ process }) => defaultProcess(process, app))];
}
export { preview as t };
