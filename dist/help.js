// src/cli/help.ts
/** The examples below a command's help. */
function examples(...lines) {
	return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}
export { examples as t };
