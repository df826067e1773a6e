import { execFile } from "node:child_process";
import { promisify } from "node:util";
// src/cli/user-git.ts
const run = promisify(execFile);
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
		])).stdout;
	} catch {
		return null;
	}
}
/** The app that the remote named `gantry` of a checkout belongs to, or null. */
async function appOfRemote(folder) {
	return appOfUrl(await askGit(folder, [
		"config",
		"--get",
		"remote.gantry.url"
	]) ?? "");
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
export { hasUncommitted as i, askGit as n, checkoutRoot as r, appOfRemote as t };
