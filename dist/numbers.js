import { a as InvalidArgumentError } from "./help.js";
// src/cli/numbers.ts
/** What the API gives at once. */
const MOST_LINES = 1e3;
/** Reads how many of something are asked for. */
function readCount(text) {
	const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
	if (count < 1 || count > 1e3) throw new InvalidArgumentError(`It is a number from 1 to ${MOST_LINES}.`);
	return count;
}
/** Reads `12`, `#12` and `v12`: numbers of deployments and releases as they are shown. */
function readNumber(text) {
	const [, digits] = /^[#v]?([1-9]\d{0,8})$/.exec(text) ?? [];
	if (digits === void 0) throw new InvalidArgumentError("It is a number, as in 12.");
	return Number(digits);
}
export { readNumber as n, readCount as t };
