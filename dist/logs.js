import { n as cleanLog } from "./clean.js";
import { t as painter } from "./colour.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt } from "./interrupt.js";
import { i as readLineCount, r as readDeployment, t as MOST_LOG_LINES } from "./numbers.js";
import { i as print, r as note, t as hasColour } from "./output.js";
import { a as InvalidArgumentError } from "./extra-typings.js";
import { n as parseDuration } from "./duration.js";
// src/cli/since.ts
const ISO_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
/**
* Reads how long ago, as in `10m`, or an ISO time: a day begins in UTC, a time without an offset is local.
*
* @param now milliseconds since the epoch
* @returns an ISO time in UTC
* @throws InvalidArgumentError
*/
function readSince(text, now) {
	const seconds = parseDuration(text);
	if (seconds !== null) return new Date(Math.max(0, now - seconds * 1e3)).toISOString();
	const time = ISO_TIME.test(text) ? Date.parse(text) : NaN;
	if (Number.isNaN(time)) throw new InvalidArgumentError("It is how long ago, as in 10m, or an ISO time: 2026-03-10T12:00:00Z.");
	return new Date(time).toISOString();
}
// src/cli/commands/logs.ts
/** How many lines without being told what to look at. */
const LINES = 100;
const EXAMPLES = examples("gantry logs -f", "gantry logs worker -n 500", "gantry logs task.migrate", "gantry logs --since 10m", "gantry logs web --deployment 12");
function addLogs(program) {
	aboutApp(program.command("logs").description("show what processes and tasks have written, of all instances in the order of time").argument("[process]", "only this process, or a task: task.NAME").option("-f, --follow", "go on with what is written from now on").option("-n, --lines <number>", `how many of the last lines to begin with; default: ${LINES}, or ${MOST_LOG_LINES} with --since and --deployment`, readLineCount).option("--since <time>", "only what was written since: 10m, 2h, 1d, or an ISO time", (text) => readSince(text, Date.now())).option("--instance <id>", "only what this instance wrote, also one that is gone: web.1-3f9c2a").option("--deployment <number>", "only what was written from this deployment's start to the start of the next one", readDeployment).option("--json", "print each line as JSON")).addHelpText("after", EXAMPLES).action(async (process_, options) => {
		const control = await connectToApp(options);
		const { follow = false, since, instance, deployment } = options;
		const narrowed = since !== void 0 || deployment !== void 0;
		const lines = options.lines ?? (narrowed ? 1e4 : LINES);
		const show = options.json ? JSON.stringify : createLogRenderer(hasColour(process.stdout));
		using interrupt = listenForInterrupt();
		const wish = {
			process: process_ ?? null,
			lines,
			follow,
			signal: interrupt.signal,
			...since !== void 0 && { since },
			...instance !== void 0 && { instance },
			...deployment !== void 0 && { deployment }
		};
		let shown = 0;
		for await (const line of control.logs(wish)) {
			print(show(line));
			shown += 1;
		}
		if (follow) return;
		if (shown === 0) note("nothing was written that would be shown here");
		else if (narrowed && shown >= lines) note(`these are the last ${lines} lines: there may be more`);
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
