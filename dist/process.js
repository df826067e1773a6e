import { n as showImage } from "./image.js";
import { n as instanceCount } from "./spec.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { i as print, o as printJson, r as note, s as printTable } from "./output.js";
import { s as UserError } from "./errors.js";
import { a as showFieldWords, n as parseFieldWords, t as fieldName } from "./key-values.js";
import { r as isGood } from "./ledger.js";
import { t as watch } from "./watch.js";
import { r as confirm } from "./prompt.js";
import { t as findProcess } from "./running.js";
import { i as showValue } from "./kept.js";
import { t as age } from "./age.js";
// src/cli/left-variables.ts
/** Says how to be rid of variables of a process: they are no part of a deployment, and stay when that is over. */
function noteLeftVariables(process, names) {
	if (names.length === 0) return;
	note(`       Variables of ${process} stay set: ${names.join(", ")}`);
	note(`       Take them away with \`gantry env unset ${names.join(" ")} --process ${process}\``);
}
/** The same of those that were set with fields which it did not come to. */
function noteSetVariables(process, set, outcome) {
	if (outcome === null || isGood(outcome)) return;
	noteLeftVariables(process, Object.keys(set).flatMap((key) => key.startsWith("env.") ? key.slice(4) : []));
}
// src/cli/commands/process-changes.ts
/** The verbs of `gantry process` that make a deployment. */
function addProcessChanges(process) {
	addSet(process);
	addUnset(process);
	for (const verb of VERBS) addVerb(process, verb);
}
function addSet(process) {
	aboutApp(process.command("set").argument("<words...>").usage("[options] [name] <key=value...>").description("set fields by hand; later deploys keep them. The name may be left out where there is one process").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry process set worker memory=2 cpu=0.5", "gantry process set web image=release:v3", "gantry process set web image=\"\"", "gantry process set health_check.path=/healthz env.LOG_LEVEL=debug")).action(async (words, options) => {
		const control = await connectToApp(options);
		const [first = "", ...rest] = words;
		const named = !first.includes("=");
		const fields = named ? rest : words;
		if (fields.length === 0) throw new UserError(`what is to be set of ${first}?`, { hint: "add key=value" });
		const set = parseFieldWords(fields);
		const name = named ? first : await onlyProcess(control);
		const title = `set ${name} ${showFieldWords(fields)}`;
		const operations = [{
			process: name,
			set
		}];
		noteSetVariables(name, set, await watch(control, (watching) => control.operate(title, operations, watching), options));
	});
}
async function onlyProcess(control) {
	const [only, ...others] = (await control.running()).processes.map(({ spec }) => spec.name);
	if (only !== void 0 && others.length === 0) return only;
	throw new UserError("which process?", { hint: only === void 0 ? `nothing was deployed to ${control.app} yet` : `there are: ${[only, ...others].join(", ")}` });
}
function addUnset(process) {
	aboutApp(process.command("unset <name> <key...>").description("hand fields back: what the config says holds again").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry process unset worker memory cpu", "gantry process unset worker env.LOG_LEVEL")).action(async (name, keys, options) => {
		const control = await connectToApp(options);
		const unset = keys.map(fieldName);
		const title = `unset ${name} ${unset.join(" ")}`;
		const operations = [{
			process: name,
			unset
		}];
		await watch(control, (watching) => control.operate(title, operations, watching), options);
	});
}
const VERBS = [
	{
		verb: "start",
		description: "start stopped processes, with the counts they had",
		change: { set: { disabled: "false" } }
	},
	{
		verb: "stop",
		description: "stop processes; deploys leave them stopped",
		change: { set: { disabled: "true" } }
	},
	{
		verb: "restart",
		description: "replace instances by new ones, which get the variables as they are now",
		change: { restart: true }
	}
];
function addVerb(process, { verb, description, change }) {
	aboutApp(process.command(`${verb} <name...>`).description(description).option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples(`gantry process ${verb} worker`, `gantry process ${verb} web worker`)).action(async (names, options) => {
		const control = await connectToApp(options);
		const operations = [...new Set(names)].map((process) => ({
			process,
			...change
		}));
		const title = `${verb} ${names.join(" ")}`;
		await watch(control, (watching) => control.operate(title, operations, watching), options);
	});
}
// src/cli/commands/process-create.ts
function addCreate(process) {
	aboutApp(process.command("create").argument("<name>", "letters, digits and hyphens").argument("[fields...]", "key=value, as in the config: health_check.path=/up, env.LOG_LEVEL=debug").usage("[options] <name> [key=value...]").description("make a process that the config does not name; later deploys keep it and give it new images").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry process create mailer command='bin/mailer --queue mail' memory=1 spot_count=2", "gantry process create pgbouncer image=bitnami/pgbouncer:1.23 port=6432 expose=private")).action(async (name, words, options) => {
		if (name.includes("=")) throw new UserError("what is the process to be called?", { hint: `the name comes first: gantry process create NAME ${name}` });
		const set = parseFieldWords(words);
		const control = await connectToApp(options);
		const title = `create ${[name, showFieldWords(words)].join(" ").trim()}`;
		const operations = [{
			process: name,
			create: true,
			set
		}];
		noteSetVariables(name, set, await watch(control, (watching) => control.operate(title, operations, watching), options));
	});
}
// src/cli/commands/process-delete.ts
function addDelete(process) {
	aboutApp(process.command("delete <name>").description("stop a process that was made by hand, and delete it; one of the config is removed there").option("--yes", "do not ask").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry process delete mailer", "gantry process delete mailer --yes")).action(async (name, options) => {
		const control = await connectToApp(options);
		const { origin } = findProcess(await control.running(), control.app, name);
		if (!options.yes && origin === "operator") {
			note(`-----> Delete ${name} of ${control.app} and all its instances`);
			await confirm();
		}
		const operations = [{
			process: name,
			delete: true
		}];
		const outcome = await watch(control, (watching) => control.operate(`delete ${name}`, operations, watching), options);
		if (outcome === null || !isGood(outcome)) return;
		noteLeftVariables(name, (await control.variables()).filter(({ process: of }) => of === name).map((each) => each.name));
	});
}
// src/cli/commands/process-show.ts
function addShow(process) {
	aboutApp(process.command("show <name>").description("show every field of a process and who set it, its instances, and what happened lately").option("--json", "print JSON")).addHelpText("after", examples("gantry process show web", "gantry process show web --json")).action(async (name, options) => {
		const control = await connectToApp(options);
		const found = findProcess(await control.running({ instances: true }), control.app, name);
		if (options.json) return printJson(found);
		printTable([
			"FIELD",
			"VALUE",
			"SET BY"
		], fieldRows(found));
		if (found.instances.length > 0) {
			print("");
			printTable([
				"INSTANCE",
				"STATE",
				"AGE",
				"ADDRESS",
				"RESTARTS",
				"LAST EXIT"
			], found.instances.map(instanceRow));
		}
		if (found.events.length > 0) {
			print("");
			printTable(["AGO", "EVENT"], found.events.map(({ at, text }) => [age(at), text]));
		}
	});
}
function fieldRows({ spec, owned, origin }) {
	const { name, restarts, image, env, secrets, variables, containers, ...fields } = spec;
	const isOurs = origin === "operator";
	const setBy = (field) => {
		if (Object.hasOwn(owned, field)) return "operator";
		return isOurs ? "default" : "config";
	};
	return [
		[
			"name",
			name,
			origin
		],
		[
			"image",
			showImage(image),
			setBy("image")
		],
		...Object.entries(fields).flatMap(([field, value]) => flattened(field, value).map(([entry, each]) => [
			entry,
			showValue(entry, each),
			setBy(field)
		])),
		...Object.entries(containers).flatMap(([beside, container]) => containerRows(`containers.${beside}`, container, setBy("containers"))),
		...restarts === 0 ? [] : [[
			"restarts",
			String(restarts),
			"operator"
		]],
		...Object.entries(env).map(([key, value]) => [
			`env.${key}`,
			value,
			"config"
		]),
		...Object.entries(secrets).map(([key, reference]) => [
			`secrets.${key}`,
			reference,
			"config"
		]),
		...Object.entries(variables).map(([key, version]) => [
			`variables.${key}`,
			`version ${version}`,
			"operator"
		])
	];
}
function containerRows(path, { image, ...fields }, setBy) {
	return [[
		`${path}.image`,
		showImage(image),
		setBy
	], ...Object.entries(fields).flatMap(([field, value]) => flattened(`${path}.${field}`, value).map(([entry, each]) => [
		entry,
		showValue(entry, each),
		setBy
	]))];
}
/** A map as one field for each of its entries: `rollout.timeout`. */
function flattened(field, value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value).map(([key, each]) => [`${field}.${key}`, each]) : [[field, value]];
}
function instanceRow({ id, state, since, address, restarts, last_exit }) {
	return [
		id,
		state,
		age(since),
		address ?? "-",
		String(restarts),
		last_exit ?? "-"
	];
}
// src/cli/commands/process.ts
function addProcess(program) {
	const process = program.command("process").description("look at processes, and make, change and delete them by hand").addHelpText("after", examples("gantry process list", "gantry process set worker memory=2", "gantry process stop worker"));
	addList(process);
	addShow(process);
	addCreate(process);
	addProcessChanges(process);
	addDelete(process);
}
function addList(process) {
	aboutApp(process.command("list").description("list the processes with their counts and what was set by hand").option("--json", "print JSON")).addHelpText("after", examples("gantry process list", "gantry process list --app hello --json")).action(async (options) => {
		const control = await connectToApp(options);
		const { processes } = await control.running({ instances: true });
		if (options.json) printJson(processes);
		else if (processes.length === 0) note(`nothing was deployed to ${control.app} yet`);
		else printTable([
			"NAME",
			"STATE",
			"UP",
			"DEMAND",
			"SPOT",
			"EXTRAS",
			"IMAGE",
			"MADE BY",
			"SET BY OPERATOR"
		], processes.map(cellsOf));
	});
}
function cellsOf({ spec, owned, origin, instances }) {
	const up = instances.filter(({ state }) => state === "up").length;
	return [
		spec.name,
		spec.disabled ? "stopped" : "started",
		`${up} of ${instanceCount(spec)}`,
		String(spec.demand_count),
		String(spec.spot_count),
		spec.scale_type === "none" ? "-" : `${spec.scale_count} ${spec.scale_type}`,
		showImage(spec.image),
		origin,
		Object.keys(owned).join(", ") || "-"
	];
}
export { addProcess };
