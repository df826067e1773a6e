import { a as HealthCheck, u as Variables } from "./containers.js";
import { i as isName, n as NAME_RULE, r as foldName } from "./names.js";
import { t as require_dist } from "./dist.js";
import { c as messageOf } from "./errors.js";
import { n as NOTHING_UNMET_OF_PROCESS } from "./unmet.js";
import { n as ProcessSettings, r as Rollout } from "./settings.js";
import { r as quote } from "./text.js";
import { t as suggest } from "./suggest.js";
// src/config/operator-keys.ts
var import_dist = require_dist();
/**
* What an image is made from, where ECS puts it and what is around the process in an instance is for the config to say;
* variables are kept on their own.
*/
const NOT_OWNED = /* @__PURE__ */ new Set([
	"build",
	"env",
	"secrets",
	"mounts",
	"containers",
	"depends_on",
	"ecs",
	...Object.keys(NOTHING_UNMET_OF_PROCESS)
]);
/** The keys of a process that a person may set by hand. */
const KEYS = Object.keys(ProcessSettings.shape).filter((key) => !NOT_OWNED.has(key));
const MAPS = {
	health_check: HealthCheck.shape,
	readiness: HealthCheck.shape,
	rollout: Rollout.shape
};
/** Their entries by name. */
const PARTS = Object.entries(MAPS).flatMap(([field, shape]) => Object.keys(shape).map((entry) => `${field}.${entry}`));
/** These may be none, which is what an empty text means. */
const NONE = /* @__PURE__ */ new Set([
	"image",
	"entry_point",
	"command",
	"pre_start",
	"port",
	"ephemeral_storage_gb",
	"autoscaling_cpu_threshold",
	"autoscaling_memory_threshold",
	"health_check",
	"readiness"
]);
/** The fields that are checks. */
const CHECKS = ["health_check", "readiness"];
const COMMANDS = /* @__PURE__ */ new Set(["command", "pre_start"]);
/** These are texts as they stand. */
const TEXTS = /* @__PURE__ */ new Set(["image", "path"]);
function partOf(key) {
	if (!PARTS.includes(key)) return null;
	const [field, entry] = key.split(".");
	return {
		field,
		entry
	};
}
/** Reads the value of a key that is among KEYS. */
function readKey(key, text) {
	if (text === "" && NONE.has(key)) return { value: null };
	const found = read(ProcessSettings.shape[key], key, key, text);
	return CHECKS.includes(key) && "value" in found ? checked(key, found.value) : found;
}
function readPart({ field, entry }, text) {
	const shape = MAPS[field];
	return read(shape[entry], `${field}.${entry}`, entry, text);
}
function read(schema, name, key, text) {
	try {
		const result = schema.safeParse(readText(key, text));
		if (result.success) return { value: result.data };
		return { problem: { message: `${name} must be ${result.error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; ")}; found ${quote(text)}` } };
	} catch (error) {
		return { problem: { message: `${name} cannot be read: ${messageOf(error).split("\n")[0] ?? ""}` } };
	}
}
/** A command may look like anything, and is a list only where it begins like one. */
function readText(key, text) {
	if (TEXTS.has(key) || COMMANDS.has(key) && !text.startsWith("[")) return text;
	return (0, import_dist.parse)(text, {
		maxAliasCount: 0,
		logLevel: "error"
	});
}
function checked(key, check) {
	const { path, command, tcp } = check;
	const named = [
		path !== null,
		command !== null,
		tcp
	].filter(Boolean).length;
	if (named === 0) return { value: null };
	return named === 1 ? { value: check } : { problem: { message: `${key} must name exactly one of path, command and tcp` } };
}
// src/config/operator-fields.ts
/**
* Reads `key=value` words about a process as `gantry.yml` would read `key: value`, with the same rules and units; an
* entry of a map is `health_check.path=/healthz`, a variable is `env.LOG_LEVEL=debug`. What is empty is none.
*/
function readOperatorFields(words, keysToUnset = []) {
	const fields = {
		set: {},
		parts: {},
		unset: [],
		variables: []
	};
	return {
		fields,
		problems: [
			...Object.entries(words).flatMap(([key, text]) => within(key, readWord(fields, key, text))),
			...completeParts(fields),
			...keysToUnset.flatMap((key) => within(key, readUnset(fields, key)))
		]
	};
}
function readWord(fields, key, text) {
	const variable = variableOf(key);
	if (variable !== null) {
		fields.variables.push({
			name: variable,
			value: text
		});
		return variableProblem(variable, text);
	}
	const part = partOf(key);
	if (part === null && !KEYS.includes(key)) return unknownKey(key);
	const found = part === null ? readKey(key, text) : readPart(part, text);
	if ("problem" in found) return found.problem;
	if (part === null) fields.set[key] = found.value;
	else (fields.parts[part.field] ??= {})[part.entry] = found.value;
	return null;
}
function readUnset({ unset, variables }, key) {
	const variable = variableOf(key);
	if (variable !== null) variables.push({
		name: variable,
		value: null
	});
	else if (KEYS.includes(key)) unset.push(key);
	else {
		const part = partOf(key);
		if (part === null) return unknownKey(key);
		return {
			message: `${part.field} is handed back as a whole`,
			hint: `name it: ${part.field}`
		};
	}
	return null;
}
/** A check has one way to be made: who names another one means that instead. */
function completeParts({ set, parts }) {
	return [...Object.keys(parts).filter((field) => Object.hasOwn(set, field)).flatMap((field) => within(field, { message: `${field} is given as a whole and in parts` })), ...CHECKS.flatMap((field) => completeCheck(field, parts))];
}
function completeCheck(field, parts) {
	const check = parts[field];
	if (check === void 0) return [];
	const kinds = Object.keys(NO_KIND).filter((kind) => Object.hasOwn(check, kind));
	if (kinds.length > 0) parts[field] = {
		...NO_KIND,
		...check
	};
	if (kinds.length < 2) return [];
	return within(field, { message: `${field} must name exactly one of path, command and tcp; found ${kinds.join(" and ")}` });
}
function within(path, problem) {
	return problem === null ? [] : [{
		severity: "error",
		path,
		...problem
	}];
}
/** What is wrong with the name of a process that is to be made: the rule is that of the config. */
function nameProblems(name) {
	if (isName(name)) return [];
	const folded = foldName(name);
	return [{
		severity: "error",
		path: "name",
		message: `the name of a process must be ${NAME_RULE}; found ${quote(name)}`,
		...folded !== null && { hint: `did you mean ${quote(folded)}?` }
	}];
}
const FOR_THE_CONFIG = /* @__PURE__ */ new Set([
	"build",
	"mounts",
	"containers",
	"depends_on",
	"ecs"
]);
/** How a check is made; it has one. */
const NO_KIND = {
	path: null,
	command: null,
	tcp: false
};
/** `LEVEL` of `env.LEVEL`. */
function variableOf(key) {
	return key.startsWith("env.") ? key.slice(4) : null;
}
function variableProblem(name, value) {
	const { error } = Variables.safeParse({ [name]: value });
	if (error === void 0) return null;
	const [issue] = error.issues;
	const message = issue?.code === "invalid_key" ? issue.issues[0]?.message ?? "" : issue?.message ?? "";
	return { message: `${issue?.code === "invalid_key" ? `the name of a variable, ${quote(name)},` : `env.${name}`} must be ${message}` };
}
function unknownKey(key) {
	const [head = ""] = key.split(".");
	if (head === "env" || head === "secrets") return {
		message: `${quote(key)} is not set here`,
		hint: "a variable of this process is `env.NAME=VALUE`; a secret is set with `gantry env set NAME --secret --process PROCESS`"
	};
	if (FOR_THE_CONFIG.has(head)) return {
		message: `${quote(key)} cannot be set by hand`,
		hint: `${head} is for the config to say`
	};
	if (key === "name") return {
		message: "\"name\" is no key: the name comes first",
		hint: "as in `gantry process set worker memory=2`"
	};
	const meant = suggest(key, [...KEYS, ...PARTS]);
	return {
		message: `${quote(key)} is not a key of a process that can be set by hand`,
		hint: meant === null ? `there are ${KEYS.join(", ")}` : `did you mean ${quote(meant)}?`
	};
}
export { nameProblems, readOperatorFields };
