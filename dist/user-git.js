import { execFile } from "node:child_process";
import { promisify } from "node:util";
// src/cli/user-git.ts
const run = promisify(execFile);
/** The user's own, for git with its hooks and helpers, without what is meant for Gantry alone. */
function gitEnvironment({ GANTRY_TOKEN: _token, ...others }) {
	return others;
}
/**
* What the user's own git says about their checkout, under their own settings; null when it fails, as it does outside
* of one.
*/
async function askGit(folder, args) {
	try {
		return (await run("git", [
			"-C",
			folder,
			...args
		], { env: gitEnvironment(process.env) })).stdout;
	} catch {
		return null;
	}
}
/** The address of the remote named `gantry` of a checkout, as git would use it; null without one. */
async function urlOfRemote(folder) {
	return (await askGit(folder, [
		"remote",
		"get-url",
		"gantry"
	]))?.trim() || null;
}
/** The app that this remote belongs to, or null. */
async function appOfRemote(folder) {
	return appOfUrl(await urlOfRemote(folder) ?? "");
}
/** `hello` for `http://any:TOKEN@localhost:7070/hello.git`. */
function appOfUrl(url) {
	return /\/([a-z0-9]+(?:-[a-z0-9]+)*)\.git\/?$/.exec(url.trim())?.[1] ?? null;
}
/** The folder that a checkout begins at; null outside of one. */
async function checkoutRoot(folder) {
	const root = (await askGit(folder, ["rev-parse", "--show-toplevel"]))?.replace(/\n$/, "");
	return root ? root : null;
}
/** Whether the work tree has changes that no commit holds; new files count. */
async function hasUncommitted(folder) {
	return (await askGit(folder, ["status", "--porcelain"]) ?? "") !== "";
}
export { gitEnvironment as a, checkoutRoot as i, appOfUrl as n, hasUncommitted as o, askGit as r, urlOfRemote as s, appOfRemote as t };
