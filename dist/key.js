import { createHash } from "node:crypto";
// src/build/key.ts
/** Changes when the same input must be built anew because Gantry builds it differently. */
const FORMAT = 1;
/**
* The identity of an image before it is made, 64 hex digits: a hash over the selected entries and over the settings
* that the result depends on. The same on every machine, in whatever order the entries come.
*/
function contentKey(entries, build) {
	const hash = createHash("sha256");
	hash.update(JSON.stringify([FORMAT, ...settingsOf(build)]));
	for (const { mode, oid, path } of entries.toSorted((a, b) => compare(a.path, b.path))) hash.update(`\0${mode} ${oid} ${path}`);
	return hash.digest("hex");
}
/**
* What the layers of builds are kept under, 12 hex digits: builds of one app that differ in nothing but their files can
* use each other's, and others would overwrite them.
*/
function cacheName(build) {
	const settings = JSON.stringify([build.context, ...settingsOf(build)]);
	return createHash("sha256").update(settings).digest("hex").slice(0, 12);
}
/** Of secrets only the ids count: a value that is rotated makes no other image, and no hash of it leaves the machine. */
function settingsOf(build) {
	const secrets = Object.keys(build.secrets).sort(compare);
	return [
		build.dockerfile,
		build.target,
		Object.entries(build.args).sort(([a], [b]) => compare(a, b)),
		build.platform,
		build.command,
		...secrets.length === 0 ? [] : [secrets]
	];
}
/** By code unit, not by the language of the machine. */
function compare(a, b) {
	return a < b ? -1 : Number(a > b);
}
export { contentKey as n, cacheName as t };
