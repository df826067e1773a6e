import { t as require_dist } from "./dist.js";
// src/cli/completion/live.ts
var import_dist = require_dist();
/** Milliseconds for which somebody who pressed Tab waits for what runs; then the config has to do. */
const PATIENCE = 1500;
/** The words that only a look at the app or the checkout tells. Asks as little as it can. */
async function liveWords(live, words) {
	const options = optionsIn(words);
	if (live === "environment") return named(await environments(options));
	if (live === "task") return named(await inConfig(options, "tasks"));
	const names = await inTime(running(options)) ?? await inConfig(options, "processes");
	return named(live === "count" ? names.map((name) => `${name}=`) : names);
}
/** What says which app it is, wherever in the line it stands. */
function optionsIn(words) {
	const valueOf = (long, short) => {
		const assigned = words.find((word) => word.startsWith(`${long}=`));
		if (assigned !== void 0) return assigned.slice(long.length + 1);
		const index = words.findIndex((word) => word === long || word === short);
		return index < 0 ? void 0 : words[index + 1];
	};
	const { GANTRY_APP, GANTRY_ENVIRONMENT, GANTRY_HOME, GANTRY_SERVER } = process.env;
	return {
		dir: valueOf("--dir", "-C") ?? ".",
		app: valueOf("--app", "-a") ?? GANTRY_APP,
		environment: valueOf("--environment", "-e") ?? GANTRY_ENVIRONMENT,
		server: valueOf("--server") ?? GANTRY_SERVER,
		home: valueOf("--home") ?? GANTRY_HOME
	};
}
async function running(options) {
	const { connectToApp } = await import("./connect2.js");
	const { processes } = await (await connectToApp(options, { ask: false })).running();
	return processes.map(({ spec }) => spec.name);
}
async function inConfig(options, kind) {
	const { readCheckoutConfig } = await import("./checkout-config.js");
	return (await readCheckoutConfig(options)).app[kind].map(({ name }) => name);
}
async function environments({ dir }) {
	const { folderFiles } = await import("./folder.js");
	const { environments: found } = (0, import_dist.parse)(await folderFiles(dir).read("gantry.yml") ?? "") ?? {};
	return Object.keys(found ?? {});
}
/** Null where it takes too long, or fails: nothing runs yet, or nobody is signed in. */
async function inTime(work) {
	const { promise: late, resolve } = Promise.withResolvers();
	const timer = setTimeout(() => resolve(null), PATIENCE);
	try {
		return await Promise.race([work.catch(() => null), late]);
	} finally {
		clearTimeout(timer);
	}
}
function named(words) {
	return words.map((word) => ({
		word,
		about: ""
	}));
}
export { liveWords };
