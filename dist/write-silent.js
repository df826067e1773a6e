import { n as inheritAll, t as resolve } from "./resolve.js";
import { g as table, h as scalar, n as Reading } from "./reading.js";
// src/config/gantry-yml/write-silent.ts
const HERE = {
	kind: "file",
	file: "gantry.yml",
	line: 1,
	column: 1
};
const NO_FILES = {
	read: async () => null,
	readBytes: async () => null,
	list: async () => []
};
/**
* The app where no component says anything: what each inherits from the top of a config, and Gantry's defaults. The
* reader itself makes it, so there is no second list of defaults.
*/
function silentApp(top, { processes, tasks }, id) {
	const runs = ({ run }) => new Map(run === null ? [] : [["run", run]]);
	return appOf(new Map([
		...top,
		["processes", new Map(processes.map(({ name }) => [name, /* @__PURE__ */ new Map()]))],
		["tasks", new Map(tasks.map((each) => [each.name, runs(each)]))]
	]), id);
}
/** A container that says nothing. */
function silentContainer() {
	const { processes } = appOf(/* @__PURE__ */ new Map([["processes", /* @__PURE__ */ new Map([["process", /* @__PURE__ */ new Map([["containers", /* @__PURE__ */ new Map([["silent", /* @__PURE__ */ new Map()]])]])]])]]), {
		name: "app",
		environment: "default"
	});
	return processes[0].containers["silent"];
}
/** The app of a config that is known to be valid. */
function appOf(config, id) {
	const root = toTable(config);
	return resolve(root, inheritAll(root, new Reading(NO_FILES)), id);
}
function toTable(map) {
	return table([...map].map(([name, value]) => [name, toValue(value)]), HERE);
}
function toValue(plain) {
	if (plain instanceof Map) return toTable(plain);
	if (typeof plain !== "object") return scalar(plain, HERE);
	return {
		kind: "list",
		items: plain.map(toValue),
		origin: HERE
	};
}
export { silentApp as n, silentContainer as r, appOf as t };
