// src/app/redact.ts
const SHORTEST = 8;
const MARK = "[secret]";
/** V8 refuses patterns that are too large or nest too deep; parts of this length make patterns far from that. */
const LONGEST = 500;
const LONGEST_PATTERN = 2e4;
/**
* Makes a function that replaces known secret values in a line of output with `[secret]`: as they are, with the
* backslashes of JSON, URL-encoded in any of the usual styles, and in base64 or base64url, also as a part of a longer
* encoded text.
*
* Values of fewer than eight characters stay: they would hit innocent text. A value of several lines is known by each
* of its lines. It guards against accidents, not against a program that wants to leak: what is encoded in another way,
* or broken over lines, passes.
*/
function createRedactor(values) {
	const pieces = new Set(values.flatMap(piecesOf));
	if (pieces.size === 0) return (line) => line;
	const longestFirst = [...pieces].sort((a, b) => b.length - a.length);
	const patterns = batches([...new Set(longestFirst.flatMap((piece) => [textPattern(piece), ...encodedPatterns(piece)]))]).map((batch) => new RegExp(`(?:${batch.join("|")})+`, "g"));
	for (const pattern of patterns) "".replace(pattern, "");
	return (line) => patterns.reduce((text, pattern) => text.replace(pattern, MARK), line);
}
function piecesOf(value) {
	return value.toWellFormed().split(/[\r\n]+/).map((line) => line.trim()).flatMap(cut).filter((line) => line.length >= SHORTEST);
}
/** A long text is known by its parts; a rest that would be too short joins the part before it. */
function cut(text) {
	const parts = [];
	let rest = text;
	while (rest.length > 508) {
		parts.push(rest.slice(0, LONGEST));
		rest = rest.slice(LONGEST);
	}
	return [...parts, rest];
}
/** Patterns together as long as the engine takes. */
function batches(forms) {
	const all = [[]];
	let length = 0;
	for (const form of forms) {
		if (length > 0 && length + form.length > LONGEST_PATTERN) {
			all.push([]);
			length = 0;
		}
		all.at(-1).push(form);
		length += form.length;
	}
	return all;
}
/** Raw, with backslashes and URL-encoded at once: encoders differ in what they leave alone, so each character may be in any form. */
function textPattern(text) {
	return Array.from(text, characterPattern).join("");
}
function characterPattern(character) {
	if (/[A-Za-z0-9]/.test(character)) return character;
	const forms = [percentEncoded(character), `\\\\?${escaped(character)}`];
	if (character === " ") forms.push("\\+");
	return `(?:${forms.join("|")})`;
}
/** What base64 makes of a text is the same wherever it stands in a longer one, but for three alignments. */
function encodedPatterns(text) {
	return [
		0,
		1,
		2
	].map((shift) => {
		const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
		const middle = bytes.toString("base64").slice(Math.ceil(shift * 8 / 6), Math.floor(bytes.length * 8 / 6));
		const rest = bytes.length % 3 === 0 ? "" : "[\\w+/-]?(?:=|%3[Dd]){0,2}";
		return middle.replaceAll("+", "(?:[+-]|%2[Bb])").replaceAll("/", "(?:[/_]|%2[Ff])") + rest;
	});
}
function percentEncoded(character) {
	return Array.from(Buffer.from(character), (byte) => {
		return `%${byte.toString(16).padStart(2, "0").replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`;
	}).join("");
}
function escaped(text) {
	return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
export { createRedactor as t };
