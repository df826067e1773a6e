import { t as clean } from "./clean.js";
import { c as startGroup, s as setSecret, t as endGroup } from "./core.js";
// src/action/mask.ts
/** What AWS tools take from the environment. A step before this one that set them has mostly done the same. */
const SECRETS = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
/** Lets the runner take secrets out of all that is written from now on. */
function maskSecrets(environment) {
	for (const name of SECRETS) {
		const value = environment[name];
		if (value) setSecret(value);
	}
}
// src/action/runner-log.ts
/**
* The log of the step. The runner takes lines that begin with `::`, spaces aside, and `##[` anywhere, for commands to itself:
* https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs. What a repository or a process has
* written must not become one.
*/
var RunnerLog = class {
	#group = null;
	line(text) {
		process.stdout.write(`${harmless(text)}\n`);
	}
	/** Lines that follow are folded below a title, until the next one; null: they are not. */
	group(title) {
		if (title === this.#group) return;
		if (this.#group !== null) endGroup();
		this.#group = title;
		if (title !== null) startGroup(clean(title));
	}
};
/** The line, with a space in what the runner would obey. */
function harmless(line) {
	return line.replaceAll(/[\r\n]+/g, " ").replace(/^(\s*):(?=:)/, "$1: ").replaceAll("##[", "## [");
}
export { maskSecrets as n, RunnerLog as t };
