import { t as instanceCount } from "./spec.js";
// src/plan/variables.ts
/** The reference of a secret whose value is a variable: `API_KEY: gantry`. */
const SET_BY_HAND = "gantry";
/** A variable of one process wins over one that reaches everything. */
function reachOf(variables) {
	const everywhere = versions(variables.filter((each) => each.process === null));
	const own = Map.groupBy(variables, (each) => each.process);
	return (process) => {
		const specific = process === null ? void 0 : own.get(process);
		return specific === void 0 ? everywhere : {
			...everywhere,
			...versions(specific)
		};
	};
}
/** What stays of the config's env and secrets where a variable of the same name wins. */
function unshadowed(says, variables) {
	return {
		env: without(says.env, shadowedEnv(says, variables)),
		secrets: without(says.secrets, shadowedSecrets(says, variables))
	};
}
/** The config's env and secrets that variables win over, as fields: `env.LOG_LEVEL`. */
function shadowedFields(says, variables) {
	return [...shadowedEnv(says, variables).map((name) => ({
		field: `env.${name}`,
		config: says.env[name]
	})), ...shadowedSecrets(says, variables).map((name) => ({
		field: `secrets.${name}`,
		config: says.secrets[name]
	}))];
}
/** The secrets that are to be set by hand and are not. */
function missingSecrets(spec) {
	return Object.entries(spec.secrets).filter(([name, reference]) => reference === SET_BY_HAND && !Object.hasOwn(spec.variables, name)).map(([name]) => name);
}
function shadowedEnv({ env }, variables) {
	return Object.keys(variables).filter((name) => Object.hasOwn(env, name));
}
function shadowedSecrets({ secrets }, variables) {
	return Object.keys(variables).filter((name) => Object.hasOwn(secrets, name) && secrets[name] !== SET_BY_HAND);
}
function versions(variables) {
	return Object.fromEntries(variables.map((each) => [each.name, each.version]));
}
function without(record, names) {
	if (names.length === 0) return record;
	const dropped = new Set(names);
	return Object.fromEntries(Object.entries(record).filter(([name]) => !dropped.has(name)));
}
// src/plan/blocked.ts
const COUNTS = [
	"demand_count",
	"spot_count",
	"scale_count"
];
/** Operations that the plan has nothing for, or something else. */
function impossibleOperations(operate, changes) {
	const planned = new Map(changes.map((each) => [each.name, each]));
	return operate.flatMap((each) => whyNot(each, planned.get(each.process)) ?? []);
}
function whyNot({ process, ...operation }, change) {
	if (operation.create) {
		if (change === void 0) return `there is no image for ${process}, as nothing in the config has the app's own build: give it one with \`image=REFERENCE\``;
		if (change.before !== null) return `there is a process ${process} already: change it with \`gantry process set ${process} …\``;
		return change.after?.origin === "operator" ? null : `the config defines ${process}: deploy, and it is there`;
	}
	if (change === void 0) return `there is no process ${process}: \`gantry process list\` shows those that there are`;
	return operation.delete && change.action !== "remove" ? definedByConfig(process).join(": ") : null;
}
/** Why it cannot be deleted by hand, and what to do. */
function definedByConfig(process) {
	return [`the config defines ${process}`, `remove it there and deploy, or stop it with \`gantry process stop ${process}\``];
}
/** Checks of which an operator has only said when, or how often. */
function incompleteChecks(changes) {
	return changes.flatMap(({ name, after }) => {
		const check = after?.owned.health_check;
		if (!check || check.path !== null || check.command !== null || check.tcp) return [];
		return `health_check of ${name} does not say what to check: set health_check.path, .command or .tcp as well`;
	});
}
/** Counts that make no sense once the config's fields and the operator's are put together. */
function invalidCounts(changes) {
	return changes.flatMap(({ name, after }) => {
		if (after === null) return [];
		return COUNTS.filter((field) => !(after.spec[field] >= 0)).map((field) => {
			const sentence = (owner) => `${field} of ${name} is ${after.spec[field]} (set by ${owner}) and must be 0 or more`;
			return Object.hasOwn(after.owned, field) ? `${sentence("operator")}: hand it back with \`gantry process unset ${name} ${field}\`` : sentence("the config");
		});
	});
}
/** What keeps the engine from making what this plan is to make. */
function standingInTheWay(obstacles, changes) {
	const made = new Set(changes.filter((each) => each.after !== null && !LEAVES.has(each.action)).map((each) => each.name));
	return obstacles.filter((each) => made.has(each.process)).map((each) => each.reason);
}
/** Secrets that are to be set by hand, are not, and are needed by something that this plan starts. */
function unsetSecrets(processes, tasks) {
	const missing = [...processes.flatMap(({ name, action, after }) => after !== null && starts(action, after.spec) ? {
		component: name,
		spec: after.spec
	} : []), ...tasks.flatMap(({ name, action, spec }) => spec !== null && action !== "skip" && action !== "unchanged" ? {
		component: `task ${name}`,
		spec
	} : [])].flatMap(({ component, spec }) => missingSecrets(spec).map((secret) => ({
		secret,
		component
	})));
	return [...Map.groupBy(missing, (each) => each.secret)].map(([secret, uses]) => {
		const users = new Set(uses.map((each) => each.component));
		return `the secret ${secret} has no value, and ${`${list(users)} ${users.size === 1 ? "needs" : "need"} it`}: set it with \`gantry env set ${secret} --secret\``;
	});
}
/** Removals that nobody should make in passing. */
function dangerousRemovals(changes) {
	const running = changes.filter((each) => each.before !== null);
	const removed = changes.filter((each) => each.action === "remove");
	const ofPublic = removed.filter((each) => each.before?.spec.expose === "public");
	const how = "allow it with `--allow-remove`, in a push with `-o allow-remove`, in a workflow with `allow-remove: true`";
	const most = removed.length * 2 > running.length;
	return [...ofPublic.map(({ name }) => `this would remove ${name}, which is public: ${how}`), ...most ? [`this would remove ${removed.length} of ${running.length} processes (${list(removed.map((each) => each.name))}): ${how}`] : []];
}
/** What leaves everything as the engine has taken it once, and must stay possible. */
const LEAVES = /* @__PURE__ */ new Set([
	"stop",
	"pinned",
	"unchanged"
]);
function starts(action, spec) {
	return action !== "unchanged" && action !== "pinned" && instanceCount(spec) > 0;
}
/** `a, b and c`, cut where it gets too long to read. */
function list(names) {
	const all = [...new Set(names)];
	const shown = all.length > 6 ? [...all.slice(0, 5), `${all.length - 5} more`] : all;
	return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
export { incompleteChecks as a, unsetSecrets as c, unshadowed as d, impossibleOperations as i, reachOf as l, dangerousRemovals as n, invalidCounts as o, definedByConfig as r, standingInTheWay as s, LEAVES as t, shadowedFields as u };
