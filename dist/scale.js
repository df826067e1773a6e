import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { i as print, o as printJson, r as note } from "./output.js";
import { s as UserError } from "./errors.js";
import { t as watch } from "./watch.js";
// src/cli/scale.ts
const NAME = "[a-z0-9]+(?:-[a-z0-9]+)*";
const ABSOLUTE = new RegExp(`^(${NAME})=(\\d{1,6})(?:\\+(\\d{1,6}))?$`);
const RELATIVE = new RegExp(`^(${NAME})([+-]\\d{1,6})$`);
/**
* Reads `web=3` (on-demand instances), `worker=2+1` (on-demand and spot), `beat+1` and `web-1` (more, fewer).
*
* @throws UserError
*/
function parseScaling(words) {
	const scalings = words.map(parseWord);
	const twice = scalings.find(({ process }, index) => scalings.findIndex((each) => each.process === process) !== index);
	if (twice !== void 0) throw new UserError(`${twice.process} is given twice`);
	return scalings;
}
function parseWord(word) {
	const [, process, demand, spot] = ABSOLUTE.exec(word) ?? [];
	if (process !== void 0) return {
		process,
		demand: Number(demand),
		spot: spot === void 0 ? null : Number(spot)
	};
	const [, name, by] = RELATIVE.exec(word) ?? [];
	if (name !== void 0) return {
		process: name,
		by: Number(by)
	};
	throw new UserError(`cannot scale by ${JSON.stringify(word)}`, { hint: "write web=3, worker=2+1 (on-demand + spot instances), web+1 or web-1" });
}
/**
* The fields to set, from the counts as they are now.
*
* @throws UserError when there would be fewer than none, or nobody knows how many there are
*/
function scaledFields(scaling, processes) {
	if ("demand" in scaling) {
		const { demand, spot } = scaling;
		return {
			demand_count: String(demand),
			...spot !== null && { spot_count: String(spot) }
		};
	}
	const now = processes.find(({ name }) => name === scaling.process);
	if (now === void 0) throw new UserError(`there is no process ${scaling.process}`, { hint: `there are: ${processes.map(({ name }) => name).join(", ") || "none yet"}` });
	const demand = now.demand_count + scaling.by;
	if (demand < 0) throw new UserError(`${scaling.process} has ${now.demand_count} on-demand instances, no more can go`);
	return { demand_count: String(demand) };
}
/** The counts as words that can be fed back: `web=3 worker=2+1`. */
function showScaling(processes) {
	return processes.map(({ name, demand_count, spot_count }) => `${name}=${demand_count}${spot_count > 0 ? `+${spot_count}` : ""}`).join(" ");
}
// src/cli/commands/scale.ts
function addScale(program) {
	aboutApp(program.command("scale").description("change how many instances processes have; without arguments, show it").argument("[counts...]", "NAME=DEMAND, NAME=DEMAND+SPOT, NAME+MORE or NAME-FEWER").option("--json", "print JSON: the counts, or the deployment when it has ended")).addHelpText("after", examples("gantry scale", "gantry scale web=3 worker=2+1", "gantry scale web+1 beat-1")).action(async (words, options) => {
		const scalings = parseScaling(words);
		const control = await connectToApp(options);
		const specs = (await control.running()).processes.map(({ spec }) => spec);
		if (scalings.length > 0) {
			const operations = scalings.map((scaling) => ({
				process: scaling.process,
				set: scaledFields(scaling, specs)
			}));
			const title = `scale ${words.join(" ")}`;
			await watch(control, (watching) => control.operate(title, operations, watching), options);
		} else if (options.json) printJson(specs.map(({ name, demand_count, spot_count }) => ({
			name,
			demand_count,
			spot_count
		})));
		else if (specs.length === 0) note(`nothing was deployed to ${control.app} yet`);
		else print(showScaling(specs));
	});
}
export { addScale };
