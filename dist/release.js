import { t as age } from "./age.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { t as readCount } from "./numbers.js";
import { a as printJson, o as printTable, r as note } from "./output.js";
// src/cli/commands/release.ts
function addRelease(program) {
	const release = program.command("release").description("look at releases: what one can roll back to").addHelpText("after", examples("gantry release list"));
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
export { addRelease };
