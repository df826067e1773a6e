import { a as InvalidArgumentError } from "./extra-typings.js";
// src/cli/numbers.ts
/** What the API gives at once. */
const MOST_LINES = 1e3;
/** What the API gives of the output of instances. */
const MOST_LOG_LINES = 1e4;
/** Reads how many of something are asked for. */
function readCount(text) {
	return readUpTo(MOST_LINES, text);
}
/** Reads how many lines of logs are asked for. */
function readLineCount(text) {
	return readUpTo(MOST_LOG_LINES, text);
}
function readUpTo(most, text) {
	const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
	if (count < 1 || count > most) throw new InvalidArgumentError(`It is a number from 1 to ${most}.`);
	return count;
}
/** Reads `12`, `#12` and `v12`: the number of a deployment as it is shown. */
function readDeployment(text) {
	return readNumber(text, "It is the number of a deployment, as in 12: see `gantry deployment list`.");
}
/** Reads `3`, `#3` and `v3`: the number of a release as it is shown. */
function readRelease(text) {
	return readNumber(text, "It is the number of a release, as in v3: see `gantry release list`.");
}
function readNumber(text, expected) {
	const [, digits] = /^[#v]?([1-9]\d{0,8})$/.exec(text) ?? [];
	if (digits === void 0) throw new InvalidArgumentError(expected);
	return Number(digits);
}
export { readRelease as a, readLineCount as i, readCount as n, readDeployment as r, MOST_LOG_LINES as t };
