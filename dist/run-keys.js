import { s as UserError } from "./errors.js";
import { i as parseKeyValues, r as parseKeyValue } from "./key-values.js";
// src/cli/run-keys.ts
/** What a command that runs once may be given as `key=value`, or as an option of the same name. */
const KEYS = [
	"memory",
	"cpu",
	"docker_tag",
	"image",
	"max_hours"
];
/** Gives a command the options that say how a run is made. */
function aboutRun(command) {
	return command.option("--memory <size>", "memory=SIZE: a number of GB, or a text such as \"512 MB\"").option("--cpu <number>", "cpu=NUMBER of vCPU").option("--docker-tag <tag>", "docker_tag=TAG: another one of the app's own images").option("--image <reference>", "image=REFERENCE: another image").option("--max-hours <hours>", "max_hours=HOURS after which it is stopped; default: 24");
}
/** @throws UserError for what is no `key=value` or is given twice */
function readRunKeys(words, options) {
	const { memory, cpu, dockerTag: docker_tag, image, maxHours: max_hours } = options;
	const set = parseKeyValues(words);
	for (const [key, value] of Object.entries({
		memory,
		cpu,
		docker_tag,
		image,
		max_hours
	})) {
		if (value === void 0) continue;
		if (Object.hasOwn(set, key)) throw new UserError(`${key} is given twice`);
		set[key] = value;
	}
	return set;
}
/**
* Tells the keys from the command they are about. They stand in front of it, or behind it where it is one word: what
* comes after a program is for the program.
*/
function splitKeys(words) {
	const start = words.findIndex((word) => !isKey(word));
	const rest = start === -1 ? [] : words.slice(start);
	const before = start === -1 ? words : words.slice(0, start);
	const [command = "", ...after] = rest;
	return rest.length > 1 && after.every(isKey) ? {
		command: [command],
		keys: [...before, ...after]
	} : {
		command: rest,
		keys: [...before]
	};
}
function isKey(word) {
	const key = parseKeyValue(word)?.key;
	return KEYS.some((each) => each === key);
}
export { readRunKeys as n, splitKeys as r, aboutRun as t };
