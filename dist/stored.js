import { n as NOTHING_UNMET_OF_PROCESS, t as NOTHING_UNMET } from "./unmet.js";
// src/app/stored.ts
const COMPONENT = {
	entry_point: null,
	pre_start: null,
	mounts: {}
};
const PROCESS = {
	...COMPONENT,
	containers: {},
	depends_on: {},
	readiness: null
};
/** A process's state as an earlier version may have stored it. */
function storedState(state) {
	return {
		...state,
		spec: {
			...PROCESS,
			...state.spec
		}
	};
}
/** A task as an earlier version may have stored it. */
function storedTask(spec) {
	return {
		...COMPONENT,
		...spec
	};
}
/** The config of a release as an earlier version may have stored it. */
function storedApp(app) {
	return {
		...app,
		logs: app.logs ?? { retention: null },
		processes: app.processes.map((each) => ({
			...PROCESS,
			...NOTHING_UNMET_OF_PROCESS,
			...each
		})),
		tasks: app.tasks.map((each) => ({
			...COMPONENT,
			...NOTHING_UNMET,
			...each
		}))
	};
}
export { storedState as n, storedTask as r, storedApp as t };
