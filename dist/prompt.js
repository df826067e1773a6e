import { t as CancelledError } from "./errors.js";
import { text } from "node:stream/consumers";
import { Writable } from "node:stream";
import { createInterface } from "node:readline";
// src/cli/prompt.ts
/** Asks on the terminal. The question goes to stderr: stdout holds results only. */
function ask(question) {
	return readAnswer(question, process.stderr);
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
export { askHidden as n, readStdin as r, ask as t };
