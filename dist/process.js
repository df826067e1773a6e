import { n as showImage } from "./image.js";
import { t as instanceCount } from "./spec.js";
import { a as showValue } from "./plan.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { a as printJson, o as printTable, r as note } from "./output.js";
import { t as findProcess } from "./running.js";
import { s as UserError } from "./errors.js";
import { n as parseFieldChanges, t as fieldName } from "./key-values.js";
import { n as watch } from "./watch.js";
// src/cli/commands/process-changes.ts
/** The verbs of `gantry process` that make a deployment. */
function addProcessChanges(process) {
	addSet(process);
	addUnset(process);
	for (const verb of VERBS) addVerb(process, verb);
}
function addSet(process) {
	aboutApp(process.command("set").argument("<words...>").usage("[options] [name] <key=value...>").description("set fields by hand; later deploys keep them. The name may be left out where there is one process").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry process set worker memory=2 cpu=0.5", "gantry process set web image=release:v3", "gantry process set web image=\"\"")).action(async (words, options) => {
		const control = await connectToApp(options);
		const [first = "", ...rest] = words;
		const named = !first.includes("=");
		const changes = parseFieldChanges(named ? rest : words);
		if (named && rest.length === 0) throw new UserError(`what is to be set of ${first}?`, { hint: "add key=value" });
		const name = named ? first : await onlyProcess(control);
		const title = `set ${name} ${(named ? rest : words).join(" ")}`;
		const operations = [{
			process: name,
			...changes
		}];
		await watch(control, (watching) => control.operate(title, operations, watching), options);
	});
}
async function onlyProcess(control) {
	const [only, ...others] = (await control.running()).processes.map(({ spec }) => spec.name);
	if (only !== void 0 && others.length === 0) return only;
	throw new UserError("which process?", { hint: only === void 0 ? `nothing was deployed to ${control.app} yet` : `there are: ${[only, ...others].join(", ")}` });
}
function addUnset(process) {
	aboutApp(process.command("unset <name> <key...>").description("hand fields back: what the config says holds again").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry process unset worker memory cpu")).action(async (name, keys, options) => {
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
// src/cli/commands/process.ts
function addProcess(program) {
	const process = program.command("process").description("look at processes, and change them by hand").addHelpText("after", examples("gantry process list", "gantry process set worker memory=2", "gantry process stop worker"));
	addList(process);
	addShow(process);
	addProcessChanges(process);
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
			"IMAGE",
			"SET BY OPERATOR"
		], processes.map(cellsOf));
	});
}
function cellsOf({ spec, owned, instances }) {
	const up = instances.filter(({ state }) => state === "up").length;
	return [
		spec.name,
		spec.disabled ? "stopped" : "started",
		`${up} of ${instanceCount(spec)}`,
		String(spec.demand_count),
		String(spec.spot_count),
		showImage(spec.image),
		Object.keys(owned).join(", ") || "-"
	];
}
function addShow(process) {
	aboutApp(process.command("show <name>").description("show every field of a process, and who set it").option("--json", "print JSON")).addHelpText("after", examples("gantry process show web", "gantry process show web --json")).action(async (name, options) => {
		const control = await connectToApp(options);
		const found = findProcess(await control.running({ instances: true }), control.app, name);
		if (options.json) printJson(found);
		else printTable([
			"FIELD",
			"VALUE",
			"SET BY"
		], fieldRows(found));
	});
}
function fieldRows({ spec, owned, origin }) {
	const { name: _, restarts: __, image, env, secrets, variables, ...fields } = spec;
	const setBy = (field) => Object.hasOwn(owned, field) ? "operator" : origin;
	return [
		[
			"image",
			showImage(image),
			setBy("image")
		],
		...Object.entries(fields).flatMap(([field, value]) => flattened(field, value).map(([name, each]) => [
			name,
			showValue(name, each),
			setBy(field)
		])),
		...Object.entries(env).map(([key, value]) => [
			`env.${key}`,
			value,
			origin
		]),
		...Object.entries(secrets).map(([key, reference]) => [
			`secrets.${key}`,
			reference,
			origin
		]),
		...Object.entries(variables).map(([key, version]) => [
			`variables.${key}`,
			`version ${version}`,
			"operator"
		])
	];
}
/** A map as one field for each of its entries: `rollout.timeout`. */
function flattened(field, value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value).map(([key, each]) => [`${field}.${key}`, each]) : [[field, value]];
}
export { addProcess };
