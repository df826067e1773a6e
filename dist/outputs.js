import { o as setOutput } from "./core.js";
import { n as mainProcess } from "./run-model.js";
import { r as isGood } from "./ledger.js";
import { t as isEmpty } from "./plan.js";
// src/action/outputs.ts
/**
* The plan for later steps. Without what runs before and after in full: an output goes into a variable of a step, and
* Linux takes 128 KiB for one.
*/
function setPlanOutputs(plan) {
	const { processes, tasks, warnings, ...rest } = plan;
	setOutput("plan", {
		...rest,
		processes: processes.map(({ before: _before, after: _after, ...change }) => change),
		tasks: tasks.map(({ spec: _spec, fingerprint: _fingerprint, ...change }) => change),
		warnings: warnings.map(({ frame: _frame, ...warning }) => warning)
	});
	setOutput("changed", !isEmpty(plan));
}
/** @param referenceOf what a built image is called in its registry */
async function setDeployOutputs({ outcome, release }, plan, referenceOf) {
	setOutput("outcome", outcome);
	if (release !== null) setOutput("release", `v${release.number}`);
	if (!isGood(outcome)) return;
	const running = (plan?.processes ?? []).flatMap(({ after }) => after === null ? [] : [after.spec]);
	const process = mainProcess(running);
	if (process === void 0) return;
	const { image } = process;
	if (image.kind === "pinned") {
		setOutput("image", image.reference);
		return;
	}
	const built = release?.images[`process:${process.name}`] ?? image;
	setOutput("digest", built.digest);
	if (release !== null) setOutput("image", await referenceOf(built));
}
export { setPlanOutputs as n, setDeployOutputs as t };
