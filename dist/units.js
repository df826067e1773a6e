// src/report/units.ts
const UNITS = [
	["d", 86400],
	["h", 3600],
	["min", 60],
	["s", 1]
];
/** How long something took, roughly: `0.8 s`, `34 s`, `1 min 30 s`. What a config says is shown as it writes it. */
function showElapsed(seconds) {
	if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
	let left = Math.round(seconds);
	const parts = [];
	for (const [name, size] of UNITS) {
		const count = Math.floor(left / size);
		left -= count * size;
		if (count > 0) parts.push(`${count} ${name}`);
	}
	return parts.join(" ");
}
/** Bytes, roughly: `640 B`, `1.2 MB`. */
function showBytes(bytes) {
	const steps = [
		"B",
		"KB",
		"MB",
		"GB",
		"TB"
	];
	const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
	return `${Number((bytes / 1024 ** step).toFixed(1))} ${steps[step]}`;
}
/** `1 instance`, `3 instances`. */
function counted(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
export { showBytes as n, showElapsed as r, counted as t };
