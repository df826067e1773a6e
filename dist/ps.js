import { n as instanceCount } from "./spec.js";
import { t as age } from "./age.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { o as printJson, r as note, s as printTable } from "./output.js";
import { t as findProcess } from "./running.js";
// src/cli/commands/ps.ts
function addPs(program) {
	aboutApp(program.command("ps").description("list what runs: each instance with its state, age and address").argument("[process]", "only this process").option("--json", "print JSON")).addHelpText("after", examples("gantry ps", "gantry ps worker", "gantry ps --app hello --json")).action(async (process, options) => {
		const control = await connectToApp(options);
		const running = await control.running({ instances: true });
		const processes = process === void 0 ? running.processes : [findProcess(running, control.app, process)];
		if (options.json) printJson({
			...running,
			processes
		});
		else if (processes.length === 0) note(`nothing was deployed to ${control.app} yet`);
		else printTable([
			"NAME",
			"STATE",
			"AGE",
			"ADDRESS",
			"RESTARTS",
			"LAST EXIT",
			"IMAGE"
		], processes.flatMap(rowsOf));
	});
}
function rowsOf({ spec, instances }) {
	if (instances.length > 0) return instances.map(rowOf);
	return [[spec.name, spec.disabled ? "stopped" : `none of ${instanceCount(spec)}`]];
}
function rowOf({ id, state, since, address, restarts, last_exit, image }) {
	const shortImage = /^[0-9a-f]{40,}$/.test(image) ? image.slice(0, 12) : image;
	return [
		id,
		state,
		age(since),
		address ?? "-",
		String(restarts),
		last_exit ?? "-",
		shortImage
	];
}
export { addPs };
