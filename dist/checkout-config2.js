import { i as checkoutRoot, t as appOfRemote } from "./user-git.js";
import { basename, resolve } from "node:path";
// src/cli/checkout-config.ts
/**
* The config of a checkout, as it is in the work tree. `--app` and a git remote `gantry` say what the app is called.
*
* @throws ConfigError
*/
async function readCheckoutConfig({ dir, app, environment }) {
	const [{ readConfig }, { folderFiles }] = await Promise.all([import("./read2.js"), import("./folder.js")]);
	const root = await checkoutRoot(dir) ?? resolve(dir);
	const name = app || await appOfRemote(dir);
	const config = await readConfig(folderFiles(root), {
		name: name ?? basename(root),
		environment: environment || void 0
	});
	return name === null || name === void 0 ? config : {
		...config,
		app: {
			...config.app,
			name
		}
	};
}
export { readCheckoutConfig as t };
