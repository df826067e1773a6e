import { t as aboutApp } from "./app-option.js";
import { n as noteUncommitted, t as DEFAULT_COMMIT } from "./checkout.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { t as watch } from "./watch.js";
// src/cli/commands/deploy.ts
function addDeploy(program) {
	aboutApp(program.command("deploy").description("deploy a commit: to the engine of the config, or by a push to the server").argument("[commit]", "a commit of the checkout, or one that the server has", DEFAULT_COMMIT).option("--force", "also when commits of the deploy branch would be lost").option("--rebuild", "build images anew that exist").option("--allow-remove", "also when much would be removed").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry deploy", "gantry deploy -e production", "gantry deploy 3f9c2a7 --rebuild")).action(async (commit, options) => {
		const { force = false, rebuild = false, allowRemove = false } = options;
		const control = await connectToApp(options);
		await noteUncommitted(options.dir, commit);
		const wish = {
			force,
			rebuild,
			allow_remove: allowRemove
		};
		await watch(control, (watching) => control.deploy(commit, wish, watching), options);
	});
}
export { addDeploy };
