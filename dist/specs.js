import { d as unshadowed } from "./blocked.js";
// src/plan/specs.ts
/** The config's fields, the operator's laid over them, and the variables over both. */
function specOfProcess(says, layers) {
	const { image: _pin, ...owned } = layers.owned;
	return {
		...says,
		...owned,
		...unshadowed(says, layers.variables),
		image: layers.image,
		variables: layers.variables,
		restarts: layers.restarts
	};
}
function specOfTask(task, image, variables) {
	const { image: _image, build: _build, ...says } = task;
	return {
		...says,
		...unshadowed(task, variables),
		image,
		variables
	};
}
function fieldsOfProcess(process) {
	const { image: _image, build: _build, ...says } = process;
	return says;
}
function fieldsOfSpec(spec) {
	const { image: _image, variables: _variables, restarts: _restarts, ...says } = spec;
	return says;
}
export { specOfTask as i, fieldsOfSpec as n, specOfProcess as r, fieldsOfProcess as t };
