import { o as setOutput } from "./core.js";
import { i as runOnce, r as runEventsUntil } from "./run-once.js";
import { a as TaskError, t as CancelledError } from "./errors.js";
import { n as cleanLog } from "./clean.js";
import { t as reportBug } from "./bug2.js";
import { t as openEngine } from "./project2.js";
// src/action/commands/run.ts
/**
* Runs a command once in what is deployed. Gives its exit code.
*
* @throws TaskError when something else ended it
*/
async function runCommand({ inputs, run, project, log, signal }) {
	const { app, where } = project;
	const { engine } = await openEngine(where);
	const by = `${run.actor} (${run.url})`;
	const handle = await runOnce(engine, app, {
		command: inputs.run,
		initiated_by: by,
		...inputs.image !== null && { image: inputs.image }
	});
	let ended = null;
	log.group(`Run ${inputs.run}`);
	for await (const event of runEventsUntil(handle, signal, (error) => reportBug(log, error))) if ("line" in event) log.line(cleanLog(event.line, true));
	else ended = event;
	log.group(null);
	if (ended === null) throw new CancelledError("the command was stopped");
	if (ended.exit_code === null) throw new TaskError(`the command was ended: ${ended.reason ?? "nobody knows why"}`);
	setOutput("exit-code", ended.exit_code);
	return ended.exit_code;
}
export { runCommand };
