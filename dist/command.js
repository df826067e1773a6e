// src/app/command.ts
/**
* The argv of a command. A shell line runs as `/bin/sh -c`, with `exec` in front where it is one simple command, so
* that the signals of a stop reach the program and not the shell around it.
*/
function argv(command) {
	if (typeof command !== "string") return [...command];
	const line = command.trim();
	return [
		"/bin/sh",
		"-c",
		isSimpleCommand(line) ? `exec ${line}` : line
	];
}
/**
* The words of an entry point and of a command that a container is started with; null: those of the image. A `pre_start`
* goes in front of them in one shell, which the command then takes the place of: what that wrote is there, and signals
* reach the program.
*/
function startWords({ entry_point, command, pre_start = null }) {
	const own = command === null ? null : argv(command);
	if (pre_start === null) return {
		entry_point: entry_point && [...entry_point],
		command: own
	};
	const words = [...entry_point ?? [], ...own ?? []];
	const shell = [
		"/bin/sh",
		"-c",
		`${quoted(argv(pre_start))} && exec ${quoted(words)}`
	];
	return entry_point === null ? {
		entry_point: null,
		command: shell
	} : {
		entry_point: shell,
		command: null
	};
}
function quoted(words) {
	return words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
}
/** A command as a person reads it. */
function showCommand(command) {
	if (command === null) return "(of the image)";
	if (typeof command === "string") return command;
	return command.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)).join(" ");
}
const TOKENS = {
	blank: /[ \t]+/y,
	comment: /#[^\n\r]*/y,
	redirection: /\d*(?:>>|>|<)(?:&(?:\d+|-))?(?![<>&|(])/y,
	single: /'[^']*'/y,
	double: /"(?:[^"\\`$]|\\[^\n\r]|\$(?![({])|\$\{[^{}"'`$\\]*\})*"/y,
	escape: /\\[^\n\r]/y,
	parameter: /\$\{[^{}"'`$\\\n\r]*\}|\$(?![({'"])/y,
	plain: /[^ \t\n\r'"\\$`;&|<>()#]+|#/y
};
const SHELL_WORDS = new Set(`! { } [[ case coproc do done elif else esac fi for function if in select then time until while
  . : alias bg bind break builtin caller cd command compgen complete continue declare dirs disown enable eval exec
  exit export fc fg getopts hash history jobs let local logout mapfile popd pushd read readarray readonly return set
  shift shopt source suspend times trap type typeset ulimit umask unalias unset wait`.split(/\s+/));
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=/;
/** Whether a line is one program with arguments and redirections, and nothing of the shell's own language. */
function isSimpleCommand(line) {
	let first = "";
	let firstEnded = false;
	let previous = "blank";
	let position = 0;
	while (position < line.length) {
		const token = tokenAt(line, position, previous === "blank");
		if (token === null) return false;
		if (token.kind === "blank" || token.kind === "redirection") {
			if (first === "") return false;
			firstEnded = true;
		} else if (token.kind !== "comment" && !firstEnded) first += token.text;
		position += token.text.length;
		previous = token.kind;
	}
	return first !== "" && !ASSIGNMENT.test(first) && !SHELL_WORDS.has(first.replaceAll(/['"\\]/g, ""));
}
function tokenAt(line, position, atWordStart) {
	for (const [kind, pattern] of Object.entries(TOKENS)) {
		if (kind === "comment" && !atWordStart) continue;
		pattern.lastIndex = position;
		const match = pattern.exec(line);
		if (match) return {
			kind,
			text: match[0]
		};
	}
	return null;
}
export { showCommand as n, startWords as r, argv as t };
