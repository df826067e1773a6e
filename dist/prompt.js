import { s as UserError, t as CancelledError } from "./errors.js";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
// src/cli/prompt.ts
/** Asks on the terminal. The question goes to stderr: stdout holds results only. */
function ask(question) {
	return readAnswer(question, process.stderr);
}
/** Asks whether to go on. Rejects when that is not said, or nobody is there to say it. */
async function confirm() {
	if (!process.stdin.isTTY) throw new UserError("nobody is there to say yes", { hint: "say so with --yes" });
	const answer = await ask("       Go on? [y/N] ");
	if (!/^y(?:es)?$/i.test(answer.trim())) throw new UserError("nothing was done");
}
/** Asks for something that must not be seen while it is typed. */
async function askHidden(question) {
	process.stderr.write(question);
	try {
		return await readAnswer("", new Writable({ write: (_chunk, _encoding, done) => done() }));
	} finally {
		process.stderr.write("\n");
	}
}
/** All of standard input, without the newline that ends it. */
async function readStdin() {
	return (await text(process.stdin)).replace(/\r?\n$/, "");
}
async function readAnswer(question, output) {
	const terminal = createInterface({
		input: process.stdin,
		output,
		terminal: true
	});
	try {
		return await new Promise((resolve, reject) => {
			terminal.once("SIGINT", () => terminal.close());
			terminal.once("close", () => reject(new CancelledError("nothing was answered, and nothing was done")));
			terminal.question(question, resolve);
		});
	} finally {
		terminal.close();
	}
}
export { readStdin as i, askHidden as n, confirm as r, ask as t };
