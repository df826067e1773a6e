import { n as ConfigError } from "./errors.js";
import { _ as ImageReference, b as PlainName, g as Cpu, u as Variables, v as Memory } from "./containers.js";
import { i as TaskSettings } from "./settings.js";
import { t as suggest } from "./suggest.js";
import { r as quote } from "./text.js";
// src/config/run-keys.ts
/** The rules and units are those of a task in the config. */
const SCHEMAS = {
	memory: Memory,
	cpu: Cpu,
	docker_tag: PlainName,
	image: ImageReference,
	max_hours: TaskSettings.shape.max_hours
};
const VARIABLE = "env.";
/**
* Reads `key=value` words about a command that runs once; a variable is `env.LOG_LEVEL=debug`.
*
* @throws ConfigError with all that is wrong
*/
function readRunSettings(words) {
	const problems = [];
	const settings = {};
	const env = {};
	const refuse = (path, message, hint) => void problems.push({
		severity: "error",
		path,
		message,
		...hint !== void 0 && { hint }
	});
	for (const [key, text] of Object.entries(words)) if (key.startsWith(VARIABLE)) {
		const name = key.slice(4);
		const { error } = Variables.safeParse({ [name]: text });
		if (error === void 0) env[name] = text;
		else refuse(key, `${key} cannot be set: ${ruleOf(error)}`);
	} else if (!isKey(key)) {
		const meant = suggest(key, Object.keys(SCHEMAS));
		const all = [...Object.keys(SCHEMAS), "env.NAME"].join(", ");
		refuse(key, `${quote(key)} is not a key of a run`, meant === null ? `there are ${all}` : `did you mean ${quote(meant)}?`);
	} else {
		const { data, error } = SCHEMAS[key].safeParse(key === "max_hours" ? Number(text || NaN) : text);
		if (error === void 0) settings[key] = data;
		else refuse(key, `${key} must be ${error.issues[0]?.message ?? ""}; found ${quote(text)}`);
	}
	if (Object.hasOwn(words, "docker_tag") && Object.hasOwn(words, "image")) refuse("docker_tag", "docker_tag and image both say what to run", "leave one of them out");
	if (problems.length > 0) throw new ConfigError(problems);
	return {
		...settings,
		env
	};
}
function isKey(key) {
	return Object.hasOwn(SCHEMAS, key);
}
/** A name that is wrong has its rule inside of the issue. */
function ruleOf({ issues: [issue] }) {
	const inner = issue !== void 0 && "issues" in issue ? issue.issues[0] : void 0;
	return inner === void 0 ? `its value must be ${issue?.message ?? ""}` : `its name must be ${inner.message}`;
}
export { readRunSettings };
