import { t as noProcess } from "./no-process.js";
// src/cli/running.ts
/** @throws NotFoundError that names those there are */
function findProcess({ processes }, app, name) {
	const found = processes.find(({ spec }) => spec.name === name);
	if (found !== void 0) return found;
	throw noProcess(app, name, processes.map(({ spec }) => spec.name));
}
export { findProcess as t };
