import { stripVTControlCharacters } from "node:util";
// src/report/table.ts
/** Rows as lines: every column but the last as wide as its widest cell, two spaces between, none at the end. */
function table(rows) {
	const widths = columnWidths(rows);
	return rows.map((row) => row.map((cell, column) => column === row.length - 1 ? cell : pad(cell, widths[column])).join("  ").trimEnd());
}
/** How wide each column is, but for the last, which takes what it needs. */
function columnWidths(rows) {
	const widths = [];
	for (const row of rows) row.slice(0, -1).forEach((cell, column) => {
		widths[column] = Math.max(widths[column] ?? 0, visibleLength(cell));
	});
	return widths;
}
/** Items on as few lines as fit the width; one that is too long has a line of its own. */
function wrapped(items, width) {
	const lines = [];
	for (const item of items) {
		const last = lines.at(-1);
		const longer = `${last}, ${item}`;
		if (last !== void 0 && visibleLength(longer) < width) lines[lines.length - 1] = longer;
		else lines.push(item);
	}
	return lines.map((line, index) => index < lines.length - 1 ? `${line},` : line);
}
/** A text on lines that fit the width; a word that is too long has a line of its own. */
function wrappedText(text, width) {
	const lines = [];
	for (const word of text.split(/\s+/)) {
		const last = lines.at(-1);
		const longer = `${last} ${word}`;
		if (last !== void 0 && visibleLength(longer) <= width) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}
function pad(cell, width) {
	return cell + " ".repeat(Math.max(0, width - visibleLength(cell)));
}
function visibleLength(text) {
	return stripVTControlCharacters(text).length;
}
export { wrappedText as i, table as n, wrapped as r, columnWidths as t };
