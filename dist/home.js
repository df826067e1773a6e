import { n as Option } from "./extra-typings.js";
import { join, resolve } from "node:path";
import { homedir } from "node:os";
// src/cli/home.ts
/** The folder that a server keeps everything in, and by which the command line finds that server. */
function homeOption() {
	return new Option("--home <dir>", "the home of the server").env("GANTRY_HOME");
}
/** Without one that was named: the machine's for root, the user's own for everyone else. */
function homeFolder(named) {
	if (named !== void 0 && named !== "") return resolve(named);
	return process.getuid?.() === 0 ? "/var/lib/gantry" : join(homedir(), ".gantry");
}
export { homeOption as n, homeFolder as t };
