import { r as showDuration } from "./duration.js";
import { r as showReference } from "./image.js";
import { c as showMemory, s as showCpu } from "./size.js";
import { n as isOver, t as durationOf } from "./task-run.js";
import { n as cleanLog, t as clean } from "./clean.js";
import { n as table } from "./table.js";
import { t as age } from "./age.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt, t as exitInterrupted } from "./interrupt.js";
import { n as readCount } from "./numbers.js";
import { i as print, o as printJson, r as note, s as printTable, t as hasColour } from "./output.js";
import { n as createLogRenderer } from "./logs.js";
import { a as TaskError, s as UserError } from "./errors.js";
import { i as isName } from "./names.js";
import { r as parseKeyValue } from "./key-values.js";
import { n as readRunKeys, t as aboutRun } from "./run-keys.js";
import { n as shown, t as endWith } from "./command-output.js";
// src/cli/start-run.ts
/** Gives a command the options of what starts a run. */
function aboutStart(command) {
	return command.option("-w, --wait", "show its output until it has ended, and exit with its code").option("--initiated-by <text>", "initiated_by=TEXT: who or what starts it; default: you").option("--json", "print the run as JSON; with --wait, as it ended");
}
/** Starts a run, which goes on by itself, and says how to watch it; with `wait` shows it until it has ended. */
async function startRun(control, start, options) {
	if (options.wait) return wait(control, start, options);
	const run = await start();
	if (options.json) return printJson(run);
	print(run.id);
	noteSize(run);
	noteHowToWatch(run, watchedAs(control, options));
}
async function wait(control, start, options) {
	using interrupt = listenForInterrupt();
	const started = await start();
	noteSize(started);
	const query = {
		follow: true,
		signal: interrupt.signal
	};
	for await (const { stream, text } of control.taskLogs(started.id, query)) if (options.json || stream === "gantry") note(shown(text));
	else print(shown(text));
	if (interrupt.signal.aborted) {
		note(`-----> ${started.id} goes on without you`);
		noteHowToWatch(started, watchedAs(control, options));
		return exitInterrupted();
	}
	const run = await control.task(started.id);
	if (!isOver(run)) throw new TaskError(`nobody tells any more what ${run.id} does: it may still run`, { hint: `see what became of it: gantry task show ${run.id}` });
	if (options.json) printJson(run);
	endWith(run);
}
/** What the engine has made of the size that was asked for. */
function noteSize({ id, cpu, memory, max_hours }) {
	note(`-----> ${id} runs with ${showCpu(cpu)} and ${showMemory(memory)}, for ${max_hours} h at most`);
}
function noteHowToWatch({ id }, app) {
	note(`       Watch it with \`gantry task logs ${id} --app ${app} -f\``);
	note(`       Stop it with \`gantry task delete ${id} --app ${app}\``);
}
function watchedAs(control, { environment }) {
	return environment ? `${control.app} -e ${environment}` : control.app;
}
// src/cli/commands/task-create.ts
function addCreate(task) {
	aboutRun(aboutStart(aboutApp(task.command("create").argument("<command>", "a shell line as one word: in single quotes, its variables are those of the app").argument("[words...]", "key=value").usage("[options] <command> [key=value...]").description("start a command in the image and with the variables of what is deployed. Keys: memory, cpu, docker_tag, image, max_hours, initiated_by, and env.NAME for variables of this run alone, which are no secrets: whoever may look at the run may see them. It goes on by itself; with --wait, Ctrl-C ends the waiting only")))).addHelpText("after", examples("gantry task create 'bin/backfill --all' memory=2 max_hours=6", "gantry task create -w 'psql $DATABASE_URL -c \"select 1\"'", "gantry task create bin/report env.MONTH=2026-10 initiated_by=\"the finance team\"")).action(async (command, words, options) => {
		const { set, by } = readWords(words, options);
		const control = await connectToApp(options);
		if (isName(command)) await noteTask(control, command);
		await startRun(control, () => control.startTask({
			command,
			set
		}, by), options);
	});
}
/** Who runs a command that is called like a task may have meant that. */
async function noteTask(control, name) {
	const [latest] = await control.releases(1);
	if (latest?.app.tasks.some((task) => task.name === name)) note(`       ${name} is a task of the config: \`gantry task run ${name}\` starts that. This runs a command of the name`);
}
/** The keys of the run; `initiator` is how others call who started it. */
function readWords(words, options) {
	const stray = words.find((word) => parseKeyValue(word) === null);
	if (stray !== void 0) throw new UserError(`${JSON.stringify(stray)} is not of the form key=value`, { hint: "the command is one word: quote it, as in gantry task create 'bin/backfill --all'" });
	const { initiator, initiated_by, ...set } = readRunKeys(words, options);
	const [by = "", ...others] = [
		initiator,
		initiated_by,
		options.initiatedBy
	].filter((each) => each !== void 0);
	if (others.length > 0) throw new UserError("initiated_by is given twice");
	return {
		set,
		by: by === "" ? null : by
	};
}
// src/cli/commands/task-run.ts
function addRun(task) {
	aboutStart(aboutApp(task.command("run").argument("<task>", "its name in the config").description("start a task of the config, as the last release has it and with the variables of now. It goes on by itself; with --wait, Ctrl-C ends the waiting only"))).addHelpText("after", examples("gantry task run migrate -w", "gantry task run report --initiated-by \"the finance team\"")).action(async (name, options) => {
		const control = await connectToApp(options);
		await startRun(control, () => control.startConfigured(name, options.initiatedBy ?? null), options);
	});
}
// src/cli/commands/task.ts
/** How much of a command stands in a list. */
const SHORT = 60;
/** How many lines of its log are shown with a run. */
const LAST_LINES = 20;
function addTask(program) {
	const task = program.command("task").description("start, list, show, watch and stop what runs once: tasks of the config, and commands").addHelpText("after", examples("gantry task run migrate -w", "gantry task create -w 'bin/backfill --all'", "gantry task list", "gantry task logs ID -f"));
	addRun(task);
	addCreate(task);
	addList(task);
	addShow(task);
	addLogs(task);
	addDelete(task);
}
/** `task=ID` is how others write it. */
function readId(text) {
	return text.replace(/^task=/, "");
}
function addList(task) {
	aboutApp(task.command("list").description("list the runs of tasks, newest first: of deployments, of schedules and by hand").option("-n, --limit <number>", "how many at most", readCount, 20).option("--json", "print JSON")).addHelpText("after", examples("gantry task list", "gantry task list -n 100 --json")).action(async (options) => {
		const control = await connectToApp(options);
		const runs = await control.tasks(options.limit);
		if (options.json) printJson(runs);
		else if (runs.length === 0) note(`no task of ${control.app} is remembered`);
		else printTable([
			"ID",
			"STATUS",
			"EXIT",
			"AGE",
			"DURATION",
			"BY",
			"COMMAND"
		], runs.map(cellsOf));
	});
}
function cellsOf(run) {
	return [
		run.id,
		run.status,
		run.exit_code === null ? "-" : String(run.exit_code),
		age(run.started_at),
		shownDuration(run) ?? "-",
		run.initiated_by,
		clean(run.command, SHORT)
	];
}
function addShow(task) {
	aboutApp(task.command("show").argument("<id>", "of the run", readId).description("show a run: how it went, who started it, what it was given, and the end of its log").option("--json", "print JSON")).addHelpText("after", examples("gantry task show task.run-3f9c2a", "gantry task show task.run-3f9c2a --json")).action(async (id, options) => {
		const control = await connectToApp(options);
		const run = await control.task(id);
		const query = {
			follow: false,
			signal: new AbortController().signal
		};
		const log = [];
		for await (const line of control.taskLogs(id, query)) {
			log.push(line);
			if (log.length > LAST_LINES) log.shift();
		}
		if (options.json) return printJson({
			...run,
			log
		});
		for (const line of table(rowsOf(run))) print(line);
		if (log.length > 0) print("log");
		for (const { text } of log) print(`  ${cleanLog(text, hasColour(process.stdout))}`);
	});
}
function rowsOf(run) {
	const rows = {
		task: run.id,
		status: run.status,
		exit_code: run.exit_code === null ? null : String(run.exit_code),
		reason: run.reason,
		command: run.command,
		initiated_by: run.initiated_by,
		deployment: run.deployment === null ? null : `#${run.deployment}`,
		started: run.started_at,
		ended: run.ended_at,
		duration: shownDuration(run),
		image: showReference(run.image),
		cpu: showCpu(run.cpu),
		memory: showMemory(run.memory),
		max_hours: String(run.max_hours)
	};
	return Object.entries(rows).flatMap(([name, value]) => value === null ? [] : [[name, clean(value, 1e3)]]);
}
function shownDuration(run) {
	const seconds = durationOf(run, Date.now());
	return seconds === null ? null : showDuration(Math.round(seconds));
}
function addLogs(task) {
	aboutApp(task.command("logs").argument("<id>", "of the run", readId).description("show all that a run has written").option("-f, --follow", "go on until it has ended; Ctrl-C ends the watching only").option("--json", "print each line as JSON")).addHelpText("after", examples("gantry task logs task.run-3f9c2a", "gantry task logs task.run-3f9c2a -f")).action(async (id, options) => {
		const control = await connectToApp(options);
		using interrupt = listenForInterrupt();
		const show = options.json ? JSON.stringify : createLogRenderer(hasColour(process.stdout));
		const query = {
			follow: options.follow ?? false,
			signal: interrupt.signal
		};
		for await (const line of control.taskLogs(id, query)) print(show(line));
	});
}
function addDelete(task) {
	aboutApp(task.command("delete").argument("<id>", "of the run", readId).description("stop a run that goes on, or take one that has ended out of the list").option("--json", "print JSON")).addHelpText("after", examples("gantry task delete task.run-3f9c2a")).action(async (id, options) => {
		const { deleted, run } = await (await connectToApp(options)).deleteTask(id);
		if (options.json) printJson({
			deleted,
			run
		});
		else if (deleted === "removed") note(`${run.id} is out of the list`);
		else note(`${run.id} is stopped; it stays in the list until it is deleted once more`);
	});
}
export { addTask };
