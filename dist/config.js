import { n as folderOption } from "./app-option.js";
import { t as examples } from "./help.js";
import { a as printJson, i as print, r as note, t as hasColour } from "./output.js";
import { t as appOfRemote } from "./user-git.js";
import { basename, resolve } from "node:path";
// src/cli/commands/config.ts
function addConfig(program) {
	program.command("config").description("check the config of a checkout, and show every value with where it came from").option("--environment <name>", "the environment to resolve it for").option("--config <file>", "the file to read instead of those that are found").option("--all", "show the values that are defaults, too").option("--json", "print JSON").addOption(folderOption()).addHelpText("after", examples("gantry config", "gantry config --environment production --all", "gantry config --json | jq '.app.processes'")).action(async ({ environment, config, dir, all, json }) => {
		const [{ readConfig }, { folderFiles }, { configJson, renderConfig, renderDiagnostics }] = await Promise.all([
			import("./read.js"),
			import("./folder.js"),
			import("./config3.js")
		]);
		const name = await appOfRemote(dir) ?? basename(resolve(dir));
		const resolved = await readConfig(folderFiles(dir), {
			name,
			environment,
			config
		});
		if (json) {
			printJson(configJson(resolved));
			return;
		}
		print(renderConfig(resolved, { all }));
		if (resolved.warnings.length > 0) note(`\n${renderDiagnostics(resolved.warnings, { colour: hasColour(process.stderr) })}`);
	});
}
export { addConfig };
