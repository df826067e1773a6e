import { s as UserError } from "./errors.js";
import { n as aboutServer } from "./app-option.js";
import { i as parseKeyValues } from "./key-values.js";
import { i as withQuery, r as path, t as connect } from "./connect.js";
import { t as examples } from "./help.js";
import { i as print, o as printJson, r as note, s as printTable } from "./output.js";
import { t as ask } from "./prompt.js";
import { t as clean } from "./clean.js";
import { t as age } from "./age.js";
import { n as readCount } from "./numbers.js";
// src/cli/app-settings.ts
const text = (_key, value) => value;
/** Nothing takes it away. */
const optional = (_key, value) => value === "" ? null : value;
const list = (_key, value) => value === "" ? [] : value.split(",").map((each) => each.trim());
const flag = (key, value) => {
	if (value === "true" || value === "false") return value === "true";
	throw new UserError(`${key} is true or false, not ${JSON.stringify(value)}`);
};
const engine = (key, value) => {
	if (value === "local" || value === "ecs") return value;
	throw new UserError(`${key} is local or ecs, not ${JSON.stringify(value)}`);
};
const OWN = {
	branch: text,
	allow_force: flag,
	environment: text,
	engine,
	secret_prefixes: list,
	target_groups: list
};
/** As `ecs` of gantry.yml has them. */
const OF_ECS = {
	region: optional,
	cluster: optional,
	subnets: list,
	security_groups: list,
	assign_public_ip: flag,
	namespace: optional,
	execution_role: optional,
	task_role: optional,
	scheduler_role: optional,
	exec: flag
};
/** What the settings of an app are called, for help. */
const SETTINGS = [...Object.keys(OWN), ...Object.keys(OF_ECS)].join(", ");
/**
* Reads the `key=value` words of `app create` and `app set`; lists have commas between their items.
*
* @throws UserError
*/
function readAppSettings(words) {
	const values = parseKeyValues(words);
	const unknown = Object.keys(values).find((key) => !Object.hasOwn({
		...OWN,
		...OF_ECS
	}, key));
	if (unknown !== void 0) throw new UserError(`an app has no setting ${unknown}`, { hint: `there are ${SETTINGS}` });
	const read = (readers) => Object.fromEntries(Object.entries(values).flatMap(([key, value]) => Object.hasOwn(readers, key) ? [[key, readers[key](key, value)]] : []));
	const ecs = read(OF_ECS);
	return {
		...read(OWN),
		...Object.keys(ecs).length > 0 && { ecs }
	};
}
// src/cli/commands/app-audit.ts
/** How much of a change stands in a list. */
const SHORT = 80;
const COMMIT = /^[0-9a-f]{40}$/;
function addAudit(app) {
	aboutServer(app.command("audit <name>").description("list who changed what of an app, newest first; as JSON with what was before and after").option("-n, --limit <number>", "how many at most", readCount, 20).option("--json", "print JSON")).addHelpText("after", examples("gantry app audit hello", "gantry app audit hello -n 1000 --json")).action(async (name, { limit, json, ...server }) => {
		const entries = await (await connect(server)).list(withQuery(path`/apps/${name}/audit`, { limit }));
		if (json) printJson(entries);
		else if (entries.length === 0) note(`nothing of ${name} was changed yet`);
		else printTable([
			"AGE",
			"WHO",
			"WHAT",
			"CHANGE"
		], entries.map(cellsOf$1));
	});
}
function cellsOf$1({ at, who, action, before, after }) {
	return [
		age(at),
		clean(who, SHORT),
		action,
		clean(showChange(before, after), SHORT)
	];
}
/** `branch: main → live`, field by field; what there was not, and what is no more, is shown as a whole. */
function showChange(before, after) {
	if (!isRecord(before) || !isRecord(after)) return after === null ? `${show(before)} is gone` : show(after);
	return [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => show(before[field]) !== show(after[field])).map((field) => `${field}: ${show(before[field])} → ${show(after[field])}`).join(", ");
}
function show(value) {
	if (value === void 0 || value === null) return "-";
	if (typeof value === "string") return COMMIT.test(value) ? value.slice(0, 7) : value;
	if (!isRecord(value)) return JSON.stringify(value);
	return Object.entries(value).map(([field, each]) => `${field} ${show(each)}`).join(", ");
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/cli/commands/app.ts
function addApp(program) {
	const app = program.command("app").description("make, list, set and delete the apps of a server, and see who changed what").addHelpText("after", examples("gantry app create hello", "gantry app list"));
	addCreate(app);
	addList(app);
	addSet(app);
	addAudit(app);
	addDelete(app);
}
function addCreate(app) {
	aboutServer(app.command("create <name> [key=value...]").description("make an app, with settings as `app set` has them, and say how to push to it").option("--branch <name>", "the branch whose pushes deploy; default: main").option("--environment <name>", "the environment of the config; default: default").option("--json", "print JSON")).addHelpText("after", examples("gantry app create hello", "gantry app create shop --branch live --environment production", "gantry app create shop engine=ecs region=eu-west-1 cluster=prod subnets=subnet-1,subnet-2 execution_role=arn:…")).action(async (name, words, { branch, environment, json, ...server }) => {
		const settings = readAppSettings(words);
		const client = await connect(server);
		const made = await client.post(path`/apps`, {
			name,
			branch,
			environment,
			...settings
		});
		if (json) printJson(made);
		else await explainPush(client, made);
	});
}
async function explainPush(client, { name, branch, engine, address }) {
	const url = await client.url();
	print(`-----> Made the app ${name}, which will ${engine === "local" ? `answer at ${address}` : "run on ECS"}`);
	print("       Make a token, and with it a git remote to push to:");
	print(`         gantry token create --app ${name}`);
	print(`         git remote add gantry ${url.replace("//", "//any:TOKEN@")}/${name}.git`);
	print(`         git push gantry HEAD:${branch}`);
}
function addList(app) {
	aboutServer(app.command("list").description("list the apps with their settings and addresses").option("--json", "print JSON")).addHelpText("after", examples("gantry app list", "gantry app list --json | jq -r '.[].name'")).action(async ({ json, ...server }) => {
		const apps = await (await connect(server)).list(path`/apps`);
		if (json) printJson(apps);
		else if (apps.length === 0) note("no apps yet: make one with `gantry app create NAME`");
		else printTable([
			"NAME",
			"BRANCH",
			"FORCE",
			"ENVIRONMENT",
			"ENGINE",
			"ADDRESS"
		], apps.map(cellsOf));
	});
}
function cellsOf({ name, branch, allow_force, environment, engine, ecs, address }) {
	const where = engine === "ecs" ? ["ecs", `cluster ${ecs.cluster ?? "default"}`] : ["local", address];
	return [
		name,
		branch,
		allow_force ? "allowed" : "refused",
		environment,
		...where
	];
}
function addSet(app) {
	aboutServer(app.command("set <name> <key=value...>").description(`change settings: ${SETTINGS}; lists have commas between their items, and an empty value takes a setting away`).option("--json", "print JSON")).addHelpText("after", examples("gantry app set hello branch=live", "gantry app set hello allow_force=false", "gantry app set shop secret_prefixes=ssm:/shop/,secretsmanager:shop/ task_role=")).action(async (name, words, { json, ...server }) => {
		const set = await (await connect(server)).patch(path`/apps/${name}`, readAppSettings(words));
		if (json) printJson(set);
		else note(`${name} is set; the next push heeds it`);
	});
}
function addDelete(app) {
	aboutServer(app.command("delete <name>").description("stop an app and delete everything of it: repository, variables, logs, files").option("--yes", "do not ask")).addHelpText("after", examples("gantry app delete hello", "gantry app delete hello --yes")).action(async (name, { yes, ...server }) => {
		const client = await connect(server);
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
