import { n as cleanLog, t as clean } from "./clean.js";
// src/report/markdown/text.ts
/**
* Text from a repository as a code span: in one GitHub reads no Markdown, no HTML, no mention, no reference and no link, and
* the pipe that would end a cell of a table is escaped; https://github.github.com/gfm/#code-spans
*/
function code(text, limit = 300) {
	const shown = clean(text, limit);
	if (shown === "") return "";
	const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
	return `${fence}${pad}${shown.replaceAll("|", "\\|")}${pad}${fence}`;
}
/** Lines as a block that GitHub shows as they are. */
function codeBlock(lines) {
	const shown = lines.map((line) => cleanLog(line, false));
	const longest = shown.reduce((most, line) => Math.max(most, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)), 2);
	const fence = "`".repeat(longest + 1);
	return [
		`${fence}text`,
		...shown,
		fence
	].join("\n");
}
/** A part that is folded away; null where there is nothing in it. */
function folded(title, content, { open = false } = {}) {
	if (content === "") return null;
	return `<details${open ? " open" : ""}><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
/** Cut at a line, with a sentence that says so; what the cut has left open is closed. */
function capped(text, limit) {
	if (text.length <= limit) return text;
	const end = text.lastIndexOf("\n", limit);
	const kept = text.slice(0, end < 0 ? limit : end);
	const fence = openFence(kept);
	const isFolded = kept.split("<details").length > kept.split("</details>").length;
	return [
		kept,
		...fence === null ? [] : [fence],
		...isFolded ? ["\n</details>"] : [],
		"\nThe rest is too long for here; the log of the job has all of it.\n"
	].join("\n");
}
/** The fence of the code block that a text ends in; null where it ends in none. */
function openFence(text) {
	let open = null;
	for (const line of text.split("\n")) {
		const fence = /^`{3,}/.exec(line)?.[0];
		if (fence === void 0) continue;
		if (open === null) open = fence;
		else if (line === open) open = null;
	}
	return open;
}
// src/report/markdown/comment.ts
/** What GitHub takes as a comment, 65,536 characters, with room for the end: https://docs.github.com/rest/issues/comments */
const LONGEST_COMMENT = 6e4;
/** GitHub takes 1 MiB, and a character may be four bytes: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
const LONGEST_SUMMARY = 25e4;
/** What tells our comment from others, in its first line so that no cut takes it away. Names have no character that could end it. */
function commentMarker({ app, environment }) {
	return `<!-- gantry: ${app}/${environment} -->`;
}
/** A report as the comment on a pull request. */
function commentOf(subject, report) {
	return capped(`${commentMarker(subject)}\n\n${report}\n`, LONGEST_COMMENT);
}
/** A report as the summary of a job. */
function summaryOf(report) {
	return capped(`${report}\n`, LONGEST_SUMMARY);
}
export { codeBlock as a, code as i, commentOf as n, folded as o, summaryOf as r, commentMarker as t };
