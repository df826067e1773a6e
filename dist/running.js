import { i as NotFoundError } from "./errors.js";
// src/cli/running.ts
/** @throws NotFoundError that names those there are */
function findProcess({ processes }, app, name) {
	const found = processes.find(({ spec }) => spec.name === name);
	if (found !== void 0) return found;
	throw new NotFoundError(`${app} has no process ${JSON.stringify(name)}`, { hint: `there are: ${processes.map(({ spec }) => spec.name).join(", ") || "none yet"}` });
}
export { findProcess as t };
