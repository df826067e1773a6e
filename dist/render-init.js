import { t as setCommand } from "./variable-to-set.js";
import { a as showFiles } from "./config2.js";
import { t as linesIn } from "./lines.js";
import { t as counted } from "./units.js";
// src/cli/render-init.ts
/** Of a kind, so many are told one by one; the comments of the file tell of all. */
const SHOWN = 12;
/** What was found, what came of it, what was lost and what to do next, for people. */
function renderInit(init, { written, colour }) {
	const { step, detail, problem } = linesIn(colour);
	const made = written ? "Wrote gantry.yml" : "Nothing was written: --dry-run";
	const placeholders = together(init.notes.filter(({ isOpen = false }) => isOpen), ({ path }) => path.join(".")).map(problem);
	const next = written ? [step("Next"), ...nextSteps(init).map(detail)] : [];
	if (init.kind === "proposed") return [
		step(`Found ${init.found.join(", ")}: ${sizeOf(init.apps[0])}`),
		step(made),
		detail("its comments say what was guessed, and from where: check them"),
		...placeholders,
		...next
	];
	const lost = lostKeys(init);
	const unsupported = lost.filter(({ fate }) => fate === "unsupported");
	const { configs, apps, secrets, awaited, hangsOnEnvironment } = init;
	return [
		step(`Read ${showFiles(configs[0])}: ${sizeOf(apps[0])}${environmentsOf(apps)}`),
		step(made),
		detail("read back, it gives the same app"),
		...lost.length === 0 ? [] : [problem(tally(unsupported.length, lost.length - unsupported.length))],
		...some(together(unsupported, ({ place, path }) => `${place.file}:${place.line} ${path}`)).map(detail),
		...hangsOnEnvironment ? [problem("Some values hang on the name of the environment: these are those of `default`"), detail("write others with --environment staging production")] : [],
		...secrets.length === 0 ? [] : [problem(`${counted(secrets.length, "value")} that look${secrets.length === 1 ? "s" : ""} like a secret stayed behind. Before the next deploy:`), ...some(secrets.map(setCommand)).map(detail)],
		...awaited.length === 0 ? [] : [problem(`${counted(awaited.length, "variable")} ${awaited.length === 1 ? "has" : "have"} no value. Before the next deploy:`), ...some(awaited.map(setCommand)).map(detail)],
		...placeholders,
		...next
	];
}
/** What has the same to be said is named together. */
function together(all, name) {
	return [...Map.groupBy(all, ({ text }) => text)].map(([text, alike]) => `${[...new Set(alike.map(name))].join(", ")}: ${text}`);
}
function some(lines) {
	const rest = lines.length - SHOWN;
	return rest > 0 ? [...lines.slice(0, SHOWN), `and ${rest} more`] : [...lines];
}
/** The same for programs. */
function initJson(init, { written }) {
	const { kind, text, notes } = init;
	const told = (isOpen) => notes.flatMap((each) => (each.isOpen ?? false) === isOpen ? [{
		path: each.path,
		text: each.text
	}] : []);
	const common = {
		file: "gantry.yml",
		written,
		kind,
		text,
		fill_in: told(true)
	};
	if (kind === "proposed") return {
		...common,
		found: init.found,
		guesses: told(false)
	};
	return {
		...common,
		read: init.configs[0].files,
		recognised: init.configs[0].recognised,
		environments: init.apps.map(({ environment }) => environment),
		lost: lostKeys(init),
		secrets: init.secrets,
		awaited: init.awaited,
		depends_on_environment: init.hangsOnEnvironment
	};
}
function lostKeys({ configs }) {
	const all = configs.flatMap(({ keys }) => keys.filter(({ fate, awaits }) => fate !== "honoured" && !awaits));
	return [...new Map(all.map((use) => [`${use.place.file}:${use.place.line}:${use.path}`, use])).values()];
}
function tally(unsupported, approximated) {
	return `${[...unsupported === 0 ? [] : [`${counted(unsupported, "key")} ${unsupported === 1 ? "has" : "have"} no equivalent`], ...approximated === 0 ? [] : [`${counted(approximated, "key")} ${approximated === 1 ? "is" : "are"} approximated`]].join(", ")}: comments in gantry.yml say what to do`;
}
function sizeOf({ processes, tasks }) {
	const count = processes.length === 1 ? "1 process" : `${processes.length} processes`;
	return tasks.length === 0 ? count : `${count}, ${counted(tasks.length, "task")}`;
}
function environmentsOf(apps) {
	return apps.length === 1 ? "" : `, in ${apps.map(({ environment }) => environment).join(", ")}`;
}
function nextSteps(init) {
	const [{ engine }] = init.apps;
	return [
		"gantry config: every value, and where it comes from",
		...afterwards(init),
		"git add gantry.yml && git commit -m \"Add gantry.yml\"",
		"gantry plan: what a deployment would change",
		engine === "ecs" ? "gantry deploy" : "git push gantry main"
	];
}
/** What becomes of the files that it was written from. */
function afterwards(init) {
	if (init.kind === "proposed") return [];
	const [{ files, shared }] = init.configs;
	const free = files.filter((file) => file !== "gantry.yml" && file !== shared);
	const why = init.apps[0].processes.length === 0 ? "it is still read beside a gantry.yml that names no process" : "Gantry does not read it any more";
	return [...free.length === 0 ? [] : [`git rm ${free.join(" ")}: ${why}`], ...shared === null ? [] : [`${shared} stays for the others that it describes`]];
}
export { initJson, renderInit };
