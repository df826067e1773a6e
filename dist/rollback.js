import { s as UserError } from "./errors.js";
import { r as isGood } from "./ledger.js";
import { t as clean } from "./clean.js";
import { t as linesIn } from "./lines.js";
import { t as age } from "./age.js";
import { t as aboutApp } from "./app-option.js";
import { n as connectToApp } from "./connect.js";
import { t as examples } from "./help.js";
import { a as readRelease } from "./numbers.js";
import { r as note, t as hasColour } from "./output.js";
import { r as confirm } from "./prompt.js";
import { t as watch } from "./watch.js";
// src/cli/commands/rollback.ts
function addRollback(program) {
	aboutApp(program.command("rollback").description("deploy an old release again, image and config; what migrations did is not undone").argument("[release]", "as in v3; default: the one before the latest", readRelease).option("--yes", "do not ask").option("--json", "print the deployment as JSON when it has ended")).addHelpText("after", examples("gantry rollback", "gantry rollback v3 --yes")).action(async (wanted, options) => {
		const control = await connectToApp(options);
		const release = await findTarget(control, wanted);
		note(describe(control.app, release));
		note("       Migrations are not undone: that release has to work with the data as they are now");
		for (const sentence of givenUpPins(await control.running(), release)) note(linesIn(hasColour(process.stderr)).detail(sentence));
		if (!options.yes) await confirm();
		const outcome = await watch(control, (watching) => control.rollback(release.number, watching), options);
		if (outcome !== null && isGood(outcome)) note("       The branch stays where it is: the next push, or `gantry deploy`, goes on from there");
	});
}
async function findTarget(control, wanted) {
	if (wanted !== void 0) return control.release(wanted);
	const [, last] = await control.releases(2);
	if (last !== void 0) return last;
	throw new UserError(`${control.app} has no release before the latest one`, { hint: "there is nothing to go back to" });
}
/** A sentence for each image that an operator has pinned since: it does not survive, as the release says what runs. */
function givenUpPins({ processes }, { number, app, owned_images }) {
	const configured = new Set(app.processes.map(({ name }) => name));
	return processes.flatMap(({ spec: { name }, owned: { image } }) => {
		const then = owned_images[name];
		if (!image || then === image || then === void 0 && !configured.has(name)) return [];
		return [`${name} does not keep its image ${image}, which an operator set: it gets ${then === void 0 ? "that" : `${then}, that`} of v${number}`];
	});
}
function describe(app, { number, commit, created_at, title }) {
	const what = commit === null ? clean(title) : `${commit.slice(0, 7)} ${clean(title)}`;
	return `-----> Roll ${app} back to v${number}, made ${age(created_at)} ago: ${what}`;
}
export { addRollback };
