import { n as Option } from "./extra-typings.js";
import { t as age } from "./age.js";
import { n as aboutServer } from "./app-option.js";
import { r as path, t as connect } from "./connect.js";
import { t as examples } from "./help.js";
import { i as print, o as printJson, r as note, s as printTable } from "./output.js";
// src/cli/commands/token.ts
const SCOPES = [
	"push",
	"read",
	"operate",
	"admin"
];
function addToken(program) {
	const token = program.command("token").description("make, list and revoke access tokens").addHelpText("after", examples("gantry token create --app hello", "gantry token list"));
	addCreate(token);
	addList(token);
	addRevoke(token);
}
function addCreate(token) {
	aboutServer(token.command("create").description("make a token, which is shown this one time: it goes to stdout alone").option("--app <name>", "what it is good for; default: all apps").addOption(new Option("--scope <scope>", "what it may do").choices(SCOPES).default("push")).option("--name <text>", "whose it is, for people; default: what it may do").option("--json", "print JSON")).addHelpText("after", examples("gantry token create --app hello --name \"laptop of Ada\"", "git remote add gantry \"http://any:$(gantry token create --app hello)@127.0.0.1:7070/hello.git\"")).action(async ({ app, scope, name, json, ...server }) => {
		const made = await (await connect(server)).post(path`/tokens`, {
			app,
			scope,
			name: name ?? `${scope} ${app ?? "all apps"}`
		});
		note(`token ${made.id}: may ${made.scope} ${made.app ?? "all apps"}; it is not shown again`);
		if (json) printJson(made);
		else print(made.token);
	});
}
function addList(token) {
	aboutServer(token.command("list").description("list the tokens, without themselves").option("--json", "print JSON")).addHelpText("after", examples("gantry token list")).action(async ({ json, ...server }) => {
		const tokens = await (await connect(server)).list(path`/tokens`);
		if (json) printJson(tokens);
		else if (tokens.length === 0) note("no tokens yet: make one with `gantry token create`");
		else printTable([
			"ID",
			"NAME",
			"SCOPE",
			"APP",
			"MADE",
			"USED"
		], tokens.map(cellsOf));
	});
}
function cellsOf({ id, name, scope, app, created_at, used_at }) {
	return [
		id,
		name,
		scope,
		app ?? "all",
		`${age(created_at)} ago`,
		used_at === null ? "never" : `${age(used_at)} ago`
	];
}
function addRevoke(token) {
	aboutServer(token.command("revoke <id>").description("make a token worthless at once")).addHelpText("after", examples("gantry token revoke 3f9c2a77ab01")).action(async (id, server) => {
		await (await connect(server)).delete(path`/tokens/${id}`);
		note(`token ${id} is revoked`);
	});
}
export { addToken };
