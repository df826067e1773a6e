import { t as forEcs } from "./ecs.js";
import { l as showSize, t as adapt, u as snap } from "./adapt.js";
// src/cli/fit-for-ecs.ts
/**
* The app as it is to be written for ECS: with placeholders, with the sizes that Fargate offers, and with a note on all
* that it refuses or makes otherwise.
*/
function fitForEcs(app) {
	const filled = forEcs(app);
	const notes = [...filled.notes];
	const fit = (each, path) => {
		const size = snap(each);
		if (size === null || size.cpu === each.cpu && size.memory === each.memory) return each;
		notes.push({
			path,
			text: `Fargate does not offer ${showSize(each)}: this is the next size.`
		});
		return {
			...each,
			...size
		};
	};
	const sized = {
		...filled.app,
		processes: filled.app.processes.map((each) => fit(each, [
			"processes",
			each.name,
			"memory"
		])),
		tasks: filled.app.tasks.map((each) => fit(each, [
			"tasks",
			each.name,
			"memory"
		]))
	};
	for (const { severity, path = "", message, hint } of adapt(sized).diagnostics) {
		const text = [message, hint ?? []].flat().map(sentence).join(" ");
		notes.push({
			path: path.split("."),
			text,
			...severity === "error" && { isOpen: true }
		});
	}
	return {
		app: sized,
		notes
	};
}
function sentence(text) {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
export { fitForEcs };
