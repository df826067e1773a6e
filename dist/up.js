import { n as systemClock } from "./clock.js";
import { s as UserError } from "./errors.js";
import { t as linesIn } from "./lines.js";
import { r as folderOption } from "./app-option.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt } from "./interrupt.js";
import { i as print, r as note, t as hasColour } from "./output.js";
import { n as createLogRenderer } from "./logs.js";
import { basename, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
// src/cli/commands/up.ts
function addUp(program) {
	program.command("up").description("run the processes of a checkout in the foreground, without a server, until Ctrl-C").argument("[process...]", "only these").option("--environment <name>", "the environment to resolve the config for", "default").addOption(folderOption()).addHelpText("after", examples("gantry up", "gantry up web worker", "gantry up -C ../shop")).action(async (names, { dir, environment }) => {
		const folder = resolve(dir);
		const { app, warnings } = await readCheckout(folder, environment);
		const chosen = choose(app, names);
		const variables = await developerVariables(folder, chosen);
		const lines = linesIn(hasColour(process.stderr));
		for (const { message } of warnings) note(lines.detail(`warning: ${message}`));
		if (app.build.command !== null) note(lines.detail("build.command is not run here"));
		if (app.tasks.length > 0) note(lines.detail(`tasks are not run here: ${app.tasks.map((task) => task.name).join(", ")}`));
		const home = await mkdtemp(join(tmpdir(), "gantry-up-"));
		using interrupt = listenForInterrupt();
		const show = createLogRenderer(hasColour(process.stdout));
		try {
			const { runForeground } = await import("./foreground.js");
			await runForeground({
				app: chosen,
				folder,
				home,
				variables,
				clock: systemClock,
				signal: interrupt.signal,
				onUp: (instance, address) => note(lines.detail(`${instance} at ${address}`)),
				onLine: (line) => print(show({
					...line,
					time: line.time.slice(11, 19)
				}))
			});
		} finally {
			await rm(home, {
				recursive: true,
				force: true
			});
		}
	});
}
async function readCheckout(folder, environment) {
	const [{ readConfig }, { folderFiles }] = await Promise.all([import("./read2.js"), import("./folder.js")]);
	const { app, warnings } = await readConfig(folderFiles(folder), {
		name: basename(folder),
		environment
	});
	return {
		app,
		warnings
	};
}
function choose(app, names) {
	const unknown = names.find((name) => !app.processes.some((process) => process.name === name));
	if (unknown !== void 0) throw new UserError(`the config has no process ${unknown}`, { hint: `there are: ${app.processes.map((process) => process.name).join(", ")}` });
	const processes = names.length === 0 ? app.processes : app.processes.filter(({ name }) => names.includes(name));
	return {
		...app,
		processes
	};
}
/** What the developer has in `.env`, and the secrets of the config as they stand in the shell. */
async function developerVariables(folder, app) {
	const file = parseEnv(await readFile(join(folder, ".env"), "utf8").catch(() => ""));
	const secrets = new Set(app.processes.flatMap((process) => [process, ...Object.values(process.containers)]).flatMap(({ secrets: own }) => Object.keys(own)));
	const variables = new Map(Object.entries(file).flatMap(([name, value]) => value === void 0 ? [] : [[name, value]]));
	for (const name of secrets) {
		const value = process.env[name];
		if (value !== void 0) variables.set(name, value);
	}
	const missing = [...secrets].filter((name) => !variables.has(name));
	if (missing.length > 0) throw new UserError(`no value for ${missing.join(", ")}`, { hint: "the config says they are secrets: put them into `.env` (not into git), or into the environment" });
	return variables;
}
export { addUp };
