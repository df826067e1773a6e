import { s as UserError } from "./errors.js";
import { t as doubtOfProcess } from "./variables.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { r as parseKeyValue } from "./key-values.js";
import { o as printJson, r as note, s as printTable } from "./output.js";
import { i as readStdin, n as askHidden } from "./prompt.js";
// src/cli/commands/env.ts
function addEnv(program) {
	const env = program.command("env").description("set variables and secrets by hand").addHelpText("after", examples("gantry env set LOG_LEVEL=debug", "gantry env set API_KEY --secret < key.txt", "gantry env list"));
	addSet(env);
	addUnset(env);
	addList(env);
}
function addSet(env) {
	aboutApp(env.command("set <name[=value]...>").description("set variables; the value of a bare NAME is read from standard input, or asked for").option("--secret", "the value is never to be shown, in a log neither").option("--process <name>", "for this process only")).addHelpText("after", examples("gantry env set LOG_LEVEL=debug TZ=UTC", "gantry env set API_KEY --secret < key.txt", "gantry env set SMTP_PASSWORD --secret --process worker")).action(async (words, options) => {
		const control = await connectToApp(options);
		const { secret = false, process = null } = options;
		if (secret && words.some((word) => parseKeyValue(word) !== null)) {
			note(" !     Other users of this machine could see that value while the command ran, and your shell may keep it:");
			note("       give the bare NAME next time, and the value is asked for or read from standard input");
		}
		const values = await readValues(words);
		const doubt = process === null ? null : doubtOfProcess(await control.running(), process);
		for (const { key, value } of values) {
			await control.setVariable({
				name: key,
				value,
				secret,
				process
			});
			note(`${key} is set${process === null ? "" : ` for ${process}`}`);
		}
		if (doubt !== null) note(` !     ${doubt}`);
		noteWhen();
	});
}
async function readValues(words) {
	const bare = words.filter((word) => parseKeyValue(word) === null);
	const [name] = bare;
	if (name === void 0) return words.map((word) => parseKeyValue(word));
	if (bare.length > 1) throw new UserError(`only one value can be read at a time, not those of ${bare.join(", ")}`, { hint: "set them one after the other, or as NAME=VALUE" });
	const value = process.stdin.isTTY ? await askHidden(`${name}: `) : await readStdin();
	if (value === "") throw new UserError(`no value was given for ${name}`, { hint: `if it is to be empty, say so: gantry env set ${name}=` });
	return words.map((word) => parseKeyValue(word) ?? {
		key: name,
		value
	});
}
function addUnset(env) {
	aboutApp(env.command("unset <name...>").description("take variables away that were set by hand: what the config says holds again").option("--process <name>", "those of this process only")).addHelpText("after", examples("gantry env unset LOG_LEVEL", "gantry env unset SMTP_PASSWORD --process worker")).action(async (names, options) => {
		const control = await connectToApp(options);
		for (const name of names) {
			await control.unsetVariable(name, options.process ?? null);
			note(`${name} is no longer set by hand`);
		}
		noteWhen();
	});
}
function noteWhen() {
	note("Processes get this with the next deploy, or at once with `gantry process restart NAME`");
}
function addList(env) {
	aboutApp(env.command("list").description("list the variables that were set by hand, without their values").option("--json", "print JSON")).addHelpText("after", examples("gantry env list")).action(async (options) => {
		const control = await connectToApp(options);
		const variables = await control.variables();
		if (options.json) printJson(variables);
		else if (variables.length === 0) note(`no variables of ${control.app} were set by hand`);
		else printTable([
			"NAME",
			"SECRET",
			"PROCESS",
			"VERSION"
		], variables.map(cellsOf));
	});
}
function cellsOf({ name, secret, process, version }) {
	return [
		name,
		secret ? "yes" : "no",
		process ?? "all",
		String(version)
	];
}
export { addEnv };
