import { r as showDuration } from "./duration.js";
// src/cli/age.ts
const STEPS = [
	86400,
	3600,
	60,
	1
];
/** The time since then in its largest unit, as people ask for it: `3d`, `12m`, `0s`. */
function age(since, now = Date.now()) {
	const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1e3));
	const step = STEPS.find((each) => seconds >= each) ?? 1;
	return showDuration(seconds - seconds % step);
}
export { age as t };
