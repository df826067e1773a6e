import { r as folderOption } from "./app-option.js";
import { t as examples } from "./help.js";
import { i as print, o as printJson, r as note, t as hasColour } from "./output.js";
import { t as appOfRemote } from "./user-git.js";
import { basename, resolve } from "node:path";
// src/cli/commands/config.ts
function addConfig(program) {
	program.command("config").description("check the config of a checkout, and show every value with where it came from").option("--environment <name>", "the environment to resolve it for").option("--config <file>", "the file to read instead of those that are found").option("--module <name>", "of several modules or apps in one file, the one to read").option("--report", "show what becomes of each key in the file of another system").option("--all", "show the values that are defaults, too; in a report, what becomes of the honoured keys").option("--schema", "print the JSON Schema of gantry.yml, for editors, and read nothing").option("--json", "print JSON").addOption(folderOption()).addHelpText("after", examples("gantry config", "gantry config --environment production --all", "gantry config --report", "gantry config --config app_desc.yaml --module api", "gantry config --schema > gantry.schema.json", "gantry config --json | jq '.app.processes'")).action(async ({ environment, config, module, dir, report, all, schema, json }) => {
		if (schema) {
			const { jsonSchema } = await import("./json-schema.js");
			process.stdout.write(jsonSchema());
			return;
		}
		const [{ readConfig }, { folderFiles }, rendering, { keysJson, renderKeys }] = await Promise.all([
			import("./read2.js"),
			import("./folder.js"),
			import("./config.js"),
			import("./config-keys.js")
		]);
		const { configJson, renderConfig, renderDiagnostics } = rendering;
		const name = await appOfRemote(dir) ?? basename(resolve(dir));
		const resolved = await readConfig(folderFiles(dir), {
			name,
			environment,
			config,
			module
		});
		if (json) {
			printJson(report ? keysJson(resolved) : configJson(resolved));
			return;
		}
		print(report ? renderKeys(resolved, {
			all,
			width: process.stdout.columns
		}) : renderConfig(resolved, { all }));
		if (!report && resolved.warnings.length > 0) note(`\n${renderDiagnostics(resolved.warnings, { colour: hasColour(process.stderr) })}`);
	});
}
export { addConfig };
