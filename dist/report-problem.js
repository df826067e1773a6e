import { a as problemReport, t as summarise } from "./summary.js";
import { t as problemsOf } from "./failure.js";
import { t as Repository } from "./repository.js";
import { t as subjectOf } from "./subject.js";
import { resolve } from "node:path";
// src/action/likely-name.ts
const LARGEST = 65536;
/**
* What app a config is about that cannot be read: so that what is wrong with it stands where its plan will, once it is
* right.
*/
async function likelyName(inputs, run) {
	return inputs.app ?? await nameInFile(inputs, run) ?? run.repo.repo;
}
async function nameInFile({ config, workingDirectory }, run) {
	try {
		const file = await (await Repository.open(resolve(run.workspace, workingDirectory))).readFile(run.sha, config ?? "gantry.yml", LARGEST);
		return /^app:\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)\b/m.exec(file?.toString() ?? "")?.[1] ?? null;
	} catch {
		return null;
	}
}
// src/action/report-problem.ts
/** Tells in the summary, and where a plan was expected on the pull request, why there is none. */
async function reportProblem(error, { inputs, run, github }) {
	if (inputs.command === "run") return;
	const subject = subjectOf(await likelyName(inputs, run), inputs, run);
	const report = problemReport(subject, problemsOf(error));
	await summarise(report);
	if (inputs.command === "plan") await github.comment(subject, report);
}
export { reportProblem };
