// src/config/text.ts
const SHOWN = 60;
/**
* Text of a pushed file, safe for a terminal: characters that move the cursor, change colours or reorder text become
* the replacement character.
*/
function printable(text) {
	return text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, "�");
}
/** A text of a pushed file in quotes, cut to a readable length. */
function quote(text) {
	return `"${printable(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)}"`;
}
/** What stands at a place, in a few words. */
function describeValue(value) {
	if (value.kind === "list") return "a list";
	if (value.kind === "table") return "a map";
	if (value.value === null) return "nothing";
	return typeof value.value === "string" ? quote(value.value) : printable(value.text.slice(0, SHOWN));
}
/** `processes.web.command[2]` */
function showPath(path) {
	let shown = "";
	for (const key of path) if (typeof key === "number") shown += `[${key}]`;
	else if (/^[\w-]{1,100}$/.test(key)) shown += shown === "" ? key : `.${key}`;
	else shown += `[${quote(key)}]`;
	return shown;
}
export { showPath as i, printable as n, quote as r, describeValue as t };
