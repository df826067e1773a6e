import { i as NotFoundError, s as UserError } from "./errors.js";
// src/deploy/run-model.ts
/** One that runs what was built, where there is any; else one that is pinned, and at last one that an operator made. */
function modelOf({ app, images }, { processes }) {
	const configured = app.processes.flatMap((each) => {
		const { image: reference } = each;
		const image = reference === null ? images[`process:${each.name}`] : {
			kind: "pinned",
			reference
		};
		return image === void 0 ? [] : [{
			...each,
			image
		}];
	});
	const model = mainProcess(configured.filter(({ image }) => image.kind === "built")) ?? mainProcess(configured) ?? mainProcess(processes.map(({ spec }) => spec));
	if (model !== void 0) return model;
	throw new UserError(`${app.name} has no process in whose image a command could run`, { hint: "deploy one, or describe the command as a task in the config" });
}
/** What it runs in: its model's image where nobody asks for another one. */
async function imageFor(engine, app, model, { image, docker_tag }) {
	if (docker_tag === void 0 && image === void 0) return released(engine, app, model.name, model.image);
	const asked = docker_tag === void 0 ? {
		kind: "pinned",
		reference: image
	} : await engine.taggedImage(app, docker_tag);
	const found = await released(engine, app, model.name, asked);
	if (found.kind === "built") return found;
	const problems = await engine.checkPins(app, [{
		component: `task:run`,
		reference: found.reference
	}]);
	if (problems.length === 0) return found;
	throw new UserError(problems.join("; "), { hint: "name another one with `image` or `docker_tag`" });
}
/** `release:v3` means an image only together with the process that it is pinned for. */
async function released(engine, app, process, image) {
	const number = image.kind === "pinned" ? /^release:v(\d+)$/.exec(image.reference)?.[1] : void 0;
	if (number === void 0) return image;
	const found = (await engine.ledger.release(app, Number(number)))?.images[`process:${process}`];
	if (found !== void 0) return found;
	throw new NotFoundError(`release v${number} has no image for process ${process}`, { hint: "`gantry release list` shows what there is" });
}
/** The one that an app is known by: what answers people, else the first. */
function mainProcess(processes) {
	return processes.find(({ expose }) => expose === "public") ?? processes[0];
}
export { mainProcess as n, modelOf as r, imageFor as t };
