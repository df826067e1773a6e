import { createRequire } from "node:module";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { ReadStream as ReadStream$1 } from "node:tty";
// src/engine/terminal/terminal-host.ts
/**
* Holds a pseudo-terminal: `node terminal-host.ts COLUMNS ROWS`. What is typed and shown goes through descriptor 3, JSON
* lines about it through descriptor 4; it ends, and so hangs up, with either of them.
*
* In a process of its own, because what opens a terminal leaves it open in every program that is started later: it would
* be in the hands of all apps, and never hang up.
*/
/** How long one that is released may say nothing before it ends, in ms. */
const QUIET = 500;
const data = new Socket({ fd: 3 });
const control = new Socket({ fd: 4 });
function tell(message) {
	control.write(`${JSON.stringify(message)}\n`);
}
function load() {
	const { requireBinary } = createRequire(import.meta.url)("@lydell/node-pty/requireBinary.js");
	return requireBinary("pty.node");
}
function serve(native) {
	const [columns, rows] = process.argv.slice(2).map(Number);
	const { master, slave, pty } = native.open(columns, rows);
	const terminal = new ReadStream$1(master);
	let heard = 0;
	terminal.on("data", () => heard = Date.now());
	const release = () => {
		closeSync(slave);
		setInterval(() => {
			if (!data.writableNeedDrain && Date.now() - heard > QUIET) terminal.destroy();
		}, QUIET);
	};
	terminal.on("error", () => terminal.destroy());
	terminal.on("close", () => data.end(() => process.exit()));
	terminal.pipe(data, { end: false });
	data.pipe(terminal, { end: false });
	createInterface({ input: control }).on("line", (line) => {
		const message = JSON.parse(line);
		if (message.type === "resize") native.resize(master, message.columns, message.rows);
		else release();
	});
	tell({
		type: "opened",
		path: pty
	});
}
for (const socket of [data, control]) {
	socket.on("error", () => process.exit());
	socket.on("close", () => process.exit());
}
data.on("end", () => process.exit());
try {
	serve(load());
} catch (error) {
	tell({
		type: "failed",
		message: error instanceof Error ? error.message : String(error)
	});
	control.end();
}
export {};
