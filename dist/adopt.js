import { i as NotFoundError, n as ConfigError, s as UserError } from "./errors.js";
import { t as aboutApp } from "./app-option.js";
import { t as readCheckoutConfig } from "./checkout-config2.js";
import { t as examples } from "./help.js";
import { n as layoutOf, o as printJson, r as note } from "./output.js";
import { t as ask } from "./prompt.js";
// src/cli/commands/adopt.ts
function addAdopt(program) {
	aboutApp(program.command("adopt").description("make a running ECS service that Gantry did not make a process of the app; nothing of it changes").argument("<process>", "the process of the config that it is to be").option("--service <name>", "its name, where you want that to be checked: the config says it").option("--container <name>", "of several containers, the one that is the process").option("--yes", "do not ask").option("--json", "print JSON; without --yes only what it would do")).addHelpText("after", examples("gantry adopt web", "gantry adopt web --service legacy-web --container app", "gantry adopt web -e production --yes --json")).action(async (name, options) => {
		const { service = null, container = null, yes = false, json = false } = options;
		const request = {
			...await readRequest(name, await readCheckoutConfig(options)),
			service,
			container
		};
		const [{ openAccount }, { Adoptions }, { renderAdoption }] = await Promise.all([
			import("./open.js"),
			import("./adoptions.js"),
			import("./render-adoption.js")
		]);
		const adoptions = new Adoptions(openAccount(request.app.ecs));
		const adoption = await adoptions.look(request);
		const isPossible = adoption.refused.length === 0;
		if (!json) renderAdoption(adoption, layoutOf(process.stderr)).forEach(note);
		if (isPossible && (yes || !json && await isWanted(adoption.service))) {
			await adoptions.adopt(request, adoption);
			if (json) printJson({
				...adoption,
				adopted: true
			});
			else note(`-----> ${adoption.service} is process ${name} now; \`gantry plan\` shows what a deploy would change`);
			return;
		}
		if (json) printJson({
			...adoption,
			adopted: false
		});
		if (!isPossible) process.exitCode = 1;
	});
}
async function readRequest(name, { app, provenance }) {
	if (app.engine !== "ecs") throw new UserError("only services of ECS can be adopted, and the config does not say `engine: ecs`");
	const { adapt } = await import("./adapt2.js");
	const { app: adapted, diagnostics } = adapt(app);
	if (diagnostics.some((each) => each.severity === "error")) throw new ConfigError(diagnostics);
	const written = Object.entries(provenance).flatMap(([path, { kind }]) => kind === "default" ? [] : path);
	return {
		app: adapted,
		process: findProcess(adapted.processes, name),
		isNamed: (path) => written.some((each) => each === path || each.startsWith(`${path}.`))
	};
}
/** One that the config does not name would be removed by the next deploy. */
function findProcess(processes, name) {
	const found = processes.find((each) => each.name === name);
	if (found !== void 0) return found;
	throw new NotFoundError(`the config has no process ${JSON.stringify(name)}`, { hint: `describe it there first; there are: ${processes.map((each) => each.name).join(", ") || "none yet"}` });
}
async function isWanted(service) {
	if (!process.stdin.isTTY) throw new UserError(`this tags the service ${service}`, { hint: "say so with --yes" });
	const answer = await ask("Adopt it? [y/N] ");
	if (/^y(?:es)?$/i.test(answer.trim())) return true;
	note("nothing was done");
	return false;
}
export { addAdopt };
