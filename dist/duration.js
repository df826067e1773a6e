// src/app/duration.ts
const SECONDS_PER_UNIT = {
	ms: .001,
	s: 1,
	m: 60,
	h: 3600,
	d: 86400
};
/** The text forms of a duration: `500ms`, `30s`, `1.5h`, `7d`, or plain seconds. */
const DURATION = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/;
/** Seconds of `"30s"`, `"15m"`, `"7d"`, `30` or `"30"`; null for anything else. */
function parseDuration(input) {
	if (typeof input === "number") return Number.isFinite(input) && input >= 0 ? input + 0 : null;
	const match = DURATION.exec(input.trim());
	if (!match) return null;
	const unit = match[2] ?? "s";
	return Math.round(Number(match[1]) * SECONDS_PER_UNIT[unit] * 1e6) / 1e6;
}
/** A duration in its largest whole unit: 900 is `15m`, 90 is `90s`, 0.5 is `500ms`. */
function showDuration(seconds) {
	if (seconds === 0) return "0s";
	for (const unit of [
		"d",
		"h",
		"m",
		"s"
	]) if (seconds % SECONDS_PER_UNIT[unit] === 0) return `${seconds / SECONDS_PER_UNIT[unit]}${unit}`;
	return seconds < 1 ? `${seconds * 1e3}ms` : `${seconds}s`;
}
export { parseDuration as n, showDuration as r, DURATION as t };
