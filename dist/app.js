import { s as UserError } from "./errors.js";
import { t as connect } from "./connect.js";
import { r as path } from "./client.js";
import { t as examples } from "./help.js";
import { n as homeOption } from "./home.js";
import { i as parseKeyValues } from "./key-values.js";
import { i as print, o as printJson, r as note, s as printTable } from "./output.js";
import { t as ask } from "./prompt.js";
// src/cli/commands/app.ts
function addApp(program) {
	const app = program.command("app").description("make, list, set and delete the apps of a server").addHelpText("after", examples("gantry app create hello", "gantry app list"));
	addCreate(app);
	addList(app);
	addSet(app);
	addDelete(app);
}
function addCreate(app) {
	app.command("create <name>").description("make an app, and say how to push to it").option("--branch <name>", "the branch whose pushes deploy; default: main").option("--environment <name>", "the environment of the config; default: default").option("--json", "print JSON").addOption(homeOption()).addHelpText("after", examples("gantry app create hello", "gantry app create shop --branch live --environment production")).action(async (name, { branch, environment, home, json }) => {
		const client = connect({ home });
		const made = await client.post(path`/apps`, {
			name,
			branch,
			environment
		});
		if (json) printJson(made);
		else await explainPush(client, made);
	});
}
async function explainPush(client, { name, branch, address }) {
	const { protocol, host } = new URL((await client.get(path`/server`)).url);
	print(`-----> Made the app ${name}, which will answer at ${address}`);
	print("       Make a token, and with it a git remote to push to:");
	print(`         gantry token create --app ${name}`);
	print(`         git remote add gantry ${protocol}//any:TOKEN@${host}/${name}.git`);
	print(`         git push gantry HEAD:${branch}`);
}
function addList(app) {
	app.command("list").description("list the apps with their settings and addresses").option("--json", "print JSON").addOption(homeOption()).addHelpText("after", examples("gantry app list", "gantry app list --json | jq -r '.[].name'")).action(async ({ home, json }) => {
		const apps = await connect({ home }).get(path`/apps`);
		if (json) printJson(apps);
		else if (apps.length === 0) note("no apps yet: make one with `gantry app create NAME`");
		else printTable([
			"NAME",
			"BRANCH",
			"FORCE",
			"ENVIRONMENT",
			"ADDRESS"
		], apps.map(cellsOf));
	});
}
function cellsOf({ name, branch, allow_force, environment, address }) {
	return [
		name,
		branch,
		allow_force ? "allowed" : "refused",
		environment,
		address
	];
}
function addSet(app) {
	app.command("set <name> <key=value...>").description("change settings: branch, allow_force (true or false), environment").option("--json", "print JSON").addOption(homeOption()).addHelpText("after", examples("gantry app set hello branch=live", "gantry app set hello allow_force=false")).action(async (name, words, { home, json }) => {
		const set = await connect({ home }).patch(path`/apps/${name}`, settingsOf(parseKeyValues(words)));
		if (json) printJson(set);
		else note(`${name} is set; the next push heeds it`);
	});
}
function settingsOf({ branch, allow_force, environment, ...others }) {
	const [unknown] = Object.keys(others);
	if (unknown !== void 0) throw new UserError(`an app has no setting ${unknown}`, { hint: "there are branch, allow_force and environment" });
	return {
		...branch !== void 0 && { branch },
		...allow_force !== void 0 && { allow_force: readBoolean("allow_force", allow_force) },
		...environment !== void 0 && { environment }
	};
}
function readBoolean(key, value) {
	if (value === "true" || value === "false") return value === "true";
	throw new UserError(`${key} is true or false, not ${JSON.stringify(value)}`);
}
function addDelete(app) {
	app.command("delete <name>").description("stop an app and delete everything of it: repository, variables, logs, files").option("--yes", "do not ask").addOption(homeOption()).addHelpText("after", examples("gantry app delete hello", "gantry app delete hello --yes")).action(async (name, { home, yes }) => {
		const client = connect({ home });
		await client.get(path`/apps/${name}`);
		if (!yes) await confirmDeletion(name);
		await client.delete(path`/apps/${name}`);
		note(`${name} is deleted`);
	});
}
async function confirmDeletion(name) {
	if (!process.stdin.isTTY) throw new UserError(`this deletes everything of ${name}`, { hint: "say so with --yes" });
	if ((await ask(`This stops ${name} and deletes everything of it. Type its name to go on: `)).trim() !== name) throw new UserError("that is not its name; nothing was deleted");
}
export { addApp };
