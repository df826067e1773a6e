import { a as saveState, r as getState } from "./core.js";
// src/action/state.ts
const NAME = "deployment";
/** Written at once: what is known when the job is cancelled is what was saved before. */
function saveDeployState(state) {
	saveState(NAME, state);
}
/** Null when there is nothing left to do. */
function readDeployState() {
	const text = getState(NAME);
	return text === "" ? null : JSON.parse(text);
}
export { saveDeployState as n, readDeployState as t };
