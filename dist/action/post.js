import { l as warning } from "../core.js";
import { c as messageOf } from "../errors.js";
import { t as clean } from "../clean.js";
import { n as maskSecrets, t as RunnerLog } from "../runner-log.js";
import { t as readDeployState } from "../state.js";
// src/action/post.ts
/** After the job: `runs.post` of action.yml. There is something to do when the step was killed; nothing here fails the job. */
maskSecrets(process.env);
const state = readDeployState();
if (state !== null) try {
	const { finishDeployment } = await import("../finish.js");
	await finishDeployment(state, new RunnerLog());
} catch (error) {
	const told = `not finished: ${clean(messageOf(error))}; the next deployment goes on from what is there`;
	warning(told, { title: "Gantry" });
}
export {};
