import { r as cleanLog, t as painter } from "./colour.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt } from "./interrupt.js";
import { t as readCount } from "./numbers.js";
import { i as print, t as hasColour } from "./output.js";
// src/cli/commands/logs.ts
function addLogs(program) {
	aboutApp(program.command("logs").description("show what processes and tasks have written").argument("[process]", "only this process, or a task: task.NAME").option("-f, --follow", "go on with what is written from now on").option("-n, --lines <number>", "how many of the last lines to begin with", readCount, 100).option("--json", "print each line as JSON")).addHelpText("after", examples("gantry logs -f", "gantry logs worker -n 500", "gantry logs task.migrate")).action(async (process_, options) => {
		const control = await connectToApp(options);
		const { lines, follow = false } = options;
		const show = options.json ? JSON.stringify : createLogRenderer(hasColour(process.stdout));
		using interrupt = listenForInterrupt();
		const query = {
			process: process_ ?? null,
			lines,
			follow,
			signal: interrupt.signal
		};
		for await (const line of control.logs(query)) print(show(line));
	});
}
const COLOURS = [
	"cyan",
	"yellow",
	"green",
	"magenta",
	"blue",
	"cyanBright",
	"yellowBright",
	"greenBright"
];
/** `TIME instance | text`, where each instance has the next colour. */
function createLogRenderer(colour) {
	const paint = painter(colour);
	const colours = /* @__PURE__ */ new Map();
	return ({ time, instance, stream, text }) => {
		const own = colours.get(instance) ?? COLOURS[colours.size % COLOURS.length];
		colours.set(instance, own);
		const shown = cleanLog(text, colour);
		return `${paint(own, `${time} ${instance} |`)} ${stream === "gantry" ? paint("dim", shown) : shown}`.trimEnd();
	};
}
export { createLogRenderer as n, addLogs as t };
