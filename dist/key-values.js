import { s as UserError } from "./errors.js";
// src/cli/key-values.ts
/** Reads `key=value`; the value may be empty and may hold more `=`. Null for a word without one. */
function parseKeyValue(word) {
	const at = word.indexOf("=");
	return at < 1 ? null : {
		key: word.slice(0, at),
		value: word.slice(at + 1)
	};
}
/** @throws UserError with all words that are not `key=value`, and all keys that come twice */
function parseKeyValues(words) {
	const values = /* @__PURE__ */ new Map();
	const problems = words.flatMap((word) => {
		const pair = parseKeyValue(word);
		if (pair === null) return [`${JSON.stringify(word)} is not of the form key=value`];
		if (values.has(pair.key)) return [`${pair.key} is given twice`];
		values.set(pair.key, pair.value);
		return [];
	});
	if (problems.length > 0) throw new UserError(problems.join("; "));
	return Object.fromEntries(values);
}
/** Other names under which people know a field: Tapitalee has three for one number. */
const ALIASES = {
	desired_count: "demand_count",
	demand: "demand_count",
	spot: "spot_count"
};
function fieldName(key) {
	return Object.hasOwn(ALIASES, key) ? ALIASES[key] : key;
}
/**
* Reads the `key=value` words of `process create` and `process set`: the raw texts by the names of the fields.
*
* @throws UserError
*/
function parseFieldWords(words) {
	return parseKeyValues(words.map(renamed));
}
/** Words as people may read them afterwards: without the values of variables. */
function showFieldWords(words) {
	return words.map((word) => word.replace(/^(env\.[^=]*=).+$/s, "$1…")).join(" ");
}
function renamed(word) {
	const pair = parseKeyValue(word);
	return pair === null ? word : `${fieldName(pair.key)}=${pair.value}`;
}
export { showFieldWords as a, parseKeyValues as i, parseFieldWords as n, parseKeyValue as r, fieldName as t };
