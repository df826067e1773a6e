import { t as linesIn } from "./lines.js";
import { n as showChange, t as showKept } from "./kept.js";
// src/cli/render-adoption.ts
/** What adopting a service would do, for people. */
function renderAdoption(adoption, { colour }) {
	const { step, detail, problem } = linesIn(colour);
	const { process, service, revision, container, kept, changed, carried, refused } = adoption;
	if (refused.length > 0) return [problem(`${service} cannot be adopted as process ${process}`), ...refused.flatMap(({ reason, hint }) => [detail(reason), detail(`  ${hint}`)])];
	return [
		step(`Adopting service ${service} as process ${process}`),
		detail(`it runs ${revision}, in which the container ${container} is the process, and is only tagged`),
		...section("Stays as it is, as set by operator, because the config does not name it", kept.flatMap(showKept)),
		...section("Is taken over by every new revision, because a process has no words for it", carried),
		...section("Differs from what the config names, so that the next deploy changes it", changed.map((each) => showChange({
			...each,
			owner: "config"
		})))
	];
	function section(title, lines) {
		return lines.length === 0 ? [] : [step(title), ...lines.map(detail)];
	}
}
export { renderAdoption };
