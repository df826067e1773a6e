import { c as messageOf } from "./errors.js";
import { n as parseDuration, r as showDuration, t as DURATION } from "./duration.js";
import { a as parseCpu, i as MEMORY_RULE, n as CPU_RULE, o as parseMemory, r as MEMORY, t as CPU } from "./size.js";
import { r as looksSecret } from "./secret-like.js";
import { n as printable } from "./text.js";
import { n as NAME_RULE$1, t as NAME } from "./names.js";
import { t as require_dist } from "./dist.js";
import { t as MAIN } from "./app2.js";
import { S as NEVER, _ as union, a as _enum, c as boolean, d as literal, f as number$1, g as string, h as strictObject, m as record, s as array, t as j, u as int } from "./croner.js";
// src/config/secrets.ts
var import_dist = require_dist();
/**
* What may stand in `secrets`: `gantry` (set by hand), `ssm:NAME` (an SSM parameter) or `secretsmanager:NAME#KEY` (a
* secret of AWS Secrets Manager, or one key of its JSON).
*/
const SECRET_REFERENCE = /^(?:gantry|ssm:[\w./:-]{1,2048}|secretsmanager:[\w./:+=@!-]{1,2048}(?:#[\w.-]{1,256})?)$/;
/** What may stand in `build.secrets`. */
const BUILD_SECRET_REFERENCE = /^env:[A-Za-z_]\w{0,255}$/;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
* Keeps out of all frames what stands under a `secrets` key and is no reference, to the end of its line: somebody may
* have pasted the secret itself. So it does with values of any other key that look like a secret. Works on the tree of a file that is no valid YAML, too.
*/
function hideSecrets(document, source) {
	const anchors = /* @__PURE__ */ new Map();
	const found = [];
	(0, import_dist.visit)(document, (_, node) => {
		if ((0, import_dist.isNode)(node) && !(0, import_dist.isAlias)(node) && node.anchor !== void 0) anchors.set(node.anchor, node);
		if ((0, import_dist.isScalar)(node)) hideIfSecret("", node, source);
		if ((0, import_dist.isMap)(node)) hideIfSecret(String(node.get("name") ?? node.get("key")), node, source);
		if (!(0, import_dist.isPair)(node) || !(0, import_dist.isScalar)(node.key)) return;
		if (node.key.value === "secrets") found.push(node.value);
		hideIfSecret(String(node.key.value), node.value, source);
	});
	const seen = /* @__PURE__ */ new Set();
	for (let node = found.pop(); node !== void 0; node = found.pop()) {
		if (seen.has(node)) continue;
		seen.add(node);
		if ((0, import_dist.isAlias)(node) && anchors.has(node.source)) found.push(anchors.get(node.source));
		else if ((0, import_dist.isMap)(node)) for (const { key, value } of node.items) if ((0, import_dist.isScalar)(key) && key.value === "<<") found.push(...(0, import_dist.isSeq)(value) ? value.items : [value]);
		else hideEntry(key, value, source);
		else hideToLineEnd(node, source);
	}
}
/** Hides a value, or the `value` of a map, that looks like a secret; under a name that does, whatever stands there. */
function hideIfSecret(name, node, source) {
	const value = (0, import_dist.isMap)(node) ? node.get("value", true) : node;
	const text = !(0, import_dist.isScalar)(value) ? "a list or map" : typeof value.value === "string" ? value.value : value.source ?? "";
	if (looksSecret(name, text)) hideToLineEnd(value, source);
}
function hideEntry(key, value, source) {
	if (!(0, import_dist.isScalar)(key) || !VARIABLE_NAME.test(String(key.value))) hideToLineEnd(key, source);
	if (!((0, import_dist.isScalar)(value) && typeof value.value === "string" && isSecretReference(value.value)) && (0, import_dist.isNode)(key)) hideToLineEnd(value, source, key.range?.[1]);
}
function isSecretReference(text) {
	return SECRET_REFERENCE.test(text) || BUILD_SECRET_REFERENCE.test(text);
}
function hideToLineEnd(node, source, from) {
	if (!(0, import_dist.isNode)(node) || !node.range) return;
	const start = from === void 0 ? node.range[0] : from + /^\s*:?[ \t]*/.exec(source.text.slice(from, from + 64))[0].length;
	const lineEnd = source.text.indexOf("\n", node.range[1]);
	source.hide(start, lineEnd === -1 ? source.text.length : lineEnd);
}
// src/config/gantry-yml/scalars.ts
const MAX_TEXT = 32768;
const NUL_RULE = `a text without NUL of at most ${MAX_TEXT} characters`;
/** A key that may be left out; then it is null in the app. */
function orNull(schema) {
	return schema.optional().transform((value) => value ?? null);
}
const Name = string({ error: NAME_RULE$1 }).max(63, { error: NAME_RULE$1 }).regex(NAME, { error: NAME_RULE$1 });
const ArgumentName = string().max(256, { error: "at most 256 characters long" }).regex(VARIABLE_NAME, { error: "letters, digits and underscores, not beginning with a digit" });
const VariableName = ArgumentName.regex(/^(?!PORT$)/, { error: "another one, because the engine gives PORT to every instance" }).regex(/^(?!GANTRY_)/, { error: "another one, because names that begin with GANTRY_ belong to Gantry" });
const Text = string({ error: "a text" }).max(MAX_TEXT, { error: NUL_RULE }).regex(/^[^\0]*$/, { error: NUL_RULE });
const LongText = Text.regex(/\S/, { error: "a text that is not empty" });
/** The value of a variable, or a word of a command. */
const PlainValue = union([
	Text,
	number$1(),
	boolean()
], { error: "a text, a number, true or false" }).transform(String);
const SecretReference = string({ error: "a reference to a secret" }).regex(SECRET_REFERENCE, { error: "a reference: `gantry`, `ssm:NAME` or `secretsmanager:NAME#KEY`" });
/** It becomes the name of a file, and a part of an option that commas divide. */
const BuildSecretId = string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, { error: "letters, digits, `_`, `-` and `.`, 64 at most, beginning with a letter or a digit" });
const BUILD_SECRET_RULE = "a reference to a variable of the machine that builds: `env:NAME`";
const BuildSecretReference = string({ error: BUILD_SECRET_RULE }).regex(BUILD_SECRET_REFERENCE, { error: BUILD_SECRET_RULE });
const COMMAND_RULE = "a line for the shell, or a list of a program and its arguments";
const Command = union([LongText.describe("A line for the shell. One simple command gets `exec` in front, so that signals reach it."), array(PlainValue, { error: COMMAND_RULE }).min(1, { error: COMMAND_RULE }).refine((words) => words[0] !== "", { error: COMMAND_RULE }).describe("A program and its arguments, run as they are.")], { error: COMMAND_RULE }).meta({
	id: "command",
	description: "A text is a line for the shell; a list is run as it is."
});
const Cpu = union([number$1().gt(0, { error: CPU_RULE }).max(192, { error: CPU_RULE }), string().regex(CPU, { error: CPU_RULE })], { error: CPU_RULE }).transform((value, context) => parseCpu(value) ?? refuse(context, "a number of vCPU (0.25), above 0 and at most 192"));
const Memory = union([number$1().gt(0, { error: MEMORY_RULE }).max(256, { error: MEMORY_RULE }), string().regex(MEMORY, { error: MEMORY_RULE })], { error: MEMORY_RULE }).transform((value, context) => parseMemory(value) ?? refuse(context, "a number of GB (0.5) or a text with a unit (\"512 MB\"), from 32 MB to 256 GB"));
/** Seconds between two bounds. */
function duration(least, most) {
	const rule = `a duration from ${showDuration(least)} to ${showDuration(most)}: seconds, or a text such as "30s", "15m", "1h" or "7d"`;
	return union([number$1().min(least, { error: rule }).max(most, { error: rule }), string().regex(DURATION, { error: rule })], { error: rule }).transform((value, context) => {
		const seconds = parseDuration(value);
		return seconds !== null && seconds >= least && seconds <= most ? seconds : refuse(context, rule);
	});
}
function wholeNumber(least, most) {
	const error = `a whole number from ${least} to ${most}`;
	return int({ error }).min(least, { error }).max(most, { error }).overwrite(positiveZero);
}
function number(least, most) {
	const error = `a number from ${least} to ${most}`;
	return number$1({ error }).min(least, { error }).max(most, { error }).overwrite(positiveZero);
}
/** 0 for -0, which YAML and JSON can say and which differs from what comes back from an engine. */
function positiveZero(value) {
	return value + 0;
}
const YesOrNo = boolean({ error: "true or false" });
function oneOf(values) {
	return _enum(values, { error: `one of ${values.join(", ")}` });
}
/** A name or ARN that somebody else gave. */
const PlainName = string({ error: "a text" }).regex(/^[\w./:+=@-]{1,2048}$/, { error: "a name or ARN without blanks" });
const PATH_RULE = "a path inside of the repository, from its root, without `..`";
const RepositoryPath = string({ error: PATH_RULE }).regex(/^(?![/\\])(?!(?:.*[/\\])?\.\.(?:[/\\]|$))[^\p{Cc}]{1,1024}$/u, { error: PATH_RULE }).transform((path) => path.split("/").filter((part) => part !== "" && part !== ".").join("/") || ".");
const PATTERN_RULE = "a pattern as in .dockerignore";
const Pattern = string({ error: PATTERN_RULE }).regex(/^[^\p{Cc}]{1,1024}$/u, { error: PATTERN_RULE });
const Patterns = array(Pattern, { error: "a list of patterns as in .dockerignore" });
const IMAGE_RULE = "an image reference such as ghcr.io/acme/relay:1.4";
const ImageReference = string({ error: IMAGE_RULE }).regex(/^[\w][\w./:@-]{0,511}$/, { error: IMAGE_RULE });
const UrlPath = string({ error: "a path that begins with /" }).regex(/^\/[^\s\p{Cc}]{0,1023}$/u, { error: "a path that begins with /, without blanks" });
const CRON_RULE = "a cron expression of 5 fields (minute, hour, day, month, weekday) or 6 (second first)";
const Schedule = string({ error: CRON_RULE }).max(256, { error: CRON_RULE }).transform((expression, context) => {
	const fields = expression.trim().split(/\s+/);
	if (fields.length !== 5 && fields.length !== 6) return refuse(context, CRON_RULE);
	try {
		new j(fields.join(" "), {
			mode: "5-or-6-parts",
			paused: true
		}).stop();
	} catch (error) {
		const problem = messageOf(error).replace(/^CronPattern: /, "").slice(0, 80);
		return refuse(context, `${CRON_RULE} (${printable(problem)})`);
	}
	return neverComes(fields) ? refuse(context, "a day that comes: no month that it names has it") : fields.join(" ");
});
const DAYS_OF_MONTH = [
	31,
	29,
	31,
	30,
	31,
	30,
	31,
	31,
	30,
	31,
	30,
	31
];
/** The 31st of February. Plain numbers only: to ask croner takes milliseconds for each, and a file has thousands. */
function neverComes(fields) {
	const [days, months, weekday] = fields.slice(-3);
	if (weekday !== "*" || !/^[\d,]+$/.test(days) || !/^[\d,]+$/.test(months)) return false;
	const earliest = Math.min(...days.split(",").map(Number));
	return months.split(",").every((month) => earliest > DAYS_OF_MONTH[Number(month) - 1]);
}
const TimeZone = string({ error: "the name of a time zone" }).refine(isTimeZone, {
	error: "the name of a time zone, such as Europe/Berlin or UTC",
	params: { allowed: Intl.supportedValuesOf("timeZone") }
});
function isTimeZone(name) {
	if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return false;
	try {
		return new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
	} catch {
		return false;
	}
}
function refuse(context, message) {
	context.addIssue({
		code: "custom",
		message
	});
	return NEVER;
}
// src/config/gantry-yml/unmet.ts
const NAME_RULE = "the name of a service or resource: one line of at most 255 characters";
/** The key of a map as well, so it is never what an object has anyway. */
const ServiceName = string({ error: NAME_RULE }).regex(/^(?!__proto__$)[^\p{Cc}]{1,255}$/u, { error: NAME_RULE });
const OneConnection = union([ServiceName, strictObject({
	service: ServiceName.optional(),
	endpoint: ServiceName.optional()
})], { error: "the name of a service, or {service: NAME, endpoint: NAME}" });
const ConnectTo = union([array(ServiceName), record(ServiceName, OneConnection)], { error: "a list of services, or a map of names and services" }).transform((written) => {
	const entries = Array.isArray(written) ? written.map((name) => [name, name]) : Object.entries(written);
	return Object.fromEntries(entries.map(([name, each]) => [name, connection(name, each)]));
}).meta({
	id: "connect_to",
	description: "Services and other resources that the code uses: a list, or a map by what the code calls them. Replaces the inherited ones; `{}` clears them. It is kept; no engine makes permissions, network rules or variables of it yet."
});
function connection(name, written) {
	const { service, endpoint } = typeof written === "string" ? { service: written } : written;
	return {
		service: service ?? name,
		endpoint: endpoint ?? null
	};
}
const Access = strictObject({ ssh: orNull(oneOf([
	"admin",
	"contributor",
	"viewer"
])).describe("The least role that may get a shell.") }).meta({
	id: "access",
	description: "Who may get a shell in an instance. Replaces the inherited one; `{}` clears it. It is kept; no engine knows roles yet."
});
const Texts = union([PlainValue, array(PlainValue)], { error: "a text or a list of texts" }).transform((texts) => Array.isArray(texts) ? texts : [texts]);
const STATEMENTS_RULE = "a list of statements";
/** Of what IAM takes that which Stacktape takes as well. */
const IamRoleStatement = strictObject({
	sid: orNull(PlainValue).describe("What the statement is called."),
	effect: oneOf(["Allow", "Deny"]).default("Allow").describe("Whether it is allowed or forbidden."),
	action: Texts.default([]).describe("What may be done: `s3:GetObject`."),
	resource: Texts.describe("With what: ARNs, or `*`."),
	condition: orNull(record(string(), record(string(), Texts))).describe("When: an operator, a key and its values.")
}, { error: "a statement: {effect: Allow, action: […], resource: […]}" }).meta({
	id: "iam_role_statement",
	description: "A statement of an IAM policy."
});
const IamRoleStatements = array(IamRoleStatement, { error: STATEMENTS_RULE }).default([]).describe("What the code is to be allowed in AWS. Replaces the inherited ones; `[]` clears them. It is kept; Gantry makes no roles yet.");
/** Of processes and tasks. */
const unmet = {
	connect_to: ConnectTo.optional(),
	access: Access.prefault({}),
	iam_role_statements: IamRoleStatements
};
/** Of processes alone. */
const unmetOfProcess = {
	instance_types: array(PlainName, { error: "a list of EC2 instance types" }).default([]).describe("EC2 types to run on, the preferred one first. It is kept; instances run on Fargate."),
	enable_warm_pool: YesOrNo.default(false).describe("Whether stopped EC2 instances of the one type are kept for a faster start. It is kept; Fargate has none.")
};
// src/config/gantry-yml/parts.ts
const HOUR$1 = 3600;
const DAY = 24 * HOUR$1;
const Variables = record(VariableName, PlainValue).meta({
	id: "variables",
	description: "Names and values of variables."
});
const Secrets = record(VariableName, SecretReference).meta({
	id: "secrets",
	description: "Names of variables and references to their values: `gantry`, `ssm:NAME` or `secretsmanager:NAME#KEY`."
});
const Build = strictObject({
	context: RepositoryPath.prefault(".").describe("Folder that the image is made from. `.` is the root of the repository."),
	dockerfile: orNull(RepositoryPath).describe("Dockerfile, from the context. Default: `Dockerfile` on ecs, none on local."),
	target: orNull(PlainName).describe("Stage of the Dockerfile to stop at. Default: the last one."),
	args: record(ArgumentName, PlainValue, { error: "a map" }).default({}).describe("Build arguments. They stay visible in the image: never put a secret here."),
	secrets: record(BuildSecretId, BuildSecretReference, { error: "a map" }).default({}).describe("Secrets that `RUN --mount=type=secret,id=…` of the Dockerfile reads: ids, and the variables of the machine that builds that hold the values, `env:NAME`."),
	platform: orNull(oneOf(["linux/amd64", "linux/arm64"])).describe("What the image runs on. Default: linux/amd64 on ecs."),
	ignore: Patterns.default([]).describe("Patterns, as in .dockerignore and beside it, of files that are left out of the context and do not count as a change."),
	include: Patterns.default([]).describe("Patterns of files that are put back although a rule leaves them out, such as the config file itself."),
	max_age: orNull(duration(60, 3650 * DAY)).describe("Build anew when the image is older than this, to pick up fixes of base images. Default: never."),
	command: orNull(Command).describe("Command that the local engine runs once in the built tree, such as `npm ci`.")
}).meta({
	id: "build",
	description: "What an image is made from. `{}` clears an inherited one."
});
const HealthCheck = strictObject({
	path: orNull(UrlPath).describe("An HTTP GET of this path must answer with a status from 200 to 399."),
	command: orNull(Command).describe("This command, run inside of the instance, must exit with 0."),
	tcp: literal(true, { error: "true, or left out" }).optional().transform((tcp) => tcp ?? false).describe("The port must accept a connection."),
	interval: duration(.1, HOUR$1).prefault("10s").describe("Time between two checks."),
	timeout: duration(.1, 600).prefault("5s").describe("Time after which a check without an answer has failed."),
	retries: wholeNumber(1, 100).default(3).describe("Failed checks in a row that make an instance unhealthy."),
	start_period: duration(0, HOUR$1).prefault("0s").describe("Time after the start in which failed checks do not count.")
}).meta({
	id: "health_check",
	description: "How Gantry knows that an instance works: exactly one of path, command and tcp. `{}` clears an inherited one."
});
const MOUNT_PATH_RULE = "a folder that begins with / or is inside of the folder of the app, without `..`, blanks, commas and colons";
const PATH_PART = String.raw`(?!\.{1,2}(?:/|$))[^\s\p{Cc}:,/]+`;
const MountPath = string({ error: MOUNT_PATH_RULE }).max(255, { error: MOUNT_PATH_RULE }).regex(new RegExp(`^/?${PATH_PART}(?:/${PATH_PART})*$`, "u"), { error: MOUNT_PATH_RULE });
const SOURCE_PATH_RULE = "a path without `..`, blanks, commas and colons, that begins and ends without /";
const SourcePath = string({ error: SOURCE_PATH_RULE }).max(255, { error: SOURCE_PATH_RULE }).regex(new RegExp(`^(?:${PATH_PART}(?:/${PATH_PART})*)?$`, "u"), { error: SOURCE_PATH_RULE });
const Mount = strictObject({
	source: oneOf([
		"tmp",
		"instance",
		"storage"
	]).describe("Whose folder it is. `tmp`: that of one instance, which may be gone at any time. `instance`: that of one instance, as long as there is that. `storage`: that of all instances of the app, which stays."),
	source_path: SourcePath.optional().describe("Which folder of that source. Mounts that name the same one share it. Default: the path of the mount.")
}).meta({
	id: "mount",
	description: "A folder that can be written to."
});
const Mounts = record(MountPath, Mount).meta({
	id: "mounts",
	description: "Folders that can be written to, by their paths. One that does not begin with / is inside of the folder of the app: `/app` on ecs, the tree on local."
});
const EntryPoint = array(PlainValue, { error: "a list of a program and its first arguments" }).min(1, { error: "a list of a program and its first arguments" }).refine((words) => words[0] !== "", { error: "a list of a program and its first arguments" });
// src/config/gantry-yml/containers.ts
const HOUR = 3600;
const ContainerName = Name.regex(new RegExp(`^(?!${MAIN}$)`), { error: `another one, because \`${MAIN}\` is the process itself` });
const DependsOn = record(Name, oneOf([
	"started",
	"healthy",
	"completed",
	"succeeded"
])).meta({
	id: "depends_on",
	description: "Names of containers of the same instance, `main` for the process itself, and how far each must be. `completed`: it has ended; `succeeded`: with 0."
});
const ContainerSettings = strictObject({
	image: orNull(ImageReference).describe("Pins an image that deploys never change. Default: that of the process."),
	build: Build.optional().describe("What an image of its own is made from. Keys that it leaves out are those of the process."),
	entry_point: orNull(EntryPoint).describe("Program that gets the command as its arguments. Default: the entry point of the image."),
	command: orNull(Command).describe("What runs. Default: the command of the image."),
	env: Variables.optional().describe("All of its variables: it inherits none."),
	secrets: Secrets.optional().describe("Variables whose values are kept elsewhere: references only. It inherits none."),
	cpu: orNull(Cpu).describe("vCPU, of those of the instance. Default: what the others leave."),
	memory: orNull(Memory).describe("Memory, of that of the instance. Default: what the others leave."),
	essential: YesOrNo.optional().describe("Whether the instance ends when it ends. Default: true, unless another one waits for it to end."),
	depends_on: DependsOn.optional().describe("What it waits for in a new instance."),
	port: orNull(wholeNumber(1, 65535)).describe("Port that it listens on."),
	health_check: HealthCheck.optional(),
	mounts: Mounts.optional().describe("It inherits none."),
	stop_timeout: duration(0, HOUR).prefault("15s").describe("Time from SIGTERM to SIGKILL.")
}).meta({
	id: "container",
	description: "Runs beside a process in each of its instances, in the same network."
});
const Containers = record(ContainerName, ContainerSettings);
export { oneOf as A, Schedule as C, YesOrNo as D, VariableName as E, hideSecrets as F, wholeNumber as M, SECRET_REFERENCE as N, duration as O, VARIABLE_NAME as P, RepositoryPath as S, UrlPath as T, ImageReference as _, HealthCheck as a, PlainName as b, Secrets as c, IamRoleStatements as d, unmet as f, Cpu as g, Command as h, EntryPoint as i, orNull as j, number as k, SourcePath as l, ArgumentName as m, DependsOn as n, MountPath as o, unmetOfProcess as p, Build as r, Mounts as s, Containers as t, Variables as u, Memory as v, TimeZone as w, PlainValue as x, Name as y };
