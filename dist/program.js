import { t as Command } from "./extra-typings.js";
import { t as version } from "./package.js";
import { t as linesIn } from "./lines.js";
import { t as examples } from "./help.js";
import { t as hasColour } from "./output.js";
// src/cli/program.ts
const DEPLOY = "Deploy:";
const OPERATE = "Between deploys:";
const SERVER = "The server:";
/** The commands in the order of the help. Their modules are loaded when they are needed. */
const NOUNS = [
	{
		name: "init",
		group: DEPLOY,
		load: async () => (await import("./init.js")).addInit
	},
	{
		name: "config",
		group: DEPLOY,
		load: async () => (await import("./config3.js")).addConfig
	},
	{
		name: "plan",
		group: DEPLOY,
		load: async () => (await import("./plan4.js")).addPlan
	},
	{
		name: "verify",
		group: DEPLOY,
		load: async () => (await import("./verify.js")).addVerify
	},
	{
		name: "adopt",
		group: DEPLOY,
		load: async () => (await import("./adopt.js")).addAdopt
	},
	{
		name: "up",
		group: DEPLOY,
		load: async () => (await import("./up.js")).addUp
	},
	{
		name: "deploy",
		group: DEPLOY,
		load: async () => (await import("./deploy3.js")).addDeploy
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
		load: async () => (await import("./logs2.js")).addLogs
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
		load: async () => (await import("./run2.js")).addRun
	},
	{
		name: "exec",
		group: OPERATE,
		load: async () => (await import("./exec.js")).addExec
	},
	{
		name: "task",
		group: OPERATE,
		load: async () => (await import("./task.js")).addTask
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
	},
	{
		name: "completion",
		group: "Your shell:",
		load: async () => (await import("./completion.js")).addCompletion
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
export { createProgram as t };
