import { i as NotFoundError, s as UserError } from "./errors.js";
import { t as Repository } from "./repository.js";
import { r as note } from "./output.js";
import { o as hasUncommitted } from "./user-git.js";
// src/cli/checkout.ts
/** What a person who names no commit means. */
const DEFAULT_COMMIT = "HEAD";
/**
* The full id of a commit in the checkout that a folder belongs to; null when there is none of that name: it may be one
* that the server knows.
*
* @throws UserError when none was named and there is none
*/
async function resolveCommit(folder, commit) {
	const id = await resolveIn(folder, commit);
	if (id === null && commit === "HEAD") throw new UserError("there is no commit yet", { hint: "make one first" });
	return id;
}
async function resolveIn(folder, commit) {
	try {
		return await (await Repository.open(folder)).resolve(commit);
	} catch (error) {
		if (error.code === "ENOENT") throw new UserError("git was not found", {
			hint: "install it, or put it into PATH",
			cause: error
		});
		if (error instanceof NotFoundError && commit !== "HEAD") return null;
		throw error;
	}
}
/** Says so when what the person sees in their editor is not what the commit holds. */
async function noteUncommitted(folder, commit) {
	if (commit === "HEAD" && await hasUncommitted(folder)) note(" !     The work tree has changes that are not committed: they are not part of this");
}
export { noteUncommitted as n, resolveCommit as r, DEFAULT_COMMIT as t };
