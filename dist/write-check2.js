import { s as UserError } from "./errors.js";
import { t as readConfig } from "./read.js";
import "./reading.js";
import { isDeepStrictEqual } from "node:util";
// src/config/gantry-yml/write-check.ts
/**
* Reads what was written as anybody would, for each environment. That it gives the same app holds in tests; a file that
* says something else would be worse than none.
*
* @param name the repository's name
*/
async function expectReadBack(text, apps, name) {
	if (Buffer.byteLength(text) > 1048576) throw new UserError("as a gantry.yml this is larger than 1 MiB, and would not be read", { hint: "split it into several apps" });
	const files = {
		read: async (path) => path === "gantry.yml" ? text : null,
		readBytes: async () => null,
		list: async () => []
	};
	for (const app of apps) {
		const { environment } = app;
		const found = await readConfig(files, {
			name,
			environment
		}).catch((error) => {
			throw new Error(`what was written cannot be read for ${environment}`, { cause: error });
		});
		if (isDeepStrictEqual(found.app, app)) continue;
		throw new Error(`what was written is another app for ${environment}`);
	}
}
export { expectReadBack as t };
