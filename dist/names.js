// src/config/names.ts
/** Names of apps, environments, processes and tasks. */
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const NAME_RULE = `lower-case letters, digits and single hyphens between them, at most 63`;
function isName(text) {
	return text.length <= 63 && NAME.test(text);
}
/** The nearest name to a text, or null when nothing is left of it. */
function foldName(text) {
	const folded = text.slice(0, 256).toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, 63).replace(/-$/, "");
	return folded === "" ? null : folded;
}
export { isName as i, NAME_RULE as n, foldName as r, NAME as t };
