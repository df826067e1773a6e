import { l as warning, n as error } from "../core.js";
import { t as version } from "../package.js";
import { c as messageOf, s as UserError } from "../errors.js";
import { r as isGood } from "../ledger.js";
import { t as clean } from "../clean.js";
import { n as showFailure } from "../failure.js";
import { i as GitHub, n as stopSignal, r as readInputs, t as readWorkflowRun } from "../workflow-run.js";
import { n as maskSecrets, t as RunnerLog } from "../runner-log.js";
import { t as subjectOf } from "../subject.js";
// src/action/refuse.ts
/**
* Refuses what would give strangers the rights of the repository.
*
* @throws UserError
*/
function refuseUnsafe({ command, dryRun }, { event, pullRequest }) {
	if (event === "pull_request_target") throw new UserError("pull_request_target is not served: it has the rights of the base branch", { hint: "use `on: pull_request`; on pull requests from forks the plan is in the summary of the job" });
	if (pullRequest?.isFork === true && command !== "plan" && !dryRun) throw new UserError(`a pull request from a fork may not ${command}`, { hint: "leave `command` out: a pull request is planned then, and deployed when it is merged" });
}
// src/action/main.ts
/** The step: `runs.main` of action.yml. What takes long to load is loaded after the first line. */
const log = new RunnerLog();
try {
	process.exitCode = await main();
} catch (error) {
	showFailure(log, error);
	process.exitCode = 1;
}
async function main() {
	maskSecrets(process.env);
	const run = await readWorkflowRun(process.env);
	const inputs = readInputs(run.event, process.env);
	const dry = inputs.dryRun ? " (dry run)" : "";
	log.line(`Gantry ${version}: ${inputs.command}${dry}, commit ${run.sha.slice(0, 12)}`);
	refuseUnsafe(inputs, run);
	const signal = stopSignal(inputs.timeout);
	const github = new GitHub(inputs, run);
	try {
		const { readProject } = await import("../project.js");
		const project = await readProject(inputs, run);
		return await carryOut({
			inputs,
			run,
			project,
			subject: subjectOf(project.app.name, inputs, run),
			github,
			log,
			signal
		});
	} catch (thrown) {
		const error = signal.aborted && !(thrown instanceof UserError) ? signal.reason : thrown;
		const { reportProblem } = await import("../report-problem.js");
		await reportProblem(error, {
			inputs,
			run,
			github
		});
		throw error;
	}
}
async function carryOut(job) {
	const { command, dryRun } = job.inputs;
	if (command === "plan" || dryRun) {
		await (await import("../plan3.js")).showPlan(job);
		return 0;
	}
	if (command === "run") return (await import("../run.js")).runCommand(job);
	return exitCodeOf(await (await import("../deploy2.js")).deployCommit(job), job.signal);
}
/** One that a newer deployment has taken the place of has not failed. */
function exitCodeOf({ outcome, reason }, signal) {
	if (isGood(outcome)) return 0;
	const why = signal.aborted ? messageOf(signal.reason) : reason;
	const told = clean(`${outcome.replace("_", " ")}: ${why ?? "the log says why"}`);
	if (outcome === "superseded") {
		warning(told, { title: "Gantry" });
		return 0;
	}
	error(told, { title: "Gantry" });
	return 1;
}
export {};
