import { t as clean } from "./clean.js";
import { t as createProgram } from "./program.js";
// src/cli/completion/candidates.ts
/**
* What could stand in the place of the last word, as far as the program itself knows. Pure.
*
* @param words behind `gantry`, the last one unfinished
*/
function expected(program, words) {
	const [done, current] = [words.slice(0, -1), words.at(-1) ?? ""];
	const { command, operands, pending } = follow(program, done);
	if (pending !== null) return valuesOf(pending);
	const [, flag] = /^(--[^=]+)=/.exec(current) ?? [];
	const assigned = flag === void 0 ? void 0 : command.options.find((each) => each.long === flag);
	if (assigned !== void 0) return {
		...valuesOf(assigned),
		prefix: `${flag}=`
	};
	if (current.startsWith("-")) return known(optionsOf(command));
	if (command.commands.length > 0 && operands === 0) return known(commandsOf(command));
	return argumentOf(command, operands);
}
function follow(program, done) {
	const followed = {
		command: program,
		operands: 0,
		pending: null
	};
	let onlyOperands = false;
	for (const word of done) if (followed.pending !== null) followed.pending = null;
	else if (!onlyOperands && word === "--") onlyOperands = true;
	else if (!onlyOperands && word.startsWith("-")) followed.pending = waitingFor(followed.command, word);
	else {
		const next = followed.operands === 0 ? followed.command.commands.find((each) => each.name() === word) : void 0;
		if (next === void 0) followed.operands++;
		else followed.command = next;
	}
	return followed;
}
function waitingFor(command, word) {
	const option = command.options.find((each) => each.long === word || each.short === word);
	return option?.required === true ? option : null;
}
function optionsOf(command) {
	return [...command.options.filter(({ hidden }) => !hidden).map(({ long, short, description }) => ({
		word: long ?? short ?? "",
		about: description
	})), {
		word: "--help",
		about: "display help for command"
	}];
}
function commandsOf(command) {
	return command.commands.map((each) => ({
		word: each.name(),
		about: each.description()
	}));
}
const BY_OPTION = {
	"--process": "process",
	"--environment": "environment"
};
function valuesOf({ argChoices, long }) {
	return known(plain(argChoices ?? []), BY_OPTION[long ?? ""]);
}
function argumentOf(command, operands) {
	const { registeredArguments: all } = command;
	const last = all.at(-1);
	const argument = all[operands] ?? (last?.variadic === true ? last : void 0);
	if (argument === void 0) return known([]);
	return known(plain(argument.argChoices ?? []), liveOf(command, argument.name()));
}
/** `process show NAME`, `task logs NAME`: what a noun is about is what the first name means. */
function liveOf(command, argument) {
	if (argument === "counts") return "count";
	if (argument === "process" || argument === "task") return argument;
	const noun = command.parent?.name();
	return argument === "name" && command.name() !== "create" && (noun === "process" || noun === "task") ? noun : null;
}
function known(candidates, live = null) {
	return {
		prefix: "",
		candidates,
		live
	};
}
function plain(words) {
	return words.map((word) => ({
		word,
		about: ""
	}));
}
// src/cli/completion/answer.ts
/** A description on a line beside its word. */
const SHORT = 80;
/**
* Answers a shell: a line for each word that could stand in the place of the last one. Nothing at all where something is
* wrong: nobody who presses Tab wants to be told.
*/
async function answer(words) {
	try {
		const lines = (await candidates(words)).map(({ word, about }) => about === "" ? word : `${word}\t${clean(about, SHORT)}`);
		if (lines.length > 0) await written(`${lines.join("\n")}\n`);
	} catch {}
	process.exit(0);
}
async function candidates(words) {
	const current = words.at(-1) ?? "";
	const { prefix, candidates: known, live } = expected(await createProgram(words.slice(0, -1)), words);
	const found = live === null ? [] : await (await import("./live.js")).liveWords(live, words.slice(0, -1));
	return [...known, ...found].map((each) => ({
		...each,
		word: prefix + each.word
	})).filter(({ word }) => word.startsWith(current) && isSafe(word));
}
/** The names come from files and from servers, and a shell puts them into a command line. */
function isSafe(word) {
	return /^[\w./=:@+-]+$/.test(word);
}
async function written(text) {
	await new Promise((resolve) => process.stdout.write(text, resolve));
}
export { answer };
