import { n as ConfigError } from "./errors.js";
import { t as FORMATS } from "./formats.js";
import { posix } from "node:path";
// src/config/gantry-yml/write-sources.ts
/** The file of each other system that a repository has, in the order in which they are looked for. */
async function foreignSources(files) {
	return (await Promise.all(FORMATS.map(async ({ name, files: patterns }) => {
		for (const pattern of patterns) for (const file of await matching(pattern, files)) if (await exists(file, files)) return [{
			format: name,
			file
		}];
		return [];
	}))).flat();
}
async function matching(pattern, files) {
	const star = pattern.indexOf("*");
	if (star === -1) return [pattern];
	const folder = posix.dirname(pattern);
	return (await files.list(folder)).filter((name) => name.endsWith(pattern.slice(star + 1))).map((name) => posix.join(folder, name));
}
/** Also what cannot be read: reading it says why. */
async function exists(file, files) {
	try {
		return await files.read(file) !== null;
	} catch (error) {
		if (error instanceof ConfigError) return true;
		throw error;
	}
}
export { foreignSources };
