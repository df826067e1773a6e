#!/usr/bin/env node
import { i as CommanderError, n as Command, t as examples } from "./help.js";
import { a as TaskError, n as ConfigError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { t as linesIn } from "./lines.js";
import { t as reportBug } from "./bug.js";
import { n as ServerError } from "./client.js";
import { r as note, t as hasColour } from "./output.js";
import { t as version } from "./package.js";
// src/cli/program.ts
const DEPLOY = "Deploy:";
const OPERATE = "Between deploys:";
const SERVER = "The server:";
/** The commands in the order of the help. Their modules are loaded when they are needed. */
const NOUNS = [
	{
		name: "config",
		group: DEPLOY,
		load: async () => (await import("./config.js")).addConfig
	},
	{
		name: "plan",
		group: DEPLOY,
		load: async () => (await import("./plan2.js")).addPlan
	},
	{
		name: "up",
		group: DEPLOY,
		load: async () => (await import("./up.js")).addUp
	},
	{
		name: "deploy",
		group: DEPLOY,
		load: async () => (await import("./deploy.js")).addDeploy
	},
	{
		name: "deployment",
		group: DEPLOY,
		load: async () => (await import("./deployment.js")).addDeployment
	},
	{
		name: "release",
		group: DEPLOY,
		load: async () => (await import("./release.js")).addRelease
	},
	{
		name: "rollback",
		group: DEPLOY,
		load: async () => (await import("./rollback.js")).addRollback
	},
	{
		name: "ps",
		group: OPERATE,
		load: async () => (await import("./ps.js")).addPs
	},
	{
		name: "logs",
		group: OPERATE,
		load: async () => (await import("./logs.js")).addLogs
	},
	{
		name: "scale",
		group: OPERATE,
		load: async () => (await import("./scale.js")).addScale
	},
	{
		name: "process",
		group: OPERATE,
		load: async () => (await import("./process.js")).addProcess
	},
	{
		name: "env",
		group: OPERATE,
		load: async () => (await import("./env.js")).addEnv
	},
	{
		name: "run",
		group: OPERATE,
		load: async () => (await import("./run.js")).addRun
	},
	{
		name: "server",
		group: SERVER,
		load: async () => (await import("./server.js")).addServer
	},
	{
		name: "app",
		group: SERVER,
		load: async () => (await import("./app.js")).addApp
	},
	{
		name: "token",
		group: SERVER,
		load: async () => (await import("./token.js")).addToken
	}
];
/**
* The program with the commands that these arguments may mean, which are all where no word of them is a command. It
* throws CommanderErrors and never ends the process.
*/
async function createProgram(argv) {
	const program = new Command("gantry").description("Turns a git push into running processes.").version(version).exitOverride().enablePositionalOptions().configureOutput({ outputError: (text, write) => write(problem(text)) }).showHelpAfterError("       --help says how it is used").addHelpText("after", examples("gantry server", "gantry app create hello", "gantry ps --help"));
	const named = NOUNS.filter(({ name }) => argv.includes(name));
	for (const { group, load } of named.length > 0 ? named : NOUNS) {
		program.commandsGroup(group);
		(await load())(program);
	}
	return program;
}
function problem(text) {
	return `${linesIn(hasColour(process.stderr)).problem(text.replace(/^error: /, ""))}\n`;
}
// src/cli/main.ts
const EXIT = {
	ok: 0,
	failed: 1,
	badInput: 2,
	interrupted: 130,
	brokenPipe: 141
};
/** The one place where an error becomes text and an exit code. */
async function main(argv) {
	try {
		await (await createProgram(argv)).parseAsync(argv, { from: "user" });
	} catch (error) {
		process.exitCode = await report(error);
	}
}
async function report(error) {
	if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
	const colour = hasColour(process.stderr);
	if (error instanceof ConfigError) {
		const { renderProblems } = await import("./config3.js");
		note(renderProblems(error.diagnostics, { colour }));
		return EXIT.badInput;
	}
	if (error instanceof UserError) {
		const { problem, detail } = linesIn(colour);
		note(problem(error.message));
		if (error.hint !== void 0) note(detail(error.hint));
		return exitCodeOf(error);
	}
	reportBug(error);
	return EXIT.failed;
}
function exitCodeOf(error) {
	if (error instanceof CancelledError) return EXIT.interrupted;
	return error instanceof DeployError || error instanceof TaskError || error instanceof ServerError ? EXIT.failed : EXIT.badInput;
}
process.stdout.on("error", (error) => {
	if (error.code !== "EPIPE") throw error;
	process.exit(EXIT.brokenPipe);
});
await main(process.argv.slice(2));
export {};
