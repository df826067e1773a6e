import { n as showImage, r as showReference } from "./image.js";
import { t as age } from "./age.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { a as readRelease, n as readCount } from "./numbers.js";
import { a as printFields, o as printJson, r as note, s as printTable } from "./output.js";
// src/cli/commands/release.ts
function addRelease(program) {
	const release = program.command("release").description("look at releases: what one can roll back to").addHelpText("after", examples("gantry release list", "gantry release show v3"));
	addList(release);
	addShow(release);
}
function addList(release) {
	aboutApp(release.command("list").description("list the releases of an app, newest first").option("-n, --limit <number>", "how many at most", readCount, 20).option("--json", "print JSON")).addHelpText("after", examples("gantry release list", "gantry release list -n 100 --json")).action(async (options) => {
		const control = await connectToApp(options);
		const list = await control.releases(options.limit);
		if (options.json) printJson(list);
		else if (list.length === 0) note(`${control.app} has no releases yet`);
		else printTable([
			"RELEASE",
			"DEPLOYMENT",
			"COMMIT",
			"BY",
			"AGE",
			"TITLE"
		], list.map(cellsOf));
	});
}
function cellsOf({ number, deployment, commit, by, created_at, title }) {
	return [
		`v${number}`,
		`#${deployment}`,
		commit?.slice(0, 7) ?? "-",
		by,
		age(created_at),
		title
	];
}
function addShow(release) {
	aboutApp(release.command("show").argument("<release>", "as in v3", readRelease).description("show what a release is made of; as JSON with its whole config").option("--json", "print JSON")).addHelpText("after", examples("gantry release show v3", "gantry release show v3 --json")).action(async (number, options) => {
		const shown = await (await connectToApp(options)).release(number);
		if (options.json) printJson(shown);
		else printFields(fieldsOf(shown));
	});
}
function fieldsOf({ number, deployment, title, commit, by, created_at, ...made }) {
	const built = Object.entries(made.images).map(([component, image]) => [component, showImage(image)]);
	const pinned = Object.entries(made.owned_images).map(([process, reference]) => [`process:${process}`, showReference(reference)]);
	return {
		release: `v${number}`,
		deployment: `#${deployment}`,
		title,
		commit,
		by,
		created: created_at,
		...Object.fromEntries([...built, ...pinned])
	};
}
export { addRelease };
