import { t as failed } from "./check.js";
import { t as clean } from "./clean.js";
import { t as painter } from "./colour.js";
import { n as table } from "./table.js";
import { t as aboutApp } from "./app-option.js";
import { t as readCheckoutConfig } from "./checkout-config2.js";
import { t as examples } from "./help.js";
import { n as listenForInterrupt } from "./interrupt.js";
import { i as print, n as layoutOf, o as printJson, r as note } from "./output.js";
// src/report/checks.ts
const COLOURS = {
	ok: "green",
	failed: "red",
	skipped: "yellow"
};
/** Long enough for the longest command that a hint names. */
const LONG = 1e3;
/** A line for each thing that was looked at: how it is, and what to do about it. */
function renderChecks(checks, { colour }) {
	const paint = painter(colour);
	return table(checks.map(({ subject, status, found, hint }) => [
		paint(COLOURS[status], status),
		clean(subject, LONG),
		clean(hint === null ? found : `${found}: ${hint}`, LONG)
	]));
}
/** `12 ok, 1 failed, 2 skipped` */
function summary(checks) {
	return [
		"ok",
		"failed",
		"skipped"
	].map((status) => ({
		status,
		count: checks.filter((each) => each.status === status).length
	})).filter(({ count }) => count > 0).map(({ status, count }) => `${count} ${status}`).join(", ");
}
// src/cli/commands/verify.ts
function addVerify(program) {
	aboutApp(program.command("verify").description("look at everything that a deployment needs, before the first one; changes nothing").option("--read-secrets", "also whether secrets have the keys that the config names: reads their values").option("--json", "print JSON")).addHelpText("after", examples("gantry verify", "gantry verify -e production --json", "gantry verify --read-secrets")).action(async (options) => {
		using interrupt = listenForInterrupt();
		const { readSecrets = false } = options;
		const { app } = await readCheckoutConfig(options);
		const checks = app.engine === "ecs" ? await verifyEcs(app, {
			readSecrets,
			signal: interrupt.signal
		}) : await (await import("./verify3.js")).verify(app);
		if (options.json) printJson(checks);
		else {
			for (const line of renderChecks(checks, layoutOf(process.stdout))) print(line);
			note(summary(checks));
		}
		if (checks.some((each) => each.status === "failed")) process.exitCode = 1;
	});
}
async function verifyEcs(app, options) {
	const [{ openAccount }, { adapt }, { verify }] = await Promise.all([
		import("./open.js"),
		import("./adapt2.js"),
		import("./verify2.js")
	]);
	const { app: adapted, diagnostics } = adapt(app);
	return [...diagnostics.filter((each) => each.severity === "error").map(ofConfig), ...await verify(openAccount(app.ecs), adapted, options)];
}
/** What is known to be wrong without asking anybody. */
function ofConfig({ path, message, hint }) {
	return failed(path ?? "config", message, hint ?? null);
}
export { addVerify };
