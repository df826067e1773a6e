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
/** @throws UserError for a word that is not `key=value`, and for a key that comes twice */
function parseKeyValues(words) {
	const values = /* @__PURE__ */ new Map();
	for (const word of words) {
		const pair = parseKeyValue(word);
		if (pair === null) throw new UserError(`${JSON.stringify(word)} is not of the form key=value`);
		if (values.has(pair.key)) throw new UserError(`${pair.key} is given twice`);
		values.set(pair.key, pair.value);
	}
	return Object.fromEntries(values);
}
/** Other names under which people know a field. */
const ALIASES = { desired_count: "demand_count" };
function fieldName(key) {
	return Object.hasOwn(ALIASES, key) ? ALIASES[key] : key;
}
/**
* Reads the `key=value` words of `process set`. An empty image means: no longer pinned.
*
* @throws UserError
*/
function parseFieldChanges(words) {
	const { image, ...set } = parseKeyValues(words.map(renamed));
	if (image === "") return {
		set,
		unset: ["image"]
	};
	return {
		set: image === void 0 ? set : {
			...set,
			image
		},
		unset: []
	};
}
function renamed(word) {
	const pair = parseKeyValue(word);
	return pair === null ? word : `${fieldName(pair.key)}=${pair.value}`;
}
export { parseKeyValues as i, parseFieldChanges as n, parseKeyValue as r, fieldName as t };
