import { t as createEventRenderer } from "./event.js";
import { t as age } from "./age.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt } from "./interrupt.js";
import { n as readCount, r as readDeployment } from "./numbers.js";
import { a as printFields, i as print, n as layoutOf, o as printJson, r as note, s as printTable } from "./output.js";
// src/cli/commands/deployment.ts
function addDeployment(program) {
	const deployment = program.command("deployment").description("list, show, watch and cancel deployments").addHelpText("after", examples("gantry deployment list", "gantry deployment logs 12 -f"));
	addList(deployment);
	addShow(deployment);
	addLogs(deployment);
	addCancel(deployment);
}
function addList(deployment) {
	aboutApp(deployment.command("list").description("list the deployments of an app, newest first").option("-n, --limit <number>", "how many at most", readCount, 20).option("--json", "print JSON")).addHelpText("after", examples("gantry deployment list", "gantry deployment list -n 100 --json")).action(async (options) => {
		const control = await connectToApp(options);
		const list = await control.deployments(options.limit);
		if (options.json) printJson(list);
		else if (list.length === 0) note(`${control.app} was never deployed`);
		else printTable([
			"NUMBER",
			"STATUS",
			"RELEASE",
			"COMMIT",
			"BY",
			"AGE",
			"TITLE"
		], list.map(cellsOf));
	});
}
function cellsOf({ number, status, release, commit, by, created_at, title }) {
	return [
		`#${number}`,
		status,
		release === null ? "-" : `v${release}`,
		commit === null ? "-" : commit.slice(0, 7),
		by,
		age(created_at),
		title
	];
}
function addShow(deployment) {
	aboutApp(deployment.command("show").argument("<number>", "of the deployment", readDeployment).description("show what a deployment was for and how it ended").option("--json", "print JSON")).addHelpText("after", examples("gantry deployment show 12", "gantry deployment show 12 --json")).action(async (number, options) => {
		const shown = await (await connectToApp(options)).deployment(number);
		if (options.json) printJson(shown);
		else printFields(fieldsOf(shown));
	});
}
function fieldsOf(deployment) {
	const { number, kind, status, reason, release, commit, title, by, created_at, started_at, finished_at } = deployment;
	return {
		deployment: `#${number} (${kind})`,
		status,
		reason,
		release: release === null ? null : `v${release}`,
		title,
		commit,
		by,
		created: created_at,
		started: started_at,
		finished: finished_at
	};
}
function addLogs(deployment) {
	aboutApp(deployment.command("logs").argument("<number>", "of the deployment", readDeployment).description("show what happened in a deployment").option("-f, --follow", "go on until it ends; Ctrl-C ends the watching only").option("--json", "print each event as JSON")).addHelpText("after", examples("gantry deployment logs 12", "gantry deployment logs 12 -f")).action(async (number, options) => {
		const control = await connectToApp(options);
		const { finished_at } = await control.deployment(number);
		using interrupt = listenForInterrupt();
		const render = options.json ? (event) => [JSON.stringify(event)] : createEventRenderer(layoutOf(process.stdout), { over: finished_at !== null });
		for await (const event of control.events(number, options.follow ?? false, interrupt.signal)) for (const line of render(event)) print(line);
	});
}
function addCancel(deployment) {
	aboutApp(deployment.command("cancel").argument("<number>", "of the deployment", readDeployment).description("stop a deployment; what it has changed is rolled back").option("--json", "print JSON")).addHelpText("after", examples("gantry deployment cancel 12")).action(async (number, options) => {
		const control = await connectToApp(options);
		const cancelled = await control.cancel(number);
		if (options.json) printJson(cancelled);
		else {
			const which = options.environment ? `${control.app} -e ${options.environment}` : control.app;
			note(`#${number} is being cancelled: gantry deployment logs ${number} --app ${which} -f`);
		}
	});
}
export { addDeployment };
