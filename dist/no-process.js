import { i as NotFoundError } from "./errors.js";
// src/engine/no-process.ts
/** Why nothing can be done with a process of this name. */
function noProcess(app, name, known) {
	return new NotFoundError(`${app} has no process ${JSON.stringify(name.slice(0, 80))}`, { hint: `there are: ${known.join(", ") || "none yet"}` });
}
export { noProcess as t };
