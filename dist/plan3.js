import { o as preview } from "./requests.js";
import { i as renderPlan } from "./plan2.js";
import { i as planReport, t as summarise } from "./summary.js";
import { t as annotate } from "./annotations.js";
import { t as LAYOUT } from "./event-log.js";
import { n as setPlanOutputs } from "./outputs.js";
import { t as openEngine } from "./project2.js";
// src/action/commands/plan.ts
/** Shows what deploying the commit would do. Writes nothing, to AWS either. */
async function showPlan({ inputs, project, subject, github, log, signal }) {
	const { engine } = await openEngine(project.where);
	const { request } = await project.request(engine);
	const { plan } = await preview(engine, project.app, await request.want(), request.plan, { signal });
	for (const line of renderPlan(plan, LAYOUT).trimEnd().split("\n")) log.line(line);
	annotate(plan.warnings);
	annotate(plan.blocked.map((message) => ({
		severity: "warning",
		message
	})));
	setPlanOutputs(plan);
	const report = planReport(subject, plan);
	await summarise(report);
	if (inputs.command === "plan") await github.comment(subject, report);
}
export { showPlan };
