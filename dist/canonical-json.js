// src/app/canonical-json.ts
/** JSON that is the same for equal values, in whatever order their keys are. */
function canonicalJson(value) {
	return JSON.stringify(value, (_key, each) => typeof each === "object" && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => a < b ? -1 : 1)) : each);
}
export { canonicalJson as t };
