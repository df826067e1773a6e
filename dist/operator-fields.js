import { i as ProcessSettings, t as suggest, v as require_dist } from "./suggest.js";
import { c as messageOf, n as ConfigError } from "./errors.js";
import { r as quote } from "./text.js";
// src/config/operator-fields.ts
var import_dist = require_dist();
/** Variables are set with `gantry env`; what an image is made from and where ECS puts it, only in the config. */
const NOT_OWNED = /* @__PURE__ */ new Set([
	"build",
	"env",
	"secrets",
	"ecs"
]);
/** The keys of a process that a person may set by hand. */
const OPERATOR_KEYS = Object.keys(ProcessSettings.shape).filter((key) => !NOT_OWNED.has(key));
/** These are texts as they stand: a command may look like anything. */
const TEXTS = /* @__PURE__ */ new Set(["image"]);
/**
* Reads `key=value` words about a process as `gantry.yml` would read `key: value`, with the same rules and units.
*
* @throws ConfigError with all that is wrong
*/
function parseOperatorFields(words) {
	const problems = [];
	const fields = {};
	for (const [key, text] of Object.entries(words)) {
		const found = parseField(key, text);
		if ("problem" in found) problems.push({
			severity: "error",
			path: key,
			...found.problem
		});
		else fields[key] = found.value;
	}
	if (problems.length > 0) throw new ConfigError(problems);
	return fields;
}
/** @throws ConfigError when these are not keys that a person may own */
function checkOperatorKeys(keys) {
	const problems = keys.flatMap((key) => OPERATOR_KEYS.includes(key) ? [] : [{
		severity: "error",
		path: key,
		...unknownKey(key)
	}]);
	if (problems.length > 0) throw new ConfigError(problems);
}
function parseField(key, text) {
	if (!OPERATOR_KEYS.includes(key)) return { problem: unknownKey(key) };
	if (key === "image" && text === "") return { value: null };
	const schema = ProcessSettings.shape[key];
	try {
		const result = schema.safeParse(readText(key, text));
		if (result.success) return checked(key, result.data);
		return { problem: { message: `${key} must be ${result.error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; ")}; found ${quote(text)}` } };
	} catch (error) {
		return { problem: { message: `${key} cannot be read: ${messageOf(error).split("\n")[0] ?? ""}` } };
	}
}
function readText(key, text) {
	if (TEXTS.has(key) || key === "command" && !text.startsWith("[")) return text;
	return (0, import_dist.parse)(text, {
		maxAliasCount: 0,
		logLevel: "error"
	});
}
function checked(key, value) {
	if (key !== "health_check") return { value };
	const { path, command, tcp } = value;
	const named = [
		path !== null,
		command !== null,
		tcp
	].filter(Boolean).length;
	if (named === 0) return { value: null };
	return named === 1 ? { value } : { problem: { message: "health_check must name exactly one of path, command and tcp" } };
}
function unknownKey(key) {
	const meant = suggest(key, OPERATOR_KEYS);
	if (key === "env" || key === "secrets") return {
		message: `${quote(key)} is not set here`,
		hint: "use `gantry env set NAME=VALUE --process NAME`"
	};
	return {
		message: `${quote(key)} is not a key of a process that can be set by hand`,
		hint: meant === null ? `there are ${OPERATOR_KEYS.join(", ")}` : `did you mean ${quote(meant)}?`
	};
}
export { checkOperatorKeys, parseOperatorFields };
