import { i as renderPlan } from "./plan2.js";
import { t as aboutApp } from "./app-option.js";
import { n as noteUncommitted, t as DEFAULT_COMMIT } from "./checkout.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt } from "./interrupt.js";
import { n as layoutOf, o as printJson } from "./output.js";
// src/cli/commands/plan.ts
function addPlan(program) {
	aboutApp(program.command("plan").description("show what deploying a commit would change, and change nothing; ends with 1 where a deploy would be refused").argument("[commit]", "a commit of the checkout, or one that the server has", DEFAULT_COMMIT).option("--allow-remove", "plan as if removing much were allowed").option("--refresh", "trust nothing that was remembered: find what others have changed").option("--json", "print JSON")).addHelpText("after", examples("gantry plan", "gantry plan v1.4 --json", "gantry plan -e production --refresh")).action(async (commit, options) => {
		const control = await connectToApp(options);
		await noteUncommitted(options.dir, commit);
		using interrupt = listenForInterrupt();
		const { allowRemove = false, refresh = false } = options;
		const plan = await control.plan(commit, {
			allow_remove: allowRemove,
			refresh
		}, interrupt.signal);
		if (options.json) printJson(plan);
		else process.stdout.write(renderPlan(plan, layoutOf(process.stdout)));
		if (plan.blocked.length > 0) process.exitCode = 1;
	});
}
export { addPlan };
